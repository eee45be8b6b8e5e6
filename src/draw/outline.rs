//! Outlines for the raster: the scene's paths, circles and shaped text in device pixels.
//!
//! On the way, line vertices that cannot be told apart on the raster are dropped, and chains of
//! vertices that lie beyond one side of it are cut short, which changes no pixel.

use tiny_skia::{Path as Outline, PathBuilder};

use super::fonts::{GlyphStep, UNITS_PER_EM};
use super::scene::{Align, Path, Pt, Step, TextStyle, pt};
use super::text::{Line, SLANT};

/// Vertices closer than this to the last one kept are dropped, in device pixels.
const TOO_CLOSE: f64 = 0.1;

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
    fn map(&self, p: Pt) -> Pt {
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
    let mut builder = PathBuilder::with_capacity(path.steps.len(), path.steps.len());
    // The last vertex kept, and the last one seen if it was dropped since.
    let (mut kept, mut dropped) = (pt(f64::NAN, f64::NAN), None);
    // Sides that everything so far lies beyond.
    let mut all_beyond = 15;
    for step in &path.steps {
        if let Step::Line(p) = *step {
            let p = frame.map(p);
            let side = frame.beyond(p);
            all_beyond &= side;
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
                all_beyond &= frame.beyond(c);
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
                all_beyond &= frame.beyond(c) & frame.beyond(d);
            }
            Step::Close | Step::Line(_) => builder.close(),
        }
        all_beyond &= frame.beyond(kept);
    }
    if let Some(last) = dropped {
        line(&mut builder, last);
    }
    if all_beyond == 0 {
        builder.finish()
    } else {
        None
    }
}

fn line(builder: &mut PathBuilder, p: Pt) {
    builder.line_to(p.x as f32, p.y as f32);
}

/// A circle in device pixels; `None` if nothing of it can show.
pub(super) fn circle(centre: Pt, radius: f64, frame: Frame) -> Option<Outline> {
    let (c, r) = (frame.map(centre), radius * frame.scale);
    let corners = [pt(c.x - r, c.y - r), pt(c.x + r, c.y + r)];
    if frame.beyond(corners[0]) & frame.beyond(corners[1]) != 0 || !(r > 0.0) {
        return None;
    }
    PathBuilder::from_circle(c.x as f32, c.y as f32, r as f32)
}

/// The glyphs of a line of text in device pixels; `None` if there is no ink.
pub(super) fn text(line: &Line, at: Pt, style: &TextStyle, frame: Frame) -> Option<Outline> {
    let origin = frame.map(at);
    let (sin, cos) = style.rotation.to_radians().sin_cos();
    let start = match style.align {
        Align::Left => 0.0,
        Align::Centre => -line.extent.width / 2.0,
        Align::Right => -line.extent.width,
    };
    let unit = style.size / UNITS_PER_EM * frame.scale;
    let slant = if style.italic { SLANT } else { 0.0 };
    let mut builder = PathBuilder::new();
    for glyph in &line.glyphs {
        let (gx, gy) = ((start + glyph.x) * frame.scale, glyph.y * frame.scale);
        let place = |x: f32, y: f32| {
            let up = gy + f64::from(y) * unit;
            let right = gx + f64::from(x) * unit + slant * up;
            (
                (origin.x + cos * right + sin * up) as f32,
                (origin.y + sin * right - cos * up) as f32,
            )
        };
        for step in &glyph.face.outline(glyph.id).steps {
            match *step {
                GlyphStep::Move(x, y) => {
                    let (x, y) = place(x, y);
                    builder.move_to(x, y);
                }
                GlyphStep::Line(x, y) => {
                    let (x, y) = place(x, y);
                    builder.line_to(x, y);
                }
                GlyphStep::Quad(cx, cy, x, y) => {
                    let ((cx, cy), (x, y)) = (place(cx, cy), place(x, y));
                    builder.quad_to(cx, cy, x, y);
                }
                GlyphStep::Cubic(ax, ay, bx, by, x, y) => {
                    let ((ax, ay), (bx, by), (x, y)) = (place(ax, ay), place(bx, by), place(x, y));
                    builder.cubic_to(ax, ay, bx, by, x, y);
                }
                GlyphStep::Close => builder.close(),
            }
        }
    }
    builder.finish()
}
