//! The fonts of an SVG: of each face only the glyphs that its text needs.
//!
//! skera, the subsetter of the fontations project, keeps the shaping tables of what remains and
//! every form that a letter may take, so that Arabic joins in a browser as it does here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};

use crate::draw::fonts::Face;

/// The characters that are drawn with each face.
#[derive(Clone, Debug, Default)]
pub(super) struct Used(BTreeMap<Face, BTreeSet<char>>);

impl Used {
    pub fn add(&mut self, face: Face, text: &str) {
        self.0.entry(face).or_default().extend(text.chars());
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends the `style` element that holds the fonts.
    pub fn push(&self, out: &mut String) {
        if self.is_empty() {
            return;
        }
        out.push_str("<style>\n");
        for (face, characters) in &self.0 {
            let _ = write!(
                out,
                "@font-face{{font-family:\"{}\";font-weight:{};src:url(data:font/ttf;base64,",
                face.family(),
                if face.is_bold() { 700 } else { 400 }
            );
            match subset(*face, characters) {
                Some(font) => BASE64.encode_string(font, out),
                // The whole font does as well.
                None => BASE64.encode_string(face.bytes(), out),
            }
            out.push_str(") format(\"truetype\")}\n");
        }
        out.push_str("</style>\n");
    }
}

/// A font of these characters alone; `None` if that failed, which the embedded fonts do not.
fn subset(face: Face, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::new(face.bytes()).ok()?;
    let unicodes: IntSet<u32> = characters.iter().map(|&c| u32::from(c)).collect();
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    // Copyright, family, style, version, licence.
    let names = [0, 1, 2, 5, 13, 14].map(NameId::new);
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &scripts,
        &DEFAULT_LAYOUT_FEATURES.iter().copied().collect(),
        &names.into_iter().collect(),
        &[0x409].into_iter().collect(),
    );
    subset_font(&font, &plan).ok()
}
