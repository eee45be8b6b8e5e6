//! What every map promises, at every size: no name over another, nothing off the page, the groups that a designer
//! looks for, the same picture every time.

use std::path::PathBuf;
use std::sync::OnceLock;

use dateline::draw::{Align, Item, Lettering, Pt, Scene, measure, png, svg};
use dateline::gazetteer::Gazetteer;
use dateline::ground::Extent;
use dateline::ground::basemap::Basemap;
use dateline::layer::{LayerSet, Summary};
use dateline::map::{MapSpec, Names, Rect, density_map, flow_map, toll_map};
use dateline::pipeline::{Built, Records, Settings, Timings, build};
use dateline::read::{ReadOptions, read_displacement, read_incidents};

const SIZES: [(&str, Names); 7] = [
    ("600x400", Names::Latin),
    ("600x400", Names::Both),
    ("1600x1200", Names::Latin),
    ("16:9", Names::Both),
    ("square", Names::Arabic),
    ("A4", Names::Latin),
    ("A4-landscape", Names::Both),
];

/// The synthetic month, built once.
fn synthetic() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| built("synthetic", "2020-01"))
}

fn built(folder: &str, period: &str) -> Built {
    let path = |file: &str| {
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("data/examples")
            .join(folder)
            .join(file)
    };
    let options = ReadOptions::default();
    let records = Records {
        claims: Some(
            read_incidents(&path("incidents.csv"), &options)
                .unwrap()
                .records,
        ),
        displacement: Some(
            read_displacement(&path("displacement.csv"), &options)
                .unwrap()
                .records,
        ),
        claims_outside: vec![],
        displacement_outside: vec![],
    };
    let settings = Settings {
        period: Some(period.parse().unwrap()),
        ..Settings::default()
    };
    build(
        records,
        &settings,
        Gazetteer::embedded(),
        Basemap::embedded(),
        &mut Timings::start(),
    )
    .unwrap()
}

/// The ground of a text; `None` if it slants.
fn ground(text: &str, at: Pt, style: &dateline::draw::TextStyle) -> Option<Rect> {
    let m = measure(text, style).unwrap();
    let x = match style.align {
        Align::Left => at.x,
        Align::Centre => at.x - m.width / 2.0,
        Align::Right => at.x - m.width,
    };
    let ink = m.ink_ascent + m.ink_descent;
    (style.rotation == 0.0).then(|| Rect::new(x, at.y - m.ink_ascent, m.width, ink))
}

/// Texts of a scene with their grounds, each with the ids of the groups it is in.
fn texts(items: &[Item], groups: &mut Vec<String>, out: &mut Vec<(String, String, Rect)>) {
    for item in items {
        match item {
            Item::Text { text, at, style } => {
                if let Some(rect) = ground(text, *at, style) {
                    out.push((groups.join("/"), text.clone(), rect));
                }
            }
            Item::Group { id, items, .. } => {
                groups.push(id.clone());
                texts(items, groups, out);
                groups.pop();
            }
            _ => {}
        }
    }
}

fn check(scene: &Scene, what: &str) {
    let page = Rect::new(0.0, 0.0, scene.width, scene.height);
    let mut found = Vec::new();
    texts(&scene.items, &mut Vec::new(), &mut found);
    assert!(found.len() > 15, "{what}: only {} texts", found.len());
    for (group, text, rect) in &found {
        assert!(
            page.encloses(rect),
            "{what}: `{text}` of {group} leaves the page: {rect:?}"
        );
    }
    for (i, (group, text, rect)) in found.iter().enumerate() {
        for (other_group, other, other_rect) in &found[i + 1..] {
            // Figures of circles lie under names by design: circles are what names avoid.
            let circles = |g: &str| matches!(g, "clusters" | "tolls");
            let apart = !circles(group) && !circles(other_group);
            let touch = rect.inset(0.3).overlaps(other_rect);
            assert!(
                !(apart && touch),
                "{what}: `{text}` ({group}) lies over `{other}` ({other_group})"
            );
        }
    }
}

