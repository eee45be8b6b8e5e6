//! The names on the map: where each may stand, and drawing those that found room.

use std::sync::Arc;

use super::block::Block;
use super::spots::{self, Spot};
use super::{Names, Rect, TextBox, arabic, spine};
use crate::draw::{Align, Color, MissingGlyph, Pt, TextStyle};

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

/// Where a name stands on the maps of a batch, if nothing of a frame is in its way: which of its spots, and what that
/// costs without the data of any frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Home {
    pub spot: usize,
    pub cost: f64,
}

#[derive(Clone)]
pub(super) struct Entry {
    pub sort: Sort,
    /// How it may be set: on one line or two, large or small.
    pub forms: Vec<Block>,
    pub spots: Vec<Spot>,
    pub priority: f64,
    /// The ground that a note is about.
    pub about: Option<Rect>,
    /// The symbol that it belongs to: centre and radius.
    pub own: Option<(Pt, f64)>,
    /// It is not said where a name of the data has this in it.
    pub unless: &'static str,
    pub home: Option<Home>,
}

/// Names that want to be on a map. Clones share what is known of each.
#[derive(Clone)]
pub(super) struct Book {
    pub entries: Vec<Arc<Entry>>,
    pub frame: Rect,
    pub script: Names,
    /// Ink and halo of the base's names where the ground is dark or busy.
    pub strong: Option<(Color, Color)>,
    /// Names of the base in both scripts, for the words about them.
    pub known: Vec<(String, String)>,
    /// What only names that must not be missing may cover.
    pub soft: Vec<TextBox>,
    /// Symbols that a name must not seem to belong to, unless it does.
    pub symbols: Vec<(Pt, f64)>,
}

/// Names of at least this priority may stand farther from their symbol.
const FAR_FROM: f64 = 4.0;
/// Those of at least this stand farther still if need be, with a line to the symbol: ems, cost.
const LED_FROM: f64 = 5.2;
const LED: [(f64, f64); 3] = [(2.2, 2.4), (3.4, 3.0), (5.0, 3.8)];
/// Words about an area that stand outside of it: ems to the area's edge, cost.
const OUTSIDE: [(f64, f64); 4] = [(1.2, 2.6), (3.0, 3.2), (6.0, 4.0), (10.0, 5.0)];
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
            self.entries.push(Arc::new(Entry {
                sort,
                forms,
                spots,
                priority,
                about: None,
                own: None,
                unless: "",
                home: None,
            }));
        }
    }

    /// How many names there are.
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// Names from the `first` on are not said where a name of the data has these words in it.
    pub fn unless(&mut self, first: usize, words: &'static str) {
        for entry in self.entries.iter_mut().skip(first) {
            Arc::make_mut(entry).unless = words;
        }
    }

    /// The same without names that are said by the data already.
    pub fn without(&self, said: &[&str]) -> Self {
        let mut book = self.clone();
        let free = |words: &str| words.is_empty() || !said.iter().any(|one| one.contains(words));
        book.entries.retain(|entry| free(entry.unless));
        book
    }

    /// Words about an area. The same words about ground beside or under it are said once.
    fn note(&mut self, forms: Vec<Block>, spots: Vec<Spot>, bounds: Rect, priority: f64) {
        let name = forms.first().map_or("", Block::name);
        let same = self.entries.iter_mut().find(|e| {
            let said = e.forms.first().map_or("", Block::name);
            said == name && e.about.is_some_and(|a| a.inset(-1.0).overlaps(&bounds))
        });
        let Some(same) = same.map(Arc::make_mut) else {
            if !spots.is_empty() {
                self.entries.push(Arc::new(Entry {
                    sort: Sort::Note,
                    forms,
                    spots,
                    priority,
                    about: Some(bounds),
                    own: None,
                    unless: "",
                    home: None,
                }));
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
            Arc::make_mut(entry).own = Some(*own);
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

    /// Keeps the names of the base alone.
    pub fn keep_base(&mut self) {
        self.entries.retain(|entry| entry.sort == Sort::Base);
        self.symbols.clear();
    }

    /// Names from the `first` on are to stand there, if they can.
    pub fn at_home(&mut self, first: usize, home: Option<Home>) {
        for entry in self.entries.iter_mut().skip(first) {
            Arc::make_mut(entry).home = home;
        }
    }
}

/// Whether a name has hardly any air at its sides wherever it stands in an area.
fn tight(rings: &[Vec<Pt>], frame: &Rect, block: &Block) -> bool {
    spots::within(rings, frame, AIR * block.width, block.height, 1).is_empty()
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
