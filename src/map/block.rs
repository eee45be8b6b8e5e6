//! A name as it is set: one line or several, measured, drawn straight or along a curve.

use super::spots::Spot;
use super::track;
use crate::draw::curved::{Part, parts};
use crate::draw::{
    Align, Canvas, Color, MissingGlyph, Path, SLANT, Stroke, TextStyle, measure, pt,
};

/// Room above each line but the first, in ems of it.
const LEAD: f64 = 0.12;
/// Width of the line from a symbol to a name far off, in ems.
const LEADER: f64 = 0.06;
/// A second line, the same name in the other script, is a little smaller.
const SECOND: f64 = 0.94;

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}')
}

/// One line of a name.
#[derive(Clone, Debug)]
struct Line {
    text: String,
    style: TextStyle,
    width: f64,
    ascent: f64,
    height: f64,
}

/// A name of one or more lines, measured.
#[derive(Clone, Debug)]
pub(super) struct Block {
    lines: Vec<Line>,
    pub width: f64,
    pub height: f64,
}

/// A name of one line, ready to be set along a curve.
pub(super) struct Strip {
    parts: Vec<Part>,
    width: f64,
    ascent: f64,
    descent: f64,
    spacing: f64,
}

impl Strip {
    pub fn line(&self) -> track::Line<'_> {
        track::Line {
            parts: &self.parts,
            width: self.width,
            ascent: self.ascent,
            descent: self.descent,
            spacing: self.spacing,
        }
    }
}

impl Block {
    /// Measures the lines of a name in one or two scripts; `None` if there are none.
    pub fn new(lines: &[&str], style: &TextStyle) -> Result<Option<Self>, MissingGlyph> {
        Self::measured(lines, style, SECOND)
    }

    /// The name on two lines of about equal length; `None` if it is one word or has fewer characters
    /// than `least`.
    pub fn wrapped(&self, least: usize) -> Result<Option<Self>, MissingGlyph> {
        let [line] = self.lines.as_slice() else {
            return Ok(None);
        };
        if line.text.chars().count() < least {
            return Ok(None);
        }
        let mut best: Option<Self> = None;
        for (at, _) in line.text.match_indices(' ') {
            let (a, b) = line.text.split_at(at);
            let split = Self::measured(&[a, b.trim_start()], &line.style, 1.0)?;
            if let Some(split) = split
                && best.as_ref().is_none_or(|best| split.width < best.width)
            {
                best = Some(split);
            }
        }
        Ok(best)
    }

    fn measured(
        lines: &[&str],
        style: &TextStyle,
        second: f64,
    ) -> Result<Option<Self>, MissingGlyph> {
        let mut block = Self {
            lines: Vec::new(),
            width: 0.0,
            height: 0.0,
        };
        for (i, text) in lines.iter().enumerate() {
            let size = if i == 0 {
                style.size
            } else {
                second * style.size
            };
            let style = TextStyle {
                size,
                // Slanted to the right, letters that run from the right look as if they fell.
                italic: style.italic && !text.chars().any(is_arabic),
                ..style.clone()
            };
            let m = measure(text, &style)?;
            let line = Line {
                text: (*text).to_owned(),
                width: m.width,
                ascent: m.ascent,
                height: m.height() + if i == 0 { 0.0 } else { LEAD * size },
                style,
            };
            block.width = block.width.max(line.width + line.lean());
            block.height += line.height;
            block.lines.push(line);
        }
        Ok((!block.lines.is_empty()).then_some(block))
    }

    /// Its first line.
    pub fn name(&self) -> &str {
        self.lines.first().map_or("", |l| &l.text)
    }

    pub fn size(&self) -> f64 {
        self.lines.first().map_or(0.0, |l| l.style.size)
    }

    /// For a curve; `None` for a name of two lines.
    pub fn strip(&self) -> Result<Option<Strip>, MissingGlyph> {
        let [line] = self.lines.as_slice() else {
            return Ok(None);
        };
        // Letters that turn need a little air.
        let spacing = line.style.spacing.max(0.03 * line.style.size);
        let parts = parts(&line.text, &line.style, spacing)?;
        let right = parts.last().map_or(0.0, |p| p.x + p.width);
        Ok(Some(Strip {
            width: right + line.lean(),
            parts,
            ascent: line.ascent,
            descent: line.height - line.ascent,
            spacing,
        }))
    }

    /// The same in other colours: ink mixed in, and a denser halo.
    pub fn strengthen(&mut self, ink: Color, halo: Color) {
        for line in &mut self.lines {
            line.style.color = super::theme::mix(line.style.color, ink, 0.7);
            if let Some((_, width)) = line.style.halo {
                line.style.halo = Some((halo.alpha(0.85), 1.2 * width));
            }
        }
    }

    pub fn draw(&self, canvas: &Canvas, spot: &Spot) -> Result<(), MissingGlyph> {
        if let (Some(curve), Some(line)) = (&spot.curve, self.lines.first()) {
            return canvas.curved(&line.text, &curve.parts, &line.style);
        }
        if let (Some(leader), Some(line)) = (spot.leader, self.lines.first()) {
            let size = line.style.size;
            if let Some((color, width)) = line.style.halo {
                let casing = Stroke::new(color, width + LEADER * size);
                canvas.path(Path::line(leader), None, Some(casing));
            }
            let stroke = Stroke::new(line.style.color, LEADER * size);
            canvas.path(Path::line(leader), None, Some(stroke));
        }
        let g = &spot.ground;
        let (centre, angle) = (g.centre(), spot.rotation.to_radians());
        let mut top = g.y;
        for (i, line) in self.lines.iter().enumerate() {
            let lead = if i == 0 { 0.0 } else { LEAD * line.style.size };
            let baseline = top + lead + line.ascent;
            let x = match spot.align {
                Align::Left => g.x,
                Align::Centre => centre.x - line.lean() / 2.0,
                Align::Right => g.right() - line.lean(),
            };
            let (dx, dy) = (x - centre.x, baseline - centre.y);
            let at = pt(
                centre.x + dx * angle.cos() - dy * angle.sin(),
                centre.y + dx * angle.sin() + dy * angle.cos(),
            );
            let style = TextStyle {
                align: spot.align,
                rotation: spot.rotation,
                ..line.style.clone()
            };
            canvas.text(&line.text, at, &style)?;
            top += line.height;
        }
        Ok(())
    }
}

impl Line {
    /// How far the tops of slanted letters reach beyond the line's right end.
    fn lean(&self) -> f64 {
        if self.style.italic {
            SLANT * self.ascent
        } else {
            0.0
        }
    }
}
