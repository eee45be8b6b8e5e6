//! Claims → dateline's own table.

use crate::record::{Claim, Displacement, Extra};
use crate::write::{
    MOVEMENT_COLUMNS, begin_csv, count_cell, csv_bytes, extra_cell, movement_cells, text_cell,
};

/// The column that is there if any of the tables has it.
const SENSITIVE: &str = "sensitive";

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
pub fn claims_csv(claims: &[Claim], hxl: bool) -> Result<Vec<u8>, csv::Error> {
    let extra = columns(claims.iter().map(|claim| &claim.extra));
    let mark = claims.iter().any(|claim| claim.sensitive.is_some());
    let own = COLUMNS.into_iter().chain(mark.then_some(SENSITIVE));
    let mut out = begin_csv(own.chain(extra.iter().copied()), hxl)?;
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
            kind_cell(claim),
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
        row.extend(mark.then(|| sensitive_cell(claim.sensitive)));
        for name in &extra {
            row.push(extra_cell(&claim.extra, name));
        }
        out.write_record(row)?;
    }
    csv_bytes(out)
}

/// The kind as the table that it is from has it, if by another name than ours: "barrel bombs".
fn kind_cell(claim: &Claim) -> String {
    match &claim.kind_told {
        Some(told) => told.to_string(),
        None => claim.kind.label().to_owned(),
    }
}

/// Whether a row is marked.
fn sensitive_cell(sensitive: Option<bool>) -> String {
    let cell = match sensitive {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    cell.to_owned()
}

/// Names of the columns that are carried through, in the order in which they come up.
fn columns<'a>(extras: impl Iterator<Item = &'a Extra>) -> Vec<&'a str> {
    let mut columns: Vec<&str> = Vec::new();
    for (name, _) in extras.flat_map(Extra::iter) {
        if !columns.contains(&name) {
            columns.push(name);
        }
    }
    columns
}

/// The table of some movements, columns that have no meaning here behind.
///
/// # Errors
/// If the CSV cannot be written, which memory never causes.
pub fn movements_csv(rows: &[Displacement], hxl: bool) -> Result<Vec<u8>, csv::Error> {
    let extra = columns(rows.iter().map(|row| &row.extra));
    let mark = rows.iter().any(|row| row.sensitive.is_some());
    let own = MOVEMENT_COLUMNS.into_iter();
    let own = own.chain(mark.then_some(SENSITIVE));
    let mut out = begin_csv(own.chain(extra.iter().copied()), hxl)?;
    for row in rows {
        let cells = movement_cells(row, "; ")
            .into_iter()
            .chain(mark.then(|| sensitive_cell(row.sensitive)));
        let more = extra.iter().map(|name| extra_cell(&row.extra, name));
        out.write_record(cells.chain(more))?;
    }
    csv_bytes(out)
}
