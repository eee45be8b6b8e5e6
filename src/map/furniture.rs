//! What helps to read any map: scale bar, north, the frame with ticks of the graticule.

use super::legend::number;
use super::{Rect, Theme, View};
use crate::analyse::scale::nice_floor;
use crate::draw::{Align, Canvas, Fill, MissingGlyph, Path, Stroke, TextStyle, measure, pt};

/// Length of the scale bar in kilometres: the longest round one that fits into `width` pixels, true
/// at the map's centre.
pub(super) fn bar_km(view: &View, width: f64) -> f64 {
    let most = width / view.ground_pixels_per_km();
    let nice = nice_floor(most);
    // 1, 2, 5 leave wide gaps: 3 and 4 fill them.
    [4.0, 3.0, 2.0, 1.5]
        .into_iter()
        .map(|k| k * nice)
        .find(|km| *km <= most && km / nice != 1.5)
        .unwrap_or(nice)
}

/// A bar of two halves with its length; at its right, an arrow to the north if asked for.
pub(super) fn scale_bar(
    canvas: &Canvas,
    at: Rect,
    base: f64,
    theme: &Theme,
    view: &View,
    north: bool,
) -> Result<(), MissingGlyph> {
    let text = TextStyle {
        align: Align::Centre,
        ..TextStyle::new(0.8 * base, theme.ink_soft)
    };
    let room_for_north = if north { 2.6 * base } else { 0.0 };
    let last_label = |km: f64| format!("{} km", number(km));
    let hang = measure(&last_label(1000.0), &text)?.width / 2.0;
    let km = bar_km(view, (at.w - room_for_north - hang - 0.4 * base).max(base));
    let length = km * view.ground_pixels_per_km();
    let (x, y, thick) = (at.x + 0.3 * base, at.bottom() - 0.42 * base, 0.36 * base);
    let line = Stroke::new(theme.ink_soft, 0.06 * base);
    canvas.path(
        Path::rect(x, y, length, thick),
        Some(Fill::Solid(theme.page)),
        Some(line.clone()),
    );
    canvas.path(
        Path::rect(x, y, length / 2.0, thick),
        Some(Fill::Solid(theme.ink_soft)),
        Some(line),
    );
    for (share, label) in [
        (0.0, "0".to_owned()),
        (0.5, number(km / 2.0)),
        (1.0, last_label(km)),
    ] {
        canvas.text(&label, pt(x + share * length, y - 0.4 * base), &text)?;
    }
    if north {
        north_arrow(
            canvas,
            pt(at.right() - 1.1 * base, at.bottom() - 1.1 * base),
            base,
            theme,
            view,
        )?;
    }
    Ok(())
}

fn north_arrow(
    canvas: &Canvas,
    centre: crate::draw::Pt,
    base: f64,
    theme: &Theme,
    view: &View,
) -> Result<(), MissingGlyph> {
    let angle = view.north().to_radians();
    let turn = |dx: f64, dy: f64| {
        pt(
            centre.x + dx * angle.cos() - dy * angle.sin(),
            centre.y + dx * angle.sin() + dy * angle.cos(),
        )
    };
    let size = 0.75 * base;
    let needle = Path::ring([
        turn(0.0, -size),
        turn(0.5 * size, 0.8 * size),
        turn(0.0, 0.45 * size),
        turn(-0.5 * size, 0.8 * size),
    ]);
    canvas.path(needle, Some(Fill::Solid(theme.ink_soft)), None);
    let style = TextStyle {
        bold: true,
        align: Align::Centre,
        ..TextStyle::new(0.72 * base, theme.ink_soft)
    };
    let tip = turn(0.0, -1.35 * size);
    canvas.text("N", pt(tip.x, tip.y + 0.3 * base), &style)?;
    Ok(())
}

/// Degrees between ticks: so that there are about four on the shorter side.
fn tick_step(span: f64) -> f64 {
    const STEPS: [f64; 12] = [
        0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0,
    ];
    STEPS.into_iter().find(|s| span / s <= 6.0).unwrap_or(60.0)
}

