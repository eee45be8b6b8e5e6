//! How wide and how strong in colour the arrows of a map are: one scale for the map and its legend.
//!
//! Width is proportional to people. The widest is as wide as the arrows together leave room for: where hundreds of
//! thousands move between a few towns, arrows as wide as on a map of three flows would cover the ground they cross.
//! Colour grows stronger with the number as well, so that the few that matter stand out of the many that are thin (Jenny
//! et al. 2018, *Design principles for origin-destination flow maps*).

use super::flow_sort::{FlowSort, is_hollow};
use super::theme::mix;
use super::{MapSpec, Rect, Theme, View};
use crate::analyse::scale::{WidthScale, round_up};
use crate::draw::Color;
use crate::layer::{ArrowScale, LayerSet, centre};

/// Width of the widest and the narrowest arrow in ems.
const WIDEST: f64 = 1.15;
const LEAST_WIDEST: f64 = 0.42;
const NARROWEST: f64 = 0.07;
/// Where the scale ends, arrows grow narrower only a little, down to this part.
pub(super) const FINEST: f64 = 0.8;
/// No arrow is broader than this part of the way between its ends.
const BROAD: f64 = 0.22;
/// Width in ems of arrows of which no number is known, and of those that are only hinted at.
const HOLLOW: f64 = 0.24;
const HAIR: f64 = 0.04;
/// The part of the ground between their ends that arrows may take together.
const INK: f64 = 0.17;
/// Colour of the smallest flow, between that of the ground and that of the largest.
pub(super) const PALEST: f64 = 0.42;
/// It grows by this power of the share of the largest.
pub(super) const POWER: f64 = 0.35;
/// Colour of hair lines.
const HAIR_TONE: f64 = 0.37;
/// The part of a page that is its map, roughly: the legend is made before the map's frame is known.
const MAP: f64 = 0.68;

/// Widths for a page with running text of `base` pixels.
pub(super) fn width_scale(spec: &MapSpec, layers: &LayerSet, base: f64) -> WidthScale {
    let most = most_people(layers);
    let widest = widest(spec, layers, base);
    // From a round number down all are alike, which the legend says.
    let floor = round_up(most * NARROWEST * base / widest).min(most);
    let narrowest = if most > 0.0 {
        widest * floor / most
    } else {
        NARROWEST * base
    };
    WidthScale::new(most, widest, narrowest)
}

/// Width of the stem of a flow.
pub(super) fn stem(scale: &WidthScale, sort: FlowSort, people: f64, base: f64) -> f64 {
    match sort {
        FlowSort::Hollow => HOLLOW * base,
        FlowSort::Hair => HAIR * base,
        FlowSort::Plain => {
            let under = (people / scale.floor_value().max(1e-9)).clamp(0.0, 1.0);
            scale.width(people) * (FINEST + (1.0 - FINEST) * under)
        }
    }
}

/// The most people that an arrow of known width stands for.
pub(super) fn most_people(layers: &LayerSet) -> f64 {
    if let Some(scale) = &layers.flows.style.scale {
        return scale.most;
    }
    let plain = layers.flows.drawn().filter(|flow| !is_hollow(flow));
    let most = plain.map(|flow| flow.width_people).fold(0.0, f64::max);
    let open = super::flow_open::opens(layers);
    let most = open.map(super::flow_open::people).fold(most, f64::max);
    if most > 0.0 {
        most
    } else {
        layers.flows.style.max_people
    }
}

/// Colour of a flow: the theme's for the largest, paler the smaller.
pub(super) fn color(theme: &Theme, sort: FlowSort, people: f64, most: f64) -> Color {
    let share = if most > 0.0 {
        (people / most).clamp(0.0, 1.0)
    } else {
        1.0
    };
    let strength = match sort {
        FlowSort::Plain => PALEST + (1.0 - PALEST) * share.powf(POWER),
        FlowSort::Hollow => 0.85,
        FlowSort::Hair => HAIR_TONE,
    };
    mix(theme.focus, theme.flow, strength)
}

/// The greatest width at which arrows leave enough of the ground between them free.
fn widest(spec: &MapSpec, layers: &LayerSet, base: f64) -> f64 {
    let most = most_people(layers);
    if most <= 0.0 {
        return WIDEST * base;
    }
    let given = layers.flows.style.scale.as_ref().map(|scale| scale.room);
    let room = given.unwrap_or_else(|| room(spec, layers));
    (room * most).clamp(LEAST_WIDEST * base, WIDEST * base)
}

/// What the arrows of some flows are measured by, for those of other periods to keep to.
pub fn arrow_scale(spec: &MapSpec, layers: &LayerSet) -> ArrowScale {
    ArrowScale {
        most: most_people(layers),
        room: room(spec, layers),
        hair_below: super::flow_sort::hair_below(layers),
    }
}

/// The pixels of width for a person that leave enough of the ground between arrows free; infinite where there are none.
fn room(spec: &MapSpec, layers: &LayerSet) -> f64 {
    // Lengths are measured on a small map of the same extent.
    let trial = Rect::new(0.0, 0.0, 100.0, 100.0);
    let Ok(view) = View::fit(spec.projection, &spec.extent, trial) else {
        return f64::INFINITY;
    };
    let aspect = view.aspect();
    let (w, h) = (100.0 * aspect.min(1.0), 100.0 / aspect.max(1.0));
    let enlarged = (MAP * spec.page.width * spec.page.height / (w * h)).sqrt();
    let page = |location| {
        let point = centre(location);
        let at = view.page(point.x(), point.y())?;
        Some((at.x.clamp(0.0, 100.0), at.y.clamp(0.0, 100.0)))
    };
    let mut broad = f64::INFINITY;
    // Sum of width × length, and how the ends are spread, weighted by it.
    let (mut ink, mut weight) = (0.0, 0.0);
    let (mut sum, mut squares) = ((0.0, 0.0), (0.0, 0.0));
    for flow in layers.flows.drawn() {
        let (Some(a), Some(b)) = (page(&flow.from), page(&flow.to)) else {
            continue;
        };
        let length = (a.0 - b.0).hypot(a.1 - b.1);
        if is_hollow(flow) {
            continue;
        }
        if flow.width_people > 0.0 {
            broad = broad.min(BROAD * length * enlarged.sqrt() / flow.width_people);
        }
        ink += flow.width_people * length;
        for (x, y) in [a, b] {
            let part = flow.width_people;
            weight += part;
            sum = (sum.0 + part * x, sum.1 + part * y);
            squares = (squares.0 + part * x * x, squares.1 + part * y * y);
        }
    }
    if !(ink > 0.0 && weight > 0.0) {
        return f64::INFINITY;
    }
    let spread = |sum: f64, squares: f64| {
        let mean = sum / weight;
        (squares / weight - mean * mean).max(0.0).sqrt()
    };
    let (x, y) = (spread(sum.0, squares.0), spread(sum.1, squares.1));
    // A side of even ground is √12 times its standard deviation; a single arrow has room beside it.
    let ground = 12.0 * x.max(y) * x.min(y).max(0.35 * x.max(y));
    (INK * ground * enlarged / ink).min(broad)
}
