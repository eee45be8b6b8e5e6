//! `dateline layers`: the layers of a render alone, for a GIS; or incidents alone, from tables of any length.

use std::io;

use clap::Args;
use dateline::ground::basemap::Basemap;
use dateline::layer::{Feature, IncidentAttributes};
use dateline::pipeline::{Means, Streamed, Timings, incidents_in_pieces};
use dateline::read::{ReadOptions, Unfit};
use dateline::record::counted;
use dateline::write::flatgeobuf::Row;
use dateline::write::{LayerFile, Lines, OutputFiles, left_out_csv};

use super::job::Job;
use super::render::{self, Products, RenderArgs};
use super::{Error, Outcome, layer_files, spec};

/// Flags of `layers`.
#[derive(Debug, Args)]
pub struct LayersArgs {
    #[command(flatten)]
    render: RenderArgs,
    /// Only this layer, without clusters; a table in which each row has coordinates may then be longer than memory
    #[arg(long, value_name = "incidents", value_parser = ["incidents"])]
    only: Option<String>,
}

/// Files of a run that is about incidents alone: the last two if they are asked for.
pub const FILES: [&str; 4] = [
    "layers/incidents.geojson",
    "left-out.csv",
    "layers/incidents.fgb",
    "layers/incident_areas.fgb",
];

/// Runs the command.
pub fn run(args: LayersArgs) -> Result<Outcome, Error> {
    if args.only.is_none() || args.render.print_spec {
        return render::run(args.render, Products::LayersOnly);
    }
    let mut timings = Timings::start();
    let RenderArgs {
        spec: path,
        options,
        ..
    } = &args.render;
    let options = options.clone().or(spec::load(path.as_deref())?.map);
    if options.displacement.is_empty() && !options.incidents.is_empty() {
        let job = Job::with(&options, Vec::new(), Vec::new())?;
        match in_pieces(&job, &options.incidents, &mut timings) {
            Ok(done) => {
                if let Some(path) = &options.timings {
                    super::write_whole(path, timings.to_json().as_bytes())?;
                }
                return Ok(done);
            }
            // Read as a whole, they can be made sense of, or it is said why not.
            Err(Failed::Unfit) => {}
            Err(Failed::Error(error)) => return Err(error),
        }
    }
    render::run(args.render, Products::IncidentsOnly)
}

enum Failed {
    Unfit,
    Error(Error),
}

impl<E: Into<Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Writes the features as they are made.
fn in_pieces(
    job: &Job,
    tables: &[std::path::PathBuf],
    timings: &mut Timings,
) -> Result<Outcome, Failed> {
    let [layer, list, ..] = FILES;
    // There is no file before there is something to write.
    let begin = || LayerFile::create(&job.out.join(layer), "incidents");
    let mut file = None;
    let mut packed = job.settings.flatgeobuf.then(layer_files::Incidents::new);
    let pack = packed.is_some();
    let read = ReadOptions {
        format: job.format,
        sheet: job.sheet.clone(),
        ..ReadOptions::default()
    };
    let means = Means {
        settings: &job.settings,
        read: &read,
        gazetteer: job.names.gazetteer(),
        basemap: Basemap::embedded(),
    };
    let mut failed = None;
    let make = |features: &[Feature<IncidentAttributes>]| {
        let lines = Lines::of(features)?;
        let rows = features.iter().filter(|_| pack);
        let rows = rows.filter_map(|feature| Row::of(feature).transpose());
        Ok((lines, rows.collect::<Result<Vec<Row>, _>>()?))
    };
    let mut take = |(lines, rows): (Lines, Vec<Row>)| {
        let file = match &mut file {
            Some(file) => file,
            none => none.insert(begin()?),
        };
        file.append(&lines)?;
        packed.iter_mut().try_for_each(|packed| packed.add(&rows))?;
        Ok::<(), Error>(())
    };
    let write = |made: Result<_, serde_json::Error>| {
        let written = made.map_err(Error::from).and_then(&mut take);
        written.map_err(|error| {
            failed = Some(error);
            io::Error::other("stopped")
        })
    };
    let made = timings.time("encode", || incidents_in_pieces(tables, means, make, write));
    let Streamed {
        rows,
        features,
        left_out,
    } = match (made, failed) {
        (_, Some(error)) => return Err(Failed::Error(error)),
        (Ok(made), None) => made,
        (Err(Unfit::Form | Unfit::Io(_)), None) => return Err(Failed::Unfit),
    };
    let file = file.map_or_else(begin, Ok)?;
    timings.time("write", || file.finish())?;
    if let Some(packed) = packed {
        timings.time("write", || packed.save(&job.out))?;
    }
    let mut files = OutputFiles::default();
    files.add(list, left_out_csv(&left_out, job.settings.hxl)?);
    timings.time("write", || files.write(&job.out))?;
    eprintln!(
        "{}: {} in {}, the others in {}",
        counted(rows as usize, "row"),
        counted(features, "incident"),
        job.out.join(layer).display(),
        job.out.join(list).display()
    );
    Ok(match job.strict && !left_out.is_empty() {
        true => Outcome::LeftOut,
        false => Outcome::Done,
    })
}
