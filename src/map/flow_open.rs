//! People who came to a place from nobody knows where, or left it for nobody knows where: a short arrow with a broken
//! end, as wide as their number makes it.

use geo::Coord;

use super::Looks;
use super::arrow::{Arrow, head_length, points};
use super::compose::Stage;
use super::flow_arrows::Flow;
use super::flow_ends::same;
use super::flow_scale::{self, width_scale};
use super::flow_sort::FlowSort;
use super::symbols::Style;
use super::theme::Theme;
use super::words;
use crate::analyse::flow_layout::Curve;
use crate::draw::{Canvas, Fill, Path, Pt, Stroke, pt};
use crate::layer::{LayerSet, Open, OpenFlow, centre};
use crate::record::{Count, Footprint};

/// Length of the arrow in ems, beside that of its head.
const LENGTH: f64 = 1.9;
/// Directions that are tried, all around.
const ROUND: usize = 24;
/// What leaves a settlement's symbol free, in units.
const FREE: f64 = 3.0;

/// The parts of the stem that its broken end leaves, from and to, and where the rest begins. Who came breaks off behind,
/// who left before the head.
pub(super) fn broken(open: Open) -> ([(f64, f64); 2], f64) {
    match open {
        Open::Came => ([(0.0, 0.1), (0.2, 0.36)], 0.46),
        Open::Left => ([(0.0, 0.2), (0.3, 0.42)], 0.52),
    }
}

/// An arrow with one known end.
pub(super) struct Stub<'a> {
    pub flow: &'a OpenFlow,
    pub arrow: Arrow,
    /// Whether they came, rather than left.
    pub came: bool,
    /// Where the place is, if it is known to the settlement.
    pub node: Option<Pt>,
    /// The place's name, if nothing else on the map is about it.
    pub name: Option<&'a str>,
}

/// Such an arrow, told to other programs: lengths in pixels of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenArrow {
    /// Its length, beside that of its head.
    pub length: f64,
    /// How far it is from the middle of a settlement's symbol.
    pub clear: f64,
    /// The parts that its broken end leaves.
    pub broken: [(f64, f64); 2],
    /// Where the rest begins.
    pub whole: f64,
}

impl Looks {
    /// An arrow with one known end.
    pub fn open_arrow(&self, open: Open) -> OpenArrow {
        let (broken, whole) = broken(open);
        OpenArrow {
            length: LENGTH * self.arrows.base,
            clear: self.node_radius() + FREE * self.arrows.unit,
            broken,
            whole,
        }
    }
}

/// Displacement with one known end, the most people first.
pub(crate) fn opens(layers: &LayerSet) -> impl Iterator<Item = &OpenFlow> {
    let open = layers.unlocated.iter();
    open.filter(|flow| flow.at.is_some() && people(flow) > 0.0)
}

/// How many people it is drawn for.
pub(super) fn people(flow: &OpenFlow) -> f64 {
    let figures = flow.people;
    let count = Count::bounds(figures.low, figures.best, figures.high);
    count.map_or(0.0, |count| count.central() as f64)
}

/// "24,950, origin unknown"; with the place's name where no other arrow makes the map show it.
pub(super) fn label(stub: &Stub) -> Option<String> {
    let figures = stub.flow.people;
    let people = words::bounds(figures.low, figures.best, figures.high)?;
    let end = if stub.came { "origin" } else { "destination" };
    let place = stub
        .name
        .map_or_else(String::new, |name| format!("{name}: "));
    Some(format!("{place}{people}, {end} unknown"))
}

