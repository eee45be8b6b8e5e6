//! What the vector formats promise: the same picture as the PNG, layers with ids, text as text, only
//! the glyphs that are used, the same bytes each time.
//!
//! What needs poppler or Chromium says so and passes where they are not installed.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::common::Desk;
use crate::common::picture::{assert_alike, of_pdf, of_svg, path, pdf_text, read, run};
use dateline::draw::{
    Align, Canvas, Color, Fill, Image, Lettering, Path, Scene, Step, Stroke, TextStyle, pdf, png,
    pt, svg,
};

/// A month with many labels in two scripts, and one with arrows, as every format.
static DRAWN: LazyLock<Desk> = LazyLock::new(|| {
    let desk = Desk::new();
    render(&desk, BOTH, &["--names", "both", "--out", "text"]);
    desk
});

/// The maps that the tables of the example are enough for.
const BOTH: &str = "density,displacement";
const DENSITY: &str = "synthetic/syria_2020-02_density";
const FLOWS: &str = "synthetic/syria_2020-02_displacement";

fn render(desk: &Desk, maps: &str, args: &[&str]) {
    desk.dateline(&["render", "--formats", "png,svg,pdf"])
        .args(["--maps", maps])
        .args(args)
        .assert()
        .success();
}

/// Every picture of the example by its name without ending, e.g. `synthetic/syria_2020-02_density`.
fn names(desk: &Desk, folder: &str) -> Vec<String> {
    let files = desk.files(folder);
    let names: Vec<String> = files
        .keys()
        .filter_map(|name| Some(name.strip_suffix(".png")?.to_owned()))
        .collect();
    assert!(names.len() >= 2, "{names:?}");
    names
}

#[test]
fn layers_have_ids_and_labels() {
    for name in names(&DRAWN, "text") {
        let svg = DRAWN.text(&format!("text/{name}.svg"));
        let document = roxmltree::Document::parse(&svg).expect("well-formed");
        let inkscape = "http://www.inkscape.org/namespaces/inkscape";
        let layers: Vec<&str> = document
            .root_element()
            .children()
            .filter(|node| node.attribute((inkscape, "groupmode")) == Some("layer"))
            .filter_map(|node| node.attribute("id"))
            .collect();
        let data = if name.ends_with("density") {
            ["density", "incidents"]
        } else {
            ["flows", "nodes"]
        };
        for layer in ["base", "borders", "labels", "furniture", "legend"]
            .into_iter()
            .chain(data)
        {
            assert!(layers.contains(&layer), "{name}: {layer} of {layers:?}");
        }
    }
}

#[test]
fn only_glyphs_that_are_used_are_embedded() {
    for name in names(&DRAWN, "text") {
        let svg = DRAWN.text(&format!("text/{name}.svg"));
        let fonts: Vec<usize> = svg
            .split("data:font/ttf;base64,")
            .skip(1)
            .map(|rest| rest.find(')').expect("an end"))
            .collect();
        // The fonts are over 80 kB each, and a third more as text.
        assert!((2..=5).contains(&fonts.len()), "{name}: {fonts:?}");
        assert!(fonts.iter().sum::<usize>() < 80_000, "{name}: {fonts:?}");
        assert!(fonts.iter().all(|&size| size < 40_000), "{name}: {fonts:?}");
    }
}

#[test]
fn outlines_are_the_same_picture_without_fonts() {
    let desk = Desk::new();
    let args = ["--names", "both", "--text", "outlines", "--out", "outlines"];
    render(&desk, "density", &args);
    for name in names(&desk, "outlines") {
        let svg = desk.text(&format!("outlines/{name}.svg"));
        assert!(
            !svg.contains("<text") && !svg.contains("font-face"),
            "{name}"
        );
        let pdf = desk.path(&format!("outlines/{name}.pdf"));
        if let Some(words) = pdf_text(&pdf) {
            assert_eq!(words.trim(), "", "{name}");
        }
        let ours = read(&pdf.with_extension("png"));
        if let Some(drawn) = of_pdf(&pdf, &ours) {
            assert_alike(&format!("{name}.pdf"), &ours, &drawn);
        }
    }
    let svg = desk.path(&format!("outlines/{DENSITY}.svg"));
    if let Some(drawn) = of_svg(&svg) {
        assert_alike("outlines", &read(&svg.with_extension("png")), &drawn);
    }
}

