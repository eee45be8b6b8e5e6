//! The keys of a spec in the order in which dateline writes them, each with what it is where nothing is said.
//!
//! What a key does is said once, by the help of its flag. Tests hold that the keys here are the flags of `render` and
//! `batch`, and that what is said here to be the default is.

/// A key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name, which is that of its flag.
    pub name: &'static str,
    /// As TOML.
    pub value: Value,
}

/// What stands for a key that nothing is said of.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// This is in force.
    Default(&'static str),
    /// The default is no value, or one that hangs on the tables; this is how one is written.
    Like(&'static str),
}

/// Keys that belong together, under what heading.
pub type Section = (&'static str, &'static [Key]);

const fn default(name: &'static str, value: &'static str) -> Key {
    let value = Value::Default(value);
    Key { name, value }
}

const fn like(name: &'static str, value: &'static str) -> Key {
    let value = Value::Like(value);
    Key { name, value }
}

/// All keys.
pub const SECTIONS: [Section; 9] = [
    (
        "Tables",
        &[
            like("incidents", r#"["incidents.csv"]"#),
            like("displacement", r#"["displacement.csv"]"#),
            like("format", r#""dateline""#),
            like("sheet", r#""Sheet1""#),
            like("gazetteer", r#"["places.csv"]"#),
            like("boundaries", r#"["districts.geojson"]"#),
            default("synthetic", "false"),
            like("coarsen", "10"),
            default("strict", "false"),
        ],
    ),
    (
        "Time and ground",
        &[
            like("period", r#""2020-01""#),
            default("dates", r#""any""#),
            like("extent", r#""Idlib""#),
            like("flow_extent", r#""flows""#),
            default("projection", r#""auto""#),
        ],
    ),
    (
        "What is written",
        &[
            default("out", r#""output""#),
            default("maps", r#"["density", "displacement"]"#),
            default("formats", r#"["png", "svg"]"#),
            default("text", r#""text""#),
            default("geopackage", "false"),
            default("flatgeobuf", "false"),
            default("world_file", "false"),
            default("hxl", "false"),
            like("timings", r#""timings.json""#),
        ],
    ),
    (
        "Page and look",
        &[
            default("size", r#""1600x1200""#),
            like("dpi", "300.0"),
            like("title", r#""Air strikes in Idlib""#),
            like("credit", r#""Reports collected by …""#),
            default("theme", r#""light""#),
            like("ramp", r#""YlOrRd""#),
            default("names", r#""latin""#),
        ],
    ),
    (
        "Density",
        &[
            default("density", r#""kernel""#),
            default("weight", r#""incidents""#),
            default("per", r#""area""#),
            like("bandwidth_km", "10.0"),
            like("hexagon_km", "10.0"),
            default("classes", r#""round""#),
            default("class_count", "6"),
        ],
    ),
    (
        "Clusters",
        &[
            default("cluster_km", "5.0"),
            like("cluster_days", "7"),
            default("cluster_min", "5"),
            default("cluster_weight", r#""incidents""#),
        ],
    ),
    (
        "Flows",
        &[
            default("flows", r#""settlement""#),
            default("net", "false"),
            like("flows_min", "100"),
        ],
    ),
    (
        "How `dateline batch` cuts time: give one of every, ranges, and window with step",
        &[
            like("every", r#""month""#),
            like("ranges", r#""ranges.csv""#),
            like("window", r#""30d""#),
            like("step", r#""7d""#),
        ],
    ),
    (
        "What else `dateline batch` heeds",
        &[
            default("scale", r#""frozen""#),
            default("contact_sheet", "false"),
            default("resume", "false"),
            like("threads", "2"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use dateline::gazetteer::Gazetteer;
    use dateline::ground::basemap::Basemap;

    use super::*;
    use crate::cli::batch::BatchOptions;
    use crate::cli::options::Options;
    use crate::cli::spec;

    fn all() -> impl Iterator<Item = &'static Key> {
        SECTIONS.iter().flat_map(|(_, keys)| *keys)
    }

    #[test]
    fn every_flag_is_a_key_and_every_key_a_flag() {
        // What only a command line can say: which spec, to print it, and which layer alone to write.
        const BESIDES: [&str; 5] = ["help", "version", "spec", "print_spec", "only"];
        let command = <crate::cli::Cli as clap::CommandFactory>::command();
        let flags: BTreeSet<String> = ["render", "batch", "layers", "check"]
            .iter()
            .filter_map(|name| command.find_subcommand(name))
            .flat_map(|command| command.get_arguments())
            .map(|argument| argument.get_id().to_string())
            .filter(|flag| !BESIDES.contains(&flag.as_str()))
            .collect();
        let keys: BTreeSet<String> = all().map(|key| key.name.to_owned()).collect();
        assert_eq!(flags, keys, "add a new flag to SECTIONS in keys.rs");
        assert_eq!(all().count(), keys.len(), "a key stands twice");
        for (flag, long) in command
            .find_subcommand("batch")
            .into_iter()
            .flat_map(|batch| batch.get_arguments())
            .filter_map(|one| Some((one.get_id().to_string(), one.get_long()?)))
        {
            assert_eq!(flag, long.replace('-', "_"));
        }
        // And the reader takes each, with the value that stands here.
        for key in all() {
            let (Value::Default(value) | Value::Like(value)) = key.value;
            let read = spec::parse(&format!("{} = {value}", key.name));
            let read = read.unwrap_or_else(|problems| panic!("{problems:?}"));
            assert_ne!(read, spec::Spec::default(), "{}", key.name);
        }
    }

    #[test]
    fn the_defaults_are_those_in_force() {
        let text: String = all()
            .filter_map(|key| match key.value {
                Value::Default(value) => Some(format!("{} = {value}\n", key.name)),
                Value::Like(_) => None,
            })
            .collect();
        let spec = spec::parse(&text).unwrap();
        let settings = |options: &Options| {
            let settings = options.settings(Gazetteer::embedded(), Basemap::embedded());
            settings.map_err(|error| error.to_string()).unwrap()
        };
        assert_eq!(settings(&spec.map), settings(&Options::default()));
        assert_eq!(spec.map.strict, Some(false));
        let batch = BatchOptions {
            scale: Some("frozen".to_owned()),
            contact_sheet: Some(false),
            resume: Some(false),
            ..BatchOptions::default()
        };
        assert_eq!(spec.batch, batch);
    }
}
