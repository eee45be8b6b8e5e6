//! What is told again is added to what was told; sums give way to their parts.

use super::super::clauses::Mention;
use super::super::kinds::What;
use super::super::places::Spot;
use super::super::tolls::Harm;
use super::{Context, Passed, RECENT, Story, Telling, Told, harmed, same_time};
use crate::record::{Count, When};

impl<'l> Story<'l> {
    pub(super) fn add(
        &mut self,
        at: usize,
        mut mention: Mention<'l>,
        what: What<'l>,
        spot: Option<Spot>,
        when: Option<When>,
        context: &Context,
    ) {
        let Some(told) = self.told.get_mut(at) else {
            return;
        };
        if let Some(both) = told.what.both(&what) {
            told.what = both;
        }
        if let Some(spot) = &spot {
            let finer = told.place.as_ref().is_none_or(|place| {
                spot.vagueness() < place.vagueness() * 0.98
                    || place.wide.is_some() && place.covers(spot) && spot.wide.is_none()
            });
            if finer {
                told.place = Some(spot.clone());
            }
        }
        if told.when.is_none() {
            told.when = when;
        }
        told.when = match (told.when, when) {
            (Some(known), Some(when))
                if (when.end() - when.start()).get_days()
                    < (known.end() - known.start()).get_days()
                    || known.is_approximate() && !when.is_approximate() =>
            {
                Some(when)
            }
            (known, _) => known,
        };
        told.last = context.sentence;
        if !mention.minor {
            told.main = context.sentence;
        }
        self.when = told.when.or(self.when);
        self.when_block = context.block;
        self.general = None;
        mention
            .tolls
            .retain(|toll| !toll.known || told.tellings.iter().all(|t| t.killed.is_none()));
        let new = telling(&mention, spot, context);
        let other = context
            .sources
            .iter()
            .any(|(_, source)| source.is_some() && *source == new.source)
            && mention.what.is_some()
            && told.tellings.iter().all(|known| known.source != new.source);
        let says = other
            || new.killed.is_some()
            || new.injured.is_some()
            || new.count.is_some()
            || new.place.is_some();
        if mention.tolls.iter().any(|toll| toll.update) {
            for old in &mut told.tellings {
                if new.killed.is_some() {
                    old.killed = None;
                }
                if new.injured.is_some() {
                    old.injured = None;
                }
            }
        }
        if mention.definite
            && new.killed.is_some()
            && new.place.is_none()
            && !mention.sides.is_empty()
        {
            self.loose = Some((at, context.sentence, mention.sides.clone(), new.clone()));
        }
        merge(&mut told.tellings, new, says);
    }

    /// What became of people, in a sentence that names no event.
    pub(super) fn toll_only(
        &mut self,
        mention: Mention<'l>,
        when: Option<When>,
        context: &Context,
    ) {
        if mention.tolls.is_empty() || mention.unreal.is_some() || context.headline {
            return;
        }
        let spot = mention.spots.first();
        // What this paragraph tells of, if it does.
        let here = self
            .told
            .iter()
            .any(|told| told.block == context.block && !told.link);
        let fits = |told: &Told<'l>| {
            told.last + RECENT >= context.sentence
                && (!here || told.block == context.block)
                && !told.link
                && same_time(told.when, when)
                && spot
                    .is_none_or(|spot| told.place.as_ref().is_some_and(|place| place.agrees(spot)))
        };
        let mut found: Option<(usize, usize)> = None;
        for (i, told) in self.told.iter().enumerate().filter(|(_, told)| fits(told)) {
            if found.is_none_or(|(main, _)| told.main >= main) {
                found = Some((told.main, i));
            }
        }
        let found = found.map(|(_, i)| i);
        // "There were no casualties": anywhere of what was told last.
        if mention
            .tolls
            .iter()
            .all(|toll| toll.count == Count::exactly(0))
        {
            let main = self.told.iter().map(|told| told.main).max();
            let all: Vec<usize> = (0..self.told.len())
                .filter(|at| {
                    self.told.get(*at).is_some_and(|told| {
                        let harmless = told.tellings.iter().all(|telling| {
                            telling
                                .killed
                                .is_none_or(|killed| killed == Count::exactly(0))
                        });
                        Some(told.main) == main && harmless
                    })
                })
                .collect();
            for at in all {
                if let Some(what) = self.told.get(at).map(|told| told.what.clone()) {
                    self.add(at, mention.clone(), what, None, when, context);
                }
            }
            return;
        }
        let Some(at) = found else {
            self.pass(context, "tells of people harmed, but not how or where");
            return;
        };
        let what = match self.told.get(at) {
            Some(told) => told.what.clone(),
            None => return,
        };
        let spot = spot.cloned();
        self.add(at, mention, what, spot, when, context);
    }

    /// Sums that were told before their parts are left out, if the parts are all there.
    pub fn finish(&mut self) {
        let parts: Vec<Option<usize>> = self.told.iter().map(|told| told.part_of).collect();
        let mut keep = vec![true; self.told.len()];
        for (i, told) in self.told.iter().enumerate() {
            let own = parts.iter().filter(|part| **part == Some(i)).count();
            let wide = told
                .place
                .as_ref()
                .is_some_and(|place| place.vagueness() > 30.0);
            if own >= 2 && wide {
                keep[i] = false; // as long as `told`
            }
        }
        for (told, keep) in self.told.iter().zip(&keep) {
            if !keep && let Some(quote) = told.tellings.first().and_then(|t| t.quotes.first()) {
                self.passed.push(Passed {
                    span: quote.clone(),
                    reason: "a sum of what is told one by one",
                });
            }
        }
        let mut keep = keep.iter();
        self.told.retain(|_| keep.next().copied().unwrap_or(true));
    }
}

pub(super) fn telling(mention: &Mention<'_>, place: Option<Spot>, context: &Context) -> Telling {
    let mut notes = Vec::new();
    if mention.perfect {
        notes.push("told in the perfect: the day may be an earlier one");
    }
    Telling {
        source: context.source.clone(),
        quotes: vec![context.span.clone()],
        place,
        count: mention.count,
        killed: harmed(&mention.tolls, Harm::Dead),
        injured: harmed(&mention.tolls, Harm::Hurt),
        actor: mention.actor.clone(),
        target: mention.target.clone(),
        notes,
    }
}

/// Adds to what the same source said; another source has a row of its own.
pub(super) fn merge(tellings: &mut Vec<Telling>, new: Telling, says: bool) {
    let known = tellings.iter_mut().find(|known| {
        known.source == new.source
            && (known.killed.is_none() || new.killed.is_none() || known.killed == new.killed)
    });
    match known {
        Some(known) => {
            let parties = known.actor.is_none() && new.actor.is_some()
                || known.target.is_none() && new.target.is_some();
            if says || parties {
                known.quotes.extend(new.quotes);
                known.quotes.dedup();
            }
            known.killed = known.killed.or(new.killed);
            known.injured = known.injured.or(new.injured);
            known.count = known.count.or(new.count);
            known.actor = known.actor.take().or(new.actor);
            known.target = known.target.take().or(new.target);
            let finer = match (&known.place, &new.place) {
                (Some(old), Some(new)) => new.vagueness() < old.vagueness(),
                (None, Some(_)) => true,
                _ => false,
            };
            if finer {
                known.place = new.place;
            }
        }
        None if says => tellings.push(new),
        None => {}
    }
}
