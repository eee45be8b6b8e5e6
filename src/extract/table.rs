//! Drafts → CSV, as `dateline render` reads it.

use super::rows::{DraftClaim, DraftMovement};
use crate::write::{count_cell, csv_bytes, extra_cell, text_cell};

const INCIDENTS: [&str; 18] = [
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
    "confidence",
    "article",
];

const DISPLACEMENT: [&str; 12] = [
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
    "confidence",
    "article",
];

/// The table of incidents.
///
/// # Errors
/// If the CSV cannot be written, which memory never causes.
pub fn incidents_csv<'a>(
    rows: impl IntoIterator<Item = &'a DraftClaim>,
) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(INCIDENTS)?;
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
) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(DISPLACEMENT)?;
    for DraftMovement {
        movement,
        confidence,
        ..
    } in rows
    {
        out.write_record([
            text_cell(movement.id.as_ref()),
            movement.when.to_string(),
            text_cell(movement.origin.as_ref()),
            movement.destinations.join(";"),
            movement.people.to_string(),
            text_cell(movement.source.as_ref()),
            text_cell(movement.url.as_ref()),
            text_cell(movement.published.as_ref()),
            text_cell(movement.quote.as_ref()),
            text_cell(movement.note.as_ref()),
            format!("{confidence:.2}"),
            extra_cell(&movement.extra, "article"),
        ])?;
    }
    csv_bytes(out)
}

/// Whether a table is a draft of which nothing but the header was written: an article may tell of no movement, or of
/// no incident.
pub fn is_empty_draft(table: &[u8]) -> bool {
    let table = String::from_utf8_lossy(table);
    let table = table.trim();
    table == INCIDENTS.join(",") || table == DISPLACEMENT.join(",")
}
