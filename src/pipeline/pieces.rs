//! Incidents as features, a piece of their tables at a time: what a GIS wants of a table that is longer than memory.
//!
//! In a first reading of the tables only ids are looked at, and a hash of each is kept, eight bytes a row. In a second one,
//! rows whose id is theirs alone are placed and handed on; those that share theirs, claims about one incident wherever they stand, are
//! kept and come last. What is left out is kept too, to be listed.

use std::hash::BuildHasher;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::{ExtentChoice, Settings};
use crate::gazetteer::Gazetteer;
use crate::ground::basemap::Basemap;
use crate::layer::{
    self, Feature, Guard, IncidentAttributes, LeftOutList, Locator, Placed, Selection, Window,
};
use crate::read::{Outside, Piece, Pieces, Pool, ReadOptions, Unfit};
use crate::record::{Claim, incidents};

/// Pieces that are worked on together, for each thread.
const AT_ONCE: usize = 4;

/// How tables are read and their incidents placed.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// What is wanted.
    pub settings: &'a Settings,
    /// How tables are read.
    pub read: &'a ReadOptions,
    /// Names.
    pub gazetteer: &'a Gazetteer,
    /// Land.
    pub basemap: &'a Basemap,
}

/// What was read, and what is not among the features.
#[derive(Debug, Default)]
pub struct Streamed {
    /// Rows of the tables.
    pub rows: u64,
    /// Features that were made.
    pub features: usize,
    /// All the others.
    pub left_out: LeftOutList,
}

/// What a piece came to.
struct Part<T> {
    made: T,
    features: usize,
    left_out: Vec<layer::LeftOut>,
    outside: Vec<Outside>,
    shared: Vec<Claim>,
}

/// Makes features of all incidents: `make` does so for those of a piece, several at once, and `take` takes what it made, in
/// the order of the tables.
///
/// Only for tables in which each row has coordinates and none is marked as sensitive: names are judged by what all rows
/// say.
///
/// # Errors
/// Where the tables have to be read as a whole, which also says what is wrong with them, or `take` fails.
pub fn incidents_in_pieces<T: Send>(
    tables: &[PathBuf],
    means: Means,
    make: impl Fn(&[Feature<IncidentAttributes>]) -> T + Sync,
    mut take: impl FnMut(T) -> io::Result<()> + Send,
) -> Result<Streamed, Unfit> {
    // The period is that of an incident, not of a row.
    let read = ReadOptions {
        period: None,
        ..means.read.clone()
    };
    let means = Means {
        read: &read,
        ..means
    };
    let mut streamed = Streamed::default();
    let mut ids: Vec<u64> = Vec::new();
    let look = |piece: &Piece, _: &str, (): &mut ()| {
        let mut some = Vec::new();
        let read = piece.ids(means.read, |id| some.push(hash(id)));
        read.map(|()| some).ok_or(Unfit::Form)
    };
    for_pieces(tables, &Pool::new(|| ()), look, |some| {
        ids.extend(some);
        Ok(())
    })?;
    ids.par_sort_unstable();
    let twice = ids.windows(2).filter(|pair| pair[0] == pair[1]);
    let twice: FxHashSet<u64> = twice.map(|pair| pair[0]).collect();
    drop(ids);

    let mut shared = Vec::new();
    let work = |piece: &Piece, name: &str, locator: &mut Locator| {
        let table = piece.claims(name, means.read).ok_or(Unfit::Form)?;
        let plain = |claim: &Claim| claim.coordinates.is_some() && claim.sensitive != Some(true);
        if !table.records.iter().all(plain) {
            return Err(Unfit::Form);
        }
        let is_shared = |claim: &Claim| {
            let id = claim.id.as_deref();
            id.is_some_and(|id| twice.contains(&hash(id)))
        };
        let (shared, own) = match twice.is_empty() {
            true => (Vec::new(), table.records),
            false => table.records.into_iter().partition(is_shared),
        };
        let left = (table.outside, shared);
        Ok((table.rows, part(own, means, locator, &make, left)))
    };
    let mut add = |part: Part<T>, streamed: &mut Streamed| {
        streamed.features += part.features;
        streamed.left_out.records.extend(part.left_out);
        streamed.left_out.incidents_outside.extend(part.outside);
        Ok(take(part.made)?)
    };
    let locators = Pool::new(|| Locator::new(means.gazetteer, means.basemap));
    for_pieces(tables, &locators, work, |(rows, mut part)| {
        streamed.rows += rows;
        shared.append(&mut part.shared);
        add(part, &mut streamed)
    })?;
    if !shared.is_empty() {
        let nothing = (Vec::new(), Vec::new());
        let last = locators.with(|locator| part(shared, means, locator, &make, nothing));
        add(last, &mut streamed)?;
    }
    streamed
        .left_out
        .records
        .sort_by(|a, b| a.rows.cmp(&b.rows));
    Ok(streamed)
}

fn hash(id: &str) -> u64 {
    FxBuildHasher.hash_one(id)
}

/// Does some work on each piece of the tables and takes what comes of it in order, while the next are worked on.
fn for_pieces<S: Send, R: Send>(
    tables: &[PathBuf],
    states: &Pool<S, impl Fn() -> S + Sync>,
    work: impl Fn(&Piece, &str, &mut S) -> Result<R, Unfit> + Sync,
    mut take: impl FnMut(R) -> Result<(), Unfit> + Send,
) -> Result<(), Unfit> {
    let at_once = AT_ONCE * rayon::current_num_threads().max(1);
    for path in tables {
        let name = Path::to_string_lossy(path);
        let mut pieces = Pieces::open(path)?;
        let mut done: Vec<Result<R, Unfit>> = Vec::new();
        let mut next = some(&mut pieces, at_once)?;
        while !(next.is_empty() && done.is_empty()) {
            let take_and_read = || {
                for one in done {
                    take(one?)?;
                }
                some(&mut pieces, at_once)
            };
            let work = || {
                let all = next.par_iter().with_max_len(1);
                all.map(|piece| states.with(|state| work(piece, &name, state)))
                    .collect()
            };
            let (read, worked) = rayon::join(take_and_read, work);
            (next, done) = (read?, worked);
        }
    }
    Ok(())
}

/// The next pieces of a table, if it has any.
fn some(pieces: &mut Pieces, at_once: usize) -> Result<Vec<Piece>, Unfit> {
    let mut some = Vec::with_capacity(at_once);
    while some.len() < at_once
        && let Some(piece) = pieces.next_piece()?
    {
        some.push(piece);
    }
    Ok(some)
}

fn part<T>(
    claims: Vec<Claim>,
    means: Means,
    locator: &mut Locator,
    make: &impl Fn(&[Feature<IncidentAttributes>]) -> T,
    (outside, shared): (Vec<Outside>, Vec<Claim>),
) -> Part<T> {
    let settings = means.settings;
    let window = Window {
        period: settings.period,
        rule: settings.dates,
    };
    let guard = Guard::new(settings.coarsen);
    locator.forget();
    let placed = layer::place_incidents(incidents(claims), window, guard, locator);
    let Selection { records, left_out } = match &settings.extent {
        ExtentChoice::OfData => placed,
        ExtentChoice::Box(extent) | ExtentChoice::Named { extent, .. } => {
            layer::within_extent(placed, extent)
        }
    };
    let feature = |placed: &Placed| layer::incident(placed, settings.period, None);
    let features: Vec<_> = records.iter().map(feature).collect();
    Part {
        made: make(&features),
        features: features.len(),
        left_out,
        outside: guard.outside(outside),
        shared,
    }
}
