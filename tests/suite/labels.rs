//! What names on a map promise: nothing over anything else, by the exact ground of each, at any angle; nearly all of
//! the wanted ones are there; the count of those that are not.

use std::path::PathBuf;
use std::sync::OnceLock;

use dateline::draw::{Align, Item, Pt, Scene, TextStyle, measure};
use dateline::gazetteer::Gazetteer;
use dateline::ground::basemap::Basemap;
use dateline::map::{Map, MapSpec, Names, Rect, TextBox, density_map, flow_map, toll_map};
use dateline::pipeline::{Built, Records, Settings, Timings, build};
use dateline::read::{ReadOptions, read_displacement, read_incidents};

/// The busiest month of the synthetic year, built once.
fn busiest() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let path = |file: &str| {
            PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                .join("data/examples/synthetic")
                .join(file)
        };
        let period = Some("2020-02".parse().unwrap());
        let options = ReadOptions {
            period,
            ..ReadOptions::default()
        };
        let incidents = read_incidents(&path("incidents.csv"), &options).unwrap();
        let displacement = read_displacement(&path("displacement.csv"), &options).unwrap();
        let records = Records {
            claims: Some(incidents.records),
            displacement: Some(displacement.records),
            claims_outside: incidents.outside,
            displacement_outside: displacement.outside,
        };
        let settings = Settings {
            period,
            ..Settings::default()
        };
        let mut timings = Timings::start();
        let (gazetteer, basemap) = (Gazetteer::embedded(), Basemap::embedded());
        build(records, &settings, gazetteer, basemap, &mut timings).unwrap()
    })
}

fn maps(size: &str, names: Names) -> [(&'static str, Map); 3] {
    let built = busiest();
    let spec = MapSpec {
        page: size.parse().unwrap(),
        names,
        timeline: true,
        ..built.spec.clone()
    };
    let (layers, basemap) = (&built.layers, Basemap::embedded());
    [
        ("density", density_map(&spec, layers, basemap).unwrap()),
        ("displacement", flow_map(&spec, layers, basemap).unwrap()),
        ("killed", toll_map(&spec, layers, basemap).unwrap()),
    ]
}

/// The ground of a text's ink: from its first to its last letter, from its lowest to its highest, turned as it is.
fn ground(text: &str, at: Pt, style: &TextStyle) -> TextBox {
    let m = measure(text, style).unwrap();
    let left = match style.align {
        Align::Left => 0.0,
        Align::Centre => -m.width / 2.0,
        Align::Right => -m.width,
    };
    let (w, h) = (m.width, m.ink_ascent + m.ink_descent);
    let (sin, cos) = style.rotation.to_radians().sin_cos();
    let (x, y) = (left + w / 2.0, -m.ink_ascent + h / 2.0);
    let (x, y) = (at.x + x * cos - y * sin, at.y + x * sin + y * cos);
    TextBox::turned(Rect::new(x - w / 2.0, y - h / 2.0, w, h), style.rotation)
}

/// A name: its words, and the grounds of its parts.
type Name = (String, Vec<TextBox>);

/// The names in a group: each text is one, and so is each group of letters.
fn names(items: &[Item], out: &mut Vec<Name>) {
    for item in items {
        match item {
            Item::Text { text, at, style } => {
                out.push((text.clone(), vec![ground(text, *at, style)]));
            }
            Item::Group { id, items, .. } => {
                let mut letters = Vec::new();
                names(items, &mut letters);
                let boxes = letters.into_iter().flat_map(|(_, boxes)| boxes);
                out.push((id.clone(), boxes.collect()));
            }
            _ => {}
        }
    }
}

fn group<'a>(scene: &'a Scene, wanted: &str) -> &'a [Item] {
    let found = scene.items.iter().find_map(|item| match item {
        Item::Group { id, items, .. } if id == wanted => Some(items.as_slice()),
        _ => None,
    });
    found.unwrap_or_default()
}

