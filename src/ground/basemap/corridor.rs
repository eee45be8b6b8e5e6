//! The ground of one country along its border with another.
//!
//! The border's lines are widened on a local plane, and what lies outside of the country is cut off.

use std::sync::Arc;

use geo::{BooleanOps, BoundingRect, Buffer, MultiLineString, MultiPolygon, Simplify};

use super::super::Plane;
use super::{Basemap, BorderClass};

/// The lines are simplified to this part of the width before they are widened.
const DETAIL: f64 = 0.05;

impl Basemap {
    /// The ground of the country `own` within `km` kilometres of its border with the country `with`, both as ISO 3166-1
    /// alpha-2 codes, and within `give_km` beyond it. `None` if they have no common border.
    pub fn border_ground(
        &self,
        own: &str,
        with: &str,
        km: f64,
        give_km: f64,
    ) -> Option<Arc<MultiPolygon>> {
        let country = self.country_by_code(own)?;
        let lines: MultiLineString = self
            .borders(country.bbox)
            .into_iter()
            .filter(|border| matches!(border.class, BorderClass::Land | BorderClass::Disputed))
            .filter(|border| {
                let mut units: Vec<&str> = border.units.split(' ').collect();
                units.sort_unstable();
                let mut wanted = [own, with];
                wanted.sort_unstable();
                units == wanted
            })
            .flat_map(|border| border.lines)
            .collect();
        let plane = Plane::at(lines.bounding_rect()?.center().y);
        let lines = plane.to_km(&lines);
        let strip = lines.simplify(km * DETAIL).buffer(km);
        let within = plane.to_km(&*country.geometry);
        let mut ground = strip.intersection(&within);
        if give_km > 0.0 {
            ground = ground.union(&lines.simplify(give_km * DETAIL).buffer(give_km));
        }
        let ground = plane.to_degrees(&ground);
        (!ground.0.is_empty()).then(|| Arc::new(ground))
    }
}

#[cfg(test)]
mod tests {
    use geo::{Contains, Point};

    use super::*;

    #[test]
    fn runs_along_the_border_on_one_side() {
        let ground = Basemap::embedded()
            .border_ground("SY", "TR", 25.0, 2.0)
            .unwrap();
        let holds = |lon, lat| ground.contains(&Point::new(lon, lat));
        assert!(holds(36.70, 36.23), "Sarmada, 5 km from the border");
        assert!(holds(41.22, 37.04), "Qamishli");
        assert!(!holds(36.67, 35.64), "Maarrat al-Numan, 60 km from it");
        assert!(!holds(37.38, 37.06), "Gaziantep, on the other side");
        assert!(
            Basemap::embedded()
                .border_ground("SY", "EG", 25.0, 2.0)
                .is_none()
        );
    }
}
