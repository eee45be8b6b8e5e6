//! Density on pieces of ground, hexagons or admin areas, each in the colour of its class, and what a legend says of it.

use super::Theme;
use super::compose::Stage;
use super::legend::number;
use crate::draw::{Canvas, Fill, Path, Pt, Stroke};
use crate::layer::{DensityMethod, DensityStyle, DensityWeight};

/// Width of the seams between pieces, in units of the page.
const SEAM: f64 = 0.9;

/// The line between pieces.
pub(super) fn seam(theme: &Theme, unit: f64) -> Stroke {
    Stroke::new(theme.focus, SEAM * unit)
}

/// Draws the pieces of each class, with seams in the colour of the ground, so that neighbours of one class are told apart.
pub(super) fn draw(canvas: &Canvas, stage: &Stage, id: &str, rings: &[Vec<Vec<Pt>>]) {
    let colors = stage.theme.density(rings.len());
    let seam = seam(&stage.theme, stage.layout.unit);
    canvas.group(id, None, stage.theme.density_opacity, |c| {
        for (color, rings) in colors.iter().zip(rings) {
            let mut path = Path::default();
            for ring in rings {
                path.add_ring(ring.iter().copied());
            }
            c.path(path, Some(Fill::Solid(*color)), Some(seam.clone()));
        }
    });
}

/// How the density was made, in words.
pub(super) fn legend_note(style: &DensityStyle) -> String {
    let under = format!(
        "under {} not coloured",
        number(style.breaks.first().copied().unwrap_or(0.0))
    );
    let figures = match style.rule.weight {
        DensityWeight::Killed => "best figures, else the middle of those said; ",
        DensityWeight::Count => "lowest figures; ",
        _ => "",
    };
    let how = match style.rule.method {
        DensityMethod::Kernel => format!(
            "kernel density, bandwidth {} km",
            number(style.bandwidth_km.unwrap_or(0.0))
        ),
        DensityMethod::Hexagons => format!(
            "hexagons of equal area, {} km across",
            number(style.hexagon_km.unwrap_or(0.0))
        ),
        DensityMethod::Areas => "by admin area".to_owned(),
    };
    format!("{figures}{how}; {under}")
}
