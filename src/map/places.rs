//! Names of places, beside their symbol.

use super::Names;
use super::circles::{Circle, FEW};
use super::compose::Stage;
use super::ink::InkGrid;
use super::names::{Book, Sort};
use crate::draw::{Canvas, MissingGlyph, Pt, TextStyle};
use crate::layer::{Layer, PlaceAttributes, PlaceRole};

/// Ground in square ems for each place that is offered to the placement: more names than this make
/// a map that nobody reads.
const EMS_FOR_A_NAME: f64 = 60.0;
/// Abroad only large towns help to find the way, and few of them.
pub(super) const LARGE_ABROAD: u64 = 150_000;
const SHARE_ABROAD: f64 = 0.2;
/// Towns that only help to find the way keep this many ems from more important places.
const APART_EMS: f64 = 2.6;
/// Within so many ems of a place at most so many others are named, half as many on two lines: more
/// would stand so far from their symbols that nobody knew whose they are.
const CROWD_EMS: f64 = 5.0;
const CROWD: usize = 5;
/// And have at least so many people; fewer where the map is closer than so many pixels for a
/// kilometre, by the ground that it shows.
pub(super) const SMALLEST: f64 = 15_000.0;
pub(super) const CLOSE: f64 = 4.0;

/// Offers the places of the layer, the most important first, beside the symbols they belong to:
/// a cluster's circle, an incident's dot, or a square of their own.
pub(super) fn name_places(
    book: &mut Book,
    stage: &Stage,
    places: &Layer<PlaceAttributes, ()>,
    (circles, dots): (&[Circle], &[Pt]),
    ink: &mut InkGrid,
) -> Result<(), MissingGlyph> {
    let (base, unit) = (stage.layout.base, stage.layout.unit);
    let frame = stage.layout.frame;
    let most = (frame.w * frame.h / (EMS_FOR_A_NAME * base * base)).ceil() as usize;
    for (rank, (index, at, place)) in worthy(stage, places, (circles, dots), most)
        .into_iter()
        .enumerate()
    {
        let population = place.population.unwrap_or(0);
        let own = symbol(stage, circles, dots, at);
        let abroad = is_abroad(stage, place) && own.is_none();
        let ems = match (population, own.map(|_| place.role)) {
            (500_000.., _) => 0.98,
            (100_000.., _) | (_, Some(PlaceRole::Flow | PlaceRole::Cluster)) => 0.88,
            (20_000.., _) => 0.82,
            _ => 0.77,
        };
        let style = TextStyle {
            bold: population >= 500_000 && !abroad,
            halo: Some((stage.theme.halo.alpha(0.88), 1.9 * unit)),
            ..TextStyle::new(
                ems * base,
                if abroad {
                    stage.theme.place_abroad
                } else {
                    stage.theme.place_name
                },
            )
        };
        let (centre, radius) = own.unwrap_or_else(|| {
            // It will have a square, if it is named: others keep off.
            ink.dot(at, 0.8);
            (at, 1.3 * stage.style().town_radius())
        });
        let role = match own.map(|_| place.role) {
            Some(PlaceRole::Flow) => 4.0,
            Some(PlaceRole::Cluster) => 3.0,
            Some(_) => 1.5,
            None => 0.5,
        };
        let size = match population {
            500_000.. => 3.2,
            100_000.. => 2.6,
            40_000.. => 2.2,
            15_000.. => 1.2,
            _ => 0.3,
        };
        let weight: f64 = 1.0 + role + size + 1.5 * (1.0 - rank as f64 / most as f64);
        // A town does not give way to two villages.
        let priority = weight.max(0.25 * weight.powi(2));
        let names = (
            place.name.as_str(),
            place.name_ar.as_deref().unwrap_or_default(),
        );
        let first = book.count();
        book.point(
            Sort::Place(index),
            names,
            &style,
            (centre, radius),
            priority,
        )?;
        book.at_home(first, stage.home(index));
    }
    Ok(())
}

fn is_abroad(stage: &Stage, place: &PlaceAttributes) -> bool {
    let focus = &stage.spec.focus;
    !focus.is_empty() && !place.country.as_ref().is_some_and(|c| focus.contains(c))
}

