//! Places of several layers → each place once.
//!
//! Rows are taken layer by layer, in the order of the files. The first row of a place founds it, and its position stays.
//! A later row is that place if it is in the same country, of the same sort (settlement, camp, works and the like,
//! ground) if the file says which, shares a folded name with it, and lies within [`SAME_PLACE_M`] of the founder; of several, it is the
//! nearest. The distance is always that to the founder: three villages in a row, each near the next, do not become one.
//! Rows of one file are two places unless they share the preferred name or the first Arabic one, or stand on one spot
//! ([`ONE_SPOT_M`]): a byname shared by two neighbours is no sign that the file has one place twice. At the end, places
//! that came to share a name are joined by the same rule, but never two that one file has as two.
//!
//! The names are united. Id, position and preferred name are the founder's; so is the kind, unless it was only guessed
//! and another row knows it. Population and admin areas are of the first row that knows them. How many files have a place
//! is kept.
//!
//! Cost: linear; places are found by a hash of name and cell.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use geo::{Distance, Haversine, Point};

use super::super::fold;
use super::super::kind::PlaceKind;
use super::super::source::PlaceRow;
use super::layer::{Spot, Sure};

/// Rows of one name nearer than this, in metres, are one place.
pub const SAME_PLACE_M: f64 = 3000.0;

/// Rows of one file with a shared byname are one place if they are nearer than this, in metres.
const ONE_SPOT_M: f64 = 250.0;

/// Side of a cell in degrees of a great circle: a little more than [`SAME_PLACE_M`].
const CELL: f64 = 0.0275;

/// Hashes of the folded names of a place.
#[derive(Clone, Debug, Default)]
struct Keys {
    /// All of them.
    all: Vec<u64>,
    /// Of the names that it goes by first: the preferred one and the first Arabic one.
    heads: Vec<u64>,
}

/// A row that went into another.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// File and row of the one that went.
    pub from: (String, u64),
    /// Its name.
    pub name: String,
    /// File and row of the founder.
    pub into: (String, u64),
    /// The founder's name.
    pub into_name: String,
    /// How far apart.
    pub metres: f64,
}

/// Unites the layers.
pub(super) fn merge(layers: Vec<Vec<Spot>>) -> (Vec<PlaceRow>, Vec<Merged>) {
    let mut merger = Merger::default();
    for (layer, spots) in (0_u16..).zip(layers) {
        let keyed: Vec<(Spot, Keys)> = spots
            .into_par_iter()
            .map(|spot| {
                let keys = keys(&spot.row);
                (spot, keys)
            })
            .collect();
        for (spot, keys) in keyed {
            merger.add(spot, keys, layer);
        }
    }
    merger.join_across();
    merger.finish()
}

#[derive(Default)]
struct Merger {
    founders: Vec<Founder>,
    cells: FxHashMap<(u64, i32, i32), Vec<u32>>,
    ids: FxHashMap<String, u32>,
    merged: Vec<Merged>,
}

struct Founder {
    row: PlaceRow,
    sure: Sure,
    keys: Keys,
    /// Layers that it has rows of, as bits; layers from the 64th on share one.
    layers: u64,
    /// Joined to another at the end.
    gone: bool,
}

impl Merger {
    fn add(&mut self, spot: Spot, keys: Keys, layer: u16) {
        let bit = 1_u64 << layer.min(63);
        // One id is one place, whatever its names, unless it is far off: then the two sources number differently.
        let by_id = self.ids.get(&spot.row.id).copied().filter(|at| {
            self.founders.get(*at as usize).is_some_and(|founder| {
                founder.row.country == spot.row.country
                    && (founder.layers & bit == 0 || founder.keys.shares_head(&keys))
                    && metres(&founder.row, &spot.row) < 10.0 * SAME_PLACE_M
            })
        });
        match by_id.or_else(|| self.nearest(&spot.row, spot.sure, &keys, u32::MAX, bit, false)) {
            Some(at) => self.join(at, spot.row, spot.sure, keys, bit),
            None => self.found(spot, keys, bit),
        }
    }

