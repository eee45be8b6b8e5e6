//! `dateline batch`: what a user who compares months relies on.

use crate::common::{Desk, stderr};
use serde_json::Value;

/// A busy January, a calm March; February without anything; a name that nobody knows in March.
const INCIDENTS: &str = "\
date,place,kind,killed,lat,lon
2020-01-02,Idlib,air strike,1,,
2020-01-03,Idlib,air strike,2,,
2020-01-03,Idlib,air strike,1,,
2020-01-04,Idlib,shelling,,,
2020-01-05,Idlib,shelling,3,,
2020-01-05,Saraqib,shelling,0,,
2020-01-20,southern Idlib,shelling,0,,
2020-03-09,Saraqib,air strike,2,,
2020-03-12,Nowhere-at-all,air strike,1,,
";
const DISPLACEMENT: &str = "\
date,origin,destination,people
2020-01-08,Saraqib,Idlib,9000
2020-03-10,Saraqib,Idlib,300
";
const TABLES: [&str; 4] = ["--incidents", "i.csv", "--displacement", "d.csv"];
const PAGE: [&str; 4] = ["--size", "800x600", "--formats", "svg"];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("i.csv", INCIDENTS).file("d.csv", DISPLACEMENT);
    desk
}

fn batch(desk: &Desk, more: &[&str]) -> assert_cmd::Command {
    desk.dateline(&[&["batch"], &TABLES[..], &PAGE[..], more].concat())
}

const MONTHS: [&str; 2] = ["--every", "month"];

fn svg(desk: &Desk, out: &str, period: &str, kind: &str) -> String {
    desk.text(&format!("{out}/frames/{period}/syria_{period}_{kind}.svg"))
}

/// The shapes and the words of a group.
fn drawn(svg: &str, id: &str) -> (Vec<String>, Vec<String>) {
    let document = roxmltree::Document::parse(svg).expect("an SVG");
    let group = document
        .descendants()
        .find(|node| node.attribute("id") == Some(id))
        .unwrap_or_else(|| panic!("no group {id}"));
    let shapes = group.descendants().filter_map(|node| node.attribute("d"));
    let words = group.descendants().filter(roxmltree::Node::is_text);
    let words = words.filter_map(|node| node.text());
    (
        shapes.map(str::to_owned).collect(),
        words.map(str::to_owned).collect(),
    )
}

#[test]
fn frames_are_one_page_on_one_scale() {
    let desk = desk();
    batch(&desk, &MONTHS).assert().success();
    let manifest = desk.json("output/manifest.json");
    let frames = manifest["frames"].as_array().unwrap();
    let periods: Vec<&str> = frames.iter().filter_map(|f| f["period"].as_str()).collect();
    assert_eq!(periods, ["2020-01", "2020-02", "2020-03"]);
    for frame in frames {
        assert_eq!(frame["density_breaks"], frames[0]["density_breaks"]);
    }
    for kind in ["density", "displacement"] {
        let first = svg(&desk, "output", "2020-01", kind);
        for period in ["2020-02", "2020-03"] {
            let other = svg(&desk, "output", period, kind);
            for part in ["base", "legend"] {
                let (one, another) = (drawn(&first, part), drawn(&other, part));
                assert!(!one.0.is_empty());
                assert_eq!(one, another, "{part} of {kind}, {period}");
            }
        }
    }
}

#[test]
fn a_calm_month_looks_calm_unless_each_map_has_its_own_scale() {
    let desk = desk();
    let own = ["--scale", "per-map", "--out", "own"];
    batch(&desk, &MONTHS).assert().success();
    batch(&desk, &[&MONTHS[..], &own].concat())
        .assert()
        .success();
    let classes = |out: &str| {
        let layer = format!("{out}/frames/2020-03/layers/density.geojson");
        let features = desk.features(&layer);
        let classes = features.iter().map(|f| f["properties"]["class"].as_u64());
        classes.max().flatten().unwrap_or(0)
    };
    assert!(classes("output") < classes("own"));
    let breaks = |period: &str| {
        desk.json(&format!("own/frames/{period}/manifest.json"))["settings"]["density_breaks"]
            .clone()
    };
    assert_ne!(breaks("2020-01"), breaks("2020-03"));
}

