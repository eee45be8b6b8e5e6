//! How the names of a table fared: the summary of `resolve --csv`.

use std::fmt::Write;

use dateline::record::counted;
use itertools::Itertools;
use rustc_hash::FxHashMap;
use serde_json::json;

/// Names without an answer that are counted, each for itself.
const COUNTED: usize = 100_000;
/// So many of them are named.
const NAMED: usize = 10;

/// How a name was answered, in the order of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    Exact,
    Folded,
    Romanised,
    Skeleton,
    Fuzzy,
    Region,
    Ambiguous,
    Unresolved,
    Empty,
}

const ALL: [(How, &str); 9] = [
    (How::Exact, "exact"),
    (How::Folded, "folded"),
    (How::Romanised, "romanised"),
    (How::Skeleton, "skeleton"),
    (How::Fuzzy, "fuzzy"),
    (How::Region, "region"),
    (How::Ambiguous, "ambiguous"),
    (How::Unresolved, "unresolved"),
    (How::Empty, "empty"),
];

/// Counts.
#[derive(Debug, Default)]
pub struct Tally {
    counts: [u64; ALL.len()],
    /// Names without an answer.
    names: FxHashMap<How, FxHashMap<String, u64>>,
}

impl Tally {
    /// Counts a row.
    pub fn add(&mut self, how: How, name: &str) {
        if let Some(count) = self.counts.get_mut(how as usize) {
            *count += 1;
        }
        if matches!(how, How::Ambiguous | How::Unresolved) {
            let names = self.names.entry(how).or_default();
            if let Some(rows) = names.get_mut(name) {
                *rows += 1;
            } else if names.len() < COUNTED {
                names.insert(name.to_owned(), 1);
            }
        }
    }

    /// The names that most often had no answer.
    fn most(&self, how: How) -> Vec<(&str, u64)> {
        let names = self.names.get(&how).into_iter().flatten();
        let names = names.map(|(name, rows)| (name.as_str(), *rows));
        names
            .sorted_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)))
            .take(NAMED)
            .collect()
    }

    /// For people.
    pub fn text(&self, label: &str, rows: u64) -> String {
        let mut text = format!("{label}: {}\n", counted(rows as usize, "row"));
        // Writing to a string does not fail.
        let mut line = |words: String| writeln!(text, "{words}").unwrap_or_default();
        for ((_, name), n) in ALL.iter().zip(self.counts).filter(|(_, n)| *n > 0) {
            line(format!(
                "  {name:<12}{n:>9}  {:5.1} %",
                100.0 * n as f64 / rows.max(1) as f64
            ));
        }
        for (how, word) in [
            (How::Ambiguous, "ambiguous"),
            (How::Unresolved, "unresolved"),
        ] {
            let listed = self
                .most(how)
                .iter()
                .map(|(name, n)| format!("{name} ({n})"))
                .join(", ");
            if !listed.is_empty() {
                line(format!("  most often {word}: {listed}"));
            }
        }
        text
    }

    /// One JSON object.
    pub fn json(&self, label: &str, rows: u64) -> String {
        let counts = ALL
            .iter()
            .zip(self.counts)
            .map(|((_, name), n)| ((*name).to_owned(), json!(n)));
        let named = |how| {
            let names = self.most(how);
            names
                .iter()
                .map(|(name, n)| json!({"name": name, "rows": n}))
                .collect_vec()
        };
        let summary = json!({
            "file": label,
            "rows": rows,
            "counts": counts.collect::<serde_json::Map<_, _>>(),
            "ambiguous": named(How::Ambiguous),
            "unresolved": named(How::Unresolved),
        });
        format!("{summary}\n")
    }
}
