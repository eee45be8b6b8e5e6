//! The compiled form of the basemap: what `build/basemap.rs` writes, read without trust.
//!
//! Opening reads keys, arc table and feature headers (about 0.3 ms); geometry is decoded when asked for. Cost is
//! linear in the bytes touched. Every length is checked against what is left, so that no bytes can make it panic or
//! allocate more than their own size warrants.

use geo::{Coord, LineString, MultiPolygon, Polygon, Rect};

const MAGIC: &[u8] = b"DLBM1";
const SCALE: f64 = 100_000.0;
const ARC_ENTRY: usize = 12;

/// Why compiled basemap data could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BasemapError {
    /// The first bytes are not those of a compiled basemap.
    #[error("not a compiled basemap of this version; build dateline again")]
    Magic,
    /// The data ends early, or a number in it points outside of it.
    #[error("the compiled basemap is damaged at byte {0}; build dateline again")]
    Damaged(usize),
}

/// One feature's header: where it is, what it is called, where its geometry starts.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub bbox: Rect,
    pub properties: Vec<(u32, &'static str)>,
    parts: usize,
}

/// A compiled file: arcs and the layers made of them.
#[derive(Debug, Default)]
pub(super) struct Container {
    bytes: &'static [u8],
    keys: Vec<&'static str>,
    table: usize,
    arc_count: usize,
    body: (usize, usize),
    layers: Vec<(&'static str, Vec<Header>)>,
}

/// A chain of points in degrees.
type Line = Vec<Coord>;

impl Container {
    /// Reads the headers.
    pub fn open(bytes: &'static [u8]) -> Result<Self, BasemapError> {
        if !bytes.starts_with(MAGIC) {
            return Err(BasemapError::Magic);
        }
        let mut r = Reader {
            bytes,
            at: MAGIC.len(),
        };
        let keys = (0..r.count(1)?)
            .map(|_| r.text())
            .collect::<Result<Vec<_>, _>>()?;
        let arc_count = r.count(ARC_ENTRY)?;
        let table = r.at;
        r.skip(arc_count * ARC_ENTRY)?;
        let body_len = r.count(1)?;
        let body = (r.at, r.at + body_len);
        r.skip(body_len)?;
        let mut layers = Vec::new();
        for _ in 0..r.count(2)? {
            let name = r.text()?;
            // box, property count, part count: a feature is 18 bytes at least
            let features = (0..r.count(18)?)
                .map(|_| header(&mut r))
                .collect::<Result<Vec<_>, _>>()?;
            layers.push((name, features));
        }
        Ok(Self {
            bytes,
            keys,
            table,
            arc_count,
            body,
            layers,
        })
    }

    /// The headers of a layer; empty if there is no such layer.
    pub fn layer(&self, name: &str) -> &[Header] {
        self.layers
            .iter()
            .find(|(n, _)| *n == name)
            .map_or(&[], |(_, features)| features)
    }

    /// A property of a feature; empty if it has none of that name.
    pub fn property(&self, header: &Header, key: &str) -> &'static str {
        let named = |k: u32| self.keys.get(k as usize).copied() == Some(key);
        header
            .properties
            .iter()
            .find(|(k, _)| named(*k))
            .map_or("", |(_, v)| v)
    }

    /// The polygons of a feature: exterior first, then holes; rings are closed.
    pub fn polygons(&self, header: &Header) -> Result<MultiPolygon, BasemapError> {
        let mut out = Vec::new();
        self.parts(header, |part| {
            let mut rings = part.into_iter().map(LineString::new);
            if let Some(exterior) = rings.next() {
                out.push(Polygon::new(exterior, rings.collect()));
            }
        })?;
        Ok(MultiPolygon::new(out))
    }

    /// The lines of a feature whose box meets `bbox`.
    pub fn lines(&self, header: &Header, bbox: Rect) -> Result<Vec<LineString>, BasemapError> {
        let mut out = Vec::new();
        let mut r = Reader {
            bytes: self.bytes,
            at: header.parts,
        };
        for _ in 0..r.count(1)? {
            for _ in 0..r.count(1)? {
                let mut near = false;
                let arcs = (0..r.count(1)?)
                    .map(|_| {
                        let arc = r.signed()?;
                        near |= meets(self.arc_box(arc)?, bbox);
                        Ok(arc)
                    })
                    .collect::<Result<Vec<_>, _>>()?;
                if near {
                    out.push(LineString::new(self.chain(&arcs)?));
                }
            }
        }
        Ok(out)
    }

    fn parts(&self, header: &Header, mut each: impl FnMut(Vec<Line>)) -> Result<(), BasemapError> {
        let mut r = Reader {
            bytes: self.bytes,
            at: header.parts,
        };
        for _ in 0..r.count(1)? {
            let mut part = Vec::new();
            for _ in 0..r.count(1)? {
                let arcs = (0..r.count(1)?)
                    .map(|_| r.signed())
                    .collect::<Result<Vec<_>, _>>()?;
                part.push(self.chain(&arcs)?);
            }
            each(part);
        }
        Ok(())
    }

