//! `dateline render` and `dateline layers`: tables → layers, maps and a manifest.

use std::path::PathBuf;

use clap::Args;
use dateline::pipeline::Timings;

use super::job::Job;
use super::options::Options;
use super::spec::{self, Spec};
use super::{Error, Outcome, examples, spec_text};

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Products {
    /// Pictures and layers.
    MapsAndLayers,
    /// Layers alone.
    LayersOnly,
    /// Of these the layer of incidents alone.
    IncidentsOnly,
}

/// Flags of `render` and `layers`.
#[derive(Debug, Args)]
pub struct RenderArgs {
    /// Map spec (TOML), whose keys are the flags below; a flag wins over its key
    #[arg(value_name = "SPEC")]
    pub(super) spec: Option<PathBuf>,
    #[command(flatten)]
    pub(super) options: Options,
    /// Prints the spec in force, with every default, and makes no map
    #[arg(long)]
    pub(super) print_spec: bool,
}

/// Runs the command.
pub fn run(args: RenderArgs, products: Products) -> Result<Outcome, Error> {
    let mut timings = Timings::start();
    let Spec { map, batch } = spec::load(args.spec.as_deref())?;
    let options = args.options.or(map);
    if args.print_spec {
        let map = options;
        return spec_text::print(&Spec { map, batch });
    }
    let jobs = jobs(args.spec.is_some(), &options, &mut timings)?;
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
    if let Some(path) = &options.timings {
        super::write_whole(path, timings.to_json().as_bytes())?;
    }
    Ok(outcome)
}

/// What is asked for: the tables of a spec or of the flags, or else the examples, as the flags have them.
///
/// # Errors
/// Everything that is wrong with the options, and every file that cannot be read.
pub fn jobs(spec: bool, options: &Options, timings: &mut Timings) -> Result<Vec<Job>, Error> {
    if options.incidents.is_empty() && options.displacement.is_empty() {
        if spec {
            let missing = "no table is given: name one with incidents or displacement in the spec, or with the flag";
            options.also(vec![(0, missing.to_owned())])?;
        }
        let examples = examples::ALL.iter();
        return examples.map(|example| example.job(options)).collect();
    }
    Ok(vec![Job::new(options, timings)?])
}
