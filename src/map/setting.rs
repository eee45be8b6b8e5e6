//! What a map needs of its page, and the page that is set up for it: laid out, with the base map projected.
//!
//! The maps of a batch are set on one page that has room for the needs of all: frame, legend and base are then the same on
//! each, and made once.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::base::Base;
use super::base_names::{self, BaseNames};
use super::homes::Homes;
use super::legend::Block;
use super::locator::{Locator, Surroundings};
use super::page::{Request, bases};
use super::symbols::Crowd;
use super::{Layout, MapError, MapSpec, PageText, Rect, Theme, View, furniture};
use crate::draw::Shared;
use crate::ground::Projection;
use crate::ground::basemap::Basemap;

/// The part of the map's room that must be left beside a locator.
const ROOM: f64 = 0.9;
/// North is not up when it turns by more than this many degrees.
const TURNED: f64 = 2.0;

/// What one map, or each of several, needs of its page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    /// What may be written on it: of one map the only one.
    texts: Vec<PageText>,
    /// The legend, for each size of running text that there may be.
    blocks: Vec<(f64, Vec<Block>)>,
    timeline: bool,
    /// Incidents in the busiest bar of a timeline.
    busiest: f64,
    /// How many dots and rings there are at the most.
    dots: usize,
    rings: usize,
    /// The highest toll of a place, and how much smaller circles have to be for it to find room.
    pub(super) toll: Option<(u64, f64)>,
}

impl Needs {
    /// Those of one map.
    pub(super) fn new(
        spec: &MapSpec,
        words: impl Fn(&str) -> PageText,
        legend: impl Fn(f64) -> Vec<Block>,
    ) -> Result<Self, MapError> {
        let projection = Projection::for_extent(spec.projection, &spec.extent)?;
        Ok(Self {
            texts: vec![words(projection.name())],
            blocks: bases(spec.page).map(|base| (base, legend(base))).into(),
            ..Self::default()
        })
    }

    /// With a strip of days under the map, where there is a busiest.
    pub(super) fn with_timeline(self, busiest: Option<f64>) -> Self {
        Self {
            timeline: busiest.is_some(),
            busiest: busiest.unwrap_or_default(),
            ..self
        }
    }

    /// With so many symbols.
    pub(super) fn with_symbols(self, dots: usize, rings: usize) -> Self {
        Self {
            dots,
            rings,
            ..self
        }
    }

    /// With tolls as circles.
    pub(super) fn with_toll(self, toll: (u64, f64)) -> Self {
        Self {
            toll: Some(toll),
            ..self
        }
    }

    /// Those of several maps, which are on the same scales: room for each of them.
    pub fn and(mut self, other: Self) -> Self {
        let texts = other.texts.into_iter();
        for text in texts {
            if !self.texts.contains(&text) {
                self.texts.push(text);
            }
        }
        if self.blocks.is_empty() {
            self.blocks = other.blocks;
        } else {
            for ((_, all), (_, some)) in self.blocks.iter_mut().zip(other.blocks) {
                merge(all, some, Block::stands_for, Block::join);
            }
        }
        self.timeline |= other.timeline;
        self.busiest = self.busiest.max(other.busiest);
        self.dots = self.dots.max(other.dots);
        self.rings = self.rings.max(other.rings);
        self.toll = match (self.toll, other.toll) {
            (Some(a), Some(b)) => Some((a.0.max(b.0), a.1.min(b.1))),
            (a, b) => a.or(b),
        };
        self
    }

    /// What is written on the page of a single map.
    pub(super) fn text(&self) -> &PageText {
        // `new` puts one in, and none is ever taken out.
        &self.texts[0]
    }

    fn blocks(&self, base: f64) -> Vec<Block> {
        let found = self.blocks.iter().find(|(size, _)| *size == base);
        found.map_or_else(Vec::new, |(_, blocks)| blocks.clone())
    }
}

/// Adds what a list has to another that has some of it, in the order of both as far as it goes.
pub(super) fn merge<T>(
    all: &mut Vec<T>,
    some: Vec<T>,
    same: impl Fn(&T, &T) -> bool,
    join: impl Fn(&mut T, T),
) {
    let mut next = 0;
    for one in some {
        if let Some(at) = all.iter().position(|other| same(other, &one)) {
            next = at + 1;
            if let Some(known) = all.get_mut(at) {
                join(known, one);
            }
        } else {
            all.insert(next, one);
            next += 1;
        }
    }
}

/// Parts of a page that are the same on all maps that it is common to.
#[derive(Default)]
pub(super) struct SharedParts {
    pub ground: OnceLock<Arc<Shared>>,
    pub sea: OnceLock<Arc<Shared>>,
    pub lines: OnceLock<Arc<Shared>>,
    pub veil: OnceLock<Arc<Shared>>,
    pub frame: OnceLock<Arc<Shared>>,
    pub legend: OnceLock<Arc<Shared>>,
}

