//! A line of text as SVG's `<text>`.

use std::collections::BTreeSet;

use super::number::{hundredths, push_attribute, push_escaped, push_number};
use super::push_color;
use crate::draw::error::MissingGlyph;
use crate::draw::fonts::Face;
use crate::draw::scene::{Align, Pt, TextStyle};
use crate::draw::text::{flatten, itemise};

/// Degrees that synthetic italics lean, as in [`crate::draw::text::SLANT`].
const LEAN: f64 = 12.0;

/// Appends the element; returns the faces that it needs.
pub(super) fn push(
    out: &mut String,
    text: &str,
    at: Pt,
    style: &TextStyle,
) -> Result<BTreeSet<Face>, MissingGlyph> {
    let text = &*flatten(text);
    let items = itemise(text, style.bold)?;
    let sane = at.is_finite() && style.size > 0.0 && style.size.is_finite();
    if text.trim().is_empty() || !sane || !style.rotation.is_finite() {
        return Ok(BTreeSet::new());
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
    Ok(items.runs.iter().map(|run| run.face).collect())
}
