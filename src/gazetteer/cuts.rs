//! Areas that the base map has within another one: the new governorates of Lebanon, the governorates of the Gaza Strip.
//!
//! Each is what lies between lines that are drawn by hand, from the towns on either side: good to about two kilometres.
//! Nothing is cut where outlines of the area itself are known.

use std::sync::Arc;

use geo::{BooleanOps, Coord, LineString, MultiPolygon, Polygon};

use super::locate::AdminGeometry;
use super::place::AdminArea;

/// A line from west to east, longitude and latitude.
type Line = &'static [(f64, f64)];

struct Cut {
    id: &'static str,
    /// The area that the base map has.
    of: &'static str,
    north_of: Option<Line>,
    south_of: Option<Line>,
    /// Where this one's outline is known, the area is not cut; the area itself, if empty.
    unless: &'static str,
}

/// From the ridge of Sannine by Niha and Ali al-Nahri (south) and Bednayel and Nabi Chit (north) to the border.
const BAALBEK: Line = &[
    (35.60, 33.97),
    (35.87, 33.97),
    (35.93, 33.94),
    (35.985, 33.905),
    (36.02, 33.875),
    (36.07, 33.85),
    (36.10, 33.82),
    (36.30, 33.76),
    (36.90, 33.76),
];
/// Up the Nahr al-Bared, and along the ridge between Danniyeh and Akkar.
const AKKAR: Line = &[
    (35.80, 34.54),
    (35.96, 34.515),
    (36.02, 34.49),
    (36.08, 34.455),
    (36.14, 34.43),
    (36.22, 34.42),
    (36.50, 34.40),
    (36.90, 34.40),
];
/// Between Shati and Sheikh Radwan (south), and Jabalia and Beit Lahia (north).
const JABALIA: Line = &[
    (34.40, 31.58),
    (34.452, 31.548),
    (34.472, 31.528),
    (34.495, 31.513),
    (34.56, 31.47),
];
/// Wadi Gaza.
const WADI_GAZA: Line = &[
    (34.30, 31.49),
    (34.375, 31.466),
    (34.40, 31.458),
    (34.43, 31.44),
    (34.52, 31.40),
];
/// North of Qarara.
const QARARA: Line = &[
    (34.20, 31.42),
    (34.305, 31.397),
    (34.335, 31.39),
    (34.385, 31.375),
    (34.50, 31.35),
];
/// Between Tal al-Sultan and Mawasi Rafah (south), and Mawasi Khan Yunis and Fukhari (north).
const FUKHARI: Line = &[
    (34.15, 31.36),
    (34.25, 31.335),
    (34.275, 31.31),
    (34.30, 31.285),
    (34.40, 31.24),
];

const CUTS: &[Cut] = &[
    cut("LB-BH", "LB-BI", Some(BAALBEK), None, ""),
    cut("LB-BI", "LB-BI", None, Some(BAALBEK), "LB-BH"),
    cut("LB-AK", "LB-AS", Some(AKKAR), None, ""),
    cut("LB-AS", "LB-AS", None, Some(AKKAR), "LB-AK"),
    cut("PS-NGZ", "PS-X-GZ", Some(JABALIA), None, ""),
    cut("PS-GZA", "PS-X-GZ", Some(WADI_GAZA), Some(JABALIA), ""),
    cut("PS-DEB", "PS-X-GZ", Some(QARARA), Some(WADI_GAZA), ""),
    cut("PS-KYS", "PS-X-GZ", Some(FUKHARI), Some(QARARA), ""),
    cut("PS-RFH", "PS-X-GZ", None, Some(FUKHARI), ""),
];

const fn cut(
    id: &'static str,
    of: &'static str,
    north_of: Option<Line>,
    south_of: Option<Line>,
    unless: &'static str,
) -> Cut {
    Cut {
        id,
        of,
        north_of,
        south_of,
        unless,
    }
}

/// The outline of an area: its own, or what is cut out of another's.
pub(super) fn outline(
    area: &AdminArea<'_>,
    geometry: &impl AdminGeometry,
) -> Option<Arc<MultiPolygon>> {
    let own = geometry.area(area);
    let Some(cut) = CUTS.iter().find(|cut| cut.id == area.id()) else {
        return own;
    };
    let known = |id: &str| {
        let area = area.gazetteer.admin(id)?;
        geometry.area(&area)
    };
    if cut.unless.is_empty() && own.is_some() || known(cut.unless).is_some() {
        return own;
    }
    let mut left = known(cut.of)?.as_ref().clone();
    for (line, north) in [(cut.north_of, true), (cut.south_of, false)] {
        if let Some(line) = line {
            left = left.intersection(&beyond(line, north));
        }
    }
    (!left.0.is_empty()).then(|| Arc::new(left))
}

/// All that lies within a degree north or south of a line.
fn beyond(line: Line, north: bool) -> MultiPolygon {
    let mut ring: Vec<Coord> = line.iter().map(|&(x, y)| Coord { x, y }).collect();
    let far = if north { 1.0 } else { -1.0 };
    let corner = |end: Option<&(f64, f64)>| end.map(|&(x, y)| Coord { x, y: y + far });
    ring.extend(corner(line.last()));
    ring.extend(corner(line.first()));
    Polygon::new(LineString::new(ring), Vec::new()).into()
}