/// A tick of the graticule at the frame's edge, with the ground of its label.
pub(super) struct Tick {
    line: Path,
    label: String,
    at: crate::draw::Pt,
    align: Align,
    /// What no name may cover.
    pub ground: Rect,
}

/// Ticks at the bottom (meridians) and left (parallels) edges.
pub(super) fn ticks(view: &View, base: f64, theme: &Theme) -> Result<Vec<Tick>, MissingGlyph> {
    let frame = view.frame();
    let style = tick_style(base, theme);
    let window = view.window();
    let length = 0.4 * base;
    let mut ticks = Vec::new();
    for meridian in [true, false] {
        let (from, to) = if meridian {
            (window.west, window.east)
        } else {
            (window.south, window.north)
        };
        let step = tick_step(to - from);
        let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
        for k in first..=last {
            let value = k as f64 * step;
            let Some(on_edge) = crossing(view, meridian, value) else {
                continue;
            };
            let label = degrees(value, meridian, step);
            let size = measure(&label, &style)?;
            let (end, at, align, ground) = if meridian {
                let at = pt(on_edge.x, on_edge.y - length - 0.25 * base);
                let ground = Rect::new(
                    at.x - size.width / 2.0,
                    at.y - size.ascent,
                    size.width,
                    size.height(),
                );
                (pt(on_edge.x, on_edge.y - length), at, Align::Centre, ground)
            } else {
                let at = pt(
                    on_edge.x + length + 0.25 * base,
                    on_edge.y + 0.36 * style.size,
                );
                let ground = Rect::new(at.x, at.y - size.ascent, size.width, size.height());
                (pt(on_edge.x + length, on_edge.y), at, Align::Left, ground)
            };
            if frame.inset(0.9 * base).encloses(&ground)
                || (frame.encloses(&ground) && clear_of_corner(&frame, &ground, base))
            {
                ticks.push(Tick {
                    line: Path::line([on_edge, end]),
                    label,
                    at,
                    align,
                    ground: ground.inset(-0.2 * base),
                });
            }
        }
    }
    Ok(ticks)
}

fn clear_of_corner(frame: &Rect, ground: &Rect, base: f64) -> bool {
    let corner = pt(frame.x, frame.bottom());
    ground.distance(corner) > 1.6 * base
        && ground.distance(pt(frame.right(), frame.bottom())) > 0.5 * base
        && ground.distance(pt(frame.x, frame.y)) > 0.5 * base
}

fn tick_style(base: f64, theme: &Theme) -> TextStyle {
    TextStyle {
        halo: Some((theme.halo.alpha(0.6), 0.12 * base)),
        ..TextStyle::new((0.62 * base).max(7.0), theme.ink_faint)
    }
}

/// Where a meridian meets the frame's bottom, or a parallel its left: by bisection along the edge.
fn crossing(view: &View, meridian: bool, value: f64) -> Option<crate::draw::Pt> {
    let f = view.frame();
    let mid = view.window().centre().0;
    let edge = |t: f64| {
        if meridian {
            pt(f.x + t * f.w, f.bottom())
        } else {
            pt(f.x, f.bottom() - t * f.h)
        }
    };
    let off = |t: f64| {
        let (lon, lat) = view.place(edge(t))?;
        Some(if meridian {
            crate::ground::wrap(lon - mid) + mid - value
        } else {
            lat - value
        })
    };
    let (mut low, mut high) = (0.0, 1.0);
    if off(low)? > 0.0 || off(high)? < 0.0 {
        return None;
    }
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if off(middle)? < 0.0 {
            low = middle
        } else {
            high = middle
        }
    }
    Some(edge(low))
}

