//! A long table of incidents, a piece at a time: memory holds a few pieces, however long the table is.
//!
//! Pieces are cut where a row ends for sure: quotes stand where RFC 4180 has them, or the table is not cut at all.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use memchr::memchr2_iter;

use super::head::Subject;
use super::rows::{Rows, delimiter};
use super::sheet::Sheet;
use super::split::Record;
use super::{ReadOptions, Table, incidents, incidents_from_bytes};
use crate::record::Claim;

/// Bytes read at a time: what is made of so many stays in a processor's cache.
const WINDOW: usize = 1 << 18;
/// No row is longer than this, nor the head of a table.
const LONGEST: usize = 64 << 20;

/// Reads a CSV in pieces, each with the head of the table above it.
pub struct Pieces {
    file: File,
    /// The header and all that is above it, as it stands in the file.
    head: Vec<u8>,
    rest: Vec<u8>,
    /// Whether the file has been read to its end.
    ended: bool,
    rows: u64,
    delimiter: u8,
}

/// Some rows of a table.
pub struct Piece {
    bytes: Vec<u8>,
    /// Rows of the table between its head and these.
    before: u64,
}

/// Why a table is not read in pieces: it may be read as a whole, and what is wrong with it is said then.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// It is no plain CSV, or its quotes do not say where rows end.
    #[error("it cannot be cut into pieces")]
    Form,
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Pieces {
    /// Opens a table.
    ///
    /// # Errors
    /// Where it cannot be read, or is no CSV.
    pub fn open(path: &Path) -> Result<Self, Unfit> {
        let mut pieces = Self {
            file: File::open(path)?,
            head: Vec::new(),
            rest: Vec::new(),
            ended: false,
            rows: 0,
            delimiter: b',',
        };
        pieces.read_on()?;
        let start = pieces.rest.as_slice();
        let marked = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        let text = match std::str::from_utf8(marked) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&marked[..error.valid_up_to()]).unwrap_or_default(),
        };
        let packed = [&b"PK\x03\x04"[..], b"\x1f\x8b"];
        if packed.iter().any(|magic| marked.starts_with(magic))
            || text.trim_start().starts_with('{')
            || text.len() + 4 < marked.len()
        {
            return Err(Unfit::Form);
        }
        pieces.delimiter = delimiter(text);
        let sheet = Sheet::of_text(text, Subject::Incidents);
        let skip = sheet.head().ok_or(Unfit::Form)?.skip;
        let mut rows = Rows::new(text, pieces.delimiter, 0);
        let mut record = Record::default();
        for _ in 0..skip {
            rows.read(&mut record).ok_or(Unfit::Form)?;
        }
        let end = start.len() - marked.len() + rows.byte();
        let mut ends = pieces
            .rest
            .get(..end)
            .is_some_and(|head| head.ends_with(b"\n"));
        let mut end = end;
        // The line break may not have been read with the row.
        while !ends && matches!(pieces.rest.get(end), Some(b'\r' | b'\n')) {
            ends = pieces.rest.get(end) == Some(&b'\n');
            end += 1;
        }
        if skip > 0 && !ends {
            return Err(Unfit::Form);
        }
        pieces.head = pieces.rest.drain(..end).collect();
        Ok(pieces)
    }

    /// Reads on in the file.
    fn read_on(&mut self) -> io::Result<()> {
        let mut window = (&mut self.file).take(WINDOW as u64);
        self.ended = window.read_to_end(&mut self.rest)? < WINDOW;
        Ok(())
    }

    /// The next piece; `None` at the end of the table.
    ///
    /// # Errors
    /// Where the file cannot be read, or does not say where a row ends.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, Unfit> {
        loop {
            if !self.ended && self.rest.len() < WINDOW {
                self.read_on()?;
            }
            let (cut, rows) = self.cut()?;
            let cut = if self.ended { self.rest.len() } else { cut };
            if cut > 0 {
                let mut bytes = self.head.clone();
                bytes.extend(self.rest.drain(..cut));
                let before = self.rows;
                self.rows += rows;
                return Ok(Some(Piece { bytes, before }));
            }
            if self.ended {
                return Ok(None);
            }
            if self.rest.len() > LONGEST {
                return Err(Unfit::Form);
            }
            self.read_on()?;
        }
    }

    /// Where the last row that has been read ends, and how many lines that are rows there are.
    fn cut(&self) -> Result<(usize, u64), Unfit> {
        let bytes = self.rest.as_slice();
        let (mut quoted, mut skip) = (false, None);
        let (mut cut, mut rows) = (0, 0);
        for at in memchr2_iter(b'"', b'\n', bytes) {
            if skip == Some(at) {
                continue;
            }
            if bytes.get(at) == Some(&b'\n') {
                if !quoted {
                    (cut, rows) = (at + 1, rows + 1);
                }
                continue;
            }
            if !quoted {
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                if !before.is_none_or(|b| *b == b'\n' || *b == self.delimiter) {
                    return Err(Unfit::Form);
                }
                quoted = true;
                continue;
            }
            match bytes.get(at + 1) {
                Some(b'"') => skip = Some(at + 1),
                Some(b) if matches!(b, b'\r' | b'\n') || *b == self.delimiter => quoted = false,
                None => quoted = false,
                Some(_) => return Err(Unfit::Form),
            }
        }
        Ok((cut, rows))
    }
}

