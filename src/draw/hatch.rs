//! Hatching: parallel lines confined to a shape.
//!
//! All hatches of one angle and spacing share one grid, fixed to the page's origin, so that areas
//! that touch carry on each other's lines. A raster asks for the ink of a pixel
//! ([`Grid::coverage`]); vector formats draw the lines ([`Grid::lines`]) through a clip.

use super::scene::{Path, Pt, pt};

/// The lines of a hatch: they satisfy `nx·x + ny·y = k·spacing` for every whole `k`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    nx: f64,
    ny: f64,
    spacing: f64,
    width: f64,
}

/// A shape that more lines cross than this is left without: a guard against absurd input.
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

    /// How much of a pixel the lines cover, 0..=1, by the distance of its centre from the nearest.
    pub fn coverage(&self, x: i32, y: i32) -> f32 {
        let (x, y) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
        let across = (self.nx * x + self.ny * y) / self.spacing;
        let distance = (across - across.round()).abs() * self.spacing;
        (self.width / 2.0 + 0.5 - distance).clamp(0.0, self.width.min(1.0)) as f32
    }

    /// The lines that cross a shape, from end to end of the box around it.
    pub fn lines(&self, path: &Path) -> Vec<(Pt, Pt)> {
        let Some((a, b)) = path.bounds() else {
            return Vec::new();
        };
        let corners = [a, pt(b.x, a.y), b, pt(a.x, b.y)];
        let across = corners.map(|p| (self.nx * p.x + self.ny * p.y) / self.spacing);
        let along = corners.map(|p| self.ny * p.x - self.nx * p.y);
        let [low, from] = [across, along].map(|v| v.into_iter().fold(f64::MAX, f64::min));
        let [high, to] = [across, along].map(|v| v.into_iter().fold(f64::MIN, f64::max));
        if high - low > MAX_LINES {
            return Vec::new();
        }
        (low.ceil() as i64..=high.floor() as i64)
            .map(|k| {
                let base = k as f64 * self.spacing;
                let at = |s: f64| pt(self.nx * base + self.ny * s, self.ny * base - self.nx * s);
                (at(from), at(to))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_square_run_at_the_angle_and_keep_their_distance() {
        let grid = Grid::new(30.0, 5.0, 1.0).expect("a hatch");
        let lines = grid.lines(&Path::rect(10.0, 10.0, 40.0, 40.0));
        assert!(lines.len() > 8);
        for (a, b) in &lines {
            let angle = (a.y - b.y).atan2(b.x - a.x).to_degrees().rem_euclid(180.0);
            assert!((angle - 30.0).abs() < 1e-9, "{angle}");
        }
        for pair in lines.windows(2) {
            let step = (pair[1].0.x - pair[0].0.x).hypot(pair[1].0.y - pair[0].0.y);
            assert!((step - 5.0).abs() < 1e-9, "{step}");
        }
    }

    #[test]
    fn coverage_is_as_dense_as_width_over_spacing() {
        for (angle, spacing, width) in [(45.0, 6.0, 1.0), (0.0, 4.0, 0.5), (75.0, 9.0, 3.0)] {
            let grid = Grid::new(angle, spacing, width).expect("a hatch");
            let ink: f64 = (0..360)
                .flat_map(|y| (0..360).map(move |x| (x, y)))
                .map(|(x, y)| f64::from(grid.coverage(x, y)))
                .sum();
            assert!(
                (ink / (360.0 * 360.0) - width / spacing).abs() < 0.01,
                "{angle}"
            );
        }
    }

    #[test]
    fn a_hatch_of_nothing_is_nothing() {
        assert!(Grid::new(45.0, 0.0, 1.0).is_none());
        assert!(Grid::new(f64::NAN, 4.0, 1.0).is_none());
        assert!(Grid::new(45.0, 4.0, 0.0).is_none());
        let grid = Grid::new(45.0, 4.0, 1.0).expect("a hatch");
        assert!(grid.lines(&Path::default()).is_empty());
        assert!(grid.lines(&Path::rect(0.0, 0.0, 1e12, 1.0)).is_empty());
    }
}
