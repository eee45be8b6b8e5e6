//! The names on the map: how each looks, where it may stand, and drawing those that found room.

use super::ink::InkTable;
use super::labels::{self, Candidate};
use super::spots::{self, Spot};
use super::{Names, Rect, TextBox};
use crate::draw::{Align, Canvas, MissingGlyph, Pt, TextStyle, measure, pt};

/// One line of a name.
#[derive(Clone, Debug)]
struct Line {
    text: String,
    style: TextStyle,
    width: f64,
    ascent: f64,
    height: f64,
}

/// A name of one or two lines, measured.
#[derive(Clone, Debug)]
pub(super) struct Block {
    lines: Vec<Line>,
    width: f64,
    height: f64,
}

impl Block {
    /// Measures the lines of a name in one or two scripts; `None` if there are none.
    pub fn new(lines: &[&str], style: &TextStyle) -> Result<Option<Self>, MissingGlyph> {
        // A second line, the same name in the other script, is a little smaller.
        Self::measured(lines, style, 0.94)
    }

    /// Measures lines of equal size.
    fn even(lines: &[&str], style: &TextStyle) -> Result<Option<Self>, MissingGlyph> {
        Self::measured(lines, style, 1.0)
    }

    fn measured(
        lines: &[&str],
        style: &TextStyle,
        second: f64,
    ) -> Result<Option<Self>, MissingGlyph> {
        let mut block = Self {
            lines: Vec::new(),
            width: 0.0,
            height: 0.0,
        };
        for (i, text) in lines.iter().enumerate() {
            let size = if i == 0 {
                style.size
            } else {
                second * style.size
            };
            let style = TextStyle {
                size,
                ..style.clone()
            };
            let m = measure(text, &style)?;
            let line = Line {
                text: (*text).to_owned(),
                width: m.width,
                ascent: m.ascent,
                height: m.height() + if i == 0 { 0.0 } else { 0.12 * size },
                style,
            };
            block.width = block.width.max(line.width);
            block.height += line.height;
            block.lines.push(line);
        }
        Ok((!block.lines.is_empty()).then_some(block))
    }

    /// Its first line.
    fn name(&self) -> String {
        self.lines
            .first()
            .map_or_else(String::new, |l| l.text.clone())
    }

    fn size(&self) -> f64 {
        self.lines.first().map_or(0.0, |l| l.style.size)
    }

    fn draw(&self, canvas: &Canvas, spot: &Spot) -> Result<(), MissingGlyph> {
        let g = &spot.ground;
        let (centre, angle) = (g.centre(), spot.rotation.to_radians());
        let mut top = g.y;
        for (i, line) in self.lines.iter().enumerate() {
            let lead = if i == 0 { 0.0 } else { 0.12 * line.style.size };
            let baseline = top + lead + line.ascent;
            let x = match spot.align {
                Align::Left => g.x,
                Align::Centre => centre.x,
                Align::Right => g.right(),
            };
            let (dx, dy) = (x - centre.x, baseline - centre.y);
            let at = pt(
                centre.x + dx * angle.cos() - dy * angle.sin(),
                centre.y + dx * angle.sin() + dy * angle.cos(),
            );
            let style = TextStyle {
                align: spot.align,
                rotation: spot.rotation,
                ..line.style.clone()
            };
            canvas.text(&line.text, at, &style)?;
            top += line.height;
        }
        Ok(())
    }
}

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
}

struct Entry {
    sort: Sort,
    block: Block,
    spots: Vec<Spot>,
    priority: f64,
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
}

/// How much a name minds lines and symbols under it, as the part of its ground that they take.
const INK: f64 = 1.6;
/// How much it minds each dot that it hides, and at most.
const DOT: f64 = 0.3;
const DOTS: f64 = 1.0;
/// How much the pale names of the base mind dark ground.
const TINT: f64 = 3.0;
/// Names of at least this priority may stand farther from their symbol.
const FAR_FROM: f64 = 4.0;
/// Candidates of a name within an area or along a line.
const MOST: usize = 14;

/// The names that found room.
pub(super) struct Placed {
    chosen: Vec<(Block, Spot)>,
    /// Places of the layer that are named.
    pub places: Vec<usize>,
    /// The names that found no room.
    left_out: Vec<String>,
}

impl Book {
    /// An empty book for a frame.
    pub fn new(frame: Rect, script: Names) -> Self {
        Self {
            entries: Vec::new(),
            frame,
            script,
        }
    }

    fn block(
        &self,
        latin: &str,
        arabic: &str,
        style: &TextStyle,
    ) -> Result<Option<Block>, MissingGlyph> {
        Block::new(&self.script.lines(Some(latin), Some(arabic)), style)
    }

