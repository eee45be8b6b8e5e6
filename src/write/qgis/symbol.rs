//! Symbols of QGIS: a stack of symbol layers, each of a class with properties, some of which expressions set for each
//! feature.

use super::xml::Element;
use crate::draw::{Color, Fill, Stroke};

/// Millimetres in a pixel of the page, which is a CSS pixel.
const MM: f64 = 25.4 / 96.0;

/// A length on the page, given in its pixels, in millimetres.
pub(super) fn mm(pixels: f64) -> String {
    short(pixels * MM)
}

/// A number with no more digits than a picture shows.
pub(super) fn short(number: f64) -> String {
    // Adding 0 makes −0 a 0.
    format!("{}", (number * 1e4).round() / 1e4 + 0.0)
}

/// A text as it stands in an expression.
pub(super) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

pub(super) fn rgba(Color { r, g, b, a }: Color) -> String {
    format!("{r},{g},{b},{a}")
}

/// What a symbol is drawn on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Marker,
    Line,
    Fill,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Marker => "marker",
            Self::Line => "line",
            Self::Fill => "fill",
        }
    }

    /// As the property of a geometry generator.
    fn title(self) -> &'static str {
        match self {
            Self::Marker => "Marker",
            Self::Line => "Line",
            Self::Fill => "Fill",
        }
    }
}

/// A symbol: its layers, the lowest first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Symbol {
    kind: Kind,
    layers: Vec<SymbolLayer>,
}

