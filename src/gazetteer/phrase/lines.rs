//! Rules for lines: "between X and Y", "from X to Y", "the X–Y road", "the M5", "the triangle X-Y-Z".

use geo::{Distance, Haversine, Point};

use super::super::explain::Step;
use super::super::hints::Hints;
use super::super::region::{Ground, Part};
use super::super::resolve::{Match, Resolution, Tier};
use super::super::roads;
use super::vocabulary::{Role, Word};
use super::{Phrase, text_of, trim};

/// A report about a road is about the ground this near to it, in kilometres.
const ROAD_KM: f64 = 3.0;
/// Places farther apart than this are not joined by a line that says anything, in kilometres.
const FARTHEST_KM: f64 = 400.0;

/// Whether the ground is a line's.
pub(super) fn is_line(ground: &Ground<'_>) -> bool {
    matches!(ground, Ground::Parts(parts) if parts.iter().any(|part| matches!(part, Part::Corridor { .. })))
}

impl<'g> Phrase<'g> {
    /// Phrases about a line. `None` if the words speak of none, or of one whose ends are not known.
    pub(super) fn line(
        &self,
        words: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        // An end may lie outside of the area that a row gives; of the line it is the stretch within.
        let area = hints.governorate();
        let answer = self
            .line_anywhere(words, hints, depth)
            .or_else(|| self.line_anywhere(words, &hints.anywhere_in_country(), depth))?;
        Some(match (answer, area) {
            (Resolution::Region(found), Some(area)) if is_line(&found.ground) => {
                let note = format!("its stretch in {}", area.title());
                Resolution::Region(super::common(found, Part::Whole(area), &note))
            }
            (answer, _) => answer,
        })
    }

    fn line_anywhere(
        &self,
        words: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        let road = words.iter().position(|word| word.role == Role::Road);
        if let Some(road) = road
            && let Some(answer) = self.road(words, road, hints, depth)
        {
            return Some(answer);
        }
        // Of names of roads only "M5" and the like stand without a word for "road": not "International", not "42".
        if let [word] = words
            && word.raw.contains(char::is_alphabetic)
            && word.raw.contains(char::is_numeric)
            && let Some(along) = roads::named(word.raw)
        {
            return Some(self.along(word.raw, along, ROAD_KM, "a road", hints));
        }
        let triangle = |word: &Word<'_>| word.folded == "triangle";
        let (from, ends) =
            if let Some(at) = words.iter().position(|word| word.role == Role::Between) {
                (at, words.get(at + 1..)?)
            } else if words.first().is_some_and(|word| word.folded == "from") {
                (0, words.get(1..)?)
            } else if let Some((_, named)) = words.split_last().filter(|(last, _)| triangle(last)) {
                return self.joined(&pieces(named), true, hints, depth);
            } else {
                return None;
            };
        // "a checkpoint between X and Y" is as vague as "between X and Y"; a name before it is what is meant.
        if self.has_name(words.get(..from)?) && road.is_none() {
            return None;
        }
        let parted =
            |word: &Word<'_>| matches!(word.role, Role::And | Role::Comma) || word.folded == "to";
        let ends = &parted_and(ends);
        let places: Vec<Vec<Word<'_>>> = ends
            .split(parted)
            .map(|piece| trim(piece).to_vec())
            .collect();
        self.joined(&places, false, hints, depth)
    }

