//! Net flows: of two flows in opposite directions the difference, in the direction of the larger.
//!
//! People are conserved: what the larger flow has more, and twice those who are set off against each other
//! (`back_low`, `back_best`, `back_high`), are together all who went either way.

use itertools::Itertools;

use super::flows::{Node, in_order};
use super::incidents::each;
use super::{Feature, FlowAttributes};
use crate::record::Count;

/// Sets off opposite flows against each other; flows that nobody went against stay as they are.
pub fn net(flows: Vec<Feature<FlowAttributes>>) -> Vec<Feature<FlowAttributes>> {
    let pair = |flow: &Feature<FlowAttributes>| {
        let ends = [&flow.attributes.from, &flow.attributes.to].map(Node::of);
        let [a, b] = ends;
        if a <= b { (a, b) } else { (b, a) }
    };
    // Largest first, so that the first of two has the direction; in this order, too, if both are as large.
    let pairs = flows.into_iter().into_group_map_by(pair);
    let mut net: Vec<_> = pairs.into_values().filter_map(difference).collect();
    net.sort_by(in_order);
    net
}

fn difference(flows: Vec<Feature<FlowAttributes>>) -> Option<Feature<FlowAttributes>> {
    let mut flows = flows.into_iter();
    let there = flows.next()?;
    let Some(back) = flows.next() else {
        return Some(there);
    };
    let Feature {
        geometry,
        attributes: there,
    } = there;
    let back = back.attributes;
    let less = |a: Option<u64>, b: Option<u64>| Some(a?.saturating_sub(b?));
    let width_people = there.width_people - back.width_people;
    let bounds = Count::bounds(
        less(there.people.low, back.people.high),
        less(there.people.best, back.people.best),
        // Nobody is known to have come back: all may have stayed.
        there
            .people
            .high
            .map(|high| high - back.people.low.unwrap_or(0).min(high)),
    );
    let people = bounds.unwrap_or(Count::about(width_people.round() as u64));
    let names = |a: &str, b: &str| {
        let all = a.split("; ").chain(b.split("; "));
        each(all.filter(|one| !one.is_empty()))
    };
    Some(Feature {
        geometry,
        attributes: FlowAttributes {
            people: Some(people).into(),
            back: back.people.into(),
            records: there.records + back.records,
            shared: there.shared + back.shared,
            date_start: there.date_start.clone().min(back.date_start),
            date_end: there.date_end.clone().max(back.date_end),
            sources: names(&there.sources, &back.sources),
            links: there.links.iter().cloned().chain(back.links).collect(),
            named: Some(people),
            width_people,
            ..there
        },
    })
}
