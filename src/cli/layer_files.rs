//! The files of layers: GeoJSON, the style of each for QGIS, and if it is asked for all of them in one GeoPackage.

use dateline::layer::{Feature, FlowRow, IncidentAttributes, Layer};
use dateline::map::Looks;
use dateline::pipeline::Built;
use dateline::write::geopackage::{GeoPackage, GeoPackageError, Shape, Table};
use dateline::write::{OutputFiles, geojson, qgis};

use super::Error;

/// Adds the layers that the tables are enough for.
pub(super) fn add(built: &Built, geopackage: bool, files: &mut OutputFiles) -> Result<(), Error> {
    let layers = &built.layers;
    let looks = built.looks();
    let mut add = |name: &str, text: String, style: qgis::Style| {
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
    let flows = built
        .has_displacement
        .then(|| layers.flow_rows(|flow| looks.arrow(flow)));
    if let Some(flows) = &flows {
        add("flows", geojson("flows", flows)?, qgis::flows(&looks));
    }
    let places = geojson("places", &layers.places)?;
    add("places", places, qgis::places(&looks));
    if geopackage {
        let bytes = packed(built, &looks, flows.as_ref())?;
        files.add(format!("layers/{}.gpkg", built.stem()), bytes);
    }
    Ok(())
}

/// All layers in one file, those that lie under others first.
fn packed(
    built: &Built,
    looks: &Looks,
    flows: Option<&Layer<FlowRow, ()>>,
) -> Result<Vec<u8>, GeoPackageError> {
    let layers = &built.layers;
    let mut package = GeoPackage::new()?;
    if built.has_incidents {
        let density = &layers.density;
        let table = Table {
            name: density.style.rule.method.layer(),
            about: &density.style.rule.unit(),
            shape: Shape::Area,
            style: &qgis::density(looks, &density.style),
        };
        package.add(&table, density.features.iter())?;
        let is_point = |one: &&Feature<IncidentAttributes>| one.attributes.ground == "point";
        let incidents = layers.incidents.features.iter();
        let style = qgis::incidents(looks);
        let table = Table {
            name: "incident_areas",
            about: "Incidents known to an area or a circle, within which they were",
            shape: Shape::Area,
            style: &style,
        };
        package.add(&table, incidents.clone().filter(|one| !is_point(one)))?;
        let table = Table {
            name: "incidents",
            about: "Incidents known to the settlement",
            shape: Shape::Point,
            style: &style,
        };
        package.add(&table, incidents.filter(is_point))?;
        let table = Table {
            name: "clusters",
            about: "Incidents that lie close together",
            shape: Shape::Area,
            style: &qgis::clusters(looks),
        };
        package.add(&table, layers.clusters.features.iter())?;
    }
    if let Some(flows) = flows {
        let table = Table {
            name: "flows",
            about: "People displaced; without a line where an end is not known or both are one place",
            shape: Shape::Line,
            style: &qgis::flows(looks),
        };
        package.add(&table, flows.features.iter())?;
    }
    let table = Table {
        name: "places",
        about: "Places that the maps name",
        shape: Shape::Point,
        style: &qgis::places(looks),
    };
    package.add(&table, layers.places.features.iter())?;
    package.finish()
}
