//! The names that a command works with: the embedded gazetteer, one of the user's, or tables of the user's laid over.

use std::path::{Path, PathBuf};

use dateline::gazetteer::Gazetteer;
use dateline::gazetteer::import::{Import, Mapping, Shape, Source};
use dateline::ground::basemap::Basemap;
use dateline::write::{InputFile, sha256};

use super::Error;

/// A gazetteer, and the files that it is of.
#[derive(Debug, Default)]
pub struct Names {
    own: Option<Box<Gazetteer>>,
    /// For the manifest.
    pub inputs: Vec<InputFile>,
    /// How tables were read.
    pub notes: Vec<String>,
}

impl Names {
    /// The gazetteer.
    pub fn gazetteer(&self) -> &Gazetteer {
        match &self.own {
            Some(own) => own,
            None => Gazetteer::embedded(),
        }
    }

    /// Reads the files of `--gazetteer` and `--boundaries`: a compiled one replaces the embedded gazetteer, tables are
    /// laid over it in their order.
    ///
    /// # Errors
    /// Everything that is wrong with the files.
    pub fn load(gazetteers: &[PathBuf], boundaries: &[PathBuf]) -> Result<Names, Error> {
        let mut names = Names::default();
        let mut tables = Vec::new();
        let mut problems = Vec::new();
        let mut compiled: Option<&Path> = None;
        for path in gazetteers {
            let bytes = match std::fs::read(path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    problems.push(format!("{}: cannot be read: {error}", path.display()));
                    continue;
                }
            };
            let hash = sha256(&bytes);
            let mut rows = 0;
            if bytes.starts_with(b"dateline gazette") {
                if let Some(first) = compiled {
                    problems.push(format!(
                        "{}: is a compiled gazetteer, as is {}: give one, and tables (CSV) besides",
                        path.display(),
                        first.display()
                    ));
                    continue;
                }
                compiled = Some(path);
                match Gazetteer::load(bytes) {
                    Ok(gazetteer) => {
                        rows = gazetteer.places().len() as u64;
                        names.own = Some(Box::new(gazetteer));
                    }
                    Err(error) => problems.push(format!("{}: {error}", path.display())),
                }
            } else {
                tables.push(Source {
                    path: path.clone(),
                    shape: Shape::Table,
                    mapping: Mapping::default(),
                    country: None,
                });
            }
            names.inputs.push(InputFile {
                path: path.display().to_string(),
                sha256: hash,
                rows,
                format: None,
                sheet: None,
            });
        }
        for path in boundaries {
            match std::fs::read(path) {
                Ok(bytes) => names.inputs.push(InputFile {
                    path: path.display().to_string(),
                    sha256: sha256(&bytes),
                    rows: 0,
                    format: None,
                    sheet: None,
                }),
                Err(error) => problems.push(format!("{}: cannot be read: {error}", path.display())),
            }
        }
        if !problems.is_empty() {
            return Err(Error::Settings(problems));
        }
        if tables.is_empty() && boundaries.is_empty() {
            return Ok(names);
        }
        let imported = Import {
            sources: tables,
            boundaries: boundaries.to_vec(),
            base: (names.gazetteer(), true),
            // A few places abroad do not make that country the one that is meant.
            home: Some(names.gazetteer().home()),
        }
        .run(Basemap::embedded(), &|_| {})?;
        for (label, rows, ..) in &imported.summary.layers {
            if let Some(input) = names.inputs.iter_mut().find(|input| input.path == *label) {
                input.rows = *rows;
            }
        }
        // Compiled by this very program: it has nothing to check.
        let gazetteer = Gazetteer::load(imported.bytes)
            .map_err(|error| Error::Settings(vec![error.to_string()]))?;
        names.notes = imported.notes;
        names
            .notes
            .extend(imported.left_out.iter().take(5).map(|out| {
                format!(
                    "{}: row {} ({}) left out: {}",
                    out.file, out.row, out.name, out.reason
                )
            }));
        if let Some(more) = imported.left_out.len().checked_sub(6) {
            names
                .notes
                .push(format!("… and {} more rows left out", more + 1));
        }
        names.own = Some(Box::new(gazetteer));
        Ok(names)
    }
}
