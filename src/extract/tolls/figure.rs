//! One number that is a toll by the words before it: "put the number of dead at five", "has risen to 11".

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::numbers::Number;
use super::super::sentence::Sentence;
use super::heads::head;
use super::was::{grows, is_earlier, is_first, is_had, puts};
use super::{Harm, Toll};
use crate::record::Count;

/// A number larger than this is not said without its noun: "a local official said 5,000".
const BARE: u64 = 1000;

/// A number and where it stands.
pub(super) struct Figure<'a, 'l> {
    pub s: &'a Sentence<'l>,
    pub numbers: &'a [Number],
    pub number: &'a Number,
    /// The clause.
    pub range: &'a Range<usize>,
}

/// Nouns for a number of people.
fn noun(word: &str) -> bool {
    matches!(
        word,
        "figure" | "figures" | "number" | "count" | "tally" | "toll" | "estimates" | "estimate"
    )
}

/// Verbs that a number may follow without a noun: "the ministry gave 12".
fn gives(word: &str) -> bool {
    matches!(
        word,
        "gave"
            | "gives"
            | "counts"
            | "lists"
            | "verify"
            | "has"
            | "name"
            | "names"
            | "named"
            | "registers"
            | "show"
            | "shows"
            | "showed"
            | "reports"
            | "write"
            | "writes"
            | "wrote"
    )
}

impl Figure<'_, '_> {
    fn start(&self) -> usize {
        self.number.tokens.start
    }

    fn end(&self) -> usize {
        self.number.tokens.end
    }

    /// The word so many tokens before the number.
    fn word(&self, back: usize) -> &str {
        self.start()
            .checked_sub(back)
            .map_or("", |at| self.s.lower(at))
    }

    fn noun(&self, back: usize) -> bool {
        noun(self.word(back))
    }

    /// So many tokens before the number, in its clause.
    fn back(&self, steps: usize) -> Range<usize> {
        self.start().saturating_sub(steps).max(self.range.start)..self.start()
    }

    fn harm_at(&self, at: usize) -> bool {
        self.s.has(at, Role::Dead) || self.s.has(at, Role::Hurt)
    }

    fn grows_in(&self, steps: usize) -> bool {
        self.back(steps).any(|at| grows(self.s.lower(at)))
    }

    fn puts_in(&self, steps: usize) -> bool {
        self.back(steps).any(|at| puts(self.s.lower(at)))
    }

    fn flees_before(&self) -> bool {
        (0..self.start()).any(|at| self.s.has(at, Role::Flee))
    }

    /// "the number of people killed …": anywhere before.
    fn of_dead(&self) -> bool {
        (0..self.start()).any(|at| self.s.lower(at) == "number")
            && (0..self.start()).any(|at| self.s.has(at, Role::Dead))
    }

    /// What became of them: of the last word for it, "Three were injured; state television says five".
    fn harm(&self) -> Harm {
        let (s, start) = (self.s, self.start());
        let victims = |at: usize| {
            matches!(
                s.lower(at),
                "victims" | "dead" | "killed" | "deaths" | "fatalities"
            )
        };
        let hurt = |at: &usize| {
            s.has(*at, Role::Hurt)
                && (!s.has(*at, Role::Dead) || start - at > 8)
                && !(*at..start).any(|i| s.lower(i) == "victims")
        };
        let last = (0..start).rev().find(|at| self.harm_at(*at));
        let far = !self.back(6).any(victims) && self.back(8).any(|at| s.has(at, Role::Hurt));
        if last.as_ref().is_some_and(hurt) || far {
            Harm::Hurt
        } else {
            Harm::Dead
        }
    }

    /// "put the number of dead at five", "gave the number of dead as two".
    fn is_put(&self) -> bool {
        matches!(self.word(1), "at" | "as") && self.puts_in(18)
    }

    /// "put it at 21", "gave a figure of six", "spoke of a toll of nine".
    fn is_figure(&self) -> bool {
        let s = self.s;
        let it = self.word(1) == "at" && self.word(2) == "it" && puts(self.word(3));
        let of = self.word(1) == "of"
            && self
                .back(8)
                .any(|at| puts(s.lower(at)) || s.has(at, Role::Say));
        let moved = (self.start()..self.start() + 4)
            .any(|at| s.has(at, Role::Flee) || s.has(at, Role::Family));
        it && !s.has(self.end(), Role::Thing) || self.noun(2) && (self.is_put() || of) && !moved
    }

