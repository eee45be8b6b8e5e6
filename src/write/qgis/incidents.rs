//! Incidents: dots, rings and hatched areas, by what is known of their place.

use super::labels::{Labels, Stand};
use super::style::{Blend, Category, Dates, Renderer, Style};
use super::symbol::{Kind, Symbol};
use super::{circles, surface};
use crate::map::Looks;
use crate::record::Period;

/// Directions of hatching by name, so that one area is hatched one way and its neighbours most likely another.
const HATCHING: &str = "array_get(array(45, 135, 0, 90), length(\"place_name\") % 4)";

/// How incidents look: points and areas of one file, which QGIS loads as two layers, share this style.
pub fn incidents(looks: &Looks) -> Style {
    let dots = |hollow| Symbol::new(Kind::Marker, circles(&looks.dot(hollow), None));
    let ground = |shapes| {
        let layers = surface(shapes).into_iter();
        let layers = layers.map(|layer| match layer.is_hatch() {
            true => layer.computed("lineAngle", HATCHING),
            false => layer,
        });
        Symbol::new(Kind::Fill, layers)
    };
    let category = |value, label: &str, symbol| Category {
        value,
        label: label.to_owned(),
        shown: true,
        symbol,
    };
    let mut categories = vec![category(
        "point",
        "Place known to the settlement",
        dots(false),
    )];
    if looks.period.is_some() {
        categories.push(category(
            "uncertain",
            "The same; date uncertain",
            dots(true),
        ));
    }
    categories.extend([
        category("circle", "Somewhere within the ring", ground(&looks.ring())),
        category("area", "Somewhere in the area", ground(&looks.area())),
        Category {
            shown: false,
            ..category(
                "country",
                "Somewhere in the country (not on the map)",
                ground(&looks.area()),
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
            // The widest under the others, and the uncertain under the certain.
            order: vec![("\"radius_km\"", false), ("\"date_share\"", true)],
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
    let days = "(day(\"date_end\" - \"date_start\") + 1)";
    let slack = format!(
        "CASE WHEN \"date_precision\" = 'uncertain' THEN max(31, {days}) WHEN \"date_precision\" = 'approximate' THEN max(7, {days}) ELSE 0 END"
    );
    let (start, end) = (period.start(), period.end());
    format!(
        "WHEN \"ground\" = 'point' AND {slack} > min(day(\"date_start\" - to_date('{start}')), day(to_date('{end}') - \"date_end\")) THEN 'uncertain' "
    )
}
