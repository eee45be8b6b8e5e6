//! What a map is made of and how: the keys of a spec file, which are the flags of the command line.
//!
//! One structure serves both, so that every key has a flag and every flag a key. What a key is by default and where it
//! stands in a spec that dateline writes is in `keys.rs`, which a test compares with this.

use std::path::PathBuf;

use clap::Args;
use dateline::gazetteer::{Gazetteer, Grounds, Query, Resolution, locate};
use dateline::ground::Extent;
use dateline::ground::basemap::Basemap;
use dateline::map::PageSize;
use dateline::pipeline::{ExtentChoice, Settings};
use dateline::read::Format;
use dateline::record::{Footprint, Location};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Error;
use super::spec::{Lines, Problems};

/// The keys of a map spec. A flag wins over the spec's key.
#[derive(Clone, Debug, Default, PartialEq, Args, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Table of incidents (CSV, XLSX, ODS or points in GeoJSON, also with gzip or in a ZIP); may be given several times
    #[arg(long, value_name = "FILE")]
    #[serde(
        deserialize_with = "one_or_more",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub incidents: Vec<PathBuf>,
    /// Table of displacement (CSV, XLSX or ODS, also with gzip or in a ZIP); may be given several times
    #[arg(long, value_name = "FILE")]
    #[serde(
        deserialize_with = "one_or_more",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub displacement: Vec<PathBuf>,
    /// What the tables are, where their columns do not tell: dateline, acled, ucdp or gdelt for incidents, dateline or matrix for displacement [default: told by the columns]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Sheet to read of tables in XLSX and ODS [default: the first with a header that is known]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Names to place records by: a compiled gazetteer instead of the embedded one, or a table (CSV) laid over it; may be given several times
    #[arg(long, value_name = "FILE")]
    #[serde(
        deserialize_with = "one_or_more",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub gazetteer: Vec<PathBuf>,
    /// Outlines of admin areas (GeoJSON), used before the embedded ones; may be given several times
    #[arg(long, value_name = "FILE")]
    #[serde(
        deserialize_with = "one_or_more",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub boundaries: Vec<PathBuf>,
    /// Period shown: 2020, 2020-01, 2020-01-10 or 2019-12/2020-02 [default: all that the tables hold]
    #[arg(long)]
    #[serde(deserialize_with = "number_or_text")]
    pub period: Option<String>,
    /// Records whose dates may lie outside of the period: any (in full, marked), share (by the part of their days within) or certain (left out) [default: any]
    #[arg(long, value_name = "any|share|certain")]
    pub dates: Option<String>,
    /// Area shown: a name ("Idlib", "Syria") or west,south,east,north in degrees [default: where the records are]
    #[arg(long, value_name = "AREA", allow_hyphen_values = true)]
    pub extent: Option<String>,
    /// Area shown by the map of displacement: the same, or "flows" for where its flows are [default: that of --extent]
    #[arg(long, value_name = "AREA", allow_hyphen_values = true)]
    pub flow_extent: Option<String>,
    /// Flows of fewer people are left away from the map, which says how many [default: 0, more if there are over 100 flows]
    #[arg(long, value_name = "PEOPLE")]
    pub flows_min: Option<u64>,
    /// Ends of flows: settlement (as reported), district (where its outline is known) or governorate [default: settlement]
    #[arg(long, value_name = "settlement|district|governorate")]
    pub flows: Option<String>,
    /// Net flows: those who went the other way are taken off, and the map says so
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub net: Option<bool>,
    /// Moves records marked in a column "sensitive", and all of tables without one, to a grid so many kilometres wide, or to the governorate, in every output [default: 10 for those marked]
    #[arg(long, value_name = "KM|governorate")]
    #[serde(deserialize_with = "number_or_text", serialize_with = "as_number")]
    pub coarsen: Option<String>,
    /// Folder to write to [default: output]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Headline [default: subject, area and period]
    #[arg(long)]
    pub title: Option<String>,
    /// Says where the data is from, on the map's source line [default: the sources that the tables name]
    #[arg(long)]
    pub credit: Option<String>,
    /// Page: WIDTHxHEIGHT in pixels, A4, A4-landscape, 16:9 or square [default: 1600x1200]
    #[arg(long)]
    pub size: Option<String>,
    /// Pixels per inch of the PNG: 96 is one per pixel of the page, 300 is for print [default: 96, of paper 300]
    #[arg(long)]
    pub dpi: Option<f64>,
    /// Maps to draw: density, killed (a low and a high figure for each place) and displacement [default: density,displacement]
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "density,killed,displacement"
    )]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub maps: Vec<String>,
    /// Pictures to write [default: png,svg]
    #[arg(long, value_delimiter = ',', value_name = "png,svg,pdf")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
    /// Text of SVG and PDF: text (with the glyphs embedded) or outlines [default: text]
    #[arg(long)]
    pub text: Option<String>,
    /// Projection: auto (equal-area), utm, mercator or plate-carree [default: auto]
    #[arg(long)]
    pub projection: Option<String>,
    /// Look of the maps: light, dark, print or grey [default: light]
    #[arg(long)]
    pub theme: Option<String>,
    /// Colours of density: YlOrRd, OrRd, YlGnBu, Purples, Greys (ColorBrewer), lajolla or lipari (Crameri) [default: the theme's]
    #[arg(long)]
    pub ramp: Option<String>,
    /// Script of the names on the map: latin, arabic or both [default: latin]
    #[arg(long)]
    pub names: Option<String>,
    /// Incidents this close, in kilometres, are neighbours in a cluster [default: 5]
    #[arg(long, value_name = "KM")]
    pub cluster_km: Option<f64>,
    /// Neighbours in a cluster are also no more than this many days apart [default: at any time]
    #[arg(long, value_name = "DAYS")]
    pub cluster_days: Option<u32>,
    /// Incidents that make a cluster [default: 5]
    #[arg(long, value_name = "N")]
    pub cluster_min: Option<u32>,
    /// What counts towards that: incidents, or count, the strikes or munitions within them [default: incidents]
    #[arg(long, value_name = "incidents|count")]
    pub cluster_weight: Option<String>,
    /// Density as a smooth surface, as hexagons of equal area, or by admin area (of --boundaries, else provinces) [default: kernel]
    #[arg(long, value_name = "kernel|hexagons|areas")]
    pub density: Option<String>,
    /// What the density counts: incidents, killed (best figures), killed-low, killed-high, or count, the strikes or munitions [default: incidents]
    #[arg(long, value_name = "WHAT")]
    pub weight: Option<String>,
    /// Admin areas: per 100 km², or per 100,000 people where --boundaries give the population [default: area]
    #[arg(long, value_name = "area|people")]
    pub per: Option<String>,
    /// Bandwidth of the kernel in kilometres, or the rule to choose it by: scott or cv (cross-validated) [default: from the extent]
    #[arg(long, value_name = "KM|scott|cv")]
    #[serde(deserialize_with = "number_or_text", serialize_with = "as_number")]
    pub bandwidth_km: Option<String>,
    /// Width of hexagons in kilometres [default: from the extent]
    #[arg(long, value_name = "KM")]
    pub hexagon_km: Option<f64>,
    /// Classes of density: round numbers, quantiles, or jenks (natural breaks) [default: round]
    #[arg(long, value_name = "round|quantiles|jenks")]
    pub classes: Option<String>,
    /// Number of classes, 2 to 9 [default: 6]
    #[arg(long, value_name = "N")]
    pub class_count: Option<usize>,
    /// Also writes all layers into one GeoPackage, with their styles for QGIS
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub geopackage: Option<bool>,
    /// Also writes each layer as FlatGeobuf, indexed and typed: for layers too large for GeoJSON
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub flatgeobuf: Option<bool>,
    /// Beside each PNG, where its pixels are on the ground, to lay it over a map in a GIS: a world file (.pgw), the projection (.prj), and both for GDAL and QGIS (.png.aux.xml)
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub world_file: Option<bool>,
    /// Puts HXL hashtags as a second row into left-out.csv
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub hxl: Option<bool>,
    /// Marks every map as drawn from invented data
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub synthetic: Option<bool>,
    /// Ends with exit code 3 if a record is left out
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub strict: Option<bool>,
    /// Writes the seconds that each step took, added up over all threads, as JSON
    #[arg(long, value_name = "FILE")]
    pub timings: Option<PathBuf>,
    /// Where those that a spec gives stand in it
    #[arg(skip)]
    #[serde(skip)]
    pub lines: Lines,
}

