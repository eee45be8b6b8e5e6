//! Claims → events: which incidents of several tables are one, told by several sources.
//!
//! Two incidents may be one if their kinds agree, their places lie as near as they are exactly known, and their times
//! overlap. What else they have in common, or do not, decides: tolls, actors, and the words of a retelling. What one
//! article, or one source in one table, tells apart stays apart, and so does what a person has told apart in the merge
//! file. Conflicts are kept: an event keeps the claims of all.
//!
//! Incidents are compared along the calendar: time O(n · k) for k incidents at once.

mod file;
mod groups;
mod movements;
mod pair;
mod table;

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

pub use file::{Decision, MergeFileError, decisions_csv, movement_decisions_csv, read_decisions};
pub use movements::{MergedMovements, merge_movements};
pub use pair::Found;
pub use table::{claims_csv, movements_csv};

use crate::layer::Locator;
use crate::record::{Claim, Incident, Location, Text, incidents};
use groups::Groups;
use pair::{Known, compare};

/// Less in common than this, and two incidents are told apart.
pub const ENOUGH: f64 = 0.6;

/// One event and the incidents that it was told as.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its id: that of the first of them, or the person's word for it.
    pub group: String,
    /// Places of the incidents, in the order of the tables.
    pub members: Vec<usize>,
    /// Why each is of it, but for the first.
    pub reasons: Vec<String>,
}

/// The events of some claims. Claims are given their event's id by [`Merged::applied`].
#[derive(Debug)]
pub struct Merged {
    /// What was told, claims with one id together.
    pub incidents: Vec<Incident>,
    /// The events that were told more than once, or of which a person said something.
    pub events: Vec<Event>,
}

/// Gives every claim an id: of one without, the table and the row.
fn with_ids(claims: Vec<Claim>) -> Vec<Claim> {
    claims
        .into_iter()
        .map(|mut claim| {
            claim.id = claim.id.or_else(|| own_id(claim.file.as_ref(), claim.row));
            claim
        })
        .collect()
}

fn own_id(file: Option<&Text>, row: u64) -> Option<Text> {
    let file = file.map_or("table", |file| &**file);
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = stem.strip_suffix(".csv").unwrap_or(stem);
    Some(format!("{stem} row {row}").into())
}

/// Finds out which incidents are one event; what `decisions` say stands.
pub fn merge(claims: Vec<Claim>, decisions: &[Decision], locator: &mut Locator<'_>) -> Merged {
    let incidents = incidents(with_ids(claims));
    let known: Vec<Known<'_>> = incidents
        .iter()
        .map(|incident| Known::new(incident, locate(incident, locator)))
        .collect();
    let ids: Vec<String> = incidents.iter().map(|one| one.id().to_string()).collect();
    let mut groups = Groups::new(&ids, decisions);
    let mut pairs = candidates(&known);
    pairs.sort_by_key(|(a, b, found)| (Reverse((found.score * 1e6) as i64), *a, *b));
    let mut reasons: FxHashMap<usize, String> = FxHashMap::default();
    let apart = |a: usize, b: usize| match (known.get(a), known.get(b)) {
        (Some(a), Some(b)) => a.told_apart(b),
        _ => true,
    };
    for (a, b, found) in pairs {
        if groups.join(a, b, &apart) {
            reasons.entry(b).or_insert(found.reason);
        }
    }
    let pair = |a: usize, b: usize| Some(compare(known.get(a)?, known.get(b)?)?.reason);
    let events = groups.events(&ids, pair, &reasons);
    Merged { incidents, events }
}

impl Merged {
    /// The claims in their order, each with the id of its event.
    pub fn applied(&self) -> Vec<Claim> {
        let mut ids: Vec<Option<&str>> = vec![None; self.incidents.len()];
        for event in &self.events {
            for member in &event.members {
                if let Some(id) = ids.get_mut(*member) {
                    *id = Some(&event.group);
                }
            }
        }
        let claims = self.incidents.iter().zip(ids).flat_map(|(incident, id)| {
            incident.claims().map(move |claim| Claim {
                id: id.map(Into::into).or_else(|| claim.id.clone()),
                ..claim.clone()
            })
        });
        claims.collect()
    }
}

fn locate(incident: &Incident, locator: &mut Locator<'_>) -> Option<Location> {
    locator.incident(incident).ok()
}

/// Pairs that may be one event, the earlier one of the tables first.
fn candidates(known: &[Known<'_>]) -> Vec<(usize, usize, Found)> {
    let mut order: Vec<usize> = (0..known.len()).collect();
    order.sort_by_key(|at| known.get(*at).map(|one| one.when().start()));
    let mut pairs = Vec::new();
    for (at, one) in order.iter().enumerate() {
        let Some(first) = known.get(*one) else {
            continue;
        };
        for other in order.iter().skip(at + 1) {
            let Some(second) = known.get(*other) else {
                continue;
            };
            // A day of grace: the night belongs to two.
            if second.when().start() > first.when().end().tomorrow().unwrap_or(first.when().end()) {
                break;
            }
            let (a, b) = (*one.min(other), *one.max(other));
            let (Some(x), Some(y)) = (known.get(a), known.get(b)) else {
                continue;
            };
            if let Some(found) = compare(x, y).filter(|found| found.score >= ENOUGH) {
                pairs.push((a, b, found));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests;
