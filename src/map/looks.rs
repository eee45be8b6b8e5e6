//! How the maps draw each layer, told to other programs: colours, sizes, and what sizes follow. It is taken from the code
//! that draws, symbol by symbol, so that what loads in a GIS looks as on the map.
//!
//! Lengths are in pixels of the page.

use std::collections::BTreeMap;

use geo::{Area as _, BoundingRect, Intersects, MultiPolygon, Rect};
use itertools::Itertools;
use rustc_hash::FxHashSet;

use super::circles::{LEAST_FIGURE, circle_scale};
use super::density_map::class_line;
use super::flow_arrows::{GAP, head_unit, rim};
use super::flow_scale::{self, most_people, width_scale};
use super::flow_sort::{self, FlowSort};
use super::legend::number;
use super::mosaic::seam;
use super::places::{CLOSE, LARGE_ABROAD, SMALLEST};
use super::symbols::{Crowd, Pen, Style};
use super::theme::mix;
use super::{Common, MapSpec, Names, Theme, arrow};
use crate::analyse::scale::CircleScale;
use crate::draw::{Color, Fill, Path, Pt, Stroke, TextStyle, pt};
use crate::layer::{DensityMethod, DensityStyle, FlowAttributes, LayerSet};
use crate::record::{Footprint, Period, Precision};

/// A part of a symbol: a shape about a point, or how an area is filled and outlined.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Of a circle.
    pub radius: Option<f64>,
    /// What is in it.
    pub fill: Option<Fill>,
    /// Its line.
    pub stroke: Option<Stroke>,
}

/// How layers look on the maps of one job.
#[derive(Clone, Debug, PartialEq)]
pub struct Looks {
    /// Colours.
    pub theme: Theme,
    /// What the maps are of.
    pub period: Option<Period>,
    /// Codes of the countries that the maps are about.
    pub focus: Vec<String>,
    /// Script of names.
    pub names: Names,
    /// Size of running text, and unit of lines, on the map of incidents.
    pub base: f64,
    /// Unit of lines on it.
    pub unit: f64,
    /// Sizes of clusters' circles.
    pub circles: CircleScale,
    /// Arrows of flows.
    pub arrows: Arrows,
    /// Areas that are hatched otherwise than most, and in which of the directions: those that overlap differ.
    pub hatching: Vec<(String, usize)>,
    crowd: Crowd,
    /// Flows of fewer are hair lines, and of fewer than the second not on the map.
    hair_below: f64,
    least_people: f64,
    net: bool,
}

/// How arrows follow the number of people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrows {
    /// Unit of lines on the map of flows.
    pub unit: f64,
    /// Size of its running text.
    pub base: f64,
    /// People and width of the widest.
    pub most: (f64, f64),
    /// The same of the least that is still by number: below it arrows grow narrower only a little.
    pub floor: (f64, f64),
    /// How narrow they grow, as a part of the floor's width.
    pub finest: f64,
    /// Width of those of no known number.
    pub hollow: f64,
    /// Width of hair lines, and what their heads are smaller by.
    pub hair: (f64, f64),
    /// A head is broader than its stem by this many units, or by this part of it if that is more.
    pub head: (f64, f64),
    /// And so many times as long as it is broad.
    pub head_long: f64,
    /// Strength of the palest colour, and the power of the share of people that it grows by.
    pub strength: (f64, f64),
    /// Colours of hollow arrows' edges and of hair lines.
    pub colors: [Color; 2],
}

/// What makes a town worth a name that only helps to find the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// So many people.
    pub smallest: f64,
    /// Fewer where a kilometre is more than this many units on the page, by the ground that it shows.
    pub close: f64,
    /// Abroad so many in any case.
    pub abroad: u64,
}

/// A class of density.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its lower edge.
    pub from: f64,
    /// Its upper edge.
    pub to: f64,
    /// Both in words.
    pub label: String,
    /// Its colour.
    pub color: Color,
}

/// How a flow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrowKind {
    /// As wide as its people are many.
    Width,
    /// Of no known number.
    Hollow,
    /// One of many small ones.
    Hair,
}

impl ArrowKind {
    /// Its name, as the layer of flows has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Width => "width",
            Self::Hollow => "hollow",
            Self::Hair => "hair",
        }
    }
}

