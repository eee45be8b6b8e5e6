//! Numbers in sentences: the one place for commas and plurals.

/// A whole number with commas: `12,345`.
pub fn thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// `n thing` or `n things`, with an s.
pub fn counted(n: usize, thing: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{} {thing}{s}", thousands(n as u64))
}

/// A figure of people: "1 person", "at least 1 person", "~1 person", "0–1 people", "about 1,200 people".
pub fn of_people(figure: &str) -> String {
    let last = figure.split(' ').next_back().unwrap_or_default();
    let one = last.trim_start_matches(|c: char| !c.is_ascii_digit()) == "1";
    format!("{figure} {}", if one { "person" } else { "people" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one() {
        assert_eq!(counted(0, "flow"), "0 flows");
        assert_eq!(counted(1, "flow"), "1 flow");
        assert_eq!(counted(2041, "incident"), "2,041 incidents");
        assert_eq!(of_people("about 1"), "about 1 person");
        assert_eq!(of_people("~1"), "~1 person");
        assert_eq!(of_people("0–1"), "0–1 people");
        assert_eq!(of_people("21"), "21 people");
    }
}
