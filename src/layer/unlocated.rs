//! Displacement without a line: people of whom nobody says where they left or where they went, and people who moved
//! within one place. They are features of the layer of flows without a geometry, so that the layer adds up.

use itertools::Itertools;

use super::incidents::each;
use super::{LeftOut, OpenFlow, Reason};
use crate::record::{Count, Location, Text, When};

/// What is known of a displacement that has no two ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlocated {
    /// Where they left, as the table has it.
    pub origin: Option<String>,
    /// Where they went, as the table has it.
    pub destination: Option<String>,
    /// When.
    pub when: When,
    /// Who says so.
    pub source: Option<Text>,
    /// Where it was published.
    pub url: Option<Text>,
    /// The one end that is known, where only one is.
    pub at: Option<Location>,
}

/// A displacement that is on the map with its one known end.
#[derive(Clone, Debug, PartialEq)]
pub struct OneEnded {
    /// How many people count.
    pub people: Count,
    /// What is known of it, its known end among that.
    pub known: Unlocated,
}

/// One feature for each origin and destination, the most people first.
pub fn unlocated(drawn: &[OneEnded], left_out: &[LeftOut]) -> Vec<OpenFlow> {
    let drawn = drawn
        .iter()
        .map(|one| (Reason::OpenEnded, Some(one.people), &one.known));
    let left = left_out
        .iter()
        .filter_map(|left| Some((left.reason, left.people, left.unlocated.as_ref()?)));
    let groups = drawn.chain(left).into_group_map_by(|(reason, _, one)| {
        let drawn = one.at.is_some();
        let ends = (one.origin.clone(), one.destination.clone());
        (ends, reason.as_str(), drawn)
    });
    let mut flows: Vec<OpenFlow> = groups
        .into_iter()
        .map(|(((origin, destination), why, _), records)| {
            let known = || records.iter().map(|(.., one)| *one);
            let whens = || known().map(|one| one.when);
            let date = |date: Option<jiff::civil::Date>| {
                date.map_or_else(String::new, |date| date.to_string())
            };
            OpenFlow {
                origin,
                destination,
                people: Count::total(records.iter().map(|(_, people, _)| *people)).into(),
                records: records.len(),
                date_start: date(whens().map(|when| when.start()).min()),
                date_end: date(whens().map(|when| when.end()).max()),
                origin_basis: why.to_owned(),
                destination_basis: why.to_owned(),
                sources: each(known().filter_map(|one| one.source.as_deref())),
                links: known()
                    .filter_map(|one| Some((one.source.clone(), one.url.clone()?)))
                    .collect(),
                at: known().find_map(|one| one.at.clone()),
                ..OpenFlow::default()
            }
        })
        .collect();
    flows.sort_by(|a, b| {
        let people = |flow: &OpenFlow| flow.people.high.or(flow.people.best).or(flow.people.low);
        let ends = |flow: &OpenFlow| (flow.origin.clone(), flow.destination.clone());
        people(b)
            .cmp(&people(a))
            .then_with(|| ends(a).cmp(&ends(b)))
    });
    flows
}
