//! Words on the map in Arabic: figures, and the names of vague places as the gazetteer makes them
//! ("southern Idlib governorate", "border of Syria with Turkey").
//!
//! Only what is known all through is said; the rest keeps its Latin letters.

/// Names in English and in Arabic.
pub(super) type Known = [(String, String)];

/// A note of the map; `None` if any part of it is unknown.
pub(super) fn note(text: &str, known: &Known) -> Option<String> {
    if let Some(text) = text.strip_suffix("; date uncertain") {
        return Some(format!("{}، {UNCERTAIN}", note(text, known)?));
    }
    let whole = match text {
        "date uncertain" => Some(UNCERTAIN),
        "No incidents in this period" => Some("لا حوادث في هذه الفترة"),
        "No displacement in this period" => Some("لا نزوح في هذه الفترة"),
        _ => None,
    };
    if let Some(whole) = whole {
        return Some(whole.to_owned());
    }
    for (word, in_arabic) in [
        (" somewhere in ", "في مكان ما في"),
        (" along the ", "على طول"),
        (" in ", "في"),
    ] {
        if let Some((count, place)) = text.split_once(word)
            && let (Some(count), Some(place)) = (tally(count), name(place, known))
        {
            return Some(format!("{count} {in_arabic} {place}"));
        }
    }
    if let Some(place) = text.strip_prefix("somewhere in ") {
        return Some(format!("في مكان ما في {}", name(place, known)?));
    }
    tally(text).or_else(|| name(text, known))
}

const UNCERTAIN: &str = "التاريخ غير مؤكد";

/// A figure, with what it counts.
fn tally(text: &str) -> Option<String> {
    if text == "toll unknown" {
        return Some("الحصيلة غير معروفة".to_owned());
    }
    match text.strip_suffix(" killed") {
        // "The killing of" agrees with any number.
        Some(figure_of) => Some(format!("مقتل {}", figure(figure_of)?)),
        None => figure(text),
    }
}

/// A number with its bounds.
fn figure(text: &str) -> Option<String> {
    let is_number = |t: &str| {
        t.starts_with(|c: char| c.is_ascii_digit())
            && t.chars().all(|c| c.is_ascii_digit() || c == ',')
    };
    if is_number(text) {
        return Some(text.to_owned());
    }
    if let Some((low, high)) = text.split_once('–') {
        return (is_number(low) && is_number(high)).then(|| format!("من {low} إلى {high}"));
    }
    if let Some(rest) = text.strip_prefix("part of ") {
        return Some(format!("جزء من {}", figure(rest)?));
    }
    if let Some(rest) = text.strip_prefix("at least ") {
        return Some(format!("{} على الأقل", figure(rest)?));
    }
    let (word, in_arabic) = [("about ", "نحو"), ("up to ", "حتى")]
        .into_iter()
        .find(|(word, _)| text.starts_with(word))?;
    Some(format!("{in_arabic} {}", figure(text.get(word.len()..)?)?))
}

/// The name of a place, or of a part of one.
fn name(text: &str, known: &Known) -> Option<String> {
    if let Some((_, arabic)) = known
        .iter()
        .find(|(latin, _)| latin.eq_ignore_ascii_case(text))
    {
        return Some(arabic.clone());
    }
    for (word, in_arabic) in [(" governorate", "محافظة"), (" province", "محافظة")] {
        if let Some(area) = text.strip_suffix(word)
            && let Some((_, arabic)) = known.iter().find(|(latin, _)| latin == area)
        {
            return Some(format!("{in_arabic} {arabic}"));
        }
    }
    if let Some(rest) = text.strip_prefix("border of ") {
        let both = |word: &str| {
            let (a, b) = rest.split_once(word)?;
            Some((name(a, known)?, name(b, known)?))
        };
        return both(" with ")
            .map(|(a, b)| format!("حدود {a} مع {b}"))
            .or_else(|| both(" and ").map(|(a, b)| format!("حدود {a} و{b}")));
    }
    let (word, in_arabic) = [
        ("northern ", "شمال"),
        ("southern ", "جنوب"),
        ("eastern ", "شرق"),
        ("western ", "غرب"),
        ("north-eastern ", "شمال شرق"),
        ("north-western ", "شمال غرب"),
        ("south-eastern ", "جنوب شرق"),
        ("south-western ", "جنوب غرب"),
        ("central ", "وسط"),
        ("around ", "محيط"),
        ("countryside of ", "ريف"),
    ]
    .into_iter()
    .find(|(word, _)| text.starts_with(word))?;
    Some(format!(
        "{in_arabic} {}",
        name(text.get(word.len()..)?, known)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<(String, String)> {
        [("Idlib", "إدلب"), ("Syria", "سوريا"), ("Turkey", "تركيا")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .to_vec()
    }

    #[test]
    fn figures_and_vague_places_are_said_in_arabic() {
        let known = known();
        for (text, expected) in [
            ("1,200", "1,200"),
            ("IDLIB", "إدلب"),
            ("about 6,000", "نحو 6,000"),
            ("4,000–9,000", "من 4,000 إلى 9,000"),
            ("part of at least 5,000", "جزء من 5,000 على الأقل"),
            ("border of Syria with Turkey", "حدود سوريا مع تركيا"),
            ("3 in southern Idlib governorate", "3 في جنوب محافظة إدلب"),
            (
                "2 somewhere in Syria; date uncertain",
                "2 في مكان ما في سوريا، التاريخ غير مؤكد",
            ),
            ("toll unknown in Idlib", "الحصيلة غير معروفة في إدلب"),
            ("at least 9 killed in Idlib", "مقتل 9 على الأقل في إدلب"),
        ] {
            assert_eq!(note(text, &known).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_all_through_stays_as_it_is() {
        for text in ["3 in southern Narnia", "many in Idlib", "", "about", "1–x"] {
            assert_eq!(note(text, &known()), None, "{text}");
        }
    }
}