#[test]
fn a_month_without_anything_has_a_map_that_says_so() {
    let desk = desk();
    batch(&desk, &MONTHS).assert().success();
    let words = |kind: &str| {
        let svg = svg(&desk, "output", "2020-02", kind);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let text = document.descendants().filter_map(|n| n.text());
        text.collect::<Vec<_>>().join(" ")
    };
    assert!(words("density").contains("No incidents in this period"));
    assert!(words("displacement").contains("No displacement in this period"));
    let counts = &desk.json("output/frames/2020-02/manifest.json")["counts"];
    assert_eq!(counts["incidents_drawn"], 0);
    assert_eq!(counts["incidents_outside_period"], 9);
}

#[test]
fn each_record_is_in_its_own_frame_and_what_is_in_none_is_listed() {
    let desk = desk();
    let out = batch(&desk, &["--ranges", "r.csv"]);
    desk.file(
        "r.csv",
        "name,start,end\nOffensive,2020-01-01,2020-01-15\nTruce,2020-03-01,2020-03-31\n",
    );
    let mut out = out;
    out.assert().success();
    let manifest = desk.json("output/manifest.json");
    assert_eq!(manifest["frames"][0]["name"], "Offensive");
    let drawn = |i: usize| manifest["frames"][i]["counts"]["incidents_drawn"].as_u64();
    assert_eq!((drawn(0), drawn(1)), (Some(6), Some(1)));
    let of_march = desk.text("output/frames/2020-03/left-out.csv");
    assert!(
        of_march.contains("Nowhere-at-all") && of_march.lines().count() == 2,
        "{of_march}"
    );
    let of_none = desk.text("output/left-out.csv");
    assert!(
        of_none.contains("southern Idlib") && of_none.lines().count() == 2,
        "{of_none}"
    );
}

#[test]
fn the_files_are_the_same_for_any_number_of_threads() {
    let desk = desk();
    for threads in ["1", "3"] {
        let args = [&MONTHS[..], &["--threads", threads, "--out", threads]].concat();
        batch(&desk, &args).assert().success();
    }
    let (one, three) = (desk.files("1"), desk.files("3"));
    assert!(one.keys().eq(three.keys()));
    for (name, bytes) in &one {
        assert!(three[name] == *bytes, "{name}");
    }
}

#[test]
fn resume_keeps_what_is_proved_and_makes_the_rest() {
    let desk = desk();
    batch(&desk, &MONTHS).assert().success();
    let whole = desk.files("output");
    let january = "output/frames/2020-01/syria_2020-01_density.svg";
    let march = "output/frames/2020-03/manifest.json";
    desk.file(january, "<svg").file(march, "{");
    let resume = [&MONTHS[..], &["--resume"]].concat();
    let run = batch(&desk, &resume).assert().success();
    assert!(stderr(&run).contains("1 of them kept"), "{}", stderr(&run));
    assert!(
        desk.files("output") == whole,
        "what was broken is as it was"
    );
    let run = batch(&desk, &resume).assert().success();
    assert!(stderr(&run).contains("3 of them kept"), "{}", stderr(&run));

    desk.file(
        "i.csv",
        INCIDENTS.replace("2020-01-05,Idlib", "2020-01-06,Idlib"),
    );
    let run = batch(&desk, &resume).assert().success();
    assert!(
        !stderr(&run).contains("kept"),
        "another table makes other maps"
    );
}

