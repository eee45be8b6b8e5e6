//! What can be wrong with a map.

use thiserror::Error;

/// Why a map could not be made, and what to do.
#[derive(Debug, Error)]
pub enum MapError {
    /// The extent cannot be shown.
    #[error(transparent)]
    Ground(#[from] crate::ground::GroundError),
    /// No page of that size.
    #[error(
        "page size `{given}`: {rule}; give WIDTHxHEIGHT in pixels from 400x300 to 20000x20000, e.g. 1600x1200, \
         or A3, A4, A5, each also with `-landscape`, 16:9, 4:3 or square"
    )]
    PageSize {
        /// What was given.
        given: String,
        /// The rule that it breaks.
        rule: &'static str,
    },
    /// No theme of that name.
    #[error("unknown theme `{0}`; known are light, dark, print and grey")]
    UnknownTheme(String),
    /// No ramp of that name.
    #[error(
        "unknown ramp `{0}`; known are YlOrRd, OrRd, YlGnBu, Purples, Greys (ColorBrewer), lajolla and lipari (Crameri)"
    )]
    UnknownRamp(String),
    /// A word for the language of names that is not known.
    #[error("unknown language of names `{0}`; known are latin, arabic and both")]
    UnknownNames(String),
    /// The page has no room for a map beside its texts.
    #[error(
        "the page of {width:.0}x{height:.0} has no room for a map beside its title, notes and legend; \
         make the page larger or the title and notes shorter"
    )]
    NoRoom {
        /// Width of the page.
        width: f64,
        /// Height of the page.
        height: f64,
    },
    /// A text cannot be drawn.
    #[error(transparent)]
    Text(#[from] crate::draw::MissingGlyph),
}
