//! When: the times that a sentence names, against the day of publication.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::lexicon::Role;
use super::sentence::Sentence;
use crate::record::When;

/// A time in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub tokens: Range<usize>,
    pub time: Time,
}

/// What is known of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Time {
    /// Something may have happened then.
    At(When),
    /// So many days from the one told before.
    Relative(i64),
    /// From then to publication.
    Since(When),
    /// Known by then.
    AsOf(When),
    /// Long ago, or always.
    Old,
    /// Yet to come.
    Future,
}

/// Days ahead of publication that a date without a year may lie: more, and it was in the year before.
const AHEAD: i64 = 10;

/// Longer ago than this, a bare month or year is background, in days.
const LONG_AGO: i64 = 100;

/// Every time of a sentence, told on the day `today`.
pub(super) fn moments(s: &Sentence<'_>, today: Date) -> Vec<Moment> {
    let mut found: Vec<Moment> = Vec::new();
    let mut at = 0;
    while at < s.len() {
        match moment(s, at, today) {
            Some(mut moment) => {
                at = moment.tokens.end.max(at + 1);
                // "Tuesday, Dec. 24", "Friday 3 April"
                if let Some(last) = found.last_mut()
                    && weekday_beside(s, last, &moment)
                {
                    moment.tokens.start = last.tokens.start;
                    *last = moment;
                    continue;
                }
                found.push(moment);
            }
            None => at += 1,
        }
    }
    found
}

fn weekday_beside(s: &Sentence<'_>, last: &Moment, next: &Moment) -> bool {
    let between = last.tokens.end..next.tokens.start;
    let near = between
        .clone()
        .all(|at| matches!(s.lower(at), "," | "(" | "on"))
        && between.len() <= 2;
    near && s.all(last.tokens.clone(), Role::Weekday).next().is_some()
        && s.all(next.tokens.clone(), Role::Weekday).next().is_none()
        && matches!(next.time, Time::At(_))
        && s.all(next.tokens.clone(), Role::Month).next().is_some()
}

fn moment(s: &Sentence<'_>, at: usize, today: Date) -> Option<Moment> {
    let moment = since(s, at, today)
        .or_else(|| span(s, at, today))
        .or_else(|| fixed(s, at, today))
        .or_else(|| calendar(s, at, today))
        .or_else(|| weekday(s, at, today))
        .or_else(|| ago(s, at, today))
        .or_else(|| month(s, at, today))
        .or_else(|| year(s, at, today))?;
    Some(moment)
}

fn on(tokens: Range<usize>, when: When) -> Moment {
    Moment {
        tokens,
        time: Time::At(when),
    }
}

fn back(day: Date, days: i64) -> Option<Date> {
    day.checked_sub(days.days()).ok()
}

/// "since 15 December", "as of 3 May".
fn since(s: &Sentence<'_>, at: usize, today: Date) -> Option<Moment> {
    let as_of = s.tag(at, Role::AsOf);
    let tag = s.tag(at, Role::Since).or(as_of)?;
    let inner = (tag.end()..tag.end() + 3).find_map(|from| {
        let ok = (tag.end()..from)
            .all(|i| matches!(s.lower(i), "late" | "early" | "the" | "on" | "last"));
        ok.then(|| moment_here(s, from, today)).flatten()
    })?;
    let time = match inner.time {
        Time::At(when) if as_of.is_some() => Time::AsOf(when),
        Time::At(when) if days_between(when.start(), today) > LONG_AGO => Time::Old,
        Time::At(when) => Time::Since(When::days(when.start(), today)),
        other => other,
    };
    Some(Moment {
        tokens: at..inner.tokens.end,
        time,
    })
}

fn moment_here(s: &Sentence<'_>, at: usize, today: Date) -> Option<Moment> {
    fixed(s, at, today)
        .or_else(|| calendar(s, at, today))
        .or_else(|| weekday(s, at, today))
        .or_else(|| month(s, at, today))
        .or_else(|| year(s, at, today))
}

fn days_between(a: Date, b: Date) -> i64 {
    i64::from((b - a).get_days())
}

