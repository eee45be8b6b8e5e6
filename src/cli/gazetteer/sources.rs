//! The files of an import, in the order of the command line, each with the flags that speak of it.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, value_parser};
use dateline::gazetteer::import::{Mapping, Shape, Source, country_code};

/// The layers, the first first.
#[derive(Debug)]
pub struct Sources(pub Vec<Source>);

/// One flag with its value.
#[derive(Clone, Debug)]
enum Flag {
    File(PathBuf, Shape),
    Alternate(PathBuf),
    Map(Mapping),
    Country([u8; 2]),
}

impl Args for Sources {
    fn augment_args(command: Command) -> Command {
        let flag = |name: &'static str, value: &'static str, help: &'static str| {
            Arg::new(name)
                .long(name)
                .value_name(value)
                .help(help)
                .action(ArgAction::Append)
                .help_heading("Sources, in the order of the layers")
        };
        let file = |name, help| flag(name, "FILE", help).value_parser(value_parser!(PathBuf));
        command
            .arg(file("csv", "Any table with a header; .gz is read too"))
            .arg(file("geonames", "Country dump of GeoNames, e.g. SY.txt"))
            .arg(file("alternate-names", "GeoNames' table of alternate names, for the dump before it"))
            .arg(file("ocha", "OCHA's populated places or P-codes (CSV)"))
            .arg(flag("map", "FIELD=COLUMN,…", "Columns of the table before it: name=NAME_EN,lat=LAT,lon=LON,names_latin=…,names_arabic=…,admin1=…,admin2=…,kind=…,population=…,country=…,id=… [default: guessed from their names]").value_parser(|text: &str| text.parse::<Mapping>()))
            .arg(flag("country", "CODE", "Country of the rows before it that do not say theirs [default: by position]").value_parser(|text: &str| {
                country_code(text).ok_or_else(|| "no such country: give a name or a code such as SY".to_owned())
            }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Sources {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags: Vec<(usize, Flag)> = Vec::new();
        let mut paths = |name: &str, flag: &dyn Fn(PathBuf) -> Flag| {
            let indices = matches.indices_of(name).into_iter().flatten();
            let values = matches.get_many::<PathBuf>(name).into_iter().flatten();
            flags.extend(indices.zip(values.map(|path| flag(path.clone()))));
        };
        paths("csv", &|path| Flag::File(path, Shape::Table));
        paths("ocha", &|path| Flag::File(path, Shape::Ocha));
        paths("geonames", &|path| {
            Flag::File(path, Shape::GeoNames { alternate: None })
        });
        paths("alternate-names", &Flag::Alternate);
        let indices = matches.indices_of("map").into_iter().flatten();
        let values = matches.get_many::<Mapping>("map").into_iter().flatten();
        flags.extend(indices.zip(values.map(|map| Flag::Map(map.clone()))));
        let indices = matches.indices_of("country").into_iter().flatten();
        let values = matches.get_many::<[u8; 2]>("country").into_iter().flatten();
        flags.extend(indices.zip(values.map(|code| Flag::Country(*code))));
        flags.sort_by_key(|(index, _)| *index);
        joined(flags.into_iter().map(|(_, flag)| flag)).map(Sources)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn joined(flags: impl Iterator<Item = Flag>) -> Result<Vec<Source>, clap::Error> {
    let wrong = |message: &str| {
        Err(clap::Error::raw(
            ErrorKind::ArgumentConflict,
            format!("{message}\n"),
        ))
    };
    let (mut map, mut country) = (Mapping::default(), None);
    let mut sources: Vec<Source> = Vec::new();
    for flag in flags {
        match (flag, sources.last_mut()) {
            (Flag::File(path, shape), _) => sources.push(Source {
                path,
                shape,
                mapping: map.clone(),
                country,
            }),
            (Flag::Map(given), None) => map = given,
            (
                Flag::Map(_),
                Some(Source {
                    shape: Shape::GeoNames { .. },
                    ..
                }),
            ) => {
                return wrong("--map speaks of a table: a GeoNames dump has columns of its own");
            }
            (Flag::Map(given), Some(source)) => source.mapping = given,
            (Flag::Country(given), None) => country = Some(given),
            (Flag::Country(given), Some(source)) => source.country = Some(given),
            (
                Flag::Alternate(path),
                Some(Source {
                    shape: Shape::GeoNames { alternate },
                    ..
                }),
            ) if alternate.is_none() => {
                *alternate = Some(path);
            }
            (Flag::Alternate(_), _) => {
                return wrong(
                    "--alternate-names goes after the --geonames that it belongs to, once",
                );
            }
        }
    }
    Ok(sources)
}
