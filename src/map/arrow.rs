//! Arrows along quadratic Bézier curves, as filled outlines: a stem of even width and a head that
//! stays visible on the thinnest and is not clumsy on the widest.
//!
//! Source of the proportions: Jenny et al., "Design principles for origin-destination flow maps",
//! *Cartography and Geographic Information Science* 45 (2018) 62–75: arrowheads rather than tapering,
//! their size growing with the stem's.

use geo::Coord;

use super::Rect;
use super::spots::{self, Spot};
use crate::analyse::flow_layout::Curve;
use crate::draw::{Align, Path, Pt, pt};

/// A head is broader than its stem by this many units, or by this part of it if that is more.
pub(super) const HEAD: (f64, f64) = (5.5, 0.8);
/// And so many times as long as it is broad.
pub(super) const HEAD_LONG: f64 = 0.92;

/// Width of the head for a stem's width; `unit` is 1 on a page of 1600x1200.
pub(super) fn head_width(stem: f64, unit: f64) -> f64 {
    stem + (HEAD.0 * unit).max(HEAD.1 * stem)
}

/// Length of the head along the curve.
pub(super) fn head_length(stem: f64, unit: f64) -> f64 {
    HEAD_LONG * head_width(stem, unit)
}

/// Where along a curve its figure stands, the best first.
const BESIDE: [f64; 9] = [0.45, 0.52, 0.38, 0.6, 0.3, 0.68, 0.22, 0.75, 0.15];

/// Pieces that a curve is measured and drawn by.
const PIECES: usize = 48;

fn on_page(c: Coord) -> Pt {
    pt(c.x, c.y)
}

/// Points along a curve.
pub(super) fn points(curve: &Curve) -> Vec<Pt> {
    (0..=PIECES)
        .map(|i| on_page(curve.at(i as f64 / PIECES as f64)))
        .collect()
}

fn far(pair: &[Pt]) -> f64 {
    match pair {
        [a, b] => (b.x - a.x).hypot(b.y - a.y),
        _ => 0.0,
    }
}

/// An arrow along a curve: stem width in pixels, and the page's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Arrow {
    pub curve: Curve,
    pub stem: f64,
    pub unit: f64,
}

/// Of an arrow's length, its stem is never broader than the first part, nor its head longer than the second: arrows
/// between neighbours stay arrows.
const STEM_PART: f64 = 0.38;
const HEAD_PART: f64 = 0.6;

impl Arrow {
    /// Width of the stem as it is drawn: of a very short arrow less than the scale has it.
    pub fn body(&self) -> f64 {
        self.stem.min(STEM_PART * self.length())
    }

    /// Length of the curve.
    pub fn length(&self) -> f64 {
        points(&self.curve).windows(2).map(far).sum()
    }

    /// Where on the curve the head begins, and the head's width; both shrink on a curve too short.
    fn head(&self) -> (f64, f64) {
        let stem = self.body();
        let wanted = head_length(stem, self.unit);
        let length = wanted.min(HEAD_PART * self.length());
        let width = (head_width(stem, self.unit) * length / wanted).max(1.4 * stem);
        // From the tip back, and of the piece in which it ends no more than is needed.
        let mut left = length;
        for (i, pair) in points(&self.curve).windows(2).enumerate().rev() {
            let piece = far(pair);
            if piece >= left {
                let part = if piece > 0.0 { left / piece } else { 1.0 };
                return ((i as f64 + 1.0 - part) / PIECES as f64, width);
            }
            left -= piece;
        }
        (0.0, width)
    }

    /// The arrow's outline.
    pub fn outline(&self) -> Path {
        let (neck_t, width) = self.head();
        let neck = on_page(self.curve.at(neck_t));
        let tip = on_page(self.curve.to);
        let mut left = Vec::with_capacity(PIECES + 3);
        let mut right = Vec::with_capacity(PIECES + 3);
        let pieces = ((PIECES as f64) * neck_t).ceil().max(1.0) as usize;
        let half = self.body() / 2.0;
        for i in 0..=pieces {
            let t = neck_t * i as f64 / pieces as f64;
            let (p, d) = (self.curve.at(t), self.curve.direction(t));
            left.push(pt(p.x + d.y * half, p.y - d.x * half));
            right.push(pt(p.x - d.y * half, p.y + d.x * half));
        }
        // The head points from its neck to the tip, straight.
        let (x, y) = (tip.x - neck.x, tip.y - neck.y);
        let length = x.hypot(y).max(1e-9);
        let (hx, hy) = (x / length * width / 2.0, y / length * width / 2.0);
        left.push(pt(neck.x + hy, neck.y - hx));
        right.push(pt(neck.x - hy, neck.y + hx));
        left.push(tip);
        left.extend(right.into_iter().rev());
        Path::ring(left)
    }

    /// Places for a figure of some width and height in letters of some size: right beside the stem,
    /// its middle first, then a little farther off, else around points of it.
    pub fn figure_spots(&self, size: f64, w: f64, h: f64) -> Vec<Spot> {
        let dearer = |by: f64| {
            move |s: Spot| Spot {
                cost: s.cost + by,
                ..s
            }
        };
        let mut spots = self.beside(0.16 * size, w, h);
        spots.extend(self.beside(0.8 * size, w, h).into_iter().map(dearer(0.5)));
        for (rank, t) in BESIDE.iter().step_by(2).enumerate() {
            let at = on_page(self.curve.at(*t));
            for (gap, cost) in [(0.26, 0.3), (0.8, 1.1), (1.4, 2.1)] {
                let around = spots::around(at, 0.8 * self.body(), gap * size, w, h);
                let cost = cost + 0.1 * rank as f64;
                spots.extend(around.into_iter().map(dearer(cost)));
            }
        }
        spots
    }

