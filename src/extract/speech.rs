//! Who says so: "X said", "according to X", "it added".

use std::ops::Range;

use super::lexicon::Role;
use super::sentence::Sentence;

/// Whom something is attributed to.
#[derive(Clone, Debug)]
pub(super) struct Attribution {
    /// Tokens that speak of the source: no event is told in them.
    pub tokens: Range<usize>,
    pub who: Who,
    /// Behind the verb of saying: a time that stands here is that of the statement.
    pub after: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Who {
    Named(String),
    /// "it", "they", "the monitor": named before.
    Before,
}

/// Who says what a sentence tells, in its order.
pub(super) fn attributions(s: &Sentence<'_>, text: &str) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for at in 0..s.len() {
        let one = if let Some(tag) = s.tag(at, Role::By) {
            by(s, text, at, tag.end())
        } else if let Some(tag) = s
            .tag(at, Role::Say)
            .filter(|_| !s.is_capital(at) && !claims(s, at) && !is_noun(s, at))
            && s.tag(at, Role::NoSay).is_none()
            && s.within(at, Role::By).is_none()
        {
            said(s, text, at, tag.end())
        } else {
            None
        };
        if let Some(one) = one {
            // "the monitor, which documents the war, said": of two the wider.
            match found.last_mut() {
                Some(last) if one.tokens.start <= last.tokens.start => *last = one,
                Some(last) if one.tokens.start < last.tokens.end => {}
                _ => found.push(one),
            }
        }
    }
    found
}

/// "our count", "the final count": a noun.
fn is_noun(s: &Sentence<'_>, at: usize) -> bool {
    s.lower(at) == "count"
        && (matches!(
            s.before(at),
            "the"
                | "a"
                | "our"
                | "its"
                | "their"
                | "his"
                | "body"
                | "final"
                | "own"
                | "this"
                | "to"
                | "death"
                | "first"
        ) || at == 0)
}

/// "claimed the lives of nine people", "claimed three lives", "an alleged attack": no one's words.
fn claims(s: &Sentence<'_>, at: usize) -> bool {
    if matches!(s.before(at), "a" | "an" | "another") {
        return true;
    }
    let life = |at: usize| matches!(s.lower(at), "lives" | "life" | "victim");
    s.has(at, Role::Dead) || (at + 1..at + 5).any(life)
}

/// Where the words about the listener end: "told reporters at a news conference in Seoul".
fn heard_end(s: &Sentence<'_>, verb: usize, end: usize) -> usize {
    let told = matches!(s.lower(verb), "told");
    let listener = s.has(end, Role::Listener) || s.lower(end) == "journalists";
    if !told && !listener {
        return end;
    }
    let mut at = end;
    while at < s.len() && at < end + 14 {
        if matches!(s.lower(at), "that" | "," | "." | "how" | ";" | "”" | ":")
            || s.has(at, Role::Verb)
            || s.has(at, Role::Event)
            || s.has(at, Role::Weekday)
        {
            break;
        }
        at += 1;
    }
    at
}

/// "according to X".
fn by(s: &Sentence<'_>, text: &str, at: usize, from: usize) -> Option<Attribution> {
    let end = name_end(s, from);
    if end == from {
        return None;
    }
    Some(Attribution {
        tokens: at..end,
        who: who(s, text, from..end)?,
        after: end,
    })
}

/// Where a noun phrase that begins here ends.
fn name_end(s: &Sentence<'_>, from: usize) -> usize {
    let mut at = from;
    while at < s.len() {
        let word = s.lower(at);
        if matches!(
            word,
            "," | "."
                | ";"
                | ":"
                | "("
                | "—"
                | "–"
                | "--"
                | "”"
                | "\""
                | "that"
                | "who"
                | "which"
                | "on"
                | "late"
                | "early"
                | "when"
                | "as"
                | "while"
                | "after"
                | "saying"
                | "via"
        ) || s.has(at, Role::Weekday)
            || s.has(at, Role::Say)
            || s.has(at, Role::Verb) && !s.is_capital(at)
        {
            break;
        }
        at += 1;
    }
    at
}

