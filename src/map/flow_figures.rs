//! The figures beside arrows: each nearer to its own than to any other, and on none.

use super::Rect;
use super::arrow;
use super::flow_arrows::Flow;
use super::flow_sort::FlowSort;
use super::spots::Spot;
use crate::draw::{Align, Pt, pt};

/// No other arrow comes nearer to a figure than this, in ems of its letters; hair lines may, at a price.
const TOUCH: f64 = 0.12;
const HAIR: f64 = 0.5;
/// Its own stem does not strike it through.
const OFF: f64 = 0.04;
/// Nor nearer than its own but for so much; what it costs where the difference is hardly more, up to `CLEAR`.
const NEARER: f64 = 0.2;
const CLEAR: f64 = 0.8;
const RIVAL: f64 = 0.9;
/// A figure that stands farther off has a line to its arrow: ems, cost.
const LED: [(f64, f64); 3] = [(1.6, 1.6), (2.8, 2.2), (4.4, 3.0)];
/// Where along an arrow such a line starts, the best first.
const LED_FROM: [f64; 5] = [0.45, 0.3, 0.62, 0.18, 0.78];
/// A stem of at least so many ems carries its figure on itself where there is no room beside it, if it is so many times
/// as long as the figure is across it.
const SHAFT: (f64, f64) = (0.3, 1.7);
const ON_SHAFT: f64 = 0.7;
/// Pixels between the points that an arrow is known by.
const STEP: f64 = 4.0;

/// An arrow as what figures keep clear of.
struct Course {
    points: Vec<Pt>,
    half: f64,
    bounds: Rect,
    is_hair: bool,
    head: Rect,
}

/// All arrows of a map.
pub(super) struct Courses {
    courses: Vec<Course>,
}

impl Courses {
    /// Of flows, and of arrows with one known end after them.
    pub fn new<'a>(
        flows: impl Iterator<Item = &'a Flow<'a>>,
        stubs: impl Iterator<Item = arrow::Arrow>,
        frame: &Rect,
    ) -> Self {
        let arrows = flows.map(|f| (f.arrow, f.sort == FlowSort::Hair));
        let courses = arrows.chain(stubs.map(|a| (a, false)));
        Self {
            courses: courses.map(|(a, hair)| course(&a, hair, frame)).collect(),
        }
    }

    /// The places for the figure of one of the arrows at which it can be nobody else's, with what they cost.
    pub fn spots(
        &self,
        own: usize,
        arrow: &arrow::Arrow,
        size: f64,
        (w, h): (f64, f64),
    ) -> Vec<Spot> {
        let beside = arrow.figure_spots(size, w, h);
        let mut spots: Vec<Spot> = beside
            .into_iter()
            .filter_map(|s| self.priced(own, s, size, true))
            .collect();
        let shaft = on_shaft(arrow, size, w, h);
        spots.extend(
            shaft
                .into_iter()
                .filter_map(|s| self.priced(own, s, size, false)),
        );
        spots.extend(
            led(arrow, size, w, h)
                .into_iter()
                .filter(|s| self.is_led_clear(own, s))
                .filter_map(|s| self.priced(own, s, size, false)),
        );
        spots
    }

    /// The spot with the cost of other arrows near it; `None` if it is on one, or nearer to it.
    fn priced(&self, own: usize, spot: Spot, size: f64, nearest: bool) -> Option<Spot> {
        let clear = CLEAR * size;
        let g = spot.ground.inset(0.08 * size);
        let mine = match self.courses.get(own).filter(|_| nearest) {
            Some(course) => course.distance(&g),
            None => 0.0,
        };
        if nearest && mine < OFF * size {
            return None;
        }
        let mut cost = 0.0_f64;
        for (i, other) in self.courses.iter().enumerate() {
            let reach = mine + clear + other.half;
            if i == own || !other.bounds.inset(-reach).overlaps(&g) {
                continue;
            }
            let away = other.distance(&g);
            if other.is_hair {
                if away < TOUCH * size {
                    cost += HAIR;
                }
                continue;
            }
            if away < TOUCH * size || other.head.overlaps(&g) {
                return None;
            }
            let ahead = away - mine;
            if nearest && ahead < NEARER * size {
                return None;
            }
            cost = cost.max(RIVAL * (1.0 - ahead / clear).clamp(0.0, 1.0));
        }
        let cost = spot.cost + cost;
        Some(Spot { cost, ..spot })
    }

    /// Whether the line of a spot crosses no arrow but its own.
    fn is_led_clear(&self, own: usize, spot: &Spot) -> bool {
        let Some([a, b]) = spot.leader else {
            return true;
        };
        let n = ((b.x - a.x).hypot(b.y - a.y) / STEP).ceil().max(1.0) as usize;
        let along = (0..=n).map(|i| {
            let t = i as f64 / n as f64;
            pt(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
        });
        let points: Vec<Pt> = along.collect();
        self.courses.iter().enumerate().all(|(i, other)| {
            i == own
                || other.is_hair
                || !points.iter().any(|p| {
                    other.bounds.inset(-other.half - STEP).contains(*p)
                        && other.distance(&Rect::around(*p, 0.5)) < 0.6 * STEP
                })
        })
    }
}

impl Course {
    /// From a box to the edge of the stem.
    fn distance(&self, to: &Rect) -> f64 {
        let nearest = self.points.iter().map(|p| to.distance(*p));
        nearest.fold(f64::INFINITY, f64::min) - self.half
    }
}

