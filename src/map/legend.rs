//! The legend: what each symbol on this map means, drawn by the scales that drew the map.

use super::arrow::{Arrow, head_width};
use super::flow_scale;
use super::flow_sort::FlowSort;
use super::furniture::scale_bar;
use super::page::BlockSize;
use super::setting::merge;
use super::symbols::{Crowd, Style};
use super::wrap::wrap;
use super::{Rect, Theme, View};
use crate::analyse::flow_layout::Curve;
use crate::analyse::scale::{CircleScale, WidthScale};
use crate::draw::{Align, Canvas, Color, Fill, MissingGlyph, Path, Stroke, TextStyle, measure, pt};
use crate::record::{of_people, thousands};

/// A symbol of a [`Block::Key`].
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Symbol {
    /// A place known to the settlement.
    Dot,
    /// One whose date may lie outside of the period.
    HollowDot,
    /// A circle within which the place lies.
    Ring,
    /// An area within which the place lies.
    Area,
    /// One of the areas that a country is divided into, where all are.
    Part,
    /// Where flows start or end.
    Node,
    /// A flow of no known number.
    Hollow,
    /// One of many small flows.
    Hair,
    /// A flow of which one end is not known.
    Open,
    /// A toll known from a lowest to a highest figure.
    Toll,
    /// A toll without a highest figure.
    AtLeast,
    /// An incident without a figure.
    NoFigure,
    /// An incident that killed nobody.
    NoneKilled,
}

/// What nested circles stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CircleLook {
    /// Clusters of incidents.
    Cluster,
    /// Tolls.
    Toll,
}

/// A part of the legend.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    /// A bar of classes with their edges.
    Classes {
        title: String,
        note: String,
        edges: Vec<f64>,
        colors: Vec<Color>,
    },
    /// Nested circles of round values, the largest first.
    Circles {
        title: String,
        note: String,
        look: CircleLook,
        scale: CircleScale,
        values: Vec<f64>,
    },
    /// Arrows of round values, the largest first.
    Arrows {
        title: String,
        note: String,
        scale: WidthScale,
        values: Vec<f64>,
    },
    /// Symbols and what they mean.
    Key {
        title: String,
        rows: Vec<(Symbol, String)>,
        crowd: Crowd,
    },
    /// Room for the locator, in pixels.
    Locator { width: f64, height: f64 },
    /// Length on the ground, and north where it is not up.
    Scale { north: bool },
}

impl Block {
    /// Whether two blocks of different maps explain the same.
    pub(super) fn stands_for(&self, other: &Self) -> bool {
        let title = |block: &Self| match block {
            Self::Classes { title, .. }
            | Self::Circles { title, .. }
            | Self::Arrows { title, .. }
            | Self::Key { title, .. } => Some(title.clone()),
            Self::Locator { .. } | Self::Scale { .. } => None,
        };
        std::mem::discriminant(self) == std::mem::discriminant(other) && title(self) == title(other)
    }

    /// Explains what another block does too. Where both have words for a symbol, the longer say more.
    pub(super) fn join(&mut self, other: Self) {
        if let (
            Self::Key { rows, crowd, .. },
            Self::Key {
                rows: more,
                crowd: other,
                ..
            },
        ) = (self, other)
        {
            merge(
                rows,
                more,
                |a, b| a.0 == b.0,
                |a, b| {
                    if b.1.len() > a.1.len() {
                        *a = b;
                    }
                },
            );
            crowd.dot = crowd.dot.min(other.dot);
            crowd.ring = crowd.ring.min(other.ring);
        }
    }
}

/// Sizes and styles of the legend's texts.
struct Type {
    title: TextStyle,
    text: TextStyle,
    leading: f64,
}

impl Type {
    fn new(base: f64, theme: &Theme) -> Self {
        Self {
            title: TextStyle {
                bold: true,
                ..TextStyle::new(0.87 * base, theme.ink)
            },
            text: TextStyle::new(0.8 * base, theme.ink_soft),
            leading: 1.3,
        }
    }
}

/// Height of the colour bar, width of a symbol's column, length of a legend arrow: in ems.
const BAR: f64 = 0.95;
const SYMBOL: f64 = 2.3;
const ARROW: f64 = 4.0;

