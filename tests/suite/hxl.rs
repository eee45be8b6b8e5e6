//! `--hxl`: each table that is written says by hashtags what its columns are, and is read back by them alone.

use dateline::read::{ReadOptions, displacement_from_bytes, incidents_from_bytes};
use dateline::record::{Claim, Displacement};

use crate::common::Desk;

const INCIDENTS: &str = "\
id,date,place,admin1,country,lat,lon,precision,kind,actor,target,count,killed,injured,source,url,published,quote,note,sensitive,weather
a,2021-05-02,Saraqib,Idlib,SY,35.86,36.80,1,air strike,Army,market,3,6-9,>=4,Monitor,https://a.example,2021-05-03,six,said twice,no,rain
b,2021-05-02~,Ariha,,SY,,,,shelling,,,,,,Ministry,,,,,,
c,2021-05-02,Saraqib,,SY,,,,air strike,,,,9,,Ministry,,,,,,
";
const MOVES: &str = "\
id,date,origin,destination,people,source,url,published,quote,note,sensitive,weather
m,2021-05-02,Saraqib,Ariha;Idlib,1200,Monitor,https://a.example,2021-05-03,many,by bus,yes,rain
n,2021-05-02,,Idlib,>=300,Ministry,,,,,,
";
const STORY: &str = "\
BEIRUT, 3 May 2021 (Levant Wire) — Warplanes bombed a market in Saraqib on Sunday, killing six people and wounding 14, the Orontes Monitor said.

The raids prompted more than 2,000 people to flee Saraqib for Ariha, it added.
";

/// A table without the names of its columns: all that tells them is the row of hashtags.
fn nameless(table: &str) -> String {
    let (header, rest) = table.split_once('\n').expect("a header");
    let (tags, _) = rest.split_once('\n').expect("hashtags");
    assert!(tags.starts_with('#'), "{tags}");
    assert_eq!(header.split(',').count(), tags.split(',').count(), "{tags}");
    let names: Vec<String> = (0..header.split(',').count())
        .map(|n| format!("column {n}"))
        .collect();
    format!("{}\n{rest}", names.join(","))
}

/// What a table of incidents says, but for where its rows stand and what columns without a meaning are called.
fn claims(table: &str) -> Vec<Claim> {
    let read = incidents_from_bytes("t", table.as_bytes(), &ReadOptions::default());
    let read = read.unwrap_or_else(|error| panic!("{error}\n{table}"));
    let plain = |claim| Claim {
        row: 0,
        extra: Default::default(),
        ..claim
    };
    read.records.into_iter().map(plain).collect()
}

fn moves(table: &str) -> Vec<Displacement> {
    let read = displacement_from_bytes("t", table.as_bytes(), &ReadOptions::default());
    let read = read.unwrap_or_else(|error| panic!("{error}\n{table}"));
    let plain = |row| Displacement {
        row: 0,
        extra: Default::default(),
        ..row
    };
    read.records.into_iter().map(plain).collect()
}

#[test]
fn drafts_are_read_back_by_their_hashtags() {
    let desk = Desk::new();
    desk.file("story.txt", STORY);
    for (out, more) in [("plain", &[][..]), ("tagged", &["--hxl"])] {
        let args = [&["extract", "story.txt", "--out", out][..], more].concat();
        desk.dateline(&args).assert().success();
    }
    let [plain, tagged] = ["plain", "tagged"].map(|out| desk.text(&format!("{out}/incidents.csv")));
    assert!(!plain.contains('#'), "{plain}");
    let told = claims(&plain);
    assert!(told.iter().any(|claim| claim.killed.is_some()));
    assert_eq!(claims(&nameless(&tagged)), told);
    let [plain, tagged] =
        ["plain", "tagged"].map(|out| desk.text(&format!("{out}/displacement.csv")));
    let told = moves(&plain);
    assert_eq!(told.len(), 1, "{plain}");
    assert_eq!(moves(&nameless(&tagged)), told);
}

