//! Classes must be told apart: by anyone, by colour-blind readers, and on a copy without colour.
//!
//! CIEDE2000 is `palette`'s. Colour-vision deficiency is simulated with the matrices of Machado, Oliveira & Fernandes,
//! *A physiologically-based model for simulation of color vision deficiency* (IEEE TVCG 15, 2009), at full severity.

use palette::color_difference::Ciede2000;
use palette::{FromColor, Lab, LinSrgb, Srgb};

use super::*;

type Matrix = [[f32; 3]; 3];

const SIGHTS: [(&str, Matrix); 4] = [
    (
        "full colour vision",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// The colour as it is seen.
fn seen(c: Color, sight: &Matrix) -> Lab {
    let rgb: LinSrgb<f32> = Srgb::new(c.r, c.g, c.b).into_linear();
    let channel = |row: &[f32; 3]| {
        (row[0] * rgb.red + row[1] * rgb.green + row[2] * rgb.blue).clamp(0.0, 1.0)
    };
    let [r, g, b] = sight;
    Lab::from_color(LinSrgb::new(channel(r), channel(g), channel(b)))
}

/// CIE lightness, 0 to 100.
fn lightness(c: Color) -> f32 {
    seen(c, &SIGHTS[0].1).l
}

fn looks() -> impl Iterator<Item = (ThemeName, Ramp, Theme)> {
    ThemeName::ALL
        .into_iter()
        .flat_map(|name| Ramp::ALL.map(|ramp| (name, ramp, Theme::of(name, Some(ramp)))))
}

/// The ground and the classes on it, the lowest first.
fn classes(theme: &Theme, n: usize) -> Vec<Color> {
    let on = theme.density(n).into_iter().map(|c| theme.on_focus(c));
    std::iter::once(theme.focus).chain(on).collect()
}

#[test]
fn neighbouring_classes_differ_whoever_looks() {
    let mut alike = Vec::new();
    for (name, ramp, theme) in looks() {
        for n in 1..=7 {
            for pair in classes(&theme, n).windows(2) {
                for (sight, matrix) in &SIGHTS {
                    let difference = seen(pair[0], matrix).difference(seen(pair[1], matrix));
                    if difference < 4.0 {
                        alike.push(format!(
                            "{name:?} {ramp:?}, {n} classes, {sight}: {difference} between {pair:?}"
                        ));
                    }
                }
            }
        }
    }
    assert!(alike.is_empty(), "{}", alike.join("\n"));
}

#[test]
fn more_is_darker_on_a_light_page_and_brighter_on_a_dark_one() {
    let mut alike = Vec::new();
    for (name, ramp, theme) in looks() {
        for n in 1..=7 {
            for pair in classes(&theme, n).windows(2) {
                let step = lightness(pair[1]) - lightness(pair[0]);
                let step = if theme.dark { step } else { -step };
                if step < 3.0 {
                    alike.push(format!(
                        "{name:?} {ramp:?}, {n} classes: {step} in lightness between {pair:?}"
                    ));
                }
            }
        }
    }
    assert!(alike.is_empty(), "{}", alike.join("\n"));
}

#[test]
fn texts_stand_out_from_what_they_lie_on() {
    for name in ThemeName::ALL {
        let t = Theme::named(name);
        for (what, text, ground, least) in [
            ("title", t.ink, t.page, 75.0),
            ("legend", t.ink_soft, t.page, 60.0),
            ("notes", t.ink_faint, t.page, 45.0),
            ("places", t.place_name, t.focus, 65.0),
            ("places abroad", t.place_abroad, t.land, 45.0),
            ("countries", t.country_name, t.land, 35.0),
            ("provinces", t.admin_name, t.focus, 35.0),
            ("waters", t.water_name, t.sea, 35.0),
            ("areas", t.vague, t.focus, 50.0),
            ("banner", t.on_warning, t.warning, 50.0),
            ("places, on their halo", t.place_name, t.halo, 75.0),
        ] {
            let contrast = (lightness(text) - lightness(ground)).abs();
            assert!(contrast >= least, "{name:?} {what}: {contrast}");
        }
    }
}

#[test]
fn data_stands_out_from_the_ground_and_from_each_other() {
    for name in ThemeName::ALL {
        let t = Theme::named(name);
        for (what, mark) in [
            ("incident", t.incident),
            ("cluster", t.cluster),
            ("flow", t.flow),
            ("toll", t.toll),
        ] {
            for ground in [t.focus, t.land, t.sea] {
                let contrast = (lightness(mark) - lightness(ground)).abs();
                assert!(contrast >= 35.0, "{name:?} {what}: {contrast}");
            }
        }
        // The base stays behind: lightness of land, sea and page are close.
        for (a, b) in [(t.focus, t.land), (t.land, t.sea), (t.focus, t.sea)] {
            assert!((lightness(a) - lightness(b)).abs() <= 16.0, "{name:?}");
        }
    }
}

#[test]
fn the_grey_theme_has_no_colour() {
    let t = Theme::named(ThemeName::Grey);
    let mut colors = classes(&t, 7);
    colors.extend([
        t.page,
        t.ink,
        t.ink_soft,
        t.ink_faint,
        t.rule,
        t.sea,
        t.shore,
        t.river,
        t.land,
        t.border,
        t.focus_border,
        t.admin_border,
        t.country_name,
        t.admin_name,
        t.water_name,
        t.place_name,
        t.place_abroad,
        t.halo,
        t.cluster,
        t.incident,
        t.vague,
        t.toll,
        t.flow,
        t.flow_casing,
        t.node,
        t.warning,
        t.on_warning,
    ]);
    for c in colors {
        assert!(c.r == c.g && c.g == c.b, "{c:?}");
    }
}

#[test]
fn unknown_themes_and_ramps_are_refused() {
    for name in ThemeName::ALL {
        assert_eq!(name.name().parse::<ThemeName>().unwrap(), name);
    }
    assert_eq!("Light".parse::<ThemeName>().unwrap(), ThemeName::Light);
    assert!("neon".parse::<ThemeName>().is_err());
    assert_eq!("ylorrd".parse::<Ramp>().unwrap(), Ramp::YlOrRd);
    let message = "jet".parse::<Ramp>().unwrap_err().to_string();
    assert!(
        message.contains("lajolla") && message.contains("jet"),
        "{message}"
    );
}
