//! Figures that are no longer so, and those that take their place: "first spoke of five", "rose to 11".

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::sentence::Sentence;
use super::People;

/// Verbs that give a figure.
pub(super) fn puts(word: &str) -> bool {
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
pub(super) fn grows(word: &str) -> bool {
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
        ) && !(i..start).any(|j| s.lower(j) == ",")
            && (i + 1..i + 3).any(|j| {
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
                    | "update"
                    | "version"
                    | "release"
                    | "note"
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
    // "adding three to the count of eight given by the same source"
    let given = start >= 2
        && s.before(start) == "of"
        && matches!(s.lower(start - 2), "count" | "toll" | "figure" | "number")
        && (end..end + 3).any(|i| matches!(s.lower(i), "given" | "published" | "announced"));
    reported || given || before(at) || first || notice || issue || corrected || obsolete
}

/// "had counted 15 bodies", "eight had been reported dead": of a time before what is told.
pub(super) fn is_had(s: &Sentence<'_>, tokens: &Range<usize>) -> bool {
    let start = tokens.start;
    let said = (start.saturating_sub(6)..start).any(|i| {
        // "said it had documented": of now
        let reported = i >= 2
            && matches!(s.before(i), "it" | "they" | "he" | "she" | "we" | "that")
            && (i.saturating_sub(7)..i).any(|j| s.has(j, Role::Say));
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
