//! Several places of a name, told apart by the other places of the same record.

use std::borrow::Cow;

use geo::{Distance, Haversine, Point};

use super::choose::{of_place, widen};
use super::explain::Log;
use super::index::Gazetteer;
use super::place::Target;
use super::resolve::{Candidate, Hit, Query, Resolution, Tier};

/// Places farther from the others of their record than this are not chosen for being near them, in kilometres.
const BESIDE_KM: f64 = 100.0;

/// Another place of the record counts only if it is this sure.
const SURE: f64 = 0.8;

impl Gazetteer {
    /// The candidate near the other places of the record, if one is and the others are not: within [`BESIDE_KM`], and
    /// three times nearer than the next.
    pub(super) fn beside_others<'g>(
        &'g self,
        candidates: Vec<Candidate<'g>>,
        query: &Query<'_>,
        log: &Log,
    ) -> Resolution<'g> {
        let others: Vec<(Cow<'g, str>, Point)> = query
            .with
            .iter()
            .filter_map(|name| {
                let other = Query {
                    name,
                    with: &[],
                    ..*query
                };
                match self.resolve_with(&other, log.clone()) {
                    Resolution::Place(found) if found.score >= SURE => {
                        let centre = found.ground.parts().first()?.centre()?;
                        Some((found.name, centre))
                    }
                    _ => None,
                }
            })
            .collect();
        let nearest = |candidate: &Candidate<'g>| {
            let Target::Place(place) = candidate.target else {
                return None;
            };
            let distances = others
                .iter()
                .map(|(name, point)| (Haversine.distance(place.point(), *point) / 1000.0, name));
            distances.min_by(|a, b| a.0.total_cmp(&b.0))
        };
        let mut near: Vec<(f64, &Cow<'g, str>, &Candidate<'g>)> = candidates
            .iter()
            .filter_map(|one| nearest(one).map(|(km, name)| (km, name, one)))
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let clear = match near.as_slice() {
            [(km, ..), (next, ..), ..] => *km <= BESIDE_KM && 3.0 * km <= *next,
            _ => false,
        };
        match near.first() {
            Some((km, beside, one)) if clear && near.len() == candidates.len() => {
                let Target::Place(place) = one.target else {
                    return Resolution::Ambiguous(candidates);
                };
                let tier = Tier::of_score(one.score);
                let hit = Hit {
                    target: one.target,
                    name: one.name,
                    tier,
                };
                let note = format!("the one {km:.0} km from {beside}, of {}", near.len());
                match widen(of_place(place, hit)) {
                    Resolution::Region(found) => Resolution::Region(found.doubt(note)),
                    Resolution::Place(found) => Resolution::Place(found.doubt(note)),
                    other => other,
                }
            }
            _ => Resolution::Ambiguous(candidates),
        }
    }
}
