//! Where a name may stand: around a point, within an area, along a line.

use super::block::Strip;
use super::track::{self, Setting, Track, joined};
use super::{Rect, TextBox};
use crate::draw::curved::SetPart;
use crate::draw::{Align, Pt, pt};

/// One place for a name, before ink is counted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    /// The upright box of the text; of a slanting name, the box before it is turned about its centre.
    pub ground: Rect,
    /// Which end of the lines keeps to the symbol.
    pub align: Align,
    /// Degrees, clockwise, about the ground's centre.
    pub rotation: f64,
    /// 0 is best.
    pub cost: f64,
    /// From its symbol to a name that stands far off.
    pub leader: Option<[Pt; 2]>,
    /// Which of the forms of the name stands there.
    pub form: usize,
    /// Where its letters stand, if not in a row.
    pub curve: Option<Curve>,
}

/// A name letter by letter.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Curve {
    pub parts: Vec<SetPart>,
    pub boxes: Vec<TextBox>,
}

impl Spot {
    /// An upright name.
    pub fn upright(ground: Rect, align: Align, cost: f64) -> Self {
        Self {
            ground,
            align,
            rotation: 0.0,
            cost,
            leader: None,
            form: 0,
            curve: None,
        }
    }

    /// The boxes that the text takes, with a margin around it.
    pub fn boxes(&self, margin: f64) -> Vec<TextBox> {
        match &self.curve {
            Some(curve) => curve.boxes.iter().map(|b| b.grown(margin)).collect(),
            None => vec![TextBox::turned(self.ground, self.rotation).grown(margin)],
        }
    }

