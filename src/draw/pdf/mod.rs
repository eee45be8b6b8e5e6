//! Scene → PDF: one page, vectors, text as text with the glyphs that it needs embedded.
//!
//! krilla writes the file. A pixel of the scene is 0.75 pt, so that A4 is A4. No dates, no random
//! ids: the same scene gives the same bytes. The layers of the scene have no mark in the PDF, for
//! krilla knows no optional content.

mod image;
mod path;
mod scattered;
mod text;

use krilla::color::rgb;
use krilla::geom::Transform;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill as Filling, FillRule, LineCap, LineJoin, Stroke as Line, StrokeDash};
use krilla::surface::Surface;
use krilla::{Document, SerializeSettings};

use self::path::{Page, outline};
use self::text::Fonts;
use super::error::{DrawError, MissingGlyph};
use super::hatch::Grid;
use super::letters::Lettering;
use super::png::MAX_SIDE;
use super::scene::{Color, Fill, Item, Path, Scene, Stroke};

/// Points to a pixel of the scene.
const POINTS: f32 = 0.75;

/// Writes a scene as PDF 1.7.
///
/// Cost: linear in vertices and glyphs, most of it for compressing them.
///
/// # Errors
/// If a text has a character that no embedded font has, or the page is empty or too large.
pub fn pdf(scene: &Scene, lettering: Lettering) -> Result<Vec<u8>, DrawError> {
    let (width, height) = (scene.width, scene.height);
    let size_error = || DrawError::PageSize { width, height };
    let fits = |side: f64| (1.0..=MAX_SIDE).contains(&side);
    if !fits(width) || !fits(height) {
        return Err(size_error());
    }
    let settings = PageSettings::from_wh(width as f32 * POINTS, height as f32 * POINTS)
        .ok_or_else(size_error)?;
    let mut document = Document::new_with(SerializeSettings {
        enable_tagging: false,
        ..SerializeSettings::default()
    });
    document.set_metadata(
        Metadata::new()
            .title(scene.title.clone())
            .description(scene.description.clone()),
    );
    let mut page = document.start_page_with(settings);
    let missing = {
        let mut writer = Writer {
            surface: page.surface(),
            page: Page { width, height },
            lettering,
            fonts: Fonts::default(),
            missing: None,
        };
        let scale = Transform::from_scale(POINTS, POINTS);
        writer.surface.push_transform(&scale);
        writer.items(&scene.items);
        writer.surface.pop();
        writer.missing
    };
    page.finish();
    match missing {
        Some(missing) => Err(missing.into()),
        None => Ok(document.finish()?),
    }
}

struct Writer<'a> {
    surface: Surface<'a>,
    page: Page,
    lettering: Lettering,
    fonts: Fonts,
    /// The first one: krilla's surface must be left in order, so nothing returns half-way.
    missing: Option<MissingGlyph>,
}

impl Writer<'_> {
    fn items(&mut self, items: &[Item]) {
        for item in items {
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
                    if *radius > 0.0 {
                        let path = Path::circle(*centre, *radius);
                        self.path(&path, fill.as_ref(), stroke.as_ref());
                    }
                }
                Item::Text { text, at, style } => {
                    if let Err(missing) = self.text(text, *at, style) {
                        self.missing.get_or_insert(missing);
                    }
                }
                Item::Image { image, at, size } => self.image(image, *at, *size),
                Item::Group {
                    clip,
                    opacity,
                    says,
                    items,
                    ..
                } => {
                    let draw = |writer: &mut Self| writer.group(clip.as_ref(), *opacity, items);
                    match says {
                        Some(text) => self.parts(text, items, draw),
                        None => draw(self),
                    }
                }
                Item::Shared(shared) => self.items(&shared.items),
            }
        }
    }

    fn path(&mut self, path: &Path, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        let stroke = stroke.filter(|stroke| stroke.width > 0.0 && stroke.width.is_finite());
        let margin = stroke.map_or(0.0, |stroke| stroke.width);
        let Some(outline) = outline(path, self.page, margin) else {
            return;
        };
        let solid = match fill {
            Some(Fill::Solid(color)) => Some(filling(*color, FillRule::EvenOdd)),
            Some(hatch) => {
                self.hatch(path, &outline, hatch);
                None
            }
            None => None,
        };
        let line = stroke.map(line);
        if solid.is_some() || line.is_some() {
            self.surface.set_fill(solid);
            self.surface.set_stroke(line);
            self.surface.draw_path(&outline);
        }
    }

    /// Draws a hatch as lines through a clip.
    fn hatch(&mut self, path: &Path, clip: &krilla::geom::Path, fill: &Fill) {
        let &Fill::Hatch {
            color,
            spacing,
            width,
            angle,
        } = fill
        else {
            return;
        };
        let Some(grid) = Grid::new(angle, spacing, width) else {
            return;
        };
        let mut lines = Path::default();
        for (a, b) in grid.lines(path) {
            lines.add_line([a, b]);
        }
        let Some(lines) = outline(&lines, self.page, width) else {
            return;
        };
        self.surface.push_clip_path(clip, &FillRule::EvenOdd);
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(line(&Stroke {
            round_cap: false,
            ..Stroke::new(color, width)
        })));
        self.surface.draw_path(&lines);
        self.surface.pop();
    }

    fn group(&mut self, clip: Option<&Path>, opacity: f64, items: &[Item]) {
        let clip = match clip.map(|path| outline(path, self.page, 0.0)) {
            // Nothing shows through such a clip.
            Some(None) => return self.check(items),
            Some(clip) => clip,
            None => None,
        };
        let Some(opacity) = NormalizedF32::new(opacity.clamp(0.0, 1.0) as f32) else {
            return self.check(items);
        };
        if let Some(clip) = &clip {
            self.surface.push_clip_path(clip, &FillRule::EvenOdd);
        }
        self.surface.push_opacity(opacity);
        self.items(items);
        self.surface.pop();
        if clip.is_some() {
            self.surface.pop();
        }
    }

    /// What cannot be seen must have its glyphs all the same, as in the other formats.
    fn check(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Text { text, style, .. } => {
                    if let Err(missing) = super::text::shape(text, style) {
                        self.missing.get_or_insert(missing);
                    }
                }
                Item::Group { items, .. } => self.check(items),
                Item::Shared(shared) => self.check(&shared.items),
                _ => {}
            }
        }
    }
}

fn paint(color: Color) -> (krilla::paint::Paint, NormalizedF32) {
    let opacity = NormalizedF32::new(f32::from(color.a) / 255.0).unwrap_or(NormalizedF32::ONE);
    (rgb::Color::new(color.r, color.g, color.b).into(), opacity)
}

fn filling(color: Color, rule: FillRule) -> Filling {
    let (paint, opacity) = paint(color);
    Filling {
        paint,
        opacity,
        rule,
    }
}

fn line(stroke: &Stroke) -> Line {
    let (paint, opacity) = paint(stroke.color);
    // A dash without length, or with one below nothing, is no dash.
    let sane = stroke.dash.iter().all(|&on| on >= 0.0 && on.is_finite())
        && stroke.dash.iter().sum::<f64>() > 0.0;
    Line {
        paint,
        width: stroke.width as f32,
        line_cap: if stroke.round_cap {
            LineCap::Round
        } else {
            LineCap::Butt
        },
        line_join: LineJoin::Round,
        opacity,
        dash: sane.then(|| StrokeDash {
            array: stroke.dash.iter().map(|&on| on as f32).collect(),
            offset: 0.0,
        }),
        ..Line::default()
    }
}
