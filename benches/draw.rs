//! Speed of the writers on a full map page: 1600 × 1200, 40,000 border vertices, 2,000 translucent
//! circles, 200 labels with halos, hatched areas, arrows and a heat raster.
//!
//! `cargo bench --bench draw`

use dateline::draw::{
    Align, Canvas, Color, Fill, Image, Lettering, Path, Scene, Step, Stroke, TextStyle, measure,
    pdf, png, pt, svg,
};

use dateline::map::Rect;
use dateline::map::labels::{Candidate, Clear, Request, place};

fn main() {
    divan::main();
}

/// A repeatable number in 0..1.
fn noise(seed: &mut u64) -> f64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as f64 / (1u64 << 31) as f64
}

fn page() -> Scene {
    let mut seed = 7;
    let canvas = Canvas::new(1600.0, 1200.0);
    let ink = Color::hex(0x222222);
    canvas.path(
        Path::rect(0.0, 0.0, 1600.0, 1200.0),
        Some(Fill::Solid(Color::hex(0xffffff))),
        None,
    );
    canvas.group(
        "map",
        Some(Path::rect(20.0, 100.0, 1200.0, 1000.0)),
        1.0,
        |map| {
            map.path(
                Path::rect(20.0, 100.0, 1200.0, 1000.0),
                Some(Fill::Solid(Color::hex(0xdfe9f0))),
                None,
            );
            // Twenty countries of 2,000 vertices each.
            for country in 0..20 {
                let centre = pt(
                    150.0 + 250.0 * f64::from(country % 5),
                    200.0 + 250.0 * f64::from(country / 5),
                );
                let mut radius = 110.0;
                let ring = (0..2000).map(|i| {
                    radius = (radius + (noise(&mut seed) - 0.5) * 1.6).clamp(90.0, 130.0);
                    let (sin, cos) = (f64::from(i) / 2000.0 * std::f64::consts::TAU).sin_cos();
                    pt(centre.x + radius * cos, centre.y + radius * sin)
                });
                map.path(
                    Path::ring(ring),
                    Some(Fill::Solid(Color::hex(0xf7f4ec))),
                    Some(Stroke::new(Color::hex(0x777777), 0.8)),
                );
            }
            let heat = (0..1200u32 * 1000)
                .flat_map(|i| [220, (i % 1200 / 5) as u8, 40, (i / 1200 / 8) as u8])
                .collect();
            map.image(
                Image {
                    width: 1200,
                    height: 1000,
                    rgba: heat,
                },
                pt(20.0, 100.0),
                pt(1200.0, 1000.0),
            );
            for _ in 0..6 {
                let at = pt(1200.0 * noise(&mut seed), 1000.0 * noise(&mut seed));
                let hatch = Fill::Hatch {
                    color: ink.alpha(0.6),
                    spacing: 6.0,
                    width: 1.0,
                    angle: 45.0,
                };
                map.circle(
                    at,
                    70.0,
                    Some(hatch),
                    Some(Stroke::new(ink, 0.8).dashed(&[5.0, 3.0])),
                );
            }
            for _ in 0..2000 {
                let at = pt(
                    20.0 + 1200.0 * noise(&mut seed),
                    100.0 + 1000.0 * noise(&mut seed),
                );
                map.circle(
                    at,
                    2.0 + 10.0 * noise(&mut seed).powi(3),
                    Some(Fill::Solid(Color::hex(0xb2182b).alpha(0.5))),
                    Some(Stroke::new(Color::hex(0x7f0f1d), 0.6)),
                );
            }
            for i in 0..32 {
                let (a, b) = (
                    pt(600.0, 600.0),
                    pt(1200.0 * noise(&mut seed), 1000.0 * noise(&mut seed)),
                );
                let bend = pt((a.x + b.x) / 2.0 + 60.0, (a.y + b.y) / 2.0 - 60.0);
                let path = Path {
                    steps: vec![Step::Move(a), Step::Quad(bend, b)],
                };
                map.path(
                    path,
                    None,
                    Some(Stroke::new(
                        Color::hex(0x1b7837).alpha(0.8),
                        1.0 + f64::from(i) / 3.0,
                    )),
                );
            }
            for i in 0..200 {
                let at = pt(1200.0 * noise(&mut seed), 100.0 + 1000.0 * noise(&mut seed));
                let _ = map.text(LABELS[i % LABELS.len()], at, &label(i));
            }
        },
    );
    canvas.finish()
}

const LABELS: [&str; 6] = [
    "Ma‘arrat an-Nu‘mān",
    "Aleppo",
    "معرة النعمان",
    "Deir ez-Zor",
    "Khān Shaykhūn",
    "الحسكة",
];

fn label(i: usize) -> TextStyle {
    TextStyle {
        halo: Some((Color::hex(0xffffff).alpha(0.85), 1.5)),
        bold: i.is_multiple_of(7),
        align: Align::Centre,
        ..TextStyle::new([10.0, 11.5, 14.0][i % 3], Color::hex(0x222222))
    }
}

#[divan::bench]
fn scene() -> Scene {
    page()
}

#[divan::bench]
fn to_png(bencher: divan::Bencher) {
    let scene = page();
    bencher.bench_local(|| png(&scene, 1.0));
}

#[divan::bench]
fn to_png_at_300_dpi(bencher: divan::Bencher) {
    let scene = page();
    bencher.bench_local(|| png(&scene, 300.0 / 96.0));
}

#[divan::bench]
fn to_svg(bencher: divan::Bencher) {
    let scene = page();
    bencher.bench_local(|| svg(&scene, Lettering::Text));
}

/// Names at random places that crowd the map, eight places each.
fn crowd(n: usize) -> Vec<Request<'static>> {
    let mut seed = 11;
    let mut name = || {
        let (x, y) = (
            20.0 + 1160.0 * noise(&mut seed),
            120.0 + 960.0 * noise(&mut seed),
        );
        let w = 40.0 + 60.0 * noise(&mut seed);
        let candidate = |i: usize| {
            let (dx, dy) = [
                (0.0, -0.5),
                (-1.0, -0.5),
                (0.1, -1.2),
                (0.1, 0.2),
                (-1.1, -1.2),
                (-1.1, 0.2),
                (-0.5, -1.6),
                (-0.5, 0.6),
            ][i];
            Candidate {
                boxes: vec![Rect::new(x + dx * w, y + dy * 15.0, w, 15.0).into()],
                lines: vec![],
                cost: 0.05 * i as f64,
            }
        };
        Request {
            priority: 1.0 + 5.0 * noise(&mut seed),
            candidates: (0..8).map(candidate).collect::<Vec<_>>().into(),
            kept: false,
        }
    };
    (0..n).map(|_| name()).collect()
}

#[divan::bench(args = [100, 300])]
fn place_labels(bencher: divan::Bencher, n: usize) {
    let frame = Rect::new(20.0, 100.0, 1200.0, 1000.0);
    let names = crowd(n);
    let clear = Clear::new(&frame, &[]);
    bencher.bench_local(|| place(&names, &clear));
}

#[divan::bench]
fn to_svg_in_outlines(bencher: divan::Bencher) {
    let scene = page();
    bencher.bench_local(|| svg(&scene, Lettering::Outlines));
}

#[divan::bench]
fn to_pdf(bencher: divan::Bencher) {
    let scene = page();
    bencher.bench_local(|| pdf(&scene, Lettering::Text));
}

#[divan::bench]
fn measure_200_labels() {
    for i in 0..200 {
        let _ = divan::black_box(measure(LABELS[i % LABELS.len()], &label(i)));
    }
}
