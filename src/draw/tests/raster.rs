//! The PNG: what is where, and how dark.

use super::*;

#[test]
fn the_png_has_the_size_and_resolution_asked_for() {
    let scene = Canvas::new(100.0, 40.0).finish();
    let (width, height, _, dims) = decode(&png(&scene, 300.0 / 96.0).expect("a picture"));
    assert_eq!((width, height), (313, 125));
    let dims = dims.expect("pHYs");
    assert_eq!((f64::from(dims.xppu) * 0.0254).round(), 300.0);
}

#[test]
fn pages_that_cannot_be_drawn_are_refused() {
    for (width, height) in [
        (0.0, 10.0),
        (f64::NAN, 10.0),
        (1e6, 1.0),
        (30_000.0, 30_000.0),
    ] {
        let scene = Canvas::new(width, height).finish();
        assert!(
            matches!(png(&scene, 1.0), Err(DrawError::PageSize { .. })),
            "{width}"
        );
        let side = (1.0..=32_000.0).contains(&width);
        let refused = matches!(
            pdf(&scene, Lettering::Text),
            Err(DrawError::PageSize { .. })
        );
        assert_eq!(refused, !side, "{width}: a PDF has no pixels, but sides");
    }
}

#[test]
fn a_line_on_a_pixel_centre_fills_one_row_and_on_an_edge_two_halves() {
    let draw = |y: f64| {
        let canvas = Canvas::new(20.0, 10.0);
        let stroke = Stroke {
            round_cap: false,
            ..Stroke::new(INK, 1.0)
        };
        canvas.path(Path::line([pt(0.0, y), pt(20.0, y)]), None, Some(stroke));
        Picture::of(canvas)
    };
    let centre = draw(5.5);
    assert_eq!([4, 5, 6].map(|y| centre.rgb(10, y)[0]), [255, 0, 255]);
    let edge = draw(5.0);
    for y in [4, 5] {
        assert!(
            (120..=136).contains(&edge.rgb(10, y)[0]),
            "{}",
            edge.rgb(10, y)[0]
        );
    }
}

#[test]
fn circles_and_rectangles_have_the_ink_of_their_area() {
    for radius in [0.3, 0.6, 1.5, 4.2, 20.0] {
        let canvas = Canvas::new(60.0, 60.0);
        canvas.circle(pt(30.3, 29.8), radius, solid(0), None);
        let (ink, area) = (
            Picture::of(canvas).weight(),
            std::f64::consts::PI * radius * radius,
        );
        assert!((ink / area - 1.0).abs() < 0.08, "{radius}: {ink} of {area}");
    }
    for width in [0.4, 1.0, 3.0] {
        let canvas = Canvas::new(60.0, 60.0);
        canvas.circle(pt(30.0, 30.0), 20.0, None, Some(Stroke::new(INK, width)));
        let (ink, area) = (
            Picture::of(canvas).weight(),
            std::f64::consts::TAU * 20.0 * width,
        );
        assert!((ink / area - 1.0).abs() < 0.03, "{width}: {ink} of {area}");
    }
    let canvas = Canvas::new(60.0, 60.0);
    canvas.path(Path::rect(10.25, 20.5, 30.5, 7.75), solid(0), None);
    let ink = Picture::of(canvas).weight();
    assert!((ink - 30.5 * 7.75).abs() < 1.0, "{ink}");
}

#[test]
fn a_hatch_stays_within_its_shape_and_out_of_its_holes() {
    let canvas = Canvas::new(100.0, 100.0);
    let mut path = Path::rect(20.0, 20.0, 60.0, 60.0);
    path.add_ring([
        pt(40.0, 40.0),
        pt(60.0, 40.0),
        pt(60.0, 60.0),
        pt(40.0, 60.0),
    ]);
    let hatch = Fill::Hatch {
        color: INK,
        spacing: 5.0,
        width: 1.0,
        angle: 45.0,
    };
    canvas.path(path, Some(hatch), None);
    let picture = Picture::of(canvas);
    assert_eq!(picture.ink(), Some((20, 20, 80, 80)));
    for (x, y) in (41..59).flat_map(|y| (41..59).map(move |x| (x, y))) {
        assert_eq!(picture.rgb(x, y), [255; 3], "{x} {y}");
    }
    // A fifth of 3,600 − 400 pixels.
    assert!(
        (picture.weight() / 640.0 - 1.0).abs() < 0.05,
        "{}",
        picture.weight()
    );
}

