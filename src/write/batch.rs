//! `manifest.json` of a batch: what its frames share, and each frame's figures and files.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{InputFile, OutputFile};

/// The whole of a batch's `manifest.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BatchManifest {
    /// `dateline` and its version.
    pub made_by: String,
    /// Whether the data was invented.
    pub synthetic: bool,
    /// Whether all frames are there; not so where the run was stopped.
    pub complete: bool,
    /// How time was cut: "every month".
    pub cut: String,
    /// Headlines by kind of map: those of all its frames, but for their periods.
    pub titles: BTreeMap<&'static str, String>,
    /// `frozen` where all maps are on one scale, else `per-map`.
    pub scale: &'static str,
    /// What was read.
    pub inputs: Vec<InputFile>,
    /// How the maps were set, as the first frame's manifest has it; the period and, unless the scale is frozen, the breaks
    /// are in each frame's own.
    pub settings: Value,
    /// The frames, in order of time, or that of the table of ranges.
    pub frames: Vec<Frame>,
    /// What was written besides frames, but for this file.
    pub outputs: Vec<OutputFile>,
}

/// A frame: the maps and layers of one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frame {
    /// The period in EDTF.
    pub period: String,
    /// First day.
    pub date_start: String,
    /// Last day.
    pub date_end: String,
    /// The period in words.
    pub label: String,
    /// What a table of ranges calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its folder, relative to the output folder.
    pub folder: String,
    /// What is on its maps in figures.
    pub counts: Value,
    /// Totals in the words that stand on its maps.
    pub in_words: Value,
    /// Records left out: how many for each reason. Those of other periods are in their own frames.
    pub left_out: Value,
    /// By picture, what stands for it where it cannot be seen.
    pub alt: Value,
    /// Class edges of its density.
    pub density_breaks: Value,
    /// Its files, the manifest included, relative to the output folder.
    pub files: Vec<FrameFile>,
}

/// A file of a frame.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FrameFile {
    /// Relative to the output folder.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
}
