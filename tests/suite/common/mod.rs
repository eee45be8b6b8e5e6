//! What the tests of commands share: the real binary in a folder of its own.

pub mod picture;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Tables of one kind of geometry, the layers that they are of, and which of its features.
pub type Part = (&'static str, &'static str, fn(&Value) -> bool);

/// All that GeoPackages have, and folders of FlatGeobuf.
pub const PARTS: [Part; 9] = [
    ("density", "density", |_| true),
    ("incident_areas", "incidents", |one| !is_point(one)),
    ("incidents", "incidents", is_point),
    ("clusters", "clusters", |_| true),
    ("toll_areas", "tolls", |one| !is_point(one)),
    ("tolls", "tolls", is_point),
    ("flows", "flows", |_| true),
    ("open_flows", "open_flows", |_| true),
    ("places", "places", |_| true),
];

fn is_point(feature: &Value) -> bool {
    feature["properties"]["ground"] == "point"
}

/// A folder that a test works in.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An empty one.
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Where it is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file there.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.path(name), bytes).expect("a file");
        self
    }

    /// The binary, started there.
    pub fn dateline(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("dateline").expect("the binary");
        command.current_dir(self.folder.path()).args(args);
        command
    }

    /// Every file below a folder, by its path.
    pub fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.path(below), &self.path(below), &mut found);
        found
    }

    /// A file as text.
    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// A file as JSON.
    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The features of a GeoJSON file.
    pub fn features(&self, name: &str) -> Vec<Value> {
        self.json(name)["features"]
            .as_array()
            .expect("features")
            .clone()
    }
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path
                .strip_prefix(root)
                .expect("below the root")
                .to_string_lossy()
                .into_owned();
            found.insert(name, std::fs::read(&path).expect("a file that is there"));
        }
    }
}

/// What a command wrote to stderr.
pub fn stderr(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

/// What a command wrote to stdout.
pub fn stdout(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stdout).into_owned()
}
