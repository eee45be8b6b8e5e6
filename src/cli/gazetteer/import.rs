//! `dateline gazetteer import`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use dateline::gazetteer::Gazetteer;
use dateline::gazetteer::import::{Import, Imported, SAME_PLACE_M, country_code};
use dateline::ground::basemap::Basemap;
use dateline::record::counted;
use indicatif::ProgressBar;
use itertools::Itertools;

use super::super::{Error, Outcome, write_whole};
use super::sources::Sources;

pub const EXAMPLES: &str = "\
Examples:
  dateline gazetteer import --geonames SY.txt --alternate-names alternateNamesV2.txt.gz --out syria.gaz
  dateline gazetteer import --csv own.csv --csv register.csv --map name=NAME_EN,lat=Y,lon=X --country UA --out ua.gaz
  dateline gazetteer import --ocha syr_pplp.csv --boundaries adm1.geojson --boundaries adm2.geojson --out syria.gaz";

/// Flags of `gazetteer import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    sources: Sources,
    /// Outlines of admin areas (GeoJSON): OCHA's, geoBoundaries' or Natural Earth's; may be given several times
    #[arg(long, value_name = "FILE")]
    boundaries: Vec<PathBuf>,
    /// Compiled gazetteer to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Leaves the places of the embedded gazetteer out; its countries stay
    #[arg(long)]
    without_embedded: bool,
    /// Country whose places win over like ones abroad [default: SY if a place lies there, else the one with most places]
    #[arg(long, value_name = "CODE", value_parser = home)]
    home: Option<[u8; 2]>,
    /// Lists what was merged with what, and what was left out (CSV)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

fn home(text: &str) -> Result<[u8; 2], String> {
    country_code(text).ok_or_else(|| "no such country: give a name or a code such as SY".to_owned())
}

/// Runs the command.
pub fn run(args: &ImportArgs) -> Result<Outcome, Error> {
    if args.sources.0.is_empty() && args.boundaries.is_empty() {
        return Err(Error::Settings(vec![
            "nothing to import: give --csv, --geonames, --ocha or --boundaries".to_owned(),
        ]));
    }
    // Hidden by itself where stderr is no terminal.
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(120));
    let import = Import {
        sources: args.sources.0.clone(),
        boundaries: args.boundaries.clone(),
        base: (Gazetteer::embedded(), !args.without_embedded),
        home: args.home,
    };
    let imported = import.run(Basemap::embedded(), &|step| {
        bar.set_message(step.to_owned())
    });
    bar.finish_and_clear();
    let imported = imported?;
    let report = args
        .report
        .as_ref()
        .map(|path| Ok::<_, Error>((path, report(&imported)?)));
    let report = report.transpose()?;
    write_whole(&args.out, &imported.bytes)?;
    if let Some((path, bytes)) = report {
        write_whole(path, &bytes)?;
    }
    eprint!("{}", summary(&imported, &args.out, args.report.as_deref()));
    Ok(Outcome::Done)
}

fn report(imported: &Imported) -> Result<Vec<u8>, Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "what",
        "file",
        "row",
        "name",
        "into_file",
        "into_row",
        "into_name",
        "metres",
        "reason",
    ])?;
    let row = |row: u64| {
        if row == 0 {
            String::new()
        } else {
            row.to_string()
        }
    };
    for merged in &imported.merged {
        out.write_record([
            "merged",
            &merged.from.0,
            &row(merged.from.1),
            &merged.name,
            &merged.into.0,
            &row(merged.into.1),
            &merged.into_name,
            &format!("{:.0}", merged.metres),
            "",
        ])?;
    }
    for left in &imported.left_out {
        out.write_record([
            "left out",
            &left.file,
            &row(left.row),
            &left.name,
            "",
            "",
            "",
            "",
            &left.reason,
        ])?;
    }
    out.into_inner()
        .map_err(|error| Error::Output(error.into_error()))
}

fn summary(imported: &Imported, out: &Path, report: Option<&Path>) -> String {
    let summary = &imported.summary;
    let mut text = String::new();
    // Writing to a string does not fail.
    let mut line = |words: String| writeln!(text, "{words}").unwrap_or_default();
    for note in &imported.notes {
        line(format!("note: {note}"));
    }
    for (file, rows, places, areas) in &summary.layers {
        line(format!(
            "{file}: {rows} rows, {places} places, {areas} admin areas"
        ));
    }
    line(format!(
        "  merged        {} rows into others of a shared name within {} km",
        summary.merged,
        SAME_PLACE_M / 1000.0
    ));
    if !imported.left_out.is_empty() {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for left in &imported.left_out {
            *reasons.entry(&left.reason).or_default() += 1;
        }
        let listed = reasons
            .iter()
            .sorted_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let listed = listed
            .take(4)
            .map(|(reason, n)| format!("{n} {reason}"))
            .join("; ");
        let more = reasons.len().saturating_sub(4);
        let more = if more > 0 {
            format!("; {more} other reasons")
        } else {
            String::new()
        };
        let see = match report {
            Some(path) => format!(", see {}", path.display()),
            None => "; --report FILE lists them".to_owned(),
        };
        line(format!(
            "  left out      {}: {listed}{more}{see}",
            counted(imported.left_out.len(), "row")
        ));
    }
    line(format!(
        "  admin areas   {}, {} with outlines; {} of the files' were known; {} places put in theirs by position",
        summary.admin_areas, summary.outlines, summary.admin_known, summary.placed
    ));
    line(format!(
        "  wrote         {} places with {} names, home {}, to {} ({:.1} MB)",
        summary.places,
        summary.names,
        summary.home,
        out.display(),
        imported.bytes.len() as f64 / 1e6
    ));
    text
}
