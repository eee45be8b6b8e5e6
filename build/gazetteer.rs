//! gazetteer/*.csv → OUT_DIR/gazetteer.bin, the form that loads in well under a millisecond.

// The build needs a part of what these files offer the library.
#[allow(dead_code)]
#[path = "../src/gazetteer/compile.rs"]
mod compile;
#[allow(dead_code)]
#[path = "../src/gazetteer/fold.rs"]
mod fold;
#[allow(dead_code)]
#[path = "../src/gazetteer/kind.rs"]
mod kind;
#[allow(dead_code)]
#[path = "../src/gazetteer/sound.rs"]
mod sound;
#[allow(dead_code)]
#[path = "../src/gazetteer/source.rs"]
mod source;
#[allow(dead_code)]
#[path = "../src/gazetteer/words.rs"]
mod words;

use std::path::Path;
use std::{env, fs, process};

/// The country whose places win over like ones abroad, in the embedded gazetteer.
const HOME: [u8; 2] = *b"SY";

/// Compiles the CSV files; ends the build with every bad cell listed if one is bad.
pub fn compile() {
    let mut problems = Vec::new();
    let admins = source::read_admin(
        "gazetteer/admin.csv",
        &file("gazetteer/admin.csv"),
        &mut problems,
    );
    let mut places = Vec::new();
    for name in ["gazetteer/places.csv", "gazetteer/villages.csv"] {
        places.extend(source::read_places(name, &file(name), &mut problems));
    }
    let compiled = match compile::compile(HOME, &admins, &places, &[]) {
        Ok(bytes) if problems.is_empty() => bytes,
        outcome => {
            problems.extend(outcome.err().unwrap_or_default());
            stop(problems.iter().map(ToString::to_string).collect());
        }
    };
    let out = env::var_os("OUT_DIR")
        .unwrap_or_else(|| stop(vec!["cargo did not set OUT_DIR".to_owned()]));
    if let Err(error) = fs::write(Path::new(&out).join("gazetteer.bin"), compiled) {
        stop(vec![format!("gazetteer.bin: {error}")]);
    }
    for name in ["compile", "fold", "kind", "sound", "source", "words"] {
        println!("cargo:rerun-if-changed=src/gazetteer/{name}.rs");
    }
    println!("cargo:rerun-if-changed=build/gazetteer.rs");
}

fn file(name: &str) -> Vec<u8> {
    println!("cargo:rerun-if-changed={name}");
    fs::read(name).unwrap_or_else(|error| stop(vec![format!("{name}: {error}")]))
}

fn stop(lines: Vec<String>) -> ! {
    for line in lines {
        println!("cargo:warning={line}");
        eprintln!("{line}");
    }
    process::exit(1)
}
