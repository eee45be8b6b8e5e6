//! `left-out.csv`: every record that is not on the map, and why.

use itertools::Itertools;

use super::{begin_csv, csv_bytes};
use crate::layer::{LeftOutList, Reason};
use crate::read::Outside;
use crate::record::When;

/// The table as CSV: first what was looked at and left out, then the rows that were not kept, each in the order of
/// its table.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn left_out_csv(list: &LeftOutList, hxl: bool) -> Result<Vec<u8>, csv::Error> {
    let columns = ["table", "rows", "id", "date", "place", "reason", "detail"];
    let mut writer = begin_csv(columns, hxl)?;
    for record in &list.records {
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
    outside(&mut writer, "incidents", &list.incidents_outside)?;
    outside(&mut writer, "displacement", &list.displacement_outside)?;
    csv_bytes(writer)
}

fn outside(
    writer: &mut csv::Writer<Vec<u8>>,
    table: &str,
    rows: &[Outside],
) -> Result<(), csv::Error> {
    // Tables are mostly in order of date: each date is written out once for the rows that share it.
    let mut date: Option<(When, String)> = None;
    for row in rows {
        if date.as_ref().is_none_or(|(when, _)| *when != row.when) {
            date = Some((row.when, row.when.to_string()));
        }
        writer.write_record([
            table,
            &row.row.to_string(),
            row.id.as_deref().unwrap_or_default(),
            date.as_ref().map_or("", |(_, text)| text),
            row.place.as_deref().unwrap_or_default(),
            Reason::from(row.why).as_str(),
            "",
        ])?;
    }
    Ok(())
}
