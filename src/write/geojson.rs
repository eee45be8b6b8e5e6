//! A layer as GeoJSON (RFC 7946): longitude and latitude with six decimals, exterior rings counter-clockwise, a bounding
//! box, and no `crs`.

use std::path::Path;

use geo::{
    BoundingRect, Coord, Geometry, MapCoords, MultiPolygon, Orient, Rect, orient::Direction,
};
use geojson::{FeatureCollection, JsonObject};
use serde::Serialize;

use super::WriteError;
use super::files::StagedFile;
use super::lines::line;
use crate::layer::{Feature, IncidentAttributes, Layer};

/// The layer as the bytes of a GeoJSON file, one feature a line.
///
/// `name` becomes the collection's `name`, which a GIS shows as the layer's name.
///
/// # Errors
/// Where an attribute cannot be written as JSON.
pub fn geojson<A: Serialize, S>(
    name: &str,
    layer: &Layer<A, S>,
) -> Result<Vec<u8>, serde_json::Error> {
    let boxes = layer.features.iter();
    let bbox = boxes
        .map(|one| one.geometry.bounding_rect())
        .fold(None, both)
        .map(|rect| {
            [rect.min().x, rect.min().y, rect.max().x, rect.max().y]
                .map(six)
                .to_vec()
        });
    let mut members = JsonObject::new();
    members.insert("name".into(), name.into());
    let head = FeatureCollection {
        bbox,
        features: Vec::new(),
        foreign_members: Some(members),
    };
    // One feature a line reads well in an editor and in a diff.
    let head = serde_json::to_string(&head)?;
    let (before, after) = head.split_once("[]").unwrap_or((&head, ""));
    let mut text = format!("{before}[\n").into_bytes();
    for (i, feature) in layer.features.iter().enumerate() {
        if i > 0 {
            text.extend(b",\n");
        }
        serde_json::to_writer(&mut text, &Line::of(feature))?;
    }
    text.extend(format!("\n]{after}\n").bytes());
    Ok(text)
}

/// Incidents as lines of a file that is written as they are made.
#[derive(Debug, Default)]
pub struct Lines {
    text: Vec<u8>,
    bbox: Option<Rect>,
}

impl Lines {
    /// Of some features.
    ///
    /// # Errors
    /// Where an attribute cannot be written as JSON.
    pub fn of(features: &[Feature<IncidentAttributes>]) -> Result<Self, serde_json::Error> {
        let mut lines = Self::default();
        for feature in features {
            if !lines.text.is_empty() {
                lines.text.extend(b",\n");
            }
            line(feature, &mut lines.text)?;
        }
        let boxes = features.iter().map(|one| one.geometry.bounding_rect());
        lines.bbox = boxes.fold(None, both);
        Ok(lines)
    }
}

fn both(a: Option<Rect>, b: Option<Rect>) -> Option<Rect> {
    a.into_iter().chain(b).reduce(|a, b| {
        Rect::new(
            Coord {
                x: a.min().x.min(b.min().x),
                y: a.min().y.min(b.min().y),
            },
            Coord {
                x: a.max().x.max(b.max().x),
                y: a.max().y.max(b.max().y),
            },
        )
    })
}

/// A layer that is written as its features are made: its bounding box comes last.
pub struct LayerFile {
    file: StagedFile,
    any: bool,
    bbox: Option<Rect>,
}