fn groups(scene: &Scene) -> Vec<&str> {
    scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Group { id, .. } => Some(id.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn no_text_lies_over_another_or_leaves_the_page_at_any_size() {
    let built = synthetic();
    for (size, names) in SIZES {
        let spec = MapSpec {
            page: size.parse().unwrap(),
            names,
            timeline: true,
            synthetic: true,
            ..built.spec.clone()
        };
        let map = density_map(&spec, &built.layers, Basemap::embedded()).unwrap();
        check(&map.scene, &format!("density {size} {names:?}"));
        let map = flow_map(&spec, &built.layers, Basemap::embedded()).unwrap();
        check(&map.scene, &format!("flows {size} {names:?}"));
        let map = toll_map(&spec, &built.layers, Basemap::embedded()).unwrap();
        check(&map.scene, &format!("tolls {size} {names:?}"));
    }
}

#[test]
fn a_designer_finds_the_groups() {
    let built = synthetic();
    let density = density_map(&built.spec, &built.layers, Basemap::embedded()).unwrap();
    for id in [
        "base",
        "borders",
        "density",
        "incidents",
        "clusters",
        "labels",
        "furniture",
        "legend",
    ] {
        assert!(groups(&density.scene).contains(&id), "{id}");
    }
    let flows = flow_map(&built.spec, &built.layers, Basemap::embedded()).unwrap();
    for id in [
        "base",
        "borders",
        "areas",
        "flows",
        "nodes",
        "labels",
        "furniture",
        "legend",
    ] {
        assert!(groups(&flows.scene).contains(&id), "{id}");
    }
}

#[test]
fn the_same_data_makes_the_same_picture() {
    let built = synthetic();
    let draw = || {
        density_map(&built.spec, &built.layers, Basemap::embedded())
            .unwrap()
            .scene
    };
    assert_eq!(draw(), draw());
}

#[test]
fn invented_data_is_called_so_and_other_data_is_not() {
    let built = built("reports", "2018-09/2023-12");
    for synthetic in [true, false] {
        let spec = MapSpec {
            synthetic,
            ..built.spec.clone()
        };
        for map in [
            density_map(&spec, &built.layers, Basemap::embedded()).unwrap(),
            flow_map(&spec, &built.layers, Basemap::embedded()).unwrap(),
        ] {
            assert_eq!(
                svg(&map.scene, Lettering::Text)
                    .unwrap()
                    .contains("SYNTHETIC DATA"),
                synthetic
            );
        }
    }
}

#[test]
fn a_map_without_anything_says_whether_nothing_happened() {
    let built = built("reports", "2018-09/2023-12");
    let mut none: LayerSet = built.layers.clone();
    none.incidents.features.clear();
    none.clusters.features.clear();
    none.density.features.clear();
    none.density.style.breaks.clear();
    none.flows.features.clear();
    none.unlocated.clear();
    none.summary = Summary::default();
    let drawn = |layers: &LayerSet| {
        let maps = [density_map, flow_map, toll_map];
        maps.map(|map| {
            let map = map(&built.spec, layers, Basemap::embedded()).unwrap();
            assert!(png(&map.scene, 0.5).is_ok());
            svg(&map.scene, Lettering::Text).unwrap()
        })
    };
    let [density, flows, killed] = drawn(&none);
    assert!(density.contains("No incidents in this period"));
    assert!(flows.contains("No displacement in this period"));
    assert!(killed.contains("No incidents in this period"));
    // Reports that cannot be drawn are not nothing.
    none.summary.incidents_unplaced = 3;
    none.summary.displacement_unplaced = 1;
    let [density, flows, _] = drawn(&none);
    assert!(density.contains("None of 3 incidents can be drawn"));
    assert!(flows.contains("None of 1 report can be drawn"));
}

#[test]
fn maps_of_other_countries_and_across_the_antimeridian_are_drawn() {
    let mut built = built("reports", "2018-09/2023-12");
    built.layers.incidents.features.clear();
    for (extent, name) in [
        ("22,44.2,40.4,52.5", "UKRAINE"),
        ("21.6,8.6,38.7,22.4", "SUDAN"),
        ("177,-20,-178,-15", "FIJI"),
        ("-180,-60,180,80", "BRAZIL"),
    ] {
        let extent: Extent = extent.parse().unwrap();
        let spec = MapSpec {
            extent,
            focus: vec![],
            ..built.spec.clone()
        };
        let map = density_map(&spec, &built.layers, Basemap::embedded()).unwrap();
        let mut found = Vec::new();
        texts(&map.scene.items, &mut Vec::new(), &mut found);
        assert!(found.iter().any(|(_, text, _)| text == name), "{name}");
    }
}
