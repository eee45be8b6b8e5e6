//! Place phrases → ground: "northern countryside of Hama province", "the Boukamal area, near the border with Iraq".
//!
//! A phrase is taken apart by the first rule that fits, and its pieces by the same rules. What a phrase says more finely
//! than is known here is taken as the whole that it is a part of, and the match says so; what is not understood is left
//! unresolved. A vague phrase never becomes a point.
//!
//! | phrase | ground |
//! |---|---|
//! | "X province", "governorate of X", "X district" | the area |
//! | "northern X", "eastern parts of X province" | that side of the governorate, district or country X; 15 km around X if it is only a settlement |
//! | "southern edges of X", "far north of X" | the outer part of X on that side |
//! | "countryside of X" | the governorate without the town X |
//! | "X, Syria" where X is a governorate and its seat | the governorate: it may be either |
//! | "city of X", "neighbourhoods of X" | the settlement |
//! | "Eastern X" of a place X al-Sharqi | that place |
//! | "X mountain", "X dam" | what the gazetteer has of that name that is no settlement; of something built, else 10 km around the settlement X |
//! | "near X", "outside X" | 10 km around X |
//! | "X area", "X region", "suburbs of X", "X and surrounding villages" | 15 km around X (the governorate, if a "region" has the name of one) |
//! | "border region of X" | 25 km around X |
//! | "north of X" | 1–25 km from X, on that side; of an area, its northern part |
//! | "12 km north of X" | about that far, in about that direction |
//! | "12 km from X" | that and a tenth, and 2 km, around X |
//! | "between X and Y", "the X–Y road", "the M5" | along the road that joins them, or else along the line |
//! | "X and Y", "X; Y" | both together, if both are found |
//! | "X, Y", "X in Y", "Y's X" | X, that lies in Y |
//! | "near the border with Y" | 25 km along it, on the side of the country it is in (hinted, or home); of an area that is named, the part there |
//! | "X/Y border" | 25 km to both sides of the border between two areas |
//! | "a military base in Y" | the whole of Y |
//! | "X (Y)", "X/Y" | X or Y, if they are one place |

mod borders;
mod joins;
mod lines;
mod parts;
mod vocabulary;

use super::choose::of_place;
use super::explain::{Step, in_words};
use super::hints::Hints;
use super::index::Gazetteer;
use super::kind::PlaceKind;
use super::place::Target;
use super::region::{AREA_KM, BORDER_KM, Ground, NEAR_KM, Part, SIDE_KM, Side};
use super::resolve::{Hit, Match, Resolution, Tier, Want};
use parts::{common, sided_part};
use vocabulary::{Role, Word, sides_of, words_of};

/// Phrases of more words are prose.
const MOST_WORDS: usize = 32;
/// Names of more words are phrases.
const LONGEST_NAME: usize = 5;
/// Rules within rules.
const DEEPEST: u8 = 16;

/// Finds the ground of a phrase that is not a name by itself.
pub(super) fn resolve<'g>(
    gazetteer: &'g Gazetteer,
    text: &str,
    hints: &Hints<'g>,
) -> Resolution<'g> {
    let words = words_of(text);
    if words.len() > MOST_WORDS {
        return nothing();
    }
    hints.log.note(|| Step::Phrase {
        rule: "words and what they do",
        pieces: words
            .iter()
            .map(|word| format!("{} ({:?})", word.raw, word.role))
            .collect(),
    });
    let caseless = !text.chars().any(char::is_uppercase);
    Phrase {
        gazetteer,
        caseless,
    }
    .read(&words, hints, 0)
}

fn nothing<'g>() -> Resolution<'g> {
    Resolution::Unresolved(Vec::new())
}

