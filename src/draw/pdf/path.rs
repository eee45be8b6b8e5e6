//! Outlines for the PDF: coordinates to 1/100 pixel, and nothing that cannot show.

use krilla::geom::{Path as Outline, PathBuilder};

use crate::draw::scene::{Path, Pt, Step, pt};

/// Paths that reach farther than this many pixels are not drawn, as on the raster.
const FARTHEST: f64 = 1e9;

/// The page, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub width: f64,
    pub height: f64,
}

impl Page {
    /// Whether anything of a box can show.
    pub fn shows(&self, low: Pt, high: Pt) -> bool {
        low.x <= self.width && high.x >= 0.0 && low.y <= self.height && high.y >= 0.0
    }
}

/// To 1/100 pixel, which keeps the numbers short.
pub(super) fn rounded(value: f64) -> f32 {
    ((value * 100.0).round() / 100.0) as f32
}

/// A path as krilla's; `None` if nothing of it can show. `margin` is how far a stroke reaches.
pub(super) fn outline(path: &Path, page: Page, margin: f64) -> Option<Outline> {
    let (low, high) = path.bounds()?;
    let sane = [low.x, low.y, high.x, high.y]
        .iter()
        .all(|v| v.abs() < FARTHEST);
    let (low, high) = (
        pt(low.x - margin, low.y - margin),
        pt(high.x + margin, high.y + margin),
    );
    if !sane || !page.shows(low, high) {
        return None;
    }
    let mut builder = PathBuilder::new();
    let mut pen = (f32::NAN, f32::NAN);
    let mut fresh = false;
    for step in &path.steps {
        let grid = |p: Pt| (rounded(p.x), rounded(p.y));
        match *step {
            Step::Move(p) => {
                pen = grid(p);
                builder.move_to(pen.0, pen.1);
                fresh = true;
                continue;
            }
            Step::Line(p) => {
                let to = grid(p);
                // A line that rounds to nothing is left out, unless it is a dot.
                if to != pen || fresh {
                    builder.line_to(to.0, to.1);
                    pen = to;
                }
            }
            Step::Quad(c, p) => {
                let c = grid(c);
                pen = grid(p);
                builder.quad_to(c.0, c.1, pen.0, pen.1);
            }
            Step::Cubic(c, d, p) => {
                let (c, d) = (grid(c), grid(d));
                pen = grid(p);
                builder.cubic_to(c.0, c.1, d.0, d.1, pen.0, pen.1);
            }
            Step::Close => {
                builder.close();
                pen = (f32::NAN, f32::NAN);
            }
        }
        fresh = false;
    }
    builder.finish()
}
