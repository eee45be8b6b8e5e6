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
        let symbols = Rivals::new(&self.symbols);
        let counted = |entry: &Entry, spot: &Spot| {
            let mut candidate = candidate(entry, spot, ground, &self.soft);
            let near = symbols.near(entry, std::slice::from_ref(spot));
            candidate.cost += mistaken(entry, spot, &near);
            candidate
        };
        let all = |entry: &Entry| {
            let near = symbols.near(entry, &entry.spots);
            let counted = entry.spots.iter().map(|spot| {
                let mut candidate = candidate(entry, spot, ground, &self.soft);
                candidate.cost += mistaken(entry, spot, &near);
                candidate
            });
            Spots {
                first: 0,
                candidates: counted.collect(),
                kept: false,
            }
        };
        // A name whose home is as good as ever has no other place.
        let home = |entry: &Entry| {
            let home = entry.home?;
            let candidate = counted(entry, entry.spots.get(home.spot)?);
            let good = candidate.cost <= home.cost + GIVE && clear.is(&candidate);
            good.then_some(Spots {
                first: home.spot,
                candidates: vec![candidate],
                kept: true,
            })
        };
        let entries = || self.entries.iter().map(|entry| &**entry);
        let wanted = |entry: &Entry| home(entry).unwrap_or_else(|| all(entry));
        let mut spots: Vec<Spots> = entries().map(wanted).collect();
        let chosen = place_spots(entries(), &spots, &clear);
        let ousted = |(spots, chosen): (&Spots, &Option<_>)| spots.kept && chosen.is_none();
        if !spots.iter().zip(&chosen).any(ousted) {
            return chosen;
        }
        // Those that had to go find another place, and all others stay.
        for ((entry, spots), chosen) in entries().zip(&mut spots).zip(&chosen) {
            match chosen {
                Some((spot, _)) => spots.keep(*spot),
                None if spots.kept => *spots = all(entry),
                None => {}
            }
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

/// The spots of a name that are looked at.
struct Spots {
    /// The index of the first; those of the others follow.
    first: usize,
    candidates: Vec<Candidate>,
    /// Whether the name stands at the first of them to begin with.
    kept: bool,
}

impl Spots {
    /// Keeps this one, where the name stands.
    fn keep(&mut self, spot: usize) {
        let from = spot.saturating_sub(self.first).min(self.candidates.len());
        self.candidates.drain(..from);
        self.candidates.truncate(1);
        (self.first, self.kept) = (spot, true);
    }
}

/// Places names, of which each has some spots, and some stand at their only one to begin with.
fn place_spots<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    spots: &[Spots],
    clear: &labels::Clear,
) -> Vec<Option<(usize, f64)>> {
    let requests = entries.zip(spots).map(|(entry, spots)| labels::Request {
        priority: entry.priority,
        candidates: spots.candidates.as_slice().into(),
        kept: spots.kept,
    });
    let requests: Vec<labels::Request> = requests.collect();
    let chosen = labels::place(&requests, clear).into_iter().zip(spots);
    chosen
        .map(|(chosen, spots)| {
            let chosen = chosen?;
            let candidate = spots.candidates.get(chosen)?;
            Some((spots.first + chosen, candidate.cost))
        })
        .collect()
}

/// The mean of a table under a name.
fn mean(table: &InkTable, spot: &Spot) -> f64 {
    let boxes = spot.boxes(0.0);
    let tiles = boxes.iter().flat_map(TextBox::tiles);
    mean_of(tiles.map(|tile| table.mean(&tile)))
}

fn mean_of(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0), |(sum, n), value| (sum + value, n + 1));
    sum / f64::from(n.max(1))
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

/// Symbols that a name may be taken to belong to.
struct Rivals {
    /// Those that are no larger than most, from left to right, and the largest radius of these.
    small: Vec<(Pt, f64)>,
    radius: f64,
    large: Vec<(Pt, f64)>,
}

impl Rivals {
    fn new(symbols: &[(Pt, f64)]) -> Self {
        let mut radii: Vec<f64> = symbols.iter().map(|(_, radius)| *radius).collect();
        let middle = radii.len() / 2;
        let radius = match radii.is_empty() {
            true => 0.0,
            false => *radii.select_nth_unstable_by(middle, f64::total_cmp).1,
        };
        let is_small = |(_, own): &&(Pt, f64)| *own <= radius;
        let large = symbols.iter().filter(|one| !is_small(one)).copied();
        let mut small: Vec<(Pt, f64)> = symbols.iter().filter(is_small).copied().collect();
        small.sort_by(|a, b| a.0.x.total_cmp(&b.0.x));
        Self {
            small,
            radius,
            large: large.collect(),
        }
    }

    /// Those that any of some spots of a name is near to: most are far off.
    fn near(&self, entry: &Entry, spots: &[Spot]) -> Vec<(Pt, f64)> {
        let spots = spots.iter().filter(|spot| is_mistakable(entry, spot));
        let found = spots.map(|spot| (spot.ground, nearness(entry, spot)));
        let Some((all, reach)) = found.reduce(|a, b| (a.0.union(&b.0), a.1.max(b.1))) else {
            return Vec::new();
        };
        let close = |(at, radius): &&(Pt, f64)| all.inset(-(reach + radius)).contains(*at);
        let widest = all.inset(-(reach + self.radius));
        let from = self.small.partition_point(|(at, _)| at.x < widest.x);
        let small = self.small.iter().skip(from);
        let small = small.take_while(|(at, _)| at.x <= widest.right());
        small.chain(&self.large).filter(close).copied().collect()
    }
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
    let tiles = || boxes.iter().flat_map(TextBox::tiles);
    let mean = mean_of(tiles().map(|t| ground.ink.mean(&t)));
    let hidden: f64 = tiles().map(|t| ground.dots.sum(&t)).sum();
    let tint = match entry.sort {
        Sort::Base => {
            let darkest = tiles().map(|t| ground.tint.mean(&t));
            darkest.fold(0.0, f64::max)
        }
        // Not on the places that the map is about.
        Sort::Note | Sort::Figure => 0.5 * mean_of(tiles().map(|t| ground.tint.mean(&t))),
        Sort::Place(_) => 0.0,
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
