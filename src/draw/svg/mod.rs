//! Scene → SVG: groups with ids, text as text with the fonts embedded, circles as circles.
//!
//! Coordinates are rounded to 1/100 pixel; paths are relative, in whole hundredths, so that nothing
//! drifts. No timestamps, no random ids: the same scene gives the same bytes.

mod fonts;
mod number;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use self::fonts::Used;
use self::number::{hundredths, path_data, push_attribute, push_escaped, push_number};
use super::error::DrawError;
use super::hatch::Grid;
use super::letters::Lettering;
use super::scene::{Color, Fill, Image, Item, Path, Pt, Scene, Stroke};

/// Writes a scene as SVG 1.1 (with `paint-order` for halos, which is SVG 2).
///
/// Of the fonts, the glyphs that the text needs are embedded, as TrueType in base64. The outer
/// groups are layers to Inkscape. Cost: linear in vertices, some 10 million a second.
///
/// # Errors
/// If a text has a character that no embedded font has.
pub fn svg(scene: &Scene, lettering: Lettering) -> Result<String, DrawError> {
    let mut writer = Writer {
        lettering,
        ..Writer::default()
    };
    writer.items(&scene.items)?;
    let Writer {
        body,
        definitions,
        fonts,
        ..
    } = writer;

    let mut out = String::with_capacity(body.len() + definitions.len() + 100_000);
    out.push_str(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\"",
    );
    push_attribute(&mut out, "width", scene.width);
    push_attribute(&mut out, "height", scene.height);
    out.push_str(" viewBox=\"0 0 ");
    push_number(&mut out, hundredths(scene.width));
    out.push(' ');
    push_number(&mut out, hundredths(scene.height));
    out.push_str("\" role=\"img\" fill-rule=\"evenodd\" stroke-linejoin=\"round\" text-rendering=\"geometricPrecision\"");
    out.push_str(" font-family=\"'Noto Sans','Noto Sans Arabic','Noto Sans Math',sans-serif\">\n");
    for (tag, text) in [("title", &scene.title), ("desc", &scene.description)] {
        if !text.is_empty() {
            let _ = write!(out, "<{tag}>");
            push_escaped(&mut out, text);
            let _ = writeln!(out, "</{tag}>");
        }
    }
    if !fonts.is_empty() || !definitions.is_empty() {
        out.push_str("<defs>\n");
        fonts.push(&mut out);
        out.push_str(&definitions);
        out.push_str("</defs>\n");
    }
    // The PNG's page is white, too.
    out.push_str("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    out.push_str(&body);
    out.push_str("</svg>\n");
    Ok(out)
}

#[derive(Default)]
struct Writer {
    body: String,
    definitions: String,
    lettering: Lettering,
    fonts: Used,
    ids: BTreeSet<String>,
    /// How many groups are open.
    depth: usize,
    /// The clips: their ids by their outlines.
    clips: BTreeMap<String, String>,
}

impl Writer {
    fn items(&mut self, items: &[Item]) -> Result<(), DrawError> {
        for item in items {
            match item {
                Item::Path { path, fill, stroke } => {
                    self.path(path, fill.as_ref(), stroke.as_ref())
                }
                Item::Circle {
                    centre,
                    radius,
                    fill,
                    stroke,
                } => {
                    self.circle(*centre, *radius, fill.as_ref(), stroke.as_ref());
                }
                Item::Text { text, at, style } => {
                    let out = &mut self.body;
                    match self.lettering {
                        Lettering::Text => text::push(out, &mut self.fonts, text, *at, style)?,
                        Lettering::Outlines => text::push_outlines(out, text, *at, style)?,
                    }
                }
                Item::Image { image, at, size } => self.image(image, *at, *size)?,
                Item::Group {
                    id,
                    clip,
                    opacity,
                    says,
                    items,
                } => {
                    self.start_group(id, clip.as_ref(), *opacity, says.as_deref());
                    self.items(items)?;
                    self.end_group();
                }
                Item::Shared(shared) => self.items(&shared.items)?,
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &Path, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        if !path.is_finite() {
            return;
        }
        let fill = self.hatch(fill, || path.clone());
        if fill.is_none() && stroke.is_none() {
            return;
        }
        self.body.push_str("<path d=\"");
        path_data(&mut self.body, &path.steps);
        self.body.push('"');
        self.style(fill, stroke);
        self.body.push_str("/>\n");
    }

    fn circle(&mut self, centre: Pt, radius: f64, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        if !(centre.is_finite() && radius > 0.0 && radius.is_finite()) {
            return;
        }
        let fill = self.hatch(fill, || Path::circle(centre, radius));
        if fill.is_none() && stroke.is_none() {
            return;
        }
        self.body.push_str("<circle");
        push_attribute(&mut self.body, "cx", centre.x);
        push_attribute(&mut self.body, "cy", centre.y);
        push_attribute(&mut self.body, "r", radius);
        self.style(fill, stroke);
        self.body.push_str("/>\n");
    }

    /// Writes a hatch as lines through a clip (a `pattern` would be blurred by browsers and lost by
    /// many editors); returns the colour of any other fill.
    fn hatch(&mut self, fill: Option<&Fill>, outline: impl FnOnce() -> Path) -> Option<Color> {
        let (color, spacing, width, angle) = match *fill? {
            Fill::Solid(color) => return Some(color),
            Fill::Hatch {
                color,
                spacing,
                width,
                angle,
            } => (color, spacing, width, angle),
        };
        let (grid, outline) = (Grid::new(angle, spacing, width)?, outline());
        let mut lines = Path::default();
        for (a, b) in grid.lines(&outline) {
            lines.add_line([a, b]);
        }
        if !lines.steps.is_empty() {
            let clip = self.clip(&outline);
            let _ = write!(self.body, "<path clip-path=\"url(#{clip})\" d=\"");
            path_data(&mut self.body, &lines.steps);
            self.body.push('"');
            let line = Stroke {
                round_cap: false,
                ..Stroke::new(color, width)
            };
            self.style(None, Some(&line));
            self.body.push_str("/>\n");
        }
        None
    }

    /// The id of a clip, defined once however often it is used.
    fn clip(&mut self, path: &Path) -> String {
        let mut data = String::new();
        if path.is_finite() {
            path_data(&mut data, &path.steps);
        }
        if let Some(id) = self.clips.get(&data) {
            return id.clone();
        }
        let id = self.unique(&format!("clip-{}", self.clips.len() + 1));
        let _ = writeln!(
            self.definitions,
            "<clipPath id=\"{id}\"><path clip-rule=\"evenodd\" d=\"{data}\"/></clipPath>"
        );
        self.clips.insert(data, id.clone());
        id
    }

    fn style(&mut self, fill: Option<Color>, stroke: Option<&Stroke>) {
        match fill {
            Some(color) => push_color(&mut self.body, "fill", color),
            None => self.body.push_str(" fill=\"none\""),
        }
        let Some(stroke) = stroke else { return };
        push_color(&mut self.body, "stroke", stroke.color);
        push_attribute(&mut self.body, "stroke-width", stroke.width);
        if stroke.round_cap {
            self.body.push_str(" stroke-linecap=\"round\"");
        }
        if !stroke.dash.is_empty() {
            self.body.push_str(" stroke-dasharray=\"");
            for (index, &length) in stroke.dash.iter().enumerate() {
                if index > 0 {
                    self.body.push(' ');
                }
                // Finer than coordinates: what is rounded off adds up along a line.
                let _ = write!(self.body, "{}", (length * 1e4).round() / 1e4);
            }
            self.body.push('"');
        }
    }

    fn image(&mut self, image: &Image, at: Pt, size: Pt) -> Result<(), DrawError> {
        let Some(png) = super::png::rgba(image)? else {
            return Ok(());
        };
        self.body.push_str("<image");
        push_attribute(&mut self.body, "x", at.x);
        push_attribute(&mut self.body, "y", at.y);
        push_attribute(&mut self.body, "width", size.x);
        push_attribute(&mut self.body, "height", size.y);
        self.body
            .push_str(" preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,");
        BASE64.encode_string(png, &mut self.body);
        self.body.push_str("\"/>\n");
        Ok(())
    }

    fn start_group(&mut self, id: &str, clip: Option<&Path>, opacity: f64, says: Option<&str>) {
        self.body.push_str("<g");
        if !id.is_empty() {
            let id = self.unique(id);
            let _ = write!(self.body, " id=\"{id}\"");
            if self.depth == 0 {
                let layer = "inkscape:groupmode=\"layer\" inkscape:label";
                let _ = write!(self.body, " {layer}=\"{id}\"");
            }
        }
        if let Some(path) = clip {
            let clip = self.clip(path);
            let _ = write!(self.body, " clip-path=\"url(#{clip})\"");
        }
        if opacity < 1.0 {
            push_attribute(&mut self.body, "opacity", opacity.max(0.0));
        }
        if let Some(text) = says {
            self.body.push_str(" aria-label=\"");
            push_escaped(&mut self.body, text);
            self.body.push('"');
        }
        self.body.push_str(">\n");
        self.depth += 1;
    }

    fn end_group(&mut self) {
        self.depth -= 1;
        self.body.push_str("</g>\n");
    }

    /// An id that XML accepts and that no other element of this picture has.
    fn unique(&mut self, id: &str) -> String {
        let mut clean: String = id
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        if !clean.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            clean.insert(0, '_');
        }
        let mut unique = clean.clone();
        let mut number = 2;
        while !self.ids.insert(unique.clone()) {
            unique = format!("{clean}-{number}");
            number += 1;
        }
        unique
    }
}

/// `fill="#rrggbb"`, with `fill-opacity` if it is not opaque; likewise for `stroke`.
pub(super) fn push_color(out: &mut String, name: &str, color: Color) {
    let Color { r, g, b, a } = color;
    let _ = write!(out, " {name}=\"#{r:02x}{g:02x}{b:02x}\"");
    if a < 255 {
        let _ = write!(out, " {name}-opacity=\"");
        push_number(
            out,
            hundredths((f64::from(a) / 255.0 * 1000.0).round() / 1000.0),
        );
        out.push('"');
    }
}
