//! Reads the compiled gazetteer in place: nothing is decoded until it is asked for.
//!
//! [`Compiled::new`] looks at the header alone; every access after that is bounds-checked and gives an empty text or a
//! zero where the bytes are wrong. [`check`](super::check) tells wrong bytes beforehand. The layout is in `compile.rs`.

use std::borrow::Cow;
use std::ops::Range;

use super::compile::{
    ADMIN, ENTRY, HEADER, KEY, MAGIC, NONE, PLACE, SOUND, UNKNOWN, VERSION, hash,
};
use super::fold::Articles;
use super::kind::PlaceKind;

/// Bytes that are no gazetteer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// They do not begin as a compiled gazetteer does.
    #[error("not a compiled gazetteer; make one with `dateline gazetteer import`")]
    NotAGazetteer,
    /// Written by another version of dateline.
    #[error(
        "compiled gazetteer of version {0}, but this dateline reads version {VERSION}; import it again"
    )]
    Version(u32),
    /// Cut off or damaged.
    #[error("compiled gazetteer is damaged ({0}); import it again")]
    Damaged(&'static str),
}

/// The bytes, checked.
#[derive(Debug)]
pub struct Compiled {
    pub(super) bytes: Cow<'static, [u8]>,
    pub(super) text: Section,
    pub(super) admins: Section,
    pub(super) places: Section,
    pub(super) keys: Section,
    pub(super) entries: Section,
    pub(super) sounds: Section,
    pub(super) directory: Section,
    outlines: Section,
    bits: u32,
    home: [u8; 2],
}

/// Rows of one size, one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section {
    pub(super) start: usize,
    pub(super) size: usize,
    pub(super) count: u32,
}

/// One of the names of a place or area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameEntry {
    /// Index of a place, or of an admin area with the top bit set.
    pub target: u32,
    /// Where the name as written stands in the text.
    name: (u32, u32),
    /// Which words of it had an article.
    pub articles: Articles,
}

/// The texts of an admin area, in the order they are stored.
#[derive(Clone, Copy, Debug)]
pub enum AdminText {
    Id = 0,
    Name = 1,
    Arabic = 2,
    Pcode = 3,
    All = 4,
}

/// The texts of a place, in the order they are stored.
#[derive(Clone, Copy, Debug)]
pub enum PlaceText {
    Id = 0,
    Name = 1,
    Arabic = 2,
    All = 3,
}

impl Compiled {
    /// Reads the header and takes the bytes over.
    ///
    /// # Errors
    /// If they are not a gazetteer of this version, or not as long as the header says.
    pub fn new(bytes: Cow<'static, [u8]>) -> Result<Compiled, LoadError> {
        if bytes.get(..MAGIC.len()) != Some(MAGIC.as_slice()) {
            return Err(LoadError::NotAGazetteer);
        }
        if bytes.len() < HEADER {
            return Err(LoadError::Damaged("cut off in the header"));
        }
        // The header is whole.
        let word = |n: usize| u32_at(&bytes, MAGIC.len() + 4 * n).unwrap_or_default();
        if word(0) != VERSION {
            return Err(LoadError::Version(word(0)));
        }
        let home = word(1).to_le_bytes();
        let bits = word(6);
        if !(1..=24).contains(&bits) {
            return Err(LoadError::Damaged("size of the directory"));
        }
        let mut end = HEADER;
        let mut section = |count: u32, size: usize| {
            let start = end;
            let length = (count as usize).checked_mul(size);
            end = length
                .and_then(|length| start.checked_add(length))
                .ok_or(LoadError::Damaged("size of the tables"))?;
            Ok(Section { start, size, count })
        };
        let admins = section(word(2), ADMIN)?;
        let places = section(word(3), PLACE)?;
        let keys = section(word(4), KEY)?;
        let entries = section(word(5), ENTRY)?;
        let sounds = section(word(8), SOUND)?;
        let directory = section((1 << bits) + 1, 4)?;
        let text = section(word(7), 1)?;
        let outlines = section(word(9), 1)?;
        if end != bytes.len() {
            return Err(LoadError::Damaged("length"));
        }
        let home = [home[0], home[1]];
        Ok(Compiled {
            bytes,
            text,
            admins,
            places,
            keys,
            entries,
            sounds,
            directory,
            outlines,
            bits,
            home,
        })
    }

    /// Code of the country whose places win over like ones abroad.
    pub fn home(&self) -> [u8; 2] {
        self.home
    }

    /// Number of admin areas.
    pub fn admin_count(&self) -> u32 {
        self.admins.count
    }

    /// Number of places.
    pub fn place_count(&self) -> u32 {
        self.places.count
    }

    /// Number of keys.
    pub fn key_count(&self) -> u32 {
        self.keys.count
    }

    /// A text of an admin area.
    pub fn admin_text(&self, index: u32, which: AdminText) -> &str {
        self.text_at(self.admins, index, 8 * which as usize)
    }

    /// Index of the area that an admin area is part of.
    pub fn admin_parent(&self, index: u32) -> Option<u32> {
        Some(self.word(self.admins, index, 40)).filter(|parent| *parent != NONE)
    }

    /// Country of an admin area.
    pub fn admin_country(&self, index: u32) -> [u8; 2] {
        letters_at(self.row(self.admins, index), 44)
    }

    /// Level of an admin area: 0 country, 1, 2.
    pub fn admin_level(&self, index: u32) -> u8 {
        self.row(self.admins, index)
            .get(46)
            .copied()
            .unwrap_or_default()
    }

