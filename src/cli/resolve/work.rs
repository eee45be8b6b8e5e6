//! Rows of a table, answered many at a time and written in their order; names that come again are asked once.

use std::io::Write;
use std::sync::Arc;

use csv::ByteRecord;
use dateline::gazetteer::{Company, Hearsay, Query, Tier};
use itertools::Itertools;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::table::{ADDED, Columns};
use super::tally::{How, Tally};
use super::{Answer, ResolveArgs, Source};
use crate::cli::Error;

/// Answers that are kept; when so many are, they are forgotten.
const KEPT: usize = 200_000;
/// Parts of what is asked, in the key of an answer.
const PART: char = '\u{1f}';

/// What is added to a row, and what is counted.
pub struct Cells {
    cells: [String; ADDED.len()],
    outcome: How,
}

/// What rows are answered with.
pub struct Work<'w> {
    pub source: &'w Source<'w>,
    pub args: &'w ResolveArgs,
    pub columns: Columns,
    /// The countries that the table points to.
    pub company: Company,
    pub known: FxHashMap<String, Arc<Cells>>,
    pub tally: Tally,
}

impl Work<'_> {
    /// Hears which countries the table speaks of, before any of its names is answered.
    pub fn hear(
        &mut self,
        records: impl Iterator<Item = csv::Result<ByteRecord>>,
    ) -> csv::Result<()> {
        let mut hearsay = Hearsay::default();
        let mut heard = FxHashSet::default();
        for record in records {
            let key = self.key(&record?);
            if heard.contains(&key) {
                continue;
            }
            if let Some(asked) = Asked::of(&key) {
                hearsay.name(self.source.gazetteer, &asked.query());
            }
            if heard.len() > KEPT {
                heard.clear();
            }
            heard.insert(key);
        }
        self.company = hearsay.company();
        Ok(())
    }

    /// Resolves some rows and writes them in their order.
    pub fn add<W: Write>(
        &mut self,
        records: &[ByteRecord],
        out: &mut csv::Writer<W>,
    ) -> Result<(), Error> {
        if self.known.len() > KEPT {
            self.known.clear();
        }
        let keys: Vec<String> = records.par_iter().map(|record| self.key(record)).collect();
        let mut new: Vec<&str> = keys
            .iter()
            .map(String::as_str)
            .filter(|key| !self.known.contains_key(*key))
            .collect();
        new.sort_unstable();
        new.dedup();
        let answers: Vec<(String, Arc<Cells>)> = new
            .into_par_iter()
            .map(|key| (key.to_owned(), Arc::new(self.cells(key))))
            .collect();
        self.known.extend(answers);
        for (record, key) in records.iter().zip(&keys) {
            // Every key of the chunk was answered just now or before.
            let Some(found) = self.known.get(key) else {
                continue;
            };
            let name = key.split(PART).next().unwrap_or_default();
            self.tally.add(found.outcome, name);
            for cell in record {
                out.write_field(cell)?;
            }
            for _ in record.len()..self.columns.width {
                out.write_field("")?;
            }
            for cell in &found.cells {
                out.write_field(cell)?;
            }
            out.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    /// What is asked of a row: name, admin area, country, other places.
    fn key(&self, record: &ByteRecord) -> String {
        let cell = |at: usize| String::from_utf8_lossy(record.get(at).unwrap_or_default());
        let or = |at: Option<usize>, all: &Option<String>| match at.map(cell) {
            Some(text) if !text.trim().is_empty() => text.trim().to_owned(),
            _ => all.clone().unwrap_or_default(),
        };
        let mut key = cell(self.columns.place).trim().replace(PART, " ");
        for part in [
            or(self.columns.admin1, &self.args.admin1),
            or(self.columns.country, &self.args.country),
        ] {
            key.push(PART);
            key.push_str(&part);
        }
        for at in &self.columns.with {
            for name in cell(*at)
                .split(';')
                .map(str::trim)
                .filter(|name| !name.is_empty())
            {
                key.push(PART);
                key.push_str(name);
            }
        }
        key
    }

    fn cells(&self, key: &str) -> Cells {
        let Some(asked) = Asked::of(key) else {
            return Cells {
                cells: Default::default(),
                outcome: How::Empty,
            };
        };
        let answer = self.source.answer_among(&asked.query(), &self.company);
        let outcome = match (answer.status, answer.tier) {
            ("place", Some(Tier::Exact)) => How::Exact,
            ("place", Some(Tier::Romanised)) => How::Romanised,
            ("place", Some(Tier::Skeleton)) => How::Skeleton,
            ("place", Some(Tier::Fuzzy)) => How::Fuzzy,
            ("place", _) => How::Folded,
            ("region", _) => How::Region,
            ("ambiguous", _) => How::Ambiguous,
            _ => How::Unresolved,
        };
        Cells {
            cells: row(answer, self.args.table.points_only),
            outcome,
        }
    }
}

/// What the key of an answer stands for.
struct Asked<'k> {
    name: &'k str,
    admin1: Option<&'k str>,
    country: Option<&'k str>,
    with: Vec<&'k str>,
}

impl<'k> Asked<'k> {
    /// `None` if no name is asked for.
    fn of(key: &'k str) -> Option<Self> {
        let mut parts = key.split(PART);
        let mut part = || parts.next().filter(|text| !text.is_empty());
        let (name, admin1, country) = (part(), part(), part());
        Some(Self {
            name: name?,
            admin1,
            country,
            with: parts.collect(),
        })
    }

    fn query(&self) -> Query<'_> {
        Query {
            name: self.name,
            admin1: self.admin1,
            country: self.country,
            with: &self.with,
        }
    }
}

/// The cells that are added for an answer; what was not found says what is near.
fn row(answer: Answer, points_only: bool) -> [String; ADDED.len()] {
    let text = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let hidden = points_only && answer.status == "region";
    let basis = answer.basis.unwrap_or_else(|| {
        let listed = answer
            .candidates
            .iter()
            .take(3)
            .map(|one| one.described.as_str())
            .join("; ");
        match (answer.status, listed.is_empty()) {
            ("ambiguous", _) if let Some(why) = &answer.why => {
                format!("not taken for {listed}: {why}")
            }
            ("ambiguous", _) => format!("may be {listed}"),
            (_, true) => "no place of a like name is known".to_owned(),
            (_, false) => format!("nearest names: {listed}"),
        }
    });
    [
        answer.status.to_owned(),
        answer.name.unwrap_or_default(),
        text(answer.lat.filter(|_| !hidden)),
        text(answer.lon.filter(|_| !hidden)),
        answer.admin1.unwrap_or_default(),
        answer.country.unwrap_or_default(),
        answer
            .precision
            .map(|code| code.to_string())
            .unwrap_or_default(),
        text(answer.radius_km),
        text(answer.score),
        basis,
    ]
}
