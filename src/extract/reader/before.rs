//! What a sentence takes from those before it: "the province", "the Observatory", where people fled from.

use std::ops::Range;

use jiff::ToSpan;

use super::super::clauses::{Mention, Read};
use super::super::dates::{Moment, Time};
use super::super::kinds::What;
use super::super::lexicon::Role;
use super::super::movement;
use super::super::places::Spot;
use super::super::sentence::Sentence;
use super::super::speech::Attribution;
use super::super::story::Scene;
use super::Reader;
use crate::record::{Precision, When};

impl<'l> Reader<'_, 'l> {
    /// "the province's northern countryside", "the country's northwest".
    pub(super) fn anaphoric(
        &mut self,
        s: &Sentence<'_>,
        text: &str,
        taken: &[bool],
        spots: &mut Vec<Spot>,
    ) {
        for at in 0..s.len() {
            let noun = s.lower(at + 1);
            let country = noun == "country";
            if s.lower(at) != "the"
                || s.lower(at + 2) != "'s"
                || taken.get(at) == Some(&true)
                || !(country || s.has(at + 1, Role::After))
            {
                continue;
            }
            let mut end = at + 3;
            while s.has(end, Role::Inner)
                && !matches!(
                    s.lower(end),
                    "and" | "of" | "near" | "along" | "from" | "to"
                )
            {
                end += 1;
            }
            if end == at + 3 {
                continue;
            }
            let earlier = spots
                .iter()
                .rev()
                .find(|spot| spot.tokens.end <= at && spot.is_country() == country);
            let base = match (earlier, country) {
                (Some(spot), _) => spot.phrase.clone(),
                (None, true) => match self.finder.country.clone() {
                    Some(code) => crate::ground::basemap::Basemap::embedded()
                        .country_by_code(&code)
                        .map_or(code, |country| country.name.to_owned()),
                    None => continue,
                },
                (None, false) => match &self.area {
                    Some(area) => area.phrase.clone(),
                    None => continue,
                },
            };
            let part = text.get(s.span(at + 3..end)).unwrap_or_default();
            let phrases = [format!("{part} of {base}"), format!("{part} {base}")];
            let Some((phrase, (location, _))) = phrases
                .into_iter()
                .find_map(|phrase| Some((phrase.clone(), self.finder.look(&phrase, None)?)))
            else {
                continue;
            };
            let spot = Spot {
                tokens: at..end,
                core: at..end,
                phrase,
                location,
                within: None,
                from: s.before(at) == "from",
                framed: s.has(at.saturating_sub(1), Role::Where),
                unknown: false,
                wide: None,
                part: None,
            };
            let place = spots
                .iter()
                .position(|known| known.tokens.start > at)
                .unwrap_or(spots.len());
            spots.insert(place, spot);
        }
    }

    /// The country that the article is about, as a place.
    pub(super) fn country_spot(&mut self) -> Option<Spot> {
        let code = self.finder.country.clone()?;
        let name = crate::ground::basemap::Basemap::embedded()
            .country_by_code(&code)?
            .name;
        let (location, _) = self.finder.look(name, None)?;
        Some(Spot::named(0..0, name.to_owned(), location))
    }

    /// The full name of a source of which a part is said: "the Observatory".
    pub(super) fn full_name(&self, name: &str) -> String {
        let words: Vec<&str> = name.split_whitespace().collect();
        let longer = self.sources.iter().rev().find(|known| {
            let theirs: Vec<&str> = known.split_whitespace().collect();
            theirs.len() > words.len()
                && words.iter().all(|word| theirs.contains(word))
                && words
                    .iter()
                    .any(|word| word.starts_with(char::is_uppercase))
        });
        longer.cloned().unwrap_or_else(|| name.to_owned())
    }

    /// An origin that is not named is where the story is.
    pub(super) fn complete(&mut self, moved: &mut movement::Moved, s: &Sentence<'_>, block: usize) {
        if !moved.origins.is_empty() {
            return;
        }
        // "fled the suburb": the one that was named.
        let named = (0..s.len()).find_map(|at| {
            let noun = s.lower(at);
            let that = matches!(
                noun,
                "suburb" | "town" | "village" | "city" | "camp" | "neighbourhood" | "district"
            ) && matches!(s.before(at), "the" | "that");
            if !that {
                return None;
            }
            let called = self
                .seen
                .iter()
                .rev()
                .find(|spot| spot.phrase.contains(noun));
            let settlement = || {
                self.seen
                    .iter()
                    .rev()
                    .find(|spot| spot.location.precision == Precision::Exact)
            };
            called.or_else(settlement).cloned()
        });
        if let Some(named) = named {
            moved.origins.push(named);
            return;
        }
        // People told of in the sentences before come from there too.
        let before = self
            .movements
            .last()
            .filter(|last| last.block == block && !last.moved.origins.is_empty());
        if let Some(before) = before {
            moved.origins.clone_from(&before.moved.origins);
            return;
        }
        let last = self
            .story
            .told
            .iter()
            .rev()
            .find_map(|told| told.place.clone());
        let recent = self.area.is_some() && self.area_at + 1 >= self.sentence
            || moved.people.central() >= 10_000;
        let place = match (&self.heading.0, &self.area, last) {
            (_, Some(area), _) if recent => Some(area.clone()),
            (Some(heading), _, _) => Some(heading.clone()),
            (None, Some(area), Some(told)) if area.agrees(&told) => Some(area.clone()),
            (None, _, Some(told)) => Some(told),
            (None, Some(area), None) => Some(area.clone()),
            (None, None, None) => None,
        };
        moved.origins = place
            .into_iter()
            .filter(|place| {
                moved
                    .destinations
                    .iter()
                    .all(|end| end.phrase != place.phrase && !end.covers(place))
            })
            .collect();
    }

    /// Where and when a sentence is that tells of no event.
    pub(super) fn scene_of(
        &self,
        s: &Sentence<'_>,
        spots: &[Spot],
        read: &Read<'_, '_>,
        block: usize,
    ) -> Option<Scene> {
        let vague = |moment: &Moment| {
            matches!(
                moment.time,
                Time::Old | Time::Future | Time::Since(_) | Time::AsOf(_)
            )
        };
        if read.moments.iter().any(vague) || s.len() < 6 {
            return None;
        }
        let spot = spots
            .iter()
            .filter(|spot| spot.framed && !spot.from && !spot.is_country() && read.is_untold(spot))
            .min_by(|a, b| a.vagueness().total_cmp(&b.vagueness()))?;
        let when = read.moments.iter().find_map(|moment| match moment.time {
            Time::At(when) if !read.is_statement(moment) => Some(when),
            _ => None,
        });
        Some(Scene {
            sentence: self.sentence,
            block,
            spot: spot.clone(),
            when,
        })
    }

    /// "Russia sent 61 drones. … One that slipped through set fire to a house": by what.
    pub(super) fn weapon_of(&mut self, s: &Sentence<'l>, mentions: &mut [Mention<'l>]) {
        let which = matches!(
            s.lower(0),
            "one" | "they" | "it" | "some" | "others" | "another" | "those" | "several" | "most"
        ) || s.has(0, Role::Number);
        if let Some((at, weapon)) = &self.weapon
            && at + 2 >= self.sentence
            && which
        {
            for mention in mentions.iter_mut() {
                let Some(what) = &mut mention.what else {
                    continue;
                };
                let fire = what.name() == "looting"
                    && mention
                        .triggers
                        .iter()
                        .any(|at| matches!(s.lower(*at), "set" | "setting"));
                if fire {
                    *what = weapon.clone();
                } else if what.is_open()
                    && let Some(both) = what.both(weapon)
                {
                    *what = both;
                }
            }
        }
        let named = (0..s.len()).find_map(|at| {
            let tag = s.tag(at, Role::Means).or_else(|| s.tag(at, Role::Event))?;
            matches!(
                tag.value,
                "drone strike" | "missile strike" | "rocket attack" | "air strike" | "shelling"
            )
            .then(|| What::read(tag.value))
        });
        if let Some(weapon) = named {
            self.weapon = Some((self.sentence, weapon));
        }
    }

    /// When people moved: as the sentence says it, or at the time of what is told around it.
    pub(super) fn time_of(
        &self,
        moved: &movement::Moved,
        s: &Sentence<'_>,
        block: usize,
    ) -> Option<When> {
        // "during the reporting period"
        if let Some(period) = self.period.filter(|_| moved.of_period) {
            return Some(period);
        }
        if moved.time.is_some() {
            return moved.time;
        }
        // "over the same period", "Of these, 3,200 fled to X", "The remaining 1,900"
        let before = self.movements.last().filter(|last| last.block == block);
        let of_them = matches!(
            (s.lower(0), s.lower(1)),
            ("of", "these" | "them" | "those" | "which") | ("the", "remaining" | "rest" | "others")
        );
        if (moved.relative == Some((0, 0)) || of_them)
            && let Some(time) = before.and_then(|last| last.moved.time)
        {
            return Some(time);
        }
        let told = self.story.time_here(block);
        let base = match moved.relative {
            Some(_) => told.or(self.heading.1).or(self.story.time()),
            None => told.or(self.heading.1).or(self.period),
        };
        match (moved.relative, base) {
            (Some((0, 0)), base) => base,
            (Some((from, to)), Some(base)) => {
                let first = base.start().checked_add(from.days()).ok()?;
                let last = base.start().checked_add(to.days()).ok()?;
                Some(When::days(first, last))
            }
            (None, Some(base)) if base != When::day(self.published) || told.is_some() => Some(base),
            (_, _) => None,
        }
    }

    /// Another source's count of those who are told to have moved.
    pub(super) fn count_again(
        &mut self,
        read: &Read<'_, '_>,
        span: Range<usize>,
        source: Option<&String>,
        block: usize,
    ) {
        let Some(last) = self.movements.last() else {
            return;
        };
        if last.block != block || last.sentence + 2 < self.sentence || last.moved.families {
            return;
        }
        let Some(people) = movement::counted_again(read, last.moved.people) else {
            return;
        };
        let moved = movement::Moved {
            people,
            ..last.moved.clone()
        };
        self.movements.push(super::super::Movement {
            moved,
            span,
            source: source.cloned(),
            block,
            sentence: self.sentence,
            again: true,
        });
    }

    /// Whether a text tells of an event: "Mine near Hays. …" is then but its title.
    pub(super) fn is_told_behind(&self, range: Range<usize>) -> bool {
        let s = Sentence::new(&self.article.text, range, self.lexicon);
        let telling = [Role::Event, Role::Verb, Role::SoftVerb, Role::Means];
        s.tags.iter().any(|tag| telling.contains(&tag.role))
    }

    /// "The mayor of Kherson said a drone had dropped explosives on a bus stop": there, if nothing else is said.
    pub(super) fn place_of_source(
        &mut self,
        s: &Sentence<'_>,
        attributions: &[Attribution],
        mentions: &mut [Mention<'l>],
    ) {
        let bare = mentions.iter().any(|mention| {
            mention.what.is_some()
                && mention.spots.is_empty()
                && !mention.definite
                && !mention.minor
        });
        let local = |at: usize| {
            matches!(
                s.lower(at),
                "mayor"
                    | "authorities"
                    | "officials"
                    | "administration"
                    | "municipality"
                    | "council"
            )
        };
        if !bare || mentions.iter().any(|mention| !mention.spots.is_empty()) {
            return;
        }
        let Some(source) = attributions
            .iter()
            .find(|found| found.tokens.clone().any(local))
        else {
            return;
        };
        let taken: Vec<bool> = (0..s.len())
            .map(|at| !source.tokens.contains(&at))
            .collect();
        let spot = self
            .finder
            .spots(s, &self.article.text, &taken)
            .into_iter()
            .find(|spot| spot.location.precision == Precision::Exact && !spot.unknown);
        let Some(spot) = spot else {
            return;
        };
        for mention in mentions.iter_mut().filter(|mention| mention.what.is_some()) {
            if mention.spots.is_empty() && !mention.definite {
                mention.spots.push(spot.clone());
            }
        }
    }
}
