//! Pictures as tests look at them: read, drawn by other programs, compared.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;

/// A path as an argument.
pub fn path(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

/// The text in a PDF, in reading order, a space for any white space.
pub fn pdf_text(pdf: &Path) -> Option<String> {
    let text = run("pdftotext", &[path(pdf), "-"])?;
    // Poppler marks what runs from the right.
    let bare = text.replace(|c: char| ('\u{202a}'..='\u{202e}').contains(&c), "");
    Some(bare.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The picture that poppler makes of a PDF, as large as another.
pub fn of_pdf(pdf: &Path, like: &Picture) -> Option<Picture> {
    let (width, height) = (like.width.to_string(), like.height.to_string());
    let to = pdf.with_extension("pdf.drawn");
    let args = ["-png", "-singlefile", path(pdf), path(&to)];
    let size = ["-scale-to-x", &width, "-scale-to-y", &height];
    run("pdftoppm", &[&size[..], &args].concat())?;
    Some(read(&pdf.with_extension("pdf.drawn.png")))
}

/// The picture that Chromium makes of an SVG at its own size.
pub fn of_svg(svg: &Path) -> Option<Picture> {
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
pub fn run(program: &str, args: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(args).timeout(Duration::from_secs(120));
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            // Past the test harness, which would keep it to itself.
            let said = format!("SKIPPED in part: {program} is not installed\n");
            let _ = std::io::stderr().write_all(said.as_bytes());
            return None;
        }
        Err(error) => panic!("{program}: {error}"),
    };
    assert!(output.status.success(), "{program} {args:?}: {output:?}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A picture: red, green and blue.
pub struct Picture {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Rows from the top.
    pub rgb: Vec<[u8; 3]>,
}

/// Reads a PNG.
pub fn read(path: &Path) -> Picture {
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
pub fn assert_alike(name: &str, ours: &Picture, theirs: &Picture) {
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
    if mean < 0.5 && wrong * 50_000 < flat {
        return;
    }
    let kept = keep(name, ours, theirs);
    panic!("{name}: {mean:.3} off on average, {wrong} of {flat} pixels wrong, see {kept:?}");
}

/// Writes ours, theirs and the difference side by side, to be looked at.
fn keep(name: &str, ours: &Picture, theirs: &Picture) -> PathBuf {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let to = to.join(format!("{}.png", name.replace('/', "-")));
    let rows = ours
        .rgb
        .chunks(ours.width)
        .zip(theirs.rgb.chunks(ours.width));
    let data: Vec<u8> = rows
        .flat_map(|(ours, theirs)| {
            let differences = ours.iter().zip(theirs);
            let differences = differences.map(|(a, b)| [255 - difference(*a, *b); 3]);
            let sides = ours.iter().chain(theirs).copied().chain(differences);
            sides.flatten().collect::<Vec<u8>>()
        })
        .collect();
    let file = std::fs::File::create(&to).expect("a file");
    let (width, height) = (3 * ours.width as u32, ours.height as u32);
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&data).expect("a picture");
    to
}
