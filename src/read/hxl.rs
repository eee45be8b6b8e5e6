//! Tables with a row of HXL tags: tags → our names of columns.
//!
//! Source: *Humanitarian Exchange Language, HXL hashtag dictionary 1.1*, hxlstandard.org.

use csv::StringRecord;

use super::head::Subject;

/// Whether a row is one of tags: every cell that is not empty is one.
pub fn is_hashtags(record: &StringRecord) -> bool {
    let mut cells = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let is_tag = |cell: &str| {
        let name = cell.strip_prefix('#').map(str::trim_start);
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let first = cells.next().is_some_and(is_tag);
    first && cells.all(is_tag)
}

/// Puts our names in the place of those whose tags mean the same. Of several columns that would get one name, the most
/// telling one gets it.
pub(super) fn rename(known: &mut [String], tags: &StringRecord, subject: Subject) {
    let meanings: Vec<Option<(&str, u8)>> = tags
        .iter()
        .map(|cell| {
            let tag = Tag::of(cell);
            // What was found out about a record is no part of it.
            if tag.has(&["resolved"]) {
                return None;
            }
            match subject {
                Subject::Incidents => tag.of_incident(),
                Subject::Displacement => tag.of_movement(),
            }
        })
        .collect();
    for (i, meaning) in meanings.iter().enumerate() {
        let Some((name, rank)) = *meaning else {
            continue;
        };
        let better = |(j, other): (usize, &Option<(&str, u8)>)| {
            other.is_some_and(|(n, r)| n == name && (r, j) < (rank, i))
        };
        if meanings.iter().enumerate().any(better) {
            continue;
        }
        // A name that stands over another column would be there twice.
        for (j, other) in known.iter_mut().enumerate() {
            if j != i && *other == name {
                other.push_str("_untagged");
            }
        }
        if let Some(known) = known.get_mut(i) {
            name.clone_into(known);
        }
    }
}

/// `#affected +killed +min`, in lower case.
struct Tag {
    base: String,
    attributes: Vec<String>,
}

impl Tag {
    fn of(cell: &str) -> Tag {
        let mut parts = cell.split('+').map(|part| part.trim().to_ascii_lowercase());
        let base = parts.next().unwrap_or_default();
        Tag {
            base: base.trim_start_matches('#').trim_start().to_owned(),
            attributes: parts.collect(),
        }
    }

    fn has(&self, attributes: &[&str]) -> bool {
        let known = |attribute: &String| attributes.contains(&attribute.as_str());
        self.attributes.iter().any(known)
    }

    /// Which of the names for the whole, the low, the best and the high figure of a count fits.
    fn bound(&self, [whole, low, best, high]: [&'static str; 4]) -> &'static str {
        if self.has(&["min", "low"]) {
            low
        } else if self.has(&["max", "high"]) {
            high
        } else if self.has(&["best"]) {
            best
        } else {
            whole
        }
    }

    /// Names before codes.
    fn rank(&self) -> u8 {
        u8::from(self.has(&["code", "id", "num", "v_pcode"]))
    }

    /// Our name of a column, and how telling it is: the least is the most.
    fn of_incident(&self) -> Option<(&'static str, u8)> {
        let rank = self.rank();
        let name = match self.base.as_str() {
            "event" | "crisis" if self.has(&["id", "code", "num"]) => return self.of_any(),
            // A sub-event type is the closer word.
            "event" if self.has(&["sub", "subtype"]) => return Some(("kind", 0)),
            "event" if self.has(&["type"]) => return Some(("kind", 1)),
            "event" | "incident" if self.attributes.is_empty() => return Some(("kind", 2)),
            "geo" if self.has(&["lat"]) => "lat",
            "geo" if self.has(&["lon"]) => "lon",
            "geo" if self.has(&["precision"]) => "precision",
            "loc" => "place",
            "adm1" => "admin1",
            "country" => "country",
            "affected" | "impact" if self.has(&["killed"]) => {
                self.bound(["killed", "killed_low", "killed_best", "killed_high"])
            }
            "affected" | "impact" if self.has(&["injured", "wounded"]) => {
                self.bound(["injured", "injured_low", "injured_best", "injured_high"])
            }
            "actor" | "group" if self.has(&["target", "second"]) => "target",
            "actor" | "group" => "actor",
            "targeted" => "target",
            "indicator" if self.has(&["munitions", "strikes"]) => "count",
            _ => return self.of_any(),
        };
        Some((name, rank))
    }

    fn of_movement(&self) -> Option<(&'static str, u8)> {
        let base = self.base.as_str();
        // The closest place that is named; a code says nothing to whom it is not known.
        let area = ["loc", "adm5", "adm4", "adm3", "adm2", "adm1", "country"];
        if let Some(rank) = area.iter().position(|area| *area == base) {
            let end = if self.has(&["origin", "from"]) {
                "origin"
            } else {
                "destination"
            };
            return Some((end, rank as u8 + 10 * self.rank()));
        }
        let people = ["affected", "population", "inneed", "reached"].contains(&base)
            && !self.has(&["killed", "injured", "hh"]);
        if people {
            let moved = self.has(&["idps", "displaced", "refugees", "returnees"]);
            let name = self.bound(["people", "people_low", "people_best", "people_high"]);
            return Some((name, u8::from(!moved)));
        }
        self.of_any()
    }

    fn of_any(&self) -> Option<(&'static str, u8)> {
        let name = match self.base.as_str() {
            "event" | "crisis" if self.has(&["id", "code", "num"]) => return Some(("id", 0)),
            "date" if self.has(&["start"]) => "date_start",
            "date" if self.has(&["end"]) => "date_end",
            "date" if self.has(&["reported", "published"]) => "published",
            "date" => "date",
            "meta" if self.has(&["source"]) => "source",
            "meta" if self.has(&["url", "link"]) => "url",
            "meta" if self.has(&["id"]) => "id",
            "meta" if self.has(&["quote"]) => "quote",
            "meta" if self.has(&["sensitive"]) => "sensitive",
            "source" => "source",
            "description" => "note",
            _ => return None,
        };
        Some((name, self.rank()))
    }
}
