//! The ground of a piece of text: a rectangle at any angle.

use super::Rect;
use crate::draw::{Pt, pt};

/// Shared ground thinner than this, in pixels, is a touch and no overlap.
const TOUCH: f64 = 1e-6;

/// A rectangle turned about its centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextBox {
    centre: Pt,
    /// Half of its width and of its height.
    half: Pt,
    sin: f64,
    cos: f64,
}

impl From<Rect> for TextBox {
    fn from(rect: Rect) -> Self {
        Self {
            centre: rect.centre(),
            half: pt(rect.w / 2.0, rect.h / 2.0),
            sin: 0.0,
            cos: 1.0,
        }
    }
}

impl TextBox {
    /// A rectangle turned about its centre by degrees, clockwise.
    pub fn turned(rect: Rect, degrees: f64) -> Self {
        if degrees == 0.0 {
            return rect.into();
        }
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self {
            sin,
            cos,
            ..rect.into()
        }
    }

    /// The same, larger by `by` on each side.
    pub fn grown(self, by: f64) -> Self {
        Self {
            half: pt((self.half.x + by).max(0.0), (self.half.y + by).max(0.0)),
            ..self
        }
    }

    /// The same about its middle, `by` times as large.
    pub fn scaled(self, by: f64) -> Self {
        Self {
            half: pt(self.half.x * by, self.half.y * by),
            ..self
        }
    }

    /// The middle.
    pub fn centre(&self) -> Pt {
        self.centre
    }

    /// Width and height before it was turned.
    pub fn size(&self) -> (f64, f64) {
        (2.0 * self.half.x, 2.0 * self.half.y)
    }

    fn place(&self, along: f64, down: f64) -> Pt {
        pt(
            self.centre.x + along * self.cos - down * self.sin,
            self.centre.y + along * self.sin + down * self.cos,
        )
    }

    /// Its corners, clockwise from the one that was top left.
    pub fn corners(&self) -> [Pt; 4] {
        let Pt { x, y } = self.half;
        [(-x, -y), (x, -y), (x, y), (-x, y)].map(|(along, down)| self.place(along, down))
    }

    /// The upright box around it.
    pub fn bounds(&self) -> Rect {
        let (sin, cos) = (self.sin.abs(), self.cos.abs());
        let w = self.half.x * cos + self.half.y * sin;
        let h = self.half.x * sin + self.half.y * cos;
        Rect::new(self.centre.x - w, self.centre.y - h, 2.0 * w, 2.0 * h)
    }

    /// Upright boxes that cover it, or nearly: itself, or squares along it when it slants.
    pub fn tiles(&self) -> impl Iterator<Item = Rect> {
        let upright = self.sin == 0.0;
        let n = match upright {
            true => 1.0,
            false => (self.half.x / self.half.y.max(0.5))
                .ceil()
                .clamp(1.0, 200.0),
        };
        // A square turned by any angle lies within one of √2 of its side; half of that excess will do.
        let half = self.half.y * (self.cos.abs() + self.sin.abs()).min(1.25);
        (0..n as usize).map(move |i| match upright {
            true => self.bounds(),
            false => {
                let at = self.place(self.half.x * ((2 * i + 1) as f64 / n - 1.0), 0.0);
                Rect::around(at, half)
            }
        })
    }

    /// Whether a point is in it or on its edge.
    pub fn contains(&self, p: Pt) -> bool {
        let (dx, dy) = (p.x - self.centre.x, p.y - self.centre.y);
        (dx * self.cos + dy * self.sin).abs() <= self.half.x
            && (dy * self.cos - dx * self.sin).abs() <= self.half.y
    }

    /// Whether the two share more than an edge: no line keeps them apart (the separating axis theorem).
    pub fn overlaps(&self, other: &Self) -> bool {
        let (dx, dy) = (
            other.centre.x - self.centre.x,
            other.centre.y - self.centre.y,
        );
        // Most are upright.
        if self.sin == 0.0 && other.sin == 0.0 {
            return dx.abs() + TOUCH <= self.half.x + other.half.x
                && dy.abs() + TOUCH <= self.half.y + other.half.y;
        }
        // Cosine and sine of the angle between the two.
        let cos = (self.cos * other.cos + self.sin * other.sin).abs();
        let sin = (self.cos * other.sin - self.sin * other.cos).abs();
        let apart = |of: &Self, by: &Self| {
            let along = (dx * of.cos + dy * of.sin).abs();
            let down = (dy * of.cos - dx * of.sin).abs();
            along + TOUCH > of.half.x + by.half.x * cos + by.half.y * sin
                || down + TOUCH > of.half.y + by.half.x * sin + by.half.y * cos
        };
        !apart(self, other) && !apart(other, self)
    }
}

#[cfg(test)]
mod tests {
    use geo::{Area, BooleanOps, Coord, LineString, Polygon};
    use proptest::prelude::*;

    use super::*;

    fn polygon(b: &TextBox) -> Polygon {
        let ring = b.corners().map(|p| Coord { x: p.x, y: p.y });
        Polygon::new(LineString::from(ring.to_vec()), vec![])
    }

    #[test]
    fn touching_is_no_overlap() {
        let rect = Rect::new(10.0, 10.0, 20.0, 10.0);
        let right = Rect::new(30.0, 10.0, 20.0, 10.0);
        assert!(!TextBox::from(rect).overlaps(&right.into()));
        assert!(TextBox::from(rect).grown(0.1).overlaps(&right.into()));
        // Turned upright, it is ten wide and twenty high, from 5 to 25.
        let turned = TextBox::turned(rect, 90.0);
        assert!(!turned.overlaps(&Rect::new(26.0, 0.0, 9.0, 40.0).into()));
        assert!(turned.overlaps(&Rect::new(16.0, 0.0, 8.0, 6.0).into()));
    }

    proptest! {
        /// The independent reference: `geo`'s intersection of polygons.
        #[test]
        fn overlap_is_that_of_polygons(
            a in (0.0..60.0f64, 0.0..60.0f64, 1.0..50.0f64, 1.0..30.0f64, -180.0..180.0f64),
            b in (0.0..60.0f64, 0.0..60.0f64, 1.0..50.0f64, 1.0..30.0f64, -180.0..180.0f64),
        ) {
            let [a, b] = [a, b].map(|(x, y, w, h, r)| TextBox::turned(Rect::new(x, y, w, h), r));
            let shared = polygon(&a).intersection(&polygon(&b)).unsigned_area();
            prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
            // At a hair's breadth the two may differ.
            if shared > 1e-3 {
                prop_assert!(a.overlaps(&b));
            } else if shared == 0.0 {
                prop_assert!(!a.overlaps(&b));
            }
            for corner in a.corners() {
                prop_assert!(a.bounds().inset(-1e-6).contains(corner));
            }
        }
    }
}
