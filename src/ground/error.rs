//! What can be wrong with an extent or a projection.

use thiserror::Error;

/// Why ground cannot be shown, and what to do.
#[derive(Debug, Error)]
pub enum GroundError {
    /// The extent is no box on the globe.
    #[error("extent `{given}`: {rule}, e.g. 35.5,32.3,42.4,37.3")]
    Extent {
        /// What was given.
        given: String,
        /// The rule that it breaks.
        rule: String,
    },
    /// No projection of that name.
    #[error(
        "unknown projection `{0}`; known are equal-area, utm, utm-37 (a zone), web-mercator and plate-carree"
    )]
    UnknownProjection(String),
    /// The projection cannot be used for this extent.
    #[error("the projection `{definition}` cannot show this extent: {cause}; try `equal-area`")]
    Projection {
        /// In PROJ's words.
        definition: String,
        /// What PROJ says.
        cause: String,
    },
}
