//! What the maps of a batch are measured by: found from all of them, and then kept by each, so that a calm week looks
//! calm.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use geo::Point;

use crate::layer::{ArrowScale, Layer, LayerSet, PlaceAttributes};
use crate::map::{MapSpec, arrow_scale};

/// The scales of a batch, and the places that its maps may name.
#[derive(Clone, Debug, Default)]
pub(super) struct Scale {
    /// Class edges of the density: those of the densest frame.
    pub breaks: Vec<f64>,
    /// Incidents in the largest cluster of any frame.
    pub max_incidents: usize,
    /// What arrows are measured by.
    pub arrows: Option<ArrowScale>,
    /// Flows of fewer are on no map.
    pub least_people: f64,
    /// Middles of clusters, with the size of the largest there: bits of latitude and longitude.
    centres: BTreeMap<(u64, u64), usize>,
    /// The places that may be named, the same on all maps.
    pub places: Layer<PlaceAttributes, ()>,
}

impl Scale {
    /// That of one frame.
    pub fn of(made: &LayerSet, flow_spec: &MapSpec) -> Self {
        let clusters = &made.clusters;
        let centres = clusters.features.iter().map(|cluster| {
            let cluster = &cluster.attributes;
            let at = (cluster.centre_lat.to_bits(), cluster.centre_lon.to_bits());
            (at, cluster.incidents)
        });
        Self {
            breaks: made.density.style.breaks.clone(),
            max_incidents: clusters.style.max_incidents,
            arrows: Some(arrow_scale(flow_spec, made)),
            least_people: made.flows.style.least_people,
            centres: centres.collect(),
            places: Layer::default(),
        }
    }

    /// One that is wide enough for both.
    pub fn and(mut self, other: Self) -> Self {
        let top = |breaks: &[f64]| breaks.last().copied().unwrap_or(0.0);
        if top(&other.breaks) > top(&self.breaks) {
            self.breaks = other.breaks;
        }
        self.max_incidents = self.max_incidents.max(other.max_incidents);
        let arrows = self.arrows.into_iter().chain(other.arrows);
        self.arrows = arrows.reduce(ArrowScale::and);
        self.least_people = self.least_people.max(other.least_people);
        for (at, size) in other.centres {
            let most = self.centres.entry(at).or_default();
            *most = size.max(*most);
        }
        self
    }

    /// Where clusters are, the largest first.
    pub fn centres(&self) -> Vec<Point> {
        let mut all: Vec<_> = self.centres.iter().collect();
        all.sort_by_key(|(at, size)| (Reverse(**size), **at));
        all.into_iter()
            .map(|((lat, lon), _)| Point::new(f64::from_bits(*lon), f64::from_bits(*lat)))
            .collect()
    }
}
