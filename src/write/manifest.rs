//! `manifest.json`: what a run read, how it was set, and what it wrote, so that each picture can be accounted for.

use serde::Serialize;

use crate::layer::Summary;
use crate::map::{Georeference, LabelCount, Totals};

/// The whole of `manifest.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    /// `dateline` and its version.
    pub made_by: String,
    /// Of a frame of a batch: a hash of all that it is made of. While it is the same, so is the frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether the data was invented.
    pub synthetic: bool,
    /// What was read.
    pub inputs: Vec<InputFile>,
    /// How the maps were set.
    pub settings: Settings,
    /// What is on the maps in figures.
    pub counts: Summary,
    /// Totals in the words that stand on the maps.
    pub in_words: Totals,
    /// Records left out: how many for each reason.
    pub left_out: std::collections::BTreeMap<&'static str, usize>,
    /// By picture, what stands for it where it cannot be seen.
    pub alt: std::collections::BTreeMap<String, String>,
    /// Labels by picture: how many were wanted, how many are there, and which found no room.
    pub labels: std::collections::BTreeMap<String, LabelCount>,
    /// By picture, where on the ground its pixels are, as a PNG has them.
    pub georeference: std::collections::BTreeMap<String, Georeference>,
    /// What was written, but for this file.
    pub outputs: Vec<OutputFile>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InputFile {
    /// As given on the command line or in the spec.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Rows of data.
    pub rows: u64,
    /// What a table was read as, by its name in `format`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<&'static str>,
    /// The sheet of a spreadsheet that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutputFile {
    /// Relative to the output folder.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// How the maps were set, every default spelled out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// Period shown, in EDTF; null where the data's own dates set it.
    pub period: Option<String>,
    /// How records count whose dates may lie outside of the period: `any`, `share` or `certain`.
    pub dates: &'static str,
    /// What the ends of flows are: `settlement`, `district` or `governorate`.
    pub flows: &'static str,
    /// Whether opposite flows are set off against each other.
    pub net: bool,
    /// What records were moved to for the safety of people there; null where none was. The counts say how many.
    pub coarsen: Option<String>,
    /// Area shown, as a name.
    pub area: String,
    /// West, south, east, north in degrees.
    pub extent: [f64; 4],
    /// Projection of the maps.
    pub projection: String,
    /// Page size in pixels.
    pub size: [f64; 2],
    /// Neighbourhood radius of the clusters in kilometres.
    pub cluster_km: f64,
    /// Neighbours are no more days apart than this; null where time does not count.
    pub cluster_days: Option<u32>,
    /// Incidents, or what is counted, that make a cluster.
    pub cluster_min: u32,
    /// What is counted: `incidents` or `count`.
    pub cluster_weight: &'static str,
    /// Pieces of ground of the density: `kernel`, `hexagons` or `areas`.
    pub density: &'static str,
    /// What the density counts: `incidents`, `killed`, `killed-low`, `killed-high` or `count`.
    pub weight: &'static str,
    /// What it is divided by: `area` or `people`.
    pub per: &'static str,
    /// Bandwidth of a kernel in kilometres.
    pub bandwidth_km: Option<f64>,
    /// How it was chosen: `extent`, `given`, `scott` or `cv`.
    pub bandwidth_rule: Option<&'static str>,
    /// Width of hexagons in kilometres.
    pub hexagon_km: Option<f64>,
    /// How the density is classed: `round`, `quantiles` or `jenks`.
    pub classes: &'static str,
    /// Class edges of the density.
    pub density_breaks: Vec<f64>,
}
