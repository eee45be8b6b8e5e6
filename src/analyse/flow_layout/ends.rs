//! Where on its curve a flow starts and where the tip of its head belongs: beside a symbol, or at the edge of an area.

use geo::{Coord, Rect};

use super::Node;
use super::curve::{Curve, distance};

/// Steps in which a curve is searched for the edge of an area.
const STEPS: usize = 48;
/// At least this part of the way from middle to middle is drawn, wherever the edges of areas are.
const LEAST_PART: f64 = 0.55;

/// An area on the page as cells, so that a point is looked up at once however long the outline is.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    corner: Coord,
    cell: f64,
    columns: usize,
    rows: usize,
    inside: Vec<bool>,
}

impl Ground {
    /// The part of an area (rings, even-odd) that lies within `bounds`, in cells of about `cell` pixels (never more
    /// than 600 each way). `None` if there is none.
    pub fn new(rings: &[Vec<Coord>], bounds: &Rect, cell: f64) -> Option<Self> {
        let mut points = rings.iter().flatten().filter(|p| p.x.is_finite());
        let first = *points.next()?;
        let (low, high) = points.fold((first, first), |(low, high), p| {
            (
                Coord {
                    x: low.x.min(p.x),
                    y: low.y.min(p.y),
                },
                Coord {
                    x: high.x.max(p.x),
                    y: high.y.max(p.y),
                },
            )
        });
        let corner = Coord {
            x: low.x.max(bounds.min().x),
            y: low.y.max(bounds.min().y),
        };
        let (width, height) = (
            high.x.min(bounds.max().x) - corner.x,
            high.y.min(bounds.max().y) - corner.y,
        );
        if !(width > 0.0 && height > 0.0) {
            return None;
        }
        let cell = cell.max(width / 600.0).max(height / 600.0).max(0.1);
        let columns = (width / cell).ceil().max(1.0) as usize;
        let rows = (height / cell).ceil().max(1.0) as usize;
        let mut inside = Vec::with_capacity(columns * rows);
        let mut edges = Vec::new();
        for row in 0..rows {
            let y = corner.y + (row as f64 + 0.5) * cell;
            crossed(rings, y, &mut edges);
            let mut passed = 0;
            for column in 0..columns {
                let x = corner.x + (column as f64 + 0.5) * cell;
                while edges.get(passed).is_some_and(|edge| *edge <= x) {
                    passed += 1;
                }
                inside.push(passed % 2 == 1);
            }
        }
        inside.contains(&true).then_some(Self {
            corner,
            cell,
            columns,
            rows,
            inside,
        })
    }

    /// Whether a point lies in it, to the nearest cell.
    pub fn contains(&self, at: Coord) -> bool {
        let (x, y) = (
            (at.x - self.corner.x) / self.cell,
            (at.y - self.corner.y) / self.cell,
        );
        x >= 0.0
            && y >= 0.0
            && (x as usize) < self.columns
            && (y as usize) < self.rows
            && self
                .inside
                .get(y as usize * self.columns + x as usize)
                .is_some_and(|inside| *inside)
    }
}

/// Where rings cross a line of the page, from left to right.
fn crossed(rings: &[Vec<Coord>], y: f64, edges: &mut Vec<f64>) {
    edges.clear();
    for ring in rings {
        let Some(mut a) = ring.last() else { continue };
        for b in ring {
            if (a.y <= y) != (b.y <= y) {
                edges.push(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
            }
            a = b;
        }
    }
    edges.sort_by(f64::total_cmp);
}

/// How much of its whole curve a flow leaves free.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trim {
    /// Between a symbol's edge and the flow.
    pub gap: f64,
    /// More than that between the last symbol's edge and the tip: heads at one node stand behind each other.
    pub back: f64,
    /// How far the start lies within the area that it leaves, and the tip within the one that it reaches.
    pub inset: (f64, f64),
    /// What is drawn is no shorter, if there is so much.
    pub least: f64,
}