/// Text of the words, signs left out, as a name would be written.
fn text_of(words: &[Word<'_>]) -> String {
    let words: Vec<&str> = words
        .iter()
        .filter(|word| !word.folded.is_empty())
        .map(|word| word.raw)
        .collect();
    words.join(" ")
}

fn position(words: &[Word<'_>], role: Role) -> Option<usize> {
    words.iter().position(|word| word.role == role)
}

fn last_position(words: &[Word<'_>], role: Role) -> Option<usize> {
    words.iter().rposition(|word| word.role == role)
}

struct Phrase<'g> {
    gazetteer: &'g Gazetteer,
    /// Written without capitals: any unknown word may be a name.
    caseless: bool,
}

impl<'g> Phrase<'g> {
    fn read(&self, words: &[Word<'_>], hints: &Hints<'g>, depth: u8) -> Resolution<'g> {
        let words = trim(words);
        if words.is_empty() || depth > DEEPEST {
            return nothing();
        }
        let depth = depth + 1;
        if let [word] = words
            && word.folded == "capital"
        {
            return self.capital(hints);
        }
        if let Some(answer) = self.named(words, Want::Any, hints) {
            return answer;
        }
        if position(words, Role::Semicolon).is_some() {
            let pieces: Vec<&[Word<'_>]> =
                words.split(|word| word.role == Role::Semicolon).collect();
            return self.union(&pieces, hints, depth);
        }
        if let Some(answer) = self.border(words, hints, depth) {
            return answer;
        }
        if let Some(answer) = self.line(words, hints, depth) {
            return answer;
        }
        let (comma, and) = (
            last_position(words, Role::Comma),
            last_position(words, Role::And),
        );
        if let Some(at) = comma
            && and.is_none_or(|and| and < at)
        {
            return self.narrowed(&words[..at], &words[at + 1..], hints, depth);
        }
        if let Some(at) = and {
            return self.list(words, at, hints, depth);
        }
        if let Some(at) = position(words, Role::Or) {
            return self.either(&words[..at], &words[at + 1..], hints, depth);
        }
        if let Some(answer) = self.possessive(words, hints, depth) {
            return answer;
        }
        if let Some(at) = last_position(words, Role::In).filter(|at| *at > 0) {
            return self.narrowed(&words[..at], &words[at + 1..], hints, depth);
        }
        // "X neighbourhood of Y"
        if let Some(at) = words.windows(2).position(|pair| {
            matches!(pair, [word, of] if of.role == Role::Of
                && matches!(word.role, Role::Quarter | Role::Settlement))
        }) && self.has_name(&words[..at])
        {
            return self.narrowed(&words[..=at], &words[at + 2..], hints, depth); // a pair stands at `at`
        }
        if let Some(answer) = self.distance(words, hints, depth) {
            return answer;
        }
        if let Some(at) = (1..words.len())
            .find(|at| words[*at].folded == "of" && words[*at - 1].role == Role::Direction)
        {
            return self.side_of(words, at, hints, depth);
        }
        if let Some(at) = position(words, Role::Near) {
            return self.near(&words[..at], &words[at + 1..], hints, depth);
        }
        self.feature(words, hints, depth)
    }

    /// What the words name as they stand, if they do.
    fn named(&self, words: &[Word<'_>], want: Want, hints: &Hints<'g>) -> Option<Resolution<'g>> {
        let text = text_of(words);
        let mut hits = self.gazetteer.hits(&text);
        if hits.is_empty()
            && let Some(other) = respelled(&text)
        {
            hits = self.gazetteer.hits(&other);
        }
        let fits = |hit: &Hit<'g>| want.allows(hit.target) && hints.allow(hit.target);
        if want != Want::Feature && !hits.iter().any(fits) && self.is_name(words) {
            let heard = self.gazetteer.heard(&text, hints);
            if !heard.is_empty() {
                hits = heard;
            }
        }
        (!hits.is_empty()).then(|| self.gazetteer.choose(&hits, want, hints))
    }

    /// Whether the words may be a name and nothing else, so that it is worth finding it by ear.
    fn is_name(&self, words: &[Word<'_>]) -> bool {
        let part = |word: &Word<'_>| {
            word.is_name(self.caseless)
                // "Shaer gas field"
                || word.role == Role::Feature
                || word.role == Role::Other
                    && (word.folded.len() <= 3 || word.raw.contains(char::is_uppercase))
        };
        words.len() <= LONGEST_NAME && self.has_name(words) && words.iter().all(part)
    }

    fn has_name(&self, words: &[Word<'_>]) -> bool {
        words.iter().any(|word| word.is_name(self.caseless))
    }

    /// The capital of the country that was hinted, or else of home.
    fn capital(&self, hints: &Hints<'g>) -> Resolution<'g> {
        let country = hints.country.unwrap_or(self.gazetteer.home());
        let mut capitals = self
            .gazetteer
            .places()
            .filter(|place| place.kind() == PlaceKind::Capital && place.country_code() == country);
        match (capitals.next(), capitals.next()) {
            (Some(place), None) => {
                let hit = Hit {
                    target: Target::Place(place),
                    name: place.name(),
                    tier: Tier::Folded,
                };
                Resolution::Place(of_place(place, hit).doubt("the capital of the country"))
            }
            _ => nothing(),
        }
    }

    /// "north of X": of a place what lies on that side of it, of an area its part there. `at`: where "of" stands.
    fn side_of(
        &self,
        words: &[Word<'_>],
        at: usize,
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        // All words of direction before "of".
        let start = words[..at]
            .iter()
            .rposition(|word| word.role != Role::Direction)
            .map_or(0, |last| last + 1);
        let (head, sides) = (&words[..start], &words[start..at]);
        let centre = self.read(&words[at + 1..], hints, depth);
        if let (Resolution::Region(found), false) = (&centre, self.has_name(head))
            && !found.ground.is_disc()
        {
            return sided_part(found.clone(), sides);
        }
        let (side, _) = sides_of(sides);
        self.beside(
            head,
            centre,
            Beside {
                side,
                km: None,
                how: "on that side of it",
            },
            hints,
            depth,
        )
    }

    /// "10 km north of X", "a village 10 km from X".
    fn distance(&self, words: &[Word<'_>], hints: &Hints<'g>, depth: u8) -> Option<Resolution<'g>> {
        let (at, km, after) = words.iter().enumerate().find_map(|(at, word)| {
            let (number, glued) = word.number()?;
            let unit = words
                .get(at + 1)
                .filter(|next| next.role == Role::Kilometres);
            let miles = unit.is_some_and(|unit| unit.folded.starts_with("mile"));
            let number = if miles { number * 1.609 } else { number };
            let after = if glued { at + 1 } else { at + 2 };
            (glued || unit.is_some()).then_some((at, number, after))
        })?;
        let mut from = words.get(after..)?;
        // "12 kilometres (7 miles) south of X"
        if let Some(open) = from.first().filter(|word| word.role == Role::Or)
            && open.raw == "("
            && let Some(close) = from.iter().position(|word| word.raw == ")")
        {
            from = from.get(close + 1..)?;
        }
        let start = from;
        while let Some((Role::Direction | Role::Of | Role::Filler, rest)) =
            from.split_first().map(|(first, rest)| (first.role, rest))
        {
            from = rest;
        }
        let (side, _) = sides_of(start.get(..start.len() - from.len())?);
        if km > 100.0 {
            return Some(nothing());
        }
        let centre = self.read(from, hints, depth);
        let beside = Beside {
            side,
            km: Some(km),
            how: "no farther from it than that",
        };
        Some(self.beside(&words[..at], centre, beside, hints, depth))
    }

    /// "near X", "a village near X".
    fn near(
        &self,
        head: &[Word<'_>],
        tail: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let centre = self.read(tail, hints, depth);
        let beside = Beside {
            side: None,
            km: None,
            how: "near",
        };
        self.beside(head, centre, beside, hints, depth)
    }

    /// The place that `head` names if it lies near `centre`, else the ground beside `centre`.
    fn beside(
        &self,
        head: &[Word<'_>],
        centre: Resolution<'g>,
        beside: Beside,
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        hints.log.note(|| Step::Phrase {
            rule: "beside a place",
            pieces: vec![text_of(head), in_words(&centre)],
        });
        if self.has_name(head)
            && let Resolution::Place(found) = &centre
            && let Ground::Point(place) = found.ground
        {
            let near = found.ground.parts().first().and_then(Part::centre);
            let mut nearby = hints.clone();
            nearby.near = near;
            match (self.read(head, &nearby, depth), near) {
                (answer @ Resolution::Place(_), _) => return answer,
                // "a stretch of the M5 near X"
                (Resolution::Region(line), Some(near)) if lines::is_line(&line.ground) => {
                    let around = Part::Around {
                        what: Target::Place(place),
                        centre: near,
                        radius_km: AREA_KM,
                    };
                    let note = format!("its stretch within {AREA_KM} km of {}", found.name);
                    return Resolution::Region(common(line, around, &note));
                }
                _ => {}
            }
        }
        match (centre, beside) {
            // Near a province is not in it.
            (Resolution::Region(found), _) if !found.ground.is_disc() => nothing(),
            (
                Resolution::Place(found),
                Beside {
                    side: Some(side @ Side::Compass(_)),
                    km,
                    ..
                },
            ) => sector(found, side, km),
            (
                centre,
                Beside {
                    km: Some(km), how, ..
                },
            ) => self.around(centre, (km * 1.1 + 2.0).max(NEAR_KM), how),
            (centre, Beside { side, how, .. }) => {
                let radius_km = if side.is_some() { BORDER_KM } else { NEAR_KM };
                self.around(centre, radius_km, how)
            }
        }
    }
}

/// Where beside a place.
#[derive(Clone, Copy)]
struct Beside {
    side: Option<Side>,
    /// How far, if that is said.
    km: Option<f64>,
    /// In words.
    how: &'static str,
}

/// What lies on one side of a place, at a distance or up to [`SIDE_KM`].
fn sector(found: Match<'_>, side: Side, km: Option<f64>) -> Resolution<'_> {
    let Ground::Point(of) = found.ground else {
        return Resolution::Region(found);
    };
    let (km, how) = match km {
        Some(km) => {
            let give = (km / 4.0).max(2.0);
            let km = ((km - give).max(0.2), km + give);
            (
                km,
                format!("{:.0}–{:.0} km {} it", km.0, km.1, side.towards()),
            )
        }
        None => (
            (1.0, SIDE_KM),
            format!("up to {SIDE_KM} km {} it", side.towards()),
        ),
    };
    let name = format!("{} {}", side.towards(), of.name());
    let ground = Ground::Parts(vec![Part::Sector { of, side, km }]);
    Resolution::Region(
        Match {
            name: name.into(),
            ground,
            ..found
        }
        .note(format!("taken as {how}")),
    )
}

/// Compounds that are written in one word or in two.
fn respelled(name: &str) -> Option<String> {
    const COMPOUNDS: [(&str, &str); 6] = [
        ("oilfield", "oil field"),
        ("gasfield", "gas field"),
        ("air base", "airbase"),
        ("airbase", "air base"),
        ("military airport", "airbase"),
        ("military airbase", "airbase"),
    ];
    let lower = name.to_lowercase();
    COMPOUNDS
        .iter()
        .find(|(written, _)| lower.contains(written))
        .map(|(written, other)| lower.replace(written, other))
}

/// Without signs at the ends, and without words at the head that say nothing of where.
fn trim<'w, 't>(mut words: &'w [Word<'t>]) -> &'w [Word<'t>] {
    while let Some((first, rest)) = words.split_first()
        && matches!(
            first.role,
            Role::Filler
                | Role::In
                | Role::Of
                | Role::Comma
                | Role::And
                | Role::Semicolon
                | Role::Or
        )
    {
        words = rest;
    }
    while let Some((last, rest)) = words.split_last()
        && matches!(
            last.role,
            Role::Comma | Role::Semicolon | Role::And | Role::Or | Role::In | Role::Of
        )
    {
        words = rest;
    }
    words
}
