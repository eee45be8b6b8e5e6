//! `dateline resolve --csv`: adds where its places are to a table, row by row, in memory that does not grow with it.
//!
//! A region has the middle of its ground in `resolved_lat` and `resolved_lon`, so that a GIS can draw a circle of
//! `resolved_radius_km` there; `resolved_status` and `resolved_precision` say that it is no point. `--points-only`
//! leaves the coordinates of regions empty.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Args;
use csv::ByteRecord;
use dateline::gazetteer::Company;
use dateline::gazetteer::import::{file, no_column};
use indicatif::{ProgressBar, ProgressStyle};
use rustc_hash::FxHashMap;

use super::tally::Tally;
use super::work::Work;
use super::{Format, ResolveArgs, Source, tags};
use crate::cli::{Error, Outcome};

/// Columns that are added.
pub const ADDED: [&str; 10] = [
    "resolved_status",
    "resolved_name",
    "resolved_lat",
    "resolved_lon",
    "resolved_admin1",
    "resolved_country",
    "resolved_precision",
    "resolved_radius_km",
    "resolved_score",
    "resolved_basis",
];
/// Rows that are resolved together.
const CHUNK: usize = 8192;

/// Flags for tables.
#[derive(Debug, Args)]
pub struct TableArgs {
    /// Table to add columns to; - for standard input
    #[arg(long, value_name = "FILE", requires = "column")]
    pub csv: Option<PathBuf>,
    /// Its column of places
    #[arg(long, requires = "csv")]
    column: Option<String>,
    /// Its column of first-order areas
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    admin1_column: Option<String>,
    /// Its column of countries
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    country_column: Option<String>,
    /// Its column of other places of the record, several joined with ;
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    with_column: Vec<String>,
    /// Puts HXL hashtags as a second row into the table; one that has hashtags gets them for what is added in any case
    #[arg(long, requires = "csv")]
    hxl: bool,
    /// Leaves resolved_lat and resolved_lon of regions empty
    #[arg(long, requires = "csv")]
    pub points_only: bool,
    /// File to write the table to [default: standard output]
    #[arg(long, value_name = "FILE", requires = "csv")]
    out: Option<PathBuf>,
}

/// Where the columns that are asked for stand.
pub struct Columns {
    pub place: usize,
    pub admin1: Option<usize>,
    pub country: Option<usize>,
    pub with: Vec<usize>,
    pub width: usize,
}

/// Runs the command on a table.
pub fn run(path: &Path, args: &ResolveArgs, source: &Source<'_>) -> Result<Outcome, Error> {
    let started = Instant::now();
    let label = if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let bad = |problem: String| Error::Settings(vec![format!("{label}: {problem}")]);
    let cannot = |error: std::io::Error| bad(format!("cannot be read: {error}"));
    let mut file = rewindable(path).map_err(cannot)?;
    let length = file.metadata().ok().map(|data| data.len());
    let read = Arc::new(AtomicU64::new(0));
    let (mut first, delimiter) = reader(Counted {
        input: file.try_clone().map_err(cannot)?,
        read: Arc::clone(&read),
    })
    .map_err(cannot)?;
    let header = first
        .byte_headers()
        .map_err(|error| bad(error.to_string()))?
        .clone();
    let columns = columns(&header, &args.table).map_err(|problems| {
        Error::Settings(
            problems
                .into_iter()
                .map(|problem| format!("{label}: {problem}"))
                .collect(),
        )
    })?;
    let mut work = Work {
        source,
        args,
        columns,
        company: Company::default(),
        known: FxHashMap::default(),
        tally: Tally::default(),
    };
    let bar = bar(length.map(|length| 2 * length));
    let passed = |error: csv::Error| bad(error.to_string());
    work.hear(
        first
            .byte_records()
            .filter(|record| !record.as_ref().is_ok_and(tags::is_tags))
            .inspect(|_| bar.set_position(read.load(Ordering::Relaxed))),
    )
    .map_err(passed)?;
    file.rewind().map_err(cannot)?;
    let (mut table, _) = reader(Counted {
        input: file,
        read: Arc::clone(&read),
    })
    .map_err(cannot)?;

    let staged = args.table.out.as_deref().map(stage).transpose()?;
    let sink: Box<dyn Write> = match &staged {
        Some(file) => Box::new(file.as_file()),
        None => Box::new(stdout().lock()),
    };
    let mut out = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_writer(BufWriter::with_capacity(1 << 18, sink));
    out.write_byte_record(
        &header
            .iter()
            .chain(ADDED.iter().map(|name| name.as_bytes()))
            .collect(),
    )?;

    // The first row below the header may be one of hashtags.
    let mut first = ByteRecord::new();
    let mut waiting = table
        .read_byte_record(&mut first)
        .map_err(|error| bad(error.to_string()))?;
    let tagged = waiting && tags::is_tags(&first);
    if tagged || args.table.hxl {
        out.write_byte_record(&tags::row(&work.columns, &header, tagged.then_some(&first)))?;
    }
    waiting &= !tagged;
    // Rows above the first that is answered.
    let above = 2 + u64::from(tagged);
    let mut chunk: Vec<ByteRecord> = vec![ByteRecord::new(); CHUNK];
    let mut rows = 0_u64;
    loop {
        let mut filled = 0;
        for record in &mut chunk {
            if std::mem::take(&mut waiting) {
                record.clone_from(&first);
            } else if !table
                .read_byte_record(record)
                .map_err(|error| bad(error.to_string()))?
            {
                break;
            }
            if record.len() > work.columns.width {
                let row = rows + filled as u64 + above;
                return Err(bad(format!(
                    "row {row} has {} cells, but the header has {}: quote cells that hold the delimiter",
                    record.len(),
                    work.columns.width
                )));
            }
            filled += 1;
        }
        let records = chunk.get(..filled).unwrap_or_default();
        if records.is_empty() {
            break;
        }
        work.add(records, &mut out)?;
        rows += filled as u64;
        bar.set_position(read.load(Ordering::Relaxed));
        let rate = rows as f64 / started.elapsed().as_secs_f64();
        bar.set_message(format!("{rows} rows, {rate:.0} a second"));
    }
    out.flush()?;
    drop(out);
    bar.finish_and_clear();
    if let (Some(staged), Some(path)) = (staged, &args.table.out) {
        staged
            .persist(path)
            .map_err(|error| Error::Output(error.error))?;
    }
    let json = args.format == Format::Json;
    eprint!(
        "{}",
        if json {
            work.tally.json(&label, rows)
        } else {
            work.tally.text(&label, rows)
        }
    );
    Ok(Outcome::Done)
}

