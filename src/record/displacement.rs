//! What one source says about people who had to move.

use rustc_hash::FxHashMap;

use super::{Count, Extra, Text, When};

/// People who moved from one place to one or several others: one row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Displacement {
    /// The file it was read from, as the user named it.
    pub file: Option<Text>,
    /// The row as a spreadsheet shows it: the header is row 1.
    pub row: u64,
    /// The coder's id for it.
    pub id: Option<Text>,
    /// When they moved.
    pub when: When,
    /// Where they came from, as the source wrote it; `None` if unknown.
    pub origin: Option<Text>,
    /// Where they went, as the source wrote it; empty if unknown. How many went to which is not known.
    pub destinations: Vec<Text>,
    /// How many people, to all destinations together.
    pub people: Count,
    /// Who says so.
    pub source: Option<Text>,
    /// Where it was published.
    pub url: Option<Text>,
    /// When it was published, as the source wrote it.
    pub published: Option<Text>,
    /// The words of the source.
    pub quote: Option<Text>,
    /// The coder's remark.
    pub note: Option<Text>,
    /// Whether it is a cell of an origin–destination matrix, whose names are all of one kind.
    pub matrix: bool,
    /// Whether it tells of people who might be harmed if their place were known; `None` if the table does not say of any.
    pub sensitive: Option<bool>,
    /// Columns that have no meaning here: name and value, in the order of the table.
    pub extra: Extra,
}

impl Displacement {
    /// Adds another claim about the same movement.
    fn add(&mut self, claim: Displacement) {
        self.when = self.when.hull(claim.when);
        self.people = self.people.across(claim.people);
        self.sensitive = match (self.sensitive, claim.sensitive) {
            (Some(ours), Some(theirs)) => Some(ours || theirs),
            (ours, theirs) => ours.or(theirs),
        };
        if self.origin.is_none() {
            self.origin = claim.origin;
        }
        if self.destinations.is_empty() {
            self.destinations = claim.destinations;
        }
        self.source = match (self.source.take(), claim.source) {
            (Some(ours), Some(theirs)) if !ours.split("; ").any(|one| one == &*theirs) => {
                Some(format!("{ours}; {theirs}").into())
            }
            (ours, theirs) => ours.or(theirs),
        };
    }

    /// A displacement of which nothing is known yet but when and how many.
    pub fn new(row: u64, when: When, people: Count) -> Displacement {
        Displacement {
            file: None,
            row,
            id: None,
            when,
            origin: None,
            destinations: Vec::new(),
            people,
            source: None,
            url: None,
            published: None,
            quote: None,
            note: None,
            matrix: false,
            sensitive: None,
            extra: Extra::default(),
        }
    }
}

/// Records that share an id are claims about one movement: the first one's places, the people from the least to the
/// most that the claims say, and all sources. Records without an id stand each for itself. In the order of the first
/// claims.
pub fn movements(claims: impl IntoIterator<Item = Displacement>) -> Vec<Displacement> {
    let mut movements: Vec<Displacement> = Vec::new();
    let mut known: FxHashMap<Text, usize> = FxHashMap::default();
    for claim in claims {
        let at = claim
            .id
            .clone()
            .map(|id| *known.entry(id).or_insert(movements.len()));
        match at.and_then(|at| movements.get_mut(at)) {
            Some(movement) => movement.add(claim),
            None => movements.push(claim),
        }
    }
    movements
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_about_one_movement_are_not_summed() {
        let claim = |id: Option<&str>, people, source: &str| Displacement {
            id: id.map(Into::into),
            source: Some(source.into()),
            ..Displacement::new(2, "2020-01".parse().unwrap(), people)
        };
        let found = movements([
            claim(Some("a"), Count::exactly(5000), "UN"),
            claim(None, Count::exactly(10), "UN"),
            claim(Some("a"), Count::exactly(7000), "monitor"),
            claim(None, Count::exactly(10), "UN"),
        ]);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].people, Count::range(5000, 7000));
        assert_eq!(found[0].source.as_deref(), Some("UN; monitor"));
    }
}
