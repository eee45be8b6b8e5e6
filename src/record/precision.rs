//! How exactly a place is known: the `where_prec` scale of the UCDP Georeferenced Event Dataset.
//!
//! Source: Högbladh, S. (2023), *UCDP GED Codebook version 23.1*, Department of Peace and Conflict Research, Uppsala
//! University, variable `where_prec`.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// How exactly a place is known, from the settlement down to "somewhere at sea". Ordered: the most exact is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Precision {
    /// 1: the exact place is known: a settlement, a named site or coordinates.
    Exact = 1,
    /// 2: near a known point, at most about 25 km from it.
    Near = 2,
    /// 3: only the second-order administrative area is known (in Syria: the district).
    District = 3,
    /// 4: only the first-order administrative area is known (in Syria: the governorate).
    Governorate = 4,
    /// 5: a line or an area without agreed edges: a road, a river, a border, an informal region.
    Fuzzy = 5,
    /// 6: only the country is known.
    Country = 6,
    /// 7: international waters or airspace, or more than one country.
    International = 7,
}

impl Precision {
    /// All levels, the most exact first.
    pub const ALL: [Precision; 7] = [
        Precision::Exact,
        Precision::Near,
        Precision::District,
        Precision::Governorate,
        Precision::Fuzzy,
        Precision::Country,
        Precision::International,
    ];

    /// The level with this UCDP code.
    ///
    /// # Errors
    /// If the code is not 1 to 7.
    pub fn from_code(code: u8) -> Result<Precision, PrecisionError> {
        Precision::ALL
            .into_iter()
            .find(|p| p.code() == code)
            .ok_or(PrecisionError)
    }

    /// The UCDP code, 1 to 7.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// Radius in kilometres to draw when nothing better is known than the level itself. The 25 km of level 2 are the
    /// codebook's; the others are round figures for the areas of the Levant and Iraq (a district, a governorate, a
    /// country taken as a disc of equal area).
    pub fn default_radius_km(self) -> f64 {
        match self {
            Precision::Exact => 1.0,
            Precision::Near => 25.0,
            Precision::District => 30.0,
            Precision::Governorate => 65.0,
            Precision::Fuzzy => 50.0,
            Precision::Country => 250.0,
            Precision::International => 500.0,
        }
    }

    /// What the level means, in a few words for a legend.
    pub fn label(self) -> &'static str {
        match self {
            Precision::Exact => "exact place",
            Precision::Near => "near a known place",
            Precision::District => "district",
            Precision::Governorate => "governorate",
            Precision::Fuzzy => "line or informal region",
            Precision::Country => "country",
            Precision::International => "international",
        }
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.code())
    }
}

impl FromStr for Precision {
    type Err = PrecisionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.trim().parse().map_err(|_| PrecisionError)?;
        Precision::from_code(code)
    }
}

impl Serialize for Precision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.code())
    }
}

/// The code is not on the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "is not a precision: write 1 (exact place), 2 (near a known place), 3 (district), 4 (governorate), \
     5 (line or informal region), 6 (country) or 7 (international)"
)]
pub struct PrecisionError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_and_nothing_else_is_a_level() {
        for p in Precision::ALL {
            assert_eq!(Precision::from_code(p.code()), Ok(p));
            assert_eq!(p.to_string().parse(), Ok(p));
        }
        for bad in ["0", "8", "9", "-1", "1.0", "", "exact", "256"] {
            assert_eq!(bad.parse::<Precision>(), Err(PrecisionError), "{bad}");
        }
    }
}