/// Wrapped heading and note of a block, and where what comes under them starts.
struct Head {
    title: Vec<String>,
    note: Vec<String>,
    width: f64,
    height: f64,
}

impl Head {
    fn new(title: &str, note: &str, ty: &Type, width: f64) -> Result<Self, MissingGlyph> {
        let title = wrap(title, &ty.title, width)?;
        let note = wrap(note, &ty.text, width)?;
        let mut widest = 0.0_f64;
        for line in &title {
            widest = widest.max(measure(line, &ty.title)?.width);
        }
        for line in &note {
            widest = widest.max(measure(line, &ty.text)?.width);
        }
        let height = ty.leading
            * (title.len() as f64 * ty.title.size + note.len() as f64 * ty.text.size)
            + 0.45 * ty.text.size;
        Ok(Self {
            title,
            note,
            width: widest,
            height,
        })
    }

    fn draw(&self, canvas: &Canvas, ty: &Type, at: Rect) -> Result<(), MissingGlyph> {
        let mut y = at.y;
        for (lines, style) in [(&self.title, &ty.title), (&self.note, &ty.text)] {
            for line in lines {
                canvas.text(line, pt(at.x, y + 0.95 * style.size), style)?;
                y += ty.leading * style.size;
            }
        }
        Ok(())
    }
}

impl Block {
    fn head(&self, ty: &Type, width: f64) -> Result<Head, MissingGlyph> {
        match self {
            Self::Classes { title, note, .. }
            | Self::Circles { title, note, .. }
            | Self::Arrows { title, note, .. } => Head::new(title, note, ty, width),
            Self::Key { title, .. } => Head::new(title, "", ty, width),
            Self::Locator { .. } | Self::Scale { .. } => Ok(Head {
                title: vec![],
                note: vec![],
                width: 0.0,
                height: 0.0,
            }),
        }
    }

    /// The room that it takes for a size of running text, if it may be `width` wide.
    pub fn size(&self, base: f64, width: f64, theme: &Theme) -> Result<BlockSize, MissingGlyph> {
        let ty = Type::new(base, theme);
        let head = self.head(&ty, width)?;
        let line = ty.leading * ty.text.size;
        let (w, h) = match self {
            Self::Classes { edges, .. } => {
                let width = width.min(15.5 * base);
                let height = match ClassBar::fitted(edges, &ty, width)? {
                    Some(_) => BAR * base + 1.35 * ty.text.size,
                    None => edges.len().saturating_sub(1) as f64 * line,
                };
                (width, height)
            }
            Self::Circles { scale, values, .. } => {
                let radius = values.first().map_or(0.0, |v| scale.radius(*v));
                let rows = values.len() as f64 * line;
                (
                    2.0 * radius + 1.4 * base + widest(values, "", &ty)?,
                    (2.0 * radius).max(rows) + 0.3 * base,
                )
            }
            Self::Arrows { scale, values, .. } => {
                let heights = values
                    .iter()
                    .map(|v| arrow_row(scale.width(*v), line, base))
                    .sum();
                (
                    ARROW * base + 0.7 * base + widest(values, " people", &ty)?,
                    heights,
                )
            }
            Self::Key { rows, .. } => {
                let (mut w, mut h) = (0.0_f64, 0.0);
                for (_, text) in rows {
                    let lines = wrap(text, &ty.text, width - SYMBOL * base)?;
                    for text in &lines {
                        w = w.max(measure(text, &ty.text)?.width);
                    }
                    h += key_row(lines.len(), line, base);
                }
                (SYMBOL * base + w, h)
            }
            Self::Locator { width, height } => (*width, *height),
            Self::Scale { .. } => (width.min(15.5 * base), 2.2 * base),
        };
        Ok(BlockSize {
            width: w.max(head.width).min(width).ceil(),
            height: (head.height + h).ceil(),
        })
    }