    /// Whether harm is told nearby.
    fn is_toll(&self) -> bool {
        self.back(8).any(|at| self.harm_at(at)) || self.is_figure()
    }

    /// "spoke of five", "a local official said five", "another lists eight", "the agency keeps to 14".
    fn is_spoken(&self) -> bool {
        let s = self.s;
        let open = !s.is_word(self.end());
        let names = self.word(1) == "of" && self.word(2) == "names" && open && !self.flees_before();
        let spoke = self.word(1) == "of"
            && matches!(
                self.word(2),
                "spoke" | "speaks" | "spoken" | "talked" | "speaking" | "speak"
            );
        let to = self.word(1) == "to"
            && matches!(
                self.word(2),
                "keeps"
                    | "kept"
                    | "holds"
                    | "held"
                    | "sticks"
                    | "stuck"
                    | "clings"
                    | "admit"
                    | "admits"
                    | "admitted"
            );
        let at = self.word(1) == "at" && matches!(self.word(2), "arrives" | "arrive" | "arrived");
        let said = self
            .start()
            .checked_sub(1)
            .is_some_and(|at| s.has(at, Role::Say));
        let ends =
            open || matches!(
                s.lower(self.end()),
                "names" | "coffins" | "graves" | "victims" | "by" | "after"
            ) || s.lower(self.end()) == "the"
                && matches!(s.lower(self.end() + 1), "following" | "next" | "same");
        let bare = said || gives(self.word(1)) || to || at;
        let there = matches!(self.word(1), "are" | "were")
            && self.word(2) == "there"
            && open
            && self.back(5).any(|at| s.has(at, Role::Say));
        names || there || spoke || bare && ends && self.number.count.central() < BARE
    }

    /// "killed 14 according to the directorate, and 12 according to rescuers".
    fn is_of_another(&self, found: &[Toll]) -> bool {
        let s = self.s;
        let theirs = s.has(self.end(), Role::By)
            || s.lower(self.end()) == "," && s.has(self.end() + 1, Role::By);
        let joins = |word: &str| matches!(word, "and" | "," | "but" | "or");
        theirs
            && found.iter().any(|toll| toll.tokens.end <= self.start())
            && (joins(self.word(1)) || self.word(1) == "of" && joins(self.word(2)))
    }

    /// "the number of the injured: seventeen", "injured: 11".
    fn is_listed(&self, found: &[Toll]) -> bool {
        let start = self.start();
        let label = start.checked_sub(2).is_some_and(|at| self.harm_at(at));
        let others = self
            .numbers
            .iter()
            .any(|other| other.tokens.end + 5 > start && other.tokens.end + 1 < start);
        // "All four lost their lives: three women and one man"
        let parts = found.iter().any(|toll| toll.tokens.end + 1 == start);
        self.word(1) == ":" && label && !others && !parts
    }

    /// "has risen to 11", "has gone up to five".
    fn is_grown(&self) -> bool {
        let up = self.s.lower(self.start()) == "up" && self.number.count.best().is_some();
        (self.word(1) == "to" || up) && self.grows_in(9)
    }

    /// "bringing the number of dead to eight", "raised that to 24": of what grows.
    fn is_grown_number(&self) -> bool {
        let s = self.s;
        let near = self.start().saturating_sub(30)..self.start();
        let of_dead = near
            .filter(|at| s.has(*at, Role::Dead))
            .any(|at| (0..at).any(|i| s.lower(i) == "number"));
        let counted = self
            .back(9)
            .any(|at| noun(s.lower(at)) && s.lower(at) != "estimates");
        matches!(self.word(2), "that" | "it" | "this")
            || of_dead
            || counted && !self.back(9).any(|at| s.has(at, Role::Flee))
    }

    /// "brought to 14 the number of dead".
    fn is_inverted(&self) -> bool {
        let behind = |steps: usize| self.end()..self.end() + steps;
        behind(6).any(|at| self.s.lower(at) == "number")
            && behind(8).any(|at| self.s.has(at, Role::Dead))
    }

    /// "raised the number from nine to eleven": no range.
    fn is_risen(&self) -> bool {
        self.word(1) == "from" && self.grows_in(9) && self.number.count.high().is_some()
    }

