//! The words that make a place phrase out of a name, and the words of a phrase.

use super::super::region::Side;
use super::super::{fold, hints, words};

/// What a word does in a place phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Anything not in the tables: a name, or a word that is none of ours.
    Other,
    /// Adds nothing to where it is: "the", "strategic", "rebel-held".
    Filler,
    /// A side or the middle: "north", "north-western", "rural".
    Direction,
    /// A country's adjective: "Syrian".
    Demonym,
    /// "province" (1), "district" (2).
    Admin(u8),
    /// The same in the plural, for all of a list.
    Admins(u8),
    /// "city", "village".
    Settlement,
    /// A thing that is no settlement: "mountain", "dam".
    Feature,
    /// A part within a settlement: "neighbourhoods".
    Quarter,
    /// A part of an area: "countryside", "parts", "edges".
    Part,
    /// Ground around: "area", "surroundings", "villages".
    Area,
    /// "border", "frontier", "crossing".
    Border,
    /// "near", "outside".
    Near,
    /// "in", "on", "at".
    In,
    /// "of", "from", "with", "to".
    Of,
    /// "and".
    And,
    /// "between".
    Between,
    /// "highway".
    Road,
    /// "kilometres" (1.0), "miles" (1.6).
    Kilometres,
    /// A comma.
    Comma,
    /// A semicolon.
    Semicolon,
    /// A stroke between two names of one thing, or a bracket around the second.
    Or,
}

/// Folded words by role, hyphens and spaces inside a word left out.
const ROLES: &[(Role, &[&str])] = &[
    (
        Role::Filler,
        &[
            "the",
            "a",
            "an",
            "strategic",
            "rebelheld",
            "oppositionheld",
            "governmentheld",
            "regimeheld",
            "rebel",
            "opposition",
            "held",
            "besieged",
            "embattled",
            "densely",
            "populated",
            "neighbouring",
            "neighboring",
            "nearby",
            "surrounding",
            "adjacent",
            "safer",
            "further",
            "farther",
            "its",
            "ancient",
            "historic",
            "major",
            "main",
            "key",
            "kurdishheld",
            "turkishheld",
            "last",
            "stretch",
            "some",
            "about",
            "roughly",
            "approximately",
            "whole",
            "entire",
            "mostly",
            "mainly",
        ],
    ),
    (
        Role::Direction,
        &[
            "north",
            "south",
            "east",
            "west",
            "northern",
            "southern",
            "eastern",
            "western",
            "northeast",
            "northwest",
            "southeast",
            "southwest",
            "northeastern",
            "northwestern",
            "southeastern",
            "southwestern",
            "central",
            "rural",
            "upper",
            "lower",
            "far",
            "شمال",
            "جنوب",
            "شرق",
            "غرب",
            "شمالي",
            "جنوبي",
            "شرقي",
            "غربي",
            "الشمالي",
            "الجنوبي",
            "الشرقي",
            "الغربي",
            "وسط",
            "nord",
            "sud",
            "ouest",
            "kuzey",
            "guney",
            "dogu",
            "bati",
            "kuzeyi",
            "guneyi",
            "dogusu",
            "batisi",
        ],
    ),
    (
        Role::Settlement,
        &[
            "city",
            "town",
            "village",
            "hamlet",
            "locality",
            "township",
            "cities",
            "towns",
            "مدينه",
            "بلده",
            "قريه",
        ],
    ),
    (
        Role::Feature,
        &[
            "mountain",
            "mountains",
            "mount",
            "hill",
            "hills",
            "plain",
            "plains",
            "valley",
            "lake",
            "river",
            "dam",
            "island",
            "desert",
            "airport",
            "airbase",
            "airfield",
            "base",
            "barracks",
            "checkpoint",
            "checkpoints",
            "farm",
            "farms",
            "heliport",
            "junction",
            "bridge",
            "silos",
            "ruins",
            "factory",
            "field",
            "جبل",
            "جبال",
            "سهل",
            "سد",
            "مطار",
        ],
    ),
    (
        Role::Quarter,
        &[
            "neighbourhood",
            "neighborhood",
            "neighbourhoods",
            "neighborhoods",
            "quarter",
            "quarters",
            "streets",
            "حي",
            "احياء",
        ],
    ),
    (
        Role::Part,
        &[
            "countryside",
            "part",
            "parts",
            "section",
            "sections",
            "side",
            "edge",
            "edges",
            "half",
            "corner",
            "rif",
            "reef",
            "badia",
            "tip",
            "fringes",
            "campagne",
            "kirsali",
            "ريف",
            "باديه",
        ],
    ),
    (
        Role::Area,
        &[
            "area",
            "areas",
            "region",
            "regions",
            "vicinity",
            "surroundings",
            "environs",
            "outskirts",
            "suburb",
            "suburbs",
            "villages",
            "zone",
            "subdistrict",
            "nahiya",
            "nahiyah",
            "hinterland",
            "ناحيه",
            "ضواحي",
            "محيط",
        ],
    ),
    (
        Role::Border,
        &[
            "border",
            "borders",
            "frontier",
            "crossing",
            "borderline",
            "حدود",
            "الحدود",
            "siniri",
            "frontiere",
        ],
    ),
    (
        Role::Near,
        &[
            "near",
            "outside",
            "around",
            "close",
            "beside",
            "along",
            "towards",
            "toward",
            "قرب",
            "حول",
            "yakininda",
            "pres",
        ],
    ),
    (
        Role::In,
        &[
            "in",
            "inside",
            "within",
            "at",
            "on",
            "across",
            "throughout",
            "في",
        ],
    ),
    (Role::Of, &["of", "from", "with", "to", "de"]),
    (Role::And, &["and", "و", "et", "ve"]),
    (Role::Between, &["between", "بين", "entre"]),
    (
        Role::Road,
        &[
            "highway",
            "highways",
            "road",
            "roads",
            "motorway",
            "route",
            "autostrad",
            "autoroute",
            "طريق",
            "اوتوستراد",
        ],
    ),
    (
        Role::Kilometres,
        &[
            "km",
            "kilometre",
            "kilometres",
            "kilometer",
            "kilometers",
            "kms",
            "mile",
            "miles",
        ],
    ),
];

