//! When: the times that a sentence names, against the day of publication.

mod named;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use named::{calendar, month, month_of, year};

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
    /// The so many days after the one told before.
    Following(i64),
    /// From then to publication.
    Since(When),
    /// Known by then.
    AsOf(When),
    /// Long ago, or always.
    Old,
    /// Yet to come.
    Future,
}

impl Time {
    /// A day is named.
    pub fn is_day(&self) -> bool {
        matches!(self, Time::At(when) if when.is_exact_day())
    }
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
    // "since the start of the year" is a phrase of its own.
    let long = s.tag(at, Role::Time).is_some_and(|tag| tag.len > 3);
    let moment = long
        .then(|| fixed(s, at, today))
        .flatten()
        .or_else(|| since(s, at, today))
        .or_else(|| calendar(s, at, today))
        .or_else(|| span(s, at, today))
        .or_else(|| fixed(s, at, today))
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
    // "over the following two days"
    if matches!(s.lower(at), "following" | "next")
        && s.before(at) == "the"
        && let Some((n, unit_at)) = small(s, at + 1)
        && s.tag(unit_at, Role::Unit)
            .is_some_and(|unit| unit.value == "1")
    {
        return Some(Moment {
            tokens: at..unit_at + 1,
            time: Time::Following(n),
        });
    }
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
    // "a day after it had announced": a clause of its own.
    if s.lower(tag.end() - 1) == "after" && s.is_word(tag.end()) {
        return None;
    }
    // "during the week of 1 to 7 November"
    if s.lower(tag.end()) == "of"
        && matches!(s.lower(tag.end() - 1), "week" | "month" | "weekend")
        && let Some(named) = calendar(s, tag.end() + 1, today)
    {
        return Some(Moment {
            tokens: at..named.tokens.end,
            time: named.time,
        });
    }
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
    // "two days later", "a few days on"
    let on = matches!(s.lower(unit.end()), "later" | "afterwards") && unit.value == "1";
    if on {
        return Some(Moment {
            tokens: at..unit.end() + 1,
            time: Time::Relative(n),
        });
    }
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
