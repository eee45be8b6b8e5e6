//! `dateline extract`: news text → draft tables that render as they are.

use crate::common::{Desk, stderr, stdout};
use dateline::extract::{Article, Lexicon, extract};
use dateline::gazetteer::Gazetteer;
use proptest::prelude::*;

const STORY: &str = "\
Strikes on Idlib towns kill six

BEIRUT, 3 May 2021 (Levant Wire) — Warplanes bombed a market in Saraqib on Sunday, killing six people and wounding 14, the Orontes Monitor said.

The monitor said a second strike could follow. Local doctors put the number of dead at nine.

The raids prompted more than 2,000 people to flee Saraqib for Ariha, it added.
";

fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = reader
        .headers()
        .unwrap()
        .iter()
        .position(|header| header == name)
        .unwrap();
    reader
        .records()
        .map(|row| row.unwrap()[at].to_owned())
        .collect()
}

#[test]
fn a_report_becomes_drafts_that_render_as_they_are() {
    let desk = Desk::new();
    desk.file("story.txt", STORY);
    let run = desk
        .dateline(&["extract", "story.txt", "--out", "draft"])
        .assert()
        .success();
    assert!(stderr(&run).contains("1 incident"), "{}", stderr(&run));

    let incidents = desk.text("draft/incidents.csv");
    assert_eq!(column(&incidents, "killed"), ["6", "9"]);
    assert_eq!(column(&incidents, "date"), ["2021-05-02", "2021-05-02"]);
    assert_eq!(
        column(&incidents, "source"),
        ["Orontes Monitor", "Local doctors"]
    );
    let ids = column(&incidents, "id");
    assert_eq!(ids[0], ids[1], "two claims about one incident");
    for quote in column(&incidents, "quote") {
        assert!(STORY.contains(&quote), "{quote}");
    }

    let moved = desk.text("draft/displacement.csv");
    assert_eq!(column(&moved, "people"), [">2000"]);
    assert_eq!(column(&moved, "origin"), ["Saraqib"]);
    assert_eq!(column(&moved, "destination"), ["Ariha"]);

    desk.dateline(&[
        "layers",
        "--incidents",
        "draft/incidents.csv",
        "--displacement",
        "draft/displacement.csv",
        "--out",
        "map",
        "--strict",
    ])
    .assert()
    .success();
    let drawn = desk.features("map/layers/incidents.geojson");
    assert_eq!(drawn.len(), 1);
    assert_eq!(drawn[0]["properties"]["killed_low"], 6);
    assert_eq!(drawn[0]["properties"]["killed_high"], 9);
}

#[test]
fn the_explanation_shows_what_was_taken_and_what_was_not() {
    let desk = Desk::new();
    desk.file("story.txt", STORY);
    let run = desk
        .dateline(&["extract", "story.txt", "--out", "draft", "--explain"])
        .assert()
        .success();
    let text = stdout(&run);
    assert!(text.contains("killed 6"), "{text}");
    assert!(
        text.contains("not taken: planned, feared or possible"),
        "{text}"
    );
    let page = desk.text("draft/explained.html");
    assert!(page.contains("<mark>Warplanes bombed a market"), "{page}");
    assert!(page.contains("killed 9"));
}

#[test]
fn html_is_read_for_its_text_and_its_date() {
    let desk = Desk::new();
    desk.file(
        "page.html",
        "<html><head><meta property=\"article:published_time\" content=\"2021-05-03\"></head><body>\
         <script>killed(99)</script><p>Shelling of Ariha on Sunday killed two people.</p></body></html>",
    );
    desk.dateline(&["extract", "page.html", "--out", "draft"])
        .assert()
        .success();
    let incidents = desk.text("draft/incidents.csv");
    assert_eq!(column(&incidents, "date"), ["2021-05-02"]);
    assert_eq!(column(&incidents, "killed"), ["2"]);
}

