//! HXL hashtags of the columns that tables are written with: one list for all tables.
//!
//! Source: *Humanitarian Exchange Language, tagging conventions and hashtag dictionary 1.1*, hxlstandard.org. What it has
//! no attribute for has one of ours, as the conventions allow. `read::hxl` has to take each tag for the column that it
//! stands under here, which tests see to.

/// Columns and their hashtags.
const TAGS: [(&str, &str); 41] = [
    ("id", "#event+id"),
    ("date", "#date+occurred"),
    ("place", "#loc+name"),
    ("admin1", "#adm1+name"),
    // Names or codes, as the table has them.
    ("country", "#country"),
    ("lat", "#geo+lat"),
    ("lon", "#geo+lon"),
    ("precision", "#geo+precision"),
    ("kind", "#event+type"),
    ("actor", "#group+name"),
    ("target", "#group+name+target"),
    ("count", "#indicator+munitions+num"),
    ("killed", "#affected+killed"),
    ("injured", "#affected+injured"),
    ("origin", "#loc+name+origin"),
    ("destination", "#loc+name+dest"),
    ("people", "#affected+idps"),
    ("source", "#meta+source"),
    ("url", "#meta+url"),
    ("published", "#date+reported"),
    ("quote", "#meta+quote"),
    ("note", "#description"),
    ("sensitive", "#meta+sensitive"),
    // Of drafts.
    ("confidence", "#meta+confidence"),
    ("article", "#meta+file"),
    // Of lists of what is left out, and of what is one event.
    ("table", "#meta+table"),
    ("rows", "#meta+rows"),
    ("reason", "#status+reason"),
    ("detail", "#description+detail"),
    ("group", "#meta+group"),
    ("sources", "#meta+source+list"),
    // Of resolved names.
    ("resolved_status", "#status+resolved"),
    ("resolved_name", "#loc+name+resolved"),
    ("resolved_lat", "#geo+lat+resolved"),
    ("resolved_lon", "#geo+lon+resolved"),
    ("resolved_admin1", "#adm1+name+resolved"),
    ("resolved_country", "#country+code+resolved"),
    ("resolved_precision", "#geo+precision+resolved"),
    ("resolved_radius_km", "#geo+radius+km+resolved"),
    ("resolved_score", "#meta+score+resolved"),
    ("resolved_basis", "#meta+basis+resolved"),
];

/// The hashtag of a column; empty, as HXL has it, where there is none.
pub fn hashtag(column: &str) -> &'static str {
    let found = TAGS.iter().find(|(name, _)| *name == column);
    found.map_or("", |(_, tag)| tag)
}

#[cfg(test)]
mod tests {
    use csv::StringRecord;
    use itertools::Itertools;

    use super::*;

    #[test]
    fn tags_are_as_the_conventions_have_them_and_stand_once() {
        for (column, tag) in TAGS {
            let (base, attributes) = tag.split_once('+').unwrap_or((tag, ""));
            let word = |word: &str| {
                word.starts_with(|c: char| c.is_ascii_lowercase())
                    && word
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            };
            assert!(base.strip_prefix('#').is_some_and(word), "{column}: {tag}");
            let attributes: Vec<&str> = attributes.split('+').filter(|a| !a.is_empty()).collect();
            assert!(attributes.iter().all(|one| word(one)), "{column}: {tag}");
        }
        assert!(TAGS.iter().map(|(column, _)| column).all_unique());
        assert!(TAGS.iter().map(|(_, tag)| tag).all_unique());
        let tags: StringRecord = TAGS.iter().map(|(_, tag)| *tag).chain([""]).collect();
        assert!(crate::read::is_hashtags(&tags));
    }
}
