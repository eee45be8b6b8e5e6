//! Which places of a clause are those of its events, and which of them are several events.

use std::ops::Range;

use super::super::kinds::What;
use super::super::lexicon::Role;
use super::super::places::Spot;
use super::super::sentence::Sentence;
use super::{Read, Trigger};
use crate::record::Precision;

impl<'l> Read<'_, 'l> {
    /// "Idlib: …": where the line is, not where something happened.
    pub(super) fn is_head(&self, spot: &Spot) -> bool {
        spot.tokens.start <= 2
            && matches!(self.s.lower(spot.tokens.end), ":" | "-" | "–" | "—" | "--")
    }

    /// The places of a clause where something happened.
    pub(super) fn spots_of_event(&self, here: &[&Trigger<'l>], range: &Range<usize>) -> Vec<Spot> {
        let may = self
            .spots
            .iter()
            .filter(|spot| !(self.spots.len() > 1 && self.is_head(spot)))
            .filter(|spot| {
                range.contains(&spot.tokens.start) && self.may_be_of_event(spot, here, range)
            });
        may.into_iter()
            .filter(|spot| self.is_framed(spot, here))
            .cloned()
            .collect()
    }

    /// Whether something may have happened at a place: not a body's seat, not where the wounded were brought.
    fn may_be_of_event(&self, spot: &Spot, here: &[&Trigger<'l>], range: &Range<usize>) -> bool {
        let s = self.s;
        // "kidnapped from the village of X"
        let taken = here.iter().any(|t| t.tag.value == "abduction");
        // "a convoy leaving X was hit near Y"
        let left = matches!(
            s.before(spot.tokens.start),
            "leaving" | "departing" | "fleeing"
        );
        if left && self.spots.len() > 1 {
            return false;
        }
        // "shells fired from the base at X fell on Y", "people who had fled X were killed in Y"
        let start = spot.tokens.start;
        let fired = (start.saturating_sub(8)..start).rev().find(|at| {
            s.lower(*at) == "from"
                && *at > 0
                && matches!(
                    s.before(*at),
                    "fired" | "launched" | "flown" | "lobbed" | "came" | "coming" | "returning"
                )
        });
        let from_there = fired.is_some_and(|from| {
            (from..start).all(|at| {
                !matches!(
                    s.lower(at),
                    "," | "on" | "and" | "landed" | "fell" | "exploded"
                ) && !s.has(at, Role::Verb)
                    && !s.has(at, Role::SoftVerb)
            })
        });
        let had = (start.saturating_sub(6)..start)
            .any(|at| s.lower(at) == "who" && matches!(s.lower(at + 1), "had" | "have"))
            && (start.saturating_sub(4)..start).any(|at| s.has(at, Role::Flee));
        if (from_there || had) && self.spots.len() > 1 {
            return false;
        }
        // "From X we received the report that …"
        let told_from = spot.tokens.start <= 1
            && (spot.tokens.end..spot.tokens.end + 3).any(|at| {
                matches!(
                    s.lower(at),
                    "received"
                        | "comes"
                        | "came"
                        | "come"
                        | "hear"
                        | "heard"
                        | "reports"
                        | "learned"
                        | "learnt"
                )
            });
        // "clashes were reported from X"
        let told_from = told_from
            || start > 1 && matches!(s.lower(start - 2), "reported" | "reports" | "report");
        if !self.free(spot.core.start) || spot.from && !here.is_empty() && !taken && !told_from {
            return false;
        }
        let before = spot.tokens.start;
        let hospital = (before.saturating_sub(6).max(range.start)..before)
            .any(|at| s.has(at, Role::Hospital))
            && (before.saturating_sub(9).max(range.start)..before).any(|at| {
                matches!(
                    s.lower(at),
                    "to" | "taken"
                        | "treated"
                        | "treatment"
                        | "admitted"
                        | "recovering"
                        | "transferred"
                        | "evacuated"
                        | "died"
                        | "transported"
                        | "rushed"
                )
            });
        let close = s.before(before) == "to"
            && before >= 2
            && matches!(
                s.lower(before - 2),
                "close"
                    | "next"
                    | "adjacent"
                    | "entrance"
                    | "entrances"
                    | "gates"
                    | "gate"
                    | "road"
                    | "highway"
                    | "track"
            );
        // "most went to X and Y"
        let listed = s.before(before) == "and"
            && self.spots.iter().any(|other| {
                other.tokens.end + 1 == before
                    && matches!(
                        s.before(other.tokens.start),
                        "to" | "towards" | "toward" | "for"
                    )
            });
        let entrance = s.before(before) == "to"
            && (before.saturating_sub(4)..before).any(|at| {
                matches!(
                    s.lower(at),
                    "entrance" | "entrances" | "approach" | "approaches" | "gates"
                )
            });
        let towards = (listed
            || matches!(s.before(before), "to" | "towards" | "toward" | "for")
                && !close
                && !entrance)
            && !here.iter().any(|t| t.tag.end() + 1 >= before)
            // "the final count for the Afrin blast"
            && !s.has(spot.tokens.end, Role::Event);
        // "The hospital in X received …", "fire from the direction of X"
        let seat = (before.saturating_sub(3).max(range.start)..before)
            .any(|at| s.has(at, Role::Hospital) && matches!(s.before(before), "in" | "at" | "of"))
            // "the hospital in X was put out of action by an air strike"
            && !matches!(s.lower(spot.tokens.end), "was" | "were")
            && here.iter().all(|t| t.tag.at > spot.tokens.end);
        // "five were wounded and forty families fled the X quarter"
        let fled = here.is_empty()
            && (before.saturating_sub(3).max(range.start)..before).any(|at| {
                matches!(
                    s.lower(at),
                    "fled" | "flee" | "fleeing" | "left" | "leave" | "escaped"
                )
            });
        // "nine are being treated in X and Y"
        let treated = here.is_empty()
            && (before.saturating_sub(6).max(range.start)..before).any(|at| {
                matches!(
                    s.lower(at),
                    "treated"
                        | "treatment"
                        | "recovering"
                        | "hospitalised"
                        | "hospitalized"
                        | "operated"
                )
            });
        // "a monitoring group based in Britain"
        let based = s.before(before) == "in" && before >= 2 && s.lower(before - 2) == "based";
        let direction = s.before(before) == "of"
            && before >= 2
            && matches!(s.lower(before - 2), "direction" | "directions");
        if hospital
            || seat
            || direction
            || fled
            || based
            || treated
            || towards
            || s.before(before) == "against" && spot.is_country()
        {
            return false;
        }
        // Who does it, not where: a country that is no place of anything.
        let preposition = matches!(
            s.before(before),
            "in" | "across" | "inside" | "on" | "over" | "throughout" | "of" | "into"
        ) || matches!(s.lower(before), "near" | "along" | "inside" | "across");
        if spot.is_country() && spot.phrase.split(' ').count() <= 2 && !preposition {
            return false;
        }
        !(spot.is_country() && s.before(before) == "of")
    }

    /// Whether the words around a place say that something happened there.
    fn is_framed(&self, spot: &Spot, here: &[&Trigger<'l>]) -> bool {
        let s = self.s;
        let before = spot.tokens.start;
        let taken = here.iter().any(|t| t.tag.value == "abduction");
        // not "who had made his peace with Damascus was shot dead"
        let passive = !matches!(
            s.before(before),
            "with" | "by" | "for" | "as" | "to" | "than"
        ) && (spot.tokens.end..spot.tokens.end + 4).any(|at| {
            matches!(
                s.lower(at),
                "was" | "were" | "came" | "has" | "witnessed" | "saw"
            )
        });
        // "battled for the railway quarter of X"
        let object = here.iter().any(|t| {
            t.tag.role == Role::Verb
                && before >= t.tag.end()
                && before - t.tag.end() <= 3
                && (t.tag.end()..before).all(|at| s.is_word(at))
        });
        spot.framed
            || object
            || taken && spot.from
            || passive
            || matches!(s.before(before), "and" | "," | "the" | ":")
            || s.within(before.saturating_sub(1), Role::Verb).is_some()
    }
}

/// Places side by side are several events; a place within another, or one that only says where the first is, is not.
pub(super) fn split_places<'l>(
    s: &Sentence<'_>,
    spots: &mut Vec<Spot>,
    here: &[&Trigger<'l>],
) -> Vec<Vec<Spot>> {
    // Of nested places the finest.
    let mut fine: Vec<Spot> = Vec::new();
    for spot in spots.iter() {
        let last_end = fine.last().map_or(0, |last: &Spot| last.tokens.end);
        let between = last_end..spot.tokens.start;
        // "in Diyala province, gunmen opened fire near the town of X"
        if spot.unknown
            && let Some(wide) = fine.last_mut()
            && !wide.unknown
            && wide.location.precision >= Precision::District
            && !between.clone().any(|at| s.has(at, Role::And))
        {
            let mut spot = spot.clone();
            if spot.within.is_none() {
                spot.within = Some(Box::new(wide.clone()));
            }
            *wide = spot;
            continue;
        }
        // "In Dohuk, jets bombed the Metina range"
        if let [wide] = fine.as_mut_slice()
            && spot.unknown
            && !spot.is_unknown_area()
            && wide.tokens.start <= 2
            && !wide.is_country()
            && s.lower(wide.tokens.end) == ","
            && !between.clone().any(|at| s.has(at, Role::And))
        {
            *wide = spot.in_town(wide);
            continue;
        }
        // "In the city of Hasakah, they stormed the Ghuwayran neighbourhood"
        let part = spot.tokens.clone().any(|at| {
            matches!(
                s.lower(at),
                "neighbourhood" | "neighborhood" | "quarter" | "camp" | "district"
            )
        });
        if let [wide] = fine.as_mut_slice()
            && part
            && wide.tokens.start <= 4
            && s.lower(wide.tokens.end) == ","
            && wide.distance_km(spot) < 15.0
            && !between.clone().any(|at| s.has(at, Role::And))
        {
            *wide = spot.clone();
            continue;
        }
        // "In Chin State, fighting took place in Mindat"
        if let [wide] = fine.as_mut_slice()
            && wide.is_unknown_area()
            && !spot.is_country()
            && !spot.is_unknown_area()
        {
            let mut spot = spot.clone();
            if spot.within.is_none() {
                spot.within = Some(Box::new(wide.clone()));
            }
            *wide = spot;
            continue;
        }
        if !fine.is_empty() && between.len() <= 2 && s.lower(between.start) == "and" {
            fine.push(spot.clone());
            continue;
        }
        if let Some(wider) = fine.iter_mut().find(|known| {
            known.covers(spot)
                && (known.vagueness() > spot.vagueness()
                    || known.wide.is_some() && spot.wide.is_none())
        }) {
            let mut spot = spot.clone();
            if spot.within.is_none() {
                spot.within = Some(Box::new(wider.clone()));
            }
            *wider = spot;
        } else if fine.iter().any(|known| spot.covers(known)) {
            // Where the other is.
        } else {
            fine.push(spot.clone());
        }
    }
    let mut lists: Vec<Vec<Spot>> = Vec::new();
    let mut last_end = 0;
    for spot in &fine {
        let between = last_end..spot.tokens.start;
        let beside = lists.is_empty()
            || between
                .clone()
                .any(|at| s.has(at, Role::And) || s.lower(at) == ",")
                && between.clone().all(|at| {
                    s.has(at, Role::And)
                        || matches!(
                            s.lower(at),
                            "," | "the"
                                | "in"
                                | "both"
                                | "also"
                                | "at"
                                | "near"
                                | "well"
                                | "as"
                                | "of"
                                | "on"
                                | "then"
                                | "villages"
                                | "towns"
                                | "nearby"
                                | "village"
                                | "town"
                        )
                });
        // "… in X, while … in Y" is cut elsewhere; "killing two in X and three in Y" is not.
        let number = |at: usize| {
            s.has(at, Role::Number)
                || s.tokens.get(at).is_some_and(|t| t.figure().is_some())
                || s.has(at, Role::One)
        };
        let and = between.clone().any(|at| s.has(at, Role::And));
        let comma = between.clone().any(|at| s.lower(at) == ",");
        let again = between
            .clone()
            .any(|at| here.iter().any(|t| t.tag.at == at));
        let counted =
            between.len() <= 12 && ((and || comma) && between.clone().any(number) || and && again);
        if beside || counted {
            lists.push(vec![spot.clone()]);
        }
        last_end = spot.tokens.end;
    }
    // "X and Y, both on the Dnipro"
    lists.retain(|list| {
        list.first().is_none_or(|spot| {
            let from = spot.tokens.start.saturating_sub(3);
            !(from + 1..spot.tokens.start + 1)
                .any(|at| s.lower(at) == "both" && s.before(at) == ",")
        })
    });
    *spots = fine;
    lists
}

/// The trigger that a place is of: the last before it, or else the first.
pub(super) fn nearest<'l>(list: &[Spot], whats: &[(What<'l>, usize, Range<usize>)]) -> usize {
    let at = list.first().map_or(0, |spot| spot.tokens.start);
    let before = whats
        .iter()
        .map(|(_, at, _)| *at)
        .rfind(|trigger| *trigger < at);
    before.or(whats.first().map(|(_, at, _)| *at)).unwrap_or(0)
}
