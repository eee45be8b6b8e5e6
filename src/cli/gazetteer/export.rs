//! `dateline gazetteer export`.

use std::io::{Write, stdout};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline::gazetteer::import::{admin_row, place_row};
use dateline::gazetteer::{ADMIN_COLUMNS, AdminGeometry, Gazetteer, Grounds, PLACE_COLUMNS, Place};
use dateline::ground::basemap::Basemap;
use geojson::{Feature, FeatureCollection, Geometry, JsonObject};
use serde_json::{Value, json};

use super::super::{Error, Outcome, write_whole};
use super::pick::Pick;

/// Flags of `gazetteer export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pick: Pick,
    /// CSV to edit and import again, or GeoJSON for a GIS
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// The admin areas instead of the places; as GeoJSON with their outlines
    #[arg(long, conflicts_with_all = ["admin1", "kind", "near", "name", "country"])]
    areas: bool,
    /// File to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Geojson,
}

/// Runs the command.
pub fn run(args: &ExportArgs) -> Result<Outcome, Error> {
    let names = args.pick.names()?;
    let gazetteer = names.gazetteer();
    let bytes = match (args.format, args.areas) {
        (Format::Csv, true) => area_table(gazetteer)?,
        (Format::Geojson, true) => collection(areas(gazetteer))?,
        (Format::Csv, false) => table(&args.pick.places(gazetteer)?)?,
        (Format::Geojson, false) => {
            collection(args.pick.places(gazetteer)?.into_iter().map(point))?
        }
    };
    match &args.out {
        Some(path) => write_whole(path, &bytes)?,
        None => stdout().lock().write_all(&bytes)?,
    }
    Ok(Outcome::Done)
}

fn bytes(table: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, Error> {
    table
        .into_inner()
        .map_err(|error| Error::Output(error.into_error()))
}

/// A number that is empty where it says nothing.
fn known(number: f64) -> String {
    if number == 0.0 {
        String::new()
    } else {
        number.to_string()
    }
}

fn table(places: &[Place<'_>]) -> Result<Vec<u8>, Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(PLACE_COLUMNS.into_iter().chain(["radius_km", "layers"]))?;
    for place in places {
        let row = place_row(*place, "");
        out.write_record([
            &row.id,
            &row.name,
            &row.lat.to_string(),
            &row.lon.to_string(),
            row.kind.label(),
            &row.admin1,
            &row.admin2,
            &place.country(),
            &known(f64::from(row.population)),
            &row.names_latin.join("|"),
            &row.names_arabic.join("|"),
            "",
            &known(row.radius_km),
            &row.layers.max(1).to_string(),
        ])?;
    }
    bytes(out)
}

fn area_table(gazetteer: &Gazetteer) -> Result<Vec<u8>, Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(ADMIN_COLUMNS)?;
    for area in gazetteer.admin_areas() {
        let row = admin_row(area, "");
        let centre =
            |degrees: fn((f64, f64)) -> f64| row.centre.map(|centre| degrees(centre).to_string());
        out.write_record([
            &row.id,
            &row.level.to_string(),
            &row.name,
            &row.name_ar,
            &row.names_latin.join("|"),
            &row.names_arabic.join("|"),
            &row.parent,
            &area.country(),
            &row.pcode,
            &centre(|(lat, _)| lat).unwrap_or_default(),
            &centre(|(_, lon)| lon).unwrap_or_default(),
            &known(row.radius_km),
        ])?;
    }
    bytes(out)
}

fn point(place: Place<'_>) -> Feature {
    let row = place_row(place, "");
    let properties = json!({
        "id": row.id,
        "name": row.name,
        "name_ar": row.names_arabic.first(),
        "kind": row.kind.label(),
        "admin1": place.admin1().map(|area| area.name()),
        "admin2": place.admin2().map(|area| area.name()),
        "country": place.country(),
        "population": place.population(),
        "names": place.names().collect::<Vec<_>>().join("|"),
        "radius_km": place.reach_km(),
    });
    feature(Some(Geometry::from(&place.point())), properties)
}

fn areas(gazetteer: &Gazetteer) -> impl Iterator<Item = Feature> {
    let grounds = Grounds::new(gazetteer, Basemap::embedded());
    gazetteer
        .admin_areas()
        .filter(|area| area.level() > 0)
        .map(move |area| {
            let properties = json!({
                "id": area.id(),
                "level": area.level(),
                "name": area.name(),
                "name_ar": area.name_arabic(),
                "names": area.names().collect::<Vec<_>>().join("|"),
                "parent": area.parent().map(|parent| parent.id()),
                "country": area.country(),
                "pcode": area.pcode(),
            });
            let outline = grounds.area(&area);
            feature(outline.map(|outline| Geometry::from(&*outline)), properties)
        })
}

fn feature(geometry: Option<Geometry>, properties: Value) -> Feature {
    let properties: Option<JsonObject> = match properties {
        Value::Object(properties) => Some(properties),
        _ => None,
    };
    Feature {
        bbox: None,
        geometry,
        id: None,
        properties,
        foreign_members: None,
    }
}

fn collection(features: impl IntoIterator<Item = Feature>) -> Result<Vec<u8>, Error> {
    let collection = FeatureCollection {
        bbox: None,
        features: features.into_iter().collect(),
        foreign_members: None,
    };
    let mut bytes = serde_json::to_vec(&collection)?;
    bytes.push(b'\n');
    Ok(bytes)
}
