//! Spec files: read, with everything that is wrong with one told together.

use std::collections::BTreeMap;
use std::path::Path;

use clap::Args;
use dateline::gazetteer::Gazetteer;
use dateline::ground::basemap::Basemap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::Error;
use super::batch::BatchOptions;
use super::keys::{SECTIONS, Value};
use super::options::Options;

/// What a spec file holds, or a command line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// What maps are made of and how.
    pub map: Options,
    /// For `batch`: the periods.
    pub batch: BatchOptions,
}

/// What is wrong, with the line that it is in; 0 where it is in none.
pub type Problems = Vec<(usize, String)>;

/// Where in a spec its keys are, for messages about their values.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The spec.
    file: String,
    /// Line by key.
    of: BTreeMap<String, usize>,
}

/// Where a value stands makes it no other.
impl PartialEq for Lines {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Lines {
    /// Those of the keys that are not given once more by flags.
    pub fn but(mut self, flags: &impl Serialize) -> Self {
        let given = toml::Table::try_from(flags).unwrap_or_default();
        self.of.retain(|key, _| !given.contains_key(key));
        self
    }

    /// Problems, which begin with their keys, with the lines of these; 0 for one that is of no line.
    pub fn place(&self, problems: Vec<String>) -> Problems {
        let placed = problems.into_iter().map(|problem| {
            let key = problem.split_once(": ").map_or("", |(key, _)| key);
            (self.of.get(key).copied().unwrap_or(0), problem)
        });
        placed.collect()
    }

    /// Problems as they are told, from the first line to the last.
    fn told(&self, mut problems: Problems) -> Vec<String> {
        problems.sort_by_key(|(line, _)| *line);
        let told = problems
            .into_iter()
            .map(|(line, problem)| match (line, self.file.as_str()) {
                (0, _) => problem,
                (_, "") => format!("line {line}: {problem}"),
                (_, file) => format!("{file}: line {line}: {problem}"),
            });
        told.collect()
    }

    /// That there is no problem.
    ///
    /// # Errors
    /// All that there are.
    pub fn none(&self, problems: Problems) -> Result<(), Error> {
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Error::Settings(self.told(problems))),
        }
    }
}

/// The names of flags, which are those of keys.
pub fn names<A: Args>() -> Vec<String> {
    let command = A::augment_args(clap::Command::new(""));
    let arguments = command.get_arguments();
    arguments.map(|one| one.get_id().to_string()).collect()
}

/// Reads the spec that is given, if one is; its paths are relative to its own folder.
///
/// # Errors
/// Where it cannot be read or is no TOML; every key that is unknown or cannot have its value.
pub fn load(path: Option<&Path>) -> Result<Spec, Error> {
    let Some(path) = path else {
        return Ok(Spec::default());
    };
    let file = path.display();
    let table = |ending: &std::ffi::OsStr| ending.eq_ignore_ascii_case("csv");
    if path.extension().is_some_and(table) {
        return Err(Error::Spec(format!(
            "{file}: is a table, not a spec: give it with --incidents or --displacement"
        )));
    }
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::Spec(format!("{file}: cannot be read: {error}")))?;
    let (mut spec, mut problems) = read(&text, &file.to_string());
    let folder = path.parent().unwrap_or(Path::new(""));
    for file in spec.map.paths().chain(&mut spec.batch.ranges) {
        *file = folder.join(&*file);
    }
    if problems.is_empty() {
        return Ok(spec);
    }
    // The user mends all at once: what could be read may be wrong as well. Places are looked up where their names are.
    let Options {
        gazetteer,
        boundaries,
        ..
    } = &spec.map;
    if !gazetteer.is_empty() || !boundaries.is_empty() {
        (spec.map.extent, spec.map.flow_extent) = (None, None);
    }
    let lines = &spec.map.lines;
    let mut values = spec
        .map
        .problems(Gazetteer::embedded(), Basemap::embedded());
    values.extend(spec.batch.problems());
    problems.extend(lines.place(values));
    Err(Error::Settings(lines.told(problems)))
}

/// Reads the text of a spec.
///
/// # Errors
/// All that is wrong with its keys, each with its line.
pub fn parse(text: &str) -> Result<Spec, Vec<String>> {
    let (spec, problems) = read(text, "");
    match problems.is_empty() {
        true => Ok(spec),
        false => Err(spec.map.lines.told(problems)),
    }
}

