//! The merge file: which incidents are one event, for a person to edit.
//!
//! One line an incident. Incidents with one `group` are one event; who gives a line another group, or none, tells it
//! apart, and so it stays. The other columns are there to decide by and are not read.

use super::Merged;
use crate::write::csv_bytes;

/// What the merge file says of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The event; empty for one of its own.
    pub group: String,
    /// The incident.
    pub id: String,
}

/// Why a merge file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MergeFileError {
    /// It is no CSV.
    #[error("{0}: cannot be read: {1}")]
    Csv(String, csv::Error),
    /// A column is missing.
    #[error("{0}: row 1 has no column \"{1}\": a merge file has the columns group and id")]
    Column(String, &'static str),
    /// An incident stands twice with two groups.
    #[error(
        "{0}: row {1}, id \"{2}\" stands twice: give it one group, and leave out the other line"
    )]
    Twice(String, u64, String),
}

/// Reads a merge file; `name` stands for it in messages.
///
/// # Errors
/// If it cannot be used.
pub fn read_decisions(name: &str, bytes: &[u8]) -> Result<Vec<Decision>, MergeFileError> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let broken = |error| MergeFileError::Csv(name.to_owned(), error);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(broken)?.clone();
    let column = |wanted: &'static str| {
        headers
            .iter()
            .position(|header| header.trim().eq_ignore_ascii_case(wanted))
            .ok_or_else(|| MergeFileError::Column(name.to_owned(), wanted))
    };
    let (group, id) = (column("group")?, column("id")?);
    let mut decisions: Vec<Decision> = Vec::new();
    for (index, row) in reader.records().enumerate() {
        let row = row.map_err(|error| MergeFileError::Csv(name.to_owned(), error))?;
        let cell = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
        let decision = Decision {
            group: cell(group),
            id: cell(id),
        };
        if decision.id.is_empty() {
            continue;
        }
        let twice = decisions
            .iter()
            .any(|known| known.id == decision.id && known.group != decision.group);
        if twice {
            return Err(MergeFileError::Twice(
                name.to_owned(),
                index as u64 + 2,
                decision.id,
            ));
        }
        decisions.push(decision);
    }
    Ok(decisions)
}

/// The merge file of what was found: every event that was told more than once, and all that a person said before.
///
/// # Errors
/// If the CSV cannot be written, which memory never causes.
pub fn decisions_csv(merged: &Merged, before: &[Decision]) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "group", "id", "date", "place", "kind", "killed", "sources", "reason",
    ])?;
    let mut written: Vec<String> = Vec::new();
    for event in &merged.events {
        let reasons = std::iter::once("").chain(event.reasons.iter().map(String::as_str));
        for (at, reason) in event.members.iter().zip(reasons) {
            let Some(incident) = merged.incidents.get(*at) else {
                continue;
            };
            let place = incident.place_claim().place.as_deref().unwrap_or_default();
            out.write_record([
                &event.group,
                &*incident.id(),
                &incident.when().to_string(),
                place,
                incident.kind().label(),
                &incident
                    .killed()
                    .map_or_else(String::new, |count| count.to_string()),
                &incident.sources().join("; "),
                reason,
            ])?;
            written.push(incident.id().into_owned());
        }
    }
    // Of incidents that are not in these tables: they may come back.
    for decision in before
        .iter()
        .filter(|decision| !written.contains(&decision.id))
    {
        out.write_record([
            &decision.group,
            &decision.id,
            "",
            "",
            "",
            "",
            "",
            "not in these tables",
        ])?;
    }
    csv_bytes(out)
}
