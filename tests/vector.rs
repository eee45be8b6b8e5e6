//! What the vector formats promise: the same picture as the PNG, layers with ids, text as text, only
//! the glyphs that are used, the same bytes each time.
//!
//! What needs poppler or Chromium says so and passes where they are not installed.

mod common;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use common::Desk;

/// A month with many labels in two scripts, and one with arrows, as every format.
static DRAWN: LazyLock<Desk> = LazyLock::new(|| {
    let desk = Desk::new();
    render(&desk, &["--names", "both", "--out", "text"]);
    desk
});

const DENSITY: &str = "synthetic/syria_2020-02_density";
const FLOWS: &str = "synthetic/syria_2020-02_displacement";

fn render(desk: &Desk, args: &[&str]) {
    desk.dateline(&["render", "--formats", "png,svg,pdf"])
        .args(["--maps", "density,displacement"])
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
    assert_eq!(names.len(), 4, "{names:?}");
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
    render(&desk, &args);
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

#[test]
fn the_same_tables_give_the_same_vectors() {
    let (again, expected) = (Desk::new(), DRAWN.files("text"));
    render(&again, &["--names", "both", "--out", "text"]);
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

#[test]
fn every_label_of_the_pdf_is_text_and_stands_there_once() {
    for name in names(&DRAWN, "text") {
        let Some(words) = pdf_text(&DRAWN.path(&format!("text/{name}.pdf"))) else {
            return;
        };
        let svg = DRAWN.text(&format!("text/{name}.svg"));
        let document = roxmltree::Document::parse(&svg).expect("well-formed");
        let texts: Vec<_> = document
            .descendants()
            .filter(|n| n.has_tag_name("text"))
            .filter_map(|node| Some((node, node.text()?)))
            .collect();
        // Letters that are set apart, or turned, may read as words of their own.
        let is_plain = |node: &roxmltree::Node| {
            !["letter-spacing", "transform"]
                .iter()
                .any(|name| node.has_attribute(*name))
        };
        let plain: BTreeSet<&str> = texts
            .iter()
            .filter(|(node, text)| is_plain(node) && text.chars().count() > 3)
            .map(|(_, text)| *text)
            .collect();
        assert!(plain.len() > 20, "{name}: {plain:?}");
        for label in plain {
            let all = texts.iter().map(|(_, text)| text.matches(label).count());
            let surely = texts
                .iter()
                .filter(|(node, _)| is_plain(node))
                .map(|(_, text)| text.matches(label).count());
            let (least, most) = (surely.sum::<usize>(), all.sum::<usize>());
            let found = words.matches(label).count();
            assert!(
                (least..=most).contains(&found),
                "{name}: {label:?} {found} times, not {least} to {most}"
            );
        }
    }
}

/// An A4 page is A4, and its picture that of the PNG at the resolution of print.
#[test]
fn paper_is_as_large_as_paper() {
    let desk = Desk::new();
    render(&desk, &["--size", "A4", "--dpi", "150", "--out", "paper"]);
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

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

/// The text in a PDF, in reading order, a space for any white space.
fn pdf_text(pdf: &Path) -> Option<String> {
    let text = run("pdftotext", &[path(pdf), "-"])?;
    // Poppler marks what runs from the right.
    let bare = text.replace(|c: char| ('\u{202a}'..='\u{202e}').contains(&c), "");
    Some(bare.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The picture that poppler makes of a PDF, as large as another.
fn of_pdf(pdf: &Path, like: &Picture) -> Option<Picture> {
    let (width, height) = (like.width.to_string(), like.height.to_string());
    let to = pdf.with_extension("pdf.drawn");
    let args = ["-png", "-singlefile", path(pdf), path(&to)];
    let size = ["-scale-to-x", &width, "-scale-to-y", &height];
    run("pdftoppm", &[&size[..], &args].concat())?;
    Some(read(&pdf.with_extension("pdf.drawn.png")))
}

/// The picture that Chromium makes of an SVG at its own size.
fn of_svg(svg: &Path) -> Option<Picture> {
    let to = svg.with_extension("svg.drawn.png");
    let args = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--window-size=1600,1200",
        &format!("--user-data-dir={}", svg.with_extension("home").display()),
        &format!("--screenshot={}", to.display()),
        &format!("file://{}", svg.display()),
    ];
    run("chromium", &args)?;
    Some(read(&to))
}

/// What a program writes; `None`, said aloud, if it is not installed.
fn run(program: &str, args: &[&str]) -> Option<String> {
    let output = match Command::new(program).args(args).output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            // Past the test harness, which would keep it to itself.
            let said = format!("tests/vector.rs: SKIPPED, {program} is not installed\n");
            let _ = std::io::stderr().write_all(said.as_bytes());
            return None;
        }
        Err(error) => panic!("{program}: {error}"),
    };
    assert!(output.status.success(), "{program} {args:?}: {output:?}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Red, green and blue.
struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<[u8; 3]>,
}

fn read(path: &Path) -> Picture {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let mut decoder = png::Decoder::new(std::io::BufReader::new(file));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut data = vec![0; reader.output_buffer_size().expect("a small PNG")];
    let info = reader.next_frame(&mut data).expect("a frame");
    let rgb = match info.color_type {
        png::ColorType::Rgb => data.chunks_exact(3),
        png::ColorType::Rgba => data.chunks_exact(4),
        other => panic!("{path:?}: {other:?}"),
    };
    Picture {
        width: info.width as usize,
        height: info.height as usize,
        rgb: rgb.map(|p| [p[0], p[1], p[2]]).collect(),
    }
}

impl Picture {
    /// For each pixel, whether nothing but one colour, or nearly so, is within two pixels.
    fn flat(&self) -> Vec<bool> {
        let (width, height) = (self.width, self.height);
        let edge = |x: usize, y: usize| {
            let at = y * width + x;
            let next = |step: usize| difference(self.rgb[at], self.rgb[at + step]) > 3;
            x + 1 == width || y + 1 == height || next(1) || next(width)
        };
        // The number of edges above and to the left.
        let mut sums = vec![0u32; (width + 1) * (height + 1)];
        for y in 0..height {
            let mut row = 0;
            for x in 0..width {
                row += u32::from(edge(x, y));
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
            }
        }
        let sum = |x: usize, y: usize| sums[y * (width + 1) + x];
        let mut flat = vec![false; width * height];
        for y in 2..height - 2 {
            for x in 2..width - 2 {
                let (left, right, top, bottom) = (x - 2, x + 2, y - 2, y + 2);
                let edges = sum(right, bottom) + sum(left, top) - sum(left, bottom);
                flat[y * width + x] = edges == sum(right, top);
            }
        }
        flat
    }
}

fn difference(a: [u8; 3], b: [u8; 3]) -> u8 {
    let by = |i: usize| a[i].abs_diff(b[i]);
    by(0).max(by(1)).max(by(2))
}

/// Two pictures differ only at edges: wherever either is flat, they agree.
///
/// Where a mark of the one is missing from the other, the other is flat and the one is not.
#[track_caller]
fn assert_alike(name: &str, ours: &Picture, theirs: &Picture) {
    let size = |picture: &Picture| (picture.width, picture.height);
    assert_eq!(size(ours), size(theirs), "{name}");
    let flat = ours.flat().into_iter().zip(theirs.flat());
    let pixels = flat.zip(ours.rgb.iter().zip(&theirs.rgb));
    let (mut flat, mut sum, mut wrong) = (0u32, 0, 0);
    for ((a, b), (ours, theirs)) in pixels {
        if a || b {
            let by = difference(*ours, *theirs);
            flat += 1;
            sum += u32::from(by);
            wrong += u32::from(by > 24);
        }
    }
    let mean = f64::from(sum) / f64::from(flat);
    assert!(
        mean < 0.5 && wrong * 50_000 < flat,
        "{name}: {mean:.3} off on average, {wrong} of {flat} pixels wrong"
    );
}