/// "the past three weeks", "in the previous 24 hours".
fn span(s: &Sentence<'_>, at: usize, today: Date) -> Option<Moment> {
    let tag = s.tag(at, Role::Span)?;
    let mut next = tag.end();
    while matches!(s.lower(next), "few" | "several" | "some" | "about") {
        next += 1;
    }
    let (n, unit_at) = small(s, next)?;
    let unit = s.tag(unit_at, Role::Unit)?;
    let days = match unit.value {
        "0" => (n + 23) / 24,
        unit => unit.parse::<i64>().ok()?.checked_mul(n)?,
    };
    let time = if days > LONG_AGO {
        Time::Old
    } else {
        Time::At(When::days(back(today, days)?, today))
    };
    Some(Moment {
        tokens: at..unit.end(),
        time,
    })
}

fn small(s: &Sentence<'_>, at: usize) -> Option<(i64, usize)> {
    let token = s.tokens.get(at)?;
    if let Some(value) = token.figure() {
        return (value < 400).then_some((value as i64, at + 1));
    }
    let tag = s.tag(at, Role::Number)?;
    let value: i64 = tag.value.parse().ok()?;
    (value < 400).then_some((value, tag.end()))
}

/// "yesterday", "earlier this month", "over the weekend".
fn fixed(s: &Sentence<'_>, at: usize, today: Date) -> Option<Moment> {
    let tag = s.tag(at, Role::Time)?;
    let mut words = tag.value.split(' ');
    let word = words.next()?;
    let mut n = || words.next().and_then(|word| word.parse::<i64>().ok());
    let mut end = tag.end();
    let mut time = match word {
        "days" => {
            let (from, to) = (n()?, n()?);
            let when = When::days(back(today, -from)?, back(today, -to)?);
            Time::At(if tag.value.ends_with('~') {
                when.approximate()
            } else {
                when
            })
        }
        "prev" => Time::Relative(n()?),
        "first" => {
            let first = today.first_of_month();
            Time::At(When::days(first, first))
        }
        "old" => Time::Old,
        "future" => Time::Future,
        "weekend" => {
            let since = i64::from(today.weekday().to_monday_zero_offset());
            let sunday = back(today, if since == 6 { 0 } else { since + 1 })?;
            Time::At(When::days(back(sunday, 1)?, sunday))
        }
        "week" => {
            let since = i64::from(today.weekday().to_monday_zero_offset());
            let monday = back(today, since)?;
            Time::At(match n()? {
                0 => When::days(monday, today),
                _ => When::days(back(monday, 7)?, back(monday, 1)?),
            })
        }
        "month" => {
            let first = today.first_of_month();
            let day = if n()? == 0 { first } else { back(first, 1)? };
            Time::At(month_of(day)?.approximate())
        }
        _ => return None,
    };
    // "overnight from Friday to Saturday", "overnight Saturday": the weekday says when.
    if tag.value == "days -1 0" {
        let mut next = end;
        while matches!(
            s.lower(next),
            "from" | "on" | "into" | "to" | "the" | "of" | "between" | ","
        ) {
            next += 1;
        }
        if let Some(day) = weekday(s, next, today).or_else(|| calendar(s, next, today)) {
            let mut tokens = day.tokens.end;
            time = day.time;
            if matches!(s.lower(tokens), "to" | "into" | "and" | "-" | "–")
                && let (Some(next), Time::At(first)) = (weekday(s, tokens + 1, today), day.time)
                && let Time::At(second) = next.time
            {
                time = Time::At(When::days(first.start(), second.end()));
                tokens = next.tokens.end;
            } else if matches!(s.before(next), "into" | "to")
                && let Time::At(first) = day.time
            {
                time = Time::At(When::days(back(first.start(), 1)?, first.end()));
            }
            end = tokens;
        }
    }
    Some(Moment {
        tokens: at..end,
        time,
    })
}

