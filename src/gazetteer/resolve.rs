//! A name and its hints → one place, one region, several candidates, or none.
//!
//! How sure a match is (`score`), the same everywhere:
//!
//! | score | the name |
//! |---|---|
//! | 1.00 | stands in the gazetteer as written |
//! | 0.98 | folds to a name of the gazetteer (`fold.rs`) |
//! | 0.92 | does so when articles are left aside ("Bab" for "Al-Bab") |
//! | × 0.95 | for each of: chosen over lesser places of that name; chosen as the one at home; a hint not understood; a phrase taken wider than it says |
//!
//! Below 0.9 is room for tiers that guess (consonant skeletons, edits).
//!
//! How one of several places of a name is chosen: `choose.rs`.

use std::borrow::Cow;

use super::fold;
use super::hints::Hints;
use super::index::Gazetteer;
use super::place::Target;
use super::region::Ground;
use super::{phrase, suggest};
use crate::record::Precision;

/// What is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query<'q> {
    /// The place as the source wrote it, vague or not.
    pub name: &'q str,
    /// Name or code of the admin area it is said to be in.
    pub admin1: Option<&'q str>,
    /// Name or ISO code of the country it is said to be in.
    pub country: Option<&'q str>,
}

impl<'q> Query<'q> {
    /// A name without hints.
    pub fn name(name: &'q str) -> Query<'q> {
        Query {
            name,
            admin1: None,
            country: None,
        }
    }
}

/// What is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution<'g> {
    /// One point.
    Place(Match<'g>),
    /// Ground too wide for a point.
    Region(Match<'g>),
    /// Several places, none of them clearly meant; the most prominent first.
    Ambiguous(Vec<Candidate<'g>>),
    /// Nothing; the nearest names, if any are near, the best first.
    Unresolved(Vec<Candidate<'g>>),
}

/// How a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// As written.
    Exact,
    /// Folded.
    Folded,
    /// Folded, articles left aside.
    ArticleLess,
}

impl Tier {
    /// Score of a match of this tier.
    pub fn score(self) -> f64 {
        match self {
            Tier::Exact => 1.0,
            Tier::Folded => 0.98,
            Tier::ArticleLess => 0.92,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Tier::Exact => "as written",
            Tier::Folded => "but for marks and signs",
            Tier::ArticleLess => "but for the article",
        }
    }
}

const UNKNOWN_HINT: &str = "the hint for the admin area is not known and was not used";

/// What a doubt takes off a score.
pub(super) const DOUBT: f64 = 0.95;

/// Ground found for a name or phrase, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<'g> {
    /// Preferred name of the place or region.
    pub name: Cow<'g, str>,
    /// The ground.
    pub ground: Ground<'g>,
    /// How sure, 0..=1; see the head of `resolve.rs`.
    pub score: f64,
    /// The gazetteer's name that was matched, and how; the first, if there are several.
    pub matched: (&'g str, Tier),
    /// What had to be decided on the way.
    pub notes: Vec<Cow<'static, str>>,
}

impl Match<'_> {
    /// How exactly the place is known.
    pub fn precision(&self) -> Precision {
        self.ground.precision()
    }

    /// Why this place: a short sentence for a person who has to defend it.
    pub fn basis(&self) -> String {
        let (name, tier) = self.matched;
        let mut basis = format!("gazetteer: {name}, {}", tier.label());
        for note in &self.notes {
            basis.push_str("; ");
            basis.push_str(note);
        }
        basis
    }

    pub(super) fn doubt(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.score *= DOUBT;
        self.notes.push(note.into());
        self
    }

    pub(super) fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// Something that may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate<'g> {
    /// The place or area.
    pub target: Target<'g>,
    /// Its name that comes nearest.
    pub name: &'g str,
    /// How near the name comes, 0..=1.
    pub score: f64,
    /// Whether the name fits but a hint rules it out.
    pub ruled_out: bool,
}

/// What kind of thing a phrase says a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Not said.
    Any,
    /// "town of …": a settlement.
    Settlement,
    /// "… mountain", "… dam": no settlement.
    Feature,
    /// "… province" (1), "… district" (2).
    Area(u8),
}

/// One thing a name stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'g> {
    pub target: Target<'g>,
    pub name: &'g str,
    pub tier: Tier,
}

impl<'g> Hit<'g> {
    pub(super) fn candidate(self) -> Candidate<'g> {
        Candidate {
            target: self.target,
            name: self.name,
            score: self.tier.score(),
            ruled_out: false,
        }
    }
}

impl Gazetteer {
    /// Finds the place or region that a name or phrase stands for.
    ///
    /// Never guesses in silence: see the head of `resolve.rs` for what is decided and what is left `Ambiguous`.
    /// A plain name costs about a microsecond.
    pub fn resolve(&self, query: &Query<'_>) -> Resolution<'_> {
        let name = query.name.trim();
        let hints = match Hints::read(self, query) {
            Ok(hints) => hints,
            // A country that nobody knows: any answer might be in the wrong one.
            Err(_) => return Resolution::Unresolved(suggest::nearest(self, name)),
        };
        let hits = self.hits(name);
        let answer = if hits.is_empty() {
            phrase::resolve(self, name, &hints)
        } else {
            self.choose(&hits, Want::Any, &hints)
        };
        match answer {
            Resolution::Unresolved(candidates) if candidates.is_empty() => {
                Resolution::Unresolved(suggest::nearest(self, name))
            }
            Resolution::Place(found) if hints.unknown_admin => {
                Resolution::Place(found.doubt(UNKNOWN_HINT))
            }
            Resolution::Region(found) if hints.unknown_admin => {
                Resolution::Region(found.doubt(UNKNOWN_HINT))
            }
            answer => answer,
        }
    }

    /// Everything that has this name, each with its best tier.
    pub(super) fn hits(&self, name: &str) -> Vec<Hit<'_>> {
        let mut key = String::with_capacity(name.len() + 8);
        let articles = fold::key(name, &mut key);
        let mut hits: Vec<Hit<'_>> = Vec::new();
        if key.is_empty() {
            return hits;
        }
        for index in self.data.find(&key) {
            let entry = self.data.entry(index);
            let written = self.data.entry_name(entry);
            let tier = match () {
                () if written == name => Tier::Exact,
                () if entry.articles == articles => Tier::Folded,
                () => Tier::ArticleLess,
            };
            let target = self.target(entry.target);
            match hits.iter_mut().find(|hit| hit.target == target) {
                Some(hit) if hit.tier <= tier => {}
                Some(hit) => (hit.name, hit.tier) = (written, tier),
                None => hits.push(Hit {
                    target,
                    name: written,
                    tier,
                }),
            }
        }
        hits
    }
}
