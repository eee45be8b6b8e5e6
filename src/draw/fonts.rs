//! The embedded fonts: Noto Sans, Noto Sans Arabic and a few signs of Noto Sans Math.
//!
//! Each is parsed once per process; glyph outlines are decoded once per glyph. Both caches may be
//! read by many threads. Where the bytes come from: `data/fonts/SOURCES.md`.

use std::sync::OnceLock;

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{Direction, Font, GlyphId, Script, ShapePlan};

/// Units of the em in every embedded font.
pub const UNITS_PER_EM: f64 = 1000.0;
/// Height of capitals of Noto Sans, in ems.
pub const CAP_HEIGHT: f64 = 0.714;
/// Height of its tall letters (f, l, d), in ems.
pub const ASCENDER: f64 = 0.77;
/// Reach of its descenders (g, p, y) below the baseline, in ems.
pub const DESCENDER: f64 = 0.24;
/// Ascent and descent of a line of Noto Sans (its `hhea` table), in ems.
pub const LINE: (f64, f64) = (1.069, 0.293);

/// One embedded font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Noto Sans Regular.
    Sans,
    /// Noto Sans Bold.
    SansBold,
    /// Noto Sans Arabic Regular.
    Arabic,
    /// Noto Sans Arabic Bold.
    ArabicBold,
    /// Noto Sans Math Regular: arrows, ≥ ≤ − ≈.
    Math,
}

impl Face {
    /// All of them.
    pub const ALL: [Face; 5] = [
        Face::Sans,
        Face::SansBold,
        Face::Arabic,
        Face::ArabicBold,
        Face::Math,
    ];

    /// The faces that are tried for a character, in this order.
    pub fn stack(bold: bool) -> [Face; 3] {
        if bold {
            [Face::SansBold, Face::ArabicBold, Face::Math]
        } else {
            [Face::Sans, Face::Arabic, Face::Math]
        }
    }

    /// The family name that SVG knows it by.
    pub fn family(self) -> &'static str {
        match self {
            Face::Sans | Face::SansBold => "Noto Sans",
            Face::Arabic | Face::ArabicBold => "Noto Sans Arabic",
            Face::Math => "Noto Sans Math",
        }
    }

    /// Whether this is a bold cut.
    pub fn is_bold(self) -> bool {
        matches!(self, Face::SansBold | Face::ArabicBold)
    }

    /// Whether it is a face of the Arabic script.
    pub fn is_arabic(self) -> bool {
        matches!(self, Face::Arabic | Face::ArabicBold)
    }

    /// The font file (TrueType).
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Face::Sans => include_bytes!("../../data/fonts/NotoSans-Regular.ttf"),
            Face::SansBold => include_bytes!("../../data/fonts/NotoSans-Bold.ttf"),
            Face::Arabic => include_bytes!("../../data/fonts/NotoSansArabic-Regular.ttf"),
            Face::ArabicBold => include_bytes!("../../data/fonts/NotoSansArabic-Bold.ttf"),
            Face::Math => include_bytes!("../../data/fonts/NotoSansMath-Regular.ttf"),
        }
    }

    /// The script that its letters are shaped as.
    pub fn script(self) -> Script {
        if self.is_arabic() {
            Script::ARABIC
        } else {
            Script::LATIN
        }
    }

    /// Whether it has a glyph for the character.
    pub fn has(self, character: char) -> bool {
        self.glyph(character).is_some()
    }

    /// Its glyph for the character.
    pub(super) fn glyph(self, character: char) -> Option<u32> {
        let glyph = self.loaded()?.font.charmap().map_unicode(character)?;
        Some(glyph.to_u32())
    }

    /// The parsed font; `None` never happens with the fonts of the repository, which a test reads.
    pub(super) fn font(self) -> Option<&'static Font> {
        self.loaded().map(|l| &l.font)
    }

    /// The shaping plan of this face in one direction.
    pub(super) fn plan(self, rtl: bool) -> Option<&'static ShapePlan> {
        let loaded = self.loaded()?;
        let (slot, direction) = if rtl {
            (&loaded.plans[1], Direction::RightToLeft)
        } else {
            (&loaded.plans[0], Direction::LeftToRight)
        };
        Some(slot.get_or_init(|| {
            ShapePlan::new(&loaded.font, direction, Some(self.script()), None, &[])
        }))
    }

    /// The outline of a glyph in font units, y up. Empty for a space.
    pub(super) fn outline(self, glyph: u32) -> &'static Outline {
        static EMPTY: Outline = Outline {
            steps: Vec::new(),
            top: 0.0,
            bottom: 0.0,
        };
        let Some(loaded) = self.loaded() else {
            return &EMPTY;
        };
        let Some(slot) = loaded.outlines.get(glyph as usize) else {
            return &EMPTY;
        };
        slot.get_or_init(|| Outline::of(&loaded.font, glyph))
    }

    fn loaded(self) -> Option<&'static Loaded> {
        static LOADED: [OnceLock<Option<Loaded>>; 5] = [const { OnceLock::new() }; 5];
        LOADED[self as usize]
            .get_or_init(|| {
                let font = Font::new(self.bytes(), 0)?;
                let outlines = (0..font.num_glyphs()).map(|_| OnceLock::new()).collect();
                Some(Loaded {
                    font,
                    plans: Default::default(),
                    outlines,
                })
            })
            .as_ref()
    }
}