/// "X said", ", X said", "said X".
fn said(s: &Sentence<'_>, text: &str, at: usize, end: usize) -> Option<Attribution> {
    // "14 soldiers confirmed dead"
    if s.has(end, Role::Dead) && s.lower(end) == "dead" {
        return None;
    }
    // "four men, said to have begun the shooting"
    if s.lower(at) == "said" && s.lower(end) == "to" && matches!(s.lower(end + 1), "have" | "be") {
        return None;
    }
    // "they were reported", "was said to"
    if matches!(
        s.before(at),
        "was"
            | "were"
            | "been"
            | "be"
            | "is"
            | "are"
            | "reportedly"
            | "to"
            | "no"
            | "not"
            | "casualties"
            | "injuries"
            | "deaths"
    ) {
        return None;
    }
    let mut start = at;
    // Auxiliaries and adverbs before the verb.
    while start > 0
        && matches!(
            s.before(start),
            "has"
                | "have"
                | "had"
                | "also"
                | "later"
                | "then"
                | "separately"
                | "earlier"
                | "further"
                | "initially"
                | "originally"
                | "now"
                | "still"
                | "since"
                | "first"
                | "yesterday"
                | "today"
                | "therefore"
        )
    {
        // "at first spoke of nine dead"
        start -= if s.before(start) == "first" && start > 1 && s.lower(start - 2) == "at" {
            2
        } else {
            1
        };
    }
    let mut from = subject_start(s, start);
    // ", which documents the war, said": the name stands before the aside.
    let mut to = start;
    if from == start && start > 0 && s.before(start) == "," {
        let close = start - 1;
        let open = (0..close).rev().find(|at| s.lower(*at) == ",")?;
        from = subject_start(s, open);
        to = open;
        let capitals = |range: Range<usize>| range.filter(|at| s.is_capital(*at)).count();
        if capitals(open + 1..close) > capitals(from..open)
            && s.lower(open + 1) != "which"
            && s.lower(open + 1) != "who"
        {
            from = open + 1;
            to = close;
        }
    }
    if from < to
        && let Some(who) = who(s, text, from..to)
    {
        return Some(Attribution {
            tokens: from..heard_end(s, at, end),
            who,
            after: end,
        });
    }
    // "…, said X"
    let inverted = at > 0 && matches!(s.before(at), "," | "”" | "\"" | "’");
    let to = name_end(s, end);
    if inverted && to > end {
        return Some(Attribution {
            tokens: at..to,
            who: who(s, text, end..to)?,
            after: to,
        });
    }
    None
}

/// Where the subject that ends here begins.
fn subject_start(s: &Sentence<'_>, end: usize) -> usize {
    let mut at = end;
    while at > 0 {
        let word = s.before(at);
        if matches!(
            word,
            "," | ";"
                | ":"
                | "”"
                | "\""
                | "—"
                | "–"
                | "--"
                | "but"
                | "while"
                | "which"
                | "who"
                | "that"
                | "as"
                | "("
                | ")"
                | "when"
                | "meanwhile"
        ) || at > 1
            && word == "and"
            && s.is_word(at)
            && (s.has(at - 2, Role::Say)
                // "Doctors put the figure at 57 and said that …"
                || s.tokens.get(at - 2).is_some_and(|t| t.figure().is_some()))
        {
            break;
        }
        at -= 1;
    }
    // "which said", "who said": the name stands before.
    if at == end && at > 0 && matches!(s.before(at), "which" | "who" | "that") {
        let comma = at.checked_sub(2).filter(|at| s.lower(*at) == ",");
        let close = comma.unwrap_or(at - 1);
        let mut from = close;
        while from > 0 && !matches!(s.before(from), "," | ";" | "by" | "to") {
            from -= 1;
        }
        return from;
    }
    // "…, and the governor said"
    if s.lower(at) == "and" || s.lower(at) == "but" {
        at += 1;
    }
    at
}