impl Options {
    /// The paths, which in a spec are relative to its own folder.
    pub fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let tables = self.incidents.iter_mut().chain(&mut self.displacement);
        let names = self.gazetteer.iter_mut().chain(&mut self.boundaries);
        tables
            .chain(names)
            .chain(&mut self.out)
            .chain(&mut self.timings)
    }

    /// These options, with those of the spec where these say nothing.
    pub fn or(self, spec: Self) -> Self {
        Self {
            lines: spec.lines.but(&self),
            incidents: either(self.incidents, spec.incidents),
            displacement: either(self.displacement, spec.displacement),
            format: self.format.or(spec.format),
            sheet: self.sheet.or(spec.sheet),
            gazetteer: either(self.gazetteer, spec.gazetteer),
            boundaries: either(self.boundaries, spec.boundaries),
            period: self.period.or(spec.period),
            dates: self.dates.or(spec.dates),
            extent: self.extent.or(spec.extent),
            flow_extent: self.flow_extent.or(spec.flow_extent),
            flows_min: self.flows_min.or(spec.flows_min),
            flows: self.flows.or(spec.flows),
            net: self.net.or(spec.net),
            coarsen: self.coarsen.or(spec.coarsen),
            out: self.out.or(spec.out),
            title: self.title.or(spec.title),
            credit: self.credit.or(spec.credit),
            size: self.size.or(spec.size),
            dpi: self.dpi.or(spec.dpi),
            maps: either(self.maps, spec.maps),
            formats: either(self.formats, spec.formats),
            text: self.text.or(spec.text),
            names: self.names.or(spec.names),
            projection: self.projection.or(spec.projection),
            theme: self.theme.or(spec.theme),
            ramp: self.ramp.or(spec.ramp),
            cluster_km: self.cluster_km.or(spec.cluster_km),
            cluster_days: self.cluster_days.or(spec.cluster_days),
            cluster_min: self.cluster_min.or(spec.cluster_min),
            cluster_weight: self.cluster_weight.or(spec.cluster_weight),
            density: self.density.or(spec.density),
            weight: self.weight.or(spec.weight),
            per: self.per.or(spec.per),
            bandwidth_km: self.bandwidth_km.or(spec.bandwidth_km),
            hexagon_km: self.hexagon_km.or(spec.hexagon_km),
            classes: self.classes.or(spec.classes),
            class_count: self.class_count.or(spec.class_count),
            geopackage: self.geopackage.or(spec.geopackage),
            flatgeobuf: self.flatgeobuf.or(spec.flatgeobuf),
            world_file: self.world_file.or(spec.world_file),
            hxl: self.hxl.or(spec.hxl),
            synthetic: self.synthetic.or(spec.synthetic),
            strict: self.strict.or(spec.strict),
            timings: self.timings.or(spec.timings),
        }
    }

    /// What the tables are said to be.
    ///
    /// # Errors
    /// Where nothing is called so.
    pub fn format(&self) -> Result<Option<Format>, Error> {
        format(self.format.as_deref())
    }

    /// What the options mean.
    ///
    /// # Errors
    /// Every value that cannot be used.
    pub fn settings(&self, gazetteer: &Gazetteer, basemap: &Basemap) -> Result<Settings, Error> {
        let mut problems = Vec::new();
        let settings = self.understood(gazetteer, basemap, &mut problems);
        self.lines.none(self.lines.place(problems))?;
        Ok(settings)
    }

    /// What is wrong with their values, each beginning with the key.
    pub fn problems(&self, gazetteer: &Gazetteer, basemap: &Basemap) -> Vec<String> {
        let mut problems = Vec::new();
        self.understood(gazetteer, basemap, &mut problems);
        problems
    }

    /// Problems together with those of these options; none where there are none of the first.
    ///
    /// # Errors
    /// Where there are problems, or the names that places are looked up by cannot be read.
    pub fn also(&self, mut problems: Problems) -> Result<(), Error> {
        if problems.is_empty() {
            return Ok(());
        }
        let names = super::names::Names::load(&self.gazetteer, &self.boundaries)?;
        let own = self.problems(names.gazetteer(), Basemap::embedded());
        problems.extend(self.lines.place(own));
        self.lines.none(problems)
    }

    /// What they mean, with the default for what cannot be understood.
    fn understood(
        &self,
        gazetteer: &Gazetteer,
        basemap: &Basemap,
        problems: &mut Vec<String>,
    ) -> Settings {
        let defaults = Settings::default();
        let mut page: PageSize = parsed("size", self.size.as_deref(), defaults.page, problems);
        if let Some(dpi) = self.dpi {
            match dpi {
                10.0..=1200.0 => page = page.at_dpi(dpi),
                _ => problems.push(format!(
                    "dpi: {dpi} is out of range: give 10 to 1200, e.g. 300 for print"
                )),
            }
        }
        let cluster = self.cluster(problems);
        let density = self.density(gazetteer, problems);
        let whole = match self
            .extent
            .as_deref()
            .map(|text| extent(text, gazetteer, basemap))
        {
            None => ExtentChoice::OfData,
            Some(Ok(extent)) => extent,
            Some(Err(problem)) => {
                problems.push(format!("extent: {problem}"));
                ExtentChoice::OfData
            }
        };
        let flow_extent = self
            .flow_extent
            .as_deref()
            .and_then(|text| match text.trim() {
                "flows" => Some(ExtentChoice::OfData),
                text => extent(text, gazetteer, basemap)
                    .map_err(|problem| problems.push(format!("flow_extent: {problem}")))
                    .ok(),
            });
        // Whatever reads the tables asks for it once more.
        let _: Option<Format> = optional("format", self.format.as_deref(), problems);
        Settings {
            period: self.period.as_deref().and_then(|text| match text.parse() {
                Ok(period) => Some(period),
                Err(error) => {
                    problems.push(format!("period: {text:?} {error}"));
                    None
                }
            }),
            dates: parsed("dates", self.dates.as_deref(), defaults.dates, problems),
            flows: parsed("flows", self.flows.as_deref(), defaults.flows, problems),
            net: self.net.unwrap_or(false),
            coarsen: optional("coarsen", self.coarsen.as_deref(), problems),
            extent: whole,
            flow_extent,
            flows_min: self.flows_min,
            title: self.title.clone(),
            credit: self.credit.clone(),
            page,
            projection: parsed(
                "projection",
                self.projection.as_deref(),
                defaults.projection,
                problems,
            ),
            theme: parsed("theme", self.theme.as_deref(), defaults.theme, problems),
            ramp: optional("ramp", self.ramp.as_deref(), problems),
            names: parsed("names", self.names.as_deref(), defaults.names, problems),
            maps: listed("maps", &self.maps, defaults.maps, problems),
            formats: listed("formats", &self.formats, defaults.formats, problems),
            text: parsed("text", self.text.as_deref(), defaults.text, problems),
            cluster,
            density,
            geopackage: self.geopackage.unwrap_or(false),
            flatgeobuf: self.flatgeobuf.unwrap_or(false),
            world_file: self.world_file.unwrap_or(false),
            hxl: self.hxl.unwrap_or(false),
            synthetic: self.synthetic.unwrap_or(false),
        }
    }
}