    fn found(&mut self, mut spot: Spot, keys: Keys, bit: u64) {
        let at = self.founders.len() as u32;
        if self.ids.contains_key(&spot.row.id) {
            spot.row.id = format!("{}#{at}", spot.row.id);
        }
        self.ids.insert(spot.row.id.clone(), at);
        self.note_keys(at, &spot.row, &keys);
        self.founders.push(Founder {
            row: spot.row,
            sure: spot.sure,
            keys,
            layers: bit,
            gone: false,
        });
    }

    fn note_keys(&mut self, at: u32, row: &PlaceRow, keys: &Keys) {
        let (y, x) = cell(row.lat, row.lon);
        for key in &keys.all {
            self.cells.entry((*key, y, x)).or_default().push(at);
        }
    }

    /// The nearest founder that a row of `layers` may be, before `not`; with `apart`, one without rows of these layers.
    fn nearest(
        &self,
        row: &PlaceRow,
        sure: Sure,
        keys: &Keys,
        not: u32,
        layers: u64,
        apart: bool,
    ) -> Option<u32> {
        let mut best: Option<(f64, u32)> = None;
        for (y, x) in cells_around(row.lat, row.lon) {
            for key in &keys.all {
                for at in self.cells.get(&(*key, y, x)).into_iter().flatten() {
                    let Some(founder) = self.founders.get(*at as usize) else {
                        continue;
                    };
                    if *at >= not
                        || founder.gone
                        || founder.row.country != row.country
                        || !may_be(founder, row, sure, keys)
                    {
                        continue;
                    }
                    let off = metres(&founder.row, row);
                    let one_file = founder.layers & layers != 0;
                    let two =
                        one_file && (apart || off > ONE_SPOT_M && !founder.keys.shares_head(keys));
                    if off <= SAME_PLACE_M && !two && best.is_none_or(|best| (off, *at) < best) {
                        best = Some((off, *at));
                    }
                }
            }
        }
        best.map(|(_, at)| at)
    }

    fn join(&mut self, at: u32, row: PlaceRow, sure: Sure, keys: Keys, layers: u64) {
        let Some(founder) = self.founders.get_mut(at as usize) else {
            return;
        };
        self.merged.push(Merged {
            from: row.at.clone(),
            name: row.name.clone(),
            into: founder.row.at.clone(),
            into_name: founder.row.name.clone(),
            metres: metres(&founder.row, &row),
        });
        if founder.layers & layers == 0 {
            founder.row.layers = founder.row.layers.saturating_add(row.layers);
        }
        founder.layers |= layers;
        let new: Vec<u64> = keys
            .all
            .into_iter()
            .filter(|key| !founder.keys.all.contains(key))
            .collect();
        founder.keys.all.extend(&new);
        founder.keys.heads.extend(keys.heads);
        let own = &mut founder.row;
        if sure > founder.sure {
            own.kind = row.kind;
            founder.sure = sure;
        }
        if own.population == 0 {
            own.population = row.population;
        }
        if own.admin1.is_empty() {
            own.admin1 = row.admin1;
            own.admin2 = row.admin2;
        } else if own.admin2.is_empty() && own.admin1 == row.admin1 {
            own.admin2 = row.admin2;
        }
        if own.radius_km == 0.0 {
            own.radius_km = row.radius_km;
        }
        for name in std::iter::once(row.name)
            .chain(row.names_latin)
            .chain(row.names_arabic)
        {
            let list = if super::layer::is_arabic(&name) {
                &mut own.names_arabic
            } else {
                &mut own.names_latin
            };
            if name != own.name && !list.contains(&name) {
                list.push(name);
            }
        }
        let (y, x) = cell(own.lat, own.lon);
        for key in new {
            self.cells.entry((key, y, x)).or_default().push(at);
        }
    }

