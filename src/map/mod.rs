//! What a map is: extent, projection, theme, page layout, labels, legends, and how they make a scene.

mod arrow;
pub mod basemap;
mod error;
mod extent;
mod furniture;
mod ink;
pub mod labels;
mod legend;
mod page;
mod projection;
mod rect;
mod size;
mod spec;
mod symbols;
mod theme;
mod view;
mod wrap;

pub use error::MapError;
pub use extent::Extent;
pub use page::{BlockSize, Layout, PageText, PlacedLine};
pub use projection::{Projection, ProjectionChoice};
pub use rect::Rect;
pub use size::PageSize;
pub use spec::{MapSpec, Names};
pub use theme::{Theme, ThemeName};
pub use view::View;
