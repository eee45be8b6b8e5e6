//! `dateline gazetteer`: makes bigger gazetteers, and shows what is in one.

mod export;
mod import;
mod list;
mod pick;
mod sources;

use clap::{Args, Subcommand};

use super::{Error, Outcome};

/// The commands of `gazetteer`.
#[derive(Debug, Args)]
pub struct GazetteerArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Files of places and boundaries → one gazetteer for --gazetteer
    ///
    /// Files are layers: the first that knows a place says where it is, and the names of all are united. --map,
    /// --country and --alternate-names speak of the file before them; before the first file, of all.
    #[command(after_help = import::EXAMPLES)]
    Import(import::ImportArgs),
    /// Places of a gazetteer as a table
    List(list::ListArgs),
    /// Places of a gazetteer as CSV that can be edited and imported again, or as GeoJSON
    Export(export::ExportArgs),
}

/// Runs the command.
pub fn run(args: &GazetteerArgs) -> Result<Outcome, Error> {
    match &args.command {
        Command::Import(args) => import::run(args),
        Command::List(args) => list::run(args),
        Command::Export(args) => export::run(args),
    }
}
