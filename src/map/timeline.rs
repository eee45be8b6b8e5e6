//! The strip under the map: incidents on each day, as a chart by plotters.
//!
//! An incident whose date is known only to a period is spread over the period's days in equal parts,
//! and drawn lighter: the strip adds up to the number of incidents.

use jiff::civil::Date;
use plotters::chart::ChartBuilder;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::element::Rectangle;
use plotters::style::{Color as _, IntoFont, RGBAColor, ShapeStyle};

use super::compose::Stage;
use super::legend::number;
use super::{MapSpec, Rect};
use crate::analyse::scale::nice_floor;
use crate::draw::backend::{UNITS_PER_PIXEL, size_units, units};
use crate::draw::{Canvas, Color, MissingGlyph, TextStyle, measure, pt};
use crate::layer::LayerSet;
use crate::record::Period;

/// Bars narrower than this many pixels would blur: days are then taken together.
const NARROWEST: f64 = 2.2;
/// Bars so many times as wide as the number of a day are labelled each.
const AIRY: f64 = 5.0;
/// Height of a line of text over its em, as plotters takes sizes.
const LINE: f64 = 1.362;

/// Incidents in each of some days.
#[derive(Clone, Debug, PartialEq)]
struct Bars {
    period: Period,
    /// Days in a bar: 1, 7 or 28.
    step: i32,
    /// Incidents of a known day.
    exact: Vec<f64>,
    /// Parts of incidents known only to a period.
    spread: Vec<f64>,
}

impl Bars {
    fn new(layers: &LayerSet, period: Option<Period>, width: f64) -> Option<Self> {
        let period = match period {
            Some(p) => p,
            None => {
                let whens = || layers.incidents.features.iter().map(|f| f.attributes.when);
                Period::new(
                    whens().map(|w| w.start()).min()?,
                    whens().map(|w| w.end()).max()?,
                )
            }
        };
        let days = period.days();
        let step = [1, 7]
            .into_iter()
            .find(|s| width / f64::from(days) * f64::from(*s) >= NARROWEST)
            .unwrap_or(28);
        let n = usize::try_from((days + step - 1) / step).ok()?.min(20_000);
        let mut bars = Self {
            period,
            step,
            exact: vec![0.0; n],
            spread: vec![0.0; n],
        };
        for feature in &layers.incidents.features {
            let when = &feature.attributes.when;
            let all = Period::new(when.start(), when.end()).days();
            let (from, to) = (
                bars.day(when.start()).max(0),
                bars.day(when.end()).min(days - 1),
            );
            let known = all == 1 && !when.is_approximate() && !when.is_uncertain();
            let part = 1.0 / f64::from(all);
            for day in from..=to {
                let list = if known {
                    &mut bars.exact
                } else {
                    &mut bars.spread
                };
                if let Some(v) = usize::try_from(day / step)
                    .ok()
                    .and_then(|i| list.get_mut(i))
                {
                    *v += part;
                }
            }
        }
        Some(bars)
    }

    /// Days since the first.
    fn day(&self, date: Date) -> i32 {
        (date - self.period.start()).get_days()
    }

    fn max(&self) -> f64 {
        self.exact
            .iter()
            .zip(&self.spread)
            .map(|(a, b)| a + b)
            .fold(0.0, f64::max)
    }

    fn title(&self) -> &'static str {
        match self.step {
            1 => "Incidents per day",
            7 => "Incidents per week",
            _ => "Incidents per four weeks",
        }
    }

    /// Days to label: index from the first, and what to write; of single days all, where each has the room.
    fn labels(&self, each: bool) -> Vec<(i32, String)> {
        let days = self.period.days();
        let mut out = Vec::new();
        let mut date = self.period.start();
        for day in 0..days {
            let (d, m, first) = (date.day(), date.month(), day == 0);
            let wanted = match days {
                ..=62 => each || first || (d % 5 == 0 && d < 30) || d == 1,
                63..=1000 => d == 1,
                _ => d == 1 && m == 1,
            };
            if wanted {
                let text = match days {
                    ..=62 if first || d == 1 => date.strftime("%-d %B").to_string(),
                    ..=62 => d.to_string(),
                    63..=1000 if m == 1 || first => date.strftime("%B %Y").to_string(),
                    63..=1000 => date.strftime("%B").to_string(),
                    _ => date.year().to_string(),
                };
                out.push((day, text));
            }
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        out
    }
}

/// Incidents in the busiest bar that a map has, of days or of weeks.
pub(super) fn busiest(spec: &MapSpec, layers: &LayerSet) -> f64 {
    // The strip is nearly as wide as the page.
    let bars = Bars::new(layers, spec.period, spec.page.width);
    bars.map_or(0.0, |bars| bars.max())
}

/// Draws the strip.
pub(super) fn draw(
    canvas: &Canvas,
    strip: Rect,
    stage: &Stage,
    layers: &LayerSet,
) -> Result<(), MissingGlyph> {
    let (base, theme) = (stage.layout.base, &stage.theme);
    let Some(bars) = Bars::new(layers, stage.spec.period, strip.w) else {
        return Ok(());
    };
    let heading = TextStyle {
        bold: true,
        ..TextStyle::new(0.8 * base, theme.ink)
    };
    let soft = TextStyle::new(0.74 * base, theme.ink_faint);
    let title = canvas.text(bars.title(), pt(strip.x, strip.y + 0.8 * base), &heading)?;
    if bars.spread.iter().any(|v| *v > 0.0) {
        let at = pt(strip.x + title.width + 0.8 * base, strip.y + 0.8 * base);
        canvas.text(
            "lighter: day not certain, spread over the days it may be",
            at,
            &soft,
        )?;
    }
    let plot = Rect::new(
        strip.x,
        strip.y + 1.25 * base,
        strip.w,
        strip.h - 1.25 * base,
    );
    match chart(canvas, plot, stage, &bars) {
        Err(DrawingAreaErrorKind::BackendError(
            plotters_backend::DrawingErrorKind::DrawingError(e),
        )) => Err(e),
        _ => Ok(()),
    }
}

