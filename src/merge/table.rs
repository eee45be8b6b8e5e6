//! Claims → dateline's own table.

use crate::record::{Claim, Text};

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
        let text = |cell: &Option<Text>| cell.as_deref().unwrap_or_default().to_owned();
        let count = |cell: Option<crate::record::Count>| {
            cell.map_or_else(String::new, |count| count.to_string())
        };
        let degrees =
            |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let mut row = vec![
            text(&claim.id),
            claim.when.to_string(),
            text(&claim.place),
            text(&claim.admin1),
            text(&claim.country),
            degrees(claim.coordinates.map(|point| point.y())),
            degrees(claim.coordinates.map(|point| point.x())),
            claim
                .precision
                .map_or_else(String::new, |precision| precision.code().to_string()),
            claim.kind.label().to_owned(),
            text(&claim.actor),
            text(&claim.target),
            count(claim.count),
            count(claim.killed),
            count(claim.injured),
            text(&claim.source),
            text(&claim.url),
            text(&claim.published),
            text(&claim.quote),
            text(&claim.note),
        ];
        for name in &extra {
            let value = claim.extra.iter().find(|(known, _)| known == *name);
            row.push(value.map_or_else(String::new, |(_, value)| value.to_string()));
        }
        out.write_record(row)?;
    }
    out.into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}
