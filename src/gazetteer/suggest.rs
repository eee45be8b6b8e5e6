//! The nearest names to one that was not found, for a person to choose from.
//!
//! Similarity is rapidfuzz's normalised Indel ratio of the folded keys. Keys are looked at only if their length is
//! within three of the query's and their letters differ in at most six, so that half a million keys cost a few
//! milliseconds. Never used to place anything.

use rapidfuzz::fuzz::RatioBatchComparator;

use super::compile::letters;
use super::fold;
use super::index::Gazetteer;
use super::resolve::Candidate;

/// Less alike than this is not worth showing.
const LEAST: f64 = 0.72;
/// As many are shown.
const MOST: usize = 5;
/// Keys longer than this are phrases, not names; nothing is near them.
const LONGEST: usize = 60;

/// The nearest names, the best first.
pub(super) fn nearest<'g>(gazetteer: &'g Gazetteer, name: &str) -> Vec<Candidate<'g>> {
    let mut key = String::new();
    fold::key(name, &mut key);
    if key.is_empty() || key.len() > LONGEST {
        return Vec::new();
    }
    let data = &gazetteer.data;
    let (set, length) = (letters(&key), key.len() as u32);
    let ratio = RatioBatchComparator::new(key.chars());
    let near = |index: &u32| {
        data.key_length(*index).abs_diff(length) <= 3
            && (data.key_letters(*index) ^ set).count_ones() <= 6
    };
    let mut best: Vec<(f64, u32)> = Vec::new();
    for index in (0..data.key_count()).filter(near) {
        let score = ratio.similarity(data.key(index).chars());
        if score >= LEAST {
            best.push((score, index));
        }
    }
    best.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then_with(|| data.key(a.1).cmp(data.key(b.1)))
    });
    let mut out: Vec<Candidate<'g>> = Vec::new();
    for (score, index) in best {
        for entry in data.key_entries(index).map(|entry| data.entry(entry)) {
            let target = gazetteer.target(entry.target);
            if out.len() < MOST && !out.iter().any(|other| other.target == target) {
                // A name not found as it stands is never worth a full score.
                out.push(Candidate {
                    target,
                    name: data.entry_name(entry),
                    score: score * 0.9,
                    ruled_out: false,
                });
            }
        }
    }
    out
}
