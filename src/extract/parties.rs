//! Who did it, and to what: words of the clause that names the event, as they stand in the text.
//!
//! Nothing is concluded: "warplanes" alone are nobody's, and whom a source blames in another sentence is left to the
//! person who checks.

use std::ops::Range;

use super::dates::Moment;
use super::lexicon::Role;
use super::places::Spot;
use super::sentence::Sentence;

/// A clause, as far as it matters here.
pub(super) struct Clause<'s, 'l> {
    pub s: &'s Sentence<'l>,
    pub text: &'s str,
    /// Tokens that speak of sources.
    pub taken: &'s [bool],
    pub spots: &'s [Spot],
    pub moments: &'s [Moment],
    pub range: Range<usize>,
    /// Its words for events: where each begins and ends, in their order.
    pub triggers: &'s [Range<usize>],
    /// Two sides fight.
    pub fight: bool,
}

/// How far from the word for the event its doer may stand, in tokens.
const REACH: usize = 12;
/// The longest phrase for a target, in tokens.
const LONGEST: usize = 9;

impl Clause<'_, '_> {
    fn free(&self, at: usize) -> bool {
        !self.taken.get(at).copied().unwrap_or(false)
    }

    fn said(&self, tokens: Range<usize>) -> Option<String> {
        let text = self.text.get(self.s.span(tokens))?;
        let words: Vec<&str> = text.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Who did it.
    pub fn actor(&self) -> Option<String> {
        let first = self.triggers.first()?;
        if self.fight {
            return self.sides();
        }
        self.by().or_else(|| self.subject(first)).or_else(|| {
            self.triggers
                .iter()
                .find_map(|trigger| self.adjective(trigger))
        })
    }

    /// "shelled by government forces", "raids carried out by Russian jets".
    fn by(&self) -> Option<String> {
        let from = self.triggers.first()?.start;
        let by = (from..self.range.end).find(|at| {
            self.s.lower(*at) == "by"
                && self.free(*at)
                && self.s.tag(*at, Role::By).is_none_or(|tag| tag.len == 1)
        })?;
        // "positions held by rebels" are not by rebels.
        if matches!(
            self.s.before(by),
            "held"
                | "controlled"
                | "run"
                | "owned"
                | "used"
                | "backed"
                | "followed"
                | "inhabited"
                | "populated"
                | "occupied"
                | "manned"
        ) {
            return None;
        }
        let force = self.force(by + 1)?;
        self.said(force)
    }

    /// A force that begins here, articles before it left out; what only belongs to somebody needs to be told whose.
    fn force(&self, at: usize) -> Option<Range<usize>> {
        let s = self.s;
        let mut start = at;
        while matches!(
            s.lower(start),
            "the" | "a" | "an" | "two" | "three" | "four" | "its" | "their"
        ) {
            start += 1;
        }
        let mut end = start;
        let (mut owner, mut head) = (false, None);
        while end < start + 7 && s.is_word(end) && self.free(end) {
            if let Some(tag) = s.tag(end, Role::Force) {
                let kind = tag.value;
                // "Islamic State fighters", "army helicopters": the last of them is the head.
                if kind != "thing" || owner || head.is_some() {
                    head = Some(tag.end());
                }
                owner |= kind != "thing";
                end = tag.end();
                continue;
            }
            if let Some(tag) = s.tag(end, Role::Side) {
                owner = true;
                end = tag.end();
                continue;
            }
            let joined = s.tokens.get(end).is_some_and(|token| token.hyphened);
            // "pro-Iran militia", "suspected gunmen", "unidentified drones"
            let plain = joined
                || matches!(
                    s.lower(end),
                    "pro"
                        | "suspected"
                        | "unidentified"
                        | "unknown"
                        | "armed"
                        | "allied"
                        | "fighter"
                        | "attack"
                        | "combat"
                        | "ground"
                        | "special"
                        | "elite"
                        | "local"
                        | "tribal"
                        | "masked"
                        | "backed"
                        | "led"
                        | "affiliated"
                        | "combined"
                );
            if !plain {
                break;
            }
            owner |= joined || matches!(s.lower(end), "unidentified" | "unknown");
            end += 1;
        }
        Some(start..head?)
    }

    /// "Insurgents fired rockets at", "Israel carried out", "government forces' bombardment".
    fn subject(&self, first: &Range<usize>) -> Option<String> {
        let s = self.s;
        let trigger_verb = s.has(first.start, Role::Verb) || s.has(first.start, Role::SoftVerb);
        let passive = trigger_verb
            && (first.start.saturating_sub(3)..first.start).any(|at| {
                matches!(
                    s.lower(at),
                    "was" | "were" | "been" | "being" | "is" | "are"
                )
            });
        if passive {
            return None;
        }
        let from = self.range.start.max(first.start.saturating_sub(REACH));
        let mut found = None;
        let mut at = from;
        while at < first.end {
            let before = s.before(at);
            let governed = at > from
                && (s.has(at - 1, Role::Where)
                    || matches!(
                        before,
                        "on" | "against"
                            | "at"
                            | "in"
                            | "of"
                            | "for"
                            | "to"
                            | "with"
                            | "near"
                            | "held"
                            | "between"
                            | "and"
                            | "or"
                            | "from"
                            | "by"
                    ));
            let Some(force) = self
                .force(at)
                .filter(|_| self.free(at) && s.is_word(at) && !governed)
            else {
                at += 1;
                continue;
            };
            let mut end = force.end;
            // "and allied militias"
            if s.lower(end) == "and"
                && let Some(other) = self.force(end + 1)
            {
                end = other.end;
            }
            // "military strikes" are nobody's.
            let adjective = end == first.start && s.has(first.start, Role::Event);
            if !adjective && self.does(end, first) {
                found = self.said(force.start..end);
            }
            at = end.max(at + 1);
        }
        found
    }

    /// Whether what follows a subject is what it did.
    fn does(&self, end: usize, first: &Range<usize>) -> bool {
        let s = self.s;
        // The means is the word for the event: "Russian warplanes bombed".
        if end > first.start {
            return s.has(first.start, Role::Means)
                && (end..(end + 4).min(self.range.end)).any(|at| {
                    s.has(at, Role::Carry) || s.has(at, Role::Verb) || s.has(at, Role::SoftVerb)
                });
        }
        if s.lower(end) == "'s" || s.lower(end) == "'" {
            return first.start <= end + 4;
        }
        let mut at = end;
        while at < first.end && at <= end + 5 {
            if s.has(at, Role::Carry) || s.has(at, Role::Verb) || s.has(at, Role::SoftVerb) {
                return true;
            }
            let dated = self.moments.iter().any(|m| m.tokens.contains(&at))
                || self
                    .moments
                    .iter()
                    .any(|m| m.tokens.contains(&(at + 1)) && s.lower(at) == "on");
            let idle = dated
                || s.is_word(at)
                    && !s.has(at, Role::Where)
                    && !matches!(
                        s.lower(at),
                        "was" | "were" | "been" | "of" | "in" | "by" | "who" | "which"
                    );
            if !idle {
                return false;
            }
            at += 1;
        }
        false
    }

    /// "Russian air strikes", "government shelling", "Islamic State attack".
    fn adjective(&self, trigger: &Range<usize>) -> Option<String> {
        let s = self.s;
        if !(s.has(trigger.start, Role::Event) || s.has(trigger.start, Role::Means)) {
            return None;
        }
        for back in 1..=3 {
            let at = trigger
                .start
                .checked_sub(back)
                .filter(|at| *at >= self.range.start)?;
            if !s.is_word(at) || !self.free(at) {
                return None;
            }
            let side = s.tag(at, Role::Side).filter(|tag| tag.end() > at);
            if let Some(tag) = side {
                // "Syrian and Russian air strikes"
                let longer = (at.saturating_sub(2)..at).find_map(|from| {
                    s.tag(from, Role::Side)
                        .filter(|long| long.end() >= tag.end() && long.len > tag.len)
                });
                // "Syrian, Russian air raids"
                let before = (longer.is_none() && s.before(at) == ",")
                    .then(|| s.tag(at.saturating_sub(2), Role::Side))
                    .flatten();
                return Some(match before {
                    Some(other) => format!("{}; {}", other.value, tag.value),
                    None => longer.unwrap_or(tag).value.to_owned(),
                });
            }
            let named = (at.saturating_sub(3)..=at).find_map(|from| {
                s.tag(from, Role::Force).filter(|tag| {
                    tag.end() == at + 1
                        && matches!(tag.value, "name" | "group" | "state")
                        && !matches!(s.lower(tag.at), "military" | "police" | "navy")
                })
            });
            if let Some(tag) = named {
                return self.said(tag.at..tag.end());
            }
            if s.has(at, Role::Where)
                || s.has(at, Role::Verb)
                || matches!(s.lower(at), "of" | "and" | "on" | "in")
            {
                return None;
            }
        }
        None
    }

    /// "clashes between the army and rebels", "government forces and insurgents clashed".
    fn sides(&self) -> Option<String> {
        let s = self.s;
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = self.range.start;
        while at < self.range.end {
            match self.force(at).filter(|_| self.free(at)) {
                Some(force) => {
                    at = force.end;
                    found.push(force);
                }
                None => at += 1,
            }
        }
        let [one, two, ..] = found.as_slice() else {
            return None;
        };
        let joined =
            (one.end..two.start).any(|at| matches!(s.lower(at), "and" | "with" | "against"));
        if !joined || two.start - one.end > 8 {
            return None;
        }
        Some(format!(
            "{}; {}",
            self.said(one.clone())?,
            self.said(two.clone())?
        ))
    }

    /// What was hit, if it is a thing or people and not only a place.
    pub fn target(&self) -> Option<String> {
        let s = self.s;
        // "gunmen on a motorcycle shot dead": what they did rather than who.
        let first = self
            .triggers
            .iter()
            .find(|trigger| !s.has(trigger.start, Role::Means))
            .or(self.triggers.first())?;
        let end = self.range.end;
        // A subject of the passive: "a school was shelled".
        let passive = (first.start.saturating_sub(3)..first.start)
            .any(|at| matches!(s.lower(at), "was" | "were" | "been" | "being"));
        if passive || s.lower(first.start) == "came" {
            let noun = (self.range.start..first.start).find_map(|at| s.tag(at, Role::Target))?;
            let from = noun.at.saturating_sub(3).max(self.range.start);
            let from = (from..noun.at).rfind(|at| !s.is_word(*at) || self.tells(*at));
            return self.thing(
                noun.at,
                noun.end(),
                from.map_or(noun.at.saturating_sub(3).max(self.range.start), |at| at + 1),
            );
        }
        let at = (first.start..end).find(|at| self.free(*at) && s.has(*at, Role::Target))?;
        let noun = s.tag(at, Role::Target)?;
        // Between the verb or "on" and the noun nothing but what describes it.
        let lead = (first.end.min(at)..at).rev().find(|i| {
            matches!(
                s.lower(*i),
                "on" | "against" | "at" | "into" | "near" | "upon" | "inside" | "outside"
            ) || s.has(*i, Role::Verb)
                || s.has(*i, Role::SoftVerb)
                || matches!(
                    s.lower(*i),
                    "destroyed" | "destroying" | "damaging" | "damaged"
                )
        });
        let from = match lead {
            Some(lead) => lead + 1,
            None if s.has(first.start, Role::Verb) => first.end,
            None => return None,
        };
        let describes = (from..at).all(|i| {
            s.is_word(i)
                && !self.tells(i)
                && !matches!(
                    s.lower(i),
                    "in" | "and"
                        | "killing"
                        | "wounding"
                        | "from"
                        | "to"
                        | "that"
                        | "which"
                        | "as"
                        | "by"
                        | "when"
                )
                || matches!(s.lower(i), "'s")
        }) && !self.tells(at);
        if !describes || at < from || at - from > LONGEST {
            return None;
        }
        self.thing(at, noun.end(), from)
    }

    /// Says what became of people, or when.
    fn tells(&self, at: usize) -> bool {
        self.s.has(at, Role::Dead)
            || self.s.has(at, Role::Hurt)
            || matches!(
                self.s.lower(at),
                "was" | "were" | "had" | "has" | "have" | "been" | "under"
            )
            || self.moments.iter().any(|m| m.tokens.contains(&at))
    }

    /// The phrase about a noun.
    fn thing(&self, at: usize, end: usize, from: usize) -> Option<String> {
        let s = self.s;
        // The name of a place is one: "Bab al-Hawa crossing".
        let is_place = self.spots.iter().any(|spot| spot.tokens.contains(&at));
        if is_place {
            return None;
        }
        let mut start = from;
        for i in from..at {
            if matches!(s.lower(i), "the" | "a" | "an" | "of" | "in" | "on" | "that") {
                start = i + 1;
            }
        }
        let joined = |i: usize| s.tokens.get(i).is_some_and(|token| token.hyphened);
        let mut last = end;
        // "an ambulance point", "a bus station"
        while let Some(tag) = s.tag(last, Role::Target) {
            last = tag.end();
        }
        // "positions belonging to pro-Iran militias", "a bus carrying farmers"
        if matches!(
            s.lower(last),
            "of" | "belonging"
                | "carrying"
                | "for"
                | "used"
                | "run"
                | "affiliated"
                | "held"
                | "transporting"
        ) {
            let mut i = last + 1;
            while i < last + 7
                && s.is_word(i)
                && !self.tells(i)
                && !s.has(i, Role::And)
                && !s.has(i, Role::Break)
                && !matches!(
                    s.lower(i),
                    "in" | "near"
                        | "on"
                        | "at"
                        | "outside"
                        | "around"
                        | "killing"
                        | "wounding"
                        | "from"
                        | "late"
                        | "early"
                )
                && (joined(i) || !self.spots.iter().any(|spot| spot.tokens.contains(&i)))
            {
                i += 1;
            }
            let names = !matches!(s.before(i), "to" | "of" | "by" | "for" | "the" | "with");
            if names && i > last + 1 {
                last = i;
            }
        }
        self.said(start..last)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::{Article, Lexicon, extract};
    use crate::gazetteer::Gazetteer;

    /// Actor and target of the first claim of a sentence.
    fn parties(sentence: &str) -> (String, String) {
        let lexicon = Lexicon::english().unwrap();
        let text = format!("BEIRUT, 3 May 2021 (Wire) — {sentence}");
        let article = Article::from_text("a.txt", &text, &lexicon);
        let draft = extract(&article, &lexicon, Gazetteer::embedded()).unwrap();
        let claim = &draft
            .claims
            .first()
            .unwrap_or_else(|| panic!("nothing in {sentence}"))
            .claim;
        let say =
            |text: &Option<crate::record::Text>| text.as_deref().unwrap_or_default().to_owned();
        (say(&claim.actor), say(&claim.target))
    }

    #[test]
    fn who_did_it_and_to_what_are_the_words_of_the_text() {
        for (sentence, actor, target) in [
            (
                "Russian warplanes struck a vegetable market in Saraqib on Sunday.",
                "Russian warplanes",
                "vegetable market",
            ),
            ("Air strikes hit Saraqib on Sunday, killing two.", "", ""),
            ("Warplanes bombed Saraqib on Sunday.", "", ""),
            (
                "Israeli air strikes near Boukamal killed six on Sunday.",
                "Israel",
                "",
            ),
            (
                "The town of Saraqib was shelled by government forces on Sunday.",
                "government forces",
                "",
            ),
            (
                "Insurgents fired rockets at the town of Suqaylabiyah on Sunday, killing one.",
                "Insurgents",
                "",
            ),
            (
                "A school in Ariha was hit by government artillery on Sunday.",
                "government artillery",
                "school",
            ),
            (
                "Government forces' bombardment of Kafr Nabl killed two people on Sunday.",
                "Government forces",
                "",
            ),
            (
                "Clashes broke out between government forces and rebels near Saraqib on Sunday.",
                "government forces; rebels",
                "",
            ),
            (
                "The Islamic State group attacked an army checkpoint near Palmyra on Sunday, killing four soldiers.",
                "Islamic State group",
                "army checkpoint",
            ),
            (
                "Turkish drones targeted a vehicle carrying fighters near Kobani on Sunday.",
                "Turkish drones",
                "vehicle carrying fighters",
            ),
            (
                "Gunmen opened fire on a minibus near Busra al-Sham on Sunday, killing three.",
                "Gunmen",
                "minibus",
            ),
            (
                "Strikes on positions belonging to pro-Iran militias in the Boukamal area killed six on Sunday.",
                "",
                "positions belonging to pro-Iran militias",
            ),
            (
                "Shelling of positions held by rebels in Saraqib killed two on Sunday.",
                "",
                "",
            ),
        ] {
            assert_eq!(
                parties(sentence),
                (actor.to_owned(), target.to_owned()),
                "{sentence}"
            );
        }
    }
}