    /// Draws it into the room that it was given.
    pub fn draw(
        &self,
        canvas: &Canvas,
        at: Rect,
        base: f64,
        theme: &Theme,
        view: &View,
    ) -> Result<(), MissingGlyph> {
        let ty = Type::new(base, theme);
        let head = self.head(&ty, at.w + 0.5)?;
        head.draw(canvas, &ty, at)?;
        let body = Rect::new(at.x, at.y + head.height, at.w, at.h - head.height);
        match self {
            Self::Classes { edges, colors, .. } => {
                draw_classes(canvas, body, base, &ty, theme, edges, colors)
            }
            Self::Circles {
                scale,
                values,
                look,
                ..
            } => draw_circles(canvas, body, base, &ty, theme, (scale, *look), values),
            Self::Arrows { scale, values, .. } => {
                draw_arrows(canvas, body, base, &ty, theme, scale, values)
            }
            Self::Key { rows, crowd, .. } => {
                let style = Style {
                    unit: base / 15.0,
                    theme,
                    crowd: *crowd,
                };
                draw_key(canvas, body, base, &ty, &style, rows)
            }
            // Drawn by the stage, which has the ground for it.
            Self::Locator { .. } => Ok(()),
            Self::Scale { north } => scale_bar(canvas, body, base, theme, view, *north),
        }
    }
}

fn widest(values: &[f64], unit: &str, ty: &Type) -> Result<f64, MissingGlyph> {
    let mut widest = 0.0_f64;
    for v in values {
        widest = widest.max(measure(&format!("{}{unit}", number(*v)), &ty.text)?.width);
    }
    Ok(widest)
}

fn arrow_row(width: f64, line: f64, base: f64) -> f64 {
    line.max(head_width(width, base / 15.0) + 0.25 * base)
}

fn key_row(lines: usize, line: f64, base: f64) -> f64 {
    (lines as f64 * line).max(1.3 * base) + 0.3 * base
}

/// A number as people write it: thousands set apart, no needless zeros.
pub(super) fn number(value: f64) -> String {
    if value.abs() < 1000.0 {
        // Enough digits for a class edge such as 0.005.
        return format!("{}", (value * 1e6).round() / 1e6);
    }
    thousands(value.round() as u64)
}

/// A bar of classes that fits a width with a number at every edge.
struct ClassBar {
    /// What the first and the last number hang over the bar's ends.
    hang: (f64, f64),
    text: TextStyle,
}

impl ClassBar {
    /// `None` if the numbers of neighbouring edges would touch: the classes are then listed.
    fn fitted(edges: &[f64], ty: &Type, width: f64) -> Result<Option<Self>, MissingGlyph> {
        for shrink in [1.0, 0.92, 0.85] {
            let text = TextStyle {
                align: Align::Centre,
                size: shrink * ty.text.size,
                ..ty.text.clone()
            };
            let mut halves = Vec::with_capacity(edges.len());
            for edge in edges {
                halves.push(measure(&number(*edge), &text)?.width / 2.0);
            }
            let hang = (
                halves.first().copied().unwrap_or(0.0),
                halves.last().copied().unwrap_or(0.0),
            );
            let step = (width - hang.0 - hang.1) / (edges.len().max(2) - 1) as f64;
            let air = 0.3 * text.size;
            if halves
                .windows(2)
                .all(|p| p.iter().sum::<f64>() + air <= step)
            {
                return Ok(Some(Self { hang, text }));
            }
        }
        Ok(None)
    }
}

fn draw_classes(
    canvas: &Canvas,
    body: Rect,
    base: f64,
    ty: &Type,
    theme: &Theme,
    edges: &[f64],
    colors: &[Color],
) -> Result<(), MissingGlyph> {
    let Some(ClassBar { hang, text }) = ClassBar::fitted(edges, ty, body.w + 0.5)? else {
        return list_classes(canvas, body, base, ty, theme, edges, colors);
    };
    let n = colors.len().max(1) as f64;
    let bar = Rect::new(
        body.x + hang.0,
        body.y,
        body.w - hang.0 - hang.1,
        BAR * base,
    );
    let step = bar.w / n;
    for (i, color) in colors.iter().enumerate() {
        // To the far end, under the next: neighbours that only touch would show a seam.
        let x = bar.x + i as f64 * step;
        let path = Path::rect(x, bar.y, bar.right() - x, bar.h);
        canvas.path(path, Some(Fill::Solid(theme.on_focus(*color))), None);
    }
    let outline = class_outline(theme, base);
    canvas.path(bar.path(), None, Some(outline.clone()));
    for (i, edge) in edges.iter().enumerate() {
        let x = bar.x + i as f64 * step;
        canvas.path(
            Path::line([pt(x, bar.bottom()), pt(x, bar.bottom() + 0.22 * base)]),
            None,
            Some(outline.clone()),
        );
        let y = bar.bottom() + 0.25 * base + 0.95 * text.size;
        canvas.text(&number(*edge), pt(x, y), &text)?;
    }
    Ok(())
}

