//! How a flow is drawn: as an arrow by its number, as a hollow one where nobody says how many of a report's people went
//! that way, or as a hair line where so many flows cross that the map could not be read.

use crate::analyse::scale::round_up;
use crate::layer::{FlowAttributes, LayerSet};

/// More flows than this cannot be told apart as arrows with figures.
const MANY: usize = 40;
/// Of so many flows, those are arrows that together hold this part of the people, and no more than `MANY`.
const SHARE: f64 = 0.93;

/// How a flow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FlowSort {
    /// By its number.
    Plain,
    /// Of no known number.
    Hollow,
    /// One of the many small ones.
    Hair,
}

/// Whether all reports of a flow name other destinations as well.
pub(super) fn is_hollow(flow: &FlowAttributes) -> bool {
    flow.shared == flow.records
}

/// How a flow is drawn where flows of fewer than so many people are hair lines.
pub(super) fn sort(flow: &FlowAttributes, hair_below: f64) -> FlowSort {
    if flow.width_people < hair_below {
        FlowSort::Hair
    } else if is_hollow(flow) {
        FlowSort::Hollow
    } else {
        FlowSort::Plain
    }
}

/// The round number of people below which flows are hair lines: 0 where there are few.
pub(super) fn hair_below(layers: &LayerSet) -> f64 {
    if let Some(scale) = &layers.flows.style.scale {
        return scale.hair_below;
    }
    let people: Vec<f64> = layers.flows.drawn().map(|flow| flow.width_people).collect();
    if people.len() <= MANY {
        return 0.0;
    }
    let all: f64 = people.iter().sum();
    let mut sum = 0.0;
    let enough = people.iter().position(|n| {
        sum += n;
        sum >= SHARE * all
    });
    let arrows = enough.map_or(MANY, |last| (last + 1).min(MANY));
    // Of as many people as the next are, none are arrows; where all are alike, all are.
    let least = people.iter().rev().map(|n| round_up(*n));
    let mut least = least.filter(|least| {
        let over = people.iter().filter(|n| *n >= least).count();
        over <= arrows && over > 0
    });
    least.next().unwrap_or(0.0)
}

/// The flows that are hair lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hairs {
    /// How many.
    pub flows: usize,
    /// How many people, together.
    pub people: f64,
    /// The part of all on the map.
    pub part: f64,
    /// Whether their reports give the very number.
    pub exact: bool,
}

/// The flows that are hair lines.
pub(super) fn hairs(layers: &LayerSet) -> Hairs {
    let least = hair_below(layers);
    let all: f64 = layers.flows.drawn().map(|flow| flow.width_people).sum();
    let hairs = || {
        let drawn = layers.flows.drawn();
        drawn.filter(move |flow| flow.width_people < least)
    };
    let people: f64 = hairs().map(|flow| flow.width_people).sum();
    Hairs {
        flows: hairs().count(),
        people,
        part: if all > 0.0 { people / all } else { 0.0 },
        exact: hairs().all(is_exact),
    }
}

/// Whether the reports of a flow give the very number of people.
fn is_exact(flow: &FlowAttributes) -> bool {
    let (people, back) = (&flow.people, &flow.back);
    flow.shared == 0 && people.low.is_some() && people.low == people.high && back.low == back.high
}
