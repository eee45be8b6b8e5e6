//! One render: options → inputs read, maps made, files written, and a summary of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Write, stdout};
use std::path::PathBuf;

use super::names::Names;
use super::options::Options;
use super::render::Products;
use super::{Error, Outcome, layer_files, summary};
use dateline::extract::is_empty_draft;
use dateline::ground::basemap::Basemap;
use dateline::map::Totals;
use dateline::pipeline::{Built, Drawn, Picture, Records, Settings, Timings, build, draw};
use dateline::read::{
    Format, Outside, ReadError, ReadOptions, Table, displacement_from_bytes, incidents_from_bytes,
    unreadable,
};
use dateline::write::{self, InputFile, Manifest, OutputFile, OutputFiles, left_out_csv, sha256};

/// A table: the name by which messages and the manifest call it, and its bytes.
#[derive(Debug)]
pub struct Input {
    name: String,
    bytes: Cow<'static, [u8]>,
}

impl Input {
    /// A table that is part of the program.
    pub fn embedded(name: &str, text: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            bytes: Cow::Borrowed(text.as_bytes()),
        }
    }
}

/// One render, its settings checked and its inputs found.
#[derive(Debug)]
pub struct Job {
    pub(super) settings: Settings,
    pub(super) names: Names,
    incidents: Vec<Input>,
    displacement: Vec<Input>,
    pub(super) format: Option<Format>,
    pub(super) sheet: Option<String>,
    pub(super) out: PathBuf,
    pub(super) strict: bool,
}

/// What a job made, before anything is written.
pub struct Done {
    files: OutputFiles,
    out: PathBuf,
    summary: String,
    outcome: Outcome,
}

impl Job {
    /// The job that options describe, with tables from files.
    ///
    /// # Errors
    /// Everything that is wrong with the options, and every file that cannot be read.
    pub fn new(options: &Options, timings: &mut Timings) -> Result<Self, Error> {
        let found = timings.time("read", || {
            (files(&options.incidents), files(&options.displacement))
        });
        match found {
            (Ok(mut incidents), Ok(mut displacement)) => {
                // What `extract` found nothing of is as good as not given, if it is not all there is.
                let told = |input: &Input| !is_empty_draft(&input.bytes);
                if incidents.iter().chain(&displacement).any(told) {
                    incidents.retain(told);
                    displacement.retain(told);
                }
                Self::with(options, incidents, displacement)
            }
            (Err(error), Ok(_)) | (Ok(_), Err(error)) => Err(error.into()),
            (Err(one), Err(other)) => Err(one.and(other).into()),
        }
    }

    /// The job that options describe, with these tables.
    ///
    /// # Errors
    /// Everything that is wrong with the options.
    pub fn with(
        options: &Options,
        incidents: Vec<Input>,
        displacement: Vec<Input>,
    ) -> Result<Self, Error> {
        let names = Names::load(&options.gazetteer, &options.boundaries)?;
        for note in &names.notes {
            eprintln!("note: {note}");
        }
        Ok(Self {
            settings: options.settings(names.gazetteer(), Basemap::embedded())?,
            names,
            incidents,
            displacement,
            format: options.format()?,
            sheet: options.sheet.clone(),
            out: options
                .out
                .clone()
                .unwrap_or_else(|| PathBuf::from("output")),
            strict: options.strict.unwrap_or(false),
        })
    }