    /// "the M5 highway", "the Damascus–Aleppo highway", "the road between X and Y", "Road 42 between X and Y".
    fn road(
        &self,
        words: &[Word<'_>],
        at: usize,
        hints: &Hints<'g>,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        let (before, after) = (trim(words.get(..at)?), words.get(at + 1..)?);
        let after_trimmed = trim(after);
        // By its name: "M5 highway", "Highway 1".
        let with_next: Vec<Word<'_>> = words.get(at..(at + 2).min(words.len()))?.to_vec();
        for name in [
            text_of(before),
            text_of(words),
            format!("Road {}", text_of(with_next.get(1..)?)),
        ] {
            if !name.trim().is_empty()
                && (after.is_empty() || name != text_of(words))
                && let Some(along) = roads::named(&name)
                && !after.iter().any(|word| word.role == Role::Between)
            {
                let shown = name.trim().to_owned();
                let rest = if name.starts_with("Road ") {
                    after.get(1..)?
                } else {
                    after
                };
                let line = self.along(&shown, along, ROAD_KM, "a road", hints);
                return Some(self.clipped(line, trim(rest), hints, depth));
            }
        }
        if after.iter().any(|word| matches!(word.role, Role::Between))
            || after.first().is_some_and(|word| {
                matches!(
                    word.folded.as_str(),
                    "from" | "linking" | "connecting" | "joining"
                )
            })
        {
            let start = after.iter().position(|word| {
                word.role == Role::Between
                    || matches!(
                        word.folded.as_str(),
                        "from" | "linking" | "connecting" | "joining"
                    )
            })?;
            let parted = |word: &Word<'_>| {
                matches!(word.role, Role::And | Role::Comma)
                    || matches!(word.folded.as_str(), "to" | "with")
            };
            let places: Vec<Vec<Word<'_>>> = after
                .get(start + 1..)?
                .split(parted)
                .map(|piece| trim(piece).to_vec())
                .collect();
            return self.joined(&places, false, hints, depth);
        }
        // "X–Y road": parted at a dash, whichever leaves two names.
        let line = self.joined_by_dash(before, hints, depth)?;
        Some(self.clipped(line, after_trimmed, hints, depth))
    }

    fn joined_by_dash(
        &self,
        words: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        let signed = pieces(words);
        if signed.len() == 2 {
            return self.joined(&signed, false, hints, depth);
        }
        let text = text_of(words);
        let dashes = text
            .match_indices(['–', '—', '-'])
            .map(|(at, dash)| (at, dash.len()));
        dashes.into_iter().find_map(|(at, length)| {
            let (left, right) = (text.get(..at)?, text.get(at + length..)?);
            let ends =
                [left, right].map(|end| super::words_of(end).into_iter().collect::<Vec<_>>());
            self.joined(&ends, false, hints, depth)
        })
    }

    /// The ground along the line that joins the places; `None` if one of them is not known to be a place.
    fn joined(
        &self,
        places: &[Vec<Word<'_>>],
        filled: bool,
        hints: &Hints<'g>,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        let end = |place: &Vec<Word<'_>>, hints: &Hints<'g>| match self.read(place, hints, depth) {
            Resolution::Place(found) => Some(found),
            Resolution::Region(found) if found.ground.is_disc() => Some(found),
            _ => None,
        };
        let places: Vec<&Vec<Word<'_>>> = places.iter().filter(|place| !place.is_empty()).collect();
        let sure: Vec<Option<Match<'g>>> = places.iter().map(|place| end(place, hints)).collect();
        // An end that may be several places is the one near another end.
        let mut nearby = hints.clone();
        let centre = |found: &Match<'g>| found.ground.parts().first().and_then(Part::centre);
        nearby.near = sure.iter().flatten().find_map(centre);
        let ends: Vec<Match<'g>> = places
            .iter()
            .zip(sure)
            .map(|(place, found)| found.or_else(|| end(place, &nearby)))
            .collect::<Option<_>>()?;
        if ends.len() < 2 {
            return None;
        }
        let points: Vec<Point> = ends
            .iter()
            .map(|end| end.ground.parts().first().and_then(Part::centre))
            .collect::<Option<_>>()?;
        let (from, to) = (*points.first()?, *points.last()?);
        let km = points
            .windows(2)
            .map(|pair| Haversine.distance(pair[0], pair[1]) / 1000.0)
            .fold(0.0, f64::max);
        if km > FARTHEST_KM {
            return None;
        }
        // It is in the country that its ends are in.
        let mut hints = hints.clone();
        let countries: Vec<_> = ends.iter().map(|end| end.ground.country()).collect();
        if let [Some(first), others @ ..] = countries.as_slice()
            && others.iter().all(|other| other.as_ref() == Some(first))
            && let &[a, b] = first.as_bytes()
        {
            hints.country = Some([a, b]);
        }
        let hints = &hints;
        let names: Vec<String> = ends.iter().map(|end| end.name.to_string()).collect();
        let name = format!("between {}", names.join(" and "));
        let half_width_km = (km / 10.0).clamp(3.0, 15.0);
        if let [_, _] = points.as_slice()
            && let Some(stretch) = roads::between(from, to)
        {
            return Some(self.along(
                &name,
                stretch,
                ROAD_KM.max(half_width_km / 3.0),
                "the road that joins them",
                hints,
            ));
        }
        let filled = filled || points.len() > 2;
        let how = if filled {
            "the ground that they enclose"
        } else {
            "the line that joins them"
        };
        let score = ends.iter().map(|end| end.score).fold(1.0, f64::min);
        let answer = self.corridor(&name, points, half_width_km, filled, how, hints)?;
        Some(match answer {
            Resolution::Region(found) => Resolution::Region(Match {
                score: score.min(found.score),
                ..found
            }),
            other => other,
        })
    }

