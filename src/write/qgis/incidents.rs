//! Incidents: dots, rings and hatched areas, by what is known of their place.

use super::labels::{Labels, Stand};
use super::style::{Blend, Category, Dates, Renderer, Style};
use super::symbol::{Kind, Symbol, text};
use super::{circles, surface};
use crate::map::{Looks, Shape};
use crate::record::Period;

/// Directions of hatching in degrees. Those of the map but for a turn: QGIS draws an area once for each of its incidents, and
/// the soft edges of level lines would add up.
const DIRECTIONS: [f64; 4] = [45.0, 135.0, 15.0, 105.0];

/// An area in which something happened, hatched in a direction of its own by the name in a column.
pub(super) fn ground(looks: &Looks, shapes: &[Shape], name: &str) -> Symbol {
    let layers = surface(shapes).into_iter();
    let layers = layers.map(|layer| match layer.is_hatch() {
        true => layer.computed("lineAngle", direction(looks, name)),
        false => layer,
    });
    Symbol::new(Kind::Fill, layers)
}

/// The direction of an area's hatching, by its name.
fn direction(looks: &Looks, column: &str) -> String {
    let turned = looks.hatching.iter().map(|(name, index)| {
        let degrees = DIRECTIONS.get(*index).copied().unwrap_or_default();
        format!("{}, {degrees}", text(name))
    });
    let [first, ..] = DIRECTIONS;
    match &turned.collect::<Vec<_>>()[..] {
        [] => format!("{first}"),
        turned => format!(
            "coalesce(map_get(map({}), \"{column}\"), {first})",
            turned.join(", ")
        ),
    }
}

/// How incidents look: points and areas of one file, which QGIS loads as two layers, share this style.
pub fn incidents(looks: &Looks) -> Style {
    let dots = |hollow| Symbol::new(Kind::Marker, circles(&looks.dot(hollow), None));
    let ground = |shapes: Vec<Shape>| ground(looks, &shapes, "place_name");
    let category = |value, label: &str, symbol| Category {
        value,
        label: label.to_owned(),
        shown: true,
        symbol,
    };
    let mut categories = vec![category(
        "point",
        "Place known to the settlement",
        dots(false).pass(3),
    )];
    if looks.period.is_some() {
        categories.push(category(
            "uncertain",
            "The same; date uncertain",
            dots(true).pass(2),
        ));
    }
    categories.extend([
        category(
            "circle",
            "Somewhere within the ring",
            ground(looks.ring()).pass(1),
        ),
        category("area", "Somewhere in the area", ground(looks.area())),
        Category {
            shown: false,
            ..category(
                "country",
                "Somewhere in the country (not on the map)",
                ground(looks.area()),
            )
        },
    ]);
    let named = "if(\"ground\" = 'area' AND \"precision\" < 6, \"place_name\", NULL)";
    Style {
        renderer: Renderer::Categorised {
            by: format!(
                "CASE {}WHEN \"precision\" > 5 THEN 'country' ELSE \"ground\" END",
                looks.period.map_or_else(String::new, uncertain)
            ),
            categories,
            // The widest under the others; the rest is a matter of passes.
            order: vec![("\"radius_km\"", false)],
        },
        labels: vec![Labels {
            text: named.to_owned(),
            style: looks.note(),
            stand: Stand::Within,
            ..Labels::default()
        }],
        dates: Dates::OfFeatures,
        opacity: 1.0,
        // Lines that are opaque where several incidents are in one area, and still let the density through.
        blend: if looks.theme.dark {
            Blend::Screen
        } else {
            Blend::Multiply
        },
        title: "\"place_name\" || ', ' || \"kind\"",
    }
}

/// The case of a point whose date may lie outside of the period, as [`Period::surely_contains`] has it.
fn uncertain(period: Period) -> String {
    // Some formats have days with a time.
    let (first, last) = ("to_date(\"date_start\")", "to_date(\"date_end\")");
    let days = format!("(day({last} - {first}) + 1)");
    let slack = format!(
        "CASE WHEN \"date_precision\" = 'uncertain' THEN max(31, {days}) WHEN \"date_precision\" = 'approximate' THEN max(7, {days}) ELSE 0 END"
    );
    let (start, end) = (period.start(), period.end());
    format!(
        "WHEN \"ground\" = 'point' AND {slack} > min(day({first} - to_date('{start}')), day(to_date('{end}') - {last})) THEN 'uncertain' "
    )
}
