//! Text whose letters stand apart or lean, which many readers take for words of their own.
//!
//! What the letters say together stands beside them, as PDF's `ActualText`. Along a curve the letters
//! are shapes, with the text itself, unseen, on the chord: there it is found and marked.

use krilla::geom::Point;
use krilla::text::{Font, KrillaGlyph};

use super::Writer;
use crate::draw::error::MissingGlyph;
use crate::draw::letters::Lettering;
use crate::draw::scene::{Align, Item, Pt, TextStyle};
use crate::draw::text::{Run, measure};

/// Whether the letters of a run are apart or lean. From the right they never are apart, and readers
/// that turn such letters round would turn their word round, too.
pub(super) fn is_scattered(run: &Run, style: &TextStyle) -> bool {
    !run.rtl && (style.spacing != 0.0 || style.rotation != 0.0)
}

impl Writer<'_> {
    /// Makes the glyphs of a run say all of it together.
    ///
    /// krilla holds the first thing that a glyph says for what it says everywhere, and writes
    /// `ActualText` for anything else: so they first say their letters where nobody reads them.
    pub(super) fn say_together(
        &mut self,
        text: &str,
        run: &Run,
        glyphs: &mut [KrillaGlyph],
        font: &Font,
    ) {
        let mut nowhere = self.surface.stream_builder();
        let mut surface = nowhere.surface();
        surface.draw_glyphs(Point::default(), glyphs, font.clone(), text, 1.0, false);
        surface.finish();
        for glyph in glyphs {
            glyph.text_range = run.start..run.end;
        }
    }

    /// Draws what are parts of one text.
    pub(super) fn parts(&mut self, text: &str, items: &[Item], draw: impl FnOnce(&mut Self)) {
        let ends = match (self.lettering, ends(items)) {
            (Lettering::Text, Some(ends)) if text.chars().all(|c| c < '\u{590}') => ends,
            // From the right the parts are words.
            _ => return draw(self),
        };
        self.lettering = Lettering::Outlines;
        draw(self);
        self.lettering = Lettering::Text;
        if let Err(missing) = self.unseen(text, ends) {
            self.missing.get_or_insert(missing);
        }
    }

    /// Writes a text unseen from the place of its first part to that of its last.
    fn unseen(&mut self, text: &str, (first, last): (Part, Part)) -> Result<(), MissingGlyph> {
        let (dx, dy) = (last.at.x - first.at.x, last.at.y - first.at.y);
        let plain = TextStyle {
            color: first.style.color.alpha(0.0),
            halo: None,
            align: Align::Left,
            rotation: dy.atan2(dx).to_degrees(),
            spacing: 0.0,
            ..first.style.clone()
        };
        let width = measure(text, &plain)?.width - measure(last.text, &plain)?.width;
        let gaps = text.chars().count().saturating_sub(1).max(1);
        let style = TextStyle {
            spacing: (dx.hypot(dy) - width) / gaps as f64,
            ..plain
        };
        self.text(text, first.at, &style)
    }
}

/// A part of a text where it stands.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    at: Pt,
    style: &'a TextStyle,
}

/// The first and the last of the parts.
fn ends(items: &[Item]) -> Option<(Part<'_>, Part<'_>)> {
    let mut parts = items.iter().filter_map(|item| match item {
        Item::Text { text, at, style } => Some(Part {
            text,
            at: *at,
            style,
        }),
        _ => None,
    });
    let first = parts.next()?;
    Some((first, parts.next_back().unwrap_or(first)))
}
