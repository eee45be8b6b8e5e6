//! People of whom a verb before says what became of them.

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::numbers::Number;
use super::super::sentence::Sentence;
use super::groups::one_group;
use super::Toll;

/// "…, and two men in Y": people of whom the verb before says what became of them.
pub(in crate::extract) fn gapped(
    s: &Sentence<'_>,
    numbers: &[Number],
    found: &mut Vec<Toll>,
    spots: &[Range<usize>],
) {
    let mut more: Vec<Toll> = Vec::new();
    for number in numbers {
        let start = number.tokens.start;
        if found.iter().any(|toll| toll.tokens.contains(&start)) {
            continue;
        }
        let and = s.has(start.saturating_sub(1), Role::And) || s.before(start) == ",";
        let Some(last) = found.iter().rev().find(|toll| toll.tokens.end <= start) else {
            continue;
        };
        let Some(group) = one_group(s, numbers, start, s.len()) else {
            continue;
        };
        let placed = spots
            .iter()
            .any(|spot| spot.start > group.tokens.end && spot.start - group.tokens.end <= 3)
            && matches!(s.lower(group.tokens.end), "in" | "at" | "near" | "on");
        let between = spots
            .iter()
            .any(|spot| spot.start >= last.tokens.start && spot.end <= start);
        if and && placed && between {
            more.push(Toll {
                tokens: group.tokens,
                count: group.count,
                ..last.clone()
            });
        }
    }
    found.extend(more);
}
