//! The time that a map is about.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;

use super::{When, WhenError};

/// From one day to another, both included.
///
/// ```
/// use dateline::record::Period;
/// let period: Period = "2020-01-08/2020-01-20".parse().unwrap();
/// assert_eq!(period.label(), "8–20 January 2020");
/// assert_eq!(period.slug(), "2020-01-08--2020-01-20");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    start: Date,
    end: Date,
}

impl Period {
    /// From one day to another, both included, in either order.
    pub fn new(a: Date, b: Date) -> Period {
        Period {
            start: a.min(b),
            end: a.max(b),
        }
    }

    /// The calendar month that this day is in.
    pub fn month_of(date: Date) -> Period {
        Period {
            start: date.first_of_month(),
            end: date.last_of_month(),
        }
    }

    /// First day.
    pub fn start(&self) -> Date {
        self.start
    }

    /// Last day.
    pub fn end(&self) -> Date {
        self.end
    }

    /// Number of days, at least 1.
    pub fn days(&self) -> i32 {
        // Both are dates of jiff's calendar, whose whole span is under four million days.
        (self.end - self.start).get_days() + 1
    }

    /// Whether all of `when` lies within.
    pub fn contains(&self, when: &When) -> bool {
        self.start <= when.start() && when.end() <= self.end
    }

    /// Whether some of `when` lies within: it may belong here.
    pub fn overlaps(&self, when: &When) -> bool {
        self.start <= when.end() && when.start() <= self.end
    }

    /// Whether all of `when` lies within, and so far from the ends that doubts about it make no difference: a date that
    /// is "about" may be off by as much as it is long, at least by a week; one that may be wrong by a month.
    pub fn surely_contains(&self, when: &When) -> bool {
        let long = Period::new(when.start(), when.end()).days();
        let slack = match (when.is_uncertain(), when.is_approximate()) {
            (true, _) => long.max(31),
            (false, true) => long.max(7),
            (false, false) => 0,
        };
        let slack = Span::new().days(slack);
        // Beyond the calendar's ends there is no other period.
        let first = when.start().saturating_sub(slack);
        let last = when.end().saturating_add(slack);
        self.start <= first && last <= self.end
    }

    /// The part of the days of `when` that lies within, 0 to 1.
    pub fn share(&self, when: &When) -> f64 {
        if !self.overlaps(when) {
            return 0.0;
        }
        let all = Period::new(when.start(), when.end());
        let within = Period::new(self.start.max(all.start), self.end.min(all.end));
        f64::from(within.days()) / f64::from(all.days())
    }

    /// The calendar months that it touches, whole.
    pub fn months(&self) -> impl Iterator<Item = Period> {
        let end = self.end;
        std::iter::successors(Some(Period::month_of(self.start)), |month| {
            month.end.tomorrow().ok().map(Period::month_of)
        })
        .take_while(move |month| month.start <= end)
    }

    /// For a title: "2020", "January 2020", "8–20 January 2020", "December 2019 – February 2020".
    pub fn label(&self) -> String {
        let (a, b) = (self.start, self.end);
        let (ma, mb) = (month_name(a), month_name(b));
        let same_year = a.year() == b.year();
        let same_month = same_year && a.month() == b.month();
        let (ya, yb) = (a.year(), b.year());
        match self.unit() {
            Unit::Years if same_year => format!("{ya}"),
            Unit::Years => format!("{ya}–{yb}"),
            Unit::Months if same_month => format!("{ma} {ya}"),
            Unit::Months if same_year => format!("{ma}–{mb} {ya}"),
            Unit::Months => format!("{ma} {ya} – {mb} {yb}"),
            Unit::Days if a == b => format!("{} {ma} {ya}", a.day()),
            Unit::Days if same_month => format!("{}–{} {ma} {ya}", a.day(), b.day()),
            Unit::Days if same_year => format!("{} {ma} – {} {mb} {ya}", a.day(), b.day()),
            Unit::Days => format!("{} {ma} {ya} – {} {mb} {yb}", a.day(), b.day()),
        }
    }

    /// For a file name: "2020", "2020-01", "2020-01-08--2020-01-20". ISO 8601 lets `--` stand for the solidus.
    pub fn slug(&self) -> String {
        self.to_string().replace('/', "--")
    }