/// Whatever a scene can hold, whether the maps of today have it or not.
#[test]
fn every_kind_of_item_is_the_same_picture() {
    let desk = Desk::new();
    let scene = everything();
    let ours = desk.path("scene.png");
    desk.file("scene.png", png(&scene, 1.0).expect("a PNG"));
    let ours = read(&ours);
    for lettering in [Lettering::Text, Lettering::Outlines] {
        let (as_pdf, as_svg) = (pdf(&scene, lettering), svg(&scene, lettering));
        desk.file("scene.pdf", as_pdf.expect("a PDF"));
        desk.file("scene.svg", as_svg.expect("an SVG"));
        if let Some(drawn) = of_pdf(&desk.path("scene.pdf"), &ours) {
            assert_alike(&format!("{lettering:?} PDF"), &ours, &drawn);
        }
        if let Some(drawn) = of_svg(&desk.path("scene.svg")) {
            assert_alike(&format!("{lettering:?} SVG"), &ours, &drawn);
        }
    }
}

/// Bold marks, so that there is something flat within them.
fn everything() -> Scene {
    let canvas = Canvas::new(1600.0, 1200.0);
    let (red, blue) = (Color::hex(0xc03020), Color::hex(0x2040c0));
    let solid = |color| Some(Fill::Solid(color));
    let hatch = Fill::Hatch {
        color: blue,
        spacing: 40.0,
        width: 12.0,
        angle: 30.0,
    };
    let mut holed = Path::rect(50.0, 50.0, 300.0, 300.0);
    holed.add_ring([pt(120.0, 120.0), pt(280.0, 150.0), pt(150.0, 280.0)]);
    canvas.path(
        holed.clone(),
        solid(red.alpha(0.5)),
        Some(Stroke::new(blue, 9.0)),
    );
    canvas.group("clip", Some(holed), 1.0, |group| {
        group.circle(pt(330.0, 330.0), 120.0, solid(blue), None);
    });
    canvas.circle(
        pt(550.0, 200.0),
        140.0,
        Some(hatch),
        Some(Stroke::new(red, 9.0)),
    );
    let dashes = Stroke::new(red.alpha(0.6), 14.0).dashed(&[40.0, 30.0, 20.0]);
    canvas.circle(pt(900.0, 200.0), 140.0, None, Some(dashes));
    let curve = Path {
        steps: vec![
            Step::Move(pt(1100.0, 60.0)),
            Step::Quad(pt(1300.0, 60.0), pt(1300.0, 340.0)),
            Step::Cubic(pt(1400.0, 340.0), pt(1300.0, 60.0), pt(1500.0, 200.0)),
        ],
    };
    canvas.path(curve, None, Some(Stroke::new(blue.alpha(0.4), 30.0)));
    canvas.group("faint", None, 0.4, |group| {
        group.path(Path::rect(50.0, 450.0, 200.0, 200.0), solid(red), None);
        group.path(Path::rect(150.0, 500.0, 200.0, 200.0), solid(blue), None);
        let inner = Some(Path::circle(pt(300.0, 600.0), 90.0));
        group.group("inner", inner, 0.5, |inner| {
            inner.path(Path::rect(200.0, 500.0, 200.0, 200.0), solid(red), None);
        });
    });
    let image = Image {
        width: 2,
        height: 2,
        rgba: vec![
            200, 0, 0, 255, 0, 0, 200, 255, 0, 0, 200, 255, 200, 0, 0, 90,
        ],
    };
    // At its own size, for how an enlarged one is smoothed is the reader's choice.
    canvas.image(enlarged(&image, 150), pt(450.0, 450.0), pt(300.0, 300.0));
    let styles = [
        ("Ḥamā fi Ég", 0.0, false, false),
        ("اللاذقية (3) Ab", 0.0, true, false),
        ("≥ → 3 km", 10.0, true, false),
        ("Orontes العاصي", -15.0, false, true),
    ];
    for (row, (text, rotation, bold, italic)) in (0..).zip(styles) {
        let style = TextStyle {
            bold,
            italic,
            rotation,
            // Not translucent: browsers lay the halos of neighbouring letters over each other.
            halo: Some((Color::hex(0xf0b0a0), 8.0)),
            ..TextStyle::new(90.0, blue)
        };
        let (column, row) = (f64::from(row % 2), f64::from(row / 2));
        let at = pt(80.0 + 760.0 * column, 840.0 + 200.0 * row);
        canvas.text(text, at, &style).expect("glyphs");
    }
    for (line, align) in [Align::Left, Align::Centre, Align::Right]
        .into_iter()
        .enumerate()
    {
        let style = TextStyle {
            align,
            spacing: 12.0,
            ..TextStyle::new(80.0, red)
        };
        let at = pt(1200.0, 500.0 + 100.0 * line as f64);
        canvas.text("SEA", at, &style).expect("glyphs");
    }
    canvas.finish()
}

