//! What the ends of flows are taken together to: settlements as reported, districts or governorates.

use std::str::FromStr;

use super::flows::centre;
use super::locate::Locator;
use crate::record::{Location, Precision};

/// What the ends of flows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FlowLevel {
    /// As reported: settlements, and areas where no more is known.
    #[default]
    Settlement,
    /// Districts, where their outlines are known.
    District,
    /// Governorates, or what a country calls its first-order areas.
    Governorate,
}

impl FlowLevel {
    /// Its name in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settlement => "settlement",
            Self::District => "district",
            Self::Governorate => "governorate",
        }
    }

    /// How exactly such an end is known.
    pub fn precision(self) -> Precision {
        match self {
            Self::Settlement => Precision::Exact,
            Self::District => Precision::District,
            Self::Governorate => Precision::Governorate,
        }
    }

    /// The end that a location belongs to. What is vaguer already, or lies in no area that is known, stays as it is.
    pub(super) fn of(self, location: Location, locator: &mut Locator) -> Location {
        let lies_in_one = location.precision < self.precision()
            || location.precision == Precision::Fuzzy && location.admin1.is_some();
        let area = match self {
            Self::Governorate if lies_in_one => locator.first_order(&location),
            Self::District if location.precision < Precision::District => {
                locator.second_order(centre(&location))
            }
            _ => None,
        };
        let Some(area) = area else {
            return location;
        };
        Location {
            basis: format!("{}; {} lies in it", area.basis, location.name).into(),
            ..area
        }
    }
}

impl FromStr for FlowLevel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_ascii_lowercase();
        let levels = [Self::Settlement, Self::District, Self::Governorate];
        let found = levels.into_iter().find(|level| level.name() == text);
        found.ok_or_else(|| {
            format!("\"{text}\" is no level of flows: write settlement, district or governorate")
        })
    }
}
