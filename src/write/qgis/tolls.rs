//! Tolls: for each place a disc as large as the lowest figure and a ring as large as the highest, with the figure in them.

use super::circles;
use super::incidents::ground;
use super::labels::{Circles, Labels, Stand, in_circles};
use super::style::{Blend, Category, Dates, Renderer, Style};
use super::symbol::{Kind, Symbol, SymbolLayer, mm};
use crate::map::{Looks, Shape, TollScale};

/// How tolls look: points and areas of one file, which QGIS loads as two layers, share this style.
pub fn tolls(looks: &Looks, scale: &TollScale) -> Style {
    let disc = radius(scale, "\"disc\"");
    let ring = radius(scale, "\"ring\"");
    let look = looks.toll(scale);
    let dashed = format!("({disc} + {})", mm(look.apart));
    let around = format!("coalesce({ring}, {dashed})");
    let part = |shapes, radius: &str, when: &str| {
        let layers = circles(shapes, Some(&format!("2 * {radius}"))).into_iter();
        let when = when.to_owned();
        layers.map(move |layer| layer.computed("enabled", &when))
    };
    let wider = format!("coalesce({ring} > {disc} + {}, 0)", mm(look.wider));
    let toll = part(&look.ring, &ring, &wider)
        .chain(part(&look.disc, &disc, "\"disc\" > 0"))
        .chain(part(&look.open, &dashed, "\"ring\" IS NULL"));
    let toll: Vec<SymbolLayer> = toll.collect();
    let point = |shapes: Vec<Shape>| Symbol::new(Kind::Marker, circles(&shapes, None));
    let ground = |shapes: Vec<Shape>| ground(looks, &shapes, "place");
    let category = |value, label: &str, symbol| Category {
        value,
        label: label.to_owned(),
        shown: true,
        symbol,
    };
    let categories = vec![
        category(
            "toll",
            "Killed. Disc: lowest figure; ring: highest, dashed where none is given",
            Symbol::new(Kind::Marker, toll),
        ),
        category("nobody", "Nobody killed", point(looks.no_toll(scale, true))),
        category(
            "unknown",
            "No source gives a figure",
            point(looks.no_toll(scale, false)),
        ),
        category("circle", "Somewhere within the ring", ground(looks.ring())),
        category("area", "Somewhere in the area", ground(looks.area())),
        Category {
            shown: false,
            ..category("", "Not on the map", ground(looks.area()))
        },
    ];
    let in_circles = in_circles(&Circles {
        shown: "\"symbol\" = 'toll'",
        figure: "\"figure\"",
        radius: &around,
        point: None,
        styles: looks.toll_figures(scale),
        least: scale.least_figure(),
        gap: 1.5 * scale.unit,
    });
    let words = Labels {
        filter: "\"symbol\" IN ('circle', 'area')".to_owned(),
        text: "\"figure\"".to_owned(),
        style: looks.note(),
        stand: Stand::Within,
        ..Labels::default()
    };
    Style {
        renderer: Renderer::Categorised {
            by: "\"symbol\"".to_owned(),
            categories,
            // Small over large.
            order: vec![
                ("coalesce(\"ring\", \"disc\", 0) > 0", true),
                ("coalesce(\"ring\", \"disc\")", false),
            ],
        },
        labels: in_circles.into_iter().chain([words]).collect(),
        dates: looks.period.map_or(Dates::None, Dates::Of),
        opacity: 1.0,
        blend: Blend::Normal,
        title: "\"place\" || ': ' || coalesce(\"figure\", 'no figure')",
    }
}

/// The radius in millimetres for a number of people, which may be null.
fn radius(scale: &TollScale, people: &str) -> String {
    let circles = &scale.circles;
    // Area by number, with a least visible size.
    let by_root = circles.radius(circles.max_value()) / circles.max_value().sqrt();
    let least = circles.radius(0.5 * circles.floor_value());
    format!(
        "if({people} > 0, max({}, {} * sqrt({people})), {people})",
        mm(least),
        mm(by_root)
    )
}
