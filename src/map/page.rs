//! The page: where title, map, legend, notes and timeline stand.
//!
//! From the top: a banner when the data is invented, title, subtitle, the map with its legend beside
//! or beneath it, the timeline, source and notes. The legend is never on the map, so that it cannot
//! hide data; whether it stands at the right or beneath is chosen by which leaves the larger map.
//! If the map would be too small, all texts shrink together, to no less than two thirds.

use super::wrap::{wrap, wrap_balanced};
use super::{MapError, PageSize, Rect, Theme};
use crate::draw::{Align, MissingGlyph, Pt, TextStyle, measure, pt};

/// What is written on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageText {
    /// The headline.
    pub title: String,
    /// Under it: period, what is counted, how many.
    pub subtitle: String,
    /// Where the data comes from.
    pub source: String,
    /// What the reader must know: what is not shown, projection, boundaries.
    pub notes: Vec<String>,
    /// Said in a banner across the top, e.g. that the data is invented.
    pub banner: Option<String>,
}

/// The size of a block of the legend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BlockSize {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
}

/// A line of text with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLine {
    /// The text.
    pub text: String,
    /// Where its baseline stands.
    pub at: Pt,
    /// How it looks.
    pub style: TextStyle,
    /// The ground it takes.
    pub ground: Rect,
}

/// A page that is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The whole page.
    pub page: Rect,
    /// Size of running text in pixels.
    pub base: f64,
    /// A unit for line widths and symbols: 1 on a page of 1600x1200.
    pub unit: f64,
    /// The map.
    pub frame: Rect,
    /// One rectangle for each block of the legend.
    pub legend: Vec<Rect>,
    /// The timeline strip, if asked for.
    pub timeline: Option<Rect>,
    /// The banner, if there is one.
    pub banner: Option<Rect>,
    /// Where source and notes begin.
    pub foot: f64,
}

/// What the layout has to know.
pub(super) struct Request<'a> {
    pub size: PageSize,
    pub theme: &'a Theme,
    /// What may be written: there is room for each, one at a time.
    pub texts: &'a [PageText],
    /// Width over height of what the map must show.
    pub aspect: f64,
    pub timeline: bool,
    /// How many of the legend's last blocks stand at the foot of a column.
    pub foot: usize,
    /// Sizes of the legend's blocks for a size of running text and a width that they may have.
    pub legend: &'a dyn Fn(f64, f64) -> Result<Vec<BlockSize>, MissingGlyph>,
}

/// How far texts may shrink, in steps.
const SHRINK: [f64; 5] = [1.0, 0.92, 0.84, 0.75, 0.67];

/// The sizes of running text that a page may have, in pixels.
pub(super) fn bases(size: PageSize) -> [f64; 5] {
    SHRINK.map(|shrink| size.base_font() * shrink)
}

/// The map should have at least this part of the page's area.
const ENOUGH: f64 = 0.36;
/// With less than this many ems on a side there is no map.
const LEAST_EMS: f64 = 10.0;

impl Layout {
    /// Lays a page out.
    pub(super) fn new(request: &Request) -> Result<Self, MapError> {
        let page = Rect::new(0.0, 0.0, request.size.width, request.size.height);
        let mut last = None;
        for base in bases(request.size) {
            let Some(layout) = attempt(request, page, base)? else {
                continue;
            };
            let share = layout.frame.w * layout.frame.h / (page.w * page.h);
            if share >= ENOUGH {
                return Ok(layout);
            }
            last = Some(layout);
        }
        last.ok_or(MapError::NoRoom {
            width: page.w,
            height: page.h,
        })
    }

    /// Title, subtitle, source, notes and the banner's text in their places.
    pub(super) fn lines(
        &self,
        text: &PageText,
        theme: &Theme,
    ) -> Result<Vec<PlacedLine>, MissingGlyph> {
        let (mut lines, ..) = head(text, theme, self.page, self.base)?;
        let (foot, _) = foot(text, theme, self.page, self.base)?;
        lines.extend(foot.into_iter().map(|mut line| {
            line.at.y += self.foot;
            line.ground.y += self.foot;
            line
        }));
        Ok(lines)
    }
}