    /// Makes everything, and writes nothing.
    ///
    /// # Errors
    /// Everything that is wrong with the tables, or why there is no map to draw.
    pub fn run(self, products: Products, timings: &mut Timings) -> Result<Done, Error> {
        let (records, inputs) = timings.time("read", || self.read())?;
        let mut built = build(
            records,
            &self.settings,
            self.names.gazetteer(),
            Basemap::embedded(),
            timings,
        )?;
        if products == Products::IncidentsOnly {
            // Clusters are not among what is written.
            let incidents = built.layers.incidents.features.iter_mut();
            incidents.for_each(|incident| incident.attributes.cluster = None);
        }
        let mut files = OutputFiles::default();
        let mut unplaced = BTreeMap::new();
        if products == Products::MapsAndLayers {
            let (pictures, labels) = draw(&built, &self.settings, Basemap::embedded(), timings)?;
            for Picture { name, bytes } in pictures {
                files.add(name, bytes);
            }
            unplaced = labels;
        }
        timings.time("encode", || {
            add_tables(&built, &self.settings, (inputs, unplaced, None), &mut files)
        })?;
        if products == Products::IncidentsOnly {
            files.keep(&super::layers::FILES);
        }
        Ok(Done {
            summary: summary::text(&built, &self.out, &files),
            outcome: self.outcome(&built),
            files,
            out: self.out,
        })
    }

    /// Reads and places everything, and says what would be drawn; makes and writes nothing.
    ///
    /// # Errors
    /// Everything that is wrong with the tables.
    pub fn check(self, timings: &mut Timings) -> Result<Outcome, Error> {
        let (records, _) = timings.time("read", || self.read())?;
        let built = build(
            records,
            &self.settings,
            self.names.gazetteer(),
            Basemap::embedded(),
            timings,
        )?;
        eprint!("{}", summary::counts(&built));
        let mut out = stdout().lock();
        out.write_all(&left_out_csv(&built.left_out, self.settings.hxl)?)?;
        Ok(self.outcome(&built))
    }

    fn outcome(&self, built: &Built) -> Outcome {
        if self.strict && !built.left_out.is_empty() {
            Outcome::LeftOut
        } else {
            Outcome::Done
        }
    }

    /// Reads all tables; what is wrong with them is reported together.
    pub(super) fn read(&self) -> Result<(Records, Vec<InputFile>), ReadError> {
        let options = ReadOptions {
            period: self.settings.period,
            format: self.format,
            sheet: self.sheet.clone(),
            ..ReadOptions::default()
        };
        let mut inputs = Vec::new();
        let claims = tables(&self.incidents, &mut inputs, |name, bytes| {
            incidents_from_bytes(name, bytes, &options)
        });
        let displacement = tables(&self.displacement, &mut inputs, |name, bytes| {
            displacement_from_bytes(name, bytes, &options)
        });
        let ((claims, claims_outside), (displacement, displacement_outside)) =
            match (claims, displacement) {
                (Ok(claims), Ok(displacement)) => (claims, displacement),
                (Err(error), Ok(_)) | (Ok(_), Err(error)) => return Err(error),
                (Err(one), Err(other)) => return Err(one.and(other)),
            };
        let given = |inputs: &[Input]| !inputs.is_empty();
        inputs.extend(self.names.inputs.iter().cloned());
        let records = Records {
            claims: given(&self.incidents).then_some(claims),
            displacement: given(&self.displacement).then_some(displacement),
            claims_outside,
            displacement_outside,
        };
        Ok((records, inputs))
    }
}

/// Adds the layers, the list of what is left out, and the manifest.
pub(super) fn add_tables(
    built: &Built,
    settings: &Settings,
    (inputs, drawn, key): (Vec<InputFile>, BTreeMap<String, Drawn>, Option<String>),
    files: &mut OutputFiles,
) -> Result<(), Error> {
    let layers = &built.layers;
    layer_files::add(built, settings, files)?;
    files.add("left-out.csv", left_out_csv(&built.left_out, settings.hxl)?);
    let left_out = built.left_out.counts().into_iter();
    let named = || drawn.iter();
    let alt = named().map(|(name, one)| (name.clone(), one.alt.clone()));
    let labels = named().map(|(name, one)| (name.clone(), one.labels.clone()));
    let georeference = named().map(|(name, one)| (name.clone(), one.georeference.clone()));
    let manifest = Manifest {
        made_by: format!("dateline {}", env!("CARGO_PKG_VERSION")),
        key,
        synthetic: built.spec.synthetic,
        inputs,
        settings: described(built),
        counts: layers.summary.clone(),
        in_words: Totals::of(layers, built.spec.period),
        left_out: left_out.map(|(reason, n)| (reason.as_str(), n)).collect(),
        alt: alt.collect(),
        labels: labels.collect(),
        georeference: georeference.collect(),
        outputs: files
            .hashes()
            .map(|(path, sha256)| OutputFile {
                path: path.to_owned(),
                sha256,
            })
            .collect(),
    };
    files.add(
        "manifest.json",
        format!("{}\n", serde_json::to_string_pretty(&manifest)?),
    );
    Ok(())
}

