//! What each layer says of its features. Field names are the GeoJSON property names.
//!
//! Only `date_start` and `date_end` hold ISO dates: a GIS types any column of ISO dates as a date, and a second one
//! would compete in its temporal controller.

use std::sync::Arc;

use geo::Point;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};

use super::clusters::ClusterRule;
use super::density::DensityRule;
use super::guard::Coarsen;
use super::level::FlowLevel;
use crate::record::{Count, DateRule, Location, Phrase, Text, When};

/// A count as three columns, each null where unknown.
macro_rules! bounds {
    ($(#[$doc:meta])* $name:ident, $low:literal, $best:literal, $high:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
        pub struct $name {
            /// No fewer than this.
            #[serde(rename = $low)]
            pub low: Option<u64>,
            /// The source's own figure.
            #[serde(rename = $best)]
            pub best: Option<u64>,
            /// No more than this.
            #[serde(rename = $high)]
            pub high: Option<u64>,
        }

        impl From<Option<Count>> for $name {
            fn from(count: Option<Count>) -> Self {
                let bounds = |count: Count| (count.low(), count.best(), count.high());
                let (low, best, high) = count.map_or((None, None, None), bounds);
                // Sums of which neither end is known have a figure still: null throughout would be unknown.
                let unbounded = low.is_none() && high.is_none();
                Self {
                    low,
                    best: best.or_else(|| count.filter(|_| unbounded).map(|count| count.central())),
                    high,
                }
            }
        }
    };
}

bounds!(
    /// People killed.
    Killed, "killed_low", "killed_best", "killed_high"
);
bounds!(
    /// People injured.
    Injured, "injured_low", "injured_best", "injured_high"
);
bounds!(
    /// Strikes or munitions within an incident.
    Munitions, "count_low", "count_best", "count_high"
);
bounds!(
    /// People who went the other way, in a net flow.
    Back, "back_low", "back_best", "back_high"
);
bounds!(
    /// People who fled.
    People, "people_low", "people_best", "people_high"
);
bounds!(
    /// People who fled, of whom one end of the way is known.
    OneEnd, "people_one_end_low", "people_one_end_best", "people_one_end_high"
);

/// An incident on the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IncidentAttributes {
    /// Identifier from the table, or `row 12` where it has none.
    pub id: Phrase,
    /// ACLED sub-event type.
    pub kind: Phrase,
    /// ACLED event type.
    pub event_type: Phrase,
    /// First day it may have happened on, `YYYY-MM-DD`.
    pub date_start: Date,
    /// Last day it may have happened on, `YYYY-MM-DD`.
    pub date_end: Date,
    /// `day`, `period` (some day between start and end), `approximate` or `uncertain`.
    pub date_precision: &'static str,
    /// The part of these days that lies in the period of the map, 0 to 1.
    pub date_share: f64,
    /// The place as the sources wrote it.
    pub place: Phrase,
    /// The place or area that this was taken for.
    pub place_name: Phrase,
    /// First-order administrative area.
    pub admin1: Option<Phrase>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<Phrase>,
    /// UCDP `where_prec`, 1 (exact) to 7.
    pub precision: u8,
    /// The truth lies within this distance of the geometry's centre, in kilometres.
    pub radius_km: f64,
    /// What the geometry is: `point`, `circle` (within which it was) or `area` (within which it was).
    pub ground: &'static str,
    /// Why this place.
    pub place_basis: Phrase,
    /// How sure the match of the name is, 0 to 1.
    pub place_score: f64,
    /// Who did it, as the sources say.
    pub actor: Phrase,
    /// What was hit, as the sources say.
    pub target: Phrase,
    /// Strikes or munitions within this incident.
    #[serde(flatten)]
    pub count: Munitions,
    /// Killed, over all claims.
    #[serde(flatten)]
    pub killed: Killed,
    /// Injured, over all claims.
    #[serde(flatten)]
    pub injured: Injured,
    /// How many claims speak of it.
    pub claims: usize,
    /// Who says so, each once.
    pub sources: Phrase,
    /// Links, each once.
    pub urls: Phrase,
    /// The cluster that it belongs to.
    pub cluster: Option<u32>,
    /// Columns of the table that dateline does not know, carried through.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
    /// What it adds to the killed of the map: all of them, unless only a part of the incident counts.
    #[serde(skip)]
    pub toll: Option<Count>,
    /// What each claim says, and who says it.
    #[serde(skip)]
    pub said: Vec<Said>,
    /// When it happened.
    #[serde(skip)]
    pub when: When,
    /// Where it happened.
    #[serde(skip)]
    pub location: Arc<Location>,
}

