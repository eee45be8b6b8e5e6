//! Text that says the same as Markdown.

/// A text in which nothing is taken for markup.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut number = true;
    for (i, c) in text.trim().chars().enumerate() {
        let marks = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' | '$' => true,
            // At the start of a text these would begin a list or a headline.
            '#' | '-' | '+' | '=' => i == 0,
            '.' | ')' => number && i > 0,
            _ => false,
        };
        number &= c.is_ascii_digit();
        if marks {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}

/// A link to a page on the web; another address as text.
pub(super) fn link(url: &str) -> String {
    let url = url.trim();
    let web = ["https://", "http://"].iter().any(|scheme| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '\\');
    if web && url.chars().all(plain) {
        format!("<{url}>")
    } else {
        escape(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            escape("a *b* <i> [c](d) R&D\nx_y"),
            "a \\*b\\* \\<i\\> \\[c\\](d) R\\&D x\\_y"
        );
        assert_eq!(escape("1. April"), "1\\. April");
        assert_eq!(escape("- dash - dash"), "\\- dash - dash");
        assert_eq!(escape("al-Bab, 3.5 km (near)"), "al-Bab, 3.5 km (near)");
    }

    #[test]
    fn only_the_web_is_linked() {
        assert_eq!(link("https://example.org/a_b"), "<https://example.org/a_b>");
        assert_eq!(link("javascript:alert(1)"), "javascript:alert(1)");
        assert_eq!(link("https://a> <b"), "https://a\\> \\<b");
    }
}
