//! The main job: tables → placed records → layers → pictures, with what the manifest says of it.

mod batch;
mod build;
mod count;
mod draw;
mod extent;
mod periods;
mod pieces;
mod plan;
mod scale;
mod settings;
mod timings;
mod whereabouts;

use crate::read::Outside;
use crate::record::{Claim, Displacement};

pub use batch::Batch;
pub use build::{Built, build};
pub use draw::{Drawn, Picture, draw};
pub use periods::{Cut, CutError, Every, Range};
pub use pieces::{Means, Streamed, incidents_in_pieces};
pub use settings::{ExtentChoice, MapKind, PictureFormat, Settings};
pub use timings::Timings;

/// What the job is done on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Claims about incidents; `None` where no table of incidents was given.
    pub claims: Option<Vec<Claim>>,
    /// Displacement; `None` where no table of displacement was given.
    pub displacement: Option<Vec<Displacement>>,
    /// Rows of tables of incidents that lie outside of the period or tell of none, and were checked but not kept.
    pub claims_outside: Vec<Outside>,
    /// Rows about displacement that lie outside of the period, and were checked but not kept.
    pub displacement_outside: Vec<Outside>,
}

/// The job cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// No record is left and nothing says what ground to show.
    #[error(
        "nothing to show: {0}. Give --extent (a name, or west,south,east,north) to draw the empty map all the same"
    )]
    Nothing(String),
    /// Clusters cannot be made.
    #[error(transparent)]
    Cluster(#[from] crate::analyse::cluster::ClusterError),
    /// The density cannot be made.
    #[error(transparent)]
    Density(#[from] crate::layer::DensityLayerError),
    /// The extent cannot be projected.
    #[error(transparent)]
    Ground(#[from] crate::ground::GroundError),
    /// Time cannot be cut into periods.
    #[error(transparent)]
    Cut(#[from] CutError),
    /// The map cannot be made.
    #[error(transparent)]
    Map(#[from] crate::map::MapError),
    /// A picture cannot be drawn.
    #[error(transparent)]
    Draw(#[from] crate::draw::DrawError),
}
