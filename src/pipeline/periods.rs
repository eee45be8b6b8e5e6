//! How time is cut into the periods of a batch.

use std::str::FromStr;

use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::record::Period;

/// More maps than this are a mistake: a date of 1020 for 2020 makes as many days.
const MOST: usize = 20_000;

/// How time is cut.
#[derive(Clone, Debug, PartialEq)]
pub enum Cut {
    /// By the calendar.
    Every(Every),
    /// A window of so many days that moves by so many.
    Rolling {
        /// Days in it.
        window: i32,
        /// Days from one to the next.
        step: i32,
    },
    /// As a table has it.
    Ranges(Vec<Range>),
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// A day.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

/// A period with a name of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The period.
    pub period: Period,
    /// What people call it: "First offensive".
    pub name: Option<String>,
}

/// Time cannot be cut that way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CutError {
    /// Nothing says from when to when.
    #[error("no record has a date to start from: give --period")]
    NoTime,
    /// Too many.
    #[error(
        "{from} to {to} makes more than {MOST} maps: give --period for the time that is meant, or longer periods"
    )]
    TooMany {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
}

impl Cut {
    /// The periods that a time is cut into. Where the time was asked for, none reaches out of it.
    ///
    /// # Errors
    /// Where there is no time to cut, or it makes too many.
    pub fn periods(
        &self,
        asked: Option<Period>,
        of_data: Option<Period>,
    ) -> Result<Vec<Range>, CutError> {
        if let Self::Ranges(ranges) = self {
            return Ok(ranges.clone());
        }
        let time = asked.or(of_data).ok_or(CutError::NoTime)?;
        let mut start = match self {
            Self::Every(every) => every.around(time.start()).start(),
            _ => time.start(),
        };
        let mut periods = Vec::new();
        while start <= time.end() {
            let (period, next) = match self {
                Self::Rolling { window, step } => (
                    Period::new(start, later(start, window - 1)),
                    later(start, *step),
                ),
                Self::Every(every) => {
                    let period = every.around(start);
                    (period, later(period.end(), 1))
                }
                Self::Ranges(_) => break,
            };
            let rolling = matches!(self, Self::Rolling { .. });
            // A window that is cut short does not compare with the others.
            if rolling && period.end() > time.end() && !periods.is_empty() {
                break;
            }
            let period = match asked {
                Some(asked) if !rolling => Period::new(
                    period.start().max(asked.start()),
                    period.end().min(asked.end()),
                ),
                _ => period,
            };
            if periods.len() == MOST {
                return Err(CutError::TooMany {
                    from: time.start(),
                    to: time.end(),
                });
            }
            periods.push(Range { period, name: None });
            if next <= start {
                break;
            }
            start = next;
        }
        Ok(periods)
    }
}

fn later(date: Date, days: i32) -> Date {
    // Beyond the calendar's end there is no other period.
    date.saturating_add(Span::new().days(days))
}

impl Every {
    /// The unit that a day is in.
    fn around(self, day: Date) -> Period {
        let months = |first: i8, n: i8| {
            let start = Date::new(day.year(), first, 1).unwrap_or(day);
            let last = Date::new(day.year(), first + n - 1, 1).unwrap_or(day);
            Period::new(start, last.last_of_month())
        };
        match self {
            Self::Day => Period::new(day, day),
            Self::Week => {
                let monday = day.weekday().since(Weekday::Monday);
                let start = day.saturating_sub(Span::new().days(monday));
                Period::new(start, later(start, 6))
            }
            Self::Month => Period::month_of(day),
            Self::Quarter => months((day.month() - 1) / 3 * 3 + 1, 3),
            Self::Year => months(1, 12),
        }
    }
}

impl FromStr for Every {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "day" => Ok(Self::Day),
            "week" => Ok(Self::Week),
            "month" => Ok(Self::Month),
            "quarter" => Ok(Self::Quarter),
            "year" => Ok(Self::Year),
            _ => Err(format!(
                "\"{text}\" is no unit of the calendar: write day, week, month, quarter or year"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(cut: Cut, asked: Option<&str>, of_data: &str) -> Vec<String> {
        let asked = asked.map(|text| text.parse().unwrap());
        let periods = cut.periods(asked, Some(of_data.parse().unwrap())).unwrap();
        periods
            .iter()
            .map(|range| range.period.to_string())
            .collect()
    }

    #[test]
    fn units_of_the_calendar_are_whole_unless_a_time_is_asked_for() {
        let months = cut(Cut::Every(Every::Month), None, "2019-11-20/2020-01-03");
        assert_eq!(months, ["2019-11", "2019-12", "2020-01"]);
        let asked = Some("2019-12-15/2020-01-10");
        let months = cut(Cut::Every(Every::Month), asked, "2018");
        assert_eq!(months, ["2019-12-15/2019-12-31", "2020-01-01/2020-01-10"]);
        let quarters = cut(Cut::Every(Every::Quarter), None, "2020-02-01/2020-04-01");
        assert_eq!(quarters, ["2020-01/2020-03", "2020-04/2020-06"]);
        assert_eq!(
            cut(Cut::Every(Every::Year), None, "2020-02/2021-01"),
            ["2020", "2021"]
        );
        // 1 January 2020 was a Wednesday.
        assert_eq!(
            cut(Cut::Every(Every::Week), None, "2020-01-01/2020-01-06"),
            ["2019-12-30/2020-01-05", "2020-01-06/2020-01-12"]
        );
        assert_eq!(
            cut(Cut::Every(Every::Day), None, "2020-02-28/2020-03-01").len(),
            3
        );
    }

    #[test]
    fn windows_roll_to_the_end_and_all_are_as_long() {
        let rolling = Cut::Rolling {
            window: 10,
            step: 5,
        };
        assert_eq!(
            cut(rolling.clone(), None, "2020-01-01/2020-01-22"),
            [
                "2020-01-01/2020-01-10",
                "2020-01-06/2020-01-15",
                "2020-01-11/2020-01-20"
            ]
        );
        assert_eq!(
            cut(rolling, None, "2020-01-01"),
            ["2020-01-01/2020-01-10"],
            "shorter data than a window makes one"
        );
    }

    #[test]
    fn a_slip_of_a_date_does_not_make_a_million_maps() {
        let days = Cut::Every(Every::Day).periods(None, Some("1020/2020".parse().unwrap()));
        assert!(matches!(days, Err(CutError::TooMany { .. })));
        assert_eq!(
            Cut::Every(Every::Day).periods(None, None),
            Err(CutError::NoTime)
        );
    }
}
