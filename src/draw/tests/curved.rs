//! Text along a curve.

use super::*;
use crate::draw::curved::{SetPart, parts};

fn style() -> TextStyle {
    TextStyle::new(20.0, Color::hex(0))
}

#[test]
fn letters_stand_where_the_straight_text_has_them() {
    // With kerning (AV), a mark of its own (n with tilde) and a space.
    let text = "AVen\u{303}a To";
    let letters = parts(text, &style(), 0.0).unwrap();
    let got: Vec<&str> = letters.iter().map(|p| &text[p.bytes.clone()]).collect();
    assert_eq!(got, ["A", "V", "e", "n\u{303}", "a", "T", "o"]);
    let set: Vec<SetPart> = letters
        .iter()
        .map(|p| SetPart {
            bytes: p.bytes.clone(),
            at: pt(10.0 + p.x, 30.0),
            rotation: 0.0,
        })
        .collect();
    let draw = |curved: bool| {
        let canvas = Canvas::new(150.0, 40.0);
        if curved {
            canvas.curved(text, &set, &style()).unwrap();
        } else {
            canvas.text(text, pt(10.0, 30.0), &style()).unwrap();
        }
        Picture::of(canvas).data
    };
    let (a, b) = (draw(true), draw(false));
    let far = a.iter().zip(&b).filter(|(a, b)| a.abs_diff(**b) > 40);
    assert_eq!(far.count(), 0);
    assert!(a.iter().any(|v| *v < 100));
}

#[test]
fn joined_letters_stay_together_and_the_first_word_is_on_the_right() {
    let text = "نهر الفرات";
    let words = parts(text, &style(), 2.0).unwrap();
    let got: Vec<&str> = words.iter().map(|p| &text[p.bytes.clone()]).collect();
    assert_eq!(got, ["الفرات", "نهر"]);
    assert!(words[1].x > words[0].x + words[0].width);
    assert!(parts("", &style(), 0.0).unwrap().is_empty());
}

#[test]
fn the_halo_is_one_shape_under_the_letters() {
    let canvas = Canvas::new(100.0, 40.0);
    let halo = TextStyle {
        halo: Some((Color::hex(0xffffff), 2.0)),
        ..style()
    };
    let set = |bytes, x| SetPart {
        bytes,
        at: pt(x, 30.0),
        rotation: 5.0,
    };
    canvas
        .curved("ab", &[set(0..1, 5.0), set(1..2, 20.0)], &halo)
        .unwrap();
    let scene = canvas.finish();
    let [Item::Group { items, says, .. }] = scene.items.as_slice() else {
        panic!("one group: {scene:?}");
    };
    assert_eq!(says.as_deref(), Some("ab"));
    assert!(matches!(
        items[0],
        Item::Path {
            stroke: Some(_),
            ..
        }
    ));
    assert!(items[1..].iter().all(|i| matches!(i,
        Item::Text { style, .. } if style.halo.is_none() && style.rotation == 5.0)));
}
