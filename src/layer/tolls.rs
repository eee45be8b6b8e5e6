//! People killed by place: all incidents of one place together, as a map of tolls draws them.

use serde::Serialize;

use super::Killed;

/// The people killed at one place.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TollAttributes {
    /// Its name.
    pub place: String,
    /// First-order administrative area.
    pub admin1: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// What the geometry is: `point`, `circle` or `area`, as of incidents.
    pub ground: &'static str,
    /// How many incidents.
    pub incidents: usize,
    /// Of these, the ones for which no source gives a figure.
    pub incidents_unknown: usize,
    /// Killed in all of them.
    #[serde(flatten)]
    pub killed: Killed,
    /// How the map draws it: `toll` (a disc and a ring), `nobody` (killed), `unknown` (no figure), `circle` or `area` (of
    /// vague ground); null if it is not on the map.
    pub symbol: Option<&'static str>,
    /// The people that the disc stands for.
    pub disc: Option<u64>,
    /// The people that the ring stands for; null where no highest figure is known, and the ring is a dashed one.
    pub ring: Option<u64>,
    /// The figure as short as it can be written; of vague ground in words.
    pub figure: Option<String>,
}
