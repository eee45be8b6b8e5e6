//! The raster under a PNG: a white, opaque page on which items are painted one by one.
//!
//! tiny-skia fills and strokes general paths. Circles, upright rectangles, hatches, images and
//! letters have exact coverage formulas that are faster and smoother, in a file each.
//!
//! Because the page is always opaque, a clipped or translucent group needs no alpha: its region is
//! copied, the group painted on the copy, and the copy laid back through the clip at the group's
//! opacity. That equals compositing an isolated group, and for an upright rectangular clip it is
//! two row-wise copies.

mod bounds;
mod glyphs;
mod image;
mod labels;
mod outline;
mod pixels;
mod shapes;
mod spare;
mod stamp;

use tiny_skia::{IntSize, Mask, Pixmap};

use self::bounds::{Bounds, bounds_of};
use self::outline::{Frame, outline};
use self::pixels::{Region, mix, row, row_mut};
pub(super) use self::spare::keep;
pub(super) use self::stamp::StampCell;
use super::error::MissingGlyph;
use super::scene::{Item, Path};

/// A page, or a rectangle cut out of one.
pub(super) struct Raster {
    pixmap: Pixmap,
    /// Where this rectangle lies on the page, in device pixels.
    left: i32,
    top: i32,
    /// Device pixels to a pixel of the scene.
    scale: f64,
    /// Width and height of the whole page.
    page: (u32, u32),
}

impl Raster {
    /// A white page with items painted on it in order; `None` if it cannot be allocated.
    pub fn of(
        (width, height): (u32, u32),
        scale: f64,
        items: &[Item],
    ) -> Result<Option<Self>, MissingGlyph> {
        let Some((mut raster, items)) = Self::begun((width, height), scale, items) else {
            return Ok(None);
        };
        raster.draw(items)?;
        Ok(Some(raster))
    }

    /// A page, and the items that are still to be painted on it.
    fn begun(page: (u32, u32), scale: f64, items: &[Item]) -> Option<(Self, &[Item])> {
        if let Some((Item::Shared(shared), rest)) = items.split_first()
            && let Some(pixels) = shared.stamp.page(&shared.items, page, scale)
        {
            let mut data = spare::room(pixels.len());
            data.extend_from_slice(pixels);
            return Some((Self::with(page, scale, data)?, rest));
        }
        Some((Self::filled(page.0, page.1, scale, 255)?, items))
    }

    /// A grey page.
    fn filled(width: u32, height: u32, scale: f64, grey: u8) -> Option<Self> {
        let pixels = width as usize * height as usize;
        let data = match grey {
            255 => vec![255; 4 * pixels],
            grey => [grey, grey, grey, 255].repeat(pixels),
        };
        Self::with((width, height), scale, data)
    }

    /// A page of these pixels.
    fn with(page: (u32, u32), scale: f64, data: Vec<u8>) -> Option<Self> {
        let size = IntSize::from_wh(page.0, page.1)?;
        Some(Self {
            pixmap: Pixmap::from_vec(data, size)?,
            left: 0,
            top: 0,
            scale,
            page,
        })
    }

    /// The pixels without alpha, rows from the top.
    pub fn into_rgb(self) -> Vec<u8> {
        let data = self.pixmap.data();
        let length = data.len() / 4 * 3;
        let mut rgb = spare::room(length);
        rgb.resize(length, 0);
        let (fours, rest) = data.as_chunks::<16>();
        let (threes, end) = rgb.as_chunks_mut::<12>();
        // Four pixels at a time, in words of the machine.
        for (to, from) in threes.iter_mut().zip(fours) {
            let word = |i: usize| {
                u32::from_le_bytes([from[i], from[i + 1], from[i + 2], from[i + 3]]) & 0xff_ffff
            };
            let [a, b, c, d] = [word(0), word(4), word(8), word(12)];
            to[..4].copy_from_slice(&(a | b << 24).to_le_bytes());
            to[4..8].copy_from_slice(&(b >> 8 | c << 16).to_le_bytes());
            to[8..].copy_from_slice(&(c >> 16 | d << 8).to_le_bytes());
        }
        for (to, from) in end.chunks_exact_mut(3).zip(rest.chunks_exact(4)) {
            to.copy_from_slice(&from[..3]);
        }
        keep(self.pixmap.take());
        rgb
    }

    /// Paints items in order.
    pub fn draw(&mut self, items: &[Item]) -> Result<(), MissingGlyph> {
        let mut rest = items;
        while let Some((item, after)) = rest.split_first() {
            rest = after;
            match item {
                Item::Path { path, fill, stroke } => {
                    self.path(path, fill.as_ref(), stroke.as_ref());
                }
                Item::Circle {
                    centre,
                    radius,
                    fill,
                    stroke,
                } => {
                    self.circle(*centre, *radius, fill.as_ref(), stroke.as_ref());
                }
                Item::Text { text, at, style } => self.text(text, *at, style)?,
                Item::Image { image, at, size } => self.image(image, *at, *size),
                Item::Shared(shared) => {
                    if !shared.stamp.lay(&shared.items, self) {
                        self.draw(&shared.items)?;
                    }
                }
                Item::Group {
                    clip,
                    opacity,
                    items,
                    ..
                } => {
                    let mut groups = vec![items.as_slice()];
                    // The layers of a map mostly share the frame as their clip: one copy will do.
                    while let Some((next, after)) = rest.split_first()
                        && let Some(items) = alike(clip.as_ref(), *opacity, next)
                    {
                        groups.push(items);
                        rest = after;
                    }
                    self.group(clip.as_ref(), *opacity, &groups)?;
                }
            }
        }
        Ok(())
    }

