//! `dateline merge`: tables of incidents → one, in which what is told of one event has one id.

use std::path::{Path, PathBuf};

use clap::Args;
use dateline::ground::basemap::Basemap;
use dateline::layer::Locator;
use dateline::merge::{Decision, Merged, claims_csv, decisions_csv, merge, read_decisions};
use dateline::read::{ReadError, ReadOptions, read_incidents, unreadable};

use super::names::Names;
use super::{Error, Outcome, write_whole};

/// Flags of `merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Tables of incidents (CSV)
    #[arg(required = true, value_name = "TABLE")]
    tables: Vec<PathBuf>,
    /// Table to write: all claims, those about one event with one id
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Merge file: read if it is there, and written; incidents with one group are one event, and whoever gives a line
    /// another group, or none, tells it apart for good [default: merges.csv beside the table that is written]
    #[arg(long, value_name = "FILE")]
    merges: Option<PathBuf>,
    /// Names to use: a compiled gazetteer instead of the embedded one, or a table (CSV) laid over it; may be given several times
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(args: &MergeArgs) -> Result<Outcome, Error> {
    let names = Names::load(&args.gazetteer, &[])?;
    for note in &names.notes {
        eprintln!("note: {note}");
    }
    let mut claims = Vec::new();
    let mut failed: Option<ReadError> = None;
    for path in &args.tables {
        match read_incidents(path, &ReadOptions::default()) {
            Ok(table) => claims.extend(table.records),
            Err(error) => {
                failed = Some(match failed {
                    Some(before) => before.and(error),
                    None => error,
                });
            }
        }
    }
    if let Some(error) = failed {
        return Err(error.into());
    }
    let beside = args
        .out
        .parent()
        .unwrap_or(Path::new(""))
        .join("merges.csv");
    let path = args.merges.clone().unwrap_or(beside);
    let before = decisions(&path)?;
    let mut locator = Locator::new(names.gazetteer(), Basemap::embedded());
    let merged = merge(claims, &before, &mut locator);
    write_whole(&path, &decisions_csv(&merged, &before)?)?;
    write_whole(&args.out, &claims_csv(&merged.applied())?)?;
    say(&merged, &path);
    Ok(Outcome::Done)
}

fn decisions(path: &Path) -> Result<Vec<Decision>, Error> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = std::fs::read(path).map_err(|error| Error::Read(unreadable(path, &error)))?;
    Ok(read_decisions(&path.display().to_string(), &bytes)?)
}

fn say(merged: &Merged, path: &Path) {
    let together = merged.events.iter().filter(|event| event.members.len() > 1);
    for event in together.clone() {
        for (at, reason) in event.members.iter().skip(1).zip(&event.reasons) {
            if let Some(incident) = merged.incidents.get(*at) {
                eprintln!("{} = {}: {reason}", event.group, incident.id());
            }
        }
    }
    let less: usize = together.map(|event| event.members.len() - 1).sum();
    eprintln!(
        "{} incidents are {} events; {} says which and why: edit its groups and run again",
        merged.incidents.len(),
        merged.incidents.len() - less,
        path.display()
    );
}