    /// "Estimates of the dead ranged from six to eight."
    fn is_ranged(&self) -> bool {
        self.word(1) == "from"
            && self.number.count.high().is_some()
            && self.back(9).any(|at| noun(self.s.lower(at)))
            && self.is_toll()
    }

    /// "counted at least four civilians among the dead".
    fn is_among(&self) -> bool {
        let s = self.s;
        head(s, self.end(), self.range.end).0.is_some_and(|head| {
            s.lower(head + 1) == "among"
                && s.lower(head + 2) == "the"
                && matches!(s.lower(head + 3), "dead" | "killed" | "victims")
        })
    }

    /// "the number of injured stands at 13", "our count for the strike now stands at ten".
    fn stands(&self) -> bool {
        let s = self.s;
        let counted = |at: usize| {
            noun(s.lower(at)) && s.lower(at) != "estimates" && !s.has(at + 2, Role::Event)
        };
        self.word(1) == "at"
            && self.grows_in(4)
            && (self.is_toll() || (0..self.start()).any(counted) && !self.flees_before())
    }

    /// "the dead numbered 11", "the number of people slain has reached 19".
    fn is_reached(&self) -> bool {
        matches!(
            self.word(1),
            "numbered" | "numbers" | "totalled" | "totaled" | "reached"
        ) && (self.is_toll() || self.of_dead())
    }

    /// "the number is now four".
    fn is_now(&self) -> bool {
        self.word(1) == "now" && matches!(self.word(2), "is" | "was") && self.noun(3)
    }

    /// "the number was seven", "the figure was closer to 20", "gave figures between three and seven".
    fn is_said_of_number(&self) -> bool {
        let all = 0..self.s.len();
        let harmful = all.clone().any(|at| self.harm_at(at))
            && !all.clone().any(|at| self.s.has(at, Role::Flee));
        let was = matches!(self.word(1), "was" | "is")
            && self.back(6).any(|at| noun(self.s.lower(at)))
            && !self.flees_before();
        let closer = matches!(self.word(2), "closer" | "nearer")
            && self.back(6).any(|at| noun(self.s.lower(at)));
        (was || closer || self.is_now()) && harmful || self.word(1) == "figures" && self.puts_in(3)
    }

    /// "put the number of dead at 13, civil society at 17": the first stays beside the second.
    fn is_beside(&self, toll: &Toll) -> bool {
        let counted = self
            .numbers
            .iter()
            .any(|number| toll.tokens.contains(&number.tokens.start));
        counted
            && (toll.tokens.end..self.start())
                .any(|at| matches!(self.s.lower(at), "," | "and" | "while"))
    }

    /// Adds it to the tolls found, if it is one.
    pub fn add_to(&self, found: &mut Vec<Toll>) {
        let (s, start) = (self.s, self.start());
        let (put, toll, grown) = (self.is_put(), self.is_toll(), self.is_grown());
        let (risen, stands) = (self.is_risen(), self.stands());
        let another = self.is_of_another(found);
        let told = put && toll
            || risen && (toll || self.of_dead())
            || stands
            || self.is_reached()
            || self.is_said_of_number()
            || self.is_figure()
            || grown && (toll || self.is_grown_number() || self.is_inverted())
            || self.is_spoken()
            || self.is_among()
            || self.is_ranged()
            || another
            || self.is_listed(found);
        let (head, _, thing) = head(s, self.end(), self.range.end);
        if !told || thing {
            return;
        }
        let harm = self.harm();
        let again = another
            || put
                && found
                    .iter()
                    .any(|toll| toll.harm == harm && toll.total && self.is_beside(toll));
        found.retain(|toll| {
            !(put
                && toll.harm == harm
                && toll.tokens.end > start.saturating_sub(9)
                && !(again && self.is_beside(toll)))
        });
        let past = is_earlier(s, start, self.end(), start) || is_first(s, &self.number.tokens);
        let count = match self.number.count.high() {
            Some(high) if risen => Count::exactly(high),
            _ => self.number.count,
        };
        let tokens = start..head.map_or(self.end(), |head| head + 1);
        found.push(Toll {
            update: grown || risen || stands || self.is_now() || self.word(1) == "reached",
            known: past,
            earlier: past,
            total: true,
            again,
            had: is_had(s, &self.number.tokens),
            ..Toll::new(harm, count, tokens)
        });
    }
}
