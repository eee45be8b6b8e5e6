//! The words of the domain: what a count, a date, a place and an incident are. No input or output.
//!
//! Values are checked when they are made, so that no other room has to check them again.

mod claim;
mod coordinates;
mod count;
mod dates;
mod displacement;
mod extra;
mod incident;
mod kind;
mod location;
mod period;
mod phrase;
mod precision;
mod when;
mod wording;

pub use claim::Claim;
pub use coordinates::{CoordinateError, wgs84};
pub use count::{Count, CountError};
pub use dates::DateRule;
pub use displacement::{Displacement, movements};
pub use extra::Extra;
pub use incident::{Conflict, Incident, incidents};
pub use kind::{EventType, Kind, KindError};
pub use location::{Footprint, Location};
pub use period::{Period, PeriodError};
pub use phrase::Phrase;
pub use precision::{Precision, PrecisionError};
pub use when::{When, WhenError};
pub use wording::{counted, of_people, thousands};

/// A piece of text that many records share: a source, a place name. Cheap to clone.
pub type Text = std::sync::Arc<str>;