struct Loaded {
    font: Font,
    /// Left to right, right to left.
    plans: [OnceLock<ShapePlan>; 2],
    /// By glyph id.
    outlines: Vec<OnceLock<Outline>>,
}

/// One step of a glyph's outline, in font units, y up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum GlyphStep {
    Move(f32, f32),
    Line(f32, f32),
    Quad(f32, f32, f32, f32),
    Close,
}

/// A glyph's outline.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    pub steps: Vec<GlyphStep>,
    /// Highest ink above the baseline (0 without ink), by control points.
    pub top: f32,
    /// Lowest ink, negative below the baseline.
    pub bottom: f32,
}

impl Outline {
    fn of(font: &Font, glyph: u32) -> Self {
        let mut outline = Outline {
            steps: Vec::new(),
            top: f32::MIN,
            bottom: f32::MAX,
        };
        if let Some(shape) = font.outline_glyphs().get(GlyphId::new(glyph)) {
            // A broken glyph would leave what was drawn so far.
            let _ = shape.draw(&DrawOptions::new(), DrawMemory::default(), &mut outline);
        }
        if outline.steps.is_empty() {
            (outline.top, outline.bottom) = (0.0, 0.0);
        }
        outline
    }

    fn reach(&mut self, y: f32) {
        self.top = self.top.max(y);
        self.bottom = self.bottom.min(y);
    }
}

impl PathSink for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.reach(y);
        self.steps.push(GlyphStep::Move(x, y));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.reach(y);
        self.steps.push(GlyphStep::Line(x, y));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.reach(cy);
        self.reach(y);
        self.steps.push(GlyphStep::Quad(cx, cy, x, y));
    }
    // TrueType, the format of the embedded fonts, has quadratic curves only.
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.quad_to((ax + bx) / 2.0, (ay + by) / 2.0, x, y);
    }
    fn close(&mut self) {
        self.steps.push(GlyphStep::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_is_readable_and_drawn_on_a_grid_of_a_thousand() {
        for face in Face::ALL {
            let font = face.font().expect("an embedded font");
            assert_eq!(f64::from(font.units_per_em()), UNITS_PER_EM, "{face:?}");
        }
    }

    #[test]
    fn the_stack_has_every_letter_that_maps_of_the_region_need() {
        let wanted = "ḥṣṭḍẓḤṢṬḌẒʿʾʼāīūĀĪŪġḏṯḫḵẖ‘’“”–—…·×°²³km§†‡•‰€₺№™\
                      çÇğĞıİöÖşŞüÜêÊîÎûÛəřňḧẍàéèñßœ→←↑↓≥≤≠≈−∞\
                      ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژگکیڤۆێەڵڕھ،؛؟٪٠١٢٣٤٥٦٧٨٩۰۱۲۳ًٌٍَُِّْـ";
        for bold in [false, true] {
            for character in wanted.chars() {
                assert!(
                    Face::stack(bold).iter().any(|face| face.has(character)),
                    "U+{:04X} {character}",
                    character as u32
                );
            }
        }
    }

    #[test]
    fn outlines_have_ink_and_spaces_have_none() {
        let charmap = Face::Sans.font().expect("an embedded font").charmap();
        let outline =
            |c: char| Face::Sans.outline(charmap.map_unicode(c).expect("a glyph").to_u32());
        assert_eq!(f64::from(outline('H').top), CAP_HEIGHT * UNITS_PER_EM);
        for letter in 'a'..='z' {
            assert!(
                f64::from(outline(letter).top) <= ASCENDER * UNITS_PER_EM,
                "{letter}"
            );
            assert!(
                f64::from(-outline(letter).bottom) <= DESCENDER * UNITS_PER_EM,
                "{letter}"
            );
        }
        assert!(outline(' ').steps.is_empty());
    }
}
