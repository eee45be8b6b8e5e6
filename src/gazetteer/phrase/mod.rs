//! Place phrases → ground: "northern countryside of Hama province", "the Boukamal area, near the border with Iraq".
//!
//! A phrase is taken apart by the first rule that fits, and its pieces by the same rules. What a phrase says more finely
//! than is known here is taken as the whole that it is a part of, and the match says so; what is not understood is left
//! unresolved. A vague phrase never becomes a point.
//!
//! | phrase | ground |
//! |---|---|
//! | "X province", "governorate of X", "X district" | the area |
//! | "northern X", "countryside of X", "eastern parts of X province" | the whole governorate, district or country X; 15 km around X if it is only a settlement |
//! | "city of X", "neighbourhoods of X" | the settlement |
//! | "X mountain", "X dam" | what the gazetteer has of that name that is no settlement |
//! | "near X", "outside X" | 10 km around X |
//! | "X area", "X region", "suburbs of X", "X and surrounding villages" | 15 km around X (the governorate, if a "region" has the name of one) |
//! | "border region of X" | 25 km around X |
//! | "north of X" | 25 km around X |
//! | "12 km north of X" | that and a tenth, and 2 km, around X |
//! | "X and Y", "X; Y" | both together, if both are found |
//! | "X, Y", "X in Y", "Y's X" | X, that lies in Y |
//! | "near the border with Y" | 25 km along it, on the side of the country it is in (hinted, or home); after a place, nothing |
//! | "a military base in Y" | the whole of Y |
//! | "X (Y)", "X/Y" | X or Y, if they are one place |

mod joins;
mod parts;
mod vocabulary;

use super::hints::Hints;
use super::index::Gazetteer;
use super::region::{BORDER_KM, NEAR_KM, Part};
use super::resolve::{Hit, Resolution, Want};
use vocabulary::{Role, Word, words_of};

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
        if let Some(answer) = self.distance(words, hints, depth) {
            return answer;
        }
        if let Some(at) = (1..words.len())
            .find(|at| words[*at].folded == "of" && words[*at - 1].role == Role::Direction)
        {
            // "silos east of X": how far is not said.
            let centre = self.read(&words[at + 1..], hints, depth);
            return self.beside(
                &words[..at - 1],
                centre,
                BORDER_KM,
                "on that side of it",
                hints,
                depth,
            );
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
        let fits = |hit: &Hit<'g>| want.allows(hit.target) && hints.allow(hit.target);
        if !hits.iter().any(fits) && self.is_name(words) {
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
                || word.role == Role::Other
                    && (word.folded.len() <= 3 || word.raw.contains(char::is_uppercase))
        };
        words.len() <= LONGEST_NAME && self.has_name(words) && words.iter().all(part)
    }

    fn has_name(&self, words: &[Word<'_>]) -> bool {
        words.iter().any(|word| word.is_name(self.caseless))
    }

    /// "10 km north of X", "a village 10 km from X".
    fn distance(&self, words: &[Word<'_>], hints: &Hints<'g>, depth: u8) -> Option<Resolution<'g>> {
        let (at, km, after) = words.iter().enumerate().find_map(|(at, word)| {
            let (number, glued) = word.number()?;
            let spelled = words
                .get(at + 1)
                .is_some_and(|next| next.role == Role::Kilometres);
            let after = if glued { at + 1 } else { at + 2 };
            (glued || spelled).then_some((at, number, after))
        })?;
        let mut from = words.get(after..)?;
        while let Some((Role::Direction | Role::Of | Role::Filler, rest)) =
            from.split_first().map(|(first, rest)| (first.role, rest))
        {
            from = rest;
        }
        if km > 100.0 {
            return Some(nothing());
        }
        let radius_km = (km * 1.1 + 2.0).max(NEAR_KM);
        let centre = self.read(from, hints, depth);
        Some(self.beside(
            &words[..at],
            centre,
            radius_km,
            "no farther from it than that",
            hints,
            depth,
        ))
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
        self.beside(head, centre, NEAR_KM, "near", hints, depth)
    }

    /// The place that `head` names if it lies near `centre`, else the ground around `centre`.
    fn beside(
        &self,
        head: &[Word<'_>],
        centre: Resolution<'g>,
        radius_km: f64,
        how: &str,
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        if self.has_name(head)
            && let Resolution::Place(found) = &centre
        {
            let near = found.ground.parts().first().and_then(Part::centre);
            let mut nearby = hints.clone();
            nearby.near = near;
            let answer = self.read(head, &nearby, depth);
            if matches!(answer, Resolution::Place(_)) {
                return answer;
            }
        }
        match centre {
            // Near a province is not in it.
            Resolution::Region(found) if !found.ground.is_disc() => nothing(),
            centre => self.around(centre, radius_km, how),
        }
    }
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
