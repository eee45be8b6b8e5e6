//! Numbers, path data and escaped text of SVG, written without detours.

use crate::draw::scene::{Pt, Step};

/// A coordinate in whole hundredths of a pixel.
pub(super) fn hundredths(value: f64) -> i64 {
    (value * 100.0).round() as i64
}

/// ` name="value"`, to two decimals.
pub(super) fn push_attribute(out: &mut String, name: &str, value: f64) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_number(out, hundredths(value));
    out.push('"');
}

/// Hundredths as the shortest decimal: 1250 → `12.5`, -5 → `-.05`.
pub(super) fn push_number(out: &mut String, hundredths: i64) {
    if hundredths < 0 {
        out.push('-');
    }
    let all = hundredths.unsigned_abs();
    let (mut whole, part) = (all / 100, all % 100);
    if whole > 0 || part == 0 {
        let mut digits = [0; 20];
        let mut first = digits.len();
        loop {
            first -= 1;
            digits[first] = b'0' + (whole % 10) as u8;
            whole /= 10;
            if whole == 0 {
                break;
            }
        }
        out.extend(digits[first..].iter().map(|&digit| char::from(digit)));
    }
    if part > 0 {
        out.push('.');
        out.push(char::from(b'0' + (part / 10) as u8));
        if part % 10 > 0 {
            out.push(char::from(b'0' + (part % 10) as u8));
        }
    }
}

/// A point in whole hundredths.
type Grid = (i64, i64);

fn grid(p: Pt) -> Grid {
    (hundredths(p.x), hundredths(p.y))
}

/// The `d` of a path: relative commands between rounded points.
pub(super) fn path_data(out: &mut String, steps: &[Step]) {
    out.reserve(steps.len() * 8);
    let (mut start, mut pen): (Grid, Grid) = ((0, 0), (0, 0));
    // The command that further numbers would belong to.
    let mut command = ' ';
    let mut fresh = false;
    for step in steps {
        match *step {
            Step::Move(p) => {
                let to = grid(p);
                push_command(out, &mut command, 'm', true);
                push_pair(out, pen, to, true);
                (start, pen) = (to, to);
                // Numbers after a move are lines.
                command = 'l';
                fresh = true;
            }
            Step::Line(p) => {
                let to = grid(p);
                // A line that rounds to nothing is left out, unless it is a dot.
                if to != pen || fresh {
                    let bare = push_command(out, &mut command, 'l', false);
                    push_pair(out, pen, to, !bare);
                    pen = to;
                }
                fresh = false;
            }
            Step::Quad(c, p) => {
                let bare = push_command(out, &mut command, 'q', false);
                push_pair(out, pen, grid(c), !bare);
                push_pair(out, pen, grid(p), false);
                pen = grid(p);
                fresh = false;
            }
            Step::Cubic(c, d, p) => {
                let bare = push_command(out, &mut command, 'c', false);
                push_pair(out, pen, grid(c), !bare);
                push_pair(out, pen, grid(d), false);
                push_pair(out, pen, grid(p), false);
                pen = grid(p);
                fresh = false;
            }
            Step::Close => {
                out.push('z');
                command = 'z';
                pen = start;
                fresh = false;
            }
        }
    }
}

/// Writes a command unless the numbers to come belong to the last one; says if it was left out.
fn push_command(out: &mut String, last: &mut char, command: char, always: bool) -> bool {
    let bare = *last == command && !always;
    if !bare {
        out.push(command);
        *last = command;
    }
    bare
}

/// The way from one point to another; `first` if it follows a letter.
fn push_pair(out: &mut String, from: Grid, to: Grid, first: bool) {
    let (dx, dy) = (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1));
    if !first && dx >= 0 {
        out.push(' ');
    }
    push_number(out, dx);
    if dy >= 0 {
        out.push(' ');
    }
    push_number(out, dy);
}

/// Text as XML content or attribute; what XML cannot hold is left out.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::scene::{Path, pt};

    fn number(value: f64) -> String {
        let mut out = String::new();
        push_number(&mut out, hundredths(value));
        out
    }

    #[test]
    fn numbers_are_as_short_as_two_decimals_allow() {
        let cases = [
            (0.0, "0"),
            (-0.001, "0"),
            (0.5, ".5"),
            (-0.05, "-.05"),
            (12.0, "12"),
            (12.5, "12.5"),
            (1234.567, "1234.57"),
            (-100.1, "-100.1"),
            (10.009, "10.01"),
        ];
        for (value, expected) in cases {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn rounding_errors_do_not_add_up_along_a_line() {
        // A thousand steps of a third: each rounds to .33 or .34, the end to 333.33.
        let path = Path::line((0..=1000).map(|i| pt(f64::from(i) / 3.0, 0.0)));
        let mut data = String::new();
        path_data(&mut data, &path.steps);
        let sum: f64 = data[1..]
            .split_whitespace()
            .step_by(2)
            .map(|dx| dx.parse::<f64>().expect("a number"))
            .sum();
        assert!((sum - 333.33).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn a_second_ring_is_relative_to_the_start_of_the_first() {
        let mut path = Path::rect(1.0, 1.0, 4.0, 4.0);
        path.add_ring([pt(2.0, 2.0), pt(3.0, 2.0), pt(3.0, 3.0)]);
        let mut data = String::new();
        path_data(&mut data, &path.steps);
        assert_eq!(data, "m1 1 4 0 0 4-4 0zm1 1 1 0 0 1z");
    }

    #[test]
    fn markup_in_text_is_harmless() {
        let mut out = String::new();
        push_escaped(&mut out, "a<b> & \"c\"\u{1}\n");
        assert_eq!(out, "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
