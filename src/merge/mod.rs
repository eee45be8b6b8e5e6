//! Claims → events: which incidents of several tables are one, told by several sources.
//!
//! Two incidents may be one if their kinds agree, their places lie as near as they are exactly known, and their times
//! overlap. What else they have in common, or do not, decides: tolls, actors, and the words of a retelling. What one
//! article, or one source in one table, tells apart stays apart, and so does what a person has told apart in the merge
//! file. Conflicts are kept: an event keeps the claims of all.
//!
//! Incidents are compared along the calendar: time O(n · k) for k incidents at once.

mod file;
mod pair;
mod table;

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

pub use file::{Decision, MergeFileError, decisions_csv, read_decisions};
pub use pair::Found;
pub use table::claims_csv;

use crate::layer::Locator;
use crate::record::{Claim, Incident, Location, incidents};
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
            if claim.id.is_none() {
                let file = claim.file.as_deref().unwrap_or("table");
                let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
                let stem = stem.strip_suffix(".csv").unwrap_or(stem);
                claim.id = Some(format!("{stem} row {}", claim.row).into());
            }
            claim
        })
        .collect()
}

/// Finds out which incidents are one event; what `decisions` say stands.
pub fn merge(claims: Vec<Claim>, decisions: &[Decision], locator: &mut Locator<'_>) -> Merged {
    let incidents = incidents(with_ids(claims));
    let known: Vec<Known<'_>> = incidents
        .iter()
        .map(|incident| Known::new(incident, locate(incident, locator)))
        .collect();
    let mut groups = Groups::new(&incidents, decisions);
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
    let events = groups.events(&incidents, &known, &reasons);
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

/// Which incidents are together so far.
struct Groups {
    /// The group of each incident: the place of its first.
    of: Vec<usize>,
    /// The person's group of each incident, if there is a word on it.
    said: Vec<Option<String>>,
}

impl Groups {
    fn new(incidents: &[Incident], decisions: &[Decision]) -> Groups {
        let words: FxHashMap<&str, &str> = decisions
            .iter()
            .map(|decision| (decision.id.as_str(), decision.group.as_str()))
            .collect();
        let said: Vec<Option<String>> = incidents
            .iter()
            .map(|incident| {
                let id = incident.id();
                words.get(&*id).map(|group| match *group {
                    // Left empty: an event of its own.
                    "" => id.to_string(),
                    group => group.to_owned(),
                })
            })
            .collect();
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        let of = said
            .iter()
            .enumerate()
            .map(|(at, group)| match group {
                Some(group) => *first.entry(group).or_insert(at),
                None => at,
            })
            .collect();
        Groups { of, said }
    }

    fn members(&self, group: usize) -> Vec<usize> {
        (0..self.of.len())
            .filter(|at| self.of.get(*at) == Some(&group))
            .collect()
    }

    /// Puts two together, unless a person, a source or an article tells any of their groups apart.
    fn join(&mut self, a: usize, b: usize, apart: &impl Fn(usize, usize) -> bool) -> bool {
        let (Some(&one), Some(&other)) = (self.of.get(a), self.of.get(b)) else {
            return false;
        };
        if one == other {
            return false;
        }
        let (ours, theirs) = (self.members(one), self.members(other));
        let word = |members: &[usize]| {
            members
                .iter()
                .find_map(|at| self.said.get(*at).cloned().flatten())
        };
        if let (Some(one), Some(other)) = (word(&ours), word(&theirs))
            && one != other
        {
            return false;
        }
        if ours.iter().any(|a| theirs.iter().any(|b| apart(*a, *b))) {
            return false;
        }
        let first = one.min(other);
        for at in ours.into_iter().chain(theirs) {
            if let Some(group) = self.of.get_mut(at) {
                *group = first;
            }
        }
        true
    }

    fn events(
        &self,
        incidents: &[Incident],
        known: &[Known<'_>],
        reasons: &FxHashMap<usize, String>,
    ) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        let mut place: FxHashMap<usize, usize> = FxHashMap::default();
        for (at, group) in self.of.iter().enumerate() {
            let next = events.len();
            let index = *place.entry(*group).or_insert(next);
            if index == next {
                events.push(Event {
                    group: String::new(),
                    members: Vec::new(),
                    reasons: Vec::new(),
                });
            }
            if let Some(event) = events.get_mut(index) {
                event.members.push(at);
            }
        }
        let told = |event: &Event| {
            event.members.len() > 1
                || event
                    .members
                    .iter()
                    .any(|at| self.said.get(*at).is_some_and(Option::is_some))
        };
        events.retain(told);
        for event in &mut events {
            let first = event.members.first().copied().unwrap_or(0);
            let word = event
                .members
                .iter()
                .find_map(|at| self.said.get(*at).cloned().flatten());
            event.group = word.unwrap_or_else(|| {
                incidents
                    .get(first)
                    .map_or_else(String::new, |one| one.id().into_owned())
            });
            for at in event.members.iter().skip(1) {
                let by_person = self.said.get(*at).is_some_and(Option::is_some);
                let pair = known
                    .get(first)
                    .zip(known.get(*at))
                    .and_then(|(a, b)| compare(a, b));
                let found = pair
                    .map(|found| found.reason)
                    .or_else(|| reasons.get(at).cloned());
                event.reasons.push(match (by_person, found) {
                    (true, Some(reason)) => format!("as the merge file has it; {reason}"),
                    (true, None) => "as the merge file has it".to_owned(),
                    (false, found) => {
                        found.unwrap_or_else(|| "like another one of the event".to_owned())
                    }
                });
            }
        }
        events
    }
}

#[cfg(test)]
mod tests;
