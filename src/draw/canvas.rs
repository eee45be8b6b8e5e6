//! What a map is drawn on: a shared handle to one [`SceneBackend`].
//!
//! Coordinates are pixels, sub-pixel precise. [`Canvas::area`] gives the same page to plotters, so
//! that its charts and our map elements land in one scene, in drawing order.
//!
//! ```
//! use dateline::draw::{Canvas, Color, Fill, Lettering, Path, TextStyle, png, pt, svg};
//!
//! let canvas = Canvas::new(200.0, 100.0);
//! canvas.group("map", Some(Path::rect(10.0, 10.0, 180.0, 80.0)), 1.0, |map| {
//!     map.circle(pt(60.0, 50.0), 40.0, Some(Fill::Solid(Color::hex(0x2b6cb0))), None);
//!     map.text("إدلب", pt(110.0, 55.0), &TextStyle::new(16.0, Color::hex(0x222222)))
//! })?;
//! let scene = canvas.finish();
//! assert!(svg(&scene, Lettering::Text)?.contains("<circle"));
//! assert!(png(&scene, 2.0)?.starts_with(b"\x89PNG"));
//! # Ok::<(), dateline::draw::DrawError>(())
//! ```

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::backend::SceneBackend;
use super::curved::{SetPart, outline};
use super::error::MissingGlyph;
use super::scene::{Align, Fill, Image, Path, Pt, Scene, Shared, Stroke, TextStyle};
use super::text::Extent;

/// A page to draw on. Clones draw on the same page.
///
/// Not to be used from within a plotters `Drawable::draw`, which already holds the backend: there,
/// call the same methods of the [`SceneBackend`] that is passed in.
#[derive(Clone, Debug)]
pub struct Canvas {
    backend: Rc<RefCell<SceneBackend>>,
}

impl Canvas {
    /// An empty page of the given size in pixels.
    pub fn new(width: f64, height: f64) -> Self {
        Self {
            backend: Rc::new(RefCell::new(SceneBackend::new(width, height))),
        }
    }

    /// Says what the picture shows, for people who cannot see it: SVG's `title` and `desc`.
    pub fn describe(&self, title: &str, description: &str) {
        self.backend.borrow_mut().describe(title, description);
    }

    /// Draws a shape: the fill first, then the outline.
    pub fn path(&self, path: Path, fill: Option<Fill>, stroke: Option<Stroke>) {
        self.backend.borrow_mut().path(path, fill, stroke);
    }

    /// Draws a circle.
    pub fn circle(&self, centre: Pt, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>) {
        self.backend
            .borrow_mut()
            .circle(centre, radius, fill, stroke);
    }

    /// Draws a line of text, its baseline at `at`, and says how much room it took.
    ///
    /// # Errors
    /// If a character is in no embedded font; nothing is drawn then.
    pub fn text(&self, text: &str, at: Pt, style: &TextStyle) -> Result<Extent, MissingGlyph> {
        self.backend.borrow_mut().text(text, at, style)
    }

    /// Draws a text along a curve, each part where it is said to stand, as a group of that name; the
    /// style's own place, turn and spacing do not count.
    ///
    /// # Errors
    /// If a character is in no embedded font.
    pub fn curved(
        &self,
        text: &str,
        parts: &[SetPart],
        style: &TextStyle,
    ) -> Result<(), MissingGlyph> {
        let plain = TextStyle {
            halo: None,
            align: Align::Left,
            spacing: 0.0,
            ..style.clone()
        };
        let mut around = Path::default();
        for part in parts {
            let letter = text.get(part.bytes.clone()).unwrap_or_default();
            around
                .steps
                .extend(outline(letter, part.at, part.rotation, &plain)?.steps);
        }
        self.parts_of(text, |c| {
            if let Some((color, width)) = style.halo {
                c.path(around, None, Some(Stroke::new(color, 2.0 * width)));
            }
            for part in parts {
                let style = TextStyle {
                    rotation: part.rotation,
                    ..plain.clone()
                };
                c.text(
                    text.get(part.bytes.clone()).unwrap_or_default(),
                    part.at,
                    &style,
                )?;
            }
            Ok(())
        })
    }

    /// Draws a raster with its top left corner at `at`, stretched to `size`.
    pub fn image(&self, image: impl Into<Arc<Image>>, at: Pt, size: Pt) {
        self.backend.borrow_mut().image(image, at, size);
    }

    /// Draws what several scenes have in common.
    pub fn shared(&self, shared: Arc<Shared>) {
        self.backend.borrow_mut().shared(shared);
    }

    /// Draws a named group: a layer to a designer who opens the SVG.
    ///
    /// What lies outside `clip` is not drawn; a clip that is an upright rectangle is cut at whole
    /// device pixels. `opacity` in 0..=1 is that of the group as a whole.
    pub fn group<R>(
        &self,
        id: &str,
        clip: Option<Path>,
        opacity: f64,
        draw: impl FnOnce(&Canvas) -> R,
    ) -> R {
        self.backend.borrow_mut().open_group(id, clip, opacity);
        let result = draw(self);
        self.backend.borrow_mut().close_group();
        result
    }

    /// Draws what are parts of one text, each at its own place, as a group of that name: the text is
    /// found, copied and read aloud as a whole.
    pub fn parts_of<R>(&self, text: &str, draw: impl FnOnce(&Canvas) -> R) -> R {
        self.backend.borrow_mut().open_text(text);
        let result = draw(self);
        self.backend.borrow_mut().close_group();
        result
    }

    /// The whole page as a plotters drawing area, in units of 1/64 pixel (see
    /// [`backend`](super::backend)). What is drawn on it joins the group that is open at the time.
    pub fn area(&self) -> DrawingArea<SceneBackend, Shift> {
        DrawingArea::from(&self.backend)
    }

    /// The finished scene. Clones and areas that are still alive then draw on an empty page.
    pub fn finish(self) -> Scene {
        self.backend.borrow_mut().take()
    }
}
