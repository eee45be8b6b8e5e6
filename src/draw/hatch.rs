//! Hatching: parallel lines confined to a shape.
//!
//! All hatches of one angle and spacing share one grid, fixed to the page's origin, so that areas
//! that touch carry on each other's lines. The raster asks for the ink at a pixel
//! ([`Grid::coverage`]); vector formats take the lines cut at the outline ([`Grid::lines`]), by the
//! even-odd rule, in O(edges × lines crossed).

use super::scene::{Path, Pt, Step, pt};

/// The lines of a hatch: they satisfy `nx·x + ny·y = k·spacing` for every whole `k`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    nx: f64,
    ny: f64,
    spacing: f64,
    width: f64,
}

/// Lines of one shape beyond this number are left out: a guard against absurd input.
const MAX_LINES: f64 = 20_000.0;

impl Grid {
    /// `angle` in degrees, counter-clockwise from east; `None` if there is nothing to draw.
    pub fn new(angle: f64, spacing: f64, width: f64) -> Option<Self> {
        let sane = angle.is_finite() && spacing > 0.0 && spacing.is_finite() && width > 0.0;
        // The page's y runs down: the direction is (cos, −sin), its normal (sin, cos).
        let (nx, ny) = angle.to_radians().sin_cos();
        sane.then_some(Self {
            nx,
            ny,
            spacing,
            width: width.min(spacing),
        })
    }

    /// The same grid on a page enlarged by a factor.
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            spacing: self.spacing * factor,
            width: self.width * factor,
            ..self
        }
    }

    /// How much of a pixel's middle row the lines cover, 0..=1, by its distance from the nearest.
    pub fn coverage(&self, x: f64, y: f64) -> f64 {
        let across = (self.nx * x + self.ny * y) / self.spacing;
        let distance = (across - across.round()).abs() * self.spacing;
        (self.width / 2.0 + 0.5 - distance).clamp(0.0, self.width.min(1.0))
    }

    /// The parts of the lines within an outline.
    pub fn lines(&self, path: &Path) -> Vec<(Pt, Pt)> {
        let edges = flatten(path);
        let across = |p: Pt| (self.nx * p.x + self.ny * p.y) / self.spacing;
        let along = |p: Pt| self.ny * p.x - self.nx * p.y;
        let (mut low, mut high) = (f64::MAX, f64::MIN);
        for &(a, _) in &edges {
            low = low.min(across(a));
            high = high.max(across(a));
        }
        // Also false for an empty path.
        if !(high - low).is_finite() || high < low || high - low > MAX_LINES {
            return Vec::new();
        }
        let first = low.ceil() as i64;
        let mut crossings: Vec<Vec<f64>> =
            vec![Vec::new(); (high.floor() as i64 - first + 1).max(0) as usize];
        for (a, b) in edges {
            let (u, v) = (across(a), across(b));
            let (s, t) = (along(a), along(b));
            // Half open, so that a vertex on a line counts once.
            for k in (u.min(v).ceil() as i64)..(u.max(v).ceil() as i64) {
                if let Some(row) = crossings.get_mut((k - first) as usize) {
                    row.push(s + (t - s) * (k as f64 - u) / (v - u));
                }
            }
        }
        let mut lines = Vec::new();
        for (k, mut row) in (first..).zip(crossings) {
            row.sort_by(f64::total_cmp);
            let base = k as f64 * self.spacing;
            let at = |s: f64| pt(self.nx * base + self.ny * s, self.ny * base - self.nx * s);
            lines.extend(row.chunks_exact(2).map(|ends| (at(ends[0]), at(ends[1]))));
        }
        lines
    }
}

/// The outline as straight edges; curves in 16 parts.
fn flatten(path: &Path) -> Vec<(Pt, Pt)> {
    const PARTS: u32 = 16;
    let mut edges = Vec::with_capacity(path.steps.len());
    let (mut start, mut pen) = (pt(0.0, 0.0), pt(0.0, 0.0));
    for step in &path.steps {
        match *step {
            Step::Move(p) => {
                edges.push((pen, start));
                (start, pen) = (p, p);
            }
            Step::Line(p) => {
                edges.push((pen, p));
                pen = p;
            }
            Step::Quad(c, p) => {
                let from = pen;
                for part in 1..=PARTS {
                    let t = f64::from(part) / f64::from(PARTS);
                    let u = 1.0 - t;
                    let q = pt(
                        u * u * from.x + 2.0 * u * t * c.x + t * t * p.x,
                        u * u * from.y + 2.0 * u * t * c.y + t * t * p.y,
                    );
                    edges.push((pen, q));
                    pen = q;
                }
            }
            Step::Cubic(c, d, p) => {
                let from = pen;
                for part in 1..=PARTS {
                    let t = f64::from(part) / f64::from(PARTS);
                    let u = 1.0 - t;
                    let (b0, b1, b2, b3) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
                    let q = pt(
                        b0 * from.x + b1 * c.x + b2 * d.x + b3 * p.x,
                        b0 * from.y + b1 * c.y + b2 * d.y + b3 * p.y,
                    );
                    edges.push((pen, q));
                    pen = q;
                }
            }
            Step::Close => {
                edges.push((pen, start));
                pen = start;
            }
        }
    }
    edges.push((pen, start));
    edges.retain(|(a, b)| a != b && a.is_finite() && b.is_finite());
    edges
}
