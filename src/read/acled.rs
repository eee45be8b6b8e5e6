//! What is particular to exports of the Armed Conflict Location & Event Data Project (ACLED).
//!
//! Source: ACLED (2023), *Codebook*: `time_precision` 1 is the day, 2 the week, 3 the month; `geo_precision` 1 is the
//! settlement, 2 a point near it or in its area, 3 a larger region, given by the point of a provincial capital.

use jiff::civil::Date;
use jiff::fmt::strtime;

use crate::record::{Precision, When};

use super::cells::bad;
use super::columns::Field;
use super::problem::Problems;
use super::sheet::Row;

/// `event_date` as `2020-01-10` or `10 January 2020`, with `time_precision`. The date of a week or month is a day
/// within it: a week becomes the six days around as well, a month the whole month, both approximate.
pub(super) fn when(row: &Row, problems: &mut Problems) -> Option<When> {
    let cell = row.cell(Field::Date);
    let day = match strtime::parse("%d %B %Y", cell).and_then(|date| date.to_date()) {
        Ok(day) => day,
        Err(_) => match cell.parse::<When>() {
            Ok(when) if when.start() == when.end() => when.start(),
            Ok(_) => {
                bad(
                    row,
                    Field::Date,
                    problems,
                    "is not a day: write e.g. 2020-01-10",
                );
                return None;
            }
            Err(error) => {
                bad(row, Field::Date, problems, error);
                return None;
            }
        },
    };
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
