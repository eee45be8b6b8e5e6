//! Shaping and measuring.

use crate::draw::scene::Color;
use crate::draw::scene::TextStyle;
use crate::draw::text::*;

fn style() -> TextStyle {
    TextStyle::new(100.0, Color::hex(0))
}

fn width(text: &str) -> f64 {
    measure(text, &style()).expect("glyphs").width
}

fn runs(text: &str) -> Vec<&str> {
    let items = itemise(text, false).expect("glyphs");
    items
        .runs
        .iter()
        .map(|run| &text[run.start..run.end])
        .collect()
}

#[test]
fn arabic_letters_join() {
    // Apart (by a zero-width non-joiner) each letter stands alone and is wider.
    let (joined, apart) = (width("ببب"), width("ب\u{200c}ب\u{200c}ب"));
    assert!(joined < 0.75 * apart, "{joined} {apart}");
    // Lam and alef make one sign.
    let ligature = shape("لا", &style()).expect("glyphs").glyphs.len();
    assert!(ligature <= 2 && width("لا") < width("ل") + width("ا") - 5.0);
}

#[test]
fn marks_sit_on_their_letters() {
    assert_eq!(width("حَلَب"), width("حلب"));
    assert!((width("h\u{323}ama") - width("ḥama")).abs() < 0.01);
}

#[test]
fn runs_are_put_in_visual_order() {
    assert_eq!(runs("in إدلب (Idlib)"), ["in ", "إدلب", " (Idlib)"]);
    // A number after Arabic letters belongs to them (rule W2).
    assert_eq!(runs("in إدلب 12"), ["in ", "12", " ", "إدلب"]);
    // From the right: the name is at the right end, its number to the left of it.
    assert_eq!(runs("حلب 12"), ["12", " ", "حلب"]);
    assert_eq!(runs("حلب (Aleppo) 3"), ["3", ") ", "Aleppo", " (", "حلب"]);
}

#[test]
fn the_first_strong_letter_decides_where_a_line_starts() {
    for (text, rtl) in [
        ("حلب Aleppo", true),
        ("Aleppo حلب", false),
        ("12 حلب", true),
        ("12", false),
    ] {
        assert_eq!(itemise(text, false).expect("glyphs").rtl, rtl, "{text}");
    }
}

#[test]
fn glyphs_run_from_the_left_end_to_the_right() {
    for text in ["Aleppo", "حلب", "Aleppo حلب 3", "حلب (Aleppo)"] {
        let line = shape(text, &style()).expect("glyphs");
        assert!(line.glyphs.is_sorted_by(|a, b| a.x <= b.x + 1.0), "{text}");
        assert!(
            line.glyphs
                .iter()
                .all(|g| g.x >= -1.0 && g.x < line.extent.width),
            "{text}"
        );
    }
}

#[test]
fn brackets_are_mirrored_in_lines_from_the_right() {
    let ids = |text: &str| -> Vec<u32> {
        shape(text, &style())
            .expect("glyphs")
            .glyphs
            .iter()
            .map(|g| g.id)
            .collect()
    };
    let (open, close) = (ids("(")[0], ids(")")[0]);
    let mirrored = ids("(ح)");
    assert_eq!((mirrored[0], mirrored[mirrored.len() - 1]), (open, close));
}

#[test]
fn letters_are_spaced_but_not_those_that_join() {
    let spaced = |text: &str| {
        measure(
            text,
            &TextStyle {
                spacing: 10.0,
                ..style()
            },
        )
        .expect("glyphs")
        .width
    };
    assert!((spaced("SEA") - width("SEA") - 20.0).abs() < 1e-9);
    assert_eq!(spaced("بحر"), width("بحر"));
}

#[test]
fn extents_align_lines_and_still_tell_the_ink() {
    let low = measure("nose", &style()).expect("glyphs");
    let high = measure("Lion", &style()).expect("glyphs");
    assert_eq!((low.ascent, low.descent), (high.ascent, high.descent));
    assert!(low.ink_ascent < 60.0 && high.ink_ascent > 70.0);
    assert_eq!(measure("", &style()).expect("nothing").width, 0.0);
}

#[test]
fn breaks_are_spaces_and_controls_have_no_ink() {
    assert_eq!(width("a\nb\tc"), width("a b c"));
    assert_eq!(width("a\u{200f}b"), width("ab"));
    assert!(measure("a\u{1}b", &style()).is_err());
}

proptest::proptest! {
    #[test]
    fn any_text_is_measured_or_refused(text in "\\PC{0,24}", bold: bool, size in 1.0..200.0f64) {
        let style = TextStyle { bold, ..TextStyle::new(size, Color::hex(0)) };
        if let Ok(extent) = measure(&text, &style) {
            proptest::prop_assert!(extent.width >= 0.0 && extent.width.is_finite());
            proptest::prop_assert!(extent.ascent > 0.0 && extent.descent > 0.0);
        }
    }

    #[test]
    fn runs_cover_every_byte_once(text in "[a-zA-Z0-9 ()،.ا-يئ-ە٠-٩≥ḥʿ\u{200e}\u{200f}]{0,24}") {
        let mut runs = itemise(&text, false).expect("glyphs").runs;
        runs.sort_by_key(|run| run.start);
        let mut end = 0;
        for run in &runs {
            proptest::prop_assert_eq!(run.start, end);
            end = run.end;
        }
        proptest::prop_assert_eq!(end, text.len());
    }
}
