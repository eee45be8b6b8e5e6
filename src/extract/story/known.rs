//! Whether a mention tells again of what was told.

use super::super::clauses::Mention;
use super::super::kinds::What;
use super::super::places::Spot;
use super::super::tolls::Harm;
use super::figures::harmed;
use super::when::same_time;
use super::{Context, Story, Telling, Told, common, near_same};
use crate::record::When;

impl<'l> Story<'l> {
    /// A toll that was put down to another incident, but is of those whom this one hit.
    pub(super) fn moved_here(
        &mut self,
        what: &What<'l>,
        mention: &Mention<'l>,
        when: Option<When>,
        context: &Context,
    ) -> Option<Telling> {
        let (at, sentence, sides, loose) = self.loose.take()?;
        let told = self.told.get_mut(at)?;
        let theirs = self.names.get(at)?;
        let fits = sentence + 3 >= context.sentence
            && told.what.both(what).is_some()
            && same_time(told.when, when)
            && harmed(&mention.tolls, Harm::Dead).is_none()
            && common(&sides, &context.names) > 0
            && common(&sides, theirs) == 0;
        if !fits {
            return None;
        }
        told.tellings.retain(|known| known.quotes != loose.quotes);
        Some(loose)
    }

    /// The incident that a mention tells of again.
    pub(super) fn known(
        &self,
        mention: &Mention<'l>,
        what: &What<'l>,
        spot: Option<&Spot>,
        when: Option<When>,
        context: &Context,
    ) -> Option<usize> {
        if mention.separate || context.link {
            return None;
        }
        let alike = |told: &Told<'l>| {
            told.what.both(what).is_some()
                && (mention.definite || told.what.is_barrels() == what.is_barrels())
        };
        let fits = |told: &Told<'l>| alike(told) && same_time(told.when, when);
        let killed = harmed(&mention.tolls, Harm::Dead);
        let candidates = self.told.iter().enumerate().rev();
        match spot {
            Some(spot) => {
                let mut best: Option<(usize, f64)> = None;
                for (i, told) in candidates {
                    let Some(place) = &told.place else { continue };
                    let when_fits = same_time(told.when, when)
                        || when.is_none() && told.last + 3 >= context.sentence;
                    if !alike(told) || !when_fits {
                        continue;
                    }
                    let definite = mention.definite;
                    let near = place.agrees(spot);
                    // "two US strikes in Syria" are not the Russian ones in Idlib.
                    let vague = spot.is_country()
                        && !definite
                        && told.last != context.sentence
                        && (mention.count.is_some() || killed.is_some());
                    let others = !told.actors.is_empty()
                        && !context.actors.is_empty()
                        && common(&told.actors, &context.actors) == 0;
                    // Named side by side: "X and Y".
                    let beside = told.born == context.sentence
                        && !mention.minor
                        && place.phrase != spot.phrase;
                    if !near || told.link || vague && others || beside {
                        continue;
                    }
                    // "A further three were hurt in nearby Y."
                    let further = !definite
                        && !near_same(spot, place)
                        && !mention.tolls.is_empty()
                        && mention.tolls.iter().all(|toll| toll.more);
                    if further {
                        continue;
                    }
                    // A part of what was told in sum.
                    let theirs = told.tellings.iter().find_map(|telling| telling.killed);
                    let part = place.covers(spot)
                        && !definite
                        && place.vagueness() > spot.vagueness() * 2.0
                        && matches!((theirs, killed), (Some(all), Some(part)) if part.central() < all.central());
                    if part {
                        continue;
                    }
                    // A list of like things in one place: another line, another toll, is another incident.
                    let listed = told.block != context.block
                        && !definite
                        && when.is_some()
                        && told.when.is_some_and(|when| !when.is_approximate())
                        && when != told.when
                        && !near_same(spot, place);
                    if listed {
                        continue;
                    }
                    // What is told with an explicit other time far off is not this one.
                    let gap = place.distance_km(spot)
                        + if told.what.both(what) == Some(told.what.clone()) {
                            0.0
                        } else {
                            1.0
                        };
                    // "The toll of the shelling in northern Hama rose to four": of what has a toll.
                    let counted = told
                        .tellings
                        .iter()
                        .any(|telling| telling.killed.is_some() || telling.injured.is_some());
                    let gap = if !counted && mention.tolls.iter().any(|toll| toll.update) {
                        gap + 1000.0
                    } else {
                        gap
                    };
                    if best.is_none_or(|(_, known)| gap < known) {
                        best = Some((i, gap));
                    }
                }
                best.map(|(i, _)| i)
            }
            None => {
                if mention.minor && !mention.definite && mention.after != "link" {
                    return None;
                }
                let reach = if mention.definite { 12 } else { 2 };
                // What is called the same first, then what the story is about, then what was told last.
                let mut ranked: Vec<(usize, &Told<'l>)> = candidates.collect();
                ranked.sort_by_key(|(i, told)| {
                    // "a girl hurt in the shelling died. That shelling …": told right before, if only in passing.
                    let now = if told.last + 1 >= context.sentence {
                        told.last
                    } else {
                        0
                    };
                    let main = told.main.max(now);
                    std::cmp::Reverse((
                        told.what.name() == what.name(),
                        main,
                        told.main,
                        told.last,
                        *i,
                    ))
                });
                for (i, told) in ranked {
                    if told.last + reach < context.sentence || !fits(told) || told.link {
                        continue;
                    }
                    // "shelling wounded three others": indefinite, with a toll that differs, is another event.
                    let theirs = told
                        .tellings
                        .iter()
                        .rev()
                        .find_map(|telling| telling.killed);
                    let source = context.source.is_some()
                        && told
                            .tellings
                            .iter()
                            .all(|known| known.source != context.source);
                    // Another source on what was told right before, in the same words.
                    let retold = source
                        && mention.spots.is_empty()
                        && told.last + 1 == context.sentence
                        && told.what.name() == what.name();
                    let other = !mention.definite
                        && !retold
                        && matches!((theirs, killed), (Some(a), Some(b)) if a != b);
                    // "fighters attacked a post with missiles" is not the shelling told before.
                    if !mention.definite
                        && !told.what.is_open()
                        && !what.is_open()
                        && told.what.name() != what.name()
                    {
                        continue;
                    }
                    let exact = told.what.both(what).is_some_and(|both| {
                        !both.is_open() || mention.definite || told.what == *what
                    });
                    if !other && exact {
                        return Some(i);
                    }
                }
                None
            }
        }
    }
}