/// The table as a file that can be read twice; what comes through a pipe is kept in a temporary one.
fn rewindable(path: &Path) -> std::io::Result<File> {
    let mut input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(stdin().lock())
    } else {
        let file = File::open(path)?;
        if file.metadata()?.is_file() {
            return Ok(file);
        }
        Box::new(file)
    };
    let mut kept = tempfile::tempfile()?;
    std::io::copy(&mut input, &mut kept)?;
    kept.rewind()?;
    Ok(kept)
}

/// Rows of a table, packed or not, with the delimiter that it has.
fn reader(input: Counted<File>) -> std::io::Result<(csv::Reader<impl Read>, u8)> {
    let mut text = file::unpacked(input)?;
    let delimiter = file::delimiter(&mut text)?;
    let table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text);
    Ok((table, delimiter))
}

/// A temporary file beside the one to be written.
fn stage(path: &Path) -> Result<tempfile::NamedTempFile, Error> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let cannot =
        |why: String| Error::Settings(vec![format!("cannot write {}: {why}", path.display())]);
    if path.is_dir() {
        return Err(cannot("a folder of that name is in the way".to_owned()));
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
        .prefix(".dateline-")
        .tempfile_in(folder)
        .map_err(|error| cannot(error.to_string()))
}

fn bar(length: Option<u64>) -> ProgressBar {
    // The templates are constant; a wrong one would leave the default look.
    let look = |template| {
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
    };
    match length {
        Some(length) => {
            ProgressBar::new(length).with_style(look("{bar:30} {percent}% {msg}, {eta} left"))
        }
        None => ProgressBar::new_spinner().with_style(look("{spinner} {msg}")),
    }
}

fn columns(header: &ByteRecord, args: &TableArgs) -> Result<Columns, Vec<String>> {
    let names: Vec<String> = header
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect();
    let mut problems = Vec::new();
    let mut find = |name: &str| {
        let exact = names.iter().position(|column| column == name.trim());
        let at = exact.or_else(|| {
            names
                .iter()
                .position(|column| column.eq_ignore_ascii_case(name.trim()))
        });
        if at.is_none() {
            problems.push(no_column(names.iter().map(String::as_str), name));
        }
        at
    };
    let place = args.column.as_deref().and_then(&mut find);
    let admin1 = args.admin1_column.as_deref().and_then(&mut find);
    let country = args.country_column.as_deref().and_then(&mut find);
    let with: Vec<usize> = args
        .with_column
        .iter()
        .filter_map(|name| find(name))
        .collect();
    if let Some(there) = names.iter().find(|name| ADDED.contains(&name.as_str())) {
        problems.push(format!(
            "has a column \"{there}\" already, as from an earlier run: remove or rename the columns that begin with resolved_"
        ));
    }
    match place {
        Some(place) if problems.is_empty() => Ok(Columns {
            place,
            admin1,
            country,
            with,
            width: names.len(),
        }),
        _ => Err(problems),
    }
}

/// A reader that says how far it is.
struct Counted<R> {
    input: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
