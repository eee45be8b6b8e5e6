//! What the writers promise.

use super::*;

const INK: Color = Color::hex(0x000000);

fn decode(bytes: &[u8]) -> (u32, u32, Vec<u8>, Option<::png::PixelDimensions>) {
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .expect("a PNG");
    let mut data = vec![0; reader.output_buffer_size().expect("a small PNG")];
    let info = reader.next_frame(&mut data).expect("a frame");
    (info.width, info.height, data, reader.info().pixel_dims)
}

/// The red, green and blue of a scene's pixels.
struct Picture {
    width: u32,
    height: u32,
    data: Vec<u8>,
}

impl Picture {
    fn of(canvas: Canvas) -> Self {
        Self::at(&canvas.finish(), 1.0)
    }

    fn at(scene: &Scene, scale: f64) -> Self {
        let (width, height, data, _) = decode(&png(scene, scale).expect("a picture"));
        Self {
            width,
            height,
            data,
        }
    }

    fn rgb(&self, x: u32, y: u32) -> [u8; 3] {
        let at = 3 * (y * self.width + x) as usize;
        [self.data[at], self.data[at + 1], self.data[at + 2]]
    }

    /// Where there is ink: left, top, right, bottom (exclusive).
    fn ink(&self) -> Option<(u32, u32, u32, u32)> {
        let dark = (0..self.height)
            .flat_map(|y| (0..self.width).map(move |x| (x, y)))
            .filter(|&(x, y)| self.rgb(x, y).iter().any(|&c| c < 250));
        dark.fold(None, |found, (x, y)| {
            let (l, t, r, b) = found.unwrap_or((x, y, x, y));
            Some((l.min(x), t.min(y), r.max(x + 1), b.max(y + 1)))
        })
    }

    /// The sum of darkness, in black pixels.
    fn weight(&self) -> f64 {
        self.data.iter().map(|&c| f64::from(255 - c)).sum::<f64>() / 765.0
    }
}

fn solid(rgb: u32) -> Option<Fill> {
    Some(Fill::Solid(Color::hex(rgb)))
}

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
    let svg = svg(&scene).expect("an SVG");
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

fn busy() -> Scene {
    let canvas = Canvas::new(300.0, 200.0);
    canvas.describe("A <busy> scene", "with “everything” & more");
    canvas.group(
        "map",
        Some(Path::rect(10.0, 10.0, 280.0, 180.0)),
        1.0,
        |map| {
            map.path(
                Path::ring((0..500).map(|i| {
                    let a = f64::from(i) / 500.0 * std::f64::consts::TAU;
                    let r = 80.0 + 6.0 * (a * 40.0).sin();
                    pt(150.0 + r * a.cos(), 100.0 + r * a.sin())
                })),
                solid(0xf0ead6),
                Some(Stroke::new(INK, 0.7)),
            );
            let hatch = Fill::Hatch {
                color: INK,
                spacing: 5.0,
                width: 1.0,
                angle: -30.0,
            };
            map.circle(
                pt(100.0, 100.0),
                40.0,
                Some(hatch),
                Some(Stroke::new(INK, 1.0).dashed(&[4.0])),
            );
            let halo = Some((Color::hex(0xffffff), 1.5));
            let style = TextStyle {
                halo,
                italic: true,
                ..TextStyle::new(14.0, INK)
            };
            map.text("Nahr al-‘Āṣī <≥3> نهر العاصي", pt(60.0, 90.0), &style)
                .expect("glyphs");
            map.image(
                Image {
                    width: 2,
                    height: 2,
                    rgba: vec![90; 16],
                },
                pt(20.0, 20.0),
                pt(30.0, 30.0),
            );
        },
    );
    canvas.group("map", None, 0.4, |top| {
        top.circle(pt(200.0, 90.0), 20.0, solid(0xaa0000), None)
    });
    canvas.finish()
}

#[test]
fn the_same_scene_gives_the_same_bytes_on_every_thread() {
    let expected = (
        png(&busy(), 1.5).expect("a PNG"),
        svg(&busy()).expect("an SVG"),
    );
    let others: Vec<_> = (0..4)
        .map(|_| {
            std::thread::spawn(|| {
                (
                    png(&busy(), 1.5).expect("a PNG"),
                    svg(&busy()).expect("an SVG"),
                )
            })
        })
        .collect();
    for other in others {
        assert!(other.join().expect("a thread") == expected);
    }
}

#[test]
fn missing_glyphs_are_named_by_every_door() {
    let style = TextStyle::new(12.0, INK);
    let missing = measure("Addis አበባ", &style).expect_err("no Ethiopic");
    assert_eq!(missing.character, 'አ');
    let message = missing.to_string();
    assert!(
        message.contains("'አ' (U+12A0)") && message.contains("Addis አበባ"),
        "{message}"
    );
    let canvas = Canvas::new(10.0, 10.0);
    assert_eq!(canvas.text("Addis አበባ", pt(0.0, 0.0), &style), Err(missing));
    let mut scene = canvas.finish();
    scene.items.push(Item::Text {
        text: "字".into(),
        at: pt(0.0, 9.0),
        style,
    });
    assert!(matches!(png(&scene, 1.0), Err(DrawError::MissingGlyph(m)) if m.character == '字'));
    assert!(matches!(svg(&scene), Err(DrawError::MissingGlyph(m)) if m.character == '字'));
}

