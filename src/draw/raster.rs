//! The raster under a PNG: a white, opaque page on which items are painted one by one (tiny-skia).
//!
//! Because the page is always opaque, a clipped or translucent group needs no alpha: its region is
//! copied, the group painted on the copy, and the copy laid back through the clip at the group's
//! opacity. That equals compositing an isolated group, and for an upright rectangular clip it is
//! two row-wise copies.

use tiny_skia::{
    FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, Pixmap, PixmapPaint, PixmapRef,
    StrokeDash, Transform,
};

use super::error::MissingGlyph;
use super::hatch::Grid;
use super::outline::{Frame, circle, outline};
use super::scene::{Color, Fill, Image, Item, Path, Pt, Stroke, TextStyle};
use super::text::shape;

/// A page, or a rectangle cut out of one.
pub(super) struct Raster {
    pixmap: Pixmap,
    /// Where this rectangle lies on the page, in device pixels.
    left: i32,
    top: i32,
    /// Device pixels to a pixel of the scene.
    scale: f64,
}

/// A rectangle of device pixels of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Region {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Raster {
    /// A white page; `None` if it cannot be allocated.
    pub fn new(width: u32, height: u32, scale: f64) -> Option<Self> {
        let mut pixmap = Pixmap::new(width, height)?;
        pixmap.fill(tiny_skia::Color::WHITE);
        Some(Self {
            pixmap,
            left: 0,
            top: 0,
            scale,
        })
    }

    /// The pixels without alpha, rows from the top.
    pub fn into_rgb(self) -> Vec<u8> {
        let data = self.pixmap.data();
        let mut rgb = Vec::with_capacity(data.len() / 4 * 3);
        rgb.extend(data.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]));
        rgb
    }

    /// Paints items in order.
    pub fn draw(&mut self, items: &[Item]) -> Result<(), MissingGlyph> {
        for item in items {
            match item {
                Item::Path { path, fill, stroke } => {
                    self.path(path, fill.as_ref(), stroke.as_ref())
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
                Item::Group {
                    clip,
                    opacity,
                    items,
                    ..
                } => {
                    self.group(clip.as_ref(), *opacity, items)?;
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

    fn path(&mut self, path: &Path, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        let margin = stroke.map_or(0.0, |s| s.width * self.scale);
        if let Some(outline) = outline(path, self.frame(margin)) {
            self.shape(&outline, fill, stroke);
        }
    }

    fn circle(&mut self, centre: Pt, radius: f64, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        let margin = stroke.map_or(0.0, |s| s.width * self.scale);
        if let Some(outline) = circle(centre, radius, self.frame(margin)) {
            self.shape(&outline, fill, stroke);
        }
    }

    fn shape(&mut self, outline: &tiny_skia::Path, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        match fill {
            Some(Fill::Solid(color)) => self.fill(outline, *color, FillRule::EvenOdd),
            Some(&Fill::Hatch {
                color,
                spacing,
                width,
                angle,
            }) => {
                if let Some(grid) = Grid::new(angle, spacing, width) {
                    self.hatch(outline, color, grid.scaled(self.scale));
                }
            }
            None => {}
        }
        if let Some(stroke) = stroke {
            self.stroke(outline, stroke);
        }
    }

    fn fill(&mut self, outline: &tiny_skia::Path, color: Color, rule: FillRule) {
        self.pixmap
            .fill_path(outline, &paint(color), rule, Transform::identity(), None);
    }

    fn stroke(&mut self, outline: &tiny_skia::Path, stroke: &Stroke) {
        let width = (stroke.width * self.scale) as f32;
        if !(width > 0.0 && width.is_finite()) {
            return;
        }
        let dash = stroke
            .dash
            .iter()
            .map(|length| (length * self.scale) as f32)
            .collect::<Vec<_>>();
        let style = tiny_skia::Stroke {
            width,
            line_cap: if stroke.round_cap {
                LineCap::Round
            } else {
                LineCap::Butt
            },
            line_join: LineJoin::Round,
            // An odd number of lengths is repeated, as in SVG.
            dash: StrokeDash::new(
                if dash.len() % 2 == 1 {
                    dash.repeat(2)
                } else {
                    dash
                },
                0.0,
            ),
            ..Default::default()
        };
        self.pixmap.stroke_path(
            outline,
            &paint(stroke.color),
            &style,
            Transform::identity(),
            None,
        );
    }

    /// Lays the grid's ink on the shape, pixel by pixel.
    fn hatch(&mut self, outline: &tiny_skia::Path, color: Color, grid: Grid) {
        let Some((mask, region)) = self.mask(outline) else {
            return;
        };
        let alpha = f64::from(color.a) / 255.0;
        for y in region.top..region.bottom {
            let covers = row(mask.data(), mask.width(), y - region.top, 1);
            let offset = 4 * (region.left - self.left) as usize;
            let width = self.pixmap.width();
            let pixels = row_mut(self.pixmap.data_mut(), width, y - self.top, 4);
            let pixels = pixels.get_mut(offset..).unwrap_or_default();
            for ((x, &cover), pixel) in (region.left..).zip(covers).zip(pixels.chunks_exact_mut(4))
            {
                if cover == 0 {
                    continue;
                }
                let ink = grid.coverage(f64::from(x) + 0.5, f64::from(y) + 0.5);
                let weight = (ink * alpha * f64::from(cover) / 255.0 * 256.0).round() as u32;
                for (channel, paint) in pixel.iter_mut().zip([color.r, color.g, color.b]) {
                    *channel = mix(*channel, paint, weight);
                }
            }
        }
    }

    /// The coverage of a shape over the part of this raster that it touches.
    fn mask(&self, outline: &tiny_skia::Path) -> Option<(Mask, Region)> {
        let bounds = outline.bounds();
        let region = Region {
            left: self.left + bounds.left().floor() as i32,
            top: self.top + bounds.top().floor() as i32,
            right: self.left + bounds.right().ceil() as i32,
            bottom: self.top + bounds.bottom().ceil() as i32,
        }
        .intersect(self.region())?;
        let mut mask = Mask::new(region.width(), region.height())?;
        let shift = Transform::from_translate(
            (self.left - region.left) as f32,
            (self.top - region.top) as f32,
        );
        mask.fill_path(outline, FillRule::EvenOdd, true, shift);
        Some((mask, region))
    }

    fn text(&mut self, text: &str, at: Pt, style: &TextStyle) -> Result<(), MissingGlyph> {
        let line = shape(text, style)?;
        if let Some(outline) = super::outline::text(&line, at, style, self.frame(0.0)) {
            if let Some((color, width)) = style.halo {
                // Half of the stroke lies under the glyphs.
                self.stroke(&outline, &Stroke::new(color, 2.0 * width));
            }
            self.fill(&outline, style.color, FillRule::Winding);
        }
        Ok(())
    }

    fn image(&mut self, image: &Image, at: Pt, size: Pt) {
        let mut rgba = image.rgba.clone();
        for pixel in rgba.chunks_exact_mut(4) {
            let alpha = u32::from(pixel[3]);
            for channel in &mut pixel[..3] {
                *channel = ((u32::from(*channel) * alpha + 127) / 255) as u8;
            }
        }
        let Some(source) = PixmapRef::from_bytes(&rgba, image.width, image.height) else {
            return;
        };
        let transform = Transform::from_row(
            (size.x * self.scale / f64::from(image.width)) as f32,
            0.0,
            0.0,
            (size.y * self.scale / f64::from(image.height)) as f32,
            (at.x * self.scale - f64::from(self.left)) as f32,
            (at.y * self.scale - f64::from(self.top)) as f32,
        );
        let paint = PixmapPaint {
            quality: FilterQuality::Bilinear,
            ..Default::default()
        };
        self.pixmap
            .draw_pixmap(0, 0, source, &paint, transform, None);
    }

    fn group(
        &mut self,
        clip: Option<&Path>,
        opacity: f64,
        items: &[Item],
    ) -> Result<(), MissingGlyph> {
        let weight = (opacity.clamp(0.0, 1.0) * 256.0).round() as u32;
        if weight == 0 {
            return Ok(());
        }
        let (region, mask) = match clip {
            None => (Some(self.region()), None),
            Some(path) => match path.as_rect() {
                Some((a, b)) => {
                    let device = |v: f64| (v * self.scale).round() as i32;
                    let region = Region {
                        left: device(a.x),
                        top: device(a.y),
                        right: device(b.x),
                        bottom: device(b.y),
                    };
                    (region.intersect(self.region()), None)
                }
                None => outline(path, self.frame(0.0))
                    .and_then(|outline| self.mask(&outline))
                    .map_or((None, None), |(mask, region)| (Some(region), Some(mask))),
            },
        };
        // Clipped away altogether.
        let Some(region) = region else { return Ok(()) };
        if mask.is_none() && weight == 256 && region == self.region() {
            return self.draw(items);
        }
        let Some(mut copy) = self.copy(region) else {
            return Ok(());
        };
        copy.draw(items)?;
        self.lay(&copy, mask.as_ref(), weight);
        Ok(())
    }

    /// A part of this raster, to paint on; the region lies within it.
    fn copy(&self, region: Region) -> Option<Raster> {
        let mut pixmap = Pixmap::new(region.width(), region.height())?;
        let offset = 4 * (region.left - self.left) as usize;
        let width = region.width();
        for y in region.top..region.bottom {
            let from = row(self.pixmap.data(), self.pixmap.width(), y - self.top, 4);
            let to = row_mut(pixmap.data_mut(), width, y - region.top, 4);
            let end = offset + to.len();
            if let Some(from) = from.get(offset..end) {
                to.copy_from_slice(from);
            }
        }
        Some(Raster {
            pixmap,
            left: region.left,
            top: region.top,
            scale: self.scale,
        })
    }

    /// Lays a copy back, `weight`/256 of it, through a mask of its size.
    fn lay(&mut self, copy: &Raster, mask: Option<&Mask>, weight: u32) {
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
                None => to
                    .iter_mut()
                    .zip(from)
                    .for_each(|(to, &from)| *to = mix(*to, from, weight)),
                Some(mask) => {
                    let covers = row(mask.data(), mask.width(), y - region.top, 1);
                    let pixels = to.chunks_exact_mut(4).zip(from.chunks_exact(4));
                    for ((to, from), &cover) in pixels.zip(covers) {
                        let weight = (u32::from(cover) * weight + 127) / 255;
                        for (to, &from) in to.iter_mut().zip(from) {
                            *to = mix(*to, from, weight);
                        }
                    }
                }
            }
        }
    }
}

impl Region {
    fn width(self) -> u32 {
        (self.right - self.left).max(0) as u32
    }

    fn height(self) -> u32 {
        (self.bottom - self.top).max(0) as u32
    }

    fn intersect(self, other: Self) -> Option<Self> {
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
fn row(data: &[u8], width: u32, y: i32, depth: usize) -> &[u8] {
    let length = width as usize * depth;
    let start = y.max(0) as usize * length;
    data.get(start..start + length).unwrap_or_default()
}

fn row_mut(data: &mut [u8], width: u32, y: i32, depth: usize) -> &mut [u8] {
    let length = width as usize * depth;
    let start = y.max(0) as usize * length;
    data.get_mut(start..start + length).unwrap_or_default()
}

/// From one value to another, `weight`/256 of the way.
fn mix(from: u8, to: u8, weight: u32) -> u8 {
    ((u32::from(from) * (256 - weight) + u32::from(to) * weight + 128) >> 8) as u8
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}
