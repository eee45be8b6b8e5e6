//! Symbols of incidents and nodes: one definition for the map and its legend.
//!
//! A dot means that the place is known to the settlement. Whatever is vaguer is a dashed ring of its
//! radius or a hatched area.

use super::Theme;
use crate::draw::{Canvas, Fill, Path, Pt, SceneBackend, Stroke};

/// Whatever shapes can be drawn on: the page, or plotters' backend from within an element.
pub(super) trait Pen {
    fn path(&mut self, path: Path, fill: Option<Fill>, stroke: Option<Stroke>);
    fn circle(&mut self, centre: Pt, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>);
}

impl Pen for &Canvas {
    fn path(&mut self, path: Path, fill: Option<Fill>, stroke: Option<Stroke>) {
        Canvas::path(self, path, fill, stroke);
    }

    fn circle(&mut self, centre: Pt, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>) {
        Canvas::circle(self, centre, radius, fill, stroke);
    }
}

impl Pen for SceneBackend {
    fn path(&mut self, path: Path, fill: Option<Fill>, stroke: Option<Stroke>) {
        SceneBackend::path(self, path, fill, stroke);
    }

    fn circle(&mut self, centre: Pt, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>) {
        SceneBackend::circle(self, centre, radius, fill, stroke);
    }
}

/// The ring of a toll's highest figure is drawn if it is so many units wider than the disc.
pub(super) const WIDER: f64 = 0.2;
/// The dashed ring of a toll without one is so many units off its disc.
pub(super) const APART: f64 = 2.4;

/// Directions of hatching, in degrees: neighbours in this list stay readable where areas overlap.
const HATCH_ANGLES: [f64; 4] = [45.0, 135.0, 0.0, 90.0];

/// How symbols give way where there are very many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Crowd {
    /// Radius of an incident's dot in units.
    pub dot: f64,
    /// How opaque and how wide the lines of rings are: 1 is in full.
    pub ring: f64,
}

impl Crowd {
    /// For so many dots and rings.
    pub fn of(dots: usize, rings: usize) -> Self {
        let share = |few: f64, n: usize, power: f64| (few / n.max(1) as f64).powf(power).min(1.0);
        Self {
            dot: (2.8 * share(150.0, dots, 0.25)).max(1.5),
            ring: share(30.0, rings, 0.5).max(0.5),
        }
    }
}

/// How symbols are drawn on one page.
#[derive(Clone, Copy)]
pub(super) struct Style<'a> {
    /// 1 on a page of 1600x1200.
    pub unit: f64,
    pub theme: &'a Theme,
    pub crowd: Crowd,
}

