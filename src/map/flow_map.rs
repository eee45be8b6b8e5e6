//! The map of displacement: an arrow for each pair of origin and destination.
//!
//! Flows to or from a vague place end at the edge of its area, not at a dot.

use super::arrow;
use super::compose::Stage;
use super::density_map::{Map, corners};
use super::flow_arrows::{Flow, arrows, draw_flows};
use super::flow_beyond;
use super::flow_ends::{Area, End, are_parts, areas, draw_part, ends};
use super::flow_scale::width_scale;
use super::legend::{Block, Symbol};
use super::names::{Book, Ground, LabelCount, Sort};
use super::places::{draw_towns, name_places};
use super::symbols::Crowd;
use super::words;
use super::{MapError, MapSpec, Rect, base};
use crate::draw::{Canvas, Fill, MissingGlyph, Pt, TextStyle, pt};
use crate::ground::basemap::Basemap;
use crate::layer::{FlowAttributes, LayerSet};
use crate::record::Footprint;

/// No name stands on arrows at least so wide, on a page of 1600x1200.
const WIDE: f64 = 7.0;
/// So many of the widest arrows get their figure beside them.
const FIGURES: usize = 14;

/// Draws the map of displacement.
///
/// # Errors
/// As [`density_map`](super::density_map).
pub fn flow_map(spec: &MapSpec, layers: &LayerSet, basemap: &Basemap) -> Result<Map, MapError> {
    let words = |projection: &str| words::flows(spec, layers, projection);
    let stage = Stage::new(
        spec,
        basemap,
        &words,
        &|base| legend(spec, layers, base),
        false,
    )?;
    let canvas = Canvas::new(spec.page.width, spec.page.height);
    let text = words(stage.view.projection().name());
    canvas.describe(
        &text.title,
        &format!("{}. {}", text.subtitle, text.notes.join(" ")),
    );
    let ends = ends(&stage, layers);
    let areas = areas(&stage, &ends);
    let drawn = arrows(&stage, layers, &ends);

    canvas.path(
        stage.layout.page.path(),
        Some(Fill::Solid(stage.theme.page)),
        None,
    );
    stage.draw_ground(&canvas);
    stage.draw_lines(&canvas);
    stage.draw_veil(&canvas);
    stage.framed(&canvas, "areas", |c| {
        draw_areas(c, &stage, layers, &ends, &areas)
    });
    stage.framed(&canvas, "flows", |c| draw_flows(c, &stage, &drawn));
    stage.framed(&canvas, "nodes", |c| draw_nodes(c, &stage, &ends));
    let labels = stage.framed(&canvas, "labels", |c| {
        draw_names(c, &stage, layers, (&ends, &areas), &drawn.flows)
    })?;
    stage.draw_page(&canvas)?;
    Ok(Map {
        scene: canvas.finish(),
        labels,
    })
}

/// What this map has to explain.
fn legend(spec: &MapSpec, layers: &LayerSet, base: f64) -> Vec<Block> {
    let flows: Vec<&FlowAttributes> = layers.flows.drawn().collect();
    if flows.is_empty() {
        return Vec::new();
    }
    let scale = width_scale(spec, layers, base);
    let least = flows
        .iter()
        .map(|f| f.width_people)
        .fold(f64::INFINITY, f64::min);
    let note = if least < scale.floor_value() {
        format!(
            "by width; under {} all are as narrow, and paler the fewer",
            super::legend::number(scale.floor_value().round())
        )
    } else {
        "by width".into()
    };
    let mut blocks = vec![Block::Arrows {
        title: if layers.flows.style.net {
            "People displaced, net".into()
        } else {
            "People displaced".into()
        },
        note,
        scale,
        values: scale.legend_values(3, 1.0),
    }];
    let ends = || flows.iter().flat_map(|f| [&f.from, &f.to]);
    let mut rows = Vec::new();
    if ends().any(|l| matches!(l.footprint, Footprint::Point(_))) {
        rows.push((
            Symbol::Node,
            "Origin or destination known to the settlement".to_owned(),
        ));
    }
    if ends().any(|l| matches!(l.footprint, Footprint::Disc(_))) {
        rows.push((Symbol::Ring, "Somewhere within the ring".to_owned()));
    }
    if ends().any(|l| matches!(l.footprint, Footprint::Area(_))) {
        rows.push(if are_parts(layers) {
            (
                Symbol::Part,
                "Somewhere in the governorate: arrows join areas, not towns".to_owned(),
            )
        } else {
            (Symbol::Area, "Somewhere in the area".to_owned())
        });
    }
    blocks.push(Block::Key {
        title: "From and to".into(),
        rows,
        crowd: Crowd::of(0, 0),
    });
    blocks
}

