//! `dateline resolve`: place names → coordinates, for names on the command line or for a column of a table.

mod table;
mod tags;
mod tally;
mod work;

use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline::gazetteer::{
    Candidate, Company, Explanation, Gazetteer, Grounds, Query, Resolution, Target, Tier, locate,
};
use dateline::ground::basemap::Basemap;
use dateline::layer::{centre, described};
use serde::Serialize;

use super::names::Names;
use super::{Error, Outcome};

/// Flags of `resolve`.
#[derive(Debug, Args)]
pub struct ResolveArgs {
    /// Names as a report spells them: "Khan Sheikhun", "Hama province", معرة النعمان
    #[arg(
        required_unless_present = "csv",
        conflicts_with = "csv",
        value_name = "NAME"
    )]
    names: Vec<String>,
    /// First-order administrative area that they lie in
    #[arg(long, value_name = "AREA")]
    admin1: Option<String>,
    /// Country that they lie in: a name or an ISO 3166-1 code
    #[arg(long)]
    country: Option<String>,
    /// Another place that the same report names; may be given several times
    #[arg(long, value_name = "NAME", conflicts_with = "csv")]
    with: Vec<String>,
    /// Says how each answer came about: normal forms, the parse of the phrase, candidates, the rule that decided
    #[arg(long, conflicts_with = "csv")]
    explain: bool,
    /// Names to use: a compiled gazetteer instead of the embedded one, or a table (CSV) laid over it; may be given several times
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Outlines of admin areas (GeoJSON), used before the embedded ones; may be given several times
    #[arg(long, value_name = "FILE")]
    boundaries: Vec<PathBuf>,
    #[command(flatten)]
    table: table::TableArgs,
    /// Form of the answer; of the summary on stderr with --csv
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: a few lines a name
    Text,
    /// One JSON object a name, one a line
    Json,
}

/// What answers come from.
struct Source<'g> {
    gazetteer: &'g Gazetteer,
    grounds: Grounds<'g>,
}

/// The answer for one name.
#[derive(Debug, Serialize)]
struct Answer {
    query: String,
    status: &'static str,
    name: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    admin1: Option<String>,
    country: Option<String>,
    precision: Option<u8>,
    radius_km: Option<f64>,
    score: Option<f64>,
    basis: Option<String>,
    candidates: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explanation>,
    #[serde(skip)]
    tier: Option<Tier>,
    /// Why what a name alone would have is not the answer.
    #[serde(skip)]
    why: Option<String>,
}

/// Something that may have been meant.
#[derive(Debug, Serialize)]
struct Named {
    name: String,
    lat: Option<f64>,
    lon: Option<f64>,
    admin1: Option<String>,
    country: String,
    score: f64,
    #[serde(skip)]
    described: String,
}