impl Style<'_> {
    /// Radius of an incident's dot.
    pub fn dot_radius(&self) -> f64 {
        self.crowd.dot * self.unit
    }

    /// Radius of a node of flows.
    pub fn node_radius(&self) -> f64 {
        3.4 * self.unit
    }

    /// An incident known to the settlement; hollow if its date is uncertain.
    pub fn dot(&self, pen: &mut impl Pen, at: Pt, hollow: bool) {
        let rim = Stroke::new(
            self.theme.halo.alpha(0.9),
            (0.28 * self.dot_radius()).min(0.8 * self.unit),
        );
        if hollow {
            let line = Stroke::new(self.theme.incident, 1.1 * self.unit);
            pen.circle(
                at,
                self.dot_radius(),
                Some(Fill::Solid(self.theme.halo)),
                Some(line),
            );
        } else {
            pen.circle(
                at,
                self.dot_radius(),
                Some(Fill::Solid(self.theme.incident)),
                Some(rim),
            );
        }
    }

    /// The circle within which an incident lies.
    pub fn ring(&self, pen: &mut impl Pen, at: Pt, radius: f64) {
        let u = self.unit;
        let strength = self.crowd.ring;
        let line = Stroke::new(self.theme.vague.alpha(strength), (0.5 + 0.7 * strength) * u);
        let dash = line.dashed(&[3.5 * u, 2.5 * u]);
        // No fill: over density it would change the colour of the class.
        pen.circle(at, radius, None, Some(dash));
    }

    /// The area within which an incident lies. `index` sets the direction of the hatching.
    pub fn area(&self, pen: &mut impl Pen, outline: Path, index: usize) {
        self.hatched(pen, outline, index, 0.25);
    }

    /// The same, paler: under arrows.
    pub fn pale_area(&self, pen: &mut impl Pen, outline: Path, index: usize) {
        self.hatched(pen, outline, index, 0.14);
    }

    fn hatched(&self, pen: &mut impl Pen, outline: Path, index: usize, opacity: f64) {
        let u = self.unit;
        let hatch = Fill::Hatch {
            color: self.theme.vague.alpha(opacity),
            spacing: 7.5 * u,
            width: 0.75 * u,
            angle: HATCH_ANGLES
                .get(index % HATCH_ANGLES.len())
                .copied()
                .unwrap_or(45.0),
        };
        let edge = Stroke::new(self.theme.vague.alpha(0.25 + opacity), 1.0 * u);
        pen.path(outline, Some(hatch), Some(edge));
    }

    /// A cluster of incidents.
    pub fn cluster(&self, pen: &mut impl Pen, at: Pt, radius: f64) {
        let u = self.unit;
        let casing = Stroke::new(self.theme.halo.alpha(0.75), 3.0 * u);
        pen.circle(
            at,
            radius,
            Some(Fill::Solid(self.theme.halo.alpha(0.16))),
            Some(casing),
        );
        pen.circle(
            at,
            radius,
            None,
            Some(Stroke::new(self.theme.cluster, 1.3 * u)),
        );
    }

    /// A toll: a disc as large as its lowest figure, and a ring as large as its highest; where the
    /// highest is not known, a dashed ring close about the disc.
    pub fn toll(&self, pen: &mut impl Pen, at: Pt, low: f64, high: Option<f64>) {
        let u = self.unit;
        let line = Stroke::new(self.theme.toll, 1.2 * u);
        let casing = Stroke::new(self.theme.halo.alpha(0.8), 2.8 * u);
        if let Some(high) = high.filter(|high| *high > low + WIDER * u) {
            let pale = Fill::Solid(self.theme.toll.alpha(0.16));
            pen.circle(at, high, Some(pale), Some(casing.clone()));
            pen.circle(at, high, None, Some(line.clone()));
        }
        if low > 0.0 {
            let rim = Stroke::new(self.theme.halo.alpha(0.9), 1.0 * u);
            let fill = Fill::Solid(self.theme.toll.alpha(0.72));
            pen.circle(at, low, Some(fill), Some(rim));
        }
        if high.is_none() {
            let gap = low + APART * u;
            pen.circle(at, gap, None, Some(casing));
            pen.circle(at, gap, None, Some(line.dashed(&[2.2 * u, 1.8 * u])));
        }
    }

    /// An incident for which no source gives a figure, or nobody was killed.
    pub fn no_toll(&self, pen: &mut impl Pen, at: Pt, known: bool) {
        let line = Stroke::new(self.theme.toll.alpha(0.85), 0.9 * self.unit);
        let fill = if known {
            self.theme.toll.alpha(0.85)
        } else {
            self.theme.halo
        };
        let radius = if known { 1.5 } else { 2.2 } * self.unit;
        pen.circle(at, radius, Some(Fill::Solid(fill)), Some(line));
    }

    /// A town that only helps to find the way.
    pub fn town(&self, pen: &mut impl Pen, at: Pt) {
        let (u, half) = (self.unit, self.town_radius());
        let line = Stroke::new(self.theme.place_name.alpha(0.8), 0.9 * u);
        let square = Path::rect(at.x - half, at.y - half, 2.0 * half, 2.0 * half);
        pen.path(square, Some(Fill::Solid(self.theme.halo)), Some(line));
    }

    /// Half the side of a town's square.
    pub fn town_radius(&self) -> f64 {
        1.6 * self.unit
    }

    /// Where flows start or end.
    pub fn node(&self, pen: &mut impl Pen, at: Pt) {
        let rim = Stroke::new(self.theme.node, 1.5 * self.unit);
        pen.circle(
            at,
            self.node_radius(),
            Some(Fill::Solid(self.theme.halo)),
            Some(rim),
        );
    }
}