#[test]
fn a_group_is_made_translucent_as_a_whole() {
    let canvas = Canvas::new(60.0, 40.0);
    canvas.group("both", None, 0.5, |group| {
        group.path(Path::rect(0.0, 0.0, 40.0, 40.0), solid(0xff0000), None);
        group.path(Path::rect(20.0, 0.0, 40.0, 40.0), solid(0x0000ff), None);
    });
    let picture = Picture::of(canvas);
    // Where they overlap only the upper one shows.
    assert_eq!(picture.rgb(30, 20), picture.rgb(50, 20));
    assert_eq!(picture.rgb(10, 20)[0], 255);
    assert!((126..=129).contains(&picture.rgb(10, 20)[1]));
}

#[test]
fn groups_are_clipped_by_rectangles_and_by_outlines() {
    for (clip, area) in [
        (Path::rect(10.0, 10.0, 20.0, 20.0), 400.0),
        (Path::circle(pt(30.0, 30.0), 15.0), 706.9),
        (
            Path::ring([pt(10.0, 10.0), pt(50.0, 10.0), pt(10.0, 50.0)]),
            800.0,
        ),
    ] {
        let canvas = Canvas::new(60.0, 60.0);
        canvas.group("clip", Some(clip), 1.0, |group| {
            group.path(Path::rect(-100.0, -100.0, 300.0, 300.0), solid(0), None);
        });
        let ink = Picture::of(canvas).weight();
        assert!((ink / area - 1.0).abs() < 0.02, "{ink} of {area}");
    }
}

#[test]
fn neighbouring_groups_with_one_clip_are_painted_as_if_apart() {
    let draw = |apart: bool| {
        let canvas = Canvas::new(60.0, 60.0);
        for (x, opacity) in [(5.0, 1.0), (20.0, 1.0), (30.0, 0.5), (35.0, 1.0)] {
            let clip = Some(Path::rect(10.2, 10.7, 30.0, 30.0));
            canvas.group("layer", clip, opacity, |layer| {
                layer.circle(
                    pt(x, 20.0),
                    12.0,
                    solid(0xff0000),
                    Some(Stroke::new(INK, 2.0)),
                );
            });
            if apart {
                canvas.group("nothing", None, 1.0, |_| ());
            }
        }
        Picture::of(canvas).data
    };
    assert!(draw(true) == draw(false));
}

#[test]
fn an_image_at_its_own_size_is_copied_and_a_stretched_one_is_smooth() {
    let rgba = vec![0, 0, 0, 255, 255, 255, 255, 255];
    let image = || Image {
        width: 2,
        height: 1,
        rgba: rgba.clone(),
    };
    let canvas = Canvas::new(20.0, 10.0);
    canvas.image(image(), pt(4.0, 4.0), pt(2.0, 1.0));
    let picture = Picture::of(canvas);
    assert_eq!((picture.rgb(4, 4), picture.rgb(5, 4)), ([0; 3], [255; 3]));
    assert_eq!(picture.ink(), Some((4, 4, 5, 5)));

    let canvas = Canvas::new(20.0, 10.0);
    canvas.image(image(), pt(0.0, 0.0), pt(20.0, 10.0));
    let picture = Picture::of(canvas);
    let row: Vec<u8> = (0..20).map(|x| picture.rgb(x, 5)[0]).collect();
    assert!(
        row.is_sorted() && row[0] == 0 && row[19] == 255 && row[9] < 128 && row[10] > 127,
        "{row:?}"
    );
}

