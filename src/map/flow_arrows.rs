//! The arrows of a map of displacement: laid out, and drawn the wide ones first.

use geo::{Coord, Rect as GeoRect};

use super::arrow::{self, Arrow};
use super::compose::Stage;
use super::flow_ends::{End, same};
use super::flow_scale::{self, width_scale};
use super::flow_sort::{self, FlowSort};
use super::theme::Theme;
use crate::analyse::flow_layout::{self, Layout, Node, Spacing};
use crate::draw::{Canvas, Color, Fill, Path, Stroke};
use crate::layer::{FlowAttributes, LayerSet};
use crate::record::Location;

/// Units between an arrow's end and the symbol of the place.
pub(super) const GAP: f64 = 2.5;

/// A flow on the page.
pub(super) struct Flow<'a> {
    pub attributes: &'a FlowAttributes,
    pub arrow: Arrow,
    pub sort: FlowSort,
}

/// The flows of a map.
pub(super) struct Drawn<'a> {
    /// In the layer's order.
    pub flows: Vec<Flow<'a>>,
    /// The order to draw them in.
    order: Vec<usize>,
}

/// What there is to lay out: places, arrows between them, and what each arrow is.
struct Task<'a> {
    nodes: Vec<Node>,
    arrows: Vec<flow_layout::Arrow>,
    attributes: Vec<(&'a FlowAttributes, FlowSort)>,
    spacing: Spacing,
}

impl<'a> Task<'a> {
    /// Of a map.
    fn new(stage: &Stage, layers: &'a LayerSet, ends: &[End]) -> Self {
        let unit = stage.layout.unit;
        let scale = width_scale(stage.spec, layers, stage.layout.base);
        let nodes: Vec<Node> = ends.iter().map(|end| end.node(stage)).collect();
        let index = |l: &Location| ends.iter().position(|e| same(e.location, l));
        let mut attributes = Vec::new();
        let hair_below = flow_sort::hair_below(layers);
        let mut arrows: Vec<flow_layout::Arrow> = Vec::new();
        for a in layers.flows.drawn() {
            let sort = flow_sort::sort(a, hair_below);
            let width = flow_scale::stem(&scale, sort, a.width_people, stage.layout.base);
            let unit = head_unit(sort, unit);
            if let (Some(from), Some(to)) = (index(&a.from), index(&a.to))
                && from != to
                && a.width_people > 0.0
            {
                let (head_length, head_width) = (
                    arrow::head_length(width, unit),
                    arrow::head_width(width, unit),
                );
                arrows.push(flow_layout::Arrow {
                    from,
                    to,
                    width,
                    head_length,
                    head_width,
                });
                attributes.push((a, sort));
            }
        }
        let f = stage.layout.frame.inset(4.0 * unit);
        let frame = GeoRect::new(
            Coord { x: f.x, y: f.y },
            Coord {
                x: f.right(),
                y: f.bottom(),
            },
        );
        let spacing = Spacing {
            gap: GAP * unit,
            clearance: 3.0 * unit,
            frame,
        };
        Self {
            nodes,
            arrows,
            attributes,
            spacing,
        }
    }

    /// Curves for the arrows: first for those that matter, as if they were alone, then for hair lines, which run
    /// under them. Of the latter the order comes first.
    fn layout(&self) -> Layout {
        let all = self.laid_out(&self.arrows);
        let is_hair = |i: &usize| {
            self.attributes
                .get(*i)
                .is_some_and(|a| a.1 == FlowSort::Hair)
        };
        let (hairs, main): (Vec<usize>, Vec<usize>) = (0..self.arrows.len()).partition(is_hair);
        if hairs.is_empty() {
            return all;
        }
        let arrows: Vec<_> = main
            .iter()
            .filter_map(|i| self.arrows.get(*i))
            .copied()
            .collect();
        let alone = self.laid_out(&arrows);
        let Layout { mut curves, .. } = all;
        for (curve, i) in alone.curves.into_iter().zip(&main) {
            if let Some(place) = curves.get_mut(*i) {
                *place = curve;
            }
        }
        let on_top = alone.order.iter().filter_map(|i| main.get(*i)).copied();
        let order = hairs.into_iter().chain(on_top).collect();
        Layout {
            curves,
            order,
            score: alone.score,
        }
    }

    fn laid_out(&self, arrows: &[flow_layout::Arrow]) -> Layout {
        // Only numbers that are not finite make it fail, and all of these come from finite ones.
        flow_layout::layout(&self.nodes, arrows, &self.spacing).unwrap_or_default()
    }
}

/// The unit that an arrow's head goes by: hair lines have a small one.
pub(super) fn head_unit(sort: FlowSort, unit: f64) -> f64 {
    if sort == FlowSort::Hair {
        0.65 * unit
    } else {
        unit
    }
}

/// Lays out the arrows of a map.
pub(super) fn arrows<'a>(stage: &Stage, layers: &'a LayerSet, ends: &[End]) -> Drawn<'a> {
    let task = Task::new(stage, layers, ends);
    let Layout { curves, order, .. } = task.layout();
    let flows = task
        .attributes
        .into_iter()
        .zip(&task.arrows)
        .zip(curves)
        .map(|(((attributes, sort), a), curve)| Flow {
            attributes,
            sort,
            arrow: Arrow {
                curve,
                stem: a.width,
                unit: head_unit(sort, stage.layout.unit),
            },
        })
        .collect();
    Drawn { flows, order }
}

