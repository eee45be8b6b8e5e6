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

    /// The curve as straight pieces.
    pub(super) fn line(&self) -> Line {
        Line::new(std::array::from_fn(|i| self.at(i as f64 / PIECES as f64)))
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
    for _ in 0..24 {
        let middle = (inside + outside) / 2.0;
        if far(middle) > radius {
            outside = middle
        } else {
            inside = middle
        }
    }
    outside
}

/// A curve as straight pieces, laid out so that all of them are looked at at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    xs: [f64; PIECES + 1],
    ys: [f64; PIECES + 1],
    bounds: Rect,
}

impl Line {
    fn new(points: [Coord; PIECES + 1]) -> Self {
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
        Self {
            xs: points.map(|p| p.x),
            ys: points.map(|p| p.y),
            bounds: Rect::new(low, high),
        }
    }

    fn point(&self, i: usize) -> Coord {
        Coord {
            x: self.xs[i],
            y: self.ys[i],
        }
    }

    /// The points, from start to end.
    pub(super) fn points(&self) -> impl Iterator<Item = Coord> + '_ {
        (0..=PIECES).map(|i| self.point(i))
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

    /// Square of the distance of a point.
    fn square_distance(&self, at: Coord) -> f64 {
        let mut squares = [0.0; PIECES];
        for (i, square) in squares.iter_mut().enumerate() {
            let (ax, ay) = (self.xs[i], self.ys[i]);
            let (dx, dy) = (self.xs[i + 1] - ax, self.ys[i + 1] - ay);
            let (px, py) = (at.x - ax, at.y - ay);
            // a piece without length is a point
            let length = (dx * dx + dy * dy).max(1e-12);
            let t = ((dx * px + dy * py) / length).clamp(0.0, 1.0);
            let (x, y) = (px - t * dx, py - t * dy);
            *square = x * x + y * y;
        }
        squares.into_iter().fold(f64::INFINITY, f64::min)
    }

    /// Distance of a point.
    pub(super) fn distance(&self, at: Coord) -> f64 {
        self.square_distance(at).sqrt()
    }

    /// Whether a point is nearer than `reach`.
    pub(super) fn is_within(&self, at: Coord, reach: f64) -> bool {
        self.is_near(at, reach) && self.square_distance(at) < reach * reach
    }

    /// Calls `found` with the angle, 0 to π/2, of each crossing with another.
    pub(super) fn crossings(&self, other: &Self, mut found: impl FnMut(f64)) {
        let (low, high) = (other.bounds.min(), other.bounds.max());
        for i in 0..PIECES {
            let (p, end) = (self.point(i), self.point(i + 1));
            if p.x.max(end.x) < low.x
                || p.x.min(end.x) > high.x
                || p.y.max(end.y) < low.y
                || p.y.min(end.y) > high.y
            {
                continue;
            }
            let a = end - p;
            // On which side of this piece's line the other's points are. Each piece is open at its end, so that a
            // crossing at a joint counts once.
            let mut left = [false; PIECES + 1];
            for (j, left) in left.iter_mut().enumerate() {
                *left = a.x * (other.ys[j] - p.y) - a.y * (other.xs[j] - p.x) >= 0.0;
            }
            for j in (0..PIECES).filter(|&j| left[j] != left[j + 1]) {
                let q = other.point(j);
                let b = other.point(j + 1) - q;
                if (cross(b, p - q) >= 0.0) != (cross(b, end - q) >= 0.0) {
                    found(cross(a, b).abs().atan2((a.x * b.x + a.y * b.y).abs()));
                }
            }
        }
    }

    /// The part of it, 0 to 1, that is nearer to another than `reach`: measured at every second point but its ends,
    /// where flows of one node cannot help being close.
    pub(super) fn part_along(&self, other: &Self, reach: f64) -> f64 {
        let points = (2..PIECES - 1).step_by(2);
        let count = points.len();
        let near = points.filter(|&i| other.is_within(self.point(i), reach));
        near.count() as f64 / count as f64
    }
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
    let (x, y) = (a.x - b.x, a.y - b.y);
    (x * x + y * y).sqrt()
}
