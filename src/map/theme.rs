//! How maps look: colours, in one place.
//!
//! The base is quiet, so that the data stands in front. Ramps are ColorBrewer's (Brewer 1994, by
//! `colorgrad`), which stay in order for colour-blind readers and in greyscale.

use std::str::FromStr;

use colorgrad::Gradient;

use super::MapError;
use crate::draw::Color;

/// Which look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// Dark ink on a light page.
    #[default]
    Light,
}

impl FromStr for ThemeName {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, MapError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "light" => Ok(Self::Light),
            _ => Err(MapError::UnknownTheme(text.to_owned())),
        }
    }
}

/// The colours of a map. Line widths and sizes are the same in all themes and scale with the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Behind everything.
    pub page: Color,
    /// Titles and values.
    pub ink: Color,
    /// Subtitles, legend texts.
    pub ink_soft: Color,
    /// Source and notes.
    pub ink_faint: Color,
    /// Thin rules on the page and the frame.
    pub rule: Color,
    /// Sea and lakes.
    pub sea: Color,
    /// Shores of sea and lakes.
    pub shore: Color,
    /// Rivers.
    pub river: Color,
    /// Countries around.
    pub land: Color,
    /// The countries that the map is about.
    pub focus: Color,
    /// Borders between countries.
    pub border: Color,
    /// Borders of the countries that the map is about.
    pub focus_border: Color,
    /// Borders of first-order administrative areas.
    pub admin_border: Color,
    /// Names of countries.
    pub country_name: Color,
    /// Names of first-order administrative areas.
    pub admin_name: Color,
    /// Names of waters.
    pub water_name: Color,
    /// Names of places, and their dots.
    pub place_name: Color,
    /// Names of places abroad that only help to find the way.
    pub place_abroad: Color,
    /// Around names.
    pub halo: Color,
    /// Outlines and figures of clusters.
    pub cluster: Color,
    /// Single incidents.
    pub incident: Color,
    /// Areas within which an incident happened.
    pub vague: Color,
    /// Arrows.
    pub flow: Color,
    /// Between arrows that cross.
    pub flow_casing: Color,
    /// Where flows start and end.
    pub node: Color,
    /// The mark of invented data.
    pub warning: Color,
    /// Text on the mark.
    pub on_warning: Color,
    /// How opaque density classes lie on the base.
    pub density_opacity: f64,
    ramp: (f32, f32),
}

impl Theme {
    /// The theme of that name.
    pub fn named(name: ThemeName) -> Self {
        match name {
            ThemeName::Light => Self::light(),
        }
    }

    fn light() -> Self {
        Self {
            page: Color::hex(0xffffff),
            ink: Color::hex(0x16202c),
            ink_soft: Color::hex(0x454f5b),
            ink_faint: Color::hex(0x6b737d),
            rule: Color::hex(0xb9bec4),
            sea: Color::hex(0xd9e6ed),
            shore: Color::hex(0xa3bccb),
            river: Color::hex(0x9dbfd3),
            land: Color::hex(0xeeece6),
            focus: Color::hex(0xfbfaf7),
            border: Color::hex(0xa9a599),
            focus_border: Color::hex(0x67635a),
            admin_border: Color::hex(0xcbc7bc),
            country_name: Color::hex(0x8f8a7e),
            admin_name: Color::hex(0x9b968a),
            water_name: Color::hex(0x5f8ba6),
            place_name: Color::hex(0x22282f),
            place_abroad: Color::hex(0x6a6f76),
            halo: Color::hex(0xffffff),
            cluster: Color::hex(0x1b2a4a),
            incident: Color::hex(0x1b2a4a),
            vague: Color::hex(0x4a4f80),
            flow: Color::hex(0xb23a2a),
            flow_casing: Color::hex(0xffffff),
            node: Color::hex(0x1b2a4a),
            warning: Color::hex(0xa8201a),
            on_warning: Color::hex(0xffffff),
            density_opacity: 0.78,
            ramp: (0.14, 0.94),
        }
    }

    /// The colours of `n` density classes, the lowest first, opaque.
    pub fn density(&self, n: usize) -> Vec<Color> {
        let ramp = colorgrad::preset::yl_or_rd();
        let (from, to) = self.ramp;
        (0..n)
            .map(|i| {
                let t = if n == 1 {
                    0.5
                } else {
                    i as f32 / (n - 1) as f32
                };
                let [r, g, b, a] = ramp.at(from + t * (to - from)).to_rgba8();
                Color { r, g, b, a }
            })
            .collect()
    }

    /// A density colour as it looks on the ground of the map's own country.
    pub fn on_focus(&self, color: Color) -> Color {
        mix(self.focus, color, self.density_opacity)
    }
}

/// `over` on `under` at an opacity, as an opaque colour.
pub(super) fn mix(under: Color, over: Color, opacity: f64) -> Color {
    let channel = |u: u8, o: u8| {
        (f64::from(u) + (f64::from(o) - f64::from(u)) * opacity)
            .round()
            .clamp(0.0, 255.0) as u8
    };
    Color {
        r: channel(under.r, over.r),
        g: channel(under.g, over.g),
        b: channel(under.b, over.b),
        a: 255,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CIE lightness, 0 to 100.
    fn lightness(c: Color) -> f64 {
        let linear = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        let y = 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
        if y > 0.008_856 {
            116.0 * y.cbrt() - 16.0
        } else {
            903.3 * y
        }
    }

    #[test]
    fn density_classes_can_be_told_apart_in_grey() {
        let theme = Theme::named(ThemeName::Light);
        for n in 1..=7 {
            let mut before = lightness(theme.focus);
            for c in theme.density(n) {
                let l = lightness(theme.on_focus(c));
                assert!(before - l >= 4.0, "{n} classes: {before} then {l}");
                before = l;
            }
        }
    }

    #[test]
    fn texts_stand_out_from_what_they_lie_on() {
        let t = Theme::named(ThemeName::Light);
        for (text, ground, least) in [
            (t.ink, t.page, 75.0),
            (t.ink_faint, t.page, 45.0),
            (t.place_name, t.focus, 70.0),
            (t.country_name, t.land, 30.0),
            (t.water_name, t.sea, 30.0),
            (t.on_warning, t.warning, 50.0),
        ] {
            let contrast = (lightness(text) - lightness(ground)).abs();
            assert!(contrast >= least, "{text:?} on {ground:?}: {contrast}");
        }
    }

    #[test]
    fn unknown_themes_are_refused() {
        assert_eq!("Light".parse::<ThemeName>().unwrap(), ThemeName::Light);
        assert!("neon".parse::<ThemeName>().is_err());
    }
}
