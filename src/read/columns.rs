//! Which column of a table means what.

use itertools::Itertools;
use rapidfuzz::distance::osa;

use crate::record::Text;

use super::problem::Problems;

/// What a column means. One list for all tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Field {
    Id,
    Date,
    DateStart,
    DateEnd,
    DatePrecision,
    Place,
    Admin1,
    Country,
    Lat,
    Lon,
    Precision,
    Kind,
    Actor,
    Target,
    Count,
    Killed,
    KilledLow,
    KilledBest,
    KilledHigh,
    Injured,
    InjuredLow,
    InjuredBest,
    InjuredHigh,
    Origin,
    Destination,
    People,
    PeopleLow,
    PeopleBest,
    PeopleHigh,
    Source,
    Url,
    Published,
    Quote,
    Note,
}

const FIELDS: usize = Field::Note as usize + 1;

/// A field and the names of its column: our own name first, then others, the more telling first.
pub(super) type Names = [(Field, &'static [&'static str])];

/// Columns that the native tables share.
const PROVENANCE: &Names = &[
    (Field::Id, &["id", "event_id", "incident_id"]),
    (Field::Date, &["date", "event_date", "when"]),
    (Field::DateStart, &["date_start", "start_date"]),
    (Field::DateEnd, &["date_end", "end_date"]),
    (Field::Source, &["source", "sources"]),
    (Field::Url, &["url", "link", "source_url"]),
    (
        Field::Published,
        &["published", "date_published", "source_date"],
    ),
    (Field::Quote, &["quote"]),
    (
        Field::Note,
        &["note", "notes", "comment", "comments", "remarks"],
    ),
];

const INCIDENTS: &Names = &[
    (
        Field::Place,
        &["place", "location", "place_name", "settlement", "where"],
    ),
    (
        Field::Admin1,
        &[
            "admin1",
            "adm1",
            "adm_1",
            "admin1_name",
            "governorate",
            "province",
        ],
    ),
    (Field::Country, &["country", "country_name", "country_code"]),
    (Field::Lat, &["lat", "latitude", "y"]),
    (Field::Lon, &["lon", "longitude", "lng", "long", "x"]),
    (Field::Precision, &["precision", "where_prec"]),
    (
        Field::Kind,
        &["kind", "sub_event_type", "event_type", "type"],
    ),
    (Field::Actor, &["actor", "actor1", "perpetrator"]),
    (Field::Target, &["target", "actor2"]),
    (Field::Count, &["count", "munitions", "strikes"]),
    (Field::Killed, &["killed", "fatalities", "deaths", "dead"]),
    (
        Field::KilledLow,
        &[
            "killed_low",
            "killed_min",
            "fatalities_low",
            "fatalities_min",
            "deaths_low",
        ],
    ),
    (
        Field::KilledBest,
        &["killed_best", "fatalities_best", "deaths_best"],
    ),
    (
        Field::KilledHigh,
        &[
            "killed_high",
            "killed_max",
            "fatalities_high",
            "fatalities_max",
            "deaths_high",
        ],
    ),
    (Field::Injured, &["injured", "wounded"]),
    (
        Field::InjuredLow,
        &["injured_low", "injured_min", "wounded_low", "wounded_min"],
    ),
    (Field::InjuredBest, &["injured_best", "wounded_best"]),
    (
        Field::InjuredHigh,
        &["injured_high", "injured_max", "wounded_high", "wounded_max"],
    ),
];

const DISPLACEMENT: &Names = &[
    (Field::Origin, &["origin", "from", "place_of_origin"]),
    (Field::Destination, &["destination", "destinations", "to"]),
    (Field::People, &["people", "persons", "individuals", "idps"]),
    (Field::PeopleLow, &["people_low", "people_min"]),
    (Field::PeopleBest, &["people_best"]),
    (Field::PeopleHigh, &["people_high", "people_max"]),
];

/// UCDP Georeferenced Event Dataset, versions 17 to 25.
const UCDP: &Names = &[
    (Field::Id, &["id"]),
    (Field::DateStart, &["date_start"]),
    (Field::DateEnd, &["date_end"]),
    (Field::DatePrecision, &["date_prec"]),
    (Field::Place, &["where_coordinates"]),
    (Field::Admin1, &["adm_1"]),
    (Field::Country, &["country"]),
    (Field::Lat, &["latitude"]),
    (Field::Lon, &["longitude"]),
    (Field::Precision, &["where_prec"]),
    (Field::Kind, &["type_of_violence"]),
    (Field::Actor, &["side_a"]),
    (Field::Target, &["side_b"]),
    (Field::KilledLow, &["low"]),
    (Field::KilledBest, &["best"]),
    (Field::KilledHigh, &["high"]),
    (Field::Source, &["source_office", "source_article"]),
    (Field::Published, &["source_date"]),
    (Field::Quote, &["source_headline"]),
];

/// ACLED exports. `event_type` is carried through.
const ACLED: &Names = &[
    (Field::Id, &["event_id_cnty", "data_id"]),
    (Field::Date, &["event_date"]),
    (Field::DatePrecision, &["time_precision"]),
    (Field::Place, &["location"]),
    (Field::Admin1, &["admin1"]),
    (Field::Country, &["country"]),
    (Field::Lat, &["latitude"]),
    (Field::Lon, &["longitude"]),
    (Field::Precision, &["geo_precision"]),
    (Field::Kind, &["sub_event_type"]),
    (Field::Actor, &["actor1"]),
    (Field::Target, &["actor2"]),
    (Field::Killed, &["fatalities"]),
    (Field::Source, &["source"]),
    (Field::Note, &["notes"]),
];

