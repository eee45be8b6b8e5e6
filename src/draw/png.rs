//! Scene → PNG: 8-bit RGB on white, with the resolution in `pHYs`.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::error::DrawError;
use super::raster::{Raster, keep};
use super::scene::{Image, Pt, Scene};

/// Longest side of a raster in device pixels.
pub(super) const MAX_SIDE: f64 = 32_000.0;
/// Largest area of a raster in device pixels (1.6 GB while it is drawn).
pub(super) const MAX_PIXELS: u64 = 400_000_000;

/// Rasterises a scene, `scale` device pixels to a pixel of the scene (1 is 96 dpi).
///
/// The same scene and scale give the same bytes. Cost: mostly the area that is inked; 1600 × 1200
/// takes some 50 ms.
///
/// # Errors
/// If a text has a character that no embedded font has, or the page is empty or too large.
pub fn png(scene: &Scene, scale: f64) -> Result<Vec<u8>, DrawError> {
    let (raster, width, height) = painted(scene, scale)?;
    let pixels = raster.into_rgb();
    let bytes = encode(width, height, ColorType::Rgb, &pixels, Some(scale));
    keep(pixels);
    bytes
}

/// The pixels of a part of a scene, by its top left corner and its size; pixels that are partly outside are left away.
///
/// # Errors
/// As [`png()`].
pub fn part(scene: &Scene, scale: f64, at: Pt, size: Pt) -> Result<Image, DrawError> {
    let (raster, width, height) = painted(scene, scale)?;
    // A hair's breadth is of no pixel.
    let first = |edge: f64| (edge * scale - 1e-6).ceil().max(0.0) as usize;
    let last =
        |edge: f64, most: u32| ((edge * scale + 1e-6).floor().max(0.0) as usize).min(most as usize);
    let (left, right) = (first(at.x), last(at.x + size.x, width));
    let (top, bottom) = (first(at.y), last(at.y + size.y, height));
    let (columns, rows) = (right.saturating_sub(left), bottom.saturating_sub(top));
    let rgb = raster.into_rgb();
    let mut rgba = Vec::with_capacity(4 * columns * rows);
    for row in rgb.chunks_exact(3 * width as usize).skip(top).take(rows) {
        for pixel in row.chunks_exact(3).skip(left).take(columns) {
            rgba.extend_from_slice(pixel);
            rgba.push(255);
        }
    }
    Ok(Image {
        width: columns as u32,
        height: rows as u32,
        rgba,
    })
}

/// A scene on pixels, with how many there are across and down.
fn painted(scene: &Scene, scale: f64) -> Result<(Raster, u32, u32), DrawError> {
    let (width, height) = (
        (scene.width * scale).round(),
        (scene.height * scale).round(),
    );
    let size_error = || DrawError::PageSize { width, height };
    let fits = |side: f64| (1.0..=MAX_SIDE).contains(&side);
    if !fits(width) || !fits(height) || width * height > MAX_PIXELS as f64 {
        return Err(size_error());
    }
    let (width, height) = (width as u32, height as u32);
    let raster = Raster::of((width, height), scale, &scene.items)?.ok_or_else(size_error)?;
    Ok((raster, width, height))
}

/// An image as an RGBA PNG; `None` if it is empty or has too few bytes.
pub(super) fn rgba(image: &Image) -> Result<Option<Vec<u8>>, DrawError> {
    let length = image.width as usize * image.height as usize * 4;
    let Some(data) = image.rgba.get(..length).filter(|data| !data.is_empty()) else {
        return Ok(None);
    };
    Ok(Some(encode(
        image.width,
        image.height,
        ColorType::Rgba,
        data,
        None,
    )?))
}

fn encode(
    width: u32,
    height: u32,
    color: ColorType,
    data: &[u8],
    scale: Option<f64>,
) -> Result<Vec<u8>, DrawError> {
    let mut bytes = Vec::with_capacity(data.len() / 8);
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    // As small as choosing a filter for each row, and a third faster.
    encoder.set_filter(Filter::Paeth);
    if let Some(scale) = scale {
        // 96 pixels of the scene are an inch.
        let per_metre = (96.0 * scale / 0.0254).round() as u32;
        let unit = Unit::Meter;
        encoder.set_pixel_dims(Some(PixelDimensions {
            xppu: per_metre,
            yppu: per_metre,
            unit,
        }));
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(data)?;
    writer.finish()?;
    Ok(bytes)
}
