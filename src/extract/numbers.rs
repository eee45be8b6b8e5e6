//! Numbers as reports write them: "at least 12", "more than 5,000", "between six and nine", "a dozen", "dozens of".

use std::ops::Range;

use super::lexicon::Role;
use super::sentence::Sentence;
use crate::record::Count;

/// "third": which one it is.
pub(super) fn ordinal(word: &str) -> Option<u8> {
    const WORDS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    (1..)
        .zip(WORDS)
        .find_map(|(place, known)| (known == word).then_some(place))
}

/// A number in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Its tokens, with the words that bound it.
    pub tokens: Range<usize>,
    pub count: Count,
    /// "the eight", "the remaining two": said before.
    pub known: bool,
    /// "another two": besides those before.
    pub more: bool,
    /// The token is glued to what follows: "17-hour".
    pub glued: bool,
}

/// Every number of a sentence.
pub(super) fn numbers(s: &Sentence<'_>) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < s.len() {
        match number(s, at) {
            Some(number) if is_clock(s, &number.tokens) => at += 1,
            Some(number) if is_age(s, &number.tokens) || is_other(s, &number.tokens) => {
                at = number.tokens.end.max(at + 1)
            }
            Some(number) => {
                at = number.tokens.end.max(at + 1);
                found.push(number);
            }
            None => at += 1,
        }
    }
    found
}

/// "11:30"
fn is_clock(s: &Sentence<'_>, tokens: &Range<usize>) -> bool {
    let figure = |at: Option<usize>| {
        at.and_then(|at| s.tokens.get(at))
            .and_then(|token| token.figure())
            .is_some_and(|value| value < 60)
    };
    let at = tokens.start;
    let minutes = s.before(at) == ":" && figure(at.checked_sub(2));
    let hours = s.lower(at + 1) == ":" && figure(Some(at + 2));
    figure(Some(at)) && (minutes || hours)
}

/// "five workers, not four", "up from seven", "14 killed (from eight in the last update)": what is not so.
fn is_other(s: &Sentence<'_>, tokens: &Range<usize>) -> bool {
    let at = tokens.start;
    let not = s.before(at) == "not" && at >= 2 && matches!(s.lower(at - 2), "," | "(" | "—" | "–");
    let range = tokens.clone().any(|at| matches!(s.lower(at), "to" | "and"));
    let from = s.before(at) == "from"
        && !range
        && at >= 2
        && (matches!(s.lower(at - 2), "up" | "down" | ",")
            && !matches!(s.lower(tokens.end), "to")
            && !s.has(tokens.end, Role::Person));
    let open = (at.saturating_sub(10)..at)
        .rev()
        .find(|i| s.lower(*i) == "(");
    let bracket = open.is_some_and(|open| {
        matches!(
            s.lower(open + 1),
            "from" | "up" | "down" | "previously" | "earlier" | "before"
        ) && (open..at).all(|i| s.lower(i) != ")")
    });
    let against = s.before(at) == "against" && at >= 2 && s.lower(at - 2) == "as";
    // "none of the three inside was killed"
    let none = (at.saturating_sub(3)..at).any(|i| s.lower(i) == "none" && s.lower(i + 1) == "of");
    let adding = s.before(at) == "adding" && s.lower(tokens.end) == "to";
    not || from || bracket || against || none || adding
}

/// "aged seven and eleven", "a boy of 12", "Mahmoud, 34,".
fn is_age(s: &Sentence<'_>, tokens: &Range<usize>) -> bool {
    let at = tokens.start;
    let aged = (at.saturating_sub(3)..at).any(|i| matches!(s.lower(i), "aged" | "age"))
        && (at.saturating_sub(2)..at).all(|i| !s.has(i, Role::Dead) && !s.has(i, Role::Hurt));
    let child = s.before(at) == "of"
        && at >= 2
        && matches!(
            s.lower(at - 2),
            "boy" | "girl" | "man" | "woman" | "child" | "teenager" | "youth"
        )
        && !s.has(tokens.end, Role::Person);
    // "9 and 11 years old"
    let old = |at: usize| {
        matches!(s.lower(at), "year" | "years" | "month" | "months")
            && (s.lower(at + 1) == "old" || s.tokens.get(at + 1).is_some_and(|t| t.hyphened))
    };
    let both = s.lower(tokens.end) == "and" && old(tokens.end + 2);
    // "two brothers, 7 and 9, were killed"
    let figure = |at: usize| {
        s.tokens
            .get(at)
            .and_then(|token| token.figure())
            .is_some_and(|age| age < 100)
    };
    let apposed = |at: usize| s.before(at) == "," && at >= 2 && s.has(at - 2, Role::Person);
    let ages = figure(at)
        && (apposed(at)
            && (s.lower(at + 1) == ","
                || s.lower(at + 1) == "and" && figure(at + 2) && s.lower(at + 3) == ",")
            || s.before(at) == "and"
                && at >= 2
                && figure(at - 2)
                && apposed(at - 2)
                && s.lower(at + 1) == ",");
    // "around 9 a.m."
    let hour = matches!(s.lower(tokens.end), "am" | "pm" | "o'clock");
    aged || child || hour || old(tokens.end) || both || ages
}

