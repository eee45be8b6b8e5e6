//! Glyphs on the raster: exact-area coverage of the letters, exact distance for the halo.
//!
//! Letters are small and many, so they do not go through the general path filler: the signed-area
//! accumulation of font-rs (crate `ab_glyph_rasterizer`) is faster and has 256 levels. A halo is
//! every pixel within its width of an outline; the squared distance to each straight piece is
//! taken over the few pixels around it. Cost: about 30 µs a label at 96 dpi.

use ab_glyph_rasterizer::{Rasterizer, point};

use super::outline::Frame;
use crate::draw::fonts::GlyphStep;
use crate::draw::letters::{Setting, is_thin};
use crate::draw::scene::{Pt, TextStyle, pt};
use crate::draw::text::Line;

/// Greatest distance between a curve and its straight pieces, in device pixels.
const TOLERANCE: f64 = 0.05;

/// A straight piece of an outline, in device pixels.
pub(super) type Piece = (Pt, Pt);

/// The outlines of a line of text in straight pieces, and those of signs that have no bold cut and
/// must be thickened.
#[derive(Default)]
pub(super) struct Pieces {
    pub all: Vec<Piece>,
    pub thin: Vec<Piece>,
    pub low: Pt,
    pub high: Pt,
}

/// Lays out a shaped line on a raster; `None` if there is no ink.
pub(super) fn pieces(line: &Line, at: Pt, style: &TextStyle, frame: Frame) -> Option<Pieces> {
    let setting = Setting::new(line, at, style);
    let mut out = Pieces::default();
    for glyph in &line.glyphs {
        let place = |x: f32, y: f32| frame.map(setting.place(glyph, x, y));
        let from = out.all.len();
        flatten(&glyph.face.outline(glyph.id).steps, place, &mut out.all);
        if is_thin(glyph.face, style) {
            out.thin.extend_from_slice(&out.all[from..]);
        }
    }
    let first = out.all.first()?.0;
    (out.low, out.high) = (first, first);
    for &(_, p) in &out.all {
        out.low = pt(out.low.x.min(p.x), out.low.y.min(p.y));
        out.high = pt(out.high.x.max(p.x), out.high.y.max(p.y));
    }
    (out.low.is_finite() && out.high.is_finite()).then_some(out)
}

/// An outline in straight pieces; open contours are closed.
fn flatten(steps: &[GlyphStep], place: impl Fn(f32, f32) -> Pt, out: &mut Vec<Piece>) {
    let (mut start, mut pen) = (pt(0.0, 0.0), pt(0.0, 0.0));
    let mut line = |pen: &mut Pt, to: Pt| {
        if *pen != to {
            out.push((*pen, to));
            *pen = to;
        }
    };
    for step in steps {
        match *step {
            GlyphStep::Move(x, y) => {
                line(&mut pen, start);
                start = place(x, y);
                pen = start;
            }
            GlyphStep::Line(x, y) => line(&mut pen, place(x, y)),
            GlyphStep::Quad(cx, cy, x, y) => {
                let (a, c, b) = (pen, place(cx, cy), place(x, y));
                let (dx, dy) = (a.x - 2.0 * c.x + b.x, a.y - 2.0 * c.y + b.y);
                let bulge = (dx * dx + dy * dy).sqrt() / 4.0;
                let parts = (bulge / TOLERANCE).sqrt().ceil().clamp(1.0, 64.0);
                for part in 1..=parts as u32 {
                    let t = f64::from(part) / parts;
                    let (p, q, r) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
                    line(
                        &mut pen,
                        pt(p * a.x + q * c.x + r * b.x, p * a.y + q * c.y + r * b.y),
                    );
                }
            }
            GlyphStep::Close => line(&mut pen, start),
        }
    }
    line(&mut pen, start);
}

/// Coverage, row by row from the top, of the inside of outlines by the non-zero rule.
///
/// Outlines may reach beyond the `width` × `height` window whose corner is at `corner`.
pub(super) fn inside(pieces: &[Piece], corner: Pt, width: usize, height: usize) -> Vec<f32> {
    let mut rasterizer = Rasterizer::new(width, height);
    let right = width as f64;
    for &(a, b) in pieces {
        let (a, b) = (
            pt(a.x - corner.x, a.y - corner.y),
            pt(b.x - corner.x, b.y - corner.y),
        );
        let mut draw = |a: Pt, b: Pt| {
            let on = |p: Pt| point(p.x.clamp(0.0, right) as f32, p.y as f32);
            rasterizer.draw_line(on(a), on(b));
        };
        // What lies left of the window still counts, as if on its edge; so a piece that crosses
        // the edges is cut there.
        let mut cuts = [0.0, right].map(|x| (x - a.x) / (b.x - a.x));
        cuts.sort_by(f64::total_cmp);
        let mut from = a;
        for t in cuts {
            if t > 0.0 && t < 1.0 {
                let to = pt(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y));
                draw(from, to);
                from = to;
            }
        }
        draw(from, b);
    }
    let mut cover = vec![0.0; width * height];
    rasterizer.for_each_pixel(|index, area| {
        if let Some(cover) = cover.get_mut(index) {
            *cover = area.abs().min(1.0);
        }
    });
    cover
}

/// Widens a coverage by all that lies within `reach` of the outlines.
pub(super) fn widen(cover: &mut [f32], pieces: &[Piece], corner: Pt, width: usize, reach: f32) {
    let far = reach + 0.5;
    let mut nearest = vec![f32::MAX; cover.len()];
    let rows = cover.len().checked_div(width).unwrap_or(0);
    for &(a, b) in pieces {
        let (ax, ay) = ((a.x - corner.x) as f32, (a.y - corner.y) as f32);
        let (dx, dy) = ((b.x - a.x) as f32, (b.y - a.y) as f32);
        let per_length = 1.0 / (dx * dx + dy * dy).max(f32::MIN_POSITIVE);
        // Pixels whose centres may be near enough; casts to unsigned stop at 0.
        let left = (ax.min(ax + dx) - far) as usize;
        let right = ((ax.max(ax + dx) + far + 1.0) as usize).min(width);
        let top = (ay.min(ay + dy) - far) as usize;
        let bottom = ((ay.max(ay + dy) + far + 1.0) as usize).min(rows);
        let from = left as f32 + 0.5 - ax;
        for y in top..bottom {
            let wy = y as f32 + 0.5 - ay;
            let row = nearest
                .get_mut(y * width + left..y * width + right)
                .unwrap_or_default();
            for (i, nearest) in (0i32..).zip(row) {
                let wx = from + i as f32;
                let t = (wx * dx + wy * dy) * per_length;
                let t = if t > 0.0 { t } else { 0.0 };
                let t = if t < 1.0 { t } else { 1.0 };
                let (ex, ey) = (wx - t * dx, wy - t * dy);
                let squared = ex * ex + ey * ey;
                *nearest = if squared < *nearest {
                    squared
                } else {
                    *nearest
                };
            }
        }
    }
    for (cover, nearest) in cover.iter_mut().zip(nearest) {
        *cover = cover.max((far - nearest.sqrt()).clamp(0.0, 1.0));
    }
}
