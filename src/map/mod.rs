//! What a map is: extent, projection, theme, page layout, labels, legends, and how they make a scene.

mod error;
mod extent;
#[expect(dead_code, reason = "the label builder that uses it comes next")]
mod ink;
pub mod labels;
mod projection;
mod rect;
mod size;
mod view;

pub use error::MapError;
pub use extent::Extent;
pub use projection::{Projection, ProjectionChoice};
pub use rect::Rect;
pub use size::PageSize;
pub use view::View;