    /// Longitude and latitude of an admin area's middle and its reach in metres.
    pub fn admin_disc(&self, index: u32) -> Option<([f64; 2], u32)> {
        let (lat, lon) = (
            self.word(self.admins, index, 48) as i32,
            self.word(self.admins, index, 52) as i32,
        );
        (lat != UNKNOWN).then(|| {
            (
                [f64::from(lon) / 1e6, f64::from(lat) / 1e6],
                self.word(self.admins, index, 56),
            )
        })
    }

    /// A text of a place.
    pub fn place_text(&self, index: u32, which: PlaceText) -> &str {
        self.text_at(self.places, index, 8 * which as usize)
    }

    /// Index of the first- or second-order area that a place lies in (`level` 1 or 2).
    pub fn place_admin(&self, index: u32, level: u8) -> Option<u32> {
        let at = if level == 1 { 32 } else { 36 };
        Some(self.word(self.places, index, at)).filter(|admin| *admin != NONE)
    }

    /// Country of a place.
    pub fn place_country(&self, index: u32) -> [u8; 2] {
        letters_at(self.row(self.places, index), 40)
    }

    /// Kind of a place.
    pub fn place_kind(&self, index: u32) -> PlaceKind {
        self.row(self.places, index)
            .get(42)
            .and_then(|code| PlaceKind::from_code(*code))
            .unwrap_or(PlaceKind::Site)
    }

    /// How many of the gazetteers that it was made of have a place.
    pub fn place_layers(&self, index: u32) -> u8 {
        self.row(self.places, index)
            .get(43)
            .copied()
            .unwrap_or_default()
    }

    /// Longitude and latitude of a place, in degrees.
    pub fn place_point(&self, index: u32) -> [f64; 2] {
        let (lat, lon) = (
            self.word(self.places, index, 44) as i32,
            self.word(self.places, index, 48) as i32,
        );
        [f64::from(lon) / 1e6, f64::from(lat) / 1e6]
    }

    /// Population of a place; 0 if not known.
    pub fn place_population(&self, index: u32) -> u32 {
        self.word(self.places, index, 52)
    }

    /// How far a place reaches, in metres; 0 if only its kind says.
    pub fn place_radius(&self, index: u32) -> u32 {
        self.word(self.places, index, 56)
    }

    /// The entries whose names have this key.
    pub fn find(&self, key: &str) -> Range<u32> {
        let hash = hash(key);
        let slot = hash >> (32 - self.bits);
        let (first, end) = (
            self.word(self.directory, slot, 0),
            self.word(self.directory, slot + 1, 0),
        );
        for index in first..end {
            let stored = self.word(self.keys, index, 0);
            if stored > hash {
                break;
            }
            if stored == hash && self.raw_at(self.keys, index, 4) == key.as_bytes() {
                return self.key_entries(index);
            }
        }
        0..0
    }

    /// The entries whose consonants have this hash; others may share it.
    pub fn sounding(&self, hash: u32) -> impl Iterator<Item = u32> + '_ {
        let (mut low, mut high) = (0, self.sounds.count);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.word(self.sounds, middle, 0) < hash {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low..self.sounds.count)
            .take_while(move |index| self.word(self.sounds, *index, 0) == hash)
            .map(|index| self.word(self.sounds, index, 4))
    }

    /// The outlines of admin areas, as they were packed.
    pub fn outlines(&self) -> &[u8] {
        let start = self.outlines.start;
        self.bytes
            .get(start..start + self.outlines.count as usize)
            .unwrap_or_default()
    }

    /// A key's set of letters.
    pub fn key_letters(&self, index: u32) -> u32 {
        self.word(self.keys, index, 12)
    }

    /// Length of a key's text in bytes.
    pub fn key_length(&self, index: u32) -> u32 {
        self.word(self.keys, index, 8)
    }

    /// A key's entries.
    pub fn key_entries(&self, index: u32) -> Range<u32> {
        let end = if index + 1 < self.keys.count {
            self.word(self.keys, index + 1, 16)
        } else {
            self.entries.count
        };
        self.word(self.keys, index, 16)..end
    }

    /// An entry.
    pub fn entry(&self, index: u32) -> NameEntry {
        let word = |at| self.word(self.entries, index, at);
        NameEntry {
            target: word(0),
            name: (word(4), word(8)),
            articles: word(12) as Articles,
        }
    }

    /// An entry's name as written.
    pub fn entry_name(&self, entry: NameEntry) -> &str {
        std::str::from_utf8(self.raw(entry.name)).unwrap_or_default()
    }

    fn row(&self, section: Section, index: u32) -> &[u8] {
        let start = section.start + index as usize * section.size;
        self.bytes
            .get(start..start + section.size)
            .unwrap_or_default()
    }

    fn word(&self, section: Section, index: u32, at: usize) -> u32 {
        u32_at(
            &self.bytes,
            section.start + index as usize * section.size + at,
        )
        .unwrap_or_default()
    }

    fn text_at(&self, section: Section, index: u32, at: usize) -> &str {
        std::str::from_utf8(self.raw_at(section, index, at)).unwrap_or_default()
    }

    fn raw_at(&self, section: Section, index: u32, at: usize) -> &[u8] {
        self.raw((
            self.word(section, index, at),
            self.word(section, index, at + 4),
        ))
    }

    fn raw(&self, (offset, length): (u32, u32)) -> &[u8] {
        let start = self.text.start + offset as usize;
        self.bytes
            .get(start..start + length as usize)
            .unwrap_or_default()
    }
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    four.try_into().ok().map(u32::from_le_bytes)
}

fn letters_at(row: &[u8], at: usize) -> [u8; 2] {
    row.get(at..at + 2)
        .and_then(|two| two.try_into().ok())
        .unwrap_or(*b"ZZ")
}
