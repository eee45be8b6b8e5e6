//! The command line: one file per command.

mod analysis;
mod batch;
mod check;
mod examples;
mod extract;
mod frames;
mod gazetteer;
mod init;
mod job;
mod keys;
mod layer_files;
mod layers;
mod manual;
mod merge;
mod names;
mod options;
mod ranges;
mod render;
mod resolve;
mod sheet;
mod spec;
mod spec_text;
mod summary;

use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use dateline::extract::{ExtractError, LexiconError};
use dateline::gazetteer::import::ImportError;
use dateline::merge::MergeFileError;
use dateline::pipeline::PipelineError;
use dateline::read::ReadError;
use dateline::write::flatgeobuf::FlatGeobufError;
use dateline::write::geopackage::GeoPackageError;
use dateline::write::{OutputFiles, WriteError};

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
    /// The same maps and layers for each of many periods, on one scale
    Batch(batch::BatchArgs),
    /// Only the GeoJSON layers of a render, for a GIS
    Layers(layers::LayersArgs),
    /// Place names → coordinates
    Resolve(resolve::ResolveArgs),
    /// News text → draft tables, each row with its quote, for a person to check
    Extract(extract::ExtractArgs),
    /// Tables of incidents → one, in which what is told of one event has one id
    Merge(merge::MergeArgs),
    /// Bigger gazetteers: imports files of places, lists and exports what a gazetteer holds
    Gazetteer(gazetteer::GazetteerArgs),
    /// Validates tables and map specs, and says how each place was understood
    Check(check::CheckArgs),
    /// A new project folder: a map spec with every key explained, and small tables to start from
    Init(init::InitArgs),
    /// Prints a script by which a shell completes commands and flags
    Completions(manual::CompletionsArgs),
    /// The manual as pages for man
    Man(manual::ManArgs),
}

/// What a command that did not fail has to say to the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All went well.
    Done,
    /// Records were left out, and the user asked for that to count as a failure.
    LeftOut,
    /// The user stopped it.
    Interrupted,
}

/// Why a command came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Tables cannot be used.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A spec file cannot be used.
    #[error("{0}")]
    Spec(String),
    /// Settings cannot be used: one line each.
    #[error("{}", .0.join("\nerror: "))]
    Settings(Vec<String>),
    /// Files of places or outlines cannot be used.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The maps cannot be made.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// The files cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Articles of which nothing can be taken.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\nerror: "))]
    Extract(Vec<ExtractError>),
    /// A lexicon cannot be used.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A merge file cannot be used.
    #[error(transparent)]
    Merges(#[from] MergeFileError),
    /// A result cannot be written as JSON.
    #[error("a result cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A result cannot be written as CSV.
    #[error("a result cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// A GeoPackage cannot be made.
    #[error(transparent)]
    GeoPackage(#[from] GeoPackageError),
    /// A FlatGeobuf file cannot be made.
    #[error(transparent)]
    FlatGeobuf(#[from] FlatGeobufError),
    /// Standard output is closed.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// Writes one file that the user named.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut files = OutputFiles::default();
    files.add(name, bytes);
    files.write(path.parent().unwrap_or(Path::new("")))?;
    Ok(())
}

fn is_closed_pipe(error: &Error) -> bool {
    let io = match error {
        Error::Output(error) => Some(error),
        Error::Csv(error) => match error.kind() {
            csv::ErrorKind::Io(error) => Some(error),
            _ => None,
        },
        _ => None,
    };
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Render(args) => render::run(args, render::Products::MapsAndLayers),
        Command::Batch(args) => batch::run(args),
        Command::Layers(args) => layers::run(args),
        Command::Resolve(args) => resolve::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Gazetteer(args) => gazetteer::run(&args),
        Command::Check(args) => check::run(args),
        Command::Init(args) => init::run(&args),
        Command::Completions(args) => manual::completions(&args),
        Command::Man(args) => manual::man(&args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::LeftOut) => ExitCode::from(3),
        // As a shell reports what Ctrl-C ended.
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        // Whoever reads has seen enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
