//! data/basemap/* → two compact files that `src/ground/basemap.rs` includes: `basemap.bin` (borders and areas) and
//! `water.bin` (rivers and lakes).
//!
//! Form of both: magic, keys, arcs, layers. Numbers are LEB128 varints, signed ones zigzagged.
//! - keys: count, then strings: the names of the properties
//! - arcs: count; per arc its box (west, south, east, north in 1/100 degree, rounded outward, i16) and where it
//!   starts (u32) after the table; then its points: count, first point, differences, in 1/100,000 degree
//! - layers: count; per layer its name and features; per feature its box in 1/100,000 degree, its properties
//!   (key number, text), then its parts; a part is a list of chains (rings or lines); a chain is a list of arc
//!   numbers, complemented when the arc runs backwards.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;

type Failure = Box<dyn Error>;
type Point = (i32, i32);

const SCALE: f64 = 100_000.0;
const SOURCES: [&str; 6] = [
    "admin.topojson",
    "claims.geojson",
    "reservoirs.geojson",
    "streams.geojson",
    "gshhg/lakes.geojson",
    "gshhg/rivers.geojson",
];

/// Reads `folder` (data/basemap) and writes the two files into `out`.
pub fn compile(folder: &Path, out: &Path) -> Result<(), Failure> {
    for name in SOURCES {
        println!("cargo:rerun-if-changed={}", folder.join(name).display());
    }
    let read = |name: &str| -> Result<Value, Failure> {
        let text = fs::read_to_string(folder.join(name))
            .map_err(|e| format!("data/basemap/{name}: {e}"))?;
        Ok(serde_json::from_str(&text).map_err(|e| format!("data/basemap/{name}: {e}"))?)
    };
    let mut land = Writer::default();
    land.topology(&read("admin.topojson")?)?;
    land.geojson("claims", &[&read("claims.geojson")?])?;
    fs::write(out.join("basemap.bin"), land.finish())?;

    let mut water = Writer::default();
    water.geojson(
        "rivers",
        &[&read("gshhg/rivers.geojson")?, &read("streams.geojson")?],
    )?;
    water.geojson(
        "lakes",
        &[&read("reservoirs.geojson")?, &read("gshhg/lakes.geojson")?],
    )?;
    fs::write(out.join("water.bin"), water.finish())?;
    Ok(())
}

#[derive(Default)]
struct Writer {
    keys: Vec<String>,
    arcs: Vec<Vec<Point>>,
    layers: Vec<(String, Vec<Vec<u8>>)>,
}

impl Writer {
    fn topology(&mut self, topology: &Value) -> Result<(), Failure> {
        for arc in array(&topology["arcs"])? {
            self.arcs.push(points(arc)?);
        }
        for (name, object) in topology["objects"].as_object().ok_or("no objects")? {
            let mut features = Vec::new();
            for geometry in array(&object["geometries"])? {
                let parts: Vec<Vec<Vec<i64>>> = match geometry["type"].as_str() {
                    Some("MultiLineString") => vec![chains(&geometry["arcs"])?],
                    _ => array(&geometry["arcs"])?
                        .iter()
                        .map(chains)
                        .collect::<Result<_, _>>()?,
                };
                features.push(self.feature(&geometry["properties"], &parts)?);
            }
            self.layers.push((name.clone(), features));
        }
        Ok(())
    }

    /// Each ring or line becomes an arc of its own.
    fn geojson(&mut self, layer: &str, collections: &[&Value]) -> Result<(), Failure> {
        let mut features = Vec::new();
        for collection in collections {
            for feature in array(&collection["features"])? {
                let (kind, c) = (
                    &feature["geometry"]["type"],
                    &feature["geometry"]["coordinates"],
                );
                let parts = match kind.as_str() {
                    Some("LineString") => vec![vec![vec![self.arc(c)?]]],
                    Some("MultiLineString" | "Polygon") => vec![self.part(c)?],
                    Some("MultiPolygon") => array(c)?
                        .iter()
                        .map(|p| self.part(p))
                        .collect::<Result<_, Failure>>()?,
                    _ => return Err(format!("{layer}: geometry type {kind}").into()),
                };
                features.push(self.feature(&feature["properties"], &parts)?);
            }
        }
        self.layers.push((layer.to_owned(), features));
        Ok(())
    }

    fn part(&mut self, rings: &Value) -> Result<Vec<Vec<i64>>, Failure> {
        array(rings)?
            .iter()
            .map(|r| Ok(vec![self.arc(r)?]))
            .collect()
    }