    /// Arcs end to end; the point where two meet stands once.
    fn chain(&self, arcs: &[i64]) -> Result<Line, BasemapError> {
        let mut line: Line = Vec::new();
        for &arc in arcs {
            let mut points = self.arc(arc)?;
            if arc < 0 {
                points.reverse();
            }
            let repeated = usize::from(line.last().is_some() && line.last() == points.first());
            line.extend(points.into_iter().skip(repeated));
        }
        Ok(line)
    }

    /// Offset of an arc's entry in the table.
    fn entry(&self, arc: i64) -> Result<usize, BasemapError> {
        let number = if arc < 0 { !arc } else { arc } as usize;
        if number < self.arc_count {
            Ok(self.table + number * ARC_ENTRY)
        } else {
            Err(BasemapError::Damaged(self.table))
        }
    }

    fn arc_box(&self, arc: i64) -> Result<Rect, BasemapError> {
        let mut r = Reader {
            bytes: self.bytes,
            at: self.entry(arc)?,
        };
        let mut side =
            || Ok::<f64, BasemapError>(f64::from(i16::from_le_bytes(r.array()?)) / 100.0);
        let (west, south) = (side()?, side()?);
        Ok(Rect::new(
            Coord { x: west, y: south },
            Coord {
                x: side()?,
                y: side()?,
            },
        ))
    }

    fn arc(&self, arc: i64) -> Result<Line, BasemapError> {
        let mut r = Reader {
            bytes: self.bytes,
            at: self.entry(arc)? + 8,
        };
        let offset = u32::from_le_bytes(r.array()?) as usize;
        let bytes = self.bytes.get(..self.body.1).unwrap_or_default();
        let mut r = Reader {
            bytes,
            at: self.body.0.saturating_add(offset),
        };
        let (mut x, mut y) = (0_i64, 0_i64);
        (0..r.count(2)?)
            .map(|_| {
                x = x.wrapping_add(r.signed()?);
                y = y.wrapping_add(r.signed()?);
                Ok(Coord {
                    x: x as f64 / SCALE,
                    y: y as f64 / SCALE,
                })
            })
            .collect()
    }
}

fn header(r: &mut Reader) -> Result<Header, BasemapError> {
    let mut side = || Ok::<f64, BasemapError>(f64::from(i32::from_le_bytes(r.array()?)) / SCALE);
    let (west, south, east, north) = (side()?, side()?, side()?, side()?);
    let bbox = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    let properties = (0..r.count(2)?)
        .map(|_| Ok((u32::try_from(r.varint()?).unwrap_or(u32::MAX), r.text()?)))
        .collect::<Result<Vec<_>, _>>()?;
    let parts = r.at;
    for _ in 0..r.count(1)? {
        for _ in 0..r.count(1)? {
            for _ in 0..r.count(1)? {
                r.varint()?;
            }
        }
    }
    Ok(Header {
        bbox,
        properties,
        parts,
    })
}

/// Do two boxes share a point?
pub(super) fn meets(a: Rect, b: Rect) -> bool {
    a.min().x <= b.max().x
        && b.min().x <= a.max().x
        && a.min().y <= b.max().y
        && b.min().y <= a.max().y
}

struct Reader {
    bytes: &'static [u8],
    at: usize,
}

impl Reader {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], BasemapError> {
        let damaged = BasemapError::Damaged(self.at);
        let rest = self.bytes.get(self.at..).ok_or(damaged)?;
        let array = rest.first_chunk::<N>().ok_or(damaged)?;
        self.at += N;
        Ok(*array)
    }

    fn skip(&mut self, length: usize) -> Result<&'static [u8], BasemapError> {
        let end = self
            .at
            .checked_add(length)
            .ok_or(BasemapError::Damaged(self.at))?;
        let slice = self
            .bytes
            .get(self.at..end)
            .ok_or(BasemapError::Damaged(self.at))?;
        self.at = end;
        Ok(slice)
    }

    fn varint(&mut self) -> Result<u64, BasemapError> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(BasemapError::Damaged(self.at))
    }

    fn signed(&mut self) -> Result<i64, BasemapError> {
        let value = self.varint()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A number of things of at least `size` bytes each: more than the rest can hold is damage.
    fn count(&mut self, size: usize) -> Result<usize, BasemapError> {
        let damaged = BasemapError::Damaged(self.at);
        let count = usize::try_from(self.varint()?).map_err(|_| damaged)?;
        if count > self.bytes.len().saturating_sub(self.at) / size {
            return Err(damaged);
        }
        Ok(count)
    }

    fn text(&mut self) -> Result<&'static str, BasemapError> {
        let length = self.count(1)?;
        let damaged = BasemapError::Damaged(self.at);
        std::str::from_utf8(self.skip(length)?).map_err(|_| damaged)
    }
}
