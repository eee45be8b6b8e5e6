//! The totals of a set of maps, in the words that stand on them, for whatever leads to the maps.

use serde::Serialize;

use super::Tally;
use super::words::{displaced, one_ended};
use crate::layer::LayerSet;
use crate::record::Period;

/// Totals in words; `None` where nothing is known or there is nothing of the kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Killed in the incidents drawn: "at least about 910".
    pub killed: Option<String>,
    /// People displaced in the reports drawn with both ends: "about 6,500".
    pub people: Option<String>,
    /// People in the reports drawn of which one end is known.
    pub people_one_end: Option<String>,
}

impl Totals {
    /// Those of layers.
    pub fn of(layers: &LayerSet, period: Option<Period>) -> Self {
        Self {
            killed: Tally::total(layers, period).words(),
            people: displaced(&layers.summary),
            people_one_end: one_ended(&layers.summary),
        }
    }
}
