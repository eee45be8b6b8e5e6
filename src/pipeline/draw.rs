//! Layers → pictures.

use rayon::prelude::*;

use super::{Built, MapKind, PictureFormat, PipelineError, Settings, Timings};
use crate::draw::{Lettering, Scene, pdf, png, svg};
use crate::ground::basemap::Basemap;
use crate::map::{LabelCount, Map, MapSpec, density_map, flow_map, toll_map};

/// A finished picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Name of its file.
    pub name: String,
    /// What is in the file.
    pub bytes: Vec<u8>,
}

/// The pictures of one job, and by picture what became of its labels.
pub type Pictures = (Vec<Picture>, std::collections::BTreeMap<String, LabelCount>);

/// Draws those of the maps that the tables are enough for, in every format asked for.
///
/// # Errors
/// Where the page has no room for a map, or a name cannot be written with the embedded fonts.
pub fn draw(
    built: &Built,
    settings: &Settings,
    basemap: &Basemap,
    timings: &mut Timings,
) -> Result<Pictures, PipelineError> {
    let stem = built.stem();
    // The settings' own credit line stands for both maps; else each names its own sources.
    let credited = |spec: &MapSpec, sources: &[String]| {
        let mut spec = spec.clone();
        if spec.sources.is_empty() {
            spec.sources = sources.to_vec();
        }
        spec
    };
    let mut maps: Vec<(String, Map)> = Vec::new();
    for kind in &settings.maps {
        let (given, spec) = match kind {
            MapKind::Density | MapKind::Killed => (
                built.has_incidents,
                credited(&built.spec, &built.incident_sources),
            ),
            MapKind::Displacement => (
                built.has_displacement,
                credited(&built.flow_spec, &built.displacement_sources),
            ),
        };
        if !given {
            continue;
        }
        let draw = match kind {
            MapKind::Density => density_map,
            MapKind::Killed => toll_map,
            MapKind::Displacement => flow_map,
        };
        let map = timings.time("draw", || draw(&spec, &built.layers, basemap))?;
        maps.push((format!("{stem}_{}", kind.name()), map));
    }
    let work: Vec<_> = maps
        .iter()
        .flat_map(|map| settings.formats.iter().map(move |format| (map, *format)))
        .collect();
    let encode = || {
        work.par_iter()
            .map(|((name, map), format)| picture(name, &map.scene, *format, settings.text, built))
            .collect()
    };
    let pictures = timings.time::<Result<Vec<_>, _>>("encode", encode)?;
    Ok((
        pictures,
        maps.into_iter()
            .map(|(name, map)| (name, map.labels))
            .collect(),
    ))
}

fn picture(
    name: &str,
    scene: &Scene,
    format: PictureFormat,
    text: Lettering,
    built: &Built,
) -> Result<Picture, PipelineError> {
    let bytes = match format {
        PictureFormat::Png => png(scene, built.spec.page.scale)?,
        PictureFormat::Svg => svg(scene, text)?.into_bytes(),
        PictureFormat::Pdf => pdf(scene, text)?,
    };
    Ok(Picture {
        name: format!("{name}.{}", format.extension()),
        bytes,
    })
}