/// What one claim says of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Who says it.
    pub source: Option<Text>,
    /// Where.
    pub url: Option<Text>,
    /// How many were killed.
    pub killed: Option<Count>,
}

/// A cluster of incidents.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClusterAttributes {
    /// Number, from 1, the largest first.
    pub cluster: u32,
    /// "around Khan Shaykhun": the place nearest to the most central incident.
    pub name: String,
    /// How many incidents.
    pub incidents: usize,
    /// Of these, the ones that are certainly of the period.
    pub incidents_low: usize,
    /// With those that may be of another time.
    pub incidents_high: usize,
    /// The same, each as far as it counts by its date.
    pub incidents_counted: f64,
    /// Strikes or munitions within them.
    #[serde(flatten)]
    pub counted: Munitions,
    /// Killed in all of them.
    #[serde(flatten)]
    pub killed: Killed,
    /// First day of the first incident.
    pub date_start: String,
    /// Last day of the last incident.
    pub date_end: String,
    /// Kinds of incident, the most frequent first.
    pub kinds: String,
    /// Who reports them.
    pub sources: String,
    /// Area of the outline, in square kilometres.
    pub area_km2: f64,
    /// Distance between the two incidents that are farthest from each other, in kilometres.
    pub width_km: f64,
    /// Whether it chains so far that it says little: farther across than 20 cluster distances.
    pub chained: bool,
    /// Longitude of the most central incident.
    pub centre_lon: f64,
    /// Latitude of the most central incident.
    pub centre_lat: f64,
}

impl ClusterAttributes {
    /// The most central incident's position.
    pub fn centre(&self) -> Point {
        Point::new(self.centre_lon, self.centre_lat)
    }
}

/// How clusters were made, and how they are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterStyle {
    /// What makes a cluster.
    pub rule: ClusterRule,
    /// The count that the largest circle stands for.
    pub max_incidents: usize,
    /// Incidents known to a point that took no part, because their dates are too vague.
    pub undated: usize,
}

/// A density class, or a piece of ground with its density.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DensityAttributes {
    /// Number of the class, from 1; 0 for a piece of ground below the lowest.
    pub class: usize,
    /// Lower edge of the class.
    pub density_from: Option<f64>,
    /// Upper edge of the class.
    pub density_to: Option<f64>,
    /// What density is: "Incidents per 100 km²".
    pub unit: String,
    /// Bandwidth of the kernel in kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bandwidth_km: Option<f64>,
    /// Name of the admin area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Code of the admin area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Density of this piece of ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<f64>,
    /// What was counted on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<f64>,
    /// Its area in square kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_km2: Option<f64>,
    /// How many people live there, where the boundaries say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<f64>,
}

/// How density was made and is classed.
#[derive(Clone, Debug, PartialEq)]
pub struct DensityStyle {
    /// Class edges, ascending; one more than there are classes.
    pub breaks: Vec<f64>,
    /// What it is of, and how it was made.
    pub rule: DensityRule,
    /// Bandwidth of a kernel in kilometres.
    pub bandwidth_km: Option<f64>,
    /// Width of hexagons in kilometres.
    pub hexagon_km: Option<f64>,
    /// Incidents that are in no one of the admin areas for sure, and count in none.
    pub apart: usize,
}