/// The source that some tokens name; none if they are too long or tell of something.
fn who(s: &Sentence<'_>, text: &str, tokens: Range<usize>) -> Option<Who> {
    let mut from = tokens.start;
    let mut end = tokens.end;
    while end > from
        && matches!(
            s.before(end),
            "," | "which"
                | "who"
                | "has"
                | "have"
                | "only"
                | "also"
                | "still"
                | "now"
                | "initially"
                | "first"
        )
    {
        end -= 1;
    }
    // "war monitor the Syrian Observatory for Human Rights"
    if let Some(the) = (from + 1..end).rev().find(|at| {
        s.lower(*at) == "the"
            && s.is_capital(at + 1)
            && !matches!(s.before(*at), "of" | "for" | "in" | "with" | "from" | "at")
    }) {
        from = the;
    }
    while from < end
        && (matches!(s.lower(from), "the" | "a" | "an" | "in" | "on") && s.lower(from) != "in"
            || s.has(from, Role::Weekday))
    {
        from += 1;
    }
    // "On Tuesday evening the council"
    if s.has(from, Role::DayPart)
        && matches!(s.lower(from + 1), "the" | "a" | "an")
        && from + 2 < end
    {
        from += 2;
    }
    // "By evening the town's main hospital", "In the first hour": when, not who.
    if matches!(
        s.lower(from),
        "by" | "in"
            | "at"
            | "on"
            | "from"
            | "after"
            | "within"
            | "since"
            | "over"
            | "during"
            | "until"
            | "before"
            | "against"
    ) {
        from = (from + 1..end.min(from + 5)).find(|at| {
            matches!(s.lower(*at), "the" | "a" | "an")
                && (s.has(at - 1, Role::DayPart)
                    || matches!(s.lower(at - 1), "day" | "hour" | "hours"))
                || s.is_capital(*at) && !s.has(*at, Role::Weekday) && !s.has(*at, Role::Month)
                || s.lower(*at) == "," && at + 1 < end
        })?;
        from += usize::from(matches!(s.lower(from), "the" | "a" | "an" | ","));
        from += usize::from(matches!(s.lower(from), "the" | "a" | "an"));
    }
    if from >= end || end - from > 22 {
        return None;
    }
    if matches!(s.lower(from), "both" | "this" | "that" | "these") && end - from == 1 {
        return Some(Who::Before);
    }
    let range = from..end;
    let one_word = range.len() == 1;
    if one_word && s.has(from, Role::Pronoun) {
        return Some(Who::Before);
    }
    if matches!(s.lower(from), "no" | "nobody" | "neither" | "there") {
        return None;
    }
    let event = range.clone().any(|at| {
        let passive = s.has(at, Role::Verb) && matches!(s.before(at), "were" | "was");
        (s.has(at, Role::Event)
            || s.has(at, Role::Dead)
            || s.tag(at, Role::Hurt).is_some_and(|tag| tag.value == "verb")
            || s.has(at, Role::Flee)
            || passive)
            && !s.is_capital(at)
    });
    // "the Britain-based organisation" is no name.
    let capital = range.clone().any(|at| {
        s.is_capital(at)
            && !s
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.hyphened && !next.capital)
    });
    if event {
        return None;
    }
    if !capital
        && (one_word
            || range.len() == 2
                && matches!(
                    s.lower(from),
                    "monitoring" | "rights" | "war" | "news" | "britain"
                )
            || s.tokens.get(from + 1).is_some_and(|t| t.hyphened) && range.len() <= 4)
        && range.clone().any(|at| s.has(at, Role::Anaphor))
        && matches!(s.lower(tokens.start), "the" | "it" | "its")
        && s.lower(end - 1) != "sources"
    {
        return Some(Who::Before);
    }
    if s.lower(from) == "it" || s.tokens.get(from)?.figure().is_some() && one_word {
        return None;
    }
    let name = text.get(s.span(range))?.replace('\n', " ");
    if !name.chars().any(char::is_alphabetic) {
        return None;
    }
    let mut chars = name.chars();
    let name = chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + chars.as_str())?;
    Some(Who::Named(name))
}
