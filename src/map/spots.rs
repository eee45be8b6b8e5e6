//! Where a name may stand: around a point, within an area, along a line.

use super::{Rect, TextBox};
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
}

impl Spot {
    /// The boxes that the text takes, with a margin around it.
    pub fn boxes(&self, margin: f64) -> Vec<TextBox> {
        vec![TextBox::turned(self.ground, self.rotation).grown(margin)]
    }
}

/// Imhof's eight positions about a symbol of some radius, best first.
pub(super) fn around(at: Pt, radius: f64, gap: f64, w: f64, h: f64) -> Vec<Spot> {
    let diagonal = radius * std::f64::consts::FRAC_1_SQRT_2 + 0.6 * gap;
    let side = radius + gap;
    let (left, right) = (at.x - w, at.x);
    let spot = |x: f64, y: f64, align, cost| Spot {
        ground: Rect::new(x, y, w, h),
        align,
        rotation: 0.0,
        cost,
    };
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
    let mut spots: Vec<Spot> = spots
        .into_iter()
        .map(|(ground, cost)| {
            let c = ground.centre();
            let far = (c.x - middle.x).hypot(c.y - middle.y) / reach;
            Spot {
                ground,
                align: Align::Centre,
                rotation: 0.0,
                cost: cost + 0.8 * far,
            }
        })
        .collect();
    spots.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    spots.truncate(most);
    spots
}

/// The stretches of each of some rows, `step` apart from `first`, that lie inside rings, by the
/// even-odd rule. Linear in the edges and the rows that each crosses.
fn inside(rings: &[Vec<Pt>], first: f64, step: f64, rows: usize) -> Vec<Vec<(f64, f64)>> {
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

/// Straight stretches of lines that hold a text of a width, the straightest first; the text stands
/// `lift` above the line. At most `most`.
pub(super) fn along(
    lines: &[Vec<Pt>],
    frame: &Rect,
    w: f64,
    h: f64,
    lift: f64,
    most: usize,
) -> Vec<Spot> {
    let mut spots = Vec::new();
    for line in lines {
        let mut far = vec![0.0];
        for pair in line.windows(2) {
            let length = match pair {
                [a, b] => (b.x - a.x).hypot(b.y - a.y),
                _ => 0.0,
            };
            far.push(far.last().copied().unwrap_or(0.0) + length);
        }
        let total = far.last().copied().unwrap_or(0.0);
        let step = (w / 5.0).max(total / 150.0).max(1.0);
        let mut start = 0.0;
        while start + w <= total {
            if let Some(spot) = stretch(line, &far, start, w, h, lift)
                && frame.encloses(&spot.ground)
            {
                spots.push(spot);
            }
            start += step;
        }
    }
    spots.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    spots.truncate(most);
    spots
}

fn stretch(line: &[Pt], far: &[f64], start: f64, w: f64, h: f64, lift: f64) -> Option<Spot> {
    let at = |d: f64| {
        let i = far.partition_point(|f| *f < d).clamp(1, line.len() - 1);
        let (a, b) = (line.get(i - 1)?, line.get(i)?);
        let (fa, fb) = (far.get(i - 1)?, far.get(i)?);
        let t = ((d - fa) / (fb - fa).max(1e-9)).clamp(0.0, 1.0);
        Some(pt(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)))
    };
    let (a, b) = (at(start)?, at(start + w)?);
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let chord = dx.hypot(dy);
    // A river that turns back on itself carries no name.
    if chord < 0.9 * w {
        return None;
    }
    let (ux, uy) = (dx / chord, dy / chord);
    // How far the line strays from the chord: the name must clear the bulge on its side.
    let (mut above, mut below) = (0.0_f64, 0.0_f64);
    for i in 0..=12 {
        let p = at(start + w * f64::from(i) / 12.0)?;
        let off = (p.x - a.x) * -uy + (p.y - a.y) * ux;
        (above, below) = (above.max(-off), below.max(off));
    }
    let mut angle = uy.atan2(ux).to_degrees();
    let turned = !(-90.0..=90.0).contains(&angle);
    if turned {
        angle -= 180.0 * angle.signum();
    }
    let bulge = if turned { below } else { above };
    if above + below > 0.9 * h {
        return None;
    }
    // Away from the line: to the upper side of the text.
    let (sin, cos) = angle.to_radians().sin_cos();
    let off = bulge + lift + h / 2.0;
    let centre = pt((a.x + b.x) / 2.0 + sin * off, (a.y + b.y) / 2.0 - cos * off);
    let ground = Rect::new(centre.x - w / 2.0, centre.y - h / 2.0, w, h);
    let cost = 0.4 * (above + below) / h + 0.3 * (angle.abs() / 90.0).powi(2);
    Some(Spot {
        ground,
        align: Align::Centre,
        rotation: angle,
        cost,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            for spot in &spots {
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

    #[test]
    fn names_along_a_line_read_from_the_left_and_stand_above_it() {
        for line in [
            [(50.0, 200.0), (350.0, 100.0)],
            [(350.0, 100.0), (50.0, 200.0)],
        ] {
            let line = vec![line.map(|(x, y)| pt(x, y)).to_vec()];
            let spots = along(&line, &FRAME, 80.0, 12.0, 2.0, 5);
            let spot = &spots[0];
            assert!((-90.0..=90.0).contains(&spot.rotation) && (spot.rotation + 18.43).abs() < 0.1);
            let c = spot.ground.centre();
            assert!(c.y < 200.0 - (c.x - 50.0) / 3.0, "above the line");
        }
        let zigzag: Vec<Pt> = (0..30)
            .map(|i| {
                pt(
                    50.0 + 5.0 * f64::from(i),
                    if i % 2 == 0 { 100.0 } else { 140.0 },
                )
            })
            .collect();
        assert!(along(&[zigzag], &FRAME, 80.0, 12.0, 2.0, 5).is_empty());
    }
}
