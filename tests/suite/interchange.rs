//! What other programs take over: where on the ground pixels are.

use crate::common::Desk;
use crate::common::picture::{path, run};

const INCIDENTS: &str = "\
date,place,kind,lat,lon
2020-01-02,A,air strike,35.9306,36.6339
2020-01-03,B,air strike,36.2021,37.1343
2020-01-03,C,air strike,35.1318,36.7578
2020-01-04,Nowhere-at-all,air strike,,
";

#[test]
fn a_picture_lies_on_the_ground_as_gdal_sees_it() {
    let desk = Desk::new();
    desk.file("i.csv", INCIDENTS);
    for projection in ["auto", "utm", "mercator", "plate-carree"] {
        let args = [
            &["render", "--incidents", "i.csv", "--out", projection][..],
            &["--projection", projection, "--world-file", "--dpi", "144"],
            &[
                "--size",
                "800x600",
                "--formats",
                "png,svg",
                "--maps",
                "killed",
            ],
        ];
        desk.dateline(&args.concat()).assert().success();
        let files = desk.files(projection);
        let stem = files
            .keys()
            .find_map(|name| name.strip_suffix("_killed.png"));
        let stem = format!("{}_killed", stem.expect("a map"));
        let stem = desk.path(projection).join(stem);
        let (png, svg) = (stem.with_extension("png"), stem.with_extension("svg"));
        let prj = stem.with_extension("prj");
        let Some(told) = run("gdalinfo", &[path(&png)]) else {
            return;
        };
        assert!(
            told.contains("PROJCRS") || told.contains("PROJCS"),
            "{told}"
        );
        run("projinfo", &[&format!("@{}", path(&prj))]);
        let world = std::fs::read_to_string(stem.with_extension("pgw")).unwrap();
        assert_eq!(world.lines().count(), 6, "{world}");
        // Where the map has its symbols, in pixels of a page at 144 dpi.
        let svg = std::fs::read_to_string(svg).unwrap();
        for (lon, lat) in [
            ("36.6339", "35.9306"),
            ("37.1343", "36.2021"),
            ("36.7578", "35.1318"),
        ] {
            let mut gdal = assert_cmd::Command::new("gdaltransform");
            gdal.args(["-i", "-t_srs", "EPSG:4326", path(&png)]);
            let out = gdal.write_stdin(format!("{lon} {lat}\n")).output().unwrap();
            let out = String::from_utf8_lossy(&out.stdout).into_owned();
            let at: Vec<f64> = out
                .split_whitespace()
                .filter_map(|n| n.parse().ok())
                .collect();
            let near = symbols(&svg)
                .into_iter()
                .map(|(x, y)| (1.5 * x - at[0]).hypot(1.5 * y - at[1]))
                .fold(f64::INFINITY, f64::min);
            assert!(
                near < 1.0,
                "{projection}: {lon} {lat} is {near} px off: {out}"
            );
        }
    }
}

/// Middles of the marks of tolls.
fn symbols(svg: &str) -> Vec<(f64, f64)> {
    let document = roxmltree::Document::parse(svg).expect("an SVG");
    let marks = document.descendants().filter(|node| {
        let named = |id: &str| {
            node.ancestors()
                .any(|above| above.attribute("id") == Some(id))
        };
        node.is_element() && (named("tolls"))
    });
    marks
        .filter_map(|node| {
            let number = |name| node.attribute(name)?.parse::<f64>().ok();
            number("cx").zip(number("cy"))
        })
        .collect()
}
