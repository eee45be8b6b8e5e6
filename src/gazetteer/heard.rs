//! Finding by ear: names of the gazetteer that sound like one that is not in it as written.
//!
//! How sure that is goes by how many consonants agree, and how far the vowels are apart (`sound.rs`):
//!
//! | consonants | vowels apart, at most |
//! |---|---|
//! | 2 | 0.2 |
//! | 3 | 0.35 |
//! | 4 | 0.85 |
//! | 5 | 1.3 |
//! | more | 1.8 |
//!
//! Nearer than 0.3 it is a romanisation of the same name, else the same skeleton. With four consonants or more, one of
//! them may be misheard ([`misheard`]); then the letters must agree to 0.8, and no other place may come near. Of several
//! that fit, those stay that are within 0.3 of the best; without a country hint, of those abroad only towns, cities and
//! admin areas. The Arabic names of a place are compared with a Latin one only if it has no Latin name that
//! sounds alike.

use geo::{Distance, Haversine};

use super::compile;
use super::fold;
use super::hints::Hints;
use super::index::Gazetteer;
use super::place::Target;
use super::rank::ONE_SPOT_M;
use super::resolve::{Hit, Tier};
use super::sound::{Sound, misheard, sound};

/// Vowels nearer than this are habits of romanisation.
const HABIT: f64 = 0.3;
/// Between Latin and Arabic letters fewer consonants say nothing, since short vowels are not compared.
const FEWEST_FOREIGN: usize = 3;
/// Candidates this much farther than the best are out.
const MARGIN: f64 = 0.3;
/// Least likeness of the letters, for a misheard consonant.
const ALIKE: f64 = 0.8;
/// The next best must be this much less alike.
const AHEAD: f64 = 0.06;

fn limit(consonants: usize) -> f64 {
    match consonants {
        0 | 1 => -1.0,
        2 => 0.2,
        3 => 0.35,
        4 => 0.85,
        5 => 1.3,
        _ => 1.8,
    }
}

/// Something that sounds alike.
struct Heard<'g> {
    /// In other letters than was asked in.
    foreign: bool,
    /// The less, the better.
    apart: f64,
    hit: Hit<'g>,
}

impl Heard<'_> {
    fn rank(&self) -> (bool, f64) {
        (self.foreign, self.apart)
    }
}

impl Gazetteer {
    /// Everything that sounds like `name` and that the hints allow, if it is near enough to be meant.
    pub(super) fn heard<'g>(&'g self, name: &str, hints: &Hints<'g>) -> Vec<Hit<'g>> {
        let asked = sound(name);
        let mut found = self.same_skeleton(&asked, hints);
        if found.is_empty()
            && let Some(parted) = parted(name)
        {
            found = self.same_skeleton(&sound(&parted), hints);
        }
        if found.is_empty() && asked.count() >= 4 {
            found = self.mishearings(name, &asked, hints);
        }
        let best = found
            .iter()
            .map(|one| one.apart)
            .fold(f64::INFINITY, f64::min);
        found.retain(|one| one.apart <= best + MARGIN);
        if hints.country.is_none() {
            // What only sounds alike abroad must be well known to be meant.
            found.retain(|one| match one.hit.target {
                Target::Place(place) => {
                    place.country_code() == self.home() || place.kind().weight() >= 2
                }
                Target::Area(_) => true,
            });
        }
        found.into_iter().map(|one| one.hit).collect()
    }

    fn same_skeleton<'g>(&'g self, asked: &Sound, hints: &Hints<'g>) -> Vec<Heard<'g>> {
        let limit = limit(asked.count());
        let mut found: Vec<Heard<'g>> = Vec::new();
        if limit < 0.0 {
            return found;
        }
        for (target, name, heard) in self.sounding(&asked.consonants) {
            if !hints.allow(target) {
                continue;
            }
            let apart = asked.vowels_apart(&heard);
            let tier = if apart <= HABIT {
                Tier::Romanised
            } else {
                Tier::Skeleton
            };
            let one = Heard {
                foreign: heard.arabic != asked.arabic,
                apart,
                hit: Hit { target, name, tier },
            };
            match found.iter_mut().find(|other| other.hit.target == target) {
                Some(other) if one.rank() < other.rank() => *other = one,
                Some(_) => {}
                None => found.push(one),
            }
        }
        let enough = asked.count() >= FEWEST_FOREIGN;
        found.retain(|one| one.apart <= limit && (enough || !one.foreign));
        found
    }

    /// The place whose name has one consonant misheard, if no other comes near.
    fn mishearings<'g>(&'g self, name: &str, asked: &Sound, hints: &Hints<'g>) -> Vec<Heard<'g>> {
        let letters = letters(name);
        let mut found: Vec<(f64, Hit<'g>)> = Vec::new();
        misheard(&asked.consonants, |consonants| {
            for (target, name, heard) in self.sounding(consonants) {
                if heard.arabic != asked.arabic || !hints.allow(target) {
                    continue;
                }
                let alike = rapidfuzz::fuzz::ratio(letters.chars(), self::letters(name).chars());
                let hit = Hit {
                    target,
                    name,
                    tier: Tier::Fuzzy,
                };
                found.push((alike, hit));
            }
        });
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(b.1.name)));
        let Some(&(best, hit)) = found.first() else {
            return Vec::new();
        };
        let rival = found
            .iter()
            .any(|(alike, other)| best - alike < AHEAD && !one_spot(hit.target, other.target));
        if best < ALIKE || rival {
            return Vec::new();
        }
        let apart = 1.0 - best;
        let foreign = false;
        vec![Heard {
            foreign,
            apart,
            hit,
        }]
    }

    /// The names with these consonants.
    pub(super) fn sounding<'g>(
        &'g self,
        consonants: &str,
    ) -> impl Iterator<Item = (Target<'g>, &'g str, Sound)> {
        let entries = self.data.sounding(compile::hash(consonants));
        entries.filter_map(move |entry| {
            let entry = self.data.entry(entry);
            let name = self.data.entry_name(entry);
            let heard = sound(name);
            // Others may share the hash.
            (heard.consonants == consonants).then(|| (self.target(entry.target), name, heard))
        })
    }
}

/// Folded, without articles and breaks between words.
pub(super) fn letters(name: &str) -> String {
    let mut key = String::new();
    fold::key(name, &mut key);
    key.retain(|c| c != ' ');
    key
}

fn one_spot(a: Target<'_>, b: Target<'_>) -> bool {
    match (a, b) {
        (Target::Place(a), Target::Place(b)) => {
            a == b || Haversine.distance(a.point(), b.point()) < ONE_SPOT_M
        }
        // A town and the area that it is the seat of are told apart by what was asked for.
        (Target::Area(area), Target::Place(place)) | (Target::Place(place), Target::Area(area)) => {
            area.holds(&place)
        }
        (a, b) => a == b,
    }
}

/// A name written in one word, parted at the article within: "Maaretalnuman" → "Maaret al numan".
fn parted(name: &str) -> Option<String> {
    let folded = fold::folded(name);
    if folded.len() < 8 || folded.contains(' ') {
        return None;
    }
    let at = (3..folded.len().saturating_sub(4))
        .find(|at| matches!(folded.get(*at..at + 2), Some("al" | "el")))?;
    let (head, tail) = (folded.get(..at)?, folded.get(at + 2..)?);
    Some(format!("{head} al {tail}"))
}
