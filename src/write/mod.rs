//! What lands on disk: every file whole or not at all.

mod batch;
mod caption;
mod caption_areas;
mod caption_flows;
mod caption_sources;
mod caption_tolls;
mod cells;
mod columns;
mod files;
pub mod flatgeobuf;
mod gallery;
mod geojson;
pub mod geopackage;
mod hxl;
mod left_out;
mod lines;
mod manifest;
mod markdown;
pub mod qgis;

pub use batch::{BatchManifest, Frame, FrameFile};
pub use caption::{Beside, density as density_caption, tolls as toll_caption};
pub use caption_flows::flows as flow_caption;
pub use cells::{
    MOVEMENT_COLUMNS, begin_csv, count_cell, csv_bytes, extra_cell, movement_cells, text_cell,
};
pub use columns::Columns;
pub use files::{OutputFiles, WriteError, sha256};
pub use gallery::gallery;
pub use geojson::{LayerFile, Lines, geojson};
pub use hxl::hashtag;
pub use left_out::left_out_csv;
pub use manifest::{InputFile, Manifest, OutputFile, Settings};
