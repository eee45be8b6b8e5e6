use super::*;
use crate::map::ThemeName;

const TITLES: [&str; 3] = [
    "Strikes",
    "Strike density in Syria, January 2020",
    "Density of air strikes, shelling and drone strikes in the governorates of Idlib, Aleppo and Hama \
     and along the border with Iraq, 24 December 2019 to 8 February 2020",
];

const SIZES: [&str; 13] = [
    "600x400",
    "640x480",
    "800x800",
    "1600x1200",
    "16:9",
    "square",
    "A4",
    "A4-landscape",
    "A3",
    "A5",
    "1080x1920",
    "2400x700",
    "4000x3000",
];

fn text(title: &str, long: bool) -> PageText {
    PageText {
        title: title.into(),
        subtitle: "1–31 January 2020. Air strikes, shelling and clashes: 2,041 incidents; killed 1,204–1,377".into(),
        source: "Source: reports coded by hand from five newspapers and two agencies".into(),
        notes: if long {
            vec![
                "Shown: 41 of 43 incidents; 2 could not be placed.".into(),
                "Boundaries and names as in Natural Earth; dashed where undetermined. They imply no endorsement.".into(),
                "Projection: Lambert azimuthal equal-area, centred 35.1° N 38.5° E.".into(),
            ]
        } else {
            vec![]
        },
        banner: long.then(|| "SYNTHETIC DATA: invented to show the software; nothing here happened".into()),
    }
}

/// Blocks as a density map has them, in ems.
fn blocks(base: f64, width: f64) -> Result<Vec<BlockSize>, MissingGlyph> {
    Ok([(15.0, 5.5), (12.0, 7.0), (15.0, 6.0), (11.0, 2.2)]
        .map(|(w, h)| BlockSize {
            width: (w * base).min(width),
            height: h * base,
        })
        .into())
}

#[test]
fn nothing_overlaps_or_leaves_the_page() {
    let theme = Theme::named(ThemeName::Light);
    for size in SIZES {
        for title in TITLES {
            for (long, timeline, aspect) in [
                (false, false, 1.1),
                (true, false, 0.6),
                (true, true, 1.1),
                (true, true, 2.5),
            ] {
                let layout = Layout::new(&Request {
                    size: size.parse().unwrap(),
                    theme: &theme,
                    texts: &[text(title, long)],
                    aspect,
                    timeline,
                    foot: 1,
                    legend: &blocks,
                });
                let layout =
                    layout.unwrap_or_else(|e| panic!("{size} {title} {long} {timeline}: {e}"));
                let mut grounds = vec![("frame", layout.frame)];
                grounds.extend(layout.legend.iter().map(|r| ("legend", *r)));
                grounds.extend(layout.timeline.map(|r| ("timeline", r)));
                let lines = layout.lines(&text(title, long), &theme).unwrap();
                grounds.extend(lines.iter().map(|l| (l.text.as_str(), l.ground)));
                for (i, (a_name, a)) in grounds.iter().enumerate() {
                    assert!(
                        layout.page.encloses(a),
                        "{size}: {a_name} leaves the page: {a:?}"
                    );
                    for (b_name, b) in &grounds[i + 1..] {
                        assert!(
                            !a.inset(0.01).overlaps(b),
                            "{size}: {a_name} {a:?} over {b_name} {b:?}"
                        );
                    }
                }
                let share = layout.frame.w * layout.frame.h / (layout.page.w * layout.page.h);
                assert!(
                    share > 0.2,
                    "{size} {title} {long} {timeline}: the map has {share:.2} of the page"
                );
                assert_eq!(layout.legend.len(), 4);
            }
        }
    }
}

#[test]
fn the_legend_stands_where_it_leaves_the_larger_map() {
    let theme = Theme::named(ThemeName::Light);
    let lay = |size: &str, aspect| {
        Layout::new(&Request {
            size: size.parse().unwrap(),
            theme: &theme,
            texts: &[text(TITLES[1], true)],
            aspect,
            timeline: false,
            foot: 1,
            legend: &blocks,
        })
        .unwrap()
    };
    let wide = lay("16:9", 1.1);
    assert!(wide.legend[0].x > wide.frame.right());
    let tall = lay("A4", 1.1);
    assert!(tall.legend[0].y > tall.frame.bottom());
}

#[test]
fn a_page_of_nothing_but_notes_is_refused() {
    let theme = Theme::named(ThemeName::Light);
    let mut endless = text(TITLES[2], true);
    endless.notes = vec!["A sentence that says nothing. ".repeat(300)];
    let refused = Layout::new(&Request {
        size: "600x400".parse().unwrap(),
        theme: &theme,
        texts: &[endless],
        aspect: 1.0,
        timeline: false,
        foot: 1,
        legend: &blocks,
    });
    assert!(matches!(refused, Err(MapError::NoRoom { .. })));
}

#[test]
fn a_page_for_several_texts_is_the_same_for_each_and_has_room_for_all() {
    let theme = Theme::named(ThemeName::Light);
    let lay = |texts: &[PageText]| {
        Layout::new(&Request {
            size: "1600x1200".parse().unwrap(),
            theme: &theme,
            texts,
            aspect: 1.1,
            timeline: true,
            foot: 1,
            legend: &blocks,
        })
        .unwrap()
    };
    let texts = [text(TITLES[0], true), text(TITLES[2], true)];
    let both = lay(&texts);
    assert_eq!(both, lay(&[texts[1].clone(), texts[0].clone()]));
    assert!(
        both.frame.h < lay(&texts[..1]).frame.h,
        "a title of two lines takes more"
    );
    for text in &texts {
        for line in both.lines(text, &theme).unwrap() {
            assert!(!line.ground.overlaps(&both.frame), "{}", line.text);
        }
    }
}
