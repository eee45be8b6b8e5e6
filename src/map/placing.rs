//! Names that want to be on a map → those that find room: what lies under each of their places is counted, and all are
//! placed at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::block::Block;
use super::ink::InkTable;
use super::labels::{self, Candidate};
use super::names::{Book, Entry, Home, LabelCount, Sort};
use super::spots::Spot;
use super::{Rect, TextBox};
use crate::draw::{Canvas, MissingGlyph, Pt};

/// How much a name minds lines and symbols under it, as the part of its ground that they take.
const INK: f64 = 1.6;
/// A symbol that is no more than so many ems farther off than a name's own may be taken for it; what
/// that costs at worst, for words and figures of the data and for names of places.
const CLOSE: f64 = 0.5;
const FIGURE: f64 = 2.6;
const NAME: f64 = 1.1;
/// How much it minds each dot that it hides, and at most.
const DOT: f64 = 0.3;
const DOTS: f64 = 3.6;
/// How much the pale names of the base mind dark ground.
const TINT: f64 = 2.2;
/// Ground from which on they are written in stronger ink: so dark, or so busy.
const DARK: f64 = 0.05;
const BUSY: f64 = 0.5;
/// Names of at least this must not be missing: they may cover the stems of arrows, at a price.
const MUST: f64 = 7.0;
const SPARED: f64 = 2.5;
/// Names keep to their homes while those cost no more than this above what they did at first.
const GIVE: f64 = 0.3;

/// What lies under the names.
pub(super) struct Ground {
    /// Lines and symbols.
    pub ink: InkTable,
    /// Dots, each counted as one.
    pub dots: InkTable,
    /// How dark the ground is: 0 for the base, 1 for the darkest class.
    pub tint: InkTable,
}

/// The names that found room.
pub(super) struct Placed {
    chosen: Vec<(Block, Spot)>,
    /// Places of the layer that are named.
    pub places: Vec<usize>,
    /// The names that found no room.
    left_out: Vec<String>,
    /// How many figures of arrows found room.
    pub figures: usize,
}

impl Book {
    /// Places all names at once.
    pub fn place(&self, ground: &Ground, obstacles: &[Rect]) -> Placed {
        let mut placed = Placed {
            chosen: Vec::new(),
            places: Vec::new(),
            left_out: Vec::new(),
            figures: 0,
        };
        let mut missing = Vec::new();
        let chosen = self.choose(ground, obstacles);
        for (entry, choice) in self.entries.iter().zip(chosen) {
            let spot = choice.and_then(|(spot, _)| entry.spots.get(spot));
            let Some((spot, form)) =
                spot.and_then(|spot| Some((spot, entry.forms.get(spot.form)?)))
            else {
                let name = entry.forms.first().map_or("", Block::name);
                missing.push((entry.priority, name.to_owned()));
                continue;
            };
            let mut form = form.clone();
            if let (Sort::Base, Some((ink, halo))) = (entry.sort, self.strong) {
                let (inked, tint) = (mean(&ground.ink, spot), mean(&ground.tint, spot));
                if tint > DARK || inked > BUSY {
                    form.strengthen(ink, halo);
                }
            }
            if let Sort::Place(i) = entry.sort {
                placed.places.push(i);
            }
            placed.figures += usize::from(entry.sort == Sort::Figure);
            placed.chosen.push((form, spot.clone()));
        }
        placed.places.sort_unstable();
        missing.sort_by(|a, b| b.0.total_cmp(&a.0));
        placed.left_out = missing.into_iter().map(|(_, name)| name).collect();
        placed
    }

