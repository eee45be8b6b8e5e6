//! `index.html` of a batch: one page to leaf through the frames, which asks no other machine for anything.

use super::BatchManifest;

/// The page, with a mark where the data goes.
const PAGE: &str = include_str!("gallery.html");
const MARK: &str = "\"DATA\"";

/// The page for a batch.
///
/// # Errors
/// None in practice: a manifest can be written as JSON.
pub fn gallery(manifest: &BatchManifest) -> Result<String, serde_json::Error> {
    // A name in the data must not end the script that it stands in.
    let data = serde_json::to_string(manifest)?.replace('<', "\\u003c");
    Ok(PAGE.replacen(MARK, &data, 1))
}