    /// Joins founders of different files that came to share a name.
    fn join_across(&mut self) {
        for at in 1..self.founders.len() {
            let Some(founder) = self.founders.get(at) else {
                continue;
            };
            let Some(into) = self.nearest(
                &founder.row,
                founder.sure,
                &founder.keys,
                at as u32,
                founder.layers,
                true,
            ) else {
                continue;
            };
            let founder = &mut self.founders[at];
            founder.gone = true;
            let (row, known) = (founder.row.clone(), founder.sure);
            let (keys, layers) = (founder.keys.clone(), founder.layers);
            self.join(into, row, known, keys, layers);
        }
    }

    fn finish(self) -> (Vec<PlaceRow>, Vec<Merged>) {
        let rows = self.founders.into_iter().filter(|founder| !founder.gone);
        (rows.map(|founder| founder.row).collect(), self.merged)
    }
}

/// Whether the kinds of two rows allow that they are one place. Where one says nothing of its kind, the names that both
/// go by first must agree: a camp goes by the name of its town, too.
fn may_be(founder: &Founder, row: &PlaceRow, sure: Sure, keys: &Keys) -> bool {
    sort(founder.row.kind) == sort(row.kind)
        || (sure == Sure::Nothing || founder.sure == Sure::Nothing)
            && founder.keys.shares_head(keys)
}

/// What may be one place with what.
fn sort(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Camp => 1,
        kind if kind.is_settlement() => 0,
        PlaceKind::Mountain | PlaceKind::Water | PlaceKind::Area => 2,
        _ => 3,
    }
}

fn metres(a: &PlaceRow, b: &PlaceRow) -> f64 {
    Haversine.distance(Point::new(a.lon, a.lat), Point::new(b.lon, b.lat))
}

impl Keys {
    fn shares_head(&self, other: &Keys) -> bool {
        self.heads.iter().any(|head| other.heads.contains(head))
    }
}

fn keys(row: &PlaceRow) -> Keys {
    use std::hash::{Hash, Hasher};
    let mut keys = Keys::default();
    let mut folded = String::new();
    let mut add = |name: &String, head: bool| {
        fold::key(name, &mut folded);
        let mut hasher = rustc_hash::FxHasher::default();
        folded.hash(&mut hasher);
        let hash = hasher.finish();
        if folded.is_empty() {
            return;
        }
        if head && !keys.heads.contains(&hash) {
            keys.heads.push(hash);
        }
        if !keys.all.contains(&hash) {
            keys.all.push(hash);
        }
    };
    add(&row.name, true);
    for name in &row.names_latin {
        add(name, false);
    }
    for (at, name) in row.names_arabic.iter().enumerate() {
        add(name, at == 0);
    }
    keys
}

/// How many cells there are in a turn of the globe at the latitude of a row of cells.
fn around(y: i32) -> f64 {
    // The widest part of the row of cells sets it, so that no cell is narrower than it should be.
    let low = (f64::from(y) * CELL)
        .abs()
        .max((f64::from(y + 1) * CELL).abs())
        .min(89.5);
    (360.0 * low.to_radians().cos() / CELL).floor().max(1.0)
}

fn column(y: i32, lon: f64) -> i32 {
    ((lon + 180.0) / 360.0 * around(y)).floor() as i32
}

fn cell(lat: f64, lon: f64) -> (i32, i32) {
    let y = (lat / CELL).floor() as i32;
    (y, column(y, lon).rem_euclid(around(y) as i32))
}

/// The cells that hold all that lies within [`SAME_PLACE_M`].
fn cells_around(lat: f64, lon: f64) -> impl Iterator<Item = (i32, i32)> {
    let middle = (lat / CELL).floor() as i32;
    (middle - 1..=middle + 1).flat_map(move |y| {
        let (x, all) = (column(y, lon), around(y) as i32);
        let mut columns: Vec<i32> = (x - 1..=x + 1).map(|x| x.rem_euclid(all)).collect();
        columns.dedup();
        columns.into_iter().map(move |x| (y, x))
    })
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
