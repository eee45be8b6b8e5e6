//! Cutting geometry to a box of degrees before it is projected: quick, and free of the points on the
//! far side of the globe that no plane can hold.
//!
//! Rings: Sutherland & Hodgman, "Reentrant polygon clipping", *CACM* 17 (1974) 32–42; parts that fall
//! apart stay joined along the box's edge, which lies outside of the frame. Lines: Liang & Barsky,
//! *ACM Transactions on Graphics* 3 (1984) 1–22. Both linear in the points.

use geo::{Coord, Rect};

/// A ring cut to the box; empty if nothing is left. The last point does not repeat the first.
pub(super) fn ring(points: &[Coord], to: &Rect) -> Vec<Coord> {
    let inside_all = points.iter().all(|p| within(p, to));
    let mut out: Vec<Coord> = points.to_vec();
    if out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    if inside_all {
        return out;
    }
    for edge in 0..4 {
        let inside = |p: &Coord| match edge {
            0 => p.x >= to.min().x,
            1 => p.x <= to.max().x,
            2 => p.y >= to.min().y,
            _ => p.y <= to.max().y,
        };
        let cross = |a: &Coord, b: &Coord| match edge {
            0 | 1 => {
                let x = if edge == 0 { to.min().x } else { to.max().x };
                Coord {
                    x,
                    y: a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x),
                }
            }
            _ => {
                let y = if edge == 2 { to.min().y } else { to.max().y };
                Coord {
                    x: a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y),
                    y,
                }
            }
        };
        let Some(mut before) = out.last().copied() else {
            return out;
        };
        let mut next = Vec::with_capacity(out.len() + 8);
        for p in out {
            match (inside(&before), inside(&p)) {
                (true, true) => next.push(p),
                (true, false) => next.push(cross(&before, &p)),
                (false, true) => next.extend([cross(&before, &p), p]),
                (false, false) => {}
            }
            before = p;
        }
        out = next;
    }
    if out.len() < 3 { Vec::new() } else { out }
}

/// The parts of a line within the box.
pub(super) fn line(points: &[Coord], to: &Rect) -> Vec<Vec<Coord>> {
    if points.iter().all(|p| within(p, to)) {
        return if points.len() < 2 {
            Vec::new()
        } else {
            vec![points.to_vec()]
        };
    }
    let mut parts = Vec::new();
    let mut part: Vec<Coord> = Vec::new();
    for pair in points.windows(2) {
        let &[a, b] = pair else { continue };
        match segment(a, b, to) {
            Some((p, q)) => {
                if part.last() != Some(&p) {
                    if part.len() > 1 {
                        parts.push(std::mem::take(&mut part));
                    }
                    part = vec![p];
                }
                part.push(q);
            }
            None => {
                if part.len() > 1 {
                    parts.push(std::mem::take(&mut part));
                }
                part.clear();
            }
        }
    }
    if part.len() > 1 {
        parts.push(part);
    }
    parts
}

fn segment(a: Coord, b: Coord, to: &Rect) -> Option<(Coord, Coord)> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut t0, mut t1) = (0.0_f64, 1.0_f64);
    for (d, room) in [
        (-dx, a.x - to.min().x),
        (dx, to.max().x - a.x),
        (-dy, a.y - to.min().y),
        (dy, to.max().y - a.y),
    ] {
        if d == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if d < 0.0 {
            t0 = t0.max(room / d);
        } else {
            t1 = t1.min(room / d);
        }
    }
    if t0 >= t1 || !(dx.is_finite() && dy.is_finite()) {
        return None;
    }
    let at = |t: f64| Coord {
        x: a.x + t * dx,
        y: a.y + t * dy,
    };
    Some((
        if t0 > 0.0 { at(t0) } else { a },
        if t1 < 1.0 { at(t1) } else { b },
    ))
}

fn within(p: &Coord, to: &Rect) -> bool {
    p.x >= to.min().x && p.x <= to.max().x && p.y >= to.min().y && p.y <= to.max().y
}

