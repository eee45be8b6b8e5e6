//! What is wrong with a table, cell by cell.

use std::fmt;

use serde::Serialize;

use crate::record::counted;

/// One thing that is wrong with a table, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file as the user named it.
    pub file: String,
    /// What its rows are called: `row`, or `feature` in GeoJSON.
    pub unit: &'static str,
    /// The row as a spreadsheet shows it (the header is row 1); `None` if it is about the whole file.
    pub row: Option<u64>,
    /// The column's name in the header; `None` if it is about the whole row.
    pub column: Option<String>,
    /// What stands there, shortened if long.
    pub value: Option<String>,
    /// What is wrong and what would be right; reads on from the value: "is not a count: write e.g. 8 …".
    pub message: String,
}

/// `row 12, date "10/01/2020" is ambiguous: write 2020-01-10 or 2020-10-01`, without the file.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if let Some(row) = self.row {
            write!(f, "{} {row}", self.unit)?;
        }
        if let Some(column) = &self.column {
            let comma = if self.row.is_some() { ", " } else { "" };
            write!(f, "{comma}{column}")?;
        }
        if let Some(value) = &self.value {
            write!(f, " {}", Quoted(value))?;
        }
        let space = if self.row.is_some() || self.column.is_some() {
            " "
        } else {
            ""
        };
        write!(f, "{space}{}", self.message)
    }
}

/// A text in double quotes, for a message: what cannot be seen is escaped, all else (Arabic with its vowel signs, say)
/// stays as it is.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("\"")?;
        for c in self.0.chars() {
            // Zero-width, direction and byte order marks are what a cell fails by without a visible reason.
            match c {
                '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}' => {
                    write!(f, "{}", c.escape_unicode())?;
                }
                c if c.is_control() => write!(f, "{}", c.escape_default())?,
                c => write!(f, "{c}")?,
            }
        }
        f.write_str("\"")
    }
}

/// Everything that is wrong with the tables read; at least one problem.
///
/// `Display` writes one line for each problem below the name of its file, and at most
/// [`ReadError::PRINTED`] of them with a count of the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    problems: Vec<Problem>,
}

impl ReadError {
    /// How many problems `Display` writes.
    pub const PRINTED: usize = 50;

    /// Every problem: file by file, row by row.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The problems of two tables together.
    pub fn and(mut self, other: ReadError) -> ReadError {
        self.problems.extend(other.problems);
        self
    }
}

impl std::error::Error for ReadError {}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut file = None;
        for problem in self.problems.iter().take(ReadError::PRINTED) {
            if file != Some(&problem.file) {
                if file.is_some() {
                    writeln!(f)?;
                }
                file = Some(&problem.file);
                let n = self
                    .problems
                    .iter()
                    .filter(|p| p.file == problem.file)
                    .count();
                write!(f, "{}: {}", problem.file, counted(n, "problem"))?;
            }
            write!(f, "\n  {problem}")?;
        }
        match self.problems.len().saturating_sub(ReadError::PRINTED) {
            0 => Ok(()),
            more => write!(f, "\n  … and {more} more"),
        }
    }
}

/// Collects the problems of one file.
#[derive(Debug)]
pub(super) struct Problems {
    file: String,
    unit: &'static str,
    list: Vec<Problem>,
}

/// Longer values are cut in messages, in characters.
const VALUE_CHARS: usize = 60;

impl Problems {
    pub(super) fn new(file: &str) -> Problems {
        Problems {
            file: file.to_owned(),
            unit: "row",
            list: Vec::new(),
        }
    }

    /// None yet, of the same file.
    pub(super) fn empty(&self) -> Problems {
        Problems {
            file: self.file.clone(),
            unit: self.unit,
            list: Vec::new(),
        }
    }

    /// Adds those of another part of the file.
    pub(super) fn append(&mut self, other: Problems) {
        self.list.extend(other.list);
    }

    /// What follows is about one sheet of the file.
    pub(super) fn of_sheet(&mut self, name: &str) {
        self.file = format!("{}, sheet {}", self.file, Quoted(name));
    }

    /// What follows is about features of GeoJSON, not about rows.
    pub(super) fn of_features(&mut self) {
        self.unit = "feature";
    }

    /// About the whole file.
    pub(super) fn file(&mut self, message: impl fmt::Display) {
        self.push(None, None, None, message);
    }

    /// About a whole row.
    pub(super) fn row(&mut self, row: u64, message: impl fmt::Display) {
        self.push(Some(row), None, None, message);
    }

    /// Takes back what was said about a row, which was but a consequence of something else.
    pub(super) fn forget(&mut self, row: u64) {
        self.list.retain(|problem| problem.row != Some(row));
    }

    /// About one cell. An empty cell is not quoted.
    pub(super) fn cell(&mut self, row: u64, column: &str, value: &str, message: impl fmt::Display) {
        let value = (!value.is_empty()).then(|| match value.char_indices().nth(VALUE_CHARS) {
            Some((at, _)) => format!("{}…", &value[..at]),
            None => value.to_owned(),
        });
        self.push(Some(row), Some(column.to_owned()), value, message);
    }

    fn push(
        &mut self,
        row: Option<u64>,
        column: Option<String>,
        value: Option<String>,
        message: impl fmt::Display,
    ) {
        let message = message.to_string();
        self.list.push(Problem {
            file: self.file.clone(),
            unit: self.unit,
            row,
            column,
            value,
            message,
        });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The error that holds them, row by row.
    pub(super) fn into_error(mut self) -> ReadError {
        if self.is_empty() {
            // No reader gives up without saying why; an error without any reason would help nobody.
            self.file("cannot be read as a table");
        }
        self.list.sort_by_key(|p| p.row);
        ReadError {
            problems: self.list,
        }
    }
}