    fn arc(&mut self, line: &Value) -> Result<i64, Failure> {
        self.arcs.push(points(line)?);
        Ok(self.arcs.len() as i64 - 1)
    }

    fn feature(&mut self, properties: &Value, parts: &[Vec<Vec<i64>>]) -> Result<Vec<u8>, Failure> {
        let mut bounds = Bounds::default();
        for &arc in parts.iter().flatten().flatten() {
            let arc = usize::try_from(if arc < 0 { !arc } else { arc })?;
            self.arcs
                .get(arc)
                .ok_or("no such arc")?
                .iter()
                .for_each(|&p| bounds.add(p));
        }
        let mut out = Vec::new();
        for value in [bounds.west, bounds.south, bounds.east, bounds.north] {
            out.extend(value.to_le_bytes());
        }
        let properties = properties
            .as_object()
            .ok_or("a feature without properties")?;
        varint(&mut out, properties.len() as u64);
        for (key, value) in properties {
            let number = self.keys.iter().position(|k| k == key).unwrap_or_else(|| {
                self.keys.push(key.clone());
                self.keys.len() - 1
            });
            varint(&mut out, number as u64);
            text(
                &mut out,
                &value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            );
        }
        varint(&mut out, parts.len() as u64);
        for part in parts {
            varint(&mut out, part.len() as u64);
            for chain in part {
                varint(&mut out, chain.len() as u64);
                chain.iter().for_each(|&arc| signed(&mut out, arc));
            }
        }
        Ok(out)
    }

    fn finish(self) -> Vec<u8> {
        let mut out = b"DLBM1".to_vec();
        varint(&mut out, self.keys.len() as u64);
        self.keys.iter().for_each(|k| text(&mut out, k));
        varint(&mut out, self.arcs.len() as u64);
        let mut body = Vec::new();
        for arc in &self.arcs {
            let mut bounds = Bounds::default();
            arc.iter().for_each(|&p| bounds.add(p));
            for value in [bounds.west.div_euclid(1000), bounds.south.div_euclid(1000)] {
                out.extend((value as i16).to_le_bytes());
            }
            for value in [bounds.east, bounds.north] {
                out.extend((-(-value).div_euclid(1000) as i16).to_le_bytes());
            }
            out.extend((body.len() as u32).to_le_bytes());
            varint(&mut body, arc.len() as u64);
            let mut last = (0, 0);
            for &(x, y) in arc {
                signed(&mut body, i64::from(x - last.0));
                signed(&mut body, i64::from(y - last.1));
                last = (x, y);
            }
        }
        varint(&mut out, body.len() as u64);
        out.extend(body);
        varint(&mut out, self.layers.len() as u64);
        for (name, features) in &self.layers {
            text(&mut out, name);
            varint(&mut out, features.len() as u64);
            features.iter().for_each(|f| out.extend(f));
        }
        out
    }
}

struct Bounds {
    west: i32,
    south: i32,
    east: i32,
    north: i32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            west: i32::MAX,
            south: i32::MAX,
            east: i32::MIN,
            north: i32::MIN,
        }
    }
}

impl Bounds {
    fn add(&mut self, (x, y): Point) {
        self.west = self.west.min(x);
        self.south = self.south.min(y);
        self.east = self.east.max(x);
        self.north = self.north.max(y);
    }
}

fn array(value: &Value) -> Result<&Vec<Value>, Failure> {
    value
        .as_array()
        .ok_or_else(|| format!("expected a list, found {value}").into())
}

fn points(line: &Value) -> Result<Vec<Point>, Failure> {
    let degree = |v: &Value| {
        v.as_f64()
            .map(|d| (d * SCALE).round() as i32)
            .ok_or("expected a number")
    };
    let mut out: Vec<Point> = Vec::new();
    for point in array(line)? {
        let point = (degree(&point[0])?, degree(&point[1])?);
        if out.last() != Some(&point) {
            out.push(point);
        }
    }
    if out.len() < 2 {
        return Err(format!("a line of fewer than two points: {line}").into());
    }
    Ok(out)
}

fn chains(value: &Value) -> Result<Vec<Vec<i64>>, Failure> {
    let refs = |chain: &Value| -> Result<Vec<i64>, Failure> {
        array(chain)?
            .iter()
            .map(|r| r.as_i64().ok_or_else(|| "expected an arc".into()))
            .collect()
    };
    array(value)?.iter().map(refs).collect()
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn signed(out: &mut Vec<u8>, value: i64) {
    varint(out, ((value << 1) ^ (value >> 63)) as u64);
}

fn text(out: &mut Vec<u8>, value: &str) {
    varint(out, value.len() as u64);
    out.extend(value.as_bytes());
}
