//! What is not on the map, and why.

use std::collections::BTreeMap;

use super::unlocated::Unlocated;
use crate::read::{Omitted, Outside};
use crate::record::{Count, When};

/// A record that is not on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// `incidents` or `displacement`.
    pub table: &'static str,
    /// Rows of the table as a spreadsheet numbers them, one for each claim.
    pub rows: Vec<u64>,
    /// Identifier, if the table has one.
    pub id: String,
    /// The date as the table has it.
    pub date: String,
    /// When it happened.
    pub when: When,
    /// The place as the table has it.
    pub place: String,
    /// Why it is not on the map.
    pub reason: Reason,
    /// More about it, and what would bring it onto the map.
    pub detail: String,
    /// How many people it tells of: the killed of an incident, those of a displacement nothing of which is drawn.
    pub people: Option<Count>,
    /// Of a displacement without two different known ends, what the layer of flows is to say of it.
    pub unlocated: Option<Unlocated>,
}

/// Why a record is not on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It lies outside of the period.
    OutsidePeriod,
    /// It tells of something that is no incident: a table of all events has such rows.
    OtherKind,
    /// It may lie in the period, but not certainly, and only what is certain was asked for.
    DateUncertain,
    /// It lies outside of the extent.
    OutsideExtent,
    /// No place of its name is known.
    Unresolved,
    /// Several places have its name, and nothing tells which is meant.
    Ambiguous,
    /// Its source gives no origin or no destination.
    OpenEnded,
    /// Its origin and destination are one place.
    WithinOnePlace,
    /// Its origin or destination is known to the country only.
    TooVague,
}

impl Reason {
    /// The word for it in `left-out.csv` and `manifest.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OutsidePeriod => "outside period",
            Self::OtherKind => "no incident",
            Self::DateUncertain => "date not certainly in period",
            Self::OutsideExtent => "outside extent",
            Self::Unresolved => "place unresolved",
            Self::Ambiguous => "place ambiguous",
            Self::OpenEnded => "origin or destination not given",
            Self::WithinOnePlace => "origin and destination are one place",
            Self::TooVague => "origin or destination too vague",
        }
    }
}

impl From<Omitted> for Reason {
    fn from(why: Omitted) -> Self {
        match why {
            Omitted::OutsidePeriod => Self::OutsidePeriod,
            Omitted::OtherKind => Self::OtherKind,
        }
    }
}

/// Everything that is not on the maps of one run.
///
/// Rows that the reader kept out of memory because they lie outside of the period, or tell of no incident, stand apart:
/// there may be very many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeftOutList {
    /// Incidents and displacements, in the order of the tables.
    pub records: Vec<LeftOut>,
    /// Rows of tables of incidents that were not kept.
    pub incidents_outside: Vec<Outside>,
    /// Rows about displacement that were not kept.
    pub displacement_outside: Vec<Outside>,
}

impl LeftOutList {
    /// Whether everything is on the maps.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.outside() == 0
    }

    /// How many rows were not kept.
    fn outside(&self) -> usize {
        self.incidents_outside.len() + self.displacement_outside.len()
    }

    /// How many were left out for each reason.
    pub fn counts(&self) -> BTreeMap<Reason, usize> {
        let mut counts = BTreeMap::new();
        for record in &self.records {
            *counts.entry(record.reason).or_default() += 1;
        }
        for row in self
            .incidents_outside
            .iter()
            .chain(&self.displacement_outside)
        {
            *counts.entry(row.why.into()).or_default() += 1;
        }
        counts
    }
}
