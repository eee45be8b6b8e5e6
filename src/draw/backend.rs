//! What fills a scene: shapes, text, images and groups, in pixels.
//!
//! It is also plotters' backend (`adapter.rs`). plotters speaks in whole numbers; here **one unit is
//! 1/64 pixel**, for coordinates and for everything else that plotters calls pixels: stroke widths,
//! radii, text sizes, margins. Its own defaults (stroke width 1, legend inset 5 …) are therefore
//! far too fine: set every style, with [`units`] to convert. Its stock elements clamp coordinates
//! to their area, so map data goes through the pixel calls below, with a clip.

use std::sync::Arc;

use super::adapter::register_fonts;
use super::error::MissingGlyph;
use super::scene::{Fill, Image, Item, Path, Pt, Scene, Shared, Stroke, TextStyle};
use super::text::{Extent, measure};

/// plotters' units in a pixel.
pub const UNITS_PER_PIXEL: f64 = 64.0;

/// Pixels → plotters' units.
pub fn units(pixels: f64) -> i32 {
    (pixels * UNITS_PER_PIXEL).round() as i32
}

/// Pixels → plotters' units, for sizes.
pub fn size_units(pixels: f64) -> u32 {
    (pixels * UNITS_PER_PIXEL).round() as u32
}

/// A group that is still being drawn.
#[derive(Debug)]
struct OpenGroup {
    id: String,
    clip: Option<Path>,
    opacity: f64,
    says: Option<String>,
    /// What lies beside it, drawn before.
    before: Vec<Item>,
}

/// Fills a [`Scene`].
#[derive(Debug)]
pub struct SceneBackend {
    pub(super) scene: Scene,
    open: Vec<OpenGroup>,
}

impl SceneBackend {
    /// An empty page of the given size in pixels.
    pub fn new(width: f64, height: f64) -> Self {
        register_fonts();
        Self {
            scene: Scene {
                width,
                height,
                title: String::new(),
                description: String::new(),
                items: Vec::new(),
            },
            open: Vec::new(),
        }
    }

    /// Says what the picture shows, for people who cannot see it.
    pub fn describe(&mut self, title: &str, description: &str) {
        title.clone_into(&mut self.scene.title);
        description.clone_into(&mut self.scene.description);
    }

    /// Draws a shape.
    pub fn path(&mut self, path: Path, fill: Option<Fill>, stroke: Option<Stroke>) {
        if !path.steps.is_empty() && (fill.is_some() || stroke.is_some()) {
            self.scene.items.push(Item::Path { path, fill, stroke });
        }
    }

    /// Draws a circle.
    pub fn circle(&mut self, centre: Pt, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>) {
        if fill.is_some() || stroke.is_some() {
            self.scene.items.push(Item::Circle {
                centre,
                radius,
                fill,
                stroke,
            });
        }
    }

    /// Draws a line of text and says how much room it took.
    ///
    /// # Errors
    /// If a character is in no embedded font; nothing is drawn then.
    pub fn text(&mut self, text: &str, at: Pt, style: &TextStyle) -> Result<Extent, MissingGlyph> {
        let extent = measure(text, style)?;
        if !text.is_empty() {
            self.scene.items.push(Item::Text {
                text: text.to_owned(),
                at,
                style: style.clone(),
            });
        }
        Ok(extent)
    }

    /// Draws a raster with its top left corner at a point, stretched to a size.
    pub fn image(&mut self, image: impl Into<Arc<Image>>, at: Pt, size: Pt) {
        self.scene.items.push(Item::Image {
            image: image.into(),
            at,
            size,
        });
    }

    /// Draws what several scenes have in common.
    pub(super) fn shared(&mut self, shared: Arc<Shared>) {
        self.scene.items.push(Item::Shared(shared));
    }

    /// Starts a group; what is drawn until [`Self::close_group`] belongs to it.
    pub fn open_group(&mut self, id: &str, clip: Option<Path>, opacity: f64) {
        let before = std::mem::take(&mut self.scene.items);
        self.open.push(OpenGroup {
            id: id.to_owned(),
            clip,
            opacity,
            says: None,
            before,
        });
    }

    /// Starts a group of that name whose items are parts of one text: it is found, copied and read
    /// aloud as a whole.
    pub fn open_text(&mut self, text: &str) {
        self.open_group(text, None, 1.0);
        if let Some(group) = self.open.last_mut() {
            group.says = Some(text.to_owned());
        }
    }

    /// Ends the innermost group; without one it does nothing.
    pub fn close_group(&mut self) {
        if let Some(OpenGroup {
            id,
            clip,
            opacity,
            says,
            before,
        }) = self.open.pop()
        {
            let items = std::mem::replace(&mut self.scene.items, before);
            self.scene.items.push(Item::Group {
                id,
                clip,
                opacity,
                says,
                items,
            });
        }
    }

    /// The scene so far; the backend is left with an empty page of the same size.
    pub fn take(&mut self) -> Scene {
        while !self.open.is_empty() {
            self.close_group();
        }
        let empty = Scene {
            width: self.scene.width,
            height: self.scene.height,
            title: String::new(),
            description: String::new(),
            items: Vec::new(),
        };
        std::mem::replace(&mut self.scene, empty)
    }
}
