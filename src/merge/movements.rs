//! Movements of people that several sources tell of: which rows of several tables are one.
//!
//! Two may be one if what is known of their origins lies together, and of their destinations, if their times overlap, and
//! if their figures are not too far apart. What one article, or one source in one table, tells apart stays apart.

use std::cmp::Reverse;

use geo::{Distance, Haversine};
use rustc_hash::{FxHashMap, FxHashSet};

use super::groups::Groups;
use super::pair::{Found, SAME_KM, VAGUE_KM, time, toll, triples};
use super::{Decision, ENOUGH, Event, own_id};
use crate::layer::{Locator, centre};
use crate::record::{Displacement, Location, Text, movements};

/// The movements of some rows. Rows are given their movement's id by [`MergedMovements::applied`].
#[derive(Debug)]
pub struct MergedMovements {
    /// What was told, rows with one id together.
    pub movements: Vec<Displacement>,
    /// The movements that were told more than once, or of which a person said something.
    pub events: Vec<Event>,
    rows: Vec<Displacement>,
}

/// A movement with what comparing needs.
struct Known<'m> {
    movement: &'m Displacement,
    origin: Option<Place>,
    destinations: Vec<Place>,
    triples: FxHashSet<String>,
}

/// An end as it was found, or as it was told.
struct Place {
    told: String,
    location: Option<Location>,
}

impl Place {
    fn new(told: &Text, locator: &mut Locator<'_>) -> Place {
        Place {
            told: told.trim().to_lowercase(),
            location: locator.name(told, None, None).ok(),
        }
    }
}

/// Finds out which rows tell of one movement; what `decisions` say stands.
pub fn merge_movements(
    rows: Vec<Displacement>,
    decisions: &[Decision],
    locator: &mut Locator<'_>,
) -> MergedMovements {
    let rows: Vec<Displacement> = rows
        .into_iter()
        .map(|mut row| {
            row.id = row.id.or_else(|| own_id(row.file.as_ref(), row.row));
            row
        })
        .collect();
    let movements = movements(rows.iter().cloned());
    let known: Vec<Known<'_>> = movements
        .iter()
        .map(|movement| Known {
            movement,
            origin: movement
                .origin
                .as_ref()
                .map(|told| Place::new(told, locator)),
            destinations: movement
                .destinations
                .iter()
                .map(|told| Place::new(told, locator))
                .collect(),
            triples: movement.quote.as_deref().map(triples).unwrap_or_default(),
        })
        .collect();
    let ids: Vec<String> = movements.iter().map(id).collect();
    let mut groups = Groups::new(&ids, decisions);
    let mut pairs = candidates(&known);
    pairs.sort_by_key(|(a, b, found)| (Reverse((found.score * 1e6) as i64), *a, *b));
    let mut reasons: FxHashMap<usize, String> = FxHashMap::default();
    let apart = |a: usize, b: usize| match (movements.get(a), movements.get(b)) {
        (Some(a), Some(b)) => told_apart(a, b),
        _ => true,
    };
    for (a, b, found) in pairs {
        if groups.join(a, b, &apart) {
            reasons.entry(b).or_insert(found.reason);
        }
    }
    let pair = |a: usize, b: usize| Some(compare(known.get(a)?, known.get(b)?)?.reason);
    let events = groups.events(&ids, pair, &reasons);
    MergedMovements {
        events,
        rows,
        movements,
    }
}

fn id(movement: &Displacement) -> String {
    movement.id.as_deref().unwrap_or_default().to_owned()
}

impl MergedMovements {
    /// The rows in their order, each with the id of its movement.
    pub fn applied(&self) -> Vec<Displacement> {
        let mut ids: FxHashMap<&str, &str> = FxHashMap::default();
        for event in &self.events {
            for member in &event.members {
                if let Some(known) = self
                    .movements
                    .get(*member)
                    .and_then(|one| one.id.as_deref())
                {
                    ids.insert(known, &event.group);
                }
            }
        }
        let rows = self.rows.iter().cloned().map(|mut row| {
            let group = row.id.as_deref().and_then(|id| ids.get(id));
            row.id = group.map(|group| Text::from(*group)).or(row.id);
            row
        });
        rows.collect()
    }
}