    fn region(&self) -> Region {
        Region {
            left: self.left,
            top: self.top,
            right: self.left + self.pixmap.width() as i32,
            bottom: self.top + self.pixmap.height() as i32,
        }
    }

    /// From the scene's pixels to this raster's.
    fn frame(&self, margin: f64) -> Frame {
        Frame {
            scale: self.scale,
            left: f64::from(self.left),
            top: f64::from(self.top),
            width: f64::from(self.pixmap.width()),
            height: f64::from(self.pixmap.height()),
            margin,
        }
    }

    /// Paints groups that have a clip and an opacity in common.
    fn group(
        &mut self,
        clip: Option<&Path>,
        opacity: f64,
        groups: &[&[Item]],
    ) -> Result<(), MissingGlyph> {
        let weight = (opacity.clamp(0.0, 1.0) * 256.0).round() as u32;
        let (region, mask) = match clip {
            None => (Some(self.region()), None),
            Some(path) => match path.as_rect() {
                Some((a, b)) => {
                    let device = |v: f64| (v * self.scale).round();
                    let region = Region::around(device(a.x), device(a.y), device(b.x), device(b.y));
                    (region.intersect(self.region()), None)
                }
                None => outline(path, self.frame(0.0))
                    .and_then(|outline| self.mask(&outline))
                    .map_or((None, None), |(mask, region)| (Some(region), Some(mask))),
            },
        };
        let Some(region) = region.filter(|_| weight > 0) else {
            return Ok(());
        };
        // Nothing has to be copied where nothing is drawn.
        let drawn = groups.iter().try_fold(Bounds::default(), |bounds, items| {
            Some(bounds.and(bounds_of(items)?))
        });
        let region = match drawn {
            _ if mask.is_some() => Some(region),
            Some(bounds) => bounds
                .on(self.scale)
                .and_then(|drawn| drawn.intersect(region)),
            None => Some(region),
        };
        let Some(region) = region else {
            return Ok(());
        };
        if mask.is_none() && weight == 256 && region == self.region() {
            return groups.iter().try_for_each(|items| self.draw(items));
        }
        let Some(mut copy) = self.copy(region) else {
            return Ok(());
        };
        groups.iter().try_for_each(|items| copy.draw(items))?;
        self.put_back(&copy, mask.as_ref(), weight);
        keep(copy.pixmap.take());
        Ok(())
    }

    /// A part of this raster, to paint on; the region lies within it.
    fn copy(&self, region: Region) -> Option<Raster> {
        let size = IntSize::from_wh(region.width(), region.height())?;
        let offset = 4 * (region.left - self.left) as usize;
        let length = 4 * region.width() as usize;
        let mut data = spare::room(length * region.height() as usize);
        for y in region.top..region.bottom {
            let from = row(self.pixmap.data(), self.pixmap.width(), y - self.top, 4);
            data.extend_from_slice(from.get(offset..offset + length)?);
        }
        let pixmap = Pixmap::from_vec(data, size)?;
        Some(Raster {
            pixmap,
            left: region.left,
            top: region.top,
            scale: self.scale,
            page: self.page,
        })
    }

    /// Lays a copy back, `weight`/256 of it, through a mask of its size.
    fn put_back(&mut self, copy: &Raster, mask: Option<&Mask>, weight: u32) {
        let region = copy.region();
        let offset = 4 * (region.left - self.left) as usize;
        let width = self.pixmap.width();
        for y in region.top..region.bottom {
            let from = row(copy.pixmap.data(), region.width(), y - region.top, 4);
            let to = row_mut(self.pixmap.data_mut(), width, y - self.top, 4);
            let end = offset + from.len();
            let Some(to) = to.get_mut(offset..end) else {
                continue;
            };
            match mask {
                None if weight == 256 => to.copy_from_slice(from),
                None => {
                    for (to, &from) in to.iter_mut().zip(from) {
                        *to = mix(*to, from, weight);
                    }
                }
                Some(mask) => {
                    let covers = row(mask.data(), mask.width(), y - region.top, 1);
                    let mut start = 0;
                    // Most pixels are like the one beside them: all in, or all out.
                    for run in covers.chunk_by(|a, b| a == b) {
                        let end = start + 4 * run.len();
                        let cover = run.first().copied().unwrap_or_default();
                        let weight = (u32::from(cover) * weight + 127) / 255;
                        let (to, from) = (to.get_mut(start..end), from.get(start..end));
                        start = end;
                        let Some((to, from)) = to.zip(from).filter(|_| weight > 0) else {
                            continue;
                        };
                        if weight == 256 {
                            to.copy_from_slice(from);
                            continue;
                        }
                        for (to, &from) in to.iter_mut().zip(from) {
                            *to = mix(*to, from, weight);
                        }
                    }
                }
            }
        }
    }
}

/// What is in an item, if it is an opaque group that an upright rectangle clips like another, or shared items that are
/// such groups.
fn alike<'a>(clip: Option<&Path>, opacity: f64, item: &'a Item) -> Option<&'a [Item]> {
    if let Item::Shared(shared) = item {
        let all = !shared.items.is_empty()
            && (shared.items.iter()).all(|item| alike(clip, opacity, item).is_some());
        return all.then_some(std::slice::from_ref(item));
    }
    let Item::Group {
        clip: Some(other),
        opacity: other_opacity,
        items,
        ..
    } = item
    else {
        return None;
    };
    let rect = clip?.as_rect()?;
    (opacity >= 1.0 && *other_opacity >= 1.0 && other.as_rect() == Some(rect)).then_some(items)
}
