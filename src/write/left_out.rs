//! `left-out.csv`: every record that is not on the map, and why.

use itertools::Itertools;

use crate::layer::LeftOut;

/// The table as CSV, in the order of the records.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn left_out_csv(records: &[LeftOut]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["table", "rows", "id", "date", "place", "reason", "detail"])?;
    for record in records {
        writer.write_record([
            record.table,
            &record.rows.iter().join("; "),
            &record.id,
            &record.date,
            &record.place,
            record.reason.as_str(),
            &record.detail,
        ])?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}
