//! The example data, embedded, so that `dateline render` has something to show wherever it is run.

use super::Error;
use super::job::{Input, Job};
use super::options::Options;
use super::spec;

/// A spec with its tables.
pub struct Example {
    /// Folder below the output folder.
    folder: &'static str,
    spec: &'static str,
    incidents: (&'static str, &'static str),
    displacement: (&'static str, &'static str),
}

macro_rules! example {
    ($name:literal in $folder:literal) => {
        Example {
            folder: $folder,
            spec: include_str!(concat!("../../data/examples/", $name, "/map.toml")),
            incidents: (
                concat!("data/examples/", $name, "/incidents.csv"),
                include_str!(concat!("../../data/examples/", $name, "/incidents.csv")),
            ),
            displacement: (
                concat!("data/examples/", $name, "/displacement.csv"),
                include_str!(concat!("../../data/examples/", $name, "/displacement.csv")),
            ),
        }
    };
}

/// What five news reports tell of, and an invented year.
pub const ALL: [Example; 2] = [
    example!("reports" in ""),
    example!("synthetic" in "synthetic"),
];

impl Example {
    /// The job that draws it, as the flags have it.
    ///
    /// # Errors
    /// What is wrong with the flags.
    pub fn job(&self, flags: &Options) -> Result<Job, Error> {
        let spec = spec::parse(self.spec).map_err(Error::Settings)?;
        let mut options = flags.clone().or(spec.map);
        let out = flags.out.clone().unwrap_or_else(|| "output".into());
        options.out = Some(if self.folder.is_empty() {
            out
        } else {
            out.join(self.folder)
        });
        let input = |(name, text)| vec![Input::embedded(name, text)];
        Job::with(&options, input(self.incidents), input(self.displacement))
    }
}
