//! The columns of each layer, typed by what they mean: a column in which no feature has a value has a type as well.

use rusqlite::types::Value as Cell;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::layer::{
    ClusterAttributes, DensityAttributes, FlowRow, IncidentAttributes, PlaceAttributes,
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

impl Kind {
    pub(super) fn sql(self) -> &'static str {
        match self {
            Text => "TEXT",
            Whole => "INTEGER",
            Number => "REAL",
            Flag => "BOOLEAN",
            Date => "DATE",
        }
    }
}

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

impl Column {
    /// Its value of a feature. What is not of its type is null.
    pub fn cell(&self, attributes: &Map<String, Value>) -> Cell {
        let Some(value) = attributes.get(&self.key) else {
            return Cell::Null;
        };
        match (self.kind, value) {
            (Date, Value::String(text)) if text.is_empty() => Cell::Null,
            (Text | Date, Value::String(text)) => Cell::Text(text.clone()),
            (Whole, value) => value.as_i64().map_or(Cell::Null, Cell::Integer),
            (Number, value) => value.as_f64().map_or(Cell::Null, Cell::Real),
            (Flag, Value::Bool(flag)) => Cell::Integer(i64::from(*flag)),
            _ => Cell::Null,
        }
    }
}

/// The columns that a layer turns out to have.
pub(super) struct Found {
    known: &'static [(&'static str, Kind, Always)],
    named: Vec<bool>,
    others: Vec<String>,
}

impl Found {
    pub fn new(known: &'static [(&'static str, Kind, Always)]) -> Self {
        Self {
            known,
            named: known.iter().map(|(_, _, always)| *always).collect(),
            others: Vec::new(),
        }
    }

    /// Takes note of a feature's attributes.
    pub fn see(&mut self, attributes: &Map<String, Value>) {
        for ((name, ..), named) in self.known.iter().zip(&mut self.named) {
            *named |= attributes.contains_key(*name);
        }
        for name in attributes.keys() {
            let known = self.known.iter().any(|(known, ..)| known == name);
            if !known && !self.others.contains(name) {
                self.others.push(name.clone());
            }
        }
    }

    /// All of them. SQLite does not tell names apart by case: a later one of the same gets a number.
    pub fn columns(self) -> Vec<Column> {
        let known = self.known.iter().zip(self.named);
        let known = known
            .filter(|(_, named)| *named)
            .map(|((name, kind, _), _)| ((*name).to_owned(), *kind));
        let others = self.others.into_iter().map(|name| (name, Text));
        let mut columns: Vec<Column> = Vec::new();
        let taken = |name: &str, columns: &[Column]| {
            ["fid", "geom", "rowid"]
                .into_iter()
                .chain(columns.iter().map(|column| column.name.as_str()))
                .any(|other| other.to_lowercase() == name.to_lowercase())
        };
        for (key, kind) in known.chain(others) {
            let name = std::iter::once(key.clone())
                .chain((2..).map(|n| format!("{key}_{n}")))
                .find(|name| !taken(name, &columns))
                .unwrap_or_default();
            columns.push(Column { name, key, kind });
        }
        columns
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
