//! The map of tolls: for each place a disc as large as the lowest figure of killed and a ring as
//! large as the highest.
//!
//! What is known only to an area stands in its hatched ground in words: no circle has a place there.

use super::circles::{Circle, Figures, modest, uncrowded, write_figures};
use super::compose::Stage;
use super::density_map::Map;
use super::incident_names::{self, Drawn};
use super::incidents::{Symbols, Tally};
use super::legend::{Block, CircleLook, Symbol};
use super::setting::Needs;
use super::symbols::{APART, Crowd};
use super::vague;
use super::view::View;
use super::{MapError, MapSpec, Rect, words};
use crate::analyse::scale::CircleScale;
use crate::draw::{Canvas, MissingGlyph, Pt};
use crate::ground::basemap::Basemap;
use crate::layer::LayerSet;

/// Radius of the largest and the smallest circle in ems.
const CIRCLES: (f64, f64) = (2.9, 0.24);
/// The part of the page's sides that the frame takes, more or less.
const FRAME: f64 = 0.8;

/// Draws the map of tolls.
///
/// # Errors
/// As [`density_map`](super::density_map).
pub fn toll_map(spec: &MapSpec, layers: &LayerSet, basemap: &Basemap) -> Result<Map, MapError> {
    let symbols = Symbols::new(layers, spec);
    let needs = needs_of(spec, layers, &symbols)?;
    let stage = Stage::new(spec, basemap, &needs)?;
    let canvas = stage.open();
    stage.draw_lines(&canvas);
    let grounds = stage.framed(&canvas, "areas", |c| {
        vague::draw(c, &stage, &symbols, &|tally| said(tally))
    })?;
    stage.draw_veil(&canvas);
    let toll = stage.toll.unwrap_or((0, 1.0));
    let scale = scale(spec, toll, stage.layout.base);
    let tolls = tolls(&stage, &symbols, &scale);
    let (circles, figures) = stage.framed(&canvas, "tolls", |c| draw_tolls(c, &stage, &tolls))?;
    let drawn = Drawn {
        layers,
        symbols: &symbols,
        grounds: &grounds,
        circles: &circles,
        figures: &figures,
        color: stage.theme.toll,
        words: &said,
    };
    let (labels, layout) = stage.framed(&canvas, "labels", |c| {
        incident_names::draw(c, &stage, &drawn, stage.dots().table())
    })?;
    stage.draw_page(&canvas)?;
    Ok(Map {
        scene: canvas.finish(),
        labels,
        georeference: stage.georeference(),
        frame: stage.layout.frame,
        layout,
    })
}

/// What is said of an area or a ring.
pub(super) fn said(tally: &Tally) -> Option<String> {
    Some(tally.killed().unwrap_or_else(|| "toll unknown".to_owned()))
}

/// What was killed at one place, on the page.
struct Toll {
    at: Pt,
    tally: Tally,
    /// Radius of the disc; 0 where the lowest figure is 0.
    low: f64,
    /// Radius of the ring, where there is a highest figure.
    high: Option<f64>,
}

impl Toll {
    fn has_circle(&self) -> bool {
        self.tally.known > 0 && self.tally.most() > 0
    }
}

/// What the map of tolls needs of its page.
///
/// # Errors
/// [`MapError`] if the projection cannot show the extent.
pub fn needs(spec: &MapSpec, layers: &LayerSet) -> Result<Needs, MapError> {
    needs_of(spec, layers, &Symbols::new(layers, spec))
}

fn needs_of(spec: &MapSpec, layers: &LayerSet, symbols: &Symbols) -> Result<Needs, MapError> {
    let toll = (most(symbols), room(spec, symbols)?);
    let words = |projection: &str| words::tolls(spec, layers, projection);
    let legend = |base: f64| legend(symbols, scale(spec, toll, base));
    Ok(Needs::new(spec, words, legend)?
        .with_symbols(0, symbols.rings.len())
        .with_toll(toll))
}

/// Puts the circles of a legend on the scale of another highest toll.
pub(super) fn rescale(block: &mut Block, spec: &MapSpec, toll: (u64, f64), base: f64) {
    if let Block::Circles {
        look: CircleLook::Toll,
        scale: old,
        values,
        ..
    } = block
    {
        *old = scale(spec, toll, base);
        *values = old.legend_values(3, 1.0);
    }
}

pub(super) fn most(symbols: &Symbols) -> u64 {
    let most = symbols.dots.iter().map(|d| d.tally.most()).max();
    most.unwrap_or(0)
}

/// The scale of circles for a highest toll, of which the largest are made smaller so that all find room.
pub(super) fn scale(spec: &MapSpec, (most, room): (u64, f64), base: f64) -> CircleScale {
    let widest = CIRCLES
        .0
        .min(0.04 * spec.page.width.min(spec.page.height) / base);
    let highest = most.max(5) as f64;
    CircleScale::new(
        highest,
        widest * modest(highest) * room * base,
        CIRCLES.1 * base,
    )
}