    /// A name beside a point, which has a symbol of some radius.
    pub fn point(
        &mut self,
        sort: Sort,
        (latin, arabic): (&str, &str),
        style: &TextStyle,
        (at, radius): (Pt, f64),
        priority: f64,
    ) -> Result<(), MissingGlyph> {
        if let Some(block) = self.block(latin, arabic, style)? {
            let size = block.size();
            let mut spots = spots::around(at, radius, 0.26 * size, block.width, block.height);
            if priority >= FAR_FROM {
                // What must not be missing may stand a little farther off.
                for (gap, cost) in [(0.95, 0.7), (1.8, 1.5)] {
                    let far = spots::around(at, radius, gap * size, block.width, block.height);
                    spots.extend(far.into_iter().map(|s| Spot {
                        cost: s.cost + cost,
                        ..s
                    }));
                }
            }
            self.entries.push(Entry {
                sort,
                block,
                spots,
                priority,
            });
        }
        Ok(())
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
        if let Some(block) = self.block(latin, arabic, style)? {
            let gap = 0.26 * block.size();
            let spots = points
                .iter()
                .enumerate()
                .flat_map(|(i, (at, radius))| {
                    let later = 0.12 * i as f64;
                    spots::around(*at, *radius, gap, block.width, block.height)
                        .into_iter()
                        .map(move |s| Spot {
                            cost: s.cost + later,
                            ..s
                        })
                })
                .collect();
            self.entries.push(Entry {
                sort,
                block,
                spots,
                priority,
            });
        }
        Ok(())
    }

    /// A name within an area: at the largest of the sizes at which it fits.
    pub fn area(
        &mut self,
        sort: Sort,
        (latin, arabic): (&str, &str),
        styles: &[TextStyle],
        rings: &[Vec<Pt>],
        priority: f64,
    ) -> Result<(), MissingGlyph> {
        for style in styles {
            let Some(block) = self.block(latin, arabic, style)? else {
                return Ok(());
            };
            let frame = self.frame.inset(0.4 * style.size);
            let spots = spots::within(rings, &frame, block.width, block.height, MOST);
            if !spots.is_empty() {
                self.entries.push(Entry {
                    sort,
                    block,
                    spots,
                    priority,
                });
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
                let Some(block) = self.two_lines(latin, arabic, style)? else {
                    continue;
                };
                let spots: Vec<Spot> = spots::within(water, &frame, block.width, block.height, 60)
                    .into_iter()
                    .filter(|s| named(s.ground.centre()).is_some_and(|n| n.0 == latin))
                    .take(MOST)
                    .collect();
                if !spots.is_empty() {
                    done.push(latin);
                    self.entries.push(Entry {
                        sort: Sort::Base,
                        block,
                        spots,
                        priority,
                    });
                }
            }
        }
        Ok(())
    }

    /// A name of two words on two lines, as seas are written.
    fn two_lines(
        &self,
        latin: &str,
        arabic: &str,
        style: &TextStyle,
    ) -> Result<Option<Block>, MissingGlyph> {
        let names = self.script.lines(Some(latin), Some(arabic));
        if let [one] = names.as_slice()
            && let Some((a, b)) = one.split_once(' ')
            && one.chars().count() > 12
        {
            return Block::even(&[a, b], style);
        }
        Block::new(&names, style)
    }

    /// A name along lines.
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
        if let Some(block) = Block::new(&names, style)? {
            let frame = self.frame.inset(0.4 * style.size);
            let spots = spots::along(
                lines,
                &frame,
                block.width,
                block.height,
                0.1 * style.size,
                MOST,
            );
            if !spots.is_empty() {
                self.entries.push(Entry {
                    sort,
                    block,
                    spots,
                    priority,
                });
            }
        }
        Ok(())
    }

    /// Places all names at once.
    pub fn place(self, ground: &Ground, obstacles: &[Rect]) -> Placed {
        let requests: Vec<labels::Request> = self
            .entries
            .iter()
            .map(|entry| {
                let margin = 0.14 * entry.block.size();
                let candidates = entry.spots.iter().map(|spot| {
                    let boxes = spot.boxes(margin);
                    let tiles: Vec<Rect> = boxes.iter().flat_map(TextBox::tiles).collect();
                    let mean = tiles.iter().map(|b| ground.ink.mean(b)).sum::<f64>()
                        / tiles.len().max(1) as f64;
                    let hidden: f64 = tiles.iter().map(|b| ground.dots.sum(b)).sum();
                    let tint = if entry.sort == Sort::Base {
                        tiles
                            .iter()
                            .map(|b| ground.tint.mean(b))
                            .fold(0.0, f64::max)
                    } else {
                        0.0
                    };
                    let cost = spot.cost + INK * mean + (DOT * hidden).min(DOTS) + TINT * tint;
                    Candidate { boxes, cost }
                });
                labels::Request {
                    priority: entry.priority,
                    candidates: candidates.collect(),
                }
            })
            .collect();
        let obstacles: Vec<TextBox> = obstacles.iter().copied().map(TextBox::from).collect();
        let chosen = labels::place(&requests, &self.frame, &obstacles);
        let mut placed = Placed {
            chosen: Vec::new(),
            places: Vec::new(),
            left_out: Vec::new(),
        };
        let mut missing = Vec::new();
        for (mut entry, choice) in self.entries.into_iter().zip(chosen) {
            match choice {
                Some(c) if c < entry.spots.len() => {
                    if let Sort::Place(i) = entry.sort {
                        placed.places.push(i);
                    }
                    placed
                        .chosen
                        .push((entry.block, entry.spots.swap_remove(c)));
                }
                _ => missing.push((entry.priority, entry.block.name())),
            }
        }
        placed.places.sort_unstable();
        missing.sort_by(|a, b| b.0.total_cmp(&a.0));
        placed.left_out = missing.into_iter().map(|(_, name)| name).collect();
        placed
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
