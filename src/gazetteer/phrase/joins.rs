//! Rules that put two pieces of a phrase together: lists, second names, owners, and what lies in what.

use super::super::Candidate;
use super::super::explain::Step;
use super::super::hints::{self, Hints};
use super::super::place::Target;
use super::super::region::{AREA_KM, Ground, Part};
use super::super::resolve::{Match, Resolution, Tier, Want};
use super::vocabulary::{Role, Word};
use super::{Phrase, nothing, parts, position, text_of, trim};

impl<'g> Phrase<'g> {
    /// "X and Y", "X, Y and Z", "X and surrounding villages", "northern and western neighbourhoods of X", "X and Y provinces".
    pub(super) fn list(
        &self,
        words: &[Word<'_>],
        last_and: usize,
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let (left, right) = (&words[..last_and], &words[last_and + 1..]);
        if !self.has_name(right) && self.read(right, hints, depth) == nothing() {
            return self.around(
                self.read(left, hints, depth),
                AREA_KM,
                "with what surrounds it",
            );
        }
        if left
            .iter()
            .all(|word| word.role != Role::Other && word.role != Role::Demonym)
        {
            return self.sides(left, right, hints, depth);
        }
        let mut pieces: Vec<Vec<Word<'_>>> = words
            .split(|word| matches!(word.role, Role::And | Role::Comma))
            .map(<[Word<'_>]>::to_vec)
            .filter(|piece| !piece.is_empty())
            .collect();
        if let Some(plural) = words
            .last()
            .filter(|word| matches!(word.role, Role::Admins(_)))
            && let Role::Admins(level) = plural.role
            && let Some((last, others)) = pieces.split_last_mut()
        {
            // "Idlib and Aleppo provinces": the word goes with each.
            let each = Word {
                role: Role::Admin(level),
                ..plural.clone()
            };
            last.pop();
            last.push(each.clone());
            for piece in others {
                piece.push(each.clone());
            }
        }
        let pieces: Vec<&[Word<'_>]> = pieces.iter().map(Vec::as_slice).collect();
        self.union(&pieces, hints, depth)
    }

    /// "northern and western countryside of X": each of the sides, together. Without sides what is right of the "and".
    fn sides(
        &self,
        left: &[Word<'_>],
        right: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let rest = right
            .iter()
            .position(|word| word.side().is_none())
            .unwrap_or(right.len());
        let (own, rest) = right.split_at(rest);
        let others: Vec<&[Word<'_>]> = left
            .split(|word| matches!(word.role, Role::And | Role::Comma))
            .filter(|piece| piece.iter().any(|word| word.side().is_some()))
            .collect();
        if own.is_empty() || others.is_empty() {
            return self.read(right, hints, depth);
        }
        let sides = others.into_iter().chain([own]);
        let phrases: Vec<Vec<Word<'_>>> = sides
            .map(|side| side.iter().chain(rest).cloned().collect())
            .collect();
        let pieces: Vec<&[Word<'_>]> = phrases.iter().map(Vec::as_slice).collect();
        self.union(&pieces, hints, depth)
    }

    /// All pieces together; the first that is not found, if one is not.
    pub(super) fn union(
        &self,
        pieces: &[&[Word<'_>]],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let mut found: Option<Match<'g>> = None;
        for piece in pieces.iter().filter(|piece| !trim(piece).is_empty()) {
            let next = match self.read(piece, hints, depth) {
                Resolution::Place(next) | Resolution::Region(next) => next,
                other => return other,
            };
            found = Some(match found {
                None => next,
                Some(found) => both(found, next),
            });
        }
        match found {
            None => nothing(),
            Some(found) => match found.ground {
                Ground::Point(_) => Resolution::Place(found),
                Ground::Parts(_) => Resolution::Region(found),
            },
        }
    }

    /// "X (Y)", "X/Y": two names of one thing, or a name and what it lies in.
    pub(super) fn either(
        &self,
        one: &[Word<'_>],
        rest: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let end = position(rest, Role::Or).unwrap_or(rest.len());
        let (other, tail) = (&rest[..end], rest.get(end + 1..).unwrap_or_default());
        // "Kobane/Ayn al-Arab town": what follows the second name goes with both.
        let shared: Vec<Word<'_>> = one.iter().chain(tail).cloned().collect();
        let (a, b) = (
            self.read(&shared, hints, depth),
            self.read(other, hints, depth),
        );
        // "Silos east of Palmyra/Tadmur": a phrase that was not understood is no second name.
        let plain =
            |word: &Word<'_>| matches!(word.role, Role::Other | Role::Settlement | Role::Admin(_));
        match (a, b) {
            // "Foo (Hama)" is a Foo that nobody knows, in Hama.
            (Resolution::Unresolved(_), Resolution::Place(b))
                if one.iter().all(plain)
                    && b.matched.1 < Tier::ArticleLess
                    && self.bare_area(other, hints).is_none() =>
            {
                Resolution::Place(b.doubt("the other name is not known"))
            }
            (Resolution::Unresolved(_), _) => nothing(),
            (a, Resolution::Unresolved(_)) => a,
            (Resolution::Place(a), Resolution::Place(b)) if a.ground == b.ground => {
                Resolution::Place(a)
            }
            (Resolution::Place(a), Resolution::Place(b)) => {
                let candidates = [&a, &b].into_iter().filter_map(Match::candidate).collect();
                Resolution::Ambiguous(candidates)
            }
            // "Hazano (Idlib province)"
            (a, Resolution::Region(_)) => match self.narrowed(&shared, other, hints, depth) {
                Resolution::Unresolved(_) => a,
                narrowed => narrowed,
            },
            (a, _) => a,
        }
    }

    /// "Syria's Idlib province", "Idlib's northern countryside", "the country's northwest".
    pub(super) fn possessive(
        &self,
        words: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        let ending = |word: &Word<'_>| {
            word.raw
                .strip_suffix("'s")
                .or_else(|| word.raw.strip_suffix("’s"))
                .is_some_and(|stem| stem.len() > 1)
        };
        if let Some(answer) = self.genitive(words, hints, depth) {
            return Some(answer);
        }
        let at = words.iter().position(ending)?;
        let (owner, rest) = words.split_at_checked(at + 1)?;
        let (last, before) = owner.split_last()?;
        let stem = last
            .raw
            .strip_suffix("'s")
            .or_else(|| last.raw.strip_suffix("’s"))?;
        let mut owner: Vec<Word<'_>> = trim(before).to_vec();
        owner.push(Word::new(stem));
        if rest.is_empty() {
            return None;
        }
        if owner.iter().all(|word| word.folded == "country") {
            let country = self.gazetteer.country(hints.country?)?;
            return Some(parts::sided_part(parts::of_area(country), rest));
        }
        if owner.iter().all(|word| matches!(word.role, Role::Admin(1))) {
            return Some(parts::sided_part(
                parts::of_area(hints.governorate()?),
                rest,
            ));
        }
        if self.has_name(rest) || hints::country_code(self.gazetteer, &text_of(&owner)).is_some() {
            return Some(self.narrowed(rest, &owner, hints, depth));
        }
        let mut turned = rest.to_vec();
        turned.push(Word::new("of"));
        turned.extend(owner);
        Some(self.read(&turned, hints, depth))
    }

    /// Turkish "X'in güneyi", "X'nin kuzey kırsalı": the side or the countryside of X.
    fn genitive(&self, words: &[Word<'_>], hints: &Hints<'g>, depth: u8) -> Option<Resolution<'g>> {
        const ENDINGS: [&str; 8] = ["in", "ın", "un", "ün", "nin", "nın", "nun", "nün"];
        let (owner, rest) = words.split_first()?;
        let (stem, ending) = owner.raw.rsplit_once(['\'', '’'])?;
        let of_it = |word: &Word<'_>| matches!(word.role, Role::Direction | Role::Part);
        if stem.chars().count() < 2
            || !ENDINGS.contains(&ending)
            || rest.is_empty()
            || !rest.iter().all(of_it)
        {
            return None;
        }
        let mut turned = rest.to_vec();
        turned.push(Word::new(stem));
        Some(self.read(&turned, hints, depth))
    }

    /// "X, Y" and "X in Y": X that lies in Y, or the whole of Y if X names nothing ("a military base").
    pub(super) fn narrowed(
        &self,
        head: &[Word<'_>],
        tail: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let (head, tail) = (trim(head), trim(tail));
        if head.is_empty() {
            return self.read(tail, hints, depth);
        }
        if tail.is_empty() {
            return self.read(head, hints, depth);
        }
        hints.log.note(|| Step::Phrase {
            rule: "X, that lies in Y",
            pieces: vec![text_of(head), text_of(tail)],
        });
        let mut narrow = hints.clone();
        let text = text_of(tail);
        let whole = if let Some(country) = hints::country_code(self.gazetteer, &text) {
            if hints.country.is_some_and(|hinted| hinted != country) {
                return nothing();
            }
            narrow.country = Some(country);
            self.gazetteer.country(country).map(parts::of_area)
        } else {
            let whole = self.bare_area(tail, hints);
            if whole.is_none() || !narrow.add_admin(self.gazetteer, &text) {
                // Not an area by itself: a town ("Hamra, Saraqib") or a phrase ("in southern Idlib").
                match self.read(tail, hints, depth) {
                    Resolution::Place(found) => {
                        narrow.near = found.ground.parts().first().and_then(Part::centre);
                        Some(found)
                    }
                    Resolution::Region(found) if narrow.lies_in(&found.ground) => Some(found),
                    _ => return nothing(),
                }
            } else {
                whole
            }
        };
        let answer = self.read(head, &narrow, depth);
        if let (Resolution::Place(seat), Some(whole)) = (&answer, &whole)
            && let Some(either) = self.seat_or_area(head, seat, whole, hints)
        {
            return either;
        }
        match (&answer, whole) {
            (Resolution::Unresolved(_), Some(whole)) if !self.has_name(head) => {
                match whole.ground {
                    Ground::Point(_) => Resolution::Place(whole.doubt("somewhere in it")),
                    Ground::Parts(_) => parts::whole_of(whole),
                }
            }
            _ => answer,
        }
    }
}

impl<'g> Phrase<'g> {
    /// "Idlib, Syria": the head of a report from the governorate as well as from its seat. The governorate, which holds
    /// both, if nothing but the country follows the bare name.
    fn seat_or_area(
        &self,
        head: &[Word<'_>],
        seat: &Match<'g>,
        whole: &Match<'g>,
        hints: &Hints<'g>,
    ) -> Option<Resolution<'g>> {
        let Ground::Point(place) = seat.ground else {
            return None;
        };
        let country = match whole.ground.parts().as_slice() {
            [Part::Whole(area)] => area.level() == 0,
            _ => false,
        };
        if !country || head.iter().any(|word| word.role != Role::Other) {
            return None;
        }
        match self.named(head, Want::Area(1), hints) {
            Some(Resolution::Region(area)) => {
                let parts = area.ground.parts();
                let [Part::Whole(governorate)] = parts.as_slice() else {
                    return None;
                };
                governorate.holds(&place).then(|| {
                    let note = "it may be the city or its governorate; the wider is taken";
                    Resolution::Region(area.doubt(note))
                })
            }
            _ => None,
        }
    }
}

/// Two grounds together.
pub(super) fn both<'g>(a: Match<'g>, b: Match<'g>) -> Match<'g> {
    if a.ground == b.ground {
        return a;
    }
    let mut parts = a.ground.parts();
    parts.extend(
        b.ground
            .parts()
            .into_iter()
            .filter(|part| !a.ground.parts().contains(part)),
    );
    let mut notes = a.notes;
    notes.extend(b.notes);
    Match {
        name: format!("{} and {}", a.name, b.name).into(),
        ground: Ground::Parts(parts),
        score: a.score.min(b.score),
        matched: a.matched,
        notes,
    }
}

impl<'g> Match<'g> {
    pub(super) fn candidate(&self) -> Option<Candidate<'g>> {
        let Ground::Point(place) = self.ground else {
            return None;
        };
        let target = Target::Place(place);
        Some(Candidate {
            target,
            name: self.matched.0,
            score: self.score,
            ruled_out: false,
        })
    }
}
