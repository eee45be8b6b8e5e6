//! The map of displacement: an arrow for each pair of origin and destination.
//!
//! Flows to or from a vague place end at the edge of its area, not at a dot.

use std::time::{Duration, Instant};

use super::arrow;
use super::compose::Stage;
use super::density_map::Map;
use super::flow_arrows::{Drawn, Flow, arrows, draw_flows};
use super::flow_beyond;
use super::flow_ends::{Area, End, are_parts, areas, draw_part, ends};
use super::flow_figures::Courses;
use super::flow_open::{self, Stub};
use super::flow_scale::width_scale;
use super::flow_sort::{self, FlowSort};
use super::legend::{Block, Symbol};
use super::names::{Book, Sort};
use super::places::{draw_towns, name_places};
use super::placing::{Ground, Placed};
use super::setting::Needs;
use super::symbols::Crowd;
use super::words;
use super::{MapError, MapSpec, PlacedLine, Rect, base};
use crate::draw::{Canvas, MissingGlyph, Pt, TextStyle, pt};
use crate::ground::basemap::Basemap;
use crate::layer::{FlowAttributes, LayerSet};
use crate::record::Footprint;

/// No name stands on arrows at least so wide, on a page of 1600x1200.
const WIDE: f64 = 7.0;
/// Of more arrows than this some mostly find no room for their figure.
const MANY: usize = 30;

/// What the map of displacement needs of its page.
///
/// # Errors
/// [`MapError`] if the projection cannot show the extent.
pub fn needs(spec: &MapSpec, layers: &LayerSet) -> Result<Needs, MapError> {
    // How many arrows have no figure is known once they are drawn, and takes as much room to say.
    needs_of(spec, layers, layers.flows.drawn().next().map(|_| 10))
}

fn needs_of(spec: &MapSpec, layers: &LayerSet, bare: Option<usize>) -> Result<Needs, MapError> {
    let words = |projection: &str| words::flows(spec, layers, projection, bare);
    Needs::new(spec, words, |base| legend(spec, layers, base))
}

/// Draws the map of displacement.
///
/// # Errors
/// As [`density_map`](super::density_map).
pub fn flow_map(spec: &MapSpec, layers: &LayerSet, basemap: &Basemap) -> Result<Map, MapError> {
    // That some arrows have no figure is only known once all of them are placed, and the page must say it. Where there are
    // many arrows it is likely, and takes as much room to say whatever their number is.
    let guess = (layers.flows.drawn().count() > MANY).then_some(10);
    let stage = Stage::new(spec, basemap, &needs_of(spec, layers, guess)?)?;
    let placed = Placing::new(&stage, layers)?;
    let bare = (placed.bare > 0).then_some(placed.bare);
    let needs = needs_of(spec, layers, bare)?;
    if let Some(stage) = stage.told(basemap, &needs)? {
        return placed.draw(&stage, layers);
    }
    let stage = Stage::new(spec, basemap, &needs)?;
    Placing::new(&stage, layers)?.draw(&stage, layers)
}

/// What is on a map of displacement, with its place on the page.
struct Placing<'a> {
    ends: Vec<End<'a>>,
    areas: Vec<Area<'a>>,
    drawn: Drawn<'a>,
    stubs: Vec<Stub<'a>>,
    nodes: Vec<Pt>,
    names: Placed,
    /// What a map without any of it says.
    said: Option<PlacedLine>,
    /// How many arrows have no figure.
    bare: usize,
    /// How long it took to find.
    took: Duration,
}

impl<'a> Placing<'a> {
    fn new(stage: &Stage, layers: &'a LayerSet) -> Result<Self, MapError> {
        let start = Instant::now();
        let ends = ends(stage, layers);
        let areas = areas(stage, &ends);
        let drawn = arrows(stage, layers, &ends);
        let stubs = flow_open::stubs(stage, layers, &drawn.flows);
        let nodes = ends.iter().filter(|e| e.is_exact()).map(|e| e.at);
        let nodes: Vec<Pt> = nodes.chain(stubs.iter().filter_map(|s| s.node)).collect();
        let silent = drawn.flows.is_empty() && stubs.is_empty();
        let said = silent.then(|| stage.say(words::no_displacement(&layers.summary)));
        let said = said.transpose()?;
        let (names, bare) = names(
            stage,
            layers,
            (&ends, &areas, &nodes),
            (&drawn.flows, &stubs),
            said.as_ref(),
        )?;
        Ok(Self {
            ends,
            areas,
            drawn,
            stubs,
            nodes,
            names,
            said,
            bare,
            took: start.elapsed(),
        })
    }

    fn draw(&self, stage: &Stage, layers: &LayerSet) -> Result<Map, MapError> {
        let canvas = stage.open();
        stage.draw_lines(&canvas);
        stage.draw_veil(&canvas);
        stage.framed(&canvas, "areas", |c| {
            draw_areas(c, stage, layers, &self.ends, &self.areas)
        });
        stage.framed(&canvas, "flows", |c| {
            draw_flows(c, stage, layers, &self.drawn);
            flow_open::draw(c, stage, layers, &self.stubs);
        });
        stage.framed(&canvas, "nodes", |c| {
            for at in &self.nodes {
                stage.style().node(&mut &*c, *at);
            }
        });
        stage.framed(&canvas, "labels", |c| {
            draw_towns(
                c,
                stage,
                &layers.places,
                &[],
                &self.nodes,
                &self.names.places,
            );
            self.names.draw(c)?;
            if let Some(said) = &self.said {
                c.text(&said.text, said.at, &said.style)?;
            }
            Ok::<_, MissingGlyph>(())
        })?;
        stage.draw_page(&canvas)?;
        Ok(Map {
            scene: canvas.finish(),
            labels: self.names.count(),
            georeference: stage.georeference(),
            frame: stage.layout.frame,
            layout: self.took,
        })
    }
}

