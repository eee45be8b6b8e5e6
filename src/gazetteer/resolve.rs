//! A name and its hints → one place, one region, several candidates, or none.
//!
//! How sure a match is (`score`), the same everywhere:
//!
//! | score | tier | the name |
//! |---|---|---|
//! | 1.00 | exact | stands in the gazetteer as written |
//! | 0.98 | folded | folds to a name of the gazetteer (`fold.rs`) |
//! | 0.92 | but for the article | does so when articles are left aside ("Bab" for "Al-Bab") |
//! | 0.90 | romanised | has the same consonants, and vowels that differ by habit only (`sound.rs`) |
//! | 0.82 | skeleton | has the same consonants, and vowels not too far apart (`heard.rs`) |
//! | 0.75 | fuzzy | has one consonant that may be misheard, and no other name is near |
//! | × 0.95 | | for each of: chosen over lesser places of that name; chosen as the one at home; chosen as the one near the other places of the record; a hint not understood; a phrase taken wider than it says |
//!
//! A name that is found in an earlier tier is not looked for in a later one.
//!
//! How one of several places of a name is chosen: `choose.rs`.

use std::borrow::Cow;

use super::explain::Log;
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
    /// The other places of the same record: the other end of a displacement, the other places of an article.
    pub with: &'q [&'q str],
}

impl<'q> Query<'q> {
    /// A name without hints.
    pub fn name(name: &'q str) -> Query<'q> {
        Query {
            name,
            ..Query::default()
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
    /// The same sounds in another romanisation.
    Romanised,
    /// The same consonants, other vowels.
    Skeleton,
    /// A consonant misheard.
    Fuzzy,
}

impl Tier {
    /// Score of a match of this tier.
    pub fn score(self) -> f64 {
        match self {
            Tier::Exact => 1.0,
            Tier::Folded => 0.98,
            Tier::ArticleLess => 0.92,
            Tier::Romanised => 0.90,
            Tier::Skeleton => 0.82,
            Tier::Fuzzy => 0.75,
        }
    }

    /// The tier that gives a score.
    pub(super) fn of_score(score: f64) -> Tier {
        const TIERS: [Tier; 6] = [
            Tier::Exact,
            Tier::Folded,
            Tier::ArticleLess,
            Tier::Romanised,
            Tier::Skeleton,
            Tier::Fuzzy,
        ];
        let first = TIERS.into_iter().find(|tier| tier.score() <= score);
        first.unwrap_or(Tier::Fuzzy)
    }

    /// One word for it: "exact", "folded", "romanised", "skeleton", "fuzzy".
    pub fn word(self) -> &'static str {
        match self {
            Tier::Exact => "exact",
            Tier::Folded | Tier::ArticleLess => "folded",
            Tier::Romanised => "romanised",
            Tier::Skeleton => "skeleton",
            Tier::Fuzzy => "fuzzy",
        }
    }

    /// How the name differs.
    pub(super) fn label(self) -> &'static str {
        match self {
            Tier::Exact => "as written",
            Tier::Folded => "but for marks and signs",
            Tier::ArticleLess => "but for the article",
            Tier::Romanised => "in another romanisation",
            Tier::Skeleton => "with the same consonants",
            Tier::Fuzzy => "but for one sound",
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

/// What is called a village has fewer people.
const VILLAGE_PEOPLE: u32 = 30_000;

/// What kind of thing a phrase says a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Not said.
    Any,
    /// "town of …": a settlement.
    Settlement,
    /// "village of …": a settlement that is no large town, let alone a city.
    Village,
    /// "… mountain", "… dam": no settlement.
    Feature,
    /// "… province" (1), "… district" (2).
    Area(u8),
}

impl Want {
    /// Whether it may be that, hints aside.
    pub fn allows(self, target: Target<'_>) -> bool {
        match (self, target) {
            (Want::Area(_), Target::Place(_)) | (Want::Feature, Target::Area(_)) => false,
            (Want::Settlement, Target::Place(place)) => place.kind().is_settlement(),
            (Want::Village, Target::Place(place)) => {
                place.kind().is_settlement()
                    && place.kind().weight() < 3
                    && place
                        .population()
                        .is_none_or(|people| people < VILLAGE_PEOPLE)
            }
            (Want::Feature, Target::Place(place)) => !place.kind().is_settlement(),
            (Want::Area(level), Target::Area(area)) => area.level() == level,
            (Want::Any, _) | (Want::Settlement | Want::Village, Target::Area(_)) => true,
        }
    }

    /// In words, for an explanation.
    pub fn label(self) -> &'static str {
        match self {
            Want::Any => "",
            Want::Settlement => ", as a settlement",
            Want::Village => ", as a village",
            Want::Feature => ", as a thing that is no settlement",
            Want::Area(0) => ", as a country",
            Want::Area(1) => ", as a governorate or the like",
            Want::Area(_) => ", as a district",
        }
    }
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
        self.resolve_with(query, Log::default())
    }

    pub(super) fn resolve_with(&self, query: &Query<'_>, log: Log) -> Resolution<'_> {
        let name = query.name.trim();
        let hints = match Hints::read(self, query, log) {
            Ok(hints) => hints,
            // A country that nobody knows: any answer might be in the wrong one.
            Err(_) => return Resolution::Unresolved(suggest::nearest(self, name)),
        };
        let hits = self.hits(name);
        let answer = if hits.iter().any(|hit| hints.allow(hit.target)) {
            self.choose(&hits, Want::Any, &hints)
        } else {
            match phrase::resolve(self, name, &hints) {
                // Of that name, but ruled out: that is worth saying.
                Resolution::Unresolved(near) if near.is_empty() && !hits.is_empty() => {
                    self.choose(&hits, Want::Any, &hints)
                }
                answer => answer,
            }
        };
        match answer {
            Resolution::Unresolved(candidates) if candidates.is_empty() => {
                Resolution::Unresolved(suggest::nearest(self, name))
            }
            Resolution::Ambiguous(candidates) if !query.with.is_empty() => {
                self.beside_others(candidates, query, &hints.log)
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
