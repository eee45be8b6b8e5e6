//! What this room promises; the files below by what is looked at.

mod canvas;
mod curved;
mod raster;
mod text;
mod vector;

use super::*;

const INK: Color = Color::hex(0x000000);

fn decode(bytes: &[u8]) -> (u32, u32, Vec<u8>, Option<::png::PixelDimensions>) {
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .expect("a PNG");
    let mut data = vec![0; reader.output_buffer_size().expect("a small PNG")];
    let info = reader.next_frame(&mut data).expect("a frame");
    (info.width, info.height, data, reader.info().pixel_dims)
}

/// The red, green and blue of a scene's pixels.
struct Picture {
    width: u32,
    height: u32,
    data: Vec<u8>,
}

impl Picture {
    fn of(canvas: Canvas) -> Self {
        Self::at(&canvas.finish(), 1.0)
    }

    fn at(scene: &Scene, scale: f64) -> Self {
        let (width, height, data, _) = decode(&png(scene, scale).expect("a picture"));
        Self {
            width,
            height,
            data,
        }
    }

    fn rgb(&self, x: u32, y: u32) -> [u8; 3] {
        let at = 3 * (y * self.width + x) as usize;
        [self.data[at], self.data[at + 1], self.data[at + 2]]
    }

    /// Where there is ink: left, top, right, bottom (exclusive).
    fn ink(&self) -> Option<(u32, u32, u32, u32)> {
        let dark = (0..self.height)
            .flat_map(|y| (0..self.width).map(move |x| (x, y)))
            .filter(|&(x, y)| self.rgb(x, y).iter().any(|&c| c < 250));
        dark.fold(None, |found, (x, y)| {
            let (l, t, r, b) = found.unwrap_or((x, y, x, y));
            Some((l.min(x), t.min(y), r.max(x + 1), b.max(y + 1)))
        })
    }

    /// The sum of darkness, in black pixels.
    fn weight(&self) -> f64 {
        self.data.iter().map(|&c| f64::from(255 - c)).sum::<f64>() / 765.0
    }
}

fn solid(rgb: u32) -> Option<Fill> {
    Some(Fill::Solid(Color::hex(rgb)))
}

/// A little of everything.
fn busy() -> Scene {
    let canvas = Canvas::new(300.0, 200.0);
    canvas.describe("A <busy> scene", "with “everything” & more");
    canvas.group(
        "map",
        Some(Path::rect(10.0, 10.0, 280.0, 180.0)),
        1.0,
        |map| {
            map.path(
                Path::ring((0..500).map(|i| {
                    let a = f64::from(i) / 500.0 * std::f64::consts::TAU;
                    let r = 80.0 + 6.0 * (a * 40.0).sin();
                    pt(150.0 + r * a.cos(), 100.0 + r * a.sin())
                })),
                solid(0xf0ead6),
                Some(Stroke::new(INK, 0.7)),
            );
            let hatch = Fill::Hatch {
                color: INK,
                spacing: 5.0,
                width: 1.0,
                angle: -30.0,
            };
            map.circle(
                pt(100.0, 100.0),
                40.0,
                Some(hatch),
                Some(Stroke::new(INK, 1.0).dashed(&[4.0])),
            );
            let halo = Some((Color::hex(0xffffff), 1.5));
            let style = TextStyle {
                halo,
                italic: true,
                ..TextStyle::new(14.0, INK)
            };
            map.text("Nahr al-‘Āṣī <≥3> نهر العاصي", pt(60.0, 90.0), &style)
                .expect("glyphs");
            map.image(
                Image {
                    width: 2,
                    height: 2,
                    rgba: vec![90; 16],
                },
                pt(20.0, 20.0),
                pt(30.0, 30.0),
            );
        },
    );
    canvas.group("map", None, 0.4, |top| {
        top.circle(pt(200.0, 90.0), 20.0, solid(0xaa0000), None)
    });
    canvas.finish()
}