/// The first list, unless it is empty.
fn either<T>(first: Vec<T>, second: Vec<T>) -> Vec<T> {
    if first.is_empty() { second } else { first }
}

/// The values that texts stand for, each once, or the default where there are none.
fn listed<T>(name: &str, texts: &[String], default: Vec<T>, problems: &mut Vec<String>) -> Vec<T>
where
    T: std::str::FromStr<Err: std::fmt::Display> + PartialEq,
{
    let mut values = Vec::new();
    for text in texts {
        if let Some(value) = optional(name, Some(text), problems)
            && !values.contains(&value)
        {
            values.push(value);
        }
    }
    if values.is_empty() { default } else { values }
}

/// The value that a text stands for, or the default where there is none.
pub(super) fn parsed<T>(name: &str, text: Option<&str>, default: T, problems: &mut Vec<String>) -> T
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    optional(name, text, problems).unwrap_or(default)
}

/// What tables are said to be.
///
/// # Errors
/// Where nothing is called so.
pub(super) fn format(text: Option<&str>) -> Result<Option<Format>, Error> {
    let mut problems = Vec::new();
    let format = optional("format", text, &mut problems);
    match problems.is_empty() {
        true => Ok(format),
        false => Err(Error::Settings(problems)),
    }
}

/// The value that a text stands for, where there is a text and it has one.
pub(super) fn optional<T>(name: &str, text: Option<&str>, problems: &mut Vec<String>) -> Option<T>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    match text?.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            problems.push(format!("{name}: {error}"));
            None
        }
    }
}

