//! Labels of QGIS: text from an expression, with a halo, beside a point or on it.

use super::symbol::{mm, properties, rgba};
use super::xml::Element;
use crate::draw::{Color, TextStyle};

/// The family of the fonts that the maps are written with; QGIS takes another where it is not installed.
const FAMILY: &str = "Noto Sans";

/// Where a label may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stand {
    /// Beside a point, at so many pixels from it, where there is room.
    Beside(f64),
    /// On a point, before all others.
    On,
    /// In an area, on one point of it.
    Within,
}

/// Labels of a layer, or of some of its features.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Labels {
    /// Expression for the features that have them; empty for all.
    pub filter: String,
    /// Expression for the text; null or empty is no label.
    pub text: String,
    pub style: TextStyle,
    pub stand: Stand,
    /// Expression for the point that it belongs to, where that is not the feature itself.
    pub point: Option<String>,
    /// Properties that an expression sets: `Size`, `Bold`, `Color`, `Priority` …
    pub computed: Vec<(&'static str, String)>,
}

impl Default for Labels {
    fn default() -> Self {
        Self {
            filter: String::new(),
            text: String::new(),
            style: TextStyle::new(0.0, Color::hex(0)),
            stand: Stand::On,
            point: None,
            computed: Vec::new(),
        }
    }
}

/// Figures in circles.
pub(super) struct Circles<'a> {
    /// Expression for the features that have one; empty for all.
    pub shown: &'a str,
    /// Expression for the figure.
    pub figure: &'a str,
    /// Expression for the radius in millimetres.
    pub radius: &'a str,
    /// Expression for the middle, where that is not the feature itself.
    pub point: Option<&'a str>,
    /// In circles, and beside those that are too small.
    pub styles: [TextStyle; 2],
    /// The least size of a figure, in pixels.
    pub least: f64,
    /// What is left free between a circle and a figure beside it.
    pub gap: f64,
}

/// Figures where they find room: in their circles, as large as these let them be, or else beside them.
pub(super) fn in_circles(circles: &Circles) -> [Labels; 2] {
    let Circles {
        shown,
        figure,
        radius,
        point,
        styles: [inside, beside],
        least,
        gap,
    } = circles;
    let (most, least) = (mm(inside.size), mm(*least));
    // A bold digit is about 0.57 em wide.
    let size = format!("min({most}, 0.95 * {radius}, 1.6 * {radius} / (0.57 * length({figure})))");
    let also = match *shown {
        "" => String::new(),
        shown => format!("{shown} AND "),
    };
    let labels = |is: &str, style: &TextStyle, stand, computed| Labels {
        filter: format!("{also}{size} {is} {least}"),
        text: (*figure).to_owned(),
        style: style.clone(),
        stand,
        point: point.map(str::to_owned),
        computed,
    };
    [
        labels(">=", inside, Stand::On, vec![("Size", size.clone())]),
        labels(
            "<",
            beside,
            Stand::Beside(*gap),
            vec![
                ("Size", format!("1.2 * {least}")),
                ("LabelDistance", (*radius).to_owned()),
            ],
        ),
    ]
}

/// The labels of a layer.
pub(super) fn labelling(labels: &[Labels]) -> Option<Element> {
    let labelling = Element::new("labeling");
    match labels {
        [] => None,
        [one] => Some(labelling.with("type", "simple").child(one.settings())),
        several => {
            let rules = several.iter().enumerate().map(|(i, one)| {
                Element::new("rule")
                    .with("key", i)
                    .with("filter", &one.filter)
                    .child(one.settings())
            });
            let rules = Element::new("rules").with("key", "all").children(rules);
            Some(labelling.with("type", "rule-based").child(rules))
        }
    }
}

impl Labels {
    fn settings(&self) -> Element {
        let settings = Element::new("settings")
            .child(self.format())
            .child(
                Element::new("text-format")
                    .with("multilineAlign", 3)
                    .with("wrapChar", ""),
            )
            .child(self.placement())
            .child(self.rendering());
        if self.computed.is_empty() {
            return settings;
        }
        settings.child(Element::new("dd_properties").child(properties(&self.computed)))
    }

    fn format(&self) -> Element {
        let style = &self.style;
        let (halo, width) = style.halo.unwrap_or((Color::hex(0xffffff), 0.0));
        let buffer = Element::new("text-buffer")
            .with("bufferDraw", u8::from(style.halo.is_some()))
            .with("bufferColor", rgba(Color { a: 255, ..halo }))
            .with("bufferOpacity", f64::from(halo.a) / 255.0)
            .with("bufferSize", mm(width))
            .with("bufferSizeUnits", "MM")
            .with("bufferNoFill", 1)
            .with("bufferJoinStyle", 128);
        Element::new("text-style")
            .with("fieldName", &self.text)
            .with("isExpression", 1)
            .with("fontFamily", FAMILY)
            .with("fontSize", mm(style.size))
            .with("fontSizeUnit", "MM")
            .with("fontWeight", if style.bold { 75 } else { 50 })
            .with("namedStyle", if style.bold { "Bold" } else { "Regular" })
            .with("fontItalic", u8::from(style.italic))
            .with("textColor", rgba(style.color))
            .with("textOpacity", 1)
            .child(buffer)
    }

    fn placement(&self) -> Element {
        // Around a point in the order of Imhof; over a point; over one point of an area.
        let (placement, distance) = match self.stand {
            Stand::Beside(distance) => (6, distance),
            Stand::On | Stand::Within => (1, 0.0),
        };
        let element = Element::new("placement")
            .with("placement", placement)
            .with("dist", mm(distance))
            .with("distUnits", "MM")
            .with("offsetType", 0)
            .with("quadOffset", 4)
            .with("predefinedPositionOrder", "R,TR,BR,TL,L,BL,TSR,BSR")
            .with("centroidInside", 1)
            .with("centroidWhole", 0)
            .with("priority", if self.stand == Stand::On { 10 } else { 5 });
        match &self.point {
            Some(point) => element
                .with("geometryGeneratorEnabled", 1)
                .with("geometryGenerator", point)
                .with("geometryGeneratorType", "PointGeometry"),
            None => element.with("geometryGeneratorEnabled", 0),
        }
    }

    fn rendering(&self) -> Element {
        Element::new("rendering")
            .with("drawLabels", 1)
            .with("displayAll", 0)
            // What has its label elsewhere than on itself does not stand in the way of labels.
            .with("obstacle", u8::from(self.point.is_none()))
            .with("obstacleFactor", 1)
            .with("labelPerPart", 0)
            .with("mergeLines", 0)
    }
}
