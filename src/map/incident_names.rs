//! Names and figures of a map of incidents: whatever its symbols are, they keep clear of them.

use std::time::{Duration, Instant};

use super::circles::{Circle, Figures, offer_figures};
use super::compose::Stage;
use super::incidents::{Symbols, Tally};
use super::ink::InkTable;
use super::names::LabelCount;
use super::places::{draw_towns, name_places};
use super::placing::Ground;
use super::vague::{self, Hatched};
use super::{Rect, words};
use crate::draw::{Canvas, Color, MissingGlyph, Pt};
use crate::layer::LayerSet;

/// An incident that a name hides is missing from the map, and counts as so many hidden towns.
const HIDDEN: f32 = 6.0;

/// What is on the map.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub layers: &'a LayerSet,
    pub symbols: &'a Symbols,
    pub grounds: &'a [Hatched],
    pub circles: &'a [Circle],
    pub figures: &'a Figures,
    /// Of the figures that stand outside of their circles.
    pub color: Color,
    /// What is said of a ring.
    pub words: &'a dyn Fn(&Tally) -> Option<String>,
}

/// Places and draws them; `tint` is how dark the ground is. Also says how long it took to place them.
pub(super) fn draw(
    canvas: &Canvas,
    stage: &Stage,
    drawn: &Drawn,
    tint: InkTable,
) -> Result<(LabelCount, Duration), MissingGlyph> {
    let start = Instant::now();
    let Drawn {
        layers,
        symbols,
        grounds,
        circles,
        figures,
        color,
        words,
    } = *drawn;
    let mut ink = stage.ink();
    let mut dots = stage.dots();
    let mut obstacles = stage.obstacles();
    let seen = symbols.dots.iter().map(|dot| dot.at);
    let seen: Vec<Pt> = seen
        .filter_map(|(lon, lat)| stage.view.page(lon, lat))
        .collect();
    for at in &seen {
        dots.dot(*at, HIDDEN);
    }
    for circle in circles {
        ink.disc(circle.at, circle.radius, 1.0);
        // Nine tenths of the square that fits into the circle: names may touch the rim.
        obstacles.push(Rect::around(circle.at, 0.64 * circle.radius));
    }
    obstacles.extend(&figures.written);
    let mut book = stage.book(&vague::names(symbols));
    vague::name(&mut book, stage, (symbols, grounds), words, &mut ink)?;
    offer_figures(&mut book, stage, circles, (figures, color))?;
    let silent = layers.incidents.features.is_empty();
    let said = silent.then(|| stage.say(words::no_incidents(&layers.summary)));
    let said = said.transpose()?;
    obstacles.extend(said.iter().map(|said| said.ground));
    let dot = stage.style().dot_radius();
    book.beware(circles.iter().map(|c| (c.at, c.radius)));
    book.beware(seen.iter().map(|at| (*at, dot)));
    name_places(
        &mut book,
        stage,
        &layers.places,
        (circles, &seen),
        &mut dots,
    )?;
    let ground = Ground {
        ink: ink.table(),
        dots: dots.table(),
        tint,
    };
    let placed = book.place(&ground, &obstacles);
    let took = start.elapsed();
    draw_towns(
        canvas,
        stage,
        &layers.places,
        circles,
        &seen,
        &placed.places,
    );
    placed.draw(canvas)?;
    if let Some(said) = &said {
        canvas.text(&said.text, said.at, &said.style)?;
    }
    Ok((placed.count(), took))
}
