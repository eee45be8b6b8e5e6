//! The one pass over a compiled gazetteer that lets every later look-up trust it.
//!
//! Cost: linear; some 20 ns a name.

use super::compile::{IS_ADMIN, NONE, UNKNOWN};
use super::compiled::{Compiled, LoadError, Section, u32_at};
use super::kind::PlaceKind;

/// Looks at every offset, index, code and coordinate.
///
/// # Errors
/// What the first bad one is part of.
pub(super) fn check(data: &Compiled) -> Result<(), LoadError> {
    let rows = |section: Section| {
        let end = section.start + section.size * section.count as usize;
        // `Compiled::new` has seen that the sections fill the tables.
        data.tables
            .get(section.start..end)
            .unwrap_or_default()
            .chunks_exact(section.size)
    };
    let every = |section: Section, what: &'static str, ok: &dyn Fn(&[u8]) -> bool| {
        if rows(section).all(ok) {
            Ok(())
        } else {
            Err(LoadError::Damaged(what))
        }
    };
    let texts = |row: &[u8], at: usize, number: usize| {
        (0..number).all(|n| is_text(&data.text, word(row, at + 8 * n), word(row, at + 8 * n + 4)))
    };
    let admin = |index: u32| index == NONE || index < data.admins.count;
    every(data.admins, "admin area", &|row| {
        let (lat, lon) = (word(row, 48) as i32, word(row, 52) as i32);
        texts(row, 0, 5)
            && admin(word(row, 40))
            && is_country(row, 44)
            && (lat == UNKNOWN || on_earth(lat, lon))
    })?;
    every(data.places, "place", &|row| {
        let kind = row.get(42).copied().and_then(PlaceKind::from_code);
        texts(row, 0, 4)
            && admin(word(row, 32))
            && admin(word(row, 36))
            && is_country(row, 40)
            && kind.is_some()
            && on_earth(word(row, 44) as i32, word(row, 48) as i32)
    })?;
    every(data.keys, "key", &|row| {
        texts(row, 4, 1) && word(row, 16) <= data.entries.count
    })?;
    every(data.entries, "name", &|row| {
        let target = word(row, 0);
        let limit = if target & IS_ADMIN != 0 {
            data.admins.count
        } else {
            data.places.count
        };
        texts(row, 4, 1) && target & !IS_ADMIN < limit
    })?;
    every(data.directory, "directory", &|row| {
        word(row, 0) <= data.keys.count
    })
}

fn word(row: &[u8], at: usize) -> u32 {
    // Every row has its section's size, and every offset here is a constant within it.
    u32_at(row, at).unwrap_or(u32::MAX)
}

fn is_text(text: &str, offset: u32, length: u32) -> bool {
    let (start, length) = (offset as usize, length as usize);
    start
        .checked_add(length)
        .is_some_and(|end| text.is_char_boundary(start) && text.is_char_boundary(end))
}

fn is_country(row: &[u8], at: usize) -> bool {
    row.get(at..at + 2)
        .is_some_and(|code| code.iter().all(u8::is_ascii_uppercase))
}

fn on_earth(lat: i32, lon: i32) -> bool {
    lat.unsigned_abs() <= 90_000_000 && lon.unsigned_abs() <= 180_000_000
}
