//! A smooth line to write along: a river without its meanders, the middle of a long area.

use crate::draw::curved::{Part, SetPart};
use crate::draw::{Pt, pt};

use super::{Rect, TextBox};

/// Text may turn so many degrees from one letter to the next.
const TURN: f64 = 15.0;
/// And lean so much: what stands on its head is not read.
const UPRIGHT: f64 = 88.0;

/// A line with its length up to each of its points, which are about evenly apart.
#[derive(Clone, Debug)]
pub(super) struct Track {
    points: Vec<Pt>,
    far: Vec<f64>,
}

/// A text set along a track.
pub(super) struct Setting {
    pub parts: Vec<SetPart>,
    pub boxes: Vec<TextBox>,
    /// Mean of the turns between letters, in degrees.
    pub turn: f64,
    /// How far any letter leans from the slope of the whole, in degrees.
    pub bend: f64,
    /// Slope of the whole, -90 to 90 degrees clockwise.
    pub slope: f64,
}

/// What is to be set: parts, width, ascent and descent of the text.
pub(super) struct Line<'a> {
    pub parts: &'a [Part],
    pub width: f64,
    pub ascent: f64,
    pub descent: f64,
    /// Empty pixels between letters, which are the text's own ground.
    pub spacing: f64,
}

impl Track {
    /// A track of points; `None` if it has no length.
    pub fn new(points: Vec<Pt>) -> Option<Self> {
        let mut far = Vec::with_capacity(points.len());
        let mut sum = 0.0;
        let mut before: Option<Pt> = None;
        for p in &points {
            sum += before.map_or(0.0, |b| (p.x - b.x).hypot(p.y - b.y));
            far.push(sum);
            before = Some(*p);
        }
        (sum.is_finite() && sum > 0.0).then_some(Self { points, far })
    }

    /// The track along a line, evened out over about `reach` pixels each way.
    pub fn smooth(line: &[Pt], reach: f64) -> Option<Self> {
        let step = (reach / 3.0).max(0.5);
        let raw = Self::new(line.to_vec())?;
        let n = (raw.length() / step).ceil().clamp(2.0, 4000.0) as usize;
        let even: Vec<Pt> = (0..=n)
            .map(|i| raw.at(raw.length() * i as f64 / n as f64))
            .collect();
        let weights: Vec<f64> = (0..=6).map(|k| (-f64::from(k * k) / 9.0).exp()).collect();
        let smooth = (0..=n).map(|i| {
            // The window shrinks towards the ends, which stay where they are.
            let most = i.min(n - i).min(6);
            let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
            for (k, w) in weights.iter().enumerate().take(most + 1) {
                for p in [even.get(i - k), even.get(i + k)].into_iter().flatten() {
                    (x, y, sum) = (x + w * p.x, y + w * p.y, sum + w);
                }
            }
            pt(x / sum, y / sum)
        });
        Self::new(smooth.collect())
    }

    pub fn length(&self) -> f64 {
        self.far.last().copied().unwrap_or(0.0)
    }

