//! The merge file: which incidents are one event, for a person to edit.
//!
//! One line an incident. Incidents with one `group` are one event; who gives a line another group, or none, tells it
//! apart, and so it stays. The other columns are there to decide by and are not read.

use rustc_hash::FxHashSet;

use super::{Event, Merged, MergedMovements};
use crate::read::is_hashtags;
use crate::write::{begin_csv, count_cell, csv_bytes, text_cell};

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
        if is_hashtags(&row) {
            continue;
        }
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
pub fn decisions_csv(
    merged: &Merged,
    before: &[Decision],
    hxl: bool,
) -> Result<Vec<u8>, csv::Error> {
    let head = ["date", "place", "kind", "killed", "sources"];
    written(&merged.events, before, (head, hxl), |at| {
        let incident = merged.incidents.get(at)?;
        let place = incident.place_claim().place.as_deref().unwrap_or_default();
        let cells = [
            incident.when().to_string(),
            place.to_owned(),
            incident.kind().label().to_owned(),
            count_cell(incident.killed()),
            incident.sources().join("; "),
        ];
        Some((incident.id().to_string(), cells))
    })
}

/// The same of movements.
///
/// # Errors
/// If the CSV cannot be written, which memory never causes.
pub fn movement_decisions_csv(
    merged: &MergedMovements,
    before: &[Decision],
    hxl: bool,
) -> Result<Vec<u8>, csv::Error> {
    let head = ["date", "origin", "destination", "people", "sources"];
    written(&merged.events, before, (head, hxl), |at| {
        let movement = merged.movements.get(at)?;
        let cells = [
            movement.when.to_string(),
            text_cell(movement.origin.as_ref()),
            movement.destinations.join("; "),
            movement.people.to_string(),
            text_cell(movement.source.as_ref()),
        ];
        Some((text_cell(movement.id.as_ref()), cells))
    })
}

/// One line for each member of an event: its id, and what to decide by.
fn written(
    events: &[Event],
    before: &[Decision],
    (head, hxl): ([&str; 5], bool),
    line: impl Fn(usize) -> Option<(String, [String; 5])>,
) -> Result<Vec<u8>, csv::Error> {
    let columns = ["group", "id"].into_iter().chain(head).chain(["reason"]);
    let mut out = begin_csv(columns, hxl)?;
    let mut written: FxHashSet<String> = FxHashSet::default();
    for event in events {
        let reasons = std::iter::once("").chain(event.reasons.iter().map(String::as_str));
        for (at, reason) in event.members.iter().zip(reasons) {
            let Some((id, cells)) = line(*at) else {
                continue;
            };
            let first = [event.group.as_str(), &id].into_iter();
            out.write_record(
                first
                    .chain(cells.iter().map(String::as_str))
                    .chain([reason]),
            )?;
            written.insert(id);
        }
    }
    // Of those that are not in these tables: they may come back.
    for Decision { group, id } in before {
        if !written.contains(id) {
            let last = ["", "", "", "", "", "not in these tables"];
            out.write_record([group.as_str(), id].into_iter().chain(last))?;
        }
    }
    csv_bytes(out)
}