#[test]
fn every_mistake_in_a_table_of_ranges_is_told_with_its_row() {
    let desk = desk();
    desk.file(
        "r.csv",
        "start,end\n2020-01-01,2020-01-15\n2020-02-30,2020-03-01\n2020-03-02,2020-03-01\n2020-01-01,2020-01-15\n",
    );
    let run = batch(&desk, &["--ranges", "r.csv"]).assert().code(1);
    let told = stderr(&run);
    for words in [
        "r.csv: row 3: start \"2020-02-30\" is no date",
        "r.csv: row 4: ends on 2020-03-01, before it starts",
        "r.csv: row 5: 1–15 January 2020 is given twice",
    ] {
        assert!(told.contains(words), "{told}");
    }
    desk.file("r.csv", "from,to\n2020-01-01,2020-01-15\n");
    let run = batch(&desk, &["--ranges", "r.csv"]).assert().code(1);
    assert!(stderr(&run).contains("has no column for periods"));
    assert!(!desk.path("output").exists(), "nothing was written");
}

#[test]
fn a_batch_needs_one_way_to_cut_time() {
    let desk = desk();
    batch(&desk, &[]).assert().code(2);
    let both = ["--every", "day", "--window", "30d", "--step", "7d"];
    batch(&desk, &both).assert().code(2);
    batch(&desk, &["--window", "30d"]).assert().code(2);
    let run = batch(&desk, &["--every", "fortnight"]).assert().code(1);
    assert!(stderr(&run).contains("write day, week, month, quarter or year"));
    let run = batch(&desk, &["--window", "0d", "--step", "7d"])
        .assert()
        .code(1);
    assert!(stderr(&run).contains("write e.g. 30d"));
}

#[test]
fn the_page_holds_all_frames_and_asks_no_other_machine() {
    let desk = desk();
    batch(&desk, &MONTHS).assert().success();
    let page = desk.text("output/index.html");
    assert!(!page.contains("\"DATA\""));
    assert!(!page.contains("//cdn") && !page.contains("https://") && !page.contains("@import"));
    let manifest = desk.json("output/manifest.json");
    for frame in manifest["frames"].as_array().unwrap() {
        for file in frame["files"].as_array().unwrap() {
            let path = file["path"].as_str().unwrap();
            assert!(page.contains(path), "{path}");
            assert!(desk.path("output").join(path).is_file(), "{path}");
        }
    }
    assert_eq!(manifest["complete"], Value::Bool(true));
}

#[test]
fn a_contact_sheet_shows_every_map_of_a_kind() {
    let desk = desk();
    let png = ["--formats", "png", "--contact-sheet"];
    let args = [
        &["batch"],
        &TABLES[..],
        &MONTHS[..],
        &["--size", "800x600"],
        &png,
    ]
    .concat();
    desk.dateline(&args).assert().success();
    let sheet = crate::common::picture::read(&desk.path("output/contact-sheet_density.png"));
    assert!(sheet.width > 480 && sheet.height > 200);
    let listed = desk.json("output/manifest.json")["outputs"].to_string();
    assert!(
        listed.contains("contact-sheet_displacement.png"),
        "{listed}"
    );
    assert!(
        desk.text("output/index.html")
            .contains("contact-sheet_density.png")
    );

    // It needs no PNGs of the maps, nor maps that are made anew.
    let sheets = |desk: &Desk| {
        let files = desk.files("output");
        let sheets = files
            .into_iter()
            .filter(|(name, _)| name.starts_with("contact-sheet_"));
        sheets.collect::<Vec<_>>()
    };
    let first = sheets(&desk);
    let again = ["--contact-sheet", "--resume"];
    for kept in ["0", "3"] {
        let run = batch(&desk, &[&MONTHS[..], &again].concat())
            .assert()
            .success();
        let told = stderr(&run);
        assert_eq!(told.contains("kept"), kept == "3", "{told}");
        assert!(sheets(&desk) == first);
    }
}

