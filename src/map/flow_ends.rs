//! Where flows start and end: a node at a place, the edge of an area, a ring for what is wider than
//! the map.

use geo::{Coord, InteriorPoint, Rect as GeoRect};

use super::compose::Stage;
use super::density_map::area_of;
use super::{Rect, base, clip, spots};
use crate::analyse::flow_layout::Curve;
use crate::draw::{Pt, pt};
use crate::layer::LayerSet;
use crate::record::{Footprint, Location};

/// An area that takes more of the frame than this has no edge worth ending at: its flows end at a
/// ring in its middle, and the ring says what is meant.
const TOO_WIDE: f64 = 0.4;
/// Radius of that ring in ems.
const SOMEWHERE: f64 = 0.55;
/// An end of flows on the page.
pub(super) struct End<'a> {
    pub location: &'a Location,
    pub at: Pt,
    /// Radius of its symbol; of an area, of nothing.
    pub radius: f64,
    /// Outline of an area.
    pub rings: Vec<Vec<Pt>>,
}

/// Each place that flows start or end at, once.
pub(super) fn ends<'a>(stage: &Stage, layers: &'a LayerSet) -> Vec<End<'a>> {
    let style = stage.style();
    let mut ends: Vec<End> = Vec::new();
    let locations = layers
        .flows
        .features
        .iter()
        .flat_map(|f| [&f.attributes.from, &f.attributes.to]);
    for location in locations {
        if ends.iter().any(|e| same(e.location, location)) {
            continue;
        }
        let page = |p: geo::Point| stage.view.page(p.x(), p.y());
        let end = match &location.footprint {
            Footprint::Point(p) => page(*p).map(|at| (at, style.node_radius(), Vec::new())),
            Footprint::Disc(p) => {
                let radius = location.radius_km * stage.view.ground_pixels_per_km();
                page(*p).map(|at| (at, radius.max(4.5 * style.unit), Vec::new()))
            }
            Footprint::Area(area) => {
                let middle = area.interior_point().and_then(page);
                let rings = base::rings(&stage.view, area);
                let frame = stage.layout.frame;
                if area_in(&rings, &frame) > TOO_WIDE * frame.w * frame.h {
                    // The middle of what is in view.
                    let size = 4.0 * stage.layout.base;
                    let seen = spots::within(&rings, &frame.inset(size), size, size, 1);
                    let at = seen.first().map(|s| s.ground.centre()).or(middle);
                    at.map(|at| (at, SOMEWHERE * stage.layout.base, Vec::new()))
                } else {
                    middle.map(|at| (at, 0.0, rings))
                }
            }
        };
        if let Some((at, radius, rings)) = end {
            ends.push(End {
                location,
                at,
                radius,
                rings,
            });
        }
    }
    ends
}

/// The part of the frame that rings take, in square pixels.
fn area_in(rings: &[Vec<Pt>], frame: &Rect) -> f64 {
    let to = GeoRect::new(
        Coord {
            x: frame.x,
            y: frame.y,
        },
        Coord {
            x: frame.right(),
            y: frame.bottom(),
        },
    );
    let cut: Vec<Vec<Pt>> = rings
        .iter()
        .map(|r| {
            r.iter()
                .map(|p| Coord { x: p.x, y: p.y })
                .collect::<Vec<_>>()
        })
        .map(|r| {
            clip::ring(&r, &to)
                .into_iter()
                .map(|c| pt(c.x, c.y))
                .collect()
        })
        .collect();
    area_of(&cut)
}

/// Whether two locations are the same ground.
pub(super) fn same(a: &Location, b: &Location) -> bool {
    match (&a.footprint, &b.footprint) {
        (Footprint::Area(x), Footprint::Area(y)) => {
            std::sync::Arc::ptr_eq(x, y) || (a.name == b.name && a.admin1 == b.admin1 && x == y)
        }
        (x, y) => x == y && a.radius_km == b.radius_km,
    }
}

/// The part of a curve outside of the areas that it joins: from the edge of the first to the edge of
/// the last. Where one lies in the other, or they overlap, it stays whole.
pub(super) fn outside(curve: &Curve, from: &End, to: &End) -> Curve {
    const STEPS: usize = 96;
    let at = |i: usize| {
        let c = curve.at(i as f64 / STEPS as f64);
        pt(c.x, c.y)
    };
    let leaves = |end: &End| (0..=STEPS).rev().find(|&i| is_inside(&end.rings, at(i)));
    let enters = |end: &End| (0..=STEPS).find(|&i| is_inside(&end.rings, at(i)));
    let start = if from.rings.is_empty() {
        0
    } else {
        leaves(from).filter(|i| *i < STEPS).unwrap_or(0)
    };
    let end = if to.rings.is_empty() {
        STEPS
    } else {
        enters(to).filter(|i| *i > 0).unwrap_or(STEPS)
    };
    // What is left must still be an arrow.
    if end < start + STEPS / 12 {
        return *curve;
    }
    curve.piece(start as f64 / STEPS as f64, end as f64 / STEPS as f64)
}

/// Whether a point lies in rings, by the even-odd rule.
fn is_inside(rings: &[Vec<Pt>], p: Pt) -> bool {
    let mut inside = false;
    for ring in rings {
        let Some(mut a) = ring.last() else { continue };
        for b in ring {
            if (a.y <= p.y) != (b.y <= p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) {
                inside = !inside;
            }
            a = b;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use geo::{MultiPolygon, polygon};

    use super::*;
    use crate::record::Precision;

    fn area(rings: Vec<Vec<Pt>>, location: &Location) -> End<'_> {
        End {
            location,
            at: pt(0.0, 0.0),
            radius: 0.0,
            rings,
        }
    }

    fn somewhere() -> Location {
        let square = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0)];
        Location {
            name: "somewhere".into(),
            admin1: None,
            country: None,
            precision: Precision::Governorate,
            radius_km: 50.0,
            footprint: Footprint::Area(Arc::new(MultiPolygon::from(square))),
            basis: String::new(),
            score: 1.0,
        }
    }

    fn square(x: f64, half: f64) -> Vec<Vec<Pt>> {
        vec![vec![
            pt(x - half, -half),
            pt(x + half, -half),
            pt(x + half, half),
            pt(x - half, half),
        ]]
    }

    fn straight(to: f64) -> Curve {
        Curve::bent(Coord { x: 0.0, y: 0.0 }, Coord { x: to, y: 0.0 }, 0.0)
    }

    #[test]
    fn arrows_join_the_edges_of_areas() {
        let place = somewhere();
        let cut = outside(
            &straight(200.0),
            &area(square(0.0, 40.0), &place),
            &area(square(200.0, 30.0), &place),
        );
        assert!(
            (cut.from.x - 40.0).abs() < 4.0 && (cut.to.x - 170.0).abs() < 4.0,
            "{cut:?}"
        );
    }

    #[test]
    fn an_arrow_within_an_area_stays_whole() {
        let place = somewhere();
        let curve = straight(50.0);
        assert_eq!(
            outside(
                &curve,
                &area(square(0.0, 100.0), &place),
                &area(vec![], &place)
            ),
            curve
        );
    }
}
