//! `--contact-sheet`: the pictures of all frames, read back, made small and put on one page.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use dateline::draw::{Image, png};
use dateline::map::{Cell, Key, Rect, SYNTHETIC, Theme, cell_width, contact_sheet};
use dateline::pipeline::{Batch, MapKind};
use dateline::write::{BatchManifest, Frame, OutputFiles};
use rayon::prelude::*;

use super::Error;
use super::job::Job;

/// More maps than this cannot be told apart on a sheet.
const MOST: usize = 3000;

/// Adds a sheet for each kind of map.
///
/// # Errors
/// Where a picture cannot be read, or there are too many.
pub fn add(
    job: &Job,
    manifest: &BatchManifest,
    batch: &Batch,
    files: &mut OutputFiles,
) -> Result<(), Error> {
    let frames = &manifest.frames;
    if frames.len() > MOST {
        return Err(Error::Settings(vec![format!(
            "contact_sheet: {} maps cannot be told apart on a sheet, {MOST} can: cut time into longer periods",
            frames.len()
        )]));
    }
    let scale = job.settings.page.scale;
    for kind in &job.settings.maps {
        let name = kind.name();
        let ending = format!("_{name}.png");
        let (cut, legend) = (batch.room(*kind), batch.legend(*kind));
        let width = cell_width(frames.len());
        let cells: Vec<Option<Cell>> = frames
            .par_iter()
            .map(|frame| {
                let picture = frame.files.iter().find(|file| file.path.ends_with(&ending));
                let Some(picture) = picture else {
                    return Ok(None);
                };
                let image = small(&job.out.join(&picture.path), cut, scale, width)?;
                Ok(Some(Cell {
                    label: frame.name.clone().unwrap_or_else(|| frame.label.clone()),
                    figure: figure(*kind, frame),
                    image: Arc::new(image),
                }))
            })
            .collect::<Result<_, Error>>()?;
        let cells: Vec<Cell> = cells.into_iter().flatten().collect();
        let shown = frames
            .iter()
            .find_map(|frame| frame.files.iter().find(|file| file.path.ends_with(&ending)));
        let legend = match (legend, cut, shown) {
            (Some(at), Some(map), Some(picture)) => {
                let image = small(&job.out.join(&picture.path), Some(at), scale, at.w as u32)?;
                Some(Key {
                    image: Arc::new(image),
                    times: map.w / f64::from(width),
                })
            }
            _ => None,
        };
        let (Some(first), Some(last)) = (frames.first(), frames.last()) else {
            continue;
        };
        if cells.is_empty() {
            continue;
        }
        let what = match kind {
            MapKind::Density => "Incidents",
            MapKind::Killed => "People killed",
            MapKind::Displacement => "Displacement",
        };
        let one = match manifest.scale {
            "frozen" => "all on one scale",
            _ => "each on its own scale",
        };
        let title = batch.heading(*kind, what);
        let subtitle = format!(
            "{} to {}: {} maps ({}), {one}",
            first.label,
            last.label,
            cells.len(),
            manifest.cut
        );
        let banner = manifest.synthetic.then_some(SYNTHETIC);
        let theme = Theme::of(job.settings.theme, job.settings.ramp);
        let sheet = contact_sheet((&title, &subtitle, banner), &theme, &cells, legend.as_ref())
            .map_err(dateline::pipeline::PipelineError::from)?;
        let sheet = png(&sheet, 1.0).map_err(dateline::pipeline::PipelineError::from)?;
        files.add(format!("contact-sheet_{name}.png"), sheet);
    }
    Ok(())
}

/// The figure that stands under a map's period.
fn figure(kind: MapKind, frame: &Frame) -> String {
    let count = |key: &str| frame.counts[key].as_u64().unwrap_or_default();
    match kind {
        MapKind::Displacement => format!("{} reports", count("displacement_drawn")),
        MapKind::Density => format!("{} incidents", count("incidents_drawn")),
        MapKind::Killed => match frame.in_words["killed"].as_str() {
            Some(killed) => format!("{killed} killed"),
            None => "no figure".to_owned(),
        },
    }
}

/// The map on a picture, so many pixels wide.
fn small(path: &Path, cut: Option<Rect>, scale: f64, width: u32) -> Result<Image, Error> {
    let broken = |error: &dyn std::fmt::Display| {
        Error::Settings(vec![format!(
            "{}: cannot be put on the sheet: {error}",
            path.display()
        )])
    };
    let file = std::fs::read(path)?;
    let mut reader = ::png::Decoder::new(Cursor::new(file))
        .read_info()
        .map_err(|error| broken(&error))?;
    let size = reader.output_buffer_size();
    let mut pixels = vec![0; size.ok_or_else(|| broken(&"it is too large"))?];
    let info = reader
        .next_frame(&mut pixels)
        .map_err(|error| broken(&error))?;
    let (w, h) = (info.width as usize, info.height as usize);
    let whole = Rect::new(0.0, 0.0, w as f64 / scale, h as f64 / scale);
    let part = cut.unwrap_or(whole);
    // Pixels of the picture, of which there are at least one.
    let edge = |v: f64, most: usize| ((v * scale).round().max(0.0) as usize).min(most);
    let (left, right) = (edge(part.x, w - 1), edge(part.right(), w));
    let (top, bottom) = (edge(part.y, h - 1), edge(part.bottom(), h));
    let (from_w, from_h) = ((right - left).max(1), (bottom - top).max(1));
    let to_w = (width as usize).min(from_w).max(1);
    let to_h = (from_h * to_w / from_w).max(1);
    let mut rgba = Vec::with_capacity(4 * to_w * to_h);
    for y in 0..to_h {
        let (y0, y1) = (top + y * from_h / to_h, top + (y + 1) * from_h / to_h);
        for x in 0..to_w {
            let (x0, x1) = (left + x * from_w / to_w, left + (x + 1) * from_w / to_w);
            let (mut sum, mut n) = ([0_u32; 3], 0);
            for row in y0..y1.max(y0 + 1) {
                let from = 3 * (row * w + x0);
                let run = pixels.get(from..from + 3 * (x1.max(x0 + 1) - x0));
                for pixel in run.unwrap_or_default().chunks_exact(3) {
                    for (sum, value) in sum.iter_mut().zip(pixel) {
                        *sum += u32::from(*value);
                    }
                    n += 1;
                }
            }
            // A mean of bytes is a byte.
            rgba.extend(sum.map(|sum| ((sum + n / 2) / n.max(1)) as u8));
            rgba.push(255);
        }
    }
    Ok(Image {
        width: to_w as u32,
        height: to_h as u32,
        rgba,
    })
}
