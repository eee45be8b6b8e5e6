//! Rules for borders: of countries ("near the Turkish border", "eastern Syria near a crossing with Iraq") and between areas
//! of one country ("the Homs/Deir ez-Zor border").

use super::super::explain::Step;
use super::super::hints::{self, Hints};
use super::super::place::AdminArea;
use super::super::region::{BORDER_KM, Ground, Part, SEAM_KM};
use super::super::resolve::{Match, Resolution, Want};
use super::joins::both;
use super::parts::{common, of_area, part_of};
use super::vocabulary::{Role, Word};
use super::{Phrase, nothing, text_of, trim};

/// The ground along the border of one country with another.
fn strip<'g>(own: AdminArea<'g>, with: AdminArea<'g>) -> Match<'g> {
    Match {
        name: format!("border of {} with {}", own.title(), with.title()).into(),
        ground: Ground::Parts(vec![Part::Border { own, with }]),
        notes: vec![format!("taken as the ground within {BORDER_KM} km of it").into()],
        ..of_area(own)
    }
}

impl<'g> Phrase<'g> {
    /// Phrases about a border. `None` if the words speak of none.
    pub(super) fn border(
        &self,
        words: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        let at = words.iter().rposition(|word| word.role == Role::Border)?;
        // From the word that leads up to the border: "near", "along", "on the … side of".
        let start = words[..at]
            .iter()
            .rposition(|word| matches!(word.role, Role::Near | Role::In))
            .unwrap_or(0);
        let (head, border) = words.split_at(start);
        let head = trim(head);
        let countries = self.countries_in(border);
        // "Saudi Arabia": its words name a country together.
        let other_name = |(at, word): (usize, &Word<'_>)| {
            word.is_name(self.caseless)
                && self.countries_in(std::slice::from_ref(word)).is_empty()
                && border
                    .get(at.saturating_sub(1)..=at)
                    .is_none_or(|pair| self.country_of(pair).is_none())
        };
        if border.iter().enumerate().any(other_name) {
            return self.named_border(&words[..at], &words[at + 1..], hints, depth);
        }
        if countries.is_empty() {
            return None;
        }
        hints.log.note(|| Step::Phrase {
            rule: "a border of countries",
            pieces: vec![text_of(head), text_of(border)],
        });
        if self.has_name(head) || !self.countries_in(head).is_empty() {
            let found = match self.read(head, hints, depth) {
                Resolution::Region(found) => found,
                Resolution::Place(found) => {
                    return Some(Resolution::Place(found.note(BORDER_UNUSED)));
                }
                other => return Some(other),
            };
            return Some(Resolution::Region(self.along_border(found, &countries)));
        }
        Some(self.strip_of(border, &countries, hints))
    }

