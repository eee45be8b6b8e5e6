//! `dateline resolve`: place names → coordinates.

use std::io::{BufWriter, Write, stdout};

use clap::{Args, ValueEnum};
use dateline::gazetteer::{Candidate, Gazetteer, Query, Resolution, Target, locate};
use dateline::ground::basemap::Basemap;
use dateline::layer::{centre, described};
use serde::Serialize;

use super::{Error, Outcome};

/// Flags of `resolve`.
#[derive(Debug, Args)]
pub struct ResolveArgs {
    /// Names as a report spells them: "Khan Sheikhun", "Hama province", معرة النعمان
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// First-order administrative area that they lie in
    #[arg(long, value_name = "AREA")]
    admin1: Option<String>,
    /// Country that they lie in: a name or an ISO 3166-1 code
    #[arg(long)]
    country: Option<String>,
    /// Form of the answer
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
    let mut out = BufWriter::new(stdout().lock());
    for name in &args.names {
        let answer = answer(name, args);
        match args.format {
            Format::Json => writeln!(out, "{}", serde_json::to_string(&answer)?)?,
            Format::Text => write_text(&mut out, &answer)?,
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn answer(name: &str, args: &ResolveArgs) -> Answer {
    let query = Query {
        name,
        admin1: args.admin1.as_deref(),
        country: args.country.as_deref(),
        with: &[],
    };
    let resolution = Gazetteer::embedded().resolve(&query);
    let (status, found, candidates) = match &resolution {
        Resolution::Place(found) => ("place", Some(found), [].as_slice()),
        Resolution::Region(found) => ("region", Some(found), [].as_slice()),
        Resolution::Ambiguous(candidates) => ("ambiguous", None, candidates.as_slice()),
        Resolution::Unresolved(nearest) => ("unresolved", None, nearest.as_slice()),
    };
    let location = found.and_then(|found| locate(found, Basemap::embedded()));
    let centre = location.as_ref().map(centre);
    Answer {
        query: name.to_owned(),
        status,
        name: found.map(|found| found.name.to_string()),
        lat: centre.map(|point| five(point.y())),
        lon: centre.map(|point| five(point.x())),
        admin1: location
            .as_ref()
            .and_then(|location| location.admin1.clone()),
        country: location
            .as_ref()
            .and_then(|location| location.country.clone()),
        precision: found.map(|found| found.precision().code()),
        radius_km: location
            .as_ref()
            .map(|location| (location.radius_km * 10.0).round() / 10.0),
        score: found.map(|found| thousandth(found.score)),
        basis: found.map(|found| found.basis()),
        candidates: candidates.iter().map(named).collect(),
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
