//! What one map is to be: everything that the composer needs to know besides the layers.

use std::str::FromStr;

use super::{Common, MapError, PageSize, Ramp, ThemeName};
use crate::ground::{Extent, ProjectionChoice};
use crate::record::Period;

/// What one map is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct MapSpec {
    /// Headline; made from subject, area and period where none is given.
    pub title: Option<String>,
    /// Name of the area shown, as it stands in the title: "Syria", "Idlib Governorate".
    pub area_name: String,
    /// Where, as it ends the title: "in Syria and Iraq", "in and around Idlib governorate".
    pub whereabouts: String,
    /// The period shown; `None` where the data's own dates set it.
    pub period: Option<Period>,
    /// What people call the period: "First offensive".
    pub period_name: Option<String>,
    /// Whether all incidents of this map, and of those that it is compared with, are strikes from a distance.
    pub strikes: bool,
    /// What must be visible.
    pub extent: Extent,
    /// ISO 3166-1 alpha-2 codes of the countries that the map is about: drawn lighter than their
    /// neighbours.
    pub focus: Vec<String>,
    /// Size of the page.
    pub page: PageSize,
    /// Projection.
    pub projection: ProjectionChoice,
    /// Name of the theme.
    pub theme: ThemeName,
    /// Colours of density classes; the theme's own where none are asked for.
    pub ramp: Option<Ramp>,
    /// Script of the names on the map.
    pub names: Names,
    /// Whether the data was invented: said on the map in large letters.
    pub synthetic: bool,
    /// Whether only what lies in the extent is shown: the ground beyond it on the page is then veiled.
    pub bounded: bool,
    /// Whether the density map has a strip of incidents per day.
    pub timeline: bool,
    /// Where the data comes from, for the source line.
    pub sources: Vec<String>,
    /// The page that it has in common with other maps of a batch; without, its own.
    pub common: Option<Common>,
    /// More notes for the foot of the page, each a sentence.
    pub notes: Vec<String>,
}

/// In which script places are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// Latin letters.
    #[default]
    Latin,
    /// Arabic where known.
    Arabic,
    /// Latin with Arabic beneath.
    Both,
}

impl FromStr for Names {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, MapError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "latin" | "en" => Ok(Self::Latin),
            "arabic" | "ar" => Ok(Self::Arabic),
            "both" => Ok(Self::Both),
            _ => Err(MapError::UnknownNames(text.to_owned())),
        }
    }
}

impl Names {
    /// The lines of a name: one or two; none where there is no name.
    pub fn lines<'a>(self, latin: Option<&'a str>, arabic: Option<&'a str>) -> Vec<&'a str> {
        let given = |name: Option<&'a str>| name.filter(|n| !n.trim().is_empty());
        let (latin, arabic) = (given(latin), given(arabic));
        match self {
            Self::Latin => latin.or(arabic).into_iter().collect(),
            Self::Arabic => arabic.or(latin).into_iter().collect(),
            Self::Both if latin == arabic => latin.into_iter().collect(),
            Self::Both => latin.into_iter().chain(arabic).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_without_the_wanted_script_keeps_the_other() {
        assert_eq!(Names::Latin.lines(Some("Idlib"), Some("إدلب")), ["Idlib"]);
        assert_eq!(Names::Arabic.lines(Some("Idlib"), Some("إدلب")), ["إدلب"]);
        assert_eq!(Names::Arabic.lines(Some("Idlib"), None), ["Idlib"]);
        assert_eq!(
            Names::Both.lines(Some("Idlib"), Some("إدلب")),
            ["Idlib", "إدلب"]
        );
        assert_eq!(Names::Both.lines(Some("Idlib"), Some(" ")), ["Idlib"]);
        assert!(Names::Latin.lines(None, None).is_empty());
        assert!("klingon".parse::<Names>().is_err());
    }
}
