//! People of whom one end of the way is known: a short arrow with a broken end at that place, by the scale of the others.
//!
//! The map turns each to where the least else is drawn. Here all come from, or go to, the north-east.

use super::circles;
use super::flows::{bounds, color, head, stem};
use super::labels::{Labels, Stand};
use super::style::{Blend, Category, Dates, Renderer, Style};
use super::symbol::{Kind, Symbol, SymbolLayer, mm, short};
use crate::draw::Stroke;
use crate::layer::Open;
use crate::map::{ArrowKind, Looks};

/// Where the unknown end is, in degrees from the north.
const AZIMUTH: f64 = 50.0;
/// Whether the place is known to the settlement. The other end has no precision.
const EXACT: &str = "coalesce(\"origin_precision\", \"destination_precision\") = 1";

/// How such displacement looks.
pub fn open_flows(looks: &Looks) -> Style {
    let categories = [
        (Open::Came, "People from nobody knows where"),
        (Open::Left, "People who went nobody knows where"),
    ];
    let categories = categories.map(|(open, label)| Category {
        value: open.name(),
        label: label.to_owned(),
        shown: true,
        symbol: symbol(looks, open),
    });
    Style {
        renderer: Renderer::Categorised {
            by: "\"arrow\"".to_owned(),
            categories: categories.into(),
            order: Vec::new(),
        },
        labels: vec![Labels {
            // A settlement is named by its symbol, an area by nothing else.
            text: format!(
                "if({EXACT}, '', coalesce(\"origin\", \"destination\") || ': ') || {} || ', ' || \"arrow\"",
                bounds()
            ),
            style: looks.flow_figure(),
            stand: Stand::Beside(8.0 * looks.arrows.unit),
            ..Labels::default()
        }],
        dates: Dates::OfFeatures,
        opacity: 1.0,
        blend: Blend::Normal,
        title: "coalesce(\"origin\", \"destination\") || ': ' || \"arrow\"",
    }
}

/// The arrow, its broken end and its place.
fn symbol(looks: &Looks, open: Open) -> Symbol {
    let arrow = looks.open_arrow(open);
    let stem = stem(looks);
    let head = head(looks, &stem, 1.0);
    let length = format!(
        "({} + {} * {head})",
        mm(arrow.length),
        looks.arrows.head_long
    );
    // Beside a settlement, across the middle of an area.
    let near = format!("if({EXACT}, {}, -0.5 * {length})", mm(arrow.clear));
    let along = |part: f64| {
        // Of the way from the known place outwards, which who came goes inwards.
        let out = match open {
            Open::Came => 1.0 - part,
            Open::Left => part,
        };
        format!(
            "project($geometry, ({near} + {} * {length}) / 1000 * coalesce(@map_scale, 0) / 111195, radians({AZIMUTH}))",
            short(out)
        )
    };
    let line = |from: f64, to: f64| format!("make_line({}, {})", along(from), along(to));
    let rim = Stroke {
        round_cap: false,
        ..looks.rim()
    };
    let bar = |(from, to): &(f64, f64)| {
        let casing =
            SymbolLayer::line(&rim).computed("outlineWidth", format!("{stem} + {}", mm(rim.width)));
        let part = SymbolLayer::line(&rim)
            .computed("outlineWidth", &stem)
            .computed("outlineColor", color(looks));
        SymbolLayer::generated(Kind::Line, &line(*from, *to), vec![casing, part])
    };
    let bars: Vec<SymbolLayer> = arrow.broken.iter().map(bar).collect();
    let from = arrow.whole;
    let course = format!(
        "make_line({}, {}, {})",
        along(from),
        along((1.0 + from) / 2.0),
        along(1.0)
    );
    let body = super::flows::arrow(looks, ArrowKind::Width, &stem, &head);
    let body = SymbolLayer::generated(Kind::Line, &course, vec![body]);
    let nodes = circles(&looks.node(), None).into_iter();
    let nodes = nodes.map(|node| node.computed("enabled", EXACT));
    Symbol::new(Kind::Marker, bars.into_iter().chain([body]).chain(nodes))
}