#[test]
fn what_lies_off_the_page_changes_nothing_and_does_not_fail() {
    let canvas = Canvas::new(50.0, 50.0);
    let far = [-1e7, -90.0, 25.0, 120.0, 1e7, f64::NAN, f64::INFINITY];
    let style = TextStyle {
        halo: Some((INK, 2.0)),
        ..TextStyle::new(12.0, INK)
    };
    for (x, y) in far.iter().flat_map(|&x| far.iter().map(move |&y| (x, y))) {
        if (x, y) == (25.0, 25.0) {
            continue;
        }
        let at = pt(x, y);
        canvas.circle(at, 10.0, solid(0), Some(Stroke::new(INK, 2.0)));
        canvas.path(
            Path::circle(at, 10.0),
            solid(0),
            Some(Stroke::new(INK, 2.0).dashed(&[3.0])),
        );
        canvas.path(Path::rect(x, y, 1.0, 1.0), solid(0), None);
        let hatch = Fill::Hatch {
            color: INK,
            spacing: 3.0,
            width: 1.0,
            angle: 10.0,
        };
        canvas.path(Path::circle(at, 10.0), Some(hatch), None);
        canvas.text("Ḥamā حماة", at, &style).expect("glyphs");
        canvas.image(
            Image {
                width: 1,
                height: 1,
                rgba: vec![0; 4],
            },
            at,
            pt(2.0, 2.0),
        );
        canvas.group("g", Some(Path::circle(at, 5.0)), 0.5, |g| {
            g.circle(at, 5.0, solid(0), None)
        });
    }
    let scene = canvas.finish();
    assert_eq!(Picture::at(&scene, 1.0).ink(), None);
    let svg = svg(&scene, Lettering::Text).expect("an SVG");
    let document = roxmltree::Document::parse(&svg).expect("well-formed");
    for attribute in document.descendants().flat_map(|node| node.attributes()) {
        let number = attribute.value().parse::<f64>().unwrap_or(0.0);
        assert!(number.is_finite(), "{attribute:?}");
    }
}

#[test]
fn a_ring_around_the_page_fills_it() {
    // All its vertices are dropped or cut on the way, none of its area.
    let canvas = Canvas::new(40.0, 40.0);
    let ring = (0..4000).map(|i| {
        let (sin, cos) = (f64::from(i) / 4000.0 * std::f64::consts::TAU).sin_cos();
        pt(20.0 + 500.0 * cos, 20.0 + 500.0 * sin)
    });
    canvas.path(Path::ring(ring), solid(0), None);
    assert_eq!(Picture::of(canvas).weight(), 1600.0);
}

#[test]
fn text_is_where_measure_says() {
    for (text, rotation) in [("Hamā jpq", 0.0), ("معرة النعمان", 0.0), ("Hamā jpq", 90.0)]
    {
        let style = TextStyle {
            align: Align::Centre,
            rotation,
            ..TextStyle::new(20.0, INK)
        };
        let extent = measure(text, &style).expect("glyphs");
        let canvas = Canvas::new(200.0, 200.0);
        canvas.text(text, pt(100.0, 100.0), &style).expect("glyphs");
        let (left, top, right, bottom) = Picture::of(canvas).ink().expect("ink");
        let (from, to, up, down) = if rotation == 0.0 {
            (
                left,
                right,
                100.0 - f64::from(top),
                f64::from(bottom) - 100.0,
            )
        } else {
            (
                top,
                bottom,
                f64::from(right) - 100.0,
                100.0 - f64::from(left),
            )
        };
        assert!(
            (f64::from(to - from) - extent.width).abs() < 4.0,
            "{text} {extent:?}"
        );
        assert!(
            (up - extent.ink_ascent).abs() < 1.5,
            "{text} {up} {extent:?}"
        );
        assert!(
            (down - extent.ink_descent).abs() < 1.5,
            "{text} {down} {extent:?}"
        );
    }
}

#[test]
fn a_halo_surrounds_the_letters_evenly() {
    let ink = |halo| {
        let canvas = Canvas::new(100.0, 60.0);
        let style = TextStyle {
            halo,
            ..TextStyle::new(30.0, INK)
        };
        canvas.text("HIH", pt(20.0, 45.0), &style).expect("glyphs");
        Picture::of(canvas).ink().expect("ink")
    };
    let (bare, haloed) = (ink(None), ink(Some((Color::hex(0x00ff00), 3.0))));
    let margins = [
        bare.0 - haloed.0,
        bare.1 - haloed.1,
        haloed.2 - bare.2,
        haloed.3 - bare.3,
    ];
    assert_eq!(margins, [3; 4]);
}