/// Wide flows under narrow ones, each with a rim that keeps it apart from those it crosses.
pub(super) fn draw_flows(canvas: &Canvas, stage: &Stage, layers: &LayerSet, drawn: &Drawn) {
    let Drawn { flows, order } = drawn;
    let most = flow_scale::most_people(layers);
    for flow in order.iter().filter_map(|i| flows.get(*i)) {
        let outline = flow.arrow.outline();
        if flow.sort != FlowSort::Hair {
            let rim = rim(&stage.theme, stage.layout.unit);
            canvas.path(outline.clone(), None, Some(rim));
        }
        let people = flow.attributes.width_people;
        let color = flow_scale::color(&stage.theme, flow.sort, people, most);
        fill(
            canvas,
            &stage.theme,
            (outline, flow.sort),
            color,
            stage.layout.unit,
        );
    }
}

/// The line that keeps an arrow apart from those that it crosses.
pub(super) fn rim(theme: &Theme, unit: f64) -> Stroke {
    Stroke::new(theme.flow_casing.alpha(0.8), 1.5 * unit)
}

/// The edge of a hollow arrow.
pub(super) fn hollow_edge(color: Color, unit: f64) -> Stroke {
    Stroke::new(color, 0.9 * unit)
}

/// Fills an arrow's outline. How many people went the way of a hollow one nobody says: it has no body.
pub(super) fn fill(
    canvas: &Canvas,
    theme: &Theme,
    (outline, sort): (Path, FlowSort),
    color: Color,
    unit: f64,
) {
    let (body, edge) = match sort {
        FlowSort::Hollow => (theme.focus, Some(hollow_edge(color, unit))),
        FlowSort::Plain | FlowSort::Hair => (color, None),
    };
    canvas.path(outline, Some(Fill::Solid(body)), edge);
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::analyse::flow_layout::{Curve, Score, score};
    use crate::gazetteer::Gazetteer;
    use crate::ground::basemap::Basemap;
    use crate::map::flow_ends::ends;
    use crate::map::{Needs, words};
    use crate::pipeline::{Built, Records, Settings, Timings, build};
    use crate::read::{ReadOptions, read_displacement};

    fn built(period: &str) -> Built {
        let table = "data/examples/synthetic/displacement.csv";
        let table = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(table);
        let read = read_displacement(&table, &ReadOptions::default()).unwrap();
        let records = Records {
            claims: None,
            displacement: Some(read.records),
            claims_outside: vec![],
            displacement_outside: vec![],
        };
        let settings = Settings {
            period: Some(period.parse().unwrap()),
            ..Settings::default()
        };
        let (gazetteer, basemap) = (Gazetteer::embedded(), Basemap::embedded());
        build(
            records,
            &settings,
            gazetteer,
            basemap,
            &mut Timings::start(),
        )
        .unwrap()
    }

    /// The scores of straight lines and of our own curves, for a period of the synthetic year.
    fn scores(period: &str) -> (Score, Score, usize) {
        let Built {
            flow_spec, layers, ..
        } = built(period);
        let basemap = Basemap::embedded();
        let words = |projection: &str| words::flows(&flow_spec, &layers, projection, None);
        let needs = Needs::new(&flow_spec, words, |_| vec![]).unwrap();
        let stage = Stage::new(&flow_spec, basemap, &needs).unwrap();
        let ends = ends(&stage, &layers);
        let task = Task::new(&stage, &layers, &ends);
        let line = |arrow: &flow_layout::Arrow| {
            let (from, to) = (&task.nodes[arrow.from], &task.nodes[arrow.to]);
            let whole = Curve::bent(from.at, to.at, 0.0);
            let far = (to.at.x - from.at.x).hypot(to.at.y - from.at.y);
            let free = |node: &Node| ((node.radius + task.spacing.gap) / far).min(0.3);
            whole.piece(free(from), 1.0 - free(to))
        };
        let lines: Vec<Curve> = task.arrows.iter().map(line).collect();
        let straight = score(&task.nodes, &task.arrows, &lines).unwrap();
        (straight, task.layout().score, task.arrows.len())
    }

    #[test]
    fn the_busiest_month_has_fewer_faults_than_straight_lines() {
        let (straight, ours, flows) = scores("2020-02");
        assert!(flows > 75);
        // Measured: 346 crossings for 577, 60 acute for 172, 5 nodes for 20, 5 heads for 60.
        assert!(3 * ours.crossings < 2 * straight.crossings, "{ours:?}");
        assert!(
            2 * ours.acute_crossings < straight.acute_crossings,
            "{ours:?}"
        );
        assert!(2 * ours.node_overlaps < straight.node_overlaps, "{ours:?}");
        assert!(6 * ours.hidden_heads < straight.hidden_heads, "{ours:?}");
    }

    #[test]
    fn a_year_of_flows_is_thinned_and_laid_out() {
        let (straight, ours, flows) = scores("2020");
        // Nine in ten people are on the map, which here takes a few more than a hundred flows of the 187.
        assert!((100..=120).contains(&flows), "{flows}");
        assert!(3 * ours.crossings < 2 * straight.crossings, "{ours:?}");
        assert!(
            2 * ours.acute_crossings < straight.acute_crossings,
            "{ours:?}"
        );
        assert!(ours.node_overlaps < straight.node_overlaps, "{ours:?}");
        assert!(3 * ours.hidden_heads < straight.hidden_heads, "{ours:?}");
    }
}
