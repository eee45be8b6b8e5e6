//! Days, months and years by their names: "Dec. 29", "12–18 March", "early May".

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::super::lexicon::Role;
use super::super::numbers::ordinal;
use super::super::sentence::Sentence;
use super::{AHEAD, LONG_AGO, Moment, Time, days_between, on};
use crate::record::When;

pub(super) fn year_at(s: &Sentence<'_>, at: usize) -> Option<i16> {
    let token = s.tokens.get(at)?;
    (token.lower.len() == 4).then_some(())?;
    let year: i16 = token.lower.parse().ok()?;
    (1900..=2100).contains(&year).then_some(year)
}

pub(super) fn day_at(s: &Sentence<'_>, at: usize) -> Option<i8> {
    // "the second of March"
    let token = s.tokens.get(at)?;
    if let Some(place) = ordinal(&token.lower)
        && s.lower(at + 1) == "of"
        && month_at(s, at + 2).is_some()
    {
        return i8::try_from(place).ok();
    }
    let digits = token
        .lower
        .trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let rest = &token.lower[digits.len()..]; // `digits` is a prefix
    matches!(rest, "" | "st" | "nd" | "rd" | "th").then_some(())?;
    let day: i8 = digits.parse().ok()?;
    ((1..=31).contains(&day) && digits.len() <= 2).then_some(day)
}

pub(super) fn month_at(s: &Sentence<'_>, at: usize) -> Option<i8> {
    let tag = s.tag(at, Role::Month)?;
    s.is_capital(at).then_some(())?;
    tag.value.parse().ok()
}

/// The year that a date without one is in.
pub(super) fn guess(month: i8, day: i8, today: Date) -> Option<Date> {
    let this = Date::new(today.year(), month, day).ok();
    match this {
        Some(this) if days_between(today, this) <= AHEAD => Some(this),
        _ => Date::new(today.year() - 1, month, day).ok(),
    }
}

pub(super) fn dated(year: Option<i16>, month: i8, day: i8, today: Date) -> Option<Date> {
    match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => guess(month, day, today),
    }
}

/// A year behind a date: "…, 2018".
pub(super) fn trailing_year(s: &Sentence<'_>, at: usize) -> (Option<i16>, usize) {
    if let Some(year) = year_at(s, at) {
        return (Some(year), at + 1);
    }
    if matches!(s.lower(at), "," | "/" | "-")
        && let Some(year) = year_at(s, at + 1)
    {
        return (Some(year), at + 2);
    }
    (None, at)
}

/// "29.08": a day without its year.
fn short(s: &Sentence<'_>, at: usize, today: Date) -> Option<Date> {
    let (day, month) = s.lower(at).trim_end_matches('.').split_once('.')?;
    if day.len() != 2 || month.len() != 2 {
        return None;
    }
    let month: i8 = month.parse().ok().filter(|month| *month <= 12)?;
    guess(month, day.parse().ok()?, today)
}

/// Days in figures: "24.08.2021", "30-8-2023", "23/11/2019". The day comes first; with strokes only where no other
/// reading is possible, since the United States write the month first.
fn numeric(s: &Sentence<'_>, from: usize, today: Date) -> Option<Moment> {
    // "29.08, 06:40 — Kherson", "29.08–30.08, night — Izmail": only at the head of a line.
    if from == 0
        && let Some(first) = short(s, 0, today)
    {
        if matches!(s.lower(1), "–" | "-")
            && let Some(last) = short(s, 2, today)
        {
            return Some(on(0..3, When::days(first, last)));
        }
        if matches!(s.lower(1), "," | "–" | "—" | "-" | ":") {
            return Some(on(0..1, When::day(first)));
        }
    }
    let joined = |sign: &str| {
        (s.lower(from + 1) == sign && s.lower(from + 3) == sign)
            .then(|| [s.lower(from), s.lower(from + 2), s.lower(from + 4)])
    };
    let dots: Vec<&str> = s.lower(from).split('.').collect();
    let (parts, end, stroke) = match (dots.as_slice(), joined("-"), joined("/")) {
        ([day, month, year], ..) => ([*day, *month, *year], from + 1, false),
        (_, Some(parts), _) => (parts, from + 5, false),
        (.., Some(parts)) => (parts, from + 5, true),
        _ => return None,
    };
    let [first, second, year] = parts;
    let [first, second]: [i8; 2] = [first.parse().ok()?, second.parse().ok()?];
    let year: i16 = year
        .parse()
        .ok()
        .filter(|year| (1900..=2100).contains(year))?;
    let (month, day) = match (stroke, first, second) {
        (true, ..=12, ..=12) if first != second => return None,
        (true, ..=12, 13..) => (first, second),
        _ => (second, first),
    };
    let day = Date::new(year, month, day).ok()?;
    Some(on(from..end, When::day(day)))
}