    /// The boxes of its line to the symbol, `width` broad.
    pub fn lines(&self, width: f64) -> Vec<TextBox> {
        let Some([a, b]) = self.leader else {
            return Vec::new();
        };
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx.hypot(dy);
        let middle = pt((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
        let rect = Rect::new(
            middle.x - length / 2.0,
            middle.y - width / 2.0,
            length,
            width,
        );
        vec![TextBox::turned(rect, dy.atan2(dx).to_degrees())]
    }
}

/// Imhof's eight positions about a symbol of some radius, best first.
pub(super) fn around(at: Pt, radius: f64, gap: f64, w: f64, h: f64) -> Vec<Spot> {
    let diagonal = radius * std::f64::consts::FRAC_1_SQRT_2 + 0.6 * gap;
    let side = radius + gap;
    let (left, right) = (at.x - w, at.x);
    let spot = |x: f64, y: f64, align, cost| Spot::upright(Rect::new(x, y, w, h), align, cost);
    vec![
        spot(right + side, at.y - h * 0.56, Align::Left, 0.0),
        spot(
            right + diagonal,
            at.y - diagonal - h * 0.78,
            Align::Left,
            0.05,
        ),
        spot(
            right + diagonal,
            at.y + diagonal - h * 0.22,
            Align::Left,
            0.15,
        ),
        spot(
            left - diagonal,
            at.y - diagonal - h * 0.78,
            Align::Right,
            0.22,
        ),
        spot(left - side, at.y - h * 0.56, Align::Right, 0.25),
        spot(
            left - diagonal,
            at.y + diagonal - h * 0.22,
            Align::Right,
            0.32,
        ),
        spot(at.x - w / 2.0, at.y - side - h * 0.95, Align::Centre, 0.28),
        spot(at.x - w / 2.0, at.y + side - h * 0.05, Align::Centre, 0.36),
    ]
}

/// Positions between Imhof's, for where those are taken: a name slid along its side of the symbol.
pub(super) fn between(at: Pt, radius: f64, gap: f64, w: f64, h: f64) -> Vec<Spot> {
    let side = radius + gap;
    let (above, below) = (at.y - side - h * 0.95, at.y + side - h * 0.05);
    let spot = |x: f64, y: f64, align, cost| Spot::upright(Rect::new(x, y, w, h), align, cost);
    let mut spots = Vec::new();
    // Slid up or down by a quarter of its height; right and left are the same but for Imhof's ranks.
    for (dy, cost) in [(-0.25, 0.08), (0.25, 0.12)] {
        let y = at.y - h * 0.56 + dy * h;
        spots.push(spot(at.x + side, y, Align::Left, cost));
        spots.push(spot(at.x - side - w, y, Align::Right, 0.25 + cost));
    }
    for (dx, cost) in [(0.25, 0.1), (-0.25, 0.12)] {
        let x = at.x - w / 2.0 + dx * w;
        spots.push(spot(x, above, Align::Centre, 0.28 + cost));
        spots.push(spot(x, below, Align::Centre, 0.36 + cost));
    }
    spots
}

/// Positions farther off, each with a line to the symbol.
pub(super) fn led(at: Pt, radius: f64, gap: f64, w: f64, h: f64) -> Vec<Spot> {
    let mut spots = around(at, radius, gap, w, h);
    spots.extend(between(at, radius, gap, w, h));
    for spot in &mut spots {
        let g = &spot.ground;
        // To the text's edge, at the height of its small letters.
        let to = pt(
            at.x.clamp(g.x, g.right()),
            at.y.clamp(g.y + 0.1 * h, g.bottom() - 0.2 * h),
        );
        let (dx, dy) = (to.x - at.x, to.y - at.y);
        let far = dx.hypot(dy).max(1e-9);
        let from = pt(at.x + dx / far * radius, at.y + dy / far * radius);
        spot.leader = (far > radius).then_some([from, to]);
    }
    spots
}

/// Positions all around an area, `gap` away from the edge as seen from its middle, each with a line
/// that ends just inside.
pub(super) fn led_out(rings: &[Vec<Pt>], (middle, gap): (Pt, f64), w: f64, h: f64) -> Vec<Spot> {
    const ROUND: usize = 16;
    let directions = (0..ROUND).map(|i| i as f64 / ROUND as f64 * std::f64::consts::TAU);
    let edges = rings
        .iter()
        .flat_map(|r| r.iter().zip(r.iter().cycle().skip(1)));
    let spots = directions.filter_map(|angle| {
        let (dx, dy) = (angle.cos(), angle.sin());
        // The farthest point of the edge in this direction.
        let far = edges
            .clone()
            .filter_map(|(a, b)| {
                let (ax, ay) = (a.x - middle.x, a.y - middle.y);
                let (ex, ey) = (b.x - a.x, b.y - a.y);
                let across = dx * ey - dy * ex;
                let along = (ax * ey - ay * ex) / across;
                let on = (ax * dy - ay * dx) / across;
                (across != 0.0 && along > 0.0 && (0.0..=1.0).contains(&on)).then_some(along)
            })
            .max_by(f64::total_cmp)?;
        let half = dx.abs() * w / 2.0 + dy.abs() * h / 2.0;
        let centre = far + gap + half;
        let at = pt(middle.x + dx * centre, middle.y + dy * centre);
        let ground = Rect::new(at.x - w / 2.0, at.y - h / 2.0, w, h);
        let inside = (far - 0.5 * h).max(0.0);
        let from = pt(middle.x + dx * inside, middle.y + dy * inside);
        let to = pt(
            from.x.clamp(ground.x, ground.right()),
            from.y.clamp(ground.y + 0.1 * h, ground.bottom() - 0.2 * h),
        );
        Some(Spot {
            leader: Some([from, to]),
            ..Spot::upright(ground, Align::Centre, 0.0)
        })
    });
    spots.collect()
}

/// Boxes of a size wholly within an area (even-odd rings) and a frame, the nearest to its visible
/// middle first; at most `most`.
pub(super) fn within(rings: &[Vec<Pt>], frame: &Rect, w: f64, h: f64, most: usize) -> Vec<Spot> {
    let (mut top, mut bottom) = (f64::INFINITY, f64::NEG_INFINITY);
    for p in rings.iter().flatten() {
        (top, bottom) = (top.min(p.y), bottom.max(p.y));
    }
    let (top, bottom) = (top.max(frame.y), bottom.min(frame.bottom()));
    // Infinite the wrong way round where there are no rings at all.
    if bottom - top <= h || h <= 0.0 {
        return Vec::new();
    }
    let rows = (((bottom - top) / (0.6 * h)) as usize).clamp(2, 60);
    let step = (bottom - top - h) / (rows - 1) as f64;
    // The text's top, middle and bottom line must all be inside.
    let lines = [0.0, 0.5, 1.0].map(|line| inside(rings, top + line * h, step, rows));
    let mut spots = Vec::new();
    let (mut weight, mut middle) = (1e-9, pt(0.0, 0.0));
    for row in 0..rows {
        let y = top + row as f64 * step;
        let mut free = vec![(frame.x, frame.right())];
        for stretches in lines.iter().filter_map(|l| l.get(row)) {
            free = common(&free, stretches);
        }
        for (a, b) in free {
            let length = b - a;
            weight += length;
            middle.x += length * (a + b) / 2.0;
            middle.y += length * (y + h / 2.0);
            if length < w {
                continue;
            }
            let places = ((length / w) as usize).clamp(1, 5);
            for i in 0..places {
                let x = a
                    + (length - w)
                        * if places == 1 {
                            0.5
                        } else {
                            i as f64 / (places - 1) as f64
                        };
                // How much air is at the sides counts too: names that touch borders look lost.
                let air = ((x - a).min(b - x - w) / (0.25 * w)).clamp(0.0, 1.0);
                spots.push((Rect::new(x, y, w, h), 0.15 * (1.0 - air)));
            }
        }
    }
    let middle = pt(middle.x / weight, middle.y / weight);
    let reach = frame.w.hypot(frame.h) / 2.0;
    let spots = spots.into_iter().map(|(ground, cost)| {
        let c = ground.centre();
        let far = (c.x - middle.x).hypot(c.y - middle.y) / reach;
        Spot::upright(ground, Align::Centre, cost + 0.8 * far)
    });
    spread(spots.collect(), most, 0.8 * w.max(2.0 * h))
}

/// The stretches of each of some rows, `step` apart from `first`, that lie inside rings, by the
/// even-odd rule. Linear in the edges and the rows that each crosses.
pub(super) fn inside(
    rings: &[Vec<Pt>],
    first: f64,
    step: f64,
    rows: usize,
) -> Vec<Vec<(f64, f64)>> {
    let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); rows];
    let step = step.max(1e-6);
    for ring in rings {
        let Some(mut a) = ring.last() else { continue };
        for b in ring {
            // Rows from the first at or below the upper end to the last above the lower end.
            let row = |y: f64| ((y - first) / step).ceil().clamp(0.0, rows as f64) as usize;
            for r in row(a.y.min(b.y))..row(a.y.max(b.y)) {
                let y = first + r as f64 * step;
                if let Some(list) = crossings.get_mut(r) {
                    list.push(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
                }
            }
            a = b;
        }
    }
    crossings
        .into_iter()
        .map(|mut xs| {
            xs.sort_by(f64::total_cmp);
            xs.chunks_exact(2)
                .filter_map(|p| if let &[a, b] = p { Some((a, b)) } else { None })
                .collect()
        })
        .collect()
}

/// What two sorted lists of stretches share.
fn common(a: &[(f64, f64)], b: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    for &(a0, a1) in a {
        for &(b0, b1) in b {
            let (from, to) = (a0.max(b0), a1.min(b1));
            if from < to {
                out.push((from, to));
            }
        }
    }
    out
}

/// How far from a line its name stands, in ems: baseline above it, or below.
const LIFTS: [f64; 2] = [0.3, 0.75];
/// A name whose letters all turn less than this from its slope, in degrees, is set straight.
const STRAIGHT: f64 = 2.5;
/// No letter leans more than this from the slope of the whole: names do not hook round corners.
const BEND: f64 = 38.0;
/// Windows along a line in which a name is tried.
const WINDOWS: f64 = 60.0;

/// Places for a name of one line along lines, above them or below, following their bends; the
/// quietest first, at most `most`. `size` is the em.
pub(super) fn along(
    lines: &[Vec<Pt>],
    frame: &Rect,
    strip: &Strip,
    (size, height): (f64, f64),
    most: usize,
) -> Vec<Spot> {
    let line = strip.line();
    let mut spots = Vec::new();
    for raw in joined(lines) {
        // What is left of a meander once it is smoothed must not run through the name.
        let Some(own) = Track::new(raw.clone()) else {
            continue;
        };
        if own.length() < line.width {
            continue;
        }
        for reach in [1.2 * size, 3.5 * size] {
            let Some(forth) = Track::smooth(&raw, reach) else {
                continue;
            };
            let tracks = [forth.reversed(), Some(forth)];
            for track in tracks.iter().flatten() {
                for lift in LIFTS {
                    // Below, the tall letters hang under the line.
                    for up in [lift * size, -(lift * size + 0.8 * line.ascent)] {
                        let Some(beside) = track.beside(up) else {
                            continue;
                        };
                        let extra = if up < 0.0 { 0.06 } else { 0.0 } + 0.12 * (lift - LIFTS[0]);
                        try_along(&beside, &own, &line, frame, (height, extra), &mut spots);
                    }
                }
            }
        }
    }
    spread(spots, most, 0.5 * line.width)
}

/// Tries a name all along a track beside a line.
fn try_along(
    track: &Track,
    own: &Track,
    line: &track::Line,
    frame: &Rect,
    (height, extra): (f64, f64),
    spots: &mut Vec<Spot>,
) {
    let room = track.length() - line.width;
    let step = (line.width / 5.0).max(room / WINDOWS).max(1.0);
    for i in 0..=(room.max(-1.0) / step).floor().max(0.0) as usize {
        let start = i as f64 * step;
        let Some(set) = track.set(line, start) else {
            continue;
        };
        let seen = |b: &TextBox| frame.encloses(&b.bounds());
        if set.bend > BEND || !set.boxes.iter().all(seen) {
            continue;
        }
        let crossed = crossed(own, &set.boxes, line.width);
        if crossed > 0.12 {
            continue;
        }
        let middle = (start + line.width / 2.0) / track.length() - 0.5;
        let cost = 0.03 * set.turn
            + 0.3 * (set.slope / 90.0).powi(2)
            + 0.008 * set.bend
            + 1.5 * crossed
            + 0.15 * middle.abs()
            + extra;
        spots.push(spot_of(set, height, cost));
    }
}

/// The part of a name's length that a line runs through.
fn crossed(own: &Track, boxes: &[TextBox], width: f64) -> f64 {
    // The line runs nearby: only what is about as far along as the name can touch it, but where
    // that is depends on its bends, so all of it is looked at, coarsely.
    let step = (width / 40.0).max(1.5);
    let n = (own.length() / step) as usize;
    let bounds = boxes.iter().map(TextBox::bounds);
    let around = bounds.reduce(|a, b| a.union(&b)).unwrap_or_default();
    let hit = |p: &Pt| around.contains(*p) && boxes.iter().any(|b| b.contains(*p));
    let hits = (0..=n).map(|i| own.at(i as f64 * step)).filter(hit).count();
    hits as f64 * step / width.max(1.0)
}

/// A place for what is set along a track; straight if it hardly bends.
pub(super) fn spot_of(set: Setting, height: f64, cost: f64) -> Spot {
    let around = set.boxes.iter().map(TextBox::bounds);
    let around = around.reduce(|a, b| a.union(&b)).unwrap_or_default();
    let straight = set.bend < STRAIGHT;
    if let (true, Some(a), Some(b)) = (straight, set.boxes.first(), set.boxes.last()) {
        let (ac, bc) = (a.centre(), b.centre());
        let (dx, dy) = (bc.x - ac.x, bc.y - ac.y);
        let chord = dx.hypot(dy);
        let (wa, wb) = (a.size().0 / 2.0, b.size().0 / 2.0);
        // The ends of the first and the last box, not their middles.
        let shift = if chord > 0.0 {
            (wb - wa) / 2.0 / chord
        } else {
            0.0
        };
        let middle = pt(
            (ac.x + bc.x) / 2.0 + shift * dx,
            (ac.y + bc.y) / 2.0 + shift * dy,
        );
        let w = chord + wa + wb;
        let ground = Rect::new(middle.x - w / 2.0, middle.y - height / 2.0, w, height);
        return Spot {
            rotation: set.slope,
            ..Spot::upright(ground, Align::Centre, cost)
        };
    }
    Spot {
        curve: Some(Curve {
            parts: set.parts,
            boxes: set.boxes,
        }),
        ..Spot::upright(around, Align::Centre, cost)
    }
}

/// The cheapest places, about half of them no nearer to each other than `apart`: some to choose from
/// where the best are taken, and some far from there.
fn spread(mut spots: Vec<Spot>, most: usize, apart: f64) -> Vec<Spot> {
    spots.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let (mut kept, mut rest): (Vec<Spot>, Vec<Spot>) = (Vec::new(), Vec::new());
    for spot in spots {
        let c = spot.ground.centre();
        let near = |k: &Spot| {
            let o = k.ground.centre();
            (o.x - c.x).hypot(o.y - c.y) < apart
        };
        if kept.len() < most.div_ceil(2) && !kept.iter().any(near) {
            kept.push(spot);
        } else if rest.len() < most {
            rest.push(spot);
        }
    }
    let room = most - kept.len();
    kept.extend(rest.into_iter().take(room));
    kept.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Color, TextStyle};
    use crate::map::block::Block;

