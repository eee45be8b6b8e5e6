//! Quadratic Bézier curves on the page.

use geo::{Coord, Rect};

/// Straight pieces that a curve is measured by.
const PIECES: usize = 10;

/// A quadratic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Where it starts.
    pub from: Coord,
    /// Where its tangents at both ends meet.
    pub control: Coord,
    /// Where it ends.
    pub to: Coord,
}

impl Curve {
    /// The curve from `from` to `to` whose middle stands off the chord by half of `bend` × the chord's length: to the
    /// right of one who walks along it on a page with y down where `bend` is positive, to the left where negative.
    pub fn bent(from: Coord, to: Coord, bend: f64) -> Self {
        let chord = to - from;
        let right = Coord {
            x: -chord.y,
            y: chord.x,
        };
        Self {
            from,
            control: (from + to) / 2.0 + right * bend,
            to,
        }
    }

    /// The point at `t`, 0 to 1.
    pub fn at(&self, t: f64) -> Coord {
        let u = 1.0 - t;
        self.from * (u * u) + self.control * (2.0 * u * t) + self.to * (t * t)
    }

    /// The unit direction at `t`; zero for a curve without length.
    pub fn direction(&self, t: f64) -> Coord {
        let along = (self.control - self.from) * (1.0 - t) + (self.to - self.control) * t;
        unit(along)
            .or_else(|| unit(self.to - self.from))
            .unwrap_or(Coord::zero())
    }

    /// The piece between `t0` and `t1`, which is a quadratic Bézier curve too (blossoming).
    pub fn piece(&self, t0: f64, t1: f64) -> Self {
        let mix = |s: f64, t: f64| {
            self.from * ((1.0 - s) * (1.0 - t))
                + self.control * (s * (1.0 - t) + t * (1.0 - s))
                + self.to * (s * t)
        };
        Self {
            from: self.at(t0),
            control: mix(t0, t1),
            to: self.at(t1),
        }
    }

    /// What remains outside a circle about each end. Where that is shorter than `least`, the circles are shrunk.
    pub(super) fn trimmed(&self, start_radius: f64, end_radius: f64, least: f64) -> Self {
        for factor in [1.0, 0.6, 0.3] {
            let t0 = leaves(|t| distance(self.at(t), self.from), start_radius * factor);
            let t1 = 1.0 - leaves(|t| distance(self.at(1.0 - t), self.to), end_radius * factor);
            if t0 < t1 && distance(self.at(t0), self.at(t1)) >= least {
                return self.piece(t0, t1);
            }
        }
        *self
    }

    /// Points along the curve.
    pub(super) fn line(&self) -> Line {
        let points: [Coord; PIECES + 1] =
            std::array::from_fn(|i| self.at(i as f64 / PIECES as f64));
        let (mut low, mut high) = (points[0], points[0]);
        for p in points {
            low = Coord {
                x: low.x.min(p.x),
                y: low.y.min(p.y),
            };
            high = Coord {
                x: high.x.max(p.x),
                y: high.y.max(p.y),
            };
        }
        Line {
            points,
            bounds: Rect::new(low, high),
        }
    }
}

/// Where a distance that starts at 0 first exceeds a radius; 1 if it never does.
fn leaves(far: impl Fn(f64) -> f64, radius: f64) -> f64 {
    let steps = 2 * PIECES;
    let Some(beyond) = (1..=steps).find(|&i| far(i as f64 / steps as f64) > radius) else {
        return 1.0;
    };
    let (mut inside, mut outside) = (
        (beyond - 1) as f64 / steps as f64,
        beyond as f64 / steps as f64,
    );
    for _ in 0..40 {
        let middle = (inside + outside) / 2.0;
        if far(middle) > radius {
            outside = middle
        } else {
            inside = middle
        }
    }
    outside
}

/// A curve as straight pieces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    points: [Coord; PIECES + 1],
    bounds: Rect,
}

impl Line {
    /// The points, from start to end.
    pub(super) fn points(&self) -> &[Coord] {
        &self.points
    }

