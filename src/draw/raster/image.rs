//! Images on the raster: bilinear between the centres of source pixels, as browsers do; pixel for
//! pixel where the sizes agree. The edges of the image are anti-aliased.
//!
//! An image much larger than its place on the page loses detail to aliasing: make it no larger
//! than it will be drawn.

use super::Raster;
use super::pixels::{Region, mix, overlap, row_mut};
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
        for y in region.top..region.bottom {
            let tap = Tap::new(y, top, bottom, image.height);
            let source = |row: usize| image.rgba.get(row * length..).unwrap_or_default();
            let (near, next) = (source(tap.near), source(tap.next));
            let pixels = row_mut(self.pixmap.data_mut(), width, y - self.top, 4);
            let pixels = pixels
                .get_mut(offset..)
                .unwrap_or_default()
                .chunks_exact_mut(4);
            for (pixel, column) in pixels.zip(&columns) {
                let cover = column.cover * tap.cover;
                if column.part == 0.0 && tap.part == 0.0 && cover == 1.0 {
                    copy(pixel, texel(near, column.near));
                } else {
                    let corners = [
                        (
                            texel(near, column.near),
                            (1.0 - tap.part) * (1.0 - column.part),
                        ),
                        (texel(near, column.next), (1.0 - tap.part) * column.part),
                        (texel(next, column.near), tap.part * (1.0 - column.part)),
                        (texel(next, column.next), tap.part * column.part),
                    ];
                    blend(pixel, corners, cover);
                }
            }
        }
    }
}

fn texel(row: &[u8], column: usize) -> [u8; 4] {
    row.get(column * 4..)
        .and_then(|rest| rest.first_chunk())
        .copied()
        .unwrap_or_default()
}

fn copy(pixel: &mut [u8], [r, g, b, a]: [u8; 4]) {
    let weight = (u32::from(a) * 257 + 128) >> 8;
    for (to, from) in pixel.iter_mut().zip([r, g, b]) {
        *to = mix(*to, from, weight);
    }
}

/// Lays the weighted mean of four source pixels; colours count by their opacity.
fn blend(pixel: &mut [u8], corners: [([u8; 4], f32); 4], cover: f32) {
    let mut sum = [0.0f32; 4];
    for ([r, g, b, a], weight) in corners {
        let weight = weight * f32::from(a) / 255.0;
        for (sum, channel) in sum.iter_mut().zip([r, g, b]) {
            *sum += weight * f32::from(channel);
        }
        sum[3] += weight;
    }
    let keep = 1.0 - sum[3] * cover;
    for (to, from) in pixel.iter_mut().zip(&sum[..3]) {
        *to = (f32::from(*to) * keep + from * cover + 0.5) as u8;
    }
}
