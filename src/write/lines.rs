//! An incident as a line of GeoJSON: the very text that serde makes of it (a test compares them), in a third of the time.
//! Long layers have millions of such lines, and most of what stands in them is the same in all.

use geo::Geometry;
use jiff::civil::Date;
use serde_json::{Error, to_writer};

use super::geojson::{Line, six};
use crate::layer::{Feature, IncidentAttributes};

/// Adds an incident to a text.
pub(super) fn line(feature: &Feature<IncidentAttributes>, text: &mut Vec<u8>) -> Result<(), Error> {
    let mut text = Text(text);
    text.raw(r#"{"type":"Feature","geometry":"#);
    match &feature.geometry {
        Geometry::Point(point) => {
            text.raw(r#"{"type":"Point","coordinates":["#);
            text.number(six(point.x()))?;
            text.raw(",");
            text.number(six(point.y()))?;
            text.raw("]}");
        }
        _ => to_writer(&mut *text.0, Line::of(feature).geometry())?,
    }
    let a = &feature.attributes;
    text.string(r#","properties":{"id":"#, &a.id)?;
    text.string(r#","kind":"#, &a.kind)?;
    text.string(r#","event_type":"#, &a.event_type)?;
    text.date(r#","date_start":"#, a.date_start)?;
    text.date(r#","date_end":"#, a.date_end)?;
    text.string(r#","date_precision":"#, a.date_precision)?;
    text.raw(r#","date_share":"#);
    text.number(a.date_share)?;
    text.string(r#","place":"#, &a.place)?;
    text.string(r#","place_name":"#, &a.place_name)?;
    text.string_or_null(r#","admin1":"#, a.admin1.as_deref())?;
    text.string_or_null(r#","country":"#, a.country.as_deref())?;
    text.raw(r#","precision":"#);
    text.whole(u64::from(a.precision))?;
    text.raw(r#","radius_km":"#);
    text.number(a.radius_km)?;
    text.string(r#","ground":"#, a.ground)?;
    text.string(r#","place_basis":"#, &a.place_basis)?;
    text.raw(r#","place_score":"#);
    text.number(a.place_score)?;
    text.string(r#","actor":"#, &a.actor)?;
    text.string(r#","target":"#, &a.target)?;
    for (key, figure) in [
        (r#","count_low":"#, a.count.low),
        (r#","count_best":"#, a.count.best),
        (r#","count_high":"#, a.count.high),
        (r#","killed_low":"#, a.killed.low),
        (r#","killed_best":"#, a.killed.best),
        (r#","killed_high":"#, a.killed.high),
        (r#","injured_low":"#, a.injured.low),
        (r#","injured_best":"#, a.injured.best),
        (r#","injured_high":"#, a.injured.high),
    ] {
        text.whole_or_null(key, figure)?;
    }
    text.raw(r#","claims":"#);
    text.whole(a.claims as u64)?;
    text.string(r#","sources":"#, &a.sources)?;
    text.string(r#","urls":"#, &a.urls)?;
    text.whole_or_null(r#","cluster":"#, a.cluster.map(u64::from))?;
    for (name, value) in &a.extra {
        text.string(",", name)?;
        text.raw(":");
        to_writer(&mut *text.0, value)?;
    }
    text.raw("}}");
    Ok(())
}

/// JSON that is being written.
struct Text<'a>(&'a mut Vec<u8>);

impl Text<'_> {
    /// What is JSON already.
    fn raw(&mut self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }

    /// A string after its key.
    fn string(&mut self, key: &str, value: &str) -> Result<(), Error> {
        self.raw(key);
        let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        // All of them, whatever the first says: so a processor looks at many at once.
        if value.bytes().fold(true, |all, byte| all & plain(byte)) {
            self.raw("\"");
            self.raw(value);
            self.raw("\"");
            return Ok(());
        }
        to_writer(&mut *self.0, value)
    }

    fn string_or_null(&mut self, key: &str, value: Option<&str>) -> Result<(), Error> {
        match value {
            Some(value) => self.string(key, value),
            None => {
                self.raw(key);
                self.raw("null");
                Ok(())
            }
        }
    }

    fn date(&mut self, key: &str, date: Date) -> Result<(), Error> {
        self.raw(key);
        let year = date.year();
        if year < 0 {
            return to_writer(&mut *self.0, &date);
        }
        let (month, day) = (i16::from(date.month()), i16::from(date.day()));
        let digit = |number: i16| b'0' + (number % 10) as u8;
        self.0.extend_from_slice(&[
            b'"',
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
            b'"',
        ]);
        Ok(())
    }

    fn whole(&mut self, number: u64) -> Result<(), Error> {
        match u8::try_from(number) {
            Ok(digit @ 0..=9) => {
                self.0.push(b'0' + digit);
                Ok(())
            }
            _ => to_writer(&mut *self.0, &number),
        }
    }

    fn whole_or_null(&mut self, key: &str, number: Option<u64>) -> Result<(), Error> {
        self.raw(key);
        match number {
            Some(number) => self.whole(number),
            None => {
                self.raw("null");
                Ok(())
            }
        }
    }

    fn number(&mut self, number: f64) -> Result<(), Error> {
        if number == 1.0 {
            self.raw("1.0");
            return Ok(());
        }
        to_writer(&mut *self.0, &number)
    }
}

#[cfg(test)]
mod tests {
    use geo::Point;

    use super::*;
    use crate::layer::{Guard, Locator, Placed, Window, incident, place_incidents};
    use crate::read::{ReadOptions, incidents_from_bytes};
    use crate::record::incidents;

    /// Incidents of every sort: with and without each value, with names that have to be escaped, and of several claims.
    const TABLE: &str = "\
id,date,place,admin1,country,lat,lon,precision,kind,actor,target,count,killed,injured,source,url,colour,seen
a,2020-01-10,Idlib,,,35.93,36.63,,air strike,x,y,3,6-9,>=12,SNHR,https://a.b,red,2020-01-11
a,2020-01-11,Idlib,,,35.93,36.63,,shelling,,,,10,,SOHR,,,
,2020-01~,\"a \"\"b\"\" \\ c\td\",Idlib,SY,35.9312345678,36.6,,shelling,,,14,~60,0,,,,
,2019,Idlib,,SY,35.93,36.63,4,clash,,,,,,,,,
,2020-01-10,,,,34.5,30.25,3,clash,,,,,,,,\u{7f}\u{1},
,0001-01-01,Damascus,,,,,,clash,,,1000000,,,,,é,
";

    #[test]
    fn lines_are_what_serde_makes_of_them() {
        let table = incidents_from_bytes("t.csv", TABLE.as_bytes(), &ReadOptions::default());
        let all = incidents(table.unwrap().records);
        let mut locator = Locator::new(
            crate::gazetteer::Gazetteer::embedded(),
            crate::ground::basemap::Basemap::embedded(),
        );
        let placed = place_incidents(all, Window::default(), Guard::default(), &mut locator);
        assert_eq!(placed.records.len(), 5, "{:?}", placed.left_out);
        let features = placed
            .records
            .iter()
            .enumerate()
            .map(|(i, placed): (usize, &Placed)| {
                let period = (i % 2 == 0).then(|| "2020-01-05/2020-01-20".parse().unwrap());
                incident(placed, period, (i == 1).then_some(12))
            });
        for mut feature in features {
            for geometry in [feature.geometry.clone(), Point::new(1.0, -0.5).into()] {
                feature.geometry = geometry;
                let mut ours = Vec::new();
                line(&feature, &mut ours).unwrap();
                let theirs = serde_json::to_string(&Line::of(&feature)).unwrap();
                assert_eq!(String::from_utf8(ours).unwrap(), theirs);
            }
        }
    }
}
