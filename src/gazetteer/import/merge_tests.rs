//! What is one place, and what is not.

use super::*;

fn spot(id: &str, name: &str, lat: f64, lon: f64) -> Spot {
    let mut names = name.split('|').map(str::to_owned);
    Spot {
        sure: Sure::Kind,
        row: PlaceRow {
            id: id.to_owned(),
            name: names.next().unwrap(),
            lat,
            lon,
            kind: PlaceKind::Village,
            admin1: String::new(),
            admin2: String::new(),
            country: *b"SY",
            population: 0,
            radius_km: 0.0,
            layers: 1,
            names_latin: names.collect(),
            names_arabic: Vec::new(),
            at: ("a.csv".to_owned(), 2),
        },
    }
}

fn ids(layers: Vec<Vec<Spot>>) -> Vec<String> {
    merge(layers).0.into_iter().map(|row| row.id).collect()
}

#[test]
fn one_place_of_two_files_is_one() {
    let merged = merge(vec![
        vec![spot("own", "Kafr Nuran", 36.0, 36.9)],
        vec![spot("theirs", "Kafar Nouran|Kafr Nūrān", 36.01, 36.91)],
    ]);
    let [row] = merged.0.as_slice() else {
        panic!("{:?}", merged.0)
    };
    assert_eq!((row.id.as_str(), row.lat), ("own", 36.0));
    assert_eq!(row.names_latin, ["Kafar Nouran", "Kafr Nūrān"]);
}

#[test]
fn three_in_a_row_do_not_chain() {
    // 2.2 km from one to the next.
    let row = vec![
        spot("1", "Tall", 36.00, 37.0),
        spot("2", "Tall", 36.02, 37.0),
        spot("3", "Tall", 36.04, 37.0),
    ];
    assert_eq!(ids(vec![row]), ["1", "3"]);
}

#[test]
fn a_third_file_shows_that_two_are_one_but_not_that_two_of_one_file_are() {
    let third = || vec![spot("c", "Maarrat|Ma'ra", 36.005, 37.0)];
    assert_eq!(
        ids(vec![
            vec![spot("a", "Maarrat", 36.0, 37.0)],
            vec![spot("b", "Ma'ra", 36.01, 37.0)],
            third()
        ]),
        ["a"]
    );
    assert_eq!(
        ids(vec![
            vec![
                spot("a", "Maarrat", 36.0, 37.0),
                spot("b", "Ma'ra", 36.01, 37.0)
            ],
            third()
        ])
        .len(),
        2
    );
}

#[test]
fn neighbours_of_one_file_with_a_shared_byname_are_two() {
    let file = vec![
        spot("a", "Shamaliyat|Naqib", 36.0, 37.0),
        spot("b", "Naqib", 36.01, 37.0),
    ];
    assert_eq!(ids(vec![file]), ["a", "b"]);
    let file = vec![
        spot("a", "Hamidiah|Hamdiye", 36.0, 37.0),
        spot("b", "Hamidiyyah al Qadimah|Hamdiye", 36.001, 37.0),
    ];
    assert_eq!(ids(vec![file]), ["a"], "111 m apart");
}

#[test]
fn a_camp_beside_its_town_stays() {
    let mut camp = spot("camp", "Atma", 36.0, 37.0);
    camp.row.kind = PlaceKind::Camp;
    assert_eq!(
        ids(vec![vec![spot("town", "Atma", 36.0, 37.0)], vec![camp]]).len(),
        2
    );
}

#[test]
fn a_kind_that_is_only_guessed_gives_way() {
    let mut own = spot("own", "Menagh", 36.5, 37.0);
    own.sure = Sure::Nothing;
    let mut base = spot("base", "Menagh", 36.51, 37.0);
    base.row.kind = PlaceKind::Base;
    let (rows, _) = merge(vec![vec![own], vec![base]]);
    assert_eq!((rows.len(), rows[0].kind), (1, PlaceKind::Base));
}

#[test]
fn the_date_line_parts_nothing() {
    let merged = ids(vec![
        vec![spot("w", "Tavatava", -17.0, 179.995)],
        vec![spot("e", "Tavatava", -17.0, -179.995)],
    ]);
    assert_eq!(merged, ["w"]);
}

proptest::proptest! {
    #[test]
    fn what_is_near_is_found(lat in -89.0..89.0_f64, lon in -180.0..180.0_f64, bearing in 0.0..360.0_f64, off in 0.0..2990.0_f64) {
        use geo::Destination;
        let to = Haversine.destination(Point::new(lon, lat), bearing, off);
        let other = spot("b", "X", to.y(), to.x());
        proptest::prop_assert_eq!(ids(vec![vec![spot("a", "X", lat, lon)], vec![other]]).len(), 1);
    }
}