/// Stacks lines of text from the top, or measures them.
struct Stack<'a> {
    lines: &'a mut Vec<PlacedLine>,
    x: f64,
    y: f64,
}

impl Stack<'_> {
    fn add(
        &mut self,
        texts: Vec<String>,
        style: &TextStyle,
        leading: f64,
    ) -> Result<(), MissingGlyph> {
        for text in texts {
            let size = measure(&text, style)?;
            let height = leading * style.size;
            // The first baseline so that the tallest letters touch the top of the line.
            let baseline = self.y + (height - style.size) / 2.0 + 0.80 * style.size;
            let ground = Rect::new(self.x, self.y, size.width, height);
            self.lines.push(PlacedLine {
                text,
                at: pt(self.x, baseline),
                style: style.clone(),
                ground,
            });
            self.y += height;
        }
        Ok(())
    }
}

fn inner(page: Rect, base: f64) -> Rect {
    page.inset((1.5 * base).round())
}

/// What stands above the map: its lines, the banner, and where the map may begin.
pub(super) fn head(
    text: &PageText,
    theme: &Theme,
    page: Rect,
    base: f64,
) -> Result<(Vec<PlacedLine>, Option<Rect>, f64), MissingGlyph> {
    let inner = inner(page, base);
    let mut lines = Vec::new();
    let mut banner = None;
    let mut top = inner.y;
    if let Some(text) = &text.banner {
        let style = TextStyle {
            bold: true,
            align: Align::Centre,
            ..TextStyle::new(0.95 * base, theme.on_warning)
        };
        let wrapped = wrap(text, &style, inner.w - 2.0 * base)?;
        let height = (1.35 * wrapped.len() as f64 + 0.45) * style.size;
        let ground = Rect::new(0.0, 0.0, page.w, height.ceil());
        let mut stack = Stack {
            lines: &mut lines,
            x: 0.0,
            y: 0.22 * style.size,
        };
        stack.add(wrapped, &style, 1.35)?;
        for line in &mut lines {
            line.at.x = page.w / 2.0;
            line.ground.x = (page.w - line.ground.w) / 2.0;
        }
        banner = Some(ground);
        top = ground.bottom() + 0.7 * base;
    }

    let mut stack = Stack {
        lines: &mut lines,
        x: inner.x,
        y: top - 0.2 * base,
    };
    let title = TextStyle {
        bold: true,
        ..TextStyle::new(1.85 * base, theme.ink)
    };
    stack.add(wrap_balanced(&text.title, &title, inner.w)?, &title, 1.22)?;
    let subtitle = TextStyle::new(1.08 * base, theme.ink_soft);
    stack.add(wrap(&text.subtitle, &subtitle, inner.w)?, &subtitle, 1.36)?;
    let bottom = (stack.y + 0.55 * base).round();
    Ok((lines, banner, bottom))
}

/// What stands at the foot of the page, laid out from 0, and its height.
pub(super) fn foot(
    text: &PageText,
    theme: &Theme,
    page: Rect,
    base: f64,
) -> Result<(Vec<PlacedLine>, f64), MissingGlyph> {
    let inner = inner(page, base);
    let mut lines = Vec::new();
    let mut stack = Stack {
        lines: &mut lines,
        x: inner.x,
        y: 0.0,
    };
    let small = TextStyle::new(0.78 * base, theme.ink_faint);
    for paragraph in [text.source.clone(), text.notes.join(" ")] {
        stack.add(wrap(&paragraph, &small, inner.w)?, &small, 1.36)?;
    }
    let height = stack.y;
    Ok((lines, height))
}

