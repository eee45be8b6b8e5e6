//! Symbols of incidents and nodes: one definition for the map and its legend.
//!
//! A dot means that the place is known to the settlement. Whatever is vaguer is a dashed ring of its
//! radius or a hatched area.

use super::Theme;
use crate::draw::{Canvas, Fill, Path, Pt, Stroke};

/// Directions of hatching, in degrees: neighbours in this list stay readable where areas overlap.
const HATCH_ANGLES: [f64; 4] = [45.0, 135.0, 0.0, 90.0];

/// How symbols are drawn on one page.
#[derive(Clone, Copy)]
pub(super) struct Style<'a> {
    /// 1 on a page of 1600x1200.
    pub unit: f64,
    pub theme: &'a Theme,
}

impl Style<'_> {
    /// Radius of an incident's dot.
    pub fn dot_radius(&self) -> f64 {
        2.3 * self.unit
    }

    /// Radius of a node of flows.
    pub fn node_radius(&self) -> f64 {
        3.4 * self.unit
    }

    /// An incident known to the settlement; hollow if its date is uncertain.
    pub fn dot(&self, canvas: &Canvas, at: Pt, hollow: bool) {
        let rim = Stroke::new(self.theme.halo.alpha(0.9), 0.8 * self.unit);
        if hollow {
            let line = Stroke::new(self.theme.incident, 1.1 * self.unit);
            canvas.circle(
                at,
                self.dot_radius(),
                Some(Fill::Solid(self.theme.halo)),
                Some(line),
            );
        } else {
            canvas.circle(
                at,
                self.dot_radius(),
                Some(Fill::Solid(self.theme.incident)),
                Some(rim),
            );
        }
    }

    /// The circle within which an incident lies.
    pub fn ring(&self, canvas: &Canvas, at: Pt, radius: f64) {
        let u = self.unit;
        let dash = Stroke::new(self.theme.vague, 1.2 * u).dashed(&[3.5 * u, 2.5 * u]);
        canvas.circle(
            at,
            radius,
            Some(Fill::Solid(self.theme.vague.alpha(0.05))),
            Some(dash),
        );
    }

    /// The area within which an incident lies. `index` sets the direction of the hatching.
    pub fn area(&self, canvas: &Canvas, outline: Path, index: usize) {
        let u = self.unit;
        let hatch = Fill::Hatch {
            color: self.theme.vague.alpha(0.42),
            spacing: 5.5 * u,
            width: 0.8 * u,
            angle: HATCH_ANGLES
                .get(index % HATCH_ANGLES.len())
                .copied()
                .unwrap_or(45.0),
        };
        let edge = Stroke::new(self.theme.vague.alpha(0.75), 1.0 * u);
        canvas.path(outline, Some(hatch), Some(edge));
    }

    /// Where flows start or end.
    pub fn node(&self, canvas: &Canvas, at: Pt) {
        let rim = Stroke::new(self.theme.node, 1.5 * self.unit);
        canvas.circle(
            at,
            self.node_radius(),
            Some(Fill::Solid(self.theme.halo)),
            Some(rim),
        );
    }
}
