//! The layer of flows: people who went from one place to another, a line for each origin and destination.
//!
//! Where a record names several destinations, nobody says how many went to which. Each destination then gets a line
//! whose people are known only to be no more than all of them; the total counts them once.

use std::cmp::Ordering;

use geo::{Centroid, LineString, Point};
use itertools::Itertools;

use super::build::PlacedDisplacement;
use super::incidents::each;
use super::{Back, Feature, FlowAttributes, FlowLevel, FlowStyle, Layer};
use crate::analyse::scale::nice_above;
use crate::record::{Count, Footprint, Location, Phrase};

/// What makes two ends the same node: the ground, not the words for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node {
    name: Phrase,
    admin1: Option<Phrase>,
    country: Option<Phrase>,
    precision: u8,
}

impl Node {
    pub fn of(location: &Location) -> Self {
        Self {
            name: location.name.clone(),
            admin1: location.admin1.clone(),
            country: location.country.clone(),
            precision: location.precision.code(),
        }
    }
}

/// Whether two locations are one node: an arrow between them has no length.
pub fn same_ground(a: &Location, b: &Location) -> bool {
    Node::of(a) == Node::of(b)
}

/// One record's share in a flow.
struct Share<'a> {
    placed: &'a PlacedDisplacement,
    to: &'a Location,
    people: Count,
    width_people: f64,
    shared: bool,
}

/// Flows, the largest first, so that the small ones lie on top.
pub fn layer(
    placed: &[PlacedDisplacement],
    level: FlowLevel,
    net: bool,
) -> Layer<FlowAttributes, FlowStyle> {
    let mut flows: Vec<Feature<FlowAttributes>> = placed
        .iter()
        .flat_map(shares)
        .into_group_map_by(|share| (Node::of(&share.placed.origin), Node::of(share.to)))
        .into_values()
        .map(|shares| feature(&shares))
        .collect();
    flows.sort_by(in_order);
    if net {
        flows = super::net::net(flows);
    }
    let max_people = flows
        .first()
        .map_or(0.0, |flow| flow.attributes.width_people);
    Layer {
        features: flows,
        style: FlowStyle {
            max_people,
            scale: None,
            least_people: 0.0,
            level,
            net,
        },
    }
}

/// The largest first.
pub(super) fn in_order(a: &Feature<FlowAttributes>, b: &Feature<FlowAttributes>) -> Ordering {
    let (a, b) = (&a.attributes, &b.attributes);
    b.width_people
        .total_cmp(&a.width_people)
        .then_with(|| (&a.origin, &a.destination).cmp(&(&b.origin, &b.destination)))
        .then_with(|| {
            (&a.from.admin1, &a.to.admin1, &a.from.country, &a.to.country).cmp(&(
                &b.from.admin1,
                &b.to.admin1,
                &b.from.country,
                &b.to.country,
            ))
        })
        .then_with(|| {
            (a.origin_precision, a.destination_precision)
                .cmp(&(b.origin_precision, b.destination_precision))
        })
}

impl Layer<FlowAttributes, FlowStyle> {
    /// The flows that are on the map, the largest first.
    pub fn drawn(&self) -> impl Iterator<Item = &FlowAttributes> {
        let FlowStyle {
            least_people, net, ..
        } = self.style;
        let flows = self.features.iter().map(|flow| &flow.attributes);
        // As many there as back: no arrow, in neither direction.
        flows.filter(move |flow| {
            flow.width_people >= least_people && !(net && flow.width_people <= 0.0)
        })
    }
}

/// More flows than this are a tangle on any page.
const MOST_FLOWS: usize = 100;
/// Flows that hold this part of the people are on the map, however many they are.
const SHARE: f64 = 0.9;

/// The round number of people below which flows had better not be on a map: 0 unless there are very many.
pub fn least_people(flows: &[Feature<FlowAttributes>]) -> f64 {
    let people = || flows.iter().map(|flow| flow.attributes.width_people);
    let all: f64 = people().sum();
    let mut least = 0.0;
    while people().filter(|n| *n >= least).count() > MOST_FLOWS {
        let next = if least < 1.0 { 1.0 } else { nice_above(least) };
        if people().filter(|n| *n >= next).sum::<f64>() < SHARE * all {
            break;
        }
        least = next;
    }
    least
}

/// The point that stands for a location in a line: its own, or its middle.
pub fn centre(location: &Location) -> Point {
    match &location.footprint {
        Footprint::Point(point) | Footprint::Disc(point) => *point,
        Footprint::Area(area) => area.centroid().unwrap_or_default(),
    }
}

fn shares(placed: &PlacedDisplacement) -> impl Iterator<Item = Share<'_>> {
    // All that the source names, be they drawn or not.
    let parts = placed.displacement.destinations.len();
    let all = placed.people();
    let people = if parts == 1 {
        all
    } else {
        all.high()
            .map_or(Count::at_least(0), |high| Count::range(0, high))
    };
    placed.destinations.iter().map(move |to| Share {
        placed,
        to,
        people,
        width_people: all.central() as f64 / parts as f64,
        shared: parts > 1,
    })
}

fn feature(shares: &[Share]) -> Feature<FlowAttributes> {
    // A group has at least one member.
    let first = &shares[0];
    let (from, to) = (&first.placed.origin, first.to);
    let records = || shares.iter().map(|share| &share.placed.displacement);
    let line = LineString::from(vec![centre(from), centre(to)]);
    let attributes = FlowAttributes {
        origin: from.name.to_string(),
        destination: to.name.to_string(),
        people: Count::total(shares.iter().map(|share| Some(share.people))).into(),
        back: Back::default(),
        records: shares.len(),
        shared: shares.iter().filter(|share| share.shared).count(),
        date_start: records()
            .map(|record| record.when.start())
            .min()
            .map_or_else(String::new, |date| date.to_string()),
        date_end: records()
            .map(|record| record.when.end())
            .max()
            .map_or_else(String::new, |date| date.to_string()),
        origin_precision: from.precision.code(),
        destination_precision: to.precision.code(),
        origin_basis: from.basis.to_string(),
        destination_basis: to.basis.to_string(),
        sources: each(records().filter_map(|record| record.source.as_deref())),
        arrow: None,
        links: records()
            .filter_map(|record| Some((record.source.clone(), record.url.clone()?)))
            .collect(),
        named: Count::total(shares.iter().map(|share| Some(share.placed.people()))),
        width_people: shares.iter().map(|share| share.width_people).sum(),
        from: from.clone(),
        to: to.clone(),
    };
    Feature {
        geometry: line.into(),
        attributes,
    }
}
