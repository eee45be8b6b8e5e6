//! Where: the phrases of a sentence that the gazetteer knows, each as long as it can be.

mod core;
mod narrow;
mod spot;
mod unknown;

pub(super) use spot::{Spot, area_name, covers};

use rustc_hash::FxHashMap;

use super::lexicon::Role;
use super::sentence::Sentence;
use crate::gazetteer::{Gazetteer, Grounds, Query, Resolution, Tier, locate};
use crate::ground::basemap::Basemap;
use crate::record::{Location, Precision};

/// A phrase and the area that it is said to be in.
type Asked = (String, Option<String>);

/// Finds places; asks for each phrase once.
pub(super) struct Finder<'a> {
    gazetteer: &'a Gazetteer,
    grounds: Grounds<'a>,
    known: FxHashMap<Asked, Option<(Location, Tier)>>,
    /// The country that the article is about, once that is known.
    pub country: Option<String>,
}

/// Words that begin a name in small letters.
const PARTICLES: &[&str] = &[
    "al", "el", "ad", "as", "ash", "at", "an", "ar", "az", "es", "ez", "deir", "bin", "umm", "abu",
    "um", "de", "wadi", "oum",
];

/// Words that begin names of many places.
const PREFIXES: &[&str] = &[
    "tal", "tall", "tell", "kafr", "kefr", "kfar", "deir", "khan", "beit", "bayt", "ain", "ayn",
    "jabal", "ras", "bir", "wadi", "umm", "abu", "qalat", "khirbet", "khirbat", "jisr", "maarat",
    "bab", "hajar", "port", "fort", "novo",
];

/// Words of a name.
const LONGEST: usize = 5;

/// A phrase that begins with one of these is read without it.
const NO_START: &[&str] = &[
    "from", "to", "of", "and", "within", "a", "an", "some", "about", "roughly", "further",
    "farther", "safer", "line", "in", "on", "with",
];