/// The settings in force, every default spelled out.
fn described(built: &Built) -> write::Settings {
    let Built { layers, spec, .. } = built;
    let clusters = &layers.clusters.style.rule;
    let density = &layers.density.style;
    write::Settings {
        period: spec.period.map(|period| period.to_string()),
        dates: layers.summary.dates.name(),
        flows: layers.flows.style.level.name(),
        net: layers.flows.style.net,
        coarsen: (layers.summary.coarsened() > 0).then(|| layers.summary.coarsen.to_string()),
        area: spec.area_name.clone(),
        extent: [
            spec.extent.west,
            spec.extent.south,
            spec.extent.east,
            spec.extent.north,
        ],
        projection: built.projection.clone(),
        size: [
            spec.page.width * spec.page.scale,
            spec.page.height * spec.page.scale,
        ]
        .map(f64::round),
        cluster_km: clusters.km,
        cluster_days: clusters.days,
        cluster_min: clusters.min,
        cluster_weight: clusters.weight.name(),
        density: density.rule.method.name(),
        weight: density.rule.weight.name(),
        per: density.rule.per.name(),
        bandwidth_km: density.bandwidth_km,
        bandwidth_rule: density.bandwidth_km.map(|_| density.rule.bandwidth.rule()),
        hexagon_km: density.hexagon_km,
        classes: density.rule.classing.name(),
        density_breaks: density.breaks.clone(),
    }
}

impl Done {
    /// Writes the files and says what was done.
    ///
    /// # Errors
    /// Where a file cannot be written; none is, then.
    pub fn write(self, timings: &mut Timings) -> Result<Outcome, Error> {
        timings.time("write", || self.files.write(&self.out))?;
        eprint!("{}", self.summary);
        Ok(self.outcome)
    }
}

/// The bytes of some files, or all that cannot be read.
fn files(paths: &[PathBuf]) -> Result<Vec<Input>, ReadError> {
    let mut inputs = Vec::with_capacity(paths.len());
    let mut failed: Option<ReadError> = None;
    for path in paths {
        match std::fs::read(path) {
            Ok(bytes) => inputs.push(Input {
                name: path.display().to_string(),
                bytes: bytes.into(),
            }),
            Err(error) => failed = Some(and(failed, unreadable(path, &error))),
        }
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(inputs),
    }
}

/// The records of some tables and the rows that lie outside of the period, or everything that is wrong with any.
fn tables<T>(
    inputs: &[Input],
    described: &mut Vec<InputFile>,
    read: impl Fn(&str, &[u8]) -> Result<Table<T>, ReadError>,
) -> Result<(Vec<T>, Vec<Outside>), ReadError> {
    let mut records = Vec::new();
    let mut outside = Vec::new();
    let mut failed: Option<ReadError> = None;
    for input in inputs {
        match read(&input.name, &input.bytes) {
            Ok(table) => {
                described.push(InputFile {
                    path: input.name.clone(),
                    sha256: sha256(&input.bytes),
                    rows: table.rows,
                    format: Some(table.format.name()),
                    sheet: table.sheet,
                });
                outside.extend(table.outside);
                records.extend(table.records);
            }
            Err(error) => failed = Some(and(failed, error)),
        }
    }
    match failed {
        Some(error) => Err(error),
        None => Ok((records, outside)),
    }
}

fn and(before: Option<ReadError>, error: ReadError) -> ReadError {
    match before {
        Some(before) => before.and(error),
        None => error,
    }
}
