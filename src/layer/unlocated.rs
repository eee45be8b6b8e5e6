//! Displacement without a line: people of whom nobody says where they left or where they went, and people who moved
//! within one place. They are features of the layer of flows without a geometry, so that the layer adds up.

use itertools::Itertools;

use super::incidents::each;
use super::{LeftOut, OpenFlow};
use crate::record::{Count, Location, When};

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
    pub source: Option<String>,
    /// The one end that is known, where only one is.
    pub at: Option<Location>,
}

/// One feature for each origin and destination, the most people first.
pub fn unlocated(left_out: &[LeftOut]) -> Vec<OpenFlow> {
    let records = left_out
        .iter()
        .filter_map(|left| Some((left, left.unlocated.as_ref()?)));
    let groups = records.into_group_map_by(|(left, one)| {
        (
            one.origin.clone(),
            one.destination.clone(),
            left.reason.as_str(),
        )
    });
    let mut flows: Vec<OpenFlow> = groups
        .into_iter()
        .map(|((origin, destination, why), records)| {
            let whens = || records.iter().map(|(_, one)| one.when);
            let date = |date: Option<jiff::civil::Date>| {
                date.map_or_else(String::new, |date| date.to_string())
            };
            OpenFlow {
                origin,
                destination,
                people: Count::total(records.iter().map(|(left, _)| left.people)).into(),
                records: records.len(),
                date_start: date(whens().map(|when| when.start()).min()),
                date_end: date(whens().map(|when| when.end()).max()),
                origin_basis: why.to_owned(),
                destination_basis: why.to_owned(),
                sources: each(records.iter().filter_map(|(_, one)| one.source.as_deref())),
                at: records.iter().find_map(|(_, one)| one.at.clone()),
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
