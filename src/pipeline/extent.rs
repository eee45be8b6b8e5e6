//! Which ground a map shows where the settings leave it open: that of its records.

use crate::ground::Extent;
use crate::record::{Footprint, Location, Precision};

/// A map of data alone has this much ground around it, as a part of its width and height.
const PADDING: f64 = 0.06;
/// And shows at least this much, in kilometres.
const LEAST_KM: f64 = 40.0;
/// A map of flows that shows the ends of this part of the people, but not of the few others, is preferred to one of all
/// where it needs no more than this part of the ground.
const MOST_PEOPLE: f64 = 0.99;
const CLOSER: f64 = 0.6;

/// The ground that the records are on. Those known to no more than a country, a border or a road do not set it, unless
/// there are no others.
pub(super) fn of<'a>(locations: impl Iterator<Item = &'a Location> + Clone) -> Option<Extent> {
    // A side of a governorate ("western Aleppo") has no agreed edges, but a size.
    let near = |location: &&Location| {
        location.precision <= Precision::Governorate
            || (location.precision == Precision::Fuzzy && location.admin1.is_some())
    };
    let around = |locations: &mut dyn Iterator<Item = &'a Location>| {
        locations.filter_map(of_one).reduce(|a, b| a.union(&b))
    };
    around(&mut locations.clone().filter(near))
        .or_else(|| around(&mut locations.clone()))
        .map(|extent| extent.padded(PADDING).at_least_km(LEAST_KM))
}

fn of_one(location: &Location) -> Option<Extent> {
    match &location.footprint {
        Footprint::Point(point) => Extent::of_points([point.0]),
        Footprint::Disc(centre) => {
            Extent::of_points([centre.0]).map(|at| at.at_least_km(2.0 * location.radius_km))
        }
        Footprint::Area(area) => Extent::of_area(area),
    }
}

/// The ground of flows, each with its people and its known ends, the largest first. Far ends that hardly anyone left or reached are given up where that brings
/// the others much closer: their arrows run off the map, which says where to.
pub(super) fn of_flows(flows: &[(f64, Vec<&Location>)]) -> Option<Extent> {
    let ends = |flows: &[(f64, Vec<&Location>)]| {
        of(flows.iter().flat_map(|(_, ends)| ends.iter().copied()))
    };
    let all: f64 = flows.iter().map(|(people, _)| people).sum();
    let mut sum = 0.0;
    let most = flows.iter().take_while(|(people, _)| {
        let before = sum;
        sum += people;
        before < MOST_PEOPLE * all
    });
    let near = ends(&flows[..most.count()])?;
    let whole = ends(flows)?;
    let size = |extent: &Extent| extent.width() * extent.height();
    Some(if size(&near) < CLOSER * size(&whole) {
        near
    } else {
        whole
    })
}
