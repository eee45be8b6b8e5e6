//! Text → [`When`].

use std::str::FromStr;

use jiff::civil::Date;

use super::{Edge, Unit, When};

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<When, WhenError> {
        let text = text.trim();
        let Some((first, last)) = text.split_once('/') else {
            return Ok(When::from_edges(edge(text)?, None));
        };
        if let ("" | "..", _) | (_, "" | "..") = (first.trim(), last.trim()) {
            return Err(WhenError::Open);
        }
        // 10/01/2020 is far more often a spreadsheet's date than an interval gone wrong.
        if last.contains('/') || (first.len() <= 2 && last.len() <= 4) {
            return Err(guess(text));
        }
        let (first, last) = (edge(first.trim())?, edge(last.trim())?);
        if last.end() < first.date || last.date < first.date {
            return Err(WhenError::Order);
        }
        Ok(When::from_edges(first, Some(last)))
    }
}

fn edge(text: &str) -> Result<Edge, WhenError> {
    let (bare, approximate, uncertain) = match text.as_bytes().last() {
        Some(b'~') => (&text[..text.len() - 1], true, false),
        Some(b'?') => (&text[..text.len() - 1], false, true),
        Some(b'%') => (&text[..text.len() - 1], true, true),
        _ => (text, false, false),
    };
    let (date, unit) = match parts(bare.as_bytes()) {
        Some([Part::N(year), Part::None, _]) => (date(year, 1, 1)?, Unit::Year),
        Some([Part::N(year), Part::N(month), Part::None]) => (date(year, month, 1)?, Unit::Month),
        Some([Part::N(year), Part::N(month), Part::N(day)]) => (date(year, month, day)?, Unit::Day),
        // "2020-01-XX": a day of that month, which is what "2020-01" says.
        Some([Part::N(year), Part::N(month), Part::Unknown]) => {
            (date(year, month, 1)?, Unit::Month)
        }
        Some([Part::N(year), Part::Unknown, Part::None | Part::Unknown]) => {
            (date(year, 1, 1)?, Unit::Year)
        }
        _ => return Err(guess(text)),
    };
    Ok(Edge {
        date,
        unit,
        approximate,
        uncertain,
    })
}

#[derive(Clone, Copy)]
enum Part {
    N(i16),
    Unknown,
    None,
}

/// Year, month and day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn parts(text: &[u8]) -> Option<[Part; 3]> {
    let part = |range: std::ops::Range<usize>| -> Option<Part> {
        let digits = text.get(range)?;
        if digits == b"XX" {
            return Some(Part::Unknown);
        }
        digits
            .iter()
            .try_fold(0i16, |n, b| {
                b.is_ascii_digit().then(|| n * 10 + i16::from(b - b'0'))
            })
            .map(Part::N)
    };
    let dash = |at: usize| (text.get(at) == Some(&b'-')).then_some(());
    match text.len() {
        4 => Some([part(0..4)?, Part::None, Part::None]),
        7 => {
            dash(4)?;
            Some([part(0..4)?, part(5..7)?, Part::None])
        }
        10 => {
            dash(4)?;
            dash(7)?;
            Some([part(0..4)?, part(5..7)?, part(8..10)?])
        }
        _ => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Result<Date, WhenError> {
    if (21..=41).contains(&month) {
        return Err(WhenError::Season);
    }
    if !(1..=12).contains(&month) {
        return Err(WhenError::Month);
    }
    // Both fit: a month is 1 to 12, a day has two digits.
    Date::new(year, month as i8, day as i8).map_err(|_| {
        let days = Date::new(year, month as i8, 1).map_or(31, |d| d.days_in_month());
        WhenError::Day { days: days as u8 }
    })
}

/// What the text probably is, if it is not EDTF.
fn guess(text: &str) -> WhenError {
    if text.is_empty() {
        return WhenError::Empty;
    }
    if text.len() > 10 && text.is_char_boundary(10) && edge(&text[..10]).is_ok() {
        return match text.as_bytes()[10] {
            b'T' | b't' | b' ' => WhenError::Time,
            _ => WhenError::Form,
        };
    }
    let numbers: Vec<&str> = text
        .split(['/', '.', '-', ' '])
        .filter(|p| !p.is_empty())
        .collect();
    let [a, b, c] = numbers[..] else {
        return match text.parse::<u32>() {
            Ok(n) => serial(n).unwrap_or(WhenError::Form),
            Err(_) => WhenError::Form,
        };
    };
    let number = |s: &str| s.parse::<i16>().ok().filter(|_| s.len() <= 4);
    match (number(a), number(b), number(c)) {
        // 10/01/2020 and 10.1.2020: which of the two is the month cannot be known from one cell.
        (Some(x), Some(y), Some(year)) if c.len() == 4 => {
            let iso = |month: i16, day: i16| date(year, month, day).ok();
            match (iso(y, x), iso(x, y)) {
                (Some(dmy), Some(mdy)) if dmy != mdy => WhenError::Spreadsheet { dmy, mdy },
                (Some(one), _) | (None, Some(one)) => WhenError::Reordered { date: one },
                _ => WhenError::Form,
            }
        }
        // 2020/1/10, 2020-1-10
        (Some(year), Some(month), Some(day)) if a.len() == 4 => match date(year, month, day) {
            Ok(date) => WhenError::Reordered { date },
            Err(error) => error,
        },
        _ => WhenError::Form,
    }
}

/// A spreadsheet's day number: days since 1899-12-30.
fn serial(n: u32) -> Option<WhenError> {
    let days = i32::try_from(n)
        .ok()
        .filter(|n| (30_000..60_000).contains(n))?;
    let date = Date::constant(1899, 12, 30)
        .checked_add(jiff::Span::new().days(days))
        .ok()?;
    Some(WhenError::Serial { date })
}

/// Why a text is not a date, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Nothing there.
    #[error("is empty: write e.g. 2020-01-10, 2020-01 or 2020-01-08/2020-01-10")]
    Empty,
    /// None of the forms.
    #[error(
        "is not a date: write e.g. 2020-01-10, 2020-01, 2020-01-08/2020-01-10, 2019-12~ (about) or 2019-12-24? (uncertain)"
    )]
    Form,
    /// There is no such month.
    #[error("has no such month: months are 01 to 12, e.g. 2020-01-10")]
    Month,
    /// The month has fewer days.
    #[error("has no such day: that month has days 01 to {days}")]
    Day {
        /// Days of that month.
        days: u8,
    },
    /// EDTF's codes for seasons.
    #[error(
        "has no such month (21 to 41 are EDTF's seasons): write the months, e.g. 2020-03/2020-05"
    )]
    Season,
    /// An interval that starts or ends nowhere.
    #[error("is an interval with an open end: write both ends, e.g. 2020-01-08/2020-01-10")]
    Open,
    /// An interval that ends before it starts.
    #[error("is an interval that ends before it starts: write the earlier date first")]
    Order,
    /// A date with a time of day.
    #[error("has a time of day: write the day only, e.g. 2020-01-10")]
    Time,
    /// A spreadsheet's date of which day and month cannot be told apart.
    #[error("is ambiguous: write {dmy} or {mdy}")]
    Spreadsheet {
        /// Read as day, month, year.
        dmy: Date,
        /// Read as month, day, year.
        mdy: Date,
    },
    /// A date that is clear but written another way.
    #[error("is not written year-month-day: write {date}")]
    Reordered {
        /// What it most likely means.
        date: Date,
    },
    /// A spreadsheet's day number.
    #[error("is a spreadsheet's day number: format the column as a date, here probably {date}")]
    Serial {
        /// What it most likely means.
        date: Date,
    },
}
