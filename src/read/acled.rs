//! What is particular to exports of the Armed Conflict Location & Event Data Project (ACLED).
//!
//! Source: ACLED (2023), *Codebook*: `time_precision` 1 is the day, 2 the week, 3 the month; `geo_precision` 1 is the
//! settlement, 2 a point near it or in its area, 3 a larger region, given by the point of a provincial capital.

use jiff::civil::Date;

use crate::record::{Count, Kind, Precision, When};

use super::cells::{KILLED, Memory, bad, count};
use super::columns::Field;
use super::problem::Problems;
use super::sheet::Row;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Event types of before 2019 that say what a sub-event type says. "Remote violence" and "Riots/Protests" do not.
const OLD_KINDS: [(&str, Kind); 5] = [
    ("battle-no change of territory", Kind::ArmedClash),
    (
        "battle-government regains territory",
        Kind::GovernmentRegainsTerritory,
    ),
    (
        "battle-non-state actor overtakes territory",
        Kind::NonStateActorOvertakesTerritory,
    ),
    ("strategic development", Kind::Other),
    (
        "excessive force against protestors",
        Kind::ExcessiveForceAgainstProtesters,
    ),
];

/// `10 January 2020`, `10-Jan-2020` or `10-Jan-20`.
fn day_month_year(cell: &str) -> Option<Date> {
    let mut parts = cell.split([' ', '-']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |name: &&str| name.get(..3).is_some_and(|s| s.eq_ignore_ascii_case(month));
    let at = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(month) || short(name))?;
    let year: i16 = match (year.len(), year.parse().ok()?) {
        (4, year) => year,
        // ACLED begins in 1997.
        (2, year @ 0..=96) => 2000 + year,
        (2, year) => 1900 + year,
        _ => return None,
    };
    // There are twelve months.
    let date = Date::new(year, at as i8 + 1, day.parse().ok()?).ok()?;
    parts.next().is_none().then_some(date)
}

/// `event_date` with `time_precision`. The date of a week or month is a day within it: a week becomes the six days around
/// as well, a month the whole month, both approximate.
pub(super) fn when(row: &Row, memory: &mut Memory, problems: &mut Problems) -> Option<When> {
    let cell = row.cell(Field::Date);
    let day = memory.day(cell, || match day_month_year(cell) {
        Some(day) => Some(day),
        None => match cell.parse::<When>() {
            Ok(when) if when.start() == when.end() => Some(when.start()),
            Ok(_) => {
                let message = "is not a day: write e.g. 2020-01-10";
                bad(row, Field::Date, problems, message);
                None
            }
            Err(error) => {
                bad(row, Field::Date, problems, error);
                None
            }
        },
    })?;
    match row.cell(Field::DatePrecision) {
        "" | "1" => Some(When::day(day)),
        "2" => Some(around(day)),
        "3" => Some(When::days(day.first_of_month(), day.last_of_month()).approximate()),
        _ => {
            bad(
                row,
                Field::DatePrecision,
                problems,
                "is not a time precision: 1 (day), 2 (week) or 3 (month)",
            );
            None
        }
    }
}

fn around(day: Date) -> When {
    let three = jiff::Span::new().days(3);
    When::days(day.saturating_sub(three), day.saturating_add(three)).approximate()
}

/// `sub_event_type`, or the event type where there is none.
pub(super) fn kind(row: &Row, memory: &mut Memory, problems: &mut Problems) -> Option<Kind> {
    let cell = row.cell(Field::Kind);
    let old = OLD_KINDS
        .iter()
        .find(|(name, _)| cell.len() == name.len() && name.eq_ignore_ascii_case(cell));
    match old {
        Some((_, kind)) => Some(*kind),
        None => memory.kind(row, problems),
    }
}

/// `fatalities`. ACLED writes 0 where nobody is reported killed and where nobody says how many: that is no claim that
/// nobody was.
pub(super) fn killed(row: &Row, problems: &mut Problems) -> Option<Count> {
    count(row, KILLED, problems).filter(|killed| *killed != Count::exactly(0))
}

/// `geo_precision` on the scale of UCDP.
pub(super) fn precision(row: &Row, problems: &mut Problems) -> Option<Precision> {
    match row.cell(Field::Precision) {
        "" => None,
        "1" => Some(Precision::Exact),
        "2" => Some(Precision::Near),
        "3" => Some(Precision::Governorate),
        _ => {
            bad(
                row,
                Field::Precision,
                problems,
                "is not a geo-precision: 1 (settlement), 2 (near it) or 3 (larger region)",
            );
            None
        }
    }
}
