//! Flows: bent arrows as wide as people are many, hollow ones, hair lines, and the places that they join.
//!
//! The map bends its arrows so that they cross as little as can be. Here each bends to its right, which keeps those that
//! go there and back apart.

use super::circles;
use super::labels::{Labels, Stand};
use super::style::{Blend, Category, Dates, Renderer, Style};
use super::symbol::{Kind, Symbol, SymbolLayer, mm, short};
use crate::draw::Fill;
use crate::map::{ArrowKind, Looks};

/// The figure that a width stands for: the source's own, else the middle of its bounds.
const PEOPLE: &str = "coalesce(\"people_best\", (\"people_low\" + \"people_high\") / 2, \"people_high\", \"people_low\", 0)";
/// How far the middle of an arrow is off the straight line, as a part of its length.
const BEND: f64 = 0.12;

/// The middle of an arrow.
fn middle() -> String {
    format!(
        "project(centroid($geometry), {BEND} * length($geometry), azimuth(start_point($geometry), end_point($geometry)) + pi() / 2)"
    )
}

/// An arrow's two ends and its middle, clear of the symbols of the places that it joins.
fn course(looks: &Looks) -> String {
    // Millimetres on the map in degrees of latitude.
    let clear = looks.node_clear();
    let clear = format!("{} / 1000 * coalesce(@map_scale, 0) / 111195", mm(clear));
    let end = |which: &str, precision: &str| {
        format!(
            "if(\"{precision}\" = 1, project({which}_point($geometry), min({clear}, 0.3 * length($geometry)), azimuth({which}_point($geometry), @middle)), {which}_point($geometry))"
        )
    };
    format!(
        "with_variable('middle', {}, make_line({}, @middle, {}))",
        middle(),
        end("start", "origin_precision"),
        end("end", "destination_precision")
    )
}

/// How flows look.
pub fn flows(looks: &Looks) -> Style {
    let categories = [
        (ArrowKind::Width, "People displaced, by width".to_owned()),
        (
            ArrowKind::Hollow,
            "One report, several destinations: not by width".to_owned(),
        ),
        (
            ArrowKind::Hair,
            format!("Fewer than {} people", short(looks.hair_below())),
        ),
    ];
    let used = |kind: ArrowKind| kind != ArrowKind::Hair || looks.hair_below() > 0.0;
    let categories = categories
        .into_iter()
        .filter(|(kind, _)| used(*kind))
        .map(|(kind, label)| Category {
            value: kind.name(),
            label,
            shown: true,
            symbol: symbol(looks, kind),
        });
    let hidden = Category {
        value: "",
        label: "Not on the map".to_owned(),
        shown: false,
        symbol: symbol(looks, ArrowKind::Hair),
    };
    Style {
        renderer: Renderer::Categorised {
            by: "\"arrow\"".to_owned(),
            categories: categories.chain([hidden]).collect(),
            // The wide ones below.
            order: vec![(PEOPLE, false)],
        },
        labels: vec![Labels {
            text: figure(),
            style: looks.flow_figure(),
            stand: Stand::Beside(4.0 * looks.arrows.unit),
            point: Some(middle()),
            computed: vec![(
                "Priority",
                format!("10 * sqrt({PEOPLE} / {})", short(looks.arrows.most.0)),
            )],
            ..Labels::default()
        }],
        dates: Dates::OfFeatures,
        opacity: 1.0,
        blend: Blend::Normal,
        title: "\"origin\" || ' → ' || \"destination\"",
    }
}

/// An arrow with its ends.
fn symbol(looks: &Looks, kind: ArrowKind) -> Symbol {
    let arrows = &looks.arrows;
    let stem = match kind {
        ArrowKind::Width => stem(looks),
        ArrowKind::Hollow => mm(arrows.hollow),
        ArrowKind::Hair => mm(arrows.hair.0),
    };
    let smaller = if kind == ArrowKind::Hair {
        arrows.hair.1
    } else {
        1.0
    };
    let head = head(looks, &stem, smaller);
    let arrow = arrow(looks, kind, &stem, &head);
    let pass = u8::from(kind != ArrowKind::Hair);
    let arrow = SymbolLayer::generated(Kind::Line, &course(looks), vec![arrow]).pass(pass);
    let node = |first: bool| {
        let exact = if first {
            "\"origin_precision\" = 1"
        } else {
            "\"destination_precision\" = 1"
        };
        let markers = circles(&looks.node(), None);
        SymbolLayer::at_vertex(first, markers)
            .computed("enabled", exact)
            .pass(2)
    };
    Symbol::new(Kind::Line, [arrow, node(true), node(false)])
}

