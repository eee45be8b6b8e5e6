//! Speed of the layout of flows: places at random on a page, with a few large and many small flows between them.
//!
//! `cargo bench --bench flow`

use dateline::analyse::flow_layout::{Arrow, Layout, LayoutError, Node, Spacing, layout};
use geo::{Coord, Rect};

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

fn flows(places: usize, flows: usize) -> (Vec<Node>, Vec<Arrow>) {
    let mut seed = 5;
    let node = |seed: &mut u64| Node {
        at: Coord {
            x: 80.0 + 1100.0 * noise(seed),
            y: 80.0 + 800.0 * noise(seed),
        },
        radius: 3.4,
        ground: None,
    };
    let nodes: Vec<Node> = (0..places).map(|_| node(&mut seed)).collect();
    let pairs = (0..places).flat_map(|from| (0..places).map(move |to| (from, to)));
    let mut arrows: Vec<Arrow> = pairs
        .filter(|(from, to)| from != to)
        .map(|(from, to)| {
            let width = (14.0 * noise(&mut seed).powi(6)).max(1.2);
            let head = width + (5.5_f64).max(0.8 * width);
            Arrow {
                from,
                to,
                width,
                head_length: 0.92 * head,
                head_width: head,
            }
        })
        .collect();
    arrows.sort_by(|a, b| b.width.total_cmp(&a.width));
    arrows.truncate(flows);
    (nodes, arrows)
}

#[divan::bench(args = [(8, 20), (14, 90), (40, 200)])]
fn lay_out(bencher: divan::Bencher, (places, count): (usize, usize)) {
    let (nodes, arrows) = flows(places, count);
    let spacing = Spacing {
        gap: 2.5,
        clearance: 3.0,
        frame: Rect::new((0.0, 0.0), (1300.0, 1000.0)),
    };
    bencher.bench_local(|| -> Result<Layout, LayoutError> { layout(&nodes, &arrows, &spacing) });
}