/// Runs the command.
pub fn run(args: &ResolveArgs) -> Result<Outcome, Error> {
    let names = Names::load(&args.gazetteer, &args.boundaries)?;
    for note in &names.notes {
        eprintln!("note: {note}");
    }
    let source = Source {
        gazetteer: names.gazetteer(),
        grounds: Grounds::new(names.gazetteer(), Basemap::embedded()),
    };
    if let Some(path) = &args.table.csv {
        return table::run(path, args, &source);
    }
    let with: Vec<&str> = args.with.iter().map(String::as_str).collect();
    let mut out = BufWriter::new(stdout().lock());
    for name in &args.names {
        let query = Query {
            name,
            admin1: args.admin1.as_deref(),
            country: args.country.as_deref(),
            with: &with,
        };
        let answer = source.answer(&query, args.explain);
        match args.format {
            Format::Json => writeln!(out, "{}", serde_json::to_string(&answer)?)?,
            Format::Text => write_text(&mut out, &answer)?,
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

impl Source<'_> {
    fn answer(&self, query: &Query<'_>, explain: bool) -> Answer {
        let (resolution, explanation) = if explain {
            let (resolution, explanation) = self.gazetteer.explain(query);
            (resolution, Some(explanation))
        } else {
            (self.gazetteer.resolve(query), None)
        };
        self.told(query, &resolution, explanation)
    }

    /// The answer for a name of a table that points to these countries.
    fn answer_among(&self, query: &Query<'_>, company: &Company) -> Answer {
        let (resolution, why) = self.gazetteer.resolve_among(query, company);
        Answer {
            why,
            ..self.told(query, &resolution, None)
        }
    }

    fn told(
        &self,
        query: &Query<'_>,
        resolution: &Resolution<'_>,
        explanation: Option<Explanation>,
    ) -> Answer {
        let (status, found, candidates) = match resolution {
            Resolution::Place(found) => ("place", Some(found), [].as_slice()),
            Resolution::Region(found) => ("region", Some(found), [].as_slice()),
            Resolution::Ambiguous(candidates) => ("ambiguous", None, candidates.as_slice()),
            Resolution::Unresolved(nearest) => ("unresolved", None, nearest.as_slice()),
        };
        let location = found.and_then(|found| locate(found, &self.grounds));
        let centre = location.as_ref().map(centre);
        Answer {
            query: query.name.to_owned(),
            status,
            name: found.map(|found| found.name.to_string()),
            lat: centre.map(|point| five(point.y())),
            lon: centre.map(|point| five(point.x())),
            admin1: location
                .as_ref()
                .and_then(|location| location.admin1.as_deref().map(str::to_owned)),
            country: location
                .as_ref()
                .and_then(|location| location.country.as_deref().map(str::to_owned)),
            precision: found.map(|found| found.precision().code()),
            radius_km: location
                .as_ref()
                .map(|location| (location.radius_km * 10.0).round() / 10.0),
            score: found.map(|found| thousandth(found.score)),
            basis: found.map(|found| found.basis()),
            candidates: candidates.iter().map(named).collect(),
            explanation,
            tier: found.map(|found| found.matched.1),
            why: None,
        }
    }
}

fn named(candidate: &Candidate) -> Named {
    let (point, admin1) = match candidate.target {
        Target::Place(place) => (Some(place.point()), place.admin1()),
        Target::Area(area) => (area.disc().map(|(centre, _)| centre), area.parent()),
    };
    Named {
        name: candidate.target.name().to_owned(),
        lat: point.map(|point| five(point.y())),
        lon: point.map(|point| five(point.x())),
        admin1: admin1.map(|area| area.name().to_owned()),
        country: String::from_utf8_lossy(&candidate.target.country()).into_owned(),
        score: thousandth(candidate.score),
        described: described(candidate.target),
    }
}

fn write_text(out: &mut impl Write, answer: &Answer) -> std::io::Result<()> {
    write!(out, "{}: {}", answer.query, answer.status)?;
    if let (Some(name), Some(lat), Some(lon)) = (&answer.name, answer.lat, answer.lon) {
        let parts = [Some(name), answer.admin1.as_ref(), answer.country.as_ref()];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        write!(out, " {} at {lat:.5}, {lon:.5}", parts.join(", "))?;
    }
    if let (Some(precision), Some(radius), Some(score)) =
        (answer.precision, answer.radius_km, answer.score)
    {
        write!(
            out,
            "; precision {precision}, within {radius} km, score {score}"
        )?;
    }
    writeln!(out)?;
    if let Some(basis) = &answer.basis {
        writeln!(out, "  {basis}")?;
    }
    if let Some(explanation) = &answer.explanation {
        writeln!(out, "{explanation}")?;
    }
    for candidate in &answer.candidates {
        writeln!(out, "  {} (score {})", candidate.described, candidate.score)?;
    }
    Ok(())
}

fn five(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

fn thousandth(score: f64) -> f64 {
    (score * 1e3).round() / 1e3
}