/// A page that is set up.
pub struct Setting {
    pub(super) theme: Theme,
    pub(super) layout: Layout,
    pub(super) view: View,
    pub(super) base: Base,
    /// Names of the base.
    pub(super) names: BaseNames,
    /// What is drawn once for all of them.
    pub(super) shared: SharedParts,
    /// Where names stand, on a page that maps of a batch have in common.
    pub(super) homes: OnceLock<Homes>,
    /// How symbols give way to each other.
    pub(super) crowd: Crowd,
    pub(super) ticks: Vec<furniture::Tick>,
    pub(super) legend: Vec<Block>,
    pub(super) locator: Option<Locator>,
    /// Incidents in the busiest bar of any map's timeline.
    pub(super) busiest: f64,
    /// The highest toll of any map, and how much smaller circles have to be.
    pub(super) toll: Option<(u64, f64)>,
}

impl Setting {
    /// Where the legend stands, but for locator and scale bar.
    pub fn legend_room(&self) -> Option<Rect> {
        let keys = self.legend.iter().zip(&self.layout.legend);
        let keys =
            keys.filter(|(block, _)| !matches!(block, Block::Locator { .. } | Block::Scale { .. }));
        keys.map(|(_, at)| *at).reduce(|a, b| a.union(&b))
    }

    /// Lays out a page for these needs, and fits the map into it.
    ///
    /// # Errors
    /// [`MapError`] if the projection cannot show the extent, or the page has no room for a map.
    pub fn new(spec: &MapSpec, basemap: &Basemap, needs: &Needs) -> Result<Self, MapError> {
        let Page {
            theme,
            layout,
            legend,
            around,
        } = Page::new(spec, basemap, needs)?;
        let view = View::fit(spec.projection, &spec.extent, layout.frame)?;
        let base = Base::new(spec, &view, basemap, layout.unit);
        let room = legend.iter().zip(&layout.legend);
        let at = room
            .filter_map(|(b, at)| matches!(b, Block::Locator { .. }).then_some(*at))
            .next();
        let locator = around
            .as_ref()
            .zip(at)
            .and_then(|(a, at)| Locator::new(spec, a, basemap, at, &view, layout.unit));
        let ticks = furniture::ticks(&view, layout.base, &theme)?;
        let ground = base_names::Ground {
            theme: &theme,
            layout: &layout,
            view: &view,
            base: &base,
        };
        let names = BaseNames::new(&ground, spec.names)?;
        Ok(Self {
            theme,
            layout,
            view,
            base,
            names,
            shared: SharedParts::default(),
            homes: OnceLock::new(),
            crowd: Crowd::of(needs.dots, needs.rings),
            ticks,
            legend,
            locator,
            busiest: needs.busiest,
            toll: needs.toll,
        })
    }
}

/// A page that is laid out, before the map is fitted into it.
struct Page {
    theme: Theme,
    layout: Layout,
    legend: Vec<Block>,
    /// What the locator shows, if there is one.
    around: Option<Surroundings>,
}

impl Page {
    fn new(spec: &MapSpec, basemap: &Basemap, needs: &Needs) -> Result<Self, MapError> {
        let theme = Theme::of(spec.theme, spec.ramp);
        // Whether north is up is known from a view of any size.
        let trial = View::fit(
            spec.projection,
            &spec.extent,
            Rect::new(0.0, 0.0, 100.0, 100.0),
        )?;
        let north = trial.north().abs() > TURNED;
        let surroundings = Surroundings::of(spec, basemap);
        let blocks = |base: f64, around: Option<&Surroundings>| {
            let mut blocks = needs.blocks(base);
            for block in &mut blocks {
                if let Some(toll) = needs.toll {
                    super::toll_map::rescale(block, spec, toll, base);
                }
            }
            if let Some(around) = around {
                let (width, height) = around.size(base);
                blocks.push(Block::Locator { width, height });
            }
            blocks.push(Block::Scale { north });
            blocks
        };
        let lay = |around: Option<&Surroundings>| {
            Layout::new(&Request {
                size: spec.page,
                theme: &theme,
                texts: &needs.texts,
                aspect: trial.aspect(),
                timeline: needs.timeline,
                foot: 1 + usize::from(around.is_some()),
                legend: &|base, width| {
                    blocks(base, around)
                        .iter()
                        .map(|b| b.size(base, width, &theme))
                        .collect()
                },
            })
        };
        let plain = lay(None)?;
        // A locator must not cost the map its room, nor its texts their size.
        let located = surroundings.as_ref().and_then(|around| {
            let layout = lay(Some(around)).ok()?;
            let room = |l: &Layout| l.frame.w * l.frame.h;
            let worth = layout.base >= plain.base && room(&layout) >= ROOM * room(&plain);
            worth.then_some((layout, around))
        });
        let (layout, around) = match located {
            Some((layout, around)) => (layout, Some(around)),
            None => (plain, None),
        };
        let legend = blocks(layout.base, around);
        let around = around.is_some().then_some(surroundings).flatten();
        Ok(Self {
            theme,
            layout,
            legend,
            around,
        })
    }
}

impl Setting {
    /// Whether a page for these needs would be laid out in the same way.
    pub(super) fn suits(
        &self,
        spec: &MapSpec,
        basemap: &Basemap,
        needs: &Needs,
    ) -> Result<bool, MapError> {
        Ok(Page::new(spec, basemap, needs)?.layout == self.layout)
    }

    /// Where the map is on the page.
    pub fn frame(&self) -> Rect {
        self.layout.frame
    }
}

/// A page that several maps are set on.
#[derive(Clone)]
pub struct Common(pub Arc<Setting>);

impl fmt::Debug for Common {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Common")
    }
}

impl PartialEq for Common {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