/// The headline of a map.
fn headline(svg: &str) -> String {
    let document = roxmltree::Document::parse(svg).expect("an SVG");
    let title = document
        .descendants()
        .find(|node| node.has_tag_name("title"));
    title
        .and_then(|node| node.text())
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn one_headline_stands_for_all_maps_of_a_batch() {
    let desk = desk();
    let months = ["January 2020", "February 2020", "March 2020"];
    let headlines = |out: &str| {
        let manifest = desk.json(&format!("{out}/manifest.json"));
        let page = desk.text(&format!("{out}/index.html"));
        for (kind, what) in [("density", "density"), ("displacement", "Displacement")] {
            let title = manifest["titles"][kind].as_str().unwrap().to_owned();
            assert!(title.contains(what) && page.contains(&title), "{title}");
            for (month, label) in ["2020-01", "2020-02", "2020-03"].iter().zip(months) {
                let headline = headline(&svg(&desk, out, month, kind));
                assert_eq!(headline, format!("{title}, {label}"));
            }
        }
        manifest["titles"]["density"].as_str().unwrap().to_owned()
    };
    batch(&desk, &MONTHS).assert().success();
    assert_eq!(headlines("output"), "Strike density in Syria");
    // One clash in January, and none is called a strike: not even a month without anything.
    desk.file(
        "i.csv",
        format!("{INCIDENTS}2020-01-07,Idlib,armed clash,,,\n"),
    );
    batch(&desk, &[&MONTHS[..], &["--out", "mixed"]].concat())
        .assert()
        .success();
    assert_eq!(headlines("mixed"), "Incident density in Syria");
    // What lies outside of the ground shown does not count.
    let box_of = ["--extent", "36.5,35.8,37.0,36.1", "--out", "box"];
    desk.file(
        "i.csv",
        format!("{INCIDENTS}2020-01-07,Raqqa,armed clash,,,\n"),
    );
    let mut run = batch(&desk, &[&MONTHS[..], &box_of].concat());
    run.assert().success();
    assert_eq!(headlines("box"), "Strike density in north-west Syria");
}

#[test]
fn a_named_period_has_its_name_and_its_dates() {
    let desk = desk();
    desk.file(
        "r.csv",
        "name,period\nOffensive,2020-01-01/2020-01-15\n,2020-03\n",
    );
    let mut run = batch(&desk, &["--ranges", "r.csv"]);
    run.assert().success();
    let of = |out: &str, period: &str| svg(&desk, out, period, "density");
    let dates = "2020-01-01--2020-01-15";
    assert_eq!(
        headline(&of("output", dates)),
        "Strike density in Syria, Offensive (1–15 January 2020)"
    );
    assert_eq!(
        headline(&of("output", "2020-03")),
        "Strike density in Syria, March 2020"
    );
    let caption = desk.text(&format!("output/frames/{dates}/syria_{dates}_density.md"));
    assert!(
        caption.contains("Offensive (1–15 January 2020)"),
        "{caption}"
    );
    // Below a headline of the user's own.
    let own = ["--ranges", "r.csv", "--title", "Strikes", "--out", "own"];
    batch(&desk, &own).assert().success();
    let own = of("own", dates);
    assert_eq!(headline(&own), "Strikes");
    assert!(own.contains("Offensive (1–15 January 2020)"));
    assert_eq!(desk.json("own/manifest.json")["cut"], "as in r.csv");
    // Another name makes another map.
    desk.file(
        "r.csv",
        "name,period\nTruce,2020-01-01/2020-01-15\n,2020-03\n",
    );
    batch(&desk, &["--ranges", "r.csv", "--resume"])
        .assert()
        .success();
    assert!(headline(&of("output", dates)).contains("Truce (1–15"));
}

#[test]
fn a_map_without_data_says_so_in_its_middle() {
    let desk = desk();
    desk.file(
        "i.csv",
        format!("{INCIDENTS}2020-02-12,Nowhere-at-all,air strike,1,,\n"),
    );
    batch(&desk, &MONTHS).assert().success();
    for (kind, words) in [
        ("density", "None of 1 incident can be drawn"),
        ("displacement", "No displacement in this period"),
    ] {
        let svg = svg(&desk, "output", "2020-02", kind);
        let (_, at) = labels(&svg)
            .into_iter()
            .find(|(text, _)| text == words)
            .unwrap_or_else(|| panic!("{words}"));
        // The map takes the page's left.
        let x: f64 = at.split(' ').next().unwrap().parse().unwrap();
        assert!((200.0..400.0).contains(&x), "{words}: {at}");
    }
}

/// Words of the labels with where they stand.
fn labels(svg: &str) -> Vec<(String, String)> {
    let document = roxmltree::Document::parse(svg).expect("an SVG");
    let group = document
        .descendants()
        .find(|node| node.attribute("id") == Some("labels"))
        .expect("labels");
    let texts = group.descendants().filter(|node| node.has_tag_name("text"));
    let told = |node: roxmltree::Node| -> String {
        let words = node.descendants().filter(roxmltree::Node::is_text);
        words.filter_map(|word| word.text()).collect()
    };
    let place = |node: roxmltree::Node| {
        let at = ["x", "y", "transform"].map(|name| node.attribute(name).unwrap_or_default());
        at.join(" ")
    };
    texts.map(|node| (told(node), place(node))).collect()
}

#[test]
fn names_stay_where_they_are_from_frame_to_frame() {
    let desk = Desk::new();
    let mut table = "date,place,kind\n".to_owned();
    let towns = [
        "Idlib",
        "Saraqib",
        "Ariha",
        "Maarrat al-Numan",
        "Hama",
        "Aleppo",
        "Azaz",
    ];
    for month in 1..=6_usize {
        for (i, town) in towns.iter().enumerate() {
            // Each month some towns are quiet, and one is hit hard.
            let strikes = if i == month { 9 } else { (i + month) % 3 };
            for day in 1..=strikes {
                table += &format!("2020-0{month}-{day:02},{town},air strike\n");
            }
        }
    }
    desk.file("i.csv", &table);
    let extent = ["--extent", "35.5,34.5,38.5,37.0"];
    let args = [
        &["batch", "--incidents", "i.csv"],
        &MONTHS[..],
        &PAGE,
        &extent,
    ]
    .concat();
    desk.dateline(&args).assert().success();
    let frame = |month: usize| labels(&svg(&desk, "output", &format!("2020-0{month}"), "density"));
    let frames: Vec<Vec<(String, String)>> = (1..=6).map(frame).collect();
    let (mut same, mut all) = (0, 0);
    for pair in frames.windows(2) {
        for (name, at) in &pair[0] {
            let again = pair[1].iter().find(|(other, _)| other == name);
            if name.chars().any(char::is_alphabetic)
                && let Some((_, other)) = again
            {
                all += 1;
                same += usize::from(at == other);
            }
        }
    }
    assert!(all > 60, "{all} names");
    assert!(same * 10 >= all * 8, "only {same} of {all} names stay");
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_whole_files_and_a_batch_that_can_go_on() {
    let desk = desk();
    let days = [
        "--every",
        "day",
        "--period",
        "2020-01/2020-03",
        "--threads",
        "1",
    ];
    let args = [&["batch"], &TABLES[..], &PAGE, &days].concat();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("dateline"))
        .args(&args)
        .current_dir(desk.path(""))
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the binary");
    let begun = desk.path("output/frames/2020-01-02/manifest.json");
    let start = std::time::Instant::now();
    while !begun.exists() && start.elapsed().as_secs() < 120 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill").success());
    assert_eq!(child.wait().expect("an end").code(), Some(130));

    let manifest = desk.json("output/manifest.json");
    assert_eq!(manifest["complete"], false);
    let frames = manifest["frames"].as_array().expect("frames").len();
    assert!((2..91).contains(&frames), "{frames}");
    let files = desk.files("output");
    assert!(
        !files.keys().any(|name| name.contains(".dateline-")),
        "no halves"
    );
    let folders = files
        .keys()
        .filter(|name| name.starts_with("frames/") && name.ends_with("/manifest.json"));
    assert_eq!(folders.count(), frames);
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".svg")) {
        assert!(bytes.ends_with(b"</svg>\n"), "{name}");
    }
    let run = desk
        .dateline(&[&args[..], &["--resume"]].concat())
        .assert()
        .success();
    let told = stderr(&run);
    assert!(
        told.contains("91 of 91 frames") && told.contains(&format!("{frames} of them kept")),
        "{told}"
    );
}