/// Where they are: each at its place, in the direction in which the least else is drawn.
pub(super) fn stubs<'a>(stage: &Stage, layers: &'a LayerSet, flows: &[Flow]) -> Vec<Stub<'a>> {
    let (base, unit) = (stage.layout.base, stage.layout.unit);
    let scale = width_scale(stage.spec, layers, base);
    let mut taken: Vec<Pt> = flows.iter().flat_map(|f| points(&f.arrow.curve)).collect();
    let mut stubs = Vec::new();
    for flow in opens(layers) {
        let Some(location) = &flow.at else { continue };
        let (came, at) = (flow.origin.is_none(), centre(location));
        let people = people(flow);
        let Some(at) = stage.view.page(at.x(), at.y()).filter(|_| people > 0.0) else {
            continue;
        };
        let stem = flow_scale::stem(&scale, FlowSort::Plain, people, base);
        let exact = matches!(location.footprint, Footprint::Point(_));
        let length = LENGTH * base + head_length(stem, unit);
        // Beside a settlement, across the middle of an area: a tail in the next area would say that they are from there.
        let near = if exact {
            stage.style().node_radius() + FREE * unit
        } else {
            -0.5 * length
        };
        let along = |angle: f64, r: f64| Coord {
            x: at.x + r * angle.cos(),
            y: at.y + r * angle.sin(),
        };
        let angles = (0..ROUND).map(|i| std::f64::consts::TAU * (i as f64 + 0.5) / ROUND as f64);
        let cost = |angle: f64| {
            let middle = along(angle, near + 0.55 * length);
            let end = along(angle, near + length);
            let crowd: f64 = taken
                .iter()
                .map(|p| (p.x - middle.x).hypot(p.y - middle.y))
                .map(|d| (-(d / (0.5 * length)).powi(2)).exp())
                .sum();
            let frame = stage.layout.frame.inset(base);
            crowd
                + if frame.contains(pt(end.x, end.y)) {
                    0.0
                } else {
                    100.0
                }
        };
        let best = angles
            .map(|angle| (cost(angle), angle))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, angle)) = best else { continue };
        let (inner, outer) = (along(angle, near), along(angle, near + length));
        let curve = if came {
            Curve::bent(outer, inner, 0.0)
        } else {
            Curve::bent(inner, outer, 0.0)
        };
        let arrow = Arrow { curve, stem, unit };
        taken.extend(points(&curve));
        let node = exact.then_some(at);
        let others = flows
            .iter()
            .flat_map(|f| [&f.attributes.from, &f.attributes.to]);
        let known = others.into_iter().any(|end| same(end, location));
        let name = (!known).then_some(location.name.as_str());
        stubs.push(Stub {
            flow,
            arrow,
            came,
            node,
            name,
        });
    }
    stubs
}

/// Draws them.
pub(super) fn draw(canvas: &Canvas, stage: &Stage, layers: &LayerSet, stubs: &[Stub]) {
    let most = flow_scale::most_people(layers);
    for stub in stubs {
        let color = flow_scale::color(&stage.theme, FlowSort::Plain, people(stub.flow), most);
        draw_stub(canvas, &stage.theme, &stub.arrow, stub.came, color);
    }
}

/// One of them, for the legend.
pub(super) fn draw_key(canvas: &Canvas, style: &Style, at: Pt, base: f64) {
    let to = |x: f64| Coord {
        x: at.x + x * base,
        y: at.y,
    };
    let arrow = Arrow {
        curve: Curve::bent(to(-0.75), to(0.95), 0.0),
        stem: 0.25 * base,
        unit: style.unit,
    };
    draw_stub(canvas, style.theme, &arrow, true, style.theme.flow);
}

fn draw_stub(canvas: &Canvas, theme: &Theme, arrow: &Arrow, came: bool, color: crate::draw::Color) {
    let rim = Stroke::new(theme.flow_casing.alpha(0.8), 1.5 * arrow.unit);
    let (curve, half) = (arrow.curve, arrow.body() / 2.0);
    let bar = |from: f64, to: f64| {
        let (a, b, d) = (curve.at(from), curve.at(to), curve.direction(0.5));
        let (x, y) = (-d.y * half, d.x * half);
        Path::ring(vec![
            pt(a.x + x, a.y + y),
            pt(b.x + x, b.y + y),
            pt(b.x - x, b.y - y),
            pt(a.x - x, a.y - y),
        ])
    };
    let (bars, rest) = broken(if came { Open::Came } else { Open::Left });
    let mut parts: Vec<Path> = bars.iter().map(|(from, to)| bar(*from, *to)).collect();
    let whole = Arrow {
        curve: curve.piece(rest, 1.0),
        ..*arrow
    };
    parts.push(whole.outline());
    for part in parts {
        canvas.path(part.clone(), None, Some(rim.clone()));
        canvas.path(part, Some(Fill::Solid(color)), None);
    }
}
