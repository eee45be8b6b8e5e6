//! What the maps have in common: page, base, names of the base, furniture, legend.

use std::convert::Infallible;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::base_names::ink_grid;
use super::ink::InkGrid;
use super::names::{Book, Home};
use super::setting::{Common, Needs, Setting};
use super::symbols::Style;
use super::{Georeference, MapError, MapSpec, PageText, PlacedLine, Rect, furniture};
use crate::draw::{Align, Canvas, MissingGlyph, Pt, Shared, TextStyle, measure, pt};
use crate::ground::basemap::Basemap;

/// A map on its page, before data is drawn.
pub(super) struct Stage<'a> {
    pub spec: &'a MapSpec,
    setting: Arc<Setting>,
    text: PageText,
    /// Title, subtitle, source, notes and the banner's text.
    lines: Vec<PlacedLine>,
}

/// Opacity of the veil over ground outside of the extent.
const VEIL: f64 = 0.55;
/// Points along each side of the extent.
const EDGE_POINTS: usize = 24;

impl Deref for Stage<'_> {
    type Target = Setting;

    fn deref(&self) -> &Setting {
        &self.setting
    }
}

impl<'a> Stage<'a> {
    /// Sets a map on a page of its own, or on the one that it has in common with others.
    pub fn new(spec: &'a MapSpec, basemap: &Basemap, needs: &Needs) -> Result<Self, MapError> {
        let setting = match &spec.common {
            Some(Common(setting)) => Arc::clone(setting),
            None => Arc::new(Setting::new(spec, basemap, needs)?),
        };
        let text = needs.text().clone();
        let lines = setting.layout.lines(&text, &setting.theme)?;
        Ok(Self {
            spec,
            setting,
            text,
            lines,
        })
    }

    /// The same page with other words; `None` where these need more room or less.
    pub fn told(&self, basemap: &Basemap, needs: &Needs) -> Result<Option<Self>, MapError> {
        if self.spec.common.is_none() && !self.setting.suits(self.spec, basemap, needs)? {
            return Ok(None);
        }
        let text = needs.text().clone();
        let lines = self.layout.lines(&text, &self.theme)?;
        Ok(Some(Self {
            spec: self.spec,
            setting: Arc::clone(&self.setting),
            text,
            lines,
        }))
    }

    /// A page without words of its own, to find out what stands where on it.
    pub fn bare(spec: &'a MapSpec, setting: Arc<Setting>) -> Self {
        Self {
            spec,
            setting,
            text: PageText::default(),
            lines: Vec::new(),
        }
    }

    /// Where on the ground the page's pixels are.
    pub fn georeference(&self) -> Georeference {
        Georeference::of(&self.view, &self.spec.page)
    }

