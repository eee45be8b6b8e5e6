use super::*;
use crate::analyse::classes::Classing;
use crate::gazetteer::Gazetteer;
use crate::ground::ProjectionChoice;
use crate::layer::{Guard, Locator, Window, place_incidents};
use crate::read::{ReadOptions, incidents_from_bytes};
use crate::record::incidents;

fn placed(rows: &str) -> Vec<Placed> {
    let table = format!("id,date,place,lat,lon,precision,kind,killed,count\n{rows}");
    let read = incidents_from_bytes("table", table.as_bytes(), &ReadOptions::default()).unwrap();
    let basemap = Basemap::embedded();
    let mut locator = Locator::new(Gazetteer::embedded(), basemap);
    place_incidents(
        incidents(read.records),
        Window::default(),
        Guard::default(),
        &mut locator,
    )
    .records
}

fn density_of(placed: &[Placed], rule: &DensityRule) -> Layer<DensityAttributes, DensityStyle> {
    let extent = Extent::new(35.5, 34.5, 38.5, 37.0).unwrap();
    let plane = Projection::for_extent(ProjectionChoice::default(), &extent).unwrap();
    let ground = Ground {
        extent,
        plane: &plane,
        basemap: Basemap::embedded(),
    };
    layer(placed, &ground, rule, None, Detail::Full).unwrap()
}

#[test]
fn a_place_on_the_coast_is_spread_over_its_land() {
    // within 25 km of Latakia: half of that is sea
    let one = placed("a,2020-01-01,,35.52,35.77,2,air strike,1,\n");
    let rule = DensityRule {
        method: DensityMethod::Hexagons,
        hexagon_km: Some(4.0),
        ..DensityRule::default()
    };
    let layer = density_of(&one, &rule);
    let total: f64 = layer
        .features
        .iter()
        .filter_map(|f| f.attributes.total)
        .sum();
    assert!((total - 1.0).abs() < 1e-9, "{total}");
    let at_sea = layer.features.iter().filter(|hexagon| {
        // 8 km off the coast and further
        let bounds = geo::BoundingRect::bounding_rect(&hexagon.geometry).unwrap();
        bounds.max().x < 35.66
    });
    assert_eq!(at_sea.count(), 0);
    assert!(layer.features.len() > 40, "{}", layer.features.len());
}

#[test]
fn weights_are_the_figures_that_they_say() {
    let table = "a,2020-01-01,,35.9,36.6,1,air strike,6-10,3\n\
                 b,2020-01-01,,35.9,36.6,1,air strike,>=2,\n\
                 c,2020-01-01,,35.9,36.6,1,air strike,,>=4\n\
                 d,2020-01-01,,35.9,36.6,1,air strike,<=5,\n\
                 e,2020-01-01,,35.9,36.6,1,air strike,~60,\n";
    let all = placed(table);
    for (weight, expected) in [
        (DensityWeight::Incidents, 5.0),
        (DensityWeight::KilledLow, 6.0 + 2.0 + 0.0 + 60.0),
        (DensityWeight::KilledHigh, 10.0 + 2.0 + 5.0 + 60.0),
        (DensityWeight::Killed, 8.0 + 2.0 + 5.0 + 60.0),
        (DensityWeight::Count, 3.0 + 1.0 + 4.0 + 1.0 + 1.0),
    ] {
        let rule = DensityRule {
            method: DensityMethod::Hexagons,
            weight,
            ..DensityRule::default()
        };
        let found = density_of(&all, &rule).features;
        let [one] = &found[..] else {
            panic!("one hexagon: {found:?}");
        };
        assert_eq!(one.attributes.total, Some(expected), "{weight:?}");
    }
}

#[test]
fn classes_of_a_field_are_as_many_as_asked_for() {
    let rows: Vec<String> = (0..60)
        .map(|i| {
            let (x, y) = (f64::from(i % 8), f64::from(i * i % 60));
            format!(
                "i{i},2020-01-01,,{:.3},{:.3},1,air strike,1,",
                35.2 + 0.02 * y,
                36.2 + 0.1 * x
            )
        })
        .collect();
    let all = placed(&(rows.join("\n") + "\n"));
    for classing in [Classing::Round, Classing::Quantiles, Classing::Jenks] {
        for classes in [3, 7] {
            let rule = DensityRule {
                classing,
                classes,
                bandwidth: Bandwidth::Km(8.0),
                ..DensityRule::default()
            };
            let layer = density_of(&all, &rule);
            assert_eq!(layer.style.breaks.len(), classes + 1, "{classing:?}");
            assert_eq!(layer.features.len(), classes, "{classing:?}");
        }
    }
}

#[test]
fn a_value_has_the_class_of_the_edge_below() {
    let edges = [1.0, 2.0, 5.0];
    assert_eq!(class_of(0.9, &edges), (0, None, None));
    assert_eq!(class_of(1.0, &edges), (1, Some(1.0), Some(2.0)));
    assert_eq!(class_of(4.9, &edges), (2, Some(2.0), Some(5.0)));
    assert_eq!(class_of(7.0, &edges), (2, Some(2.0), Some(5.0)));
    assert_eq!(class_of(7.0, &[]), (0, None, None));
}