/// What this map has to explain.
fn legend(spec: &MapSpec, layers: &LayerSet, base: f64) -> Vec<Block> {
    let flows: Vec<&FlowAttributes> = layers.flows.drawn().collect();
    let open = flow_open::opens(layers).next().is_some();
    if flows.is_empty() && !open {
        return Vec::new();
    }
    let scale = width_scale(spec, layers, base);
    let hair_below = flow_sort::hair_below(layers);
    let sorts = || flows.iter().map(|f| flow_sort::sort(f, hair_below));
    let plain = flows
        .iter()
        .filter(|f| flow_sort::sort(f, hair_below) == FlowSort::Plain);
    let least = plain.map(|f| f.width_people).fold(f64::INFINITY, f64::min);
    let note = if least < scale.floor_value() {
        format!(
            "by width; under {} hardly narrower, but paler the fewer",
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
        values: scale.legend_values(3, hair_below.max(1.0)),
    }];
    let mut rows = Vec::new();
    if sorts().any(|sort| sort == FlowSort::Hollow) {
        rows.push((
            Symbol::Hollow,
            "One report, several destinations: part of its figure, not by width".to_owned(),
        ));
    }
    if hair_below > 0.0 {
        let least = super::legend::number(hair_below);
        rows.push((Symbol::Hair, format!("Fewer than {least} people")));
    }
    if open {
        rows.push((Symbol::Open, "Origin or destination not known".to_owned()));
    }
    if !rows.is_empty() {
        blocks.push(Block::Key {
            title: "Other arrows".into(),
            rows,
            crowd: Crowd::of(0, 0),
        });
    }
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

/// Places all names and figures; says how many arrows have none.
fn names(
    stage: &Stage,
    layers: &LayerSet,
    (ends, areas, nodes): (&[End], &[Area], &[Pt]),
    (flows, stubs): (&[Flow], &[Stub]),
    said: Option<&PlacedLine>,
) -> Result<(Placed, usize), MissingGlyph> {
    let (base, unit) = (stage.layout.base, stage.layout.unit);
    let mut ink = stage.ink();
    let mut dots = stage.dots();
    let mut obstacles = stage.obstacles();
    let arrows = flows.iter().map(|f| (f.arrow, f.sort == FlowSort::Hair));
    for (arrow, is_hair) in arrows.chain(stubs.iter().map(|s| (s.arrow, false))) {
        let line = arrow::points(&arrow.curve);
        for offset in [-0.4, 0.0, 0.4] {
            let shifted: Vec<Pt> = line
                .iter()
                .map(|p| pt(p.x, p.y + offset * arrow.body()))
                .collect();
            ink.line(&shifted, if is_hair { 0.7 } else { 2.2 });
        }
        if !is_hair {
            obstacles.push(arrow.head_box());
        }
    }
    for at in nodes {
        obstacles.push(Rect::around(*at, stage.style().node_radius()));
    }
    let named: Vec<&str> = areas.iter().map(|area| area.name).collect();
    let mut book = stage.book(&named);
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
    let wanted = figures(&mut book, stage, flows, stubs)?;
    flow_beyond::name(&mut book, stage, areas, flows)?;
    obstacles.extend(said.map(|said| said.ground));
    name_places(&mut book, stage, &layers.places, (&[], nodes), &mut dots)?;
    let ground = Ground {
        ink: ink.table(),
        dots: dots.table(),
        tint: stage.dots().table(),
    };
    let placed = book.place(&ground, &obstacles);
    let bare = wanted - placed.figures.min(wanted);
    Ok((placed, bare))
}

/// Enters the figures of arrows into the book, and says how many there are.
fn figures(
    book: &mut Book,
    stage: &Stage,
    flows: &[Flow],
    stubs: &[Stub],
) -> Result<usize, MissingGlyph> {
    let style = TextStyle {
        bold: true,
        halo: Some((stage.theme.halo.alpha(0.85), 2.0 * stage.layout.unit)),
        ..TextStyle::new(0.74 * stage.layout.base, stage.theme.flow)
    };
    let frame = stage.layout.frame;
    let courses = Courses::new(flows.iter(), stubs.iter().map(|s| s.arrow), &frame);
    let mut wanted = Vec::new();
    for (i, flow) in flows.iter().enumerate() {
        if flow.sort != FlowSort::Hair
            && let Some(people) = words::people(flow.attributes)
        {
            wanted.push((i, flow.arrow, people, flow.attributes.width_people));
        }
    }
    for (i, stub) in stubs.iter().enumerate() {
        if let Some(people) = flow_open::label(stub) {
            wanted.push((
                flows.len() + i,
                stub.arrow,
                people,
                flow_open::people(stub.flow),
            ));
        }
    }
    wanted.sort_by(|a, b| b.3.total_cmp(&a.3).then(a.0.cmp(&b.0)));
    let many = wanted.len().max(1) as f64;
    for (rank, (i, arrow, people, _)) in wanted.iter().enumerate() {
        // The widest must not be without.
        let priority = 5.0 - 2.8 * rank as f64 / many;
        let spots = |w: f64, h: f64| courses.spots(*i, arrow, style.size, (w, h));
        book.at(Sort::Figure, (people, ""), &style, spots, priority)?;
    }
    Ok(wanted.len())
}
