//! Rows of a gazetteer → the compiled form that `compiled.rs` reads. Included by the build script too.
//!
//! Layout, all numbers little-endian, sections one after another without gaps:
//!
//! | section | size |
//! |---|---|
//! | header | magic `dateline gazette` (16 bytes), then u32: version, home country (2 letters, 2 zeros), admin areas, places, keys, entries, directory bits, text bytes, sounds, outline bytes; u64 checksum of all else |
//! | admin areas | 60 bytes each: 5 texts (id, name, Arabic name, P-code, all names joined with a bar) as u32 offset + u32 length; u32 parent or none; 2 letters country, u8 level, u8 0; i32 latitude, i32 longitude (micro-degrees, i32::MIN: unknown), u32 radius in metres |
//! | places | 60 bytes each: 4 texts (id, name, Arabic name, all names); u32 admin 1, u32 admin 2; 2 letters country, u8 kind, u8 layers; i32 latitude, i32 longitude; u32 population (0: unknown); u32 radius in metres (0: by kind) |
//! | keys | 20 bytes each, by (hash, text): u32 hash, u32 text offset, u32 text length, u32 letter set, u32 first entry |
//! | entries | 16 bytes each: u32 target (top bit: admin area), u32 offset and u32 length of the name as written, u16 articles, u16 0 |
//! | sounds | 8 bytes each, by (hash, entry): u32 hash of the consonants (`sound.rs`), u32 entry |
//! | directory | (2^bits + 1) × u32: first key whose hash has at least these top bits |
//! | text | UTF-8 |
//! | outlines | outlines of admin areas, as whoever imported them packed them; empty in the embedded gazetteer |
//!
//! A key's entries end where the next key's begin. Cost: one sort of the names.

use std::collections::HashMap;

use super::fold::{self, Articles};
use super::source::{AdminRow, PlaceRow, Problem};
use super::{sound, words};

/// First bytes of the compiled form.
pub const MAGIC: &[u8; 16] = b"dateline gazette";
/// Raised with every change of the layout or of the folding.
pub const VERSION: u32 = 3;
/// Header bytes.
pub const HEADER: usize = 64;
/// Bytes of an admin area.
pub const ADMIN: usize = 60;
/// Bytes of a place.
pub const PLACE: usize = 60;
/// Bytes of a key.
pub const KEY: usize = 20;
/// Bytes of an entry.
pub const ENTRY: usize = 16;
/// Bytes of a sound.
pub const SOUND: usize = 8;
/// "No such row."
pub const NONE: u32 = u32::MAX;
/// "No coordinate."
pub const UNKNOWN: i32 = i32::MIN;
/// Marks a target as an admin area.
pub const IS_ADMIN: u32 = 1 << 31;

