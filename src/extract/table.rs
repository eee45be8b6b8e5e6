//! Drafts → CSV, as `dateline render` reads it.

use super::rows::{DraftClaim, DraftMovement};
use crate::record::{Count, Text};

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

fn text(cell: Option<&Text>) -> String {
    cell.map_or_else(String::new, |cell| cell.to_string())
}

fn count(cell: Option<Count>) -> String {
    cell.map_or_else(String::new, |count| count.to_string())
}

fn extra(extra: &[(Text, Text)], name: &str) -> String {
    let cell = extra.iter().find(|(known, _)| &**known == name);
    text(cell.map(|(_, value)| value))
}

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
            text(claim.id.as_ref()),
            claim.when.to_string(),
            text(claim.place.as_ref()),
            text(claim.admin1.as_ref()),
            text(claim.country.as_ref()),
            extra(&claim.extra, "said_as"),
            text(claim.actor.as_ref()),
            text(claim.target.as_ref()),
            count(claim.count),
            count(claim.killed),
            count(claim.injured),
            text(claim.source.as_ref()),
            text(claim.url.as_ref()),
            text(claim.published.as_ref()),
            text(claim.quote.as_ref()),
            text(claim.note.as_ref()),
            format!("{confidence:.2}"),
            extra(&claim.extra, "article"),
        ])?;
    }
    finish(out)
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
            text(movement.id.as_ref()),
            movement.when.to_string(),
            text(movement.origin.as_ref()),
            movement.destinations.join(";"),
            movement.people.to_string(),
            text(movement.source.as_ref()),
            text(movement.url.as_ref()),
            text(movement.published.as_ref()),
            text(movement.quote.as_ref()),
            text(movement.note.as_ref()),
            format!("{confidence:.2}"),
            extra(&movement.extra, "article"),
        ])?;
    }
    finish(out)
}

/// Whether a table is a draft of which nothing but the header was written: an article may tell of no movement, or of
/// no incident.
pub fn is_empty_draft(table: &[u8]) -> bool {
    let table = String::from_utf8_lossy(table);
    let table = table.trim();
    table == INCIDENTS.join(",") || table == DISPLACEMENT.join(",")
}

fn finish(out: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    out.into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}
