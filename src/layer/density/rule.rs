//! What a density is of, and how it is made.

use std::str::FromStr;
use std::sync::Arc;

use crate::analyse::classes::Classing;
use crate::gazetteer::import::Unit;
use crate::layer::clusters::least_count;
use crate::record::Incident;

/// How a density is made.
#[derive(Clone, Debug, PartialEq)]
pub struct DensityRule {
    /// Over which pieces of ground.
    pub method: DensityMethod,
    /// Of the kernel.
    pub bandwidth: Bandwidth,
    /// Width of hexagons in kilometres; without, one that suits the extent.
    pub hexagon_km: Option<f64>,
    /// What is counted.
    pub weight: DensityWeight,
    /// What it is divided by.
    pub per: Per,
    /// How values are classed.
    pub classing: Classing,
    /// In how many classes, at most.
    pub classes: usize,
    /// Areas to count in; without, provinces of the base map.
    pub areas: Arc<Vec<Unit>>,
}

impl Default for DensityRule {
    fn default() -> Self {
        Self {
            method: DensityMethod::default(),
            bandwidth: Bandwidth::default(),
            hexagon_km: None,
            weight: DensityWeight::default(),
            per: Per::default(),
            classing: Classing::default(),
            classes: 6,
            areas: Arc::default(),
        }
    }
}

/// The pieces of ground of a density.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DensityMethod {
    /// A smooth surface, in bands.
    #[default]
    Kernel,
    /// Hexagons of equal area.
    Hexagons,
    /// Admin areas.
    Areas,
}

impl DensityMethod {
    /// Name of its layer.
    pub fn layer(self) -> &'static str {
        match self {
            Self::Kernel => "density",
            Self::Hexagons => "hexagons",
            Self::Areas => "areas",
        }
    }
}

/// How wide a kernel is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Bandwidth {
    /// By the ground shown.
    #[default]
    OfExtent,
    /// So many kilometres.
    Km(f64),
    /// Scott's rule.
    Scott,
    /// That by which each place is the least surprising given the others.
    CrossValidated,
}

/// What a density counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DensityWeight {
    /// Incidents.
    #[default]
    Incidents,
    /// People killed: the best figure, else the middle of those said.
    Killed,
    /// People killed: the lowest figure.
    KilledLow,
    /// People killed: the highest figure.
    KilledHigh,
    /// Strikes or munitions within incidents: the lowest figure, one where none is given.
    Count,
}

/// What is counted is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Per {
    /// Hundreds of square kilometres.
    #[default]
    Area,
    /// Hundred thousands of people who live there.
    People,
}

/// Names of the variants, in both directions.
macro_rules! named {
    ($type:ident, $what:literal, $($variant:path = $name:literal),+ $(,)?) => {
        impl $type {
            /// Its name in settings.
            pub fn name(self) -> &'static str {
                match self {
                    $($variant => $name,)+
                }
            }
        }

        impl FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let names = [$($name),+];
                match text.trim().to_ascii_lowercase().as_str() {
                    $($name => Ok($variant),)+
                    _ => Err(format!(
                        "\"{text}\" is no {}: write one of {}", $what, names.join(", ")
                    )),
                }
            }
        }
    };
}

named!(
    DensityMethod,
    "kind of density",
    Self::Kernel = "kernel",
    Self::Hexagons = "hexagons",
    Self::Areas = "areas",
);
named!(
    DensityWeight,
    "weight of a density",
    Self::Incidents = "incidents",
    Self::Killed = "killed",
    Self::KilledLow = "killed-low",
    Self::KilledHigh = "killed-high",
    Self::Count = "count",
);
named!(
    Per,
    "measure of a density",
    Self::Area = "area",
    Self::People = "people"
);

impl FromStr for Bandwidth {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        match (text.to_ascii_lowercase().as_str(), text.parse::<f64>()) {
            ("scott", _) => Ok(Self::Scott),
            ("cv", _) => Ok(Self::CrossValidated),
            (_, Ok(km)) if km > 0.0 && km <= 1000.0 => Ok(Self::Km(km)),
            (_, Ok(km)) => Err(format!(
                "{km} is out of range: give kilometres above 0 and up to 1000, e.g. 5"
            )),
            _ => Err(format!(
                "\"{text}\" is no bandwidth: give kilometres, e.g. 5, or scott or cv"
            )),
        }
    }
}

impl Bandwidth {
    /// By which rule it was chosen, for the manifest.
    pub fn rule(self) -> &'static str {
        match self {
            Self::OfExtent => "extent",
            Self::Km(_) => "given",
            Self::Scott => "scott",
            Self::CrossValidated => "cv",
        }
    }
}

impl DensityWeight {
    /// As how much an incident counts; `None` where no source gives a figure.
    pub fn of(self, incident: &Incident) -> Option<f64> {
        let killed = incident.killed();
        let figure = match self {
            Self::Incidents => return Some(1.0),
            Self::Count => return Some(f64::from(least_count(incident))),
            Self::Killed => killed.map(|killed| killed.central()),
            // "Up to 9" may be nobody.
            Self::KilledLow => killed.map(|k| k.low().or(k.best()).unwrap_or(0)),
            Self::KilledHigh => killed.map(|k| k.high().or(k.best()).unwrap_or(k.central())),
        };
        figure.map(|people| people as f64)
    }

    /// What it is, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Incidents => "Incidents",
            Self::Killed => "Killed",
            Self::KilledLow => "Killed (lowest figures)",
            Self::KilledHigh => "Killed (highest figures)",
            Self::Count => "Strikes or munitions",
        }
    }

    /// Whether it counts people killed.
    pub fn is_killed(self) -> bool {
        matches!(self, Self::Killed | Self::KilledLow | Self::KilledHigh)
    }
}

impl Per {
    /// What a density is per, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Area => "per 100 km²",
            Self::People => "per 100,000 people",
        }
    }
}

impl DensityRule {
    /// Its unit: "Killed per 100 km²".
    pub fn unit(&self) -> String {
        format!("{} {}", self.weight.words(), self.per.words())
    }
}
