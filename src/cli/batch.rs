//! `dateline batch`: the same maps for each of many periods.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::{Args, CommandFactory};
use dateline::pipeline::{Cut, Every, Range, Timings};
use dateline::record::counted;
use serde::{Deserialize, Serialize};

use super::options::{Options, number_or_text};
use super::spec::{self, Lines, Problems, Spec};
use super::{Error, Outcome, ranges, render, spec_text};

/// The keys of a map spec that only `batch` heeds. A flag wins over the spec's key.
#[derive(Clone, Debug, Default, PartialEq, Args, Deserialize, Serialize)]
#[command(group(clap::ArgGroup::new("cut").args(["every", "ranges", "window"])))]
#[serde(deny_unknown_fields, default)]
pub struct BatchOptions {
    /// A map for each day, week (from Monday), month, quarter or year of the records, or of --period
    #[arg(long, value_name = "day|week|month|quarter|year")]
    pub every: Option<String>,
    /// A map for each row of a table (CSV): start and end (YYYY-MM-DD, both included) or period, and if you like name
    #[arg(long, value_name = "FILE")]
    pub ranges: Option<PathBuf>,
    /// A map for each position of a window of so many days, e.g. 30d
    #[arg(long, value_name = "DAYS")]
    #[serde(deserialize_with = "number_or_text")]
    pub window: Option<String>,
    /// The window moves by so many days, e.g. 7d
    #[arg(long, value_name = "DAYS")]
    #[serde(deserialize_with = "number_or_text")]
    pub step: Option<String>,
    /// One scale for all maps, so that they compare, or one for each [default: frozen]
    #[arg(long, value_name = "frozen|per-map")]
    pub scale: Option<String>,
    /// Keeps the maps that are up to date, as their manifests and files prove
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub resume: Option<bool>,
    /// Also draws all maps small on one sheet, a PNG for each kind of map
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub contact_sheet: Option<bool>,
    /// Threads to work with; the files are the same for any number [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Where those that a spec gives stand in it
    #[arg(skip)]
    #[serde(skip)]
    pub lines: Lines,
}

/// Flags of `batch`.
#[derive(Debug, Args)]
pub struct BatchArgs {
    /// Map spec (TOML), whose keys are the flags below; a flag wins over its key
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    #[command(flatten)]
    batch: BatchOptions,
    #[command(flatten)]
    options: Options,
    /// Prints the spec in force, with every default, and makes no map
    #[arg(long)]
    print_spec: bool,
}

impl BatchOptions {
    /// These options, with those of the spec where these say nothing. A way to cut time replaces any other.
    pub fn or(self, spec: Self) -> Self {
        let lines = spec.lines.clone().but(&self);
        let cut = self.every.is_some() || self.ranges.is_some() || self.window.is_some();
        let spec = if cut {
            Self {
                every: None,
                ranges: None,
                window: None,
                step: spec.step.filter(|_| self.window.is_some()),
                ..spec
            }
        } else {
            spec
        };
        Self {
            lines,
            ..self.and(spec)
        }
    }

    /// These options, with others where these say nothing.
    pub fn and(self, other: Self) -> Self {
        Self {
            every: self.every.or(other.every),
            ranges: self.ranges.or(other.ranges),
            window: self.window.or(other.window),
            step: self.step.or(other.step),
            scale: self.scale.or(other.scale),
            resume: self.resume.or(other.resume),
            contact_sheet: self.contact_sheet.or(other.contact_sheet),
            threads: self.threads.or(other.threads),
            lines: self.lines,
        }
    }

    /// What a command line must have that this has not.
    fn missing(&self) -> Option<&'static str> {
        let ways = [
            self.every.is_some(),
            self.ranges.is_some(),
            self.window.is_some(),
        ];
        match ways.iter().filter(|given| **given).count() {
            0 => Some(UNCUT),
            1 if self.window.is_some() != self.step.is_some() => {
                Some("--window and --step go together, e.g. --window 30d --step 7d")
            }
            1 => None,
            _ => Some("time is cut in several ways: give one of every, ranges and window"),
        }
    }

    /// What is wrong with their values, each beginning with the key. The table of ranges is not looked into.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        self.frozen(&mut problems);
        if self.threads == Some(0) {
            problems.push("threads: 0 do no work: give 1 or more".to_owned());
        }
        self.every(&mut problems);
        self.window(&mut problems);
        problems
    }

    /// What would keep a spec that has these from being a batch, with its lines.
    pub fn spec_problems(&self) -> Problems {
        let mut problems = self.problems();
        if let Some(path) = &self.ranges {
            table(path, &mut problems);
        }
        let ways = [
            ("every", self.every.is_some()),
            ("ranges", self.ranges.is_some()),
            ("window", self.window.is_some()),
        ];
        let given = ways.iter().filter(|(_, given)| *given);
        for (key, _) in given.skip(1) {
            problems.push(format!(
                "{key}: time is cut another way already: give one of every, ranges and window"
            ));
        }
        match (&self.window, &self.step) {
            (Some(_), None) => {
                problems.push(
                    "window: does not say how far it moves: give step, e.g. \"7d\"".to_owned(),
                );
            }
            (None, Some(_)) => {
                problems.push("step: is of a window: give window, e.g. \"30d\"".to_owned());
            }
            _ => {}
        }
        self.lines.place(problems)
    }

    /// Whether all maps are on one scale.
    fn frozen(&self, problems: &mut Vec<String>) -> bool {
        match self.scale.as_deref().unwrap_or("frozen") {
            "frozen" => true,
            "per-map" => false,
            other => {
                problems.push(format!("scale: \"{other}\": write frozen or per-map"));
                true
            }
        }
    }

    fn every(&self, problems: &mut Vec<String>) -> Option<Every> {
        match self.every.as_deref()?.parse() {
            Ok(every) => Some(every),
            Err(problem) => {
                problems.push(format!("every: {problem}"));
                None
            }
        }
    }

    fn window(&self, problems: &mut Vec<String>) -> Option<(i32, i32)> {
        let window = days("window", self.window.as_deref(), problems);
        let step = days("step", self.step.as_deref(), problems);
        window.zip(step)
    }

    /// How time is to be cut, and the same in words, where one way is given; `ranges` is what the table of them holds.
    fn cut(&self, ranges: Option<Vec<Range>>) -> Option<(Cut, String)> {
        let none = &mut Vec::new();
        if let (Some(path), Some(ranges)) = (&self.ranges, ranges) {
            // Where the table is on this machine is nobody's business on a page that others see.
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            return Some((Cut::Ranges(ranges), format!("as in {name}")));
        }
        if let Some(every) = self.every(none) {
            let unit = self.every.as_deref().unwrap_or_default().trim();
            return Some((Cut::Every(every), format!("every {unit}")));
        }
        let (window, step) = self.window(none)?;
        let words = format!(
            "{}, each {} later",
            counted(window as usize, "day"),
            counted(step as usize, "day")
        );
        Some((Cut::Rolling { window, step }, words))
    }
}

