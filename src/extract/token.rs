//! A text's sentences and words, each knowing where it stands.

use std::ops::Range;

use super::lexicon::Lexicon;

/// A word, a number or a sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// In lower case, stops of abbreviations left out, apostrophes straight.
    pub lower: String,
    /// Begins with a capital.
    pub capital: bool,
    /// A letter or digit begins it.
    pub word: bool,
    /// Joined by a hyphen to the token before.
    pub hyphened: bool,
}

impl Token {
    /// Whether it is this sign or word.
    pub fn is(&self, text: &str) -> bool {
        self.lower == text
    }

    /// Its figure, if it is one: thousands may be grouped with commas.
    pub fn figure(&self) -> Option<u64> {
        self.lower
            .starts_with(|c: char| c.is_ascii_digit())
            .then(|| self.lower.replace(',', "").parse().ok())
            .flatten()
    }
}

/// The words of a stretch of text.
pub(super) fn tokens(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let part = text.get(range.clone()).unwrap_or_default();
    let chars: Vec<(usize, char)> = part.char_indices().collect();
    let at = |i: usize| chars.get(i).map(|(_, c)| *c);
    let offset = |i: usize| range.start + chars.get(i).map_or(part.len(), |(byte, _)| *byte);
    let mut hyphened = false;
    let mut i = 0;
    while let Some(c) = at(i) {
        if c.is_whitespace() || is_invisible(c) {
            hyphened = false;
            i += 1;
            continue;
        }
        let from = i;
        if c.is_alphanumeric() {
            let digits = c.is_ascii_digit();
            i += 1;
            while let Some(c) = at(i) {
                let next = at(i + 1);
                let joins = match c {
                    '\'' | '’' | 'ʿ' | 'ʾ' | '‘' | '`' => {
                        // "Syria's" is two tokens; "Ma'arrat" is one.
                        let possessive = matches!(next, Some('s' | 'S'))
                            && !at(i + 2).is_some_and(char::is_alphanumeric);
                        next.is_some_and(char::is_alphanumeric) && !possessive
                    }
                    ',' => {
                        digits
                            && (1..=3).all(|k| at(i + k).is_some_and(|c| c.is_ascii_digit()))
                            && !at(i + 4).is_some_and(|c| c.is_ascii_digit())
                    }
                    '.' if digits => next.is_some_and(|c| c.is_ascii_digit()),
                    '.' => {
                        next.is_some_and(char::is_alphabetic)
                            && i - from <= 1 + 2 * part_dots(&chars, from, i)
                    }
                    c if digits && c.is_alphabetic() => {
                        // "5km" is two tokens, "17th" one.
                        ordinal(&chars, i)
                    }
                    c => c.is_alphanumeric() || is_mark(c),
                };
                if !joins {
                    break;
                }
                i += 1;
            }
            let raw = text.get(offset(from)..offset(i)).unwrap_or_default();
            if at(i) == Some('.') && lexicon.is_abbreviation(&format!("{}.", raw.to_lowercase())) {
                i += 1;
            }
        } else if matches!(c, '\'' | '’')
            && matches!(at(i + 1), Some('s' | 'S'))
            && from > 0
            && !at(i + 2).is_some_and(char::is_alphanumeric)
        {
            i += 2;
        } else {
            i += 1;
            while at(i) == Some(c) && matches!(c, '-' | '.' | '>' | '—' | '–') {
                i += 1;
            }
        }
        let span = offset(from)..offset(i);
        let raw = text.get(span.clone()).unwrap_or_default();
        let single_hyphen = matches!(raw, "-" | "‐" | "‑");
        let joined = single_hyphen
            && from > 0
            && at(from - 1).is_some_and(char::is_alphanumeric)
            && at(i).is_some_and(char::is_alphanumeric);
        // Between two numbers it is the sign of a range.
        let range_sign = joined
            && at(from - 1).is_some_and(|c| c.is_ascii_digit())
            && at(i).is_some_and(|c| c.is_ascii_digit());
        if joined && !range_sign {
            hyphened = true;
            continue;
        }
        let word = c.is_alphanumeric();
        let mut lower = raw.to_lowercase().replace('’', "'").replace('،', ",");
        if word && !c.is_ascii_digit() {
            lower.retain(|c| c != '.');
        }
        tokens.push(Token {
            span,
            lower,
            capital: c.is_uppercase(),
            word,
            hyphened,
        });
        hyphened = false;
    }
    tokens
}

/// How many stops stand between two characters: "U.S" has one.
fn part_dots(chars: &[(usize, char)], from: usize, to: usize) -> usize {
    let range = chars.get(from..to).unwrap_or_default();
    range.iter().filter(|(_, c)| *c == '.').count()
}

