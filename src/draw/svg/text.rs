//! A line of text as SVG's `<text>`, or as outlines.

use super::fonts::Used;
use super::number::{hundredths, path_data, push_attribute, push_escaped, push_number};
use super::push_color;
use crate::draw::error::MissingGlyph;
use crate::draw::letters::{Letters, THICKENING};
use crate::draw::scene::{Align, Color, Path, Pt, TextStyle};
use crate::draw::text::{flatten, itemise, shape};

/// Degrees that synthetic italics lean, as in [`crate::draw::text::SLANT`].
const LEAN: f64 = 12.0;

/// Appends the text element and notes which glyphs it needs.
pub(super) fn push(
    out: &mut String,
    fonts: &mut Used,
    text: &str,
    at: Pt,
    style: &TextStyle,
) -> Result<(), MissingGlyph> {
    let text = &*flatten(text);
    let items = itemise(text, style.bold)?;
    let sane = at.is_finite() && style.size > 0.0 && style.size.is_finite();
    if text.trim().is_empty() || !sane || !style.rotation.is_finite() {
        return Ok(());
    }
    let spacing = if items.may_be_spaced() {
        style.spacing
    } else {
        0.0
    };
    // Browsers add the spacing after the last letter, too.
    let shift = match style.align {
        Align::Left => 0.0,
        Align::Centre => spacing / 2.0,
        Align::Right => spacing,
    };

    out.push_str("<text");
    if style.italic || style.rotation != 0.0 {
        out.push_str(" transform=\"translate(");
        push_number(out, hundredths(at.x));
        out.push(' ');
        push_number(out, hundredths(at.y));
        out.push(')');
        if style.rotation != 0.0 {
            out.push_str("rotate(");
            push_number(out, hundredths(style.rotation));
            out.push(')');
        }
        if style.italic {
            out.push_str("skewX(");
            push_number(out, hundredths(-LEAN));
            out.push(')');
        }
        out.push('"');
        if shift != 0.0 {
            push_attribute(out, "x", shift);
        }
    } else {
        push_attribute(out, "x", at.x + shift);
        push_attribute(out, "y", at.y);
    }
    push_attribute(out, "font-size", style.size);
    if style.bold {
        out.push_str(" font-weight=\"700\"");
    }
    if spacing != 0.0 {
        push_attribute(out, "letter-spacing", spacing);
    }
    // The start of a line that runs from the right is its right end.
    match (style.align, items.rtl) {
        (Align::Left, false) | (Align::Right, true) => {}
        (Align::Centre, _) => out.push_str(" text-anchor=\"middle\""),
        (Align::Right, false) | (Align::Left, true) => out.push_str(" text-anchor=\"end\""),
    }
    if items.rtl {
        out.push_str(" direction=\"rtl\"");
    }
    if text.starts_with(' ') || text.ends_with(' ') || text.contains("  ") {
        out.push_str(" xml:space=\"preserve\"");
    }
    push_color(out, "fill", style.color);
    if let Some((color, width)) = style.halo {
        // Half of the stroke lies under the glyphs.
        push_color(out, "stroke", color);
        push_attribute(out, "stroke-width", 2.0 * width);
        out.push_str(" paint-order=\"stroke\"");
    }
    out.push('>');
    push_escaped(out, text);
    out.push_str("</text>\n");
    for run in &items.runs {
        fonts.add(run.face, text.get(run.start..run.end).unwrap_or_default());
    }
    Ok(())
}

/// Appends the outlines of the letters, over those of the halo.
///
/// The halo is an element of its own: few programs of designers know `paint-order`.
pub(super) fn push_outlines(
    out: &mut String,
    text: &str,
    at: Pt,
    style: &TextStyle,
) -> Result<(), MissingGlyph> {
    let line = shape(text, style)?;
    let Some(letters) = Letters::set(&line, at, style) else {
        return Ok(());
    };
    out.push_str("<g aria-label=\"");
    push_escaped(out, &flatten(text));
    out.push_str("\">\n");
    if let Some((color, width)) = style.halo.filter(|(_, width)| *width > 0.0) {
        push_stroke(out, &letters.all, color, 2.0 * width);
    }
    push_path(out, &letters.all);
    push_color(out, "fill", style.color);
    out.push_str(" fill-rule=\"nonzero\"/>\n");
    if !letters.thin.steps.is_empty() {
        let width = 2.0 * THICKENING * style.size;
        push_stroke(out, &letters.thin, style.color, width);
    }
    out.push_str("</g>\n");
    Ok(())
}

fn push_path(out: &mut String, path: &Path) {
    out.push_str("<path d=\"");
    path_data(out, &path.steps);
    out.push('"');
}

fn push_stroke(out: &mut String, path: &Path, color: Color, width: f64) {
    push_path(out, path);
    out.push_str(" fill=\"none\"");
    push_color(out, "stroke", color);
    push_attribute(out, "stroke-width", width);
    out.push_str("/>\n");
}
