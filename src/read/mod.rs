//! Files → records. Every problem of a table is found in one go, and says its row, its column, what stands there and
//! what would be right.
//!
//! ```
//! use dateline::read::{ReadOptions, incidents_from_bytes};
//! let table = "date,place,kind,killed\n2020-01-10,Idlib,air strike,6-9\n";
//! let claims = incidents_from_bytes("incidents.csv", table.as_bytes(), &ReadOptions::default()).unwrap().records;
//! assert_eq!(claims[0].killed.unwrap().high(), Some(9));
//!
//! let table = "date,place,kind,killed\n10/01/2020,Idlib,air strike,many\n";
//! let error = incidents_from_bytes("incidents.csv", table.as_bytes(), &ReadOptions::default()).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "incidents.csv: 2 problems\n  \
//!      row 2, date \"10/01/2020\" is ambiguous: write 2020-01-10 or 2020-10-01\n  \
//!      row 2, killed \"many\" is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, or leave it empty if unknown"
//! );
//! ```

use std::path::Path;

use crate::record::{Claim, Displacement, Period, Text, When};

mod acled;
mod archive;
mod cells;
mod columns;
mod cut;
mod displacement;
mod gdelt;
mod geojson;
mod head;
mod header;
mod hxl;
mod incidents;
mod matrix;
mod open;
mod pieces;
mod pool;
mod problem;
mod rows;
mod sheet;
mod split;
mod text;
mod ucdp;
mod workbook;

pub use columns::Format;
pub use hxl::is_hashtags;
pub use pieces::{Piece, Pieces, Unfit};
pub(crate) use pool::Pool;
pub use problem::{Problem, ReadError};

use head::Subject;
use problem::Problems;
use sheet::Sheet;

/// How to read a table.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Leave out rows that lie wholly outside; they are checked and counted all the same. A row whose id stands in
    /// other rows too is kept, since the incident as a whole may lie inside: filter incidents by
    /// [`Incident::when`](crate::record::Incident::when) afterwards.
    pub period: Option<Period>,
    /// When the people of an origin–destination matrix moved; the matrix itself does not say. If this is not
    /// given either, the period is taken.
    pub matrix_when: Option<When>,
    /// What tables are, where their columns do not tell. A format that a kind of table cannot have is passed over.
    pub format: Option<Format>,
    /// The sheet of a spreadsheet to read; else the first one with a header that is known.
    pub sheet: Option<String>,
}

/// The records of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T> {
    /// The records, in the order of the rows.
    pub records: Vec<T>,
    /// How many rows there were, without the header and blank ones.
    pub rows: u64,
    /// The rows that were left out because they lie outside of the period, or tell of no incident.
    pub outside: Vec<Outside>,
    /// What kind of table it was.
    pub format: Format,
    /// The sheet of a spreadsheet that it stood on.
    pub sheet: Option<String>,
}

/// Why a row was checked but not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Omitted {
    /// It lies outside of the period.
    OutsidePeriod,
    /// It tells of something that is no incident: a speech, a protest. Tables of all events have such rows.
    OtherKind,
}

/// A row that was checked but not kept: enough of it to list it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    /// The row as a spreadsheet shows it.
    pub row: u64,
    /// Its id, if it has one.
    pub id: Option<Text>,
    /// When it happened.
    pub when: When,
    /// Where, as the table has it.
    pub place: Option<Text>,
    /// Of displacement, the figure that it names.
    pub people: u64,
    /// Whether it is marked as sensitive; `None` if the table marks none.
    pub sensitive: Option<bool>,
    /// Why it was not kept.
    pub why: Omitted,
}

/// Reads a table of incidents: dateline's own, ACLED, UCDP GED or GDELT, told apart by their columns; as CSV, XLSX, ODS
/// or GeoJSON, also with gzip or in a ZIP archive.
///
/// # Errors
/// Everything that is wrong with the file, at once.
pub fn read_incidents(path: &Path, options: &ReadOptions) -> Result<Table<Claim>, ReadError> {
    from_path(path, |name, bytes| {
        incidents_from_bytes(name, bytes, options)
    })
}

/// Reads a table of incidents from memory; `name` stands for the file in messages.
///
/// # Errors
/// Everything that is wrong with the table, at once.
pub fn incidents_from_bytes(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<Table<Claim>, ReadError> {
    let how = (Subject::Incidents, options);
    from_bytes(name, bytes, how, |sheet, problems| {
        incidents::read(name, sheet, options, problems)
    })
}

/// Reads a table of displacement: dateline's own, or an origin–destination matrix, told apart by their columns.
///
/// # Errors
/// Everything that is wrong with the file, at once.
pub fn read_displacement(
    path: &Path,
    options: &ReadOptions,
) -> Result<Table<Displacement>, ReadError> {
    from_path(path, |name, bytes| {
        displacement_from_bytes(name, bytes, options)
    })
}

/// Reads a table of displacement from memory; `name` stands for the file in messages.
///
/// # Errors
/// Everything that is wrong with the table, at once.
pub fn displacement_from_bytes(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<Table<Displacement>, ReadError> {
    let how = (Subject::Displacement, options);
    from_bytes(name, bytes, how, |sheet, problems| {
        displacement::read(name, sheet, options, problems)
    })
}

fn from_path<T>(
    path: &Path,
    read: impl FnOnce(&str, &[u8]) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    let name = path.to_string_lossy();
    match open::file(path) {
        Ok(bytes) => read(&name, &bytes),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// The problem of a file that cannot be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> ReadError {
    let mut problems = Problems::new(&path.to_string_lossy());
    problems.file(format_args!("cannot be read: {error}"));
    problems.into_error()
}

fn from_bytes<T>(
    name: &str,
    bytes: &[u8],
    (subject, options): (Subject, &ReadOptions),
    read: impl FnOnce(&Sheet, &mut Problems) -> Option<T>,
) -> Result<T, ReadError> {
    let mut problems = Problems::new(name);
    let sheet = options.sheet.as_deref();
    let table = open::unpacked(bytes, &mut problems).and_then(|bytes| {
        let sheet = open::sheet(&bytes, subject, sheet, &mut problems)?;
        read(&sheet, &mut problems)
    });
    table
        .filter(|_| problems.is_empty())
        .ok_or_else(|| problems.into_error())
}

impl From<Displacement> for Outside {
    fn from(record: Displacement) -> Self {
        let unknown = || Text::from("unknown");
        let to = match record.destinations.as_slice() {
            [] => "unknown".to_owned(),
            several => several.join("; "),
        };
        let place = format!("{} → {to}", record.origin.unwrap_or_else(unknown));
        Outside {
            row: record.row,
            id: record.id,
            when: record.when,
            place: Some(place.into()),
            people: record.people.central(),
            sensitive: record.sensitive,
            why: Omitted::OutsidePeriod,
        }
    }
}