/// How much smaller circles have to be than they might, for most of them to be seen: 1 where they
/// lie far apart.
pub(super) fn room(spec: &MapSpec, symbols: &Symbols) -> Result<f64, MapError> {
    let scale = scale(spec, (most(symbols), 1.0), spec.page.base_font());
    // The page is not laid out yet: its frame will take about so much of it.
    let (w, h) = (FRAME * spec.page.width, FRAME * spec.page.height);
    let view = View::fit(spec.projection, &spec.extent, Rect::new(0.0, 0.0, w, h))?;
    let discs: Vec<(Pt, f64)> = symbols
        .dots
        .iter()
        .filter(|d| d.tally.most() > 0)
        .filter_map(|d| {
            let at = view.page(d.at.0, d.at.1)?;
            Some((at, scale.radius(d.tally.most() as f64)))
        })
        .collect();
    Ok(uncrowded(&discs))
}

/// The tolls of places, the highest first.
fn tolls(stage: &Stage, symbols: &Symbols, scale: &CircleScale) -> Vec<Toll> {
    let mut tolls: Vec<Toll> = symbols
        .dots
        .iter()
        .filter_map(|dot| {
            let at = stage.view.page(dot.at.0, dot.at.1)?;
            Some(Toll {
                at,
                tally: dot.tally,
                low: scale.radius(dot.tally.low() as f64),
                high: dot.tally.high().map(|high| scale.radius(high as f64)),
            })
        })
        .collect();
    let order = |t: &Toll| (t.tally.most(), t.tally.low());
    tolls.sort_by(|a, b| {
        order(b)
            .cmp(&order(a))
            .then(a.at.x.total_cmp(&b.at.x))
            .then(a.at.y.total_cmp(&b.at.y))
    });
    tolls
}

/// What this map has to explain.
fn legend(symbols: &Symbols, scale: CircleScale) -> Vec<Block> {
    let tallies = || symbols.dots.iter().map(|d| &d.tally);
    let figure = |t: &Tally| t.known > 0 && t.most() > 0;
    let mut blocks = Vec::new();
    if tallies().any(figure) {
        blocks.push(Block::Circles {
            title: "People killed".into(),
            note: "at one place, in all incidents there".into(),
            look: CircleLook::Toll,
            scale,
            values: scale.legend_values(3, 1.0),
        });
    }
    let rows = [
        (
            tallies().any(|t| figure(t) && t.high().is_some_and(|h| h > t.low())),
            Symbol::Toll,
            "Disc: lowest figure; ring: highest",
        ),
        (
            tallies().any(|t| figure(t) && t.high().is_none()),
            Symbol::AtLeast,
            "At least, or about: no highest figure is given",
        ),
        (
            tallies().any(Tally::is_nobody),
            Symbol::NoneKilled,
            "Nobody killed",
        ),
        (
            tallies().any(|t| !figure(t) && !t.is_nobody()),
            Symbol::NoFigure,
            "No source gives a figure",
        ),
        (
            !symbols.rings.is_empty(),
            Symbol::Ring,
            if vague::crowded(symbols) {
                "Somewhere within the ring; figures stand on the highest"
            } else {
                "Somewhere within the ring"
            },
        ),
        (
            symbols.grounds.iter().any(|g| !g.wide),
            Symbol::Area,
            "Somewhere in the area",
        ),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(wanted, ..)| *wanted)
        .map(|(_, symbol, text)| (symbol, text.to_owned()))
        .collect();
    if !rows.is_empty() {
        blocks.push(Block::Key {
            title: "How sure".into(),
            rows,
            crowd: Crowd::of(0, symbols.rings.len()),
        });
    }
    blocks
}

/// Draws them, small over large, with their figures.
fn draw_tolls(
    canvas: &Canvas,
    stage: &Stage,
    tolls: &[Toll],
) -> Result<(Vec<Circle>, Figures), MissingGlyph> {
    let style = stage.style();
    for toll in tolls.iter().filter(|t| !t.has_circle()) {
        style.no_toll(&mut &*canvas, toll.at, toll.tally.is_nobody());
    }
    let mut circles = Vec::new();
    for toll in tolls.iter().filter(|t| t.has_circle()) {
        style.toll(&mut &*canvas, toll.at, toll.low, toll.high);
        circles.push(Circle {
            at: toll.at,
            radius: toll
                .high
                .unwrap_or(toll.low + APART * style.unit)
                .max(toll.low),
            count: toll.tally.most(),
            label: toll.tally.short(),
            around: false,
        });
    }
    let figures = write_figures(canvas, stage, &circles)?;
    Ok((circles, figures))
}
