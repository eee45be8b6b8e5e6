//! The map of incidents: density, clusters, and every incident by what is known of its place.

use std::time::Duration;

use itertools::Itertools;

use super::circles::{circle_scale, circles, draw_clusters};
use super::compose::Stage;
use super::incident_names::{self, Drawn};
use super::incidents::{Symbols, Tally};
use super::ink::InkTable;
use super::legend::{Block, CircleLook, Symbol, number};
use super::names::LabelCount;
use super::plot::{Marks, area, outcome};
use super::setting::Needs;
use super::symbols::Crowd;
use super::timeline::busiest;
use super::vague::{self, Hatched};
use super::{Georeference, MapError, MapSpec, Rect, Theme, base, mosaic, words};
use crate::draw::{Canvas, Fill, MissingGlyph, Path, Pt, Scene, Stroke};
use crate::ground::basemap::Basemap;
use crate::layer::{ClusterRule, ClusterWeight, DensityMethod, LayerSet};
use crate::record::{Footprint, counted, thousands};

/// A map that is drawn, and what became of its names.
#[derive(Clone, Debug)]
pub struct Map {
    /// The picture.
    pub scene: Scene,
    /// How many names it should have had, and which found no room.
    pub labels: LabelCount,
    /// Where on the ground it is.
    pub georeference: Georeference,
    /// Where on the page the ground is.
    pub frame: Rect,
    /// How long it took to find places for arrows and names.
    pub layout: Duration,
}

/// Whether pieces of ground stand for all that is on them.
fn is_mosaic(layers: &LayerSet) -> bool {
    layers.density.style.rule.method != DensityMethod::Kernel
}

fn symbols(spec: &MapSpec, layers: &LayerSet) -> Symbols {
    if is_mosaic(layers) {
        Symbols::default()
    } else {
        Symbols::new(layers, spec)
    }
}

/// What the map of incidents needs of its page.
///
/// # Errors
/// [`MapError`] if the projection cannot show the extent.
pub fn needs(spec: &MapSpec, layers: &LayerSet) -> Result<Needs, MapError> {
    needs_of(spec, layers, &symbols(spec, layers))
}

fn needs_of(spec: &MapSpec, layers: &LayerSet, symbols: &Symbols) -> Result<Needs, MapError> {
    let words = |projection: &str| words::density(spec, layers, projection);
    let needs = Needs::new(spec, words, |base| legend(spec, layers, symbols, base))?;
    let timeline = spec.timeline && !layers.incidents.features.is_empty();
    Ok(needs
        .with_timeline(timeline.then(|| busiest(spec, layers)))
        .with_symbols(symbols.dots.len(), symbols.rings.len()))
}

/// Draws the map of incidents.
///
/// # Errors
/// [`MapError`] if the projection cannot show the extent, the page has no room for a map, or a text
/// has a character that no embedded font has.
pub fn density_map(spec: &MapSpec, layers: &LayerSet, basemap: &Basemap) -> Result<Map, MapError> {
    let mosaic = is_mosaic(layers);
    let symbols = symbols(spec, layers);
    let needs = needs_of(spec, layers, &symbols)?;
    let stage = Stage::new(spec, basemap, &needs)?;
    let canvas = stage.open();
    let tint = stage.within_extent(&canvas, "density", |c| draw_density(c, &stage, layers));
    stage.draw_lines(&canvas);
    let grounds = stage.framed(&canvas, "incidents", |c| {
        draw_incidents(c, &stage, &symbols)
    })?;
    stage.draw_veil(&canvas);
    let circles = if mosaic {
        Vec::new()
    } else {
        circles(&stage, layers)
    };
    let figures = stage.framed(&canvas, "clusters", |c| draw_clusters(c, &stage, &circles))?;
    let (labels, layout) = stage.framed(&canvas, "labels", |c| {
        let several =
            |tally: &Tally| (tally.incidents > 1).then(|| thousands(tally.incidents as u64));
        let drawn = Drawn {
            layers,
            symbols: &symbols,
            grounds: &grounds,
            circles: &circles,
            figures: &figures,
            color: stage.theme.cluster,
            words: &several,
        };
        incident_names::draw(c, &stage, &drawn, tint)
    })?;
    stage.draw_page(&canvas)?;
    if let Some(strip) = stage.layout.timeline {
        canvas.group("timeline", None, 1.0, |c| {
            super::timeline::draw(c, strip, &stage, layers)
        })?;
    }
    Ok(Map {
        scene: canvas.finish(),
        labels,
        georeference: stage.georeference(),
        frame: stage.layout.frame,
        layout,
    })
}

