//! The compiled form: bad rows are told, bad bytes are refused, good ones repeat.

use proptest::prelude::*;

use super::super::compile::{HEADER, MAGIC, compile, seal};
use super::super::{Gazetteer, LoadError, Query, read_admin, read_places};
use super::{ADMIN, PLACES, gazetteer};

fn bytes() -> Vec<u8> {
    let mut problems = Vec::new();
    let admins = read_admin("admin.csv", ADMIN.as_bytes(), &mut problems);
    let places = read_places("places.csv", PLACES.as_bytes(), &mut problems);
    assert_eq!(problems, Vec::new());
    compile(*b"SY", &admins, &places, &[]).unwrap()
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    assert_eq!(bytes(), bytes());
}

#[test]
fn rows_come_back_as_they_were() {
    let gazetteer = gazetteer();
    let town = gazetteer.places().nth(4).unwrap();
    assert_eq!(
        (town.id(), town.name(), town.name_arabic()),
        ("5", "Ma'arrat al-Nu'man", Some("معرة النعمان"))
    );
    assert_eq!(
        town.names().collect::<Vec<_>>(),
        ["Ma'arrat al-Nu'man", "Maaret al-Numan", "معرة النعمان"]
    );
    assert_eq!(
        (town.population(), town.country()),
        (Some(58008), "SY".to_owned())
    );
    assert_eq!((town.point().x(), town.point().y()), (36.675, 35.6433));
    let idlib = gazetteer.admin("SY-ID").unwrap();
    assert_eq!(
        (idlib.pcode(), idlib.level(), idlib.disc().unwrap().1),
        (Some("SY07"), 1, 42.0)
    );
    assert_eq!(town.admin1(), Some(idlib));
    assert!(
        idlib.is_within(gazetteer.country(*b"SY").unwrap())
            && !idlib.is_within(gazetteer.country(*b"IQ").unwrap())
    );
}

#[test]
fn bad_cells_are_told_with_row_and_column() {
    let bad = PLACES
        .replace("35.9306", "95.9")
        .replace("460602", "many")
        .replace(",capital,", ",metropolis,")
        .replace("SY-RD,,SY,111864", "SY-XX,,SY,111864")
        .replace("\n6,", "\n5,")
        .replace("17052,,", "17052,,,,");
    let problems = Gazetteer::from_csv(*b"SY", &bad, ADMIN).unwrap_err();
    let told: Vec<(u64, &str)> = problems
        .iter()
        .map(|problem| (problem.row, problem.column))
        .collect();
    assert_eq!(told, [(2, "lat"), (3, "population"), (4, "kind"), (8, "")]);
    assert!(
        problems[2]
            .to_string()
            .starts_with("places.csv:4: column kind: “metropolis” is not a kind of place"),
        "{}",
        problems[2]
    );
    let bad = PLACES
        .replace("SY-RD,,SY,111864", "SY-XX,,SY,111864")
        .replace("\n6,", "\n5,");
    let problems = Gazetteer::from_csv(*b"SY", &bad, ADMIN).unwrap_err();
    let told: Vec<(u64, &str)> = problems
        .iter()
        .map(|problem| (problem.row, problem.column))
        .collect();
    assert_eq!(told, [(7, "id"), (5, "admin1")]);
    let missing = PLACES.replace("population", "people");
    assert_eq!(
        Gazetteer::from_csv(*b"SY", &missing, ADMIN).unwrap_err()[0].column,
        "population"
    );
}

#[test]
fn other_bytes_are_refused_with_a_reason() {
    let good = bytes();
    let load = |bytes: &[u8]| Gazetteer::load(bytes.to_vec()).map(|_| ());
    assert_eq!(load(&good), Ok(()));
    assert_eq!(load(b""), Err(LoadError::NotAGazetteer));
    assert_eq!(
        load(b"id,name,lat,lon,kind,admin1"),
        Err(LoadError::NotAGazetteer)
    );
    let mut newer = good.clone();
    newer[MAGIC.len()] = 200;
    assert_eq!(load(&newer), Err(LoadError::Version(200)));
    for length in [
        MAGIC.len(),
        HEADER - 1,
        HEADER,
        good.len() / 2,
        good.len() - 1,
    ] {
        assert!(load(&good[..length]).is_err(), "cut off at {length}");
    }
}

#[test]
fn the_embedded_bytes_are_whole() {
    assert!(Gazetteer::load(Gazetteer::embedded_bytes()).is_ok());
}

proptest! {
    #[test]
    fn damaged_bytes_are_told(at in 0_usize..100_000, change in 1_u8..) {
        let mut bytes = bytes();
        let at = at % bytes.len();
        bytes[at] ^= change;
        prop_assert!(Gazetteer::load(bytes).is_err());
    }

    /// Bytes that somebody made wrong on purpose have the right checksum.
    #[test]
    fn forged_bytes_never_panic(at in 0_usize..100_000, byte: u8, length in 1_usize..5) {
        let mut bytes = bytes();
        let at = MAGIC.len() + at % (bytes.len() - MAGIC.len());
        bytes.iter_mut().skip(at).take(length).for_each(|old| *old = byte);
        seal(&mut bytes);
        if let Ok(gazetteer) = Gazetteer::load(bytes) {
            for name in ["Idlib", "Tall Ahmar", "southern Idlib and northern Hama", "Kafr Zeyta", "Boukamal"] {
                let _ = gazetteer.resolve(&Query { admin1: Some("Hama"), ..Query::name(name) });
                let _ = gazetteer.resolve(&Query::name(name));
            }
            prop_assert!(gazetteer.places().all(|place| place.point().y().abs() <= 90.0));
            let _ = gazetteer.admin_areas().map(|area| area.title().len()).sum::<usize>();
        }
    }
}
