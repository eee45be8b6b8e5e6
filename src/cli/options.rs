//! What a map is made of and how: the keys of a spec file, which are the flags of the command line.
//!
//! One structure serves both, so that every key has a flag and every flag a key.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

/// The keys of a map spec. A flag wins over the spec's key.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Table of incidents (CSV); may be given several times
    #[arg(long, value_name = "FILE")]
    pub incidents: Vec<PathBuf>,
    /// Table of displacement (CSV); may be given several times
    #[arg(long, value_name = "FILE")]
    pub displacement: Vec<PathBuf>,
    /// Period shown: 2020, 2020-01, 2020-01-10 or 2019-12/2020-02 [default: all that the tables hold]
    #[arg(long)]
    pub period: Option<String>,
    /// Area shown: a name ("Idlib", "Syria") or west,south,east,north in degrees [default: where the records are]
    #[arg(long, value_name = "AREA", allow_hyphen_values = true)]
    pub extent: Option<String>,
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
    /// Pixels per inch of the PNG: 96 is one per pixel of the page, 300 is for print [default: 96]
    #[arg(long)]
    pub dpi: Option<f64>,
    /// Pictures to write [default: png,svg]
    #[arg(long, value_delimiter = ',', value_name = "png,svg")]
    pub formats: Vec<String>,
    /// Script of the names on the map: latin, arabic or both [default: latin]
    #[arg(long)]
    pub names: Option<String>,
    /// Incidents this close, in kilometres, are neighbours in a cluster [default: 5]
    #[arg(long, value_name = "KM")]
    pub cluster_km: Option<f64>,
    /// Incidents that make a cluster [default: 5]
    #[arg(long, value_name = "N")]
    pub cluster_min: Option<usize>,
    /// Bandwidth of the density in kilometres [default: from the extent]
    #[arg(long, value_name = "KM")]
    pub bandwidth_km: Option<f64>,
    /// Marks every map as drawn from invented data
    #[arg(long)]
    pub synthetic: bool,
    /// Ends with exit code 3 if a record is left out
    #[arg(long)]
    pub strict: bool,
}

/// A spec file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SpecError {
    /// It cannot be read.
    #[error("{path}: cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// It is no TOML, or holds a key or value that no map has.
    #[error("{path}: {message}")]
    Toml {
        /// The file.
        path: PathBuf,
        /// Where and what, with the line.
        message: String,
    },
}

impl Options {
    /// Reads a spec file; its paths are relative to its own folder.
    ///
    /// # Errors
    /// Where it cannot be read, is no TOML, or has unknown keys.
    pub fn read(path: &Path) -> Result<Self, SpecError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| SpecError::Read { path: path.to_owned(), source })?;
        let mut options = Self::parse(&text)
            .map_err(|error| SpecError::Toml { path: path.to_owned(), message: error.to_string() })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for file in options.incidents.iter_mut().chain(&mut options.displacement).chain(&mut options.out) {
            *file = folder.join(&*file);
        }
        Ok(options)
    }

    /// Reads the text of a spec.
    ///
    /// # Errors
    /// Where it is no TOML, or has unknown keys.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// These options, with those of the spec where these say nothing.
    pub fn or(self, spec: Self) -> Self {
        Self {
            incidents: if self.incidents.is_empty() { spec.incidents } else { self.incidents },
            displacement: if self.displacement.is_empty() { spec.displacement } else { self.displacement },
            period: self.period.or(spec.period),
            extent: self.extent.or(spec.extent),
            out: self.out.or(spec.out),
            title: self.title.or(spec.title),
            credit: self.credit.or(spec.credit),
            size: self.size.or(spec.size),
            dpi: self.dpi.or(spec.dpi),
            formats: if self.formats.is_empty() { spec.formats } else { self.formats },
            names: self.names.or(spec.names),
            cluster_km: self.cluster_km.or(spec.cluster_km),
            cluster_min: self.cluster_min.or(spec.cluster_min),
            bandwidth_km: self.bandwidth_km.or(spec.bandwidth_km),
            synthetic: self.synthetic || spec.synthetic,
            strict: self.strict || spec.strict,
        }
    }
}
