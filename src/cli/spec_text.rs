//! Specs that dateline writes: each key with what it does, and what is in force.

use std::io::{Write, stdout};

use clap::Args;
use toml::Table;

use super::batch::BatchOptions;
use super::keys::{SECTIONS, Value};
use super::options::Options;
use super::spec::Spec;
use super::{Error, Outcome};

/// No line of a comment is longer.
const WIDTH: usize = 100;

/// Prints a spec with every default.
///
/// # Errors
/// Where a path is no Unicode, or standard output is closed.
pub fn print(spec: &Spec) -> Result<Outcome, Error> {
    let head = "The spec in force. Paths are relative to the folder that this was printed in: keep it there.";
    let text = text(head, spec, true)?;
    stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}

/// A spec with what each key does. Defaults are in force, where `every_default` is asked for, or else they are comments.
///
/// # Errors
/// Where a path is no Unicode.
pub fn text(head: &str, spec: &Spec, every_default: bool) -> Result<String, Error> {
    let unwritable = |error: toml::ser::Error| {
        Error::Spec(format!("the spec cannot be written as TOML: {error}"))
    };
    let mut given = Table::try_from(&spec.map).map_err(unwritable)?;
    given.extend(Table::try_from(&spec.batch).map_err(unwritable)?);
    let command = Options::augment_args(BatchOptions::augment_args(clap::Command::new("")));
    let mut text = String::new();
    comment(&mut text, head);
    for (heading, keys) in &SECTIONS {
        text.push_str(&format!("\n\n# ---- {heading} ----\n"));
        for key in *keys {
            let help = command
                .get_arguments()
                .find(|argument| argument.get_id() == key.name)
                .and_then(|argument| argument.get_help());
            text.push('\n');
            // Flags in the words are keys here.
            let words = help.map(ToString::to_string).unwrap_or_default();
            let words = words.replace("--", "");
            let words = words.replace("may be given several times", "one or a list of them");
            comment(&mut text, &words);
            let (off, value) = match (given.get(key.name), key.value) {
                (Some(value), _) => ("", value.to_string()),
                (None, Value::Default(value)) if every_default => ("", value.to_owned()),
                (None, Value::Default(value) | Value::Like(value)) => ("# ", value.to_owned()),
            };
            text.push_str(&format!("{off}{} = {value}\n", key.name));
        }
    }
    Ok(text)
}

/// Adds a comment, in lines that read well.
fn comment(text: &mut String, words: &str) {
    let mut line = "#".to_owned();
    for word in words.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            "#".clone_into(&mut line);
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}
