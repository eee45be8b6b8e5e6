//! Rules for the inside of a phrase: features ("countryside of X"), borders, and the ground they stand for.

use std::borrow::Cow;

use super::super::hints::{self, Hints};
use super::super::place::AdminArea;
use super::super::region::{AREA_KM, BORDER_KM, Ground, NEAR_KM, Part};
use super::super::resolve::{Match, Resolution, Tier, Want};
use super::super::words;
use super::joins::both;
use super::vocabulary::{Role, Word};
use super::{Phrase, nothing, text_of, trim};

/// The whole of a country or governorate that was said in other words than its name.
pub(super) fn of_area(area: AdminArea<'_>) -> Match<'_> {
    Match {
        name: Cow::Owned(area.title()),
        ground: Ground::whole(area),
        score: Tier::Folded.score(),
        matched: (area.name(), Tier::Folded),
        notes: Vec::new(),
    }
}

/// The ground along the border of one country with another.
fn strip<'g>(own: AdminArea<'g>, with: AdminArea<'g>) -> Match<'g> {
    Match {
        name: format!("border of {} with {}", own.title(), with.title()).into(),
        ground: Ground::Parts(vec![Part::Border { own, with }]),
        notes: vec![format!("taken as the ground within {BORDER_KM} km of it").into()],
        ..of_area(own)
    }
}

/// A part of a region, of which no finer outline is known: the whole.
pub(super) fn part_of(found: Match<'_>) -> Resolution<'_> {
    let note = format!(
        "a part of it is meant; taken as the whole of {}",
        found.name
    );
    Resolution::Region(found.doubt(note))
}

/// Something within a region: the whole.
pub(super) fn whole_of(found: Match<'_>) -> Resolution<'_> {
    let note = format!("named within; taken as the whole of {}", found.name);
    Resolution::Region(found.doubt(note))
}

impl<'g> Phrase<'g> {
    /// The widest admin area below a country that the words name, feature words or not.
    pub(super) fn bare_area(&self, words: &[Word<'_>], hints: &Hints<'g>) -> Option<Match<'g>> {
        [1, 2]
            .into_iter()
            .find_map(|level| match self.named(words, Want::Area(level), hints) {
                Some(Resolution::Region(found)) => Some(found),
                _ => None,
            })
    }

    /// "province of X", "X province", "northern countryside of X", "X area", "northern X".
    pub(super) fn feature(
        &self,
        words: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let mut hints = hints.clone();
        let mut rest = words;
        let mut sided = false;
        let mut border = false;
        while let Some((first, others)) = rest.split_first() {
            match first.role {
                Role::Filler => {}
                Role::Direction => sided = true,
                Role::Border if !others.is_empty() => border = true,
                Role::Demonym if !others.is_empty() => match hints::demonym(&first.folded) {
                    Some(code) if hints.country.is_none_or(|hinted| hinted == code) => {
                        hints.country = Some(code)
                    }
                    _ => return nothing(),
                },
                _ => break,
            }
            rest = others;
        }
        let Some((first, others)) = rest.split_first() else {
            // "the northwest" of the country that was hinted
            let country = hints
                .country
                .filter(|_| sided)
                .and_then(|code| self.gazetteer.country(code));
            return country.map_or_else(nothing, |country| part_of(of_area(country)));
        };
        if rest.len() < words.len()
            && !sided
            && let Some(answer) = self.named(rest, Want::Any, &hints)
        {
            return answer;
        }
        // "countryside of X"; Arabic has no "of"
        let (of, named) = match others.split_first() {
            Some((second, named)) if second.role == Role::Of => (true, named),
            _ => (
                !first.raw.is_ascii() || matches!(first.folded.as_str(), "muhafazat" | "rif"),
                others,
            ),
        };
        if of && !trim(named).is_empty() {
            let mut named = trim(named);
            while let Some((last, before)) = named.split_last()
                && last.role == Role::Direction
                && !before.is_empty()
            {
                named = before;
            }
            if let Some(answer) = self.apply(first, named, &hints, border, depth) {
                return answer;
            }
        }
        if let Some((last, mut named)) = rest.split_last()
            && !named.is_empty()
        {
            while let Some((previous, before)) = named.split_last()
                && matches!(previous.role, Role::Direction | Role::Border)
                && !before.is_empty()
            {
                border |= previous.role == Role::Border;
                sided |= previous.role == Role::Direction;
                named = before;
            }
            if let Some(answer) = self.apply(last, named, &hints, border, depth) {
                return match answer {
                    Resolution::Region(found) if sided && matches!(last.role, Role::Admin(_)) => {
                        part_of(found)
                    }
                    answer => answer,
                };
            }
        }
        if sided {
            return self.part(rest, &hints, depth);
        }
        self.within(rest, &hints)
    }

    /// A feature word and the name it goes with. `None` if the word is not one.
    fn apply(
        &self,
        word: &Word<'_>,
        named: &[Word<'_>],
        hints: &Hints<'g>,
        border: bool,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        Some(match word.role {
            Role::Admin(level) => self.area(named, level, hints, depth),
            Role::Settlement => self.settlement(word, named, hints, depth),
            Role::Feature => self.named(named, Want::Feature, hints)?,
            Role::Quarter => match self.read(named, hints, depth) {
                Resolution::Place(found) => {
                    Resolution::Place(found.note("a part of the settlement is meant"))
                }
                Resolution::Region(found) => part_of(found),
                other => other,
            },
            Role::Part => self.part(named, hints, depth),
            // A region is as wide as the governorate of its name; an area is what lies around the town.
            Role::Area
                if word.folded == "region"
                    && let Some(Resolution::Region(found)) =
                        self.named(named, Want::Area(1), hints) =>
            {
                Resolution::Region(found.doubt("a region: taken as the governorate of that name"))
            }
            Role::Area if border => self.around(
                self.read(named, hints, depth),
                BORDER_KM,
                "the border region",
            ),
            Role::Area => self.around(self.read(named, hints, depth), AREA_KM, "the area"),
            Role::Border => {
                self.around(self.read(named, hints, depth), NEAR_KM, "the border there")
            }
            _ => return None,
        })
    }

    /// "X town", "village of X". What a source calls a village may be a town, but no city.
    fn settlement(
        &self,
        word: &Word<'_>,
        named: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        if matches!(word.folded.as_str(), "village" | "hamlet" | "قريه") {
            match self.named(named, Want::Village, hints) {
                Some(Resolution::Unresolved(_)) | None => {}
                Some(answer) => return answer,
            }
        }
        self.named(named, Want::Settlement, hints)
            .unwrap_or_else(|| self.read(named, hints, depth))
    }

    /// "X province" (`level` 1), "X district" (2).
    fn area(&self, named: &[Word<'_>], level: u8, hints: &Hints<'g>, depth: u8) -> Resolution<'g> {
        let found = self.named(named, Want::Area(level), hints).or_else(|| {
            // "Mintaqat Azaz district" says it twice.
            let text = text_of(named);
            let hits = self.gazetteer.hits(words::without_admin_word(&text)?);
            (!hits.is_empty()).then(|| self.gazetteer.choose(&hits, Want::Area(level), hints))
        });
        match found {
            Some(answer @ (Resolution::Region(_) | Resolution::Ambiguous(_))) => answer,
            // A district that the gazetteer does not have, of a town that it has.
            _ if level == 2 => match self.read(named, hints, depth) {
                place @ Resolution::Place(_) => {
                    self.around(place, AREA_KM, "the district, of which no outline is known")
                }
                other => other,
            },
            Some(answer) => answer,
            None => nothing(),
        }
    }

    /// A part of X: the whole governorate, country or district of that name, else the ground around the settlement.
    fn part(&self, named: &[Word<'_>], hints: &Hints<'g>, depth: u8) -> Resolution<'g> {
        let named = trim(named);
        for want in [Want::Area(1), Want::Area(0), Want::Area(2)] {
            match self.named(named, want, hints) {
                Some(Resolution::Region(found)) => return part_of(found),
                Some(ambiguous @ Resolution::Ambiguous(_)) => return ambiguous,
                _ => {}
            }
        }
        match self.read(named, hints, depth) {
            Resolution::Region(found) if !found.ground.is_disc() => part_of(found),
            other => self.around(other, AREA_KM, "its countryside"),
        }
    }

    /// The ground within a distance of a place; a region stays what it is.
    pub(super) fn around(
        &self,
        centre: Resolution<'g>,
        radius_km: f64,
        how: &str,
    ) -> Resolution<'g> {
        let found = match centre {
            Resolution::Place(found) | Resolution::Region(found) => found,
            other => return other,
        };
        let parts = found.ground.parts();
        let [
            Part::Around {
                what,
                centre,
                radius_km: before,
            },
        ] = parts.as_slice()
        else {
            return Resolution::Region(found);
        };
        let before = if matches!(found.ground, Ground::Point(_)) {
            0.0
        } else {
            *before
        };
        let radius_km = radius_km.max(before);
        let note = format!("{how}: taken as {radius_km:.0} km around {}", what.name());
        let name = Cow::Owned(format!("around {}", what.name()));
        let ground = Ground::around(*what, *centre, radius_km);
        Resolution::Region(
            Match {
                name,
                ground,
                ..found
            }
            .note(note),
        )
    }

    /// Words around the name of an admin area that says that it is one: its whole, if nothing else is named.
    fn within(&self, words: &[Word<'_>], hints: &Hints<'g>) -> Resolution<'g> {
        for (at, word) in words.iter().enumerate() {
            let Role::Admin(level) = word.role else {
                continue;
            };
            for length in (1..=3.min(at)).rev() {
                let (before, rest) = words.split_at(at - length);
                let (name, after) = rest.split_at(length);
                if let Some(Resolution::Region(found)) = self.named(name, Want::Area(level), hints)
                    && !self.has_name(before)
                    && !self.has_name(after)
                {
                    return whole_of(found);
                }
            }
        }
        nothing()
    }

    /// Phrases about a country's border: it says which country at best.
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
        let other_name = |word: &Word<'_>| {
            word.is_name(self.caseless) && self.countries_in(std::slice::from_ref(word)).is_empty()
        };
        if countries.is_empty() || border.iter().any(other_name) {
            return None;
        }
        if self.has_name(head) || !self.countries_in(head).is_empty() {
            return Some(match self.read(head, hints, depth) {
                Resolution::Place(found) => Resolution::Place(found.note(BORDER_UNUSED)),
                Resolution::Region(found) => Resolution::Region(found.note(BORDER_UNUSED)),
                other => other,
            });
        }
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
            let found = strip(own, with);
            let sided = if side_known.is_some() {
                found
            } else {
                found.doubt("on the side of the home country")
            };
            return Some(Resolution::Region(sided));
        }
        Some(match side_known {
            Some(own) => whole(own).map_or_else(nothing, part_of),
            None if !countries.contains(&home) => match whole(home) {
                Some(found) => part_of(found.doubt("on the side of the home country")),
                None => nothing(),
            },
            // Both sides were named, or only one's own: it may be on either.
            None => match countries
                .iter()
                .filter_map(|code| whole(*code))
                .reduce(both)
            {
                Some(found) if countries.len() > 1 => part_of(found),
                _ => nothing(),
            },
        })
    }

    /// The countries that the words name, by name or adjective ("Syrian-Turkish").
    fn countries_in(&self, words: &[Word<'_>]) -> Vec<[u8; 2]> {
        let mut countries = Vec::new();
        for word in words
            .iter()
            .filter(|word| matches!(word.role, Role::Other | Role::Demonym))
        {
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