    /// Places on either side of the stem, `gap` away from it wherever it runs.
    fn beside(&self, gap: f64, w: f64, h: f64) -> Vec<Spot> {
        let place = |(rank, t): (usize, &f64)| {
            let (p, d) = (self.curve.at(*t), self.curve.direction(*t));
            [1.0, -1.0].map(|side| {
                let (nx, ny) = (-d.y * side, d.x * side);
                // The box is as deep in this direction as its corners reach.
                let off = self.body() / 2.0 + gap + (nx.abs() * w + ny.abs() * h) / 2.0;
                let (x, y) = (p.x + nx * off, p.y + ny * off);
                let ground = Rect::new(x - w / 2.0, y - h / 2.0, w, h);
                let cost = 0.05 * rank as f64 + if side < 0.0 { 0.03 } else { 0.0 };
                Spot::upright(ground, Align::Centre, cost)
            })
        };
        BESIDE.iter().enumerate().flat_map(place).collect()
    }

    /// Boxes along the stem, if it is at least so wide.
    pub fn stem_boxes(&self, least: f64) -> Vec<Rect> {
        if self.stem < least {
            return Vec::new();
        }
        let line = points(&self.curve);
        let boxes = line
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] => Some(pt((a.x + b.x) / 2.0, (a.y + b.y) / 2.0)),
                _ => None,
            })
            .map(|middle| Rect::around(middle, 0.45 * self.body()));
        boxes.collect()
    }

    /// The box around the head.
    pub fn head_box(&self) -> Rect {
        let (t, width) = self.head();
        let (neck, tip) = (self.curve.at(t), self.curve.to);
        let middle = pt((neck.x + tip.x) / 2.0, (neck.y + tip.y) / 2.0);
        let length = (neck.x - tip.x).hypot(neck.y - tip.y);
        // A triangle fills half of its box: the corners may be covered.
        Rect::around(middle, 0.42 * width.max(length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Step;

    fn straight(length: f64, stem: f64) -> Arrow {
        let at = |x| Coord { x, y: 0.0 };
        let curve = Curve {
            from: at(0.0),
            control: at(length / 2.0),
            to: at(length),
        };
        Arrow {
            curve,
            stem,
            unit: 1.0,
        }
    }

    fn corners(path: &Path) -> Vec<Pt> {
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
        let outline = corners(&straight(200.0, 8.0).outline());
        for p in [pt(200.0, 0.0), pt(0.0, -4.0), pt(0.0, 4.0)] {
            assert!(outline.contains(&p), "{p:?}");
        }
        let widest = outline.iter().map(|p| p.y.abs()).fold(0.0, f64::max);
        assert!((2.0 * widest - head_width(8.0, 1.0)).abs() < 1e-9);
        assert!(straight(200.0, 8.0).head_box().contains(pt(195.0, 2.0)));
    }

    #[test]
    fn figures_stand_beside_the_stem_not_on_it() {
        let down = Curve {
            from: Coord { x: 50.0, y: 0.0 },
            control: Coord { x: 90.0, y: 60.0 },
            to: Coord { x: 100.0, y: 150.0 },
        };
        for curve in [straight(200.0, 12.0).curve, down] {
            let arrow = Arrow {
                curve,
                stem: 12.0,
                unit: 1.0,
            };
            for spot in arrow.beside(2.0, 40.0, 10.0) {
                for on_stem in arrow.stem_boxes(1.0) {
                    assert!(!spot.ground.overlaps(&on_stem), "{spot:?} {on_stem:?}");
                }
            }
            let best = arrow.figure_spots(10.0, 40.0, 10.0);
            let best = best.iter().min_by(|a, b| a.cost.total_cmp(&b.cost));
            let middle = on_page(curve.at(0.45));
            let best = best.unwrap().ground.centre();
            assert!((best.x - middle.x).hypot(best.y - middle.y) < 35.0);
        }
    }

    #[test]
    fn heads_are_as_long_as_their_stem_makes_them_however_long_the_arrow() {
        let head = |arrow: &Arrow| {
            let (t, width) = arrow.head();
            ((1.0 - t) * arrow.length(), width)
        };
        for length in [150.0, 900.0, 20_000.0] {
            let (long, broad) = head(&straight(length, 4.0));
            assert!((long - head_length(4.0, 1.0)).abs() < 0.01, "{length}");
            assert!((broad - head_width(4.0, 1.0)).abs() < 0.01, "{length}");
        }
    }

    #[test]
    fn arrows_between_neighbours_are_longer_than_broad() {
        for length in [6.0, 12.0, 20.0, 40.0] {
            let arrow = straight(length, 30.0);
            let outline = corners(&arrow.outline());
            let half = outline.iter().map(|p| p.y.abs()).fold(0.0, f64::max);
            assert!(2.0 * half < length, "{half} of {length}");
            let (t, width) = arrow.head();
            assert!(width > 1.2 * arrow.body() && (1.0 - t) <= HEAD_PART + 1e-9);
        }
    }

    #[test]
    fn short_and_empty_curves_make_finite_outlines() {
        for length in [0.0, 1.0, 5.0] {
            assert!(
                corners(&straight(length, 12.0).outline())
                    .iter()
                    .all(|p| p.is_finite())
            );
        }
    }
}
