//! Images of the PDF.

use std::sync::Arc;

use krilla::geom::{Size, Transform};
use krilla::image::{BitsPerComponent, CustomImage, Image as Raster, ImageColorspace};

use super::Writer;
use super::path::rounded;
use crate::draw::scene::{Image, Pt, pt};

/// The colours and the opacities of an image, apart.
#[derive(Clone, Hash)]
struct Channels {
    rgb: Arc<Vec<u8>>,
    alpha: Option<Arc<Vec<u8>>>,
    size: (u32, u32),
}

impl Channels {
    /// `None` if the image is empty or has too few bytes.
    fn of(image: &Image) -> Option<Self> {
        let length = image.width as usize * image.height as usize * 4;
        let pixels = image.rgba.get(..length).filter(|data| !data.is_empty())?;
        let (mut rgb, mut alpha) = (Vec::with_capacity(length), Vec::with_capacity(length / 4));
        for pixel in pixels.chunks_exact(4) {
            if let [r, g, b, a] = *pixel {
                rgb.extend([r, g, b]);
                alpha.push(a);
            }
        }
        let opaque = alpha.iter().all(|&a| a == 255);
        Some(Self {
            rgb: Arc::new(rgb),
            alpha: (!opaque).then(|| Arc::new(alpha)),
            size: (image.width, image.height),
        })
    }
}

impl CustomImage for Channels {
    fn color_channel(&self) -> &[u8] {
        &self.rgb
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        self.alpha.as_ref().map(|alpha| alpha.as_slice())
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Rgb
    }
}

impl Writer<'_> {
    /// Draws an image with its top left corner at a point, stretched to a size and smoothed.
    pub(super) fn image(&mut self, image: &Image, at: Pt, size: Pt) {
        let shows = at.is_finite()
            && size.is_finite()
            && self.page.shows(at, pt(at.x + size.x, at.y + size.y));
        let (Some(area), true) = (Size::from_wh(rounded(size.x), rounded(size.y)), shows) else {
            return;
        };
        // krilla refuses only what has too few bytes.
        let Some(Ok(raster)) = Channels::of(image).map(|image| Raster::from_custom(image, true))
        else {
            return;
        };
        self.surface
            .push_transform(&Transform::from_translate(rounded(at.x), rounded(at.y)));
        self.surface.draw_image(raster, area);
        self.surface.pop();
    }
}
