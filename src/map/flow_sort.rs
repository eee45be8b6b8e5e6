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

/// The flows that are hair lines: how many, how many people, and the part of all on the map.
pub(super) fn hairs(layers: &LayerSet) -> (usize, f64, f64) {
    let least = hair_below(layers);
    let people = || layers.flows.drawn().map(|flow| flow.width_people);
    let all: f64 = people().sum();
    let (n, sum) = people()
        .filter(|n| *n < least)
        .fold((0, 0.0), |(n, sum), one| (n + 1, sum + one));
    (n, sum, if all > 0.0 { sum / all } else { 0.0 })
}
