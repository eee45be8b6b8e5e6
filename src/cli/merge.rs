//! `dateline merge`: tables of incidents, and of displacement, → one of each, in which what is told of one event has one
//! id.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use dateline::ground::basemap::Basemap;
use dateline::layer::Locator;
use dateline::merge::{
    Decision, Event, claims_csv, decisions_csv, merge, merge_movements, movement_decisions_csv,
    movements_csv, read_decisions,
};
use dateline::read::{
    ReadError, ReadOptions, Table, read_displacement, read_incidents, unreadable,
};

use super::names::Names;
use super::{Error, Outcome, options, write_whole};

/// Flags of `merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Tables of incidents
    #[arg(
        required_unless_present = "displacement",
        requires = "out",
        value_name = "TABLE"
    )]
    tables: Vec<PathBuf>,
    /// Table to write: all claims, those about one event with one id
    #[arg(long, required_unless_present = "displacement", value_name = "FILE")]
    out: Option<PathBuf>,
    /// Merge file: read if it is there, and written; incidents with one group are one event, and whoever gives a line
    /// another group, or none, tells it apart for good [default: merges.csv beside the table that is written]
    #[arg(long, value_name = "FILE")]
    merges: Option<PathBuf>,
    /// Table of displacement; may be given several times
    #[arg(long, requires = "displacement_out", value_name = "TABLE")]
    displacement: Vec<PathBuf>,
    /// Table of displacement to write: all rows, those about one movement with one id
    #[arg(long, requires = "displacement", value_name = "FILE")]
    displacement_out: Option<PathBuf>,
    /// Merge file of displacement [default: merges-displacement.csv beside the table that is written]
    #[arg(long, requires = "displacement", value_name = "FILE")]
    displacement_merges: Option<PathBuf>,
    /// What the tables are, where their columns do not tell: dateline, acled, ucdp or gdelt for incidents, dateline or matrix for displacement [default: told by the columns]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Sheet to read of tables in XLSX and ODS [default: the first with a header that is known]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Names to use: a compiled gazetteer instead of the embedded one, or a table (CSV) laid over it; may be given several times
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Puts HXL hashtags as a second row into each table that is written
    #[arg(long)]
    hxl: bool,
}

/// Runs the command.
pub fn run(args: &MergeArgs) -> Result<Outcome, Error> {
    let options = ReadOptions {
        format: options::format(args.format.as_deref())?,
        sheet: args.sheet.clone(),
        ..ReadOptions::default()
    };
    let names = Names::load(&args.gazetteer, &[])?;
    for note in &names.notes {
        eprintln!("note: {note}");
    }
    let claims = all(&args.tables, |path| read_incidents(path, &options));
    let rows = all(&args.displacement, |path| read_displacement(path, &options));
    let (claims, rows) = match (claims, rows) {
        (Ok(claims), Ok(rows)) => (claims, rows),
        (Err(one), Err(other)) => return Err(one.and(other).into()),
        (Err(error), _) | (_, Err(error)) => return Err(error.into()),
    };
    let mut locator = Locator::new(names.gazetteer(), Basemap::embedded());
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut said = Vec::new();
    if let (Some(out), false) = (&args.out, args.tables.is_empty()) {
        let path = beside(out, args.merges.as_ref(), "merges.csv");
        let before = decisions(&path)?;
        let merged = merge(claims, &before, &mut locator);
        let ids = merged.incidents.iter().map(|one| one.id().to_string());
        said.push(say(
            "incidents",
            &merged.events,
            &ids.collect::<Vec<_>>(),
            &path,
        ));
        files.push((path, decisions_csv(&merged, &before, args.hxl)?));
        files.push((out.clone(), claims_csv(&merged.applied(), args.hxl)?));
    }
    if let Some(out) = &args.displacement_out {
        let path = beside(
            out,
            args.displacement_merges.as_ref(),
            "merges-displacement.csv",
        );
        let before = decisions(&path)?;
        let merged = merge_movements(rows, &before, &mut locator);
        let ids = merged.movements.iter();
        let ids = ids.map(|one| one.id.as_deref().unwrap_or_default().to_owned());
        said.push(say(
            "movements",
            &merged.events,
            &ids.collect::<Vec<_>>(),
            &path,
        ));
        files.push((path, movement_decisions_csv(&merged, &before, args.hxl)?));
        files.push((out.clone(), movements_csv(&merged.applied(), args.hxl)?));
    }
    // Everything is made before anything is written.
    for (path, bytes) in files {
        write_whole(&path, &bytes)?;
    }
    eprint!("{}", said.concat());
    Ok(Outcome::Done)
}

/// The records of all tables, or everything that is wrong with any.
fn all<T>(
    paths: &[PathBuf],
    read: impl Fn(&Path) -> Result<Table<T>, ReadError>,
) -> Result<Vec<T>, ReadError> {
    let mut records = Vec::new();
    let mut failed: Option<ReadError> = None;
    for path in paths {
        match read(path) {
            Ok(table) => records.extend(table.records),
            Err(error) => {
                failed = Some(match failed {
                    Some(before) => before.and(error),
                    None => error,
                });
            }
        }
    }
    failed.map_or(Ok(records), Err)
}

/// The merge file that is named, or one beside the table that is written.
fn beside(out: &Path, named: Option<&PathBuf>, name: &str) -> PathBuf {
    let beside = || out.parent().unwrap_or(Path::new("")).join(name);
    named.cloned().unwrap_or_else(beside)
}

fn decisions(path: &Path) -> Result<Vec<Decision>, Error> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = std::fs::read(path).map_err(|error| Error::Read(unreadable(path, &error)))?;
    Ok(read_decisions(&path.display().to_string(), &bytes)?)
}

/// What was put together, and why.
fn say(things: &str, events: &[Event], ids: &[String], path: &Path) -> String {
    let mut text = String::new();
    let together = events.iter().filter(|event| event.members.len() > 1);
    for event in together.clone() {
        for (at, reason) in event.members.iter().skip(1).zip(&event.reasons) {
            if let Some(id) = ids.get(*at) {
                // Writing to a string does not fail.
                writeln!(text, "{} = {id}: {reason}", event.group).unwrap_or_default();
            }
        }
    }
    let less: usize = together.map(|event| event.members.len() - 1).sum();
    let left = ids.len() - less;
    writeln!(
        text,
        "{} {things} are {left} events; {} says which and why: edit its groups and run again",
        ids.len(),
        path.display()
    )
    .unwrap_or_default();
    text
}
