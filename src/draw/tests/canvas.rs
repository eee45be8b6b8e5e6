//! The canvas, plotters on it, and what holds for every writer.

use super::*;

#[test]
fn the_same_scene_gives_the_same_bytes_on_every_thread() {
    let write = || {
        let scene = busy();
        let svg = |lettering| svg(&scene, lettering).expect("an SVG").into_bytes();
        let pdf = |lettering| pdf(&scene, lettering).expect("a PDF");
        [
            png(&scene, 1.5).expect("a PNG"),
            svg(Lettering::Text),
            svg(Lettering::Outlines),
            pdf(Lettering::Text),
            pdf(Lettering::Outlines),
        ]
    };
    let expected = write();
    let others: Vec<_> = (0..4).map(|_| std::thread::spawn(write)).collect();
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
    // Even where it could not be seen.
    let hidden = Scene {
        items: vec![Item::Group {
            id: "hidden".into(),
            clip: Some(Path::default()),
            opacity: 1.0,
            says: None,
            items: scene.items.clone(),
        }],
        ..scene.clone()
    };
    let refuses = |outcome: Option<DrawError>| matches!(outcome, Some(DrawError::MissingGlyph(m)) if m.character == '字');
    assert!(refuses(png(&scene, 1.0).err()));
    for lettering in [Lettering::Text, Lettering::Outlines] {
        for scene in [&scene, &hidden] {
            assert!(refuses(svg(scene, lettering).err()), "{lettering:?}");
            assert!(refuses(pdf(scene, lettering).err()), "{lettering:?}");
        }
    }
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
