//! The columns of each layer in files whose columns have types, by what they mean: a column in which no feature has a value
//! has a type as well.

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::layer::{
    ClusterAttributes, DensityAttributes, FlowRow, IncidentAttributes, PlaceAttributes,
    TollAttributes,
};

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
    /// Yes or no.
    Flag,
    /// Days.
    Date,
}

use Kind::{Date, Flag, Number, Text, Whole};

/// Attributes with columns of known types.
pub trait Columns: Serialize {
    /// Those that every feature has, or may have: a column that no feature of a layer names is left away if it is marked so.
    /// Others that features have are text.
    const COLUMNS: &'static [(&'static str, Kind, Always)];
}

/// Whether a column is there even if no feature names it.
type Always = bool;

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// Its name in the table.
    pub name: String,
    /// Its name among the attributes.
    key: String,
    pub kind: Kind,
}

/// A value of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Null,
    Text(&'a str),
    Whole(i64),
    Number(f64),
    Flag(bool),
    Date(&'a str),
}

impl Column {
    /// Its value of a feature.
    pub fn cell<'a>(&self, attributes: &'a Map<String, Value>) -> Cell<'a> {
        let value = attributes.get(&self.key);
        value.map_or(Cell::Null, |value| self.kind.cell(value))
    }
}

impl Kind {
    /// A value as one of this kind. What is of another is null.
    pub(super) fn cell(self, value: &Value) -> Cell<'_> {
        match (self, value) {
            (Date, Value::String(text)) if text.is_empty() => Cell::Null,
            (Date, Value::String(text)) => Cell::Date(text),
            (Text, Value::String(text)) => Cell::Text(text),
            (Whole, value) => value.as_i64().map_or(Cell::Null, Cell::Whole),
            (Number, value) => value.as_f64().map_or(Cell::Null, Cell::Number),
            (Flag, Value::Bool(flag)) => Cell::Flag(*flag),
            _ => Cell::Null,
        }
    }
}

/// The columns that a layer turns out to have.
#[derive(Debug)]
pub(super) struct Found {
    known: Known,
    columns: Vec<Column>,
    by_key: FxHashMap<String, usize>,
}

/// Columns that attributes have or may have.
type Known = &'static [(&'static str, Kind, Always)];

impl Found {
    pub fn new(known: Known) -> Self {
        let mut found = Self {
            known,
            columns: Vec::new(),
            by_key: FxHashMap::default(),
        };
        for (name, _, _) in known.iter().filter(|(_, _, always)| *always) {
            found.at(name);
        }
        found
    }

    /// Where the column of an attribute is, which is added if there is none yet. Neither SQLite nor GDAL tells names apart
    /// by case: a later one of the same gets a number.
    pub fn at(&mut self, key: &str) -> usize {
        if let Some(at) = self.by_key.get(key) {
            return *at;
        }
        let taken = |name: &str| {
            ["fid", "geom", "rowid"]
                .into_iter()
                .chain(self.columns.iter().map(|column| column.name.as_str()))
                .any(|other| other.to_lowercase() == name.to_lowercase())
        };
        let name = std::iter::once(key.to_owned())
            .chain((2..).map(|n| format!("{key}_{n}")))
            .find(|name| !taken(name))
            .unwrap_or_default();
        let known = self.known.iter().find(|(known, ..)| *known == key);
        self.columns.push(Column {
            name,
            key: key.to_owned(),
            kind: known.map_or(Text, |(_, kind, _)| *kind),
        });
        let at = self.columns.len() - 1;
        self.by_key.insert(key.to_owned(), at);
        at
    }

    /// Those found so far.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }
}