const PAGES: [(&str, Names); 6] = [
    ("1600x1200", Names::Latin),
    ("800x600", Names::Latin),
    ("A4", Names::Both),
    ("square", Names::Arabic),
    ("16:9", Names::Both),
    ("600x400", Names::Latin),
];

#[test]
fn no_name_lies_over_another_or_leaves_the_frame() {
    for (size, script) in PAGES {
        for (kind, map) in maps(size, script) {
            let mut found = Vec::new();
            names(group(&map.scene, "labels"), &mut found);
            assert!(found.len() > 15, "{kind} {size}: {} names", found.len());
            let page = Rect::new(0.0, 0.0, map.scene.width, map.scene.height);
            for (i, (name, boxes)) in found.iter().enumerate() {
                assert!(
                    boxes.iter().all(|b| page.encloses(&b.bounds())),
                    "{kind} {size} {script:?}: `{name}` leaves the page"
                );
                for (other, others) in &found[i + 1..] {
                    let touch = boxes.iter().any(|a| others.iter().any(|b| a.overlaps(b)));
                    assert!(!touch, "{kind} {size} {script:?}: `{name}` over `{other}`");
                }
            }
        }
    }
}

/// Middles of the dots in a group, and of what is in it.
fn dots(items: &[Item], out: &mut Vec<Pt>) {
    for item in items {
        match item {
            Item::Circle { centre, radius, .. } if *radius < 4.0 => out.push(*centre),
            Item::Group { items, .. } => dots(items, out),
            _ => {}
        }
    }
}

#[test]
fn hardly_an_incident_is_hidden_by_a_name() {
    for size in ["1600x1200", "800x600"] {
        let [(_, map), ..] = maps(size, Names::Latin);
        let (mut found, mut shown) = (Vec::new(), Vec::new());
        names(group(&map.scene, "labels"), &mut found);
        dots(group(&map.scene, "incidents"), &mut shown);
        assert!(shown.len() > 60, "{size}: {} dots", shown.len());
        let hidden = shown.iter().filter(|at| {
            let middle = TextBox::from(Rect::around(**at, 0.5));
            let mut boxes = found.iter().flat_map(|(_, boxes)| boxes);
            boxes.any(|b| b.overlaps(&middle))
        });
        let part = hidden.count() as f64 / shown.len() as f64;
        assert!(part <= 0.02, "{size}: {part} of {} dots", shown.len());
    }
}

#[test]
fn nine_in_ten_of_the_wanted_names_of_the_busiest_month_are_on_the_map() {
    for (kind, map) in maps("1600x1200", Names::Latin) {
        let labels = &map.labels;
        assert_eq!(labels.wanted, labels.placed + labels.unplaced.len());
        assert!(labels.wanted > 60, "{kind}: {labels:?}");
        assert!(
            labels.placed as f64 >= 0.9 * labels.wanted as f64,
            "{kind}: {labels:?}"
        );
        // What is said to be there is drawn; a name on two lines is two texts.
        let mut found = Vec::new();
        names(group(&map.scene, "labels"), &mut found);
        assert!(found.len() >= labels.placed, "{kind}: {labels:?}");
        for town in ["Idlib", "Aleppo", "Saraqib"] {
            assert!(found.iter().any(|(name, _)| name == town), "{kind}: {town}");
        }
    }
}

#[test]
fn in_arabic_the_names_of_the_map_are_arabic() {
    for (kind, map) in maps("1600x1200", Names::Arabic) {
        let mut found = Vec::new();
        names(group(&map.scene, "labels"), &mut found);
        for name in ["إدلب", "حلب", "سوريا", "البحر الأبيض"] {
            let there = found.iter().any(|(text, _)| text.starts_with(name));
            assert!(there, "{kind}: {name} among {found:?}");
        }
        let latin = |text: &String| text.chars().any(|c| c.is_ascii_alphabetic());
        let left: Vec<&String> = found.iter().map(|(t, _)| t).filter(|t| latin(t)).collect();
        assert!(left.len() * 10 < found.len(), "{kind}: {left:?}");
    }
}
