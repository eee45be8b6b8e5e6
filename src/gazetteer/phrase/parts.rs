//! Rules for the inside of a phrase: features ("countryside of X"), borders, and the ground they stand for.

use std::borrow::Cow;

use super::super::explain::Step;
use super::super::hints::{self, Hints};
use super::super::place::AdminArea;
use super::super::region::{AREA_KM, BORDER_KM, Ground, NEAR_KM, Part, Side};
use super::super::resolve::{Match, Resolution, Tier, Want};
use super::super::words;
use super::vocabulary::{Role, Word, sides_of};
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

/// One side of an area.
pub(super) fn side_of(found: Match<'_>, side: Side, edge: bool) -> Resolution<'_> {
    let Ground::Parts(parts) = &found.ground else {
        return part_of(found);
    };
    let [Part::Whole(of)] = parts.as_slice() else {
        return part_of(found);
    };
    if let Some(parts) = usual_parts(*of, side).filter(|_| !edge) {
        let note = parts.iter().map(|part| part.title()).collect::<Vec<_>>();
        return Resolution::Region(
            Match {
                name: format!("{} {}", side.adjective(), of.title()).into(),
                ground: Ground::Parts(parts.into_iter().map(Part::Whole).collect()),
                ..found
            }
            .note(format!("taken as {}", note.join(" and "))),
        );
    }
    let (of, rim) = (*of, if edge { " edge of" } else { "" });
    let name = format!("{}{rim} {}", side.adjective(), of.title());
    let note = match (side, edge) {
        (Side::Central, _) => "its middle".to_owned(),
        (_, true) => "the outer three tenths on that side".to_owned(),
        _ => "that side of its centroid, and a little more".to_owned(),
    };
    let ground = Ground::Parts(vec![Part::Side { of, side, edge }]);
    Resolution::Region(
        Match {
            name: name.into(),
            ground,
            ..found
        }
        .note(format!("taken as {note}")),
    )
}

/// Sides of small countries that everybody means certain governorates by: whose, which side in steps of 45°, and their ids.
const USUAL_PARTS: &[(&str, u8, &[&str])] = &[
    ("LB", 0, &["LB-AS", "LB-AK"]),
    ("LB", 2, &["LB-BI", "LB-BH"]),
    ("LB", 4, &["LB-JA", "LB-NA"]),
    ("PS-X-GZ", 0, &["PS-NGZ", "PS-GZA"]),
    ("PS-X-GZ", 4, &["PS-KYS", "PS-RFH"]),
];

/// The governorates that are usually meant by a side of an area, if the gazetteer has them all.
fn usual_parts(of: AdminArea<'_>, side: Side) -> Option<Vec<AdminArea<'_>>> {
    let Side::Compass(step) = side else {
        return None;
    };
    let usual = USUAL_PARTS
        .iter()
        .find(|(id, at, _)| *id == of.id() && *at == step);
    let (_, _, ids) = usual?;
    ids.iter().map(|id| of.gazetteer.admin(id)).collect()
}

/// The side of an area that words say, or else all of it.
pub(super) fn sided_part<'g>(found: Match<'g>, sides: &[Word<'_>]) -> Resolution<'g> {
    match sides_of(sides) {
        (Some(side), edge) => side_of(found, side, edge),
        (None, _) => part_of(found),
    }
}

/// What a region has in common with another part.
pub(super) fn common<'g>(found: Match<'g>, with: Part<'g>, note: &str) -> Match<'g> {
    let Ground::Parts(parts) = found.ground else {
        return found;
    };
    let both = |part| Part::Common(Box::new(part), Box::new(with.clone()));
    let ground = Ground::Parts(parts.into_iter().map(both).collect());
    Match { ground, ..found }.note(note.to_owned())
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
        // "North Darfur state": the direction is a part of the name.
        if let Some((last, named)) = words.split_last()
            && let Role::Admin(level) = last.role
            && named
                .first()
                .is_some_and(|word| word.role == Role::Direction)
            && let Some(answer @ Resolution::Region(_)) =
                self.named(named, Want::Area(level), hints)
        {
            return answer;
        }
        let mut hints = hints.clone();
        let mut rest = words;
        let mut sides: Vec<Word<'_>> = Vec::new();
        let mut border = false;
        while let Some((first, others)) = rest.split_first() {
            match first.role {
                Role::Filler => {}
                Role::Direction => sides.push(first.clone()),
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
                .filter(|_| !sides.is_empty())
                .and_then(|code| self.gazetteer.country(code));
            return country.map_or_else(nothing, |country| sided_part(of_area(country), &sides));
        };
        if !sides.is_empty()
            && let Some(answer) = self.translated(&sides, rest, &hints)
        {
            return answer;
        }
        if rest.len() < words.len()
            && sides.is_empty()
            && let Some(answer) = self.named(rest, Want::Any, &hints)
        {
            return answer;
        }
        // French: "campagne nord de Hama"
        let mut others = others;
        if first.role == Role::Part {
            let turned = others
                .iter()
                .take_while(|word| word.role == Role::Direction)
                .count();
            let (before, after) = others.split_at(turned); // a count of its words
            if after.first().is_some_and(|word| word.role == Role::Of) {
                sides.extend_from_slice(before);
                others = after;
            }
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
            let mut sides = sides.clone();
            while let Some((last, before)) = named.split_last()
                && last.role == Role::Direction
                && !before.is_empty()
            {
                sides.push(last.clone());
                named = before;
            }
            if let Some(answer) = self.apply(first, named, &sides, &hints, border, depth) {
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
                if previous.role == Role::Direction {
                    sides.push(previous.clone());
                }
                named = before;
            }
            if let Some(answer) = self.apply(last, named, &sides, &hints, border, depth) {
                return match answer {
                    Resolution::Region(found)
                        if !sides.is_empty() && matches!(last.role, Role::Admin(_)) =>
                    {
                        sided_part(found, &sides)
                    }
                    answer => answer,
                };
            }
        }
        if !sides.is_empty() {
            return self.part(rest, &sides, &hints, depth);
        }
        self.within(rest, &hints)
    }

    /// A feature word and the name it goes with. `None` if the word is not one.
    fn apply(
        &self,
        word: &Word<'_>,
        named: &[Word<'_>],
        sides: &[Word<'_>],
        hints: &Hints<'g>,
        border: bool,
        depth: u8,
    ) -> Option<Resolution<'g>> {
        hints.log.note(|| Step::Phrase {
            rule: "a feature word and what it goes with",
            pieces: vec![word.raw.to_owned(), text_of(named)],
        });
        Some(match word.role {
            Role::Admin(level) => self.area(named, level, hints, depth),
            Role::Settlement => self.settlement(word, named, hints, depth),
            Role::Feature => match self.named(named, Want::Feature, hints) {
                Some(answer @ (Resolution::Place(_) | Resolution::Region(_))) => answer,
                other => match self.named(named, Want::Settlement, hints) {
                    // A checkpoint goes by the name of the place beside it; a mountain may be anywhere.
                    Some(place @ Resolution::Place(_)) if word.is_works() => {
                        self.around(place, NEAR_KM, "named for it, and not far")
                    }
                    _ => other?,
                },
            },
            Role::Quarter => match self.read(named, hints, depth) {
                Resolution::Place(found) => {
                    Resolution::Place(found.note("a part of the settlement is meant"))
                }
                Resolution::Region(found) => part_of(found),
                other => other,
            },
            Role::Part => {
                let mut sides = sides.to_vec();
                sides.push(word.clone());
                self.part(named, &sides, hints, depth)
            }
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

    /// "X town", "village of X". What a source calls a village may be a town, but no city; and if no country is given it
    /// is one at home.
    fn settlement(
        &self,
        word: &Word<'_>,
        named: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let any = || {
            self.named(named, Want::Settlement, hints)
                .unwrap_or_else(|| self.read(named, hints, depth))
        };
        if !matches!(word.folded.as_str(), "village" | "hamlet" | "قريه") {
            return any();
        }
        let answer = match self.named(named, Want::Village, hints) {
            Some(Resolution::Unresolved(_)) | None => any(),
            Some(answer) => answer,
        };
        let open = hints.country.is_none() && !hints.has_admin() && hints.near.is_none();
        match answer {
            Resolution::Place(found)
                if open
                    && matches!(found.ground, Ground::Point(place) if place.country_code() != self.gazetteer.home()) =>
            {
                Resolution::Unresolved(found.candidate().into_iter().collect())
            }
            answer => answer,
        }
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

    /// A part of X: of the governorate, country or district of that name the side that `sides` say, or its countryside;
    /// else the ground around the settlement.
    fn part(
        &self,
        named: &[Word<'_>],
        sides: &[Word<'_>],
        hints: &Hints<'g>,
        depth: u8,
    ) -> Resolution<'g> {
        let named = trim(named);
        for want in [Want::Area(1), Want::Area(0), Want::Area(2)] {
            match self.named(named, want, hints) {
                Some(Resolution::Region(found)) => return self.sided_or_rural(found, sides, hints),
                Some(ambiguous @ Resolution::Ambiguous(_)) => return ambiguous,
                _ => {}
            }
        }
        match self.read(named, hints, depth) {
            Resolution::Region(found) if !found.ground.is_disc() => {
                self.sided_or_rural(found, sides, hints)
            }
            other => self.around(other, AREA_KM, "its countryside"),
        }
    }

    /// The side of an area that the words say, or without one its countryside: all but the town that it is named for.
    fn sided_or_rural(
        &self,
        found: Match<'g>,
        sides: &[Word<'_>],
        hints: &Hints<'g>,
    ) -> Resolution<'g> {
        let rural = sides.iter().any(|word| {
            matches!(
                word.folded.as_str(),
                "countryside" | "rural" | "rif" | "reef" | "ريف"
            )
        });
        if sides.iter().any(|word| word.side().is_some()) || !rural {
            return sided_part(found, sides);
        }
        let Ground::Parts(parts) = &found.ground else {
            return part_of(found);
        };
        let [Part::Whole(of)] = parts.as_slice() else {
            return part_of(found);
        };
        let of = *of;
        let hits = self.gazetteer.hits(of.name());
        match self.gazetteer.choose(&hits, Want::Settlement, hints) {
            Resolution::Place(Match {
                ground: Ground::Point(town),
                ..
            }) if of.level() > 0 && of.holds(&town) => Resolution::Region(
                Match {
                    name: format!("countryside of {}", of.title()).into(),
                    ground: Ground::Parts(vec![Part::Less { of, town }]),
                    ..found
                }
                .note(format!("without the town of {}", town.name())),
            ),
            _ => part_of(found),
        }
    }

    /// A place whose name has an Arabic word for the side: "Eastern Ghariyah" is al-Ghariyah al-Sharqiyah.
    fn translated(
        &self,
        sides: &[Word<'_>],
        rest: &[Word<'_>],
        hints: &Hints<'g>,
    ) -> Option<Resolution<'g>> {
        let [word] = sides else { return None };
        let settlement = rest
            .last()
            .is_some_and(|last| last.role == Role::Settlement);
        let names = if settlement {
            rest.split_last()?.1
        } else {
            rest
        };
        if !self.is_name(names) {
            return None;
        }
        let arabic: &[&str] = match word.folded.as_str() {
            "eastern" | "east" => &["Sharqiyah", "Sharqi"],
            "western" | "west" => &["Gharbiyah", "Gharbi"],
            "northern" | "north" => &["Shamaliyah", "Shamali"],
            "southern" | "south" => &["Janubiyah", "Janubi", "Qibliyah", "Qibli"],
            "upper" => &["Fawqani", "Fawqa", "Fawqaniyah"],
            "lower" => &["Tahtani", "Tahta", "Tahtaniyah"],
            _ => return None,
        };
        arabic.iter().find_map(|side| {
            let name = format!("{} al-{side}", text_of(names));
            let mut hits = self.gazetteer.hits(&name);
            if hits.is_empty() {
                hits = self.gazetteer.heard(&name, hints);
            }
            match self.gazetteer.choose(&hits, Want::Settlement, hints) {
                Resolution::Place(found) => Some(Resolution::Place(
                    found.note(format!("“{}” taken as “al-{side}”", word.raw)),
                )),
                _ => None,
            }
        })
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
        hints.log.note(|| Step::NotUnderstood {
            words: text_of(words),
        });
        nothing()
    }
}
