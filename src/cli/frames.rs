//! The frames of a batch: each is made, written and forgotten by one of some threads, so that no more are in memory than
//! threads work.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use dateline::ground::basemap::Basemap;
use dateline::map::Key;
use dateline::pipeline::{Batch, Drawn, MapKind, Picture, Range, Timings, draw};
use dateline::record::counted;
use dateline::write::{
    BatchManifest, Frame, FrameFile, InputFile, OutputFile, OutputFiles, gallery, left_out_csv,
    sha256,
};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use super::batch::Wish;
use super::job::{Job, add_tables};
use super::sheet::{self, Small};
use super::{Error, Outcome};

/// Name of a frame's own manifest in its folder.
const MANIFEST: &str = "manifest.json";

/// What all threads work on.
struct Work<'a> {
    job: &'a Job,
    batch: &'a Batch<'a>,
    wish: &'a Wish,
    inputs: &'a [InputFile],
    /// Hash of all that frames share.
    shared: String,
    next: AtomicUsize,
    failed: AtomicBool,
    kept: AtomicUsize,
    /// Legends of the sheets, as the first frame has them.
    keys: OnceLock<BTreeMap<MapKind, Key>>,
    bar: ProgressBar,
}

/// A frame, and its maps small if there is to be a sheet of them.
type Finished = (Frame, Small);

/// What one thread made: frames by their index, and how long it took.
type Made = Result<(Vec<(usize, Finished)>, Timings), Error>;

