//! How the maps are to be: what the keys of a spec mean, checked.

use std::str::FromStr;

use crate::draw::Lettering;
use crate::ground::{Extent, ProjectionChoice};
use crate::layer::{ClusterRule, Coarsen, DensityRule, FlowLevel};
use crate::map::{Names, PageSize, Ramp, ThemeName};
use crate::record::{DateRule, Period};

/// How the maps are to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Period shown; without, all that the tables hold.
    pub period: Option<Period>,
    /// How records count whose dates may lie outside of the period.
    pub dates: DateRule,
    /// What the ends of flows are taken together to.
    pub flows: FlowLevel,
    /// Whether opposite flows are set off against each other.
    pub net: bool,
    /// How far records are moved that are marked as sensitive; given, those of tables that mark none are moved too.
    pub coarsen: Option<Coarsen>,
    /// Ground shown.
    pub extent: ExtentChoice,
    /// Ground shown by the map of displacement; without, the same, or where its flows are if that is left open.
    pub flow_extent: Option<ExtentChoice>,
    /// Flows of fewer people are not on the map; without, none are left away unless there are very many.
    pub flows_min: Option<u64>,
    /// Headline; without, subject, area and period.
    pub title: Option<String>,
    /// Where the data is from; without, the sources that the tables name.
    pub credit: Option<String>,
    /// Page of the pictures.
    pub page: PageSize,
    /// Projection of the maps.
    pub projection: ProjectionChoice,
    /// Look of the maps.
    pub theme: ThemeName,
    /// Colours of density classes; without, the theme's own.
    pub ramp: Option<Ramp>,
    /// Script of the names.
    pub names: Names,
    /// Maps to draw, where the tables have something for them.
    pub maps: Vec<MapKind>,
    /// Pictures to write.
    pub formats: Vec<PictureFormat>,
    /// How SVG and PDF write text.
    pub text: Lettering,
    /// What makes a cluster.
    pub cluster: ClusterRule,
    /// What the density is of, and how it is made.
    pub density: DensityRule,
    /// Whether all layers are also written into one GeoPackage.
    pub geopackage: bool,
    /// Whether each layer is also written as FlatGeobuf.
    pub flatgeobuf: bool,
    /// Whether each PNG has files beside it that say where on the ground its pixels are.
    pub world_file: bool,
    /// Whether tables that are written have a row of HXL hashtags.
    pub hxl: bool,
    /// Whether the data was invented.
    pub synthetic: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            period: None,
            dates: DateRule::default(),
            flows: FlowLevel::default(),
            net: false,
            coarsen: None,
            extent: ExtentChoice::OfData,
            flow_extent: None,
            flows_min: None,
            title: None,
            credit: None,
            page: PageSize::default(),
            projection: ProjectionChoice::default(),
            theme: ThemeName::default(),
            ramp: None,
            names: Names::default(),
            maps: vec![MapKind::Density, MapKind::Displacement],
            formats: vec![PictureFormat::Png, PictureFormat::Svg],
            text: Lettering::default(),
            cluster: ClusterRule::default(),
            density: DensityRule::default(),
            geopackage: false,
            flatgeobuf: false,
            world_file: false,
            hxl: false,
            synthetic: false,
        }
    }
}

/// Which ground to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ExtentChoice {
    /// That of the records.
    #[default]
    OfData,
    /// A box in degrees.
    Box(Extent),
    /// A named place or area.
    Named {
        /// Its name, for titles and file names.
        name: String,
        /// Its box.
        extent: Extent,
        /// Code of the country that it lies in.
        country: Option<String>,
    },
}

/// A kind of map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MapKind {
    /// Density of incidents, and clusters.
    Density,
    /// People killed, by place.
    Killed,
    /// Flows of displaced people.
    Displacement,
}

impl MapKind {
    /// Its name, which its files end with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Density => "density",
            Self::Killed => "killed",
            Self::Displacement => "displacement",
        }
    }
}

impl FromStr for MapKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "density" => Ok(Self::Density),
            "killed" => Ok(Self::Killed),
            "displacement" => Ok(Self::Displacement),
            _ => Err(format!(
                "\"{text}\" is not a map: write density, killed or displacement"
            )),
        }
    }
}

/// A kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureFormat {
    /// Pixels.
    Png,
    /// Vectors, for the web and for drawing programs.
    Svg,
    /// Vectors, for print.
    Pdf,
}

impl PictureFormat {
    /// The ending of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        }
    }
}

impl FromStr for PictureFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "png" => Ok(Self::Png),
            "svg" => Ok(Self::Svg),
            "pdf" => Ok(Self::Pdf),
            _ => Err(format!(
                "\"{text}\" is not a picture format: write png, svg or pdf"
            )),
        }
    }
}
