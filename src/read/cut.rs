//! Where a long table can be cut, so that its parts are read at once.

use memchr::memchr2_iter;
use rayon::prelude::*;

/// A part is about this long, in bytes, whatever the machine: how a table is cut does not depend on it.
const PART: usize = 4 << 20;

/// A part of a text that seems to begin with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Lines before it that are rows.
    pub(super) rows: u64,
}

/// Cuts a text after line breaks that are outside of quotes, as far as counting quotes can tell: whoever reads the parts
/// has to see that each ends where the next begins.
pub(super) fn cuts(text: &str) -> Vec<Cut> {
    let bytes = text.as_bytes();
    let pieces: Vec<&[u8]> = bytes.chunks(PART).collect();
    let counts: Vec<[u64; 3]> = pieces.par_iter().map(|piece| count(piece)).collect();
    let mut starts = vec![(0, 0)];
    let (mut quoted, mut rows) = (false, 0);
    for (i, (piece, [outside, inside, quotes])) in pieces.iter().zip(counts).enumerate() {
        if i > 0
            && let Some(at) = first_break(piece, quoted)
        {
            starts.push((i * PART + at + 1, rows + 1));
        }
        rows += if quoted { inside } else { outside };
        quoted ^= quotes % 2 == 1;
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start);
    let ends = ends.chain([bytes.len()]);
    let cuts = starts.iter().zip(ends);
    let cuts = cuts.map(|(&(start, rows), end)| Cut { start, end, rows });
    cuts.filter(|cut| cut.start < cut.end).collect()
}

/// Line breaks that are outside of quotes if the piece begins outside of them, those that are if it begins inside, and
/// quotes.
fn count(piece: &[u8]) -> [u64; 3] {
    let (mut breaks, mut quotes) = ([0, 0], 0u64);
    for at in memchr2_iter(b'"', b'\n', piece) {
        if piece.get(at) == Some(&b'"') {
            quotes += 1;
        } else {
            let [outside, inside] = &mut breaks;
            *(if quotes % 2 == 0 { outside } else { inside }) += 1;
        }
    }
    let [outside, inside] = breaks;
    [outside, inside, quotes]
}

/// The first line break outside of quotes.
fn first_break(piece: &[u8], mut quoted: bool) -> Option<usize> {
    for at in memchr2_iter(b'"', b'\n', piece) {
        match piece.get(at) {
            Some(b'"') => quoted = !quoted,
            _ if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}
