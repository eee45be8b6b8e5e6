//! `dateline check`: validates tables and map specs, and says how each place was understood.

use std::path::PathBuf;

use clap::Args;
use dateline::pipeline::Timings;

use super::options::Options;
use super::{Error, Outcome, render, spec};

/// Flags of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Map spec (TOML), whose keys are the flags below; a flag wins over its key
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// Runs the command.
pub fn run(args: CheckArgs) -> Result<Outcome, Error> {
    let mut timings = Timings::start();
    let spec = spec::load(args.spec.as_deref())?;
    let options = args.options.or(spec.map);
    options.also(spec.batch.spec_problems())?;
    let jobs = render::jobs(args.spec.is_some(), &options, &mut timings)?;
    let mut outcome = Outcome::Done;
    for job in jobs {
        if job.check(&mut timings)? == Outcome::LeftOut {
            outcome = Outcome::LeftOut;
        }
    }
    if let Some(path) = &options.timings {
        super::write_whole(path, timings.to_json().as_bytes())?;
    }
    Ok(outcome)
}
