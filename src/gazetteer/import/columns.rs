//! Which column of a foreign table means what: as the user says, or as its name lets guess.

use std::fmt;
use std::str::FromStr;

use itertools::Itertools;
use rapidfuzz::distance::osa;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Unique in the file.
    Id,
    /// Preferred name.
    Name,
    /// WGS 84 latitude in degrees.
    Lat,
    /// WGS 84 longitude in degrees.
    Lon,
    /// What kind of place.
    Kind,
    /// First-order area: a name, a code, or the id of a row of the same file.
    Admin1,
    /// Second-order area.
    Admin2,
    /// Country: a code or a name.
    Country,
    /// Inhabitants.
    Population,
    /// Other names, joined with `|`.
    NamesLatin,
    /// Arabic names, joined with `|`.
    NamesArabic,
    /// How far it reaches.
    RadiusKm,
    /// How many gazetteers have it.
    Layers,
    /// Level of an admin area: 0, 1, 2.
    Level,
    /// The area that an admin area is part of.
    Parent,
    /// Code of an admin area.
    Pcode,
}

/// How many there are.
const FIELDS: usize = 16;

#[rustfmt::skip]
/// Each field's word in `--map`, and the names that columns for it go by, letters and digits only.
const KNOWN: [(Field, &str, &[&str]); FIELDS] = [
    (Field::Id, "id", &["id", "geonameid", "placeid", "featurepcode", "featureid", "uuid", "objectid", "fid"]),
    (Field::Name, "name", &[
        "name", "nameen", "featurenameen", "featurename", "featurerefname", "placename", "placenameen",
        "place", "settlement", "settlementname", "communitynameen", "communityname", "town", "village",
        "villagename", "locationname", "location", "asciiname", "toponym",
    ]),
    (Field::Lat, "lat", &["lat", "latitude", "pointy", "y", "latdd", "ycoord", "latituded"]),
    (Field::Lon, "lon", &["lon", "lng", "long", "longitude", "pointx", "x", "londd", "xcoord", "longituded"]),
    (Field::Kind, "kind", &[
        "kind", "pt", "placetype", "featurecode", "featuretype", "featuretypeen", "fclass", "type", "class",
    ]),
    (Field::Admin1, "admin1", &["admin1", "a1", "adm1", "governorate", "province", "region", "state"]),
    (Field::Admin2, "admin2", &["admin2", "a2", "adm2", "district", "county"]),
    (Field::Country, "country", &[
        "country", "countrycode", "iso2", "iso", "cc", "admin0pcode", "adm0pcode", "admin0nameen", "adm0en",
    ]),
    (Field::Population, "population", &["population", "pop", "popn", "inhabitants"]),
    (Field::NamesLatin, "names_latin", &[
        "nameslatin", "latin", "altnames", "alternatenames", "aliases", "namealt", "namealt1en",
        "namealt2en", "featurealtname1en", "featurealtname2en", "featurenamealt1en", "featurenamealt2en",
    ]),
    (Field::NamesArabic, "names_arabic", &[
        "namear", "featurenamear", "placenamear", "namesarabic", "ar", "arabic", "namearabic",
    ]),
    (Field::RadiusKm, "radius_km", &["radiuskm"]),
    (Field::Layers, "layers", &["layers"]),
    (Field::Level, "level", &["level", "adminlevel"]),
    (Field::Parent, "parent", &["parent", "parentid"]),
    (Field::Pcode, "pcode", &["pcode"]),
];

impl Field {
    /// Its word in `--map`.
    pub fn word(self) -> &'static str {
        KNOWN
            .iter()
            .find(|(field, ..)| *field == self)
            .map_or("", |(_, word, _)| word)
    }

    /// The names of columns that are taken for it.
    pub fn guesses(self) -> &'static [&'static str] {
        KNOWN
            .iter()
            .find(|(field, ..)| *field == self)
            .map_or(&[], |(_, _, names)| names)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// `name=NAME_EN,lat=LAT,…`: the columns of one table. What is not said is guessed from the names of the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(Vec<(Field, String)>);

impl FromStr for Mapping {
    type Err = String;

    fn from_str(text: &str) -> Result<Mapping, String> {
        let mut pairs = Vec::new();
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let words = || KNOWN.iter().map(|(_, word, _)| *word).join(", ");
            let Some((word, column)) = pair.split_once('=') else {
                return Err(format!(
                    "\"{pair}\" is not FIELD=COLUMN: write e.g. name=NAME_EN,lat=LAT,lon=LON; fields are {}",
                    words()
                ));
            };
            let field = KNOWN
                .iter()
                .find(|(_, known, _)| *known == word.trim().to_ascii_lowercase());
            let Some((field, ..)) = field else {
                return Err(format!(
                    "\"{}\" is not a field: use one of {}",
                    word.trim(),
                    words()
                ));
            };
            pairs.push((*field, column.trim().to_owned()));
        }
        Ok(Mapping(pairs))
    }
}

/// Where each field stands in a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    at: [Vec<usize>; FIELDS],
    /// Fields found by guess, with their columns: said to the user.
    pub guessed: Vec<(Field, String)>,
}

