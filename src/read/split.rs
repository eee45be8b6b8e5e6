//! One row of a text → its cells, without copying them: for rows as RFC 4180 has them. All others are left to the `csv`
//! crate, which takes whatever it is given.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

/// The cells of a row.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Record<'t> {
    cells: Vec<Cow<'t, str>>,
}

impl<'t> Record<'t> {
    /// A cell, as it stands between the separators.
    pub(super) fn get(&self, column: usize) -> Option<&str> {
        self.cells.get(column).map(|cell| &**cell)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| &**cell)
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether nothing stands in any cell.
    pub(super) fn is_blank(&self) -> bool {
        self.iter().all(|cell| cell.trim_start().is_empty())
    }

    /// Takes these cells instead.
    pub(super) fn fill(&mut self, cells: impl Iterator<Item = impl Into<Cow<'t, str>>>) {
        self.cells.clear();
        self.cells.extend(cells.map(Into::into));
    }
}

/// What was found where a row was looked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A row.
    Row {
        /// Where it begins.
        start: usize,
        /// Where the next one begins.
        next: usize,
        /// Blank lines before it.
        blank: u64,
        /// Whether a line break ends it; if not, the text does.
        ended: bool,
    },
    /// Nothing but blank lines to the end of the text.
    End {
        /// So many.
        blank: u64,
    },
    /// A row that is not plain: a quote within a cell or never closed, a lone carriage return.
    Odd,
}

/// Splits the row that begins at a place, or below the blank lines there.
pub(super) fn split<'t>(
    text: &'t str,
    delimiter: u8,
    from: usize,
    record: &mut Record<'t>,
) -> Found {
    record.cells.clear();
    let bytes = text.as_bytes();
    let (mut start, mut blank) = (from, 0);
    while let Some(length) = line_break(bytes, start) {
        (start, blank) = (start + length, blank + 1);
    }
    if start >= bytes.len() {
        return Found::End { blank };
    }
    let mut at = start;
    loop {
        let (cell, end) = match bytes.get(at) {
            Some(b'"') => match quoted(text, at + 1) {
                Some(found) => found,
                None => return Found::Odd,
            },
            _ => {
                let rest = bytes.get(at..).unwrap_or_default();
                let length = memchr3(delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
                let cell = text.get(at..at + length).unwrap_or_default();
                (Cow::Borrowed(cell), at + length)
            }
        };
        record.cells.push(cell);
        if bytes.get(end) == Some(&delimiter) {
            at = end + 1;
        } else if let Some(length) = line_break(bytes, end) {
            return Found::Row {
                start,
                next: end + length,
                blank,
                ended: true,
            };
        } else if end >= bytes.len() {
            return Found::Row {
                start,
                next: end,
                blank,
                ended: false,
            };
        } else {
            return Found::Odd;
        }
    }
}

/// How long the line break at a place is, if there is one.
fn line_break(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'\n' => Some(1),
        b'\r' if bytes.get(at + 1) == Some(&b'\n') => Some(2),
        _ => None,
    }
}

/// The cell whose opening quote is before this place, and where its closing quote ends; `None` if it has none.
fn quoted(text: &str, start: usize) -> Option<(Cow<'_, str>, usize)> {
    let bytes = text.as_bytes();
    let (mut from, mut doubled) = (start, false);
    loop {
        let end = from + memchr(b'"', bytes.get(from..)?)?;
        if bytes.get(end + 1) == Some(&b'"') {
            (from, doubled) = (end + 2, true);
            continue;
        }
        let cell = text.get(start..end)?;
        let cell = match doubled {
            true => Cow::Owned(cell.replace("\"\"", "\"")),
            false => Cow::Borrowed(cell),
        };
        return Some((cell, end + 1));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ours(text: &str) -> Option<Vec<Vec<String>>> {
        let (mut at, mut record, mut all) = (0, Record::default(), Vec::new());
        loop {
            match split(text, b',', at, &mut record) {
                Found::Row { next, .. } => {
                    all.push(record.iter().map(str::to_owned).collect());
                    at = next;
                }
                Found::End { .. } => return Some(all),
                Found::Odd => return None,
            }
        }
    }

    fn theirs(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.has_headers(false).flexible(true);
        let records = reader.from_reader(text.as_bytes()).into_records();
        records
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    proptest! {
        #[test]
        fn rows_are_those_of_the_csv_crate(text in "([a,é\" ]|\"\"|\n|\r\n|\r|\"a,\n\"){0,24}") {
            if let Some(rows) = ours(&text) {
                prop_assert_eq!(rows, theirs(&text));
            }
        }
    }

    #[test]
    fn plain_rows_are_split_and_odd_ones_are_not() {
        let text = "a,\"b, \"\"c\"\"\nd\",\r\n\n,\ne";
        let rows = [&["a", "b, \"c\"\nd", ""][..], &["", ""], &["e"]];
        assert_eq!(ours(text).unwrap(), rows);
        for odd in ["a\rb", "\"a", "\"a\"b,c"] {
            assert_eq!(ours(odd), None, "{odd}");
        }
    }
}
