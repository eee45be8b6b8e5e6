//! Places: names with a halo; a square for towns that only help to find the way.

use super::labels::{Labels, Stand};
use super::style::{Blend, Category, Dates, Renderer, Style};
use super::symbol::{Kind, Symbol, SymbolLayer, mm, rgba, text};
use crate::map::{Looks, Names, Worth};
use itertools::Itertools;

/// Whether a place is of the data, or a town that helps to find the way and is large enough for the scale of the view: the
/// larger, the farther off it is seen.
fn worthy(looks: &Looks) -> String {
    let Worth {
        smallest,
        close,
        abroad,
    } = looks.worth();
    // Units of the page for a kilometre of ground.
    let units = format!("1e6 / ({} * coalesce(@map_scale, 1e6))", mm(looks.unit));
    let far = format!("({close} / ({units}))");
    // The map has so much room for names, and no square without one. Here squares stay, so that fewer are shown from afar.
    let large = format!("coalesce(\"population\", 0) >= {smallest} * {far} * min(1, {far})");
    let mute = abroad_only(looks);
    format!("\"role\" <> 'orientation' OR ({large} AND (NOT {mute} OR \"population\" >= {abroad}))")
}

/// Whether a place is only there to find the way, in a country that the maps are not about.
fn abroad_only(looks: &Looks) -> String {
    let codes = looks.focus.iter().map(|code| text(code)).join(", ");
    if codes.is_empty() {
        return "false".to_owned();
    }
    format!("(\"role\" = 'orientation' AND coalesce(\"country\", '') NOT IN ({codes}))")
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
    let abroad = abroad_only(looks);
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
                ("Bold", format!("\"population\" >= 500000 AND NOT {abroad}")),
                (
                    "Color",
                    format!(
                        "if({abroad}, '{}', '{}')",
                        rgba(looks.theme.place_abroad),
                        rgba(looks.theme.place_name)
                    ),
                ),
                (
                    "LabelDistance",
                    // Clear of the circle of a cluster, most likely.
                    format!(
                        "if(\"role\" = 'cluster', {}, {})",
                        mm(14.0 * looks.unit),
                        mm(7.0 * looks.unit)
                    ),
                ),
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
