//! Who is named below a caption: each source once, the most frequent first, with the pages that it was published on.

use itertools::Itertools;
use std::collections::BTreeMap;

use super::markdown::{escape, link};
use crate::record::counted;

/// So many sources are named, and so many pages of each.
const NAMED: usize = 12;
const LINKED: usize = 3;

/// The sources of a map.
#[derive(Default)]
pub(super) struct Sources<'a> {
    /// How many things each tells of, and where.
    told: BTreeMap<&'a str, (usize, Vec<&'a str>)>,
    /// Pages of whom nobody is named.
    unnamed: Vec<&'a str>,
    /// How many things nobody is named for.
    silent: usize,
}

impl<'a> Sources<'a> {
    /// Adds all that is said of one thing: cells of sources, each with a page if there is one.
    pub fn add(&mut self, said: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>) {
        let said: Vec<_> = said.collect();
        let names = |cell: &'a str| cell.split(';').map(str::trim).filter(|one| !one.is_empty());
        let all = said.iter().filter_map(|(cell, _)| *cell).flat_map(names);
        let all: Vec<&str> = all.unique().collect();
        for name in &all {
            self.told.entry(name).or_default().0 += 1;
        }
        self.silent += usize::from(all.is_empty());
        for (cell, url) in said {
            let Some(url) = url else { continue };
            // A page under several names is that of the first.
            let name = cell.and_then(|cell| names(cell).next());
            let pages = match name.and_then(|name| self.told.get_mut(name)) {
                Some((_, pages)) => pages,
                None => &mut self.unnamed,
            };
            for page in url.split("; ").map(str::trim) {
                if !page.is_empty() && !pages.contains(&page) {
                    pages.push(page);
                }
            }
        }
    }

    /// As a list; `thing` is what they tell of.
    pub fn list(self, thing: &str) -> Vec<String> {
        let ranked = self.told.into_iter();
        let ranked: Vec<_> = ranked
            .sorted_by(|(a, (n, _)), (b, (m, _))| m.cmp(n).then(a.cmp(b)))
            .collect();
        let pages = |pages: &[&str]| {
            let more = pages.len().saturating_sub(LINKED);
            let shown = pages.iter().take(LINKED).map(|page| link(page));
            let more = (more > 0).then(|| format!("and {}", counted(more, "other page")));
            shown.chain(more).join(", ")
        };
        let mut list: Vec<String> = ranked
            .iter()
            .take(NAMED)
            .map(|(name, (n, found))| {
                let found = pages(found);
                let colon = if found.is_empty() { "" } else { ": " };
                format!("{} ({}){colon}{found}", escape(name), counted(*n, thing))
            })
            .collect();
        if ranked.len() > NAMED {
            let rest = ranked.len() - NAMED;
            list.push(format!(
                "{} (see the layers)",
                counted(rest, "other source")
            ));
        }
        if self.silent > 0 {
            let found = pages(&self.unnamed);
            let colon = if found.is_empty() { "" } else { ": " };
            list.push(format!(
                "no source named ({}){colon}{found}",
                counted(self.silent, thing)
            ));
        }
        list
    }
}