    /// Of an area, what lies along its country's border with the other country named.
    fn along_border(&self, found: Match<'g>, countries: &[[u8; 2]]) -> Match<'g> {
        let area = match &found.ground {
            Ground::Parts(parts) if !found.ground.is_disc() => parts.first().and_then(Part::area),
            _ => None,
        };
        let own = area.and_then(|area| self.gazetteer.country(area.country_code()));
        let with = own.and_then(|own| {
            let beyond = countries.iter().find(|code| **code != own.country_code())?;
            self.gazetteer.country(*beyond)
        });
        match (own, with) {
            (Some(own), Some(with)) => {
                let note = format!("within {BORDER_KM} km of the border with {}", with.title());
                common(found, Part::Border { own, with }, &note)
            }
            _ => found.note(BORDER_UNUSED),
        }
    }

    /// The ground along a border that is named without a place.
    fn strip_of(
        &self,
        border: &[Word<'_>],
        countries: &[[u8; 2]],
        hints: &Hints<'g>,
    ) -> Resolution<'g> {
        let home = self.gazetteer.home();
        let side = border
            .windows(2)
            .find(|pair| pair[1].folded == "side")
            .and_then(|pair| hints::demonym(&pair[0].folded));
        let whole = |code| self.gazetteer.country(code).map(of_area);
        // With the side known and one country beyond, the ground is a strip along their border.
        let side_known = hints.country.or(side);
        let own = side_known.unwrap_or(home);
        let beyond: Vec<_> = countries
            .iter()
            .copied()
            .filter(|code| *code != own)
            .collect();
        if let ([with], true) = (
            beyond.as_slice(),
            side_known.is_some() || !countries.contains(&home),
        ) && let (Some(own), Some(with)) =
            (self.gazetteer.country(own), self.gazetteer.country(*with))
        {
            let mut found = strip(own, with);
            if let Some(area) = hints.governorate().filter(|area| area.is_within(own)) {
                let note = format!("the part of it in {}", area.title());
                found = common(found, Part::Whole(area), &note);
            } else if side_known.is_none() {
                found = found.doubt("on the side of the home country");
            }
            return Resolution::Region(found);
        }
        if let (None, &[one, other]) = (side_known, countries)
            && let (Some(one), Some(other)) =
                (self.gazetteer.country(one), self.gazetteer.country(other))
        {
            // Both sides were named: it may be on either.
            return Resolution::Region(both(strip(one, other), strip(other, one)));
        }
        match side_known {
            Some(own) => whole(own).map_or_else(nothing, part_of),
            None if !countries.contains(&home) => match whole(home) {
                Some(found) => part_of(found.doubt("on the side of the home country")),
                None => nothing(),
            },
            None => nothing(),
        }
    }

    /// A border that places are named with: "X/Y border" of two areas, "Syria/Turkey border X".
    fn named_border(
        &self,
        before: &[Word<'_>],
        after: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        let pieces: Vec<&[Word<'_>]> = before
            .split(|word| {
                matches!(
                    word.role,
                    Role::Or | Role::And | Role::Comma | Role::Between
                )
            })
            .map(trim)
            .filter(|piece| !piece.is_empty())
            .collect();
        let after = trim(after);
        let countries = self.countries_in(before);
        let is_country = |piece: &&[Word<'_>]| !self.countries_in(piece).is_empty();
        if !pieces.is_empty()
            && !after.is_empty()
            && self.has_name(after)
            && pieces.iter().all(is_country)
        {
            // "Syria/Turkey border Idlib Governorate"
            return match self.read(after, hints, depth) {
                Resolution::Region(found) => {
                    Some(Resolution::Region(self.along_border(found, &countries)))
                }
                _ => None,
            };
        }
        // One of the areas is not the one that a row gives.
        let hints = &hints.anywhere_in_country();
        let areas: Vec<Match<'g>> = pieces
            .iter()
            .filter(|piece| !is_country(piece))
            .filter_map(|piece| {
                self.bare_area(piece, hints)
                    .or_else(|| self.area_said(piece, hints))
            })
            .collect();
        let named = pieces.iter().filter(|piece| !is_country(piece)).count();
        if areas.len() != named || areas.is_empty() || pieces.len() < 2 {
            return None;
        }
        hints.log.note(|| Step::Phrase {
            rule: "a border between areas",
            pieces: pieces.iter().map(|piece| text_of(piece)).collect(),
        });
        let whole = |found: &Match<'g>| match found.ground.parts().as_slice() {
            [Part::Whole(area)] => Some(*area),
            _ => None,
        };
        let first = areas.first()?;
        let score = areas.iter().map(|area| area.score).fold(1.0, f64::min);
        let found = match areas.as_slice() {
            [one, other, ..] => {
                let (one, other) = (whole(one)?, whole(other)?);
                let name = format!("border of {} and {}", one.title(), other.title());
                let ground = Ground::Parts(vec![Part::Seam { one, other }]);
                let note = format!("taken as the ground within {SEAM_KM} km of it");
                let seam = Match {
                    name: name.into(),
                    ground,
                    score,
                    ..first.clone()
                };
                seam.note(note)
            }
            _ => first.clone(),
        };
        Some(Resolution::Region(if countries.is_empty() {
            found
        } else {
            self.along_border(found, &countries)
        }))
    }

    /// An area said with its word: "Idlib province".
    fn area_said(&self, words: &[Word<'_>], hints: &Hints<'g>) -> Option<Match<'g>> {
        let (last, named) = words.split_last()?;
        let Role::Admin(level) = last.role else {
            return None;
        };
        match self.named(named, Want::Area(level), hints) {
            Some(Resolution::Region(found)) => Some(found),
            _ => None,
        }
    }

    /// The country whose name is of two words or more, and these.
    fn country_of(&self, words: &[Word<'_>]) -> Option<[u8; 2]> {
        let name = words.len() > 1
            && words
                .iter()
                .all(|word| word.raw.starts_with(char::is_uppercase));
        name.then(|| hints::country_code(self.gazetteer, &text_of(words)))?
    }

    /// The countries that the words name, by name or adjective ("Syrian-Turkish").
    fn countries_in(&self, words: &[Word<'_>]) -> Vec<[u8; 2]> {
        let mut countries = Vec::new();
        let mut covered = 0;
        for (at, word) in words.iter().enumerate() {
            if let Some(code) = words.get(at..at + 2).and_then(|pair| self.country_of(pair)) {
                covered = at + 2;
                if !countries.contains(&code) {
                    countries.push(code);
                }
            }
            if at < covered || !matches!(word.role, Role::Other | Role::Demonym) {
                continue;
            }
            for piece in word.raw.split(['-', '–']) {
                let piece = piece
                    .strip_suffix("'s")
                    .or_else(|| piece.strip_suffix("’s"))
                    .unwrap_or(piece);
                let capital = self.caseless || piece.starts_with(char::is_uppercase);
                let code = hints::country_code(self.gazetteer, piece)
                    .filter(|_| capital && piece.len() > 2);
                countries.extend(code.filter(|code| !countries.contains(code)));
            }
        }
        countries
    }
}

const BORDER_UNUSED: &str = "that it is near a border was not used";