/// Letters and digits, lower case.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Columns {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// Columns that the mapping names and the table does not have.
    pub fn find(header: &csv::StringRecord, mapping: &Mapping) -> Result<Columns, Vec<String>> {
        let mut columns = Columns::default();
        let mut problems = Vec::new();
        for (field, name) in &mapping.0 {
            let at = header
                .iter()
                .position(|column| column.trim() == name)
                .or_else(|| {
                    header
                        .iter()
                        .position(|column| plain(column) == plain(name))
                });
            match at {
                Some(at) => columns.at[*field as usize].push(at),
                None => problems.push(no_column(header, name)),
            }
        }
        let folded: Vec<String> = header.iter().map(plain).collect();
        for (field, _, names) in &KNOWN {
            if mapping.0.iter().any(|(mapped, _)| mapped == field) {
                continue;
            }
            let taken = |at: &usize| columns.at.iter().flatten().contains(at);
            let found: Vec<usize> = names
                .iter()
                .filter_map(|name| folded.iter().position(|column| column == name))
                .filter(|at| !taken(at))
                .collect();
            // Lists of names may be spread over columns; everything else stands in one.
            let many = matches!(field, Field::NamesLatin | Field::NamesArabic);
            let found = if many {
                found
            } else {
                found.into_iter().take(1).collect()
            };
            for at in &found {
                let name = header.get(*at).unwrap_or_default();
                if plain(name) != plain(field.word()) {
                    columns.guessed.push((*field, name.to_owned()));
                }
            }
            columns.at[*field as usize] = found;
        }
        if problems.is_empty() {
            Ok(columns)
        } else {
            Err(problems)
        }
    }

    /// Whether there is a column for a field.
    pub fn has(&self, field: Field) -> bool {
        !self.at[field as usize].is_empty()
    }

    /// Whether a field's column is this one.
    pub fn is_at(&self, field: Field, at: usize) -> bool {
        self.at[field as usize].contains(&at)
    }

    /// Sets a field's column.
    pub fn set(&mut self, field: Field, at: usize) {
        self.at[field as usize] = vec![at];
    }

    /// A field's cell, trimmed; empty if there is none.
    pub fn text<'r>(&self, record: &'r csv::StringRecord, field: Field) -> &'r str {
        self.at[field as usize]
            .first()
            .and_then(|at| record.get(*at))
            .unwrap_or_default()
            .trim()
    }

    /// The names in a field's cells.
    pub fn list<'r>(
        &self,
        record: &'r csv::StringRecord,
        field: Field,
    ) -> impl Iterator<Item = &'r str> {
        let cells: Vec<&'r str> = self.at[field as usize]
            .iter()
            .filter_map(|at| record.get(*at))
            .collect();
        cells
            .into_iter()
            .flat_map(|cell| cell.split('|'))
            .map(str::trim)
            .filter(|name| !name.is_empty())
    }
}

/// That a table does not have a column, what it has, and which of those may have been meant.
pub fn no_column<'h>(header: impl IntoIterator<Item = &'h str> + Clone, name: &str) -> String {
    let wanted = plain(name);
    let nearest = header
        .clone()
        .into_iter()
        .map(|column| {
            let column_plain = plain(column);
            let distance = osa::distance(column_plain.chars(), wanted.chars());
            (distance, column)
        })
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, column)| {
            *distance * 2 < wanted.chars().count().max(3) || plain(column).contains(&wanted)
        });
    let nearest = nearest.map_or(String::new(), |(_, column)| {
        format!("; did you mean \"{column}\"?")
    });
    format!(
        "has no column \"{name}\" (it has {}){nearest}",
        header.into_iter().join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> csv::StringRecord {
        text.split(',').collect()
    }

    #[test]
    fn a_mapping_is_read() {
        let mapping: Mapping = "name=NAME_EN, lat=LAT,names_latin=ALT1,names_latin=ALT2"
            .parse()
            .unwrap();
        let columns = Columns::find(&header("LAT,ALT2,ALT1,NAME_EN,x"), &mapping).unwrap();
        let row = header("35,b|c,a,Hazano,36");
        assert_eq!(columns.text(&row, Field::Name), "Hazano");
        assert_eq!(columns.text(&row, Field::Lat), "35");
        assert_eq!(columns.text(&row, Field::Lon), "36");
        assert_eq!(
            columns.list(&row, Field::NamesLatin).collect_vec(),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn wrong_mappings_are_explained() {
        assert!(
            "name"
                .parse::<Mapping>()
                .unwrap_err()
                .contains("FIELD=COLUMN")
        );
        assert!(
            "colour=x"
                .parse::<Mapping>()
                .unwrap_err()
                .contains("population")
        );
        let mapping = "name=NAME_EM".parse().unwrap();
        let problems = Columns::find(&header("NAME_EN,LAT,LON"), &mapping).unwrap_err();
        assert!(
            problems[0].contains("did you mean \"NAME_EN\"?"),
            "{problems:?}"
        );
    }

    #[test]
    fn usual_names_are_guessed() {
        let columns = Columns::find(
            &header("FID,featureName_en,POINT_X,POINT_Y"),
            &Mapping::default(),
        )
        .unwrap();
        let row = header("7,Hazano,36.7,36.1");
        assert_eq!(columns.text(&row, Field::Name), "Hazano");
        assert_eq!(columns.text(&row, Field::Lat), "36.1");
        assert_eq!(columns.text(&row, Field::Id), "7");
        assert_eq!(columns.guessed.len(), 4);
    }
}
