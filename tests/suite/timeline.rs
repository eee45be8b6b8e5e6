//! The strip of days under the map: which of its bars say their day.

use crate::common::Desk;

/// The words of the strip for a period.
fn strip(period: &str) -> Vec<String> {
    let desk = Desk::new();
    desk.file(
        "i.csv",
        "date,place,kind\n2021-03-12,Idlib,air strike\n2021-02-26,Idlib,air strike\n",
    );
    let args = [
        &["render", "--incidents", "i.csv", "--period", period][..],
        &["--size", "1600x1200", "--formats", "svg"],
    ]
    .concat();
    desk.dateline(&args).assert().success();
    let files = desk.files("output");
    let (name, _) = files
        .iter()
        .find(|(name, _)| name.ends_with("_density.svg"))
        .expect("a map");
    let svg = desk.text(&format!("output/{name}"));
    let document = roxmltree::Document::parse(&svg).expect("an SVG");
    let strip = document
        .descendants()
        .find(|node| node.attribute("id") == Some("timeline"))
        .expect("a strip");
    let words = strip.descendants().filter(roxmltree::Node::is_text);
    words
        .filter_map(|node| node.text().map(str::to_owned))
        .collect()
}

#[test]
fn each_bar_says_its_day_where_there_is_room() {
    let words = strip("2021-03-11/2021-03-15");
    for day in ["11 March", "12", "13", "14", "15"] {
        assert!(words.iter().any(|word| word == day), "{day}: {words:?}");
    }
    let words = strip("2021-02-25/2021-03-03");
    for day in ["25 February", "26", "27", "28", "1 March", "2", "3"] {
        assert!(words.iter().any(|word| word == day), "{day}: {words:?}");
    }
    // Two months are too many.
    let words = strip("2021-03/2021-04");
    assert!(words.iter().any(|word| word == "10"), "{words:?}");
    assert!(!words.iter().any(|word| word == "11"), "{words:?}");
}