fn ordinal(chars: &[(usize, char)], at: usize) -> bool {
    let mut word = String::new();
    for (_, c) in chars.get(at..).unwrap_or_default() {
        if !c.is_alphabetic() || word.len() > 2 {
            break;
        }
        word.push(*c);
    }
    // The middle of such a word is looked at too.
    matches!(word.as_str(), "th" | "st" | "nd" | "rd" | "h" | "t" | "d")
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
}

/// Where the sentences of a stretch of text are: a stop, then space, then a capital, a digit or a quotation mark, unless
/// the stop is an abbreviation's.
pub(super) fn sentences(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut found = Vec::new();
    let mut start = 0;
    let mut iter = part.char_indices().peekable();
    while let Some((byte, c)) = iter.next() {
        if !matches!(c, '.' | '!' | '?' | ';' | '؟' | '•') {
            continue;
        }
        let mut end = byte + c.len_utf8();
        while let Some((next, closing)) = iter.peek().copied() {
            if !matches!(closing, '"' | '”' | '’' | '\'' | ')' | ']' | '.' | '»') {
                break;
            }
            end = next + closing.len_utf8();
            iter.next();
        }
        let rest = part.get(end..).unwrap_or_default();
        let next = rest.trim_start();
        let spaced = next.len() < rest.len() || next.is_empty();
        let opens = next.chars().next().is_none_or(|c| {
            c.is_uppercase()
                || c.is_ascii_digit()
                || matches!(c, '"' | '“' | '‘' | '(' | '-' | '•' | '«')
                || (c.is_alphabetic() && !c.is_lowercase())
        });
        if !spaced || !opens || c == ';' || c == '.' && is_abbreviated(part, byte, next, lexicon) {
            continue;
        }
        push(&mut found, part, start, end, range.start);
        start = end;
    }
    push(&mut found, part, start, part.len(), range.start);
    found
}

fn is_abbreviated(part: &str, stop: usize, next: &str, lexicon: &Lexicon) -> bool {
    let before = part.get(..stop).unwrap_or_default();
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"'))
        .next()
        .unwrap_or_default();
    let one_letter = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    if one_letter {
        return true;
    }
    let known = lexicon.is_abbreviation(&format!("{}.", word.to_lowercase()));
    // "… a.m. The": a capital that begins a common word begins a sentence.
    let article = ["The ", "A ", "In ", "On ", "It ", "At ", "An "];
    // "around 9 a.m. Six people were killed"; "10 a.m. GMT", "9 a.m. Monday".
    let hour = matches!(word.to_lowercase().as_str(), "a.m" | "p.m");
    let first = next
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let name = first.chars().all(char::is_uppercase) || first.ends_with("day");
    if known && hour && !name {
        return false;
    }
    known
        && !(article.iter().any(|word| next.starts_with(word))
            && !word.is_empty()
            && word.contains('.'))
}

fn push(found: &mut Vec<Range<usize>>, part: &str, start: usize, end: usize, offset: usize) {
    let piece = part.get(start..end).unwrap_or_default();
    let trimmed = piece.trim();
    if trimmed.is_empty() {
        return;
    }
    let lead = piece.len() - piece.trim_start().len();
    let from = offset + start + lead;
    found.push(from..from + trimmed.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let lexicon = Lexicon::english().unwrap();
        tokens(text, 0..text.len(), &lexicon)
            .into_iter()
            .map(|token| token.lower)
            .collect()
    }

    #[test]
    fn words_are_cut_where_a_reader_would() {
        assert_eq!(
            words("U.S. jets hit Syria’s"),
            ["us", "jets", "hit", "syria", "'s"]
        );
        assert_eq!(
            words("Ma'arrat al-Numan, Dec. 29."),
            ["ma'arrat", "al", "numan", ",", "dec", "29", "."]
        );
        assert_eq!(
            words("1,200 people in 12-18 March"),
            ["1,200", "people", "in", "12", "-", "18", "march"]
        );
        assert_eq!(words("5km, the 17th"), ["5", "km", ",", "the", "17th"]);
    }

    #[test]
    fn stops_of_abbreviations_end_no_sentence() {
        let lexicon = Lexicon::english().unwrap();
        let text = "On Dec. 29 the U.S. Army struck. \"It is over,\" Gen. Z. Doe said. 12 died.";
        let found = sentences(text, 0..text.len(), &lexicon);
        let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(
            found,
            [
                "On Dec. 29 the U.S. Army struck.",
                "\"It is over,\" Gen. Z. Doe said.",
                "12 died."
            ]
        );
    }
}
