//! dateline turns reports of incidents and displacement into static maps.
//!
//! The library does what the command line does, in the same steps:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`extract`] | news text | draft records |
//! | [`read`] | tables | [`record`]s, or every problem of the table |
//! | [`merge`] | records of several sources | records of one event each |
//! | [`gazetteer`] | names | places on the [`ground`] |
//! | [`analyse`] | points and numbers | clusters, density, hexagons, laid-out flows |
//! | [`layer`] | placed records | features with attributes |
//! | [`map`](mod@map), [`draw`](mod@draw) | layers | a page, and its PNG, SVG or PDF |
//! | [`write`](mod@write) | layers and pictures | files, each whole or not at all |
//!
//! [`pipeline`] is the main job, all of it but the files:
//!
//! ```
//! use dateline::gazetteer::Gazetteer;
//! use dateline::ground::basemap::Basemap;
//! use dateline::pipeline::{MapKind, PictureFormat, Records, Settings, Timings, build, draw};
//! use dateline::read::{ReadOptions, incidents_from_bytes};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let table = "date,place,kind,killed\n\
//!     2020-01-10,Idlib,air strike,6-9\n\
//!     2020-01-10,Ariha,shelling,\n\
//!     2020-01-11,northern countryside of Hama province,air strike,2\n";
//! let table = incidents_from_bytes("incidents.csv", table.as_bytes(), &ReadOptions::default())?;
//! let records = Records {
//!     claims: Some(table.records),
//!     ..Records::default()
//! };
//! let settings = Settings {
//!     page: "800x600".parse()?,
//!     maps: vec![MapKind::Density],
//!     formats: vec![PictureFormat::Svg],
//!     ..Settings::default()
//! };
//! let (gazetteer, basemap) = (Gazetteer::embedded(), Basemap::embedded());
//! let mut timings = Timings::start();
//! let built = build(records, &settings, gazetteer, basemap, &mut timings)?;
//! // The vague place is an area, and only what is exact is a point.
//! assert_eq!(built.layers.incidents.features.len(), 3);
//! let (pictures, _) = draw(&built, &settings, basemap, &mut timings)?;
//! assert!(pictures[0].bytes.starts_with(b"<svg"));
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod analyse;
pub mod draw;
pub mod extract;
pub mod gazetteer;
pub mod ground;
pub mod layer;
pub mod map;
pub mod merge;
pub mod pipeline;
pub mod read;
pub mod record;
pub mod write;
