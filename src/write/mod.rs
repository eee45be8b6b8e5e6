//! What lands on disk: every file whole or not at all.

mod files;
mod geojson;
mod left_out;
mod manifest;

pub use files::{OutputFiles, WriteError, sha256};
pub use geojson::geojson;
pub use left_out::left_out_csv;
pub use manifest::{InputFile, Manifest, OutputFile, Settings};
