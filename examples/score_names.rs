//! How well names are resolved: right, wrong, abstained, of a table of names whose coordinates are known.
//!
//!     cargo run --release --example score_names -- variants.csv --name variant --country cc
//!     cargo run --release --example score_names -- ged.csv --name where_coordinates --lat latitude --lon longitude \
//!         --admin1 adm_1 --only where_prec=1,2 --gazetteer syria.gazetteer --list wrong
//!
//! Each distinct name (with its hints) counts once, and once a row as well. Right is a point within `--km` of one of the
//! rows' coordinates; wrong is a point farther off; all else is abstained, regions that hold the point counted apart.
//! Each is asked with its hints and without.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, process};

use clap::Parser;
use dateline::gazetteer::{Gazetteer, Query, Resolution, locate};
use dateline::ground::basemap::Basemap;
use dateline::record::Footprint;
use geo::{Contains, Distance, Haversine, Point};

/// What to score.
#[derive(Parser)]
struct Args {
    /// CSV with a header
    file: PathBuf,
    /// Column of names
    #[arg(long, default_value = "name")]
    name: String,
    /// Column of latitudes
    #[arg(long, default_value = "lat")]
    lat: String,
    /// Column of longitudes
    #[arg(long, default_value = "lon")]
    lon: String,
    /// Column of the admin areas given as hints
    #[arg(long)]
    admin1: Option<String>,
    /// Column of the countries given as hints
    #[arg(long)]
    country: Option<String>,
    /// Only rows with one of these values in a column
    #[arg(long, value_name = "COLUMN=VALUE,…")]
    only: Option<String>,
    /// Gazetteer to use: a compiled file, or a folder with places.csv and admin.csv
    #[arg(long)]
    gazetteer: Option<PathBuf>,
    /// How near is right, in kilometres
    #[arg(long, default_value_t = 5.0)]
    km: f64,
    /// Answers to list: right, wrong, abstained
    #[arg(long, value_delimiter = ',')]
    list: Vec<String>,
    /// Only every second name by a checksum of it: 0 or 1
    #[arg(long)]
    half: Option<u32>,
}

/// A name with its hints.
type Asked = (String, String, String);

#[derive(Default)]
struct Score {
    right: [usize; 2],
    wrong: [usize; 2],
    region: [usize; 2],
    abstained: [usize; 2],
}

fn main() {
    if let Err(error) = run(&Args::parse()) {
        eprintln!("{error}");
        process::exit(1);
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let loaded = args.gazetteer.as_deref().map(load).transpose()?;
    let gazetteer = loaded.as_ref().unwrap_or_else(|| Gazetteer::embedded());
    let names = read(args)?;
    for hinted in [true, false] {
        if hinted && args.admin1.is_none() && args.country.is_none() {
            continue;
        }
        let mut score = Score::default();
        let names = if hinted { names.clone() } else { bare(&names) };
        for (asked, points) in &names {
            weigh(gazetteer, args, asked, points, hinted, &mut score);
        }
        let total = names.len() as f64;
        let rows: usize = names.values().map(Vec::len).sum();
        let line = |what: &str, [names, events]: [usize; 2]| {
            println!(
                "  {what:<28}{names:>6} names {:>5.1} %  {events:>7} rows {:>5.1} %",
                100.0 * names as f64 / total,
                100.0 * events as f64 / rows as f64
            );
        };
        println!(
            "{}",
            if hinted {
                "with hints"
            } else {
                "without hints"
            }
        );
        line("right", score.right);
        line("wrong", score.wrong);
        line("abstained: region holds it", score.region);
        line("abstained", score.abstained);
    }
    Ok(())
}

fn load(path: &Path) -> Result<Gazetteer, Box<dyn Error>> {
    if path.is_dir() {
        let text = |name: &str| fs::read_to_string(path.join(name));
        return Gazetteer::from_csv(*b"SY", &text("places.csv")?, &text("admin.csv")?)
            .map_err(|problems| problems[0].to_string().into());
    }
    Ok(Gazetteer::load(fs::read(path)?)?)
}

fn read(args: &Args) -> Result<BTreeMap<Asked, Vec<Point>>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(&args.file)?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| {
        headers
            .iter()
            .position(|header| header == name)
            .ok_or(format!("{}: no column {name}", args.file.display()))
    };
    let optional = |name: &Option<String>| name.as_deref().map(column).transpose();
    let (name, lat, lon) = (column(&args.name)?, column(&args.lat)?, column(&args.lon)?);
    let (admin1, country) = (optional(&args.admin1)?, optional(&args.country)?);
    let only = match args.only.as_deref().and_then(|only| only.split_once('=')) {
        Some((name, values)) => Some((column(name)?, values.split(',').collect::<Vec<_>>())),
        None => None,
    };
    let mut names: BTreeMap<Asked, Vec<Point>> = BTreeMap::new();
    for record in reader.records() {
        let record = record?;
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let hint = |at: Option<usize>| at.map(cell).unwrap_or_default().to_owned();
        let sum: u32 = cell(name).bytes().map(u32::from).sum();
        if only
            .as_ref()
            .is_some_and(|(at, values)| !values.contains(&cell(*at)))
            || args.half.is_some_and(|half| sum % 2 != half)
        {
            continue;
        }
        let point = Point::new(cell(lon).parse()?, cell(lat).parse()?);
        let asked = (cell(name).to_owned(), hint(admin1), hint(country));
        names.entry(asked).or_default().push(point);
    }
    Ok(names)
}

