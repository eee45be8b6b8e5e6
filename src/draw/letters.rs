//! Where the glyphs of a line stand on the page, and their outlines as a path.

use std::str::FromStr;

use super::fonts::{Face, GlyphStep, UNITS_PER_EM};
use super::scene::{Align, Path, Pt, Step, TextStyle, pt};
use super::text::{Glyph, Line, SLANT};

/// By how much of the em signs without a bold cut are thickened on each side.
pub(super) const THICKENING: f64 = 0.018;

/// How the vector formats write text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lettering {
    /// As text, with the glyphs that it needs embedded: it can be searched, copied and edited.
    #[default]
    Text,
    /// As shapes, which look the same in programs that ignore embedded fonts.
    Outlines,
}

impl FromStr for Lettering {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "text" => Ok(Self::Text),
            "outlines" => Ok(Self::Outlines),
            _ => Err(format!(
                "\"{text}\" is not a way to write text: give text or outlines"
            )),
        }
    }
}

/// A line's place on the page: its baseline from the left end, turned and slanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    at: Pt,
    /// From the position to the left end of the line, along the baseline.
    start: f64,
    sin: f64,
    cos: f64,
    slant: f64,
    /// Pixels to a unit of the fonts.
    unit: f64,
}

impl Setting {
    pub fn new(line: &Line, at: Pt, style: &TextStyle) -> Self {
        let (sin, cos) = style.rotation.to_radians().sin_cos();
        Self {
            at,
            start: match style.align {
                Align::Left => 0.0,
                Align::Centre => -line.extent.width / 2.0,
                Align::Right => -line.extent.width,
            },
            sin,
            cos,
            slant: if style.italic { SLANT } else { 0.0 },
            unit: style.size / UNITS_PER_EM,
        }
    }

    /// A point of a glyph's outline on the page.
    pub fn place(&self, glyph: &Glyph, x: f32, y: f32) -> Pt {
        let up = glyph.y + f64::from(y) * self.unit;
        let right = self.start + glyph.x + f64::from(x) * self.unit + self.slant * up;
        pt(
            self.at.x + self.cos * right + self.sin * up,
            self.at.y + self.sin * right - self.cos * up,
        )
    }

    /// The matrix of the line's own axes, x from its left end along the baseline and y down, on
    /// the page: `a b c d e f` as in SVG.
    pub fn matrix(&self) -> [f64; 6] {
        let (sin, cos) = (self.sin, self.cos);
        [
            cos,
            sin,
            -sin - self.slant * cos,
            cos - self.slant * sin,
            self.at.x + cos * self.start,
            self.at.y + sin * self.start,
        ]
    }

    /// Whether the line is neither turned nor slanted.
    pub fn is_upright(&self) -> bool {
        self.slant == 0.0 && self.sin == 0.0 && self.cos == 1.0
    }
}

/// The outlines of a line of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    /// All of them; filled by the non-zero rule.
    pub all: Path,
    /// Those of signs that have no bold cut and must be thickened.
    pub thin: Path,
}

impl Letters {
    /// Sets a shaped line; `None` without ink or where it is nowhere.
    pub fn set(line: &Line, at: Pt, style: &TextStyle) -> Option<Self> {
        let setting = Setting::new(line, at, style);
        let mut letters = Self::default();
        for glyph in &line.glyphs {
            let from = letters.all.steps.len();
            let steps = &glyph.face.outline(glyph.id).steps;
            letters
                .all
                .steps
                .extend(steps.iter().map(|step| match *step {
                    GlyphStep::Move(x, y) => Step::Move(setting.place(glyph, x, y)),
                    GlyphStep::Line(x, y) => Step::Line(setting.place(glyph, x, y)),
                    GlyphStep::Quad(cx, cy, x, y) => {
                        Step::Quad(setting.place(glyph, cx, cy), setting.place(glyph, x, y))
                    }
                    GlyphStep::Close => Step::Close,
                }));
            if is_thin(glyph.face, style) {
                letters
                    .thin
                    .steps
                    .extend_from_slice(letters.all.steps.get(from..).unwrap_or_default());
            }
        }
        (style.size > 0.0 && letters.all.bounds().is_some()).then_some(letters)
    }
}

/// Whether glyphs of a face are lighter than the style asks for.
pub(super) fn is_thin(face: Face, style: &TextStyle) -> bool {
    style.bold && face == Face::Math
}