    /// The point at a length along it; beyond its ends, the ends.
    pub fn at(&self, d: f64) -> Pt {
        let last = self.points.len().saturating_sub(1);
        let i = self.far.partition_point(|f| *f < d).clamp(1, last.max(1));
        let (Some(a), Some(b)) = (self.points.get(i - 1), self.points.get(i)) else {
            return self.points.first().copied().unwrap_or(pt(0.0, 0.0));
        };
        let (fa, fb) = (self.far.get(i - 1), self.far.get(i));
        let (fa, fb) = (
            fa.copied().unwrap_or_default(),
            fb.copied().unwrap_or_default(),
        );
        let t = ((d - fa) / (fb - fa).max(1e-9)).clamp(0.0, 1.0);
        pt(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
    }

    /// The same line from its other end.
    pub fn reversed(&self) -> Option<Self> {
        Self::new(self.points.iter().rev().copied().collect())
    }

    /// The line `up` pixels to the left of it, as seen by who walks along it: above a line that
    /// runs to the right.
    pub fn beside(&self, up: f64) -> Option<Self> {
        let last = self.points.len().checked_sub(1)?;
        let points = self.points.iter().enumerate().filter_map(|(i, p)| {
            let (a, b) = (
                self.points.get(i.saturating_sub(1))?,
                self.points.get((i + 1).min(last))?,
            );
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let length = dx.hypot(dy);
            (length > 0.0).then(|| pt(p.x + up * dy / length, p.y - up * dx / length))
        });
        Self::new(points.collect())
    }

    /// Sets a text from `start` on; `None` where the line is too short, turns too sharply, or would
    /// put letters on their heads.
    pub fn set(&self, line: &Line, start: f64) -> Option<Setting> {
        if start < 0.0 || start + line.width > self.length() {
            return None;
        }
        let (from, to) = (self.at(start), self.at(start + line.width));
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let slope = dy.atan2(dx).to_degrees();
        let (mut parts, mut boxes) = (Vec::new(), Vec::new());
        let (mut turn, mut before) = (0.0_f64, None);
        for part in line.parts {
            let middle = start + part.x + part.width / 2.0;
            // The chord under it, and a little more: letters stand quietly.
            let half = (part.width / 2.0).max(0.3 * line.ascent);
            let (a, b) = (self.at(middle - half), self.at(middle + half));
            let (x, y) = (b.x - a.x, b.y - a.y);
            let chord = x.hypot(y);
            // A word needs a stretch that is nearly straight.
            if chord < 1.84 * half {
                return None;
            }
            let (ux, uy) = (x / chord, y / chord);
            let rotation = uy.atan2(ux).to_degrees();
            if let Some(before) = before {
                let change: f64 = rotation - before;
                if change.abs() > TURN {
                    return None;
                }
                turn += change.abs();
            }
            before = Some(rotation);
            if rotation.abs() > UPRIGHT {
                return None;
            }
            let c = self.at(middle);
            // Between the chord and the curve, so that neither end of a word leaves the line.
            let c = pt(
                0.5 * c.x + 0.25 * (a.x + b.x),
                0.5 * c.y + 0.25 * (a.y + b.y),
            );
            let w = part.width;
            parts.push(SetPart {
                bytes: part.bytes.clone(),
                at: pt(c.x - ux * w / 2.0, c.y - uy * w / 2.0),
                rotation,
            });
            let up = (line.ascent - line.descent) / 2.0;
            let middle = pt(c.x + uy * up, c.y - ux * up);
            let (w, h) = (w + line.spacing, line.ascent + line.descent);
            let rect = Rect::new(middle.x - w / 2.0, middle.y - h / 2.0, w, h);
            boxes.push(TextBox::turned(rect, rotation));
        }
        let bends = parts.iter().map(|p| (p.rotation - slope).abs());
        let bend = bends.fold(0.0, f64::max);
        let turns = parts.len().saturating_sub(1).max(1) as f64;
        (!parts.is_empty()).then_some(Setting {
            parts,
            boxes,
            turn: turn / turns,
            bend,
            slope,
        })
    }
}

/// Lines joined where one ends at another's end: rivers come in pieces.
pub(super) fn joined(lines: &[Vec<Pt>]) -> Vec<Vec<Pt>> {
    const NEAR: f64 = 0.6;
    let near = |a: Option<&Pt>, b: Option<&Pt>| match (a, b) {
        (Some(a), Some(b)) => (a.x - b.x).hypot(a.y - b.y) < NEAR,
        _ => false,
    };
    let mut out: Vec<Vec<Pt>> = Vec::new();
    for line in lines.iter().filter(|l| l.len() > 1) {
        let mut line = line.clone();
        // Each join takes one line off the list, so this ends.
        while let Some((i, turned, after)) = out.iter().enumerate().find_map(|(i, other)| {
            let (first, last) = (line.first(), line.last());
            if near(first, other.last()) {
                Some((i, false, false))
            } else if near(last, other.first()) {
                Some((i, false, true))
            } else if near(first, other.first()) {
                Some((i, true, false))
            } else if near(last, other.last()) {
                Some((i, true, true))
            } else {
                None
            }
        }) {
            let mut other = out.swap_remove(i);
            if turned {
                other.reverse();
            }
            if after {
                line.extend(other.into_iter().skip(1));
            } else {
                other.extend(line.into_iter().skip(1));
                line = other;
            }
        }
        out.push(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::curved::parts;
    use crate::draw::{Color, TextStyle};

    /// Half a circle about (200, 200), from left over the top to right.
    fn arch(radius: f64) -> Track {
        let at = |i: i32| {
            let (sin, cos) = f64::from(180 - i).to_radians().sin_cos();
            pt(200.0 + radius * cos, 200.0 - radius * sin)
        };
        Track::new((0..=180).map(at).collect()).unwrap()
    }

    #[test]
    fn letters_stand_on_their_line_and_lean_with_it() {
        let style = TextStyle::new(14.0, Color::hex(0));
        let text = "Khabur";
        let parts = parts(text, &style, 1.0).unwrap();
        let width = parts.last().map(|p| p.x + p.width).unwrap();
        let line = Line {
            parts: &parts,
            width,
            ascent: 10.0,
            descent: 3.0,
            spacing: 1.0,
        };
        let track = arch(150.0).beside(6.0).unwrap();
        assert!((track.length() - 156.0 * std::f64::consts::PI).abs() < 1.0);
        let start = 0.3 * track.length();
        let set = track.set(&line, start).unwrap();
        assert_eq!(set.parts.len(), text.len());
        for (part, set) in parts.iter().zip(&set.parts) {
            // The middle of each letter's foot is as far along as the text says, on the line.
            let (sin, cos) = set.rotation.to_radians().sin_cos();
            let foot = pt(
                set.at.x + cos * part.width / 2.0,
                set.at.y + sin * part.width / 2.0,
            );
            let (x, y) = (foot.x - 200.0, 200.0 - foot.y);
            assert!((x.hypot(y) - 156.0).abs() < 0.3);
            let angle = std::f64::consts::PI - (start + part.x + part.width / 2.0) / 156.0;
            assert!((y.atan2(x) - angle).abs() < 0.01);
            assert!((set.rotation - (90.0 - angle.to_degrees())).abs() < 1.0);
        }
        assert!(track.set(&line, track.length() - 5.0).is_none());
        // The other way round, letters would stand on their heads.
        assert!(track.reversed().unwrap().set(&line, start).is_none());
    }

    #[test]
    fn a_smoothed_line_keeps_its_ends_and_loses_its_meanders() {
        let meander: Vec<Pt> = (0..=100)
            .map(|i| pt(4.0 * f64::from(i), if i % 2 == 0 { 0.0 } else { 5.0 }))
            .collect();
        let smooth = Track::smooth(&meander, 20.0).unwrap();
        assert_eq!(smooth.at(0.0), pt(0.0, 0.0));
        assert!(smooth.length() < 405.0 && smooth.length() > 395.0);
        assert!((1..10).all(|i| (smooth.at(40.0 * f64::from(i)).y - 2.5).abs() < 1.0));
        assert!(Track::new(vec![pt(1.0, 1.0); 3]).is_none() && Track::new(vec![]).is_none());
    }

    #[test]
    fn pieces_of_a_river_are_joined_whichever_way_they_run() {
        let line = |a: i32, b: i32| -> Vec<Pt> {
            let (low, high) = (a.min(b), a.max(b));
            let mut line: Vec<Pt> = (low..=high).map(|x| pt(f64::from(x), 0.0)).collect();
            if a > b {
                line.reverse();
            }
            line
        };
        let all = joined(&[line(0, 5), line(9, 5), line(20, 9), line(30, 40)]);
        let mut lengths: Vec<usize> = all.iter().map(Vec::len).collect();
        lengths.sort_unstable();
        assert_eq!(lengths, [11, 21]);
    }
}
