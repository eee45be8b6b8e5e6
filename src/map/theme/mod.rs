//! How maps look: colours, in one place.
//!
//! The base is quiet, so that the data stands in front. [`looks`] holds the themes, [`ramp`] the colours of
//! classes; tests hold that classes can be told apart by colour-blind readers and in greyscale.

mod looks;
mod ramp;
#[cfg(test)]
mod tests;

use std::str::FromStr;

pub use ramp::Ramp;

use super::MapError;
use crate::draw::Color;

/// Which look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// Dark ink on a light page.
    #[default]
    Light,
    /// Light ink on a dark page, for screens and slides.
    Dark,
    /// White ground and black ink, for printing presses and office printers.
    Print,
    /// Greys only.
    Grey,
}

impl ThemeName {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::Print, Self::Grey];

    /// Its name, as a spec has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
            Self::Grey => "grey",
        }
    }
}

impl FromStr for ThemeName {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, MapError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "light" => Ok(Self::Light),
            "dark" => Ok(Self::Dark),
            "print" => Ok(Self::Print),
            "grey" | "gray" => Ok(Self::Grey),
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
    /// Circles of tolls.
    pub toll: Color,
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
    /// Lines along the edges of density classes, where tints alone may not survive the press.
    pub class_line: Option<Color>,
    /// Colours of density where none are asked for.
    pub ramp: Ramp,
    /// Whether the page is dark: high values are then bright.
    pub dark: bool,
}

impl Theme {
    /// The theme of that name, with the ramp asked for or its own.
    pub fn of(name: ThemeName, ramp: Option<Ramp>) -> Self {
        let mut theme = Self::named(name);
        theme.ramp = ramp.unwrap_or(theme.ramp);
        theme
    }

    /// The theme of that name.
    pub fn named(name: ThemeName) -> Self {
        match name {
            ThemeName::Light => looks::light(),
            ThemeName::Dark => looks::dark(),
            ThemeName::Print => looks::print(),
            ThemeName::Grey => looks::grey(),
        }
    }

    /// The colours of `n` density classes, the lowest first, opaque.
    pub fn density(&self, n: usize) -> Vec<Color> {
        let (from, to) = self.ramp.part(self.dark);
        let share = |i: usize| {
            if n == 1 {
                0.5
            } else {
                i as f32 / (n - 1) as f32
            }
        };
        let at = (0..n).map(|i| from + share(i) * (to - from));
        self.ramp.colors(at)
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
