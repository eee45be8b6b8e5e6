//! Names of seas: where each may be written. The basemap has land only.

/// Name in English, in Arabic, and places in its midst: longitude, latitude in degrees.
pub(super) struct Sea {
    pub name: &'static str,
    pub name_ar: &'static str,
    places: &'static [(f64, f64)],
    /// Degrees from such a place in which the name is right.
    reach: f64,
}

const fn sea(name: &'static str, name_ar: &'static str, places: &'static [(f64, f64)]) -> Sea {
    Sea {
        name,
        name_ar,
        places,
        reach: 8.0,
    }
}

/// A sea too small for its name to stray.
const fn gulf(name: &'static str, name_ar: &'static str, places: &'static [(f64, f64)]) -> Sea {
    Sea {
        reach: 2.2,
        ..sea(name, name_ar, places)
    }
}

static SEAS: &[Sea] = &[
    sea(
        "Mediterranean Sea",
        "البحر الأبيض المتوسط",
        &[
            (34.0, 34.0),
            (29.0, 33.5),
            (22.0, 34.5),
            (18.0, 36.5),
            (12.0, 40.0),
            (5.0, 40.0),
            (-1.0, 36.5),
            (35.0, 35.8),
        ],
    ),
    sea(
        "Black Sea",
        "البحر الأسود",
        &[
            (31.0, 43.5),
            (36.0, 43.5),
            (39.5, 42.5),
            (31.5, 45.5),
            (33.5, 44.6),
            (37.5, 44.3),
        ],
    ),
    gulf("Sea of Azov", "بحر آزوف", &[(36.5, 46.1), (37.6, 46.5)]),
    sea(
        "Red Sea",
        "البحر الأحمر",
        &[(34.5, 27.0), (36.5, 24.0), (38.5, 20.0), (41.0, 16.0)],
    ),
    gulf("Gulf of Aden", "خليج عدن", &[(47.5, 12.5)]),
    sea(
        "Arabian Sea",
        "بحر العرب",
        &[(58.0, 16.0), (63.0, 20.0), (66.0, 14.0), (55.0, 12.0)],
    ),
    // Its name is disputed: the neutral word of news agencies.
    gulf(
        "The Gulf",
        "الخليج",
        &[(49.5, 28.5), (51.5, 26.8), (54.0, 25.2)],
    ),
    gulf("Gulf of Oman", "خليج عمان", &[(58.5, 24.8)]),
    sea(
        "Caspian Sea",
        "بحر قزوين",
        &[(51.0, 38.5), (50.5, 42.0), (49.0, 44.5)],
    ),
    gulf("Aegean Sea", "بحر إيجه", &[(25.0, 39.0), (25.5, 37.0)]),
    gulf(
        "Adriatic Sea",
        "البحر الأدرياتيكي",
        &[(16.0, 42.8), (18.0, 41.5)],
    ),
    sea("Baltic Sea", "بحر البلطيق", &[(19.5, 57.5), (18.0, 55.5)]),
    sea(
        "Indian Ocean",
        "المحيط الهندي",
        &[(52.0, 2.0), (46.0, -4.0), (60.0, -10.0), (80.0, -5.0)],
    ),
    sea(
        "Bay of Bengal",
        "خليج البنغال",
        &[(88.0, 15.0), (91.0, 19.0)],
    ),
    sea("Andaman Sea", "بحر أندامان", &[(96.0, 12.0)]),
    sea(
        "South China Sea",
        "بحر الصين الجنوبي",
        &[(113.0, 14.0), (110.0, 8.0)],
    ),
    sea("Gulf of Guinea", "خليج غينيا", &[(3.0, 3.0), (7.0, 3.0)]),
    sea(
        "Atlantic Ocean",
        "المحيط الأطلسي",
        &[
            (-20.0, 15.0),
            (-25.0, 25.0),
            (-35.0, 0.0),
            (5.0, -15.0),
            (-50.0, 35.0),
            (-78.0, 30.0),
        ],
    ),
    sea("Mozambique Channel", "قناة موزمبيق", &[(41.0, -17.0)]),
    sea(
        "Caribbean Sea",
        "البحر الكاريبي",
        &[(-75.0, 15.0), (-68.0, 14.5)],
    ),
    sea("Gulf of Mexico", "خليج المكسيك", &[(-90.0, 25.0)]),
    sea(
        "Pacific Ocean",
        "المحيط الهادئ",
        &[
            (-95.0, 8.0),
            (-120.0, 25.0),
            (150.0, 20.0),
            (-85.0, -10.0),
            (175.0, -15.0),
            (130.0, 12.0),
        ],
    ),
];

/// The sea at a place: that of the nearest of the places above within its reach.
pub(super) fn at(lon: f64, lat: f64) -> Option<&'static Sea> {
    let east = lat.to_radians().cos();
    let distance = |&(x, y): &(f64, f64)| (crate::ground::wrap(x - lon) * east).hypot(y - lat);
    SEAS.iter()
        .map(|s| {
            (
                s.places.iter().map(distance).fold(f64::INFINITY, f64::min),
                s,
            )
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(d, s)| *d < s.reach)
        .map(|(_, s)| s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_sea_at_a_place() {
        assert_eq!(at(35.2, 34.9).map(|s| s.name), Some("Mediterranean Sea"));
        assert_eq!(at(33.0, 44.5).map(|s| s.name), Some("Black Sea"));
        assert_eq!(at(37.5, 20.5).map(|s| s.name), Some("Red Sea"));
        assert_eq!(at(36.5, 46.0).map(|s| s.name), Some("Sea of Azov"));
        assert_eq!(at(34.3, 44.0).map(|s| s.name), Some("Black Sea"));
        assert!(at(-150.0, 60.0).is_none());
    }
}
