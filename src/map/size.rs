//! The size of the page.

use std::str::FromStr;

use super::MapError;

/// Pixels in an inch of CSS: the unit of the scene.
const CSS_DPI: f64 = 96.0;

/// A page in scene units, and how many pixels of the PNG one unit is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageSize {
    /// Width in scene units (CSS pixels).
    pub width: f64,
    /// Height in scene units.
    pub height: f64,
    /// Pixels of the raster image for a scene unit.
    pub scale: f64,
    /// Whether the size is one of paper (a dpi changes the number of pixels, not the layout).
    pub paper: bool,
}

impl Default for PageSize {
    fn default() -> Self {
        Self {
            width: 1600.0,
            height: 1200.0,
            scale: 1.0,
            paper: false,
        }
    }
}

impl PageSize {
    /// The same page at another resolution. For paper, dots per inch; for a size in pixels, 96 is
    /// scale 1, so 192 gives an image of twice as many pixels each way.
    pub fn at_dpi(self, dpi: f64) -> Self {
        Self {
            scale: (dpi / CSS_DPI).clamp(0.1, 20.0),
            ..self
        }
    }

    /// The size of text that reads well on a page of this size, in scene units: 15 on 1600x1200.
    ///
    /// It grows with the square root of the page's area, so that a picture shown smaller keeps its
    /// proportions, but never falls under 9 (6.75 pt).
    pub fn base_font(&self) -> f64 {
        let base = (self.width * self.height).sqrt() / 92.5;
        // Long, narrow pages must not get text that is too wide for them.
        base.min(self.width.min(self.height) / 55.0).max(9.0)
    }
}

impl FromStr for PageSize {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, MapError> {
        let refuse = |rule| {
            Err(MapError::PageSize {
                given: text.to_owned(),
                rule,
            })
        };
        let pixels = |width, height| {
            Ok(Self {
                width,
                height,
                scale: 1.0,
                paper: false,
            })
        };
        let name = text.trim().to_ascii_lowercase().replace(['×', '*'], "x");
        let (paper, landscape) = match name.strip_suffix("-landscape") {
            Some(paper) => (paper, true),
            None => (name.strip_suffix("-portrait").unwrap_or(&name), false),
        };
        let millimetres = match paper {
            "a3" => Some((297.0, 420.0)),
            "a4" => Some((210.0, 297.0)),
            "a5" => Some((148.0, 210.0)),
            _ => None,
        };
        if let Some((short, long)) = millimetres {
            let (w, h) = if landscape {
                (long, short)
            } else {
                (short, long)
            };
            let unit = CSS_DPI / 25.4;
            return Ok(Self {
                width: w * unit,
                height: h * unit,
                scale: 300.0 / CSS_DPI,
                paper: true,
            });
        }
        match name.as_str() {
            "16:9" => return pixels(1600.0, 900.0),
            "4:3" => return pixels(1600.0, 1200.0),
            "square" | "1:1" => return pixels(1200.0, 1200.0),
            _ => {}
        }
        let Some((w, h)) = name.split_once('x') else {
            return refuse("not a size");
        };
        match (w.trim().parse::<u32>(), h.trim().parse::<u32>()) {
            (Ok(w), Ok(h)) if w < 400 || h < 300 => refuse("too small for a map that can be read"),
            (Ok(w), Ok(h)) if w > 20_000 || h > 20_000 => refuse("too large"),
            (Ok(w), Ok(h)) => pixels(f64::from(w), f64::from(h)),
            _ => refuse("not a size"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(text: &str) -> (f64, f64, f64) {
        let s: PageSize = text.parse().unwrap();
        (s.width.round(), s.height.round(), s.scale)
    }

    #[test]
    fn reads_names_and_pixels() {
        assert_eq!(size("1600x1200"), (1600.0, 1200.0, 1.0));
        assert_eq!(size(" 1000 × 800 "), (1000.0, 800.0, 1.0));
        assert_eq!(size("A4"), (794.0, 1123.0, 3.125));
        assert_eq!(size("a4-landscape"), (1123.0, 794.0, 3.125));
        assert_eq!(size("16:9"), (1600.0, 900.0, 1.0));
        assert_eq!(size("square"), (1200.0, 1200.0, 1.0));
    }

    #[test]
    fn an_a4_page_has_the_pixels_of_300_dpi() {
        let a4: PageSize = "A4".parse().unwrap();
        assert_eq!((a4.width * a4.scale).round(), 2480.0);
        assert_eq!((a4.height * a4.scale).round(), 3508.0);
        assert_eq!(
            (a4.at_dpi(150.0).width * a4.at_dpi(150.0).scale).round(),
            1240.0
        );
    }

    #[test]
    fn refuses_with_the_rule() {
        for text in [
            "",
            "A9",
            "1600",
            "x",
            "10x10",
            "99999x2",
            "-5x700",
            "1600x1200x3",
        ] {
            let message = text.parse::<PageSize>().unwrap_err().to_string();
            assert!(message.contains("1600x1200"), "{message}");
        }
    }

    #[test]
    fn text_grows_with_the_page() {
        let base = |t: &str| t.parse::<PageSize>().unwrap().base_font();
        assert!((base("1600x1200") - 15.0).abs() < 0.1);
        assert!(base("3200x2400") > 29.0 && base("600x400") == 9.0);
        // 7.5–8.5 pt on A4.
        assert!((9.9..11.3).contains(&base("A4")), "{}", base("A4"));
    }
}