/// 32-bit FNV-1a with a final mix, the hash of a key. It is part of the format: never change it without [`VERSION`].
pub fn hash(key: &str) -> u32 {
    let mut h = 0x811c_9dc5_u32;
    for byte in key.bytes() {
        h = (h ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^ (h >> 13)
}

/// The set of letters in a key, as bits: what the search for near names looks at first.
pub fn letters(key: &str) -> u32 {
    key.chars()
        .filter(|c| *c != ' ')
        .fold(0, |set, c| set | 1 << (c as u32 & 31))
}

/// Checksum of everything but the checksum: an FxHash of 8-byte words, which any one damaged word changes.
pub fn checksum(bytes: &[u8]) -> u64 {
    let (head, tail) = bytes.split_at(bytes.len().min(HEADER - 8));
    let tail = tail.get(8..).unwrap_or_default();
    [head, tail].into_iter().fold(0, |sum, part| {
        let (words, rest) = part.as_chunks::<8>();
        let sum = words
            .iter()
            .fold(sum, |sum, word| mix(sum, u64::from_le_bytes(*word)));
        rest.iter()
            .fold(sum, |sum, byte| mix(sum, u64::from(*byte)))
    })
}

fn mix(sum: u64, word: u64) -> u64 {
    (sum.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// The checksum that the header has.
pub fn stored_checksum(bytes: &[u8]) -> u64 {
    let eight = bytes
        .get(HEADER - 8..HEADER)
        .and_then(|eight| eight.try_into().ok());
    eight.map(u64::from_le_bytes).unwrap_or_default()
}

/// Writes the checksum into the header.
pub fn seal(bytes: &mut [u8]) {
    let sum = checksum(bytes).to_le_bytes();
    if let Some(eight) = bytes.get_mut(HEADER - 8..HEADER) {
        eight.copy_from_slice(&sum);
    }
}

/// Compiles rows into bytes. The same rows give the same bytes.
///
/// # Errors
/// Every row whose id stands twice, or whose parent or admin area is not in `admins`; or a gazetteer over 4 GB.
pub fn compile(
    home: [u8; 2],
    admins: &[AdminRow],
    places: &[PlaceRow],
    outlines: &[u8],
) -> Result<Vec<u8>, Vec<Problem>> {
    let mut problems = Vec::new();
    let ids = admin_ids(admins, &mut problems);
    let mut seen = HashMap::new();
    for place in places {
        if seen.insert(place.id.as_str(), ()).is_some() {
            problems.push(problem(
                &place.at,
                "id",
                format!("“{}” stands twice", place.id),
            ));
        }
    }
    let mut find = |at: &(String, u64), column, id: &str| match (id, ids.get(id)) {
        ("", _) => NONE,
        (_, Some(index)) => *index,
        (_, None) => {
            problems.push(problem(
                at,
                column,
                format!("no admin area has the id “{id}”"),
            ));
            NONE
        }
    };

    let mut text = Text::default();
    let mut names: Vec<Named> = Vec::new();
    let mut tables = Vec::new();
    for (index, area) in admins.iter().enumerate() {
        let parent = find(&area.at, "parent", &area.parent);
        let all = every_name(
            &area.name,
            &area.names_latin,
            &area.names_arabic,
            &area.name_ar,
        );
        let joined = text.add(&all.join("|"));
        for t in [
            text.add(&area.id),
            text.add(&area.name),
            text.add(&area.name_ar),
            text.add(&area.pcode),
            joined,
        ] {
            put_text(&mut tables, t);
        }
        put(&mut tables, parent);
        tables.extend([area.country[0], area.country[1], area.level, 0]);
        let (lat, lon) = area
            .centre
            .map_or((UNKNOWN, UNKNOWN), |(lat, lon)| (micro(lat), micro(lon)));
        tables.extend(lat.to_le_bytes());
        tables.extend(lon.to_le_bytes());
        put(&mut tables, (area.radius_km * 1000.0).round() as u32);
        for name in &all {
            add_name(&mut names, &mut text, name, IS_ADMIN | index as u32);
            // "Idlib Governorate" is asked for as "Idlib" too.
            if area.level > 0
                && let Some(bare) = words::bare_name(name)
                && !all.contains(&bare)
            {
                add_name(&mut names, &mut text, bare, IS_ADMIN | index as u32);
            }
        }
    }
    for (index, place) in places.iter().enumerate() {
        let (admin1, admin2) = (
            find(&place.at, "admin1", &place.admin1),
            find(&place.at, "admin2", &place.admin2),
        );
        let all = every_name(&place.name, &place.names_latin, &place.names_arabic, "");
        let joined = text.add(&all.join("|"));
        let arabic = place.names_arabic.first().map_or("", String::as_str);
        for t in [
            text.add(&place.id),
            text.add(&place.name),
            text.add(arabic),
            joined,
        ] {
            put_text(&mut tables, t);
        }
        put(&mut tables, admin1);
        put(&mut tables, admin2);
        tables.extend([
            place.country[0],
            place.country[1],
            place.kind as u8,
            place.layers,
        ]);
        tables.extend(micro(place.lat).to_le_bytes());
        tables.extend(micro(place.lon).to_le_bytes());
        put(&mut tables, place.population);
        put(&mut tables, (place.radius_km * 1000.0).round() as u32);
        for name in &all {
            add_name(&mut names, &mut text, name, index as u32);
        }
    }
    if text.bytes.len() + outlines.len() >= u32::MAX as usize || places.len() >= IS_ADMIN as usize {
        problems.push(Problem {
            file: String::new(),
            row: 0,
            column: "",
            message: "the gazetteer is larger than 4 GB".to_owned(),
        });
    }
    if problems.is_empty() {
        Ok(assemble(
            home,
            admins.len(),
            places.len(),
            tables,
            names,
            text,
            outlines,
        ))
    } else {
        Err(problems)
    }
}

struct Entry {
    target: u32,
    name: (u32, u32),
    articles: Articles,
}

/// A name of a place or area, before names of one key are put together.
struct Named {
    hash: u32,
    key: String,
    /// Hash of its consonants, if it has any.
    sound: Option<u32>,
    entry: Entry,
}

fn assemble(
    home: [u8; 2],
    admins: usize,
    places: usize,
    tables: Vec<u8>,
    mut names: Vec<Named>,
    mut text: Text,
    outlines: &[u8],
) -> Vec<u8> {
    // Names of one key keep the order of the rows.
    names.sort_by(|a, b| (a.hash, &a.key).cmp(&(b.hash, &b.key)));
    let same = |a: &Named, b: &Named| a.hash == b.hash && a.key == b.key;
    let key_count = names.chunk_by(same).count();
    // About two keys a slot.
    let bits = (key_count as u32 / 2).max(2).ilog2().min(24);
    let mut directory = vec![0_u32; (1 << bits) + 1];
    let (mut keys, mut entries, mut sounds) = (Vec::new(), Vec::new(), Vec::new());
    for list in names.chunk_by(same) {
        let Some(first) = list.first() else { continue };
        let slot = (first.hash >> (32 - bits)) as usize;
        if let Some(count) = directory.get_mut(slot + 1) {
            *count += 1;
        }
        put(&mut keys, first.hash);
        put_text(&mut keys, text.add(&first.key));
        put(&mut keys, letters(&first.key));
        put(&mut keys, (entries.len() / ENTRY) as u32);
        for Named { entry, sound, .. } in list {
            sounds.extend(sound.map(|hash| (hash, (entries.len() / ENTRY) as u32)));
            put(&mut entries, entry.target);
            put_text(&mut entries, entry.name);
            put(&mut entries, u32::from(entry.articles));
        }
    }
    sounds.sort_unstable();
    let mut sum = 0;
    for first in &mut directory {
        sum += *first;
        *first = sum;
    }
    let mut out = Vec::with_capacity(
        HEADER
            + tables.len()
            + keys.len()
            + entries.len()
            + sounds.len() * SOUND
            + directory.len() * 4
            + text.bytes.len()
            + outlines.len(),
    );
    out.extend(MAGIC);
    put(&mut out, VERSION);
    out.extend([home[0], home[1], 0, 0]);
    for number in [
        admins,
        places,
        key_count,
        entries.len() / ENTRY,
        bits as usize,
        text.bytes.len(),
        sounds.len(),
        outlines.len(),
    ] {
        put(&mut out, number as u32);
    }
    out.extend([0; 8]);
    out.extend(tables);
    out.extend(keys);
    out.extend(entries);
    for (hash, entry) in sounds {
        put(&mut out, hash);
        put(&mut out, entry);
    }
    for first in directory {
        put(&mut out, first);
    }
    out.extend(text.bytes);
    out.extend(outlines);
    seal(&mut out);
    out
}

fn admin_ids<'a>(admins: &'a [AdminRow], problems: &mut Vec<Problem>) -> HashMap<&'a str, u32> {
    let mut ids = HashMap::new();
    for (index, area) in admins.iter().enumerate() {
        if ids.insert(area.id.as_str(), index as u32).is_some() {
            problems.push(problem(
                &area.at,
                "id",
                format!("“{}” stands twice", area.id),
            ));
        }
    }
    ids
}

fn problem(at: &(String, u64), column: &'static str, message: String) -> Problem {
    Problem {
        file: at.0.clone(),
        row: at.1,
        column,
        message,
    }
}

/// All names, the preferred one first, none twice.
fn every_name<'a>(
    name: &'a str,
    latin: &'a [String],
    arabic: &'a [String],
    name_ar: &'a str,
) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    for name in [name, name_ar]
        .into_iter()
        .chain(latin.iter().map(String::as_str))
        .chain(arabic.iter().map(String::as_str))
    {
        if !name.is_empty() && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

fn add_name(names: &mut Vec<Named>, text: &mut Text, name: &str, target: u32) {
    let mut key = String::new();
    let articles = fold::key(name, &mut key);
    if key.is_empty() {
        return;
    }
    let heard = sound::sound(name);
    names.push(Named {
        hash: hash(&key),
        key,
        sound: (!heard.consonants.is_empty()).then(|| hash(&heard.consonants)),
        entry: Entry {
            target,
            name: text.add(name),
            articles,
        },
    });
}

/// The text section: each string stored once.
#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    at: HashMap<String, (u32, u32)>,
}

impl Text {
    fn add(&mut self, string: &str) -> (u32, u32) {
        if string.is_empty() {
            return (0, 0);
        }
        if let Some(found) = self.at.get(string) {
            return *found;
        }
        let place = (self.bytes.len() as u32, string.len() as u32);
        self.bytes.extend(string.as_bytes());
        self.at.insert(string.to_owned(), place);
        place
    }
}

fn put(out: &mut Vec<u8>, number: u32) {
    out.extend(number.to_le_bytes());
}

fn put_text(out: &mut Vec<u8>, (offset, length): (u32, u32)) {
    put(out, offset);
    put(out, length);
}

fn micro(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}