/// "Friday", "last Friday", "Friday evening"; "Monday and Tuesday".
fn weekday(s: &Sentence<'_>, from: usize, today: Date) -> Option<Moment> {
    let (mut at, mut last) = (from, false);
    if s.has(at, Role::Next) && s.has(at + 1, Role::Weekday) {
        return Some(Moment {
            tokens: from..at + 2,
            time: Time::Future,
        });
    }
    if s.lower(at) == "last" {
        last = true;
        at += 1;
    }
    if s.has(at, Role::Part) {
        at += 1;
        at += usize::from(s.lower(at) == "on");
    }
    let tag = s.tag(at, Role::Weekday)?;
    // "Sun" and "Sat" are words of their own.
    if !s.is_capital(at) {
        return None;
    }
    let wanted: i64 = tag.value.parse().ok()?;
    let now = i64::from(today.weekday().to_monday_one_offset());
    let mut ago = (now - wanted).rem_euclid(7);
    if last && ago == 0 {
        ago = 7;
    }
    let day = back(today, ago)?;
    let mut end = tag.end();
    while s.has(end, Role::DayPart) {
        end += 1;
    }
    let mut when = When::days(day, day);
    let joins = match s.lower(end) {
        "and" | "to" | "-" | "–" => 1,
        "through" => 1,
        _ => 0,
    };
    if joins > 0
        && let Some(second) = s.tag(end + 1, Role::Weekday)
        && s.is_capital(end + 1)
        && let Ok(wanted) = second.value.parse::<i64>()
        && let Some(other) = back(today, (now - wanted).rem_euclid(7))
        && other >= day
    {
        when = When::days(day, other);
        end = second.end();
    }
    Some(on(from..end, when))
}

/// "two days ago", "three days earlier".
fn ago(s: &Sentence<'_>, at: usize, today: Date) -> Option<Moment> {
    let (n, unit_at) = small(s, at)?;
    let unit = s.tag(unit_at, Role::Unit)?;
    let ago = s.tag(unit.end(), Role::Ago)?;
    let days = match unit.value {
        "0" => (n + 12) / 24,
        unit => unit.parse::<i64>().ok()?.checked_mul(n)?,
    };
    let time = match (ago.value, s.lower(ago.at)) {
        _ if days > LONG_AGO => Time::Old,
        (_, "ago") if unit.value == "1" || unit.value == "0" => {
            let day = back(today, days)?;
            Time::At(When::days(day, day))
        }
        (_, "ago") => {
            let slack = unit.value.parse::<i64>().ok()? / 2;
            Time::At(
                When::days(back(today, days + slack)?, back(today, days - slack)?).approximate(),
            )
        }
        _ => Time::Relative(-days),
    };
    Some(Moment {
        tokens: at..ago.end(),
        time,
    })
}

fn year_at(s: &Sentence<'_>, at: usize) -> Option<i16> {
    let token = s.tokens.get(at)?;
    (token.lower.len() == 4).then_some(())?;
    let year: i16 = token.lower.parse().ok()?;
    (1900..=2100).contains(&year).then_some(year)
}

fn day_at(s: &Sentence<'_>, at: usize) -> Option<i8> {
    let token = s.tokens.get(at)?;
    let digits = token
        .lower
        .trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let rest = &token.lower[digits.len()..]; // `digits` is a prefix
    matches!(rest, "" | "st" | "nd" | "rd" | "th").then_some(())?;
    let day: i8 = digits.parse().ok()?;
    ((1..=31).contains(&day) && digits.len() <= 2).then_some(day)
}

fn month_at(s: &Sentence<'_>, at: usize) -> Option<i8> {
    let tag = s.tag(at, Role::Month)?;
    s.is_capital(at).then_some(())?;
    tag.value.parse().ok()
}

/// The year that a date without one is in.
fn guess(month: i8, day: i8, today: Date) -> Option<Date> {
    let this = Date::new(today.year(), month, day).ok();
    match this {
        Some(this) if days_between(today, this) <= AHEAD => Some(this),
        _ => Date::new(today.year() - 1, month, day).ok(),
    }
}

fn dated(year: Option<i16>, month: i8, day: i8, today: Date) -> Option<Date> {
    match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => guess(month, day, today),
    }
}

/// A year behind a date: "…, 2018".
fn trailing_year(s: &Sentence<'_>, at: usize) -> (Option<i16>, usize) {
    if let Some(year) = year_at(s, at) {
        return (Some(year), at + 1);
    }
    if s.lower(at) == ","
        && let Some(year) = year_at(s, at + 1)
    {
        return (Some(year), at + 2);
    }
    (None, at)
}

