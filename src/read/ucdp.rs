//! What is particular to the UCDP Georeferenced Event Dataset (GED).
//!
//! Source: Högbladh, S. (2023), *UCDP GED Codebook version 23.1*, Uppsala University. `date_prec` says how much of
//! `date_start`–`date_end` is guesswork; the two dates already span it, so that it is carried through and not needed.

use itertools::Itertools;

use crate::record::{Count, Kind};

use super::cells::{bad, optional};
use super::columns::Field;
use super::problem::Problems;
use super::sheet::Row;

/// `type_of_violence`. GED does not say which weapon was used.
pub(super) fn kind(row: &Row, problems: &mut Problems) -> Option<Kind> {
    let kind = row.cell(Field::Kind).parse().ok().and_then(Kind::from_ucdp);
    if kind.is_none() {
        bad(
            row,
            Field::Kind,
            problems,
            "is not a type of violence: 1 (state-based), 2 (non-state) or 3 (one-sided)",
        );
    }
    kind
}

/// `low`, `best` and `high`. In a few events of the published data they are out of order; the count then spans all
/// three.
pub(super) fn killed(row: &Row, problems: &mut Problems) -> Option<Count> {
    let mut figure = |field| -> Option<u64> {
        let count: Count = optional(row, field, problems)?;
        count.best()
    };
    let (low, best, high) = (
        figure(Field::KilledLow),
        figure(Field::KilledBest),
        figure(Field::KilledHigh),
    );
    let known = || [low, best, high].into_iter().flatten();
    Count::bounds(low.and(known().min()), best, high.and(known().max())).ok()
}

/// `A;A;B` → `A; B`: GED names the office once for each article.
pub(super) fn each_once(cell: &str) -> Option<String> {
    let parts = cell
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let text = parts.unique().join("; ");
    (!text.is_empty()).then_some(text)
}
