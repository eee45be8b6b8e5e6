//! The command line: one file per command.

mod check;
mod options;
mod render;
mod resolve;
mod timings;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Turns reports of incidents and displacement into static maps.
#[derive(Debug, Parser)]
#[command(version, about, long_about = LONG_ABOUT, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const LONG_ABOUT: &str = "\
Turns reports of incidents and displacement into static maps: strike density with clusters, and displacement flows, \
as PNG and SVG beside GeoJSON layers.

A map says no more than its sources do: vague places are drawn as areas, conflicting tolls stay ranges, retellings of \
one event are not summed, and whatever is not on the map is listed in left-out.csv.

Exit codes: 0 done; 1 something was wrong with the input and nothing was written; 2 usage; 3 done, but with records \
left out and --strict was given.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Tables → layers, maps and a manifest
    ///
    /// Without a spec and without tables it renders the example data.
    Render(render::RenderArgs),
    /// Only the GeoJSON layers of a render, for a GIS
    Layers(render::RenderArgs),
    /// Place names → coordinates
    Resolve(resolve::ResolveArgs),
    /// Validates tables and map specs, and says how each place was understood
    Check(check::CheckArgs),
}

/// What a command that did not fail has to say to the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All went well.
    Done,
    /// Records were left out, and the user asked for that to count as a failure.
    LeftOut,
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Render(args) => render::run(&args, render::Products::MapsAndLayers),
        Command::Layers(args) => render::run(&args, render::Products::LayersOnly),
        Command::Resolve(args) => resolve::run(&args),
        Command::Check(args) => check::run(&args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::LeftOut) => ExitCode::from(3),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
