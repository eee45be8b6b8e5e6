//! Layers → pictures.
use super::{Built, PictureFormat, PipelineError, Timings};
use crate::map::basemap::Basemap;
/// A finished picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Name of its file.
    pub name: String,
    /// What is in the file.
    pub bytes: Vec<u8>,
}
/// The pictures of one job, and by picture the labels for which there was no room.
pub type Pictures = (Vec<Picture>, std::collections::BTreeMap<String, Vec<String>>);
/// Draws
pub fn draw(_: &Built, _: &[PictureFormat], _: &Basemap, _: &mut Timings) -> Result<Pictures, PipelineError> {
    Ok(Default::default())
}