impl Looks {
    /// Those of two maps, by what they are to be and what is on them; on the pages that they have in common with others.
    pub fn new(
        (spec, common): (&MapSpec, Option<&Common>),
        (flow_spec, flow_common): (&MapSpec, Option<&Common>),
        layers: &LayerSet,
    ) -> Self {
        let base = |spec: &MapSpec, common: Option<&Common>| match common {
            Some(Common(setting)) => (setting.layout.base, setting.layout.unit),
            None => (spec.page.base_font(), spec.page.base_font() / 15.0),
        };
        let theme = Theme::of(spec.theme, spec.ramp);
        let (flow_base, flow_unit) = base(flow_spec, flow_common);
        let (base, unit) = base(spec, common);
        Self {
            period: spec.period,
            focus: spec.focus.clone(),
            names: spec.names,
            base,
            unit,
            circles: circle_scale(spec, layers, base),
            arrows: arrows(&theme, flow_spec, layers, (flow_base, flow_unit)),
            crowd: common.map_or_else(|| crowd(layers), |Common(setting)| setting.crowd),
            hatching: hatching(layers),
            hair_below: flow_sort::hair_below(layers),
            least_people: layers.flows.style.least_people,
            net: layers.flows.style.net,
            theme,
        }
    }

    /// How a flow is drawn; `None` if it is not on the map.
    pub fn arrow(&self, flow: &FlowAttributes) -> Option<&'static str> {
        if flow.width_people < self.least_people || (self.net && flow.width_people <= 0.0) {
            return None;
        }
        let kind = match flow_sort::sort(flow, self.hair_below) {
            FlowSort::Plain => ArrowKind::Width,
            FlowSort::Hollow => ArrowKind::Hollow,
            FlowSort::Hair => ArrowKind::Hair,
        };
        Some(kind.name())
    }

    /// Flows of fewer are hair lines: 0 where there are none.
    pub fn hair_below(&self) -> f64 {
        self.hair_below
    }

    /// The classes of density, the lowest first.
    pub fn classes(&self, style: &DensityStyle) -> Vec<Class> {
        let edges = style.breaks.iter().tuple_windows();
        let colors = self.theme.density(style.breaks.len().saturating_sub(1));
        let class = |((from, to), color): ((&f64, &f64), Color)| Class {
            from: *from,
            to: *to,
            label: format!("{}–{}", number(*from), number(*to)),
            color,
        };
        edges.zip(colors).map(class).collect()
    }

    /// The line between pieces of ground of density; none between bands of some themes.
    pub fn class_edges(&self, style: &DensityStyle) -> Option<Stroke> {
        match style.rule.method {
            DensityMethod::Kernel => class_line(&self.theme, self.unit),
            DensityMethod::Hexagons | DensityMethod::Areas => Some(seam(&self.theme, self.unit)),
        }
    }

    /// The least size of a figure in a circle.
    pub fn least_figure(&self) -> f64 {
        LEAST_FIGURE * self.base
    }

    /// An incident known to the settlement; hollow if its date is uncertain.
    pub fn dot(&self, hollow: bool) -> Vec<Shape> {
        self.drawn(self.unit, |style, pen, at| style.dot(pen, at, hollow))
    }

    /// The circle within which an incident lies.
    pub fn ring(&self) -> Vec<Shape> {
        self.drawn(self.unit, |style, pen, at| style.ring(pen, at, 1.0))
    }

    /// The area within which an incident lies.
    pub fn area(&self) -> Vec<Shape> {
        let shapes = self.drawn(self.unit, |style, pen, at| {
            style.area(pen, Path::ring(vec![at]), 0);
        });
        // Opaque, to be blended with the ground as a layer: incidents of one area are one symbol on the map, and lie over
        // each other in a GIS.
        shapes.into_iter().map(|shape| self.opaque(shape)).collect()
    }

    /// A cluster's circle.
    pub fn cluster(&self) -> Vec<Shape> {
        self.drawn(self.unit, |style, pen, at| style.cluster(pen, at, 1.0))
    }

    /// A town that only helps to find the way: a square, of which half the side stands for the radius.
    pub fn town(&self) -> Vec<Shape> {
        let half = |style: &Style| style.town_radius();
        let mut shapes = self.drawn(self.unit, |style, pen, at| style.town(pen, at));
        let radius = half(&self.style(self.unit));
        shapes
            .iter_mut()
            .for_each(|shape| shape.radius = Some(radius));
        shapes
    }

    /// Where flows start or end.
    pub fn node(&self) -> Vec<Shape> {
        self.drawn(self.arrows.unit, |style, pen, at| style.node(pen, at))
    }

    /// How far arrows end from the middle of such a symbol.
    pub fn node_clear(&self) -> f64 {
        self.node_radius() + GAP * self.arrows.unit
    }

    pub(super) fn node_radius(&self) -> f64 {
        self.style(self.arrows.unit).node_radius()
    }

    /// What makes a town worth a name.
    pub fn worth(&self) -> Worth {
        Worth {
            smallest: SMALLEST,
            close: CLOSE,
            abroad: LARGE_ABROAD,
        }
    }

    /// The line that keeps arrows apart from those that they cross.
    pub fn rim(&self) -> Stroke {
        rim(&self.theme, self.arrows.unit)
    }

    /// The edge of a hollow arrow.
    pub fn hollow_edge(&self) -> Stroke {
        super::flow_arrows::hollow_edge(self.arrows.colors[0], self.arrows.unit)
    }

    /// A name beside a place, at a size in ems of running text.
    pub fn place_name(&self, ems: f64) -> TextStyle {
        TextStyle {
            halo: Some((self.theme.halo.alpha(0.88), 1.9 * self.unit)),
            ..TextStyle::new(ems * self.base, self.theme.place_name)
        }
    }

    /// Words about an area.
    pub fn note(&self) -> TextStyle {
        TextStyle {
            italic: true,
            halo: Some((self.theme.halo.alpha(0.85), 2.0 * self.unit)),
            ..TextStyle::new(0.74 * self.base, self.theme.vague)
        }
    }

    /// The figure in a cluster's circle.
    pub fn cluster_figure(&self) -> TextStyle {
        self.figure_in(self.base, self.unit)
    }

    /// The figure in a circle, by sizes of text and of lines.
    pub(super) fn figure_in(&self, base: f64, unit: f64) -> TextStyle {
        TextStyle {
            bold: true,
            halo: Some((self.theme.halo.alpha(0.92), 2.6 * unit)),
            ..TextStyle::new(1.05 * base, self.theme.cluster)
        }
    }

    /// The figure beside an arrow.
    pub fn flow_figure(&self) -> TextStyle {
        TextStyle {
            bold: true,
            halo: Some((self.theme.halo.alpha(0.85), 2.0 * self.arrows.unit)),
            ..TextStyle::new(0.74 * self.arrows.base, self.theme.flow)
        }
    }

    /// A shape in the colours that it has on white, or in a dark theme on black.
    fn opaque(&self, mut shape: Shape) -> Shape {
        let ground = Color::hex(if self.theme.dark { 0x000000 } else { 0xffffff });
        let flat = |color: &mut Color| {
            let over = Color { a: 255, ..*color };
            *color = mix(ground, over, f64::from(color.a) / 255.0);
        };
        match &mut shape.fill {
            Some(Fill::Solid(color) | Fill::Hatch { color, .. }) => flat(color),
            None => {}
        }
        if let Some(stroke) = &mut shape.stroke {
            flat(&mut stroke.color);
        }
        shape
    }

    fn style(&self, unit: f64) -> Style<'_> {
        Style {
            unit,
            theme: &self.theme,
            crowd: self.crowd,
        }
    }

    /// The shapes that a symbol is drawn with.
    pub(super) fn drawn(
        &self,
        unit: f64,
        draw: impl FnOnce(&Style, &mut Recorder, Pt),
    ) -> Vec<Shape> {
        let mut pen = Recorder::default();
        draw(&self.style(unit), &mut pen, pt(0.0, 0.0));
        pen.0
    }
}

