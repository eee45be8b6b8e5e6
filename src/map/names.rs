//! The names on the map: where each may stand, and drawing those that found room.

use super::block::Block;
use super::ink::InkTable;
use super::labels::{self, Candidate};
use super::spots::{self, Spot};
use super::{Names, Rect, TextBox, arabic, spine};
use crate::draw::{Align, Canvas, Color, MissingGlyph, Pt, TextStyle};

/// How many names a map should have had, and what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LabelCount {
    /// Names that were to be on the map: places worth a name, whatever of the base has room for
    /// its name where nothing else is, notes and figures of the data.
    pub wanted: usize,
    /// Those that are on it.
    pub placed: usize,
    /// Those that found no room beside the others, the most important first.
    pub unplaced: Vec<String>,
}

/// What sort of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A place of the layer of places, by its index.
    Place(usize),
    /// A part of the base.
    Base,
    /// Words about the data.
    Note,
    /// A figure beside an arrow; its places are clear of the others.
    Figure,
}

struct Entry {
    sort: Sort,
    /// How it may be set: on one line or two, large or small.
    forms: Vec<Block>,
    spots: Vec<Spot>,
    priority: f64,
    /// The ground that a note is about.
    about: Option<Rect>,
    /// The symbol that it belongs to: centre and radius.
    own: Option<(Pt, f64)>,
}

/// What lies under the names.
pub(super) struct Ground {
    /// Lines and symbols.
    pub ink: InkTable,
    /// Dots, each counted as one.
    pub dots: InkTable,
    /// How dark the ground is: 0 for the base, 1 for the darkest class.
    pub tint: InkTable,
}

/// Names that want to be on a map.
pub(super) struct Book {
    entries: Vec<Entry>,
    frame: Rect,
    pub script: Names,
    /// Ink and halo of the base's names where the ground is dark or busy.
    strong: Option<(Color, Color)>,
    /// Names of the base in both scripts, for the words about them.
    known: Vec<(String, String)>,
    /// What only names that must not be missing may cover.
    soft: Vec<TextBox>,
    /// Symbols that a name must not seem to belong to, unless it does.
    symbols: Vec<(Pt, f64)>,
}

