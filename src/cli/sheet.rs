//! `--contact-sheet`: the maps of all frames, drawn once more small and without words, on one page.

use std::collections::BTreeMap;
use std::sync::Arc;

use dateline::draw::{Image, Item, part, png, pt};
use dateline::map::{Cell, Key, Rect, Theme, cell_width, contact_sheet};
use dateline::pipeline::{Batch, Drawn, MapKind, PipelineError};
use dateline::record::{Period, counted};
use dateline::write::{BatchManifest, Frame, OutputFiles};

use super::Error;
use super::job::Job;

/// More maps than this cannot be told apart on a sheet.
const MOST: usize = 3000;
const UNSEEN: [&str; 4] = ["labels", "furniture", "legend", "timeline"];

/// Words, which nobody could read on a small map, and what would be specks there or stands beside it.
fn is_unseen(item: &Item) -> bool {
    match item {
        Item::Text { .. } => true,
        Item::Group { id, says, .. } => says.is_some() || UNSEEN.contains(&id.as_str()),
        _ => false,
    }
}

/// The small maps of a frame.
pub type Small = BTreeMap<MapKind, Arc<Image>>;

/// Whether so many maps can be told apart on a sheet.
///
/// # Errors
/// Where they cannot.
pub fn fits(maps: usize) -> Result<(), Error> {
    if maps > MOST {
        return Err(Error::Settings(vec![format!(
            "contact_sheet: {maps} maps cannot be told apart on a sheet, {MOST} can: cut time into longer periods"
        )]));
    }
    Ok(())
}

/// The maps of a frame as they stand on a sheet of so many.
///
/// # Errors
/// Where a map cannot be drawn.
pub fn small<'a>(
    drawn: impl Iterator<Item = &'a Drawn>,
    maps: usize,
) -> Result<Small, PipelineError> {
    let one = |drawn: &Drawn| {
        let Rect { x, y, w, h } = drawn.frame;
        let scene = drawn.scene.without(&is_unseen);
        let image = part(&scene, f64::from(cell_width(maps)) / w, pt(x, y), pt(w, h))?;
        Ok((drawn.kind, Arc::new(image)))
    };
    drawn.map(one).collect()
}

/// The legend of a map, as it is on its page, which the others of its kind have too.
///
/// # Errors
/// Where it cannot be drawn.
pub fn key(drawn: &Drawn, legend: Rect, maps: usize) -> Result<Key, PipelineError> {
    let Rect { x, y, w, h } = legend;
    Ok(Key {
        image: Arc::new(part(
            &drawn.scene.without(&|_| false),
            1.0,
            pt(x, y),
            pt(w, h),
        )?),
        times: drawn.frame.w / f64::from(cell_width(maps)),
    })
}

/// Adds a sheet for each kind of map.
///
/// # Errors
/// Where a text cannot be written with the embedded fonts.
pub fn add(
    job: &Job,
    batch: &Batch,
    manifest: &BatchManifest,
    (small, keys): (&[Small], &BTreeMap<MapKind, Key>),
    files: &mut OutputFiles,
) -> Result<(), Error> {
    let frames = &manifest.frames;
    let Some(time) = time(frames) else {
        return Ok(());
    };
    for kind in &job.settings.maps {
        let cells: Vec<Cell> = frames
            .iter()
            .zip(small)
            .filter_map(|(frame, small)| {
                Some(Cell {
                    lines: lines(*kind, frame),
                    image: Arc::clone(small.get(kind)?),
                })
            })
            .collect();
        if cells.is_empty() {
            continue;
        }
        let one = match manifest.scale {
            "frozen" => "all on one scale",
            _ => "each on its own scale",
        };
        let mut text = batch.words(*kind)?;
        text.subtitle = format!(
            "{time}: {} ({}), {one}",
            counted(cells.len(), "map"),
            manifest.cut
        );
        let theme = Theme::of(job.settings.theme, job.settings.ramp);
        let sheet = contact_sheet(&text, &theme, &cells, keys.get(kind));
        let sheet = sheet.map_err(PipelineError::from)?;
        let sheet = png(&sheet, 1.0).map_err(PipelineError::from)?;
        files.add(format!("contact-sheet_{}.png", kind.name()), sheet);
    }
    Ok(())
}

/// From the first day of any frame to the last, in words.
fn time(frames: &[Frame]) -> Option<String> {
    let days = |day: fn(&Frame) -> &str| frames.iter().filter_map(move |one| day(one).parse().ok());
    let (start, end) = (
        days(|one| &one.date_start).min(),
        days(|one| &one.date_end).max(),
    );
    Some(Period::new(start?, end?).label())
}

/// What stands above a small map: its name, its period, the most important figure.
fn lines(kind: MapKind, frame: &Frame) -> Vec<String> {
    let name = frame.name.iter().cloned();
    name.chain([frame.label.clone(), figure(kind, frame)])
        .collect()
}

/// How many there are, and of how many where some cannot be drawn.
fn figure(kind: MapKind, frame: &Frame) -> String {
    let sum = |keys: &[&str]| -> usize {
        let counts = keys.iter().filter_map(|key| frame.counts[*key].as_u64());
        counts.sum::<u64>() as usize
    };
    let (drawn, not, thing) = match kind {
        MapKind::Killed => {
            return match frame.in_words["killed"].as_str() {
                Some(killed) => format!("{killed} killed"),
                None => "no figure".to_owned(),
            };
        }
        MapKind::Density => (
            sum(&["incidents_drawn"]),
            sum(&["incidents_unplaced"]),
            "incident",
        ),
        MapKind::Displacement => (
            sum(&["displacement_drawn"]),
            sum(&[
                "displacement_open_ended",
                "displacement_unplaced",
                "displacement_within",
            ]),
            "report",
        ),
    };
    match (drawn, not) {
        (0, 0) => format!("no {thing}s"),
        (n, 0) => counted(n, thing),
        (0, n) => format!("none of {} drawn", counted(n, thing)),
        (n, not) => format!("{n} of {} drawn", counted(n + not, thing)),
    }
}
