//! The files of layers: GeoJSON, the style of each for QGIS, and if they are asked for all of them in one GeoPackage, or
//! each as FlatGeobuf.

use std::path::Path;

use dateline::layer::{Feature, FlowRow, IncidentAttributes, Layer, TollAttributes};
use dateline::map::{Looks, TollScale};
use dateline::pipeline::{Built, MapKind, Settings};
use dateline::write::flatgeobuf::{FlatGeobuf, FlatGeobufError, Row, flatgeobuf};
use dateline::write::geopackage::{GeoPackage, Shape, Table};
use dateline::write::{Columns, OutputFiles, geojson, qgis};

use super::Error;
use super::layers::FILES;

/// Adds the layers that the tables are enough for.
pub(super) fn add(
    built: &Built,
    settings: &Settings,
    files: &mut OutputFiles,
) -> Result<(), Error> {
    let layers = &built.layers;
    let looks = built.looks();
    let mut add = |name: &str, text: Vec<u8>, style: qgis::Style| {
        files.add(format!("layers/{name}.geojson"), text);
        files.add(format!("layers/{name}.qml"), style.qml());
    };
    let density = layers.density.style.rule.method.layer();
    if built.has_incidents {
        let incidents = geojson("incidents", &layers.incidents)?;
        add("incidents", incidents, qgis::incidents(&looks));
        let clusters = geojson("clusters", &layers.clusters)?;
        add("clusters", clusters, qgis::clusters(&looks));
        let style = qgis::density(&looks, &layers.density.style);
        add(density, geojson(density, &layers.density)?, style);
    }
    let is_drawn = |kind| settings.maps.contains(&kind);
    let tolls = (built.has_incidents && is_drawn(MapKind::Killed)).then(|| built.tolls());
    if let Some((tolls, scale)) = &tolls {
        add(
            "tolls",
            geojson("tolls", tolls)?,
            qgis::tolls(&looks, scale),
        );
    }
    let flows = built.has_displacement.then(|| {
        [
            layers.flow_rows(|flow| looks.arrow(flow)),
            layers.open_flow_rows(),
        ]
    });
    if let Some([flows, open]) = &flows {
        add("flows", geojson("flows", flows)?, qgis::flows(&looks));
        let style = qgis::open_flows(&looks);
        add("open_flows", geojson("open_flows", open)?, style);
    }
    let made = Made { flows, tolls };
    let places = geojson("places", &layers.places)?;
    add("places", places, qgis::places(&looks));
    if settings.geopackage {
        let mut package = GeoPackage::new()?;
        tables(built, &looks, &made, &mut package)?;
        files.add(format!("layers/{}.gpkg", built.stem()), package.finish()?);
    }
    if settings.flatgeobuf {
        tables(built, &looks, &made, files)?;
    }
    Ok(())
}

/// Layers that are made only to be written, where there is something for them.
struct Made {
    flows: Option<[Layer<FlowRow, ()>; 2]>,
    tolls: Option<(Layer<TollAttributes, ()>, TollScale)>,
}

/// What takes layers of which each has one kind of geometry.
trait Tables {
    fn add<'f, A: Columns + 'f>(
        &mut self,
        table: &Table,
        features: impl Iterator<Item = &'f Feature<A>> + Clone,
    ) -> Result<(), Error>;
}

impl Tables for GeoPackage {
    fn add<'f, A: Columns + 'f>(
        &mut self,
        table: &Table,
        features: impl Iterator<Item = &'f Feature<A>> + Clone,
    ) -> Result<(), Error> {
        Ok(self.add(table, features)?)
    }
}

/// As FlatGeobuf, each beside a style of its name.
impl Tables for OutputFiles {
    fn add<'f, A: Columns + 'f>(
        &mut self,
        table: &Table,
        features: impl Iterator<Item = &'f Feature<A>> + Clone,
    ) -> Result<(), Error> {
        let Table { name, style, .. } = table;
        let bytes = flatgeobuf(name, table.shape, features)?;
        self.add(format!("layers/{name}.fgb"), bytes);
        self.add(format!("layers/{name}.qml"), style.qml());
        Ok(())
    }
}

