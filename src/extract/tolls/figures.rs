//! Tolls that are told as figures: "put the number of dead at five", "the toll rose to 11".

use std::ops::Range;

use super::super::numbers::{Number, ordinal};
use super::super::sentence::Sentence;
use super::figure::Figure;
use super::was::grows;
use super::{Harm, People, Toll};
use crate::record::Count;

/// How far behind "the death toll" its number may stand, in tokens.
const REACH: usize = 34;

/// The number behind "the death toll".
pub(super) fn toll_number(
    s: &Sentence<'_>,
    numbers: &[Number],
    from: usize,
    end: usize,
) -> Option<People> {
    // "The toll, which we gave as six, has risen to eight"
    let risen = numbers.iter().find(|number| {
        let start = number.tokens.start;
        (from..end.min(from + REACH)).contains(&start)
            && s.before(start) == "to"
            && start >= 2
            && grows(s.lower(start - 2))
    });
    if let Some(number) = risen {
        return Some(People::of(number.count, number.tokens.clone()));
    }
    let mut last: Option<&Number> = None;
    for number in numbers {
        let start = number.tokens.start;
        if start < from || start >= end || start > from + REACH {
            continue;
        }
        // "a toll of three dead, all from one family"
        if last.is_some_and(|last| (last.tokens.end..start).any(|at| s.lower(at) == ",")) {
            break;
        }
        let to = s.lower(start) == "up" && number.count.best().is_some()
            || matches!(
                s.before(start),
                "to" | "at"
                    | "reached"
                    | "stands"
                    | "of"
                    | "was"
                    | "is"
                    | ":"
                    | "hit"
                    | "now"
                    | "as"
                    | "exceeded"
                    | "passed"
            );
        // "rose from eight to eleven" is no range.
        if to || s.before(start) == "from" {
            last = Some(number);
        }
    }
    last.map(|number| {
        let count = match number.count.high() {
            Some(high) if s.before(number.tokens.start) == "from" => Count::exactly(high),
            _ => number.count,
        };
        People::of(count, number.tokens.clone())
    })
}

/// Numbers that are tolls by the words before them.
pub(super) fn figures(
    s: &Sentence<'_>,
    numbers: &[Number],
    range: &Range<usize>,
    found: &mut Vec<Toll>,
) {
    as_many(s, range, found);
    ranks(s, range, found);
    for number in numbers {
        let start = number.tokens.start;
        if range.contains(&start) && !found.iter().any(|toll| toll.tokens.contains(&start)) {
            let figure = Figure {
                s,
                numbers,
                number,
                range,
            };
            figure.add_to(found);
        }
    }
}

/// "four dead and as many wounded".
fn as_many(s: &Sentence<'_>, range: &Range<usize>, found: &mut Vec<Toll>) {
    for at in range.clone() {
        let harm = match s.lower(at + 2) {
            "wounded" | "injured" | "hurt" => Harm::Hurt,
            "dead" | "killed" => Harm::Dead,
            _ => continue,
        };
        let last = found
            .iter()
            .rev()
            .find(|toll| toll.tokens.end <= at && toll.harm != harm);
        if s.lower(at) == "as"
            && s.lower(at + 1) == "many"
            && let Some(count) = last.map(|toll| toll.count)
        {
            found.push(Toll::new(harm, count, at..at + 3));
        }
    }
}

/// "has claimed an eighth life", "a fifteenth victim died": so many in all.
fn ranks(s: &Sentence<'_>, range: &Range<usize>, found: &mut Vec<Toll>) {
    for at in range.clone() {
        let Some(all) = ordinal(s.lower(at)).map(u64::from).filter(|all| {
            *all > 2
                && matches!(s.before(at), "a" | "an")
                && matches!(
                    s.lower(at + 1),
                    "life" | "victim" | "death" | "fatality" | "body"
                )
        }) else {
            continue;
        };
        found.retain(|toll| !toll.tokens.contains(&at));
        found.push(Toll {
            update: true,
            total: true,
            ..Toll::new(Harm::Dead, Count::exactly(all), at..at + 2)
        });
    }
}