    fn along(
        &self,
        name: &str,
        along: Vec<Point>,
        km: f64,
        how: &str,
        hints: &Hints<'g>,
    ) -> Resolution<'g> {
        self.corridor(name, along, km, false, how, hints)
            .unwrap_or_else(super::nothing)
    }

    fn corridor(
        &self,
        name: &str,
        along: Vec<Point>,
        half_width_km: f64,
        filled: bool,
        how: &str,
        hints: &Hints<'g>,
    ) -> Option<Resolution<'g>> {
        hints.log.note(|| Step::Phrase {
            rule: "a line",
            pieces: vec![name.to_owned(), how.to_owned()],
        });
        let country = hints.country.unwrap_or(self.gazetteer.home());
        let area = self.gazetteer.country(country)?;
        let part = Part::Corridor {
            along,
            half_width_km,
            filled,
            country,
        };
        Some(Resolution::Region(Match {
            name: name.to_owned().into(),
            ground: Ground::Parts(vec![part]),
            score: Tier::Folded.score(),
            matched: (area.name(), Tier::Folded),
            notes: vec![format!("taken as {how}, {half_width_km:.0} km to either side").into()],
        }))
    }

    /// A line with what is said after it: "… near X", "… in Y".
    fn clipped(
        &self,
        line: Resolution<'g>,
        after: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let (Resolution::Region(found), false) = (&line, after.is_empty()) else {
            return line;
        };
        let near = after.first().is_some_and(|word| word.role == Role::Near);
        let after: Vec<Word<'_>> = after
            .iter()
            .filter(|word| word.role != Role::Near)
            .cloned()
            .collect();
        let (Resolution::Place(clip) | Resolution::Region(clip)) = self.read(&after, hints, depth)
        else {
            return line;
        };
        let part = match (
            clip.ground.parts().into_iter().next(),
            near || clip.ground.is_disc(),
        ) {
            (
                Some(Part::Around {
                    what,
                    centre,
                    radius_km,
                }),
                _,
            ) => Part::Around {
                what,
                centre,
                radius_km: radius_km.max(super::AREA_KM),
            },
            (Some(part), false) => part,
            _ => return line,
        };
        let note = format!("its stretch at {}", clip.name);
        Resolution::Region(super::common(found.clone(), part, &note))
    }
}

/// Words in which an Arabic "and", written together with the word after it, stands by itself.
fn parted_and<'t>(words: &[Word<'t>]) -> Vec<Word<'t>> {
    let has_and = words.iter().any(|word| word.role == Role::And);
    let mut parted = Vec::with_capacity(words.len() + 1);
    for (at, word) in words.iter().enumerate() {
        match word.raw.strip_prefix('و') {
            Some(rest) if at > 0 && !has_and && rest.chars().count() > 2 => {
                parted.extend([Word::new("و"), Word::new(rest)]);
            }
            _ => parted.push(word.clone()),
        }
    }
    parted
}

/// Pieces between dashes and strokes.
fn pieces<'t>(words: &[Word<'t>]) -> Vec<Vec<Word<'t>>> {
    words
        .split(|word| matches!(word.role, Role::Or | Role::Comma | Role::And))
        .map(|piece| trim(piece).to_vec())
        .filter(|piece| !piece.is_empty())
        .collect()
}
