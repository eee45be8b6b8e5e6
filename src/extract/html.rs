//! HTML → text: the paragraphs of a page, and what its head says of it.

use html5gum::{Token, Tokenizer};
use jiff::civil::Date;

use super::article::Article;
use super::lexicon::Lexicon;

/// What a page holds.
#[derive(Debug, Default)]
struct Page {
    text: String,
    published: Option<Date>,
    site: Option<String>,
    url: Option<String>,
}

/// Elements that no reader reads.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form",
    "button", "svg", "iframe", "select", "head",
];

/// Elements without an end.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "blockquote",
    "figure",
    "figcaption",
    "br",
    "hr",
    "dt",
    "dd",
    "pre",
    "header",
    "title",
    "body",
];

/// Whether a text is HTML.
pub(super) fn is_html(text: &str) -> bool {
    let head = text.get(..text.len().min(2000)).or_else(|| text.get(..0));
    let cut = text
        .char_indices()
        .nth(1500)
        .map_or(text.len(), |(at, _)| at);
    let head = text
        .get(..cut)
        .or(head)
        .unwrap_or_default()
        .to_ascii_lowercase();
    head.contains("<!doctype html")
        || head.contains("<html")
        || head.contains("<body")
        || head.contains("<p>")
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn page(html: &str) -> Page {
    let mut page = Page::default();
    // How deep within elements that are skipped, by name.
    let mut skipped: Vec<String> = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attribute = |name: &str| {
                    tag.attributes
                        .get(name.as_bytes())
                        .map(|value| String::from_utf8_lossy(value).into_owned())
                };
                let content = || attribute("content");
                match name.as_str() {
                    "meta" => {
                        let key = attribute("property")
                            .or_else(|| attribute("name"))
                            .or_else(|| attribute("itemprop"));
                        match key.as_deref() {
                            Some(
                                "article:published_time"
                                | "datePublished"
                                | "date"
                                | "pubdate"
                                | "dc.date"
                                | "DC.date.issued",
                            ) => {
                                page.published =
                                    page.published.or(content().as_deref().and_then(day));
                            }
                            Some("og:site_name") => page.site = page.site.take().or(content()),
                            Some("og:url") => page.url = page.url.take().or(content()),
                            _ => {}
                        }
                    }
                    "link" if attribute("rel").as_deref() == Some("canonical") => {
                        page.url = attribute("href").or(page.url.take());
                    }
                    "time" if page.published.is_none() && skipped.is_empty() => {
                        page.published = attribute("datetime").as_deref().and_then(day);
                    }
                    _ => {}
                }
                // The article's own header has its title.
                if SKIPPED.contains(&name.as_str())
                    && !tag.self_closing
                    && !VOID.contains(&name.as_str())
                {
                    skipped.push(name);
                } else if skipped.is_empty() && BLOCKS.contains(&name.as_str()) {
                    page.text.push('\n');
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if let Some(at) = skipped.iter().rposition(|open| *open == name) {
                    skipped.truncate(at);
                } else if skipped.is_empty() && BLOCKS.contains(&name.as_str()) {
                    page.text.push('\n');
                }
            }
            Token::String(text) if skipped.is_empty() => {
                let text = String::from_utf8_lossy(&text);
                let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if text.starts_with(char::is_whitespace) && !page.text.ends_with(['\n', ' ']) {
                    page.text.push(' ');
                }
                page.text.push_str(&spaced);
                if text.ends_with(char::is_whitespace) && !spaced.is_empty() {
                    page.text.push(' ');
                }
            }
            _ => {}
        }
    }
    page
}

impl Article {
    /// From plain text, or HTML if it looks like that.
    pub fn read(name: &str, text: &str, lexicon: &Lexicon) -> Article {
        if !is_html(text) {
            return Article::from_text(name, text, lexicon);
        }
        let page = page(text);
        let lines: Vec<&str> = page
            .text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let mut article = Article::from_text(name, &lines.join("\n\n"), lexicon);
        article.published = page.published.or(article.published);
        article.agency = article.agency.take().or(page.site);
        article.url = page.url;
        article
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_paragraphs_and_what_its_head_says() {
        let html = "<!doctype html><html><head><title>x</title>\
            <meta property=\"article:published_time\" content=\"2021-05-03T08:00:00Z\">\
            <meta property=\"og:site_name\" content=\"Levant Wire\">\
            <link rel=\"canonical\" href=\"https://example.org/a\"><script>var p = '<p>no</p>';</script></head>\
            <body><nav><a>Home</a></nav><h1>Jets strike</h1><p>Jets struck <b>Saraqib</b>&nbsp;on Sunday, killing&#32;two.</p>\
            <p>More.</p><footer>Imprint</footer></body></html>";
        let lexicon = Lexicon::english().unwrap();
        let article = Article::read("a.html", html, &lexicon);
        assert_eq!(
            article.text,
            "Jets strike\n\nJets struck Saraqib on Sunday, killing two.\n\nMore."
        );
        assert_eq!(article.published.unwrap().to_string(), "2021-05-03");
        assert_eq!(article.agency.as_deref(), Some("Levant Wire"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/a"));
    }
}
