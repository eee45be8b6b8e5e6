//! A layer as GeoJSON (RFC 7946): longitude and latitude with six decimals, exterior rings counter-clockwise, a bounding
//! box, and no `crs`.

use geo::{
    BoundingRect, Coord, Geometry, MapCoords, MultiPolygon, Orient, Rect, orient::Direction,
};
use geojson::{FeatureCollection, JsonObject};
use serde::Serialize;

use crate::layer::{Feature, Layer};

/// The layer as the text of a GeoJSON file, one feature a line.
///
/// `name` becomes the collection's `name`, which a GIS shows as the layer's name.
///
/// # Errors
/// Where an attribute cannot be written as JSON.
pub fn geojson<A: Serialize, S>(
    name: &str,
    layer: &Layer<A, S>,
) -> Result<String, serde_json::Error> {
    let bbox = layer
        .features
        .iter()
        .filter_map(|feature| feature.geometry.bounding_rect())
        .reduce(|a, b| {
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
    let lines = layer
        .features
        .iter()
        .map(|feature| serde_json::to_string(&Line::of(feature)))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(head.replacen(
        "\"features\":[]",
        &format!("\"features\":[\n{}\n]", lines.join(",\n")),
        1,
    ) + "\n")
}

/// A feature as it stands in the file: attributes go straight to text, without a table of values in between.
#[derive(Serialize)]
#[serde(tag = "type", rename = "Feature")]
struct Line<'a, A> {
    geometry: Option<geojson::Geometry>,
    properties: &'a A,
}

impl<'a, A> Line<'a, A> {
    fn of(feature: &'a Feature<A>) -> Self {
        // What has no place on the ground has no geometry: `null`.
        let located =
            !matches!(&feature.geometry, Geometry::GeometryCollection(all) if all.is_empty());
        Self {
            geometry: located.then(|| (&right_handed(&feature.geometry)).into()),
            properties: &feature.attributes,
        }
    }
}

/// Rounded to six decimals (about 0.1 m), exterior rings counter-clockwise, holes clockwise.
pub(super) fn right_handed(geometry: &Geometry) -> Geometry {
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

fn six(degrees: f64) -> f64 {
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
        let text = geojson("areas", &layer).unwrap();
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
        let read: FeatureCollection = geojson("none", &layer).unwrap().parse().unwrap();
        assert!(read.features.is_empty() && read.bbox.is_none());
    }
}
