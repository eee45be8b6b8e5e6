//! Where: the phrases of a sentence that the gazetteer knows, each as long as it can be.

use std::ops::Range;

use geo::{Contains, Distance, Haversine, Point};
use rustc_hash::FxHashMap;

use super::lexicon::Role;
use super::sentence::Sentence;
use crate::gazetteer::{Gazetteer, Grounds, Query, Resolution, Tier, locate};
use crate::ground::basemap::Basemap;
use crate::layer::centre;
use crate::record::{Footprint, Location, Precision};

/// A phrase for a place, and where that is.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub tokens: Range<usize>,
    /// The name within the phrase.
    pub core: Range<usize>,
    pub phrase: String,
    pub location: Location,
    /// Name of the area that the text puts it in, if it does.
    pub within: Option<Box<Spot>>,
    /// Behind "from".
    pub from: bool,
    /// Said to be where something is: "in", "at", the object of a verb, a heading.
    pub framed: bool,
    /// The gazetteer does not have it.
    pub unknown: bool,
    /// The governorate of the name, if it is that of a settlement too: reports mean either.
    pub wide: Option<Location>,
}

impl Spot {
    pub fn is_country(&self) -> bool {
        self.location.precision >= Precision::Country && !self.unknown
    }

    /// Kilometres between the middles of two.
    pub fn distance_km(&self, other: &Spot) -> f64 {
        Haversine.distance(centre(&self.location), centre(&other.location)) / 1000.0
    }

    /// Whether the other lies in it.
    pub fn covers(&self, other: &Spot) -> bool {
        let over = |wide: &Location| covers(wide, &other.location);
        !self.unknown
            && !other.unknown
            && (over(&self.location) || self.wide.as_ref().is_some_and(over))
    }

    /// Whether both may be one place.
    pub fn agrees(&self, other: &Spot) -> bool {
        self.phrase == other.phrase
            || self.location.name == other.location.name
            || !(self.unknown || other.unknown) && self.near_or_in(other)
    }

    fn near_or_in(&self, other: &Spot) -> bool {
        // Two settlements are two places, however near.
        let exact =
            |spot: &Spot| spot.location.precision == Precision::Exact && spot.wide.is_none();
        if exact(self) && exact(other) {
            return self.distance_km(other) < 1.0;
        }
        self.covers(other)
            || other.covers(self)
            || self.distance_km(other) < 6.0_f64.max(self.reach().min(other.reach()) * 0.5)
    }

    fn reach(&self) -> f64 {
        self.location.radius_km
    }

    /// How vaguely it is known: less is finer.
    pub fn vagueness(&self) -> f64 {
        if self.unknown {
            1.0
        } else {
            self.location.radius_km
        }
    }
}

/// Whether the middle of one lies in the other, which is wider.
pub(super) fn covers(wide: &Location, narrow: &Location) -> bool {
    if narrow.radius_km > wide.radius_km * 1.05 {
        return false;
    }
    let middle = centre(narrow);
    match &wide.footprint {
        Footprint::Point(_) => false,
        Footprint::Disc(at) => {
            wide.radius_km > 5.0 && Haversine.distance(*at, middle) / 1000.0 <= wide.radius_km
        }
        Footprint::Area(area) => area.contains(&middle) || near_area(area, middle),
    }
}