/// Each pixel as a square of pixels.
fn enlarged(image: &Image, times: u32) -> Image {
    let (width, height) = (image.width * times, image.height * times);
    let rgba = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x / times, y / times)))
        .flat_map(|(x, y)| {
            let at = 4 * (y * image.width + x) as usize;
            image.rgba[at..at + 4].to_vec()
        })
        .collect();
    Image {
        width,
        height,
        rgba,
    }
}

#[test]
fn the_same_tables_give_the_same_vectors() {
    let (again, expected) = (Desk::new(), DRAWN.files("text"));
    render(&again, BOTH, &["--names", "both", "--out", "text"]);
    for (name, bytes) in again.files("text") {
        assert!(expected.get(&name) == Some(&bytes), "{name}");
    }
}

#[test]
fn the_pdf_is_the_same_picture() {
    for name in names(&DRAWN, "text") {
        let pdf = DRAWN.path(&format!("text/{name}.pdf"));
        let ours = read(&pdf.with_extension("png"));
        let Some(drawn) = of_pdf(&pdf, &ours) else {
            return;
        };
        assert_alike(&format!("{name}.pdf"), &ours, &drawn);
    }
}

#[test]
fn the_svg_in_a_browser_is_the_same_picture() {
    for name in [DENSITY, FLOWS] {
        let svg = DRAWN.path(&format!("text/{name}.svg"));
        let Some(drawn) = of_svg(&svg) else {
            return;
        };
        assert_alike(
            &format!("{name}.svg"),
            &read(&svg.with_extension("png")),
            &drawn,
        );
    }
}

/// Names along rivers and letters set apart, too, are words to who searches or copies.
#[test]
fn every_label_of_the_pdf_is_text_and_stands_there_once() {
    for name in names(&DRAWN, "text") {
        let Some(words) = pdf_text(&DRAWN.path(&format!("text/{name}.pdf"))) else {
            return;
        };
        let svg = DRAWN.text(&format!("text/{name}.svg"));
        let document = roxmltree::Document::parse(&svg).expect("well-formed");
        let curved: Vec<&str> = labels(&document, |node| node.attribute("aria-label"));
        let straight = labels(&document, |node| {
            let in_parts = node.parent()?.has_attribute("aria-label");
            node.text()
                .filter(|_| node.has_tag_name("text") && !in_parts)
        });
        let rivers = ["Euphrates", "Orontes"];
        assert!(
            rivers.iter().any(|river| curved.contains(river)),
            "{name}: {curved:?}"
        );
        for apart in ["SYRIA", "TURKEY"] {
            assert!(straight.contains(&apart), "{name}: {straight:?}");
        }
        let all = [curved, straight].concat();
        let different: BTreeSet<&str> = all.iter().copied().collect();
        assert!(different.len() > 40, "{name}: {different:?}");
        for label in different {
            let expected: usize = all.iter().map(|text| text.matches(label).count()).sum();
            let found = words.matches(label).count();
            // The end of one line and the start of the next may make the words of a third once more.
            let again = label.contains(' ') && found > expected;
            assert!(
                found == expected || again,
                "{name}: {label:?} {found} times, not {expected}"
            );
        }
    }
}

/// What the elements of an SVG say, of more than three characters.
fn labels<'a>(
    document: &'a roxmltree::Document,
    of: impl Fn(roxmltree::Node<'a, 'a>) -> Option<&'a str>,
) -> Vec<&'a str> {
    document
        .descendants()
        .filter_map(of)
        .filter(|text| text.chars().count() > 3)
        .collect()
}

#[test]
fn formats_and_ways_to_write_text_that_are_none_are_named() {
    let desk = Desk::new();
    let refused = desk
        .dateline(&["render", "--formats", "svg,tiff", "--text", "curves"])
        .assert()
        .code(1);
    let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(said.contains("\"tiff\"") && said.contains("pdf"), "{said}");
    assert!(
        said.contains("\"curves\"") && said.contains("outlines"),
        "{said}"
    );
    assert!(!desk.path("output").exists());
}

/// An A4 page is A4, and its picture that of the PNG at the resolution of print.
#[test]
fn paper_is_as_large_as_paper() {
    let desk = Desk::new();
    render(
        &desk,
        "density",
        &["--size", "A4", "--dpi", "150", "--out", "paper"],
    );
    for name in names(&desk, "paper") {
        let pdf = desk.path(&format!("paper/{name}.pdf"));
        let Some(info) = run("pdfinfo", &[path(&pdf)]) else {
            return;
        };
        let size = info.lines().find(|line| line.starts_with("Page size"));
        assert!(size.is_some_and(|size| size.contains("(A4)")), "{size:?}");
        let ours = read(&pdf.with_extension("png"));
        if let Some(drawn) = of_pdf(&pdf, &ours) {
            assert_alike(&format!("{name}.pdf"), &ours, &drawn);
        }
    }
}