fn degrees(value: f64, meridian: bool, step: f64) -> String {
    let value = if meridian {
        crate::ground::wrap(value)
    } else {
        value
    };
    let letter = match (meridian, value < 0.0) {
        (true, false) => "E",
        (true, true) => "W",
        (false, false) => "N",
        (false, true) => "S",
    };
    let decimals = if step >= 1.0 {
        0
    } else if step * 10.0 == (step * 10.0).round() {
        1
    } else {
        2
    };
    if value == 0.0 {
        "0°".to_owned()
    } else {
        format!("{:.decimals$}° {letter}", value.abs())
    }
}

/// Draws the frame and its ticks.
pub(super) fn frame(
    canvas: &Canvas,
    view: &View,
    ticks: &[Tick],
    base: f64,
    theme: &Theme,
) -> Result<(), MissingGlyph> {
    let style = tick_style(base, theme);
    let line = Stroke {
        round_cap: false,
        ..Stroke::new(theme.ink_faint.alpha(0.8), 0.055 * base)
    };
    for tick in ticks {
        canvas.path(tick.line.clone(), None, Some(line.clone()));
        canvas.text(
            &tick.label,
            tick.at,
            &TextStyle {
                align: tick.align,
                ..style.clone()
            },
        )?;
    }
    canvas.path(
        view.frame().path(),
        None,
        Some(Stroke::new(theme.ink_faint, 0.06 * base)),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use geo::{Distance, Geodesic, Point};

    use super::*;
    use crate::ground::{Extent, ProjectionChoice};

    const FRAME: Rect = Rect {
        x: 20.0,
        y: 60.0,
        w: 1000.0,
        h: 700.0,
    };

    /// A bar of that length, laid on the map's centre, must span its kilometres on the ground.
    #[test]
    fn the_scale_bar_is_true_at_the_centre() {
        for extent in [
            [35.5, 32.3, 42.5, 37.3],
            [22.0, 44.0, 40.5, 52.5],
            [21.5, 8.5, 38.7, 22.3],
            [36.0, 35.5, 37.4, 36.4],
        ] {
            let [w, s, e, n] = extent;
            let extent = Extent::new(w, s, e, n).unwrap();
            for choice in [
                ProjectionChoice::EqualArea,
                ProjectionChoice::Utm(None),
                ProjectionChoice::WebMercator,
                ProjectionChoice::PlateCarree,
            ] {
                let view = View::fit(choice, &extent, FRAME).unwrap();
                let km = bar_km(&view, 180.0);
                let pixels = km * view.ground_pixels_per_km();
                assert!(pixels <= 180.0 && pixels > 70.0, "{choice:?}: {pixels} px");
                let c = FRAME.centre();
                let at = |dx: f64| {
                    let (lon, lat) = view.place(pt(c.x + dx, c.y)).unwrap();
                    Point::new(lon, lat)
                };
                let ground = Geodesic.distance(at(-pixels / 2.0), at(pixels / 2.0)) / 1000.0;
                assert!(
                    (ground / km - 1.0).abs() < 0.01,
                    "{choice:?}: {km} km is {ground}"
                );
            }
        }
    }

    #[test]
    fn ticks_stand_on_their_meridians() {
        let extent = Extent::new(35.5, 32.3, 42.5, 37.3).unwrap();
        let view = View::fit(ProjectionChoice::EqualArea, &extent, FRAME).unwrap();
        let theme = Theme::named(crate::map::ThemeName::Light);
        let ticks = ticks(&view, 15.0, &theme).unwrap();
        assert!(
            ticks.iter().any(|t| t.label == "38° E") && ticks.iter().any(|t| t.label == "34° N")
        );
        let p = crossing(&view, true, 38.0).unwrap();
        assert!(
            (view.place(p).unwrap().0 - 38.0).abs() < 1e-6 && (p.y - FRAME.bottom()).abs() < 1e-9
        );
        for (i, a) in ticks.iter().enumerate() {
            assert!(FRAME.encloses(&a.ground.inset(3.0)));
            assert!(ticks[i + 1..].iter().all(|b| !a.ground.overlaps(&b.ground)));
        }
    }
}
