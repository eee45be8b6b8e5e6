//! Map specs: what `init` writes works, what `--print-spec` prints is what was in force, and every mistake is told.

use crate::common::{Desk, stderr, stdout};

#[test]
fn a_new_project_renders_at_once_and_is_never_overwritten() {
    let desk = Desk::new();
    desk.dateline(&["init", "new/project"]).assert().success();
    let spec = desk.text("new/project/map.toml");
    let run = desk.dateline(&["render", "new/project/map.toml"]).assert();
    let told = stderr(&run.success());
    assert!(told.contains("13 of 13 drawn"), "{told}");
    assert!(told.contains("5 of 5 drawn"), "{told}");
    let manifest = desk.json("new/project/output/manifest.json");
    assert_eq!(manifest["synthetic"], true);
    assert_eq!(
        manifest["labels"].as_object().map(|maps| maps.len()),
        Some(3)
    );

    std::fs::remove_file(desk.path("new/project/incidents.csv")).unwrap();
    let run = desk.dateline(&["init", "new/project"]).assert().code(1);
    let told = stderr(&run);
    assert!(told.contains("map.toml: is there already"), "{told}");
    assert_eq!(desk.text("new/project/map.toml"), spec);
    assert!(
        !desk.path("new/project/incidents.csv").exists(),
        "nothing is written beside what is there"
    );
}

