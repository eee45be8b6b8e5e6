use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn w(text: &str) -> When {
    text.parse().unwrap_or_else(|e| panic!("{text:?} {e}"))
}

#[test]
fn edtf_forms() {
    for (text, start, end, exact, approximate, uncertain) in [
        (
            "2020-01-10",
            date(2020, 1, 10),
            date(2020, 1, 10),
            true,
            false,
            false,
        ),
        (
            "2020-01",
            date(2020, 1, 1),
            date(2020, 1, 31),
            false,
            false,
            false,
        ),
        (
            "2020",
            date(2020, 1, 1),
            date(2020, 12, 31),
            false,
            false,
            false,
        ),
        (
            "2020-02~",
            date(2020, 2, 1),
            date(2020, 2, 29),
            false,
            true,
            false,
        ),
        (
            "2019-12-24?",
            date(2019, 12, 24),
            date(2019, 12, 24),
            false,
            false,
            true,
        ),
        (
            "2019%",
            date(2019, 1, 1),
            date(2019, 12, 31),
            false,
            true,
            true,
        ),
        (
            "2020-01-08/2020-01-10",
            date(2020, 1, 8),
            date(2020, 1, 10),
            false,
            false,
            false,
        ),
        (
            "2019-12~/2020-02-03?",
            date(2019, 12, 1),
            date(2020, 2, 3),
            false,
            true,
            true,
        ),
    ] {
        let when = w(text);
        assert_eq!((when.start(), when.end()), (start, end), "{text}");
        assert_eq!(
            (
                when.is_exact_day(),
                when.is_approximate(),
                when.is_uncertain()
            ),
            (exact, approximate, uncertain),
            "{text}"
        );
        assert_eq!(when.to_string(), text);
    }
    assert_eq!(w("2020-01-XX"), w("2020-01"));
    assert_eq!(w("2020-XX-XX"), w("2020"));
    assert_eq!(w("2020-01-10/2020-01-10"), w("2020-01-10"));
}

#[test]
fn what_is_no_date_says_what_to_write() {
    for (text, message) in [
        (
            "",
            "is empty: write e.g. 2020-01-10, 2020-01 or 2020-01-08/2020-01-10",
        ),
        (
            "2020-02-30",
            "has no such day: that month has days 01 to 29",
        ),
        (
            "2020-00",
            "has no such month: months are 01 to 12, e.g. 2020-01-10",
        ),
        (
            "2020-13",
            "has no such month: months are 01 to 12, e.g. 2020-01-10",
        ),
        ("10/01/2020", "is ambiguous: write 2020-01-10 or 2020-10-01"),
        (
            "24/12/2019",
            "is not written year-month-day: write 2019-12-24",
        ),
        (
            "24.12.2019",
            "is not written year-month-day: write 2019-12-24",
        ),
        (
            "2020/1/10",
            "is not written year-month-day: write 2020-01-10",
        ),
        (
            "2020-1-5",
            "is not written year-month-day: write 2020-01-05",
        ),
        (
            "43840",
            "is a spreadsheet's day number: format the column as a date, here probably 2020-01-10",
        ),
        (
            "2020-01-10T12:00",
            "has a time of day: write the day only, e.g. 2020-01-10",
        ),
        (
            "2020-01-10 00:00:00",
            "has a time of day: write the day only, e.g. 2020-01-10",
        ),
        (
            "2020-01-10/..",
            "is an interval with an open end: write both ends, e.g. 2020-01-08/2020-01-10",
        ),
        (
            "/2020-01-10",
            "is an interval with an open end: write both ends, e.g. 2020-01-08/2020-01-10",
        ),
        (
            "2020-01-10/2020-01-08",
            "is an interval that ends before it starts: write the earlier date first",
        ),
        (
            "2020-21",
            "has no such month (21 to 41 are EDTF's seasons): write the months, e.g. 2020-03/2020-05",
        ),
    ] {
        assert_eq!(
            text.parse::<When>().unwrap_err().to_string(),
            message,
            "{text}"
        );
    }
    for text in [
        "yesterday",
        "10 January 2020",
        "99/99/2020",
        "2020-01-10x",
        "20-01-10",
        "-",
        "/",
        "//",
        "2020-é",
    ] {
        assert!(text.parse::<When>().is_err(), "{text}");
    }
}

#[test]
fn hull_of_claims() {
    for (a, b, both) in [
        ("2020-01-10", "2020-01-10", "2020-01-10"),
        ("2020-01-10", "2020-01-12", "2020-01-10/2020-01-12"),
        ("2020-01-10", "2020-01", "2020-01"),
        ("2020-01-01", "2020-01", "2020-01"),
        ("2020-01-31?", "2020-01", "2020-01/2020-01?"),
        ("2020-01~", "2020-01-31/2020-02-03", "2020-01~/2020-02-03"),
    ] {
        assert_eq!(w(a).hull(w(b)).to_string(), both, "{a} | {b}");
        assert_eq!(w(b).hull(w(a)).to_string(), both, "{b} | {a}");
    }
}

pub(crate) fn any_when() -> impl Strategy<Value = When> {
    let edge = || {
        (1900i16..2100, 1i8..=12, 1i8..=28, 0..3, any::<[bool; 2]>()).prop_map(
            |(y, m, d, unit, [approximate, uncertain])| {
                let (unit, date) = match unit {
                    0 => (Unit::Day, date(y, m, d)),
                    1 => (Unit::Month, date(y, m, 1)),
                    _ => (Unit::Year, date(y, 1, 1)),
                };
                Edge {
                    date,
                    unit,
                    approximate,
                    uncertain,
                }
            },
        )
    };
    (edge(), proptest::option::of(edge())).prop_map(|(a, b)| match b {
        Some(b) if b.date < a.date => When::from_edges(b, Some(a)),
        b => When::from_edges(a, b),
    })
}

proptest! {
    #[test]
    fn text_round_trips(when in any_when()) {
        prop_assert_eq!(when.to_string().parse(), Ok(when));
    }

    #[test]
    fn hull_holds_both(a in any_when(), b in any_when()) {
        let hull = a.hull(b);
        prop_assert_eq!(hull, b.hull(a));
        prop_assert_eq!(a.hull(a), a);
        prop_assert_eq!(hull.start(), a.start().min(b.start()));
        prop_assert_eq!(hull.end(), a.end().max(b.end()));
        prop_assert_eq!(hull.to_string().parse(), Ok(hull));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,14}", near in "[0-9/~?%.X -]{0,22}") {
        for text in [text, near] {
            if let Ok(when) = text.parse::<When>() {
                prop_assert_eq!(when.to_string().parse(), Ok(when));
            }
        }
    }
}