fn draw_areas(canvas: &Canvas, stage: &Stage, layers: &LayerSet, ends: &[End], areas: &[Area]) {
    let (style, parts) = (stage.style(), are_parts(layers));
    for area in areas {
        let outline = base::path_of(&area.rings);
        if parts {
            draw_part(canvas, &style, outline);
        } else {
            style.pale_area(&mut &*canvas, outline, area.level);
        }
    }
    let is_ring = |e: &&End| e.rings.is_empty() && !e.is_exact();
    for end in ends.iter().filter(is_ring) {
        stage.style().ring(&mut &*canvas, end.at, end.radius);
    }
}

fn draw_nodes(canvas: &Canvas, stage: &Stage, ends: &[End]) {
    for end in ends.iter().filter(|e| e.is_exact()) {
        stage.style().node(&mut &*canvas, end.at);
    }
}

fn draw_names(
    canvas: &Canvas,
    stage: &Stage,
    layers: &LayerSet,
    (ends, areas): (&[End], &[Area]),
    flows: &[Flow],
) -> Result<LabelCount, MissingGlyph> {
    let (base, unit) = (stage.layout.base, stage.layout.unit);
    let mut ink = stage.ink();
    let mut dots = stage.dots();
    let mut obstacles = stage.obstacles();
    for flow in flows {
        let line = arrow::points(&flow.arrow.curve);
        for offset in [-0.4, 0.0, 0.4] {
            let shifted: Vec<Pt> = line
                .iter()
                .map(|p| pt(p.x, p.y + offset * flow.arrow.stem))
                .collect();
            ink.line(&shifted, 2.2);
        }
        obstacles.push(flow.arrow.head_box());
    }
    let nodes: Vec<Pt> = ends.iter().filter(|e| e.is_exact()).map(|e| e.at).collect();
    for at in &nodes {
        obstacles.push(Rect::around(*at, stage.style().node_radius()));
    }
    let mut book = Book::new(stage.layout.frame.inset(2.0 * unit), stage.spec.names);
    let named: Vec<&str> = areas.iter().map(|area| area.name).collect();
    stage.name_base(&mut book, &named)?;
    for flow in flows {
        book.spare(flow.arrow.stem_boxes(WIDE * unit));
    }
    let halo = Some((stage.theme.halo.alpha(0.85), 2.0 * unit));
    let parts = are_parts(layers);
    for area in areas {
        let note = TextStyle {
            italic: true,
            halo,
            ..TextStyle::new(0.82 * base, stage.theme.vague)
        };
        let part = |ems: f64| TextStyle {
            bold: true,
            spacing: 0.06 * ems * base,
            halo,
            ..TextStyle::new(ems * base, stage.theme.vague)
        };
        if parts {
            // The map's own names of provinces, but as what it is about.
            let name = area.name.strip_suffix(" governorate").unwrap_or(area.name);
            let styles = [part(0.8), part(0.7)];
            book.area(
                Sort::Note,
                (&name.to_uppercase(), ""),
                &styles,
                &area.rings,
                4.5,
            )?;
        } else {
            book.area(Sort::Note, (area.name, ""), &[note], &area.rings, 4.5)?;
        }
    }
    for end in ends
        .iter()
        .filter(|e| e.rings.is_empty() && matches!(e.location.footprint, Footprint::Area(_)))
    {
        let style = TextStyle {
            italic: true,
            halo,
            ..TextStyle::new(0.82 * base, stage.theme.vague)
        };
        let text = format!("somewhere in {}", end.location.name);
        book.point(Sort::Note, (&text, ""), &style, (end.at, end.radius), 5.5)?;
    }
    for (rank, flow) in flows.iter().take(FIGURES).enumerate() {
        let a = flow.attributes;
        let Some(people) = words::people(a) else {
            continue;
        };
        let style = TextStyle {
            bold: true,
            halo,
            ..TextStyle::new(0.74 * base, stage.theme.flow)
        };
        // The widest must not be without.
        let priority = 5.0 - 2.5 * rank as f64 / FIGURES as f64;
        let spots = |w: f64, h: f64| flow.arrow.figure_spots(style.size, w, h);
        book.at(Sort::Note, (&people, ""), &style, spots, priority)?;
    }
    flow_beyond::name(&mut book, stage, areas, flows)?;
    if flows.is_empty() {
        let style = TextStyle {
            halo,
            ..TextStyle::new(1.5 * base, stage.theme.ink_soft)
        };
        let text = super::words::no_displacement(&layers.summary);
        book.area(
            Sort::Note,
            (&text, ""),
            &[style],
            &[corners(&stage.layout.frame)],
            20.0,
        )?;
    }
    name_places(&mut book, stage, layers, (&[], &nodes), &mut dots)?;
    let ground = Ground {
        ink: ink.table(),
        dots: dots.table(),
        tint: stage.dots().table(),
    };
    let placed = book.place(&ground, &obstacles);
    draw_towns(canvas, stage, layers, &[], &nodes, &placed.places);
    placed.draw(canvas)?;
    Ok(placed.count())
}
