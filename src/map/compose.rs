//! What the maps have in common: page, base, names of the base, furniture, legend.

use std::ops::Deref;
use std::sync::Arc;

use super::density_map::corners;
use super::ink::InkGrid;
use super::names::{Book, Sort};
use super::setting::{Common, Needs, Setting};
use super::symbols::Style;
use super::{MapError, MapSpec, PageText, PlacedLine, Rect, furniture, seas};
use crate::draw::{Canvas, MissingGlyph, Pt, TextStyle};
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
        canvas.path(self.layout.page.path(), page, None);
        self.draw_ground(&canvas);
        canvas
    }

    /// Where names may stand.
    pub fn inner(&self) -> Rect {
        self.layout.frame.inset(2.0 * self.layout.unit)
    }

    /// Words across a map that has nothing else to show.
    pub fn say(&self, book: &mut Book, text: &str) -> Result<(), MissingGlyph> {
        let style = TextStyle {
            halo: Some((self.theme.halo.alpha(0.9), 3.0 * self.layout.unit)),
            ..TextStyle::new(1.5 * self.layout.base, self.theme.ink_soft)
        };
        let frame = [corners(&self.layout.frame)];
        book.area(Sort::Note, (text, ""), &[style], &frame, 20.0)
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
        self.framed(canvas, "borders", |c| {
            self.base.draw_lines(c, &self.theme, self.layout.unit)
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
            furniture::frame(c, &self.view, &self.ticks, layout.base, &self.theme)
        })?;
        canvas.group("legend", None, 1.0, |c| {
            for (block, at) in self.legend.iter().zip(&layout.legend) {
                block.draw(c, *at, layout.base, &self.theme, &self.view)?;
            }
            match &self.locator {
                Some(locator) => locator.draw(c, &self.theme, layout.base),
                None => Ok(()),
            }
        })
    }

    /// Grounds in the frame that no name may cover: labels of the graticule.
    pub fn obstacles(&self) -> Vec<Rect> {
        self.ticks.iter().map(|t| t.ground).collect()
    }

    /// A grid with the base's lines.
    pub fn ink(&self) -> InkGrid {
        let mut ink = self.ink_grid();
        for (line, weight) in self.base.lines() {
            ink.line(line, weight);
        }
        ink
    }

    /// An empty grid.
    pub fn ink_grid(&self) -> InkGrid {
        InkGrid::new(self.layout.frame, 3.0 * self.layout.unit)
    }

    /// An empty grid for dots, each of which is to be marked in one cell.
    pub fn dots(&self) -> InkGrid {
        InkGrid::new(self.layout.frame, 2.0 * self.style().dot_radius())
    }

    fn name_style(&self, ems: f64, color: crate::draw::Color) -> TextStyle {
        TextStyle::new((ems * self.layout.base).max(6.5), color)
    }

    /// Names of countries, provinces and waters. Provinces within a name in `taken` ("southern
    /// Idlib governorate") are named by the data already.
    pub fn name_base(&self, book: &mut Book, taken: &[&str]) -> Result<(), MissingGlyph> {
        let (theme, unit) = (&self.theme, self.layout.unit);
        let frame = self.layout.frame;
        book.strengthen(theme.ink_soft, theme.halo);
        for area in self.base.countries.iter().chain(&self.base.provinces) {
            book.know(area.name, area.name_ar);
        }
        for country in self.base.countries.iter().filter(|c| !c.name.is_empty()) {
            let style = |ems: f64, spacing: f64| TextStyle {
                spacing: spacing * ems * self.layout.base,
                halo: Some((
                    if country.focus {
                        theme.focus
                    } else {
                        theme.land
                    }
                    .alpha(0.5),
                    1.6 * unit,
                )),
                ..self.name_style(ems, theme.country_name)
            };
            let styles = [
                style(1.3, 0.42),
                style(1.1, 0.3),
                style(0.95, 0.16),
                style(0.82, 0.06),
                style(0.7, 0.0),
            ];
            let upper = country.name.to_uppercase();
            let priority = if country.focus { 1.2 } else { 3.5 };
            book.area(
                Sort::Base,
                (&upper, country.name_ar),
                &styles,
                &country.rings,
                priority,
            )?;
        }
        let free = |name: &str| !name.is_empty() && !taken.iter().any(|t| t.contains(name));
        for province in self
            .base
            .provinces
            .iter()
            .filter(|p| p.focus && free(p.name))
        {
            let style = |ems: f64| TextStyle {
                spacing: 0.07 * ems * self.layout.base,
                halo: Some((theme.focus.alpha(0.5), 1.5 * unit)),
                ..self.name_style(ems, theme.admin_name)
            };
            let upper = province.name.to_uppercase();
            book.area(
                Sort::Base,
                (&upper, province.name_ar),
                &[style(0.72), style(0.62)],
                &province.rings,
                1.6,
            )?;
        }
        let water = |ems: f64| TextStyle {
            italic: true,
            halo: Some((theme.halo.alpha(0.55), 1.3 * unit)),
            ..self.name_style(ems, theme.water_name)
        };
        for river in self
            .base
            .rivers
            .iter()
            .filter(|r| !r.name.is_empty() && r.rank <= 4)
        {
            let priority = 2.4 - 0.3 * f64::from(river.rank);
            book.line(
                Sort::Base,
                (river.name, river.name_ar),
                &water(0.72),
                &river.lines,
                priority,
            )?;
        }
        for lake in self.base.lakes.iter().filter(|l| !l.name.is_empty()) {
            self.name_lake(book, lake, &water(0.7))?;
        }
        self.name_seas(book, &frame, &water)
    }

    /// In the lake if there is room, else beside it.
    fn name_lake(
        &self,
        book: &mut Book,
        lake: &super::base::Region,
        style: &TextStyle,
    ) -> Result<(), MissingGlyph> {
        let points = || {
            lake.rings
                .iter()
                .flatten()
                .filter(|p| self.layout.frame.contains(**p))
        };
        let n = points().count();
        if n == 0 {
            return Ok(());
        }
        let sum = points().fold((0.0, 0.0), |s, p| (s.0 + p.x, s.1 + p.y));
        let middle = Pt {
            x: sum.0 / n as f64,
            y: sum.1 / n as f64,
        };
        let across = points().map(|p| (p.x - middle.x).abs()).fold(0.0, f64::max);
        let down = points().map(|p| (p.y - middle.y).abs()).fold(0.0, f64::max);
        let names = (lake.name, lake.name_ar);
        if down > 1.2 * style.size && across > 2.2 * style.size {
            return book.area(
                Sort::Base,
                names,
                std::slice::from_ref(style),
                &lake.rings,
                1.2,
            );
        }
        if across.max(down) > 4.0 * self.layout.unit {
            let radius = across.min(down).max(0.3 * style.size);
            book.point(Sort::Base, names, style, (middle, radius), 0.7)?;
        }
        Ok(())
    }

    /// One name for each sea in view, where there is most of it.
    fn name_seas(
        &self,
        book: &mut Book,
        frame: &Rect,
        style: &dyn Fn(f64) -> TextStyle,
    ) -> Result<(), MissingGlyph> {
        let mut rings: Vec<Vec<Pt>> = self
            .base
            .countries
            .iter()
            .flat_map(|c| c.rings.iter().cloned())
            .collect();
        // Everything in the frame but the land: the outer ring lies outside of all.
        let far = frame.inset(-2.0 * (frame.w + frame.h));
        rings.push(vec![
            Pt { x: far.x, y: far.y },
            Pt {
                x: far.right(),
                y: far.y,
            },
            Pt {
                x: far.right(),
                y: far.bottom(),
            },
            Pt {
                x: far.x,
                y: far.bottom(),
            },
        ]);
        let styles = [style(1.05), style(0.85), style(0.72)];
        book.seas(&styles, &rings, 2.2, |at| {
            let (lon, lat) = self.view.place(at)?;
            seas::at(lon, lat).map(|s| (s.name, s.name_ar))
        })
    }
}
