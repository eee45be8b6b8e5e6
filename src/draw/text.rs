//! Shaping: a line of text in logical order → glyphs in visual order.
//!
//! The Unicode bidirectional algorithm (UAX 9, by `unicode-bidi`) orders the runs; the base
//! direction is that of the first strong letter. Each character takes the first face of the stack
//! that has it, which is also what a browser does with the font list of the SVG; joiners and
//! combining marks stay with their letter. `harfrust` (HarfBuzz) shapes each run. Cost: about 10 µs
//! a label.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use harfrust::{Buffer, Direction, Feature, ShapeOptions, ShaperFont, Tag};
use rustc_hash::FxHashMap;
use unicode_bidi::{BidiInfo, Level};

use super::error::MissingGlyph;
use super::fonts::{ASCENDER, DESCENDER, Face, UNITS_PER_EM};
use super::scene::TextStyle;

/// Lean of synthetic italics: tan 12°.
pub const SLANT: f64 = 0.212_556_561_670_022;

/// How much room a line of text takes, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extent {
    /// Advance width, without the halo.
    pub width: f64,
    /// Height above the baseline: that of the ink, but at least that of an `l`, so that lines of
    /// one size align whatever their letters.
    pub ascent: f64,
    /// Depth below the baseline (positive): that of the ink, but at least that of a `g`.
    pub descent: f64,
    /// Height of the ink alone above the baseline (negative if all of it lies below).
    pub ink_ascent: f64,
    /// Depth of the ink alone below the baseline (negative if all of it lies above).
    pub ink_descent: f64,
}

impl Extent {
    /// Ascent and descent together.
    pub fn height(&self) -> f64 {
        self.ascent + self.descent
    }
}

/// The room that a text takes.
///
/// # Errors
/// If a character is in no embedded font.
pub fn measure(text: &str, style: &TextStyle) -> Result<Extent, MissingGlyph> {
    Ok(shape(text, style)?.extent)
}

/// A glyph of a shaped line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub face: Face,
    pub id: u32,
    /// Pixels from the left end of the line.
    pub x: f64,
    /// Pixels above the baseline.
    pub y: f64,
    /// Pixels from its pen position to that of the next glyph.
    pub advance: f64,
    /// Byte of the flattened text at which its cluster starts.
    pub cluster: usize,
}

/// A shaped line, in visual order from the left.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// With and without ink.
    pub glyphs: Vec<Glyph>,
    /// The runs that they are of, each with the number of glyphs up to its end.
    pub runs: Vec<(Run, usize)>,
    pub extent: Extent,
}

impl Line {
    /// The glyphs of each run, in visual order.
    pub fn parts(&self) -> impl Iterator<Item = (&Run, &[Glyph])> {
        let mut from = 0;
        self.runs.iter().map(move |(run, end)| {
            let part = self.glyphs.get(from..*end).unwrap_or_default();
            from = *end;
            (run, part)
        })
    }
}

/// A stretch of one face and one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub face: Face,
    pub rtl: bool,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
}

/// A line cut into runs, in visual order from the left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Itemised {
    pub runs: Vec<Run>,
    /// Whether the line as a whole runs from the right.
    pub rtl: bool,
}

impl Itemised {
    /// Letters that join must not be set apart.
    pub fn may_be_spaced(&self) -> bool {
        !self.runs.iter().any(|run| run.face.is_arabic())
    }
}

/// What shapes a line besides its text: whether it is bold, and the bits of size and spacing.
type Shaping = (bool, u64, u64);

/// Shaped lines by their text.
type Lines = FxHashMap<Box<str>, Rc<Line>>;

thread_local! {
    /// Lines that were shaped: each is measured before it is drawn, and maps of a batch say much the same.
    static SHAPED: RefCell<FxHashMap<Shaping, Lines>> = RefCell::default();
}

/// More lines than this of one shaping are forgotten, and more shapings.
const REMEMBERED: usize = 1024;

/// Shapes a line, or finds it among those that were shaped.
pub(super) fn shape(text: &str, style: &TextStyle) -> Result<Rc<Line>, MissingGlyph> {
    let shaping = (style.bold, style.size.to_bits(), style.spacing.to_bits());
    SHAPED.with_borrow_mut(|shaped| {
        if shaped.len() > REMEMBERED {
            shaped.clear();
        }
        let lines = shaped.entry(shaping).or_default();
        if let Some(line) = lines.get(text) {
            return Ok(Rc::clone(line));
        }
        let line = Rc::new(shape_anew(text, style)?);
        if lines.len() > REMEMBERED {
            lines.clear();
        }
        lines.insert(text.into(), Rc::clone(&line));
        Ok(line)
    })
}

