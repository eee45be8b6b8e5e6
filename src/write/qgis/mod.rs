//! Styles for QGIS: each layer opens as the map draws it.
//!
//! A style is made of the layer's own style and of what the maps draw with ([`Looks`](crate::map::Looks)). It is written as
//! a `.qml` file beside the layer, which QGIS takes up by its name, and into GeoPackages. The format is that of QGIS 3.22;
//! its reference is what QGIS itself writes (`QgsMapLayer::saveNamedStyle`).

mod clusters;
mod density;
mod flows;
mod incidents;
mod labels;
mod open_flows;
mod places;
mod style;
mod symbol;
mod tolls;
mod xml;

pub use clusters::clusters;
pub use density::density;
pub use flows::flows;
pub use incidents::incidents;
pub use open_flows::open_flows;
pub use places::places;
pub use style::Style;
pub use tolls::tolls;

use symbol::SymbolLayer;

use crate::draw::Fill;
use crate::map::Shape;

/// Circles about a point, of their own size or of one that an expression gives.
fn circles(shapes: &[Shape], diameter: Option<&str>) -> Vec<SymbolLayer> {
    let circle = |shape: &Shape| {
        let size = 2.0 * shape.radius.unwrap_or_default();
        let layer = SymbolLayer::marker("circle", size, shape.fill.as_ref(), shape.stroke.as_ref());
        match diameter {
            Some(diameter) => layer.computed("size", diameter),
            None => layer,
        }
    };
    shapes.iter().map(circle).collect()
}

/// How an area is filled and outlined.
fn surface(shapes: &[Shape]) -> Vec<SymbolLayer> {
    let layers = shapes.iter().flat_map(|shape| {
        let fill = shape.fill.as_ref().map(|fill| match fill {
            Fill::Solid(_) => SymbolLayer::fill(Some(fill), None),
            Fill::Hatch {
                color,
                spacing,
                width,
                angle,
            } => SymbolLayer::hatch(*color, *spacing, *width, *angle),
        });
        fill.into_iter()
            .chain(shape.stroke.as_ref().map(SymbolLayer::line))
    });
    layers.collect()
}
