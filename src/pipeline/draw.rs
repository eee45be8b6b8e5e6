//! Layers → pictures, and the text beside each.

use std::time::Instant;

use rayon::prelude::*;

use super::{Built, MapKind, PictureFormat, PipelineError, Settings, Timings};
use crate::draw::{Lettering, Scene, pdf, png, svg};
use crate::ground::Projection;
use crate::ground::basemap::Basemap;
use crate::map::{
    Georeference, LabelCount, Map, MapSpec, Needs, Rect, density_map, density_needs, flow_map,
    flow_needs, toll_map, toll_needs,
};
use crate::write::{Beside, density_caption, flow_caption, toll_caption};

/// A finished picture, or the text beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Name of its file.
    pub name: String,
    /// What is in the file.
    pub bytes: Vec<u8>,
}

/// What is to be known of a map besides its picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// What kind of map it is.
    pub kind: MapKind,
    /// What stands for it where it cannot be seen.
    pub alt: String,
    /// What the pictures show.
    pub scene: Scene,
    /// Where on the page the ground is.
    pub frame: Rect,
    /// What became of its labels.
    pub labels: LabelCount,
    /// Where on the ground its picture's pixels are.
    pub georeference: Georeference,
}

/// The pictures of one job, and what is to be known of each map.
pub type Pictures = (Vec<Picture>, std::collections::BTreeMap<String, Drawn>);

/// Draws those of the maps that the tables are enough for, in every format asked for, and writes a caption for each.
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
    let mut maps: Vec<(MapKind, String, Map)> = Vec::new();
    let mut captions = Vec::new();
    let mut alts = Vec::new();
    for kind in &settings.maps {
        let Some(spec) = spec(built, *kind) else {
            continue;
        };
        let draw = match kind {
            MapKind::Density => density_map,
            MapKind::Killed => toll_map,
            MapKind::Displacement => flow_map,
        };
        let start = Instant::now();
        let map = draw(&spec, &built.layers, basemap)?;
        timings.add("layout", map.layout);
        timings.add("draw", start.elapsed().saturating_sub(map.layout));
        let name = format!("{stem}_{}", kind.name());
        let Beside { text, alt } = caption(built, settings, *kind, &spec)?;
        captions.push(Picture {
            name: format!("{name}.md"),
            bytes: text.into_bytes(),
        });
        alts.push(alt);
        maps.push((*kind, name, map));
    }
    let work: Vec<_> = maps
        .iter()
        .flat_map(|map| settings.formats.iter().map(move |format| (map, *format)))
        .collect();
    let picture = |((_, name, map), format): &(&(MapKind, String, Map), PictureFormat)| {
        picture(name, &map.scene, *format, settings.text, built)
    };
    let encode = || match work.as_slice() {
        // The thread that draws a map has at hand what its picture is made of.
        [one] => Ok(vec![picture(one)?]),
        all => all.par_iter().map(picture).collect(),
    };
    let mut pictures = timings.time::<Result<Vec<_>, _>>("encode", encode)?;
    pictures.extend(captions);
    if settings.world_file && settings.formats.contains(&PictureFormat::Png) {
        let beside = maps.iter().flat_map(|(_, name, map)| {
            let files = map.georeference.files().into_iter();
            files.map(move |(ending, text)| Picture {
                name: format!("{name}.{ending}"),
                bytes: text.into_bytes(),
            })
        });
        pictures.extend(beside);
    }
    let drawn = maps.into_iter().zip(alts).map(|((kind, name, map), alt)| {
        let drawn = Drawn {
            kind,
            alt,
            scene: map.scene,
            frame: map.frame,
            labels: map.labels,
            georeference: map.georeference,
        };
        (name, drawn)
    });
    Ok((pictures, drawn.collect()))
}

/// The text beside a map.
fn caption(
    built: &Built,
    settings: &Settings,
    kind: MapKind,
    spec: &MapSpec,
) -> Result<Beside, PipelineError> {
    let projection = Projection::for_extent(spec.projection, &spec.extent)?;
    // Sources of the tables are listed one by one; a credit line of the user's own is added.
    let credit = settings.credit.as_slice();
    let text = match kind {
        MapKind::Density => density_caption,
        MapKind::Killed => toll_caption,
        MapKind::Displacement => flow_caption,
    };
    Ok(text(spec, &built.layers, projection.name(), credit))
}

/// What a kind of map is to be; `None` where there is no table for it.
fn spec(built: &Built, kind: MapKind) -> Option<MapSpec> {
    let (given, spec, sources) = match kind {
        MapKind::Density | MapKind::Killed => {
            (built.has_incidents, &built.spec, &built.incident_sources)
        }
        MapKind::Displacement => (
            built.has_displacement,
            &built.flow_spec,
            &built.displacement_sources,
        ),
    };
    let mut spec = spec.clone();
    // The settings' own credit line stands for both maps; else each names its own sources.
    if spec.sources.is_empty() {
        spec.sources.clone_from(sources);
    }
    spec.common = built.commons.get(&kind).cloned();
    given.then_some(spec)
}

/// What a kind of map needs of its page; `None` where there is no table for it.
pub(super) fn needs(built: &Built, kind: MapKind) -> Result<Option<Needs>, PipelineError> {
    let needs = match kind {
        MapKind::Density => density_needs,
        MapKind::Killed => toll_needs,
        MapKind::Displacement => flow_needs,
    };
    let spec = spec(built, kind);
    Ok(spec.map(|spec| needs(&spec, &built.layers)).transpose()?)
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