/// Direction words by side.
const SIDES: &[(Side, &[&str])] = &[
    (
        Side::Compass(0),
        &[
            "north",
            "northern",
            "northward",
            "nord",
            "kuzey",
            "kuzeyi",
            "شمال",
            "شمالي",
        ],
    ),
    (Side::Compass(1), &["northeast", "northeastern", "nordest"]),
    (
        Side::Compass(2),
        &["east", "eastern", "dogu", "dogusu", "شرق", "شرقي"],
    ),
    (Side::Compass(3), &["southeast", "southeastern", "sudest"]),
    (
        Side::Compass(4),
        &[
            "south",
            "southern",
            "sud",
            "guney",
            "guneyi",
            "جنوب",
            "جنوبي",
        ],
    ),
    (Side::Compass(5), &["southwest", "southwestern", "sudouest"]),
    (
        Side::Compass(6),
        &["west", "western", "ouest", "bati", "batisi", "غرب", "غربي"],
    ),
    (
        Side::Compass(7),
        &["northwest", "northwestern", "nordouest"],
    ),
    (Side::Central, &["central", "وسط"]),
];

/// Numbers from one on.
const NUMBERS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The side that several direction words speak of together, and whether of its rim.
pub(super) fn sides_of(words: &[Word<'_>]) -> (Option<Side>, bool) {
    let sides = words.iter().filter_map(Word::side);
    (sides.reduce(Side::and), words.iter().any(Word::is_edge))
}

/// A word of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word<'t> {
    /// As written.
    pub raw: &'t str,
    /// Folded, without hyphens and spaces.
    pub folded: String,
    pub role: Role,
}

