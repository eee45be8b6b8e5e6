//! Text of the PDF: glyphs that know which letters they stand for, over a halo of outlines.
//!
//! The halo is drawn as shapes, so that a text is found and copied once.

use std::collections::BTreeMap;
use std::ops::Range;

use krilla::geom::{Point, Transform};
use krilla::paint::FillRule;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::path::outline;
use super::scattered::is_scattered;
use super::{Writer, filling, line};
use crate::draw::error::MissingGlyph;
use crate::draw::fonts::Face;
use crate::draw::letters::{Lettering, Letters, Setting, THICKENING, is_thin};
use crate::draw::scene::{Path, Pt, Stroke, TextStyle};
use crate::draw::text::{Glyph, Run, flatten, shape};

/// A character without ink or width in the Arabic fonts: the zero-width space.
const CARRIER: char = '\u{200b}';

/// The fonts as krilla knows them, by face.
#[derive(Default)]
pub(super) struct Fonts(BTreeMap<Face, Option<Font>>);

impl Fonts {
    /// `None` never happens with the embedded fonts.
    fn of(&mut self, face: Face) -> Option<Font> {
        self.0
            .entry(face)
            .or_insert_with(|| Font::new(face.bytes().into(), 0))
            .clone()
    }
}

impl Writer<'_> {
    /// Draws a line of text with its baseline at a point.
    pub(super) fn text(
        &mut self,
        text: &str,
        at: Pt,
        style: &TextStyle,
    ) -> Result<(), MissingGlyph> {
        let shaped = shape(text, style)?;
        let Some(letters) = Letters::set(&shaped, at, style) else {
            return Ok(());
        };
        let margin = style.halo.map_or(0.0, |(_, width)| width).max(style.size);
        let Some(all) = outline(&letters.all, self.page, margin) else {
            return Ok(());
        };
        if let Some((color, width)) = style.halo.filter(|(_, width)| *width > 0.0) {
            // Half of the stroke lies under the glyphs.
            self.surface.set_fill(None);
            self.surface
                .set_stroke(Some(line(&Stroke::new(color, 2.0 * width))));
            self.surface.draw_path(&all);
        }
        self.surface
            .set_fill(Some(filling(style.color, FillRule::NonZero)));
        self.surface.set_stroke(None);
        match self.lettering {
            Lettering::Outlines => {
                self.surface.draw_path(&all);
                self.thicken(&letters.thin, style);
            }
            Lettering::Text => {
                let text = &*flatten(text);
                let setting = Setting::new(&shaped, at, style);
                let [a, b, c, d, e, f] = setting.matrix().map(|v| v as f32);
                let turned = !setting.is_upright();
                let origin = if turned {
                    self.surface
                        .push_transform(&Transform::from_row(a, b, c, d, e, f));
                    (0.0, 0.0)
                } else {
                    (e, f)
                };
                for (run, glyphs) in shaped.parts() {
                    self.run(text, run, glyphs, origin, style);
                }
                if turned {
                    self.surface.pop();
                }
            }
        }
        Ok(())
    }

    /// Draws the glyphs of one run from the left end of its line.
    fn run(
        &mut self,
        text: &str,
        run: &Run,
        glyphs: &[Glyph],
        (x, y): (f32, f32),
        style: &TextStyle,
    ) {
        let (Some(font), Some(first)) = (self.fonts.of(run.face), glyphs.first()) else {
            return;
        };
        let marks = marks(text, run, glyphs);
        let places = marks.iter().map(|mark| mark.x);
        let steps = places.clone().skip(1).zip(places);
        let advances = steps.map(|(next, this)| next - this).chain([0.0]);
        let ems = |pixels: f64| (pixels / style.size) as f32;
        let mut glyphs: Vec<KrillaGlyph> = marks
            .iter()
            .zip(advances)
            .map(|(mark, advance)| {
                let id = GlyphId::new(mark.id);
                let letters = mark.letters.clone();
                KrillaGlyph::new(id, ems(advance), 0.0, ems(mark.y), 0.0, letters, None)
            })
            .collect();
        if is_scattered(run, style) {
            self.say_together(text, run, &mut glyphs, &font);
        }
        let start = Point::from_xy(x + first.x as f32, y);
        if is_thin(run.face, style) {
            self.surface.set_stroke(Some(line(&thickened(style))));
        }
        self.surface
            .draw_glyphs(start, &glyphs, font, text, style.size as f32, false);
        self.surface.set_stroke(None);
    }

    /// Thickens the outlines of signs that have no bold cut.
    fn thicken(&mut self, thin: &Path, style: &TextStyle) {
        if let Some(thin) = outline(thin, self.page, style.size) {
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(line(&thickened(style))));
            self.surface.draw_path(&thin);
        }
    }
}

fn thickened(style: &TextStyle) -> Stroke {
    Stroke::new(style.color, 2.0 * THICKENING * style.size)
}

/// A glyph and the letters that it stands for.
struct Mark {
    id: u32,
    x: f64,
    y: f64,
    /// Bytes of the text.
    letters: Range<usize>,
}

/// The glyphs of a run, in visual order, with their letters.
///
/// From the right each stands for one letter: most readers turn the glyphs round but not the
/// letters of one glyph, so of lam and alef as one sign they would make alef and lam. The letters
/// for which a sign is too few go to signs without ink behind it.
fn marks(text: &str, run: &Run, glyphs: &[Glyph]) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(glyphs.len());
    let mark = |glyph: &Glyph, letters| Mark {
        id: glyph.id,
        x: glyph.x,
        y: glyph.y,
        letters,
    };
    for cluster in glyphs.chunk_by(|a, b| a.cluster == b.cluster) {
        let (Some(first), Some(last)) = (cluster.first(), cluster.last()) else {
            continue;
        };
        let end = cluster_end(glyphs, first.cluster, run.end);
        let letters = text.get(first.cluster..end).unwrap_or_default();
        let carrier = run.face.glyph(CARRIER);
        let count = letters.chars().count();
        let (true, Some(carrier)) = (run.rtl && cluster.len() <= count, carrier) else {
            marks.extend(cluster.iter().map(|glyph| mark(glyph, first.cluster..end)));
            continue;
        };
        let behind = Glyph {
            id: carrier,
            x: last.x + last.advance,
            y: 0.0,
            ..*last
        };
        let signs = cluster.iter().chain(std::iter::repeat(&behind));
        for ((offset, letter), sign) in letters.char_indices().rev().zip(signs) {
            let from = first.cluster + offset;
            marks.push(mark(sign, from..from + letter.len_utf8()));
        }
    }
    marks
}

/// Where the letters of a cluster end: at the next cluster of its run.
fn cluster_end(glyphs: &[Glyph], start: usize, end_of_run: usize) -> usize {
    let others = glyphs.iter().map(|glyph| glyph.cluster);
    let later = others.filter(|&other| other > start);
    later.min().unwrap_or(end_of_run)
}
