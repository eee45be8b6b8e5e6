//! Why a name was resolved as it was: what the resolver noted on its way.
//!
//! [`Gazetteer::explain`] runs the same code as [`Gazetteer::resolve`] with a log; nothing is worked out a second time.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use geo::{Distance, Haversine, Point};
use serde::Serialize;

use super::fold;
use super::index::Gazetteer;
use super::place::Target;
use super::resolve::{Hit, Query, Resolution};
use super::sound::sound;

/// Where the resolver notes its steps, if somebody wants to know.
#[derive(Clone, Debug, Default)]
pub(super) struct Log(Option<Rc<RefCell<Vec<Step>>>>);

impl Log {
    pub fn note(&self, step: impl FnOnce() -> Step) {
        if let Some(steps) = &self.0 {
            // Nobody else holds it: steps are made before they are noted.
            let step = step();
            steps.borrow_mut().push(step);
        }
    }
}

/// One step of resolving a name.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// The name in its normal forms.
    Forms {
        /// Lower case, no marks.
        folded: String,
        /// What it is looked up by: articles dropped too.
        key: String,
        /// Its consonants (`sound.rs`).
        consonants: String,
    },
    /// What else was said about where it is.
    Hint {
        /// In words.
        text: String,
    },
    /// A phrase was taken apart.
    Phrase {
        /// By which rule.
        rule: &'static str,
        /// Into what.
        pieces: Vec<String>,
    },
    /// Things of one name were weighed.
    Weighed {
        /// The name.
        name: String,
        /// What kind of thing was asked for, if that was said.
        want: &'static str,
        /// All of that name, allowed or not.
        candidates: Vec<Considered>,
        /// What came of it, and by which rule.
        decided: String,
    },
    /// Words that nothing was made of.
    NotUnderstood {
        /// The words.
        words: String,
    },
}

/// One of several things that a name may stand for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Considered {
    /// Name in the gazetteer that was matched.
    pub name: String,
    /// The place or area with its kind and what it lies in.
    pub what: String,
    /// How the name was matched.
    pub tier: &'static str,
    /// How sure the match is, 0..=1.
    pub score: f64,
    /// Inhabitants, if known.
    pub population: Option<u32>,
    /// From the place that a hint names, or else from the first of them, in kilometres.
    pub distance_km: Option<f64>,
    /// A hint or a feature word rules it out.
    pub ruled_out: bool,
}

/// What a name was resolved to, and every step on the way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// What was asked.
    pub query: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// What was answered, in words.
    pub answer: String,
}

impl Gazetteer {
    /// Resolves a name and says how.
    pub fn explain(&self, query: &Query<'_>) -> (Resolution<'_>, Explanation) {
        let steps = Rc::new(RefCell::new(Vec::new()));
        let log = Log(Some(Rc::clone(&steps)));
        let name = query.name.trim();
        log.note(|| {
            let mut key = String::new();
            fold::key(name, &mut key);
            let folded = fold::folded(name);
            let consonants = sound(name).consonants;
            Step::Forms {
                folded,
                key,
                consonants,
            }
        });
        for (what, hint) in [("admin area", query.admin1), ("country", query.country)] {
            if let Some(hint) = hint.filter(|hint| !hint.trim().is_empty()) {
                let text = format!("{what}: {hint}");
                log.note(|| Step::Hint { text });
            }
        }
        if !query.with.is_empty() {
            let text = format!("places of the same record: {}", query.with.join(", "));
            log.note(|| Step::Hint { text });
        }
        let resolution = self.resolve_with(query, log);
        let explanation = Explanation {
            query: query.name.to_owned(),
            steps: steps.take(),
            answer: in_words(&resolution),
        };
        (resolution, explanation)
    }
}

/// The things of a name, for the log.
pub(super) fn considered(
    hits: &[Hit<'_>],
    near: Option<Point>,
    allowed: impl Fn(&Hit<'_>) -> bool,
) -> Vec<Considered> {
    let point = |target: Target<'_>| match target {
        Target::Place(place) => Some(place.point()),
        Target::Area(area) => area.disc().map(|(centre, _)| centre),
    };
    let from = near.or_else(|| hits.iter().find_map(|hit| point(hit.target)));
    let one = |hit: &Hit<'_>| Considered {
        name: hit.name.to_owned(),
        what: hit.target.to_string(),
        tier: hit.tier.label(),
        score: hit.tier.score(),
        population: match hit.target {
            Target::Place(place) => place.population(),
            Target::Area(_) => None,
        },
        distance_km: from
            .zip(point(hit.target))
            .map(|(from, to)| (Haversine.distance(from, to) / 100.0).round() / 10.0),
        ruled_out: !allowed(hit),
    };
    hits.iter().map(one).collect()
}

/// The answer in a sentence.
pub(super) fn in_words(resolution: &Resolution<'_>) -> String {
    match resolution {
        Resolution::Place(found) => format!("{}: {}", found.name, found.basis()),
        Resolution::Region(found) => format!("region {}: {}", found.name, found.basis()),
        Resolution::Ambiguous(several) => {
            let names: Vec<String> = several.iter().map(|one| one.target.to_string()).collect();
            format!(
                "ambiguous, too close to call (rule 8): {}",
                names.join("; ")
            )
        }
        Resolution::Unresolved(near) if near.is_empty() => "nothing of that name".to_owned(),
        Resolution::Unresolved(near) => {
            let why = |one: &super::resolve::Candidate<'_>| {
                let out = if one.ruled_out { " (ruled out)" } else { "" };
                format!("{}{out}", one.target)
            };
            let names: Vec<String> = near.iter().map(why).collect();
            format!("nothing; near it: {}", names.join("; "))
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            writeln!(f, "  {step}")?;
        }
        write!(f, "  answer       {}", self.answer)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Forms {
                folded,
                key,
                consonants,
            } => write!(
                f,
                "normal forms folded “{folded}”, key “{key}”, consonants “{consonants}”"
            ),
            Step::Hint { text } => write!(f, "hint         {text}"),
            Step::Phrase { rule, pieces } => {
                write!(f, "phrase       {rule}: {}", pieces.join(" | "))
            }
            Step::NotUnderstood { words } => write!(f, "not known    “{words}”"),
            Step::Weighed {
                name,
                want,
                candidates,
                decided,
            } => {
                write!(f, "name         “{name}”{want}")?;
                for one in candidates {
                    write!(
                        f,
                        "\n    {:<11}{} ({}, score {:.2}",
                        "", one.what, one.tier, one.score
                    )?;
                    if let Some(people) = one.population {
                        write!(f, ", {people} people")?;
                    }
                    if let Some(km) = one.distance_km {
                        write!(f, ", {km} km")?;
                    }
                    write!(f, "){}", if one.ruled_out { " – ruled out" } else { "" })?;
                }
                write!(f, "\n    {:<11}→ {decided}", "")
            }
        }
    }
}
