//! A sentence: its words and what they do.

use std::ops::Range;

use super::lexicon::{Lexicon, Role, Tag};
use super::token::{self, Token};

#[derive(Debug)]
pub(super) struct Sentence<'l> {
    pub tokens: Vec<Token>,
    pub tags: Vec<Tag<'l>>,
    /// Where the tags of each token stand.
    index: Vec<Range<usize>>,
}

impl<'l> Sentence<'l> {
    pub fn new(text: &str, range: Range<usize>, lexicon: &'l Lexicon) -> Sentence<'l> {
        let tokens = token::tokens(text, range, lexicon);
        let mut tags = lexicon.tags(&tokens);
        // "a hospital supported by us" is not the United States'.
        tags.retain(|tag| {
            let token = tokens.get(tag.at);
            token.is_none_or(|token| token.capital || token.lower != "us")
        });
        let mut index = Vec::with_capacity(tokens.len());
        let mut next = 0;
        for at in 0..tokens.len() {
            let from = next;
            while tags.get(next).is_some_and(|tag| tag.at == at) {
                next += 1;
            }
            index.push(from..next);
        }
        Sentence {
            tokens,
            tags,
            index,
        }
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The longest phrase of a role that begins here.
    pub fn tag(&self, at: usize, role: Role) -> Option<Tag<'l>> {
        let here = self.tags.get(self.index.get(at)?.clone())?;
        here.iter().find(|tag| tag.role == role).copied()
    }

    pub fn has(&self, at: usize, role: Role) -> bool {
        self.tag(at, role).is_some()
    }

    /// A phrase of a role that begins or goes on here.
    pub fn within(&self, at: usize, role: Role) -> Option<Tag<'l>> {
        (at.saturating_sub(5)..=at)
            .rev()
            .find_map(|from| self.tag(from, role).filter(|tag| tag.end() > at))
    }

    /// Phrases of a role in some tokens.
    pub fn all(&self, range: Range<usize>, role: Role) -> impl Iterator<Item = Tag<'l>> + '_ {
        range.filter_map(move |at| self.tag(at, role))
    }

    /// The word or sign at a place in lower case; nothing beyond the ends.
    pub fn lower(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.lower)
    }

    /// The word before.
    pub fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.lower(before))
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.word)
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital)
    }

    /// Where some tokens stand in the text.
    pub fn span(&self, tokens: Range<usize>) -> Range<usize> {
        let first = self.tokens.get(tokens.start).map_or(0, |t| t.span.start);
        let last = tokens.end.checked_sub(1).and_then(|at| self.tokens.get(at));
        first..last.map_or(first, |token| token.span.end)
    }
}