fn course(arrow: &arrow::Arrow, is_hair: bool, frame: &Rect) -> Course {
    let mut points = Vec::new();
    for pair in arrow::points(&arrow.curve).windows(2) {
        let &[a, b] = pair else { continue };
        let n = ((b.x - a.x).hypot(b.y - a.y) / STEP)
            .ceil()
            .clamp(1.0, 400.0) as usize;
        points.extend((0..=n).map(|i| {
            let t = i as f64 / n as f64;
            pt(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
        }));
    }
    points.retain(|p| frame.contains(*p));
    let boxes = points.iter().map(|p| Rect::around(*p, 0.0));
    let bounds = boxes.reduce(|a, b| a.union(&b)).unwrap_or_default();
    Course {
        points,
        half: arrow.body() / 2.0,
        bounds,
        is_hair,
        head: arrow.head_box(),
    }
}

/// Places on the stem itself.
fn on_shaft(arrow: &arrow::Arrow, size: f64, w: f64, h: f64) -> Vec<Spot> {
    let (least, long) = SHAFT;
    let head = arrow.head_box();
    let spots = LED_FROM.iter().enumerate().filter_map(|(rank, t)| {
        let (p, d) = (arrow.curve.at(*t), arrow.curve.direction(*t));
        let across = d.x.abs() * w + d.y.abs() * h;
        let ground = Rect::new(p.x - w / 2.0, p.y - h / 2.0, w, h);
        let fits = arrow.body() >= least * size && arrow.length() >= long * across;
        (fits && !ground.overlaps(&head))
            .then(|| Spot::upright(ground, Align::Centre, ON_SHAFT + 0.1 * rank as f64))
    });
    spots.collect()
}

/// Places farther off on either side, each with a line to the middle of the stem.
fn led(arrow: &arrow::Arrow, size: f64, w: f64, h: f64) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (rank, t) in LED_FROM.iter().enumerate() {
        let (p, d) = (arrow.curve.at(*t), arrow.curve.direction(*t));
        for side in [1.0, -1.0] {
            let (nx, ny) = (-d.y * side, d.x * side);
            for (gap, cost) in LED {
                let off = arrow.body() / 2.0 + gap * size + (nx.abs() * w + ny.abs() * h) / 2.0;
                let (x, y) = (p.x + nx * off, p.y + ny * off);
                let ground = Rect::new(x - w / 2.0, y - h / 2.0, w, h);
                let to = pt(
                    p.x.clamp(ground.x, ground.right()),
                    p.y.clamp(ground.y + 0.1 * h, ground.bottom() - 0.15 * h),
                );
                spots.push(Spot {
                    leader: Some([pt(p.x, p.y), to]),
                    ..Spot::upright(ground, Align::Centre, cost + 0.1 * rank as f64)
                });
            }
        }
    }
    spots
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::*;
    use crate::analyse::flow_layout::Curve;
    use crate::map::arrow::Arrow;

    const FRAME: Rect = Rect {
        x: 0.0,
        y: 0.0,
        w: 400.0,
        h: 400.0,
    };

    fn level(y: f64, stem: f64) -> Arrow {
        let at = |x| Coord { x, y };
        Arrow {
            curve: Curve::bent(at(50.0), at(350.0), 0.0),
            stem,
            unit: 1.0,
        }
    }

    fn courses(arrows: &[Arrow]) -> Courses {
        Courses {
            courses: arrows.iter().map(|a| course(a, false, &FRAME)).collect(),
        }
    }

    fn gap(spot: &Spot, arrow: &Arrow) -> f64 {
        course(arrow, false, &FRAME).distance(&spot.ground)
    }

    #[test]
    fn between_two_arrows_a_figure_stands_on_its_own_side() {
        let arrows = [level(200.0, 6.0), level(216.0, 2.0)];
        let spots = courses(&arrows).spots(0, &arrows[0], 10.0, (40.0, 11.0));
        assert!(!spots.is_empty());
        for spot in spots.iter().filter(|s| s.leader.is_none()) {
            let (own, other) = (gap(spot, &arrows[0]), gap(spot, &arrows[1]));
            assert!(own + 1.0 < other, "{own} {other}");
            assert!(other > 1.0);
        }
    }

    #[test]
    fn a_figure_with_a_line_lies_on_no_arrow_and_its_line_crosses_none() {
        let arrows = [level(200.0, 2.0), level(216.0, 2.0), level(184.0, 2.0)];
        let spots = courses(&arrows).spots(0, &arrows[0], 10.0, (40.0, 11.0));
        assert!(
            spots.iter().all(|s| s.leader.is_none()),
            "hemmed in on both sides"
        );
        let free = courses(&arrows[..2]).spots(0, &arrows[0], 10.0, (40.0, 11.0));
        let led: Vec<&Spot> = free.iter().filter(|s| s.leader.is_some()).collect();
        assert!(!led.is_empty() && led.iter().all(|s| s.ground.bottom() < 200.0));
    }

    #[test]
    fn only_a_wide_stem_carries_its_figure() {
        let on = |stem: f64| {
            let arrow = level(200.0, stem);
            let spots = courses(&[arrow]).spots(0, &arrow, 10.0, (40.0, 11.0));
            spots
                .iter()
                .any(|s| s.ground.contains(pt(s.ground.centre().x, 200.0)))
        };
        assert!(on(8.0) && !on(2.0));
    }
}
