//! What belongs together: by what was found, as far as nobody says otherwise.

use rustc_hash::FxHashMap;

use super::{Decision, Event};

/// Which are together so far.
pub(super) struct Groups {
    /// The group of each: the place of its first.
    of: Vec<usize>,
    /// The person's group of each, if there is a word on it.
    said: Vec<Option<String>>,
}

impl Groups {
    /// Each alone, but for what a person says; `ids` are theirs.
    pub fn new(ids: &[String], decisions: &[Decision]) -> Groups {
        let words: FxHashMap<&str, &str> = decisions
            .iter()
            .map(|decision| (decision.id.as_str(), decision.group.as_str()))
            .collect();
        let said: Vec<Option<String>> = ids
            .iter()
            .map(|id| {
                words.get(id.as_str()).map(|group| match *group {
                    // Left empty: an event of its own.
                    "" => id.clone(),
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
    pub fn join(&mut self, a: usize, b: usize, apart: &impl Fn(usize, usize) -> bool) -> bool {
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

    /// The groups of more than one, and those that a person said something of; `pair` says why two are one.
    pub fn events(
        &self,
        ids: &[String],
        pair: impl Fn(usize, usize) -> Option<String>,
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
            event.group = word.unwrap_or_else(|| ids.get(first).cloned().unwrap_or_default());
            for at in event.members.iter().skip(1) {
                let by_person = self.said.get(*at).is_some_and(Option::is_some);
                let found = pair(first, *at).or_else(|| reasons.get(at).cloned());
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