/// As much of a spec as can be read, and what is wrong with the rest by its line.
fn read(text: &str, file: &str) -> (Spec, Problems) {
    let (table, broken) = DeTable::parse_recoverable(text);
    let mut problems: Problems = broken
        .iter()
        .map(|error| {
            let at = line(text, error.span().map_or(0, |span| span.start));
            (at, format!("is no TOML: {}", error.message()))
        })
        .collect();
    let (of_maps, of_batches) = (names::<Options>(), names::<BatchOptions>());
    let known: Vec<&String> = of_maps.iter().chain(&of_batches).collect();
    let mut spec = Spec::default();
    let mut lines = Lines {
        file: file.to_owned(),
        ..Lines::default()
    };
    let mut entries: Vec<_> = table.into_inner().into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let name = key.get_ref().to_string();
        let line = line(text, key.span().start);
        // What is left of a broken line says nothing.
        if problems.iter().any(|(at, _)| *at == line) {
            continue;
        }
        let is_table = value.get_ref().is_table();
        let problem = if of_maps.contains(&name) {
            match one(text, key, value) {
                Ok(read) => {
                    spec.map = spec.map.or(read);
                    None
                }
                Err(problem) => Some(problem),
            }
        } else if of_batches.contains(&name) {
            match one(text, key, value) {
                Ok(read) => {
                    spec.batch = spec.batch.and(read);
                    None
                }
                Err(problem) => Some(problem),
            }
        } else if is_table {
            Some(format!(
                "a spec has no [{name}]: write its keys at the top, as `key = value`"
            ))
        } else {
            let hint = match nearest(&name, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`dateline render --print-spec` shows all keys".to_owned(),
            };
            Some(format!("unknown key `{name}`: {hint}"))
        };
        match problem {
            Some(problem) => problems.push((line, problem)),
            None => {
                lines.of.insert(name, line);
            }
        }
    }
    spec.map.lines = lines.clone();
    spec.batch.lines = lines;
    (spec, problems)
}

/// A structure of which one key is given.
fn one<'a, T: DeserializeOwned>(
    text: &str,
    key: Spanned<std::borrow::Cow<'a, str>>,
    value: Spanned<DeValue<'a>>,
) -> Result<T, String> {
    let name = key.get_ref().to_string();
    // A date needs no quotes.
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::Datetime(date) => DeValue::String(date.to_string().into()),
        other => other,
    };
    let given = text.get(span.clone()).unwrap_or_default();
    let value = Spanned::new(span, value);
    let table = DeTable::from_iter([(key, value)]);
    T::deserialize(Deserializer::from(Spanned::new(0..text.len(), table)))
        .map_err(|_| mistyped(&name, given))
}

/// What is said of a value that is not of the key's sort, with one that is.
fn mistyped(name: &str, given: &str) -> String {
    let mut keys = SECTIONS.iter().flat_map(|(_, keys)| *keys);
    let example = keys.find(|key| key.name == name).map_or("", |key| {
        let (Value::Default(value) | Value::Like(value)) = key.value;
        value
    });
    let given = match given.lines().count() {
        1 if given.chars().count() <= 40 => given,
        _ => "what stands here",
    };
    let quoted = given.starts_with(['"', '\'']);
    let bare = if quoted { ", without quotes" } else { "" };
    let (is, bare) = match example.chars().next() {
        Some('"') => ("is no text in quotes", ""),
        Some('[') => ("is no list of texts in quotes", ""),
        Some('t' | 'f') => ("is neither true nor false", bare),
        _ if example.contains('.') => ("is no number", bare),
        _ => ("is no whole number of 0 or more", bare),
    };
    format!("{name}: {given} {is}: write e.g. {name} = {example}{bare}")
}

/// The line that a byte is in, from 1.
fn line(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    1 + before.filter(|byte| **byte == b'\n').count()
}

/// The known key that is most like a name, if one is much like it.
fn nearest<'a>(name: &str, known: &[&'a String]) -> Option<&'a str> {
    let name = name.to_lowercase().replace('-', "_");
    let like = |key: &str| {
        rapidfuzz::distance::damerau_levenshtein::normalized_similarity(name.chars(), key.chars())
    };
    let best = known
        .iter()
        .map(|key| (like(key), key.as_str()))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
    // `km` is of many: what begins like one is meant sooner than what is as short.
    let begun = known
        .iter()
        .filter(|key| name.len() >= 3 && (key.starts_with(&name) || name.starts_with(key.as_str())))
        .map(|key| key.as_str())
        .min();
    best.filter(|(like, _)| *like >= 0.6)
        .map(|(_, key)| key)
        .or(begun)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn every_wrong_key_is_told_with_its_line_and_what_was_meant() {
        let text = "incidents = \"a.csv\"\nbandwith_km = 5\n\ncluster-km = 3\nnet = \"yes\"\nformts = [\"png\"]\nzebra = 1\n[batch]\nevery = \"day\"\n";
        let problems = parse(text).unwrap_err();
        assert_eq!(
            problems,
            [
                "line 2: unknown key `bandwith_km`: did you mean `bandwidth_km`?",
                "line 4: unknown key `cluster-km`: did you mean `cluster_km`?",
                "line 5: net: \"yes\" is neither true nor false: write e.g. net = false, without quotes",
                "line 6: unknown key `formts`: did you mean `formats`?",
                "line 7: unknown key `zebra`: `dateline render --print-spec` shows all keys",
                "line 8: a spec has no [batch]: write its keys at the top, as `key = value`",
            ]
        );
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        let problems = parse("period = \"2020\"\nmaps = [density]\n").unwrap_err();
        assert!(problems[0].contains("line 2"), "{problems:?}");
    }

    #[test]
    fn keys_of_maps_and_of_batches_stand_side_by_side() {
        let spec = parse("every = \"month\"\nincidents = \"a.csv\"\nthreads = 2\nperiod = 2020-01-10\ncoarsen = 5\n").unwrap();
        assert_eq!(spec.map.period.as_deref(), Some("2020-01-10"));
        assert_eq!(spec.map.coarsen.as_deref(), Some("5"));
        assert_eq!(spec.batch.every.as_deref(), Some("month"));
        assert_eq!(spec.batch.threads, Some(2));
        assert_eq!(spec.map.incidents, [PathBuf::from("a.csv")]);
    }
}
