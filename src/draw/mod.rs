//! How ink gets on paper: a scene, a plotters backend that fills it, and writers that read it.
//!
//! [`Canvas`] → [`Scene`] → [`png`](fn@png), [`svg`](fn@svg), [`pdf`](fn@pdf). There is no other way to draw.

mod adapter;
pub mod backend;
mod canvas;
pub mod curved;
mod error;
pub mod fonts;
mod hatch;
mod letters;
mod path;
mod pdf;
mod png;
mod raster;
pub mod scene;
mod svg;
#[cfg(test)]
mod tests;
mod text;

pub use backend::SceneBackend;
pub use canvas::Canvas;
pub use error::{DrawError, MissingGlyph};
pub use letters::Lettering;
pub use pdf::pdf;
pub use png::{part, png};
pub use scene::{
    Align, Color, Fill, Image, Item, Path, Pt, Scene, Shared, Step, Stroke, TextStyle, pt,
};
pub use svg::svg;
pub(crate) use text::SLANT;
pub use text::{Extent, measure};