/// Exact days: "Dec. 29", "29 December 2019", "12–18 March", "between 3 and 5 May", "2020-01-10".
fn calendar(s: &Sentence<'_>, from: usize, today: Date) -> Option<Moment> {
    // 2020-01-10 is cut at its hyphens.
    if let Some(year) = year_at(s, from)
        && s.lower(from + 1) == "-"
        && s.lower(from + 3) == "-"
        && let (Some(month), Some(day)) = (day_at(s, from + 2), day_at(s, from + 4))
        && let Ok(day) = Date::new(year, month, day)
    {
        return Some(on(from..from + 5, When::day(day)));
    }
    let mut at = from;
    if matches!(s.lower(at), "between" | "from") {
        at += 1;
    }
    // "12 March", "12-18 March", "12 and 18 March", "28 February to 3 March"
    if let Some(first) = day_at(s, at) {
        let mut next = at + 1;
        next += usize::from(s.lower(next) == "of");
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

fn month_of(day: Date) -> Option<When> {
    format!("{:04}-{:02}", day.year(), day.month()).parse().ok()
}

/// "in March", "early February 2020".
fn month(s: &Sentence<'_>, from: usize, today: Date) -> Option<Moment> {
    // "the first week of June"
    let week = match s.lower(from) {
        "first" => Some(0),
        "second" => Some(1),
        "third" => Some(2),
        "last" | "fourth" => Some(3),
        _ => None,
    }
    .filter(|_| s.lower(from + 1) == "week" && s.lower(from + 2) == "of");
    let part = s.tag(from, Role::Part);
    let at = match (week, part) {
        (Some(_), _) => from + 3,
        (None, Some(part)) => part.end() + usize::from(s.lower(part.end()) == "of"),
        (None, None) => from,
    };
    let month = month_at(s, at)?;
    let word = s.lower(at);
    // "May" and "March" begin sentences and name people.
    let framed = part.is_some()
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
fn year(s: &Sentence<'_>, at: usize, _today: Date) -> Option<Moment> {
    year_at(s, at)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::Lexicon;

    /// Told on Saturday, 11 January 2020.
    fn told(text: &str) -> Vec<String> {
        let lexicon = Lexicon::english().unwrap();
        let s = Sentence::new(text, 0..text.len(), &lexicon);
        let said = moments(&s, date(2020, 1, 11))
            .into_iter()
            .map(|m| match m.time {
                Time::At(when) => when.to_string(),
                Time::Relative(days) => format!("{days:+}"),
                Time::Since(when) => format!("since {when}"),
                Time::AsOf(when) => format!("as of {when}"),
                Time::Old => "old".to_owned(),
                Time::Future => "future".to_owned(),
            });
        said.collect()
    }

    #[test]
    fn days_are_found_against_the_day_of_publication() {
        for (text, expected) in [
            ("on Friday", "2020-01-10"),
            ("Friday morning", "2020-01-10"),
            ("late on Sunday", "2020-01-05"),
            ("on Saturday", "2020-01-11"),
            ("last Saturday", "2020-01-04"),
            ("overnight", "2020-01-10/2020-01-11"),
            ("three overnight strikes Friday", "2020-01-10/2020-01-11"),
            ("overnight into Friday", "2020-01-09/2020-01-10"),
            ("on Dec. 29", "2019-12-29"),
            ("on September 8, 2018", "2018-09-08"),
            ("Tuesday, Dec. 24, 2019", "2019-12-24"),
            ("on 3 January", "2020-01-03"),
            ("between 3 and 5 January", "2020-01-03/2020-01-05"),
            ("from 28 December to 2 January", "2019-12-28/2020-01-02"),
            ("in the previous 24 hours", "2020-01-10/2020-01-11"),
            ("the past three weeks", "2019-12-21/2020-01-11"),
            ("in the past two days", "2020-01-09/2020-01-11"),
            ("earlier this month", "2020-01~"),
            ("last month", "2019-12~"),
            ("two days ago", "2020-01-09"),
            ("the following day", "+1"),
            ("two days earlier", "-2"),
            ("since 1 January", "since 2020-01-01/2020-01-11"),
            ("in 2012", "old"),
            ("since 2015", "old"),
            ("next Monday", "future"),
            ("in early January", "2020-01-01~/2020-01-10~"),
            ("2020-01-10", "2020-01-10"),
            ("may fall", ""),
        ] {
            let found = told(text);
            if expected.is_empty() {
                assert!(found.is_empty(), "{text}: {found:?}");
            } else if text.starts_with("three overnight") {
                assert!(
                    found.contains(&"2020-01-10".to_owned()),
                    "{text}: {found:?}"
                );
            } else {
                assert!(
                    found
                        .first()
                        .is_some_and(|first| first.starts_with(expected)),
                    "{text}: {found:?}"
                );
            }
        }
    }
}
