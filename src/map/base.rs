//! The base under the data: sea, land, borders, rivers and lakes, as page geometry.
//!
//! Cut to the view, projected once, and kept for the names and for what must stay clear of lines.
//! Cost: about 0.2 µs a vertex in view.

use geo::{Coord, LineString, MultiPolygon, Rect as GeoRect};

use super::{MapSpec, Theme, View, clip};
use crate::draw::{Canvas, Fill, Path, Pt, Stroke, pt};
use crate::ground::basemap::{Area, Basemap, BorderClass};

/// An area with a name, as rings on the page.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub name: &'static str,
    pub name_ar: &'static str,
    /// Whether it is, or lies in, a country that the map is about.
    pub focus: bool,
    /// Exteriors and holes.
    pub rings: Vec<Vec<Pt>>,
}

/// A river as lines on the page.
#[derive(Clone, Debug)]
pub(super) struct River {
    pub name: &'static str,
    pub name_ar: &'static str,
    pub rank: u8,
    pub lines: Vec<Vec<Pt>>,
}

/// Borders of one class as lines on the page.
pub(super) struct BorderLines {
    pub class: BorderClass,
    pub focus: bool,
    pub lines: Vec<Vec<Pt>>,
}

/// Everything of the base that is in view.
pub(super) struct Base {
    pub countries: Vec<Region>,
    pub provinces: Vec<Region>,
    pub lakes: Vec<Region>,
    pub rivers: Vec<River>,
    pub borders: Vec<BorderLines>,
    /// Areas that a country of the map claims and another holds.
    claimed: Vec<usize>,
}

/// Cuts and projects: the parts of the world that the view needs, each with its shift in degrees.
struct Cutter<'a> {
    view: &'a View,
    to: GeoRect,
    longest: f64,
}

impl<'a> Cutter<'a> {
    fn new(view: &'a View) -> Self {
        let window = view.window();
        let longest = (window.width().max(window.height()) / 24.0).max(0.01);
        Self {
            view,
            to: view.cutting_box(),
            longest,
        }
    }

    /// Boxes of the globe (-180..180) that the window covers, and the shift that brings each there.
    fn windows(&self) -> Vec<(f64, GeoRect)> {
        [-360.0, 0.0, 360.0]
            .into_iter()
            .filter_map(|shift| {
                let (w, e) = (
                    (self.to.min().x - shift).max(-180.0),
                    (self.to.max().x - shift).min(180.0),
                );
                let at = |x, y| Coord { x, y };
                (w < e).then(|| {
                    (
                        shift,
                        GeoRect::new(at(w, self.to.min().y), at(e, self.to.max().y)),
                    )
                })
            })
            .collect()
    }

    fn shifted(points: &[Coord], shift: f64) -> Vec<Coord> {
        points
            .iter()
            .map(|p| Coord {
                x: p.x + shift,
                y: p.y,
            })
            .collect()
    }

    fn meets(&self, points: &[Coord], shift: f64) -> bool {
        let (mut x0, mut x1, mut y0, mut y1) = (
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::INFINITY,
            f64::NEG_INFINITY,
        );
        for p in points {
            (x0, x1) = (x0.min(p.x), x1.max(p.x));
            (y0, y1) = (y0.min(p.y), y1.max(p.y));
        }
        x0 + shift <= self.to.max().x
            && x1 + shift >= self.to.min().x
            && y0 <= self.to.max().y
            && y1 >= self.to.min().y
    }

    fn ring(&self, points: &[Coord], shift: f64, into: &mut Vec<Vec<Pt>>) {
        if !self.meets(points, shift) {
            return;
        }
        let cut = clip::ring(&Self::shifted(points, shift), &self.to);
        let page = self.view.page_all(clip::densify(cut, self.longest, true));
        if page.len() > 2 && page.iter().all(|p| p.is_finite()) {
            into.push(page);
        }
    }

    fn line(&self, line: &LineString, shift: f64, into: &mut Vec<Vec<Pt>>) {
        if !self.meets(&line.0, shift) {
            return;
        }
        for part in clip::line(&Self::shifted(&line.0, shift), &self.to) {
            let page = self.view.page_all(clip::densify(part, self.longest, false));
            if page.len() > 1 && page.iter().all(|p| p.is_finite()) {
                into.push(page);
            }
        }
    }
}

