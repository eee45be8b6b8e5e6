//! One set of names for the maps of a batch: each has a home, where it stands on a map on which nothing but a dot lies at
//! each of the places that any frame may name. There it stays in all frames, unless something of a frame is in its way:
//! who leafs through them sees the data move, and not the names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compose::Stage;
use super::names::{Book, Home};
use super::places::name_places;
use super::placing::Ground;
use super::{Common, MapError, MapSpec};
use crate::draw::Pt;
use crate::layer::{Layer, PlaceAttributes, PlaceRole};

/// Names of the base that have homes, and those of places, by their index in the layer of places.
pub(super) struct Homes {
    pub base: Book,
    pub places: BTreeMap<usize, Home>,
}

impl Common {
    /// Finds homes for the names of the base and of these places. `drawn` says whether a place in that role has a symbol on
    /// this kind of map.
    ///
    /// # Errors
    /// [`MapError`] if a name has a character that no embedded font has.
    pub fn settle(
        &self,
        spec: &MapSpec,
        places: &Layer<PlaceAttributes, ()>,
        drawn: impl Fn(PlaceRole) -> bool,
    ) -> Result<(), MapError> {
        let stage = Stage::bare(spec, Arc::clone(&self.0));
        let with_symbol = places.features.iter().filter(|p| drawn(p.attributes.role));
        let at = with_symbol.filter_map(|p| geo::Point::try_from(p.geometry.clone()).ok());
        let symbols: Vec<Pt> = at
            .filter_map(|at| stage.view.page(at.x(), at.y()))
            .filter(|at| stage.layout.frame.contains(*at))
            .collect();
        let mut dots = stage.dots();
        for at in &symbols {
            dots.dot(*at, 1.0);
        }
        let mut book = stage.names.book.clone();
        let dot = stage.style().dot_radius();
        book.beware(symbols.iter().map(|at| (*at, dot)));
        name_places(&mut book, &stage, places, (&[], &symbols), &mut dots)?;
        let ground = Ground {
            ink: stage.ink().table(),
            dots: dots.table(),
            tint: stage.dots().table(),
        };
        let places = book.settle(&ground, &stage.obstacles());
        book.keep_base();
        // Nobody else finds any.
        let _ = self.0.homes.set(Homes { base: book, places });
        Ok(())
    }
}
