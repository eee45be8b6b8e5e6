//! dateline turns reports of incidents and displacement into static maps.
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
