//! Ramps of colours for classes, from light to dark.
//!
//! ColorBrewer's (Brewer 1994) come with `colorgrad`. Those of Crameri (*Scientific colour maps*, doi:10.5281/zenodo.1243862;
//! MIT) are held as sixteen of their 256 colours, evenly taken: between them the curve is straight to within a
//! shade. `data/colour/SOURCES.md` has origin and licence.

use std::str::FromStr;

use colorgrad::{Gradient, GradientBuilder, LinearGradient, preset};

use crate::draw::Color;
use crate::map::MapError;

/// A ramp of one direction: what is more is darker (on a dark page, brighter).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ramp {
    /// ColorBrewer: yellow, orange, red.
    YlOrRd,
    /// ColorBrewer: orange, red.
    OrRd,
    /// ColorBrewer: pale yellow, green, blue.
    YlGnBu,
    /// ColorBrewer: purples.
    Purples,
    /// ColorBrewer: greys.
    Greys,
    /// Crameri: cream, orange, brown, black.
    Lajolla,
    /// Crameri: cream, red, blue, black.
    Lipari,
}

impl Ramp {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::YlOrRd,
        Self::OrRd,
        Self::YlGnBu,
        Self::Purples,
        Self::Greys,
        Self::Lajolla,
        Self::Lipari,
    ];

    /// Its name, as a spec has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::YlOrRd => "YlOrRd",
            Self::OrRd => "OrRd",
            Self::YlGnBu => "YlGnBu",
            Self::Purples => "Purples",
            Self::Greys => "Greys",
            Self::Lajolla => "lajolla",
            Self::Lipari => "lipari",
        }
    }

    /// The part of it that classes take, the lowest first: clear of the page's own lightness at one end, and not so
    /// far towards the other that names and dots drown.
    pub(super) fn part(self, dark: bool) -> (f32, f32) {
        match (self, dark) {
            (Self::Lajolla, false) => (0.08, 0.66),
            (Self::Lipari, false) => (0.06, 0.86),
            (Self::Greys, false) => (0.23, 0.88),
            (Self::Purples, false) => (0.27, 0.98),
            (Self::YlGnBu, false) => (0.16, 0.98),
            (_, false) => (0.14, 0.94),
            (Self::Lajolla, true) => (0.74, 0.1),
            (Self::Lipari, true) => (0.74, 0.06),
            (Self::Greys, true) => (0.78, 0.14),
            (Self::YlGnBu, true) => (0.86, 0.03),
            (_, true) => (0.88, 0.1),
        }
    }

    /// The colours at positions from 0, the lightest, to 1, the darkest.
    pub fn colors(self, at: impl Iterator<Item = f32>) -> Vec<Color> {
        let gradient: Box<dyn Gradient> = match self {
            Self::YlOrRd => Box::new(preset::yl_or_rd()),
            Self::OrRd => Box::new(preset::or_rd()),
            Self::YlGnBu => Box::new(preset::yl_gn_bu()),
            Self::Purples => Box::new(preset::purples()),
            Self::Greys => Box::new(preset::greys()),
            Self::Lajolla => return along(&LAJOLLA, at),
            Self::Lipari => return along(&LIPARI, at),
        };
        sampled(gradient.as_ref(), at)
    }
}

fn sampled(gradient: &dyn Gradient, at: impl Iterator<Item = f32>) -> Vec<Color> {
    at.map(|t| {
        let [r, g, b, a] = gradient.at(t).to_rgba8();
        Color { r, g, b, a }
    })
    .collect()
}

fn along(stops: &[u32; 16], at: impl Iterator<Item = f32>) -> Vec<Color> {
    let colors: Vec<colorgrad::Color> = stops
        .iter()
        .map(|&rgb| {
            let c = Color::hex(rgb);
            colorgrad::Color::from_rgba8(c.r, c.g, c.b, 255)
        })
        .collect();
    match GradientBuilder::new()
        .colors(&colors)
        .build::<LinearGradient>()
    {
        Ok(gradient) => sampled(&gradient, at),
        // Sixteen colours make a gradient; a builder that refused them would be caught by the tests of themes.
        Err(_) => at.map(|_| Color::hex(stops[8])).collect(),
    }
}

const LAJOLLA: [u32; 16] = [
    0xfffecb, 0xfced9c, 0xf6d66d, 0xf0bd57, 0xeba853, 0xe79452, 0xe38050, 0xde6b4f, 0xd0554c,
    0xb34947, 0x8f403d, 0x6e362d, 0x512d1e, 0x3a2513, 0x281f09, 0x191900,
];

const LIPARI: [u32; 16] = [
    0xfdf5da, 0xefdab5, 0xe6c095, 0xe6aa7f, 0xea946f, 0xe57b62, 0xcf695e, 0xb26364, 0x97616a,
    0x806070, 0x6b5f76, 0x575c7a, 0x3c5478, 0x1b4064, 0x092946, 0x031326,
];

impl FromStr for Ramp {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, MapError> {
        let given = text.trim();
        Self::ALL
            .into_iter()
            .find(|r| r.name().eq_ignore_ascii_case(given))
            .ok_or_else(|| MapError::UnknownRamp(text.to_owned()))
    }
}