/// Outlines are drawn roughly: a border town may lie just outside.
fn near_area(area: &geo::MultiPolygon, point: Point) -> bool {
    const STEP: f64 = 0.05;
    [(-STEP, 0.0), (STEP, 0.0), (0.0, STEP), (0.0, -STEP)]
        .iter()
        .any(|(dx, dy)| area.contains(&Point::new(point.x() + dx, point.y() + dy)))
}

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
                    if s.is_capital(to) {
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
                let wide = self.governorate(&location, &clean);
                let before = s.before(start).to_owned();
                let mut lead = start;
                // "in the Yemeni port city of X"
                while lead > 1
                    && start - lead < 4
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
                    || matches!(s.lower(start), "near" | "between")
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
                });
            }
        }
        None
    }

    /// The governorate that has the name of its town.
    fn governorate(&mut self, location: &Location, phrase: &str) -> Option<Location> {
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

    /// A name that the gazetteer does not have, where the text says that it is one of a settlement: "the village of X". It
    /// is somewhere in the country of the article.
    fn unknown(&mut self, s: &Sentence<'_>, text: &str, at: usize) -> Option<Spot> {
        const NOUNS: [&str; 10] = [
            "town",
            "village",
            "city",
            "hamlet",
            "district",
            "neighbourhood",
            "axis",
            "front",
            "camp",
            "neighborhood",
        ];
        let token = s.tokens.get(at)?;
        let particle = PARTICLES.contains(&token.lower.as_str())
            && s.tokens
                .get(at + 1)
                .is_some_and(|next| next.capital && next.hyphened);
        if !token.word || !(token.capital || particle) || token.hyphened || demonym(&token.lower) {
            return None;
        }
        let mut end = at + 1;
        while s.tokens.get(end).is_some_and(|next| {
            next.word
                && end - at < LONGEST
                && (next.capital || next.hyphened && !s.has(end, Role::Glue))
        }) {
            end += 1;
        }
        let before = s.before(at) == "of" && at >= 2 && NOUNS.contains(&s.lower(at - 2));
        let after = NOUNS.contains(&s.lower(end))
            && matches!(s.before(at), "in" | "the" | "near" | "at" | "of");
        // "shelling in Xyz wounded two": a name behind "in" that is no word that we know.
        let moved = matches!(s.before(at), "to" | "towards" | "toward" | "from" | "for")
            && (0..at).any(|i| s.has(i, Role::Flee));
        let framed = (moved || matches!(s.before(at), "in" | "near" | "outside"))
            && s.tags.iter().all(|tag| tag.at != at)
            && !s.has(end, Role::Org)
            && s.lower(end) != "'s"
            && !s.tokens.get(end).is_some_and(|next| next.hyphened);
        if !(before || after || framed) || s.has(at, Role::Month) || s.has(at, Role::Weekday) {
            return None;
        }
        let code = self.country.clone()?;
        let country = Basemap::embedded().country_by_code(&code)?.name;
        let (country, _) = self.look(country, None)?;
        let name = text.get(s.span(at..end))?.replace('\n', " ");
        let location = Location {
            name: name.clone(),
            precision: Precision::Country,
            basis: "not in the gazetteer".to_owned(),
            ..country
        };
        let start = if before { at - 2 } else { at };
        Some(Spot {
            tokens: start..end + usize::from(after),
            core: at..end,
            phrase: name,
            location,
            within: None,
            from: s.before(start) == "from",
            framed: true,
            unknown: true,
            wide: None,
        })
    }

    /// A name heard wrongly is believed only where the text says that it is a place.
    fn trusted(&self, s: &Sentence<'_>, start: usize, core: usize, tier: Tier) -> bool {
        let settlement = (start.saturating_sub(3)..core).any(|at| {
            matches!(
                s.lower(at),
                "town"
                    | "village"
                    | "city"
                    | "district"
                    | "villages"
                    | "towns"
                    | "outskirts"
                    | "countryside"
            )
        });
        settlement && tier <= Tier::Fuzzy
            || tier <= Tier::Skeleton
                && start > 0
                && matches!(s.before(start), "in" | "at" | "near" | "on")
    }

    fn is_inner(&self, s: &Sentence<'_>, at: usize) -> bool {
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

    /// A name that begins here.
    fn core(&mut self, s: &Sentence<'_>, text: &str, at: usize) -> Option<Range<usize>> {
        // "the Turkish border"
        if s.is_capital(at)
            && s.within(at, Role::Inner).is_some()
            && (s.lower(at + 1) == "border" || s.lower(at + 1) == "frontier")
        {
            return Some(at..at + 2);
        }
        self.core_from(s, text, at)
    }

    fn core_from(&mut self, s: &Sentence<'_>, text: &str, at: usize) -> Option<Range<usize>> {
        let token = s.tokens.get(at)?;
        let particle = PARTICLES.contains(&token.lower.as_str())
            && s.tokens
                .get(at + 1)
                .is_some_and(|next| next.capital && next.hyphened);
        if !token.word
            || !(token.capital || particle)
            || token.hyphened && at > 0 && s.is_capital(at - 1)
        {
            return None;
        }
        let common = [Role::Month, Role::Weekday, Role::Inner, Role::Org];
        if !particle
            && common.iter().any(|role| s.has(at, *role))
            && !PARTICLES.contains(&token.lower.as_str())
            && !s.is_capital(at + 1)
        {
            return None;
        }
        if !particle && s.has(at, Role::Where) && !token.hyphened {
            return None;
        }
        let opening = at == 0 || matches!(s.before(at), "\"" | "“" | "‘" | ":" | "-" | "•");
        let mut most = 1;
        while most < LONGEST {
            let Some(next) = s.tokens.get(at + most) else {
                break;
            };
            let goes_on = next.word
                && (next.capital
                    || PARTICLES.contains(&next.lower.as_str())
                        && (next.hyphened
                            || s.tokens
                                .get(at + most + 1)
                                .is_some_and(|t| t.hyphened && t.capital))
                    || next.hyphened && !s.has(at + most, Role::Glue));
            if !goes_on {
                break;
            }
            most += 1;
        }
        for len in (1..=most).rev() {
            let end = at + len;
            let next_glued = s.tokens.get(end).is_some_and(|t| t.hyphened);
            if next_glued && (s.has(end, Role::Glue) || !s.is_capital(end)) {
                continue;
            }
            let numbered = s.tokens.get(end).is_some_and(|t| t.figure().is_some());
            let org = s.has(end, Role::Org) && (s.is_capital(end) || numbered);
            if org && !s.has(end, Role::Inner) {
                return None;
            }
            // Followed by a title's or a person's name: "Idlib" may be, "Hassan Nasr" may not.
            let last_small = s.tokens.get(end - 1).is_some_and(|t| !t.capital);
            if last_small && !(s.tokens.get(end - 1).is_some_and(|t| t.hyphened)) {
                continue;
            }
            if len == 1
                && opening
                && s.tags
                    .iter()
                    .any(|tag| tag.at == at && !matches!(tag.role, Role::Inner))
            {
                continue;
            }
            let words: Vec<_> = s.tokens.get(at..end)?.iter().collect();
            if words.iter().all(|t| t.lower.chars().count() < 3)
                && !matches!(token.lower.as_str(), "us" | "uk")
            {
                continue;
            }
            let name = text.get(s.span(at..end))?.replace('\n', " ");
            if matches!(token.lower.as_str(), "us" | "uk") || demonym(&token.lower) && len == 1 {
                return None;
            }
            let spoken = s.before(at) == "of" || s.before(at) == "in" || s.before(at) == "near";
            match self.look(&name, None) {
                Some((_, tier)) if tier <= Tier::Romanised => return Some(at..end),
                Some((_, tier)) if self.trusted(s, at, at, tier) && len > 0 && spoken => {
                    return Some(at..end);
                }
                Some(_) => continue,
                // One of several of that name: the whole phrase may tell.
                None if self.is_ambiguous(&name) => return Some(at..end),
                None => continue,
            }
        }
        None
    }

    fn is_ambiguous(&self, name: &str) -> bool {
        matches!(
            self.gazetteer.resolve(&Query::name(name)),
            Resolution::Ambiguous(_)
        )
    }

    /// "X, Idlib province", "X in Idlib": the wider one says where the other is.
    fn narrow(&mut self, s: &Sentence<'_>, spots: Vec<Spot>) -> Vec<Spot> {
        let mut kept: Vec<Spot> = Vec::new();
        for mut spot in spots {
            let Some(last) = kept.last_mut() else {
                kept.push(spot);
                continue;
            };
            let between = last.tokens.end..spot.tokens.start;
            // "Syria's Idlib province"
            if between.len() == 1 && s.lower(between.start) == "'s" {
                spot.framed |= last.framed;
                spot.from |= last.from;
                spot.tokens.start = last.tokens.start;
                *last = spot;
                continue;
            }
            let word = |at: usize| {
                !matches!(s.lower(at), "from" | "to" | "with" | "between")
                    && (matches!(
                        s.lower(at),
                        "," | "in"
                            | "of"
                            | "the"
                            | "("
                            | "at"
                            | "on"
                            | "outside"
                            | "-"
                            | "–"
                            | "near"
                    ) || s.has(at, Role::Inner))
            };
            let joined = between.len() <= 5 && between.clone().all(word);
            let inside = between.clone().any(|at| matches!(s.lower(at), "in" | "of"))
                || matches!(
                    s.lower(spot.tokens.start),
                    "near" | "south" | "north" | "east" | "west" | "outside"
                );
            let wider = spot.location.radius_km > last.location.radius_km * 1.5
                || spot.location.precision > last.location.precision;
            if !joined || !(inside || wider) || last.is_country() {
                kept.push(spot);
                continue;
            }
            let part = (last.tokens.clone()).any(|at| {
                matches!(
                    s.lower(at),
                    "neighbourhood" | "neighborhood" | "quarter" | "camp"
                )
            });
            if part && (last.unknown || last.distance_km(&spot) > 8.0) {
                spot.tokens.start = last.tokens.start;
                spot.framed |= last.framed;
                spot.from |= last.from;
                *last = spot;
                continue;
            }
            // "X, east of Y": Y is far off.
            let aside = s.lower(between.start) == "," && is_side(s.lower(spot.tokens.start));
            if aside && !last.unknown {
                last.tokens.end = spot.tokens.end;
                continue;
            }
            if last.unknown && s.lower(spot.tokens.start) == "near" {
                // All that is known is what it is near.
                spot.framed |= last.framed;
                spot.tokens.start = last.tokens.start;
                *last = spot;
                continue;
            }
            if last.unknown {
                // Somewhere in there.
                last.location = Location {
                    name: last.location.name.clone(),
                    ..spot.location.clone()
                };
                last.tokens.end = spot.tokens.end;
                last.within = Some(Box::new(spot));
                continue;
            }
            let close = spot.covers(last)
                || last.distance_km(&spot) <= 25.0_f64.max(spot.location.radius_km * 1.5);
            if close && wider {
                last.tokens.end = spot.tokens.end;
                last.within = Some(Box::new(spot));
                continue;
            }
            if close && inside {
                // "Y camp near X", "the Y neighbourhood of X"
                last.tokens.end = spot.tokens.end;
                continue;
            }
            // The name stands elsewhere too: there it is the one in that area.
            if wider
                && let Some((location, _)) =
                    self.look(&last.phrase.clone(), Some(&area_name(&spot)))
                && covers(&spot.location, &location)
            {
                last.location = location;
                last.tokens.end = spot.tokens.end;
                last.within = Some(Box::new(spot));
                continue;
            }
            if inside {
                // Not the one that the gazetteer has: all that is known is where it is said to be.
                spot.tokens.start = last.tokens.start;
                spot.framed |= last.framed;
                spot.from |= last.from;
                *last = spot;
                continue;
            }
            kept.push(spot);
        }
        kept
    }
}

/// The name of the admin area of a spot.
pub(super) fn area_name(spot: &Spot) -> String {
    spot.location
        .admin1
        .clone()
        .unwrap_or_else(|| spot.location.name.clone())
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