/// People who went from one place to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlowAttributes {
    /// Where they left.
    pub origin: String,
    /// Where they went.
    pub destination: String,
    /// How many.
    #[serde(flatten)]
    pub people: People,
    /// Of net flows: how many went the other way, and are taken off.
    #[serde(flatten)]
    pub back: Back,
    /// How many reports it is made of.
    pub records: usize,
    /// How many of these name several destinations without saying who went where: their people are counted once,
    /// in the total, and here only as an upper bound.
    pub shared: usize,
    /// First day.
    pub date_start: String,
    /// Last day.
    pub date_end: String,
    /// UCDP `where_prec` of the origin.
    pub origin_precision: u8,
    /// UCDP `where_prec` of the destination.
    pub destination_precision: u8,
    /// Why this origin.
    pub origin_basis: String,
    /// Why this destination.
    pub destination_basis: String,
    /// Who says so.
    pub sources: String,
    /// How the map draws it: `width` (by its people), `hollow` (nobody says how many of a report's went this way),
    /// `hair` (one of many small ones); null if it is not on the map.
    pub arrow: Option<&'static str>,
    /// Where its reports were published, and by whom.
    #[serde(skip)]
    pub links: Vec<(Option<Text>, Text)>,
    /// What its reports name in all, to whichever destination.
    #[serde(skip)]
    pub named: Option<Count>,
    /// The figure that the arrow's width stands for.
    #[serde(skip)]
    pub width_people: f64,
    /// Where they left.
    #[serde(skip)]
    pub from: Location,
    /// Where they went.
    #[serde(skip)]
    pub to: Location,
}

impl From<People> for Back {
    fn from(People { low, best, high }: People) -> Self {
        Self { low, best, high }
    }
}

/// Displacement of which an end is not known, or that has one place at both ends: the same columns as a flow, and no
/// geometry.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OpenFlow {
    /// Where they left, as the table has it.
    pub origin: Option<String>,
    /// Where they went, as the table has it.
    pub destination: Option<String>,
    /// How many.
    #[serde(flatten)]
    pub people: People,
    /// Nobody is set off against them.
    #[serde(flatten)]
    pub back: Back,
    /// How many reports it is made of.
    pub records: usize,
    /// None of these is shared between destinations.
    pub shared: usize,
    /// First day.
    pub date_start: String,
    /// Last day.
    pub date_end: String,
    /// Not known.
    pub origin_precision: Option<u8>,
    /// Not known.
    pub destination_precision: Option<u8>,
    /// Why there is no line.
    pub origin_basis: String,
    /// Why there is no line.
    pub destination_basis: String,
    /// Who says so.
    pub sources: String,
    /// How the map draws it: `origin unknown` or `destination unknown`, with a broken end; null if it is not on the map.
    pub arrow: Option<&'static str>,
    /// Who says so, and where it was published.
    #[serde(skip)]
    pub links: Vec<(Option<Text>, Text)>,
    /// The one end that is known, where only one is and it can be placed on the map.
    #[serde(skip)]
    pub at: Option<Location>,
}

/// Which end of the way of a displacement is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// They came from nobody knows where.
    Came,
    /// They left for nobody knows where.
    Left,
}

impl Open {
    /// That of a displacement with one known end.
    pub fn of(flow: &OpenFlow) -> Self {
        match flow.origin {
            None => Self::Came,
            Some(_) => Self::Left,
        }
    }

    /// Its name, as the layer has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Came => "origin unknown",
            Self::Left => "destination unknown",
        }
    }
}

/// A feature of the file of flows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum FlowRow {
    /// With a line.
    Line(Box<FlowAttributes>),
    /// Without.
    Open(Box<OpenFlow>),
}

/// What arrows are measured by, where several maps are on one scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArrowScale {
    /// People that the widest stands for.
    pub most: f64,
    /// Pixels of width for a person that leave room between arrows.
    pub room: f64,
    /// Flows of fewer people are hair lines.
    pub hair_below: f64,
}

impl ArrowScale {
    /// One that serves both.
    pub fn and(self, other: Self) -> Self {
        Self {
            most: self.most.max(other.most),
            room: self.room.min(other.room),
            hair_below: self.hair_below.max(other.hair_below),
        }
    }
}

/// How flows are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowStyle {
    /// The number of people that the widest arrow stands for.
    pub max_people: f64,
    /// What arrows are measured by; without, what suits these flows.
    pub scale: Option<ArrowScale>,
    /// Flows of fewer people are not on the map, which says so.
    pub least_people: f64,
    /// What their ends are.
    pub level: FlowLevel,
    /// Whether opposite flows are set off against each other.
    pub net: bool,
}

/// Why a place is worth a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceRole {
    /// A cluster is named after it.
    Cluster,
    /// People left it or went there.
    Flow,
    /// An incident happened there.
    Incident,
    /// It helps the reader to find the way.
    Orientation,
}