impl Columns for IncidentAttributes {
    const COLUMNS: &'static [(&'static str, Kind, Always)] = &[
        ("id", Text, true),
        ("kind", Text, true),
        ("event_type", Text, true),
        ("date_start", Date, true),
        ("date_end", Date, true),
        ("date_precision", Text, true),
        ("date_share", Number, true),
        ("place", Text, true),
        ("place_name", Text, true),
        ("admin1", Text, true),
        ("country", Text, true),
        ("precision", Whole, true),
        ("radius_km", Number, true),
        ("ground", Text, true),
        ("place_basis", Text, true),
        ("place_score", Number, true),
        ("actor", Text, true),
        ("target", Text, true),
        ("count_low", Whole, true),
        ("count_best", Whole, true),
        ("count_high", Whole, true),
        ("killed_low", Whole, true),
        ("killed_best", Whole, true),
        ("killed_high", Whole, true),
        ("injured_low", Whole, true),
        ("injured_best", Whole, true),
        ("injured_high", Whole, true),
        ("claims", Whole, true),
        ("sources", Text, true),
        ("urls", Text, true),
        ("cluster", Whole, true),
    ];
}

impl Columns for ClusterAttributes {
    const COLUMNS: &'static [(&'static str, Kind, Always)] = &[
        ("cluster", Whole, true),
        ("name", Text, true),
        ("incidents", Whole, true),
        ("incidents_low", Whole, true),
        ("incidents_high", Whole, true),
        ("incidents_counted", Number, true),
        ("count_low", Whole, true),
        ("count_best", Whole, true),
        ("count_high", Whole, true),
        ("killed_low", Whole, true),
        ("killed_best", Whole, true),
        ("killed_high", Whole, true),
        ("date_start", Date, true),
        ("date_end", Date, true),
        ("kinds", Text, true),
        ("sources", Text, true),
        ("area_km2", Number, true),
        ("width_km", Number, true),
        ("chained", Flag, true),
        ("centre_lon", Number, true),
        ("centre_lat", Number, true),
    ];
}

impl Columns for TollAttributes {
    const COLUMNS: &'static [(&'static str, Kind, Always)] = &[
        ("place", Text, true),
        ("admin1", Text, true),
        ("country", Text, true),
        ("ground", Text, true),
        ("incidents", Whole, true),
        ("incidents_unknown", Whole, true),
        ("killed_low", Whole, true),
        ("killed_best", Whole, true),
        ("killed_high", Whole, true),
        ("symbol", Text, true),
        ("disc", Whole, true),
        ("ring", Whole, true),
        ("figure", Text, true),
    ];
}

impl Columns for DensityAttributes {
    const COLUMNS: &'static [(&'static str, Kind, Always)] = &[
        ("class", Whole, true),
        ("density_from", Number, true),
        ("density_to", Number, true),
        ("unit", Text, true),
        ("bandwidth_km", Number, false),
        ("name", Text, false),
        ("code", Text, false),
        ("density", Number, false),
        ("total", Number, false),
        ("area_km2", Number, false),
        ("population", Number, false),
    ];
}

impl Columns for FlowRow {
    const COLUMNS: &'static [(&'static str, Kind, Always)] = &[
        ("origin", Text, true),
        ("destination", Text, true),
        ("people_low", Whole, true),
        ("people_best", Whole, true),
        ("people_high", Whole, true),
        ("back_low", Whole, true),
        ("back_best", Whole, true),
        ("back_high", Whole, true),
        ("records", Whole, true),
        ("shared", Whole, true),
        ("date_start", Date, true),
        ("date_end", Date, true),
        ("origin_precision", Whole, true),
        ("destination_precision", Whole, true),
        ("origin_basis", Text, true),
        ("destination_basis", Text, true),
        ("sources", Text, true),
        ("arrow", Text, true),
    ];
}

impl Columns for PlaceAttributes {
    const COLUMNS: &'static [(&'static str, Kind, Always)] = &[
        ("name", Text, true),
        ("name_ar", Text, true),
        ("kind", Text, true),
        ("admin1", Text, true),
        ("country", Text, true),
        ("population", Whole, true),
        ("role", Text, true),
    ];
}
