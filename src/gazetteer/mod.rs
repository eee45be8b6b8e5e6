//! Names → places.
//!
//! [`Gazetteer::resolve`] takes what a source wrote and says what ground it stands for: a point only where the source
//! names a settlement or site, an area where it is vague, several candidates where it cannot be told, and nothing
//! where nothing is known. [`locate`] joins that with the outlines of a base map to a [`Location`](crate::record::Location).
//!
//! ```
//! use dateline::gazetteer::{Gazetteer, Query, Resolution};
//!
//! let gazetteer = Gazetteer::embedded();
//! let Resolution::Place(town) = gazetteer.resolve(&Query::name("Ma'arrat al-Nu'man")) else { panic!() };
//! assert_eq!(town.name, "Maarrat al-Numan");
//! assert!(matches!(gazetteer.resolve(&Query::name("near Hazano")), Resolution::Region(_)));
//! assert!(matches!(gazetteer.resolve(&Query::name("Atlantis")), Resolution::Unresolved(_)));
//! ```

// Included by the build script too: no path into the crate in these.
pub mod compile;
pub mod fold;
mod kind;
pub mod sound;
mod source;
mod words;

mod check;
mod choose;
mod company;
mod compiled;
mod cuts;
mod explain;
mod heard;
mod hints;
pub mod import;
mod index;
mod locate;
mod outlines;
mod phrase;
mod place;
mod rank;
mod region;
mod resolve;
mod roads;
mod shape;
mod suggest;
mod table;

pub use compiled::LoadError;
pub use explain::{Considered, Explanation, Step};
pub use index::Gazetteer;
pub use kind::PlaceKind;
pub use locate::{AdminGeometry, NoGeometry, locate};
pub use outlines::{Grounds, Outlines};
pub use place::{AdminArea, Place, Target};
pub use region::{AREA_KM, BORDER_KM, Ground, NEAR_KM, Part, SEAM_KM, SIDE_KM, Side};
pub use resolve::{Candidate, Match, Query, Resolution, Tier};
pub use source::{
    ADMIN_COLUMNS, AdminRow, PLACE_COLUMNS, PlaceRow, Problem, read_admin, read_places,
};
pub use table::{Company, Hearsay};

#[cfg(test)]
mod tests;