/// Exact days: "Dec. 29", "29 December 2019", "12–18 March", "between 3 and 5 May", "2020-01-10".
pub(super) fn calendar(s: &Sentence<'_>, from: usize, today: Date) -> Option<Moment> {
    // 2020-01-10 is cut at its hyphens.
    if let Some(year) = year_at(s, from)
        && s.lower(from + 1) == "-"
        && s.lower(from + 3) == "-"
        && let (Some(month), Some(day)) = (day_at(s, from + 2), day_at(s, from + 4))
        && let Ok(day) = Date::new(year, month, day)
    {
        return Some(on(from..from + 5, When::day(day)));
    }
    if let Some(found) = numeric(s, from, today) {
        return Some(found);
    }
    // "the last day of February"
    if matches!(s.lower(from), "first" | "last")
        && s.lower(from + 1) == "day"
        && s.lower(from + 2) == "of"
        && let Some(month) = month_at(s, from + 3)
    {
        let (year, end) = trailing_year(s, from + 4);
        let first = dated(year, month, 1, today)?;
        let day = if s.lower(from) == "first" {
            first
        } else {
            first.last_of_month()
        };
        return Some(on(from..end, When::day(day)));
    }
    let mut at = from;
    if matches!(s.lower(at), "between" | "from") {
        at += 1;
    }
    // "12 March", "12-18 March", "12 and 18 March", "28 February to 3 March"
    if let Some(first) = day_at(s, at) {
        let mut next = at + 1;
        // "3 of May", "10/December/2020", "10-Dec-2020"
        next += usize::from(
            s.lower(next) == "of"
                || matches!(s.lower(next), "/" | "-") && month_at(s, next + 1).is_some(),
        );
        if let Some(month) = month_at(s, next) {
            let (year, end) = trailing_year(s, next + 1);
            let start = dated(year, month, first, today)?;
            let joins = matches!(s.lower(end), "to" | "and" | "-" | "–" | "until" | "through");
            if joins
                && let Some(last) = day_at(s, end + 1)
                && let Some(month) = month_at(s, end + 2)
                && let (year, after) = trailing_year(s, end + 3)
                && let Some(last) = dated(year, month, last, today)
                && last >= start
            {
                return Some(on(from..after, When::days(start, last)));
            }
            return Some(on(from..end, When::day(start)));
        }
        if matches!(
            s.lower(next),
            "to" | "and" | "-" | "–" | "through" | "until" | "/"
        ) && let Some(last) = day_at(s, next + 1)
            && let Some(month) = month_at(s, next + 2)
        {
            let (year, end) = trailing_year(s, next + 3);
            let start = dated(year, month, first, today)?;
            let last = dated(year, month, last, today)?;
            return Some(on(from..end, When::days(start, last)));
        }
        return None;
    }
    // "March 12", "Dec. 29, 2019", "March 12-18", "March 30 to April 2"
    let month = month_at(s, at)?;
    let first = day_at(s, at + 1)?;
    let (year, mut end) = trailing_year(s, at + 2);
    let start = dated(year, month, first, today)?;
    let mut last = start;
    if matches!(s.lower(end), "to" | "and" | "-" | "–" | "through") {
        if let Some(day) = day_at(s, end + 1)
            && !s.has(end + 2, Role::Person)
            && !s.has(end + 2, Role::Event)
        {
            let (year, after) = trailing_year(s, end + 2);
            if let Some(other) = dated(year.or(Some(start.year())), month, day, today)
                && other > start
            {
                (last, end) = (other, after);
            }
        } else if let Some(month) = month_at(s, end + 1)
            && let Some(day) = day_at(s, end + 2)
        {
            let (year, after) = trailing_year(s, end + 3);
            if let Some(other) = dated(year, month, day, today)
                && other > start
            {
                (last, end) = (other, after);
            }
        }
    }
    Some(on(from..end, When::days(start, last)))
}