/// The part of a curve from middle to middle that is drawn.
///
/// From symbols it keeps its distance. Of areas it leaves free what is inside of them, but for the inset; where little
/// would be left, because they touch, overlap, or one lies in the other, it reaches farther towards their middles.
pub(super) fn drawn(whole: &Curve, from: &Node, to: &Node, trim: Trim) -> Curve {
    let (start, end) = match (&from.ground, &to.ground) {
        (None, None) => {
            return whole.trimmed(
                from.radius + trim.gap,
                to.radius + trim.gap + trim.back,
                trim.least,
            );
        }
        (start, end) => (start.as_ref(), end.as_ref()),
    };
    let walk = Walk::new(whole);
    let first = match start {
        // an exact place is where a flow starts, whatever lies around it
        None => walk.after(0.0, from.radius + trim.gap),
        Some(area) => walk.after(walk.leaves(area), -trim.inset.0),
    };
    let last = match end {
        None => walk.after(walk.length, -(to.radius + trim.gap + trim.back)),
        Some(area) => walk.after(walk.enters(area), trim.inset.1),
    };
    let (mut a, mut b) = (first, last);
    let least = trim.least.max(LEAST_PART * walk.length);
    let lacking = least - (b - a);
    if lacking > 0.0 {
        // The edge that counts is that of the smaller, where one holds the middle of the other.
        let holds = |area: Option<&Ground>, at| area.is_some_and(|area| area.contains(at));
        let (outer, inner) = (holds(start, to.at), holds(end, from.at));
        match (start.is_some(), end.is_some()) {
            (true, false) => a -= lacking,
            (false, true) => b += lacking,
            _ if outer && !inner => a -= lacking,
            _ if inner && !outer => b += lacking,
            _ => {
                a -= lacking / 2.0;
                b += lacking / 2.0;
            }
        }
    }
    let low = if start.is_some() { 0.0 } else { first };
    let high = if end.is_some() { walk.length } else { last };
    // what one end has no room for, the other takes
    if a < low {
        b += low - a;
    }
    if b > high {
        a -= b - high;
    }
    let (a, b) = (a.max(low), b.min(high));
    if b - a < 1e-6 {
        return *whole;
    }
    whole.piece(walk.t(a), walk.t(b))
}

/// A curve by the length walked along it.
struct Walk {
    points: [Coord; STEPS + 1],
    far: [f64; STEPS + 1],
    length: f64,
}

impl Walk {
    fn new(curve: &Curve) -> Self {
        let points: [Coord; STEPS + 1] = std::array::from_fn(|i| curve.at(i as f64 / STEPS as f64));
        let mut far = [0.0; STEPS + 1];
        let mut length = 0.0;
        for (far, pair) in far.iter_mut().skip(1).zip(points.windows(2)) {
            length += distance(pair[0], pair[1]);
            *far = length;
        }
        Self {
            points,
            far,
            length,
        }
    }

    fn after(&self, walked: f64, more: f64) -> f64 {
        (walked + more).clamp(0.0, self.length)
    }

    /// How far one walks before one leaves the area about the start.
    fn leaves(&self, area: &Ground) -> f64 {
        let out = self.points.iter().position(|p| !area.contains(*p));
        out.map_or(self.length, |i| self.far[i.saturating_sub(1)])
    }

    /// How far one walks before one enters the area about the end for good.
    fn enters(&self, area: &Ground) -> f64 {
        let out = self.points.iter().rposition(|p| !area.contains(*p));
        out.map_or(0.0, |i| self.far[(i + 1).min(STEPS)])
    }

    /// The parameter of the curve at a length.
    fn t(&self, walked: f64) -> f64 {
        let i = self
            .far
            .partition_point(|far| *far < walked)
            .clamp(1, STEPS);
        let (a, b) = (self.far[i - 1], self.far[i]);
        let part = if b > a { (walked - a) / (b - a) } else { 0.0 };
        ((i - 1) as f64 + part.clamp(0.0, 1.0)) / STEPS as f64
    }
}
