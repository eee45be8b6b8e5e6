//! Parts of what was counted: "including two children".

use std::ops::Range;

use super::super::lexicon::{Role, Tag};
use super::super::sentence::Sentence;

/// Tokens within "including two children" and the like: parts of what was counted.
pub(in crate::extract) fn asides(s: &Sentence<'_>, range: Range<usize>) -> Vec<bool> {
    let mut aside = vec![false; s.len()];
    for tag in s.all(range.clone(), Role::Aside) {
        let mut at = tag.at;
        // "four of them", "one of whom": the number stands before.
        let died = became(s, tag.end());
        if s.lower(tag.at) == "of" && died {
            // "one of them later died": no part, but what became of one.
            continue;
        }
        // ", a six-month-old baby among them,"
        if s.lower(tag.at) == "among" && matches!(s.lower(tag.end()), "," | "." | "") {
            let from = (range.start..tag.at).rev().find(|i| s.lower(*i) == ",");
            if let Some(from) = from
                && let Some(before) = aside.get_mut(from..tag.end())
            {
                before.fill(true);
            }
            continue;
        }
        if s.lower(tag.at).ends_with("of") || s.lower(tag.at) == "of" {
            let mut from = tag.at;
            while from > range.start
                && (s.has(from - 1, Role::Number)
                    || s.tokens.get(from - 1).is_some_and(|t| t.figure().is_some())
                    || s.within(from - 1, Role::Bound).is_some())
            {
                from -= 1;
            }
            if let Some(before) = aside.get_mut(from..tag.at) {
                before.fill(true);
            }
        }
        while at < range.end {
            let stops = at >= tag.end()
                && (matches!(s.lower(at), ";" | "." | "(" | ")" | "—")
                    || s.lower(at) == "," && !listed(s, at + 1)
                    || s.lower(at) == "and" && !listed(s, at + 1)
                    || s.has(at, Role::Verb)
                    || matches!(
                        s.lower(at),
                        "were"
                            | "was"
                            | "in"
                            | "when"
                            | "after"
                            | "had"
                            | "have"
                            | "fled"
                            | "at"
                            | "on"
                    ));
            if stops {
                break;
            }
            aside[at] = true; // within the sentence
            at += 1;
        }
    }
    // "Two passers-by, one a schoolgirl, were hurt."
    for at in range.clone() {
        let one = s.lower(at) == "one"
            && s.before(at) == ","
            && matches!(s.lower(at + 1), "a" | "an" | "of");
        let end = (at + 1..range.end.min(at + 7)).find(|i| s.lower(*i) == ",");
        if let Some(end) = end
            .filter(|end| one && (at..*end).all(|i| !s.has(i, Role::Dead) && !s.has(i, Role::Hurt)))
            && let Some(words) = aside.get_mut(at..end)
        {
            words.fill(true);
        }
    }
    aside
}

/// Whether what became of some is told right here: "… died", "… were killed".
pub(super) fn became(s: &Sentence<'_>, from: usize) -> bool {
    // "two of them, aged 9 and 11, died"
    let behind = (from + 1..from + 9)
        .find(|at| s.lower(*at) == ",")
        .filter(|_| s.lower(from) == ",")
        .map_or(from, |comma| comma + 1);
    let near = (from..from + 3).take_while(|at| s.lower(*at) != ",");
    near.chain(behind..behind + 2).any(|i| {
        let tag = s.tag(i, Role::Dead).or_else(|| s.tag(i, Role::Hurt));
        tag.is_some_and(|tag| {
            // "four of them in critical condition"
            tag.value == "passive"
                && !matches!(s.lower(i), "in" | "with" | "still" | "are" | "remain")
                || matches!(s.before(i), "were" | "was")
                || s.lower(i) == "dead"
                    && (s.has(i - 1, Role::Person) || matches!(s.before(i), "them" | "those"))
        })
    })
}

/// Whether a list goes on here: a number or "a" with a person, and no verb of harm behind.
fn listed(s: &Sentence<'_>, at: usize) -> bool {
    let at = at + usize::from(s.lower(at) == "and");
    let numeral = s.has(at, Role::Number)
        || s.has(at, Role::One)
        // "a father and his son", "a woman and her two daughters"
        || matches!(s.lower(at), "his" | "her" | "their")
            && (at + 1..at + 4).any(|i| s.has(i, Role::Person))
        || s.tokens.get(at).is_some_and(|t| t.figure().is_some());
    numeral
        && !(at..at + 7)
            .take_while(|i| !matches!(s.lower(*i), "," | "." | "and" | ";"))
            .any(|i| {
                s.has(i, Role::Dead)
                    || s.has(i, Role::Hurt)
                    || s.has(i, Role::Verb)
                    || s.has(i, Role::Flee)
            })
}

/// Words about harm that tell of no one's: "died of her wounds", "three of the wounded died".
pub(super) fn tells_nothing(s: &Sentence<'_>, at: usize, tag: &Tag<'_>) -> bool {
    let wounds = matches!(s.lower(at), "wounds" | "wound" | "injuries")
        && matches!(
            s.before(at),
            "his" | "her" | "their" | "the" | "of" | "to" | "from" | "with" | "war" | "shrapnel"
        );
    wounds
        || s.before(at) == "no"
        || s.before(at) == "the" && tag.value != "toll" && tag.value != "of"
}