fn crowd(symbols: &Symbols) -> Crowd {
    Crowd::of(symbols.dots.len(), symbols.rings.len())
}

/// What this map has to explain.
fn legend(spec: &MapSpec, layers: &LayerSet, symbols: &Symbols, base: f64) -> Vec<Block> {
    let theme = Theme::of(spec.theme, spec.ramp);
    let mut blocks = Vec::new();
    let style = &layers.density.style;
    let classes = style.breaks.len().saturating_sub(1);
    if classes > 0 && !layers.density.features.is_empty() {
        blocks.push(Block::Classes {
            title: style.rule.unit(),
            note: mosaic::legend_note(style),
            edges: style.breaks.clone(),
            colors: theme.density(classes),
        });
    }
    let mosaic = style.rule.method != DensityMethod::Kernel;
    if !mosaic && !layers.clusters.features.is_empty() {
        let scale = circle_scale(spec, layers, base);
        let style = &layers.clusters.style;
        blocks.push(Block::Circles {
            title: "Clusters: number of incidents".into(),
            note: cluster_note(&style.rule),
            look: CircleLook::Cluster,
            scale,
            values: scale.legend_values(3, f64::from(style.rule.min.max(1))),
        });
    }
    let mut rows = Vec::new();
    if symbols.dots.iter().any(|d| !d.uncertain) {
        rows.push((Symbol::Dot, "Place known to the settlement".to_owned()));
    }
    if symbols.dots.iter().any(|d| d.uncertain) {
        rows.push((Symbol::HollowDot, "The same; date uncertain".to_owned()));
    }
    if !symbols.rings.is_empty() {
        let text = if vague::crowded(symbols) {
            "Somewhere within the ring; numbers stand on those with most"
        } else if symbols.rings.iter().any(|r| r.tally.incidents > 1) {
            "Somewhere within the ring; a number on it says how many, else one"
        } else {
            "Somewhere within the ring"
        };
        rows.push((Symbol::Ring, text.to_owned()));
    }
    if symbols.grounds.iter().any(|g| !g.wide) {
        rows.push((Symbol::Area, "Somewhere in the area".to_owned()));
    }
    if !rows.is_empty() {
        blocks.push(Block::Key {
            title: "Where an incident was".into(),
            rows,
            crowd: crowd(symbols),
        });
    }
    blocks
}

/// What makes a cluster, in words.
fn cluster_note(rule: &ClusterRule) -> String {
    let days = match rule.days {
        None => String::new(),
        Some(0) => " on the same day".to_owned(),
        Some(1) => " and a day".to_owned(),
        Some(days) => format!(" and {}", counted(days as usize, "day")),
    };
    let what = match rule.weight {
        ClusterWeight::Incidents => "",
        ClusterWeight::Count => " strikes",
    };
    format!(
        "{}{what} or more, each within {} km{days} of others",
        rule.min,
        number(rule.km)
    )
}

/// The ground of each class; returns how dark it is. The group as a whole is translucent.
fn draw_density(canvas: &Canvas, stage: &Stage, layers: &LayerSet) -> InkTable {
    let classes = layers.density.style.breaks.len().saturating_sub(1);
    let mut rings: Vec<Vec<Vec<Pt>>> = vec![Vec::new(); classes];
    for feature in &layers.density.features {
        let shape = match &feature.geometry {
            geo::Geometry::MultiPolygon(m) => base::rings(&stage.view, m),
            geo::Geometry::Polygon(p) => base::rings(&stage.view, &p.clone().into()),
            _ => Vec::new(),
        };
        // Classes are numbered from 1.
        if let Some(of_class) = feature
            .attributes
            .class
            .checked_sub(1)
            .and_then(|i| rings.get_mut(i))
        {
            of_class.extend(shape);
        }
    }
    if rings.iter().all(Vec::is_empty) {
        return stage.dots().table();
    }
    match layers.density.style.rule.method {
        DensityMethod::Kernel => draw_bands(canvas, stage, &rings),
        DensityMethod::Hexagons => mosaic::draw(canvas, stage, "hexagons", &rings),
        DensityMethod::Areas => mosaic::draw(canvas, stage, "areas", &rings),
    }
    // A kernel reaches over the coast, where nothing happened: the sea is drawn over it, unless
    // something did.
    if !any_at_sea(stage, layers) {
        stage.draw_sea(canvas);
    }
    let mut tint = stage.ink_grid();
    for (i, rings) in rings.iter().enumerate() {
        tint.area(rings, (i + 1) as f32 / classes as f32);
    }
    tint.table()
}

