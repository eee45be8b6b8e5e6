//! The vocabulary of place phrases: small tables of folded words. Included by the build script too.

/// Words for an administrative area that stand before or after its name, with the level they speak of: 1 for
/// governorate and the like, 2 for district.
pub const ADMIN_WORDS: &[(&str, u8)] = &[
    ("governorate", 1),
    ("governorates", 1),
    ("province", 1),
    ("provinces", 1),
    ("gouvernorat", 1),
    ("muhafazat", 1),
    ("muhafaza", 1),
    ("muhafazah", 1),
    ("mohafazat", 1),
    ("vilayet", 1),
    ("ili", 1),
    ("oblast", 1),
    ("oblasts", 1),
    ("state", 1),
    ("states", 1),
    ("wilaya", 1),
    ("emirate", 1),
    ("district", 2),
    ("districts", 2),
    ("mintaqat", 2),
    ("mintaqa", 2),
    ("qada", 2),
    ("qadaa", 2),
    ("caza", 2),
    ("محافظه", 1),
    ("مقاطعه", 1),
    ("پاريزكاي", 1),
    ("منطقه", 2),
    ("قضاء", 2),
];

/// Countries around the home region: ISO alpha-2, alpha-3, and the words for what belongs to them. Names are in the
/// gazetteer; this is what a list of names does not have.
pub const COUNTRIES: &[(&str, &str, &[&str])] = &[
    ("SY", "syr", &["syrian", "سوري", "سوريه"]),
    ("IQ", "irq", &["iraqi", "عراقي", "عراقيه"]),
    ("TR", "tur", &["turkish", "تركي", "تركيه"]),
    ("LB", "lbn", &["lebanese", "لبناني", "لبنانيه"]),
    ("JO", "jor", &["jordanian", "اردني", "اردنيه"]),
    ("IL", "isr", &["israeli", "اسرائيلي", "اسرائيليه"]),
    ("PS", "pse", &["palestinian", "فلسطيني", "فلسطينيه"]),
    ("IR", "irn", &["iranian", "ايراني", "ايرانيه"]),
    ("SA", "sau", &["saudi", "سعودي", "سعوديه"]),
    ("KW", "kwt", &["kuwaiti"]),
    ("EG", "egy", &["egyptian"]),
    ("CY", "cyp", &["cypriot"]),
    ("YE", "yem", &["yemeni"]),
    ("UA", "ukr", &["ukrainian"]),
    ("RU", "rus", &["russian"]),
    ("SD", "sdn", &["sudanese"]),
    ("TD", "tcd", &["chadian"]),
    ("LY", "lby", &["libyan"]),
    ("ET", "eth", &["ethiopian"]),
    ("ER", "eri", &["eritrean"]),
    ("BY", "blr", &["belarusian"]),
    ("PL", "pol", &["polish"]),
    ("OM", "omn", &["omani"]),
];

/// What the names of some areas are without their word: a sea, a river, a direction, a common noun.
const SOMETHING_ELSE: &[&str] = &[
    "red sea",
    "blue nile",
    "white nile",
    "river nile",
    "nile river",
    "nahr an nil",
    "northern",
    "unity",
    "lakes",
];

/// The level an admin word speaks of.
pub fn admin_word(folded: &str) -> Option<u8> {
    ADMIN_WORDS
        .iter()
        .find(|(word, _)| *word == folded)
        .map(|(_, level)| *level)
}

/// `name` without an administrative word at its head or tail ("Idlib Governorate" → "Idlib"), if it has one.
///
/// Words are compared folded; what is left keeps its spelling.
pub fn without_admin_word(name: &str) -> Option<&str> {
    let name = name.trim();
    let is_admin = |word: &str| admin_word(&super::fold::folded(word)).is_some();
    if let Some((head, last)) = name.rsplit_once(char::is_whitespace)
        && is_admin(last)
    {
        return Some(head.trim_end());
    }
    let (first, tail) = name.split_once(char::is_whitespace)?;
    is_admin(first).then(|| {
        tail.trim_start()
            .strip_prefix("of ")
            .unwrap_or(tail)
            .trim_start()
    })
}

/// As [`without_admin_word`], unless what is left would be something else: "Red Sea State" is not the Red Sea.
pub fn bare_name(name: &str) -> Option<&str> {
    without_admin_word(name)
        .filter(|bare| !SOMETHING_ELSE.contains(&super::fold::folded(bare).as_str()))
}
