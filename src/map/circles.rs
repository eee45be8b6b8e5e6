//! Circles of clusters: area by the number of incidents, with the number written in them.

use itertools::Itertools;
use std::f64::consts::PI;

use super::compose::Stage;
use super::legend::thousands;
use super::{MapSpec, Rect};
use crate::analyse::scale::CircleScale;
use crate::draw::{Align, Canvas, MissingGlyph, Pt, TextStyle, measure, pt};
use crate::layer::LayerSet;

/// Radius of the largest and the smallest circle in ems.
const CIRCLES: (f64, f64) = (2.6, 0.28);

/// A circle on the page, with the count written in it if there is room.
pub(super) struct Circle {
    pub at: Pt,
    pub radius: f64,
    /// What orders them: small over large.
    pub count: u64,
    /// The figure.
    pub label: String,
}

/// The scale of a map's circles and of its legend.
pub(super) fn circle_scale(spec: &MapSpec, layers: &LayerSet, base: f64) -> CircleScale {
    let (most, least) = CIRCLES;
    // On small pages text is large beside the map: circles go by the map.
    let most = most.min(0.036 * spec.page.width.min(spec.page.height) / base);
    let highest = layers.clusters.style.max_incidents as f64;
    CircleScale::new(highest, most * modest(highest) * base, least * base)
}

/// Small numbers get smaller circles: two incidents should not look like a hundred.
pub(super) fn modest(highest: f64) -> f64 {
    (highest / 30.0).sqrt().clamp(0.42, 1.0)
}

/// So much of the ground of all circles may lie under others.
const HIDDEN: f64 = 0.25;
/// Circles are not made smaller than this to keep them apart.
const SMALLEST: f64 = 0.5;

/// How much smaller circles have to be drawn for no more than a quarter of their ground to lie under
/// others: 1 where they are far apart.
pub(super) fn uncrowded(discs: &[(Pt, f64)]) -> f64 {
    let hidden = |scale: f64| {
        let under: f64 = discs
            .iter()
            .tuple_combinations()
            .map(|(a, b)| {
                lens(
                    (b.0.x - a.0.x).hypot(b.0.y - a.0.y),
                    scale * a.1,
                    scale * b.1,
                )
            })
            .sum();
        let all: f64 = discs.iter().map(|d| PI * (scale * d.1).powi(2)).sum();
        under / all
    };
    let mut scale = 1.0;
    while scale > SMALLEST && hidden(scale) > HIDDEN {
        scale *= 0.93;
    }
    scale.max(SMALLEST)
}

/// The ground that two discs have in common, by their radii and the distance of their centres.
fn lens(d: f64, r: f64, s: f64) -> f64 {
    if d >= r + s {
        return 0.0;
    }
    if d <= (r - s).abs() {
        return PI * r.min(s).powi(2);
    }
    let part = |r: f64, s: f64| {
        let cos = ((d * d + r * r - s * s) / (2.0 * d * r)).clamp(-1.0, 1.0);
        let half = cos.acos();
        r * r * (half - half.sin() * cos)
    };
    part(r, s) + part(s, r)
}

/// The clusters as circles on the page, the largest first.
pub(super) fn circles(stage: &Stage, layers: &LayerSet) -> Vec<Circle> {
    let scale = circle_scale(stage.spec, layers, stage.layout.base);
    let mut circles: Vec<Circle> = layers
        .clusters
        .features
        .iter()
        .filter_map(|f| {
            let at = stage
                .view
                .page(f.attributes.centre_lon, f.attributes.centre_lat)?;
            let count = f.attributes.incidents as u64;
            Some(Circle {
                at,
                radius: scale.radius(count as f64),
                count,
                label: thousands(count),
            })
        })
        .collect();
    // Small circles over large ones.
    circles.sort_by(|a, b| b.count.cmp(&a.count).then(a.at.x.total_cmp(&b.at.x)));
    circles
}

/// Draws them: small over large, with their figures.
pub(super) fn draw_clusters(
    canvas: &Canvas,
    stage: &Stage,
    circles: &[Circle],
) -> Result<(), MissingGlyph> {
    let style = stage.style();
    for circle in circles {
        style.cluster(&mut &*canvas, circle.at, circle.radius);
    }
    write_figures(canvas, stage, circles)
}

/// Writes the figures into the circles that have room for them.
pub(super) fn write_figures(
    canvas: &Canvas,
    stage: &Stage,
    circles: &[Circle],
) -> Result<(), MissingGlyph> {
    // Figures that would lie on a larger circle's are left out: the circle's size tells.
    let mut written: Vec<Rect> = Vec::new();
    for circle in circles {
        let Some(text) = count_style(stage, circle) else {
            continue;
        };
        let label = &circle.label;
        let size = measure(label, &text)?;
        let height = size.ink_ascent + size.ink_descent;
        let ground = Rect::new(
            circle.at.x - size.width / 2.0,
            circle.at.y - height / 2.0,
            size.width,
            height,
        );
        if written.iter().any(|w| w.overlaps(&ground)) {
            continue;
        }
        let at = pt(
            circle.at.x,
            circle.at.y + (size.ink_ascent - size.ink_descent) / 2.0,
        );
        canvas.text(label, at, &text)?;
        written.push(ground);
    }
    Ok(())
}

/// Whether the figure fits into the circle.
pub(super) fn has_room(stage: &Stage, circle: &Circle) -> bool {
    count_style(stage, circle).is_some()
}

/// How the count is written in a circle; `None` if there is no room.
fn count_style(stage: &Stage, circle: &Circle) -> Option<TextStyle> {
    let base = stage.layout.base;
    let digits = circle.label.chars().count() as f64;
    // A bold digit is about 0.57 em wide.
    let size = (2.0 * circle.radius * 0.8 / (0.57 * digits))
        .min(circle.radius * 0.95)
        .min(1.05 * base);
    (size >= 0.6 * base).then(|| TextStyle {
        bold: true,
        align: Align::Centre,
        halo: Some((stage.theme.halo.alpha(0.92), 2.6 * stage.layout.unit)),
        ..TextStyle::new(size, stage.theme.cluster)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lens_of_two_unit_discs_is_what_the_formula_says() {
        // At the distance of one radius: 2π/3 − √3/2.
        assert!((lens(1.0, 1.0, 1.0) - (2.0 * PI / 3.0 - 3f64.sqrt() / 2.0)).abs() < 1e-12);
        assert_eq!(lens(2.0, 1.0, 1.0), 0.0);
        assert!((lens(0.2, 1.0, 0.5) - 0.25 * PI).abs() < 1e-12);
    }

    #[test]
    fn circles_shrink_only_where_they_hide_one_another() {
        let row = |step: f64| -> Vec<(Pt, f64)> {
            (0..9)
                .map(|i| (pt(step * f64::from(i), 0.0), 10.0))
                .collect()
        };
        assert_eq!(uncrowded(&row(20.0)), 1.0);
        let close = uncrowded(&row(12.0));
        assert!(close < 1.0 && close > SMALLEST, "{close}");
        assert_eq!(uncrowded(&row(1.0)), SMALLEST);
        assert_eq!(uncrowded(&[]), 1.0);
    }
}
