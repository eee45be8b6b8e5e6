//! Bigger gazetteers: files of places and outlines of admin areas → the compiled form.
//!
//! Files are layers: the first that knows a place says where it is; see `merge.rs` for what counts as one place, and
//! `admins.rs` for admin areas. The gazetteer that the import builds on, as a rule the embedded one, is the last layer
//! for places; of admin areas it is the first, since base map outlines go by its codes. What is left out is listed with
//! its reason. The same files give the same bytes.

mod admin_columns;
mod admins;
mod boundaries;
mod columns;
mod countries;
mod described;
pub mod file;
mod geonames;
mod layer;
mod lie;
mod merge;
mod rows;
mod table;
mod take;
mod units;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use geo::MultiPolygon;
use itertools::Itertools;
use rustc_hash::FxHashMap;

pub use boundaries::{HUGE, TOLERANCE};
pub use columns::{Field, Mapping, no_column};
pub use countries::country_code;
pub use layer::LeftOut;
pub use merge::{Merged, SAME_PLACE_M};
pub use rows::{admin_row, place_row};
pub use units::{Unit, units};

use super::compile;
use super::index::Gazetteer;
use super::outlines::{self, Outlines};
use super::source::PlaceRow;
use crate::ground::basemap::Basemap;
use admins::{Book, Keys};
use boundaries::Outline;
use countries::Countries;
use layer::{Layer, Spot, Sure};

/// Files that cannot be imported: one line for each thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\nerror: "))]
pub struct ImportError(Vec<String>);

impl ImportError {
    fn new(problem: String) -> ImportError {
        ImportError(vec![problem])
    }

    fn all(problems: impl IntoIterator<Item = String>) -> ImportError {
        /// More lines than this do not help.
        const MOST: usize = 20;
        let mut problems: Vec<String> = problems.into_iter().collect();
        if problems.len() > MOST {
            let more = problems.split_off(MOST).len();
            problems.push(format!("… and {more} more"));
        }
        ImportError(problems)
    }

    fn unreadable(path: &Path, error: &std::io::Error) -> ImportError {
        ImportError::new(format!("{}: cannot be read: {error}", path.display()))
    }
}

/// A file of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// What it is.
    pub shape: Shape,
    /// What its columns hold, where that is said.
    pub mapping: Mapping,
    /// Country of the rows that do not say theirs.
    pub country: Option<[u8; 2]>,
}

/// What kind of file a source is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A table with a header.
    Table,
    /// A table in one of OCHA's shapes.
    Ocha,
    /// A country dump of GeoNames.
    GeoNames {
        /// The table of alternate names.
        alternate: Option<PathBuf>,
    },
}

/// What to import.
#[derive(Debug)]
pub struct Import<'i> {
    /// The layers, the user's own first.
    pub sources: Vec<Source>,
    /// GeoJSON files of outlines.
    pub boundaries: Vec<PathBuf>,
    /// The gazetteer that lies below, with its places or for its countries alone.
    pub base: (&'i Gazetteer, bool),
    /// Whose places win over like ones abroad; without, the base's, if a place of the sources lies there.
    pub home: Option<[u8; 2]>,
}

/// What an import made.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The compiled form.
    pub bytes: Vec<u8>,
    /// What was read.
    pub summary: Summary,
    /// Which rows went into which.
    pub merged: Vec<Merged>,
    /// Rows that are not in it.
    pub left_out: Vec<LeftOut>,
    /// What the user should know of how files were read.
    pub notes: Vec<String>,
}

/// An import in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Each file with its rows, places and admin areas.
    pub layers: Vec<(String, u64, usize, usize)>,
    /// Rows that went into another.
    pub merged: usize,
    /// Places in the end.
    pub places: usize,
    /// Names in the end.
    pub names: usize,
    /// Admin areas in the end.
    pub admin_areas: usize,
    /// Admin areas of files that were known.
    pub admin_known: usize,
    /// Admin areas with outlines of the user's.
    pub outlines: usize,
    /// Places whose admin area was found by outlines.
    pub placed: usize,
    /// Code of the home country.
    pub home: String,
}

