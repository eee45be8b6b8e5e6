//! Pictures of small maps, one for each feature, held against references.
//!
//! Fonts, gazetteer and basemap are embedded, so a picture only changes when dateline does. A failure writes the picture,
//! the reference and their difference into `target/golden`, with an `index.html` that shows them side by side. After
//! looking at it, the new pictures are accepted with
//!
//!     DATELINE_ACCEPT=1 cargo test golden
//!
//! which is refused where `CI` is set: references are looked at by people.

use std::path::{Path, PathBuf};

use crate::common::Desk;

/// Levels that a channel may be off: edges come out slightly different on another processor.
const LEVELS: u8 = 24;
/// Part of the pixels that may be off by more.
const PART: f64 = 0.0005;

struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

fn decode(bytes: &[u8]) -> Picture {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .expect("a PNG");
    let mut data = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut data).expect("a frame");
    assert_eq!(info.color_type, png::ColorType::Rgb);
    Picture {
        width: info.width as usize,
        height: info.height as usize,
        rgb: data,
    }
}

fn encode(picture: &Picture) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width as u32, picture.height as u32);
    encoder.set_color(png::ColorType::Rgb);
    // References are kept for good: worth a little time.
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&picture.rgb).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

/// Where two pictures differ: the reference in pale grey, what is off in red; and the part of pixels that are.
fn difference(is: &Picture, was: &Picture) -> (Picture, f64) {
    let mut rgb = Vec::with_capacity(was.rgb.len());
    let mut off = 0usize;
    for (a, b) in is.rgb.chunks_exact(3).zip(was.rgb.chunks_exact(3)) {
        if a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > LEVELS) {
            off += 1;
            rgb.extend([220, 0, 0]);
        } else {
            let grey = b.iter().map(|v| usize::from(*v)).sum::<usize>() / 3;
            let pale = (200 + grey / 5) as u8;
            rgb.extend([pale; 3]);
        }
    }
    let part = off as f64 / (was.width * was.height) as f64;
    let shown = Picture {
        width: was.width,
        height: was.height,
        rgb,
    };
    (shown, part)
}

fn folder(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

fn report(name: &str, is: &[u8], was: Option<&[u8]>, between: Option<&Picture>, why: &str) {
    let out = folder("target/golden");
    std::fs::create_dir_all(&out).expect("a folder");
    let mut shown = String::new();
    let mut put = |what: &str, bytes: &[u8]| {
        let file = format!("{name}.{what}.png");
        std::fs::write(out.join(&file), bytes).expect("a picture");
        shown += &format!("<figure><img src=\"{file}\"><figcaption>{what}</figcaption></figure>");
    };
    put("is", is);
    if let Some(was) = was {
        put("was", was);
    }
    if let Some(between) = between {
        put("difference", &encode(between));
    }
    let page = format!("<section><h2>{name}</h2><p>{why}</p>{shown}</section>\n");
    std::fs::write(out.join(format!("{name}.html")), page).expect("a page");
    // One page of all that failed so far: tests run side by side, each adds its own part.
    let mut parts: Vec<PathBuf> = std::fs::read_dir(&out)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|p| p.extension().is_some_and(|e| e == "html") && !p.ends_with("index.html"))
        .collect();
    parts.sort();
    let body: String = parts
        .iter()
        .filter_map(|p| std::fs::read_to_string(p).ok())
        .collect();
    let index = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Pictures that changed</title>\
         <style>body{{font-family:sans-serif}}figure{{display:inline-block;margin:4px}}</style>\n{body}"
    );
    std::fs::write(out.join("index.html"), index).expect("a page");
}

/// Renders with the arguments given and holds each map that comes out against its reference.
fn holds(name: &str, files: &[(&str, &str)], args: &[&str]) {
    let desk = Desk::new();
    let mut all = vec!["render", "--formats", "png", "--out", "out"];
    for (file, text) in files {
        desk.file(file, text);
        all.extend(match *file {
            "incidents.csv" => ["--incidents", "incidents.csv"],
            "displacement.csv" => ["--displacement", "displacement.csv"],
            other => panic!("what is {other}?"),
        });
    }
    all.extend(args);
    if !args.contains(&"--size") {
        all.extend(["--size", "640x480"]);
    }
    desk.dateline(&all).assert().success();
    let pictures: Vec<(String, Vec<u8>)> = desk
        .files("out")
        .into_iter()
        .filter(|(file, _)| file.ends_with(".png"))
        .collect();
    assert!(!pictures.is_empty(), "{name}: no picture came out");
    let several = pictures.len() > 1;
    let accept = std::env::var_os("DATELINE_ACCEPT").is_some();
    assert!(
        !accept || std::env::var_os("CI").is_none(),
        "references are looked at by people, not made on CI"
    );
    let mut faults = Vec::new();
    for (file, bytes) in pictures {
        let kind = file
            .trim_end_matches(".png")
            .rsplit('_')
            .next()
            .unwrap_or_default();
        let name = if several {
            format!("{name}_{kind}")
        } else {
            name.to_owned()
        };
        let reference = folder("tests/golden").join(format!("{name}.png"));
        if accept {
            std::fs::write(&reference, encode(&decode(&bytes))).expect("a reference");
            continue;
        }
        let Ok(was) = std::fs::read(&reference) else {
            report(&name, &bytes, None, None, "There is no reference.");
            faults.push(format!("{name}: no reference"));
            continue;
        };
        let (is, old) = (decode(&bytes), decode(&was));
        if (is.width, is.height) != (old.width, old.height) {
            report(&name, &bytes, Some(&was), None, "The sizes differ.");
            faults.push(format!("{name}: another size"));
            continue;
        }
        let (between, part) = difference(&is, &old);
        if part > PART {
            let why = format!("{:.2} % of the pixels differ.", 100.0 * part);
            report(&name, &bytes, Some(&was), Some(&between), &why);
            faults.push(format!("{name}: {why}"));
        }
    }
    assert!(
        faults.is_empty(),
        "{}\nlook at target/golden/index.html; DATELINE_ACCEPT=1 cargo test golden accepts what is new",
        faults.join("\n")
    );
}

