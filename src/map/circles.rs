//! Circles of clusters: area by the number of incidents, with the number written in them.

use itertools::Itertools;
use std::f64::consts::PI;

use super::compose::Stage;
use super::names::{Book, Sort};
use super::{MapSpec, Rect};
use crate::analyse::scale::CircleScale;
use crate::draw::{Align, Canvas, Color, MissingGlyph, Pt, TextStyle, measure, pt};
use crate::layer::LayerSet;
use crate::record::thousands;

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
    /// Whether it stands for the places around it, and not for the one in its middle alone.
    pub around: bool,
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
                around: true,
            })
        })
        .collect();
    // Small circles over large ones.
    circles.sort_by(|a, b| b.count.cmp(&a.count).then(a.at.x.total_cmp(&b.at.x)));
    circles
}

/// The figures that stand in circles, and the circles whose figure finds no room there.
#[derive(Default)]
pub(super) struct Figures {
    /// Ground of the figures.
    pub written: Vec<Rect>,
    /// Circles without one, by index.
    pub without: Vec<usize>,
}

/// Draws them: small over large, with their figures.
pub(super) fn draw_clusters(
    canvas: &Canvas,
    stage: &Stage,
    circles: &[Circle],
) -> Result<Figures, MissingGlyph> {
    let style = stage.style();
    for circle in circles {
        style.cluster(&mut &*canvas, circle.at, circle.radius);
    }
    write_figures(canvas, stage, circles)
}

/// No figure is smaller than this, in ems.
pub(super) const LEAST_FIGURE: f64 = 0.6;

/// Where in a circle its figure may stand, as parts of the radius: in the middle, or aside where
/// smaller circles lie on it.
const INSIDE: [(f64, f64); 9] = [
    (0.0, 0.0),
    (0.0, -0.5),
    (0.0, 0.5),
    (-0.45, 0.0),
    (0.45, 0.0),
    (-0.35, -0.35),
    (0.35, -0.35),
    (-0.35, 0.35),
    (0.35, 0.35),
];

/// Writes the figures into the circles that have room for them, clear of smaller circles and of
/// other figures.
pub(super) fn write_figures(
    canvas: &Canvas,
    stage: &Stage,
    circles: &[Circle],
) -> Result<Figures, MissingGlyph> {
    let mut figures = Figures::default();
    for (index, circle) in circles.iter().enumerate() {
        let over: Vec<&Circle> = circles[index + 1..]
            .iter()
            .filter(|c| c.touches(circle))
            .collect();
        let spot = count_style(stage, circle)
            .map(|text| Ok((measure(&circle.label, &text)?, text)))
            .transpose()?
            .and_then(|(size, text)| {
                let height = size.ink_ascent + size.ink_descent;
                let ground = INSIDE
                    .iter()
                    .map(|(dx, dy)| {
                        Rect::new(
                            circle.at.x + dx * circle.radius - size.width / 2.0,
                            circle.at.y + dy * circle.radius - height / 2.0,
                            size.width,
                            height,
                        )
                    })
                    .find(|ground| {
                        let air = ground.inset(-0.12 * text.size);
                        circle.holds(ground)
                            && !over.iter().any(|c| c.lies_on(ground))
                            && !figures.written.iter().any(|w| w.overlaps(&air))
                    })?;
                Some((ground, size.ink_ascent, text))
            });
        let Some((ground, ascent, text)) = spot else {
            figures.without.push(index);
            continue;
        };
        canvas.text(
            &circle.label,
            pt(ground.centre().x, ground.y + ascent),
            &text,
        )?;
        figures.written.push(ground);
    }
    Ok(figures)
}

impl Circle {
    fn touches(&self, other: &Self) -> bool {
        (self.at.x - other.at.x).hypot(self.at.y - other.at.y) < self.radius + other.radius
    }

    /// Whether a box is within it, but for its corners.
    fn holds(&self, ground: &Rect) -> bool {
        let middle = ground.centre();
        let (x, y) = ((middle.x - self.at.x).abs(), (middle.y - self.at.y).abs());
        x.hypot(y + ground.h / 2.0)
            .max((x + ground.w / 2.0).hypot(y))
            <= self.radius
    }

    /// Whether it hides part of a box.
    fn lies_on(&self, ground: &Rect) -> bool {
        let x = (self.at.x - self.at.x.clamp(ground.x, ground.right())).abs();
        let y = (self.at.y - self.at.y.clamp(ground.y, ground.bottom())).abs();
        x.hypot(y) < 0.95 * self.radius
    }
}

/// How the count is written in a circle; `None` if there is no room.
fn count_style(stage: &Stage, circle: &Circle) -> Option<TextStyle> {
    let base = stage.layout.base;
    let digits = circle.label.chars().count() as f64;
    // A bold digit is about 0.57 em wide.
    let size = (2.0 * circle.radius * 0.8 / (0.57 * digits))
        .min(circle.radius * 0.95)
        .min(1.05 * base);
    (size >= LEAST_FIGURE * base).then(|| TextStyle {
        bold: true,
        align: Align::Centre,
        halo: Some((stage.theme.halo.alpha(0.92), 2.6 * stage.layout.unit)),
        ..TextStyle::new(size, stage.theme.cluster)
    })
}

/// On maps of more circles than this only the largest get a figure outside; on others all do.
pub(super) const FEW: usize = 40;
const LARGEST: usize = 12;

/// Offers the figures that found no room in their circles beside them, or farther off with a line.
pub(super) fn offer_figures(
    book: &mut Book,
    stage: &Stage,
    circles: &[Circle],
    (figures, color): (&Figures, Color),
) -> Result<(), MissingGlyph> {
    let most = if circles.len() > FEW { LARGEST } else { FEW };
    let without = figures.without.iter().filter(|i| **i < most);
    for (rank, circle) in without.filter_map(|i| circles.get(*i)).enumerate() {
        let style = TextStyle {
            bold: true,
            halo: Some((stage.theme.halo.alpha(0.9), 2.0 * stage.style().unit)),
            ..TextStyle::new(0.74 * stage.layout.base, color)
        };
        let symbol = (circle.at, circle.radius);
        let priority = 9.0 - 3.7 * (rank as f64 / LARGEST as f64).min(1.0);
        book.point(Sort::Note, (&circle.label, ""), &style, symbol, priority)?;
    }
    Ok(())
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
