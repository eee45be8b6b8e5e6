//! The style of a layer as QGIS keeps it: renderer, labels, dates.

use super::labels::{Labels, labelling};
use super::symbol::Symbol;
use super::xml::Element;
use crate::record::Period;

/// The version whose format this is. Later ones read it as well.
const VERSION: &str = "3.22.0";

/// What stands before the style in a file.
const HEAD: &str = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";

/// How a layer looks in QGIS.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    pub(super) renderer: Renderer,
    /// Without, none.
    pub(super) labels: Vec<Labels>,
    pub(super) dates: Dates,
    /// How opaque the layer is as a whole.
    pub(super) opacity: f64,
    pub(super) blend: Blend,
    /// Expression for what a feature is called.
    pub(super) title: &'static str,
}

/// How a layer's features are told apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Renderer {
    /// Not at all.
    Single {
        symbol: Symbol,
        /// Expressions to draw in the order of, whether ascending.
        order: Vec<(&'static str, bool)>,
    },
    /// By the value of an expression.
    Categorised {
        by: String,
        categories: Vec<Category>,
        /// Expressions to draw in the order of, whether ascending.
        order: Vec<(&'static str, bool)>,
    },
    /// By the range that the value of an expression lies in.
    Graduated { by: String, ranges: Vec<Range> },
}

/// Features of one value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Category {
    pub value: &'static str,
    pub label: String,
    /// Whether they are drawn, unless the user wants them to be.
    pub shown: bool,
    pub symbol: Symbol,
}

/// Features within two values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Range {
    pub from: f64,
    pub to: f64,
    pub label: String,
    pub symbol: Symbol,
}

/// How a layer lies on those under it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Blend {
    /// It covers them.
    Normal,
    /// It darkens them, which white does not.
    Multiply,
    /// It lightens them, which black does not.
    Screen,
}

/// What QGIS's temporal controller knows of a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Dates {
    /// Features have `date_start` and `date_end`, both days included.
    OfFeatures,
    /// The same, worked out by expressions. QGIS has a GeoPackage compare fields itself, which takes a day for less than
    /// the same day at midnight: expressions it works out on its own.
    Computed,
    /// All of it is of one period.
    Of(Period),
    /// It is of no time.
    None,
}

impl Style {
    /// The style for a table of a GeoPackage.
    pub fn of_table(&self) -> Self {
        let mut style = self.clone();
        if style.dates == Dates::OfFeatures {
            style.dates = Dates::Computed;
        }
        style
    }

    /// The text of a `.qml` file.
    pub fn qml(&self) -> String {
        let labelled = !self.labels.is_empty();
        let element = Element::new("qgis")
            .with("version", VERSION)
            .with("styleCategories", "AllStyleCategories")
            .with("labelsEnabled", u8::from(labelled))
            .with("symbologyReferenceScale", -1)
            .with("hasScaleBasedVisibilityFlag", 0)
            .child(self.dates.element())
            .child(self.renderer.element())
            .children(labelling(&self.labels))
            .child(Element::new("blendMode").text(self.blend.number()))
            .child(Element::new("featureBlendMode").text(0))
            .child(Element::new("layerOpacity").text(self.opacity))
            .child(Element::new("previewExpression").text(self.title));
        format!("{HEAD}{element}")
    }
}

impl Renderer {
    fn element(&self) -> Element {
        let element = |kind: &str, by: &str, levels: bool| {
            Element::new("renderer-v2")
                .with("type", kind)
                .with("attr", by)
                .with("forceraster", 0)
                .with("symbollevels", u8::from(levels))
                .with("referencescale", -1)
        };
        let symbols = |symbols: Vec<&Symbol>| {
            let symbols = symbols.into_iter().enumerate();
            let symbols = symbols.map(|(i, symbol)| symbol.element(&i.to_string()));
            Element::new("symbols").children(symbols)
        };
        let ordered = |element: Element, order: &[(&str, bool)]| {
            let clauses = order.iter().map(|(expression, ascending)| {
                Element::new("orderByClause")
                    .with("asc", u8::from(*ascending))
                    .with("nullsFirst", 0)
                    .text(expression)
            });
            element
                .with("enableorderby", u8::from(!order.is_empty()))
                .child(Element::new("orderby").children(clauses))
        };
        match self {
            Self::Single { symbol, order } => {
                let single = element("singleSymbol", "", false).child(symbols(vec![symbol]));
                ordered(single, order)
            }
            Self::Categorised {
                by,
                categories,
                order,
            } => {
                let list = categories.iter().enumerate().map(|(i, category)| {
                    Element::new("category")
                        .with("value", category.value)
                        .with("label", &category.label)
                        .with("symbol", i)
                        .with("render", category.shown)
                });
                // Else each feature lies over those before it as a whole.
                let levels = categories.iter().any(|one| one.symbol.has_passes());
                let categorised = element("categorizedSymbol", by, levels)
                    .child(Element::new("categories").children(list))
                    .child(symbols(categories.iter().map(|one| &one.symbol).collect()));
                ordered(categorised, order)
            }
            Self::Graduated { by, ranges } => {
                let list = ranges.iter().enumerate().map(|(i, range)| {
                    Element::new("range")
                        .with("lower", range.from)
                        .with("upper", range.to)
                        .with("label", &range.label)
                        .with("symbol", i)
                        .with("render", true)
                });
                element("graduatedSymbol", by, false)
                    .with("graduatedMethod", "GraduatedColor")
                    .child(Element::new("ranges").children(list))
                    .child(symbols(ranges.iter().map(|one| &one.symbol).collect()))
                    .child(Element::new("classificationMethod").with("id", "Custom"))
            }
        }
    }
}

impl Blend {
    /// Its number in QGIS (`QgsPainting::BlendMode`).
    fn number(self) -> u8 {
        match self {
            Self::Normal => 0,
            Self::Screen => 1,
            Self::Multiply => 6,
        }
    }
}

impl Dates {
    fn element(&self) -> Element {
        let fields = matches!(self, Self::OfFeatures | Self::Computed);
        let field = |name| if fields { name } else { "" };
        let computed = |text| if *self == Self::Computed { text } else { "" };
        // All of the layer within a fixed range; each feature from one field, or expression, to another.
        let mode = match self {
            Self::Of(_) | Self::None => 0,
            Self::OfFeatures => 2,
            Self::Computed => 4,
        };
        let (start, end) = match self {
            // From the first moment of the first day to the last of the last.
            Self::Of(period) => (
                format!("{}T00:00:00Z", period.start()),
                format!("{}T23:59:59Z", period.end()),
            ),
            Self::OfFeatures | Self::Computed | Self::None => Default::default(),
        };
        Element::new("temporal")
            .with("enabled", u8::from(*self != Self::None))
            .with("mode", mode)
            // The end is part of it.
            .with("limitMode", 1)
            .with("startField", field("date_start"))
            .with("endField", field("date_end"))
            .with("startExpression", computed("to_datetime(\"date_start\")"))
            .with("endExpression", computed("to_datetime(\"date_end\")"))
            .with("durationField", "")
            .with("durationUnit", "min")
            .with("fixedDuration", 0)
            .with("accumulate", 0)
            .child(
                Element::new("fixedRange")
                    .child(Element::new("start").text(start))
                    .child(Element::new("end").text(end)),
            )
    }
}
