//! What one file of an import holds, before layers are joined.

use super::super::kind::PlaceKind;
use super::super::source::{AdminRow, PlaceRow};

/// One file's rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    /// How messages call it.
    pub label: String,
    pub admins: Vec<Area>,
    pub places: Vec<Spot>,
    pub left_out: Vec<LeftOut>,
    /// What the user should know of how it was read.
    pub notes: Vec<String>,
    /// Rows read.
    pub rows: u64,
}

/// An admin area; `row.parent` is still as the file has it.
#[derive(Clone, Debug)]
pub(super) struct Area {
    pub row: AdminRow,
    /// What the file's other rows call it.
    pub key: String,
}

/// A place; `row.admin1` and `row.admin2` are still as the file has them, `row.country` may be [`NO_COUNTRY`].
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub row: PlaceRow,
    /// How much the file says of its kind.
    pub sure: Sure,
}

/// What is known of a kind; the rest is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// Nothing: taken for a settlement.
    Nothing,
    /// That it is a settlement, not how large.
    Settlement,
    /// The kind.
    Kind,
}

impl Sure {
    /// Of a settlement whose people may be known.
    pub fn of_settlement(population: u32) -> Sure {
        if population > 0 {
            Sure::Kind
        } else {
            Sure::Settlement
        }
    }
}

/// Not said by the file.
pub(super) const NO_COUNTRY: [u8; 2] = [0, 0];

/// A row that is not in the gazetteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its file.
    pub file: String,
    /// Its row as a spreadsheet shows it.
    pub row: u64,
    /// Its name, if it has one.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// What a settlement of unknown kind is taken for: by how many live there.
pub(super) fn settlement(population: u32) -> PlaceKind {
    match population {
        100_000.. => PlaceKind::City,
        10_000.. => PlaceKind::Town,
        _ => PlaceKind::Village,
    }
}

/// Whether a name is written in Arabic letters.
pub(super) fn is_arabic(name: &str) -> bool {
    let first = name.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'))
}

/// The names of a place, sorted by script, none twice.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub preferred: String,
    pub latin: Vec<String>,
    pub arabic: Vec<String>,
}

impl Names {
    /// The first name in Latin letters is the preferred one; if there is none, the first of all.
    pub fn new<'n>(names: impl Iterator<Item = &'n str>) -> Names {
        let mut out = Names::default();
        for name in names {
            // The compiled form joins names with a bar.
            let name = name.replace('|', " ");
            let name = name.trim();
            if name.is_empty() || !name.chars().any(char::is_alphanumeric) {
                continue;
            }
            let list = if is_arabic(name) {
                &mut out.arabic
            } else {
                &mut out.latin
            };
            if !list.iter().any(|other| other == name) {
                list.push(name.to_owned());
            }
        }
        if out.latin.is_empty() {
            out.preferred = out.arabic.first().cloned().unwrap_or_default();
        } else {
            out.preferred = out.latin.remove(0);
        }
        let codes = is_code(&out.preferred);
        out.latin.retain(|name| codes || !is_code(name));
        out
    }
}

/// "OSKL", "SYR": a code, which no report means by the name of a place.
fn is_code(name: &str) -> bool {
    name.len() <= 4 && name.bytes().all(|b| b.is_ascii_uppercase())
}