/// Incidents as FlatGeobuf, taken as they are made.
pub(super) struct Incidents {
    points: FlatGeobuf,
    areas: FlatGeobuf,
}

impl Incidents {
    pub fn new() -> Self {
        Self {
            points: FlatGeobuf::new::<IncidentAttributes>("incidents", Shape::Point),
            areas: FlatGeobuf::new::<IncidentAttributes>("incident_areas", Shape::Area),
        }
    }

    pub fn add(&mut self, rows: &[Row]) -> Result<(), FlatGeobufError> {
        rows.iter().try_for_each(|row| match row.is_area() {
            true => self.areas.add(row),
            false => self.points.add(row),
        })
    }

    /// Writes both below a folder.
    pub fn save(self, folder: &Path) -> Result<(), FlatGeobufError> {
        let [_, _, points, areas] = FILES;
        self.points.save(&folder.join(points))?;
        self.areas.save(&folder.join(areas))
    }
}

/// Layers of one kind of geometry, those that lie under others first.
fn tables(built: &Built, looks: &Looks, made: &Made, to: &mut impl Tables) -> Result<(), Error> {
    let layers = &built.layers;
    if built.has_incidents {
        let density = &layers.density;
        let table = Table {
            name: density.style.rule.method.layer(),
            about: &density.style.rule.unit(),
            shape: Shape::Area,
            style: &qgis::density(looks, &density.style),
        };
        to.add(&table, density.features.iter())?;
        let is_point = |one: &&Feature<IncidentAttributes>| one.attributes.ground == "point";
        let incidents = layers.incidents.features.iter();
        let style = qgis::incidents(looks);
        let table = Table {
            name: "incident_areas",
            about: "Incidents known to an area or a circle, within which they were",
            shape: Shape::Area,
            style: &style,
        };
        to.add(&table, incidents.clone().filter(|one| !is_point(one)))?;
        let table = Table {
            name: "incidents",
            about: "Incidents known to the settlement",
            shape: Shape::Point,
            style: &style,
        };
        to.add(&table, incidents.filter(is_point))?;
        let table = Table {
            name: "clusters",
            about: "Incidents that lie close together",
            shape: Shape::Area,
            style: &qgis::clusters(looks),
        };
        to.add(&table, layers.clusters.features.iter())?;
    }
    if let Some((tolls, scale)) = &made.tolls {
        let is_point = |one: &&Feature<TollAttributes>| one.attributes.ground == "point";
        let style = qgis::tolls(looks, scale);
        let table = Table {
            name: "toll_areas",
            about: "People killed somewhere in an area or a circle",
            shape: Shape::Area,
            style: &style,
        };
        to.add(&table, tolls.features.iter().filter(|one| !is_point(one)))?;
        let table = Table {
            name: "tolls",
            about: "People killed, by place",
            shape: Shape::Point,
            style: &style,
        };
        to.add(&table, tolls.features.iter().filter(is_point))?;
    }
    if let Some([flows, open]) = &made.flows {
        let table = Table {
            name: "flows",
            about: "People displaced; without a line where no end is known or both are one place",
            shape: Shape::Line,
            style: &qgis::flows(looks),
        };
        to.add(&table, flows.features.iter())?;
        let table = Table {
            name: "open_flows",
            about: "People displaced of whom one end of the way is known",
            shape: Shape::Point,
            style: &qgis::open_flows(looks),
        };
        to.add(&table, open.features.iter())?;
    }
    let table = Table {
        name: "places",
        about: "Places that the maps name",
        shape: Shape::Point,
        style: &qgis::places(looks),
    };
    to.add(&table, layers.places.features.iter())
}