impl Import<'_> {
    /// Reads, joins and compiles. `step` is told what is being done.
    ///
    /// # Errors
    /// Everything that is wrong with the files.
    pub fn run(&self, basemap: &Basemap, step: &dyn Fn(&str)) -> Result<Imported, ImportError> {
        let (base, with_places) = self.base;
        let countries = Countries(Gazetteer::embedded());
        let mut layers = Vec::new();
        let mut problems = Vec::new();
        for source in &self.sources {
            step(&format!("reading {}", source.path.display()));
            let read = match &source.shape {
                Shape::GeoNames { alternate } => geonames::read(&source.path, alternate.as_deref()),
                shape => table::read(
                    &source.path,
                    &source.mapping,
                    source.country,
                    *shape == Shape::Ocha,
                    &countries,
                ),
            };
            match read {
                Ok(mut layer) => {
                    lie::countries(&mut layer, basemap);
                    problems.extend(lie::swapped(&layer, basemap));
                    layers.push(layer);
                }
                Err(error) => problems.extend(error.0),
            }
        }
        let mut notes: Vec<String> = layers
            .iter_mut()
            .flat_map(|layer| std::mem::take(&mut layer.notes))
            .collect();
        let mut book = Book::default();
        let label = "the gazetteer below";
        let (base_areas, base_places) = rows::rows(base, label);
        for row in base_areas {
            if with_places || row.level == 0 {
                book.add(row);
            }
        }
        book.matched = 0;
        let mut summary = Summary::default();
        let mut keys = Vec::with_capacity(layers.len());
        for layer in &mut layers {
            summary.layers.push((
                layer.label.clone(),
                layer.rows,
                layer.places.len(),
                layer.admins.len(),
            ));
            keys.push(book.add_all(std::mem::take(&mut layer.admins)));
        }
        let mut outlines = if with_places {
            base_outlines(base, &book)
        } else {
            Vec::new()
        };
        for path in &self.boundaries {
            step(&format!("reading {}", path.display()));
            match boundaries::read(path, &mut book, &countries, basemap, &mut notes) {
                Ok(read) => {
                    for outline in read {
                        // Of two files the first says what an area's outline is, and both come before the base's.
                        outlines.retain(|(own, known)| *own || known.area != outline.area);
                        if !outlines.iter().any(|(_, known)| known.area == outline.area) {
                            outlines.push((true, outline));
                        }
                    }
                }
                Err(error) => problems.extend(error.0),
            }
        }
        if !problems.is_empty() {
            return Err(ImportError::all(problems));
        }
        let mut outlines: Vec<Outline> = outlines.into_iter().map(|(_, outline)| outline).collect();
        outlines.sort_by_key(|outline| outline.area);
        let mut left_out = Vec::new();
        let mut spots = Vec::new();
        for (mut layer, keys) in layers.into_iter().zip(keys) {
            notes.extend(name_admins(&mut layer, &keys, &book));
            left_out.append(&mut layer.left_out);
            spots.push(layer.places);
        }
        let home = self.home.unwrap_or_else(|| home(base.home(), &spots));
        if with_places {
            let base = base_places.into_iter();
            spots.push(
                base.map(|row| Spot {
                    row,
                    sure: Sure::Kind,
                })
                .collect(),
            );
        }
        step("joining");
        let (mut places, merged) = merge::merge(spots);
        summary.placed = lie::admin_areas(&mut places, &book, &outlines, basemap);
        step("compiling");
        let packed = pack(&outlines);
        let bytes = compile::compile(home, &book.rows, &places, &packed)
            .map_err(|problems| ImportError::all(problems.iter().map(ToString::to_string)))?;
        summary.merged = merged.len();
        summary.names = places
            .iter()
            .map(|row| 1 + row.names_latin.len() + row.names_arabic.len())
            .sum();
        summary.places = places.len();
        summary.admin_areas = book.rows.len();
        summary.admin_known = book.matched;
        summary.outlines = outlines.len();
        summary.home = home.iter().map(|byte| char::from(*byte)).collect();
        Ok(Imported {
            bytes,
            summary,
            merged,
            left_out,
            notes,
        })
    }
}

/// The base's outlines, for the areas as the book has them.
fn base_outlines(base: &Gazetteer, book: &Book) -> Vec<(bool, Outline)> {
    let known = Outlines::of(base);
    let areas = known.areas().filter_map(|index| {
        let area = base.admin_areas().nth(index as usize)?;
        let shape: Arc<MultiPolygon> = known.shape(index)?;
        let area = book.find(area.id(), area.country_code(), area.level())?;
        Some((false, Outline { area, shape }))
    });
    areas.collect()
}

