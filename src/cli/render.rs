//! `dateline render` and `dateline layers`: tables → layers, maps and a manifest.

use std::path::{Path, PathBuf};

use clap::Args;

use super::job::{Job, Source};
use super::options::Options;
use super::timings::Timings;
use super::{Error, Outcome, examples};

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Products {
    /// Pictures and layers.
    MapsAndLayers,
    /// Layers alone.
    LayersOnly,
}

/// Flags of `render` and `layers`.
#[derive(Debug, Args)]
pub struct RenderArgs {
    /// Map spec (TOML), whose keys are the flags below; a flag wins over its key
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
    /// Writes the seconds that each step took, as JSON
    #[arg(long, value_name = "FILE")]
    timings: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: RenderArgs, products: Products) -> Result<Outcome, Error> {
    let mut timings = Timings::start();
    let jobs = jobs(args.spec.as_deref(), args.options)?;
    let mut outcome = Outcome::Done;
    // Everything is made before anything is written, so that a mistake in one leaves nothing of the others.
    let done = jobs.into_iter().map(|job| job.run(products, &mut timings)).collect::<Result<Vec<_>, _>>()?;
    for job in done {
        if job.write(&mut timings)? == Outcome::LeftOut {
            outcome = Outcome::LeftOut;
        }
    }
    if let Some(path) = args.timings {
        crate::cli::write_whole(&path, timings.to_json().as_bytes())?;
    }
    Ok(outcome)
}

/// What the command line asks for: a spec, tables, or else the examples.
fn jobs(spec: Option<&Path>, flags: Options) -> Result<Vec<Job>, Error> {
    if spec.is_none() && flags.incidents.is_empty() && flags.displacement.is_empty() {
        return examples::ALL.iter().map(|example| example.job(&flags)).collect();
    }
    let options = match spec {
        Some(path) => flags.or(Options::read(path)?),
        None => flags,
    };
    Ok(vec![Job::new(options, Source::Files)?])
}
