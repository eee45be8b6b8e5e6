//! A contact sheet: many maps small on one page, each under its period, with all that the page of a map says of itself.

use std::sync::Arc;

use super::page::{foot, head};
use super::{MapError, PageText, Rect, Theme};
use crate::draw::{Canvas, Fill, Image, Pt, Scene, Stroke, TextStyle, measure, pt};

/// Width of the sheet in pixels, more or less.
const WIDTH: f64 = 2400.0;
/// Maps are no smaller and no larger than this, in pixels.
const CELL: (f64, f64) = (96.0, 640.0);
/// No sheet is narrower.
const LEAST_WIDTH: f64 = 480.0;
/// Size of running text in pixels.
const BASE: f64 = 16.0;
/// Columns for rows.
const SHAPE: f64 = 1.2;

/// A small map.
pub struct Cell {
    /// What stands above it: its name or period, and what else is to be known.
    pub lines: Vec<String>,
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

/// Draws the sheet.
///
/// # Errors
/// [`MapError`] if a text has a character that no embedded font has.
pub fn contact_sheet(
    text: &PageText,
    theme: &Theme,
    cells: &[Cell],
    key: Option<&Key>,
) -> Result<Scene, MapError> {
    let columns = columns(cells.len());
    let rows = cells.len().div_ceil(columns);
    let gap = gap(cells.len());
    let side = |side: fn(&Image) -> u32| {
        let most = cells.iter().map(|cell| side(&cell.image)).max();
        f64::from(most.unwrap_or_default())
    };
    let (width, height) = (side(|image| image.width), side(|image| image.height));
    let margin = (1.5 * BASE).round();
    let small = (0.075 * width).clamp(8.0, 18.0);
    let maps_width = columns as f64 * (width + gap) - gap;
    let aside = key.map_or(0.0, |key| margin + f64::from(key.image.width));
    let page_width = (maps_width + aside + 2.0 * margin).max(LEAST_WIDTH);
    // Nothing stands on the page's height but its foot.
    let page = Rect::new(0.0, 0.0, page_width, 0.0);
    let (mut lines, banner, top) = head(text, theme, page, BASE)?;
    let told = cells.iter().map(|cell| cell.lines.len()).max();
    let above = 1.2 * small * told.unwrap_or_default() as f64 + 0.2 * small;
    let step = above + height + gap;
    let legend_height = key.map_or(0.0, |key| f64::from(key.image.height) + 72.0);
    let body = (rows as f64 * step).max(legend_height);
    let (foot, foot_height) = foot(text, theme, page, BASE)?;
    lines.extend(foot.into_iter().map(|mut line| {
        line.at.y += top + body;
        line
    }));
    let canvas = Canvas::new(page_width, (top + body + foot_height + margin).ceil());
    canvas.describe(&text.title, &text.subtitle);
    let all = Rect::new(
        0.0,
        0.0,
        page_width,
        top + body + foot_height + margin + 1.0,
    );
    canvas.path(all.path(), Some(Fill::Solid(theme.page)), None);
    if let Some(banner) = banner {
        canvas.path(banner.path(), Some(Fill::Solid(theme.warning)), None);
    }
    for line in &lines {
        canvas.text(&line.text, line.at, &line.style)?;
    }
    if let Some(key) = key {
        let at = pt((margin + maps_width + margin).round(), top.round());
        draw_key(&canvas, key, at, theme)?;
    }
    for (i, cell) in cells.iter().enumerate() {
        let x = margin + (i % columns) as f64 * (width + gap);
        let y = top + (i / columns) as f64 * step;
        for (row, line) in cell.lines.iter().enumerate() {
            let style = if row == 0 {
                TextStyle {
                    bold: true,
                    ..TextStyle::new(small, theme.ink)
                }
            } else {
                TextStyle::new(0.85 * small, theme.ink_soft)
            };
            let baseline = pt(x, y + (1.0 + 1.1 * row as f64) * small);
            canvas.text(line, baseline, &fit(line, style, width)?)?;
        }
        // On whole pixels, so that the map is not drawn anew between them.
        let at = pt(x.round(), (y + above).round());
        let size = pt(f64::from(cell.image.width), f64::from(cell.image.height));
        canvas.image(Arc::clone(&cell.image), at, size);
        let edge = Some(Stroke::new(theme.rule, 0.8));
        canvas.path(Rect::new(at.x, at.y, size.x, size.y).path(), None, edge);
    }
    Ok(canvas.finish())
}

/// The legend, and how it is to be read.
fn draw_key(canvas: &Canvas, key: &Key, at: Pt, theme: &Theme) -> Result<(), MapError> {
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
    Ok(())
}

/// A style, smaller if the text is wider than its room.
fn fit(text: &str, style: TextStyle, room: f64) -> Result<TextStyle, MapError> {
    let wide = measure(text, &style)?.width;
    let size = style.size * (room / wide).min(1.0);
    Ok(TextStyle { size, ..style })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_says_all_that_a_page_says() {
        let text = PageText {
            title: "Strike density in Syria".into(),
            subtitle: "January 2020 to March 2020".into(),
            source: "Source: Desk A".into(),
            notes: vec![
                "Boundaries imply nothing.".into(),
                "Projection: flat.".into(),
            ],
            banner: Some("Invented".into()),
        };
        let image = Arc::new(Image {
            width: 300,
            height: 200,
            rgba: vec![255; 4 * 300 * 200],
        });
        let cells = ["Offensive", "Truce", "After"].map(|name| Cell {
            lines: vec![name.into(), "1–15 January 2020".into(), "1 incident".into()],
            image: Arc::clone(&image),
        });
        let theme = Theme::named(crate::map::ThemeName::Light);
        let sheet = contact_sheet(&text, &theme, &cells, None).unwrap();
        let said: Vec<(&str, f64)> = sheet
            .items
            .iter()
            .filter_map(|item| match item {
                crate::draw::Item::Text { text, at, .. } => Some((text.as_str(), at.y)),
                _ => None,
            })
            .collect();
        let order = [
            "Invented",
            "Strike density in Syria",
            "January 2020 to March 2020",
            "Truce",
            "1–15 January 2020",
            "1 incident",
            "Source: Desk A",
            "Boundaries imply nothing. Projection: flat.",
        ];
        let heights = order.map(|words| {
            let found = said.iter().find(|(text, _)| *text == words);
            found.unwrap_or_else(|| panic!("{words}: {said:?}")).1
        });
        assert!(heights.is_sorted(), "{heights:?}");
        assert!(heights.last() < Some(&sheet.height));
    }

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
