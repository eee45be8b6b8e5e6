//! Layers: features, their attributes and their style. The maps and the GeoJSON both read them, so that what is on
//! the map is what loads in a GIS.

mod attributes;
mod build;
mod clusters;
mod density;
mod flows;
mod guard;
mod incidents;
mod left_out;
mod level;
mod locate;
mod matrix;
mod net;
mod places;
mod select;
mod tolls;
mod unlocated;

pub use attributes::*;
pub use build::*;
pub use clusters::{ClusterRule, ClusterWeight, Clusters, clusters};
pub use density::{
    Bandwidth, DensityLayerError, DensityMethod, DensityRule, DensityWeight, Ground, Per,
    default_bandwidth_km, layer as density,
};
pub use flows::{centre, layer as flows, least_people};
use geo::{Geometry, GeometryCollection};
pub use guard::{Coarsen, Guard, WITHHELD};
pub use incidents::{feature as incident, geometry};
pub use left_out::{LeftOut, LeftOutList, Reason};
pub use level::FlowLevel;
pub use locate::{Locator, NotPlaced, described};
pub use places::{Settlements, layer as places};
pub use select::{ByDay, Elsewhere};
pub use tolls::TollAttributes;
pub use unlocated::{OneEnded, Unlocated, unlocated};

/// A feature: a geometry in WGS 84 with attributes of a known shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature<A> {
    /// Longitude and latitude in degrees.
    pub geometry: Geometry,
    /// What is known of it; its serialised form is the GeoJSON feature's `properties`.
    pub attributes: A,
}

/// How much of a layer is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// All of it.
    Full,
    /// Without outlines and words: enough for scales and legends.
    Sketch,
}

/// Features of one kind, with what their symbols are drawn by.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer<A, S> {
    /// In drawing order: later ones lie over earlier ones.
    pub features: Vec<Feature<A>>,
    /// Class breaks and scales; the map and its legend are drawn by it.
    pub style: S,
}

impl<A, S: Default> Default for Layer<A, S> {
    fn default() -> Self {
        Self {
            features: Vec::new(),
            style: S::default(),
        }
    }
}

/// All layers of one map or pair of maps.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerSet {
    /// Every incident drawn: points only where the place is known to the settlement, areas otherwise.
    pub incidents: Layer<IncidentAttributes, ()>,
    /// Hulls of incidents that lie close together.
    pub clusters: Layer<ClusterAttributes, ClusterStyle>,
    /// Density, in isobands, hexagons or admin areas.
    pub density: Layer<DensityAttributes, DensityStyle>,
    /// One line for each origin and destination.
    pub flows: Layer<FlowAttributes, FlowStyle>,
    /// Displacement that is no line, since an end is not known or both are one place.
    pub unlocated: Vec<OpenFlow>,
    /// Places worth a label, most important first.
    pub places: Layer<PlaceAttributes, ()>,
    /// What is on the map in figures, and what is not.
    pub summary: Summary,
}

impl LayerSet {
    /// The flows as they are written: first those with a line, each with how the map draws it, then those that are not on
    /// the map, which have no geometry.
    pub fn flow_rows(
        &self,
        arrow: impl Fn(&FlowAttributes) -> Option<&'static str>,
    ) -> Layer<FlowRow, ()> {
        let lines = self.flows.features.iter().map(|flow| Feature {
            geometry: flow.geometry.clone(),
            attributes: FlowRow::Line(Box::new(FlowAttributes {
                arrow: arrow(&flow.attributes),
                ..flow.attributes.clone()
            })),
        });
        let unseen = self.unlocated.iter().filter(|flow| flow.at.is_none());
        let open = unseen.map(|flow| Feature {
            geometry: Geometry::GeometryCollection(GeometryCollection::default()),
            attributes: FlowRow::Open(Box::new(flow.clone())),
        });
        Layer {
            features: lines.chain(open).collect(),
            style: (),
        }
    }

    /// Displacement that is on the map with its one known end, as it is written: a point there, of an area its middle, as
    /// lines end there too.
    pub fn open_flow_rows(&self) -> Layer<FlowRow, ()> {
        let rows = self.unlocated.iter().filter_map(|flow| {
            let at = flow.at.as_ref()?;
            let mut attributes = flow.clone();
            let open = Open::of(flow);
            let (precision, basis) = match open {
                Open::Came => (
                    &mut attributes.destination_precision,
                    &mut attributes.destination_basis,
                ),
                Open::Left => (
                    &mut attributes.origin_precision,
                    &mut attributes.origin_basis,
                ),
            };
            *precision = Some(at.precision.code());
            *basis = at.basis.to_string();
            attributes.arrow = Some(open.name());
            Some(Feature {
                geometry: Geometry::Point(centre(at)),
                attributes: FlowRow::Open(Box::new(attributes)),
            })
        });
        Layer {
            features: rows.collect(),
            style: (),
        }
    }
}
