//! The head of a line in a list: "7 March – Al-Yadudah. …", "• 09:15, Saraqib and Tal Mardikh: …", "Kabani (Latakia). …".

use super::dates::{Moment, Time};
use super::lexicon::Role;
use super::places::{Finder, Spot};
use super::sentence::Sentence;
use crate::record::When;

/// A list's line says where before it says what.
#[derive(Debug)]
pub(super) struct Head {
    pub spots: Vec<Spot>,
    pub when: Option<When>,
    /// What ends it: ":", "."
    pub sign: String,
    /// Its tokens, with the sign that ends it.
    pub end: usize,
}

/// Words that may follow the name in a head.
fn describes(word: &str) -> bool {
    matches!(
        word,
        "front"
            | "axis"
            | "camp"
            | "city"
            | "town"
            | "village"
            | "area"
            | "district"
            | "countryside"
            | "outskirts"
            | "subdistrict"
            | "township"
            | "desert"
            | "field"
            | "crossing"
            | "airport"
            | "road"
            | "territory"
            | "governorate"
            | "province"
            | "region"
    )
}

/// The head of a line, if it names places that are known, or that a list of such lines makes likely.
pub(super) fn head(
    s: &Sentence<'_>,
    text: &str,
    moments: &[Moment],
    finder: &mut Finder<'_>,
    list: &[String],
) -> Option<Head> {
    // "1. Ain Issa. …", "2) Saida: …"
    let numbered = usize::from(
        s.tokens
            .first()
            .is_some_and(|t| t.figure().is_some() && t.lower.len() <= 2)
            && matches!(s.lower(1), "." | ")"),
    ) * 2;
    // "Update on Sarmin: …"
    let update = matches!(
        s.lower(numbered),
        "update" | "correction" | "clarification" | "follow" | "more" | "again"
    ) && matches!(s.lower(numbered + 1), "on" | "to" | "from" | "for" | "up");
    let skipped = if update { numbered + 2 } else { numbered };
    let time = |moment: &Moment| match moment.time {
        Time::At(when) => Some((moment.tokens.end, when)),
        _ => None,
    };
    // "Night of 21 to 22 November, …"
    let first = moments
        .iter()
        .filter(|moment| {
            (0..moment.tokens.start)
                .all(|at| !s.is_word(at) || s.has(at, Role::Part) || is_of_day(s.lower(at)))
        })
        .find_map(time);
    let mut when = first.map(|(_, when)| when);
    let mut at = first.map_or(skipped, |(end, _)| end);
    let mut listed = first.is_some();
    // "Mid-November (day not established), …"
    if listed && s.lower(at) == "(" {
        at = (at..s.len()).find(|i| s.lower(*i) == ")")? + 1;
    }
    while at < s.len() && !s.is_word(at) {
        at += 1;
    }
    // "29.08, ca. 14:00 — Nikopol", "29.08, evening — Nova Kakhovka"
    while listed
        && (matches!(
            s.lower(at),
            "," | "ca" | "about" | "around" | "." | "–" | "—" | "-"
        ) || s.has(at, Role::DayPart))
        && at < 14
    {
        at += 1;
    }
    // "09:15, "
    let clock = s.tokens.get(at).is_some_and(|t| t.figure().is_some())
        && matches!(s.lower(at + 1), ":" | ".")
        && s.tokens.get(at + 2).is_some_and(|t| t.figure().is_some());
    if clock {
        at += 3;
    } else if s.lower(at).len() == 5
        && s.tokens.get(at).is_some_and(|t| {
            t.lower.split_once('.').is_some() && t.lower.starts_with(|c: char| c.is_ascii_digit())
        })
    {
        at += 1;
    }
    while matches!(s.lower(at), "," | "–" | "-" | "—" | "." | "|") {
        at += 1;
    }
    listed |= clock;
    let from = at;
    let mut names: Vec<(usize, usize)> = Vec::new();
    loop {
        let start = at;
        while at < s.len() && at - start < 6 && is_name(s, at) {
            at += 1;
        }
        if at == start {
            break;
        }
        names.push((start, at));
        if s.lower(at) == "and" || s.lower(at) == "," && is_name(s, at + 1) {
            at += 1;
            continue;
        }
        break;
    }
    let (_, last) = *names.last()?;
    let mut described = false;
    while describes(s.lower(at)) {
        described = true;
        at += 1;
    }
    let mut bracket = None;
    if s.lower(at) == "(" {
        let close = (at..s.len().min(at + 9)).find(|i| s.lower(*i) == ")")?;
        bracket = text.get(s.span(at + 1..close)).map(str::to_owned);
        at = close + 1;
    }
    // "Ankhil, western entrance. …"
    if s.lower(at) == "," {
        let end = (at + 1..at + 6).find(|i| matches!(s.lower(*i), ":" | "."));
        let part = |i: usize| {
            s.has(i, Role::Inner)
                || matches!(
                    s.lower(i),
                    "entrance" | "gate" | "quarter" | "centre" | "center"
                )
        };
        if let Some(end) = end.filter(|end| *end > at + 1 && (at + 1..*end).all(part)) {
            at = end;
        }
    }
    // "Shwebo, 6 May: …"
    if s.lower(at) == ","
        && let Some((end, day)) = moments
            .iter()
            .filter(|moment| moment.tokens.start == at + 1)
            .find_map(time)
    {
        listed = true;
        when = Some(day);
        at = end;
    }
    // "Kafr Batikh, shortly after midnight: …", "Al-Ziyarah (Sahl al-Ghab), 09:40 today: …"
    if s.lower(at) == "," {
        let clock = |at: usize| {
            s.lower(at) == ":"
                && [at.wrapping_sub(1), at + 1]
                    .iter()
                    .all(|i| s.tokens.get(*i).is_some_and(|t| t.figure().is_some()))
        };
        let dated = |end: usize| moments.iter().any(|m| m.tokens.end == end);
        let end = (at + 1..s.len().min(at + 10))
            .find(|i| s.lower(*i) == ":" && !clock(*i) || s.lower(*i) == "." && dated(*i));
        let of_day = |i: usize| {
            is_of_day(s.lower(i))
                || clock(i)
                || s.tokens.get(i).is_some_and(|t| t.figure().is_some())
                || s.has(i, Role::DayPart)
                || s.has(i, Role::Part)
                || moments.iter().any(|m| m.tokens.contains(&i))
        };
        if let Some(end) = end.filter(|end| *end > at + 1 && (at + 1..*end).all(of_day)) {
            let day = moments
                .iter()
                .filter(|m| (at..end).contains(&m.tokens.start));
            when = day
                .filter_map(|m| time(m).map(|(_, when)| when))
                .next_back()
                .or(when);
            listed = true;
            at = end;
        }
    }
    let sign = matches!(s.lower(at), ":" | "–" | "-" | "—" | "." | "--");
    if !sign || at - from > 20 {
        return None;
    }
    let within = bracket
        .as_deref()
        .and_then(|area| finder.look(area, None))
        .map(|(location, _)| location);
    let mut spots = Vec::new();
    for (start, end) in names {
        let end_all = if end == last {
            end.max(end + usize::from(described))
        } else {
            end
        };
        let phrase = text.get(s.span(start..end_all))?.to_owned();
        let name = text.get(s.span(start..end))?.to_owned();
        let found = finder
            .look(&phrase, None)
            .map(|found| (phrase, found.0))
            .or_else(|| {
                finder
                    .look(&name, None)
                    .map(|found| (name.clone(), found.0))
            });
        // "Update: …", "Roads: …"
        let common = end == start + 1
            && s.tags
                .iter()
                .any(|tag| tag.at == start && tag.role != Role::Inner)
            || s.has(start, Role::Month)
            || s.has(start, Role::Weekday)
            || s.has(start, Role::Topic);
        let likely = listed
            || !list.is_empty()
                && list.iter().all(|sign| sign == s.lower(at))
                && !text.contains(&format!(" {}", name.to_lowercase()))
            || within.is_some()
            || described
            || (start + 1..end).any(|at| s.tokens.get(at).is_some_and(|t| t.hyphened));
        let spot = match found {
            Some((phrase, location)) if !common || listed => {
                let wide = finder.governorate(&location, &phrase);
                Spot {
                    wide,
                    ..Spot::named(start..end, phrase, location)
                }
            }
            None if likely && !common => finder.unlisted(start..end, &name, within.clone())?,
            _ => return None,
        };
        if spot.is_country() {
            return None;
        }
        spots.push(spot);
    }
    Some(Head {
        spots,
        when,
        sign: s.lower(at).to_owned(),
        end: at + 1,
    })
}

/// Words that say what time of a day it was.
fn is_of_day(word: &str) -> bool {
    matches!(
        word,
        "shortly"
            | "just"
            | "after"
            | "before"
            | "around"
            | "about"
            | "at"
            | "on"
            | "in"
            | "of"
            | "the"
            | "night"
            | "hours"
            | "hour"
            | "hrs"
            | "local"
            | "time"
            | "am"
            | "pm"
            | "a.m"
            | "p.m"
            | ","
            | "."
    )
}

/// Whether a word may be of a name.
fn is_name(s: &Sentence<'_>, at: usize) -> bool {
    s.tokens.get(at).is_some_and(|token| {
        token.word
            && token.figure().is_none()
            && (token.capital
                || token.hyphened
                || matches!(token.lower.as_str(), "al" | "el" | "ash" | "deir" | "of")
                    && s.is_capital(at + 1))
    })
}
