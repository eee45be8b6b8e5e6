//! A sentence cut into clauses.

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::sentence::Sentence;
use super::super::tolls;
use super::{Read, Trigger};

impl<'l> Read<'_, 'l> {
    /// "…, with six people killed": not "two men travelling with him were hurt", nor "left 13 with injuries".
    pub(super) fn with_toll(&self, at: usize) -> bool {
        let s = self.s;
        let harm = (at..s.len()).find(|i| {
            [Role::Dead, Role::Hurt]
                .iter()
                .any(|role| s.tag(*i, *role).is_some_and(|tag| tag.value != "hospital"))
        });
        let Some(harm) = harm.filter(|harm| *harm > at) else {
            return false;
        };
        let numeral = |i: usize| {
            s.has(i, Role::One) || self.numbers.iter().any(|number| number.tokens.contains(&i))
        };
        (at..harm).any(numeral) || (harm..harm + 3).any(numeral)
    }

    /// The clauses: where they are, and how each is joined to the one before.
    pub(super) fn segments(&self, triggers: &[Trigger<'l>]) -> Vec<(Range<usize>, &'l str)> {
        let s = self.s;
        let mut cuts: Vec<(usize, &'l str)> = Vec::new();
        let aside = tolls::asides(s, 0..s.len());
        let mut at = 0;
        while at < s.len() {
            let dashes = s.tokens.iter().filter(|token| token.is("—")).count();
            if s.lower(at) == ";"
                || s.lower(at) == "—" && dashes == 1
                || s.lower(at) == ":"
                    && at > 3
                    && triggers.iter().any(|trigger| trigger.tag.at > at)
            {
                cuts.push((at, "split"));
            }
            let Some(tag) = s.tag(at, Role::Break) else {
                at += 1;
                continue;
            };
            // "after dark", "as many as", "before dawn", "following day": no clause.
            let next = tag.end();
            let idle = !self.free(at)
                || s.lower(at) == "who" && aside.get(at).copied().unwrap_or(false)
                || self
                    .moments
                    .iter()
                    .any(|moment| moment.tokens.contains(&at))
                // "two days after" begins with a number
                || !tag.value.starts_with("back")
                    && self
                        .numbers
                        .iter()
                        .any(|number| number.tokens.contains(&at))
                || self.spots.iter().any(|spot| spot.tokens.contains(&at))
                || matches!(
                    s.lower(next),
                    "midnight" | "dawn" | "dark" | "noon" | "well" | "far" | "part" | "saying"
                )
                || s.lower(at) == "since"
                    && (matches!(s.before(at), "has" | "have" | "had") || !s.is_word(next))
                // "killed in that shelling"
                || s.lower(at) == "that"
                    && at > 0
                    && (s.has(at - 1, Role::Where) || matches!(s.before(at), "during" | "after"))
                // "the number of dead at six and that of the wounded at 17"
                || s.lower(at) == "that" && matches!(s.lower(next), "of" | "to")
                // "gave the number of dead as four"
                || s.lower(at) == "as"
                    && self.numbers.iter().any(|number| number.tokens.start == next)
                || s.lower(at) == "that" && at > 0 && self.s.within(at - 1, Role::Say).is_some();
            // "two colleagues with him were hurt"
            let idle = idle
                || s.lower(at) == "with"
                    && (matches!(s.lower(next), "him" | "her" | "them" | "it")
                        || at > 0 && matches!(s.before(at), "together" | "along"));
            // "fifteen men, some with burns, were taken to hospital": no clause of its own.
            let idle = idle
                // "attacked with drones": by what.
                || s.lower(at) == "with" && (next..next + 3).any(|i| s.has(i, Role::Means))
                || tag.value == "weak"
                    && !triggers.iter().any(|trigger| trigger.tag.at > at)
                    && !self.with_toll(at);
            if !idle {
                cuts.push((at, tag.value));
            }
            at = tag.end();
        }
        // Two clauses side by side: "bombed X and shelled Y", "struck X, and a car bomb went off in Y".
        for pair in triggers.windows(2) {
            let [one, two] = pair else { continue };
            let (from, to) = (one.tag.end(), two.tag.at);
            if cuts.iter().any(|(cut, _)| (from..=to).contains(cut)) {
                continue;
            }
            let Some(join) = (from..to).rev().find(|at| {
                (s.has(*at, Role::And) || s.lower(*at) == ",")
                    && !self.spots.iter().any(|spot| spot.tokens.contains(at))
                    && !self.numbers.iter().any(|n| n.tokens.contains(at))
            }) else {
                continue;
            };
            let differ = one.what.both(&two.what).is_none();
            let near = to - from <= 3;
            let placed = |range: Range<usize>| {
                self.spots
                    .iter()
                    .any(|spot| range.contains(&spot.tokens.start) && !spot.is_country())
            };
            let verbs = two.tag.role == Role::Verb
                || two.tag.role == Role::SoftVerb
                || triggers
                    .iter()
                    .any(|t| t.tag.at > to && t.tag.role == Role::Verb);
            let both_placed = placed(from..to) && placed(to..s.len());
            // "detained 14 suspects in X, in a raid"
            let raid = one.tag.value == "arrest" && two.what.is_raid()
                || two.tag.value == "arrest" && one.what.is_raid();
            let weak = (two.soft || raid) && !placed(to..s.len());
            if differ && !near && !weak || both_placed && verbs && !subordinate(s, from, to) {
                cuts.push((join, "and"));
            }
        }
        // "Two hours after the blast in X, a bomb hit a truck in Y"
        if let Some((at, _)) = cuts.first().copied()
            && at <= 5
            && s.tag(at, Role::Break)
                .is_some_and(|tag| matches!(tag.value, "after" | "hours" | "later" | "day"))
            && let Some(comma) = (at..s.len()).find(|i| s.lower(*i) == ",")
            && triggers.iter().any(|t| (at..comma).contains(&t.tag.at))
            && triggers.iter().any(|t| t.tag.at > comma)
            && triggers.iter().all(|t| t.tag.at > at)
        {
            cuts.push((comma, "start"));
        }
        // "While the fighting went on, helicopters dropped barrels on X"
        if s.lower(0) == "while"
            && let Some(comma) = (2..s.len()).find(|i| s.lower(*i) == ",")
            && triggers.iter().any(|t| t.tag.at < comma)
            && triggers.iter().any(|t| t.tag.at > comma)
        {
            cuts.push((comma, "meantime"));
        }
        cuts.sort_by_key(|(at, _)| *at);
        cuts.dedup_by_key(|(at, _)| *at);
        let mut segments = Vec::new();
        let (mut from, mut link) = (0, "start");
        for (cut, next) in cuts {
            if cut > from {
                segments.push((from..cut, link));
            }
            (from, link) = (cut, next);
        }
        segments.push((from..s.len(), link));
        segments
    }
}

fn subordinate(s: &Sentence<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| matches!(s.lower(at), "which" | "that" | "who"))
}