/// One layer of a symbol.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SymbolLayer {
    class: &'static str,
    enabled: bool,
    /// Layers of a higher pass lie over those of a lower, of whichever feature.
    pass: u8,
    options: Vec<(&'static str, String)>,
    /// Properties that an expression sets.
    computed: Vec<(&'static str, String)>,
    inner: Option<Symbol>,
}

impl Symbol {
    pub fn new(kind: Kind, layers: impl IntoIterator<Item = SymbolLayer>) -> Self {
        let layers = layers.into_iter().collect();
        Self { kind, layers }
    }

    /// All of it in one pass.
    pub fn pass(mut self, pass: u8) -> Self {
        self.layers.iter_mut().for_each(|layer| layer.pass = pass);
        self
    }

    /// Whether parts of it are to lie over parts of other features.
    pub fn has_passes(&self) -> bool {
        self.layers.iter().any(|layer| layer.pass > 0)
    }

    pub fn element(&self, name: &str) -> Element {
        Element::new("symbol")
            .with("type", self.kind.name())
            .with("name", name)
            .with("alpha", 1)
            .with("clip_to_extent", 1)
            .with("force_rhr", 0)
            .children(self.layers.iter().map(SymbolLayer::element))
    }
}

impl SymbolLayer {
    fn new(class: &'static str) -> Self {
        Self {
            class,
            enabled: true,
            pass: 0,
            options: Vec::new(),
            computed: Vec::new(),
            inner: None,
        }
    }

    /// With a property.
    pub fn set(mut self, name: &'static str, value: impl ToString) -> Self {
        self.options.push((name, value.to_string()));
        self
    }

    /// With a length in pixels of the page.
    fn length(self, name: &'static str, unit: &'static str, pixels: f64) -> Self {
        self.set(name, mm(pixels)).set(unit, "MM")
    }

    /// With a property that an expression sets for each feature.
    pub fn computed(mut self, name: &'static str, expression: impl ToString) -> Self {
        self.computed.push((name, expression.to_string()));
        self
    }

    pub fn pass(self, pass: u8) -> Self {
        Self { pass, ..self }
    }

    /// Not drawn, unless the user wants it.
    pub fn off(self) -> Self {
        Self {
            enabled: false,
            ..self
        }
    }

    pub fn is_hatch(&self) -> bool {
        self.class == "LinePatternFill"
    }

    fn inner(self, symbol: Symbol) -> Self {
        Self {
            inner: Some(symbol),
            ..self
        }
    }

    /// A shape about a point; `size` is its width in pixels.
    pub fn marker(shape: &str, size: f64, fill: Option<&Fill>, stroke: Option<&Stroke>) -> Self {
        let layer = Self::new("SimpleMarker")
            .set("name", shape)
            .length("size", "size_unit", size)
            .set("color", rgba(solid(fill)))
            .set("scale_method", "diameter");
        match stroke {
            Some(stroke) => layer
                .set("outline_color", rgba(stroke.color))
                .set(
                    "outline_style",
                    if stroke.dash.is_empty() {
                        "solid"
                    } else {
                        "dash"
                    },
                )
                .length("outline_width", "outline_width_unit", stroke.width),
            None => layer.set("outline_style", "no"),
        }
    }

    /// A filled outline.
    pub fn fill(fill: Option<&Fill>, stroke: Option<&Stroke>) -> Self {
        let style = if fill.is_some() { "solid" } else { "no" };
        let layer = Self::new("SimpleFill")
            .set("color", rgba(solid(fill)))
            .set("style", style)
            .set("joinstyle", "round");
        match stroke {
            Some(stroke) => layer
                .set("outline_color", rgba(stroke.color))
                .set("outline_style", "solid")
                .length("outline_width", "outline_width_unit", stroke.width),
            None => layer.set("outline_style", "no"),
        }
    }

    /// Parallel lines over an area.
    pub fn hatch(color: Color, spacing: f64, width: f64, angle: f64) -> Self {
        let line = Self::line(&Stroke {
            round_cap: false,
            ..Stroke::new(color, width)
        });
        Self::new("LinePatternFill")
            .set("angle", short(angle))
            .length("distance", "distance_unit", spacing)
            .set("color", rgba(color))
            .inner(Symbol::new(Kind::Line, [line]))
    }

    /// A line; of an area, its outline.
    pub fn line(stroke: &Stroke) -> Self {
        let cap = if stroke.round_cap { "round" } else { "flat" };
        let layer = Self::new("SimpleLine")
            .set("line_color", rgba(stroke.color))
            .set("line_style", "solid")
            .length("line_width", "line_width_unit", stroke.width)
            .set("capstyle", cap)
            .set("joinstyle", "round");
        if stroke.dash.is_empty() {
            return layer;
        }
        let dash: Vec<String> = stroke.dash.iter().map(|length| mm(*length)).collect();
        layer
            .set("use_custom_dash", 1)
            .set("customdash", dash.join(";"))
            .set("customdash_unit", "MM")
    }

    /// Markers at one end of a line.
    pub fn at_vertex(first: bool, marker: Vec<Self>) -> Self {
        let placement = if first { "firstvertex" } else { "lastvertex" };
        Self::new("MarkerLine")
            .set("placement", placement)
            .set("rotate", 0)
            .inner(Symbol::new(Kind::Marker, marker))
    }

    /// A symbol on a geometry that an expression makes of the feature's own.
    pub fn generated(kind: Kind, geometry: &str, symbol: Vec<Self>) -> Self {
        Self::new("GeometryGenerator")
            .set("SymbolType", kind.title())
            .set("geometryModifier", geometry)
            .set("units", "MapUnit")
            .inner(Symbol::new(kind, symbol))
    }

    /// An arrow along a line of three points, bent to go through the second. Its sizes are to be computed.
    pub fn arrow(body: Vec<Self>) -> Self {
        Self::new("ArrowLine")
            .set("arrow_type", 0)
            .set("head_type", 0)
            .set("is_curved", 1)
            .set("is_repeated", 0)
            .set("arrow_width_unit", "MM")
            .set("arrow_start_width_unit", "MM")
            .set("head_length_unit", "MM")
            .set("head_thickness_unit", "MM")
            .inner(Symbol::new(Kind::Fill, body))
    }

    fn element(&self) -> Element {
        let options = self.options.iter();
        let options = options.map(|(name, value)| option(name, "QString", value));
        let mut element = Element::new("layer")
            .with("class", self.class)
            .with("enabled", u8::from(self.enabled))
            .with("locked", 0)
            .with("pass", self.pass)
            .child(Element::new("Option").with("type", "Map").children(options));
        if !self.computed.is_empty() {
            let properties = properties(&self.computed);
            element = element.child(Element::new("data_defined_properties").child(properties));
        }
        element.children(self.inner.iter().map(|inner| inner.element("inner")))
    }
}

fn solid(fill: Option<&Fill>) -> Color {
    match fill {
        Some(Fill::Solid(color) | Fill::Hatch { color, .. }) => *color,
        None => Color::hex(0).alpha(0.0),
    }
}

fn option(name: &'static str, kind: &'static str, value: &str) -> Element {
    Element::new("Option")
        .with("name", name)
        .with("type", kind)
        .with("value", value)
}

/// Properties with the expressions that set them.
pub(super) fn properties(computed: &[(&'static str, String)]) -> Element {
    let one = |(name, expression): &(&'static str, String)| {
        Element::new("Option")
            .with("name", name)
            .with("type", "Map")
            .child(option("active", "bool", "true"))
            .child(option("expression", "QString", expression))
            .child(option("type", "int", "3"))
    };
    let map = Element::new("Option").with("type", "Map");
    map.child(option("name", "QString", ""))
        .child(
            Element::new("Option")
                .with("name", "properties")
                .with("type", "Map")
                .children(computed.iter().map(one)),
        )
        .child(option("type", "QString", "collection"))
}