/// A place that the map names if there is room.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceAttributes {
    /// Its name in Latin letters.
    pub name: String,
    /// Its name in Arabic letters.
    pub name_ar: Option<String>,
    /// `city`, `town`, `village` …
    pub kind: String,
    /// First-order administrative area.
    pub admin1: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Population, where known.
    pub population: Option<u64>,
    /// Why it is worth a label.
    pub role: PlaceRole,
}

/// What is on the map in figures, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// How records count whose dates may lie outside of the period.
    #[serde(skip)]
    pub dates: DateRule,
    /// How far records are moved that are marked as sensitive.
    #[serde(skip)]
    pub coarsen: Coarsen,
    /// Claims read.
    pub claims_read: usize,
    /// Incidents read.
    pub incidents_read: usize,
    /// Incidents in the period and extent and drawn.
    pub incidents_drawn: usize,
    /// Of these, known to a point.
    pub incidents_exact: usize,
    /// Of these, drawn as an area or a ring.
    pub incidents_vague: usize,
    /// Of these, with a date that may lie outside of the period.
    pub incidents_date_uncertain: usize,
    /// Of these, counted by the part of their days that lies in the period.
    pub incidents_date_shared: usize,
    /// The incidents drawn, each as far as it counts.
    pub incidents_counted: f64,
    /// Of these, moved for the safety of people there.
    pub incidents_coarsened: usize,
    /// Incidents left out because their dates may lie outside of the period.
    pub incidents_date_left_out: usize,
    /// Incidents outside of the period.
    pub incidents_outside_period: usize,
    /// Rows of tables of incidents that tell of none.
    pub incidents_other_kind: usize,
    /// Incidents outside of the extent.
    pub incidents_outside_extent: usize,
    /// Incidents that could not be placed.
    pub incidents_unplaced: usize,
    /// Killed in these, where a source gives a figure.
    pub killed_unplaced: Option<Count>,
    /// Killed in the incidents drawn.
    #[serde(flatten)]
    pub killed: Killed,
    /// Of the incidents drawn, those whose sources give no number of killed.
    pub killed_unknown: usize,
    /// Displacement records read.
    pub displacement_read: usize,
    /// Displacement records drawn.
    pub displacement_drawn: usize,
    /// Of these, with only one end known, at which an arrow with a broken end stands.
    pub displacement_one_end: usize,
    /// Of these, with a date that may lie outside of the period.
    pub displacement_date_uncertain: usize,
    /// Of these, moved for the safety of people there.
    pub displacement_coarsened: usize,
    /// Displacement records left out because their dates may lie outside of the period.
    pub displacement_date_left_out: usize,
    /// Displacement records outside of the period.
    pub displacement_outside_period: usize,
    /// Displacement records outside of the extent.
    pub displacement_outside_extent: usize,
    /// Displacement records whose origin or destination is not given, and which are not drawn with the other.
    pub displacement_open_ended: usize,
    /// Displacement records whose origin or destination could not be placed, or no closer than to the country.
    pub displacement_unplaced: usize,
    /// Displacement records whose origin and destination are one place.
    pub displacement_within: usize,
    /// Displacement records that are cells of a matrix.
    pub displacement_cells: usize,
    /// The figures that records drawn with only one end known name, added up without their bounds.
    pub people_one_end: u64,
    /// The figures that records without an origin or destination name which are not drawn, added up.
    pub people_open_ended: u64,
    /// The figures that records of which origin and destination are one place name, added up.
    pub people_within: u64,
    /// The figures that records name whose ends could not be placed, added up.
    pub people_unplaced: u64,
    /// The figures that records outside of the period or the map name, added up, and of those that count by a part of
    /// their days the rest.
    pub people_outside: u64,
    /// The figures that the records drawn with both ends name, added up without their bounds.
    pub named_people: u64,
    /// People displaced in the records drawn with both ends, each record once.
    #[serde(flatten)]
    pub people: People,
    /// The same of the records of which one end is known: they may tell of the same people.
    #[serde(flatten)]
    pub one_end: OneEnd,
}

impl Summary {
    /// How many records were moved for the safety of people there.
    pub fn coarsened(&self) -> usize {
        self.incidents_coarsened + self.displacement_coarsened
    }
}