type Outcome = Result<(), DrawingAreaErrorKind<MissingGlyph>>;

/// Bars and axes, as a plotters chart on its part of the page.
fn chart(canvas: &Canvas, at: Rect, stage: &Stage, bars: &Bars) -> Outcome {
    let (base, theme) = (stage.layout.base, &stage.theme);
    let plain = TextStyle::new(0.7 * base, theme.ink_faint);
    // Strips of a batch are as high as the busiest of them.
    let others = stage.spec.common.as_ref().map_or(0.0, |_| stage.busiest);
    let top = (1.06 * bars.max().max(others)).max(1.0);
    let tick = nice_floor(top / 1.5).max(1.0);
    let ticks: Vec<f64> = (1..=5)
        .map(|i| tick * f64::from(i))
        .filter(|t| *t <= top)
        .collect();
    let widest = ticks
        .iter()
        .map(|t| measure(&number(*t), &plain).map(|m| m.width))
        .try_fold(0.0_f64, |w, m| m.map(|m| w.max(m)))
        .map_err(|e| {
            DrawingAreaErrorKind::BackendError(plotters_backend::DrawingErrorKind::DrawingError(e))
        })?;
    let (left, below) = (widest + 0.4 * base, 1.15 * base);
    let area = canvas.area().shrink(
        (units(at.x), units(at.y)),
        (size_units(at.w), size_units(at.h)),
    );
    let mut chart = ChartBuilder::on(&area)
        .margin_left(size_units(left))
        .margin_bottom(size_units(below))
        .build_cartesian_2d(0.0..f64::from(bars.period.days()), 0.0..top)?;
    let faint = line(theme.rule, 0.05 * base);
    let days = f64::from(bars.period.days());
    for t in &ticks {
        chart.draw_series([plotters::element::PathElement::new(
            [(0.0, *t), (days, *t)],
            faint,
        )])?;
    }
    let step = f64::from(bars.step);
    let gap = 0.12 * step;
    for (lighter, paint) in [(true, theme.cluster.alpha(0.38)), (false, theme.cluster)] {
        let bars_of = bars.exact.iter().zip(&bars.spread).enumerate();
        let rectangles = bars_of.filter_map(|(i, (exact, spread))| {
            let (from, to) = if lighter {
                (*exact, exact + spread)
            } else {
                (0.0, *exact)
            };
            let x = i as f64 * step;
            let end = (x + step).min(days);
            (to > from)
                .then(|| Rectangle::new([(x + gap, from), (end - gap, to)], color(paint).filled()))
        });
        chart.draw_series(rectangles)?;
    }
    let axis = line(theme.ink_faint, 0.07 * base);
    chart.draw_series([plotters::element::PathElement::new(
        [(0.0, 0.0), (days, 0.0)],
        axis,
    )])?;

    // Labels beside the axes: plotters' mesh would measure them by other metrics than ours.
    let on_page = |x: f64, y: f64| {
        let (px, py) = chart.backend_coord(&(x, y));
        pt(
            f64::from(px) / UNITS_PER_PIXEL,
            f64::from(py) / UNITS_PER_PIXEL,
        )
    };
    let font = |h| {
        ("sans-serif", f64::from(size_units(plain.size * LINE)))
            .into_font()
            .color(&color(theme.ink_faint))
            .pos(plotters::style::text_anchor::Pos::new(
                h,
                plotters::style::text_anchor::VPos::Center,
            ))
    };
    use plotters::style::text_anchor::HPos;
    for t in &ticks {
        let p = on_page(0.0, *t);
        area_text(
            canvas,
            &number(*t),
            &font(HPos::Right),
            pt(p.x - 0.3 * base, p.y),
        )?;
    }
    let mut free = f64::NEG_INFINITY;
    let room = on_page(1.0, 0.0).x - on_page(0.0, 0.0).x;
    let number = measure("30", &plain).map_or(0.0, |m| m.width);
    let each = room > AIRY * number;
    for (day, text) in bars.labels(each) {
        // A day's label stands under its bar, a month's at its start.
        let shift = if bars.step == 1 { 0.5 } else { 0.0 };
        let p = on_page(f64::from(day) + shift, 0.0);
        let width = measure(&text, &plain).map_or(0.0, |m| m.width);
        let centred = each || text.chars().all(|c| c.is_ascii_digit());
        let x = if centred {
            (p.x - width / 2.0).max(at.x)
        } else {
            p.x - 0.2 * base
        };
        if x > free && x + width <= at.right() {
            area_text(canvas, &text, &font(HPos::Left), pt(x, p.y + 0.65 * base))?;
            free = x + width + 0.5 * base;
        }
    }
    Ok(())
}

fn area_text(
    canvas: &Canvas,
    text: &str,
    style: &plotters::style::TextStyle,
    at: crate::draw::Pt,
) -> Outcome {
    canvas
        .area()
        .draw_text(text, style, (units(at.x), units(at.y)))
}

fn color(c: Color) -> RGBAColor {
    RGBAColor(c.r, c.g, c.b, f64::from(c.a) / 255.0)
}

fn line(c: Color, width: f64) -> ShapeStyle {
    color(c).stroke_width(size_units(width))
}
