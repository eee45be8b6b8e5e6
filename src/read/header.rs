//! Which column of a table means what.

use itertools::Itertools;
use rapidfuzz::distance::osa;

use crate::record::Text;

use super::columns::{FIELDS, Field, Format};
use super::head::Head;
use super::problem::{Problems, Quoted};

/// A table's header: what each column means.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) row: u64,
    pub(super) format: Format,
    /// The names as they stand in the table.
    pub(super) names: Vec<Text>,
    /// The names as messages have them.
    pub(super) labels: Vec<Text>,
    /// So many rows come before the table's own.
    pub(super) skip: usize,
    columns: [Option<usize>; FIELDS],
    /// Columns without a meaning here.
    pub(super) extra: Vec<usize>,
}

/// Column names are compared in lower case, with underscores for spaces and hyphens.
pub(super) fn fold(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

impl Header {
    /// Finds the columns; says which are there twice.
    pub(super) fn new(format: Format, head: &Head, problems: &mut Problems) -> Header {
        let Head {
            row,
            names,
            labels,
            known: folded,
            skip,
        } = head.clone();
        for (i, name) in folded.iter().enumerate() {
            if folded[..i].contains(name) {
                problems.cell(
                    row,
                    &labels[i],
                    "",
                    "stands twice in the header: rename or remove one of the two",
                );
            }
        }
        let mut header = Header {
            row,
            format,
            names,
            labels,
            skip,
            columns: [None; FIELDS],
            extra: Vec::new(),
        };
        for (field, accepted) in format.names() {
            header.columns[*field as usize] = header.find(*field, accepted, &folded, problems);
        }
        header.extra = (0..folded.len())
            .filter(|i| !header.columns.contains(&Some(*i)))
            .collect();
        header
    }

    /// The column of a field. Our own name wins over others, which are then carried through; so does a sub-event type
    /// over the event type that it belongs to. Of other names only one may be there.
    fn find(
        &self,
        field: Field,
        accepted: &[&str],
        folded: &[String],
        problems: &mut Problems,
    ) -> Option<usize> {
        let found: Vec<(usize, usize)> = accepted
            .iter()
            .enumerate()
            .filter_map(|(rank, name)| Some((rank, folded.iter().position(|f| f == name)?)))
            .collect();
        let &(rank, column) = found.first()?;
        if rank > 0 && field != Field::Kind && found.len() > 1 {
            let names = found
                .iter()
                .map(|&(_, i)| Quoted(&self.names[i]).to_string())
                .join(" and ");
            problems.row(
                self.row,
                format_args!(
                    "has the columns {names} for one thing: rename the one that counts {}",
                    Quoted(accepted[0])
                ),
            );
        }
        Some(column)
    }

    /// Where a field's column is.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns[field as usize]
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.column(field).is_some()
    }

    /// The name of a field's column in this table, or ours if it has none.
    pub(super) fn name(&self, field: Field) -> &str {
        match self.column(field) {
            Some(i) => &self.labels[i],
            None => self.format.column(field),
        }
    }

    /// Says that there is no row, unless something else is wrong.
    pub(super) fn needs_rows(&self, rows: u64, problems: &mut Problems) {
        if rows == 0 && problems.is_empty() {
            problems.row(
                self.row,
                "is a header with no row below it: add at least one row",
            );
        }
    }

    /// Says that a column is missing, what is there, and which of those may have been meant.
    pub(super) fn missing(&self, fields: &[Field], hint: &str, problems: &mut Problems) {
        let wanted = fields
            .iter()
            .map(|&f| Quoted(self.format.column(f)).to_string())
            .join(" or ");
        let found = self.names.iter().join(", ");
        let nearest = self
            .extra
            .iter()
            .flat_map(|&i| fields.iter().map(move |&f| (i, f)))
            .filter_map(|(i, field)| {
                let accepted = self.format.names().find(|(f, _)| *f == field)?.1;
                let name = fold(&self.names[i]);
                let distance = accepted
                    .iter()
                    .map(|a| osa::distance(a.chars(), name.chars()))
                    .min()?;
                (distance <= 2 && distance < name.chars().count()).then_some((distance, i, field))
            })
            .min_by_key(|&(distance, i, _)| (distance, i));
        let nearest = nearest.map_or(String::new(), |(_, i, field)| {
            format!(
                "; rename {} to {}?",
                Quoted(&self.names[i]),
                Quoted(self.format.column(field))
            )
        });
        problems.row(
            self.row,
            format_args!("has no column {wanted}{hint} (found: {found}){nearest}"),
        );
    }
}
