//! Displacement between places: records added up by origin and destination.
//!
//! What is not known stays apart: people whose origin or destination is unknown, people who moved within one place, and
//! people who went to several places with no word on how many went to which. Nothing is split or guessed, so that every
//! record is in exactly one flow and the flows' people add up to the records'.
//!
//! Cost: O(n·log n) for n records.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::record::Count;

/// One record of people who moved, between nodes of any kind: place ids, names, cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement<K> {
    /// Where from; `None` if unknown.
    pub origin: Option<K>,
    /// Where to; several if the source does not say how many went to which, empty if unknown.
    pub destinations: Vec<K>,
    /// How many, to all destinations together.
    pub people: Count,
}

/// All the records with one origin and one set of destinations.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow<K> {
    /// Where from; `None` if unknown.
    pub origin: Option<K>,
    /// Where to, ascending, each once. Mostly one; empty if unknown.
    pub destinations: Vec<K>,
    /// How many people, added up with their bounds.
    pub people: Count,
    /// Its records, as ascending indices into the input.
    pub records: Vec<usize>,
}

/// The flows, each list in order of people ([`Count::central`]), most first, then of origin and destinations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flows<K> {
    /// From one place to another, or to several others.
    pub between: Vec<Flow<K>>,
    /// From a place to itself: people who were displaced within it.
    pub within: Vec<Flow<K>>,
    /// From an unknown place to a known one.
    pub unknown_origin: Vec<Flow<K>>,
    /// From a known place to an unknown one.
    pub unknown_destination: Vec<Flow<K>>,
    /// Neither is known: one flow at most.
    pub unknown_both: Vec<Flow<K>>,
}

impl<K> Flows<K> {
    /// All flows, list after list.
    pub fn iter(&self) -> impl Iterator<Item = &Flow<K>> {
        self.between
            .iter()
            .chain(&self.within)
            .chain(&self.unknown_origin)
            .chain(&self.unknown_destination)
            .chain(&self.unknown_both)
    }

    /// The people of all flows, zero for none.
    pub fn people(&self) -> Count {
        self.iter().map(|flow| flow.people).sum()
    }
}

/// Where from and, ascending, where to.
type Ends<'a, K> = (Option<&'a K>, Vec<&'a K>);

/// Adds up records by origin and set of destinations.
///
/// ```
/// use dateline::analyse::flow::{Movement, flows};
///
/// let row = |people: &str| Movement {
///     origin: Some("Maarrat al-Numan"), destinations: vec!["Idlib"], people: people.parse().unwrap(),
/// };
/// let found = flows(&[row(">=800"), row("150-200")]);
/// assert_eq!(found.between[0].people.to_string(), "950-1000+");
/// assert_eq!(found.between[0].records, [0, 1]);
/// ```
pub fn flows<K: Ord + Clone>(movements: &[Movement<K>]) -> Flows<K> {
    let mut by_ends: BTreeMap<Ends<K>, (Count, Vec<usize>)> = BTreeMap::new();
    for (record, movement) in movements.iter().enumerate() {
        let mut destinations: Vec<&K> = movement.destinations.iter().collect();
        destinations.sort();
        destinations.dedup();
        by_ends
            .entry((movement.origin.as_ref(), destinations))
            .and_modify(|(people, records)| {
                *people = *people + movement.people;
                records.push(record);
            })
            .or_insert_with(|| (movement.people, vec![record]));
    }

    let mut flows = Flows {
        between: Vec::new(),
        within: Vec::new(),
        unknown_origin: Vec::new(),
        unknown_destination: Vec::new(),
        unknown_both: Vec::new(),
    };
    for ((origin, destinations), (people, records)) in by_ends {
        let list = match (origin, &destinations[..]) {
            (None, []) => &mut flows.unknown_both,
            (None, _) => &mut flows.unknown_origin,
            (Some(_), []) => &mut flows.unknown_destination,
            (Some(origin), [only]) if origin == *only => &mut flows.within,
            _ => &mut flows.between,
        };
        let destinations = destinations.into_iter().cloned().collect();
        list.push(Flow {
            origin: origin.cloned(),
            destinations,
            people,
            records,
        });
    }
    for list in [
        &mut flows.between,
        &mut flows.within,
        &mut flows.unknown_origin,
        &mut flows.unknown_destination,
    ] {
        list.sort_by_key(|flow| Reverse(flow.people.central())); // stable: equals keep their order by ends
    }
    flows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn movement(origin: &str, destinations: &str, people: &str) -> Movement<String> {
        Movement {
            origin: Some(origin.to_owned()).filter(|origin| !origin.is_empty()),
            destinations: destinations.split_whitespace().map(str::to_owned).collect(),
            people: people.parse().unwrap(),
        }
    }

    #[test]
    fn records_are_added_up_by_their_ends() {
        let found = flows(&[
            movement("a", "b", "10"),
            movement("a", "c", "~500"),
            movement("b", "a", "7"),
            movement("a", "b", ">=8"),
            movement("a", "a", "3"),
            movement("", "a", "4"),
            movement("a", "", "5-6"),
            movement("", "", "1"),
            movement("a", "c b c", "90"),
            movement("a", "b c", "9"),
        ]);
        let ends = |flow: &Flow<String>| {
            (
                flow.origin.clone().unwrap_or_default(),
                flow.destinations.join(" "),
                flow.people.to_string(),
            )
        };
        let row = |origin: &str, to: &str, people: &str| {
            (origin.to_owned(), to.to_owned(), people.to_owned())
        };
        assert_eq!(
            found.between.iter().map(ends).collect::<Vec<_>>(),
            [
                row("a", "c", "~500"),
                row("a", "b c", "99"),
                row("a", "b", ">=18"),
                row("b", "a", "7")
            ]
        );
        assert_eq!(found.between[2].records, [0, 3]);
        assert_eq!(
            found.within.iter().map(ends).collect::<Vec<_>>(),
            [row("a", "a", "3")]
        );
        assert_eq!(
            found.unknown_origin.iter().map(ends).collect::<Vec<_>>(),
            [row("", "a", "4")]
        );
        assert_eq!(
            found
                .unknown_destination
                .iter()
                .map(ends)
                .collect::<Vec<_>>(),
            [row("a", "", "5-6")]
        );
        assert_eq!(found.unknown_both.len(), 1);
        assert_eq!(flows::<u8>(&[]), Flows::default());
    }

    proptest! {
        #[test]
        fn every_record_is_in_one_flow_and_people_add_up(
            rows in prop::collection::vec((prop::option::of(0u8..5), prop::collection::vec(0u8..5, 0..3), 0u64..900, 0u8..4), 0..60)
        ) {
            let count = |n, form| match form {
                0 => Count::exactly(n),
                1 => Count::at_least(n),
                2 => Count::about(n),
                _ => Count::more_than(n),
            };
            let movements: Vec<Movement<u8>> = rows
                .into_iter()
                .map(|(origin, destinations, n, form)| Movement { origin, destinations, people: count(n, form) })
                .collect();
            let found = flows(&movements);
            let mut records: Vec<usize> = found.iter().flat_map(|flow| flow.records.clone()).collect();
            records.sort_unstable();
            prop_assert!(records.into_iter().eq(0..movements.len()));
            let total: Count = movements.iter().map(|movement| movement.people).sum();
            let people = found.people();
            prop_assert_eq!((people.low(), people.best(), people.high()), (total.low(), total.best(), total.high()));
            prop_assert_eq!(people.central(), total.central());
        }
    }
}
