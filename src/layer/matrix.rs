//! Origin–destination matrices of governorates.
//!
//! "Aleppo" is a city and a governorate. In a report it is the city, unless the report says more; but a matrix that lists
//! most of a country's governorates means governorates, and an arrow from one city to another would say more than it
//! does.

use rustc_hash::{FxHashMap, FxHashSet};

use super::locate::Locator;
use crate::record::{Displacement, Footprint, Location, Precision, Text};

/// A matrix has at least so many names before anything is made of what they have in common.
const FEWEST: usize = 4;

/// The governorates that the names of matrices mean, by file and name.
#[derive(Debug, Default)]
pub(super) struct Governorates {
    known: FxHashMap<(Option<Text>, Text), Location>,
}

impl Governorates {
    /// Looks at the names of each matrix together.
    pub fn of(records: &[Displacement], locator: &mut Locator) -> Self {
        // In the order of the tables, so that what is found does not depend on hashes.
        let mut files: Vec<(Option<Text>, Vec<Text>)> = Vec::new();
        let mut seen = FxHashSet::default();
        for record in records.iter().filter(|record| record.matrix) {
            for name in record.origin.iter().chain(&record.destinations) {
                if !seen.insert((record.file.clone(), name.clone())) {
                    continue;
                }
                match files.iter_mut().find(|(file, _)| *file == record.file) {
                    Some((_, names)) => names.push(name.clone()),
                    None => files.push((record.file.clone(), vec![name.clone()])),
                }
            }
        }
        let mut governorates = Self::default();
        for (file, names) in files {
            let found = in_common(&names, locator);
            let found = found.into_iter().flatten();
            governorates
                .known
                .extend(found.map(|(name, area)| ((file.clone(), name), area)));
        }
        governorates
    }

    /// What a name of a record means, if it is of such a matrix.
    pub fn get(&self, record: &Displacement, name: &Text) -> Option<&Location> {
        if !record.matrix {
            return None;
        }
        self.known.get(&(record.file.clone(), name.clone()))
    }
}

/// The governorates that names mean, if four in five of them are governorates of one country, and half of all it has.
fn in_common(names: &[Text], locator: &mut Locator) -> Option<Vec<(Text, Location)>> {
    if names.len() < FEWEST {
        return None;
    }
    let areas: Vec<(Text, Location)> = names
        .iter()
        .filter_map(|name| Some((name.clone(), governorate(name, locator)?)))
        .collect();
    let country = areas.first()?.1.country.clone()?;
    let areas: Vec<(Text, Location)> = areas
        .into_iter()
        .filter(|(_, area)| area.country.as_ref() == Some(&country))
        .collect();
    let all = locator.governorates_of(&country);
    if areas.len() * 5 < names.len() * 4 || areas.len() * 2 < all {
        return None;
    }
    let count = areas.len();
    let explained = |area: Location| Location {
        basis: format!(
            "{}; the matrix names {count} of the {all} governorates of {country}",
            area.basis
        )
        .into(),
        ..area
    };
    Some(
        areas
            .into_iter()
            .map(|(name, area)| (name, explained(area)))
            .collect(),
    )
}

/// The governorate of a name, whether or not a city has the same.
fn governorate(name: &Text, locator: &mut Locator) -> Option<Location> {
    let spelt_out = Text::from(format!("{name} governorate"));
    [name, &spelt_out]
        .into_iter()
        .filter_map(|name| locator.name(name, None, None).ok())
        .find(|found| {
            found.precision == Precision::Governorate
                && matches!(found.footprint, Footprint::Area(_))
        })
}
