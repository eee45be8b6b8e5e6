//! Text along a curve: letter by letter, each at a place and an angle of its own.
//!
//! Letters that join (Arabic) keep together as words. The halo is one shape under all of the text,
//! so that none of it lies over a neighbouring letter.

use std::ops::Range;

use unicode_bidi::{BidiClass, bidi_class};

use super::error::MissingGlyph;
use super::letters::Letters;
use super::scene::{Align, Path, Pt, TextStyle};
use super::text::{measure, shape};

/// A part of a text that is set as one: a letter with its marks, or a word whose letters join.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// Its left end, in pixels from the left end of the text.
    pub x: f64,
    /// Its width.
    pub width: f64,
}

/// A part on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct SetPart {
    /// Its bytes of the text.
    pub bytes: Range<usize>,
    /// The left end of its baseline.
    pub at: Pt,
    /// Degrees, clockwise.
    pub rotation: f64,
}

/// Cuts a text into the parts that a curve can bend between, from left to right; `spacing` pixels
/// lie between letters. None of spaces.
///
/// # Errors
/// If a character is in no embedded font.
pub fn parts(text: &str, style: &TextStyle, spacing: f64) -> Result<Vec<Part>, MissingGlyph> {
    let plain = TextStyle {
        spacing: 0.0,
        ..style.clone()
    };
    if text.chars().any(joins) {
        return words(text, &plain);
    }
    let width = |part: &str| Ok(measure(part, &plain)?.width);
    let starts = text.char_indices().filter(|(_, c)| !is_mark(*c));
    let mut ends: Vec<usize> = starts.map(|(i, _)| i).skip(1).collect();
    ends.push(text.len());
    let (mut parts, mut start) = (Vec::new(), 0);
    for (i, end) in ends.into_iter().enumerate() {
        let letter = text.get(start..end).unwrap_or_default();
        let own = width(letter)?;
        // Up to its end: so the kerning before it counts.
        let x = width(text.get(..end).unwrap_or_default())? - own + i as f64 * spacing;
        if !letter.trim().is_empty() {
            parts.push(Part {
                bytes: start..end,
                x,
                width: own,
            });
        }
        start = end;
    }
    Ok(parts)
}

/// The words of a text; in one that runs from the right, the last is leftmost.
fn words(text: &str, style: &TextStyle) -> Result<Vec<Part>, MissingGlyph> {
    let space = measure("n n", style)?.width - measure("nn", style)?.width;
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for word in text.split(' ') {
        words.push(start..start + word.len());
        start += word.len() + 1;
    }
    let strong = text.chars().map(bidi_class);
    let rtl = strong
        .filter(|c| matches!(c, BidiClass::L | BidiClass::R | BidiClass::AL))
        .map(|c| c != BidiClass::L)
        .next();
    if rtl == Some(true) {
        words.reverse();
    }
    let (mut parts, mut x) = (Vec::new(), 0.0);
    for bytes in words.into_iter().filter(|w| !w.is_empty()) {
        let width = measure(text.get(bytes.clone()).unwrap_or_default(), style)?.width;
        parts.push(Part { bytes, x, width });
        x += width + space;
    }
    Ok(parts)
}

/// Letters that must not be set apart.
fn joins(c: char) -> bool {
    bidi_class(c) == BidiClass::AL
}

/// What stands above or below the letter before it.
fn is_mark(c: char) -> bool {
    bidi_class(c) == BidiClass::NSM
}

/// The outlines of a text with its baseline's left end at a point.
pub(super) fn outline(
    text: &str,
    at: Pt,
    rotation: f64,
    style: &TextStyle,
) -> Result<Path, MissingGlyph> {
    let style = TextStyle {
        align: Align::Left,
        rotation,
        ..style.clone()
    };
    let letters = Letters::set(&*shape(text, &style)?, at, &style);
    Ok(letters.map(|l| l.all).unwrap_or_default())
}