    /// How symbols are drawn on this page.
    pub fn style(&self) -> Style<'_> {
        Style {
            unit: self.layout.unit,
            theme: &self.theme,
            crowd: self.crowd,
        }
    }

    /// A page with the ground of the map on it, and words for who cannot see it.
    pub fn open(&self) -> Canvas {
        let text = &self.text;
        let canvas = Canvas::new(self.spec.page.width, self.spec.page.height);
        let notes = text.notes.join(" ");
        canvas.describe(&text.title, &format!("{}. {notes}", text.subtitle));
        let page = Some(crate::draw::Fill::Solid(self.theme.page));
        self.plainly(&canvas, &self.shared.ground, |c| {
            c.path(self.layout.page.path(), page, None);
            self.draw_ground(c);
        });
        canvas
    }

    /// Draws what is the same on all maps of this page; once, where there are several.
    fn once<E>(
        &self,
        canvas: &Canvas,
        kept: &OnceLock<Arc<Shared>>,
        draw: impl FnOnce(&Canvas) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.spec.common.is_none() {
            return draw(canvas);
        }
        let shared = match kept.get() {
            Some(shared) => Arc::clone(shared),
            None => {
                let page = Canvas::new(self.spec.page.width, self.spec.page.height);
                draw(&page)?;
                let made = Arc::new(Shared::new(page.finish()));
                Arc::clone(kept.get_or_init(|| made))
            }
        };
        canvas.shared(shared);
        Ok(())
    }

    /// The same for what cannot fail.
    fn plainly(&self, canvas: &Canvas, kept: &OnceLock<Arc<Shared>>, draw: impl FnOnce(&Canvas)) {
        let Ok(()) = self.once(canvas, kept, |c| {
            draw(c);
            Ok::<(), Infallible>(())
        });
    }

    /// Words in the middle of a map that has nothing else to show; all names keep clear of them.
    pub fn say(&self, text: String) -> Result<PlacedLine, MissingGlyph> {
        let (frame, base) = (self.layout.frame, self.layout.base);
        let style = TextStyle {
            align: Align::Centre,
            halo: Some((self.theme.halo.alpha(0.9), 3.0 * self.layout.unit)),
            ..TextStyle::new(1.5 * base, self.theme.ink_soft)
        };
        let room = 0.9 * frame.w / measure(&text, &style)?.width;
        let style = TextStyle {
            size: style.size * room.min(1.0),
            ..style
        };
        let size = measure(&text, &style)?;
        let (w, h) = (size.width, size.height());
        let middle = frame.centre();
        let top = middle.y - h / 2.0;
        Ok(PlacedLine {
            text,
            at: pt(middle.x, top + size.ascent),
            style,
            ground: Rect::new(middle.x - w / 2.0, top, w, h).inset(-0.3 * base),
        })
    }

    /// Runs `draw` in a group that is cut at the frame.
    pub fn framed<R>(&self, canvas: &Canvas, id: &str, draw: impl FnOnce(&Canvas) -> R) -> R {
        canvas.group(id, Some(self.layout.frame.path()), 1.0, draw)
    }

    /// Sea, land, and what lies on them.
    pub fn draw_ground(&self, canvas: &Canvas) {
        self.framed(canvas, "base", |c| {
            self.base
                .draw_ground(c, &self.view, &self.theme, self.layout.unit)
        });
    }

    /// Rivers and borders.
    pub fn draw_lines(&self, canvas: &Canvas) {
        self.plainly(canvas, &self.shared.lines, |c| {
            self.framed(c, "borders", |c| {
                self.base.draw_lines(c, &self.theme, self.layout.unit)
            });
        });
    }

    /// The sea over what was drawn on it.
    pub fn draw_sea(&self, canvas: &Canvas) {
        self.plainly(canvas, &self.shared.sea, |c| {
            self.base.draw_sea(c, &self.view, &self.theme)
        });
    }

    /// The edge of the extent on the page.
    fn edge(&self) -> Vec<Pt> {
        let extent = &self.spec.extent;
        let between = |a: f64, b: f64, i: usize| a + (b - a) * i as f64 / EDGE_POINTS as f64;
        let side = |ax, ay, bx, by| {
            (0..EDGE_POINTS).map(move |i| (between(ax, bx, i), between(ay, by, i)))
        };
        let (w, s, e, n) = (extent.west, extent.south, extent.east, extent.north);
        side(w, s, e, s)
            .chain(side(e, s, e, n))
            .chain(side(e, n, w, n))
            .chain(side(w, n, w, s))
            .filter_map(|(lon, lat)| self.view.page(lon, lat))
            .collect()
    }

    /// Runs `draw` in a group that is cut at the edge of the extent, where one was asked for.
    pub fn within_extent<R>(
        &self,
        canvas: &Canvas,
        id: &str,
        draw: impl FnOnce(&Canvas) -> R,
    ) -> R {
        self.framed(canvas, id, |c| {
            if !self.spec.bounded {
                return draw(c);
            }
            let mut path = crate::draw::Path::default();
            path.add_ring(self.edge());
            c.group("", Some(path), 1.0, draw)
        })
    }

    /// Veils the ground on the page that is outside of the extent asked for: nothing is shown there, which must not
    /// look as if nothing had happened.
    pub fn draw_veil(&self, canvas: &Canvas) {
        if !self.spec.bounded {
            return;
        }
        self.plainly(canvas, &self.shared.veil, |canvas| {
            let edge = self.edge();
            let mut veil = self.layout.frame.path();
            veil.add_ring(edge.iter().copied());
            let mut line = crate::draw::Path::default();
            line.add_ring(edge);
            self.framed(canvas, "veil", |c| {
                c.path(
                    veil,
                    Some(crate::draw::Fill::Solid(self.theme.page.alpha(VEIL))),
                    None,
                );
                let stroke = crate::draw::Stroke::new(self.theme.rule, 0.8 * self.layout.unit);
                c.path(line, None, Some(stroke));
            });
        });
    }

    /// Title, notes, frame and legend. The ground of each is apart from all others'.
    pub fn draw_page(&self, canvas: &Canvas) -> Result<(), MissingGlyph> {
        let layout = &self.layout;
        canvas.group("furniture", None, 1.0, |c| {
            if let Some(banner) = &layout.banner {
                c.path(
                    banner.path(),
                    Some(crate::draw::Fill::Solid(self.theme.warning)),
                    None,
                );
            }
            for line in &self.lines {
                c.text(&line.text, line.at, &line.style)?;
            }
            self.once(c, &self.shared.frame, |c| {
                furniture::frame(c, &self.view, &self.ticks, layout.base, &self.theme)
            })
        })?;
        self.once(canvas, &self.shared.legend, |canvas| {
            canvas.group("legend", None, 1.0, |c| {
                for (block, at) in self.legend.iter().zip(&layout.legend) {
                    block.draw(c, *at, layout.base, &self.theme, &self.view)?;
                }
                match &self.locator {
                    Some(locator) => locator.draw(c, &self.theme, layout.base),
                    None => Ok(()),
                }
            })
        })
    }

    /// Grounds in the frame that no name may cover: labels of the graticule.
    pub fn obstacles(&self) -> Vec<Rect> {
        self.ticks.iter().map(|t| t.ground).collect()
    }

    /// Names of the base but for those that are `said` by the data already: "southern Idlib governorate".
    pub fn book(&self, said: &[&str]) -> Book {
        let homes = self.homes.get();
        homes
            .map_or(&self.names.book, |homes| &homes.base)
            .without(said)
    }

    /// Where the name of a place is to stand, by its index in the layer of places.
    pub fn home(&self, place: usize) -> Option<Home> {
        self.homes.get()?.places.get(&place).copied()
    }

    /// A grid with the base's lines.
    pub fn ink(&self) -> InkGrid {
        self.names.ink.clone()
    }

    /// An empty grid.
    pub fn ink_grid(&self) -> InkGrid {
        ink_grid(&self.layout)
    }

    /// An empty grid for dots, each of which is to be marked in one cell.
    pub fn dots(&self) -> InkGrid {
        InkGrid::new(self.layout.frame, 2.0 * self.style().dot_radius())
    }
}
