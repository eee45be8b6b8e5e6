//! Tables of CSV: what every writer of one does with its cells and at its end.

use crate::record::{Count, Extra, Text};

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

/// The bytes of a finished table.
///
/// # Errors
/// None in practice: it was written to memory.
pub fn csv_bytes(table: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    table
        .into_inner()
        .map_err(|error| error.into_error().into())
}
