//! A contact sheet: many maps small on one page, each under its period.

use std::sync::Arc;

use super::{MapError, Theme};
use crate::draw::{Canvas, Fill, Image, Path, Scene, Stroke, TextStyle, measure, pt};

/// Width of the sheet in pixels, more or less.
const WIDTH: f64 = 2400.0;
/// Maps are no smaller and no larger than this, in pixels.
const CELL: (f64, f64) = (96.0, 640.0);
/// Columns for rows.
const SHAPE: f64 = 1.2;

/// A small map.
pub struct Cell {
    /// Its period.
    pub label: String,
    /// The most important figure.
    pub figure: String,
    /// The map.
    pub image: Arc<Image>,
}

/// The legend that all maps have in common.
pub struct Key {
    /// As it is on a map.
    pub image: Arc<Image>,
    /// How many times larger the maps are that it is taken from.
    pub times: f64,
}

/// How wide the maps of a sheet of so many are, in pixels.
pub fn cell_width(maps: usize) -> u32 {
    let width = WIDTH / columns(maps) as f64 - gap(maps);
    // Between the limits, which are small and whole.
    width.clamp(CELL.0, CELL.1).floor() as u32
}

/// Columns that leave few places empty in the last row, on a sheet that is neither long nor wide.
fn columns(maps: usize) -> usize {
    let n = maps as f64;
    let ideal = n.sqrt() * SHAPE;
    let cost = |columns: usize| {
        let empty = (maps.div_ceil(columns) * columns - maps) as f64;
        1.5 * empty / n + (columns as f64 / ideal).ln().abs()
    };
    (1..=maps)
        .min_by(|a, b| cost(*a).total_cmp(&cost(*b)))
        .unwrap_or(1)
}

fn gap(maps: usize) -> f64 {
    (0.06 * WIDTH / columns(maps) as f64).clamp(6.0, 24.0)
}

/// Draws the sheet. `banner` is said across its top.
///
/// # Errors
/// [`MapError`] if a text has a character that no embedded font has.
pub fn contact_sheet(
    (title, subtitle, banner): (&str, &str, Option<&str>),
    theme: &Theme,
    cells: &[Cell],
    key: Option<&Key>,
) -> Result<Scene, MapError> {
    let columns = columns(cells.len());
    let rows = cells.len().div_ceil(columns);
    let gap = gap(cells.len());
    let width = f64::from(cell_width(cells.len()));
    let height = cells.iter().map(|cell| cell.image.height).max();
    let height = f64::from(height.unwrap_or_default());
    let fit = |text: &str, style: TextStyle, room: f64| {
        let wide = measure(text, &style)?.width;
        let size = style.size * (room / wide).min(1.0);
        Ok::<_, MapError>(TextStyle { size, ..style })
    };
    let (margin, small) = (24.0, (0.075 * width).clamp(8.0, 18.0));
    let maps_width = columns as f64 * (width + gap) - gap;
    let aside = key.map_or(0.0, |key| margin + f64::from(key.image.width));
    let page_width = (maps_width + aside + 2.0 * margin).max(480.0);
    let inner = page_width - 2.0 * margin;
    let step = height + 2.5 * small + gap;
    let band = if banner.is_some() { 32.0 } else { 0.0 };
    let top = band + 92.0;
    let legend_height = key.map_or(0.0, |key| f64::from(key.image.height) + 72.0);
    let body = (rows as f64 * step).max(legend_height);
    let canvas = Canvas::new(page_width, (top + body + margin).ceil());
    canvas.describe(title, subtitle);
    let rect = |x: f64, y: f64, w: f64, h: f64| {
        let mut path = Path::default();
        path.add_ring([pt(x, y), pt(x + w, y), pt(x + w, y + h), pt(x, y + h)]);
        path
    };
    let all = rect(0.0, 0.0, page_width, top + body + margin + 1.0);
    canvas.path(all, Some(Fill::Solid(theme.page)), None);
    if let Some(banner) = banner {
        canvas.path(
            rect(0.0, 0.0, page_width, band),
            Some(Fill::Solid(theme.warning)),
            None,
        );
        let style = TextStyle {
            bold: true,
            ..TextStyle::new(16.0, theme.on_warning)
        };
        canvas.text(banner, pt(margin, 22.0), &fit(banner, style, inner)?)?;
    }
    let style = TextStyle {
        bold: true,
        ..TextStyle::new(28.0, theme.ink)
    };
    canvas.text(title, pt(margin, band + 44.0), &fit(title, style, inner)?)?;
    let style = TextStyle::new(16.0, theme.ink_soft);
    canvas.text(
        subtitle,
        pt(margin, band + 70.0),
        &fit(subtitle, style, inner)?,
    )?;
    if let Some(key) = key {
        let at = pt((margin + maps_width + margin).round(), top.round());
        let (w, h) = (f64::from(key.image.width), f64::from(key.image.height));
        canvas.image(Arc::clone(&key.image), at, pt(w, h));
        // A legend as small as the maps could not be read.
        let words = [
            "Legend of the maps in full size:".to_owned(),
            format!("symbols and arrows are {:.1} times", key.times),
            "as large there as on this sheet.".to_owned(),
        ];
        for (row, words) in words.iter().enumerate() {
            let style = TextStyle::new(13.0, theme.ink_soft);
            let baseline = pt(at.x, at.y + h + 28.0 + 18.0 * row as f64);
            canvas.text(words, baseline, &fit(words, style, w)?)?;
        }
    }
    for (i, cell) in cells.iter().enumerate() {
        let x = margin + (i % columns) as f64 * (width + gap);
        let y = top + (i / columns) as f64 * step;
        let label = TextStyle {
            bold: true,
            ..TextStyle::new(small, theme.ink)
        };
        let baseline = pt(x, y + small);
        canvas.text(&cell.label, baseline, &fit(&cell.label, label, width)?)?;
        let figure = TextStyle::new(0.85 * small, theme.ink_soft);
        let baseline = pt(x, y + 2.05 * small);
        canvas.text(&cell.figure, baseline, &fit(&cell.figure, figure, width)?)?;
        // On whole pixels, so that the map is not drawn anew between them.
        let at = pt(x.round(), (y + 2.4 * small).round());
        let size = pt(f64::from(cell.image.width), f64::from(cell.image.height));
        canvas.image(Arc::clone(&cell.image), at, size);
        let edge = Some(Stroke::new(theme.rule, 0.8));
        canvas.path(rect(at.x, at.y, size.x, size.y), None, edge);
    }
    Ok(canvas.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_full_where_they_can_be() {
        let shape = |maps: usize| (columns(maps), maps.div_ceil(columns(maps)));
        for (maps, expected) in [
            (1, (1, 1)),
            (2, (2, 1)),
            (3, (3, 1)),
            (5, (3, 2)),
            (7, (4, 2)),
            (10, (5, 2)),
            (12, (4, 3)),
            (24, (6, 4)),
            (52, (9, 6)),
            (84, (11, 8)),
        ] {
            assert_eq!(shape(maps), expected, "{maps} maps");
        }
    }
}
