//! The SVG and the PDF: what they hold.

use super::*;

#[test]
fn the_svg_is_well_formed_and_its_ids_are_unique() {
    let svg = svg(&busy(), Lettering::Text).expect("an SVG");
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
        svg(&canvas.finish(), Lettering::Text)
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
        let svg = svg(&canvas.finish(), Lettering::Text).expect("an SVG");
        let at = svg.find("<text").expect("a text");
        svg[at..].split('>').next().unwrap_or_default().to_owned()
    };
    // In SVG the start of such a line is its right end.
    assert!(element("حماة", Align::Left).contains("text-anchor=\"end\" direction=\"rtl\""));
    assert!(!element("حماة", Align::Right).contains("text-anchor"));
    assert!(element("Hama", Align::Right).contains("text-anchor=\"end\""));
}

#[test]
fn an_svg_embeds_only_the_glyphs_it_uses() {
    let font = |text: &str| {
        let canvas = Canvas::new(100.0, 20.0);
        let style = TextStyle::new(12.0, INK);
        canvas.text(text, pt(0.0, 15.0), &style).expect("glyphs");
        embedded_fonts(&svg(&canvas.finish(), Lettering::Text).expect("an SVG")).remove(0)
    };
    for text in ["Ḥamā", "معرة", "≥≤"] {
        let bytes = font(text);
        assert!(bytes.len() < 12_000, "{text}: {} bytes", bytes.len());
        let font = harfrust::Font::new(bytes, 0).expect("a font");
        for character in text.chars().filter(|c| !c.is_ascii()) {
            assert!(font.charmap().map_unicode(character).is_some(), "{text}");
        }
        assert!(font.charmap().map_unicode('Q').is_none(), "{text}");
    }
}

#[test]
fn an_embedded_arabic_font_still_joins_its_letters() {
    // As wide with the glyphs that are left as with all of them.
    for text in ["معرة", "اللاذقية", "حَلَب"] {
        let canvas = Canvas::new(100.0, 20.0);
        let style = TextStyle::new(1000.0, INK);
        let expected = canvas
            .text(text, pt(0.0, 15.0), &style)
            .expect("glyphs")
            .width;
        let svg = svg(&canvas.finish(), Lettering::Text).expect("an SVG");
        let bytes = embedded_fonts(&svg).remove(0);
        let font = harfrust::Font::new(bytes, 0).expect("a font");
        let mut buffer = harfrust::Buffer::new();
        for (at, character) in text.char_indices() {
            buffer.push(u32::from(character), at as u32);
        }
        buffer.set_direction(harfrust::Direction::RightToLeft);
        buffer.set_script(Some(harfrust::Script::ARABIC));
        let (font, options) = (
            harfrust::ShaperFont::new(&font),
            harfrust::ShapeOptions::new(),
        );
        harfrust::shape(&font, &mut buffer, options).expect("shaped");
        let width: i32 = buffer.glyph_positions().iter().map(|p| p.x_advance).sum();
        assert_eq!(f64::from(width), expected, "{text}");
    }
}

/// The font files in an SVG.
fn embedded_fonts(svg: &str) -> Vec<Vec<u8>> {
    use base64::Engine as _;
    svg.split("data:font/ttf;base64,")
        .skip(1)
        .map(|rest| {
            let data = rest.split(')').next().unwrap_or_default();
            base64::engine::general_purpose::STANDARD
                .decode(data)
                .expect("base64")
        })
        .collect()
}

#[test]
fn outlines_need_no_font_and_still_say_what_they_are() {
    let svg = svg(&busy(), Lettering::Outlines).expect("an SVG");
    let document = roxmltree::Document::parse(&svg).expect("well-formed");
    let none = |name: &str| !document.descendants().any(|n| n.has_tag_name(name));
    assert!(none("text") && none("style"));
    let said: Vec<&str> = document
        .descendants()
        .filter_map(|n| n.attribute("aria-label"))
        .collect();
    assert_eq!(said, ["Nahr al-‘Āṣī <≥3> نهر العاصي"]);
    let pdf = pdf(&busy(), Lettering::Outlines).expect("a PDF");
    assert!(!holds(&pdf, b"/FontFile"));
}

#[test]
fn a_pixel_is_three_quarters_of_a_point_and_nothing_is_dated() {
    let pdf = pdf(&busy(), Lettering::Text).expect("a PDF");
    assert!(holds(&pdf, b"/MediaBox[0 0 225 150]"));
    assert!(holds(&pdf, b"/FontFile"));
    for dated in [
        &b"/CreationDate"[..],
        b"/ModDate",
        b"CreateDate",
        b"ModifyDate",
    ] {
        assert!(!holds(&pdf, dated));
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