impl<'t> Word<'t> {
    pub fn new(raw: &'t str) -> Word<'t> {
        let folded = fold::folded(raw).replace(' ', "");
        let role = role_of(&folded);
        Word { raw, folded, role }
    }

    fn sign(raw: &'t str, role: Role) -> Word<'t> {
        Word {
            raw,
            folded: String::new(),
            role,
        }
    }

    /// The side that a direction word speaks of.
    pub fn side(&self) -> Option<Side> {
        let word = self.folded.strip_prefix("ال").unwrap_or(&self.folded);
        let found = SIDES.iter().find(|(_, words)| words.contains(&word))?;
        Some(found.0)
    }

    /// Whether it speaks of something built, that goes by the name of the place beside it.
    pub fn is_works(&self) -> bool {
        matches!(
            self.folded.as_str(),
            "checkpoint"
                | "checkpoints"
                | "barracks"
                | "farm"
                | "farms"
                | "heliport"
                | "junction"
                | "bridge"
                | "silos"
                | "factory"
                | "dam"
                | "base"
                | "airbase"
                | "airport"
                | "ruins"
        )
    }

    /// Whether it speaks of the rim of an area: "edges", "far".
    pub fn is_edge(&self) -> bool {
        matches!(
            self.folded.as_str(),
            "edge" | "edges" | "fringes" | "tip" | "corner" | "far" | "extreme"
        )
    }

    /// A whole number, "10", "10km" or "ten".
    pub fn number(&self) -> Option<(f64, bool)> {
        if let Some(at) = NUMBERS.iter().position(|word| *word == self.folded) {
            return Some((at as f64 + 1.0, false));
        }
        let digits = self.folded.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = &self.folded[digits.len()..]; // trim_end_matches cuts at a character
        let glued = matches!(unit, "km" | "kms");
        let number = digits
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite());
        number
            .filter(|_| glued || unit.is_empty())
            .map(|number| (number, glued))
    }

    /// Whether it may be (part of) a name: no known word, and written with a capital or in letters that have none.
    pub fn is_name(&self, caseless: bool) -> bool {
        self.role == Role::Other
            && (caseless
                || !self
                    .raw
                    .starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()))
    }
}

fn role_of(folded: &str) -> Role {
    if let Some(level) = words::admin_word(folded) {
        return if folded.is_ascii() && folded.ends_with('s') {
            Role::Admins(level)
        } else {
            Role::Admin(level)
        };
    }
    if hints::demonym(folded).is_some() && folded.len() > 3 {
        return Role::Demonym;
    }
    // "Houthi-held", "SDF-controlled": who holds it says nothing of where it is.
    let whose = ["held", "controlled", "occupied", "administered"];
    let holder = whose.iter().any(|ending| folded.ends_with(ending));
    ROLES
        .iter()
        .find(|(_, list)| list.contains(&folded))
        .map(|(role, _)| *role)
        .or(holder.then_some(Role::Filler))
        .unwrap_or(Role::Other)
}

/// The words and signs of a phrase, in order.
pub(super) fn words_of(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for piece in text.split_whitespace() {
        if matches!(piece, "-" | "–" | "—") {
            words.push(Word::sign(piece, Role::Or));
            continue;
        }
        let mut start = 0;
        for (at, c) in piece.char_indices() {
            let role = match c {
                ',' | '،' | '、' => Role::Comma,
                ';' | '؛' => Role::Semicolon,
                '(' | ')' | '[' | ']' | '/' => Role::Or,
                '&' => Role::And,
                _ => continue,
            };
            push_word(&mut words, &piece[start..at]); // `at` is a character boundary, and not before `start`
            let end = at + c.len_utf8();
            words.push(Word::sign(&piece[at..end], role));
            start = end;
        }
        push_word(&mut words, &piece[start..]);
    }
    words
}

fn push_word<'t>(words: &mut Vec<Word<'t>>, raw: &'t str) {
    let raw = raw.trim_matches(['"', '“', '”', '«', '»', ':', '.', '!', '?']);
    let word = Word::new(raw);
    if !word.folded.is_empty() {
        words.push(word);
    }
}
