//! Density: the classes of the map in their colours.

use super::style::{Blend, Dates, Range, Renderer, Style};
use super::symbol::{Kind, Symbol, SymbolLayer};
use crate::draw::Fill;
use crate::layer::DensityStyle;
use crate::map::Looks;

/// How density looks.
pub fn density(looks: &Looks, style: &DensityStyle) -> Style {
    let edges = looks.class_edges(style);
    let classes = looks.classes(style).into_iter();
    let ranges = classes.map(|class| {
        let fill = Fill::Solid(class.color);
        // Else the ground shows between neighbours.
        let edge = edges
            .clone()
            .unwrap_or(crate::draw::Stroke::new(class.color, 0.4 * looks.unit));
        Range {
            from: class.from,
            to: class.to,
            label: class.label,
            symbol: Symbol::new(Kind::Fill, [SymbolLayer::fill(Some(&fill), Some(&edge))]),
        }
    });
    Style {
        renderer: Renderer::Graduated {
            // The middle of the feature's own class: what lies on an edge is of one class only, and the highest is open.
            by: "(\"density_from\" + \"density_to\") / 2".to_owned(),
            ranges: ranges.collect(),
        },
        labels: Vec::new(),
        dates: looks.period.map_or(Dates::None, Dates::Of),
        opacity: looks.theme.density_opacity,
        blend: Blend::Normal,
        title: "\"class\"",
    }
}
