//! The nearest names to one that was not found, for a person to choose from. Never used to place anything.
//!
//! Names are near if their consonants are the same or one off (`sound.rs`); how near is rapidfuzz's normalised Indel ratio
//! of the letters. That costs some ten microseconds, however large the gazetteer. [`Gazetteer::nearest`] looks at every
//! name instead, for one that a person is waiting for.

use rapidfuzz::fuzz::RatioBatchComparator;

use super::compile;
use super::heard::letters;
use super::index::Gazetteer;
use super::resolve::Candidate;
use super::sound::{one_off, sound};

/// Less alike than this is not worth showing.
const LEAST: f64 = 0.72;
/// As many are shown.
const MOST: usize = 5;
/// Names of more letters are prose; nothing is near them.
const LONGEST: usize = 60;
/// Names of fewer consonants are near too many.
const FEWEST: usize = 3;
/// A name not found as it stands is never worth a full score.
const DOUBT: f64 = 0.9;

impl Gazetteer {
    /// The nearest names of all to one that was not found, the best first: one pass over the names.
    pub fn nearest(&self, name: &str) -> Vec<Candidate<'_>> {
        let key = letters(name);
        if key.is_empty() || key.len() > LONGEST {
            return Vec::new();
        }
        let (set, length) = (compile::letters(&key), key.len() as u32);
        let near = |index: &u32| {
            self.data.key_length(*index).abs_diff(length) <= 5
                && (self.data.key_letters(*index) ^ set).count_ones() <= 6
        };
        let entries = (0..self.data.key_count())
            .filter(near)
            .flat_map(|index| self.data.key_entries(index));
        ranked(self, &key, entries)
    }
}

/// The nearest names, the best first.
pub(super) fn nearest<'g>(gazetteer: &'g Gazetteer, name: &str) -> Vec<Candidate<'g>> {
    let key = letters(name);
    let heard = sound(name);
    if heard.count() < FEWEST || key.len() > LONGEST {
        return Vec::new();
    }
    let mut entries: Vec<u32> = Vec::new();
    entries.extend(gazetteer.data.sounding(compile::hash(&heard.consonants)));
    one_off(&heard.consonants, |other| {
        entries.extend(gazetteer.data.sounding(compile::hash(other)));
    });
    entries.sort_unstable();
    entries.dedup();
    ranked(gazetteer, &key, entries.into_iter())
}

fn ranked<'g>(
    gazetteer: &'g Gazetteer,
    key: &str,
    entries: impl Iterator<Item = u32>,
) -> Vec<Candidate<'g>> {
    let ratio = RatioBatchComparator::new(key.chars());
    let latin = key.is_ascii();
    let mut best: Vec<Candidate<'g>> = Vec::new();
    for entry in entries {
        let entry = gazetteer.data.entry(entry);
        let name = gazetteer.data.entry_name(entry);
        // Cheap before dear: other letters, or far longer or shorter (marks and articles take some room).
        let arabic = name
            .as_bytes()
            .first()
            .is_some_and(|byte| (0xd8..=0xdb).contains(byte));
        if latin == arabic || name.len() + 4 < key.len() || name.len() > 2 * key.len() + 8 {
            continue;
        }
        let score = ratio.similarity(letters(name).chars());
        if score < LEAST {
            continue;
        }
        let target = gazetteer.target(entry.target);
        let candidate = Candidate {
            target,
            name,
            score: score * DOUBT,
            ruled_out: false,
        };
        match best.iter_mut().find(|other| other.target == target) {
            Some(other) if other.score >= candidate.score => {}
            Some(other) => *other = candidate,
            None => best.push(candidate),
        }
    }
    best.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.name.cmp(b.name)));
    best.truncate(MOST);
    best
}
