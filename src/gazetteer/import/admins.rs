//! The admin areas of all layers, each once.
//!
//! An area of a later file is one that is known if it has its id, its P-code, or a name of it on the same level of the
//! same country (of its parent, for districts); failing that, if its outline has its middle in the known one's. What is
//! known keeps its id, code and preferred name, for outlines go by those; it gains the other names, but none that is
//! another area's own.

use rustc_hash::FxHashMap;

use super::super::fold;
use super::super::source::AdminRow;
use super::super::words;
use super::layer::Area;

/// Where an area stands in the book.
pub(super) type Index = usize;

/// All areas so far.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub rows: Vec<AdminRow>,
    /// By country, level and folded name.
    by_name: FxHashMap<([u8; 2], u8, String), Vec<Index>>,
    by_code: FxHashMap<(u8, String), Index>,
    by_id: FxHashMap<String, Index>,
    /// How many areas of files were known already.
    pub matched: usize,
}

/// What a file's own words for its areas stand for.
pub(super) type Keys = FxHashMap<String, Index>;

impl Book {
    /// Adds the areas of a file.
    pub fn add_all(&mut self, areas: Vec<Area>) -> Keys {
        let mut keys = Keys::default();
        let mut areas = areas;
        areas.sort_by_key(|area| area.row.level);
        for Area { mut row, key } in areas {
            if row.level > 0 && row.parent.is_empty() && row.level == 1 {
                row.parent = self.country_id(row.country);
            } else if let Some(parent) = keys.get(&row.parent).and_then(|at| self.rows.get(*at)) {
                row.parent = parent.id.clone();
                if row.country == super::layer::NO_COUNTRY {
                    row.country = parent.country;
                }
            } else if let Some(parent) =
                self.find(&row.parent, row.country, row.level.saturating_sub(1))
            {
                row.parent = self.rows[parent].id.clone();
            } else {
                row.parent = self.country_id(row.country);
            }
            let at = self.add(row);
            keys.insert(key, at);
        }
        keys
    }

    /// Adds an area; its parent is an id of the book, or empty. Gives the one that it is.
    pub fn add(&mut self, row: AdminRow) -> Index {
        match self.known(&row) {
            Some(at) => self.join_known(at, row),
            None => self.push(row),
        }
    }

    /// Adds a row to the area that it is.
    pub fn join_known(&mut self, at: Index, row: AdminRow) -> Index {
        self.matched += 1;
        self.join(at, row);
        at
    }

    fn push(&mut self, mut row: AdminRow) -> Index {
        let at = self.rows.len();
        if row.id.is_empty() || self.by_id.contains_key(&row.id) {
            row.id = format!("{}#{at}", row.id);
        }
        self.by_id.insert(row.id.clone(), at);
        if !row.pcode.is_empty() {
            self.by_code
                .entry((row.level, row.pcode.to_uppercase()))
                .or_insert(at);
        }
        for key in names(&row).filter_map(name_key) {
            let list = self
                .by_name
                .entry((row.country, row.level, key))
                .or_default();
            if !list.contains(&at) {
                list.push(at);
            }
        }
        self.rows.push(row);
        at
    }

    fn country_id(&self, country: [u8; 2]) -> String {
        let id: String = country.iter().map(|byte| char::from(*byte)).collect();
        if self.by_id.contains_key(&id) {
            id
        } else {
            String::new()
        }
    }