    /// For each name the spot where it stands, if there is one, and what it costs.
    fn choose(&self, ground: &Ground, obstacles: &[Rect]) -> Vec<Option<(usize, f64)>> {
        let obstacles: Vec<TextBox> = obstacles.iter().copied().map(TextBox::from).collect();
        let clear = labels::Clear::new(&self.frame, &obstacles);
        let counted = |entry: &Entry, spot: &Spot| {
            let mut candidate = candidate(entry, spot, ground, &self.soft);
            candidate.cost += mistaken(entry, spot, &self.symbols);
            candidate
        };
        let all = |entry: &Entry| -> Vec<(usize, Candidate)> {
            let near = near(entry, &self.symbols);
            let spots = entry.spots.iter().enumerate();
            let counted = spots.map(|(i, spot)| {
                let mut candidate = candidate(entry, spot, ground, &self.soft);
                candidate.cost += mistaken(entry, spot, &near);
                (i, candidate)
            });
            counted.collect()
        };
        // A name whose home is as good as ever has no other place.
        let home = |entry: &Entry| {
            let home = entry.home?;
            let candidate = counted(entry, entry.spots.get(home.spot)?);
            let good = candidate.cost <= home.cost + GIVE && clear.is(&candidate);
            good.then_some((home.spot, candidate))
        };
        let wanted = |entry: &Entry| match home(entry) {
            Some(home) => (vec![home], true),
            None => (all(entry), false),
        };
        let entries = || self.entries.iter().map(|entry| &**entry);
        let mut spots: Vec<Spots> = entries().map(wanted).collect();
        let chosen = place_spots(entries(), &spots, &clear);
        let ousted = |(spots, chosen): (&(_, bool), &Option<_>)| spots.1 && chosen.is_none();
        if !spots.iter().zip(&chosen).any(ousted) {
            return chosen;
        }
        // Those that had to go find another place, and all others stay.
        for ((entry, (spots, kept)), chosen) in entries().zip(&mut spots).zip(&chosen) {
            match chosen {
                Some((spot, _)) => spots.retain(|(i, _)| i == spot),
                None if *kept => *spots = all(entry),
                None => {}
            }
            *kept = chosen.is_some();
        }
        place_spots(entries(), &spots, &clear)
    }

    /// Places all names and makes where they stand their homes; says those of places.
    pub fn settle(&mut self, ground: &Ground, obstacles: &[Rect]) -> BTreeMap<usize, Home> {
        let mut homes = BTreeMap::new();
        let chosen = self.choose(ground, obstacles);
        for (entry, chosen) in self.entries.iter_mut().zip(chosen) {
            let home = chosen.map(|(spot, cost)| Home { spot, cost });
            if let (Sort::Place(place), Some(home)) = (entry.sort, home) {
                homes.insert(place, home);
            }
            Arc::make_mut(entry).home = home;
        }
        homes
    }
}

/// Spots with their index, and whether the name stands at the first of them to begin with.
type Spots = (Vec<(usize, Candidate)>, bool);

/// Places names, of which each has some spots, and some stand at their only one to begin with.
fn place_spots<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    spots: &[Spots],
    clear: &labels::Clear,
) -> Vec<Option<(usize, f64)>> {
    let request = |(entry, (spots, kept)): (&Entry, &Spots)| {
        let candidates = spots.iter().map(|(_, candidate)| candidate.clone());
        labels::Request {
            priority: entry.priority,
            candidates: candidates.collect(),
            kept: *kept,
        }
    };
    let requests: Vec<labels::Request> = entries.zip(spots).map(request).collect();
    let chosen = labels::place(&requests, clear).into_iter().zip(spots);
    chosen
        .map(|(chosen, (spots, _))| {
            let (spot, candidate) = spots.get(chosen?)?;
            Some((*spot, candidate.cost))
        })
        .collect()
}

/// The mean of a table under a name.
fn mean(table: &InkTable, spot: &Spot) -> f64 {
    let boxes = spot.boxes(0.0);
    let tiles: Vec<Rect> = boxes.iter().flat_map(TextBox::tiles).collect();
    tiles.iter().map(|t| table.mean(t)).sum::<f64>() / tiles.len().max(1) as f64
}

/// How far a symbol's edge is from a name; 0 where they meet.
fn away(ground: &Rect, (at, radius): &(Pt, f64)) -> f64 {
    let x = at.x - at.x.clamp(ground.x, ground.right());
    let y = at.y - at.y.clamp(ground.y, ground.bottom());
    (x.hypot(y) - radius).max(0.0)
}

/// Whether a name may be taken for another symbol's: a line says whose it is, and the base has no symbols.
fn is_mistakable(entry: &Entry, spot: &Spot) -> bool {
    entry.sort != Sort::Base && spot.leader.is_none() && spot.curve.is_none()
}

