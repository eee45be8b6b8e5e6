//! Main roads by name and by the towns that they join, embedded from `gazetteer/roads.csv`.
//!
//! Way points are good to some kilometres: a report that names a road says no more.

use std::sync::OnceLock;

use geo::{Distance, Haversine, Point};

use super::fold;

/// A town this near to a way point is on the road, in kilometres.
const ON_ROAD_KM: f64 = 12.0;

/// A main road.
#[derive(Clone, Debug)]
pub(super) struct Road {
    /// What it goes by, folded, without spaces.
    names: Vec<String>,
    /// Way points in order, WGS 84.
    along: Vec<Point>,
}

/// Every road.
fn roads() -> &'static [Road] {
    static ROADS: OnceLock<Vec<Road>> = OnceLock::new();
    ROADS.get_or_init(|| read(include_str!("../../gazetteer/roads.csv")))
}

fn read(text: &str) -> Vec<Road> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    // A test looks at every row.
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| {
        let names = row.get(1)?.split('|').map(spelled).collect();
        let along: Option<Vec<Point>> = row.get(3)?.split(';').map(point).collect();
        Some(Road {
            names,
            along: along?,
        })
    })
    .collect()
}

fn point(text: &str) -> Option<Point> {
    let (lat, lon) = text.trim().split_once(' ')?;
    Some(Point::new(lon.parse().ok()?, lat.parse().ok()?))
}

/// A road's name as it is compared: letters and digits only, and no word for "road".
pub(super) fn spelled(name: &str) -> String {
    let folded = fold::folded(name);
    let words = folded
        .split(' ')
        .filter(|word| !matches!(*word, "road" | "highway" | "motorway" | "route" | "the"));
    words.collect()
}

/// The road of this name.
pub(super) fn named(name: &str) -> Option<Vec<Point>> {
    let name = spelled(name);
    let of_name = |road: &&Road| !name.is_empty() && road.names.contains(&name);
    roads().iter().find(of_name).map(|road| road.along.clone())
}

/// The stretch of a road between two places, if one road joins them: the shortest, if several do.
pub(super) fn between(from: Point, to: Point) -> Option<Vec<Point>> {
    let stretches = roads().iter().filter_map(|road| {
        let (start, end) = (nearest(&road.along, from)?, nearest(&road.along, to)?);
        let stretch = road.along.get(start.min(end)..=start.max(end))?;
        (start != end).then(|| stretch.to_vec())
    });
    stretches.min_by(|a, b| length(a).total_cmp(&length(b)))
}

fn nearest(along: &[Point], place: Point) -> Option<usize> {
    let distances = along
        .iter()
        .map(|point| Haversine.distance(*point, place) / 1000.0);
    let (at, km) = distances.enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
    (km <= ON_ROAD_KM).then_some(at)
}

fn length(along: &[Point]) -> f64 {
    along
        .iter()
        .zip(along.iter().skip(1))
        .map(|(a, b)| Haversine.distance(*a, *b))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::{Gazetteer, Query, Resolution};

    #[test]
    fn every_row_is_a_road_through_the_towns_it_names() {
        let text = include_str!("../../gazetteer/roads.csv");
        let rows: Vec<_> = csv::Reader::from_reader(text.as_bytes())
            .into_records()
            .map(Result::unwrap)
            .collect();
        assert_eq!(rows.len(), roads().len());
        for (row, road) in rows.iter().zip(roads()) {
            assert!(road.along.len() >= 2 && !road.names.is_empty(), "{row:?}");
            for town in row[2].split('|') {
                let Resolution::Place(found) = Gazetteer::embedded().resolve(&Query::name(town))
                else {
                    panic!("{town} of {row:?}")
                };
                let at = found.ground.parts()[0].centre().unwrap();
                assert!(
                    nearest(&road.along, at).is_some(),
                    "{town} is off {}",
                    &row[0]
                );
            }
        }
    }

    #[test]
    fn a_stretch_runs_between_two_towns_of_one_road() {
        let (saraqib, hama) = (Point::new(36.806, 35.864), Point::new(36.758, 35.132));
        assert_eq!(between(saraqib, hama).unwrap().len(), 4);
        assert!(named("the M5 highway").is_some());
        assert!(between(saraqib, Point::new(40.0, 33.0)).is_none());
    }
}
