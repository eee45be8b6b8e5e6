//! Names that the gazetteer does not have, where the text says that they are of places.

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::sentence::Sentence;
use super::spot::Spot;
use super::{Finder, LONGEST, PARTICLES, demonym};
use crate::ground::basemap::Basemap;
use crate::record::{Location, Precision};

impl Finder<'_> {
    /// A name that the gazetteer does not have, where the text says that it is one of a settlement: "the village of X". It
    /// is somewhere in the country of the article.
    pub(super) fn unknown(&mut self, s: &Sentence<'_>, text: &str, at: usize) -> Option<Spot> {
        const NOUNS: &[&str] = &[
            "hamlets",
            "settlement",
            "suburb",
            "suburbs",
            "commune",
            "parish",
            "locality",
            "site",
            "quarters",
            "mountain",
            "mountains",
            "hills",
            "desert",
            "valley",
            "forest",
            "countryside",
            "zone",
            "area",
            "roundabout",
            "range",
            "massif",
            "ridge",
            "plateau",
            "heights",
            "junction",
            "crossroads",
            "road",
            "highway",
            "towns",
            "villages",
            "neighbourhoods",
            "neighborhoods",
            "quarter",
            "township",
            "outskirts",
            "town",
            "village",
            "city",
            "hamlet",
            "district",
            "neighbourhood",
            "axis",
            "front",
            "camp",
            "neighborhood",
        ];
        let token = s.tokens.get(at)?;
        let particle = PARTICLES.contains(&token.lower.as_str())
            && s.tokens
                .get(at + 1)
                .is_some_and(|next| next.capital && next.hyphened);
        if !token.word || !(token.capital || particle) || token.hyphened || demonym(&token.lower) {
            return None;
        }
        let mut end = at + 1;
        while s.tokens.get(end).is_some_and(|next| {
            next.word
                && end - at < LONGEST
                && (next.capital
                    || next.hyphened && !s.has(end, Role::Glue)
                    || PARTICLES.contains(&next.lower.as_str())
                        && s.tokens
                            .get(end + 1)
                            .is_some_and(|t| t.hyphened && t.capital))
        }) {
            end += 1;
        }
        // "the monastery of X", "the residents of X fled"
        const OF_PLACES: &[&str] = &[
            "monastery",
            "hospital",
            "clinic",
            "centre",
            "center",
            "market",
            "school",
            "port",
            "bridge",
            "dam",
            "crossing",
            "mine",
            "field",
            "island",
            "edge",
            "entrance",
            "countryside",
        ];
        const OF_THOSE: &[&str] = &[
            "inhabitants",
            "residents",
            "people",
            "villagers",
            "families",
        ];
        let fled = (0..s.len()).any(|i| s.has(i, Role::Flee));
        let before = s.before(at) == "of" && at >= 2 && {
            let noun = s.lower(at - 2);
            NOUNS.contains(&noun)
                || OF_PLACES.contains(&noun) && !s.has(end, Role::Org)
                || fled && OF_THOSE.contains(&noun)
        };
        // "the villages of X and Y"
        let beside = (s.before(at) == "and" || s.before(at) == ",") && at >= 2 && {
            let first = (at.saturating_sub(7)..at - 1).rev().find(|i| {
                !(s.is_capital(*i)
                    || s.tokens.get(*i).is_some_and(|t| t.hyphened)
                    || s.lower(*i) == ","
                    || PARTICLES.contains(&s.lower(*i)))
            });
            first.is_some_and(|i| {
                s.lower(i) == "of"
                    && i > 0
                    && s.before(i).ends_with('s')
                    && NOUNS.contains(&s.before(i))
            })
        };
        // "Ywar Thit Village"
        let called = end > at + 1
            && matches!(
                s.before(end),
                "village"
                    | "town"
                    | "city"
                    | "township"
                    | "hamlet"
                    | "zone"
                    | "quarter"
                    | "street"
                    | "square"
                    | "roundabout"
            );
        // not "the M4 highway"
        let numbered = token.lower.contains(|c: char| c.is_ascii_digit());
        let after = called
            || !numbered
                && NOUNS.contains(&s.lower(end))
                && matches!(
                    s.before(at),
                    "in" | "the" | "near" | "at" | "of" | "on" | "'s"
                );
        // "shelled Abu Rasin and al-Dardara"
        let like_one = particle
            || super::PREFIXES.contains(&token.lower.as_str()) && s.is_capital(at + 1)
            || s.tokens
                .get(at + 1)
                .is_some_and(|next| next.hyphened && next.capital);
        let then = |i: usize| {
            !s.is_word(i)
                || s.has(i, Role::Weekday)
                || s.has(i, Role::DayPart)
                || matches!(
                    s.lower(i),
                    "on" | "at"
                        | "with"
                        | "overnight"
                        | "late"
                        | "early"
                        | "and"
                        | "in"
                        | "since"
                        | "during"
                        | "today"
                        | "yesterday"
                        | "before"
                        | "after"
                        | "by"
                )
        };
        let twin = (like_one || then(end))
            && s.before(at) == "and"
            && at > 2
            && (s.is_capital(at - 2) || s.tokens.get(at - 2).is_some_and(|t| t.hyphened))
            && s.tags.iter().all(|tag| tag.at != at)
            && {
                let first = (at.saturating_sub(7)..at - 2).rev().find(|i| {
                    !(s.is_capital(*i)
                        || s.tokens.get(*i).is_some_and(|t| t.hyphened)
                        || PARTICLES.contains(&s.lower(*i)))
                });
                first.is_some_and(|i| {
                    s.within(i, Role::Object).is_some()
                        || matches!(
                            s.lower(i),
                            "in" | "on" | "at" | "of" | "near" | "hit" | "struck"
                        )
                })
            };
        // "came back to Thayet Kone, in Sagaing region"
        let in_area = end > at + 1
            && s.lower(end) == ","
            && matches!(s.lower(end + 1), "in" | "near")
            && s.is_capital(end + 2)
            && matches!(
                s.before(at),
                "to" | "from" | "of" | "into" | "towards" | "through"
            )
            && s.tags.iter().all(|tag| tag.at != at);
        // "Umm al-Kayf, a village north of X"
        let explained = s.lower(end) == ","
            && matches!(s.lower(end + 1), "a" | "the" | "an")
            && (end + 2..end + 6).take_while(|i| s.is_word(*i)).any(|i| {
                matches!(
                    s.lower(i),
                    "village"
                        | "town"
                        | "hamlet"
                        | "settlement"
                        | "suburb"
                        | "neighbourhood"
                        | "district"
                )
            });
        // "shelling in Xyz wounded two": a name behind "in" that is no word that we know.
        let moved = matches!(s.before(at), "to" | "towards" | "toward" | "from" | "for")
            && (0..at).any(|i| s.has(i, Role::Flee) || s.has(i, Role::Reach));
        // "artillery hit Al-Zour", "air strikes on Al-Zour"
        let event = |at: usize| {
            [Role::Event, Role::Verb, Role::Flee, Role::Reach]
                .iter()
                .any(|role| s.has(at, *role))
        };
        let entered = matches!(
            s.before(at),
            "entered" | "entering" | "overran" | "captured"
        );
        let hit = entered
            || at > 0 && s.has(at - 1, Role::Object) && event(at - 1)
            || at > 1
                && s.before(at) == "on"
                && (s.has(at - 2, Role::Event)
                    || s.has(at - 2, Role::Number) && (0..at - 2).any(event));
        let framed = (moved || hit || matches!(s.before(at), "in" | "at" | "near" | "outside"))
            // "near Sheikh Bahr"
            && (s.tags.iter().all(|tag| tag.at != at)
                || end > at + 1 && s.has(at, Role::Person) && s.is_capital(at + 1))
            && !s.has(end, Role::Org)
            && s.lower(end) != "'s"
            && !s.tokens.get(end).is_some_and(|next| next.hyphened);
        if !(before || beside || after || framed || explained || twin || in_area)
            || s.has(at, Role::Month)
            || s.has(at, Role::Weekday)
        {
            return None;
        }
        // "the Bishri mountains"
        let feature = after && super::is_feature(s.lower(end));
        let name = text
            .get(s.span(at..end + usize::from(feature)))?
            .replace('\n', " ");
        if feature
            && let Some(bare) = text.get(s.span(at..end))
            && let Some(spot) = self.jabal(at..end + 1, bare, &name)
        {
            return Some(Spot {
                core: at..end,
                from: s.before(at) == "from",
                ..spot
            });
        }
        let start = if before { at - 2 } else { at };
        let mut spot = self.unlisted(start..end + usize::from(after && !called), &name, None)?;
        // "the Petrovskyi district"
        if after
            && matches!(
                s.lower(end),
                "district"
                    | "quarter"
                    | "neighbourhood"
                    | "neighborhood"
                    | "camp"
                    | "front"
                    | "axis"
                    | "road"
                    | "highway"
            )
            && let Some(whole) = text.get(s.span(at..end + 1))
        {
            spot.phrase = whole.replace('\n', " ");
        }
        Some(Spot {
            core: at..end,
            from: s.before(start) == "from",
            ..spot
        })
    }

    /// A name that the gazetteer does not have: somewhere in an area, or in the country of the article.
    pub(in crate::extract) fn unlisted(
        &mut self,
        tokens: Range<usize>,
        name: &str,
        within: Option<Location>,
    ) -> Option<Spot> {
        let wide = match within {
            Some(wide) => wide,
            None => {
                let code = self.country.clone()?;
                let country = Basemap::embedded().country_by_code(&code)?.name;
                self.look(country, None)?.0
            }
        };
        let location = Location {
            name: name.to_owned().into(),
            precision: Precision::Country,
            basis: "not in the gazetteer".into(),
            ..wide
        };
        Some(Spot {
            unknown: true,
            ..Spot::named(tokens, name.to_owned(), location)
        })
    }

    /// "the Hamrin mountains", around a place that the gazetteer has.
    pub(super) fn about(
        &mut self,
        tokens: Range<usize>,
        name: &str,
        whole: &str,
        at: Location,
    ) -> Option<Spot> {
        if let Some(spot) = self.jabal(tokens.clone(), name, whole) {
            return Some(spot);
        }
        let near = format!("near {name} ({whole})");
        let (phrase, location) = match self.look(&near, None) {
            Some((location, _)) => (near, location),
            None => (whole.to_owned(), at),
        };
        Some(Spot::named(tokens, phrase, location))
    }

    /// "the Bishri mountains" are Jabal al-Bishri.
    pub(super) fn jabal(&mut self, tokens: Range<usize>, name: &str, whole: &str) -> Option<Spot> {
        let hills = ["mountain", "mountains", "hills", "range"];
        let last = whole.rsplit(' ').next()?;
        if !hills.contains(&last) {
            return None;
        }
        let phrase = format!("Jabal {name} ({whole})");
        let (location, _) = self.look(&phrase, None)?;
        Some(Spot::named(tokens, phrase, location))
    }
}