/// Adds points so that no segment is longer than `most` degrees: what is straight in degrees is a
/// curve on the plane.
pub(super) fn densify(points: Vec<Coord>, most: f64, closed: bool) -> Vec<Coord> {
    let long = |a: &Coord, b: &Coord| (b.x - a.x).abs().max((b.y - a.y).abs()) > most;
    let n = points.len();
    let ends = if closed { n } else { n.saturating_sub(1) };
    if !(0..ends).any(|i| long(&points[i], &points[(i + 1) % n])) {
        return points;
    }
    let mut out = Vec::with_capacity(2 * n);
    for i in 0..ends {
        let (a, b) = (points[i], points[(i + 1) % n]);
        let pieces = ((b.x - a.x).abs().max((b.y - a.y).abs()) / most)
            .ceil()
            .clamp(1.0, 200.0);
        for k in 0..pieces as usize {
            let t = k as f64 / pieces;
            out.push(Coord {
                x: a.x + t * (b.x - a.x),
                y: a.y + t * (b.y - a.y),
            });
        }
    }
    if !closed && let Some(last) = points.last() {
        out.push(*last);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unit() -> Rect {
        Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 1.0, y: 1.0 })
    }

    fn area(ring: &[Coord]) -> f64 {
        let n = ring.len();
        (0..n)
            .map(|i| ring[i].x * ring[(i + 1) % n].y - ring[(i + 1) % n].x * ring[i].y)
            .sum::<f64>()
            .abs()
            / 2.0
    }

    fn coords(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().map(|&p| Coord::from(p)).collect()
    }

    #[test]
    fn a_ring_is_cut_at_the_box() {
        let square = coords(&[(0.5, 0.5), (2.0, 0.5), (2.0, 2.0), (0.5, 2.0), (0.5, 0.5)]);
        assert!((area(&ring(&square, &unit())) - 0.25).abs() < 1e-12);
        let around = coords(&[(-1.0, -1.0), (2.0, -1.0), (2.0, 2.0), (-1.0, 2.0)]);
        assert!((area(&ring(&around, &unit())) - 1.0).abs() < 1e-12);
        let beside = coords(&[(2.0, 2.0), (3.0, 2.0), (3.0, 3.0)]);
        assert!(ring(&beside, &unit()).is_empty());
        assert!(ring(&[], &unit()).is_empty());
    }

    #[test]
    fn a_line_falls_into_the_parts_inside() {
        let wave = coords(&[
            (-1.0, 0.5),
            (0.5, 0.5),
            (0.5, 2.0),
            (0.7, 2.0),
            (0.7, 0.5),
            (0.8, 0.5),
        ]);
        let parts = line(&wave, &unit());
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0], coords(&[(0.0, 0.5), (0.5, 0.5), (0.5, 1.0)]));
        assert_eq!(parts[1], coords(&[(0.7, 1.0), (0.7, 0.5), (0.8, 0.5)]));
        // Straight through, with no point inside.
        assert_eq!(line(&coords(&[(-1.0, 0.2), (2.0, 0.2)]), &unit()).len(), 1);
        assert!(line(&coords(&[(f64::NAN, 0.2), (2.0, 0.2)]), &unit()).is_empty());
    }

    #[test]
    fn long_segments_get_points() {
        let dense = densify(coords(&[(0.0, 0.0), (1.0, 0.0)]), 0.25, false);
        assert_eq!(
            dense,
            coords(&[(0.0, 0.0), (0.25, 0.0), (0.5, 0.0), (0.75, 0.0), (1.0, 0.0)])
        );
        assert_eq!(
            densify(coords(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]), 0.5, true).len(),
            6
        );
    }

    proptest! {
        #[test]
        fn what_is_cut_lies_in_the_box(points in prop::collection::vec((-2.0..3.0f64, -2.0..3.0f64), 0..20)) {
            let points = coords(&points);
            let cut = ring(&points, &unit());
            let near = |p: &Coord| (-1e-9..1.0 + 1e-9).contains(&p.x) && (-1e-9..1.0 + 1e-9).contains(&p.y);
            prop_assert!(cut.iter().all(near));
            for part in line(&points, &unit()) {
                prop_assert!(part.len() > 1 && part.iter().all(near));
            }
        }
    }
}