fn shape_anew(text: &str, style: &TextStyle) -> Result<Line, MissingGlyph> {
    let text = &*flatten(text);
    let items = itemise(text, style.bold)?;
    let spacing = if items.may_be_spaced() {
        style.spacing
    } else {
        0.0
    };
    // Letters set apart make no ligatures.
    let apart = [b"liga", b"clig"].map(|tag| Feature::new(Tag::new(tag), 0, ..));
    let features: &[Feature] = if spacing == 0.0 { &[] } else { &apart };
    let scale = style.size / UNITS_PER_EM;
    let mut line = Line::default();
    let (mut pen, mut top, mut bottom) = (0.0, f64::MIN, f64::MAX);
    let mut inked = false;
    for run in items.runs {
        let Some(font) = run.face.font() else {
            continue;
        };
        let mut buffer = Buffer::new();
        let part = text.get(run.start..run.end).unwrap_or_default();
        for (offset, character) in part.char_indices() {
            buffer.push(u32::from(character), offset as u32);
        }
        buffer.set_direction(if run.rtl {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        buffer.set_script(Some(run.face.script()));
        let plan = if features.is_empty() {
            run.face.plan(run.rtl)
        } else {
            None
        };
        let options = ShapeOptions::new().plan(plan).features(features);
        // Only an unset or mismatched direction or script fails, and both are set above.
        if harfrust::shape(&ShaperFont::new(font), &mut buffer, options).is_err() {
            continue;
        }
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let glyph = Glyph {
                face: run.face,
                id: info.glyph_id,
                x: pen + f64::from(position.x_offset) * scale,
                y: f64::from(position.y_offset) * scale,
                advance: f64::from(position.x_advance) * scale,
                cluster: run.start + info.cluster as usize,
            };
            let outline = run.face.outline(glyph.id);
            if !outline.steps.is_empty() {
                top = top.max(glyph.y + f64::from(outline.top) * scale);
                bottom = bottom.min(glyph.y + f64::from(outline.bottom) * scale);
                inked = true;
            }
            line.glyphs.push(glyph);
            pen += f64::from(position.x_advance) * scale;
            if position.x_advance != 0 {
                pen += spacing;
            }
        }
        line.runs.push((run, line.glyphs.len()));
    }
    if pen > 0.0 {
        pen -= spacing;
    }
    let (ink_ascent, ink_descent) = if inked { (top, -bottom) } else { (0.0, 0.0) };
    line.extent = Extent {
        width: pen,
        ascent: ink_ascent.max(ASCENDER * style.size),
        descent: ink_descent.max(DESCENDER * style.size),
        ink_ascent,
        ink_descent,
    };
    Ok(line)
}

/// Cuts a flattened line into runs of one face and direction, in visual order.
pub(super) fn itemise(text: &str, bold: bool) -> Result<Itemised, MissingGlyph> {
    let faces = faces(text, bold)?;
    // Nothing before Hebrew runs from the right.
    if text.chars().all(|c| c < '\u{590}') {
        return Ok(Itemised {
            runs: cut(&faces, 0, text.len(), false),
            rtl: false,
        });
    }
    let bidi = BidiInfo::new(text, None);
    let mut items = Itemised::default();
    // A flattened text is one paragraph.
    for paragraph in &bidi.paragraphs {
        items.rtl |= paragraph.level.is_rtl();
        let (levels, ranges) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for range in ranges {
            let rtl = levels.get(range.start).is_some_and(Level::is_rtl);
            let mut runs = cut(&faces, range.start, range.end, rtl);
            if rtl {
                runs.reverse();
            }
            items.runs.append(&mut runs);
        }
    }
    Ok(items)
}

/// The face of each character: (byte offset, face).
fn faces(text: &str, bold: bool) -> Result<Vec<(usize, Face)>, MissingGlyph> {
    let stack = Face::stack(bold);
    let mut faces: Vec<(usize, Face)> = Vec::with_capacity(text.len());
    for (offset, character) in text.char_indices() {
        let before = faces.last().map(|&(_, face)| face);
        let face = if is_invisible(character) {
            before.or(Some(stack[0]))
        } else {
            before
                .filter(|face| is_mark(character) && face.has(character))
                .or_else(|| stack.into_iter().find(|face| face.has(character)))
        };
        let Some(face) = face else {
            return Err(MissingGlyph {
                character,
                text: text.to_owned(),
            });
        };
        faces.push((offset, face));
    }
    Ok(faces)
}

/// The runs of one face within a stretch of bytes, in logical order.
fn cut(faces: &[(usize, Face)], start: usize, end: usize, rtl: bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let from = faces.partition_point(|&(offset, _)| offset < start);
    for &(offset, face) in faces[from..]
        .iter()
        .take_while(|&&(offset, _)| offset < end)
    {
        match runs.last_mut() {
            Some(run) if run.face == face => {}
            Some(run) => {
                run.end = offset;
                runs.push(Run {
                    face,
                    rtl,
                    start: offset,
                    end,
                });
            }
            None => runs.push(Run {
                face,
                rtl,
                start: offset,
                end,
            }),
        }
    }
    runs
}

/// The text as one line: breaks and tabs become spaces.
pub(super) fn flatten(text: &str) -> Cow<'_, str> {
    const BREAKS: [char; 7] = ['\t', '\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}'];
    if text.contains(BREAKS) {
        text.replace(BREAKS, " ").into()
    } else {
        text.into()
    }
}

/// Characters that steer the layout and have no ink, so that no font need have them.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Combining marks of the embedded scripts.
fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}