const UNCUT: &str = "how time is cut is not said: give --every, --ranges, or --window with --step";

/// What a batch is to be, besides what its maps are.
#[derive(Debug)]
pub struct Wish {
    /// How time is cut.
    pub cut: Cut,
    /// The same in words, for the manifest.
    pub words: String,
    /// Whether all maps are on one scale.
    pub frozen: bool,
    /// Whether maps that are up to date are kept.
    pub resume: bool,
    /// Whether all maps are to be seen on one sheet.
    pub contact_sheet: bool,
    /// How many threads work.
    pub threads: usize,
    /// Set when the user wants it to end.
    pub stop: Arc<AtomicBool>,
}

/// Runs the command.
pub fn run(args: BatchArgs) -> Result<Outcome, Error> {
    let mut timings = Timings::start();
    let named = args.spec.is_some();
    let spec = spec::load(args.spec.as_deref())?;
    let print_spec = args.print_spec;
    let (options, args) = (args.options.or(spec.map), args.batch.or(spec.batch));
    if print_spec {
        return spec_text::print(&Spec {
            map: options,
            batch: args,
        });
    }
    if let Some(missing) = args.missing() {
        let usage = clap::error::ErrorKind::MissingRequiredArgument;
        super::Cli::command().error(usage, missing).exit();
    }
    let mut problems = args.problems();
    let ranges = args.ranges.as_deref();
    let ranges = ranges.and_then(|path| table(path, &mut problems));
    options.also(args.lines.place(problems))?;
    let Some((cut, words)) = args.cut(ranges) else {
        return Err(Error::Spec(UNCUT.to_owned()));
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0));
    // Fails where something worked in parallel before, which nothing did.
    pool.build_global().unwrap_or_default();
    let stop = Arc::new(AtomicBool::new(false));
    // A second Ctrl-C ends it at once; a file that is being written then stays under its temporary name.
    let signal = signal_hook::consts::SIGINT;
    signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&stop))?;
    signal_hook::flag::register(signal, Arc::clone(&stop))?;
    let wish = Wish {
        cut,
        words,
        frozen: args.frozen(&mut Vec::new()),
        resume: args.resume.unwrap_or(false),
        contact_sheet: args.contact_sheet.unwrap_or(false),
        threads: rayon::current_num_threads(),
        stop,
    };
    let mut outcome = Outcome::Done;
    for job in render::jobs(named, &options, &mut timings)? {
        match job.batch(&wish, &mut timings)? {
            Outcome::Interrupted => return Ok(Outcome::Interrupted),
            Outcome::LeftOut => outcome = Outcome::LeftOut,
            Outcome::Done => {}
        }
    }
    if let Some(path) = &options.timings {
        super::write_whole(path, timings.to_json().as_bytes())?;
    }
    Ok(outcome)
}

fn days(name: &str, text: Option<&str>, problems: &mut Vec<String>) -> Option<i32> {
    let text = text?;
    let days = text.trim().trim_end_matches(['d', 'D']).trim_end().parse();
    let days = days.ok().filter(|days| (1..=36_600).contains(days));
    if days.is_none() {
        problems.push(format!(
            "{name}: \"{text}\" is no number of days: write e.g. 30d"
        ));
    }
    days
}

/// What a table of ranges holds.
fn table(path: &Path, problems: &mut Vec<String>) -> Option<Vec<Range>> {
    match ranges::read(path) {
        Ok(ranges) => return Some(ranges),
        Err(Error::Settings(found)) => problems.extend(found),
        Err(error) => problems.push(error.to_string()),
    }
    None
}
