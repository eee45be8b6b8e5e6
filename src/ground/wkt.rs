//! Coordinate reference systems in words that other programs read: WKT 2 (ISO 19162:2019), WGS 84 on a plane in metres.

/// A conversion from degrees to the plane: its method with EPSG's code, and its parameters.
pub(super) struct Conversion {
    pub method: (&'static str, u16),
    pub parameters: Vec<Parameter>,
}

/// EPSG's name and code of a parameter, its value, and in what.
pub(super) type Parameter = (&'static str, u16, f64, Unit);

/// What a parameter is in.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    Degree,
    Metre,
    One,
}

const DEGREE: &str = r#"ANGLEUNIT["degree",0.0174532925199433]"#;
const METRE: &str = r#"LENGTHUNIT["metre",1]"#;

/// Easting and northing of most methods are from where the axes cross.
pub(super) const NO_OFFSET: [Parameter; 2] = [
    ("False easting", 8806, 0.0, Unit::Metre),
    ("False northing", 8807, 0.0, Unit::Metre),
];

impl Conversion {
    /// The whole system, by a name.
    pub fn wkt(&self, name: &str) -> String {
        let (method, code) = self.method;
        let parameters: String = self
            .parameters
            .iter()
            .map(|(name, code, value, unit)| {
                let unit = match unit {
                    Unit::Degree => DEGREE,
                    Unit::Metre => METRE,
                    Unit::One => r#"SCALEUNIT["unity",1]"#,
                };
                format!(r#",PARAMETER["{name}",{value},{unit},ID["EPSG",{code}]]"#)
            })
            .collect();
        format!(
            r#"PROJCRS["{name}",BASEGEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563,{METRE}]],PRIMEM["Greenwich",0,{DEGREE}]],CONVERSION["{name}",METHOD["{method}",ID["EPSG",{code}]]{parameters}],CS[Cartesian,2],AXIS["(E)",east,ORDER[1],{METRE}],AXIS["(N)",north,ORDER[2],{METRE}]]"#
        )
    }
}
