//! Claims → dateline's own table.

use crate::record::{Claim, Text};
use crate::write::{count_cell, csv_bytes, extra_cell, text_cell};

const COLUMNS: [&str; 19] = [
    "id",
    "date",
    "place",
    "admin1",
    "country",
    "lat",
    "lon",
    "precision",
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

/// The table of some claims, columns that have no meaning here behind.
///
/// # Errors
/// If the CSV cannot be written, which memory never causes.
pub fn claims_csv(claims: &[Claim]) -> Result<Vec<u8>, csv::Error> {
    let mut extra: Vec<&Text> = Vec::new();
    for (name, _) in claims.iter().flat_map(|claim| &claim.extra) {
        if !extra.contains(&name) {
            extra.push(name);
        }
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(
        COLUMNS
            .iter()
            .copied()
            .chain(extra.iter().map(|name| &***name)),
    )?;
    for claim in claims {
        let degrees =
            |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let mut row = vec![
            text_cell(claim.id.as_ref()),
            claim.when.to_string(),
            text_cell(claim.place.as_ref()),
            text_cell(claim.admin1.as_ref()),
            text_cell(claim.country.as_ref()),
            degrees(claim.coordinates.map(|point| point.y())),
            degrees(claim.coordinates.map(|point| point.x())),
            claim
                .precision
                .map_or_else(String::new, |precision| precision.code().to_string()),
            claim.kind.label().to_owned(),
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
        ];
        for name in &extra {
            row.push(extra_cell(&claim.extra, name));
        }
        out.write_record(row)?;
    }
    csv_bytes(out)
}