fn number(s: &Sentence<'_>, from: usize) -> Option<Number> {
    let mut at = from;
    let (mut sign, mut known, mut more) = ("", false, false);
    while let Some(bound) = s.tag(at, Role::Bound) {
        match bound.value {
            "=" => more |= s.lower(at) != "a" || s.lower(at + 1) == "further",
            "rest" | "the" => known = true,
            // "has gone up to 15"
            "<=" if s.lower(at) == "up"
                && matches!(
                    s.before(at),
                    "gone" | "went" | "going" | "goes" | "revised" | "moved" | "shot" | "crept"
                ) => {}
            value => sign = value,
        }
        more |= s.tokens[at..bound.end()].iter().any(|t| t.is("another")); // a tag lies within the tokens
        at = bound.end();
    }
    let (low, mut end, many) = match s.lower(at) {
        "between" => {
            let (low, and, _) = figure(s, at + 1)?;
            (s.lower(and) == "and").then_some(())?;
            let (high, end, _) = figure(s, and + 1)?;
            return Some(Number {
                tokens: from..end,
                count: Count::range(low, high),
                known,
                more,
                glued: false,
            });
        }
        _ => figure(s, at)?,
    };
    let mut count = match (sign, many) {
        (">=", _) | ("", true) => Count::at_least(low),
        (">", false) => Count::more_than(low),
        ("<=", false) => Count::at_most(low),
        ("<", false) => Count::at_most(low.saturating_sub(1)),
        ("~", false) => Count::about(low),
        (_, true) => Count::at_least(low),
        _ => Count::exactly(low),
    };
    let is_range = matches!(s.lower(end), "to" | "-" | "–" | "or");
    if is_range
        && let Some((high, after, false)) = figure(s, end + 1)
        && high > low
        && (s.lower(end) != "or" || high == low + 1)
    {
        count = Count::range(low, high);
        end = after;
    }
    if let Some(tag) = s.tag(end, Role::More) {
        count = Count::at_least(low);
        end = tag.end();
    }
    if s.tokens.get(end).is_some_and(|t| t.is("+")) {
        count = Count::at_least(low);
        end += 1;
    }
    Some(Number {
        tokens: from..end,
        count,
        known,
        more,
        glued: s.tokens.get(end).is_some_and(|token| token.hyphened),
    })
}

/// A figure or number word with its multipliers, where it ends, and whether it only says that there are several.
fn figure(s: &Sentence<'_>, from: usize) -> Option<(u64, usize, bool)> {
    if let Some(many) = s.tag(from, Role::Many) {
        return Some((many.value.parse().ok()?, many.end(), true));
    }
    let token = s.tokens.get(from)?;
    // "$5", "No. 7", "F-16"
    if token.hyphened && token.figure().is_some()
        || matches!(s.before(from), "$" | "€" | "£" | "no")
    {
        return None;
    }
    let (mut value, mut end) = match (token.figure(), s.tag(from, Role::Number)) {
        (Some(value), _) => {
            let decimal = token.lower.contains('.');
            (if decimal { 0 } else { value }, from + 1)
        }
        (None, Some(word)) => (word.value.parse().ok()?, word.end()),
        (None, None) => {
            // "1.2 million"
            let (whole, part) = token.lower.split_once('.')?;
            let times = s.tag(from + 1, Role::Times)?;
            let times: u64 = times.value.parse().ok()?;
            let whole: u64 = whole.parse().ok()?;
            let digits = u32::try_from(part.len()).ok()?;
            let part: u64 = part.parse().ok()?;
            let scale = 10u64.checked_pow(digits)?;
            let value = whole
                .checked_mul(times)?
                .checked_add(part.checked_mul(times)? / scale)?;
            return Some((value, from + 2, false));
        }
    };
    loop {
        if let Some(times) = s.tag(end, Role::Times) {
            value = value.checked_mul(times.value.parse().ok()?)?;
            end = times.end();
            continue;
        }
        // "twenty-one", "two hundred and fifty"
        let at = if value >= 100 && s.lower(end) == "and" {
            end + 1
        } else {
            end
        };
        let next = s
            .tag(at, Role::Number)
            .and_then(|tag| Some((tag.value.parse::<u64>().ok()?, tag.end())));
        match next {
            Some((more, after))
                if more > 0
                    && token.figure().is_none()
                    && (value % 100 == 0 && more < 100 && value > 0
                        || value % 10 == 0 && (20..=90).contains(&(value % 100)) && more < 10)
                    // "between one hundred and two": not here
                    && (at == end || value % 100 == 0) =>
            {
                value += more;
                end = after;
            }
            _ => break,
        }
    }
    if s.lower(end) == "%" || matches!(s.lower(end), "percent" | "per") {
        return None;
    }
    if s.has(end, Role::And) && s.lower(end + 1) == "a" && s.lower(end + 2) == "half" {
        end += 3;
    }
    Some((value, end, false))
}