#[test]
fn a_draft_of_hashtags_alone_is_as_good_as_none() {
    let desk = Desk::new();
    let quiet = STORY.split("\n\n").next().expect("a paragraph");
    desk.file("story.txt", quiet);
    desk.dateline(&["extract", "story.txt", "--out", "draft", "--hxl"])
        .assert()
        .success();
    assert_eq!(desk.text("draft/displacement.csv").lines().count(), 2);
    let tables = [
        "--incidents",
        "draft/incidents.csv",
        "--displacement",
        "draft/displacement.csv",
    ];
    desk.dateline(&[&["layers"][..], &tables].concat())
        .assert()
        .success();
}

#[test]
fn merged_tables_and_merge_files_are_read_back() {
    let desk = Desk::new();
    desk.file("i.csv", INCIDENTS).file("m.csv", MOVES);
    let merge = |incidents: &str, moves: &str, more: &[&str]| {
        let args = [
            &["merge", incidents, "--out", "all.csv"][..],
            &["--displacement", moves, "--displacement-out", "moves.csv"],
            more,
        ];
        desk.dateline(&args.concat()).assert().success();
        ["all.csv", "moves.csv", "merges.csv"].map(|name| desk.text(name))
    };
    let [all, moved, _] = merge("i.csv", "m.csv", &[]);
    let tagged = merge("i.csv", "m.csv", &["--hxl"]);
    assert_eq!(claims(&nameless(&tagged[0])), claims(&all));
    assert_eq!(moves(&nameless(&tagged[1])), moves(&moved));
    assert_eq!(claims(&all), {
        let mut told = claims(INCIDENTS);
        told[2].id = told[0].id.clone();
        told
    });
    assert!(
        tagged[2].lines().nth(1).unwrap().starts_with("#meta+group"),
        "{}",
        tagged[2]
    );
    // With its own merge file, which has hashtags too and no decision about them.
    let again = merge("i.csv", "m.csv", &["--hxl"]);
    assert_eq!(again[..2], tagged[..2]);
    assert_eq!(
        again[2].matches('#').count(),
        tagged[2].matches('#').count()
    );
    // Over its own tables.
    let over = merge("all.csv", "moves.csv", &[]);
    assert_eq!(claims(&over[0]).len(), 3);
    assert_eq!(over[1], moved);
}

#[test]
fn a_table_of_resolved_names_means_the_same_with_hashtags() {
    let desk = Desk::new();
    desk.file("i.csv", INCIDENTS);
    let resolve = |table: &str, out: &str, more: &[&str]| {
        let args = [
            &["resolve", "--csv", table, "--out", out][..],
            &["--column", "place", "--country-column", "country"],
            more,
        ];
        desk.dateline(&args.concat()).assert().success();
        desk.text(out)
    };
    let plain = resolve("i.csv", "plain.csv", &[]);
    let tagged = resolve("i.csv", "tagged.csv", &["--hxl"]);
    let row = tagged.lines().nth(1).expect("hashtags");
    for tag in ["#country,", "#geo+lat+resolved,", "#country+code+resolved,"] {
        assert!(row.contains(tag), "{row}");
    }
    assert_eq!(tagged.lines().count(), plain.lines().count() + 1);
    assert_eq!(claims(&plain), claims(INCIDENTS));
    assert_eq!(claims(&nameless(&tagged)), claims(INCIDENTS));

    // A table that has hashtags is not asked where "#loc+name" is.
    let own = INCIDENTS.split_once('\n').map(|(header, rows)| {
        let tags = row.split(",#status+resolved").next().expect("its own");
        format!("{header}\n{tags}\n{rows}")
    });
    desk.file("own.csv", own.expect("rows"));
    assert_eq!(resolve("own.csv", "again.csv", &[]), tagged);
}

#[test]
fn what_is_left_out_has_hashtags_below_its_header() {
    let desk = Desk::new();
    desk.file(
        "i.csv",
        "date,place,kind\n2020-01-02,Saraqib,air strike\n2020-01-04,Nowhere-at-all,air strike\n",
    );
    let args = ["layers", "--incidents", "i.csv", "--hxl"];
    desk.dateline(&args).assert().success();
    let table = desk.text("output/left-out.csv");
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 3, "{table}");
    assert!(rows[1].contains("#date+occurred,#loc+name"), "{table}");
    assert_eq!(rows[0].split(',').count(), rows[1].split(',').count());
}