/// Without hints, rows of one name are one question.
fn bare(names: &BTreeMap<Asked, Vec<Point>>) -> BTreeMap<Asked, Vec<Point>> {
    let mut out: BTreeMap<Asked, Vec<Point>> = BTreeMap::new();
    for ((name, ..), points) in names {
        let asked = (name.clone(), String::new(), String::new());
        out.entry(asked).or_default().extend(points);
    }
    out
}

fn weigh(
    gazetteer: &Gazetteer,
    args: &Args,
    (name, admin1, country): &Asked,
    points: &[Point],
    hinted: bool,
    score: &mut Score,
) {
    let hint = |text| Some(text).filter(|text: &&String| hinted && !text.is_empty());
    let query = Query {
        admin1: hint(admin1).map(String::as_str),
        country: hint(country).map(String::as_str),
        ..Query::name(name)
    };
    let (answer, explained) = gazetteer.explain(&query);
    let found = match &answer {
        Resolution::Place(found) | Resolution::Region(found) => locate(found, Basemap::embedded()),
        _ => None,
    };
    let off = |at: &Point| {
        let distances = points
            .iter()
            .map(|point| Haversine.distance(*at, *point) / 1000.0);
        distances.fold(f64::INFINITY, f64::min)
    };
    let (list, km) = match found
        .as_ref()
        .map(|found| (&found.footprint, found.radius_km))
    {
        Some((Footprint::Point(at), _)) if off(at) <= args.km => {
            (&mut score.right, Some(("right", off(at))))
        }
        Some((Footprint::Point(at), _)) => (&mut score.wrong, Some(("wrong", off(at)))),
        Some((Footprint::Disc(at), radius_km)) if off(at) <= radius_km => (&mut score.region, None),
        Some((Footprint::Area(area), _)) if points.iter().any(|point| area.contains(point)) => {
            (&mut score.region, None)
        }
        _ => (&mut score.abstained, Some(("abstained", 0.0))),
    };
    list[0] += 1;
    list[1] += points.len();
    if let Some((what, km)) = km
        && args.list.iter().any(|wanted| wanted == what)
    {
        let hints = if hinted {
            format!(" [{admin1} {country}]")
        } else {
            String::new()
        };
        println!(
            "{what} {km:.0} km ×{} {name}{hints} → {}",
            points.len(),
            explained.answer
        );
    }
}
