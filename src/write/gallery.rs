//! `index.html` of a batch: one page to leaf through the frames, which asks no other machine for anything.

use itertools::Itertools;

use super::BatchManifest;

/// The page, with marks where its headline and the data go.
const PAGE: &str = include_str!("gallery.html");
const TITLE: &str = "TITLE";
const MARK: &str = "\"DATA\"";

/// The page for a batch.
///
/// # Errors
/// None in practice: a manifest can be written as JSON.
pub fn gallery(manifest: &BatchManifest) -> Result<String, serde_json::Error> {
    let title = manifest.titles.values().unique().join("; ");
    let page = PAGE.replace(TITLE, &text(&title));
    // A name in the data must not end the script that it stands in.
    let data = serde_json::to_string(manifest)?.replace('<', "\\u003c");
    Ok(page.replacen(MARK, &data, 1))
}

/// A text in which nothing is taken for markup.
fn text(plain: &str) -> String {
    let escaped = plain.replace('&', "&amp;").replace('<', "&lt;");
    escaped.replace('"', "&quot;")
}