/// Symbols nearer than this may be taken for a name's own.
fn nearness(entry: &Entry, spot: &Spot) -> f64 {
    let size = entry.forms.get(spot.form).map_or(0.0, Block::size);
    entry.own.map_or(0.0, |own| away(&spot.ground, &own)) + CLOSE * size
}

/// The symbols that any spot of a name is near to: most are far off.
fn near(entry: &Entry, symbols: &[(Pt, f64)]) -> Vec<(Pt, f64)> {
    let spots = entry.spots.iter().filter(|spot| is_mistakable(entry, spot));
    let found = spots.map(|spot| (spot.ground, nearness(entry, spot)));
    let Some((all, reach)) = found.reduce(|a, b| (a.0.union(&b.0), a.1.max(b.1))) else {
        return Vec::new();
    };
    let close = |(at, radius): &&(Pt, f64)| all.inset(-(reach + radius)).contains(*at);
    symbols.iter().filter(close).copied().collect()
}

/// What it costs that a name or figure may be taken for another symbol's.
fn mistaken(entry: &Entry, spot: &Spot, symbols: &[(Pt, f64)]) -> f64 {
    if !is_mistakable(entry, spot) {
        return 0.0;
    }
    let (g, near) = (&spot.ground, nearness(entry, spot));
    let other = |s: &&(Pt, f64)| {
        entry
            .own
            .is_none_or(|(at, radius)| (s.0.x - at.x).hypot(s.0.y - at.y) > 0.5 * radius.max(1.0))
    };
    // Most symbols are far off, which is seen without a root.
    let close = |(at, radius): &&(Pt, f64)| {
        let (x, y) = (
            at.x - at.x.clamp(g.x, g.right()),
            at.y - at.y.clamp(g.y, g.bottom()),
        );
        x * x + y * y <= 1.01 * (near + radius).powi(2)
    };
    let rivals = symbols.iter().filter(close).filter(other);
    let rivals = rivals.map(|symbol| away(g, symbol)).filter(|d| *d < near);
    let worst = rivals.fold(0.0, |worst: f64, d| worst.max(1.0 - d / near));
    let cost = if matches!(entry.sort, Sort::Note | Sort::Figure) {
        FIGURE
    } else {
        NAME
    };
    cost * worst
}

/// A spot with what lies under it counted.
fn candidate(entry: &Entry, spot: &Spot, ground: &Ground, soft: &[TextBox]) -> Candidate {
    let size = entry.forms.get(spot.form).map_or(0.0, Block::size);
    let boxes = spot.boxes(0.14 * size);
    let tiles: Vec<Rect> = boxes.iter().flat_map(TextBox::tiles).collect();
    let mean = tiles.iter().map(|t| ground.ink.mean(t)).sum::<f64>() / tiles.len().max(1) as f64;
    let hidden: f64 = tiles.iter().map(|t| ground.dots.sum(t)).sum();
    let tint = if entry.sort == Sort::Base {
        let darkest = tiles.iter().map(|t| ground.tint.mean(t));
        darkest.fold(0.0, f64::max)
    } else if matches!(entry.sort, Sort::Note | Sort::Figure) {
        // Not on the places that the map is about.
        0.5 * tiles.iter().map(|t| ground.tint.mean(t)).sum::<f64>() / tiles.len().max(1) as f64
    } else {
        0.0
    };
    let spared =
        entry.sort != Sort::Figure && soft.iter().any(|s| boxes.iter().any(|b| b.overlaps(s)));
    let soft = match (spared, entry.priority >= MUST) {
        (false, _) => 0.0,
        (true, true) => SPARED,
        // No place at all.
        (true, false) => f64::INFINITY,
    };
    let cost = spot.cost + INK * mean + (DOT * hidden).min(DOTS) + TINT * tint + soft;
    Candidate {
        boxes,
        lines: spot.lines(0.25 * size),
        cost,
    }
}

impl Placed {
    /// How many there are.
    pub fn count(&self) -> LabelCount {
        LabelCount {
            wanted: self.chosen.len() + self.left_out.len(),
            placed: self.chosen.len(),
            unplaced: self.left_out.clone(),
        }
    }

    /// Draws the names.
    pub fn draw(&self, canvas: &Canvas) -> Result<(), MissingGlyph> {
        self.chosen
            .iter()
            .try_for_each(|(block, spot)| block.draw(canvas, spot))
    }
}
