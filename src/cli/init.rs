//! `dateline init`: a new project folder with a spec and small tables to start from.

use std::path::PathBuf;

use clap::Args;
use dateline::write::OutputFiles;

use super::{Error, Outcome, spec, spec_text};

/// Flags of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Folder to make the files in [default: the current one]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

const HEAD: &str = "\
A map by dateline: `dateline render map.toml`. Each key is a flag of the same name as well (cluster_km is --cluster-km), \
and a flag wins over its key. Keys that are commented out stand at their default or as an example. Paths are relative to \
this file.";

/// What most projects set first; the tables are invented, and the maps say so.
const USUAL: &str = r#"
incidents = ["incidents.csv"]
displacement = ["displacement.csv"]
synthetic = true
period = "2021-03"
extent = "Idlib"
out = "output"
maps = ["density", "killed", "displacement"]
formats = ["png", "svg"]
size = "1600x1200"
theme = "light"
names = "latin"
cluster_km = 5.0
cluster_min = 3
bandwidth_km = 5.0
"#;

const INCIDENTS: &str = include_str!("../../data/init/incidents.csv");
const DISPLACEMENT: &str = include_str!("../../data/init/displacement.csv");

/// Runs the command.
pub fn run(args: &InitArgs) -> Result<Outcome, Error> {
    let folder = args.folder.clone().unwrap_or_default();
    let spec = spec::parse(USUAL).map_err(Error::Settings)?;
    let spec = spec_text::text(HEAD, &spec, false)?;
    let files = [
        ("map.toml", spec.as_str()),
        ("incidents.csv", INCIDENTS),
        ("displacement.csv", DISPLACEMENT),
    ];
    let there: Vec<String> = files
        .iter()
        .map(|(name, _)| folder.join(name))
        .filter(|path| path.symlink_metadata().is_ok())
        .map(|path| format!("{}: is there already: nothing is written", path.display()))
        .collect();
    if !there.is_empty() {
        return Err(Error::Settings(there));
    }
    let mut new = OutputFiles::default();
    for (name, text) in files {
        new.add(name, text);
    }
    new.write(&folder)?;
    let spec = folder.join("map.toml");
    eprintln!(
        "{}: a spec, beside incidents.csv and displacement.csv with invented records\nnext: dateline render {0}",
        spec.display()
    );
    Ok(Outcome::Done)
}
