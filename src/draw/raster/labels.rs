//! Text on the raster: the halo, then the letters.

use super::Raster;
use super::glyphs::{inside, pieces, widen};
use super::pixels::Region;
use crate::draw::error::MissingGlyph;
use crate::draw::letters::THICKENING;
use crate::draw::scene::{Color, Pt, TextStyle, pt};
use crate::draw::text::shape;

impl Raster {
    /// Draws a line of text with its baseline at a point.
    pub(super) fn text(
        &mut self,
        text: &str,
        at: Pt,
        style: &TextStyle,
    ) -> Result<(), MissingGlyph> {
        let line = shape(text, style)?;
        let Some(pieces) = pieces(&line, at, style, self.frame(0.0)) else {
            return Ok(());
        };
        let halo = style
            .halo
            .map(|(color, width)| (color, (width * self.scale) as f32));
        let thickening = (style.size * self.scale * THICKENING) as f32;
        let reach = f64::from(halo.map_or(0.0, |(_, width)| width).max(thickening)) + 1.0;
        let (left, top) = (f64::from(self.left), f64::from(self.top));
        let region = Region::around(
            left + pieces.low.x - reach,
            top + pieces.low.y - reach,
            left + pieces.high.x + reach,
            top + pieces.high.y + reach,
        );
        let Some(region) = region.intersect(self.region()) else {
            return Ok(());
        };
        let corner = pt(f64::from(region.left) - left, f64::from(region.top) - top);
        let width = region.width() as usize;

        let mut letters = inside(&pieces.all, corner, width, region.height() as usize);
        if !pieces.thin.is_empty() {
            widen(&mut letters, &pieces.thin, corner, width, thickening);
        }
        if let Some((color, reach)) = halo {
            let mut around = letters.clone();
            widen(&mut around, &pieces.all, corner, width, reach);
            self.print(region, color, &around);
        }
        self.print(region, style.color, &letters);
        Ok(())
    }

    fn print(&mut self, region: Region, color: Color, cover: &[f32]) {
        let width = region.width() as usize;
        self.lay(region, color, |y| {
            let start = (y - region.top) as usize * width;
            cover
                .get(start..start + width)
                .unwrap_or_default()
                .iter()
                .copied()
        });
    }
}