#[test]
fn the_svg_is_well_formed_and_its_ids_are_unique() {
    let svg = svg(&busy()).expect("an SVG");
    let document = roxmltree::Document::parse(&svg).expect("well-formed");
    let mut ids: Vec<&str> = document
        .descendants()
        .filter_map(|n| n.attribute("id"))
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(ids.contains(&"map") && ids.contains(&"map-2"));
    let text = |name: &str| {
        document
            .descendants()
            .find(|n| n.has_tag_name(name))
            .and_then(|n| n.text())
    };
    assert_eq!(text("title"), Some("A <busy> scene"));
    assert_eq!(text("desc"), Some("with “everything” & more"));
    assert_eq!(text("text"), Some("Nahr al-‘Āṣī <≥3> نهر العاصي"));
    // Every clip that is used is there.
    for node in document.descendants() {
        if let Some(clip) = node.attribute("clip-path") {
            let id = clip.trim_start_matches("url(#").trim_end_matches(')');
            assert!(ids.binary_search(&id).is_ok(), "{id}");
        }
    }
}

#[test]
fn an_svg_embeds_only_the_fonts_it_uses() {
    let fonts = |text: &str, bold| {
        let canvas = Canvas::new(100.0, 20.0);
        let style = TextStyle {
            bold,
            ..TextStyle::new(12.0, INK)
        };
        canvas.text(text, pt(0.0, 15.0), &style).expect("glyphs");
        svg(&canvas.finish())
            .expect("an SVG")
            .matches("@font-face")
            .count()
    };
    assert_eq!(fonts("", false), 0);
    assert_eq!(fonts("Hama", false), 1);
    assert_eq!(fonts("Hama حماة", true), 2);
    assert_eq!(fonts("≥3 Hama حماة", false), 3);
}

#[test]
fn text_from_the_right_keeps_its_anchor_in_the_svg() {
    let element = |text: &str, align| {
        let canvas = Canvas::new(100.0, 20.0);
        let style = TextStyle {
            align,
            ..TextStyle::new(12.0, INK)
        };
        canvas.text(text, pt(50.0, 15.0), &style).expect("glyphs");
        let svg = svg(&canvas.finish()).expect("an SVG");
        let at = svg.find("<text").expect("a text");
        svg[at..].split('>').next().unwrap_or_default().to_owned()
    };
    // In SVG the start of such a line is its right end.
    assert!(element("حماة", Align::Left).contains("text-anchor=\"end\" direction=\"rtl\""));
    assert!(!element("حماة", Align::Right).contains("text-anchor"));
    assert!(element("Hama", Align::Right).contains("text-anchor=\"end\""));
}

#[test]
fn plotters_draws_in_64ths_of_a_pixel_and_its_text_is_shaped() {
    use plotters::element::{Circle, Rectangle, Text};
    use plotters::style::{BLACK, Color as _, IntoFont};

    let canvas = Canvas::new(100.0, 50.0);
    let area = canvas.area();
    assert_eq!(area.dim_in_pixel(), (6400, 3200));
    area.draw(&Rectangle::new([(64, 64), (160, 128)], BLACK.filled()))
        .expect("drawn");
    area.draw(&Circle::new((3200, 1600), 320, BLACK.stroke_width(96)))
        .expect("drawn");
    let font = ("sans-serif", 20 * 64).into_font();
    area.draw(&Text::new("حلب", (640, 640), font))
        .expect("drawn");
    let missing = Text::new("字", (640, 640), ("sans-serif", 640).into_font());
    assert!(area.draw(&missing).is_err());
    let items = canvas.finish().items;
    assert!(
        matches!(&items[0], Item::Path { path, .. } if path.as_rect() == Some((pt(1.0, 1.0), pt(2.5, 2.0))))
    );
    assert!(
        matches!(&items[1], Item::Circle { centre, radius, stroke: Some(stroke), .. }
            if *centre == pt(50.0, 25.0) && *radius == 5.0 && stroke.width == 1.5)
    );
    assert!(matches!(&items[2], Item::Text { text, .. } if text == "حلب"));
    assert_eq!(items.len(), 3);
}

#[test]
fn drawing_joins_the_group_that_is_open() {
    let canvas = Canvas::new(10.0, 10.0);
    canvas.group("outer", None, 1.0, |outer| {
        outer.group("inner", None, 1.0, |inner| {
            inner.circle(pt(1.0, 1.0), 1.0, solid(0), None)
        });
        outer.circle(pt(2.0, 2.0), 1.0, solid(0), None);
    });
    let items = canvas.finish().items;
    let [Item::Group { id, items, .. }] = items.as_slice() else {
        panic!("{items:?}")
    };
    assert_eq!(id, "outer");
    assert!(matches!(
        items.as_slice(),
        [Item::Group { .. }, Item::Circle { .. }]
    ));
}
