//! Places: names with a halo; a square for towns that only help to find the way.

use super::labels::{Labels, Stand};
use super::style::{Blend, Category, Dates, Renderer, Style};
use super::symbol::{Kind, Symbol, SymbolLayer, mm, text};
use crate::map::{Looks, Names, Worth};
use itertools::Itertools;

/// Whether a place is worth a name at the scale of the view, as on the map: towns that only help to find the way have to be
/// the larger, the farther off they are seen.
fn worthy(looks: &Looks) -> String {
    let Worth {
        smallest,
        close,
        abroad,
    } = looks.worth();
    // Pixels of the page for a kilometre of ground.
    let pixels = format!("1e6 / ({} * coalesce(@map_scale, 1e6))", mm(looks.unit));
    let large =
        format!("coalesce(\"population\", 0) >= {smallest} * min(1, {close} / ({pixels})) ^ 2");
    let own = match looks.focus.as_slice() {
        [] => "true".to_owned(),
        codes => format!(
            "\"country\" IN ({})",
            codes.iter().map(|code| text(code)).join(", ")
        ),
    };
    format!("\"role\" <> 'orientation' OR ({large} AND ({own} OR \"population\" >= {abroad}))")
}

/// How places look. Those of clusters, flows and incidents have the symbols of those.
pub fn places(looks: &Looks) -> Style {
    let town = looks.town();
    let square = town.iter().map(|shape| {
        let size = 2.0 * shape.radius.unwrap_or_default();
        SymbolLayer::marker("square", size, shape.fill.as_ref(), shape.stroke.as_ref())
    });
    let square = Symbol::new(Kind::Marker, square);
    // QGIS names nothing that it does not draw.
    let none = Symbol::new(
        Kind::Marker,
        [SymbolLayer::marker("circle", 0.0, None, None)],
    );
    let roles = [
        ("cluster", "Named after a cluster", &none),
        ("flow", "Origin or destination", &none),
        ("incident", "Place of incidents", &none),
        ("orientation", "Town", &square),
    ];
    let categories = roles.map(|(value, label, symbol)| Category {
        value,
        label: label.to_owned(),
        shown: true,
        symbol: symbol.clone(),
    });
    let name = match looks.names {
        Names::Latin => "\"name\"",
        Names::Arabic => "coalesce(\"name_ar\", \"name\")",
        Names::Both => "\"name\" || coalesce('\\n' || \"name_ar\", '')",
    };
    let size = format!(
        "{} * CASE WHEN \"population\" >= 500000 THEN 0.98 \
         WHEN \"population\" >= 100000 OR \"role\" IN ('flow', 'cluster') THEN 0.88 \
         WHEN \"population\" >= 20000 THEN 0.82 ELSE 0.77 END",
        mm(looks.base)
    );
    let priority = "0.9 * (CASE WHEN \"role\" = 'flow' THEN 5 WHEN \"role\" = 'cluster' THEN 4 WHEN \"role\" = 'incident' THEN 2 ELSE 1 END \
         + CASE WHEN \"population\" >= 500000 THEN 5 WHEN \"population\" >= 100000 THEN 4 \
         WHEN \"population\" >= 40000 THEN 3 WHEN \"population\" >= 15000 THEN 2 ELSE 0 END)";
    Style {
        renderer: Renderer::Categorised {
            by: format!("if({}, \"role\", NULL)", worthy(looks)),
            categories: categories.into(),
            order: Vec::new(),
        },
        labels: vec![Labels {
            text: name.to_owned(),
            style: looks.place_name(0.82),
            stand: Stand::Beside(7.0 * looks.unit),
            computed: vec![
                ("Size", size),
                ("Bold", "\"population\" >= 500000".to_owned()),
                ("Priority", priority.to_owned()),
            ],
            ..Labels::default()
        }],
        dates: Dates::None,
        opacity: 1.0,
        blend: Blend::Normal,
        title: "\"name\"",
    }
}
