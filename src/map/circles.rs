//! Circles of clusters: area by the number of incidents, with the number written in them.

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