pub(super) fn month_of(day: Date) -> Option<When> {
    format!("{:04}-{:02}", day.year(), day.month()).parse().ok()
}

/// "in March", "early February 2020".
pub(super) fn month(s: &Sentence<'_>, from: usize, today: Date) -> Option<Moment> {
    // "the first week of June"
    let week = match s.lower(from) {
        "first" => Some(0),
        "second" => Some(1),
        "third" => Some(2),
        "last" | "fourth" => Some(3),
        _ => None,
    }
    .filter(|_| s.lower(from + 1) == "week" && s.lower(from + 2) == "of");
    // "the first half of November"
    let half = match s.lower(from) {
        "first" => Some((0, 15)),
        "second" => Some((15, 31)),
        _ => None,
    }
    .filter(|_| s.lower(from + 1) == "half" && s.lower(from + 2) == "of");
    let part = s.tag(from, Role::Part);
    let at = match (week, part) {
        (Some(_), _) => from + 3,
        _ if half.is_some() => from + 3,
        (None, Some(part)) => part.end() + usize::from(s.lower(part.end()) == "of"),
        (None, None) => from,
    };
    let month = month_at(s, at)?;
    let word = s.lower(at);
    // "May" and "March" begin sentences and name people.
    let framed = part.is_some()
        || half.is_some()
        || matches!(
            s.before(at),
            "in" | "of" | "since" | "during" | "last" | "by" | "until" | "to" | "from"
        )
        || year_at(s, at + 1).is_some();
    if matches!(word, "may" | "march" | "mar" | "sun" | "sat" | "jan") && !framed {
        return None;
    }
    let (year, tokens_end) = trailing_year(s, at + 1);
    let end = tokens_end;
    let first = match year {
        Some(year) => Date::new(year, month, 1).ok()?,
        None => guess(month, 1, today)?,
    };
    let whole = month_of(first)?;
    if let Some((skip, days)) = half {
        let start = first.checked_add(skip.days()).ok()?;
        let end = first.checked_add((days - 1).days()).ok()?;
        return Some(on(
            from..tokens_end,
            When::days(start, end.min(first.last_of_month())),
        ));
    }
    if let Some(week) = week {
        let start = first.checked_add((week * 7).days()).ok()?;
        let end = if week == 3 {
            first.last_of_month()
        } else {
            start.checked_add(6.days()).ok()?
        };
        return Some(on(from..tokens_end, When::days(start, end)));
    }
    let when = match part.map(|part| part.value) {
        Some("early") => When::days(first, date(first.year(), month, 10)).approximate(),
        Some("mid") => {
            When::days(date(first.year(), month, 10), date(first.year(), month, 20)).approximate()
        }
        Some("late") => {
            When::days(date(first.year(), month, 20), first.last_of_month()).approximate()
        }
        _ => whole,
    };
    let time = if days_between(whole.end(), today) > LONG_AGO {
        Time::Old
    } else {
        Time::At(when)
    };
    Some(Moment {
        tokens: from..end,
        time,
    })
}

/// "in 2012", "2015": background.
pub(super) fn year(s: &Sentence<'_>, at: usize, _today: Date) -> Option<Moment> {
    year_at(s, at)?;
    // "the cradle of the 2011 uprising": which one, not when.
    let which = s.before(at) == "the"
        && s.is_word(at + 1)
        && !(at.saturating_sub(3)..at).any(|i| matches!(s.lower(i), "in" | "since" | "during"));
    if which {
        return None;
    }
    let framed = matches!(
        s.before(at),
        "in" | "since"
            | "of"
            | "early"
            | "late"
            | "mid"
            | "from"
            | "until"
            | "during"
            | "to"
            | "by"
            | "the"
    );
    framed.then_some(Moment {
        tokens: at..at + 1,
        time: Time::Old,
    })
}