/// The kinds of table that can be told by their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// dateline's own `incidents.csv`.
    Incidents,
    /// dateline's own `displacement.csv`.
    Displacement,
    /// An export of ACLED.
    Acled,
    /// UCDP Georeferenced Event Dataset.
    UcdpGed,
    /// A matrix of origins (rows) and destinations (columns).
    Matrix,
}

impl Format {
    /// The format of a table of incidents with these (folded) column names.
    pub(super) fn of_incidents(names: &[String]) -> Format {
        let has = |name: &str| names.iter().any(|n| n == name);
        let ucdp = ["where_prec", "type_of_violence", "date_start", "best"];
        let acled = ["event_date", "sub_event_type", "geo_precision"];
        if ucdp.into_iter().all(has) {
            Format::UcdpGed
        } else if acled.into_iter().all(has) {
            Format::Acled
        } else {
            Format::Incidents
        }
    }

    fn names(self) -> impl Iterator<Item = &'static (Field, &'static [&'static str])> {
        let (own, shared): (&Names, &Names) = match self {
            Format::Incidents => (INCIDENTS, PROVENANCE),
            Format::Displacement | Format::Matrix => (DISPLACEMENT, PROVENANCE),
            Format::Acled => (ACLED, &[]),
            Format::UcdpGed => (UCDP, &[]),
        };
        own.iter().chain(shared)
    }

    /// Our own name of a field's column.
    fn name(self, field: Field) -> &'static str {
        self.names()
            .find(|(f, _)| *f == field)
            .and_then(|(_, names)| names.first())
            .copied()
            .unwrap_or("")
    }
}

/// A table's header: what each column means.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) row: u64,
    pub(super) format: Format,
    /// The names as they stand in the table.
    pub(super) names: Vec<Text>,
    columns: [Option<usize>; FIELDS],
    /// Columns without a meaning here.
    pub(super) extra: Vec<usize>,
}

/// Column names are compared in lower case, with underscores for spaces and hyphens.
pub(super) fn fold(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

impl Header {
    /// Finds the columns; says which are there twice.
    pub(super) fn new<'a>(
        format: Format,
        row: u64,
        names: impl Iterator<Item = &'a str>,
        problems: &mut Problems,
    ) -> Header {
        let names: Vec<Text> = names
            .enumerate()
            .map(|(i, name)| match name.trim() {
                "" => format!("column {}", i + 1).into(),
                name => name.into(),
            })
            .collect();
        let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        for (i, name) in folded.iter().enumerate() {
            if folded[..i].contains(name) {
                problems.cell(
                    row,
                    &names[i],
                    "",
                    "stands twice in the header: rename or remove one of the two",
                );
            }
        }
        let mut header = Header {
            row,
            format,
            names,
            columns: [None; FIELDS],
            extra: Vec::new(),
        };
        for (field, accepted) in format.names() {
            header.columns[*field as usize] = header.find(*field, accepted, &folded, problems);
        }
        header.extra = (0..folded.len())
            .filter(|i| !header.columns.contains(&Some(*i)))
            .collect();
        header
    }

    /// The column of a field. Our own name wins over others, which are then carried through; so does a sub-event type
    /// over the event type that it belongs to. Of other names only one may be there.
    fn find(
        &self,
        field: Field,
        accepted: &[&str],
        folded: &[String],
        problems: &mut Problems,
    ) -> Option<usize> {
        let found: Vec<(usize, usize)> = accepted
            .iter()
            .enumerate()
            .filter_map(|(rank, name)| Some((rank, folded.iter().position(|f| f == name)?)))
            .collect();
        let &(rank, column) = found.first()?;
        if rank > 0 && field != Field::Kind && found.len() > 1 {
            let names = found
                .iter()
                .map(|&(_, i)| format!("{:?}", self.names[i]))
                .join(" and ");
            problems.row(
                self.row,
                format_args!(
                    "has the columns {names} for one thing: rename the one that counts {:?}",
                    accepted[0]
                ),
            );
        }
        Some(column)
    }

    /// Where a field's column is.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns[field as usize]
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.column(field).is_some()
    }

    /// The name of a field's column in this table, or ours if it has none.
    pub(super) fn name(&self, field: Field) -> &str {
        match self.column(field) {
            Some(i) => &self.names[i],
            None => self.format.name(field),
        }
    }

    /// Says that a column is missing, what is there, and which of those may have been meant.
    pub(super) fn missing(&self, fields: &[Field], hint: &str, problems: &mut Problems) {
        let wanted = fields
            .iter()
            .map(|&f| format!("{:?}", self.format.name(f)))
            .join(" or ");
        let found = self.names.iter().join(", ");
        let nearest = self
            .extra
            .iter()
            .flat_map(|&i| fields.iter().map(move |&f| (i, f)))
            .filter_map(|(i, field)| {
                let accepted = self.format.names().find(|(f, _)| *f == field)?.1;
                let name = fold(&self.names[i]);
                let distance = accepted
                    .iter()
                    .map(|a| osa::distance(a.chars(), name.chars()))
                    .min()?;
                (distance <= 2 && distance < name.chars().count()).then_some((distance, i, field))
            })
            .min_by_key(|&(distance, i, _)| (distance, i));
        let nearest = nearest.map_or(String::new(), |(_, i, field)| {
            format!(
                "; rename {:?} to {:?}?",
                self.names[i],
                self.format.name(field)
            )
        });
        problems.row(
            self.row,
            format_args!("has no column {wanted}{hint} (found: {found}){nearest}"),
        );
    }
}