fn pack(outlines: &[Outline]) -> Vec<u8> {
    if outlines.is_empty() {
        return Vec::new();
    }
    let indexed: Vec<(u32, Arc<MultiPolygon>)> = outlines
        .iter()
        .map(|outline| (outline.area as u32, Arc::clone(&outline.shape)))
        .collect();
    outlines::pack(&indexed)
}

/// Puts the ids of the book where a file has its own words for admin areas; says which it has that nobody knows.
fn name_admins(layer: &mut Layer, keys: &Keys, book: &Book) -> Option<String> {
    let mut unknown: FxHashMap<String, u64> = FxHashMap::default();
    for Spot { row, .. } in &mut layer.places {
        let area = |text: &str, level| {
            let found = keys
                .get(text)
                .copied()
                .or_else(|| book.find(text, row.country, level));
            found
                .and_then(|at| book.rows.get(at))
                .filter(|area| area.level > 0)
        };
        let (first, second) = (area(&row.admin1, 1), area(&row.admin2, 2));
        if first.is_none() && !row.admin1.is_empty() {
            *unknown.entry(row.admin1.clone()).or_default() += 1;
        }
        let parent = |id: &str| {
            if id.len() > 2 {
                id.to_owned()
            } else {
                String::new()
            }
        };
        (row.admin1, row.admin2) = match (first, second) {
            (Some(district), _) if district.level == 2 => {
                (parent(&district.parent), district.id.clone())
            }
            (Some(first), Some(second)) if second.level == 2 && second.parent == first.id => {
                (first.id.clone(), second.id.clone())
            }
            (Some(first), _) => (first.id.clone(), String::new()),
            (None, Some(second)) if second.level == 2 => {
                (parent(&second.parent), second.id.clone())
            }
            _ => (String::new(), String::new()),
        };
    }
    let rows: u64 = unknown.values().sum();
    if rows == 0 {
        return None;
    }
    let listed = unknown
        .into_iter()
        .sorted_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)))
        .take(5)
        .map(|(text, n)| format!("\"{text}\" ({n})"))
        .join(", ");
    Some(format!(
        "{}: admin areas not known, looked up by position instead: {listed}; {rows} rows",
        layer.label
    ))
}

/// The base's home if any place lies there, or else the country with most places.
fn home(base: [u8; 2], layers: &[Vec<Spot>]) -> [u8; 2] {
    let mut counts: FxHashMap<[u8; 2], usize> = FxHashMap::default();
    for PlaceRow { country, .. } in layers.iter().flatten().map(|spot| &spot.row) {
        *counts.entry(*country).or_default() += 1;
    }
    if counts.is_empty() || counts.contains_key(&base) {
        return base;
    }
    let most = counts.into_iter().sorted().max_by_key(|(_, count)| *count);
    most.map_or(base, |(country, _)| country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Bytes as each kind of file: an answer or an error.
    fn read(bytes: &[u8]) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).expect("a file");
        let alternate = Some(path.clone());
        for shape in [Shape::Table, Shape::Ocha, Shape::GeoNames { alternate }] {
            let import = Import {
                sources: vec![Source {
                    path: path.clone(),
                    shape,
                    mapping: Mapping::default(),
                    country: None,
                }],
                boundaries: Vec::new(),
                base: (Gazetteer::embedded(), false),
                home: None,
            };
            if let Ok(imported) = import.run(Basemap::embedded(), &|_| {}) {
                Gazetteer::load(imported.bytes).expect("what is compiled loads");
            }
        }
        let boundaries = vec![path];
        let base = (Gazetteer::embedded(), false);
        let import = Import {
            sources: Vec::new(),
            boundaries,
            base,
            home: None,
        };
        let _ = import.run(Basemap::embedded(), &|_| {});
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            read(&bytes);
        }

        #[test]
        fn any_cells_are_read_or_refused(cells in prop::collection::vec("[0-9.,|\"\\-a-zA-Zء-ي]{0,8}", 0..40)) {
            let mut table = String::from("id,name,lat,lon,kind,admin1,admin2,country,population,names_arabic\n");
            for row in cells.chunks(10) {
                table.push_str(&row.join(","));
                table.push('\n');
            }
            read(table.as_bytes());
            read(table.replace(',', "\t").as_bytes());
        }
    }
}
