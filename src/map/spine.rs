//! The middle line of an area, for names that follow its shape.

use geo::{Coord, Rect as GeoRect};

use super::spots::inside;
use super::track::Track;
use super::{Rect, clip};
use crate::draw::{Pt, pt};

/// Rows across the area in which its middle is sought.
const ROWS: usize = 40;

/// The part of rings within a frame, with corners nearer than a pixel and a half thinned out.
pub(super) fn seen(rings: &[Vec<Pt>], frame: &Rect) -> Vec<Vec<Pt>> {
    let at = |x, y| Coord { x, y };
    let to = GeoRect::new(at(frame.x, frame.y), at(frame.right(), frame.bottom()));
    let thin = |points: Vec<Coord>| {
        let mut out: Vec<Pt> = Vec::new();
        for p in points {
            if out
                .last()
                .is_none_or(|q| (p.x - q.x).hypot(p.y - q.y) > 1.5)
            {
                out.push(pt(p.x, p.y));
            }
        }
        out
    };
    rings
        .iter()
        .map(|ring| ring.iter().map(|p| at(p.x, p.y)).collect::<Vec<_>>())
        .map(|ring| thin(clip::ring(&ring, &to)))
        .filter(|ring| ring.len() > 2)
        .collect()
}

/// Whether a point lies in rings, by the even-odd rule.
pub(super) fn contains(rings: &[Vec<Pt>], p: Pt) -> bool {
    let mut inside = false;
    for ring in rings {
        let Some(mut a) = ring.last() else { continue };
        for b in ring {
            if (a.y <= p.y) != (b.y <= p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) {
                inside = !inside;
            }
            a = b;
        }
    }
    inside
}

/// The middle line of an area along its longer axis, and how many times longer than broad it is;
/// `None` for what has no extent. The line runs to the right, or up where it is steep.
pub(super) fn spine(rings: &[Vec<Pt>]) -> Option<(Track, f64)> {
    let (middle, (sin, cos), ratio) = axes(rings)?;
    // Turned so that the long axis runs down.
    let turned: Vec<Vec<Pt>> = rings
        .iter()
        .map(|ring| {
            ring.iter()
                .map(|p| {
                    let (dx, dy) = (p.x - middle.x, p.y - middle.y);
                    pt(dy * cos - dx * sin, dx * cos + dy * sin)
                })
                .collect()
        })
        .collect();
    let ys = || turned.iter().flatten().map(|p| p.y);
    let (top, bottom) = (
        ys().fold(f64::INFINITY, f64::min),
        ys().fold(f64::NEG_INFINITY, f64::max),
    );
    let step = (bottom - top) / ROWS as f64;
    let rows = inside(&turned, top + step / 2.0, step, ROWS);
    let widest = |row: &[(f64, f64)]| {
        let longest = |a: &&(f64, f64), b: &&(f64, f64)| (a.1 - a.0).total_cmp(&(b.1 - b.0));
        row.iter().max_by(longest).copied()
    };
    // From the widest row both ways, each time on into the stretch that lies most beside the last.
    let (start, first) = rows
        .iter()
        .enumerate()
        .filter_map(|(i, row)| Some((i, widest(row)?)))
        .max_by(|a, b| (a.1.1 - a.1.0).total_cmp(&(b.1.1 - b.1.0)))?;
    let walk = |order: &mut dyn Iterator<Item = usize>| {
        let (mut out, mut last) = (Vec::new(), first);
        for i in order {
            let shared = |s: &(f64, f64)| s.1.min(last.1) - s.0.max(last.0);
            let next = rows.get(i).and_then(|row| {
                let near = row.iter().filter(|s| shared(s) > 0.0);
                near.max_by(|a, b| shared(a).total_cmp(&shared(b))).copied()
            });
            let Some(next) = next else { break };
            out.push(pt((next.0 + next.1) / 2.0, top + step * (i as f64 + 0.5)));
            last = next;
        }
        out
    };
    let mut line = walk(&mut (0..start).rev());
    line.reverse();
    line.extend(walk(&mut (start..ROWS)));
    let mut line: Vec<Pt> = line
        .into_iter()
        .map(|p| {
            let (across, along) = (p.x, p.y);
            pt(
                middle.x + along * cos - across * sin,
                middle.y + along * sin + across * cos,
            )
        })
        .collect();
    let (a, b) = (line.first()?, line.last()?);
    let steep = (b.y - a.y).abs() > 8.0 * (b.x - a.x).abs();
    if (steep && b.y > a.y) || (!steep && b.x < a.x) {
        line.reverse();
    }
    let track = Track::smooth(&line, 0.3 * step * ROWS as f64)?;
    Some((track, ratio))
}

/// Middle, direction of the longer axis, and length over breadth, by the moments of the outline.
fn axes(rings: &[Vec<Pt>]) -> Option<(Pt, (f64, f64), f64)> {
    let edges = || {
        rings.iter().flat_map(|ring| {
            let after = ring.iter().cycle().skip(1);
            ring.iter().zip(after).map(|(a, b)| {
                let middle = pt((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
                (middle, (b.x - a.x).hypot(b.y - a.y))
            })
        })
    };
    let sum: f64 = edges().map(|(_, w)| w).sum();
    if !(sum > 0.0 && sum.is_finite()) {
        return None;
    }
    let mean = |of: &dyn Fn(Pt) -> f64| edges().map(|(p, w)| w * of(p)).sum::<f64>() / sum;
    let c = pt(mean(&|p| p.x), mean(&|p| p.y));
    let xx = mean(&|p| (p.x - c.x).powi(2));
    let yy = mean(&|p| (p.y - c.y).powi(2));
    let xy = mean(&|p| (p.x - c.x) * (p.y - c.y));
    let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
    let (half, spread) = ((xx + yy) / 2.0, ((xx - yy) / 2.0).hypot(xy));
    let ratio = ((half + spread) / (half - spread).max(1e-9)).sqrt();
    Some((c, angle.sin_cos(), ratio))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A band along an arc about (200, 400), from left to right, 40 broad.
    fn arc() -> Vec<Pt> {
        let at = |r: f64, degrees: f64| {
            let (sin, cos) = degrees.to_radians().sin_cos();
            pt(200.0 + r * cos, 400.0 - r * sin)
        };
        let degrees = || (0..=60).map(|i| 150.0 - 2.0 * f64::from(i));
        let mut ring: Vec<Pt> = degrees().map(|d| at(320.0, d)).collect();
        ring.extend(
            degrees()
                .map(|d| at(280.0, d))
                .collect::<Vec<_>>()
                .into_iter()
                .rev(),
        );
        ring
    }

    #[test]
    fn the_middle_of_a_bent_band_is_within_it_and_reads_from_the_left() {
        let rings = [arc()];
        let (track, ratio) = spine(&rings).unwrap();
        assert!(ratio > 2.0, "{ratio}");
        assert!(track.at(0.0).x < track.at(track.length()).x);
        for i in 1..10 {
            let p = track.at(track.length() * f64::from(i) / 10.0);
            assert!(contains(&rings, p), "{p:?}");
        }
    }

    #[test]
    fn only_what_is_in_the_frame_counts() {
        let frame = Rect::new(0.0, 0.0, 100.0, 500.0);
        let cut = seen(&[arc()], &frame);
        assert!(cut.iter().flatten().all(|p| p.x <= 100.001));
        assert!(spine(&[]).is_none() && seen(&[vec![]], &frame).is_empty());
    }
}
