//! The noun that says whom a number counts, and people without a number.

use super::super::lexicon::Role;
use super::super::numbers::{self, Number};
use super::super::sentence::Sentence;
use super::People;
use crate::record::Count;

/// "assassinated a headmaster": one, whatever the noun, if it is a short one.
pub(super) fn somebody(s: &Sentence<'_>, from: usize, end: usize) -> Option<People> {
    if !matches!(s.lower(from), "a" | "an") {
        return None;
    }
    let stop = (from + 1..end.min(from + 6)).find(|at| {
        !s.is_word(*at)
            || s.has(*at, Role::Where)
            || s.has(*at, Role::And)
            || s.has(*at, Role::Break)
            || matches!(
                s.lower(*at),
                "by" | "on"
                    | "of"
                    | "for"
                    | "to"
                    | "from"
                    | "with"
                    | "'s"
                    | "has"
                    | "have"
                    | "had"
                    | "was"
                    | "were"
                    | "died"
                    | "who"
            )
    });
    let stop = stop.unwrap_or(end.min(from + 6));
    let vague = (from + 1..stop).any(|at| {
        at + 1 == stop && s.has(at, Role::Thing)
            || s.has(at, Role::Family)
            || s.has(at, Role::Event)
            || s.has(at, Role::Means)
            || matches!(
                s.lower(at),
                "number"
                    | "lot"
                    | "few"
                    | "handful"
                    | "total"
                    | "majority"
                    | "group"
                    | "couple"
                    | "dozen"
                    | "hundred"
                    | "further"
                    | "ceasefire"
                    | "truce"
            )
    });
    (stop > from + 1 && !vague).then(|| People::of(Count::exactly(1), from..stop))
}

/// "killed deputy leader N. N. and six others": seven.
pub(super) fn named_and_others(
    s: &Sentence<'_>,
    numbers: &[Number],
    from: usize,
    end: usize,
) -> Option<People> {
    let and = (from..end.min(from + 12)).find(|at| s.lower(*at) == "and")?;
    let named = (from..and).any(|at| s.is_capital(at)) && (from..and).all(|at| s.is_word(at));
    let number = numbers
        .iter()
        .find(|number| number.tokens.start == and + 1)?;
    let others = (number.tokens.end..number.tokens.end + 2)
        .any(|at| matches!(s.lower(at), "others" | "other"));
    (named && others).then(|| {
        People::of(
            number.count + Count::exactly(1),
            from..number.tokens.end + 1,
        )
    })
}

/// "shot dead Khalaf al-Hamad, a former councillor": one.
pub(super) fn named(s: &Sentence<'_>, from: usize, end: usize) -> Option<People> {
    let name = |at: usize| {
        s.is_capital(at)
            || s.tokens.get(at).is_some_and(|token| token.hyphened)
            || matches!(s.lower(at), "al" | "abu" | "bin" | "el")
    };
    let stop = (from..end.min(from + 6)).find(|at| !name(*at))?;
    let apposed = s.lower(stop) == ","
        && matches!(
            s.lower(stop + 1),
            "a" | "an" | "the" | "one" | "who" | "formerly" | "former" | "once"
        )
        && (stop + 1..stop + 8).any(|at| s.has(at, Role::Person) || s.lower(at) == "who");
    (stop >= from + 2 && apposed).then(|| People::of(Count::exactly(1), from..stop))
}

pub(super) fn is_plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss")
        || matches!(
            word,
            "people"
                | "men"
                | "women"
                | "children"
                | "police"
                | "staff"
                | "personnel"
                | "policemen"
                | "militiamen"
                | "gunmen"
                | "servicemen"
                | "fishermen"
                | "elderly"
                | "general"
                | "major"
        )
}

/// The noun that a number counts: where it is, whether it is families, whether it is no people.
pub(super) fn head(s: &Sentence<'_>, from: usize, end: usize) -> (Option<usize>, bool, bool) {
    let mut found: Option<usize> = None;
    for at in from..end.min(from + 9) {
        if s.lower(at) == "of" && found.is_none() && at > from && s.has(at - 1, Role::Person) {
            continue;
        }
        if matches!(
            s.lower(at),
            "," | "."
                | ";"
                | ":"
                | "and"
                | "in"
                | "were"
                | "was"
                | "have"
                | "had"
                | "by"
                | "from"
                | "who"
                | "of"
                | "on"
                | "when"
                | "to"
                | "at"
                | "("
                | ")"
                | "are"
                | "after"
                | "with"
                | "the"
                | "for"
                | "out"
                | "has"
                | "near"
                | "since"
                | "as"
        ) || s.has(at, Role::Say)
            || (s.has(at, Role::Dead) || s.has(at, Role::Hurt)) && found.is_some()
            || s.has(at, Role::Flee)
                && s.tag(at, Role::Flee).is_some_and(|tag| tag.len == 1)
                && s.lower(at) != "displaced"
        {
            break;
        }
        if s.has(at, Role::Family) {
            return (Some(at), true, false);
        }
        // "a school guard", "two truck drivers"
        let compound = s.has(at + 1, Role::Person) && at + 1 < end;
        if s.has(at, Role::Thing) && found.is_none() && !compound {
            return (None, false, true);
        }
        if (s.has(at, Role::Event) || s.has(at, Role::Means))
            && found.is_none()
            && !s.has(at, Role::Person)
        {
            // "14 air raids"
            return (None, false, true);
        }
        // "an Iranian-backed militia" is no Iranian.
        let backed = s.tokens.get(at + 1).is_some_and(|next| next.hyphened) && s.is_capital(at);
        if s.has(at, Role::Person) && !backed {
            found = Some(at);
            // "three members of a family": "members" is the head.
            if s.lower(at + 1) == "of" {
                break;
            }
        } else if found.is_some() {
            // "a Syrian farm labourer"
            let nationality = found.is_some_and(|found| s.is_capital(found));
            if !(nationality && s.is_word(at) && s.has(at + 1, Role::Person)) {
                break;
            }
        }
    }
    (found, false, false)
}

/// "a third": which of a few it is.
pub(super) fn ordinal(word: &str) -> Option<u8> {
    numbers::ordinal(word).filter(|place| (2..=8).contains(place))
}
