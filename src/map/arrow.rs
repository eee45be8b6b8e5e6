//! Arrows along quadratic Bézier curves, as filled outlines: a stem of even width and a head that
//! stays visible on the thinnest and is not clumsy on the widest.
//!
//! Source of the proportions: Jenny et al., "Design principles for origin-destination flow maps",
//! *Cartography and Geographic Information Science* 45 (2018) 62–75: arrowheads rather than tapering,
//! their size growing with the stem's.

use crate::draw::{Path, Pt, pt};

/// Width of the head for a stem's width; `unit` is 1 on a page of 1600x1200.
pub(super) fn head_width(stem: f64, unit: f64) -> f64 {
    stem + (5.5 * unit).max(0.8 * stem)
}

/// Length of the head along the curve.
pub(super) fn head_length(stem: f64, unit: f64) -> f64 {
    0.92 * head_width(stem, unit)
}

/// A quadratic curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curve {
    pub from: Pt,
    pub control: Pt,
    pub to: Pt,
}

const PIECES: usize = 48;

impl Curve {
    pub fn at(&self, t: f64) -> Pt {
        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        pt(
            a * self.from.x + b * self.control.x + c * self.to.x,
            a * self.from.y + b * self.control.y + c * self.to.y,
        )
    }

    /// Unit direction at `t`; along the chord where the curve has none.
    pub fn direction(&self, t: f64) -> (f64, f64) {
        let along = |a: Pt, b: Pt, k: f64| ((b.x - a.x) * k, (b.y - a.y) * k);
        let (ax, ay) = along(self.from, self.control, 1.0 - t);
        let (bx, by) = along(self.control, self.to, t);
        let (mut x, mut y) = (ax + bx, ay + by);
        if x.hypot(y) < 1e-9 {
            (x, y) = along(self.from, self.to, 1.0);
        }
        let length = x.hypot(y).max(1e-9);
        (x / length, y / length)
    }

    /// Points along the curve, and how far along each is.
    pub fn points(&self) -> Vec<(f64, Pt, f64)> {
        let mut far = 0.0;
        let mut before = self.from;
        (0..=PIECES)
            .map(|i| {
                let t = i as f64 / PIECES as f64;
                let p = self.at(t);
                far += (p.x - before.x).hypot(p.y - before.y);
                before = p;
                (t, p, far)
            })
            .collect()
    }

    /// Where on the curve the head begins, and the head's length and width, which shrink on a curve
    /// too short for them.
    fn head(&self, stem: f64, unit: f64) -> (f64, f64) {
        let points = self.points();
        let total = points.last().map_or(0.0, |p| p.2);
        let wanted = head_length(stem, unit);
        let length = wanted.min(0.7 * total);
        let start = points
            .iter()
            .rev()
            .find(|p| total - p.2 >= length)
            .map_or(0.0, |p| p.0);
        (start, head_width(stem, unit) * (length / wanted).max(0.5))
    }

    /// The arrow's outline.
    pub fn arrow(&self, stem: f64, unit: f64) -> Path {
        let (neck_t, width) = self.head(stem, unit);
        let neck = self.at(neck_t);
        let mut left = Vec::with_capacity(PIECES + 3);
        let mut right = Vec::with_capacity(PIECES + 3);
        let pieces = ((PIECES as f64) * neck_t).ceil().max(1.0) as usize;
        for i in 0..=pieces {
            let t = neck_t * i as f64 / pieces as f64;
            let (p, (dx, dy)) = (self.at(t), self.direction(t));
            let half = stem / 2.0;
            left.push(pt(p.x + dy * half, p.y - dx * half));
            right.push(pt(p.x - dy * half, p.y + dx * half));
        }
        // The head points from its neck to the tip, straight.
        let (hx, hy) = {
            let (x, y) = (self.to.x - neck.x, self.to.y - neck.y);
            let length = x.hypot(y).max(1e-9);
            (x / length, y / length)
        };
        let half = width / 2.0;
        left.push(pt(neck.x + hy * half, neck.y - hx * half));
        right.push(pt(neck.x - hy * half, neck.y + hx * half));
        left.push(self.to);
        left.extend(right.into_iter().rev());
        Path::ring(left)
    }

    /// The box around the arrow's head.
    pub fn head_box(&self, stem: f64, unit: f64) -> super::Rect {
        let (t, width) = self.head(stem, unit);
        let neck = self.at(t);
        let middle = pt((neck.x + self.to.x) / 2.0, (neck.y + self.to.y) / 2.0);
        let length = (neck.x - self.to.x).hypot(neck.y - self.to.y);
        super::Rect::around(middle, width.max(length) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Step;

    fn points(path: &Path) -> Vec<Pt> {
        path.steps
            .iter()
            .filter_map(|s| match s {
                Step::Move(p) | Step::Line(p) => Some(*p),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn heads_stand_out_at_one_pixel_and_at_twenty() {
        for (stem, least) in [(1.0, 5.0), (20.0, 32.0)] {
            assert!(head_width(stem, 1.0) >= least);
            assert!(head_width(stem, 1.0) > 1.5 * stem);
        }
    }

    #[test]
    fn the_tip_is_the_end_and_the_stem_has_its_width() {
        let curve = Curve {
            from: pt(0.0, 0.0),
            control: pt(100.0, 0.0),
            to: pt(200.0, 0.0),
        };
        let outline = points(&curve.arrow(8.0, 1.0));
        assert!(outline.contains(&curve.to));
        assert!(outline.contains(&pt(0.0, -4.0)) && outline.contains(&pt(0.0, 4.0)));
        let widest = outline.iter().map(|p| p.y.abs()).fold(0.0, f64::max);
        assert!((2.0 * widest - head_width(8.0, 1.0)).abs() < 1e-9);
    }

    #[test]
    fn short_and_empty_curves_make_finite_outlines() {
        for to in [pt(0.0, 0.0), pt(1.0, 1.0), pt(5.0, 0.0)] {
            let curve = Curve {
                from: pt(0.0, 0.0),
                control: pt(0.0, 0.0),
                to,
            };
            assert!(
                points(&curve.arrow(12.0, 1.0))
                    .iter()
                    .all(|p| p.x.is_finite() && p.y.is_finite())
            );
        }
    }
}