/// Rings of an area on the page, cut to the view.
pub(super) fn rings(view: &View, area: &MultiPolygon) -> Vec<Vec<Pt>> {
    let cutter = Cutter::new(view);
    let mut out = Vec::new();
    for (shift, _) in cutter.windows() {
        for polygon in &area.0 {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                cutter.ring(&ring.0, shift, &mut out);
            }
        }
    }
    out
}

/// One path of many rings.
pub(super) fn path_of(rings: &[Vec<Pt>]) -> Path {
    let mut path = Path::default();
    for ring in rings {
        path.add_ring(ring.iter().copied());
    }
    path
}

fn lines_of(lines: &[Vec<Pt>]) -> Path {
    let mut path = Path::default();
    for line in lines {
        path.add_line(line.iter().copied());
    }
    path
}

impl Base {
    /// Cuts and projects what is in view.
    pub fn new(spec: &MapSpec, view: &View, basemap: &Basemap, unit: f64) -> Self {
        let cutter = Cutter::new(view);
        let in_focus = |code: &str| spec.focus.iter().any(|f| f == code);
        // Smaller waters the closer the view.
        let finest = (3.4 + (view.pixels_per_km() / unit).log2())
            .round()
            .clamp(1.0, 6.0) as u8;
        let mut base = Self {
            countries: Vec::new(),
            provinces: Vec::new(),
            lakes: Vec::new(),
            rivers: Vec::new(),
            borders: Vec::new(),
            claimed: Vec::new(),
        };
        for (shift, window) in cutter.windows() {
            for area in basemap.countries(window) {
                let focus = in_focus(area.iso) && !area.iso.is_empty();
                if area.claimed_by.split(' ').any(in_focus) && !focus {
                    base.claimed.push(base.countries.len());
                }
                base.countries.push(region(&cutter, &area, focus, shift));
            }
            for area in basemap.admin1(window) {
                base.provinces
                    .push(region(&cutter, &area, in_focus(area.country), shift));
            }
            for border in basemap.borders(window) {
                let mut lines = Vec::new();
                for line in &border.lines {
                    cutter.line(line, shift, &mut lines);
                }
                let focus = border.units.split(' ').any(in_focus);
                base.borders.push(BorderLines {
                    class: border.class,
                    focus,
                    lines,
                });
            }
            for lake in basemap
                .lakes(window)
                .into_iter()
                .filter(|l| l.rank <= finest)
            {
                let mut rings = Vec::new();
                for polygon in &lake.geometry.0 {
                    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                        cutter.ring(&ring.0, shift, &mut rings);
                    }
                }
                let (name, name_ar) = (lake.name, lake.name_ar);
                base.lakes.push(Region {
                    name,
                    name_ar,
                    focus: false,
                    rings,
                });
            }
            for river in basemap
                .rivers(window)
                .into_iter()
                .filter(|r| r.rank <= finest)
            {
                let mut lines = Vec::new();
                for line in &river.geometry {
                    cutter.line(line, shift, &mut lines);
                }
                let (name, name_ar, rank) = (river.name, river.name_ar, river.rank);
                base.rivers.push(River {
                    name,
                    name_ar,
                    rank,
                    lines,
                });
            }
        }
        base
    }

    /// Sea and land.
    pub fn draw_ground(&self, canvas: &Canvas, view: &View, theme: &Theme, unit: f64) {
        let solid = |c| Some(Fill::Solid(c));
        canvas.path(view.frame().path(), solid(theme.sea), None);
        canvas.path(self.land(false), solid(theme.land), None);
        let claimed = self.claimed.iter().filter_map(|&i| self.countries.get(i));
        for area in claimed {
            canvas.path(
                path_of(&area.rings),
                solid(super::theme::mix(theme.land, theme.focus, 0.5)),
                None,
            );
        }
        canvas.path(self.land(true), solid(theme.focus), None);
        self.draw_lakes(canvas, theme, unit);
    }

    /// All land, or that of the countries that the map is about, as one path: neighbours show no seam.
    pub fn land(&self, focus_only: bool) -> Path {
        let mut path = Path::default();
        for ring in self
            .countries
            .iter()
            .filter(|c| c.focus || !focus_only)
            .flat_map(|c| &c.rings)
        {
            path.add_ring(ring.iter().copied());
        }
        path
    }

    /// Whether no land is within some pixels of a point.
    pub fn is_sea(&self, at: Pt, near: f64) -> bool {
        let around = [
            (0.0, 0.0),
            (near, 0.0),
            (-near, 0.0),
            (0.0, near),
            (0.0, -near),
        ];
        !around.iter().any(|(dx, dy)| {
            let at = pt(at.x + dx, at.y + dy);
            let on = |country: &Region| super::spine::contains(&country.rings, at);
            self.countries.iter().any(on)
        })
    }

    fn draw_lakes(&self, canvas: &Canvas, theme: &Theme, unit: f64) {
        for lake in &self.lakes {
            let shore = Stroke::new(theme.shore, 0.7 * unit);
            canvas.path(
                path_of(&lake.rings),
                Some(Fill::Solid(theme.sea)),
                Some(shore),
            );
        }
    }

    /// The sea over what was drawn on it: data ends at the coast.
    pub fn draw_sea(&self, canvas: &Canvas, view: &View, theme: &Theme) {
        let mut sea = self.land(false);
        // Land lies beyond the frame too: the sea's outline must be outside of all of it.
        let far = view.frame().inset(-2.0 * (view.frame().w + view.frame().h));
        let corners = [
            pt(far.x, far.y),
            pt(far.right(), far.y),
            pt(far.right(), far.bottom()),
            pt(far.x, far.bottom()),
        ];
        sea.add_ring(corners);
        canvas.path(sea, Some(Fill::Solid(theme.sea)), None);
    }

    /// Rivers, borders and coasts.
    pub fn draw_lines(&self, canvas: &Canvas, theme: &Theme, unit: f64) {
        for river in &self.rivers {
            let width = match river.rank {
                0 | 1 => 1.7,
                2 => 1.3,
                3 => 1.0,
                4 => 0.8,
                _ => 0.6,
            };
            canvas.path(
                lines_of(&river.lines),
                None,
                Some(Stroke::new(theme.river, width * unit)),
            );
        }
        // Provinces first, so that the borders of countries lie over their ends.
        for class in [
            BorderClass::Admin1,
            BorderClass::Zone,
            BorderClass::Coast,
            BorderClass::Land,
            BorderClass::Disputed,
        ] {
            for focus in [false, true] {
                let mut path = Path::default();
                for border in self
                    .borders
                    .iter()
                    .filter(|b| b.class == class && b.focus == focus)
                {
                    for line in &border.lines {
                        path.add_line(line.iter().copied());
                    }
                }
                if path.steps.is_empty() {
                    continue;
                }
                let u = unit;
                let (color, width) = if focus {
                    (theme.focus_border, 1.5 * u)
                } else {
                    (theme.border, 1.1 * u)
                };
                let stroke = match class {
                    BorderClass::Coast => Stroke::new(theme.shore, 1.0 * u),
                    BorderClass::Land => Stroke::new(color, width),
                    BorderClass::Disputed => Stroke::new(color, width).dashed(&[5.0 * u, 3.2 * u]),
                    BorderClass::Zone => {
                        Stroke::new(theme.border, 0.8 * u).dashed(&[2.0 * u, 2.0 * u])
                    }
                    BorderClass::Admin1 if focus => Stroke::new(theme.admin_border, 0.9 * u),
                    BorderClass::Admin1 => Stroke::new(theme.admin_border.alpha(0.45), 0.7 * u),
                };
                canvas.path(path, None, Some(stroke));
            }
        }
    }

    /// Lines that names should not cross, with how much they mind.
    pub fn lines(&self) -> impl Iterator<Item = (&[Pt], f32)> {
        let borders = self.borders.iter().flat_map(|b| {
            let weight = match b.class {
                BorderClass::Admin1 | BorderClass::Zone => 0.25,
                _ => 0.5,
            };
            b.lines.iter().map(move |l| (l.as_slice(), weight))
        });
        let rivers = self
            .rivers
            .iter()
            .flat_map(|r| r.lines.iter().map(|l| (l.as_slice(), 0.2)));
        borders.chain(rivers)
    }
}

fn region(cutter: &Cutter, area: &Area, focus: bool, shift: f64) -> Region {
    let mut rings = Vec::new();
    for polygon in &area.geometry.0 {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            cutter.ring(&ring.0, shift, &mut rings);
        }
    }
    Region {
        name: area.name,
        name_ar: area.name_ar,
        focus,
        rings,
    }
}
