//! All layers in one file: an OGC GeoPackage (version 1.3, OGC 12-128r17), with the styles that QGIS looks for.
//!
//! A layer of points and areas becomes two tables, since a table of a GeoPackage has one kind of geometry. Columns are
//! typed by what they mean, whether or not any feature has a value. Each table of features has the R-tree of the
//! standard's extension. The file is made in memory, in a fixed order and without a clock: the same layers are the same
//! bytes.

mod geometry;
mod index;

use geo::{BoundingRect, Rect};
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::{Map, Value};

use super::columns::{Cell, Column, Columns, Found, Kind};
use super::geojson::located;
use super::qgis::Style;
use crate::layer::Feature;

/// Tables that every GeoPackage has, and QGIS's table of styles.
const SCHEMA: &str = include_str!("schema.sql");

/// Time of the last change, in words of the standard: none is told, so that bytes stay the same.
const UNTOLD: &str = "1970-01-01T00:00:00.000Z";

/// WGS 84 by its number in the tables.
pub(super) const WGS_84: i32 = 4326;

/// A GeoPackage could not be made.
#[derive(Debug, thiserror::Error)]
pub enum GeoPackageError {
    /// What it is stored as could not be written.
    #[error("the GeoPackage cannot be made: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// An attribute has no plain value.
    #[error("the GeoPackage cannot be made: {0}")]
    Attribute(#[from] serde_json::Error),
}

/// What the geometries of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Points.
    Point,
    /// Lines, and nothing where there is none.
    Line,
    /// Areas.
    Area,
}

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Self::Point => "POINT",
            Self::Line => "LINESTRING",
            Self::Area => "MULTIPOLYGON",
        }
    }
}

/// A table of features.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it holds, for people.
    pub about: &'a str,
    /// What its geometries are.
    pub shape: Shape,
    /// How it looks in QGIS.
    pub style: &'a Style,
}

/// A GeoPackage in the making.
#[derive(Debug)]
pub struct GeoPackage {
    database: Connection,
}

impl GeoPackage {
    /// One without tables.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn new() -> Result<Self, GeoPackageError> {
        let database = Connection::open_in_memory()?;
        database.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")?;
        database.execute_batch(SCHEMA)?;
        Ok(Self { database })
    }

    /// Adds a table of features, in their order.
    ///
    /// # Errors
    /// Where an attribute is no plain value, or there is no memory.
    pub fn add<'f, A: Columns + 'f>(
        &mut self,
        table: &Table,
        features: impl Iterator<Item = &'f Feature<A>> + Clone,
    ) -> Result<(), GeoPackageError> {
        let rows = || {
            features.clone().map(|feature| {
                let attributes = serde_json::to_value(&feature.attributes)?;
                let Value::Object(attributes) = attributes else {
                    return Ok((feature, Map::new()));
                };
                Ok::<_, serde_json::Error>((feature, attributes))
            })
        };
        let mut found = Found::new(A::COLUMNS);
        for row in rows() {
            for name in row?.1.keys() {
                found.at(name);
            }
        }
        let columns = found.columns();
        self.create(table, columns)?;
        let mut bounds: Option<Rect> = None;
        {
            let marks = vec!["?"; columns.len() + 1].join(", ");
            let insert = format!("INSERT INTO {} VALUES (NULL, {marks})", quoted(table.name));
            let mut insert = self.database.prepare(&insert)?;
            for row in rows() {
                let (feature, attributes) = row?;
                let shape = located(&feature.geometry);
                bounds = union(bounds, shape.as_ref().and_then(BoundingRect::bounding_rect));
                let blob = shape.map_or(Stored::Null, |shape| Stored::Blob(geometry::blob(&shape)));
                let cells = columns
                    .iter()
                    .map(|column| stored(column.cell(&attributes)));
                insert.execute(params_from_iter(std::iter::once(blob).chain(cells)))?;
            }
        }
        self.describe(table, bounds)?;
        index::create(&self.database, table.name)?;
        Ok(())
    }

    fn create(&self, table: &Table, columns: &[Column]) -> Result<(), GeoPackageError> {
        let columns = columns.iter().map(|column| {
            let (name, kind) = (quoted(&column.name), sql(column.kind));
            format!(", {name} {kind}")
        });
        self.database.execute_batch(&format!(
            "CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {}{})",
            quoted(table.name),
            table.shape.name(),
            columns.collect::<String>()
        ))?;
        Ok(())
    }

    /// Enters a table into those about tables.
    fn describe(&self, table: &Table, bounds: Option<Rect>) -> Result<(), GeoPackageError> {
        let Table {
            name,
            about,
            shape,
            style,
        } = table;
        let edge = |edge: fn(&Rect) -> f64| bounds.as_ref().map(edge);
        self.database.execute(
            "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                name,
                name,
                about,
                UNTOLD,
                edge(|rect| rect.min().x),
                edge(|rect| rect.min().y),
                edge(|rect| rect.max().x),
                edge(|rect| rect.max().y),
                WGS_84
            ],
        )?;
        self.database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
            params![name, shape.name(), WGS_84],
        )?;
        self.database.execute(
            "INSERT INTO layer_styles VALUES (NULL, '', '', ?, 'geom', ?, ?, '', 1, ?, '', NULL, ?)",
            params![name, name, style.of_table().qml(), "as on the map", UNTOLD],
        )?;
        Ok(())
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// Where there is no memory.
    pub fn finish(mut self) -> Result<Vec<u8>, GeoPackageError> {
        self.database.execute_batch("COMMIT")?;
        Ok(self.database.serialize("main")?.to_vec())
    }
}

/// The type of a column.
fn sql(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Whole => "INTEGER",
        Kind::Number => "REAL",
        Kind::Flag => "BOOLEAN",
        Kind::Date => "DATE",
    }
}

fn stored(cell: Cell) -> Stored {
    match cell {
        Cell::Null => Stored::Null,
        Cell::Text(text) | Cell::Date(text) => Stored::Text(text.to_owned()),
        Cell::Whole(number) => Stored::Integer(number),
        Cell::Number(number) => Stored::Real(number),
        Cell::Flag(flag) => Stored::Integer(i64::from(flag)),
    }
}

fn union(a: Option<Rect>, b: Option<Rect>) -> Option<Rect> {
    let (Some(a), Some(b)) = (a, b) else {
        return a.or(b);
    };
    let min = |f: fn(&Rect) -> f64| f(&a).min(f(&b));
    let max = |f: fn(&Rect) -> f64| f(&a).max(f(&b));
    Some(Rect::new(
        (min(|r| r.min().x), min(|r| r.min().y)),
        (max(|r| r.max().x), max(|r| r.max().y)),
    ))
}

/// A name as it stands in SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