/// The places that are offered, the most important first: those that only help to find the way are
/// thinned out, those abroad more so.
fn worthy<'a>(
    stage: &'a Stage,
    places: &'a Layer<PlaceAttributes, ()>,
    (circles, dots): (&[Circle], &[Pt]),
    most: usize,
) -> Vec<(usize, Pt, &'a PlaceAttributes)> {
    // Close in, villages help too.
    let pixels = stage.view.pixels_per_km() / stage.layout.unit;
    let smallest = (SMALLEST * (CLOSE / pixels).min(1.0).powi(2)) as u64;
    let base = stage.layout.base;
    let apart = APART_EMS * base;
    let crowd = match stage.spec.names {
        Names::Both => CROWD.div_ceil(2),
        Names::Latin | Names::Arabic => CROWD,
    };
    // Among many circles figures stand outside too.
    let crowd = crowd - usize::from(circles.len() > FEW);
    let mut chosen: Vec<(usize, Pt, &PlaceAttributes)> = Vec::new();
    let mut abroad = 0;
    for (index, at, place) in in_frame(stage, places) {
        if chosen.len() >= most {
            break;
        }
        // A place that this map's data has nothing to do with only helps to find the way, whatever
        // the other map has there.
        let mute =
            place.role == PlaceRole::Orientation || symbol(stage, circles, dots, at).is_none();
        let population = place.population.unwrap_or(0);
        if mute {
            if population < smallest {
                continue;
            }
            if chosen.iter().any(|(_, p, _)| is_near(*p, at, apart)) {
                continue;
            }
            if is_abroad(stage, place) {
                abroad += 1;
                if population < LARGE_ABROAD || abroad as f64 > SHARE_ABROAD * most as f64 {
                    continue;
                }
            }
        }
        let beside = chosen
            .iter()
            .filter(|(_, p, _)| is_near(*p, at, CROWD_EMS * base));
        // Where flows start or end is never left to guess.
        let node = !mute && place.role == PlaceRole::Flow;
        if !node && beside.count() >= crowd {
            continue;
        }
        chosen.push((index, at, place));
    }
    chosen
}

/// Places of the layer in the frame: index, position, attributes.
fn in_frame<'a>(
    stage: &'a Stage,
    places: &'a Layer<PlaceAttributes, ()>,
) -> impl Iterator<Item = (usize, Pt, &'a PlaceAttributes)> {
    let inner = stage.layout.frame.inset(2.0 * stage.layout.unit);
    places
        .features
        .iter()
        .enumerate()
        .filter_map(move |(i, f)| {
            let geo::Geometry::Point(p) = f.geometry else {
                return None;
            };
            let at = stage
                .view
                .page(p.x(), p.y())
                .filter(|at| inner.contains(*at))?;
            Some((i, at, &f.attributes))
        })
}

/// The symbol that a place's name stands beside: centre and radius. A place that has no symbol of
/// the data gets a square.
fn symbol(stage: &Stage, circles: &[Circle], dots: &[Pt], at: Pt) -> Option<(Pt, f64)> {
    let style = stage.style();
    let close = 2.0 * style.unit;
    // The smallest circle about it: its name stands outside of the circle. One far from the middle
    // of a large circle keeps to its own dot.
    let dot = dots
        .iter()
        .find(|d| is_near(**d, at, close))
        .map(|d| (*d, style.dot_radius()));
    let circle = circles.iter().rev().find(|c| {
        if !c.around {
            return is_near(c.at, at, close);
        }
        is_near(c.at, at, 0.4 * c.radius) || (dot.is_none() && is_near(c.at, at, 0.85 * c.radius))
    });
    circle.map(|c| (c.at, c.radius)).or(dot)
}

/// Whether two points are less than so far from each other.
fn is_near(a: Pt, b: Pt, reach: f64) -> bool {
    (a.x - b.x).powi(2) + (a.y - b.y).powi(2) < reach * reach
}

/// Squares for the named places that have no other symbol.
pub(super) fn draw_towns(
    canvas: &Canvas,
    stage: &Stage,
    places: &Layer<PlaceAttributes, ()>,
    circles: &[Circle],
    dots: &[Pt],
    named: &[usize],
) {
    let style = stage.style();
    for (_, at, _) in in_frame(stage, places).filter(|(i, ..)| named.binary_search(i).is_ok()) {
        if symbol(stage, circles, dots, at).is_none() {
            style.town(&mut &*canvas, at);
        }
    }
}
