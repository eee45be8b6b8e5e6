//! The scene: everything that is on the page, in drawing order, before it becomes pixels or markup.
//!
//! One scene per picture. Whoever draws appends to it; the PNG and SVG writers read it. Units are
//! CSS pixels (1/96 inch at scale 1), origin top left, y down, sub-pixel precise.

use std::sync::Arc;

use super::raster::StampCell;

pub use super::path::{Path, Pt, Step, pt};

/// A colour: sRGB with straight (not premultiplied) alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity: 0 is clear, 255 is opaque.
    pub a: u8,
}

impl Color {
    /// An opaque colour from its hexadecimal form, e.g. `Color::hex(0xfdfcf8)`.
    pub const fn hex(rgb: u32) -> Self {
        Self {
            r: (rgb >> 16) as u8,
            g: (rgb >> 8) as u8,
            b: rgb as u8,
            a: 255,
        }
    }

    /// The same colour at another opacity in 0..=1.
    pub fn alpha(self, opacity: f64) -> Self {
        Self {
            a: (opacity.clamp(0.0, 1.0) * 255.0).round() as u8,
            ..self
        }
    }
}

/// How a line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width in pixels.
    pub width: f64,
    /// On and off lengths in pixels; empty for a solid line.
    pub dash: Vec<f64>,
    /// Round (true) or butt (false) caps. Joins are always round.
    pub round_cap: bool,
}

impl Stroke {
    /// A solid line with round caps.
    pub fn new(color: Color, width: f64) -> Self {
        Self {
            color,
            width,
            dash: Vec::new(),
            round_cap: true,
        }
    }

    /// The same line, dashed, with butt caps.
    pub fn dashed(self, dash: &[f64]) -> Self {
        Self {
            dash: dash.to_vec(),
            round_cap: false,
            ..self
        }
    }
}

/// What fills a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// One colour.
    Solid(Color),
    /// Parallel lines: the mark of an area known no closer.
    Hatch {
        /// Colour of the lines.
        color: Color,
        /// Distance between the lines in pixels.
        spacing: f64,
        /// Width of the lines in pixels.
        width: f64,
        /// Direction of the lines in degrees, counter-clockwise from east.
        angle: f64,
    },
}

/// Which part of a text stands at its position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// The left end.
    #[default]
    Left,
    /// The middle.
    Centre,
    /// The right end.
    Right,
}

/// How a text looks.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// Size of the em in pixels.
    pub size: f64,
    /// Bold or regular.
    pub bold: bool,
    /// Slanted: by custom the names of waters.
    pub italic: bool,
    /// Its colour.
    pub color: Color,
    /// Colour and width (beyond the glyph's edge, in pixels) of the halo.
    pub halo: Option<(Color, f64)>,
    /// Which part stands at the position.
    pub align: Align,
    /// Degrees, clockwise, about the position.
    pub rotation: f64,
    /// Extra pixels between letters (not in a line that has Arabic, whose letters join).
    pub spacing: f64,
}

impl TextStyle {
    /// Regular text, left-aligned, without a halo.
    pub fn new(size: f64, color: Color) -> Self {
        Self {
            size,
            bold: false,
            italic: false,
            color,
            halo: None,
            align: Align::Left,
            rotation: 0.0,
            spacing: 0.0,
        }
    }
}

/// A raster image, RGBA with straight alpha, rows from the top.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width * height * 4` bytes.
    pub rgba: Vec<u8>,
}

/// One thing on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A shape.
    Path {
        /// Its outline.
        path: Path,
        /// What fills it.
        fill: Option<Fill>,
        /// How its outline is drawn.
        stroke: Option<Stroke>,
    },
    /// A circle: apart from `Path`, so that SVG says `<circle>`.
    Circle {
        /// Its centre.
        centre: Pt,
        /// Its radius.
        radius: f64,
        /// What fills it.
        fill: Option<Fill>,
        /// How its outline is drawn.
        stroke: Option<Stroke>,
    },
    /// One line of text, its baseline at `at`.
    Text {
        /// The text, in logical order.
        text: String,
        /// Where its baseline stands.
        at: Pt,
        /// How it looks.
        style: TextStyle,
    },
    /// A raster stretched over a rectangle.
    Image {
        /// The pixels.
        image: Arc<Image>,
        /// Top left corner.
        at: Pt,
        /// Width and height on the page.
        size: Pt,
    },
    /// A named group, clipped if so said.
    Group {
        /// Its id in the SVG: a layer to a designer.
        id: String,
        /// What lies outside this outline is not drawn.
        clip: Option<Path>,
        /// Opacity of the whole in 0..=1.
        opacity: f64,
        /// The text that its items are letters and words of, e.g. along a curve.
        says: Option<String>,
        /// What is in it.
        items: Vec<Item>,
    },
    /// Items that several scenes have in common.
    Shared(Arc<Shared>),
}

/// Items that several scenes of one size have in common. A raster paints them once and then lays the same pixels on each.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    pub(super) items: Vec<Item>,
    pub(super) stamp: StampCell,
}

impl Shared {
    /// What a scene has drawn so far, to be drawn on others too.
    pub fn new(scene: Scene) -> Self {
        Self {
            items: scene.items,
            stamp: StampCell::default(),
        }
    }
}

/// A whole picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// For people who cannot see the picture: SVG's `title`.
    pub title: String,
    /// SVG's `desc`.
    pub description: String,
    /// In drawing order.
    pub items: Vec<Item>,
}

impl Scene {
    /// The same without some items, in groups too, and with none that it shares: for another size, at which no pixels are
    /// kept of these.
    pub fn without(&self, unwanted: &impl Fn(&Item) -> bool) -> Self {
        Self {
            items: without(&self.items, unwanted),
            title: self.title.clone(),
            description: self.description.clone(),
            ..*self
        }
    }
}

fn without(items: &[Item], unwanted: &impl Fn(&Item) -> bool) -> Vec<Item> {
    let mut kept = Vec::with_capacity(items.len());
    for item in items.iter().filter(|item| !unwanted(item)) {
        match item {
            Item::Group {
                id,
                clip,
                opacity,
                says,
                items,
            } => kept.push(Item::Group {
                id: id.clone(),
                clip: clip.clone(),
                opacity: *opacity,
                says: says.clone(),
                items: without(items, unwanted),
            }),
            Item::Shared(shared) => kept.extend(without(&shared.items, unwanted)),
            other => kept.push(other.clone()),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Canvas;

    #[test]
    fn items_are_left_out_of_groups_and_of_what_is_shared() {
        let black = Color::hex(0);
        let shared = Canvas::new(10.0, 10.0);
        let dot = |c: &Canvas| c.circle(pt(1.0, 1.0), 1.0, Some(Fill::Solid(black)), None);
        dot(&shared);
        shared
            .text("name", pt(0.0, 5.0), &TextStyle::new(5.0, black))
            .unwrap();
        let canvas = Canvas::new(10.0, 10.0);
        canvas.group("map", None, 1.0, |c| {
            c.shared(Arc::new(Shared::new(shared.finish())));
            dot(c);
        });
        let is_text = |item: &Item| matches!(item, Item::Text { .. });
        let scene = canvas.finish().without(&is_text);
        let [Item::Group { items, .. }] = scene.items.as_slice() else {
            panic!("{scene:?}");
        };
        assert_eq!(items.len(), 2);
        assert!(items.iter().all(|item| matches!(item, Item::Circle { .. })));
    }
}
