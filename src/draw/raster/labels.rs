//! Text on the raster: the halo, then the letters.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Raster;
use super::glyphs::{inside, pieces, widen};
use super::pixels::{Region, mix, row_mut, weight, weight_of};
use crate::draw::error::MissingGlyph;
use crate::draw::letters::THICKENING;
use crate::draw::scene::{Align, Color, Pt, TextStyle, pt};
use crate::draw::text::shape;

/// The ink of a line of text.
struct Stencil {
    letters: Ink,
    halo: Option<Ink>,
}

/// Pixels with ink on them: most of the ground of a text has none.
#[derive(Default)]
struct Ink {
    /// Row, left end and number of pixels beside each other.
    runs: Vec<(i32, i32, usize)>,
    /// How much of each pixel is inked, in 1..=256, run by run.
    weights: Vec<u16>,
}

impl Ink {
    /// Of a colour as opaque as `alpha`, where it covers, 0..=1 row by row, a part of a region.
    fn of(cover: &[f32], region: Region, alpha: u8) -> Self {
        let full = weight_of(alpha);
        let mut ink = Self::default();
        let width = region.width().max(1) as usize;
        for (y, row) in (region.top..).zip(cover.chunks_exact(width)) {
            for (x, cover) in (region.left..).zip(row) {
                let weight = weight(*cover, full);
                if weight == 0 {
                    continue;
                }
                match ink.runs.last_mut() {
                    Some((row, left, length)) if *row == y && *left + *length as i32 == x => {
                        *length += 1;
                    }
                    _ => ink.runs.push((y, x, 1)),
                }
                ink.weights.push(weight as u16);
            }
        }
        ink
    }
}

/// Where and how a text is written, in bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    numbers: [u64; 7],
    /// Opacity of letters and halo.
    alpha: [u8; 2],
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
            alpha: [style.color.a, style.halo.map_or(0, |(color, _)| color.a)],
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

/// No more is kept than this, in pixels with ink, and of large letters nothing.
const KEPT: usize = 2_000_000;
const LARGE: usize = 60_000;

thread_local! {
    static WRITTEN: RefCell<Written> = RefCell::default();
}

impl Written {
    fn keep(&mut self, place: Place, text: &str, stencil: &Rc<Stencil>) {
        let halo = stencil.halo.as_ref().map_or(0, |halo| halo.weights.len());
        let pixels = stencil.letters.weights.len() + halo;
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
        if let (Some((color, _)), Some(halo)) = (style.halo, &stencil.halo) {
            self.print(color, halo);
        }
        self.print(style.color, &stencil.letters);
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
        let ink = Ink::of(&letters, region, style.color.a);
        let halo = style.halo.zip(halo).map(|((color, _), reach)| {
            widen(&mut letters, &pieces.all, corner, width, reach);
            Ink::of(&letters, region, color.a)
        });
        Ok(Some(Stencil { letters: ink, halo }))
    }

    /// Lays a colour where there is ink, all of it within this raster.
    fn print(&mut self, color: Color, ink: &Ink) {
        let (width, left, top) = (self.pixmap.width(), self.left, self.top);
        let mut weights = ink.weights.as_slice();
        for &(y, x, length) in &ink.runs {
            let Some((run, rest)) = weights.split_at_checked(length) else {
                return;
            };
            weights = rest;
            let row = row_mut(self.pixmap.data_mut(), width, y - top, 4);
            let start = 4 * (x - left) as usize;
            let pixels = row.get_mut(start..start + 4 * length).unwrap_or_default();
            for (pixel, weight) in pixels.chunks_exact_mut(4).zip(run) {
                let weight = u32::from(*weight);
                pixel[0] = mix(pixel[0], color.r, weight);
                pixel[1] = mix(pixel[1], color.g, weight);
                pixel[2] = mix(pixel[2], color.b, weight);
            }
        }
    }
}
