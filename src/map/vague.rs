//! What is known of a place no closer than to an area or a circle: hatched ground and dashed rings.

use super::compose::Stage;
use super::density_map::{area_of, bounds};
use super::incidents::{Ground, Ring, Symbols, Tally};
use super::ink::InkGrid;
use super::names::{Book, Sort};
use super::plot::{Marks, area, outcome};
use super::{Rect, base};
use crate::draw::{Canvas, MissingGlyph, Pt, TextStyle, pt};

/// More rings than this cannot each carry words: only those with most of what is counted do.
const WORDED: usize = 8;

/// Whether only some rings carry words.
pub(super) fn crowded(symbols: &Symbols) -> bool {
    symbols.rings.len() > WORDED
}

/// An area on the page.
pub(super) struct Hatched {
    rings: Vec<Vec<Pt>>,
    /// What is somewhere in it, in words.
    text: Option<String>,
    /// Not hatched: a country, or most of the map.
    wide: bool,
}

/// Writes what is known of a symbol's incidents, if anything is to be said.
type Words<'a> = dyn Fn(&Tally) -> Option<String> + 'a;

/// Draws areas and rings; returns the areas with their words.
pub(super) fn draw(
    canvas: &Canvas,
    stage: &Stage,
    symbols: &Symbols,
    words: &Words,
) -> Result<Vec<Hatched>, MissingGlyph> {
    let style = stage.style();
    let mut grounds: Vec<Hatched> = symbols
        .grounds
        .iter()
        .map(|g| hatched(stage, g, words))
        .filter(|g| !g.rings.is_empty())
        .collect();
    // The widest first; those that overlap get different hatching.
    grounds.sort_by(|a, b| area_of(&b.rings).total_cmp(&area_of(&a.rings)));
    let mut drawn: Vec<(Rect, usize)> = Vec::new();
    for Hatched { rings, .. } in grounds.iter().filter(|g| !g.wide) {
        let bounds = bounds(rings);
        let taken: Vec<usize> = drawn
            .iter()
            .filter(|(b, _)| b.overlaps(&bounds))
            .map(|(_, i)| *i)
            .collect();
        let index = (0..4)
            .find(|i| !taken.contains(i))
            .unwrap_or(drawn.len() % 4);
        style.area(&mut &*canvas, base::path_of(rings), index);
        drawn.push((bounds, index));
    }
    let places: Vec<(f64, f64)> = symbols.rings.iter().map(|r| r.at).collect();
    outcome(area(canvas, &stage.view).draw(&Marks {
        places: &places,
        paint: &|pen, i, at| {
            if let Some(ring) = symbols.rings.get(i) {
                style.ring(pen, at, radius(stage, ring));
            }
            Ok(())
        },
    }))?;
    Ok(grounds)
}

fn hatched(stage: &Stage, ground: &Ground, words: &Words) -> Hatched {
    let rings = base::rings(&stage.view, &ground.area);
    let wide = ground.wide;
    let text = words(&ground.tally).map(|w| {
        if ground.name.starts_with("a square of ") {
            // The square itself says where.
            return dated(w, ground.uncertain);
        }
        let somewhere = if wide { "somewhere " } else { "" };
        dated(
            format!("{w} {somewhere}{}", within(&ground.name)),
            ground.uncertain,
        )
    });
    Hatched { rings, text, wide }
}

/// The name of an area within a sentence: "in southern Idlib", "along the border of Syria with Turkey".
fn within(name: &str) -> String {
    let starts = |words: &[&str]| words.iter().any(|w| name.starts_with(w));
    if starts(&["between ", "around ", "near ", "along "])
        || name.starts_with(|c: char| c.is_ascii_digit())
    {
        name.to_owned()
    } else if starts(&["border "]) {
        format!("along the {name}")
    } else {
        format!("in {name}")
    }
}

fn dated(text: String, uncertain: bool) -> String {
    if uncertain {
        format!("{text}; date uncertain")
    } else {
        text
    }
}

/// Radius on the page: a ring stays a ring, however small its ground.
fn radius(stage: &Stage, ring: &Ring) -> f64 {
    (ring.radius_km * stage.view.ground_pixels_per_km()).max(4.5 * stage.layout.unit)
}

/// What the areas are called whose words name them.
pub(super) fn names(symbols: &Symbols) -> Vec<&str> {
    symbols.grounds.iter().map(|g| g.name.as_str()).collect()
}

/// Offers the words of areas, and those of rings that need any; marks the rings' lines.
pub(super) fn name(
    book: &mut Book,
    stage: &Stage,
    (symbols, grounds): (&Symbols, &[Hatched]),
    words: &Words,
    ink: &mut InkGrid,
) -> Result<(), MissingGlyph> {
    let unit = stage.layout.unit;
    let style = TextStyle {
        italic: true,
        halo: Some((stage.theme.halo.alpha(0.85), 2.0 * unit)),
        ..TextStyle::new(0.74 * stage.layout.base, stage.theme.vague)
    };
    for Hatched { rings, text, .. } in grounds {
        if let Some(text) = text {
            let styles = std::slice::from_ref(&style);
            book.area(Sort::Note, (text, ""), styles, rings, 4.0)?;
        }
    }
    // Of the rings in view, those with most in them.
    let mut most: Vec<((u64, usize), usize)> = symbols
        .rings
        .iter()
        .enumerate()
        .filter(|(_, r)| words(&r.tally).is_some())
        .map(|(i, r)| ((r.tally.most(), r.tally.incidents), i))
        .collect();
    most.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    most.truncate(WORDED);
    for (i, ring) in symbols.rings.iter().enumerate() {
        let Some(at) = stage.view.page(ring.at.0, ring.at.1) else {
            continue;
        };
        let r = radius(stage, ring);
        let circle: Vec<Pt> = (0..=24)
            .map(|i| f64::from(i) / 24.0 * std::f64::consts::TAU)
            .map(|a| pt(at.x + r * a.cos(), at.y + r * a.sin()))
            .collect();
        ink.line(&circle, 0.6);
        let text = match (words(&ring.tally), ring.uncertain) {
            (Some(text), uncertain) if most.iter().any(|(_, j)| *j == i) => {
                Some(dated(text, uncertain))
            }
            (None, true) if !crowded(symbols) => Some("date uncertain".to_owned()),
            _ => None,
        };
        if let Some(text) = text {
            // Words of data: a line leads to the ring if need be.
            book.point(Sort::Note, (&text, ""), &style, (at, r), 5.3)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_read_as_part_of_a_sentence() {
        assert_eq!(within("southern Idlib"), "in southern Idlib");
        assert_eq!(
            within("border of Syria with Turkey"),
            "along the border of Syria with Turkey"
        );
        assert_eq!(
            within("between Saraqib and Ariha"),
            "between Saraqib and Ariha"
        );
        assert_eq!(within("12 km south of Idlib"), "12 km south of Idlib");
    }
}