fn arrows(theme: &Theme, spec: &MapSpec, layers: &LayerSet, (base, unit): (f64, f64)) -> Arrows {
    let scale = width_scale(spec, layers, base);
    let most = most_people(layers);
    let stem = |sort| flow_scale::stem(&scale, sort, most, base);
    let color = |sort| flow_scale::color(theme, sort, most, most);
    let floor = scale.floor_value();
    Arrows {
        unit,
        base,
        most: (scale.max_value(), scale.width(scale.max_value())),
        floor: (floor, scale.width(floor)),
        finest: flow_scale::FINEST,
        hollow: stem(FlowSort::Hollow),
        hair: (stem(FlowSort::Hair), head_unit(FlowSort::Hair, 1.0)),
        head: arrow::HEAD,
        head_long: arrow::HEAD_LONG,
        strength: (flow_scale::PALEST, flow_scale::POWER),
        colors: [color(FlowSort::Hollow), color(FlowSort::Hair)],
    }
}

/// Symbols do not grow smaller for more than this.
const CROWD: usize = 2000;

/// Symbols of the map of incidents: one for each point or circle, however many incidents it stands for.
fn crowd(layers: &LayerSet) -> Crowd {
    let (mut dots, mut rings) = (FxHashSet::default(), FxHashSet::default());
    for feature in &layers.incidents.features {
        let location = &feature.attributes.location;
        let (set, at, radius) = match &location.footprint {
            Footprint::Point(at) => (&mut dots, at, 0.0),
            Footprint::Disc(at) => (&mut rings, at, location.radius_km),
            Footprint::Area(_) => continue,
        };
        if set.len() < CROWD {
            set.insert([at.x(), at.y(), radius].map(f64::to_bits));
        }
    }
    Crowd::of(dots.len(), rings.len())
}

