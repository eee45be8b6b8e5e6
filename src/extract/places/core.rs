//! The name within a phrase for a place.

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::sentence::Sentence;
use super::{Finder, LONGEST, PARTICLES, PREFIXES, demonym};
use crate::gazetteer::{Query, Resolution, Tier};

impl Finder<'_> {
    /// A name heard wrongly is believed only where the text says that it is a place.
    pub(super) fn trusted(&self, s: &Sentence<'_>, start: usize, core: usize, tier: Tier) -> bool {
        let settlement = (start.saturating_sub(3)..core).any(|at| {
            matches!(
                s.lower(at),
                "town"
                    | "village"
                    | "city"
                    | "district"
                    | "villages"
                    | "towns"
                    | "outskirts"
                    | "countryside"
            )
        });
        settlement && tier <= Tier::Fuzzy
            || tier <= Tier::Skeleton
                && start > 0
                && matches!(s.before(start), "in" | "at" | "near" | "on")
    }

    /// A name that begins here.
    pub(super) fn core(&mut self, s: &Sentence<'_>, text: &str, at: usize) -> Option<Range<usize>> {
        // "the Turkish border"
        if s.is_capital(at)
            && s.within(at, Role::Inner).is_some()
            && (s.lower(at + 1) == "border" || s.lower(at + 1) == "frontier")
        {
            return Some(at..at + 2);
        }
        self.core_from(s, text, at)
    }

    pub(super) fn core_from(
        &mut self,
        s: &Sentence<'_>,
        text: &str,
        at: usize,
    ) -> Option<Range<usize>> {
        let token = s.tokens.get(at)?;
        let particle = PARTICLES.contains(&token.lower.as_str())
            && s.tokens
                .get(at + 1)
                .is_some_and(|next| next.capital && next.hyphened);
        if !token.word
            || !(token.capital || particle)
            || token.hyphened && at > 0 && s.is_capital(at - 1)
        {
            return None;
        }
        let common = [Role::Month, Role::Weekday, Role::Inner, Role::Org];
        if !particle
            && common.iter().any(|role| s.has(at, *role))
            && !PARTICLES.contains(&token.lower.as_str())
            && !s.is_capital(at + 1)
        {
            return None;
        }
        // "MAIN POINTS"
        let shouted = |at: usize| {
            s.tokens.get(at).is_some_and(|t| {
                text.get(t.span.clone())
                    .is_some_and(|raw| raw.len() > 2 && !raw.chars().any(char::is_lowercase))
            })
        };
        if s.has(at, Role::Inner) && shouted(at) && shouted(at + 1) {
            return None;
        }
        if !particle && s.has(at, Role::Where) && !token.hyphened {
            return None;
        }
        let opening = at == 0 || matches!(s.before(at), "\"" | "“" | "‘" | ":" | "-" | "•");
        let mut most = 1;
        while most < LONGEST {
            let Some(next) = s.tokens.get(at + most) else {
                break;
            };
            let goes_on = next.word
                && (next.capital
                    || PARTICLES.contains(&next.lower.as_str())
                        && (next.hyphened
                            || s.tokens
                                .get(at + most + 1)
                                .is_some_and(|t| t.hyphened && t.capital)
                            // "Deir al Balah", "Tal as Sultan"
                            || PREFIXES.contains(&s.lower(at + most - 1))
                                && s.is_capital(at + most + 1))
                    || next.hyphened && !s.has(at + most, Role::Glue));
            if !goes_on {
                break;
            }
            most += 1;
        }
        for len in (1..=most).rev() {
            let end = at + len;
            let next_glued = s.tokens.get(end).is_some_and(|t| t.hyphened);
            if next_glued && (s.has(end, Role::Glue) || !s.is_capital(end)) {
                continue;
            }
            // "blocked Tal Abyad street": in some town.
            if matches!(s.lower(end), "street" | "avenue") {
                return None;
            }
            let numbered = s.tokens.get(end).is_some_and(|t| t.figure().is_some());
            let org = s.has(end, Role::Org) && (s.is_capital(end) || numbered);
            if org && !s.has(end, Role::Inner) {
                return None;
            }
            // Followed by a title's or a person's name: "Idlib" may be, "Hassan Nasr" may not.
            let last_small = s.tokens.get(end - 1).is_some_and(|t| !t.capital);
            if last_small && !(s.tokens.get(end - 1).is_some_and(|t| t.hyphened)) {
                continue;
            }
            // "Tal Ziwan" is not a place called Tal, nor "Qara Salim" one called Qara.
            let goes_on = PREFIXES.contains(&token.lower.as_str())
                || matches!(s.before(at), "in" | "at" | "near" | "of" | "on" | "outside");
            if len == 1 && goes_on && s.is_capital(end) && s.tags.iter().all(|tag| tag.at != end) {
                continue;
            }
            // "the village of Tal al-Ward"
            if len == 1
                && PREFIXES.contains(&token.lower.as_str())
                && PARTICLES.contains(&s.lower(end))
                && s.tokens.get(end + 1).is_some_and(|t| t.capital)
            {
                continue;
            }
            if len == 1
                && opening
                && s.tags
                    .iter()
                    .any(|tag| tag.at == at && !matches!(tag.role, Role::Inner))
            {
                continue;
            }
            let words: Vec<_> = s.tokens.get(at..end)?.iter().collect();
            if words.iter().all(|t| t.lower.chars().count() < 3)
                && !matches!(token.lower.as_str(), "us" | "uk")
            {
                continue;
            }
            let name = text.get(s.span(at..end))?.replace('\n', " ");
            if matches!(token.lower.as_str(), "us" | "uk") || demonym(&token.lower) && len == 1 {
                return None;
            }
            let spoken = s.before(at) == "of" || s.before(at) == "in" || s.before(at) == "near";
            match self.look(&name, None) {
                // "SANA" is not Sanaa.
                Some((_, tier)) if len == 1 && tier > Tier::Folded && shouted(at) => continue,
                // "Thank God": at the head of a sentence any word has a capital.
                Some((_, tier))
                    if tier <= Tier::Romanised
                        && !(opening && len == 1 && tier > Tier::Folded && s.lower(end) != ":") =>
                {
                    return Some(at..end);
                }
                Some((_, tier)) if self.trusted(s, at, at, tier) && len > 0 && spoken => {
                    return Some(at..end);
                }
                Some(_) => continue,
                // One of several of that name: the whole phrase may tell.
                None if self.is_ambiguous(&name) => return Some(at..end),
                None => continue,
            }
        }
        None
    }

    pub(super) fn is_ambiguous(&self, name: &str) -> bool {
        matches!(
            self.gazetteer.resolve(&Query::name(name)),
            Resolution::Ambiguous(_)
        )
    }
}
