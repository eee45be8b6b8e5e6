use jiff::civil::date;

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
            Time::Following(days) => format!("+1..{days:+}"),
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
        ("on 24.12.2019", "2019-12-24"),
        ("10/December/2019", "2019-12-10"),
        ("24-Dec-2019", "2019-12-24"),
        ("on the second of January", "2020-01-02"),
        ("the last day of November", "2019-11-30"),
        ("on 30-8-2019", "2019-08-30"),
        ("on 23/11/2019", "2019-11-23"),
        ("on 11/23/2019", "2019-11-23"),
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
