//! Clusters: circles by the number of incidents, with the number in or beside them.

use super::circles;
use super::labels::{Circles, in_circles};
use super::style::{Blend, Dates, Renderer, Style};
use super::symbol::{Kind, Symbol, SymbolLayer, mm};
use crate::draw::Stroke;
use crate::map::Looks;

/// Where a circle stands.
const CENTRE: &str = "make_point(\"centre_lon\", \"centre_lat\")";
/// The figure.
const FIGURE: &str = "format_number(\"incidents\", 0)";

/// How clusters look.
pub fn clusters(looks: &Looks) -> Style {
    let scale = &looks.circles;
    // Area by number, with a least visible size.
    let by_root = scale.radius(scale.max_value()) / scale.max_value().sqrt();
    let least = scale.radius(0.5 * scale.floor_value());
    let radius = format!("max({}, {} * sqrt(\"incidents\"))", mm(least), mm(by_root));
    let circle = circles(&looks.cluster(), Some(&format!("2 * {radius}")));
    let outline = SymbolLayer::line(&Stroke::new(looks.theme.cluster, 0.8 * looks.unit));
    let layers = [
        // The map has no outlines; they are there to be switched on.
        outline.off(),
        SymbolLayer::generated(Kind::Marker, CENTRE, circle),
    ];
    let figures = in_circles(&Circles {
        shown: "",
        figure: FIGURE,
        radius: &radius,
        point: Some(CENTRE),
        styles: [looks.cluster_figure(), looks.cluster_figure()],
        least: looks.least_figure(),
        gap: 1.5 * looks.unit,
    });
    Style {
        renderer: Renderer::Single {
            symbol: Symbol::new(Kind::Fill, layers),
            order: vec![("\"incidents\"", false)],
        },
        labels: figures.into(),
        dates: Dates::OfFeatures,
        opacity: 1.0,
        blend: Blend::Normal,
        title: "\"name\"",
    }
}
