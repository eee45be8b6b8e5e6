//! Shapes on the raster: paths, circles, upright rectangles, hatches.

use tiny_skia::{FillRule, LineCap, LineJoin, Mask, Paint, StrokeDash, Transform};

use super::Raster;
use super::outline::outline;
use super::pixels::{Region, overlap, row};
use crate::draw::hatch::Grid;
use crate::draw::scene::{Color, Fill, Path, Pt, Stroke};

impl Raster {
    /// Fills and strokes a path.
    pub(super) fn path(&mut self, path: &Path, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        let fill = match (fill, path.as_rect()) {
            (Some(Fill::Solid(color)), Some((a, b))) => {
                self.rectangle(a, b, *color);
                None
            }
            _ => fill,
        };
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let margin = stroke.map_or(0.0, |s| s.width * self.scale);
        let Some(outline) = outline(path, self.frame(margin)) else {
            return;
        };
        match fill {
            Some(Fill::Solid(color)) => {
                let (paint, still) = (paint(*color), Transform::identity());
                self.pixmap
                    .fill_path(&outline, &paint, FillRule::EvenOdd, still, None);
            }
            Some(&Fill::Hatch {
                color,
                spacing,
                width,
                angle,
            }) => {
                if let Some(grid) = Grid::new(angle, spacing, width) {
                    self.hatch(&outline, color, grid.scaled(self.scale));
                }
            }
            None => {}
        }
        if let Some(stroke) = stroke {
            self.stroke(&outline, stroke);
        }
    }

    fn stroke(&mut self, outline: &tiny_skia::Path, stroke: &Stroke) {
        let width = (stroke.width * self.scale) as f32;
        if !(width > 0.0 && width.is_finite()) {
            return;
        }
        let mut dash: Vec<f32> = stroke
            .dash
            .iter()
            .map(|on| (on * self.scale) as f32)
            .collect();
        // An odd number of lengths is gone through twice, as in SVG.
        if dash.len() % 2 == 1 {
            dash.extend_from_within(..);
        }
        let style = tiny_skia::Stroke {
            width,
            line_cap: if stroke.round_cap {
                LineCap::Round
            } else {
                LineCap::Butt
            },
            line_join: LineJoin::Round,
            dash: StrokeDash::new(dash, 0.0),
            ..Default::default()
        };
        let (paint, still) = (paint(stroke.color), Transform::identity());
        self.pixmap
            .stroke_path(outline, &paint, &style, still, None);
    }

    /// Fills an upright rectangle: its whole pixels at once, then what its edges cover in part.
    fn rectangle(&mut self, a: Pt, b: Pt, color: Color) {
        let [left, top, right, bottom] = [a.x, a.y, b.x, b.y].map(|v| v * self.scale);
        let region = Region::around(left, top, right, bottom);
        let Some(region) = region.intersect(self.region()) else {
            return;
        };
        let inner = Region::around(left.ceil(), top.ceil(), right.floor(), bottom.floor());
        let inner = inner.intersect(region);
        if let Some(inner) = inner {
            self.flood(inner, color);
        }
        for edge in region.around_hole(inner) {
            self.lay(edge, color, |y| {
                let part = overlap(y, top, bottom);
                (edge.left..edge.right).map(move |x| overlap(x, left, right) * part)
            });
        }
    }

    /// Fills and strokes a circle: coverage by the distance of a pixel's centre from the edge.
    pub(super) fn circle(
        &mut self,
        centre: Pt,
        radius: f64,
        fill: Option<&Fill>,
        stroke: Option<&Stroke>,
    ) {
        let plain = !matches!(fill, Some(Fill::Hatch { .. }))
            && stroke.is_none_or(|stroke| stroke.dash.is_empty());
        if !plain {
            return self.path(&Path::circle(centre, radius), fill, stroke);
        }
        let [cx, cy, r] = [centre.x, centre.y, radius].map(|v| v * self.scale);
        let half = stroke.map_or(0.0, |stroke| stroke.width * self.scale / 2.0);
        let reach = r + half + 1.0;
        let region = Region::around(cx - reach, cy - reach, cx + reach, cy + reach);
        let Some(region) = region.intersect(self.region()).filter(|_| r > 0.0) else {
            return;
        };
        let squared_distances = |y: i32| {
            let dy = (f64::from(y) + 0.5 - cy) as f32;
            let from = (f64::from(region.left) + 0.5 - cx) as f32;
            (0..region.width() as i32).map(move |i| {
                let dx = from + i as f32;
                dx * dx + dy * dy
            })
        };
        if let Some(Fill::Solid(color)) = fill {
            // A ramp one pixel wide has more ink than the edge it stands for: (r² + 1/12) π.
            let (r, ink) = match r * r - 1.0 / 12.0 {
                squared if r > 0.5 => (squared.sqrt() as f32, 1.0),
                _ => (0.408, 4.0 * (r * r) as f32),
            };
            let (inside, outside) = (square(r - 0.5), square(r + 0.5));
            self.lay(region, *color, |y| {
                squared_distances(y).map(move |squared| match squared {
                    _ if squared >= outside => 0.0,
                    _ if squared <= inside => ink,
                    _ => (r + 0.5 - squared.sqrt()).clamp(0.0, 1.0) * ink,
                })
            });
        }
        let (r, half) = (r as f32, half as f32);
        if let Some(stroke) = stroke {
            let most = (2.0 * half).min(1.0);
            let (inside, outside) = (square(r - half - 0.5), square(r + half + 0.5));
            self.lay(region, stroke.color, |y| {
                squared_distances(y).map(move |squared| match squared {
                    _ if squared >= outside || squared <= inside => 0.0,
                    _ => (half + 0.5 - (squared.sqrt() - r).abs()).clamp(0.0, most),
                })
            });
        }
    }

    /// Lays a grid's ink on a shape.
    fn hatch(&mut self, outline: &tiny_skia::Path, color: Color, grid: Grid) {
        let Some((mask, region)) = self.mask(outline) else {
            return;
        };
        self.lay(region, color, |y| {
            let covers = row(mask.data(), mask.width(), y - region.top, 1);
            (region.left..)
                .zip(covers)
                .map(move |(x, &cover)| match cover {
                    0 => 0.0,
                    cover => f32::from(cover) / 255.0 * grid.coverage(x, y),
                })
        });
    }

    /// The coverage of a shape over the part of this raster that it touches.
    pub(super) fn mask(&self, outline: &tiny_skia::Path) -> Option<(Mask, Region)> {
        let bounds = outline.bounds();
        let (left, top) = (f64::from(self.left), f64::from(self.top));
        let region = Region::around(
            left + f64::from(bounds.left()),
            top + f64::from(bounds.top()),
            left + f64::from(bounds.right()),
            top + f64::from(bounds.bottom()),
        )
        .intersect(self.region())?;
        let mut mask = Mask::new(region.width(), region.height())?;
        let shift = Transform::from_translate(
            (self.left - region.left) as f32,
            (self.top - region.top) as f32,
        );
        mask.fill_path(outline, FillRule::EvenOdd, true, shift);
        Some((mask, region))
    }
}

/// The square of a length; that of a negative one is less than any square.
fn square(length: f32) -> f32 {
    length * length.abs()
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}