/// One try with a size of text; `None` if there is no room.
fn attempt(request: &Request, page: Rect, base: f64) -> Result<Option<Layout>, MapError> {
    let inner = inner(page, base);
    let (mut top, mut height, mut banner) = (0.0_f64, 0.0_f64, None);
    for text in request.texts {
        let (_, band, bottom) = head(text, request.theme, page, base)?;
        banner = banner.or(band);
        top = top.max(bottom);
        height = height.max(foot(text, request.theme, page, base)?.1);
    }
    let foot_top = (inner.bottom() + 0.35 * base - height).floor();

    let timeline = request.timeline.then(|| {
        let height = (5.2 * base).round();
        Rect::new(inner.x, foot_top - 0.6 * base - height, inner.w, height)
    });
    let bottom = timeline
        .map_or(foot_top - 0.6 * base, |t| t.y - 0.5 * base)
        .floor();
    let middle = Rect::new(inner.x, top, inner.w, bottom - top);

    let right = beside(request, middle, base)?;
    let under = beneath(request, middle, base)?;
    let scale = |frame: &Rect| frame.h.min(frame.w / request.aspect);
    let best = match (right, under) {
        (Some(r), Some(u)) if scale(&u.0) > 1.12 * scale(&r.0) => Some(u),
        (Some(r), _) => Some(r),
        (None, u) => u,
    };
    let Some((frame, legend)) = best else {
        return Ok(None);
    };
    Ok(Some(Layout {
        page,
        base,
        unit: base / 15.0,
        frame,
        legend,
        timeline,
        banner,
        foot: foot_top,
    }))
}

type Split = Option<(Rect, Vec<Rect>)>;

fn is_map(frame: &Rect, base: f64) -> bool {
    frame.w >= LEAST_EMS * base && frame.h >= LEAST_EMS * base
}

/// The legend in a column at the right, its last blocks (locator and scale bar) at the foot.
fn beside(request: &Request, middle: Rect, base: f64) -> Result<Split, MissingGlyph> {
    let gutter = 1.3 * base;
    let blocks = (request.legend)(base, 15.5 * base)?;
    if blocks.is_empty() {
        return Ok(is_map(&middle, base).then(|| (middle, Vec::new())));
    }
    let width = blocks.iter().map(|b| b.width).fold(0.0, f64::max);
    let gap = 1.5 * base;
    let height = blocks.iter().map(|b| b.height).sum::<f64>() + gap * (blocks.len() - 1) as f64;
    let frame = Rect::new(
        middle.x,
        middle.y,
        (middle.w - width - gutter).floor(),
        middle.h,
    );
    if height > middle.h || !is_map(&frame, base) {
        return Ok(None);
    }
    let x = frame.right() + gutter;
    let mut y = middle.y;
    let mut rects = Vec::with_capacity(blocks.len());
    let foot = blocks.len().saturating_sub(request.foot);
    let below = |i: usize| {
        let rest = blocks.get(i..).unwrap_or_default();
        rest.iter().map(|b| b.height + gap).sum::<f64>() - gap
    };
    for (i, block) in blocks.iter().enumerate() {
        if i == foot {
            y = middle.bottom() - below(i);
        }
        rects.push(Rect::new(x, y, block.width, block.height));
        y += block.height + gap;
    }
    Ok(Some((frame, rects)))
}

/// The legend in rows under the map.
fn beneath(request: &Request, middle: Rect, base: f64) -> Result<Split, MissingGlyph> {
    let gap = 2.2 * base;
    let blocks = (request.legend)(base, (17.0 * base).min(middle.w))?;
    let mut rects: Vec<Rect> = Vec::with_capacity(blocks.len());
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0_f64);
    for block in &blocks {
        if block.width > middle.w + 1e-6 {
            return Ok(None);
        }
        if x > 0.0 && x + block.width > middle.w {
            (x, y, row) = (0.0, y + row + 1.1 * base, 0.0);
        }
        rects.push(Rect::new(middle.x + x, y, block.width, block.height));
        x += block.width + gap;
        row = row.max(block.height);
    }
    let height = y + row;
    let top = (middle.bottom() - height).floor();
    let frame = Rect::new(middle.x, middle.y, middle.w, top - 0.9 * base - middle.y);
    for rect in &mut rects {
        rect.y += top;
    }
    Ok(is_map(&frame, base).then_some((frame, rects)))
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