    fn unit(&self) -> Unit {
        let months = self.start.day() == 1 && self.end == self.end.last_of_month();
        match months {
            true if self.start.month() == 1 && self.end.month() == 12 => Unit::Years,
            true => Unit::Months,
            false => Unit::Days,
        }
    }
}

/// The largest unit that a period is made of.
enum Unit {
    Days,
    Months,
    Years,
}

fn month_name(date: Date) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    // A month is 1 to 12.
    NAMES[date.month() as usize - 1]
}

/// The shortest EDTF that names it.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let width = match self.unit() {
            Unit::Years => 4,
            Unit::Months => 7,
            Unit::Days => 10,
        };
        let (a, b) = (self.start.to_string(), self.end.to_string());
        // Years before 0 have a sign and six digits; they cannot be written in the short form.
        let cut = |s: &str| s.get(..s.len().min(width)).unwrap_or(s).to_owned();
        let (a, b) = (cut(&a), cut(&b));
        if a == b {
            f.write_str(&a)
        } else {
            write!(f, "{a}/{b}")
        }
    }
}

/// From `2020`, `2020-01`, `2020-01-10` or two of them with `/` between.
impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Period, PeriodError> {
        let when: When = text.parse()?;
        if when.is_approximate() || when.is_uncertain() {
            return Err(PeriodError::Vague);
        }
        Ok(Period {
            start: when.start(),
            end: when.end(),
        })
    }
}

/// The time that is the whole period.
impl From<Period> for When {
    fn from(period: Period) -> When {
        // The short form ("2017-03") is always a date; days are the same time written longer.
        let when = period.to_string().parse();
        when.unwrap_or_else(|_| When::days(period.start, period.end))
    }
}

/// Why a text is not a period, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Not a date or an interval.
    #[error(transparent)]
    Date(#[from] WhenError),
    /// A period is chosen, not reported.
    #[error("is vague: a period has no ~, ? or %, e.g. 2020-01 or 2019-12/2020-02")]
    Vague,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn labels_and_slugs() {
        for (text, label, slug) in [
            ("2020", "2020", "2020"),
            ("2016/2019", "2016–2019", "2016--2019"),
            ("2020-01", "January 2020", "2020-01"),
            ("2020-01-01/2020-01-31", "January 2020", "2020-01"),
            ("2020-01/2020-12", "2020", "2020"),
            ("2020-01/2020-03", "January–March 2020", "2020-01--2020-03"),
            (
                "2019-12/2020-02",
                "December 2019 – February 2020",
                "2019-12--2020-02",
            ),
            ("2020-01-10", "10 January 2020", "2020-01-10"),
            (
                "2020-01-08/2020-01-20",
                "8–20 January 2020",
                "2020-01-08--2020-01-20",
            ),
            (
                "2020-01-28/2020-02-03",
                "28 January – 3 February 2020",
                "2020-01-28--2020-02-03",
            ),
            (
                "2019-12-28/2020-01-03",
                "28 December 2019 – 3 January 2020",
                "2019-12-28--2020-01-03",
            ),
        ] {
            assert_eq!(p(text).label(), label);
            assert_eq!(p(text).slug(), slug);
            assert_eq!(p(&p(text).to_string()), p(text));
            assert_eq!(When::from(p(text)).to_string(), p(text).to_string());
        }
        assert_eq!("2020~".parse::<Period>(), Err(PeriodError::Vague));
        assert!("2020-13".parse::<Period>().is_err());
    }

    #[test]
    fn what_lies_within() {
        let january = p("2020-01");
        for (when, contains, overlaps) in [
            ("2020-01-31", true, true),
            ("2020-01", true, true),
            ("2020", false, true),
            ("2019-12-30/2020-01-01", false, true),
            ("2020-02-01", false, false),
            ("2019-12~", false, false),
        ] {
            let when: When = when.parse().unwrap();
            assert_eq!(january.contains(&when), contains, "{when}");
            assert_eq!(january.overlaps(&when), overlaps, "{when}");
        }
    }

    #[test]
    fn months_and_days() {
        let months: Vec<String> = p("2019-12-31/2020-02-01")
            .months()
            .map(|m| m.slug())
            .collect();
        assert_eq!(months, ["2019-12", "2020-01", "2020-02"]);
        assert_eq!(p("2020-02").days(), 29);
        assert_eq!(p("2020").days(), 366);
        assert_eq!(Period::new(Date::MAX, Date::MAX).months().count(), 1);
    }
}