    const FRAME: Rect = Rect {
        x: 0.0,
        y: 0.0,
        w: 400.0,
        h: 300.0,
    };

    #[test]
    fn the_eight_positions_keep_clear_of_the_symbol() {
        for (radius, gap) in [(2.0, 3.0), (30.0, 3.0)] {
            let at = pt(200.0, 150.0);
            let spots = around(at, radius, gap, 60.0, 14.0);
            assert_eq!(spots.len(), 8);
            let others = between(at, radius, gap, 60.0, 14.0);
            for spot in spots.iter().chain(&others) {
                assert!(
                    spot.ground.distance(at) >= radius * 0.99,
                    "{radius} {spot:?}"
                );
            }
            assert!(spots[0].ground.x > at.x && spots[0].cost == 0.0);
        }
    }

    #[test]
    fn a_name_within_an_area_stays_within() {
        // An L: the upper arm is too narrow for the name.
        let l = vec![
            [
                (10.0, 10.0),
                (60.0, 10.0),
                (60.0, 200.0),
                (300.0, 200.0),
                (300.0, 280.0),
                (10.0, 280.0),
            ]
            .map(|(x, y)| pt(x, y))
            .to_vec(),
        ];
        let spots = within(&l, &FRAME, 100.0, 20.0, 10);
        assert!(!spots.is_empty() && spots.len() <= 10);
        for s in &spots {
            assert!(
                s.ground.y >= 199.0 && s.ground.x >= 10.0 && s.ground.right() <= 300.0,
                "{s:?}"
            );
        }
        assert!(within(&l, &FRAME, 350.0, 20.0, 10).is_empty());
        assert!(within(&[], &FRAME, 10.0, 10.0, 10).is_empty());
    }