    /// Whether a point is nearer to its box than `reach`.
    pub(super) fn is_near(&self, at: Coord, reach: f64) -> bool {
        let (low, high) = (self.bounds.min(), self.bounds.max());
        at.x > low.x - reach
            && at.x < high.x + reach
            && at.y > low.y - reach
            && at.y < high.y + reach
    }

    /// Whether its box is nearer to another's than `reach`.
    pub(super) fn may_meet(&self, other: &Self, reach: f64) -> bool {
        let (low, high) = (self.bounds.min(), self.bounds.max());
        let (from, to) = (other.bounds.min(), other.bounds.max());
        low.x - reach <= to.x
            && from.x <= high.x + reach
            && low.y - reach <= to.y
            && from.y <= high.y + reach
    }

    /// Distance of a point.
    pub(super) fn distance(&self, at: Coord) -> f64 {
        let pieces = self
            .points
            .windows(2)
            .map(|ends| square_to_piece(ends[0], ends[1], at));
        pieces.fold(f64::INFINITY, f64::min).sqrt()
    }

    /// The angles at which it crosses another, 0 to π/2.
    pub(super) fn crossings<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = f64> + 'a {
        let apart = |a: f64, b: f64, c: f64, d: f64| a.max(b) < c.min(d) || c.max(d) < a.min(b);
        let (low, high) = (other.bounds.min(), other.bounds.max());
        let near = move |p: &&[Coord]| {
            !apart(p[0].x, p[1].x, low.x, high.x) && !apart(p[0].y, p[1].y, low.y, high.y)
        };
        self.points.windows(2).filter(near).flat_map(move |p| {
            other.points.windows(2).filter_map(move |q| {
                if apart(p[0].x, p[1].x, q[0].x, q[1].x) || apart(p[0].y, p[1].y, q[0].y, q[1].y) {
                    return None;
                }
                let (a, b) = (p[1] - p[0], q[1] - q[0]);
                // each piece is open at its end, so that a crossing at a joint counts once
                let side = |from: Coord, along: Coord, at: Coord| cross(along, at - from) >= 0.0;
                let crosses = side(p[0], a, q[0]) != side(p[0], a, q[1])
                    && side(q[0], b, p[0]) != side(q[0], b, p[1]);
                crosses.then(|| cross(a, b).abs().atan2((a.x * b.x + a.y * b.y).abs()))
            })
        })
    }

    /// Whether a point is nearer than `reach`.
    pub(super) fn is_within(&self, at: Coord, reach: f64) -> bool {
        self.is_near(at, reach)
            && self.points.windows(2).any(|ends| {
                let (a, b) = (ends[0], ends[1]);
                at.x > a.x.min(b.x) - reach
                    && at.x < a.x.max(b.x) + reach
                    && at.y > a.y.min(b.y) - reach
                    && at.y < a.y.max(b.y) + reach
                    && square_to_piece(a, b, at) < reach * reach
            })
    }

    /// The part of it, 0 to 1, that is nearer to another than `reach`: measured at every second point but its ends,
    /// where flows of one node cannot help being close.
    pub(super) fn part_along(&self, other: &Self, reach: f64) -> f64 {
        let points = self.points[2..PIECES - 1].iter().step_by(2);
        let count = points.len();
        points.filter(|p| other.is_within(**p, reach)).count() as f64 / count as f64
    }
}

/// Square of the distance of a point from a straight piece.
fn square_to_piece(a: Coord, b: Coord, at: Coord) -> f64 {
    let square = |v: Coord| v.x * v.x + v.y * v.y;
    let (along, off) = (b - a, at - a);
    let length = square(along);
    let t = if length > 0.0 {
        ((along.x * off.x + along.y * off.y) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    square(off - along * t)
}

fn cross(a: Coord, b: Coord) -> f64 {
    a.x * b.y - a.y * b.x
}

fn unit(v: Coord) -> Option<Coord> {
    let length = v.x.hypot(v.y);
    (length > 1e-9).then(|| v / length)
}

/// Distance between two points.
pub(super) fn distance(a: Coord, b: Coord) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}
