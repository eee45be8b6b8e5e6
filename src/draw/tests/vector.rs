//! The SVG: its elements.

use super::*;

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