/// Incidents known as closely as it gets, to a circle, an area, a border, and with doubtful dates.
const INCIDENTS: &str = "\
date,place,kind,killed,source
2020-02-03,Saraqib,air strike,4,A
2020-02-03,Saraqib,air strike,2-7,A
2020-02-04,Saraqib,shelling,>=5,B
2020-02-04,Ariha,air strike,9,A
2020-02-05,Ariha,air strike,0,B
2020-02-06,Binnish,shelling,,A
2020-02-06,Sarmin,air strike,~12,A
2020-02,Kafr Nabl,barrel bombs,1,A
2020-01-30/2020-02-02,Maarat al-Numan,air strike,8-11,B
2020-02-07,Idlib,air strike,3,A
2020-02-08,southern countryside of Idlib,air strike,6,A
2020-02-08,southern countryside of Idlib,air strike,2-3,A
2020-02-09,Idlib governorate,shelling,,B
2020-02-10,Jisr al-Shughur district,shelling,1,B
2020-02-11,near the border with Turkey in Idlib province,clash,2,A
2020-02-12,between Saraqib and Maarat al-Numan,air strike,4,A
";

const DISPLACEMENT: &str = "\
date,origin,destination,people,source
2020-02-03,Saraqib,Azaz,12000,A
2020-02-04,Azaz,Saraqib,3000,A
2020-02-05,Ariha,Salqin,5000-6000,A
2020-02-05,Maarat al-Numan,Atmeh,~20000,B
2020-02-06,Kafr Nabl,Harim,900,B
2020-02-07,Kafr Nabl,Salqin,400,B
2020-02-07,Binnish,Sarmada;Al-Dana,>=5000,A
2020-02-08,southern Idlib,near the border with Turkey in Idlib province,>200000,A
2020-02-09,Ariha,,4000,A
";

const NORTH_WEST: [&str; 4] = ["--extent", "Idlib", "--period", "2020-02"];

macro_rules! golden {
    ($($(#[$doc:meta])* $name:ident: [$($file:literal = $text:expr),*], $args:expr;)*) => {
        $($(#[$doc])* #[test] fn $name() {
            holds(stringify!($name), &[$(($file, $text)),*], &$args);
        })*
    };
}

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&NORTH_WEST[..], more].concat()
}

golden! {
    /// Dots, rings, hatched areas over each other, a border corridor; density, clusters, legend, timeline, locator.
    density: ["incidents.csv" = INCIDENTS], with(&["--cluster-min", "2", "--bandwidth-km", "6"]);
    /// Discs and rings, "at least", "about", none killed, no figure.
    tolls: ["incidents.csv" = INCIDENTS], with(&["--maps", "killed"]);
    /// Widths, a two-way pair, undivided groups, ends at areas' edges, an unknown destination.
    flows: ["displacement.csv" = DISPLACEMENT], with(&[]);
    theme_dark: ["incidents.csv" = INCIDENTS, "displacement.csv" = DISPLACEMENT], with(&["--theme", "dark"]);
    theme_print: ["incidents.csv" = INCIDENTS], with(&["--theme", "print"]);
    theme_grey: ["incidents.csv" = INCIDENTS, "displacement.csv" = DISPLACEMENT], with(&["--theme", "grey"]);
    ramp_lipari: ["incidents.csv" = INCIDENTS], with(&["--ramp", "lipari"]);
    names_arabic: ["incidents.csv" = INCIDENTS], with(&["--names", "arabic"]);
    names_both: ["displacement.csv" = DISPLACEMENT], with(&["--names", "both"]);
    /// A title of three lines and ten sources on a small page.
    long_texts: ["incidents.csv" = INCIDENTS], with(&[
        "--title", "Air and artillery strikes on towns, hospitals, schools and displacement camps across Idlib, northern \
                    Hama and western Aleppo governorates in the last weeks before the ceasefire",
        "--credit", "Monitor One; Network Two; Agency Three; Local council of a town with a long name; Monitor Five; Field \
                     reporters of the sixth agency; Hospital directorate; Civil defence; Coordination group; Ministry",
        "--size", "640x640"]);
    page_tall: ["incidents.csv" = INCIDENTS], with(&["--size", "420x594"]);
    /// North is not up at the edge of a zone: there is an arrow.
    projection_utm: ["incidents.csv" = INCIDENTS], ["--extent", "30,34,38,40", "--projection", "utm37"];
    projection_mercator: ["incidents.csv" = INCIDENTS], ["--extent", "Syria", "--projection", "mercator"];
    /// Nothing happened: the map says so.
    empty: ["incidents.csv" = INCIDENTS, "displacement.csv" = DISPLACEMENT], ["--extent", "Idlib", "--period", "2021-05"];
    synthetic_banner: ["incidents.csv" = INCIDENTS], with(&["--synthetic", "--size", "480x360"]);
    resolution: ["incidents.csv" = INCIDENTS], with(&["--size", "400x300", "--dpi", "192"]);
}
