//! The locator: a small map of the country with the frame of the map on it.
//!
//! It stands in the legend, not on the map, where it would hide something. It is left out where the
//! map shows most of the country anyway, and where the page is better used without.

use super::base::Base;
use super::density_map::area_of;
use super::{MapSpec, Rect, Theme, View, spots};
use crate::draw::{Align, Canvas, Fill, MissingGlyph, Path, Pt, Stroke, TextStyle, measure, pt};
use crate::ground::Extent;
use crate::ground::basemap::{Basemap, BorderClass};

/// Width and greatest height in ems.
const WIDTH: f64 = 11.0;
const HEIGHT: f64 = 11.0;
/// A map that shows more than this part of the country's box needs no locator.
const MOST: f64 = 0.3;
/// Points of outlines closer than this many pixels are one.
const DETAIL: f64 = 0.5;

/// What is around a map, before the page is laid out.
pub(super) struct Surroundings {
    extent: Extent,
    aspect: f64,
}

impl Surroundings {
    /// The countries that the map is about, if they are much larger than what it shows.
    pub fn of(spec: &MapSpec, basemap: &Basemap) -> Option<Self> {
        let mut around: Option<Extent> = None;
        for code in &spec.focus {
            let mainland = basemap.mainland(code)?;
            around = Some(around.map_or(mainland, |a| a.union(&mainland)));
        }
        let around = around?;
        let extent = around.union(&spec.extent).padded(0.06);
        let square = |e: &Extent| e.width() * e.height();
        if square(&spec.extent) > MOST * square(&around) || extent.width() > 90.0 {
            return None;
        }
        let any = Rect::new(0.0, 0.0, 100.0, 100.0);
        let view = View::fit(spec.projection, &extent, any).ok()?;
        Some(Self {
            extent,
            aspect: view.aspect(),
        })
    }

    /// The room that it takes for a size of running text, in pixels.
    pub fn size(&self, base: f64) -> (f64, f64) {
        let height = (WIDTH / self.aspect).clamp(0.5 * HEIGHT, HEIGHT);
        let width = (height * self.aspect).clamp(0.5 * WIDTH, WIDTH);
        ((width * base).round(), (height * base).round())
    }
}

/// A locator with its place on the page.
pub(super) struct Locator {
    view: View,
    base: Base,
    /// The outline of the map on it.
    window: Vec<Pt>,
}

impl Locator {
    /// Fits it into a rectangle; `map` is the view that it locates.
    pub fn new(
        spec: &MapSpec,
        around: &Surroundings,
        basemap: &Basemap,
        at: Rect,
        map: &View,
        unit: f64,
    ) -> Option<Self> {
        // The page may show more than the extent asked for.
        let extent = around.extent.union(&map.window());
        let view = View::fit(spec.projection, &extent, at).ok()?;
        let mut base = Base::new(spec, &view, basemap, unit);
        for region in &mut base.countries {
            region.rings = region.rings.iter().filter_map(|r| coarse(r, 4)).collect();
        }
        let f = map.frame();
        let corners = [
            pt(f.x, f.y),
            pt(f.right(), f.y),
            pt(f.right(), f.bottom()),
            pt(f.x, f.bottom()),
        ];
        let window: Option<Vec<Pt>> = corners
            .iter()
            .zip(corners.iter().cycle().skip(1))
            .flat_map(|(a, b)| {
                (0..8).map(move |i| {
                    let t = f64::from(i) / 8.0;
                    pt(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
                })
            })
            .map(|p| map.place(p).and_then(|(lon, lat)| view.page(lon, lat)))
            .collect();
        Some(Self {
            window: window?,
            view,
            base,
        })
    }

    /// Draws it with the names of its countries where there is room.
    pub fn draw(&self, canvas: &Canvas, theme: &Theme, base: f64) -> Result<(), MissingGlyph> {
        let frame = self.view.frame();
        let unit = base / 15.0;
        let solid = |c| Some(Fill::Solid(c));
        canvas.group("locator", Some(frame.path()), 1.0, |c| {
            c.path(frame.path(), solid(theme.sea), None);
            c.path(self.base.land(false), solid(theme.land), None);
            c.path(self.base.land(true), solid(theme.focus), None);
            for border in &self.base.borders {
                let stroke = match border.class {
                    BorderClass::Coast => Stroke::new(theme.shore, 0.6 * unit),
                    BorderClass::Land if border.focus => {
                        Stroke::new(theme.focus_border, 0.9 * unit)
                    }
                    BorderClass::Land => Stroke::new(theme.border, 0.6 * unit),
                    BorderClass::Disputed => {
                        Stroke::new(theme.border, 0.7 * unit).dashed(&[2.4 * unit, 1.8 * unit])
                    }
                    BorderClass::Zone | BorderClass::Admin1 => continue,
                };
                let mut path = Path::default();
                for line in border.lines.iter().filter_map(|l| coarse(l, 2)) {
                    path.add_line(line);
                }
                if !path.steps.is_empty() {
                    c.path(path, None, Some(stroke));
                }
            }
            let mut window = Path::default();
            window.add_ring(self.window.iter().copied());
            let line = Stroke::new(theme.flow, 1.6 * unit);
            c.path(window, solid(theme.flow.alpha(0.14)), Some(line));
            self.names(c, theme, base)
        })?;
        canvas.path(
            frame.path(),
            None,
            Some(Stroke::new(theme.ink_faint, 0.06 * base)),
        );
        Ok(())
    }

    fn names(&self, canvas: &Canvas, theme: &Theme, base: f64) -> Result<(), MissingGlyph> {
        let frame = self.view.frame().inset(0.3 * base);
        let mut taken = vec![bounds(&self.window)];
        let mut countries: Vec<_> = self.base.countries.iter().collect();
        countries.sort_by(|a, b| {
            b.focus
                .cmp(&a.focus)
                .then(area_of(&b.rings).total_cmp(&area_of(&a.rings)))
        });
        for country in countries.iter().filter(|c| !c.name.is_empty()).take(5) {
            let style = TextStyle {
                spacing: 0.06 * 0.62 * base,
                align: Align::Centre,
                halo: Some((
                    if country.focus {
                        theme.focus
                    } else {
                        theme.land
                    },
                    1.2 * base / 15.0,
                )),
                ..TextStyle::new((0.62 * base).max(6.5), theme.country_name)
            };
            let name = country.name.to_uppercase();
            let size = measure(&name, &style)?;
            let spots = spots::within(&country.rings, &frame, size.width, 1.1 * style.size, 40);
            let free = spots
                .iter()
                .find(|s| taken.iter().all(|t| !t.overlaps(&s.ground)));
            if let Some(spot) = free {
                let c = spot.ground.centre();
                canvas.text(&name, pt(c.x, c.y + 0.36 * style.size), &style)?;
                taken.push(spot.ground);
            }
        }
        Ok(())
    }
}

fn bounds(points: &[Pt]) -> Rect {
    super::density_map::bounds(&[points.to_vec()])
}

/// A line with the detail that can be seen; `None` if less than `least` points are left.
fn coarse(line: &[Pt], least: usize) -> Option<Vec<Pt>> {
    let mut out: Vec<Pt> = Vec::with_capacity(line.len() / 4);
    for (i, p) in line.iter().enumerate() {
        let far = out
            .last()
            .is_none_or(|q| (p.x - q.x).hypot(p.y - q.y) >= DETAIL);
        if far || i + 1 == line.len() {
            out.push(*p);
        }
    }
    (out.len() >= least).then_some(out)
}
