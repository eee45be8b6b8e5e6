//! Breaking text into lines by its real width.

use crate::draw::{MissingGlyph, TextStyle, measure};

/// Breaks a text into lines no wider than `width` pixels: at spaces, and within a word only if the
/// word alone is wider. Line breaks in the text are kept.
///
/// # Errors
/// If a character is in no embedded font.
pub(super) fn wrap(text: &str, style: &TextStyle, width: f64) -> Result<Vec<String>, MissingGlyph> {
    let mut lines = Vec::new();
    // Widths of words add up: letters do not kern across a space.
    let space = measure("n n", style)?.width - measure("nn", style)?.width;
    for paragraph in text.lines() {
        let (mut line, mut far) = (String::new(), 0.0);
        for word in paragraph.split_whitespace() {
            let wide = measure(word, style)?.width;
            if !line.is_empty() && far + space + wide <= width {
                line.push(' ');
                line.push_str(word);
                far += space + wide;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = break_word(word, style, width, &mut lines)?;
            far = if line.len() == word.len() {
                wide
            } else {
                measure(&line, style)?.width
            };
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// The last part of a word after its full lines have been pushed.
fn break_word(
    word: &str,
    style: &TextStyle,
    width: f64,
    lines: &mut Vec<String>,
) -> Result<String, MissingGlyph> {
    if measure(word, style)?.width <= width {
        return Ok(word.to_owned());
    }
    let mut part = String::new();
    for c in word.chars() {
        part.push(c);
        if measure(&part, style)?.width > width && part.chars().nth(1).is_some() {
            part.pop();
            lines.push(std::mem::replace(&mut part, c.to_string()));
        }
    }
    Ok(part)
}

/// As [`wrap`], with lines of about equal length: better for titles.
pub(super) fn wrap_balanced(
    text: &str,
    style: &TextStyle,
    width: f64,
) -> Result<Vec<String>, MissingGlyph> {
    let lines = wrap(text, style, width)?;
    if lines.len() < 2 || text.contains('\n') {
        return Ok(lines);
    }
    let (mut least, mut best) = (width * 0.4, lines);
    let mut most = width;
    // The narrowest measure that needs no more lines.
    for _ in 0..6 {
        let middle = (least + most) / 2.0;
        let attempt = wrap(text, style, middle)?;
        if attempt.len() <= best.len() {
            (best, most) = (attempt, middle);
        } else {
            least = middle;
        }
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Color;

    fn style() -> TextStyle {
        TextStyle::new(12.0, Color::hex(0))
    }

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let text = "Strike density in the northern countryside of Hama and in Idlib, January 2020";
        for width in [40.0, 90.0, 200.0, 1000.0] {
            for lines in [
                wrap(text, &style(), width).unwrap(),
                wrap_balanced(text, &style(), width).unwrap(),
            ] {
                assert!(
                    lines
                        .iter()
                        .all(|l| measure(l, &style()).unwrap().width <= width),
                    "{width}: {lines:?}"
                );
                let letters =
                    |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                assert_eq!(letters(&lines.concat()), letters(text));
            }
        }
        assert!(wrap("", &style(), 50.0).unwrap().is_empty());
    }

    #[test]
    fn a_word_too_long_is_broken() {
        let lines = wrap(
            "see https://example.org/a/very/long/address/that/does/not/fit",
            &style(),
            80.0,
        )
        .unwrap();
        assert!(
            lines.len() > 2
                && lines
                    .iter()
                    .all(|l| measure(l, &style()).unwrap().width <= 80.0)
        );
    }

    #[test]
    fn titles_are_balanced() {
        let text = "Strike density in Syria and northern Iraq in January and February 2020";
        let lines = wrap_balanced(text, &style(), 300.0).unwrap();
        let widths: Vec<f64> = lines
            .iter()
            .map(|l| measure(l, &style()).unwrap().width)
            .collect();
        assert_eq!(lines.len(), 2);
        assert!(widths[1] > 0.6 * widths[0], "{lines:?}");
    }
}
