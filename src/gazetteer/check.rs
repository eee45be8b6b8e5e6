//! Whether a compiled gazetteer from outside is whole: its checksum, then every offset, index, code and coordinate.
//!
//! Cost: one pass in order over the bytes and one over the tables; neither jumps about, so that half a million places
//! take a fraction of a second.

use super::compile::{self, IS_ADMIN, NONE, UNKNOWN};
use super::compiled::{Compiled, LoadError, Section, u32_at};
use super::kind::PlaceKind;

/// Looks at all of it.
///
/// # Errors
/// What is damaged.
pub(super) fn check(data: &Compiled) -> Result<(), LoadError> {
    if compile::checksum(&data.bytes) != compile::stored_checksum(&data.bytes) {
        return Err(LoadError::Damaged("checksum"));
    }
    let text = data.text.start..data.text.start + data.text.count as usize;
    if std::str::from_utf8(data.bytes.get(text).unwrap_or_default()).is_err() {
        return Err(LoadError::Damaged("text is not UTF-8"));
    }
    let rows = |section: Section| {
        let end = section.start + section.size * section.count as usize;
        // `Compiled::new` has seen that the sections fill the bytes.
        data.bytes
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
        (0..number).all(|n| {
            is_text(
                data.text.count,
                word(row, at + 8 * n),
                word(row, at + 8 * n + 4),
            )
        })
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
    every(data.sounds, "sound", &|row| {
        word(row, 4) < data.entries.count
    })?;
    every(data.directory, "directory", &|row| {
        word(row, 0) <= data.keys.count
    })
}

fn word(row: &[u8], at: usize) -> u32 {
    // Every row has its section's size, and every offset here is a constant within it.
    u32_at(row, at).unwrap_or(u32::MAX)
}

fn is_text(bytes: u32, offset: u32, length: u32) -> bool {
    offset.checked_add(length).is_some_and(|end| end <= bytes)
}

fn is_country(row: &[u8], at: usize) -> bool {
    row.get(at..at + 2)
        .is_some_and(|code| code.iter().all(u8::is_ascii_uppercase))
}

fn on_earth(lat: i32, lon: i32) -> bool {
    lat.unsigned_abs() <= 90_000_000 && lon.unsigned_abs() <= 180_000_000
}