/// So many areas are told apart; what is beyond is hatched as most are.
const HATCHED: usize = 60;

/// The direction of each area's hatching, by its name, as [`vague`](super::vague) has it: the widest first, each in another
/// than those that it overlaps.
fn hatching(layers: &LayerSet) -> Vec<(String, usize)> {
    let mut areas: BTreeMap<&str, &MultiPolygon> = BTreeMap::new();
    for feature in &layers.incidents.features {
        let location = &feature.attributes.location;
        if let Footprint::Area(area) = &location.footprint
            && location.precision < Precision::Country
        {
            areas.entry(&location.name).or_insert(area);
        }
    }
    let boxed = areas.into_iter().filter_map(|(name, area)| {
        let bounds = area.bounding_rect()?;
        Some((name, area.unsigned_area(), bounds))
    });
    let widest = boxed.sorted_by(|a, b| b.1.total_cmp(&a.1)).take(HATCHED);
    let mut drawn: Vec<(Rect, usize)> = Vec::new();
    let mut hatching = Vec::new();
    for (name, _, bounds) in widest {
        let over = |other: &&(Rect, usize)| other.0.intersects(&bounds);
        let taken: Vec<usize> = drawn.iter().filter(over).map(|(_, i)| *i).collect();
        let free = (0..4).find(|i| !taken.contains(i));
        let index = free.unwrap_or(drawn.len() % 4);
        drawn.push((bounds, index));
        if index > 0 {
            hatching.push((name.to_owned(), index));
        }
    }
    hatching
}

/// A pen that keeps what it was to draw.
#[derive(Default)]
pub(super) struct Recorder(Vec<Shape>);

impl Pen for Recorder {
    fn path(&mut self, _: Path, fill: Option<Fill>, stroke: Option<Stroke>) {
        let radius = None;
        self.0.push(Shape {
            radius,
            fill,
            stroke,
        });
    }

    fn circle(&mut self, _: Pt, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>) {
        let radius = Some(radius);
        self.0.push(Shape {
            radius,
            fill,
            stroke,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_symbols_than_are_counted_are_no_smaller() {
        assert_eq!(Crowd::of(CROWD, CROWD), Crowd::of(10 * CROWD, 10 * CROWD));
    }

    #[test]
    fn shapes_are_those_that_the_map_draws() {
        let mut pen = Recorder::default();
        let theme = Theme::named(Default::default());
        let style = Style {
            unit: 2.0,
            theme: &theme,
            crowd: Crowd::of(1, 1),
        };
        style.dot(&mut pen, pt(0.0, 0.0), false);
        let [dot] = &pen.0[..] else {
            panic!("{:?}", pen.0)
        };
        assert_eq!(dot.radius, Some(style.dot_radius()));
        assert_eq!(dot.fill, Some(Fill::Solid(theme.incident)));
    }
}
