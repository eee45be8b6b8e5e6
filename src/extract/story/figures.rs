//! Who counts how many: each source's figures of an incident, what replaces them, and what is added to them.

use super::super::clauses::Mention;
use super::super::places::Spot;
use super::super::tolls::{Harm, Toll};
use super::{Context, Telling};
use crate::record::Count;

impl Telling {
    pub(super) fn figure(&self, harm: Harm) -> Option<Count> {
        match harm {
            Harm::Dead => self.killed,
            Harm::Hurt => self.injured,
        }
    }

    fn set(&mut self, harm: Harm, count: Option<Count>) {
        match harm {
            Harm::Dead => self.killed = count,
            Harm::Hurt => self.injured = count,
        }
    }
}

/// The people harmed in one way, all groups of a mention together.
pub(super) fn harmed(tolls: &[Toll], harm: Harm) -> Option<Count> {
    let all = tolls.iter().filter(|toll| toll.harm == harm);
    if let Some(update) = tolls.iter().rfind(|toll| toll.harm == harm && toll.update) {
        return Some(update.count);
    }
    // "With two more bodies recovered, he put the toll at nine": they are in it.
    let total = tolls
        .iter()
        .any(|toll| toll.harm == harm && toll.total && !toll.again);
    let most = tolls
        .iter()
        .filter(|toll| toll.harm == harm && toll.total)
        .map(|toll| toll.count.central())
        .max();
    let mut all = all.filter(|toll| {
        let within = toll.more || most.is_some_and(|most| toll.count.central() < most);
        !total || !within || toll.total || toll.again
    });
    let first = all.next()?.count;
    Some(all.fold(first, |sum, toll| {
        if toll.again {
            sum.across(toll.count)
        } else {
            sum + toll.count
        }
    }))
}

/// Leaves out what was told before, unless nothing else is known, and figures that are no longer so.
pub(super) fn settle(tolls: &mut Vec<Toll>, told: impl Fn(Harm) -> bool) {
    let fresh = |harm| tolls.iter().any(|toll| toll.harm == harm && !toll.known);
    let (dead, hurt) = (fresh(Harm::Dead), fresh(Harm::Hurt));
    // "At least 25 were killed, said a group that had spoken of 14."
    let now: Vec<Harm> = tolls
        .iter()
        .filter(|toll| !toll.had)
        .map(|toll| toll.harm)
        .collect();
    tolls.retain(|toll| !toll.had || !now.contains(&toll.harm));
    tolls.retain(|toll| {
        let fresh = match toll.harm {
            Harm::Dead => dead,
            Harm::Hurt => hurt,
        };
        !toll.known || !toll.earlier && !fresh && !told(toll.harm)
    });
}

/// What a mention says, source by source, each with its tolls.
pub(super) fn told_by(
    mention: &Mention<'_>,
    place: Option<&Spot>,
    context: &Context,
) -> Vec<(Telling, Vec<Toll>)> {
    let mut groups: Vec<(Option<String>, Vec<Toll>)> = Vec::new();
    for toll in &mention.tolls {
        let source = toll
            .by
            .and_then(|by| context.sources.iter().find(|(at, _)| *at == by))
            .map_or(&context.source, |(_, source)| source);
        match groups.iter_mut().find(|(known, _)| known == source) {
            Some((_, tolls)) => tolls.push(toll.clone()),
            None => groups.push((source.clone(), vec![toll.clone()])),
        }
    }
    if groups.is_empty() {
        groups.push((context.source.clone(), Vec::new()));
    }
    let mut notes = Vec::new();
    if mention.perfect {
        notes.push("told in the perfect: the day may be an earlier one");
    }
    let told = groups
        .into_iter()
        .enumerate()
        .map(|(index, (source, tolls))| {
            let first = index == 0;
            let telling = Telling {
                source,
                quotes: vec![context.span.clone()],
                place: place.cloned(),
                count: mention.count.filter(|_| first),
                killed: harmed(&tolls, Harm::Dead),
                injured: harmed(&tolls, Harm::Hurt),
                actor: mention.actor.clone().filter(|_| first),
                target: mention.target.clone().filter(|_| first),
                notes: notes.clone(),
            };
            (telling, tolls)
        });
    told.collect()
}

/// Fits a source's new figures to those told before: "two more" are added, "four of its fighters" may be among them.
pub(super) fn fit(
    known: &mut [Telling],
    new: &mut Telling,
    tolls: &[Toll],
    fight: bool,
    named: bool,
) {
    for harm in [Harm::Dead, Harm::Hurt] {
        let Some(value) = new.figure(harm) else {
            continue;
        };
        let last = known
            .iter_mut()
            .rev()
            .find_map(|telling| Some((telling.figure(harm)?, telling)));
        let Some((before, last)) = last else { continue };
        let mine = || tolls.iter().filter(|toll| toll.harm == harm);
        let same = last.source == new.source;
        if mine().all(|toll| toll.more) && !mine().any(|toll| toll.update) {
            let sum = before + value;
            if named && !same && !mine().all(|toll| toll.also) {
                new.set(harm, Some(sum));
            } else {
                last.set(harm, Some(sum));
                add_source(last, new, named && !same);
                new.set(harm, None);
            }
        } else if fight && same && mine().all(|toll| toll.lost) {
            last.set(harm, Some(before + value));
            add_source(last, new, false);
            new.set(harm, None);
        } else if mine().any(|toll| toll.own) && !same {
            if before.central() >= value.central() {
                new.set(harm, None);
            } else if fight {
                // Each side counts its own.
                last.set(harm, Some(before + value));
                add_source(last, new, true);
                new.set(harm, None);
            }
        }
    }
}

/// A sum of what two sources say is both's.
fn add_source(known: &mut Telling, new: &Telling, other: bool) {
    known.quotes.extend(new.quotes.iter().cloned());
    if let (true, Some(source), Some(other)) = (other, &mut known.source, &new.source) {
        *source = format!("{source}; {other}");
    }
}

/// Adds to what the same source said; another source has a row of its own.
pub(super) fn merge(tellings: &mut Vec<Telling>, new: Telling, says: bool) {
    let known = tellings.iter_mut().find(|known| {
        let fits = |a: Option<Count>, b: Option<Count>| a.is_none() || b.is_none() || a == b;
        known.source == new.source
            && fits(known.killed, new.killed)
            && fits(known.injured, new.injured)
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