/// How much a name minds lines and symbols under it, as the part of its ground that they take.
const INK: f64 = 1.6;
/// A symbol that is no more than so many ems farther off than a name's own may be taken for it; what
/// that costs at worst, for words and figures of the data and for names of places.
const CLOSE: f64 = 0.5;
const FIGURE: f64 = 2.6;
const NAME: f64 = 1.1;
/// How much it minds each dot that it hides, and at most.
const DOT: f64 = 0.3;
const DOTS: f64 = 1.0;
/// How much the pale names of the base mind dark ground.
const TINT: f64 = 2.2;
/// Ground from which on they are written in stronger ink: so dark, or so busy.
const DARK: f64 = 0.05;
const BUSY: f64 = 0.5;
/// Names of at least this priority may stand farther from their symbol.
const FAR_FROM: f64 = 4.0;
/// Those of at least this stand farther still if need be, with a line to the symbol: ems, cost.
const LED_FROM: f64 = 5.2;
const LED: [(f64, f64); 3] = [(2.2, 2.4), (3.4, 3.0), (5.0, 3.8)];
/// Words about an area that stand outside of it: ems to the area's edge, cost.
const OUTSIDE: [(f64, f64); 4] = [(1.2, 2.6), (3.0, 3.2), (6.0, 4.0), (10.0, 5.0)];
/// Names of at least this must not be missing: they may cover the stems of arrows, at a price.
const MUST: f64 = 7.0;
const SPARED: f64 = 2.5;
/// Candidates of a name within an area or along a line.
const MOST: usize = 14;
/// Words about an area count so many times as much: they are data, and stand nowhere else.
const WORDS: f64 = 2.0;
/// Names of so many characters may be set on two lines, those beside points of twice as many.
const WRAPPED: usize = 14;
/// A name along the middle of an area slopes at least so much, in degrees: less looks like a slip.
const SLOPE: f64 = 35.0;
/// A name has air in an area if one so many times as long would fit.
const AIR: f64 = 1.5;
/// An area this many times longer than broad is named along its middle.
const LONG: f64 = 2.2;

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
    /// An empty book for a frame.
    pub fn new(frame: Rect, script: Names) -> Self {
        Self {
            entries: Vec::new(),
            frame,
            script,
            strong: None,
            known: Vec::new(),
            soft: Vec::new(),
            symbols: Vec::new(),
        }
    }

    /// Says how the base's names are written where the ground is dark or busy.
    pub fn strengthen(&mut self, ink: Color, halo: Color) {
        self.strong = Some((ink, halo));
    }

    /// Says what only names that must not be missing may cover, and they only where all else is
    /// taken: the stems of arrows.
    pub fn spare(&mut self, ground: impl IntoIterator<Item = Rect>) {
        self.soft.extend(ground.into_iter().map(TextBox::from));
    }

    /// Says what something is called in Arabic, so that notes can be.
    pub fn know(&mut self, latin: &str, arabic: &str) {
        if !latin.is_empty() && !arabic.is_empty() {
            self.known.push((latin.to_owned(), arabic.to_owned()));
        }
    }

    /// Says where symbols are, by centre and radius: no name may seem to belong to another's.
    pub fn beware(&mut self, symbols: impl IntoIterator<Item = (Pt, f64)>) {
        self.symbols.extend(symbols);
    }

    fn block(
        &self,
        sort: Sort,
        (latin, arabic): (&str, &str),
        style: &TextStyle,
    ) -> Result<Option<Block>, MissingGlyph> {
        // Notes are in one script: the page's own words are, too.
        let note = if matches!(sort, Sort::Note | Sort::Figure) && self.script == Names::Arabic {
            arabic::note(latin, &self.known)
        } else {
            None
        };
        let arabic = note.as_deref().unwrap_or(arabic);
        Block::new(&self.script.lines(Some(latin), Some(arabic)), style)
    }

    fn enter(&mut self, sort: Sort, forms: Vec<Block>, spots: Vec<Spot>, priority: f64) {
        if !spots.is_empty() {
            self.entries.push(Entry {
                sort,
                forms,
                spots,
                priority,
                about: None,
                own: None,
            });
        }
    }

    /// Words about an area. The same words about ground beside or under it are said once.
    fn note(&mut self, forms: Vec<Block>, spots: Vec<Spot>, bounds: Rect, priority: f64) {
        let name = forms.first().map_or("", Block::name);
        let same = self.entries.iter_mut().find(|e| {
            let said = e.forms.first().map_or("", Block::name);
            said == name && e.about.is_some_and(|a| a.inset(-1.0).overlaps(&bounds))
        });
        let Some(same) = same else {
            if !spots.is_empty() {
                self.entries.push(Entry {
                    sort: Sort::Note,
                    forms,
                    spots,
                    priority,
                    about: Some(bounds),
                    own: None,
                });
            }
            return;
        };
        same.about = same.about.map(|a| a.union(&bounds));
        let before = same.forms.len();
        same.forms.extend(forms);
        same.spots.extend(spots.into_iter().map(|s| Spot {
            form: before + s.form,
            ..s
        }));
    }

    /// A name beside a point, which has a symbol of some radius.
    pub fn point(
        &mut self,
        sort: Sort,
        (latin, arabic): (&str, &str),
        style: &TextStyle,
        at: (Pt, f64),
        priority: f64,
    ) -> Result<(), MissingGlyph> {
        self.beside(sort, (latin, arabic), style, &[at], priority)
    }

    /// A name beside any of some points of one thing, the first liked best: its place along a curve.
    pub fn beside(
        &mut self,
        sort: Sort,
        (latin, arabic): (&str, &str),
        style: &TextStyle,
        points: &[(Pt, f64)],
        priority: f64,
    ) -> Result<(), MissingGlyph> {
        let Some(block) = self.block(sort, (latin, arabic), style)? else {
            return Ok(());
        };
        let wrapped = if sort == Sort::Note {
            block.wrapped(2 * WRAPPED)?
        } else {
            None
        };
        let forms: Vec<Block> = std::iter::once(block).chain(wrapped).collect();
        let mut spots = Vec::new();
        // What must not be missing may stand a little farther off.
        let far: &[(f64, f64)] = &[(0.26, 0.0), (0.8, 0.8), (1.4, 1.8)];
        let gaps = if priority >= FAR_FROM { 3 } else { 1 };
        for (form, block) in forms.iter().enumerate() {
            for (rank, &(at, radius)) in points.iter().enumerate() {
                let extra = 0.1 * (form + rank) as f64;
                for (i, (gap, cost)) in far.iter().take(gaps).enumerate() {
                    let (gap, w, h) = (gap * block.size(), block.width, block.height);
                    let mut around = spots::around(at, radius, gap, w, h);
                    if i == 0 {
                        around.extend(spots::between(at, radius, gap, w, h));
                    }
                    spots.extend(around.into_iter().map(|s| Spot {
                        form,
                        cost: s.cost + cost + extra,
                        ..s
                    }));
                }
                if priority < LED_FROM {
                    continue;
                }
                for (gap, cost) in LED {
                    let (w, h) = (block.width, block.height);
                    let led = spots::led(at, radius, gap * block.size(), w, h);
                    spots.extend(led.into_iter().map(|s| Spot {
                        form,
                        cost: s.cost + cost + extra,
                        ..s
                    }));
                }
            }
        }
        self.enter(sort, forms, spots, priority);
        if let (Some(entry), [own]) = (self.entries.last_mut(), points) {
            entry.own = Some(*own);
        }
        Ok(())
    }

    /// A name on one of the places that are found for its width and height.
    pub fn at(
        &mut self,
        sort: Sort,
        (latin, arabic): (&str, &str),
        style: &TextStyle,
        spots: impl FnOnce(f64, f64) -> Vec<Spot>,
        priority: f64,
    ) -> Result<(), MissingGlyph> {
        if let Some(block) = self.block(sort, (latin, arabic), style)? {
            let spots = spots(block.width, block.height);
            self.enter(sort, vec![block], spots, priority);
        }
        Ok(())
    }

    /// A name within an area: at the largest of the sizes at which it fits, upright, on two lines or
    /// along the middle of a long area. A note that fits nowhere stands along the area's edge, or in
    /// its midst whatever is there.
    pub fn area(
        &mut self,
        sort: Sort,
        (latin, arabic): (&str, &str),
        styles: &[TextStyle],
        rings: &[Vec<Pt>],
        priority: f64,
    ) -> Result<(), MissingGlyph> {
        let mut shape = None;
        for (rank, style) in styles.iter().enumerate() {
            let Some(block) = self.block(sort, (latin, arabic), style)? else {
                return Ok(());
            };
            let frame = self.frame.inset(0.4 * style.size);
            let wrapped = block.wrapped(WRAPPED)?;
            let forms: Vec<Block> = std::iter::once(block).chain(wrapped).collect();
            let mut spots = Vec::new();
            for (form, block) in forms.iter().enumerate() {
                let within = spots::within(rings, &frame, block.width, block.height, MOST);
                spots.extend(within.into_iter().map(|s| Spot {
                    form,
                    cost: s.cost + 0.15 * form as f64,
                    ..s
                }));
            }
            let shape = shape.get_or_insert_with(|| Shape::of(rings, &self.frame));
            let long = shape.ratio > LONG;
            if let Some(block) = forms.first()
                && (spots.is_empty() || (long && tight(rings, &frame, block)))
            {
                let mut along = shape.along(block, &frame)?;
                if !spots.is_empty() {
                    along.retain(Spot::slopes);
                }
                if long && !along.is_empty() {
                    spots.iter_mut().for_each(|s| s.cost += 0.25);
                }
                spots.extend(along);
            }
            // Words about the data must be said, if need be beside their area.
            if sort == Sort::Note && (rank + 1 == styles.len() || !spots.is_empty()) {
                spots.extend(shape.beside(&forms, &frame)?);
                self.note(forms, spots, shape.bounds, WORDS * priority);
                return Ok(());
            }
            if !spots.is_empty() {
                self.enter(sort, forms, spots, priority);
                return Ok(());
            }
        }
        Ok(())
    }

    /// A name for each sea: `water` are the rings of all that is not land, `named` says which sea a
    /// point of the page is in.
    pub fn seas<'n>(
        &mut self,
        styles: &[TextStyle],
        water: &[Vec<Pt>],
        priority: f64,
        named: impl Fn(Pt) -> Option<(&'n str, &'n str)>,
    ) -> Result<(), MissingGlyph> {
        let mut done: Vec<&str> = Vec::new();
        for style in styles {
            let frame = self.frame.inset(0.8 * style.size);
            // A sea's name is as long as this; its own length is only known once it is chosen.
            let places = spots::within(water, &frame, 8.0 * style.size, 2.4 * style.size, 60);
            let mut seas: Vec<(&str, &str)> = Vec::new();
            for spot in &places {
                if let Some(sea) = named(spot.ground.centre())
                    && !seas.contains(&sea)
                    && !done.contains(&sea.0)
                {
                    seas.push(sea);
                }
            }
            for (latin, arabic) in seas {
                let Some(block) = self.block(Sort::Base, (latin, arabic), style)? else {
                    continue;
                };
                let block = block.wrapped(WRAPPED)?.unwrap_or(block);
                let spots: Vec<Spot> = spots::within(water, &frame, block.width, block.height, 60)
                    .into_iter()
                    .filter(|s| named(s.ground.centre()).is_some_and(|n| n.0 == latin))
                    .take(MOST)
                    .collect();
                if !spots.is_empty() {
                    done.push(latin);
                    self.enter(Sort::Base, vec![block], spots, priority);
                }
            }
        }
        Ok(())
    }

    /// A name along lines, in one script.
    pub fn line(
        &mut self,
        sort: Sort,
        (latin, arabic): (&str, &str),
        style: &TextStyle,
        lines: &[Vec<Pt>],
        priority: f64,
    ) -> Result<(), MissingGlyph> {
        let script = if self.script == Names::Both {
            Names::Latin
        } else {
            self.script
        };
        let names = script.lines(Some(latin), Some(arabic));
        let Some(block) = Block::new(&names, style)? else {
            return Ok(());
        };
        let Some(strip) = block.strip()? else {
            return Ok(());
        };
        let frame = self.frame.inset(0.4 * style.size);
        let size = (style.size, block.height);
        let spots = spots::along(lines, &frame, &strip, size, MOST);
        self.enter(sort, vec![block], spots, priority);
        Ok(())
    }

    /// Places all names at once.
    pub fn place(self, ground: &Ground, obstacles: &[Rect]) -> Placed {
        let requests: Vec<labels::Request> = self
            .entries
            .iter()
            .map(|entry| labels::Request {
                priority: entry.priority,
                candidates: entry
                    .spots
                    .iter()
                    .map(|spot| {
                        let mut candidate = candidate(entry, spot, ground, &self.soft);
                        candidate.cost += mistaken(entry, spot, &self.symbols);
                        candidate
                    })
                    .collect(),
            })
            .collect();
        let obstacles: Vec<TextBox> = obstacles.iter().copied().map(TextBox::from).collect();
        let chosen = labels::place(&requests, &self.frame, &obstacles);
        let mut placed = Placed {
            chosen: Vec::new(),
            places: Vec::new(),
            left_out: Vec::new(),
            figures: 0,
        };
        let mut missing = Vec::new();
        for (mut entry, choice) in self.entries.into_iter().zip(chosen) {
            let spot = choice
                .filter(|c| *c < entry.spots.len())
                .map(|c| entry.spots.swap_remove(c));
            let Some((spot, form)) = spot
                .filter(|s| s.form < entry.forms.len())
                .map(|s| (entry.forms.swap_remove(s.form), s))
                .map(|(form, spot)| (spot, form))
            else {
                let name = entry.forms.first().map_or("", Block::name);
                missing.push((entry.priority, name.to_owned()));
                continue;
            };
            let mut form = form;
            if let (Sort::Base, Some((ink, halo))) = (entry.sort, self.strong) {
                let (inked, tint) = (mean(&ground.ink, &spot), mean(&ground.tint, &spot));
                if tint > DARK || inked > BUSY {
                    form.strengthen(ink, halo);
                }
            }
            if let Sort::Place(i) = entry.sort {
                placed.places.push(i);
            }
            placed.figures += usize::from(entry.sort == Sort::Figure);
            placed.chosen.push((form, spot));
        }
        placed.places.sort_unstable();
        missing.sort_by(|a, b| b.0.total_cmp(&a.0));
        placed.left_out = missing.into_iter().map(|(_, name)| name).collect();
        placed
    }
}

