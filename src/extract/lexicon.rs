//! The words that extraction knows: tables in `data/lexicon/<language>/`, one line a phrase, for people to read and mend.
//!
//! `phrase,role,value`: the words of a phrase are separated by spaces, alternatives for one word by strokes
//! ("air strike/strikes"), alternatives for a phrase by bars ("of whom|among them"). What a role does is said where it is used; what a value means depends on the role. A phrase
//! may stand in several lines.

use std::str::FromStr;

use rustc_hash::FxHashMap;

use super::token::Token;

macro_rules! roles {
    ($($(#[$about:meta])* $name:ident = $text:literal,)*) => {
        /// What a phrase does in a text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Role { $($(#[$about])* $name,)* }

        impl FromStr for Role {
            type Err = ();
            fn from_str(text: &str) -> Result<Role, ()> {
                match text { $($text => Ok(Role::$name),)* _ => Err(()) }
            }
        }
    };
}

roles! {
    /// Names an event; value: the kinds it may be, the likeliest first.
    Event = "event",
    /// A verb that tells of an event; value likewise.
    Verb = "verb",
    /// A verb that does so only if the sentence has nothing better.
    SoftVerb = "softverb",
    /// Says by what means: decides between kinds.
    Means = "means",
    /// Looks like a word for an event and is none.
    Not = "not",
    /// People killed; value: where the number stands.
    Dead = "dead",
    /// People injured; value likewise.
    Hurt = "hurt",
    /// A person or people.
    Person = "person",
    /// People without saying who.
    Bare = "bare",
    /// Families or households.
    Family = "family",
    /// Introduces a part of what was counted before.
    Aside = "aside",
    /// Counted, but nobody.
    Thing = "thing",
    /// A verb of saying.
    Say = "say",
    /// Stands before the source: "according to".
    By = "by",
    /// Looks like that and is none.
    NotBy = "notby",
    /// Stands for a source named before.
    Pronoun = "pronoun",
    /// A word for a source that may have been named before.
    Anaphor = "anaphor",
    /// Whom one tells.
    Listener = "listener",
    /// Says that nothing was said.
    NoSay = "nosay",
    /// May be, or is to be.
    Unreal = "unreal",
    /// Is not.
    No = "no",
    /// Says of what was told that it is not so.
    False = "false",
    /// Is so in general.
    General = "general",
    /// Blames for something.
    Blame = "blame",
    /// Speaks about something that happened.
    Comment = "comment",
    /// A state left by something.
    Past = "past",
    /// Where one clause ends and another begins; value: how they are joined.
    Break = "break",
    /// Joins parts.
    And = "and",
    /// People leave, arrive, or are displaced; value: what place follows.
    Flee = "flee",
    /// The same, only if people are said to have left elsewhere in the sentence.
    Reach = "reach",
    /// Stands before a destination.
    Dest = "dest",
    /// Stands before where something is.
    Locate = "locate",
    /// Stands before an origin.
    Origin = "origin",
    /// People who are somewhere, not people who move.
    Stock = "stock",
    /// People who return.
    Back = "back",
    /// May be part of a phrase for a place.
    Inner = "inner",
    /// May follow a name in a phrase for a place.
    After = "after",
    /// Makes a name of a place the name of a body.
    Org = "org",
    /// What a line of a list may be about that is no place.
    Topic = "topic",
    /// Stands before a place.
    Where = "where",
    /// Joined to a name by a hyphen it makes it no place.
    Glue = "glue",
    /// Where the injured are taken to.
    Hospital = "hospital",
    /// A place said before: "there".
    There = "there",
    /// Has a place for its object.
    Object = "object",
    /// A number.
    Number = "number",
    /// Multiplies a number.
    Times = "times",
    /// A number that is only known to be several of something.
    Many = "many",
    /// What a number bounds; value: the sign.
    Bound = "bound",
    /// The same behind the number.
    More = "more",
    /// "a": one, before a person.
    One = "one",
    /// "single".
    Single = "single",
    /// Monday is 1.
    Weekday = "weekday",
    /// January is 1.
    Month = "month",
    /// A time relative to the day of publication, or to the one told before.
    Time = "time",
    /// "past", "last": a number of units up to now.
    Span = "span",
    /// A unit in days.
    Unit = "unit",
    /// Behind a number of units.
    Ago = "ago",
    /// Yet to come.
    Next = "next",
    /// The one before.
    Last = "last",
    /// Part of a month.
    Part = "part",
    /// Up to now.
    Since = "since",
    /// Known by then.
    AsOf = "asof",
    /// Part of a day.
    DayPart = "daypart",
    /// Its stop ends no sentence.
    Abbreviation = "abbreviation",
    /// An adjective that says whose; value: who that is, where it stands alone.
    Side = "side",
    /// Who may do such things; value: a name, a state, a group of people, or a thing that must be somebody's.
    Force = "force",
    /// Whose doing may tell two events apart; value: one name for all its words.
    Power = "power",
    /// A verb whose object is the event.
    Carry = "carry",
    /// What may be hit.
    Target = "target",
}

#[derive(Clone, Debug)]
struct Entry {
    words: Vec<String>,
    role: Role,
    value: String,
}

/// The phrases of one language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// By first word; only looked up.
    entries: FxHashMap<String, Vec<Entry>>,
    abbreviations: Vec<String>,
}

/// What a phrase does at one point of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'l> {
    /// Its first token.
    pub at: usize,
    /// How many tokens.
    pub len: usize,
    pub role: Role,
    pub value: &'l str,
}