impl<'a> Finder<'a> {
    pub fn new(gazetteer: &'a Gazetteer) -> Finder<'a> {
        Finder {
            gazetteer,
            grounds: Grounds::new(gazetteer, Basemap::embedded()),
            known: FxHashMap::default(),
            country: None,
        }
    }

    /// Names are of this country from here on.
    pub fn of_country(&mut self, country: Option<String>) {
        if self.country != country {
            self.known.clear();
            self.country = country;
        }
    }

    /// The ground of a phrase by itself; of a name that several places have, the one in the article's country.
    pub fn look(&mut self, phrase: &str, admin1: Option<&str>) -> Option<(Location, Tier)> {
        let key = (phrase.to_owned(), admin1.map(str::to_owned));
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let country = self.country.clone();
        let ask = |country: Option<&str>, admin1: Option<&str>| {
            let query = Query {
                name: phrase,
                admin1,
                country,
                with: &[],
            };
            match self.gazetteer.resolve(&query) {
                Resolution::Place(found) | Resolution::Region(found) => {
                    let tier = found.matched.1;
                    locate(&found, &self.grounds).map(|location| (location, tier))
                }
                _ => None,
            }
        };
        let home = country
            .as_deref()
            .and_then(|country| ask(Some(country), admin1));
        let found = match home {
            Some(home) if home.1 <= Tier::Folded => Some(home),
            home => {
                let anywhere = ask(None, admin1);
                match (home, anywhere) {
                    (Some(home), Some(other)) if other.1 < home.1 => Some(other),
                    (Some(home), _) => Some(home),
                    // Abroad a name has to be written as it is known.
                    (None, other) => {
                        other.filter(|(_, tier)| country.is_none() || *tier <= Tier::Folded)
                    }
                }
            }
        };
        self.known.insert(key, found.clone());
        found
    }

    /// Every place of a sentence, in its order.
    pub fn spots(&mut self, s: &Sentence<'_>, text: &str, taken: &[bool]) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        let mut at = 0;
        while at < s.len() {
            let busy = taken.get(at).copied().unwrap_or(false);
            let free_from = spots.last().map_or(0, |last| last.tokens.end);
            match self.spot(s, text, at, free_from).filter(|_| !busy) {
                Some(spot) => {
                    at = spot.tokens.end.max(at + 1);
                    spots.push(spot);
                }
                None => at += 1,
            }
        }
        self.narrow(s, spots)
    }

    fn spot(&mut self, s: &Sentence<'_>, text: &str, at: usize, free_from: usize) -> Option<Spot> {
        // "the Islamic State in Iraq and the Levant"
        if s.within(at, Role::Force).is_some_and(|tag| tag.len > 2) {
            return None;
        }
        let Some(core) = self.core(s, text, at) else {
            return self.unknown(s, text, at);
        };
        let (mut left, mut right) = (core.start, core.end);
        while left > free_from && core.start - left < 12 && self.is_inner(s, left - 1) {
            left -= 1;
        }
        // "Idlib's northern countryside", "Maaret al-Numan and surrounding villages", "the Damascus-Aleppo highway"
        if s.lower(right) == "'s" {
            let mut end = right + 1;
            while self.is_inner(s, end) && !NO_START.contains(&s.lower(end)) && end - right < 6 {
                end += 1;
            }
            if end > right + 1 {
                right = end;
            }
        } else {
            let mut end = right;
            while end - right < 6 {
                let joined = s.tokens.get(end).is_some_and(|t| t.hyphened && t.capital)
                    || matches!(s.lower(end), "–" | "/") && s.is_capital(end + 1)
                    || s.has(end, Role::After) && !(s.is_capital(end) && s.has(end, Role::Org));
                let villages = s.lower(end) == "and"
                    && matches!(
                        s.lower(end + 1),
                        "surrounding" | "nearby" | "its" | "neighbouring" | "the"
                    );
                if joined {
                    end += 1;
                } else if villages {
                    let mut to = end + 1;
                    while self.is_inner(s, to)
                        || matches!(s.lower(to), "its" | "villages" | "countryside")
                    {
                        to += 1;
                    }
                    let particle = PARTICLES.contains(&s.lower(to))
                        && s.tokens
                            .get(to + 1)
                            .is_some_and(|t| t.hyphened && t.capital);
                    if s.is_capital(to) || particle {
                        break;
                    }
                    end = to;
                } else {
                    break;
                }
            }
            right = end;
        }
        // "between X and Y", "the border of X and Y"
        let between = (left..core.start).any(|at| s.lower(at) == "between");
        let mut ends = vec![right];
        if between
            && s.lower(core.end) == "and"
            && let Some(second) = self.core_from(s, text, core.end + 1)
        {
            let mut end = second.end;
            while s.has(end, Role::After) {
                end += 1;
            }
            ends.insert(0, end);
        }
        for end in (core.end..right).rev() {
            ends.push(end);
        }
        ends.dedup();
        for start in left..=core.start {
            let first = s.lower(start);
            let joins_next = s.tokens.get(start).is_some_and(|token| token.hyphened);
            if start < core.start
                && (NO_START.contains(&first)
                    // "the villages of X and Y"
                    || matches!(first, "villages" | "towns" | "cities")
                        && s.lower(start + 1) == "of"
                        && matches!(s.lower(core.end), "and" | ",")
                    || joins_next
                    || s.has(start, Role::After)
                        && s.lower(start + 1) != "of"
                        && !matches!(first, "border" | "villages" | "district")
                    || first == "line")
            {
                continue;
            }
            for &end in &ends {
                let span = s.span(start..end);
                let phrase = text.get(span.clone())?;
                let phrase = phrase
                    .strip_prefix("the ")
                    .or_else(|| phrase.strip_prefix("The "))
                    .unwrap_or(phrase);
                let mut clean = phrase.replace('\n', " ");
                // "in the south of X" is within the town X; "south of X" is not.
                let side = start + usize::from(s.lower(start) == "the");
                if s.lower(side + 1) == "of"
                    && s.before(side) == "the"
                    && side + 2 <= core.start
                    && is_side(s.lower(side))
                    && let Some(name) = text.get(s.span(side + 2..end))
                    && self
                        .look(name, None)
                        .is_some_and(|(at, _)| at.precision == Precision::Exact)
                {
                    clean = name.replace('\n', " ");
                }
                let Some((location, tier)) = self.look(&clean, None) else {
                    continue;
                };
                if tier > Tier::Romanised && !self.trusted(s, start, core.start, tier) {
                    continue;
                }
                // "the Hamrin mountains" are not Hamrin: what is known is that they are about there.
                let feature = core.end + 1;
                if end == core.end
                    && (start == core.start || s.lower(start) == "the" && start + 1 == core.start)
                    && is_feature(s.lower(core.end))
                    && let Some(name) = text.get(s.span(core.clone()))
                    && let Some(whole) = text.get(s.span(core.start..feature))
                    && let Some(spot) = self.about(start..feature, name, whole, location.clone())
                {
                    return Some(Spot {
                        from: s.before(start) == "from",
                        ..spot
                    });
                }
                let wide = self.governorate(&location, &clean);
                let before = s.before(start).to_owned();
                let mut lead = start;
                // "in the Yemeni port city of X"
                while lead > 1
                    && start - lead < 6
                    && s.is_word(lead - 1)
                    && !s.has(lead - 1, Role::Where)
                    && s.within(lead - 1, Role::Object).is_none()
                    && !s.has(lead - 1, Role::Say)
                    && (s.is_capital(lead - 1) || !s.has(lead - 1, Role::Person))
                    && !s.has(lead - 1, Role::Break)
                {
                    lead -= 1;
                }
                let framed = lead.checked_sub(1).is_some_and(|at| {
                    s.has(at, Role::Where) || s.within(at, Role::Object).is_some()
                }) || s.has(start, Role::Where)
                    || is_side(s.lower(start)) && s.lower(start + 1) == "of"
                    || matches!(
                        s.lower(start),
                        "near" | "between" | "close" | "outside" | "around"
                    )
                    // "by the road outside X"
                    || (start..core.start).any(|at| matches!(s.lower(at), "near" | "outside" | "around"))
                    || start == 0
                    || s.lower(end) == ":";
                return Some(Spot {
                    tokens: start..end,
                    core,
                    phrase: clean,
                    location,
                    within: None,
                    from: before == "from",
                    framed,
                    unknown: false,
                    wide,
                    part: None,
                });
            }
        }
        self.unknown(s, text, at)
    }

    /// The governorate that has the name of its town.
    pub(super) fn governorate(&mut self, location: &Location, phrase: &str) -> Option<Location> {
        let said = phrase.to_lowercase();
        let settlement = ["city", "town", "village", "near", "around"];
        let same = location.admin1.as_deref() == Some(&location.name)
            && !said.split(' ').any(|word| settlement.contains(&word));
        if location.precision != Precision::Exact || !same {
            return None;
        }
        let (wide, _) = self.look(&format!("{phrase} governorate"), None)?;
        (wide.precision == Precision::Governorate).then_some(wide)
    }

    fn is_inner(&self, s: &Sentence<'_>, at: usize) -> bool {
        // "close to X"; but "from X district to Y"
        if s.lower(at) == "to" && !matches!(s.before(at), "close" | "next") {
            return false;
        }
        if s.within(at, Role::Inner).is_some() {
            return true;
        }
        // "western and northern neighbourhoods of"
        if s.lower(at) == "and" && s.before(at).ends_with("ern") && s.lower(at + 1).ends_with("ern")
        {
            return true;
        }
        // "12 km north of"
        let number =
            s.tokens.get(at).is_some_and(|t| t.figure().is_some()) || s.has(at, Role::Number);
        number
            && matches!(
                s.lower(at + 1),
                "km" | "kilometres" | "kilometers" | "miles" | "kilometre" | "mile"
            )
    }
}

/// Words for ground that has its name from a place.
fn is_feature(word: &str) -> bool {
    matches!(
        word,
        "mountain"
            | "mountains"
            | "hills"
            | "desert"
            | "steppe"
            | "valley"
            | "range"
            | "plain"
            | "plains"
    )
}

fn is_side(word: &str) -> bool {
    matches!(
        word,
        "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "centre"
            | "center"
    )
}

fn demonym(word: &str) -> bool {
    [
        "syrian",
        "iraqi",
        "turkish",
        "lebanese",
        "ukrainian",
        "russian",
        "sudanese",
        "yemeni",
        "jordanian",
        "iranian",
        "israeli",
        "libyan",
        "saudi",
        "american",
        "british",
        "french",
        "kurdish",
        "palestinian",
        "syrians",
        "iraqis",
        "russians",
        "ukrainians",
    ]
    .contains(&word)
}
