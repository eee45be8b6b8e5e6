//! Where most incidents are, for a caption.

use std::collections::BTreeMap;

use itertools::Itertools;

use super::markdown::escape;
use crate::layer::IncidentAttributes;
use crate::record::{counted, thousands};

/// So many areas are named.
const AREAS: usize = 3;

/// How many incidents there are in each first-order area.
pub(super) struct Areas {
    /// The most first.
    ranked: Vec<(String, usize)>,
    /// How many are in no one area for sure.
    unknown: usize,
    all: usize,
}

impl Areas {
    pub fn of<'a>(shown: impl Iterator<Item = &'a IncidentAttributes>) -> Self {
        let mut areas: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let (mut unknown, mut all) = (0, 0);
        for one in shown {
            all += 1;
            match &one.admin1 {
                Some(admin1) => {
                    let country = one.country.as_deref().unwrap_or_default();
                    *areas.entry((admin1, country)).or_default() += 1;
                }
                None => unknown += 1,
            }
        }
        let twice = areas
            .keys()
            .map(|(admin1, _)| *admin1)
            .duplicates()
            .collect_vec();
        let named = areas.iter().map(|((admin1, country), n)| {
            let country = if twice.contains(admin1) {
                format!(" ({country})")
            } else {
                String::new()
            };
            (format!("{admin1}{country}"), *n)
        });
        Self {
            ranked: named
                .sorted_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)))
                .collect(),
            unknown,
            all,
        }
    }

    /// "most of them in Idlib (10)", as plain text.
    pub fn most(&self) -> Option<String> {
        let (name, n) = self.ranked.first()?;
        Some(match *n {
            n if n == self.all => format!("in {name}"),
            n if n * 2 > self.all => format!("most of them in {name} ({})", thousands(n as u64)),
            _ => return None,
        })
    }

    pub fn sentence(&self, shown: usize) -> String {
        let Some((name, n)) = self.ranked.first() else {
            return "Their provinces are not known.".to_owned();
        };
        if *n == shown {
            let name = escape(name);
            return match shown {
                1 => format!("It is in {name}."),
                _ => format!("All are in {name}."),
            };
        }
        let numbered =
            |(name, n): &(String, usize)| format!("{} ({})", escape(name), thousands(*n as u64));
        let named = self.ranked.iter().take(AREAS).map(numbered).join(", ");
        let rest = self.ranked.get(AREAS..).unwrap_or_default();
        let more: usize = rest.iter().map(|(_, n)| n).sum();
        let more = match more {
            0 => String::new(),
            n => format!(
                ", {} in {}",
                thousands(n as u64),
                counted(rest.len(), "other province")
            ),
        };
        let unknown = match self.unknown {
            0 => String::new(),
            1 => "; the province of 1 is not known".to_owned(),
            n => format!("; the province of {} is not known", thousands(n as u64)),
        };
        format!("By province: {named}{more}{unknown}.")
    }
}