impl Tag<'_> {
    /// The token behind it.
    pub fn end(&self) -> usize {
        self.at + self.len
    }
}

/// Why a lexicon cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("lexicon {file}, line {line}: {what}")]
pub struct LexiconError {
    file: String,
    line: u64,
    what: String,
}

/// The tables that each language has.
const ENGLISH: [(&str, &str); 11] = [
    (
        "en/events.csv",
        include_str!("../../data/lexicon/en/events.csv"),
    ),
    (
        "en/people.csv",
        include_str!("../../data/lexicon/en/people.csv"),
    ),
    (
        "en/speech.csv",
        include_str!("../../data/lexicon/en/speech.csv"),
    ),
    (
        "en/doubt.csv",
        include_str!("../../data/lexicon/en/doubt.csv"),
    ),
    (
        "en/links.csv",
        include_str!("../../data/lexicon/en/links.csv"),
    ),
    (
        "en/movement.csv",
        include_str!("../../data/lexicon/en/movement.csv"),
    ),
    (
        "en/places.csv",
        include_str!("../../data/lexicon/en/places.csv"),
    ),
    (
        "en/numbers.csv",
        include_str!("../../data/lexicon/en/numbers.csv"),
    ),
    (
        "en/time.csv",
        include_str!("../../data/lexicon/en/time.csv"),
    ),
    (
        "en/parties.csv",
        include_str!("../../data/lexicon/en/parties.csv"),
    ),
    (
        "en/abbreviations.csv",
        include_str!("../../data/lexicon/en/abbreviations.csv"),
    ),
];

impl Lexicon {
    /// English, as it comes with the program.
    ///
    /// # Errors
    /// Where a line of the tables cannot be used.
    pub fn english() -> Result<Lexicon, LexiconError> {
        Lexicon::read(&ENGLISH)
    }

    /// From tables, each with its name for messages.
    ///
    /// # Errors
    /// Where a line cannot be used.
    pub fn read(tables: &[(&str, &str)]) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        for (file, text) in tables {
            let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
            for (index, row) in reader.records().enumerate() {
                let problem = |what: String| LexiconError {
                    file: (*file).to_owned(),
                    line: index as u64 + 2, // the header is line 1
                    what,
                };
                let row = row.map_err(|error| problem(error.to_string()))?;
                let cell = |i: usize| row.get(i).unwrap_or_default().trim();
                let role = cell(1)
                    .parse()
                    .map_err(|()| problem(format!("\"{}\" is no role", cell(1))))?;
                lexicon.add(cell(0), role, cell(2));
            }
        }
        Ok(lexicon)
    }

    fn add(&mut self, phrases: &str, role: Role, value: &str) {
        for phrase in phrases.split('|') {
            self.add_phrase(phrase, role, value);
        }
    }

    fn add_phrase(&mut self, phrase: &str, role: Role, value: &str) {
        let mut phrases: Vec<Vec<String>> = vec![Vec::new()];
        for word in phrase.split_whitespace() {
            let mut longer = Vec::with_capacity(phrases.len());
            for choice in word.split('/') {
                longer.extend(phrases.iter().map(|begun| {
                    let mut words = begun.clone();
                    words.push(choice.to_owned());
                    words
                }));
            }
            phrases = longer;
        }
        for words in phrases {
            let Some(first) = words.first() else { continue };
            if role == Role::Abbreviation {
                self.abbreviations.push(first.clone());
                continue;
            }
            self.entries.entry(first.clone()).or_default().push(Entry {
                role,
                value: value.to_owned(),
                words,
            });
        }
    }

    /// Whether a word that ends in a stop is an abbreviation; `word` is in lower case.
    pub(super) fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.iter().any(|known| known == word)
    }

    /// Every phrase in some tokens, in their order; of one role at one point only the longest.
    pub(super) fn tags(&self, tokens: &[Token]) -> Vec<Tag<'_>> {
        let mut tags: Vec<Tag<'_>> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let Some(entries) = self.entries.get(&token.lower) else {
                continue;
            };
            let from = tags.len();
            for entry in entries {
                let here = tokens.get(at..at + entry.words.len());
                if !here.is_some_and(|here| {
                    here.iter()
                        .zip(&entry.words)
                        .all(|(token, word)| token.lower == *word)
                }) {
                    continue;
                }
                let tag = Tag {
                    at,
                    len: entry.words.len(),
                    role: entry.role,
                    value: &entry.value,
                };
                match tags[from..].iter_mut().find(|known| known.role == tag.role) {
                    Some(known) if known.len < tag.len => *known = tag,
                    Some(_) => {}
                    None => tags.push(tag),
                }
            }
        }
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_read() {
        let lexicon = Lexicon::english().unwrap();
        assert!(lexicon.is_abbreviation("u.s."));
        let bad = Lexicon::read(&[("x.csv", "phrase,role,value\nair strike,evnt,air strike\n")]);
        assert_eq!(
            bad.unwrap_err().to_string(),
            "lexicon x.csv, line 2: \"evnt\" is no role"
        );
    }

    #[test]
    fn every_kind_of_an_event_is_a_kind() {
        let lexicon = Lexicon::english().unwrap();
        for entry in lexicon.entries.values().flatten() {
            if matches!(
                entry.role,
                Role::Event | Role::Verb | Role::SoftVerb | Role::Means
            ) {
                for kind in entry.value.split("; ") {
                    assert!(kind.parse::<crate::record::Kind>().is_ok(), "{kind}");
                }
            }
        }
    }
}
