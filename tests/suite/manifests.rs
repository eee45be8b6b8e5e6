//! The manifests of all sorts of runs are as `docs/manifest.schema.json` has them, and have no field that it has not.

use serde_json::Value;

use crate::common::Desk;

const INCIDENTS: &str = "\
date,place,kind,killed,sensitive
2020-01-02,Idlib,air strike,~5,yes
2020-01~,Saraqib,shelling,>=2,
2020-03-09,Saraqib,air strike,2-4,
2020-03-10,Nowhere-at-all,air strike,2,
";
const DISPLACEMENT: &str = "\
date,origin,destination,people
2020-01-08,Saraqib,Azaz,~9000
2020-03-10,,Idlib,300
";

#[test]
fn manifests_are_as_their_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/manifest.schema.json"))
        .expect("the schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let desk = Desk::new();
    desk.file("i.csv", INCIDENTS).file("d.csv", DISPLACEMENT);
    let (i, d) = (["--incidents", "i.csv"], ["--displacement", "d.csv"]);
    let quick = ["--size", "800x600", "--formats", "svg"];
    let runs: [(&str, Vec<&str>); 7] = [
        ("both", [&["render"], &i[..], &d].concat()),
        (
            "several",
            [&["render"], &i[..], &i, &d, &["--dates", "share"]].concat(),
        ),
        (
            "layers",
            [&["layers"], &i[..], &["--density", "hexagons"]].concat(),
        ),
        (
            "areas",
            [
                &["layers"],
                &i[..],
                &["--density", "areas", "--coarsen", "governorate"],
            ]
            .concat(),
        ),
        (
            "flows",
            [&["render"], &d[..], &["--flows", "governorate", "--net"]].concat(),
        ),
        (
            "batch",
            [&["batch"], &i[..], &d, &["--every", "month"]].concat(),
        ),
        (
            "own",
            [
                &["batch"],
                &i[..],
                &["--every", "month", "--scale", "per-map"],
            ]
            .concat(),
        ),
    ];
    let mut seen = 0;
    for (out, args) in runs {
        let args = [&args[..], &quick, &["--out", out]].concat();
        desk.dateline(&args).assert().success();
        for name in desk.files(out).keys() {
            if name.ends_with("manifest.json") {
                let manifest = desk.json(&format!("{out}/{name}"));
                let wrong: Vec<String> = schema
                    .iter_errors(&manifest)
                    .map(|error| format!("{}: {error}", error.instance_path()))
                    .collect();
                assert!(wrong.is_empty(), "{out}/{name}: {wrong:#?}");
                seen += 1;
            }
        }
    }
    // Five single runs; two batches of three months, the middle one empty.
    assert_eq!(seen, 5 + 2 * 4);
    let mut other = desk.json("both/manifest.json");
    other["new"] = Value::Null;
    assert!(
        !schema.is_valid(&other),
        "a new field is for the schema too"
    );
}
