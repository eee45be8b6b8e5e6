//! What one source says about one incident.

use geo::Point;

use super::{Count, Extra, Kind, Precision, Text, When};

/// What one source says about one incident: one row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The file it was read from, as the user named it.
    pub file: Option<Text>,
    /// The row as a spreadsheet shows it: the header is row 1.
    pub row: u64,
    /// Claims with one id are about one incident.
    pub id: Option<Text>,
    /// When it happened.
    pub when: When,
    /// Where it happened, as the source wrote it, vague or not.
    pub place: Option<Text>,
    /// Name of the first-order administrative area: a hint.
    pub admin1: Option<Text>,
    /// Name or code of the country: a hint.
    pub country: Option<Text>,
    /// WGS 84 longitude and latitude given by the coder; see [`wgs84`](super::wgs84).
    pub coordinates: Option<Point>,
    /// How exactly the place is known, if the coder says so.
    pub precision: Option<Precision>,
    /// What happened.
    pub kind: Kind,
    /// What happened as the table has it, if by another name: "barrel bombs".
    pub kind_told: Option<Text>,
    /// Who did it.
    pub actor: Option<Text>,
    /// Whom or what it hit.
    pub target: Option<Text>,
    /// How many strikes or munitions within this incident.
    pub count: Option<Count>,
    /// People killed; `None` if the source does not say.
    pub killed: Option<Count>,
    /// People injured; `None` if the source does not say.
    pub injured: Option<Count>,
    /// Who says so.
    pub source: Option<Text>,
    /// Where it was published.
    pub url: Option<Text>,
    /// When it was published, as the source wrote it.
    pub published: Option<Text>,
    /// The words of the source.
    pub quote: Option<Text>,
    /// The coder's remark.
    pub note: Option<Text>,
    /// Whether it tells of people who might be harmed if their place were known; `None` if the table does not say of any.
    pub sensitive: Option<bool>,
    /// Columns that have no meaning here: name and value, in the order of the table.
    pub extra: Extra,
}

impl Claim {
    /// A claim of which nothing is known yet but when and what.
    pub fn new(row: u64, when: When, kind: Kind) -> Claim {
        Claim {
            file: None,
            row,
            id: None,
            when,
            place: None,
            admin1: None,
            country: None,
            coordinates: None,
            precision: None,
            kind,
            kind_told: None,
            actor: None,
            target: None,
            count: None,
            killed: None,
            injured: None,
            source: None,
            url: None,
            published: None,
            quote: None,
            note: None,
            sensitive: None,
            extra: Extra::default(),
        }
    }
}
