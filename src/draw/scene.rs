//! The scene: everything that is on the page, in drawing order, before it becomes pixels or markup.
//!
//! One scene per picture. Whoever draws appends to it; the PNG and SVG writers read it. Units are
//! CSS pixels (1/96 inch at scale 1), origin top left, y down, sub-pixel precise.

use std::sync::Arc;

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

/// A point of the page, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pt {
    /// From the left edge.
    pub x: f64,
    /// From the top edge.
    pub y: f64,
}

impl Pt {
    /// Whether both coordinates are finite numbers.
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

/// Shorthand for a [`Pt`].
pub const fn pt(x: f64, y: f64) -> Pt {
    Pt { x, y }
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Start a sub-path.
    Move(Pt),
    /// A straight line.
    Line(Pt),
    /// A quadratic Bézier curve: control point, end.
    Quad(Pt, Pt),
    /// A cubic Bézier curve: two control points, end.
    Cubic(Pt, Pt, Pt),
    /// Close the sub-path.
    Close,
}

/// An outline of any number of sub-paths; holes by the even-odd rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// In drawing order.
    pub steps: Vec<Step>,
}

impl Path {
    /// A rectangle from its top left corner, width and height.
    pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Self {
        let mut path = Self::line([
            pt(x, y),
            pt(x + width, y),
            pt(x + width, y + height),
            pt(x, y + height),
        ]);
        path.steps.push(Step::Close);
        path
    }

    /// A circle as four cubic curves (to 0.03 % of the radius).
    pub fn circle(centre: Pt, radius: f64) -> Self {
        // Distance of the control points: 4/3 (√2 − 1).
        let k = 0.552_284_749_830_793 * radius;
        let at = |dx: f64, dy: f64| pt(centre.x + dx, centre.y + dy);
        let r = radius;
        Self {
            steps: vec![
                Step::Move(at(r, 0.0)),
                Step::Cubic(at(r, k), at(k, r), at(0.0, r)),
                Step::Cubic(at(-k, r), at(-r, k), at(-r, 0.0)),
                Step::Cubic(at(-r, -k), at(-k, -r), at(0.0, -r)),
                Step::Cubic(at(k, -r), at(r, -k), at(r, 0.0)),
                Step::Close,
            ],
        }
    }

    /// An open line through points.
    pub fn line(points: impl IntoIterator<Item = Pt>) -> Self {
        let mut path = Self::default();
        path.add_line(points);
        path
    }

    /// A closed ring through points; the last may repeat the first.
    pub fn ring(points: impl IntoIterator<Item = Pt>) -> Self {
        let mut path = Self::default();
        path.add_ring(points);
        path
    }

    /// Adds an open line.
    pub fn add_line(&mut self, points: impl IntoIterator<Item = Pt>) {
        let mut points = points.into_iter();
        if let Some(first) = points.next() {
            self.steps.push(Step::Move(first));
            self.steps.extend(points.map(Step::Line));
        }
    }

    /// Adds a closed ring, e.g. a hole.
    pub fn add_ring(&mut self, points: impl IntoIterator<Item = Pt>) {
        let start = self.steps.len();
        self.add_line(points);
        if let (Some(Step::Move(first)), Some(Step::Line(last))) =
            (self.steps.get(start), self.steps.last())
            && first == last
        {
            self.steps.pop();
        }
        if self.steps.len() > start {
            self.steps.push(Step::Close);
        }
    }

    /// If this is one upright rectangle: its top left and bottom right corners.
    pub fn as_rect(&self) -> Option<(Pt, Pt)> {
        let (corners, rest) = self.steps.split_at_checked(4)?;
        let [Step::Move(a), Step::Line(b), Step::Line(c), Step::Line(d)] = corners else {
            return None;
        };
        let closed = match rest {
            [] | [Step::Close] => true,
            [Step::Line(e)] | [Step::Line(e), Step::Close] => e == a,
            _ => false,
        };
        let upright = (a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x)
            || (a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y);
        (closed && upright).then(|| {
            (
                pt(a.x.min(c.x), a.y.min(c.y)),
                pt(a.x.max(c.x), a.y.max(c.y)),
            )
        })
    }

    /// The box around every vertex and control point; `None` if there is none or one is not finite.
    pub fn bounds(&self) -> Option<(Pt, Pt)> {
        let (mut low, mut high) = (pt(f64::MAX, f64::MAX), pt(f64::MIN, f64::MIN));
        let mut add = |p: Pt| {
            low = pt(low.x.min(p.x), low.y.min(p.y));
            high = pt(high.x.max(p.x), high.y.max(p.y));
        };
        for step in &self.steps {
            match *step {
                Step::Move(a) | Step::Line(a) => add(a),
                Step::Quad(a, b) => [a, b].into_iter().for_each(&mut add),
                Step::Cubic(a, b, c) => [a, b, c].into_iter().for_each(&mut add),
                Step::Close => {}
            }
        }
        (low.x <= high.x && self.is_finite()).then_some((low, high))
    }

    /// Whether every coordinate is a finite number.
    pub fn is_finite(&self) -> bool {
        self.steps.iter().all(|step| match *step {
            Step::Move(a) | Step::Line(a) => a.is_finite(),
            Step::Quad(a, b) => a.is_finite() && b.is_finite(),
            Step::Cubic(a, b, c) => a.is_finite() && b.is_finite() && c.is_finite(),
            Step::Close => true,
        })
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// Extra pixels between letters (never in Arabic, whose letters join).
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
        /// What is in it.
        items: Vec<Item>,
    },
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