#[test]
fn every_key_of_a_new_spec_may_be_uncommented() {
    let desk = Desk::new();
    desk.dateline(&["init"]).assert().success();
    let spec = desk.text("map.toml");
    // A key that is commented out, not a sentence.
    let key = |line: &str| {
        let name = line.strip_prefix("# ")?.split_once(" = ")?.0;
        (!name.contains(' ')).then_some(())
    };
    let wanting_files = [
        "gazetteer",
        "boundaries",
        "sheet",
        "ranges",
        "window",
        "step",
    ];
    let all: String = spec
        .lines()
        .map(|line| match key(line) {
            Some(()) if !wanting_files.iter().any(|name| line[2..].starts_with(name)) => &line[2..],
            _ => line,
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    assert!(all.contains("\nhexagon_km = ") && all.contains("\nevery = "));
    desk.file("map.toml", all);
    desk.dateline(&["check", "map.toml"]).assert().success();
}

#[test]
fn the_spec_that_is_printed_makes_the_same_bytes() {
    let desk = Desk::new();
    desk.dateline(&["init"]).assert().success();
    let flags = [
        &["map.toml", "--size", "800x600", "--formats", "png,svg"][..],
        &["--maps", "density,displacement", "--net=true", "--theme"],
        &["dark", "--bandwidth-km", "8.5", "--synthetic=false"],
    ]
    .concat();
    let render = |more: &[&str]| {
        let args = [&["render"], &flags[..], more].concat();
        desk.dateline(&args).assert().success()
    };
    let printed = stdout(&render(&["--print-spec"]));
    assert!(!desk.path("output").exists(), "nothing is made");
    for line in [
        "net = true",
        "synthetic = false",
        "bandwidth_km = 8.5",
        "class_count = 6",
        "theme = \"dark\"",
        "# ramp = \"YlOrRd\"",
    ] {
        assert!(printed.lines().any(|one| one == line), "{line}: {printed}");
    }
    render(&[]);
    let flagged = desk.files("output");
    std::fs::remove_dir_all(desk.path("output")).unwrap();
    desk.file("printed.toml", &printed);
    let run = desk.dateline(&["render", "printed.toml"]).assert();
    run.success();
    assert!(desk.files("output") == flagged);
    let again = desk.dateline(&["render", "printed.toml", "--print-spec"]);
    let mut again = again;
    assert_eq!(stdout(&again.assert().success()), printed);
}

#[test]
fn a_batch_is_all_in_its_spec() {
    let desk = Desk::new();
    desk.dateline(&["init"]).assert().success();
    let spec = desk
        .text("map.toml")
        .replace("# every = \"month\"", "every = \"week\"");
    let spec = spec.replace(
        "maps = [\"density\", \"killed\", \"displacement\"]",
        "maps = [\"density\"]",
    );
    let spec = spec.replace("formats = [\"png\", \"svg\"]", "formats = [\"svg\"]");
    desk.file("map.toml", &spec);
    let mut batch = desk.dateline(&["batch", "map.toml", "--size", "800x600"]);
    batch.assert().success();
    let manifest = desk.json("output/manifest.json");
    assert_eq!(manifest["cut"], "every week");
    // A flag that cuts time another way takes the place of the key.
    let rolling = [
        "batch",
        "map.toml",
        "--window",
        "10d",
        "--step",
        "5d",
        "--print-spec",
    ];
    let printed = stdout(&desk.dateline(&rolling).assert().success());
    assert!(printed.contains("\nwindow = \"10d\"") && printed.contains("\n# every = "));
    // What only a batch heeds does not keep a single map from being made.
    desk.dateline(&["check", "map.toml"]).assert().success();
}

#[test]
fn mistakes_are_told_together_with_their_lines_and_what_would_be_right() {
    let desk = Desk::new();
    desk.file(
        "map.toml",
        "incidents = \"i.csv\"\nbandwith_km = 5\ntitle = 7\nextent = \"Narnia\"\ndpi = \"high\"\nmaps = [density]\n\
         theme = \"drak\"\nperiod = \"2022-13\"\nnet = \"yes\"\nevery = \"fortnight\"\ncluster_min = -3\n",
    );
    for command in ["render", "layers", "check", "batch"] {
        let run = desk.dateline(&[command, "map.toml"]).assert().code(1);
        let told = stderr(&run);
        let lines = [
            "2: unknown key `bandwith_km`: did you mean `bandwidth_km`?",
            "3: title: 7 is no text in quotes: write e.g. title = \"Air strikes in Idlib\"",
            "4: extent: no place or area \"Narnia\" is known",
            "5: dpi: \"high\" is no number: write e.g. dpi = 300.0, without quotes",
            "6: is no TOML: string values must be quoted",
            "7: theme: unknown theme `drak`; known are light, dark, print and grey",
            "8: period: \"2022-13\" has no such month: months are 01 to 12, e.g. 2020-01-10",
            "9: net: \"yes\" is neither true nor false: write e.g. net = false, without quotes",
            "10: every: \"fortnight\" is no unit of the calendar: write day, week, month, quarter or year",
            "11: cluster_min: -3 is no whole number of 0 or more: write e.g. cluster_min = 5",
        ];
        let expected = lines.map(|line| format!("error: map.toml: line {line}"));
        assert_eq!(told.lines().count(), lines.len(), "{told}");
        for (told, expected) in told.lines().zip(&expected) {
            assert!(told.starts_with(expected), "{command}: {told}");
        }
        assert!(!desk.path("output").exists());
    }
}

#[test]
fn values_of_a_spec_have_their_lines_and_a_flag_its_own_name() {
    let desk = Desk::new();
    desk.file(
        "map.toml",
        "incidents = \"i.csv\"\ntheme = \"drak\"\nperiod = \"2022-13\"\n",
    );
    desk.file("i.csv", "date,place,kind\n2020-01-02,Idlib,air strike\n");
    let run = desk.dateline(&["render", "map.toml", "--theme", "lihgt", "--size", "A9"]);
    let mut run = run;
    let told = stderr(&run.assert().code(1));
    for line in [
        "error: map.toml: line 3: period: \"2022-13\"",
        "error: theme: unknown theme `lihgt`",
        "error: size: page size `A9`",
    ] {
        assert!(told.contains(line), "{told}");
    }
    assert!(!told.contains("line 2"), "the flag wins over it: {told}");
}

#[test]
fn check_tells_what_batch_would_refuse() {
    let desk = Desk::new();
    desk.file("i.csv", "date,place,kind\n2020-01-02,Idlib,air strike\n");
    desk.file("r.csv", "start,end\n2020-02-30,2020-03-01\n");
    for (keys, told) in [
        (
            "every = \"fortnight\"\nscale = \"frozzen\"\n",
            &[
                "line 2: every: ",
                "line 3: scale: \"frozzen\": write frozen",
            ][..],
        ),
        (
            "every = \"month\"\nwindow = \"0d\"\nthreads = 0\n",
            &[
                "line 3: window: \"0d\" is no number of days",
                "line 3: window: time is cut another way already",
                "line 3: window: does not say how far it moves",
                "line 4: threads: 0 do no work",
            ],
        ),
        (
            "ranges = \"r.csv\"\n",
            &["r.csv: row 2: start \"2020-02-30\""],
        ),
        (
            "theme = \"drak\"\nscale = \"one\"\n",
            &["line 2: theme", "line 3: scale"],
        ),
    ] {
        desk.file("map.toml", format!("incidents = \"i.csv\"\n{keys}"));
        let run = desk.dateline(&["check", "map.toml"]).assert().code(1);
        let said = stderr(&run);
        for told in told {
            assert!(said.contains(told), "{told}: {said}");
        }
    }
    desk.file("map.toml", "incidents = \"i.csv\"\nevery = \"month\"\n");
    desk.dateline(&["check", "map.toml"]).assert().success();
}

#[test]
fn shells_and_man_know_every_command() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stdout(&desk.dateline(&["completions", shell]).assert().success());
        for word in ["batch", "cluster-km", "contact-sheet", "import"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let page = stdout(&desk.dateline(&["man"]).assert().success());
    assert!(page.contains(".TH dateline 1"), "{page}");
    desk.dateline(&["man", "man1"]).assert().success();
    let pages = desk.files("man1");
    for name in [
        "dateline.1",
        "dateline-batch.1",
        "dateline-gazetteer-import.1",
    ] {
        assert!(pages.contains_key(name), "{name}");
    }
    // groff tells of what it cannot render, if man is there.
    for name in pages.keys() {
        let path = desk.path("man1").join(name);
        let path = path.to_str().expect("a plain path");
        if let Some(shown) = crate::common::picture::run("man", &["--warnings=w", "-l", path]) {
            assert!(shown.contains("SYNOPSIS"), "{name}: {shown}");
        }
    }
}
