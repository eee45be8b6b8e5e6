//! The text beside each map: its figures are those of the layers and the manifest of the same run.

use serde_json::Value;

use crate::common::Desk;

const INCIDENTS: &str = "\
id,date,place,admin1,lat,lon,kind,killed,source,url
a,2020-01-10,Ariha,Idlib,35.8134,36.6099,air strike,6,Monitor A,https://example.org/a
a,2020-01-10,Ariha,Idlib,35.8134,36.6099,air strike,9,\"Council *of* Ariha\",javascript:alert(1)
b,2020-01-11,Ariha,Idlib,35.8134,36.6099,air strike,>=2,Monitor A,https://example.org/b
c,2020-01-12,Saraqib,Idlib,35.8634,36.8025,shelling,,Monitor A; Monitor B,
d,2020-01-13,Aleppo,Aleppo,36.2,37.16,shelling,0,,
e,2020-01,Idlib governorate,,,,clash,,Monitor B,
f,2020-01-14,Nosuchplaceatall,,,,clash,3,Monitor B,
";
const DISPLACEMENT: &str = "\
date,origin,destination,people,source,url
2020-01,Ariha,Azaz,500-700,UN,https://example.net/un
2020-01,Saraqib,Azaz,900,UN,
2020-01,Saraqib,Afrin;Jarabulus,300,UN,
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("incidents.csv", INCIDENTS)
        .file("displacement.csv", DISPLACEMENT);
    desk
}

fn render(desk: &Desk, args: &[&str]) {
    let always = ["render", "--formats", "svg", "--incidents", "incidents.csv"];
    desk.dateline(&[&always[..], args].concat())
        .assert()
        .success();
}

/// The captions of a run, by the kind of map, each beside a picture of its name.
fn caption(desk: &Desk, kind: &str) -> String {
    let files = desk.files("output");
    let end = format!("_{kind}.md");
    let name = files.keys().find(|name| name.ends_with(&end));
    let name = name.unwrap_or_else(|| panic!("a caption of {kind}"));
    assert!(files.contains_key(&name.replace(".md", ".svg")), "{name}");
    let manifest = desk.json("output/manifest.json");
    let outputs = manifest["outputs"].as_array().expect("outputs");
    assert!(
        outputs.iter().any(|output| output["path"] == **name),
        "{name}"
    );
    desk.text(&format!("output/{name}"))
}

#[track_caller]
fn says(caption: &str, words: &str) {
    assert!(caption.contains(words), "{words:?} is not in:\n{caption}");
}

#[test]
fn the_figures_are_those_of_the_layers() {
    let desk = desk();
    render(&desk, &["--maps", "density,killed", "--period", "2020-01"]);
    let counts = desk.json("output/manifest.json")["counts"].take();
    let incidents = desk.features("output/layers/incidents.geojson");
    let within = |name: &str| {
        let of = |feature: &&Value| feature["properties"]["admin1"] == name;
        incidents.iter().filter(of).count()
    };
    let drawn = incidents.len();
    let least: u64 = incidents
        .iter()
        .filter_map(|feature| feature["properties"]["killed_low"].as_u64())
        .sum();
    assert_eq!((drawn, least), (5, 8));
    for kind in ["density", "killed"] {
        let text = caption(&desk, kind);
        says(
            &text,
            &format!("The map shows {drawn} incidents for January 2020:"),
        );
        says(
            &text,
            &format!("Idlib ({}), Aleppo ({})", within("Idlib"), within("Aleppo")),
        );
        says(&text, &format!("At least {least} killed in all"));
        says(
            &text,
            &format!(
                "for {} of the incidents no source gives a number",
                counts["killed_unknown"]
            ),
        );
        says(
            &text,
            &format!(
                "Shown: {} of {} incidents; 1 could not be placed (3 killed)",
                counts["incidents_drawn"], counts["incidents_read"]
            ),
        );
        says(
            &text,
            "- 10 January 2020, Ariha (Idlib), air/drone strike: 6–9 killed: 6 (Monitor A), 9 (Council \\*of\\* Ariha)",
        );
        says(
            &text,
            "- 11 January 2020, Ariha (Idlib), air/drone strike: at least 2 killed (Monitor A)",
        );
        says(
            &text,
            "- Monitor A (3 incidents): <https://example.org/a>, <https://example.org/b>\n",
        );
        says(&text, "- Monitor B (2 incidents)\n");
        says(&text, "- no source named (1 incident)\n");
        assert!(!text.contains("<javascript"), "{text}");
        let alt = text.lines().find(|line| line.starts_with("Alt text: "));
        let alt = alt.expect("an alternative text");
        assert!(alt.len() < 250 && alt.contains("5 incidents"), "{alt}");
    }
    let bandwidth = desk.json("output/manifest.json")["settings"]["bandwidth_km"].take();
    let bandwidth = bandwidth.as_f64().expect("a bandwidth");
    says(
        &caption(&desk, "density"),
        &format!("smoothed with a bandwidth of {bandwidth} km"),
    );
}

#[test]
fn the_largest_cluster_is_told() {
    let desk = desk();
    render(
        &desk,
        &[
            "--maps",
            "density",
            "--period",
            "2020-01",
            "--cluster-min",
            "2",
        ],
    );
    let clusters = desk.features("output/layers/clusters.geojson");
    let first = &clusters[0]["properties"];
    says(
        &caption(&desk, "density"),
        &format!(
            "The only cluster is {}: {} incidents, 10–11 January 2020; at least 8 killed.",
            first["name"].as_str().expect("a name"),
            first["incidents"]
        ),
    );
}

#[test]
fn the_figures_of_flows_are_those_of_the_layer() {
    let desk = desk();
    let args = [
        "--displacement",
        "displacement.csv",
        "--maps",
        "displacement",
        "--period",
        "2020-01",
    ];
    render(&desk, &args);
    let text = caption(&desk, "displacement");
    let flows = desk.features("output/layers/flows.geojson");
    says(&text, "1,700–1,900 people");
    says(&text, &format!("{} flows from 3 reports", flows.len()));
    says(&text, "- Saraqib to Azaz: 900 (UN)");
    says(&text, "- Ariha to Azaz: 500–700 (UN)");
    says(&text, "part of 300 (UN)");
    says(
        &text,
        &format!("- UN ({} flows): <https://example.net/un>", flows.len()),
    );
    // Nobody says how many of the 300 went where, so that no place's arrivals are added up.
    assert!(!text.contains("Most went to"), "{text}");
}

#[test]
fn a_period_without_incidents_says_so() {
    let desk = desk();
    let args = [
        "--maps",
        "density,killed",
        "--period",
        "2021-05",
        "--extent",
        "Idlib",
    ];
    render(&desk, &args);
    for kind in ["density", "killed"] {
        let text = caption(&desk, kind);
        says(&text, "No incidents in this period (May 2021).");
        says(&text, "Shown: 0 of 6 incidents; 6 outside of the period.");
        assert!(!text.contains("killed in all"), "{text}");
    }
}

#[test]
fn every_frame_of_a_batch_has_captions() {
    let desk = desk();
    let args = [
        "batch",
        "--every",
        "week",
        "--period",
        "2020-01-06/2020-01-19",
        "--formats",
        "svg",
    ];
    desk.dateline(&[&args[..], &["--incidents", "incidents.csv"]].concat())
        .assert()
        .success();
    let files = desk.files("output");
    let of = |ending: &str| {
        let names = files.keys().filter(|name| name.ends_with(ending));
        names
            .map(|name| name.trim_end_matches(ending).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("_density.md").len(), 2);
    assert_eq!(of("_density.md"), of("_density.svg"));
}
