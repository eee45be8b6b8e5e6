//! Names of a table whose best answer in the world lies in a country that the table does not speak of.

use crate::common::{Desk, stdout};

/// `left-out.csv` of a run with a table of displacement.
fn left_out(displacement: &str, incidents: Option<&str>) -> String {
    let desk = Desk::new();
    desk.file("d.csv", displacement);
    let mut args = vec!["check", "--displacement", "d.csv"];
    if let Some(incidents) = incidents {
        desk.file("i.csv", incidents);
        args.extend(["--incidents", "i.csv"]);
    }
    let run = desk.dateline(&args).assert();
    stdout(&run)
}

const SUDAN: &str = "date,origin,destination,people\n2023-06,Nyala,Wad Madani,100\n2023-06,Khartoum,Port Sudan,200\n";

#[test]
fn what_only_sounds_alike_is_not_taken_abroad() {
    let said = left_out(&format!("{SUDAN}2023-06,Nyala,Saraqeeb,160000\n"), None);
    assert!(
        said.contains("place ambiguous") && said.contains("nothing else in the tables is in SY"),
        "{said}"
    );
}

#[test]
fn a_village_across_the_border_is_taken_and_a_far_one_is_not() {
    let said = left_out(&format!("{SUDAN}2023-06,Nyala,Adre,160000\n"), None);
    assert!(!said.contains("ambiguous"), "{said}");
    let said = left_out(&format!("{SUDAN}2023-06,Nyala,Saraqib,5\n"), None);
    assert!(
        said.contains("Saraqib") && said.contains("km away"),
        "{said}"
    );
    let said = left_out(&format!("{SUDAN}2023-06,Khartoum,Cairo,5\n"), None);
    assert!(!said.contains("Cairo"), "{said}");
    let said = left_out(
        &format!("{SUDAN}2023-06,Nyala,\"Saraqib, Syria\",5\n"),
        None,
    );
    assert!(
        !said.contains("ambiguous"),
        "a country that is said: {said}"
    );
}

#[test]
fn incidents_tell_where_the_names_of_displacement_are() {
    let desk = Desk::new();
    desk.file(
        "i.csv",
        "date,place,country,kind,killed\n2024-10-15,Nabatieh,Lebanon,air strike,1\n",
    )
    .file(
        "d.csv",
        "date,origin,destination,people\n2024-10,Qana,Tyre,600\n",
    );
    desk.dateline(&[
        "render",
        "--incidents",
        "i.csv",
        "--displacement",
        "d.csv",
        "--maps",
        "displacement",
        "--formats",
        "svg",
        "--out",
        "out",
    ])
    .assert()
    .success();
    let flows = desk.text("out/layers/flows.geojson");
    assert!(
        flows.contains("\"Qana\"") && !flows.contains("Qina"),
        "{flows}"
    );
}

#[test]
fn a_table_to_resolve_has_countries_too() {
    let desk = Desk::new();
    desk.file("in.csv", "place\nBeirut\nSidon\nNabatieh\nQana\n");
    let run = desk
        .dateline(&["resolve", "--csv", "in.csv", "--column", "place"])
        .assert()
        .success();
    let said = stdout(&run);
    assert!(
        said.contains("Qana,place,Qana,33.2") && !said.contains(",EG,"),
        "{said}"
    );
}
