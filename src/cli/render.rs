//! `dateline render` and `dateline layers`: tables → layers, maps and a manifest.

use std::path::{Path, PathBuf};

use clap::Args;
use dateline::pipeline::Timings;

use super::job::Job;
use super::options::Options;
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
    let jobs = jobs(args.spec.as_deref(), args.options, &mut timings)?;
    let mut outcome = Outcome::Done;
    // Everything is made before anything is written, so that a mistake in one leaves nothing of the others.
    let done = jobs
        .into_iter()
        .map(|job| job.run(products, &mut timings))
        .collect::<Result<Vec<_>, _>>()?;
    for job in done {
        if job.write(&mut timings)? == Outcome::LeftOut {
            outcome = Outcome::LeftOut;
        }
    }
    if let Some(path) = args.timings {
        super::write_whole(&path, timings.to_json().as_bytes())?;
    }
    Ok(outcome)
}

/// What the command line asks for: a spec, tables, or else the examples.
///
/// # Errors
/// Everything that is wrong with the spec and the flags, and every file that cannot be read.
pub fn jobs(spec: Option<&Path>, flags: Options, timings: &mut Timings) -> Result<Vec<Job>, Error> {
    if spec.is_none() && flags.incidents.is_empty() && flags.displacement.is_empty() {
        return examples::ALL
            .iter()
            .map(|example| example.job(&flags))
            .collect();
    }
    let options = match spec {
        Some(path) => {
            flags.or(Options::read(path).map_err(|error| Error::Spec(error.to_string()))?)
        }
        None => flags,
    };
    if options.incidents.is_empty() && options.displacement.is_empty() {
        let missing = "no table is given: name one with incidents or displacement in the spec, or with the flag";
        return Err(Error::Settings(vec![missing.to_owned()]));
    }
    Ok(vec![Job::new(&options, timings)?])
}
