//! `dateline batch`: the same maps for each of many periods.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::Args;
use dateline::pipeline::{Cut, Timings};

use super::options::Options;
use super::{Error, Outcome, ranges, render};

/// Flags of `batch`.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("cut").required(true).args(["every", "ranges", "window"])))]
pub struct BatchArgs {
    /// Map spec (TOML), whose keys are the flags of render; a flag wins over its key
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    /// A map for each day, week (from Monday), month, quarter or year of the records, or of --period
    #[arg(long, value_name = "day|week|month|quarter|year")]
    every: Option<String>,
    /// A map for each row of a table (CSV): start and end (YYYY-MM-DD, both included) or period, and if you like name
    #[arg(long, value_name = "FILE")]
    ranges: Option<PathBuf>,
    /// A map for each position of a window of so many days, e.g. 30d
    #[arg(long, value_name = "DAYS", requires = "step")]
    window: Option<String>,
    /// The window moves by so many days, e.g. 7d
    #[arg(long, value_name = "DAYS", requires = "window")]
    step: Option<String>,
    /// One scale for all maps, so that they compare, or one for each [default: frozen]
    #[arg(long, value_name = "frozen|per-map")]
    scale: Option<String>,
    /// Keeps the maps that are up to date, as their manifests and files prove
    #[arg(long)]
    resume: bool,
    /// Also draws all maps small on one sheet, a PNG for each kind of map
    #[arg(long)]
    contact_sheet: bool,
    /// Threads to work with; the files are the same for any number [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    options: Options,
    /// Writes the seconds that each step took, added up over all threads, as JSON
    #[arg(long, value_name = "FILE")]
    timings: Option<PathBuf>,
}

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
    let mut problems = Vec::new();
    let frozen = match args.scale.as_deref().unwrap_or("frozen") {
        "frozen" => true,
        "per-map" => false,
        other => {
            problems.push(format!("scale: \"{other}\": write frozen or per-map"));
            true
        }
    };
    let threads = args.threads.unwrap_or(0);
    if args.threads == Some(0) {
        problems.push("threads: 0 do no work: give 1 or more".to_owned());
    }
    let cut = cut(&args, &mut problems);
    let Some((cut, words)) = cut.filter(|_| problems.is_empty()) else {
        return Err(Error::Settings(problems));
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
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
        frozen,
        resume: args.resume,
        contact_sheet: args.contact_sheet,
        threads: rayon::current_num_threads(),
        stop,
    };
    let mut outcome = Outcome::Done;
    for job in render::jobs(args.spec.as_deref(), args.options, &mut timings)? {
        match job.batch(&wish, &mut timings)? {
            Outcome::Interrupted => return Ok(Outcome::Interrupted),
            Outcome::LeftOut => outcome = Outcome::LeftOut,
            Outcome::Done => {}
        }
    }
    if let Some(path) = args.timings {
        super::write_whole(&path, timings.to_json().as_bytes())?;
    }
    Ok(outcome)
}

/// How time is to be cut, and the same in words. Clap sees to it that one way is given.
fn cut(args: &BatchArgs, problems: &mut Vec<String>) -> Option<(Cut, String)> {
    if let Some(text) = &args.every {
        return match text.parse() {
            Ok(every) => Some((Cut::Every(every), format!("every {}", text.trim()))),
            Err(problem) => {
                problems.push(format!("every: {problem}"));
                None
            }
        };
    }
    if let Some(path) = &args.ranges {
        return table(path, problems);
    }
    let mut days = |name: &str, text: &Option<String>| {
        let text = text.as_deref()?;
        let days = text.trim().trim_end_matches(['d', 'D']).trim_end().parse();
        let days = days.ok().filter(|days| (1..=36_600).contains(days));
        if days.is_none() {
            problems.push(format!(
                "{name}: \"{text}\" is no number of days: write e.g. 30d"
            ));
        }
        days
    };
    let (window, step) = (days("window", &args.window), days("step", &args.step));
    let (window, step) = (window?, step?);
    let words = format!("{window} days, each {step} days later");
    Some((Cut::Rolling { window, step }, words))
}

fn table(path: &Path, problems: &mut Vec<String>) -> Option<(Cut, String)> {
    match ranges::read(path) {
        Ok(ranges) => Some((Cut::Ranges(ranges), format!("{}", path.display()))),
        Err(Error::Settings(found)) => {
            problems.extend(found);
            None
        }
        Err(error) => {
            problems.push(error.to_string());
            None
        }
    }
}