impl Job {
    /// Makes and writes all frames, and what leads to them.
    ///
    /// # Errors
    /// Everything that is wrong with the tables, or why a map cannot be drawn or written. Frames that were written by
    /// then stay, whole.
    pub fn batch(self, wish: &Wish, timings: &mut Timings) -> Result<Outcome, Error> {
        let (records, inputs) = timings.time("read", || self.read())?;
        let world = (self.names.gazetteer(), Basemap::embedded());
        let settings = &self.settings;
        let batch = Batch::new(records, &wish.cut, wish.frozen, settings, world, timings)?;
        if wish.contact_sheet {
            sheet::fits(batch.periods().len())?;
        }
        let shared = format!(
            "{} {inputs:?} {}",
            env!("CARGO_PKG_VERSION"),
            batch.shared()
        );
        let bar = ProgressBar::new(batch.periods().len() as u64);
        bar.set_style(
            ProgressStyle::with_template("{bar:30} {pos} of {len} maps, {eta} left  {msg}")
                .unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        let work = Work {
            job: &self,
            batch: &batch,
            wish,
            inputs: &inputs,
            shared: sha256(shared.as_bytes()),
            next: AtomicUsize::new(0),
            failed: AtomicBool::new(false),
            kept: AtomicUsize::new(0),
            keys: OnceLock::new(),
            bar,
        };
        let made: Vec<Made> = std::thread::scope(|scope| {
            let threads = wish.threads.min(batch.periods().len()).max(1);
            let threads: Vec<_> = (0..threads)
                .map(|_| scope.spawn(|| work.frames()))
                .collect();
            let joined = threads.into_iter().map(|thread| thread.join());
            joined
                .map(|made| made.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let written = work.bar.position() as usize;
        work.bar.finish_and_clear();
        let mut frames = Vec::new();
        for made in made {
            let (some, spent) = made.map_err(|error| after(error, written))?;
            frames.extend(some);
            timings.absorb(&spent);
        }
        frames.sort_by_key(|(index, _)| *index);
        let (frames, small): (Vec<Frame>, Vec<Small>) =
            frames.into_iter().map(|(_, finished)| finished).unzip();
        let kept = work.kept.load(Ordering::Relaxed);
        let keys = work.keys.into_inner().unwrap_or_default();
        self.lead(
            &batch,
            wish,
            (frames, kept),
            (&small, &keys),
            inputs,
            timings,
        )
    }

    /// Writes what leads to the frames: manifest, page, list of records of no period.
    fn lead(
        &self,
        batch: &Batch,
        wish: &Wish,
        (frames, kept): (Vec<Frame>, usize),
        sheets: (&[Small], &BTreeMap<MapKind, Key>),
        inputs: Vec<InputFile>,
        timings: &mut Timings,
    ) -> Result<Outcome, Error> {
        let complete = frames.len() == batch.periods().len();
        let mut files = OutputFiles::default();
        let left_out = batch.left_out();
        files.add("left-out.csv", left_out_csv(&left_out, self.settings.hxl)?);
        let settings = frames.first().map_or(Ok(Value::Null), |frame| {
            let path = self.out.join(&frame.folder).join(MANIFEST);
            Ok::<_, Error>(manifest(&path)?["settings"].take())
        })?;
        let mut manifest = BatchManifest {
            made_by: format!("dateline {}", env!("CARGO_PKG_VERSION")),
            synthetic: self.settings.synthetic,
            complete,
            cut: wish.words.clone(),
            titles: titles(batch, &self.settings.maps, &frames)?,
            scale: if wish.frozen { "frozen" } else { "per-map" },
            inputs,
            settings,
            frames,
            outputs: Vec::new(),
        };
        if wish.contact_sheet {
            timings.time("draw", || {
                sheet::add(self, batch, &manifest, sheets, &mut files)
            })?;
        }
        manifest.outputs = outputs(&files);
        files.add("index.html", gallery(&manifest)?);
        manifest.outputs = outputs(&files);
        let text = serde_json::to_string_pretty(&manifest)?;
        files.add(MANIFEST, format!("{text}\n"));
        let write = timings.time("write", || files.write(&self.out));
        write.map_err(|error| error.after(manifest.frames.len()))?;

        let frames = manifest.frames;
        let all = batch.periods().len();
        let kept = match kept {
            0 => String::new(),
            n => format!(", {n} of them kept as up to date"),
        };
        let stopped = if complete {
            ""
        } else {
            "; stopped: --resume makes the others"
        };
        eprintln!(
            "{} of {}, {}{kept}{stopped}; see {}",
            frames.len(),
            counted(all, "frame"),
            wish.words,
            self.out.join("index.html").display()
        );
        let some_left_out = !left_out.is_empty()
            || frames.iter().any(|frame| {
                frame
                    .left_out
                    .as_object()
                    .is_some_and(|one| !one.is_empty())
            });
        Ok(match (complete, self.strict && some_left_out) {
            (false, _) => Outcome::Interrupted,
            (true, true) => Outcome::LeftOut,
            (true, false) => Outcome::Done,
        })
    }
}

/// What went wrong after some frames were written.
fn after(error: Error, frames: usize) -> Error {
    match error {
        Error::Write(error) => Error::Write(error.after(frames)),
        other => other,
    }
}

/// What is to be written, with hashes.
fn outputs(files: &OutputFiles) -> Vec<OutputFile> {
    let outputs = files.hashes().map(|(path, sha256)| OutputFile {
        path: path.to_owned(),
        sha256,
    });
    outputs.collect()
}

impl Work<'_> {
    /// Makes frames until there are no more, the user wants an end, or one fails.
    fn frames(&self) -> Made {
        let mut timings = Timings::start();
        let mut made = Vec::new();
        loop {
            let stop = &self.wish.stop;
            if stop.load(Ordering::Relaxed) || self.failed.load(Ordering::Relaxed) {
                break;
            }
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(range) = self.batch.periods().get(index) else {
                break;
            };
            match self.frame((index, range), &mut timings) {
                Ok(frame) => made.push((index, frame)),
                Err(error) => {
                    self.failed.store(true, Ordering::Relaxed);
                    return Err(error);
                }
            }
            self.bar.inc(1);
        }
        Ok((made, timings))
    }

    /// Makes one frame, unless it is there already and that is enough.
    fn frame(
        &self,
        (index, range): (usize, &Range),
        timings: &mut Timings,
    ) -> Result<Finished, Error> {
        let folder = format!("frames/{}", range.period.slug());
        let within = self.job.out.join(&folder);
        let key = sha256(format!("{} {} {:?}", self.shared, range.period, range.name).as_bytes());
        if self.wish.resume
            && let Some(frame) = kept(range, &folder, &within, &key)
        {
            self.kept.fetch_add(1, Ordering::Relaxed);
            if !self.wish.contact_sheet {
                return Ok((frame, Small::default()));
            }
            // Its pictures are there, but too full of words.
            let mut settings = self.job.settings.clone();
            settings.formats.clear();
            let built = self.batch.frame(range, timings)?;
            let (_, drawn) = draw(&built, &settings, Basemap::embedded(), timings)?;
            return Ok((frame, self.small(index, &drawn, timings)?));
        }
        let built = self.batch.frame(range, timings)?;
        let (pictures, drawn) = draw(&built, &self.job.settings, Basemap::embedded(), timings)?;
        let small = self.small(index, &drawn, timings)?;
        let mut files = OutputFiles::default();
        for Picture { name, bytes } in pictures {
            files.add(name, bytes);
        }
        timings.time("encode", || {
            add_tables(
                &built,
                &self.job.settings,
                (self.inputs.to_vec(), drawn, Some(key)),
                &mut files,
            )
        })?;
        let sizes = files.sizes();
        // The manifest comes last: where it is, all that it lists is.
        let manifest = files.take(MANIFEST).unwrap_or_default();
        timings.time("write", || files.write(&within))?;
        let text = manifest.clone();
        let mut last = OutputFiles::default();
        last.add(MANIFEST, manifest);
        timings.time("write", || last.write(&within))?;
        let told: Value = serde_json::from_slice(&text)?;
        let size = |name: &str| sizes.get(name).copied().unwrap_or_default();
        Ok((entry(range, &folder, told, &text, size), small))
    }

    /// The maps of a frame small, if there is to be a sheet of them.
    fn small(
        &self,
        index: usize,
        drawn: &BTreeMap<String, Drawn>,
        timings: &mut Timings,
    ) -> Result<Small, Error> {
        if !self.wish.contact_sheet {
            return Ok(Small::default());
        }
        let all = self.batch.periods().len();
        timings.time("draw", || {
            if index == 0 {
                let keys = drawn.values().filter_map(|drawn| {
                    let at = self.batch.legend(drawn.kind)?;
                    Some(sheet::key(drawn, at, all).map(|key| (drawn.kind, key)))
                });
                let keys = keys.collect::<Result<_, _>>()?;
                self.keys.get_or_init(|| keys);
            }
            Ok(sheet::small(drawn.values(), all)?)
        })
    }
}

/// The frame that a folder holds, if it is the one that is wanted and its files are those of its manifest.
fn kept(range: &Range, folder: &str, within: &Path, key: &str) -> Option<Frame> {
    let text = std::fs::read(within.join(MANIFEST)).ok()?;
    let told: Value = serde_json::from_slice(&text).ok()?;
    if told["key"].as_str() != Some(key) {
        return None;
    }
    let mut sizes = std::collections::BTreeMap::new();
    for output in told["outputs"].as_array()? {
        let path = output["path"].as_str()?;
        let bytes = std::fs::read(within.join(path)).ok()?;
        if output["sha256"].as_str() != Some(&sha256(&bytes)) {
            return None;
        }
        sizes.insert(path.to_owned(), bytes.len() as u64);
    }
    let size = |name: &str| sizes.get(name).copied().unwrap_or(text.len() as u64);
    Some(entry(range, folder, told.clone(), &text, size))
}

/// What the manifest of the batch says of a frame.
fn entry(
    range: &Range,
    folder: &str,
    mut told: Value,
    manifest: &[u8],
    size: impl Fn(&str) -> u64,
) -> Frame {
    let outputs = told["outputs"].take();
    let outputs = outputs.as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut files: Vec<FrameFile> = outputs
        .iter()
        .map(|output| {
            let path = text(&output["path"]);
            FrameFile {
                bytes: size(&path),
                path: format!("{folder}/{path}"),
                sha256: text(&output["sha256"]),
            }
        })
        .collect();
    files.push(FrameFile {
        path: format!("{folder}/{MANIFEST}"),
        sha256: sha256(manifest),
        bytes: manifest.len() as u64,
    });
    let period = range.period;
    Frame {
        period: period.to_string(),
        date_start: period.start().to_string(),
        date_end: period.end().to_string(),
        label: period.label(),
        name: range.name.clone(),
        folder: folder.to_owned(),
        counts: told["counts"].take(),
        in_words: told["in_words"].take(),
        left_out: told["left_out"].take(),
        alt: told["alt"].take(),
        density_breaks: told["settings"]["density_breaks"].take(),
        files,
    }
}

/// Headlines of the kinds of maps that there are.
fn titles(
    batch: &Batch,
    kinds: &[MapKind],
    frames: &[Frame],
) -> Result<BTreeMap<&'static str, String>, Error> {
    let drawn = |kind: &MapKind| {
        let ending = format!("_{}", kind.name());
        let alts = frames.iter().filter_map(|frame| frame.alt.as_object());
        alts.flat_map(|alts| alts.keys())
            .any(|picture| picture.ends_with(&ending))
    };
    let kinds = kinds.iter().filter(|kind| drawn(kind));
    kinds
        .map(|kind| Ok((kind.name(), batch.words(*kind)?.title)))
        .collect()
}

fn manifest(path: &Path) -> Result<Value, Error> {
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}
