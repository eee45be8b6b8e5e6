//! Text on the raster: the halo, then the letters.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Raster;
use super::glyphs::{inside, pieces, widen};
use super::pixels::Region;
use crate::draw::error::MissingGlyph;
use crate::draw::letters::THICKENING;
use crate::draw::scene::{Align, Color, Pt, TextStyle, pt};
use crate::draw::text::shape;

/// What a line of text covers of a region, row by row, in 0..=1.
struct Stencil {
    region: Region,
    letters: Vec<f32>,
    /// With its halo.
    around: Option<Vec<f32>>,
}

/// Where and how a text is written, in bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    numbers: [u64; 7],
    bold: bool,
    italic: bool,
    align: Align,
    raster: [i64; 4],
}

impl Place {
    fn of(raster: &Raster, at: Pt, style: &TextStyle) -> Self {
        let halo = style.halo.map_or(-1.0, |(_, width)| width);
        let numbers = [at.x, at.y, style.size, style.spacing, style.rotation, halo];
        let [x, y, size, spacing, rotation, halo] = numbers.map(f64::to_bits);
        let region = raster.region();
        Self {
            numbers: [x, y, size, spacing, rotation, halo, raster.scale.to_bits()],
            bold: style.bold,
            italic: style.italic,
            align: style.align,
            raster: [region.left, region.top, region.right, region.bottom].map(i64::from),
        }
    }
}

/// What was written on rasters: names of a batch mostly stand where they stood on the map before.
#[derive(Default)]
struct Written {
    stencils: FxHashMap<Place, (Box<str>, Rc<Stencil>)>,
    pixels: usize,
}

/// No more is kept than this, in pixels, and of large letters nothing.
const KEPT: usize = 2_000_000;
const LARGE: usize = 60_000;

thread_local! {
    static WRITTEN: RefCell<Written> = RefCell::default();
}

impl Written {
    fn keep(&mut self, place: Place, text: &str, stencil: &Rc<Stencil>) {
        let pixels = stencil.letters.len();
        if pixels > LARGE {
            return;
        }
        if self.pixels + pixels > KEPT {
            *self = Self::default();
        }
        self.pixels += pixels;
        self.stencils
            .insert(place, (text.into(), Rc::clone(stencil)));
    }
}

impl Raster {
    /// Draws a line of text with its baseline at a point.
    pub(super) fn text(
        &mut self,
        text: &str,
        at: Pt,
        style: &TextStyle,
    ) -> Result<(), MissingGlyph> {
        let place = Place::of(self, at, style);
        let known = WRITTEN.with_borrow(|written| {
            let (known, stencil) = written.stencils.get(&place)?;
            (**known == *text).then(|| Rc::clone(stencil))
        });
        let stencil = match known {
            Some(stencil) => stencil,
            None => {
                let Some(stencil) = self.stencil(text, at, style)? else {
                    return Ok(());
                };
                let stencil = Rc::new(stencil);
                WRITTEN.with_borrow_mut(|written| written.keep(place, text, &stencil));
                stencil
            }
        };
        if let (Some((color, _)), Some(around)) = (style.halo, &stencil.around) {
            self.print(stencil.region, color, around);
        }
        self.print(stencil.region, style.color, &stencil.letters);
        Ok(())
    }

    /// What a line of text covers; `None` if there is no ink on this raster.
    fn stencil(
        &self,
        text: &str,
        at: Pt,
        style: &TextStyle,
    ) -> Result<Option<Stencil>, MissingGlyph> {
        let line = shape(text, style)?;
        let Some(pieces) = pieces(&line, at, style, self.frame(0.0)) else {
            return Ok(None);
        };
        let halo = style.halo.map(|(_, width)| (width * self.scale) as f32);
        let thickening = (style.size * self.scale * THICKENING) as f32;
        let reach = f64::from(halo.unwrap_or(0.0).max(thickening)) + 1.0;
        let (left, top) = (f64::from(self.left), f64::from(self.top));
        let region = Region::around(
            left + pieces.low.x - reach,
            top + pieces.low.y - reach,
            left + pieces.high.x + reach,
            top + pieces.high.y + reach,
        );
        let Some(region) = region.intersect(self.region()) else {
            return Ok(None);
        };
        let corner = pt(f64::from(region.left) - left, f64::from(region.top) - top);
        let width = region.width() as usize;

        let mut letters = inside(&pieces.all, corner, width, region.height() as usize);
        if !pieces.thin.is_empty() {
            widen(&mut letters, &pieces.thin, corner, width, thickening);
        }
        let around = halo.map(|reach| {
            let mut around = letters.clone();
            widen(&mut around, &pieces.all, corner, width, reach);
            around
        });
        Ok(Some(Stencil {
            region,
            letters,
            around,
        }))
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
