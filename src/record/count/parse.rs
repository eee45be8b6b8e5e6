//! Text → [`Count`].

use std::str::FromStr;

use super::{Count, CountError};

/// Words that stand before a figure, and what they mean.
const WORDS: [(&str, Form); 8] = [
    ("at least", Form::AtLeast),
    ("more than", Form::MoreThan),
    ("over", Form::MoreThan),
    ("about", Form::About),
    ("around", Form::About),
    ("some", Form::About),
    ("up to", Form::AtMost),
    ("at most", Form::AtMost),
];

const SIGNS: [(&str, Form); 9] = [
    (">=", Form::AtLeast),
    ("≥", Form::AtLeast),
    (">", Form::MoreThan),
    ("<=", Form::AtMost),
    ("≤", Form::AtMost),
    ("<", Form::LessThan),
    ("~", Form::About),
    ("≈", Form::About),
    ("c.", Form::About),
];

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Plain,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    About,
    AboutOrMore,
}

/// Reads every form that `Display` writes, and the same with spaces, en dashes, thousands commas, `to` and a few
/// words ("at least 8").
impl FromStr for Count {
    type Err = CountError;

    fn from_str(text: &str) -> Result<Count, CountError> {
        let text = text.trim();
        // Nearly every cell of a table is a few digits.
        if (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
            let n = text.bytes().fold(0, |n, b| n * 10 + u64::from(b - b'0'));
            return Ok(Count::exactly(n));
        }
        if let Some((best, span)) = text
            .strip_suffix([')', ']'])
            .and_then(|t| t.split_once(['(', '[']))
        {
            let best = number(best)?;
            let span = parse_span(span.trim())?;
            if best < span.min || best > span.max || span.strict {
                return Err(CountError::Order);
            }
            return Ok(span.with_best(Some(best)));
        }
        parse_span(text)
    }
}

fn parse_span(text: &str) -> Result<Count, CountError> {
    let (form, rest) = form(text);
    let (form, rest) = match (form, rest.strip_suffix('+')) {
        (Form::Plain, Some(rest)) => (Form::AtLeast, rest),
        (Form::About, Some(rest)) => (Form::AboutOrMore, rest),
        (_, Some(_)) => return Err(CountError::Form),
        _ => (form, rest),
    };
    let (min, max) = match split_range(rest)? {
        Some((low, high)) => (number(low)?, number(high)?),
        None => {
            let n = number(rest)?;
            (n, n)
        }
    };
    if min > max {
        return Err(CountError::Order);
    }
    let mut count = Count::span(min, max);
    match form {
        Form::Plain => {}
        Form::AtLeast => count.above = true,
        // Only one figure can be exceeded: ">6-9" says nothing clear.
        Form::MoreThan | Form::LessThan if min != max => return Err(CountError::Form),
        Form::MoreThan => return Ok(Count::more_than(min)),
        Form::LessThan => {
            let most = min.checked_sub(1).ok_or(CountError::Negative)?;
            return Ok(Count::at_most(most));
        }
        Form::AtMost => count.below = true,
        Form::About => (count.below, count.above) = (true, true),
        Form::AboutOrMore => (count.below, count.above, count.open) = (true, true, true),
    }
    Ok(count)
}

fn form(text: &str) -> (Form, &str) {
    for (sign, form) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            return (form, rest.trim_start());
        }
    }
    for (word, form) in WORDS {
        if let Some((head, rest)) = text.split_at_checked(word.len())
            && head.eq_ignore_ascii_case(word)
            && rest.starts_with(char::is_whitespace)
        {
            return (form, rest.trim_start());
        }
    }
    (Form::Plain, text)
}

/// The two ends of a range: `6-9`, `6–9`, `6 to 9`.
fn split_range(text: &str) -> Result<Option<(&str, &str)>, CountError> {
    if text.starts_with(['-', '−', '–']) {
        return Err(CountError::Negative);
    }
    let ends = text
        .split_once(['-', '–', '—', '−'])
        .or_else(|| text.split_once(" to "));
    Ok(ends)
}

/// Digits, in groups of three where they are grouped by commas or spaces; a table program's `12.0` is 12.
fn number(text: &str) -> Result<u64, CountError> {
    let text = text.trim();
    if text.starts_with(['-', '−', '–']) {
        return Err(CountError::Negative);
    }
    let starts_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let whole = match text.split_once('.') {
        None => text,
        Some((whole, "0")) => whole,
        Some(_) if starts_with_digit => return Err(CountError::Fraction),
        Some(_) => return Err(CountError::Form),
    };
    if !starts_with_digit {
        return Err(CountError::Form);
    }
    // Comma, space, no-break space, thin space, narrow no-break space.
    let mut groups = whole.split([',', ' ', '\u{a0}', '\u{2009}', '\u{202f}']);
    let mut n: u64 = 0;
    let first = groups.next().unwrap_or_default();
    let mut grouped = false;
    for (group, inner) in std::iter::once((first, false)).chain(groups.map(|g| (g, true))) {
        if !group.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CountError::Form);
        }
        if inner && group.len() != 3 {
            return Err(CountError::Fraction);
        }
        grouped |= inner;
        for b in group.bytes() {
            n = n
                .checked_mul(10)
                .and_then(|n| n.checked_add(u64::from(b - b'0')))
                .ok_or(CountError::TooLarge)?;
        }
    }
    if grouped && !(1..=3).contains(&first.len()) {
        return Err(CountError::Fraction);
    }
    Ok(n)
}
