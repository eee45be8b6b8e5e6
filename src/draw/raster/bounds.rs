//! What part of a page items touch, where that is quickly known.

use super::pixels::Region;
use crate::draw::scene::{Item, Path, Pt, Step, Stroke};

/// A box in the scene's pixels; empty to begin with.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            left: f64::INFINITY,
            top: f64::INFINITY,
            right: f64::NEG_INFINITY,
            bottom: f64::NEG_INFINITY,
        }
    }
}

impl Bounds {
    /// Both.
    pub fn and(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The device pixels that it may touch; `None` if it is empty.
    pub fn on(self, scale: f64) -> Option<Region> {
        let [left, top, right, bottom] =
            [self.left, self.top, self.right, self.bottom].map(|side| side * scale);
        (left <= right && top <= bottom)
            .then(|| Region::around(left - 1.0, top - 1.0, right + 1.0, bottom + 1.0))
    }

    fn around(&mut self, p: Pt, reach: f64) {
        self.left = self.left.min(p.x - reach);
        self.top = self.top.min(p.y - reach);
        self.right = self.right.max(p.x + reach);
        self.bottom = self.bottom.max(p.y + reach);
    }
}

/// The box around some items; `None` where it would have to be measured.
pub(super) fn bounds_of(items: &[Item]) -> Option<Bounds> {
    let mut bounds = Bounds::default();
    for item in items {
        let one = match item {
            Item::Path { path, stroke, .. } => of_path(path, stroke.as_ref()),
            Item::Circle {
                centre,
                radius,
                stroke,
                ..
            } => {
                let mut circle = Bounds::default();
                circle.around(*centre, radius + reach(stroke.as_ref()));
                circle
            }
            Item::Group { items, .. } => bounds_of(items)?,
            Item::Text { .. } | Item::Image { .. } | Item::Shared(_) => return None,
        };
        bounds = bounds.and(one);
    }
    Some(bounds)
}

/// A path lies within its corners and control points.
fn of_path(path: &Path, stroke: Option<&Stroke>) -> Bounds {
    let (mut bounds, reach) = (Bounds::default(), reach(stroke));
    for step in &path.steps {
        match *step {
            Step::Move(p) | Step::Line(p) => bounds.around(p, reach),
            Step::Quad(c, p) => {
                bounds.around(c, reach);
                bounds.around(p, reach);
            }
            Step::Cubic(c, d, p) => {
                bounds.around(c, reach);
                bounds.around(d, reach);
                bounds.around(p, reach);
            }
            Step::Close => {}
        }
    }
    bounds
}

/// How far a stroke reaches beyond its line, with square caps at most.
fn reach(stroke: Option<&Stroke>) -> f64 {
    stroke.map_or(0.0, |stroke| stroke.width)
}