/// Whether an incident is known to have been at sea.
fn any_at_sea(stage: &Stage, layers: &LayerSet) -> bool {
    let incidents = layers.incidents.features.iter();
    let places = incidents.filter_map(|f| match &f.attributes.location.footprint {
        Footprint::Point(at) => Some([at.x(), at.y()].map(f64::to_bits)),
        Footprint::Disc(_) | Footprint::Area(_) => None,
    });
    places
        .unique()
        .map(|at| at.map(f64::from_bits))
        .filter_map(|[lon, lat]| stage.view.page(lon, lat))
        .any(|at| stage.base.is_sea(at, 2.0 * stage.style().dot_radius()))
}

/// The line along the edges of classes, in themes that have one.
pub(super) fn class_line(theme: &Theme, unit: f64) -> Option<Stroke> {
    let line = theme.class_line?;
    Some(Stroke::new(line.alpha(0.8), 0.6 * unit))
}

/// Isobands, each class with all above it as one opaque shape, the lowest first: no seams between them.
fn draw_bands(canvas: &Canvas, stage: &Stage, rings: &[Vec<Vec<Pt>>]) {
    let colors = stage.theme.density(rings.len());
    canvas.group("isobands", None, stage.theme.density_opacity, |c| {
        for (i, color) in colors.iter().enumerate() {
            let mut path = Path::default();
            for ring in rings.iter().skip(i).flatten() {
                path.add_ring(ring.iter().copied());
            }
            let edge = class_line(&stage.theme, stage.layout.unit);
            c.path(path, Some(Fill::Solid(*color)), edge);
        }
    });
}

/// Areas, rings and dots; returns the areas with their counts.
fn draw_incidents(
    canvas: &Canvas,
    stage: &Stage,
    symbols: &Symbols,
) -> Result<Vec<Hatched>, MissingGlyph> {
    let style = stage.style();
    let grounds = vague::draw(canvas, stage, symbols, &|tally| {
        Some(thousands(tally.incidents as u64))
    })?;
    let dots: Vec<(f64, f64)> = symbols.dots.iter().map(|d| d.at).collect();
    outcome(area(canvas, &stage.view).draw(&Marks {
        places: &dots,
        paint: &|pen, i, at| {
            style.dot(pen, at, symbols.dots.get(i).is_some_and(|d| d.uncertain));
            Ok(())
        },
    }))?;
    Ok(grounds)
}

pub(super) fn area_of(rings: &[Vec<Pt>]) -> f64 {
    let ring = |r: &Vec<Pt>| {
        let Some(mut a) = r.last() else { return 0.0 };
        let mut sum = 0.0;
        for b in r {
            sum += a.x * b.y - b.x * a.y;
            a = b;
        }
        sum / 2.0
    };
    // Exteriors and holes turn opposite ways.
    rings.iter().map(ring).sum::<f64>().abs()
}

pub(super) fn bounds(rings: &[Vec<Pt>]) -> Rect {
    let (mut x0, mut x1, mut y0, mut y1) = (
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
    );
    for p in rings.iter().flatten() {
        (x0, x1, y0, y1) = (x0.min(p.x), x1.max(p.x), y0.min(p.y), y1.max(p.y));
    }
    if x0 <= x1 {
        Rect::new(x0, y0, x1 - x0, y1 - y0)
    } else {
        Rect::default()
    }
}
