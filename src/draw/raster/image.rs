//! Images on the raster: bilinear between the centres of source pixels, as browsers do; pixel for
//! pixel where the sizes agree. The edges of the image are anti-aliased.
//!
//! An image much larger than its place on the page loses detail to aliasing: make it no larger
//! than it will be drawn.

use super::Raster;
use super::pixels::{Region, overlap, row_mut};
use crate::draw::scene::{Image, Pt};

/// Where a row or column of the raster takes its values from.
#[derive(Clone, Copy)]
struct Tap {
    /// The two nearest rows or columns of the image.
    near: usize,
    next: usize,
    /// Weight of the second, 0..1.
    part: f32,
    /// How much of the pixel lies within the image.
    cover: f32,
}

impl Tap {
    /// For pixel `i`, of an image of `count` rows or columns laid from `low` to `high`.
    fn new(i: i32, low: f64, high: f64, count: u32) -> Self {
        let last = f64::from(count - 1);
        let place = (f64::from(i) + 0.5 - low) / (high - low) * f64::from(count) - 0.5;
        let place = place.clamp(0.0, last);
        // A thousandth of a pixel off is on.
        let whole = (place + 0.001).floor();
        let part = (place - whole).max(0.0);
        let part = if part < 0.001 { 0.0 } else { part as f32 };
        let near = whole as usize;
        Self {
            near,
            next: (near + 1).min(last as usize),
            part,
            cover: overlap(i, low, high),
        }
    }
}

impl Raster {
    /// Draws an image with its top left corner at a point, stretched to a size.
    pub(super) fn image(&mut self, image: &Image, at: Pt, size: Pt) {
        let length = image.width as usize * 4;
        let whole = image.rgba.len() as u64 >= length as u64 * u64::from(image.height);
        let sane = at.is_finite() && size.is_finite() && size.x > 0.0 && size.y > 0.0;
        if !sane || !whole || image.width == 0 || image.height == 0 {
            return;
        }
        let (left, top) = (at.x * self.scale, at.y * self.scale);
        let (right, bottom) = (left + size.x * self.scale, top + size.y * self.scale);
        let around = Region::around(left, top, right, bottom);
        let Some(region) = around.intersect(self.region()) else {
            return;
        };
        let columns: Vec<Tap> = (region.left..region.right)
            .map(|x| Tap::new(x, left, right, image.width))
            .collect();
        let offset = 4 * (region.left - self.left) as usize;
        let width = self.pixmap.width();
        let mut blended = Vec::with_capacity(image.width as usize);
        for y in region.top..region.bottom {
            let tap = Tap::new(y, top, bottom, image.height);
            let source = |row: usize| {
                image
                    .rgba
                    .get(row * length..(row + 1) * length)
                    .unwrap_or_default()
            };
            blend_rows(&mut blended, source(tap.near), source(tap.next), tap.part);
            let pixels = row_mut(self.pixmap.data_mut(), width, y - self.top, 4);
            let pixels = pixels
                .get_mut(offset..)
                .unwrap_or_default()
                .chunks_exact_mut(4);
            for (pixel, column) in pixels.zip(&columns) {
                let (Some(near), Some(next)) = (blended.get(column.near), blended.get(column.next))
                else {
                    continue;
                };
                let cover = column.cover * tap.cover;
                let source: [f32; 4] =
                    std::array::from_fn(|i| (near[i] + (next[i] - near[i]) * column.part) * cover);
                let keep = 1.0 - source[3];
                for (to, from) in pixel.iter_mut().zip(&source[..3]) {
                    *to = (f32::from(*to) * keep + from + 0.5) as u8;
                }
            }
        }
    }
}

/// A row between two rows of an image: colours times opacity, opacity in 0..=1.
fn blend_rows(blended: &mut Vec<[f32; 4]>, near: &[u8], next: &[u8], part: f32) {
    let texel = |pixel: &[u8]| {
        let [r, g, b, a] = [pixel[0], pixel[1], pixel[2], pixel[3]].map(f32::from);
        let opacity = a / 255.0;
        [r * opacity, g * opacity, b * opacity, opacity]
    };
    blended.clear();
    if part == 0.0 {
        blended.extend(near.chunks_exact(4).map(texel));
        return;
    }
    blended.extend(
        near.chunks_exact(4)
            .zip(next.chunks_exact(4))
            .map(|(near, next)| {
                let (near, next) = (texel(near), texel(next));
                std::array::from_fn(|i| near[i] + (next[i] - near[i]) * part)
            }),
    );
}
