//! Outlines for the raster: the scene's paths in device pixels.
//!
//! On the way, line vertices that cannot be told apart on the raster are dropped, and chains of
//! vertices that lie beyond one side of it are cut short, which changes no pixel.

use tiny_skia::{Path as Outline, PathBuilder};

use crate::draw::scene::{Path, Pt, Step, pt};

/// Vertices closer than this to the last one kept are dropped, in device pixels.
const TOO_CLOSE: f64 = 0.1;

/// Paths that reach farther than this many device pixels are not drawn: single precision ends.
const FARTHEST: f64 = 1e9;

/// How the scene's pixels become a raster's, and which of them it shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Device pixels to a pixel of the scene.
    pub scale: f64,
    /// The raster's corner on the page, in device pixels.
    pub left: f64,
    pub top: f64,
    /// Its size in device pixels.
    pub width: f64,
    pub height: f64,
    /// How far beyond it a stroke may still reach in.
    pub margin: f64,
}

impl Frame {
    /// A point of the scene on this raster.
    pub fn map(&self, p: Pt) -> Pt {
        pt(p.x * self.scale - self.left, p.y * self.scale - self.top)
    }

    /// The sides of the raster that a point lies beyond, as bits.
    fn beyond(&self, p: Pt) -> u8 {
        let reach = self.margin + 1.0;
        u8::from(p.x < -reach)
            | u8::from(p.x > self.width + reach) << 1
            | u8::from(p.y < -reach) << 2
            | u8::from(p.y > self.height + reach) << 3
    }
}

/// A path in device pixels; `None` if nothing of it can show.
pub(super) fn outline(path: &Path, frame: Frame) -> Option<Outline> {
    let (low, high) = path.bounds()?;
    let (low, high) = (frame.map(low), frame.map(high));
    let sane = [low, high]
        .iter()
        .all(|p| p.x.abs() < FARTHEST && p.y.abs() < FARTHEST);
    if !sane || frame.beyond(low) & frame.beyond(high) != 0 {
        return None;
    }
    let mut builder = PathBuilder::with_capacity(path.steps.len(), path.steps.len());
    // The last vertex kept, and the last one seen if it was dropped since.
    let (mut kept, mut dropped) = (pt(f64::NAN, f64::NAN), None);
    for step in &path.steps {
        if let Step::Line(p) = *step {
            let p = frame.map(p);
            let side = frame.beyond(p);
            let close = (p.x - kept.x).abs() < TOO_CLOSE && (p.y - kept.y).abs() < TOO_CLOSE;
            if close || side & frame.beyond(kept) != 0 {
                dropped = Some(p);
                continue;
            }
            if let Some(last) = dropped.take()
                && frame.beyond(last) != 0
            {
                line(&mut builder, last);
            }
            line(&mut builder, p);
            kept = p;
            continue;
        }
        // The end of a line is kept where it is.
        if let Some(last) = dropped.take() {
            line(&mut builder, last);
            kept = last;
        }
        match *step {
            Step::Move(p) => {
                kept = frame.map(p);
                builder.move_to(kept.x as f32, kept.y as f32);
            }
            Step::Quad(c, p) => {
                let c = frame.map(c);
                kept = frame.map(p);
                builder.quad_to(c.x as f32, c.y as f32, kept.x as f32, kept.y as f32);
            }
            Step::Cubic(c, d, p) => {
                let (c, d) = (frame.map(c), frame.map(d));
                kept = frame.map(p);
                builder.cubic_to(
                    c.x as f32,
                    c.y as f32,
                    d.x as f32,
                    d.y as f32,
                    kept.x as f32,
                    kept.y as f32,
                );
            }
            Step::Close | Step::Line(_) => builder.close(),
        }
    }
    if let Some(last) = dropped {
        line(&mut builder, last);
    }
    builder.finish()
}

fn line(builder: &mut PathBuilder, p: Pt) {
    builder.line_to(p.x as f32, p.y as f32);
}