#[test]
fn without_a_date_nothing_is_written() {
    let desk = Desk::new();
    desk.file("a.txt", "Shelling of Ariha on Sunday killed two people.");
    desk.file("b.txt", "Shelling of Ariha on Monday killed two people.");
    let run = desk
        .dateline(&["extract", "a.txt", "b.txt", "--out", "draft"])
        .assert()
        .code(1);
    let said = stderr(&run);
    assert!(
        said.contains("a.txt: the day of publication") && said.contains("b.txt:"),
        "{said}"
    );
    assert!(!desk.path("draft").exists());
    desk.dateline(&[
        "extract",
        "a.txt",
        "--published",
        "2021-05-03",
        "--out",
        "draft",
    ])
    .assert()
    .success();
    assert_eq!(
        column(&desk.text("draft/incidents.csv"), "date"),
        ["2021-05-02"]
    );
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    let desk = Desk::new();
    let files: [(&str, &[u8]); 4] = [
        ("map.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("report.pdf", b"%PDF-1.7\n1 0 obj"),
        ("wide.txt", b"\xff\xfeS\0i\0x\0"),
        ("empty.txt", b" \n"),
    ];
    let mut args = vec!["extract", "--published", "2021-05-03", "--out", "draft"];
    for (name, bytes) in files {
        std::fs::write(desk.path(name), bytes).unwrap();
        args.push(name);
    }
    let said = stderr(&desk.dateline(&args).assert().code(1));
    for (name, _) in files {
        assert!(said.contains(&format!("{name}: ")), "{name}: {said}");
    }
    assert_eq!(said.matches("no plain text or HTML").count(), 3, "{said}");
    assert!(said.contains("it is empty"), "{said}");
    assert!(!desk.path("draft").exists());
}

#[test]
fn what_is_denied_planned_or_general_is_no_incident() {
    let lexicon = Lexicon::english().unwrap();
    for text in [
        "The army denied that it had shelled Ariha on Sunday.",
        "Air strikes on Ariha could follow, officials warned on Sunday.",
        "Israel has repeatedly struck targets near Damascus in recent years.",
        "Warplanes have bombed Idlib since 2015.",
        "Some 40 attacks on bases near Damascus were recorded in recent weeks.",
        "The town of Ariha is home to 40,000 people.",
        "The minister threatened to bomb Ariha if rockets were fired.",
    ] {
        let mut article = Article::from_text("a.txt", text, &lexicon);
        article.published = Some("2021-05-03".parse().unwrap());
        let draft = extract(&article, &lexicon, Gazetteer::embedded()).unwrap();
        assert!(
            draft.claims.is_empty() && draft.movements.is_empty(),
            "{text}: {:?}",
            draft.claims
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_makes_it_panic(text in "(killed|wounded|the|of|them|[0-9]{1,4}|and|,|\\.|in|Idlib|Saraqib|strike|shelling|on|Friday|people|fled|to|from|said|,|:|-|’s|'|including|a|two|between|May|\\PC{1,4}| |\n){0,60}") {
        let lexicon = Lexicon::english().unwrap();
        let mut article = Article::read("a.txt", &text, &lexicon);
        article.published = Some("2021-05-03".parse().unwrap());
        let _ = extract(&article, &lexicon, Gazetteer::embedded());
    }

    #[test]
    fn words_in_any_order_do_neither(words in prop::collection::vec(prop::sample::select(vec![
        "killed", "wounded", "the", "of", "them", "12", "and", ",", ".", "in", "Idlib", "Saraqib", "strike", "shelling", "on",
        "Friday", "people", "fled", "to", "from", "said", ":", "-", "including", "a", "two", "between", "May", "families",
        "more than", "no casualties", "another", "Syria's", "north of", "province", "border", "with", "Turkey", "(", ")", "toll", "rose",
    ]), 0..50)) {
        let lexicon = Lexicon::english().unwrap();
        let mut article = Article::from_text("a.txt", &words.join(" "), &lexicon);
        article.published = Some("2021-05-03".parse().unwrap());
        let _ = extract(&article, &lexicon, Gazetteer::embedded());
    }
}

#[test]
fn a_draft_without_movements_renders_too() {
    let desk = Desk::new();
    desk.file("a.txt", "Shelling of Ariha on Sunday killed two people.");
    desk.dateline(&[
        "extract",
        "a.txt",
        "--published",
        "2021-05-03",
        "--out",
        "draft",
    ])
    .assert()
    .success();
    desk.dateline(&[
        "layers",
        "--incidents",
        "draft/incidents.csv",
        "--displacement",
        "draft/displacement.csv",
        "--out",
        "map",
    ])
    .assert()
    .success();
    assert_eq!(desk.features("map/layers/incidents.geojson").len(), 1);
}