    #[test]
    fn a_hole_is_not_inside() {
        let square = |a: f64, b: f64| vec![pt(a, a), pt(b, a), pt(b, b), pt(a, b)];
        let rings = [square(0.0, 300.0), square(100.0, 200.0)];
        let hole = Rect::new(100.0, 100.0, 100.0, 100.0);
        let spots = within(&rings, &FRAME, 80.0, 30.0, 100);
        assert!(!spots.is_empty() && spots.iter().all(|s| !s.ground.inset(0.5).overlaps(&hole)));
    }

    fn strip(text: &str) -> (Strip, f64) {
        let style = TextStyle {
            italic: true,
            ..TextStyle::new(14.0, Color::hex(0))
        };
        let block = Block::new(&[text], &style).unwrap().unwrap();
        (block.strip().unwrap().unwrap(), block.height)
    }

    fn rotations(spot: &Spot) -> Vec<f64> {
        match &spot.curve {
            Some(curve) => curve.parts.iter().map(|p| p.rotation).collect(),
            None => vec![spot.rotation],
        }
    }

    #[test]
    fn names_along_a_straight_line_are_set_straight_and_read_from_the_left() {
        for line in [
            [(50.0, 200.0), (350.0, 100.0)],
            [(350.0, 100.0), (50.0, 200.0)],
        ] {
            let line = vec![line.map(|(x, y)| pt(x, y)).to_vec()];
            let (strip, height) = strip("Orontes");
            let spots = along(&line, &FRAME, &strip, (14.0, height), 5);
            let spot = &spots[0];
            assert!(spot.curve.is_none() && (spot.rotation + 18.43).abs() < 0.1);
            let c = spot.ground.centre();
            assert!(c.y < 200.0 - (c.x - 50.0) / 3.0, "above the line");
        }
    }

