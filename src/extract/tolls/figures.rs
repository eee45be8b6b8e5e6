//! Tolls that are told as figures: "put the number of dead at five", "the toll rose to 11".

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::numbers::Number;
use super::super::sentence::Sentence;
use super::heads::head;
use super::{Harm, People, Toll};
use crate::record::Count;

/// How far behind "the death toll" its number may stand, in tokens.
const REACH: usize = 34;

/// "an eighth victim": how many in all.
fn rank(word: &str) -> Option<u64> {
    const RANKS: [&str; 17] = [
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    let at = RANKS.iter().position(|known| *known == word)?;
    Some(at as u64 + 4)
}

/// Verbs that give a figure.
fn puts(word: &str) -> bool {
    matches!(
        word,
        "put"
            | "puts"
            | "putting"
            | "place"
            | "places"
            | "placed"
            | "set"
            | "gave"
            | "given"
            | "gives"
            | "giving"
            | "cited"
            | "citing"
            | "estimated"
            | "estimates"
    )
}

/// Verbs by which a figure grows.
fn grows(word: &str) -> bool {
    matches!(
        word,
        "rose"
            | "rises"
            | "risen"
            | "rising"
            | "climbed"
            | "climbs"
            | "climbing"
            | "grown"
            | "grew"
            | "gone"
            | "raised"
            | "raises"
            | "raising"
            | "bringing"
            | "brought"
            | "brings"
            | "taking"
            | "revised"
            | "revising"
            | "corrected"
            | "lowered"
            | "increased"
            | "increasing"
            | "stands"
            | "stood"
            | "took"
            | "takes"
            | "pushed"
            | "pushing"
    )
}

/// "rose to 11", "now 13", "a final count of eight": takes the place of what was said before.
pub(super) fn is_update(
    s: &Sentence<'_>,
    range: &Range<usize>,
    at: usize,
    value: &str,
    people: &People,
) -> bool {
    let start = people.tokens.start;
    // "brought to 14 the number of dead"
    let brought =
        s.before(start) == "to" && (start.saturating_sub(5)..start).any(|i| grows(s.lower(i)));
    brought
        || value == "toll" && range.clone().any(|i| grows(s.lower(i)))
        || start > 0 && (s.before(start) == "now" || start > 1 && s.lower(start - 2) == "final")
        || range.clone().any(|i| {
            matches!(s.lower(i), "final" | "later" | "new" | "updated")
                && matches!(s.lower(i + 1), "count" | "toll" | "figure")
        })
        || value == "toll"
            && (start.saturating_sub(5)..start)
                .any(|i| matches!(s.lower(i), "now" | "final" | "therefore" | "thus" | "so"))
        || (at..start.max(at)).any(|i| s.lower(i) == "total")
}

/// "eleven deaths had been reported", "raising an earlier toll of five", "first announced nine deaths".
pub(super) fn is_earlier(s: &Sentence<'_>, at: usize, end: usize, start: usize) -> bool {
    let before = |at: usize| {
        at > 0
            && matches!(
                s.before(at),
                "earlier" | "initial" | "previous" | "preliminary" | "first"
            )
    };
    let reported = (end..end + 4).any(|i| {
        s.lower(i) == "had"
            && matches!(s.lower(i + 1), "been" | "earlier" | "initially")
            && (i + 2..i + 4).any(|j| s.has(j, Role::Say) && !s.lower(j).starts_with("admit"))
    });
    // "had first announced nine deaths", "first spoke of five dead", "had at first spoken of two dead"
    let first = (start.saturating_sub(10)..start).any(|i| {
        matches!(
            s.lower(i),
            "first" | "initially" | "earlier" | "originally" | "previously"
        ) && (i + 1..i + 3).any(|j| {
            s.has(j, Role::Say)
                || puts(s.lower(j))
                || matches!(s.lower(j), "spoken" | "mentioned" | "listed")
        })
    });
    // "our first notice mentioned one injured", "initial reports put the toll at five"
    let notice = (start.saturating_sub(10)..start).any(|i| {
        matches!(
            s.lower(i),
            "first" | "initial" | "earlier" | "preliminary" | "previous" | "early"
        ) && (i + 1..i + 3).any(|j| {
            matches!(
                s.lower(j),
                "report"
                    | "reports"
                    | "notice"
                    | "statement"
                    | "bulletin"
                    | "account"
                    | "accounts"
                    | "information"
                    | "toll"
                    | "tolls"
                    | "count"
                    | "counts"
                    | "figure"
                    | "figures"
                    | "estimate"
                    | "estimates"
            )
        }) && !(i..start)
            .any(|j| matches!(s.lower(j), "," | ";" | "revised" | "raised" | "rose" | "up"))
    });
    // "correcting the figure of three that he had given"
    let corrected = (start.saturating_sub(6)..start).any(|i| {
        matches!(
            s.lower(i),
            "correcting" | "revising" | "replacing" | "corrected"
        )
    }) && s.before(start) != "to";
    // "Update No. 1 had five dead", "Yesterday's bulletin gave 11 killed", "our bulletin of last night"
    let issue = (start.saturating_sub(12)..start).any(|i| {
        matches!(
            s.lower(i),
            "update" | "bulletin" | "report" | "issue" | "notice" | "we"
        ) && (0..start).any(|j| {
            matches!(
                s.lower(j),
                "yesterday" | "yesterday's" | "previous" | "earlier" | "last"
            ) || s.lower(j) == "no" && j == i + 1
        }) && (i + 1..start).any(|j| {
            s.has(j, Role::Say)
                || puts(s.lower(j))
                || matches!(s.lower(j), "had" | "listed" | "spoke")
        })
    });
    // "The figure of four dead that we published is obsolete."
    let obsolete = (start..s.len()).any(|i| {
        matches!(
            s.lower(i),
            "obsolete" | "outdated" | "superseded" | "incorrect" | "mistaken" | "withdrawn"
        )
    });
    reported || before(at) || first || notice || issue || corrected || obsolete
}

/// "had counted 15 bodies", "eight had been reported dead": of a time before what is told.
pub(super) fn is_had(s: &Sentence<'_>, tokens: &Range<usize>) -> bool {
    let start = tokens.start;
    let said = (start.saturating_sub(6)..start).any(|i| {
        // "said it had documented": of now
        let reported = i >= 2
            && matches!(s.before(i), "it" | "they" | "he" | "she" | "we" | "that")
            && (i.saturating_sub(4)..i).any(|j| s.has(j, Role::Say));
        matches!(s.lower(i), "had" | "having")
            && !reported
            && (i + 1..i + 4).any(|j| {
                j < start
                    && (s.has(j, Role::Say)
                        || puts(s.lower(j))
                        || matches!(s.lower(j), "spoken" | "mentioned" | "listed"))
            })
    });
    let reported = s.lower(tokens.end) == "had"
        && s.lower(tokens.end + 1) == "been"
        && s.has(tokens.end + 2, Role::Say);
    said || reported
}

/// "said a rescuer, who in the first hour had spoken of five": no longer so.
pub(super) fn is_first(s: &Sentence<'_>, tokens: &Range<usize>) -> bool {
    is_had(s, tokens)
        && (tokens.start.saturating_sub(12)..tokens.start).any(|i| {
            matches!(
                s.lower(i),
                "first" | "initially" | "originally" | "earlier" | "previously"
            )
        })
}

/// The number behind "the death toll".
pub(super) fn toll_number(
    s: &Sentence<'_>,
    numbers: &[Number],
    from: usize,
    end: usize,
) -> Option<People> {
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
    // "four dead and as many wounded"
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
    // "has claimed an eighth life", "a fifteenth victim died": so many in all.
    for at in range.clone() {
        let Some(all) = rank(s.lower(at)).filter(|_| {
            matches!(s.before(at), "a" | "an")
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
    for number in numbers {
        let start = number.tokens.start;
        if !range.contains(&start) || found.iter().any(|toll| toll.tokens.contains(&start)) {
            continue;
        }
        let back = |steps: usize| start.saturating_sub(steps).max(range.start)..start;
        // "put the number of dead at five", "gave the number of dead as two"
        let put = matches!(s.before(start), "at" | "as") && back(18).any(|at| puts(s.lower(at)));
        let noun = |at: usize| {
            matches!(
                s.lower(at),
                "figure" | "number" | "count" | "tally" | "toll" | "estimates" | "estimate"
            )
        };
        // "put the figure at 57", "gave a figure of six", "spoke of a toll of nine"
        let it = start >= 3
            && puts(s.lower(start - 3))
            && s.lower(start - 2) == "it"
            && s.before(start) == "at";
        let figure = it && !s.has(number.tokens.end, Role::Thing)
            || start >= 2
                && noun(start - 2)
                && (put
                    || s.before(start) == "of"
                        && back(8).any(|at| puts(s.lower(at)) || s.has(at, Role::Say)))
                && !(start..start + 4).any(|at| s.has(at, Role::Flee) || s.has(at, Role::Family));
        // "Three were injured; state television says five": of the same kind as the last.
        let last = (0..start)
            .rev()
            .find(|at| s.has(*at, Role::Hurt) || s.has(*at, Role::Dead));
        let harm = match last {
            Some(at)
                if s.has(at, Role::Hurt)
                    && (!s.has(at, Role::Dead) || start - at > 8)
                    && !(at..start).any(|i| s.lower(i) == "victims") =>
            {
                Harm::Hurt
            }
            _ if back(6).any(|at| {
                matches!(
                    s.lower(at),
                    "victims" | "dead" | "killed" | "deaths" | "fatalities"
                )
            }) =>
            {
                Harm::Dead
            }
            _ if back(8).any(|at| s.has(at, Role::Hurt)) => Harm::Hurt,
            _ => Harm::Dead,
        };
        let toll = back(8).any(|at| s.has(at, Role::Dead) || s.has(at, Role::Hurt)) || figure;
        let named = s.before(start) == "of"
            && start >= 2
            && s.lower(start - 2) == "names"
            && !s.is_word(number.tokens.end)
            && !(0..start).any(|at| s.has(at, Role::Flee));
        let spoke = named
            || s.before(start) == "of"
            && start >= 2
            && matches!(s.lower(start - 2), "spoke" | "speaks" | "spoken" | "talked" | "speaking" | "speak")
            // "a local official said five", "another lists eight"
            || start > 0
                && (s.has(start - 1, Role::Say)
                    || matches!(s.before(start), "gave" | "gives" | "counts" | "lists" | "verify" | "has" | "name" | "names" | "named" | "registers" | "show"
                            | "shows" | "showed" | "reports")
                    || s.before(start) == "to"
                        && start >= 2
                        && matches!(
                            s.lower(start - 2),
                            "keeps" | "kept" | "holds" | "held" | "sticks" | "stuck" | "clings"
                        )
                    || s.before(start) == "at"
                        && start >= 2
                        && matches!(s.lower(start - 2), "arrives" | "arrive" | "arrived")
                    || s.before(start) == "to" && start >= 2 && matches!(s.lower(start - 2), "admit" | "admits" | "admitted"))
                && (!s.is_word(number.tokens.end)
                    || matches!(s.lower(number.tokens.end), "names" | "coffins" | "graves")
                    || s.lower(number.tokens.end) == "the"
                        && matches!(s.lower(number.tokens.end + 1), "following" | "next" | "same")
                    || matches!(s.lower(number.tokens.end), "by" | "after"))
                && number.count.central() < 1000;
        // "killed 14 according to the directorate, and 12 according to rescuers"
        let end = number.tokens.end;
        let theirs = s.has(end, Role::By) || s.lower(end) == "," && s.has(end + 1, Role::By);
        let other = theirs
            && found.iter().any(|toll| toll.tokens.end <= start)
            && (matches!(s.before(start), "and" | "," | "but" | "or")
                || s.before(start) == "of"
                    && start >= 2
                    && matches!(s.lower(start - 2), "and" | "," | "but"));
        // "the number of the injured: seventeen", "injured: 11"
        let listed = s.before(start) == ":"
            && start >= 2
            && (s.has(start - 2, Role::Hurt) || s.has(start - 2, Role::Dead))
            && !numbers
                .iter()
                .any(|other| other.tokens.end + 5 > start && other.tokens.end + 1 < start);
        // "bringing the number of dead to eight", "the number of people killed in it has risen to five"
        let grown = (s.before(start) == "to"
            || s.lower(start) == "up" && number.count.best().is_some())
            && back(9).any(|at| grows(s.lower(at)));
        let counted = |at: usize| noun(at) && s.lower(at) != "estimates";
        let number_of = grown
            && (start >= 2 && matches!(s.lower(start - 2), "that" | "it" | "this")
                || (start.saturating_sub(30)..start)
                    .any(|at| s.has(at, Role::Dead) && (0..at).any(|i| s.lower(i) == "number"))
                || back(9).any(counted) && !back(9).any(|at| s.has(at, Role::Flee)));
        // "Estimates of the dead ranged from six to eight."
        let ranged =
            s.before(start) == "from" && number.count.high().is_some() && back(9).any(noun) && toll;
        // "brought to 14 the number of dead"
        let inverted = grown
            && (number.tokens.end..number.tokens.end + 6).any(|at| s.lower(at) == "number")
            && (number.tokens.end..number.tokens.end + 8).any(|at| s.has(at, Role::Dead));
        // "counted at least four civilians among the dead"
        let among = head(s, number.tokens.end, range.end).0.is_some_and(|head| {
            s.lower(head + 1) == "among"
                && s.lower(head + 2) == "the"
                && matches!(s.lower(head + 3), "dead" | "killed" | "victims")
        });
        let (head, _, thing) = head(s, number.tokens.end, range.end);
        // "the number of injured stands at 13", "the dead numbered 11"
        let stands = s.before(start) == "at"
            && back(4).any(|at| grows(s.lower(at)))
            && (toll
                || (0..start).any(|at| counted(at) && !s.has(at + 2, Role::Event))
                    && !(0..start).any(|at| s.has(at, Role::Flee)));
        let numbered = matches!(
            s.before(start),
            "numbered" | "numbers" | "totalled" | "totaled" | "reached"
        ) && (toll
            || (0..start).any(|at| s.lower(at) == "number")
                && (0..start).any(|at| s.has(at, Role::Dead)));
        // "the number was seven", "the figure was closer to 20", "gave figures between three and seven"
        let harmful = (0..s.len()).any(|at| s.has(at, Role::Dead) || s.has(at, Role::Hurt))
            && !(0..s.len()).any(|at| s.has(at, Role::Flee));
        let is_now = s.before(start) == "now"
            && start >= 3
            && matches!(s.lower(start - 2), "is" | "was")
            && noun(start - 3);
        let was = is_now && harmful
            || start >= 2
                && (noun(start - 2) && matches!(s.before(start), "was" | "is")
                    || matches!(s.lower(start - 2), "closer" | "nearer") && back(6).any(noun))
                && harmful
            || s.before(start) == "figures" && back(3).any(|at| puts(s.lower(at)));
        let risen = s.before(start) == "from"
            && back(9).any(|at| grows(s.lower(at)))
            && number.count.high().is_some();
        let told = put && toll
            || risen
                && (toll
                    || (0..start).any(|at| s.lower(at) == "number")
                        && (0..start).any(|at| s.has(at, Role::Dead)))
            || stands
            || numbered
            || was
            || figure
            || grown && (toll || number_of || inverted)
            || spoke
            || among
            || ranged
            || other
            || listed;
        if !told || thing {
            continue;
        }
        // "put the number of dead at 13, civil society at 17"
        let beside = |toll: &Toll| {
            (toll.tokens.end..start).any(|at| matches!(s.lower(at), "," | "and" | "while"))
                && numbers
                    .iter()
                    .any(|number| toll.tokens.contains(&number.tokens.start))
        };
        let other = other
            || put
                && found
                    .iter()
                    .any(|toll| toll.harm == harm && toll.total && beside(toll));
        found.retain(|toll| {
            !(put
                && toll.harm == harm
                && toll.tokens.end > start.saturating_sub(9)
                && !(other && beside(toll)))
        });
        let tokens = start..head.map_or(number.tokens.end, |head| head + 1);
        let past = is_earlier(s, start, number.tokens.end, start) || is_first(s, &number.tokens);
        found.push(Toll {
            update: grown || risen || stands || is_now || s.before(start) == "reached",
            known: past,
            earlier: past,
            total: true,
            again: other,
            had: is_had(s, &number.tokens),
            // "raising the number of dead from nine to eleven" is no range.
            ..Toll::new(
                harm,
                match number.count.high() {
                    Some(high) if risen => Count::exactly(high),
                    _ => number.count,
                },
                tokens,
            )
        });
    }
}
