//! Drafts → CSV, as `dateline render` reads it.

use itertools::Itertools;

use super::rows::{DraftClaim, DraftMovement};
use crate::write::{
    MOVEMENT_COLUMNS, begin_csv, count_cell, csv_bytes, extra_cell, hashtag, movement_cells,
    text_cell,
};

const INCIDENTS: [&str; 16] = [
    "id",
    "date",
    "place",
    "admin1",
    "country",
    "kind",
    "actor",
    "target",
    "count",
    "killed",
    "injured",
    "source",
    "url",
    "published",
    "quote",
    "note",
];

/// Columns of either table that only drafts have.
const OF_DRAFTS: [&str; 2] = ["confidence", "article"];

fn incident_columns() -> impl Iterator<Item = &'static str> + Clone {
    INCIDENTS.into_iter().chain(OF_DRAFTS)
}

fn movement_columns() -> impl Iterator<Item = &'static str> + Clone {
    MOVEMENT_COLUMNS.into_iter().chain(OF_DRAFTS)
}

/// The table of incidents.
///
/// # Errors
/// If the CSV cannot be written, which memory never causes.
pub fn incidents_csv<'a>(
    rows: impl IntoIterator<Item = &'a DraftClaim>,
    hxl: bool,
) -> Result<Vec<u8>, csv::Error> {
    let mut out = begin_csv(incident_columns(), hxl)?;
    for DraftClaim {
        claim, confidence, ..
    } in rows
    {
        out.write_record([
            text_cell(claim.id.as_ref()),
            claim.when.to_string(),
            text_cell(claim.place.as_ref()),
            text_cell(claim.admin1.as_ref()),
            text_cell(claim.country.as_ref()),
            extra_cell(&claim.extra, "said_as"),
            text_cell(claim.actor.as_ref()),
            text_cell(claim.target.as_ref()),
            count_cell(claim.count),
            count_cell(claim.killed),
            count_cell(claim.injured),
            text_cell(claim.source.as_ref()),
            text_cell(claim.url.as_ref()),
            text_cell(claim.published.as_ref()),
            text_cell(claim.quote.as_ref()),
            text_cell(claim.note.as_ref()),
            format!("{confidence:.2}"),
            extra_cell(&claim.extra, "article"),
        ])?;
    }
    csv_bytes(out)
}

/// The table of displacement.
///
/// # Errors
/// If the CSV cannot be written, which memory never causes.
pub fn displacement_csv<'a>(
    rows: impl IntoIterator<Item = &'a DraftMovement>,
    hxl: bool,
) -> Result<Vec<u8>, csv::Error> {
    let mut out = begin_csv(movement_columns(), hxl)?;
    for DraftMovement {
        movement,
        confidence,
        ..
    } in rows
    {
        let of_draft = [
            format!("{confidence:.2}"),
            extra_cell(&movement.extra, "article"),
        ];
        out.write_record(movement_cells(movement, ";").iter().chain(&of_draft))?;
    }
    csv_bytes(out)
}

/// Whether a table is a draft of which nothing but its head was written: an article may tell of no movement, or of
/// no incident.
pub fn is_empty_draft(table: &[u8]) -> bool {
    let table = String::from_utf8_lossy(table);
    let table = table.trim();
    let is_head = |columns: &[&str]| {
        let tags = columns.iter().copied().map(hashtag).join(",");
        let rest = table.strip_prefix(columns.join(",").as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.trim_start() == tags)
    };
    is_head(&incident_columns().collect_vec()) || is_head(&movement_columns().collect_vec())
}
