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

/// Runs of fewer pixels are short.
const SHORT: u32 = 16;

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
    /// Of all runs: what is added to the ground, and how opaque it is.
    pixels: Vec<u8>,
}

/// How much of the ground is left under some pixels, in 255 parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// As much under all: nothing where they hide it.
    Even(u8),
    /// What their own opacity leaves.
    Varied,
}

/// Pixels beside each other.
struct Run {
    y: i32,
    left: i32,
    length: u32,
    ground: Left,
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

    /// The pixels of a page with these items alone on it, if they hide all of it.
    pub fn page(&self, items: &[Item], page: (u32, u32), scale: f64) -> Option<&[u8]> {
        if u64::from(page.0) * u64::from(page.1) > LARGEST {
            return None;
        }
        let make = || Stamp::of(items, page, scale).unwrap_or_default();
        let stamp = self.0.get_or_init(make).as_ref()?;
        (stamp.page == page && stamp.scale == scale && stamp.hides_all()).then_some(&stamp.pixels)
    }
}

impl Stamp {
    fn hides_all(&self) -> bool {
        let (width, height) = self.page;
        self.pixels.len() as u64 == 4 * u64::from(width) * u64::from(height)
            && self.runs.iter().all(|run| run.ground == Left::Even(0))
    }

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
        stamp.join();
        Ok(Some(stamp))
    }

    /// Makes one run of short ones beside each other, as on the edge of a line, if they let some of the ground through.
    fn join(&mut self) {
        let mut joined: Vec<Run> = Vec::new();
        for run in self.runs.drain(..) {
            let joins = |last: &&mut Run| {
                let short = last.ground == Left::Varied || last.length < SHORT;
                let beside = last.y == run.y && last.left + last.length as i32 == run.left;
                let through = last.ground != Left::Even(0) && run.ground != Left::Even(0);
                beside && through && short && run.length < SHORT
            };
            match joined.last_mut().filter(joins) {
                Some(last) => {
                    last.length += run.length;
                    last.ground = Left::Varied;
                }
                None => joined.push(run),
            }
        }
        self.runs = joined;
    }

    fn add(&mut self, x: i32, y: i32, black: &[u8], white: &[u8]) {
        let ground = (0..3).map(|i| white[i].saturating_sub(black[i])).max();
        let ground = ground.unwrap_or(255);
        if ground == 255 {
            return;
        }
        match self.runs.last_mut() {
            Some(run)
                if run.ground == Left::Even(ground)
                    && run.y == y
                    && run.left + run.length as i32 == x =>
            {
                run.length += 1;
            }
            _ => self.runs.push(Run {
                y,
                left: x,
                length: 1,
                ground: Left::Even(ground),
                start: self.pixels.len(),
            }),
        }
        // The page stays opaque.
        self.pixels.extend_from_slice(&black[..3]);
        self.pixels.push(255 - ground);
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
            match run.ground {
                Left::Even(0) => target.copy_from_slice(source),
                Left::Even(ground) => {
                    for (to, from) in target.iter_mut().zip(source) {
                        *to = over(*to, *from, ground);
                    }
                }
                Left::Varied => {
                    for (to, from) in target.chunks_exact_mut(4).zip(source.chunks_exact(4)) {
                        let ground = 255 - from[3];
                        for (to, from) in to.iter_mut().zip(from) {
                            *to = over(*to, *from, ground);
                        }
                    }
                }
            }
        }
    }
}

/// What is added, on so many 255ths of what was there.
fn over(was: u8, added: u8, left: u8) -> u8 {
    // A division by 255, rounded: exact below 65,535, and this is 65,152 at most.
    let part = u16::from(was) * u16::from(left) + 127;
    let part = (part + 1 + (part >> 8)) >> 8;
    (u16::from(added) + part).min(255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_ground_is_rounded() {
        for was in 0..=255u8 {
            for left in 0..=255u8 {
                let exact = (f64::from(was) * f64::from(left) / 255.0).round() as u8;
                assert_eq!(over(was, 0, left), exact, "{left} of {was}");
            }
        }
        assert_eq!(over(200, 100, 255), 255);
    }
}
