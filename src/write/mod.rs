//! What lands on disk: every file whole or not at all.

mod batch;
mod files;
mod gallery;
mod geojson;
mod left_out;
mod manifest;

pub use batch::{BatchManifest, Frame, FrameFile};
pub use files::{OutputFiles, WriteError, sha256};
pub use gallery::gallery;
pub use geojson::geojson;
pub use left_out::left_out_csv;
pub use manifest::{InputFile, Manifest, OutputFile, Settings};