/// Whether a name has hardly any air at its sides wherever it stands in an area.
fn tight(rings: &[Vec<Pt>], frame: &Rect, block: &Block) -> bool {
    spots::within(rings, frame, AIR * block.width, block.height, 1).is_empty()
}

/// The mean of a table under a name.
fn mean(table: &InkTable, spot: &Spot) -> f64 {
    let boxes = spot.boxes(0.0);
    let tiles: Vec<Rect> = boxes.iter().flat_map(TextBox::tiles).collect();
    tiles.iter().map(|t| table.mean(t)).sum::<f64>() / tiles.len().max(1) as f64
}

/// What it costs that a name or figure may be taken for another symbol's.
fn mistaken(entry: &Entry, spot: &Spot, symbols: &[(Pt, f64)]) -> f64 {
    // A line says whose it is; the base has no symbols.
    if entry.sort == Sort::Base || spot.leader.is_some() || spot.curve.is_some() {
        return 0.0;
    }
    let size = entry.forms.get(spot.form).map_or(0.0, Block::size);
    let g = &spot.ground;
    let away = |(at, radius): &(Pt, f64)| {
        let (x, y) = (
            at.x - at.x.clamp(g.x, g.right()),
            at.y - at.y.clamp(g.y, g.bottom()),
        );
        (x.hypot(y) - radius).max(0.0)
    };
    let near = entry
        .own
        .map_or(CLOSE * size, |own| away(&own) + CLOSE * size);
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
    let rivals = rivals.map(away).filter(|d| *d < near);
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

impl Spot {
    /// Whether it slopes or bends for all to see.
    fn slopes(&self) -> bool {
        self.curve.as_ref().map_or_else(
            || self.rotation.abs() > SLOPE,
            |c| c.parts.iter().any(|p| p.rotation.abs() > SLOPE),
        )
    }
}

/// An area as far as it is seen.
struct Shape {
    rings: Vec<Vec<Pt>>,
    spine: Option<super::track::Track>,
    /// How many times longer than broad.
    ratio: f64,
    bounds: Rect,
}

impl Shape {
    fn of(rings: &[Vec<Pt>], frame: &Rect) -> Self {
        let rings = spine::seen(rings, frame);
        let (spine, ratio) = match spine::spine(&rings) {
            Some((spine, ratio)) => (Some(spine), ratio),
            None => (None, 1.0),
        };
        let bounds = super::density_map::bounds(&rings);
        Self {
            rings,
            spine,
            ratio,
            bounds,
        }
    }

    /// Along the middle, all of it within.
    fn along(&self, block: &Block, frame: &Rect) -> Result<Vec<Spot>, MissingGlyph> {
        let (Some(spine), Some(strip)) = (&self.spine, block.strip()?) else {
            return Ok(Vec::new());
        };
        let line = strip.line();
        // The baseline lies under the middle, by half of a capital's height.
        let Some(track) = spine.beside(-0.36 * block.size()) else {
            return Ok(Vec::new());
        };
        let room = track.length() - line.width;
        let mut spots = Vec::new();
        for at in [0.5, 0.35, 0.65, 0.2, 0.8] {
            let Some(set) = track.set(&line, room * at) else {
                continue;
            };
            let within = |b: &TextBox| {
                let corners = b.corners();
                frame.encloses(&b.bounds())
                    && corners.iter().all(|p| spine::contains(&self.rings, *p))
            };
            if set.boxes.iter().all(within) {
                let cost = 0.05
                    + 0.02 * set.turn
                    + 0.3 * (set.slope / 90.0).powi(2)
                    + 0.6 * f64::abs(at - 0.5);
                spots.push(spots::spot_of(set, block.height, cost));
            }
        }
        Ok(spots)
    }

    /// Along the edge, over the middle, else outside with a line to the area: for words that must be
    /// said.
    fn beside(&self, forms: &[Block], frame: &Rect) -> Result<Vec<Spot>, MissingGlyph> {
        let mut spots = Vec::new();
        if let Some(block) = forms.first()
            && let Some(strip) = block.strip()?
        {
            let size = (block.size(), block.height);
            spots = spots::along(&self.rings, frame, &strip, size, MOST / 2);
            spots.iter_mut().for_each(|s| s.cost += 0.3);
        }
        let middle = self
            .spine
            .as_ref()
            .map(|s| s.at(s.length() / 2.0))
            .filter(|p| p.is_finite());
        for (form, block) in forms.iter().enumerate() {
            let Some(at) = middle else { continue };
            let (w, h) = (block.width, block.height);
            let over = Rect::new(at.x - w / 2.0, at.y - h / 2.0, w, h);
            let upright = Spot::upright(over, Align::Centre, 0.5);
            let around = spots::around(at, 0.2 * block.size(), 0.3 * block.size(), w, h);
            spots.extend(std::iter::once(upright).chain(around).map(|s| Spot {
                form,
                cost: s.cost + 0.5,
                ..s
            }));
            let size = block.size();
            let outside = OUTSIDE.iter().flat_map(|(gap, cost)| {
                let led = spots::led_out(&self.rings, (at, gap * size), w, h);
                led.into_iter().map(move |s| Spot {
                    form,
                    cost: s.cost + cost,
                    ..s
                })
            });
            spots.extend(outside.filter(|s| frame.encloses(&s.ground)));
        }
        Ok(spots)
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