impl Piece {
    /// Calls `each` with the id of every row that has one, and looks at nothing else. `None` where there is no table.
    pub fn ids(&self, options: &ReadOptions, each: impl FnMut(&str)) -> Option<()> {
        let bytes = self.bytes.as_slice();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).ok()?;
        incidents::ids(&Sheet::of_text(text, Subject::Incidents), options, each)
    }

    /// Its claims, with their rows as the whole table has them; `None` where anything is wrong with them.
    pub fn claims(&self, name: &str, options: &ReadOptions) -> Option<Table<Claim>> {
        if self.bytes.is_empty() {
            return None;
        }
        let mut table = incidents_from_bytes(name, &self.bytes, options).ok()?;
        for claim in &mut table.records {
            claim.row += self.before;
        }
        for outside in &mut table.outside {
            outside.row += self.before;
        }
        Some(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Vec<Claim>, Unfit> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        std::fs::write(&path, bytes).unwrap();
        let mut pieces = Pieces::open(&path)?;
        let mut claims = Vec::new();
        while let Some(piece) = pieces.next_piece()? {
            claims.extend(
                piece
                    .claims("t.csv", &ReadOptions::default())
                    .unwrap()
                    .records,
            );
        }
        Ok(claims)
    }

    #[test]
    fn pieces_say_the_same_as_the_whole() {
        let mut table = "\u{feff}id,date,place,kind,lat,lon,note\r\n".to_owned();
        for i in 0..60_000 {
            let note = match i % 7 {
                0 => "\"two\r\nlines, \"\"quoted\"\"\"",
                1 => "\"\"",
                _ => "plain words that take some room in the file",
            };
            table += &format!("i{i},2020-01-10,\"Idlib, north\",air strike,35.9,36.6,{note}\r\n");
            if i % 1000 == 0 {
                table += "\r\n";
            }
        }
        assert!(table.len() > 3 * WINDOW);
        let whole = incidents_from_bytes("t.csv", table.as_bytes(), &ReadOptions::default());
        let whole = whole.unwrap().records;
        assert!(read(table.as_bytes()).unwrap() == whole);
    }

    #[test]
    fn what_cannot_be_cut_for_sure_is_not_cut() {
        let head = "date,kind,lat,lon,note\n";
        for row in [
            "2020-01-10,air strike,35,36,a 12\" pipe\n",
            "{\n",
            "PK\u{3}\u{4}",
        ] {
            let table = match row.starts_with("20") {
                true => format!("{head}{row}"),
                false => row.to_owned(),
            };
            assert!(matches!(read(table.as_bytes()), Err(Unfit::Form)), "{row}");
        }
    }
}
