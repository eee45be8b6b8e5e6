//! Tests of the room as a whole, most of them on a gazetteer of a few rows.

mod choosing;
mod embedded;
mod format;
mod locating;
mod names;
mod phrases;
mod shapes;
mod sounds;

use super::{Gazetteer, Query, Resolution};

/// Two governorates and their seats, places of one name in both, and something abroad for each rule.
const ADMIN: &str = "\
id,level,name,name_ar,names_latin,names_arabic,parent,country,pcode,lat,lon,radius_km
SY,0,Syria,سوريا,Syrian Arab Republic|SYR,,,SY,SY,35,38.5,243
IQ,0,Iraq,العراق,,,,IQ,IQ,33,43.8,373
TR,0,Turkey,تركيا,Türkiye,,,TR,TR,39,35,500
SY-ID,1,Idlib,إدلب,Idleb Governorate|Idleb,محافظة إدلب,SY,SY,SY07,35.79,36.68,42
SY-HM,1,Hama,حماة,Hamah,,SY,SY,SY05,35.22,37.21,59
SY-RD,1,Rural Damascus,ريف دمشق,Rif Dimashq|Rif Damascus,,SY,SY,SY03,33.49,37.39,91
SY-DI,1,Damascus,دمشق,Dimashq,,SY,SY,SY01,33.52,36.28,6
SY-DY,1,Deir ez-Zor,دير الزور,Deir Ezzor,,SY,SY,SY09,35,40.3,90
IQ-AR,1,Erbil,أربيل,Irbil|Arbil,,IQ,IQ,IQ11,36.2,44.1,60
IQ-AN,1,Anbar,الأنبار,,,IQ,IQ,IQ01,32.9,41.6,200
SY0902,2,Abu Kamal,البوكمال,Al-Bukamal|Boukamal,,SY-DY,SY,SY0902,34.56,40.58,47
SY0503,2,Salamiyah,السلمية,,,SY-HM,SY,SY0503,35.19,37.66,44
";

const PLACES: &str = "\
id,name,lat,lon,kind,admin1,admin2,country,population,names_latin,names_arabic,source,radius_km
1,Idlib,35.9306,36.6339,city,SY-ID,,SY,128840,Idleb,إدلب,own,
2,Hama,35.1318,36.7578,city,SY-HM,,SY,460602,Hamah|Ḩamāh,حماة,own,
3,Damascus,33.5102,36.2913,capital,SY-DI,,SY,1569394,Dimashq,دمشق,own,
4,Duma,33.5719,36.4028,city,SY-RD,,SY,111864,Douma,دوما,own,
5,Ma'arrat al-Nu'man,35.6433,36.675,town,SY-ID,,SY,58008,Maaret al-Numan,معرة النعمان,own,
6,Hazano,36.0656,36.7267,village,SY-ID,,SY,,,حزانو,own,
7,Kafr Zayta,35.3735,36.6016,town,SY-HM,,SY,17052,,كفر زيتا,own,
8,Al-Bab,36.3705,37.5157,city,,,SY,144705,,الباب,own,
9,Bab,35.2,36.9,hamlet,SY-HM,,SY,,,,own,
10,Abu Kamal,34.4506,40.9171,town,SY-DY,,SY,57572,Albu Kamal,البوكمال,own,
11,'Irbin,33.5386,36.3669,town,SY-RD,,SY,45000,Arbin,عربين,own,
12,Erbil,36.1912,44.0092,city,IQ-AR,,IQ,879000,Irbil,أربيل,own,
13,Tall Ahmar,35.9,36.7,village,SY-ID,,SY,,,تل أحمر,own,
14,Tall Ahmar,35.1,36.9,village,SY-HM,,SY,,,تل أحمر,own,
15,Qadas,35.05,36.8,village,SY-HM,,SY,,,,own,
16,Qadas,37.2,36.9,village,,,TR,,,,own,
17,Marj,35.3,36.5,village,SY-HM,,SY,,,,own,
18,Marj,37.6,36.2,city,,,TR,400000,,,own,
19,Anbar,38.2,39.1,village,,,TR,,,,own,
20,Saraqib,35.8644,36.8058,town,SY-ID,,SY,32495,Saraqeb,سراقب,own,
21,Saraqib,35.8650,36.8060,village,SY-ID,,SY,,,,own,
22,Salamiyah,35.0111,37.0531,town,SY-HM,,SY,94887,Salamieh,السلمية,own,
23,Salamiyah,35.9,36.3,village,SY-ID,,SY,,,,own,
24,Jabal Zawiya,35.6,36.6,mountain,SY-ID,,SY,,,جبل الزاوية,own,
25,Gaziantep,37.0594,37.3825,city,,,TR,1065975,,,own,
26,Harf,35.5,36.2,village,,,SY,,,,own,
28,Sindar,35.6,37.1,town,SY-ID,,SY,3000,,,own,
29,Sindar,36.32,41.86,town,,,IQ,88000,,,own,
27,Ghab Plain,35.5,36.3,area,SY-HM,,SY,,,,own,25
";

fn gazetteer() -> Gazetteer {
    Gazetteer::from_csv(*b"SY", PLACES, ADMIN).expect("the test's rows are good")
}

/// The answer in a few words: "Idlib", "region: Idlib governorate", "ambiguous: Tall Ahmar, Tall Ahmar", "none".
fn answer(gazetteer: &Gazetteer, query: &Query<'_>) -> String {
    match gazetteer.resolve(query) {
        Resolution::Place(found) => found.name.to_string(),
        Resolution::Region(found) => format!("region: {}", found.name),
        Resolution::Ambiguous(candidates) => {
            let names: Vec<&str> = candidates.iter().map(|one| one.target.name()).collect();
            format!("ambiguous: {}", names.join(", "))
        }
        Resolution::Unresolved(_) => "none".to_owned(),
    }
}

/// The answer to a name without hints.
fn said(name: &str) -> String {
    answer(&gazetteer(), &Query::name(name))
}

/// The answer to a name with a hinted admin area and country; empty for none.
fn hinted(name: &str, admin1: &str, country: &str) -> String {
    answer(
        &gazetteer(),
        &Query {
            name,
            admin1: Some(admin1),
            country: Some(country),
            with: &[],
        },
    )
}
