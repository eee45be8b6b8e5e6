//! Rectangles of device pixels, and colour laid on them.

use super::Raster;
use crate::draw::scene::Color;

/// A rectangle of device pixels of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Region {
    /// All pixels that a rectangle of real corners touches.
    pub fn around(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        // Casts stop at the ends of i32.
        Self {
            left: left.floor() as i32,
            top: top.floor() as i32,
            right: right.ceil() as i32,
            bottom: bottom.ceil() as i32,
        }
    }

    pub fn width(self) -> u32 {
        self.right.saturating_sub(self.left).max(0) as u32
    }

    pub fn height(self) -> u32 {
        self.bottom.saturating_sub(self.top).max(0) as u32
    }

    /// What is left when a region within this one is cut out.
    pub fn around_hole(self, hole: Option<Self>) -> impl Iterator<Item = Self> {
        let hole = hole.unwrap_or(Self {
            bottom: self.top,
            ..self
        });
        let Self { left, right, .. } = self;
        [
            Self {
                bottom: hole.top,
                ..self
            },
            Self {
                top: hole.bottom,
                ..self
            },
            Self {
                left,
                right: hole.left,
                top: hole.top,
                bottom: hole.bottom,
            },
            Self {
                left: hole.right,
                right,
                top: hole.top,
                bottom: hole.bottom,
            },
        ]
        .into_iter()
        .filter(move |part| part.left < part.right && part.top < part.bottom)
    }

    /// The common part, if there is one.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (both.left < both.right && both.top < both.bottom).then_some(both)
    }
}

/// Row `y` of a raster of `depth` bytes a pixel; empty outside.
pub(super) fn row(data: &[u8], width: u32, y: i32, depth: usize) -> &[u8] {
    let length = width as usize * depth;
    let start = y.max(0) as usize * length;
    data.get(start..start + length).unwrap_or_default()
}

/// Row `y` of a raster of `depth` bytes a pixel; empty outside.
pub(super) fn row_mut(data: &mut [u8], width: u32, y: i32, depth: usize) -> &mut [u8] {
    let length = width as usize * depth;
    let start = y.max(0) as usize * length;
    data.get_mut(start..start + length).unwrap_or_default()
}

/// From one value to another, `weight`/256 of the way.
pub(super) fn mix(from: u8, to: u8, weight: u32) -> u8 {
    let weight = weight.min(256) as u16;
    // At most 255 · 256 + 128, which 16 bits hold: twice as many at a time as of 32.
    ((u16::from(from) * (256 - weight) + u16::from(to) * weight + 128) >> 8) as u8
}

/// The weight of a colour as opaque as `alpha`.
pub(super) fn weight_of(alpha: u8) -> f32 {
    f32::from(alpha) / 255.0 * 256.0
}

/// The weight of a colour that covers a part of a pixel, and all of it with a weight of `full`.
pub(super) fn weight(cover: f32, full: f32) -> u32 {
    // A cast of what is negative, or not a number, gives 0.
    ((cover * full + 0.5) as u32).min(256)
}

/// How much of pixel `i` lies between two coordinates.
pub(super) fn overlap(i: i32, low: f64, high: f64) -> f32 {
    (high.min(f64::from(i) + 1.0) - low.max(f64::from(i))).clamp(0.0, 1.0) as f32
}

impl Raster {
    /// Lays a colour evenly on a region that lies within this raster.
    pub(super) fn flood(&mut self, region: Region, color: Color) {
        let weight = (u32::from(color.a) * 256 + 127) / 255;
        let offset = 4 * (region.left - self.left) as usize;
        let end = offset + 4 * region.width() as usize;
        let (width, top) = (self.pixmap.width(), self.top);
        let paint = [color.r, color.g, color.b, 255];
        for y in region.top..region.bottom {
            let pixels = row_mut(self.pixmap.data_mut(), width, y - top, 4);
            for pixel in pixels
                .get_mut(offset..end)
                .unwrap_or_default()
                .chunks_exact_mut(4)
            {
                if weight == 256 {
                    pixel.copy_from_slice(&paint);
                } else {
                    pixel
                        .iter_mut()
                        .zip(paint)
                        .for_each(|(to, paint)| *to = mix(*to, paint, weight));
                }
            }
        }
    }

    /// Lays a colour on a region that lies within this raster, by the coverage, 0..=1, that `row`
    /// gives for each pixel of a row from the region's left edge.
    pub(super) fn lay<I>(&mut self, region: Region, color: Color, row: impl Fn(i32) -> I)
    where
        I: Iterator<Item = f32>,
    {
        let full = weight_of(color.a);
        let offset = 4 * (region.left - self.left) as usize;
        let end = offset + 4 * region.width() as usize;
        let (width, top) = (self.pixmap.width(), self.top);
        for y in region.top..region.bottom {
            let pixels = row_mut(self.pixmap.data_mut(), width, y - top, 4);
            let pixels = pixels.get_mut(offset..end).unwrap_or_default();
            for (pixel, cover) in pixels.chunks_exact_mut(4).zip(row(y)) {
                let weight = weight(cover, full);
                if weight > 0 {
                    pixel[0] = mix(pixel[0], color.r, weight);
                    pixel[1] = mix(pixel[1], color.g, weight);
                    pixel[2] = mix(pixel[2], color.b, weight);
                }
            }
        }
    }
}
