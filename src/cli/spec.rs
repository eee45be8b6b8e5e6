//! Spec files: read, with everything that is wrong with one told together.

use std::path::Path;

use clap::Args;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::Error;
use super::batch::BatchOptions;
use super::options::Options;

/// What a spec file holds, or a command line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// What maps are made of and how.
    pub map: Options,
    /// For `batch`: the periods.
    pub batch: BatchOptions,
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
    let mut spec = parse(&text).map_err(|problems| {
        let problems = problems.into_iter();
        Error::Settings(problems.map(|one| format!("{file}: {one}")).collect())
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    for file in spec.map.paths().chain(&mut spec.batch.ranges) {
        *file = folder.join(&*file);
    }
    Ok(spec)
}

/// Reads the text of a spec.
///
/// # Errors
/// All that is wrong with it, each with its line.
pub fn parse(text: &str) -> Result<Spec, Vec<String>> {
    let table = DeTable::parse(text).map_err(|error| vec![error.to_string()])?;
    let (of_maps, of_batches) = (names::<Options>(), names::<BatchOptions>());
    let known: Vec<&String> = of_maps.iter().chain(&of_batches).collect();
    let mut spec = Spec::default();
    let mut problems = Vec::new();
    let mut entries: Vec<_> = table.into_inner().into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let name = key.get_ref().to_string();
        let line = line(text, key.span().start);
        if of_maps.contains(&name) {
            match one(text, key, value) {
                Ok(read) => spec.map = spec.map.or(read),
                Err(problem) => problems.push(problem),
            }
        } else if of_batches.contains(&name) {
            match one(text, key, value) {
                Ok(read) => spec.batch = spec.batch.or(read),
                Err(problem) => problems.push(problem),
            }
        } else if value.get_ref().is_table() {
            problems.push(format!(
                "line {line}: a spec has no [{name}]: write its keys at the top, as `key = value`"
            ));
        } else {
            let hint = match nearest(&name, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`dateline render --print-spec` shows all keys".to_owned(),
            };
            problems.push(format!("line {line}: unknown key `{name}`: {hint}"));
        }
    }
    if problems.is_empty() {
        Ok(spec)
    } else {
        Err(problems)
    }
}

/// A structure of which one key is given.
fn one<'a, T: DeserializeOwned>(
    text: &str,
    key: Spanned<std::borrow::Cow<'a, str>>,
    value: Spanned<DeValue<'a>>,
) -> Result<T, String> {
    let (name, at) = (key.get_ref().to_string(), key.span().start);
    // A date needs no quotes.
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::Datetime(date) => DeValue::String(date.to_string().into()),
        other => other,
    };
    let value = Spanned::new(span, value);
    let table = DeTable::from_iter([(key, value)]);
    T::deserialize(Deserializer::from(Spanned::new(0..text.len(), table))).map_err(|error| {
        let at = error.span().map_or(at, |span| span.start);
        format!("line {}: {name}: {}", line(text, at), error.message())
    })
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
                "line 5: net: invalid type: string \"yes\", expected a boolean",
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
