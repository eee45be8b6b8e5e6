//! Tables of CSV: what every writer of one does with its cells and at its end.

use super::hxl::hashtag;
use crate::record::{Count, Displacement, Extra, Text};

/// Columns of any table of displacement.
pub const MOVEMENT_COLUMNS: [&str; 10] = [
    "id",
    "date",
    "origin",
    "destination",
    "people",
    "source",
    "url",
    "published",
    "quote",
    "note",
];

/// The cells of a movement in these columns, its destinations joined by `between`.
pub fn movement_cells(row: &Displacement, between: &str) -> [String; MOVEMENT_COLUMNS.len()] {
    [
        text_cell(row.id.as_ref()),
        row.when.to_string(),
        text_cell(row.origin.as_ref()),
        row.destinations.join(between),
        row.people.to_string(),
        text_cell(row.source.as_ref()),
        text_cell(row.url.as_ref()),
        text_cell(row.published.as_ref()),
        text_cell(row.quote.as_ref()),
        text_cell(row.note.as_ref()),
    ]
}

/// A text, empty where there is none.
pub fn text_cell(text: Option<&Text>) -> String {
    text.map_or_else(String::new, |text| text.to_string())
}

/// A count as tables have it, empty where there is none.
pub fn count_cell(count: Option<Count>) -> String {
    count.map_or_else(String::new, |count| count.to_string())
}

/// The value of a column that has no meaning of its own, empty where the record has none.
pub fn extra_cell(extra: &Extra, name: &str) -> String {
    extra.get(name).unwrap_or_default().to_owned()
}

/// A table with its header, and with `hxl` a row of hashtags beneath it.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn begin_csv<'a>(
    columns: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    hxl: bool,
) -> Result<csv::Writer<Vec<u8>>, csv::Error> {
    let columns = columns.into_iter();
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(columns.clone())?;
    if hxl {
        table.write_record(columns.map(hashtag))?;
    }
    Ok(table)
}

/// The bytes of a finished table.
///
/// # Errors
/// None in practice: it was written to memory.
pub fn csv_bytes(table: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    table
        .into_inner()
        .map_err(|error| error.into_error().into())
}
