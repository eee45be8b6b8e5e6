//! What a map shows and explains: only what is on it, in every theme; wrong words are refused together.

use crate::common::{Desk, stderr};

const HEAD: &str = "id,date,place,kind,killed,source\n";

/// The text of every `<text>` of the only SVG that a render of these rows writes.
fn texts(rows: &str, args: &[&str]) -> Vec<String> {
    let desk = Desk::new();
    desk.file("incidents.csv", format!("{HEAD}{rows}"));
    let mut all = vec![
        "render",
        "--incidents",
        "incidents.csv",
        "--formats",
        "svg",
        "--out",
        "out",
        "--extent",
        "Idlib",
        "--period",
        "2020-02",
    ];
    all.extend(args);
    desk.dateline(&all).assert().success();
    let files = desk.files("out");
    let (_, svg) = files
        .iter()
        .find(|(name, _)| name.ends_with(".svg"))
        .expect("an SVG");
    let svg = String::from_utf8(svg.clone()).expect("UTF-8");
    let document = roxmltree::Document::parse(&svg).expect("XML");
    document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|node| {
            node.descendants()
                .filter(roxmltree::Node::is_text)
                .filter_map(|n| n.text())
                .collect()
        })
        .collect()
}

fn says(texts: &[String], what: &str) -> bool {
    texts.join(" ").contains(what)
}

#[test]
fn the_legend_explains_what_is_on_the_map_and_nothing_else() {
    let dot = "Place known to the settlement";
    let doubtful = "date uncertain";
    let ring = "Somewhere within the ring";
    let area = "Somewhere in the area";
    let rows = [
        ("a,2020-02-03,Saraqib,shelling,,A\n", dot),
        ("b,2020-01-30/2020-02-02,Ariha,shelling,,A\n", doubtful),
        ("c,2020-02-03,Jisr al-Shughur district,shelling,,A\n", ring),
        ("d,2020-02-03,southern Idlib,shelling,,A\n", area),
    ];
    for (row, own) in rows {
        let found = texts(row, &["--maps", "density"]);
        for what in [dot, doubtful, ring, area] {
            let expected = what == own || (own == doubtful && what == dot && says(&found, dot));
            assert_eq!(says(&found, what), expected, "{row}: `{what}` in {found:?}");
        }
    }
}

#[test]
fn a_toll_is_a_range_over_its_claims_and_a_sum_over_incidents() {
    let rows = "a,2020-02-03,Saraqib,air strike,6,A\na,2020-02-03,Saraqib,air strike,9,B\n\
                b,2020-02-04,Saraqib,shelling,3,A\n";
    let found = texts(rows, &["--maps", "killed"]);
    assert!(
        says(&found, "9–12 killed") && says(&found, "2 incidents"),
        "{found:?}"
    );
    assert!(says(&found, "Disc: lowest figure; ring: highest"));
    assert!(!says(&found, "no highest figure") && !says(&found, "No source gives a figure"));

    let found = texts(
        "a,2020-02-03,Saraqib,air strike,>=6,A\n",
        &["--maps", "killed"],
    );
    assert!(
        says(&found, "at least 6 killed") && says(&found, "no highest figure"),
        "{found:?}"
    );

    let found = texts(
        "a,2020-02-03,Saraqib,air strike,,A\n",
        &["--maps", "killed"],
    );
    assert!(
        says(&found, "no source gives a number of killed"),
        "{found:?}"
    );
    assert!(says(&found, "No source gives a figure") && !says(&found, "Nobody killed"));
}

#[test]
fn what_is_killed_somewhere_in_an_area_stands_in_it_in_words() {
    let found = texts(
        "a,2020-02-03,southern Idlib,air strike,6-9,A\n",
        &["--maps", "killed"],
    );
    assert!(says(&found, "6–9 killed in southern Idlib"), "{found:?}");
    assert!(
        !says(&found, "at one place"),
        "no circle stands for a vague place"
    );
}

#[test]
fn numbers_stand_at_every_edge_of_the_classes() {
    let rows = "a,2020-02-03,Saraqib,shelling,,A\n";
    for size in ["1600x1200", "A4", "600x400"] {
        let found = texts(
            rows,
            &["--maps", "density", "--bandwidth-km", "25", "--size", size],
        );
        let numbers = |t: &String| t.parse::<f64>().is_ok();
        let edges: Vec<f64> = found
            .iter()
            .filter(|t| numbers(t))
            .filter_map(|t| t.parse().ok())
            .filter(|v| *v < 0.5 && *v > 0.0)
            .collect();
        let listed = found
            .iter()
            .filter(|t| t.contains(" – ") && !t.contains("20"))
            .count();
        assert!(edges.len() >= 5 || listed >= 5, "{size}: {found:?}");
    }
}

#[test]
fn a_locator_is_there_where_the_map_shows_a_part_of_a_country() {
    for (extent, expected) in [("Idlib", true), ("Syria", false)] {
        let desk = Desk::new();
        desk.file(
            "incidents.csv",
            format!("{HEAD}a,2020-02-03,Saraqib,shelling,,A\n"),
        );
        desk.dateline(&[
            "render",
            "--incidents",
            "incidents.csv",
            "--formats",
            "svg",
            "--out",
            "out",
            "--extent",
            extent,
        ])
        .assert()
        .success();
        let files = desk.files("out");
        let svg = files
            .iter()
            .find(|(name, _)| name.ends_with(".svg"))
            .expect("an SVG")
            .1;
        assert_eq!(
            String::from_utf8_lossy(svg).contains("id=\"locator\""),
            expected,
            "{extent}"
        );
    }
}

#[test]
fn every_theme_and_ramp_draws_another_picture() {
    let desk = Desk::new();
    desk.file(
        "incidents.csv",
        format!("{HEAD}a,2020-02-03,Saraqib,shelling,,A\n"),
    );
    let mut seen = Vec::new();
    for args in [
        ["--theme", "light"],
        ["--theme", "dark"],
        ["--theme", "print"],
        ["--theme", "grey"],
        ["--ramp", "lajolla"],
        ["--ramp", "YlGnBu"],
    ] {
        let mut all = vec![
            "render",
            "--incidents",
            "incidents.csv",
            "--formats",
            "png",
            "--size",
            "600x400",
            "--out",
            "out",
        ];
        all.extend(args);
        desk.dateline(&all).assert().success();
        let png = desk
            .files("out")
            .into_iter()
            .find(|(name, _)| name.ends_with(".png"))
            .expect("a PNG");
        assert!(!seen.contains(&png.1), "{args:?}");
        seen.push(png.1);
    }
}

#[test]
fn wrong_words_are_refused_together_with_what_is_right() {
    let desk = Desk::new();
    desk.file(
        "incidents.csv",
        format!("{HEAD}a,2020-02-03,Saraqib,shelling,,A\n"),
    );
    let message = stderr(
        &desk
            .dateline(&[
                "render",
                "--incidents",
                "incidents.csv",
                "--theme",
                "neon",
                "--ramp",
                "jet",
                "--maps",
                "heat",
            ])
            .assert()
            .code(1),
    );
    for part in [
        "neon",
        "light, dark, print",
        "jet",
        "lajolla",
        "heat",
        "density, killed or displacement",
    ] {
        assert!(message.contains(part), "{part} in {message}");
    }
    assert!(desk.files("output").is_empty());
}
