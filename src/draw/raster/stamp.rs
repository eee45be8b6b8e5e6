//! What several pages have in common, painted once: pixels to lay on each.
//!
//! Painted over black and over white, anything shows how much of the ground it leaves (white's share) and what it adds to
//! it (black's): whatever it is made of, it can then be laid on any ground, to within a rounding.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::Raster;
use super::pixels::{Region, row, row_mut};
use crate::draw::error::MissingGlyph;
use crate::draw::scene::Item;

/// A stamp of a larger page would take more memory than it saves time.
const LARGEST: u64 = 40_000_000;

/// Pixels of pages with nothing on them.
const BLACK: [u8; 4] = [0, 0, 0, 255];
const WHITE: [u8; 4] = [255; 4];

/// Where the stamp of shared items is kept: made when it is first needed.
#[derive(Clone, Default)]
pub(in crate::draw) struct StampCell(Arc<OnceLock<Option<Stamp>>>);

impl fmt::Debug for StampCell {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("StampCell")
    }
}

/// Items say what they are; what was made of them adds nothing.
impl PartialEq for StampCell {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Pixels for a page of one size.
struct Stamp {
    page: (u32, u32),
    scale: f64,
    /// From the top, and in each row from the left.
    runs: Vec<Run>,
    /// Of all runs: what is added to the ground, and in the last byte what is left of it.
    pixels: Vec<u8>,
}

/// Pixels beside each other that all hide the ground, or all let some of it through.
struct Run {
    y: i32,
    left: i32,
    length: u32,
    hides: bool,
    /// Where they start among the pixels.
    start: usize,
}

impl StampCell {
    /// Lays shared items on a raster; `false` where they have to be painted.
    pub fn lay(&self, items: &[Item], on: &mut Raster) -> bool {
        if u64::from(on.page.0) * u64::from(on.page.1) > LARGEST {
            return false;
        }
        // What cannot be painted says so when it is tried on the page.
        let make = || Stamp::of(items, on.page, on.scale).unwrap_or_default();
        match self.0.get_or_init(make) {
            Some(stamp) if stamp.page == on.page && stamp.scale == on.scale => {
                stamp.lay(on);
                true
            }
            _ => false,
        }
    }
}

impl Stamp {
    fn of(items: &[Item], page: (u32, u32), scale: f64) -> Result<Option<Self>, MissingGlyph> {
        let paint = |ground: u8| {
            let Some(mut raster) = Raster::filled(page.0, page.1, scale, ground) else {
                return Ok(None);
            };
            raster.draw(items)?;
            Ok(Some(raster))
        };
        let (Some(black), Some(white)) = (paint(0)?, paint(255)?) else {
            return Ok(None);
        };
        let mut stamp = Self {
            page,
            scale,
            runs: Vec::new(),
            pixels: Vec::new(),
        };
        for y in 0..page.1 as i32 {
            let [black, white] =
                [&black, &white].map(|raster| row(raster.pixmap.data(), page.0, y, 4));
            let pixels = black.chunks_exact(4).zip(white.chunks_exact(4));
            // Most of a page has nothing on it.
            let drawn = (0..)
                .zip(pixels)
                .filter(|(_, (b, w))| **w != WHITE || **b != BLACK);
            for (x, (black, white)) in drawn {
                stamp.add(x, y, black, white);
            }
        }
        Ok(Some(stamp))
    }

    fn add(&mut self, x: i32, y: i32, black: &[u8], white: &[u8]) {
        let left = (0..3).map(|i| white[i].saturating_sub(black[i])).max();
        let left = left.unwrap_or(255);
        if left == 255 {
            return;
        }
        let hides = left == 0;
        match self.runs.last_mut() {
            Some(run) if run.y == y && run.hides == hides && run.left + run.length as i32 == x => {
                run.length += 1;
            }
            _ => self.runs.push(Run {
                y,
                left: x,
                length: 1,
                hides,
                start: self.pixels.len(),
            }),
        }
        self.pixels.extend_from_slice(&black[..3]);
        self.pixels.push(if hides { 255 } else { left });
    }

    fn lay(&self, on: &mut Raster) {
        let Region {
            left,
            top,
            right,
            bottom,
        } = on.region();
        let width = on.pixmap.width();
        let first = self.runs.partition_point(|run| run.y < top);
        let runs = self.runs.iter().skip(first);
        for run in runs.take_while(|run| run.y < bottom) {
            let (from, to) = (
                run.left.max(left),
                (run.left + run.length as i32).min(right),
            );
            if from >= to {
                continue;
            }
            let length = 4 * (to - from) as usize;
            let start = run.start + 4 * (from - run.left) as usize;
            let source = self.pixels.get(start..start + length).unwrap_or_default();
            let offset = 4 * (from - left) as usize;
            let target = row_mut(on.pixmap.data_mut(), width, run.y - top, 4);
            let Some(target) = target.get_mut(offset..offset + source.len()) else {
                continue;
            };
            if run.hides {
                target.copy_from_slice(source);
                continue;
            }
            for (to, from) in target.chunks_exact_mut(4).zip(source.chunks_exact(4)) {
                let left = u32::from(from[3]);
                for (to, from) in to.iter_mut().zip(&from[..3]) {
                    let ground = (u32::from(*to) * left + 127) / 255;
                    *to = (u32::from(*from) + ground).min(255) as u8;
                }
            }
        }
    }
}