impl LayerFile {
    /// Starts one.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub fn create(path: &Path, name: &str) -> Result<Self, WriteError> {
        let mut file = StagedFile::create(path)?;
        let name = serde_json::Value::from(name);
        let head = format!("{{\"type\":\"FeatureCollection\",\"name\":{name},\"features\":[\n");
        file.append(head.as_bytes())?;
        Ok(Self {
            file,
            any: false,
            bbox: None,
        })
    }

    /// Writes features.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn append(&mut self, lines: &Lines) -> Result<(), WriteError> {
        if lines.text.is_empty() {
            return Ok(());
        }
        if self.any {
            self.file.append(b",\n")?;
        }
        self.any = true;
        self.bbox = both(self.bbox, lines.bbox);
        self.file.append(&lines.text)
    }

    /// Ends it and puts it where it belongs.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn finish(mut self) -> Result<(), WriteError> {
        let bbox = self.bbox.map(|rect| {
            let sides = [rect.min().x, rect.min().y, rect.max().x, rect.max().y];
            format!(",\"bbox\":{}", serde_json::json!(sides.map(six)))
        });
        let tail = format!("\n]{}}}\n", bbox.unwrap_or_default());
        self.file.append(tail.as_bytes())?;
        self.file.finish()
    }
}

/// A feature as it stands in the file: attributes go straight to text, without a table of values in between.
#[derive(Serialize)]
#[serde(tag = "type", rename = "Feature")]
pub(super) struct Line<'a, A> {
    geometry: Option<geojson::Geometry>,
    properties: &'a A,
}

impl<'a, A> Line<'a, A> {
    pub(super) fn of(feature: &'a Feature<A>) -> Self {
        Self {
            geometry: located(&feature.geometry).map(|shape| (&shape).into()),
            properties: &feature.attributes,
        }
    }

    pub(super) fn geometry(&self) -> &Option<geojson::Geometry> {
        &self.geometry
    }
}

/// A geometry as layers are written. What has no place on the ground has none: `null`.
pub(super) fn located(shape: &Geometry) -> Option<Geometry> {
    match shape {
        Geometry::GeometryCollection(all) if all.is_empty() => None,
        shape => Some(right_handed(shape)),
    }
}

/// Rounded to six decimals (about 0.1 m), exterior rings counter-clockwise, holes clockwise.
fn right_handed(geometry: &Geometry) -> Geometry {
    let rounded = geometry.map_coords(|c| Coord {
        x: six(c.x),
        y: six(c.y),
    });
    match rounded {
        Geometry::Polygon(polygon) => polygon.orient(Direction::Default).into(),
        Geometry::MultiPolygon(MultiPolygon(polygons)) => MultiPolygon(
            polygons
                .iter()
                .map(|polygon| polygon.orient(Direction::Default))
                .collect(),
        )
        .into(),
        other => other,
    }
}

pub(super) fn six(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use geo::{Winding, polygon};

    use super::*;

    #[derive(Serialize)]
    struct Name {
        name: &'static str,
    }

    #[test]
    fn follows_rfc_7946() {
        let clockwise =
            polygon![(x: 36.0, y: 35.0), (x: 36.0, y: 36.123_456_78), (x: 37.0, y: 36.0)];
        let layer = Layer {
            features: vec![Feature {
                geometry: clockwise.into(),
                attributes: Name { name: "a" },
            }],
            style: (),
        };
        let text = String::from_utf8(geojson("areas", &layer).unwrap()).unwrap();
        let read: FeatureCollection = text.parse().unwrap();
        assert_eq!(read.bbox, Some(vec![36.0, 35.0, 37.0, 36.123_457]));
        assert!(!text.contains("crs"));
        let geometry: Geometry = read.features[0]
            .geometry
            .clone()
            .unwrap()
            .try_into()
            .unwrap();
        let Geometry::Polygon(polygon) = geometry else {
            panic!("not a polygon")
        };
        assert!(polygon.exterior().is_ccw());
        assert_eq!(read.features[0].property("name").unwrap(), "a");
    }

    #[test]
    fn an_empty_layer_is_a_valid_collection() {
        let layer: Layer<Name, ()> = Layer {
            features: vec![],
            style: (),
        };
        let text = geojson("none", &layer).unwrap();
        let read: FeatureCollection = serde_json::from_slice(&text).unwrap();
        assert!(read.features.is_empty() && read.bbox.is_none());
    }
}
