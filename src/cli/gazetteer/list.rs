//! `dateline gazetteer list`.

use std::io::{BufWriter, Write, stdout};

use clap::{Args, ValueEnum};
use dateline::gazetteer::Place;
use serde::Serialize;

use super::super::{Error, Outcome};
use super::pick::Pick;

/// Flags of `gazetteer list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pick: Pick,
    /// Form of the table
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: columns in line
    Text,
    /// One JSON object a place, one a line
    Json,
    /// With a header
    Csv,
}

#[derive(Serialize)]
struct Row {
    id: String,
    name: String,
    kind: &'static str,
    lat: f64,
    lon: f64,
    admin1: Option<String>,
    admin2: Option<String>,
    country: String,
    population: Option<u32>,
    names: String,
}

impl Row {
    fn of(place: Place<'_>) -> Row {
        let names: Vec<&str> = place.names().filter(|name| *name != place.name()).collect();
        Row {
            id: place.id().to_owned(),
            name: place.name().to_owned(),
            kind: place.kind().label(),
            lat: place.point().y(),
            lon: place.point().x(),
            admin1: place.admin1().map(|area| area.name().to_owned()),
            admin2: place.admin2().map(|area| area.name().to_owned()),
            country: place.country(),
            population: place.population(),
            names: names.join("|"),
        }
    }
}

/// Runs the command.
pub fn run(args: &ListArgs) -> Result<Outcome, Error> {
    let names = args.pick.names()?;
    let places = args.pick.places(names.gazetteer())?;
    let mut out = BufWriter::new(stdout().lock());
    match args.format {
        Format::Json => {
            for place in &places {
                writeln!(out, "{}", serde_json::to_string(&Row::of(*place))?)?;
            }
        }
        Format::Csv => {
            let mut table = csv::WriterBuilder::new()
                .has_headers(false)
                .from_writer(&mut out);
            table.write_record([
                "id",
                "name",
                "kind",
                "lat",
                "lon",
                "admin1",
                "admin2",
                "country",
                "population",
                "names",
            ])?;
            for place in &places {
                table.serialize(Row::of(*place))?;
            }
            table.flush()?;
        }
        Format::Text => text(&mut out, &places)?,
    }
    out.flush()?;
    drop(out);
    eprintln!(
        "{} of {} places",
        places.len(),
        names.gazetteer().places().len()
    );
    Ok(Outcome::Done)
}

fn text(out: &mut impl Write, places: &[Place<'_>]) -> Result<(), Error> {
    let rows: Vec<Row> = places.iter().map(|place| Row::of(*place)).collect();
    let cells = |row: &Row| {
        [
            row.name.clone(),
            row.kind.to_owned(),
            [row.admin1.as_deref(), Some(row.country.as_str())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
            format!("{:.5}, {:.5}", row.lat, row.lon),
            row.population
                .map(|people| people.to_string())
                .unwrap_or_default(),
        ]
    };
    let mut widths = [0; 5];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(cells(row)) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in cells(row).iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
