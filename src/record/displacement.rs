//! What one source says about people who had to move.

use super::{Count, Text, When};

/// People who moved from one place to one or several others: one row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Displacement {
    /// The file it was read from, as the user named it.
    pub file: Option<Text>,
    /// The row as a spreadsheet shows it: the header is row 1.
    pub row: u64,
    /// The coder's id for it.
    pub id: Option<Text>,
    /// When they moved.
    pub when: When,
    /// Where they came from, as the source wrote it; `None` if unknown.
    pub origin: Option<Text>,
    /// Where they went, as the source wrote it; empty if unknown. How many went to which is not known.
    pub destinations: Vec<Text>,
    /// How many people, to all destinations together.
    pub people: Count,
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
    /// Columns that have no meaning here: name and value, in the order of the table.
    pub extra: Vec<(Text, Text)>,
}

impl Displacement {
    /// A displacement of which nothing is known yet but when and how many.
    pub fn new(row: u64, when: When, people: Count) -> Displacement {
        Displacement {
            file: None,
            row,
            id: None,
            when,
            origin: None,
            destinations: Vec::new(),
            people,
            source: None,
            url: None,
            published: None,
            quote: None,
            note: None,
            extra: Vec::new(),
        }
    }
}