    #[test]
    fn names_along_a_river_bend_with_it_stay_upright_and_do_not_touch_it() {
        let wave = |i: i32| {
            let x = 20.0 + 1.8 * f64::from(i);
            pt(x, 150.0 + 30.0 * (x / 45.0).sin())
        };
        let river: Vec<Pt> = (0..200).map(wave).collect();
        for line in [river.clone(), river.iter().rev().copied().collect()] {
            for text in ["Euphrates", "نهر الفرات"] {
                let (strip, height) = strip(text);
                let spots = along(
                    std::slice::from_ref(&line),
                    &FRAME,
                    &strip,
                    (14.0, height),
                    14,
                );
                assert!(spots.len() > 5 && spots.iter().any(|s| s.curve.is_some()));
                for spot in &spots {
                    assert!(rotations(spot).iter().all(|r| r.abs() < 90.0), "{spot:?}");
                    let boxes = spot.boxes(0.0);
                    // Left to right, and near the river all along.
                    for pair in boxes.windows(2) {
                        assert!(pair[0].centre().x < pair[1].centre().x);
                    }
                    for b in &boxes {
                        let near = |p: &Pt| (p.x - b.centre().x).hypot(p.y - b.centre().y);
                        let off = river.iter().map(near).fold(f64::INFINITY, f64::min);
                        assert!(off < 30.0, "{off}");
                    }
                    let hit = river
                        .iter()
                        .filter(|p| boxes.iter().any(|b| b.contains(**p)));
                    assert!(hit.count() < 6, "{spot:?}");
                }
            }
        }
    }

    #[test]
    fn a_line_that_turns_back_on_itself_carries_no_name() {
        let zigzag: Vec<Pt> = (0..30)
            .map(|i| {
                let y = if i % 2 == 0 { 60.0 } else { 240.0 };
                pt(50.0 + 5.0 * f64::from(i), y)
            })
            .collect();
        let (strip, height) = strip("Orontes");
        let spots = along(&[zigzag], &FRAME, &strip, (14.0, height), 5);
        assert!(spots.is_empty(), "{spots:?}");
    }
}
