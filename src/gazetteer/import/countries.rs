//! Countries by code or name.

use super::super::hints;
use super::super::index::Gazetteer;

/// Countries that a gazetteer knows.
#[derive(Debug)]
pub(super) struct Countries<'g>(pub &'g Gazetteer);

impl Countries<'_> {
    /// The code of a country.
    pub fn code(&self, text: &str) -> Option<[u8; 2]> {
        let text = text.trim();
        if let &[a, b] = text.as_bytes()
            && let code = [a.to_ascii_uppercase(), b.to_ascii_uppercase()]
            && self.0.country(code).is_some()
        {
            return Some(code);
        }
        hints::country_code(self.0, text)
    }
}

/// The code of a country given by code or name.
pub fn country_code(text: &str) -> Option<[u8; 2]> {
    Countries(Gazetteer::embedded()).code(text)
}
