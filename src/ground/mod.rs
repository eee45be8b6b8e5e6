//! The ground that everything happens on: boxes in degrees, planes that they are projected to, and the embedded basemap.

pub mod basemap;
mod error;
mod extent;
mod plane;
mod projection;
mod wkt;

pub use error::GroundError;
pub use extent::Extent;
pub(crate) use plane::{Plane, disc};
pub(crate) use projection::wrap;
pub use projection::{Projection, ProjectionChoice};