fn class_outline(theme: &Theme, base: f64) -> Stroke {
    Stroke::new(
        theme.class_line.unwrap_or(theme.ink_faint).alpha(0.6),
        0.045 * base,
    )
}

/// A row for each class, the highest on top, where numbers along a bar would touch.
fn list_classes(
    canvas: &Canvas,
    body: Rect,
    base: f64,
    ty: &Type,
    theme: &Theme,
    edges: &[f64],
    colors: &[Color],
) -> Result<(), MissingGlyph> {
    let line = ty.leading * ty.text.size;
    let classes = colors.iter().zip(edges.windows(2)).rev();
    for (i, (color, edges)) in classes.enumerate() {
        let &[low, high] = edges else { continue };
        let y = body.y + i as f64 * line;
        let swatch = Rect::new(body.x, y, 1.5 * base, line);
        canvas.path(
            swatch.path(),
            Some(Fill::Solid(theme.on_focus(*color))),
            Some(class_outline(theme, base)),
        );
        let text = format!("{} – {}", number(low), number(high));
        let at = pt(body.x + SYMBOL * base, y + line / 2.0 + 0.36 * ty.text.size);
        canvas.text(&text, at, &ty.text)?;
    }
    Ok(())
}

fn draw_circles(
    canvas: &Canvas,
    body: Rect,
    base: f64,
    ty: &Type,
    theme: &Theme,
    (scale, look): (&CircleScale, CircleLook),
    values: &[f64],
) -> Result<(), MissingGlyph> {
    let style = Style {
        unit: base / 15.0,
        theme,
        crowd: Crowd::of(0, 0),
    };
    let largest = values.first().map_or(0.0, |v| scale.radius(*v));
    let line = ty.leading * ty.text.size;
    let bottom = body.y + body.h - 0.15 * base;
    let text_x = body.x + 2.0 * largest + 1.2 * base;
    // Labels at the circles' tops, pushed apart downwards from the first, then up from the bottom.
    let mut ys: Vec<f64> = values
        .iter()
        .map(|v| bottom - 2.0 * scale.radius(*v))
        .collect();
    let top = body.y + 0.4 * line;
    let mut floor = top;
    for y in &mut ys {
        *y = y.max(floor);
        floor = *y + line;
    }
    let mut ceiling = bottom - 0.3 * line;
    for y in ys.iter_mut().rev() {
        *y = y.min(ceiling);
        ceiling = *y - line;
    }
    for (v, y) in values.iter().zip(&ys) {
        let r = scale.radius(*v);
        let centre = pt(body.x + largest, bottom - r);
        match look {
            CircleLook::Cluster => style.cluster(&mut &*canvas, centre, r),
            CircleLook::Toll => style.toll(&mut &*canvas, centre, 0.0, Some(r)),
        }
        let leader = Path::line([
            pt(centre.x, bottom - 2.0 * r),
            pt(text_x - 0.75 * base, *y),
            pt(text_x - 0.2 * base, *y),
        ]);
        canvas.path(
            leader,
            None,
            Some(Stroke::new(theme.ink_faint.alpha(0.7), 0.045 * base)),
        );
        canvas.text(&number(*v), pt(text_x, y + 0.36 * ty.text.size), &ty.text)?;
    }
    Ok(())
}

