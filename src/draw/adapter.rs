//! plotters draws into the scene through this: its backend trait, for [`SceneBackend`].
//!
//! All whole numbers are in units of 1/64 pixel; see [`backend`](super::backend).

use std::sync::Once;

use plotters::style::{FontStyle as PlottersStyle, register_font};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform,
};

use super::backend::{SceneBackend, UNITS_PER_PIXEL, size_units};
use super::error::MissingGlyph;
use super::fonts::{Face, LINE};
use super::scene::{Align, Color, Fill, Image, Path, Pt, Step, Stroke, TextStyle, pt};
use super::text::measure;

/// plotters' point → pixels.
fn pixels((x, y): BackendCoord) -> Pt {
    pt(
        f64::from(x) / UNITS_PER_PIXEL,
        f64::from(y) / UNITS_PER_PIXEL,
    )
}

/// plotters' own names for a font lead to the embedded one, so that it can measure.
pub(super) fn register_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for name in ["sans-serif", "serif", "monospace", "Noto Sans"] {
            for style in [
                PlottersStyle::Normal,
                PlottersStyle::Italic,
                PlottersStyle::Oblique,
            ] {
                let _ = register_font(name, style, Face::Sans.bytes());
            }
            let _ = register_font(name, PlottersStyle::Bold, Face::SansBold.bytes());
        }
    });
}

fn color(color: BackendColor) -> Color {
    let (r, g, b) = color.rgb;
    Color { r, g, b, a: 255 }.alpha(color.alpha)
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    Stroke::new(
        color(style.color()),
        f64::from(style.stroke_width()) / UNITS_PER_PIXEL,
    )
}

/// plotters' size of a text is that of a line, ascent and descent together, in units.
fn text_style<S: BackendTextStyle>(style: &S) -> TextStyle {
    let size = style.size() / (LINE.0 + LINE.1) / UNITS_PER_PIXEL;
    TextStyle {
        bold: matches!(style.style(), FontStyle::Bold),
        italic: matches!(style.style(), FontStyle::Italic | FontStyle::Oblique),
        align: match style.anchor().h_pos {
            HPos::Left => Align::Left,
            HPos::Center => Align::Centre,
            HPos::Right => Align::Right,
        },
        rotation: match style.transform() {
            FontTransform::None => 0.0,
            FontTransform::Rotate90 => 90.0,
            FontTransform::Rotate180 => 180.0,
            FontTransform::Rotate270 => 270.0,
        },
        ..TextStyle::new(size, color(style.color()))
    }
}

type Outcome = Result<(), DrawingErrorKind<MissingGlyph>>;

impl DrawingBackend for SceneBackend {
    type ErrorType = MissingGlyph;

    fn get_size(&self) -> (u32, u32) {
        (size_units(self.scene.width), size_units(self.scene.height))
    }

    fn ensure_prepared(&mut self) -> Outcome {
        Ok(())
    }

    fn present(&mut self) -> Outcome {
        Ok(())
    }

    /// A square of one unit.
    fn draw_pixel(&mut self, point: BackendCoord, paint: BackendColor) -> Outcome {
        let to = (point.0.saturating_add(1), point.1.saturating_add(1));
        self.draw_rect(point, to, &paint, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Outcome {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Outcome {
        let (a, b) = (pixels(upper_left), pixels(bottom_right));
        let path = Path::rect(a.x, a.y, b.x - a.x, b.y - a.y);
        if fill {
            self.path(path, Some(Fill::Solid(color(style.color()))), None);
        } else {
            self.path(path, None, Some(stroke(style)));
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Outcome {
        self.path(
            Path::line(path.into_iter().map(pixels)),
            None,
            Some(stroke(style)),
        );
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Outcome {
        let radius = f64::from(radius) / UNITS_PER_PIXEL;
        if fill {
            self.circle(
                pixels(center),
                radius,
                Some(Fill::Solid(color(style.color()))),
                None,
            );
        } else {
            self.circle(pixels(center), radius, None, Some(stroke(style)));
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Outcome {
        let mut path = Path::line(vert.into_iter().map(pixels));
        path.steps.push(Step::Close);
        self.path(path, Some(Fill::Solid(color(style.color()))), None);
        Ok(())
    }

    /// Text stays text: it is shaped by us, not by plotters. The anchor is the line's box.
    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Outcome {
        let style_of_text = text_style(style);
        let (ascent, descent) = (LINE.0 * style_of_text.size, LINE.1 * style_of_text.size);
        // From the anchor down to the baseline, before the text is turned.
        let down = match style.anchor().v_pos {
            VPos::Top => ascent,
            VPos::Center => (ascent - descent) / 2.0,
            VPos::Bottom => -descent,
        };
        let (sin, cos) = style_of_text.rotation.to_radians().sin_cos();
        let anchor = pixels(pos);
        let at = pt(anchor.x - down * sin, anchor.y + down * cos);
        self.text(text, at, &style_of_text)
            .map_err(DrawingErrorKind::DrawingError)?;
        Ok(())
    }

    /// The width of the shaped text and the height of a line, in units.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<MissingGlyph>> {
        let style = text_style(style);
        let extent = measure(text, &style).map_err(DrawingErrorKind::DrawingError)?;
        Ok((
            size_units(extent.width),
            size_units((LINE.0 + LINE.1) * style.size),
        ))
    }

    /// An RGB raster; one of its pixels is a pixel of the page, not a unit.
    fn blit_bitmap(
        &mut self,
        pos: BackendCoord,
        (width, height): (u32, u32),
        src: &[u8],
    ) -> Outcome {
        let pixels_of_image = u64::from(width) * u64::from(height);
        if pixels_of_image > 0 && src.len() as u64 >= pixels_of_image * 3 {
            let rgba = src
                .chunks_exact(3)
                .take(pixels_of_image as usize)
                .flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255])
                .collect();
            let size = pt(f64::from(width), f64::from(height));
            self.image(
                Image {
                    width,
                    height,
                    rgba,
                },
                pixels(pos),
                size,
            );
        }
        Ok(())
    }
}