/// Coordinates that matter: on the page, on its edges, far off, not numbers.
fn coordinate() -> impl proptest::strategy::Strategy<Value = f64> {
    use proptest::prelude::*;
    prop_oneof![
        8 => -50.0..100.0f64,
        2 => (0..3i32).prop_map(|i| f64::from(i) * 20.0),
        1 => -1e6..1e6f64,
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::MAX, f64::MIN_POSITIVE]),
    ]
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]

    #[test]
    fn no_shape_can_make_the_writers_fail(
        points in proptest::collection::vec((coordinate(), coordinate()), 1..12),
        width in coordinate(),
        spacing in coordinate(),
        scale in 0.3..3.0f64,
    ) {
        let canvas = Canvas::new(40.0, 40.0);
        let points: Vec<Pt> = points.into_iter().map(|(x, y)| pt(x, y)).collect();
        let hatch = Fill::Hatch { color: INK, spacing, width, angle: spacing };
        let stroke = Some(Stroke::new(INK.alpha(0.5), width));
        let clip = Path::ring(points.iter().copied());
        canvas.path(clip.clone(), solid(0xff0000), stroke.clone());
        canvas.path(Path::line(points.iter().copied()), Some(hatch.clone()), stroke.clone());
        canvas.group("g", Some(clip), width, |group| {
            for &at in &points {
                group.circle(at, spacing, Some(hatch.clone()), stroke.clone());
                group.circle(at, spacing, solid(0xff), stroke.clone());
                let style = TextStyle {
                    halo: Some((INK, width)),
                    rotation: spacing,
                    ..TextStyle::new(width, INK)
                };
                group.text("Ḥ حماة", at, &style).expect("glyphs");
                let image = Image { width: 1, height: 2, rgba: vec![9; 8] };
                group.image(image, at, pt(width, spacing));
            }
        });
        let scene = canvas.finish();
        png(&scene, scale).expect("a PNG");
        for lettering in [Lettering::Text, Lettering::Outlines] {
            let svg = svg(&scene, lettering).expect("an SVG");
            roxmltree::Document::parse(&svg).expect("well-formed");
            assert!(pdf(&scene, lettering).expect("a PDF").starts_with(b"%PDF-1.7"));
        }
    }
}

#[test]
fn what_is_shared_looks_as_if_it_were_drawn_on_each_page() {
    let shared = |canvas: &Canvas| {
        let clip = Some(Path::rect(10.0, 10.0, 80.0, 50.0));
        canvas.group("shared", clip, 1.0, |c| {
            let sea = Some(Fill::Solid(Color::hex(0xcfe3ef).alpha(0.5)));
            c.circle(pt(40.3, 30.2), 20.0, sea, None);
            let line = Stroke::new(Color::hex(0x336699), 1.3).dashed(&[5.0, 3.0]);
            c.path(
                Path::line([pt(0.0, 5.0), pt(100.0, 61.0)]),
                None,
                Some(line),
            );
            let style = TextStyle {
                halo: Some((Color::hex(0xffffff).alpha(0.8), 2.0)),
                ..TextStyle::new(14.0, INK)
            };
            c.text("Idlib", pt(30.0, 40.0), &style).expect("glyphs");
        });
    };
    let page = |ground: u32, draw: &dyn Fn(&Canvas)| {
        let canvas = Canvas::new(100.0, 70.0);
        let fill = Some(Fill::Solid(Color::hex(ground)));
        canvas.group(
            "ground",
            Some(Path::rect(10.0, 10.0, 80.0, 50.0)),
            1.0,
            |c| {
                c.path(Path::rect(0.0, 0.0, 60.0, 70.0), fill, None);
            },
        );
        draw(&canvas);
        canvas.circle(pt(50.0, 35.0), 6.0, Some(Fill::Solid(INK)), None);
        canvas.finish()
    };
    let alone = Canvas::new(100.0, 70.0);
    shared(&alone);
    let once = std::sync::Arc::new(Shared::new(alone.finish()));
    for ground in [0xffffff, 0x8a1030, 0x000000] {
        let plain = page(ground, &shared);
        let common = page(ground, &|c| c.shared(std::sync::Arc::clone(&once)));
        // A scale that the stamp was not made for is painted anew.
        for scale in [1.0, 1.5] {
            let (a, b) = (Picture::at(&plain, scale), Picture::at(&common, scale));
            let far = a.data.iter().zip(&b.data).map(|(a, b)| a.abs_diff(*b));
            assert!(far.max().is_some_and(|far| far <= 2), "{ground:x} {scale}");
        }
        let svg_of = |scene: &Scene| svg(scene, Lettering::Text).expect("an SVG");
        assert_eq!(svg_of(&plain), svg_of(&common));
    }
}