/// Breadth of the head of an arrow with such a stem, in millimetres.
pub(super) fn head(looks: &Looks, stem: &str, smaller: f64) -> String {
    let arrows = &looks.arrows;
    let (units, part) = arrows.head;
    let more = mm(units * smaller * arrows.unit);
    format!("({stem} + max({more}, {part} * {stem}))")
}

/// An arrow of such a stem and head.
pub(super) fn arrow(looks: &Looks, kind: ArrowKind, stem: &str, head: &str) -> SymbolLayer {
    let long = looks.arrows.head_long;
    SymbolLayer::arrow(body(looks, kind))
        .computed("arrowWidth", stem)
        .computed("arrowStartWidth", stem)
        .computed("arrowHeadLength", format!("{long} * {head}"))
        .computed("arrowHeadThickness", format!("{head} / 2"))
}

/// What an arrow is filled with, and the rim that keeps it apart from others.
fn body(looks: &Looks, kind: ArrowKind) -> Vec<SymbolLayer> {
    let rim = SymbolLayer::fill(None, Some(&looks.rim()));
    let solid = |color| SymbolLayer::fill(Some(&Fill::Solid(color)), None);
    let [_, hair] = looks.arrows.colors;
    match kind {
        ArrowKind::Width => vec![
            rim,
            solid(looks.theme.flow).computed("fillColor", color(looks)),
        ],
        ArrowKind::Hollow => {
            let body = Fill::Solid(looks.theme.focus);
            vec![
                rim,
                SymbolLayer::fill(Some(&body), Some(&looks.hollow_edge())),
            ]
        }
        ArrowKind::Hair => vec![solid(hair)],
    }
}

/// Width of a stem in millimetres.
pub(super) fn stem(looks: &Looks) -> String {
    let arrows = &looks.arrows;
    let (most, widest) = arrows.most;
    let (floor, narrowest) = arrows.floor;
    let finest = arrows.finest;
    format!(
        "(max({}, {} * {PEOPLE} / {}) * ({finest} + {} * min(1, {PEOPLE} / {})))",
        mm(narrowest),
        mm(widest),
        short(most.max(1.0)),
        short(1.0 - finest),
        short(floor.max(1e-3))
    )
}

/// Colour of an arrow: the stronger the more people.
pub(super) fn color(looks: &Looks) -> String {
    let (palest, power) = looks.arrows.strength;
    let most = short(looks.arrows.most.0.max(1.0));
    let strength = format!(
        "({palest} + {} * min(1, {PEOPLE} / {most}) ^ {power})",
        short(1.0 - palest)
    );
    let (under, over) = (looks.theme.focus, looks.theme.flow);
    let channel = |under: u8, over: u8| {
        let by = i16::from(over) - i16::from(under);
        format!("round({under} + {by} * {strength})")
    };
    format!(
        "color_rgb({}, {}, {})",
        channel(under.r, over.r),
        channel(under.g, over.g),
        channel(under.b, over.b)
    )
}

fn number(name: &str) -> String {
    format!("format_number(\"people_{name}\", 0)")
}

/// The figure beside an arrow.
fn figure() -> String {
    let (high, bounds) = (number("high"), bounds());
    format!(
        "CASE WHEN \"arrow\" = 'hollow' THEN 'part of ' || {high} \
         WHEN \"arrow\" <> 'width' THEN NULL ELSE {bounds} END"
    )
}

/// How many people, with their bounds.
pub(super) fn bounds() -> String {
    let (low, best, high) = (number("low"), number("best"), number("high"));
    format!(
        "CASE WHEN \"people_high\" IS NULL AND \"people_low\" > 0 THEN 'at least ' || {low} \
         WHEN \"people_high\" IS NULL AND \"people_low\" = 0 THEN '0–' || {best} || ' or more' \
         WHEN \"people_high\" IS NULL THEN 'about ' || {best} \
         WHEN coalesce(\"people_low\", 0) = 0 THEN 'up to ' || {high} \
         WHEN \"people_low\" = \"people_high\" THEN {low} \
         ELSE {low} || '–' || {high} END"
    )
}
