//! Where flows start and end: a node at a place, the edge of an area, a ring for what is wider than
//! the map.

use geo::{Coord, InteriorPoint, MultiPolygon, Rect as GeoRect, unary_union};

use super::compose::Stage;
use super::density_map::area_of;
use super::symbols::Style;
use super::{Rect, base, clip, spots};
use crate::analyse::flow_layout::{Ground, Node};
use crate::draw::{Canvas, Fill, Path, Pt, Stroke, pt};
use crate::layer::LayerSet;
use crate::record::{Footprint, Location, Precision};

/// An area that takes more of the frame than this has no edge worth ending at: its flows end at a
/// ring in its middle, and the ring says what is meant.
const TOO_WIDE: f64 = 0.4;
/// Radius of that ring in ems.
const SOMEWHERE: f64 = 0.55;
/// Pixels of the cells by which the edge of an area is found, on a page of 1600x1200.
const CELL: f64 = 1.5;

/// An end of flows on the page.
pub(super) struct End<'a> {
    pub location: &'a Location,
    pub at: Pt,
    /// Radius of its symbol; of an area, of nothing.
    pub radius: f64,
    /// Outline of an area.
    pub rings: Vec<Vec<Pt>>,
}

impl End<'_> {
    /// Whether it is known to the settlement.
    pub fn is_exact(&self) -> bool {
        matches!(self.location.footprint, Footprint::Point(_))
    }

    /// What the layout of flows needs to know of it.
    pub fn node(&self, stage: &Stage) -> Node {
        let coords = |ring: &Vec<Pt>| ring.iter().map(|p| Coord { x: p.x, y: p.y }).collect();
        let rings: Vec<Vec<Coord>> = self.rings.iter().map(coords).collect();
        // Off the page no arrow is seen, but it may go there and come back.
        let frame = stage.layout.frame;
        let around = rect(&frame.inset(-0.3 * frame.w.max(frame.h)));
        Node {
            at: Coord {
                x: self.at.x,
                y: self.at.y,
            },
            radius: self.radius,
            ground: Ground::new(&rings, &around, CELL * stage.layout.unit),
        }
    }
}

/// So many governorates are not hatched: they lie side by side, and the hatching would say of most of the map that it is
/// not known where.
const PARTS: usize = 4;

/// Whether the areas that flows join are governorates side by side, as in a matrix of them.
pub(super) fn are_parts(layers: &LayerSet) -> bool {
    let mut names: Vec<&str> = Vec::new();
    for flow in layers.flows.drawn() {
        for end in [&flow.from, &flow.to] {
            if !matches!(end.footprint, Footprint::Area(_)) {
                continue;
            }
            if end.precision != Precision::Governorate {
                return false;
            }
            names.push(&end.name);
        }
    }
    names.sort_unstable();
    names.dedup();
    names.len() >= PARTS
}

/// One of many areas side by side.
pub(super) fn draw_part(canvas: &Canvas, style: &Style, outline: Path) {
    let color = style.theme.vague;
    let edge = Stroke::new(color.alpha(0.55), 1.1 * style.unit);
    canvas.path(outline, Some(Fill::Solid(color.alpha(0.045))), Some(edge));
}

/// Areas of ends as they are drawn: those of one name once, as one shape, be they parts of it near different origins.
pub(super) struct Area<'a> {
    pub name: &'a str,
    pub rings: Vec<Vec<Pt>>,
    /// Its place among the areas: sets the direction of its hatching.
    pub level: usize,
}

/// The areas of ends, the largest first.
pub(super) fn areas<'a>(stage: &Stage, ends: &[End<'a>]) -> Vec<Area<'a>> {
    let mut named: Vec<(&Location, Vec<&MultiPolygon>)> = Vec::new();
    for end in ends.iter().filter(|e| !e.rings.is_empty()) {
        let Footprint::Area(area) = &end.location.footprint else {
            continue;
        };
        let key = |l: &Location| (l.name.clone(), l.admin1.clone(), l.country.clone());
        match named.iter_mut().find(|(l, _)| key(l) == key(end.location)) {
            Some((_, parts)) => parts.push(area.as_ref()),
            None => named.push((end.location, vec![area.as_ref()])),
        }
    }
    let mut areas: Vec<Area> = named
        .into_iter()
        .map(|(location, parts)| Area {
            name: location.name.as_str(),
            rings: match parts.as_slice() {
                [one] => base::rings(&stage.view, one),
                many => base::rings(&stage.view, &unary_union(many.iter().copied())),
            },
            level: 0,
        })
        .collect();
    areas.sort_by(|a, b| {
        area_of(&b.rings)
            .total_cmp(&area_of(&a.rings))
            .then(a.name.cmp(b.name))
    });
    for (i, area) in areas.iter_mut().enumerate() {
        area.level = i;
    }
    areas
}

/// Each place that flows start or end at, once.
pub(super) fn ends<'a>(stage: &Stage, layers: &'a LayerSet) -> Vec<End<'a>> {
    let style = stage.style();
    let mut ends: Vec<End> = Vec::new();
    let locations = layers.flows.drawn().flat_map(|f| [&f.from, &f.to]);
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

fn rect(r: &Rect) -> GeoRect {
    GeoRect::new(
        Coord { x: r.x, y: r.y },
        Coord {
            x: r.right(),
            y: r.bottom(),
        },
    )
}

/// The part of the frame that rings take, in square pixels.
fn area_in(rings: &[Vec<Pt>], frame: &Rect) -> f64 {
    let to = rect(frame);
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
