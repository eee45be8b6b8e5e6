//! What can go wrong when a picture is made.

use thiserror::Error;

/// A character that no embedded font can draw.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "no embedded font has the character '{character}' (U+{:04X}) of “{text}”; \
     write it in Latin or Arabic letters",
    *character as u32
)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// The text that it stands in.
    pub text: String,
}

/// Why a scene could not be written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DrawError {
    /// A text of the scene has a character that no embedded font has.
    #[error(transparent)]
    MissingGlyph(#[from] MissingGlyph),
    /// The page is empty, not finite, or larger than can be rasterised.
    #[error(
        "a picture of {width} × {height} pixels cannot be drawn: both sides must be between 1 and \
         {max} pixels and the area at most {max_area} million; choose a smaller size or dpi",
        max = crate::draw::png::MAX_SIDE,
        max_area = crate::draw::png::MAX_PIXELS / 1_000_000
    )]
    PageSize {
        /// Width asked for, in device pixels.
        width: f64,
        /// Height asked for, in device pixels.
        height: f64,
    },
    /// The PNG encoder failed.
    #[error("the PNG could not be encoded")]
    Png(#[from] png::EncodingError),
    /// The PDF could not be put together.
    #[error("the PDF could not be written")]
    Pdf(#[from] krilla::error::KrillaError),
}