/// `west,south,east,north`, or the name of a place or area.
fn extent(text: &str, gazetteer: &Gazetteer, basemap: &Basemap) -> Result<ExtentChoice, String> {
    if text.split(',').count() == 4
        && text
            .split(',')
            .all(|edge| edge.trim().parse::<f64>().is_ok())
    {
        let extent: Extent = text
            .parse()
            .map_err(|error: dateline::ground::GroundError| error.to_string())?;
        return if extent.width() <= 180.0 {
            Ok(ExtentChoice::Box(extent))
        } else {
            Err(format!(
                "\"{text}\" is more than half of the globe wide: give west,south,east,north, e.g. 35.5,32.3,42.4,37.3"
            ))
        };
    }
    // A map of "Idlib" is one of the governorate sooner than of the city.
    let found = [format!("{text} governorate"), text.to_owned()]
        .iter()
        .find_map(|name| match gazetteer.resolve(&Query::name(name)) {
            Resolution::Place(found) | Resolution::Region(found) => {
                locate(&found, &Grounds::new(gazetteer, basemap))
            }
            _ => None,
        });
    found.and_then(named).ok_or_else(|| {
        format!("no place or area \"{text}\" is known: give a name such as Idlib, or west,south,east,north in degrees")
    })
}

fn named(location: Location) -> Option<ExtentChoice> {
    let extent = match &location.footprint {
        Footprint::Area(area) => Extent::of_area(area)?.padded(0.04),
        Footprint::Disc(at) | Footprint::Point(at) => Extent::of_points([at.0])?.at_least_km(50.0),
    };
    Some(ExtentChoice::Named {
        name: location.name.to_string(),
        extent,
        country: location.country.as_deref().map(str::to_owned),
    })
}

/// One path, or a list of them.
fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Paths {
        One(PathBuf),
        More(Vec<PathBuf>),
    }
    Ok(match Paths::deserialize(deserializer)? {
        Paths::One(path) => vec![path],
        Paths::More(paths) => paths,
    })
}

/// A number, or the name of a rule to choose one by.
pub(super) fn number_or_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Value {
        Number(f64),
        Text(String),
    }
    Ok(match Option::<Value>::deserialize(deserializer)? {
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(Value::Text(text)) => Some(text),
        None => None,
    })
}

/// What is a number as one, not as a text.
fn as_number<S: Serializer>(value: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    match value.as_deref().map(str::parse::<f64>) {
        Some(Ok(number)) => serializer.serialize_some(&number),
        _ => value.serialize(serializer),
    }
}
