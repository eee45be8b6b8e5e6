//! What a map of displacement says where its arrows leave it: the places beyond.

use super::Rect;
use super::compose::Stage;
use super::flow_arrows::Flow;
use super::flow_ends::Area;
use super::names::{Book, Sort};
use crate::analyse::flow_layout::Curve;
use crate::draw::{MissingGlyph, Pt, TextStyle, pt};

/// Words stand beside a point so far inside the edge, in ems; the nearest are liked best.
const INSIDE: [f64; 6] = [0.9, 1.8, 3.0, 4.5, 6.5, 9.0];
/// Where two arrows leave nearer to each other, in ems, only the wider says where; two to one place
/// both say so from so far apart.
const APART: f64 = 3.0;
const APART_TO_ONE: f64 = 12.0;
/// So many are said at most, those of the widest arrows first: the first of them matters most.
const MOST: usize = 14;
const PRIORITY: (f64, f64) = (3.9, 2.4);
/// Pieces that a curve is followed by.
const PIECES: usize = 400;

/// Names the places beyond the edge.
///
/// Not areas that reach into the map: they have their own name there.
pub(super) fn name(
    book: &mut Book,
    stage: &Stage,
    areas: &[Area],
    flows: &[Flow],
) -> Result<(), MissingGlyph> {
    let (base, unit, frame) = (stage.layout.base, stage.layout.unit, stage.layout.frame);
    let seen = |area: &&Area| area.rings.iter().flatten().any(|p| frame.contains(*p));
    let named: Vec<&str> = areas.iter().filter(seen).map(|area| area.name).collect();
    let style = TextStyle {
        italic: true,
        halo: Some((stage.theme.halo.alpha(0.85), 2.0 * unit)),
        ..TextStyle::new(0.74 * base, stage.theme.flow)
    };
    let mut said: Vec<(String, Pt)> = Vec::new();
    for (flow, end) in flows.iter().flat_map(|f| [(f, End::To), (f, End::From)]) {
        let (word, place) = match end {
            End::To => ("to", &flow.attributes.destination),
            End::From => ("from", &flow.attributes.origin),
        };
        let inside = way_in(&flow.arrow.curve, end, &frame);
        let Some(edge) = inside.first() else {
            continue;
        };
        let words = format!("{word} {place}");
        let is_near = |(other, at): &(String, Pt)| {
            let apart = if *other == words { APART_TO_ONE } else { APART };
            (at.x - edge.x).hypot(at.y - edge.y) < apart * base
        };
        if named.contains(&place.as_str()) || said.iter().any(is_near) {
            continue;
        }
        let points = INSIDE.map(|ems| (along(&inside, ems * base), 0.5 * flow.arrow.stem));
        let priority = PRIORITY.0 + (PRIORITY.1 - PRIORITY.0) * said.len() as f64 / MOST as f64;
        book.beside(Sort::Note, (&words, ""), &style, &points, priority)?;
        said.push((words, *edge));
        if said.len() == MOST {
            break;
        }
    }
    Ok(())
}

/// An end of an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    From,
    To,
}

/// The points of a curve from where it leaves the frame towards one of its ends, inwards; none if
/// that end is in the frame, or if all of the curve is outside.
fn way_in(curve: &Curve, end: End, frame: &Rect) -> Vec<Pt> {
    let points = (0..=PIECES).map(|i| {
        let t = i as f64 / PIECES as f64;
        let p = curve.at(if end == End::To { 1.0 - t } else { t });
        pt(p.x, p.y)
    });
    let mut points = points.peekable();
    if points.peek().is_none_or(|p| frame.contains(*p)) {
        return Vec::new();
    }
    points
        .skip_while(|p| !frame.contains(*p))
        .take_while(|p| frame.contains(*p))
        .collect()
}

/// The point so many pixels along a line; its last where it is shorter.
fn along(line: &[Pt], far: f64) -> Pt {
    let mut left = far;
    for pair in line.windows(2) {
        if let [a, b] = pair {
            left -= (b.x - a.x).hypot(b.y - a.y);
            if left <= 0.0 {
                return *b;
            }
        }
    }
    line.last().copied().unwrap_or(pt(0.0, 0.0))
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::*;

    fn straight(from: f64, to: f64) -> Curve {
        let at = |x| Coord { x, y: 50.0 };
        Curve {
            from: at(from),
            control: at((from + to) / 2.0),
            to: at(to),
        }
    }

    #[test]
    fn an_arrow_is_followed_inwards_from_the_edge_that_it_crosses() {
        let frame = Rect::new(0.0, 0.0, 100.0, 100.0);
        let out = straight(20.0, 420.0);
        let inside = way_in(&out, End::To, &frame);
        assert!(inside.iter().all(|p| frame.contains(*p)));
        assert!((inside[0].x - 100.0).abs() <= 1.0 && inside[0].x > inside[1].x);
        assert!((along(&inside, 30.0).x - 70.0).abs() <= 2.0);
        assert_eq!(along(&inside, 500.0), pt(20.0, 50.0));
        assert!(way_in(&out, End::From, &frame).is_empty());
    }

    #[test]
    fn one_that_only_passes_crosses_two_and_one_elsewhere_none() {
        let frame = Rect::new(0.0, 0.0, 100.0, 100.0);
        let through = straight(-300.0, 300.0);
        assert!(way_in(&through, End::From, &frame)[0].x < 5.0);
        assert!(way_in(&through, End::To, &frame)[0].x > 95.0);
        let beside = Rect::new(0.0, 60.0, 100.0, 100.0);
        assert!(way_in(&through, End::To, &beside).is_empty());
    }
}