fn draw_arrows(
    canvas: &Canvas,
    body: Rect,
    base: f64,
    ty: &Type,
    theme: &Theme,
    scale: &WidthScale,
    values: &[f64],
) -> Result<(), MissingGlyph> {
    let mut y = body.y;
    for v in values {
        let width = scale.width(*v);
        let height = arrow_row(width, ty.leading * ty.text.size, base);
        let middle = y + height / 2.0;
        let (from, to) = (pt(body.x, middle), pt(body.x + ARROW * base, middle));
        let coord = |p: crate::draw::Pt| geo::Coord { x: p.x, y: p.y };
        let curve = Curve::bent(coord(from), coord(to), 0.0);
        let arrow = Arrow {
            curve,
            stem: width,
            unit: base / 15.0,
        };
        let color = flow_scale::color(theme, FlowSort::Plain, *v, scale.max_value());
        canvas.path(arrow.outline(), Some(Fill::Solid(color)), None);
        let label = of_people(&number(*v));
        canvas.text(
            &label,
            pt(to.x + 0.7 * base, middle + 0.36 * ty.text.size),
            &ty.text,
        )?;
        y += height;
    }
    Ok(())
}

fn draw_key(
    canvas: &Canvas,
    body: Rect,
    base: f64,
    ty: &Type,
    style: &Style,
    rows: &[(Symbol, String)],
) -> Result<(), MissingGlyph> {
    let line = ty.leading * ty.text.size;
    let mut y = body.y;
    for (symbol, text) in rows {
        let lines = wrap(text, &ty.text, body.w - SYMBOL * base + 0.5)?;
        let height = key_row(lines.len(), line, base) - 0.3 * base;
        draw_symbol(
            canvas,
            symbol,
            pt(body.x + 0.75 * base, y + height / 2.0),
            base,
            style,
        );
        let first =
            y + height / 2.0 - (lines.len() as f64 - 1.0) / 2.0 * line + 0.36 * ty.text.size;
        for (i, text) in lines.iter().enumerate() {
            canvas.text(
                text,
                pt(body.x + SYMBOL * base, first + i as f64 * line),
                &ty.text,
            )?;
        }
        y += height + 0.3 * base;
    }
    Ok(())
}

fn draw_symbol(canvas: &Canvas, symbol: &Symbol, at: crate::draw::Pt, base: f64, style: &Style) {
    match symbol {
        Symbol::Dot => style.dot(&mut &*canvas, at, false),
        Symbol::HollowDot => style.dot(&mut &*canvas, at, true),
        Symbol::Ring => style.ring(&mut &*canvas, at, 0.62 * base),
        Symbol::Area => {
            let r = Rect::new(
                at.x - 0.75 * base,
                at.y - 0.5 * base,
                1.5 * base,
                1.0 * base,
            );
            style.area(&mut &*canvas, r.path(), 0);
        }
        Symbol::Part => {
            let half = (0.75 * base, 0.5 * base);
            let r = Rect::new(at.x - half.0, at.y - half.1, 2.0 * half.0, 2.0 * half.1);
            super::flow_ends::draw_part(canvas, style, r.path());
        }
        Symbol::Node => style.node(&mut &*canvas, at),
        Symbol::Hollow => draw_flow(canvas, FlowSort::Hollow, at, base, style),
        Symbol::Hair => draw_flow(canvas, FlowSort::Hair, at, base, style),
        Symbol::Open => super::flow_open::draw_key(canvas, style, at, base),
        Symbol::Toll => style.toll(&mut &*canvas, at, 0.32 * base, Some(0.62 * base)),
        Symbol::AtLeast => style.toll(&mut &*canvas, at, 0.42 * base, None),
        Symbol::NoFigure => style.no_toll(&mut &*canvas, at, false),
        Symbol::NoneKilled => style.no_toll(&mut &*canvas, at, true),
    }
}

/// An arrow that is not by the scale.
fn draw_flow(canvas: &Canvas, sort: FlowSort, at: crate::draw::Pt, base: f64, style: &Style) {
    let to = |x: f64| geo::Coord {
        x: at.x + x * base,
        y: at.y,
    };
    let scale = WidthScale::new(1.0, base, base);
    let arrow = Arrow {
        curve: Curve::bent(to(-0.75), to(0.95), 0.0),
        stem: flow_scale::stem(&scale, sort, 0.0, base),
        unit: super::flow_arrows::head_unit(sort, style.unit),
    };
    let color = flow_scale::color(style.theme, sort, 0.0, 1.0);
    let outline = (arrow.outline(), sort);
    super::flow_arrows::fill(canvas, style.theme, outline, color, style.unit);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_people_write_them() {
        assert_eq!(number(0.05), "0.05");
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(50.0), "50");
        assert_eq!(number(20_000.0), "20,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(0), "0");
    }
}
