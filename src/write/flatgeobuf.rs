//! A layer as FlatGeobuf (version 3): columns with types, and a packed Hilbert R-tree, by which a GIS or a web map reads
//! what is in view and no more. For layers that are too large for GeoJSON.
//!
//! A file has one kind of geometry, so that a layer of points and areas makes two. Features stand in the order of the
//! Hilbert curve, which is that of the layer where they share a place: the same layer gives the same bytes. What has no
//! place cannot be found by one, and is left to the other formats. Days are dates with a time of midnight, for the format
//! knows no days.

use std::io::{BufWriter, Write};
use std::path::Path;

use flatgeobuf::geozero::{ColumnValue, PropertyProcessor};
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geo::Geometry;
use serde_json::{Map, Value};

use super::WriteError;
use super::columns::{Cell, Columns, Found, Kind};
use super::files::StagedFile;
use super::geojson::located;
use super::geopackage::Shape;
use crate::layer::Feature;

/// A FlatGeobuf file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FlatGeobufError {
    /// What it is collected in could not be written.
    #[error(
        "the FlatGeobuf file cannot be made: {0}. Features are collected in the folder for temporary files: see that it has room"
    )]
    Collect(#[from] flatgeobuf::Error),
    /// A feature cannot be written.
    #[error("the FlatGeobuf file cannot be made: {0}")]
    Feature(#[from] flatgeobuf::geozero::error::GeozeroError),
    /// An attribute has no plain value.
    #[error("the FlatGeobuf file cannot be made: {0}")]
    Attribute(#[from] serde_json::Error),
    /// It could not be put where it belongs.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// A feature, ready to be written: what can be worked out on several threads.
#[derive(Debug)]
pub struct Row {
    shape: Geometry,
    attributes: Map<String, Value>,
}

impl Row {
    /// Of a feature, if it has a place.
    ///
    /// # Errors
    /// Where an attribute cannot be written.
    pub fn of<A: Columns>(feature: &Feature<A>) -> Result<Option<Self>, serde_json::Error> {
        let Some(shape) = located(&feature.geometry) else {
            return Ok(None);
        };
        let attributes = match serde_json::to_value(&feature.attributes)? {
            Value::Object(attributes) => attributes,
            _ => Map::new(),
        };
        Ok(Some(Self { shape, attributes }))
    }

    /// Whether it is an area.
    pub fn is_area(&self) -> bool {
        matches!(self.shape, Geometry::Polygon(_) | Geometry::MultiPolygon(_))
    }
}

/// A file in the making: of each feature some 200 bytes stay in memory, the others are in a temporary file.
pub struct FlatGeobuf {
    name: String,
    shape: Shape,
    columns: Found,
    /// There is none before the first feature.
    writer: Option<FgbWriter<'static>>,
}

impl FlatGeobuf {
    /// One without features. `name` is that of the layer.
    pub fn new<A: Columns>(name: &str, shape: Shape) -> Self {
        Self {
            name: name.to_owned(),
            shape,
            columns: Found::new(A::COLUMNS),
            writer: None,
        }
    }

    /// Adds a feature.
    ///
    /// # Errors
    /// Where there is no room for it, or it is not of the file's kind.
    pub fn add(&mut self, row: &Row) -> Result<(), FlatGeobufError> {
        let places: Vec<usize> = row
            .attributes
            .keys()
            .map(|key| self.columns.at(key))
            .collect();
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(begin(&self.name, self.shape, true)?),
        };
        let columns = self.columns.columns();
        let mut failed = None;
        writer.add_feature_geom(row.shape.clone(), |feature| {
            for (value, at) in row.attributes.values().zip(places) {
                let kind = columns.get(at).map_or(Kind::Text, |column| column.kind);
                let value = match kind.cell(value) {
                    Cell::Null => continue,
                    Cell::Text(text) => ColumnValue::String(text),
                    Cell::Date(day) => ColumnValue::DateTime(day),
                    Cell::Whole(number) => ColumnValue::Long(number),
                    Cell::Number(number) => ColumnValue::Double(number),
                    Cell::Flag(flag) => ColumnValue::Bool(flag),
                };
                failed = feature.property(at, "", &value).err().or(failed.take());
            }
        })?;
        failed.map_or(Ok(()), |error| Err(error.into()))
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(self, out: impl Write) -> Result<(), FlatGeobufError> {
        let mut writer = match self.writer {
            Some(writer) => writer,
            // An index of nothing cannot be read.
            None => begin(&self.name, self.shape, false)?,
        };
        for column in self.columns.columns() {
            let kind = match column.kind {
                Kind::Text => ColumnType::String,
                Kind::Whole => ColumnType::Long,
                Kind::Number => ColumnType::Double,
                Kind::Flag => ColumnType::Bool,
                Kind::Date => ColumnType::DateTime,
            };
            writer.add_column(&column.name, kind, |_, _| {});
        }
        Ok(writer.write(out)?)
    }

    /// Writes the file to its place: whole, or not at all.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn save(self, path: &Path) -> Result<(), FlatGeobufError> {
        let mut file = StagedFile::create(path)?;
        self.write(BufWriter::new(file.inner()))?;
        Ok(file.finish()?)
    }
}

/// A layer as the bytes of a file: those of its features that have a place.
///
/// # Errors
/// Where there is no room for it, or a feature is not of the file's kind.
pub fn flatgeobuf<'f, A: Columns + 'f>(
    name: &str,
    shape: Shape,
    features: impl Iterator<Item = &'f Feature<A>>,
) -> Result<Vec<u8>, FlatGeobufError> {
    let mut file = FlatGeobuf::new::<A>(name, shape);
    for feature in features {
        if let Some(row) = Row::of(feature)? {
            file.add(&row)?;
        }
    }
    let mut bytes = Vec::new();
    file.write(&mut bytes)?;
    Ok(bytes)
}

fn begin(
    name: &str,
    shape: Shape,
    write_index: bool,
) -> Result<FgbWriter<'static>, flatgeobuf::Error> {
    let kind = match shape {
        Shape::Point => GeometryType::Point,
        Shape::Line => GeometryType::LineString,
        Shape::Area => GeometryType::MultiPolygon,
    };
    let options = FgbWriterOptions {
        write_index,
        crs: FgbCrs {
            org: Some("EPSG"),
            code: super::geopackage::WGS_84,
            name: Some("WGS 84"),
            ..FgbCrs::default()
        },
        ..FgbWriterOptions::default()
    };
    FgbWriter::create_with_options(name, kind, options)
}
