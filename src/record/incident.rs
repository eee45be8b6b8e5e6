//! The claims about one event.

use std::sync::Arc;

use geo::Point;
use rustc_hash::FxHashMap;

use super::{Claim, Count, Kind, Phrase, Text, When};

/// One event: one kind, one place, one time, and what the sources say of it. Has at least one claim.
#[derive(Clone, Debug)]
pub struct Incident {
    /// The claims of all events that were grouped together: they are many, and stay where they are.
    all: Arc<Vec<Claim>>,
    /// The first claim of this event, a place in `all`.
    first: u32,
    /// The others.
    rest: Vec<u32>,
}

/// What the claims about one event disagree on, beyond their counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Conflict {
    /// Claims name several kinds.
    Kinds(Vec<Kind>),
    /// Claims name times that do not overlap.
    Times(Vec<When>),
    /// Claims name several places.
    Places(Vec<Text>),
    /// Claims give several coordinates.
    Coordinates(Vec<Point>),
}

impl Incident {
    /// The claims, in the order of the tables.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.places().map(|at| &self.all[at as usize])
    }

    /// The same event with each claim changed.
    pub fn map(&self, change: impl Fn(&Claim) -> Claim) -> Incident {
        let all: Vec<Claim> = self.claims().map(change).collect();
        Incident {
            rest: (1..all.len() as u32).collect(),
            first: 0,
            all: Arc::new(all),
        }
    }

    fn places(&self) -> impl Iterator<Item = u32> {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }

    /// The first claim.
    fn first(&self) -> &Claim {
        // `incidents` makes places within `all` only.
        &self.all[self.first as usize]
    }

    /// The other claims.
    fn others(&self) -> impl Iterator<Item = &Claim> {
        self.claims().skip(1)
    }

    /// How many claims there are, at least 1.
    pub fn claim_count(&self) -> usize {
        1 + self.rest.len()
    }

    /// Its id, or "row 12" if the table gives none.
    pub fn id(&self) -> Phrase {
        match &self.first().id {
            Some(id) => Text::clone(id).into(),
            None => format!("row {}", self.first().row).into(),
        }
    }

    /// The shortest time that holds what every claim says.
    pub fn when(&self) -> When {
        self.others()
            .fold(self.first().when, |when, claim| when.hull(claim.when))
    }

    /// The kind that most claims name; of several, the one named first.
    pub fn kind(&self) -> Kind {
        let votes = |kind: Kind| self.claims().filter(|c| c.kind == kind).count();
        let mut kind = self.first().kind;
        for claim in self.others() {
            if claim.kind != kind && votes(claim.kind) > votes(kind) {
                kind = claim.kind;
            }
        }
        kind
    }

    /// The claim to place the event by: one with coordinates before one without, then the one that is coded as the
    /// most exact, then the one that names a place, then the first.
    pub fn place_claim(&self) -> &Claim {
        let rank = |claim: &Claim| {
            let precision = claim.precision.map_or(u8::MAX, |p| p.code());
            (
                claim.coordinates.is_none(),
                precision,
                claim.place.is_none(),
            )
        };
        let mut best = self.first();
        for claim in self.others() {
            if rank(claim) < rank(best) {
                best = claim;
            }
        }
        best
    }

    /// People killed, from the least to the most that claims say; `None` if no claim says.
    pub fn killed(&self) -> Option<Count> {
        self.across(|claim| claim.killed)
    }

    /// People injured, likewise.
    pub fn injured(&self) -> Option<Count> {
        self.across(|claim| claim.injured)
    }

    /// Strikes or munitions within the event, likewise.
    pub fn count(&self) -> Option<Count> {
        self.across(|claim| claim.count)
    }

    fn across(&self, count: impl Fn(&Claim) -> Option<Count>) -> Option<Count> {
        self.claims().filter_map(count).reduce(Count::across)
    }

    /// Who tells of it, each once, in the order of the claims.
    pub fn sources(&self) -> Vec<&str> {
        distinct(self.claims().filter_map(|c| c.source.as_deref()))
    }

    /// What the claims disagree on.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        if self.rest.is_empty() {
            return conflicts;
        }
        let kinds = distinct(self.claims().map(|c| c.kind));
        if kinds.len() > 1 {
            conflicts.push(Conflict::Kinds(kinds));
        }
        let latest_start = self.claims().map(|c| c.when.start()).max();
        let earliest_end = self.claims().map(|c| c.when.end()).min();
        if latest_start > earliest_end {
            conflicts.push(Conflict::Times(distinct(self.claims().map(|c| c.when))));
        }
        let places = distinct(self.claims().filter_map(|c| c.place.clone()));
        if places.len() > 1 {
            conflicts.push(Conflict::Places(places));
        }
        let coordinates = distinct(self.claims().filter_map(|c| c.coordinates));
        if coordinates.len() > 1 {
            conflicts.push(Conflict::Coordinates(coordinates));
        }
        conflicts
    }
}

