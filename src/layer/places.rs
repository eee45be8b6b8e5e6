//! The layer of places: what is worth a label, the most important first.

use std::cmp::Reverse;

use geo::{Distance, Haversine, Point};
use itertools::Itertools;
use rustc_hash::FxHashSet;

use super::{Feature, FlowAttributes, Layer, PlaceAttributes, PlaceRole};
use crate::gazetteer::{Gazetteer, Place};
use crate::ground::Extent;
use crate::record::{Footprint, Location};

/// A cluster or a flow's end is taken for the settlement this close to it, in kilometres.
const SAME_PLACE_KM: f64 = 5.0;
/// So many places of incidents, and so many towns, are offered at the most.
const MOST: usize = 120;

/// The settlements of a gazetteer, to find the one nearest to a point.
pub struct Settlements<'g> {
    /// With their latitude, from south to north.
    by_latitude: Vec<(f64, Place<'g>)>,
}

impl<'g> Settlements<'g> {
    /// Those of a gazetteer.
    pub fn of(gazetteer: &'g Gazetteer) -> Self {
        let places = gazetteer
            .places()
            .filter(|place| place.kind().is_settlement());
        let mut by_latitude: Vec<_> = places.map(|place| (place.point().y(), place)).collect();
        by_latitude.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { by_latitude }
    }

    /// The one nearest to a point, if one lies within `reach_km`. Of two in one spot, the larger.
    pub fn nearest(&self, point: Point, reach_km: f64) -> Option<Place<'g>> {
        // A degree of latitude is at least 110.5 km.
        let reach = reach_km / 110.5;
        let south = self
            .by_latitude
            .partition_point(|(y, _)| *y < point.y() - reach);
        self.by_latitude
            .iter()
            .skip(south)
            .take_while(|(y, _)| *y <= point.y() + reach)
            .map(|(_, place)| (Haversine.distance(place.point(), point) / 1000.0, *place))
            .filter(|(km, _)| *km <= reach_km)
            .min_by(|(a, x), (b, y)| a.total_cmp(b).then(y.population().cmp(&x.population())))
            .map(|(_, place)| place)
    }
}

/// Places within the extents of the maps that are worth a label: those that clusters, flows and incidents are at, then towns.
pub fn layer<'a>(
    gazetteer: &Gazetteer,
    settlements: &Settlements<'_>,
    extents: &[Extent],
    clusters: impl Iterator<Item = Point>,
    flows: impl Iterator<Item = &'a FlowAttributes>,
    incidents: impl Iterator<Item = &'a Location>,
) -> Layer<PlaceAttributes, ()> {
    let mut wanted = Wanted {
        settlements,
        extents,
        known: FxHashSet::default(),
        features: Vec::new(),
    };
    for centre in clusters {
        wanted.at(centre, PlaceRole::Cluster);
    }
    for flow in flows {
        wanted.location(&flow.from, PlaceRole::Flow);
        wanted.location(&flow.to, PlaceRole::Flow);
    }
    let named = incidents.into_group_map_by(|location| location.name.as_str());
    let often = named
        .into_iter()
        .sorted_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
    for (_, locations) in often.take(MOST) {
        if let Some(location) = locations.first() {
            wanted.location(location, PlaceRole::Incident);
        }
    }
    for extent in extents.iter().dedup() {
        let mut towns: Vec<Place> = gazetteer
            .places()
            .filter(|place| {
                place.kind().weight() > 0 && extent.contains(place.point().x(), place.point().y())
            })
            .collect();
        towns.sort_by_key(|place| {
            (
                Reverse(place.population()),
                Reverse(place.kind().weight()),
                place.id(),
            )
        });
        for town in towns.into_iter().take(MOST) {
            wanted.place(town, PlaceRole::Orientation);
        }
    }
    Layer {
        features: wanted.features,
        style: (),
    }
}

/// Places to name, each once, in the order in which they were first wanted.
struct Wanted<'g> {
    settlements: &'g Settlements<'g>,
    extents: &'g [Extent],
    known: FxHashSet<&'g str>,
    features: Vec<Feature<PlaceAttributes>>,
}

impl<'g> Wanted<'g> {
    fn location(&mut self, location: &Location, role: PlaceRole) {
        if let Footprint::Point(point) = location.footprint {
            self.at(point, role);
        }
    }

    fn at(&mut self, point: Point, role: PlaceRole) {
        if let Some(place) = self.settlements.nearest(point, SAME_PLACE_KM) {
            self.place(place, role);
        }
    }

    fn place(&mut self, place: Place<'g>, role: PlaceRole) {
        let point = place.point();
        let shown = |extent: &Extent| extent.contains(point.x(), point.y());
        if !self.extents.iter().any(shown) || !self.known.insert(place.id()) {
            return;
        }
        self.features.push(Feature {
            geometry: point.into(),
            attributes: PlaceAttributes {
                name: place.name().to_owned(),
                name_ar: place.name_arabic().map(str::to_owned),
                kind: place.kind().label().to_owned(),
                admin1: place.admin1().map(|area| area.name().to_owned()),
                country: Some(place.country()),
                population: place.population().map(u64::from),
                role,
            },
        });
    }
}
