//! Two incidents → how much they have in common, and the reason in words.

use geo::{Distance, Haversine};
use rustc_hash::FxHashSet;

use crate::layer::centre;
use crate::record::{Count, Incident, Location, When};

/// Two settlements farther apart than this are two places, in kilometres.
pub(super) const SAME_KM: f64 = 5.0;

/// A place known no better than this needs more in common than kind, place and day, in kilometres.
pub(super) const VAGUE_KM: f64 = 26.0;

/// What two incidents have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// From 0 to about 1.5.
    pub score: f64,
    /// "same kind, 4 km, same day, 6 vs 9 killed: conflict kept".
    pub reason: String,
}

/// An incident with what comparing needs.
pub(super) struct Known<'i> {
    incident: &'i Incident,
    location: Option<Location>,
    when: When,
    place: String,
    /// Triples of words of the quotes.
    triples: FxHashSet<String>,
    /// Words of the actors.
    actors: Vec<String>,
    articles: Vec<String>,
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Triples of words of a text: retellings share them.
pub(super) fn triples(text: &str) -> FxHashSet<String> {
    words(text)
        .windows(3)
        .map(|three| three.join(" "))
        .collect()
}

impl<'i> Known<'i> {
    pub fn new(incident: &'i Incident, location: Option<Location>) -> Known<'i> {
        let mut quotes = FxHashSet::default();
        let mut actors = Vec::new();
        let mut articles = Vec::new();
        for claim in incident.claims() {
            if let Some(quote) = &claim.quote {
                quotes.extend(triples(quote));
            }
            if let Some(actor) = &claim.actor {
                actors.extend(words(actor));
            }
            articles.extend(claim.extra.get("article").map(str::to_owned));
        }
        let place = incident.place_claim().place.as_deref().unwrap_or_default();
        Known {
            incident,
            location,
            when: incident.when(),
            place: place.to_lowercase(),
            triples: quotes,
            actors,
            articles,
        }
    }

    pub fn when(&self) -> When {
        self.when
    }

    /// Whether one article tells of both, or one source in one table: it would not tell one event twice.
    pub fn told_apart(&self, other: &Known<'_>) -> bool {
        if self
            .articles
            .iter()
            .any(|name| other.articles.contains(name))
        {
            return true;
        }
        self.incident.claims().any(|ours| {
            other.incident.claims().any(|theirs| {
                ours.article_less()
                    && theirs.article_less()
                    && ours.file == theirs.file
                    && ours.source.is_some()
                    && ours.source == theirs.source
                    && ours.published == theirs.published
            })
        })
    }
}

trait ArticleLess {
    fn article_less(&self) -> bool;
}

impl ArticleLess for crate::record::Claim {
    fn article_less(&self) -> bool {
        self.extra.get("article").is_none()
    }
}

/// What two incidents have in common; `None` if they cannot be one.
pub(super) fn compare(a: &Known<'_>, b: &Known<'_>) -> Option<Found> {
    let mut reasons: Vec<String> = Vec::new();
    let mut score = 0.0;

    let (one, other) = (a.incident.kind(), b.incident.kind());
    if one == other {
        score += 0.2;
        reasons.push("same kind".to_owned());
    } else if one.event_type() == other.event_type() {
        reasons.push(format!("{one} vs {other}"));
    } else {
        return None;
    }

    let vague = place(a, b, &mut score, &mut reasons)?;
    time(a.when, b.when, &mut score, &mut reasons)?;
    let mut alike = false;
    toll(
        "killed",
        a.incident.killed(),
        b.incident.killed(),
        &mut score,
        &mut reasons,
        &mut alike,
    )?;
    toll(
        "injured",
        a.incident.injured(),
        b.incident.injured(),
        &mut score,
        &mut reasons,
        &mut alike,
    )?;

    if !a.actors.is_empty() && !b.actors.is_empty() {
        let shared = a
            .actors
            .iter()
            .any(|word| word.len() > 3 && b.actors.contains(word));
        score += if shared { 0.1 } else { -0.2 };
        reasons.push(
            if shared {
                "actors alike"
            } else {
                "other actors"
            }
            .to_owned(),
        );
    }

    let smaller = a.triples.len().min(b.triples.len());
    let shared = a
        .triples
        .iter()
        .filter(|triple| b.triples.contains(*triple))
        .count();
    if smaller >= 5 && shared >= 3 {
        let part = shared as f64 / smaller as f64;
        score += (part * 1.5).min(0.4);
        alike |= part > 0.08;
        reasons.push(format!("{:.0} % of the words alike", part * 100.0));
    }
    // Two strikes somewhere in one province on one day are two strikes until more is known.
    if vague && !alike {
        return None;
    }
    Some(Found {
        score,
        reason: reasons.join(", "),
    })
}

/// Whether the places may be one: as near as they are exactly known. True if that is not very near.
fn place(a: &Known<'_>, b: &Known<'_>, score: &mut f64, reasons: &mut Vec<String>) -> Option<bool> {
    let (Some(one), Some(other)) = (&a.location, &b.location) else {
        // What cannot be found can only be called the same.
        let same = !a.place.is_empty() && a.place == b.place;
        reasons.push("same words for the place".to_owned());
        *score += 0.2;
        return same.then_some(true);
    };
    let km = Haversine.distance(centre(one), centre(other)) / 1000.0;
    let reach = one.radius_km.max(other.radius_km);
    let allowed = if reach <= SAME_KM { SAME_KM } else { reach };
    if km > allowed {
        return None;
    }
    *score += 0.25 * (1.0 - (reach / 200.0).min(0.8));
    reasons.push(match (one.name == other.name, km < 0.5) {
        (true, _) | (_, true) => "same place".to_owned(),
        _ if reach > SAME_KM => format!("{km:.0} km, known to {reach:.0} km"),
        _ => format!("{km:.0} km"),
    });
    Some(reach > VAGUE_KM)
}

pub(super) fn time(a: When, b: When, score: &mut f64, reasons: &mut Vec<String>) -> Option<()> {
    let gap = if a.start() > b.end() {
        (a.start() - b.end()).get_days()
    } else if b.start() > a.end() {
        (b.start() - a.end()).get_days()
    } else {
        0
    };
    let long = |when: When| (when.end() - when.start()).get_days();
    if gap == 0 && a == b && long(a) == 0 {
        *score += 0.25;
        reasons.push("same day".to_owned());
    } else if gap == 0 && long(a).max(long(b)) <= 7 {
        *score += 0.2;
        reasons.push("times overlap".to_owned());
    } else if gap == 0 {
        *score += 0.05;
        reasons.push("times overlap widely".to_owned());
    } else if gap == 1 && (a.is_approximate() || b.is_approximate() || long(a) + long(b) > 0) {
        *score += 0.05;
        reasons.push("a day apart".to_owned());
    } else {
        return None;
    }
    Some(())
}

pub(super) fn toll(
    name: &str,
    a: Option<Count>,
    b: Option<Count>,
    score: &mut f64,
    reasons: &mut Vec<String>,
    alike: &mut bool,
) -> Option<()> {
    let (Some(a), Some(b)) = (a, b) else {
        return Some(());
    };
    if a == b {
        *score += 0.2;
        *alike |= a.central() > 0;
        reasons.push(format!("both {a} {name}"));
        return Some(());
    }
    let (low, high) = (a.central().min(b.central()), a.central().max(b.central()));
    // Early and late tolls differ; by this much they are of two events.
    if high > 3 * low.max(1) && high - low > 10 {
        return None;
    }
    *score += if high <= 2 * low { 0.1 } else { -0.1 };
    reasons.push(format!("{a} vs {b} {name}: conflict kept"));
    Some(())
}