/// Each value once, in the order of first appearance. Claims about one event are few.
fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

/// Two events are equal if their claims are.
impl PartialEq for Incident {
    fn eq(&self, other: &Incident) -> bool {
        self.claims().eq(other.claims())
    }
}

/// Groups claims by id, in the order of the tables; a claim without id is an event of its own. Time O(claims).
///
/// At most 2³² claims are grouped, which would be more than a terabyte of them.
pub fn incidents(claims: impl IntoIterator<Item = Claim>) -> Vec<Incident> {
    let all: Arc<Vec<Claim>> = Arc::new(claims.into_iter().collect());
    let mut incidents: Vec<Incident> = Vec::with_capacity(all.len());
    // Only looked up, never iterated: the order of the result is that of the claims.
    let mut by_id: FxHashMap<&str, usize> = FxHashMap::default();
    by_id.reserve(all.len());
    for (at, claim) in (0u32..).zip(all.iter()) {
        let next = incidents.len();
        let event = match &claim.id {
            Some(id) => *by_id.entry(id).or_insert(next),
            None => next,
        };
        match incidents.get_mut(event) {
            Some(incident) => incident.rest.push(at),
            None => incidents.push(Incident {
                all: all.clone(),
                first: at,
                rest: Vec::new(),
            }),
        }
    }
    incidents
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(row: u64, id: &str, when: &str, kind: Kind, killed: &str) -> Claim {
        Claim {
            id: (!id.is_empty()).then(|| id.into()),
            killed: (!killed.is_empty()).then(|| killed.parse().unwrap()),
            source: Some(format!("source {}", row % 2).into()),
            ..Claim::new(row, when.parse().unwrap(), kind)
        }
    }

    #[test]
    fn claims_with_one_id_are_one_event() {
        let all = incidents([
            claim(2, "B", "2020-01-10", Kind::ArmedClash, "6"),
            claim(3, "", "2020-01-10", Kind::ArmedClash, "1"),
            claim(4, "A", "2020-01-11", Kind::ArmedClash, ""),
            claim(5, "B", "2020-01-12", Kind::AirDroneStrike, "9"),
            claim(6, "", "2020-01-10", Kind::ArmedClash, "1"),
            claim(8, "B", "2020-01-10", Kind::AirDroneStrike, ""),
        ]);
        let ids: Vec<_> = all.iter().map(|i| i.id()).collect();
        assert_eq!(ids, ["B", "row 3", "A", "row 6"]);

        let b = &all[0];
        assert_eq!(b.claim_count(), 3);
        assert_eq!(b.killed(), Some(Count::range(6, 9)));
        assert_eq!(b.when().to_string(), "2020-01-10/2020-01-12");
        assert_eq!(b.kind(), Kind::AirDroneStrike);
        assert_eq!(b.sources(), ["source 0", "source 1"]);
        let conflicts = b.conflicts();
        assert_eq!(
            conflicts[0],
            Conflict::Kinds(vec![Kind::ArmedClash, Kind::AirDroneStrike])
        );
        assert!(matches!(&conflicts[1], Conflict::Times(t) if t.len() == 2));
        assert_eq!(conflicts.len(), 2);

        assert_eq!(all[2].killed(), None);
        assert!(all[2].conflicts().is_empty());
    }

    #[test]
    fn the_most_exact_claim_places_the_event() {
        let vague = claim(2, "A", "2020", Kind::Attack, "");
        let mut named = vague.clone();
        named.place = Some("Idlib".into());
        let mut coded = vague.clone();
        coded.precision = Some(super::super::Precision::Near);
        let mut located = vague.clone();
        located.coordinates = Some(Point::new(36.6, 35.9));

        let all = [vague, named, coded, located];
        let placed_by = |n: usize| incidents(all[..n].iter().cloned())[0].place_claim().clone();
        for n in 1..=4 {
            assert_eq!(placed_by(n), all[n - 1]);
        }
    }
}