    /// The area of the book that a row is.
    pub fn known(&self, row: &AdminRow) -> Option<Index> {
        let same_level = |at: &Index| {
            self.rows
                .get(*at)
                .is_some_and(|known| known.level == row.level && known.country == row.country)
        };
        if let Some(at) = self.by_id.get(&row.id).copied().filter(same_level) {
            return Some(at);
        }
        if let Some(at) = self.code(row.level, &row.pcode) {
            return Some(at);
        }
        let other_code = |at: &Index| self.has_other_code(*at, row);
        let family = |at: &Index| {
            let known = &self.rows[*at];
            row.level < 2
                || known.parent == row.parent
                || row.parent.len() <= 2
                || known.parent.len() <= 2
        };
        let named = |name: &str| -> Vec<Index> {
            let Some(key) = name_key(name) else {
                return Vec::new();
            };
            let found = self.by_name.get(&(row.country, row.level, key));
            let found = found.into_iter().flatten().copied();
            found.filter(|at| family(at) && !other_code(at)).collect()
        };
        if let [only] = named(&row.name).as_slice() {
            return Some(*only);
        }
        // The one that most of the other names are of.
        let mut votes: Vec<(usize, Index)> = Vec::new();
        for at in names(row).flat_map(named) {
            match votes.iter_mut().find(|(_, other)| *other == at) {
                Some((count, _)) => *count += 1,
                None => votes.push((1, at)),
            }
        }
        votes.sort_by_key(|(count, at)| (std::cmp::Reverse(*count), *at));
        votes.first().map(|(_, at)| *at)
    }

    /// Whether an area of the book has another code of the same scheme, which says that they are two.
    pub fn has_other_code(&self, at: Index, row: &AdminRow) -> bool {
        let scheme = |code: &str| -> String {
            let class = |c: char| match c {
                '0'..='9' => '9',
                c if c.is_alphabetic() => 'a',
                c => c,
            };
            code.chars().map(class).collect()
        };
        self.rows.get(at).is_some_and(|known| {
            !row.pcode.eq_ignore_ascii_case(&known.pcode)
                && !row.pcode.is_empty()
                && scheme(&row.pcode) == scheme(&known.pcode)
        })
    }

    fn join(&mut self, at: Index, row: AdminRow) {
        let (country, level) = (row.country, row.level);
        let others: Vec<bool> = names(&row)
            .map(|name| {
                let own = name_key(name).and_then(|key| self.by_name.get(&(country, level, key)));
                own.is_some_and(|list| list.iter().any(|other| *other != at))
            })
            .collect();
        let mut gained: Vec<String> = Vec::new();
        for (name, others) in names(&row).zip(others) {
            if !others {
                gained.push(name.to_owned());
            }
        }
        let Some(known) = self.rows.get_mut(at) else {
            return;
        };
        for name in gained {
            if names(known).any(|other| other == name) {
                continue;
            }
            if let Some(key) = name_key(&name) {
                let list = self.by_name.entry((country, level, key)).or_default();
                if !list.contains(&at) {
                    list.push(at);
                }
            }
            if super::layer::is_arabic(&name) {
                known.names_arabic.push(name);
            } else {
                known.names_latin.push(name);
            }
        }
        if known.pcode.is_empty() {
            known.pcode.clone_from(&row.pcode);
        }
        if !row.pcode.is_empty() {
            self.by_code
                .entry((level, row.pcode.to_uppercase()))
                .or_insert(at);
        }
        if known.centre.is_none() {
            known.centre = row.centre;
        }
        if known.radius_km == 0.0 {
            known.radius_km = row.radius_km;
        }
    }

    fn code(&self, level: u8, code: &str) -> Option<Index> {
        if code.is_empty() {
            return None;
        }
        self.by_code.get(&(level, code.to_uppercase())).copied()
    }

    /// The area that a cell names: by id, P-code or name.
    pub fn find(&self, text: &str, country: [u8; 2], level: u8) -> Option<Index> {
        if text.is_empty() {
            return None;
        }
        if let Some(at) = self.by_id.get(text) {
            return Some(*at);
        }
        if let Some(at) = self.code(level, text) {
            return Some(at);
        }
        let found = self.by_name.get(&(country, level, name_key(text)?))?;
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// Every name of an area, the preferred one first.
fn names(row: &AdminRow) -> impl Iterator<Item = &str> {
    [row.name.as_str(), row.name_ar.as_str()]
        .into_iter()
        .chain(row.names_latin.iter().map(String::as_str))
        .chain(row.names_arabic.iter().map(String::as_str))
        .filter(|name| !name.is_empty())
}

/// A name without the word for its level, folded.
fn name_key(name: &str) -> Option<String> {
    let bare = words::without_admin_word(name).unwrap_or(name);
    let mut key = String::new();
    fold::key(bare, &mut key);
    (!key.is_empty()).then_some(key)
}
