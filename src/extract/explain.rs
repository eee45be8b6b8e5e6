//! A text with what was taken from where: for a terminal and as an HTML page.

use std::fmt::Write;
use std::ops::Range;

use super::article::Article;
use super::rows::Draft;
use crate::record::{Count, Text};

/// A remark on a stretch of text.
struct Remark {
    span: Range<usize>,
    taken: bool,
    text: String,
}

fn remarks(draft: &Draft) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let say = |label: &str, count: Option<Count>| {
        count.map_or_else(String::new, |count| format!(", {label} {count}"))
    };
    let by = |label: &str, text: Option<&Text>| {
        text.map_or_else(String::new, |text| format!(" {label} {text}"))
    };
    let or =
        |text: Option<&Text>, none: &str| text.map_or_else(|| none.to_owned(), ToString::to_string);
    for row in &draft.claims {
        let claim = &row.claim;
        let name = claim.extra.get("said_as");
        let text = format!(
            "{} · {} · {} · {}{}{}{}{}{} · {} · confidence {:.2}{}",
            or(claim.id.as_ref(), ""),
            claim.when,
            or(claim.place.as_ref(), "place not told"),
            name.map_or_else(|| claim.kind.to_string(), str::to_owned),
            by("by", claim.actor.as_ref()),
            by("on", claim.target.as_ref()),
            say("count", claim.count),
            say("killed", claim.killed),
            say("injured", claim.injured),
            or(claim.source.as_ref(), "nobody is named"),
            row.confidence,
            claim
                .note
                .as_ref()
                .map_or_else(String::new, |note| format!(" · {note}")),
        );
        for (index, span) in row.spans.iter().enumerate() {
            let text = if index == 0 {
                text.clone()
            } else {
                format!("{} · told on", or(claim.id.as_ref(), ""))
            };
            remarks.push(Remark {
                span: span.clone(),
                taken: true,
                text,
            });
        }
    }
    for row in &draft.movements {
        let moved = &row.movement;
        let text = format!(
            "{} · {} · {} people · {} → {} · {} · confidence {:.2}",
            or(moved.id.as_ref(), ""),
            moved.when,
            moved.people,
            or(moved.origin.as_ref(), "unknown"),
            if moved.destinations.is_empty() {
                "unknown".to_owned()
            } else {
                moved.destinations.join("; ")
            },
            or(moved.source.as_ref(), "nobody is named"),
            row.confidence,
        );
        remarks.extend(row.spans.iter().map(|span| Remark {
            span: span.clone(),
            taken: true,
            text: text.clone(),
        }));
    }
    for passed in &draft.passed {
        remarks.push(Remark {
            span: passed.span.clone(),
            taken: false,
            text: format!("not taken: {}", passed.reason),
        });
    }
    remarks.sort_by_key(|remark| (remark.span.start, !remark.taken));
    remarks.dedup_by(|a, b| a.span == b.span && a.text == b.text);
    remarks
}

/// The stretches that have remarks, each with them, in the order of the text.
fn grouped(draft: &Draft) -> Vec<(Range<usize>, Vec<Remark>)> {
    let mut groups: Vec<(Range<usize>, Vec<Remark>)> = Vec::new();
    for remark in remarks(draft) {
        match groups.last_mut() {
            Some((span, remarks)) if remark.span.start < span.end => {
                span.end = span.end.max(remark.span.end);
                remarks.push(remark);
            }
            _ => groups.push((remark.span.clone(), vec![remark])),
        }
    }
    groups
}

/// For a terminal: the text, and below each sentence what was taken from it (`+`) or why nothing was (`-`).
pub fn explained_text(article: &Article, draft: &Draft) -> String {
    let mut out = format!("== {}\n", article.name);
    let mut at = 0;
    for (span, remarks) in grouped(draft) {
        let before = article.text.get(at..span.start).unwrap_or_default().trim();
        if !before.is_empty() {
            let _ = writeln!(out, "{before}");
        }
        let _ = writeln!(
            out,
            "» {}",
            article.text.get(span.clone()).unwrap_or_default().trim()
        );
        for remark in remarks {
            let _ = writeln!(
                out,
                "    {} {}",
                if remark.taken { '+' } else { '-' },
                remark.text
            );
        }
        at = span.end;
    }
    let rest = article.text.get(at..).unwrap_or_default().trim();
    if !rest.is_empty() {
        let _ = writeln!(out, "{rest}");
    }
    out
}

/// As an HTML page that needs nothing else.
pub fn explained_html(pages: &[(&Article, &Draft)]) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>What was taken from where</title>\n<style>\n\
         body{font:16px/1.5 sans-serif;max-width:52em;margin:2em auto;padding:0 1em;color:#222}\n\
         h2{border-top:1px solid #ccc;padding-top:1em}\n\
         .text{white-space:pre-wrap}\n\
         mark{background:#fde9b8}mark.not{background:#ececec}\n\
         ul{white-space:normal;margin:.3em 0 .8em;padding-left:1.2em;font-size:.85em}\n\
         li.taken{color:#7a3b00}li.not{color:#555}\n\
         </style>\n</head>\n<body>\n<h1>What was taken from where</h1>\n\
         <p><mark>Taken</mark>, or <mark class=\"not\">looked at and passed over</mark>, each with how or why. What has no \
         colour has no word for an event, for people who were harmed or for people who moved.</p>\n",
    );
    for (article, draft) in pages {
        let _ = writeln!(
            out,
            "<h2>{}</h2>\n<div class=\"text\">",
            escaped(&article.name)
        );
        let mut at = 0;
        for (span, remarks) in grouped(draft) {
            out.push_str(&escaped(
                article.text.get(at..span.start).unwrap_or_default(),
            ));
            let taken = remarks.iter().any(|remark| remark.taken);
            let _ = write!(
                out,
                "<mark{}>{}</mark>\n<ul>",
                if taken { "" } else { " class=\"not\"" },
                escaped(article.text.get(span.clone()).unwrap_or_default())
            );
            for remark in &remarks {
                let class = if remark.taken { "taken" } else { "not" };
                let _ = write!(out, "<li class=\"{class}\">{}</li>", escaped(&remark.text));
            }
            out.push_str("</ul>");
            at = span.end;
        }
        out.push_str(&escaped(article.text.get(at..).unwrap_or_default()));
        out.push_str("</div>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
