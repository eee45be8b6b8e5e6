//! Names of the base: countries, provinces, waters. They are the same on all maps of a page, and found once.

use super::base::{Base, Region};
use super::ink::InkGrid;
use super::names::{Book, Sort};
use super::view::View;
use super::{Layout, Names, Rect, Theme, seas};
use crate::draw::{MissingGlyph, Pt, TextStyle};

/// What names of the base are made of.
pub(super) struct Ground<'a> {
    pub theme: &'a Theme,
    pub layout: &'a Layout,
    pub view: &'a View,
    pub base: &'a Base,
}

/// Names of the base with the places where each may stand, and the lines that names should not cross.
pub(super) struct BaseNames {
    pub book: Book,
    pub ink: InkGrid,
}

/// An empty grid over the map.
pub(super) fn ink_grid(layout: &Layout) -> InkGrid {
    InkGrid::new(layout.frame, 3.0 * layout.unit)
}

impl BaseNames {
    /// Finds them.
    pub fn new(ground: &Ground, script: Names) -> Result<Self, MissingGlyph> {
        let layout = ground.layout;
        let mut book = Book::new(layout.frame.inset(2.0 * layout.unit), script);
        ground.name_all(&mut book)?;
        let mut ink = ink_grid(layout);
        for (line, weight) in ground.base.lines() {
            ink.line(line, weight);
        }
        Ok(Self { book, ink })
    }
}

impl Ground<'_> {
    fn name_style(&self, ems: f64, color: crate::draw::Color) -> TextStyle {
        TextStyle::new((ems * self.layout.base).max(6.5), color)
    }

    /// Names of countries, provinces and waters.
    fn name_all(&self, book: &mut Book) -> Result<(), MissingGlyph> {
        let (theme, unit) = (self.theme, self.layout.unit);
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
        let named = |p: &&Region| p.focus && !p.name.is_empty();
        for province in self.base.provinces.iter().filter(named) {
            let style = |ems: f64| TextStyle {
                spacing: 0.07 * ems * self.layout.base,
                halo: Some((theme.focus.alpha(0.5), 1.5 * unit)),
                ..self.name_style(ems, theme.admin_name)
            };
            let first = book.count();
            let upper = province.name.to_uppercase();
            book.area(
                Sort::Base,
                (&upper, province.name_ar),
                &[style(0.72), style(0.62)],
                &province.rings,
                1.6,
            )?;
            book.unless(first, province.name);
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
        lake: &Region,
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