/// Pairs that may be one movement, the earlier one of the tables first.
fn candidates(known: &[Known<'_>]) -> Vec<(usize, usize, Found)> {
    let mut order: Vec<usize> = (0..known.len()).collect();
    let when = |at: usize| known.get(at).map(|one| one.movement.when);
    order.sort_by_key(|at| when(*at).map(|when| when.start()));
    let mut pairs = Vec::new();
    for (at, one) in order.iter().enumerate() {
        for other in order.iter().skip(at + 1) {
            let (Some(first), Some(second)) = (when(*one), when(*other)) else {
                continue;
            };
            if second.start() > first.end().tomorrow().unwrap_or(first.end()) {
                break;
            }
            let (a, b) = (*one.min(other), *one.max(other));
            let found = known.get(a).zip(known.get(b));
            let found = found.and_then(|(x, y)| compare(x, y));
            if let Some(found) = found.filter(|found| found.score >= ENOUGH) {
                pairs.push((a, b, found));
            }
        }
    }
    pairs
}

/// Whether one article tells of both, or one source in one table: it would not tell one movement twice.
fn told_apart(a: &Displacement, b: &Displacement) -> bool {
    match (a.extra.get("article"), b.extra.get("article")) {
        (Some(one), Some(other)) => one == other,
        _ => {
            a.matrix && b.matrix
                || a.file == b.file
                    && a.source.is_some()
                    && a.source == b.source
                    && a.published == b.published
        }
    }
}

/// What two movements have in common; `None` if they cannot be one.
fn compare(a: &Known<'_>, b: &Known<'_>) -> Option<Found> {
    let (one, other) = (a.movement, b.movement);
    let mut reasons: Vec<String> = Vec::new();
    let mut score = 0.0;
    let (mut ends, mut vague) = (0, false);
    if let (Some(from), Some(to)) = (&a.origin, &b.origin) {
        let (near, words) = together(from, to)?;
        (ends, vague) = (1, near < 0.2);
        score += near;
        reasons.push(format!("{words} of origin"));
    }
    if !a.destinations.is_empty() && !b.destinations.is_empty() {
        let pairs = a.destinations.iter().flat_map(|from| {
            b.destinations
                .iter()
                .filter_map(move |to| together(from, to))
        });
        let (near, words) = pairs.max_by(|a, b| a.0.total_cmp(&b.0))?;
        ends += 1;
        vague |= near < 0.2;
        score += near;
        reasons.push(format!("{words} of destination"));
    }
    if ends == 0 {
        return None;
    }
    time(one.when, other.when, &mut score, &mut reasons)?;
    let mut alike = false;
    let people = (Some(one.people), Some(other.people));
    toll(
        "people",
        people.0,
        people.1,
        &mut score,
        &mut reasons,
        &mut alike,
    )?;
    // The same figure of so many is no chance.
    score += if alike { 0.1 } else { 0.0 };
    let smaller = a.triples.len().min(b.triples.len());
    let shared = a.triples.intersection(&b.triples).count();
    if smaller >= 5 && shared >= 3 {
        let part = shared as f64 / smaller as f64;
        score += (part * 1.5).min(0.4);
        alike |= part > 0.08;
        reasons.push(format!("{:.0} % of the words alike", part * 100.0));
    }
    // One end, and that an area: many movements have as much in common.
    if ends == 1 && vague && !alike {
        return None;
    }
    Some(Found {
        score,
        reason: reasons.join(", "),
    })
}

/// How much two ends being one place says, and in words; `None` if they are two.
fn together(a: &Place, b: &Place) -> Option<(f64, String)> {
    let (Some(one), Some(other)) = (&a.location, &b.location) else {
        return (a.told == b.told).then(|| (0.2, "same words".to_owned()));
    };
    let km = Haversine.distance(centre(one), centre(other)) / 1000.0;
    let reach = one.radius_km.max(other.radius_km);
    if km > reach.max(SAME_KM) {
        return None;
    }
    let part = if reach > VAGUE_KM { 0.18 } else { 0.22 };
    let words = if one.name == other.name || km < 0.5 {
        "same place".to_owned()
    } else {
        format!("{km:.0} km between places")
    };
    Some((part, words))
}
