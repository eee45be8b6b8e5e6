//! The first rows of a table → what its columns are called and mean, and where its own rows begin.

use csv::StringRecord;

use crate::record::Text;

use super::columns::Format;
use super::header::fold;
use super::{gdelt, hxl};

/// HXL has its tags within the first so many rows.
pub(super) const HEAD_ROWS: usize = 25;

/// What the first rows of a table say of the others.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// The row of the header as a spreadsheet shows it.
    pub(super) row: u64,
    /// The names as they stand in the table.
    pub(super) names: Vec<Text>,
    /// The names as messages have them.
    pub(super) labels: Vec<Text>,
    /// The names by which columns are known: folded, or what their tags mean.
    pub(super) known: Vec<String>,
    /// So many rows come before the table's own.
    pub(super) skip: usize,
}

/// What a table is to be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Incidents,
    Displacement,
}

impl Head {
    /// Of the first rows of a table that are not blank, each with its number; `None` if there is none.
    pub(super) fn of(first: &[(u64, StringRecord)], subject: Subject) -> Option<Head> {
        let (row, header) = first.first()?;
        if gdelt::is_row(header) {
            let names = gdelt::COLUMNS.iter().copied();
            return Some(Head::named(*row, names, 0));
        }
        let Some(at) = first
            .iter()
            .position(|(_, record)| hxl::is_hashtags(record))
        else {
            return Some(Head::named(*row, header.iter(), 1));
        };
        let (row, tags) = first.get(at)?;
        let above = at.checked_sub(1).and_then(|above| first.get(above));
        let (row, names) = above.map_or((row, tags), |(row, names)| (row, names));
        let cells = (0..tags.len()).map(|i| names.get(i).unwrap_or(""));
        let mut head = Head::named(*row, cells, at + 1);
        // What the header of a known data set says is as clear as tags, and closer.
        if subject != Subject::Incidents || Format::of_incidents(&head.known) == Format::Incidents {
            hxl::rename(&mut head.known, tags, subject);
        }
        Some(head)
    }

    fn named<'a>(row: u64, cells: impl Iterator<Item = &'a str>, skip: usize) -> Head {
        let names: Vec<Text> = cells
            .enumerate()
            .map(|(i, name)| match name.trim() {
                "" => format!("column {}", i + 1).into(),
                name => name.into(),
            })
            .collect();
        Head {
            row,
            known: names.iter().map(|name| fold(name)).collect(),
            labels: names.clone(),
            names,
            skip,
        }
    }

    /// Whether the names are those of a table of this subject.
    pub(super) fn is_of(&self, subject: Subject) -> bool {
        let has = |names: &[&str]| {
            self.known
                .iter()
                .any(|known| names.contains(&known.as_str()))
        };
        match subject {
            Subject::Incidents => match Format::of_incidents(&self.known) {
                Format::Incidents => {
                    Format::Incidents.known(&self.known) > 2
                        && has(&["kind", "sub_event_type", "event_type", "type"])
                }
                _ => true,
            },
            Subject::Displacement => {
                Format::Displacement.known(&self.known) > 1
                    && has(&["origin", "from", "destination", "to", "destinations"])
            }
        }
    }
}
