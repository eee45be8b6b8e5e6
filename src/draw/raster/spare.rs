//! Memory for pixels, kept from one raster of a thread for its next: pages of a batch are all of one size, and memory that is
//! new has to be cleared by the system first.

use std::cell::RefCell;

/// So many are kept, none that is larger, and none so small that it is had for nothing.
const MOST: usize = 4;
const LARGEST: usize = 1 << 25;
const SMALLEST: usize = 1 << 16;

thread_local! {
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// An empty vector with room for so many bytes.
pub(in crate::draw) fn room(length: usize) -> Vec<u8> {
    let found = SPARE.with_borrow_mut(|spare| {
        let fits = spare.iter().enumerate();
        let fits = fits.filter(|(_, one)| length >= SMALLEST && one.capacity() >= length);
        let (best, _) = fits.min_by_key(|(_, one)| one.capacity())?;
        Some(spare.swap_remove(best))
    });
    found.unwrap_or_else(|| Vec::with_capacity(length))
}

/// Keeps memory that is done with.
pub(in crate::draw) fn keep(mut room: Vec<u8>) {
    if !(SMALLEST..=LARGEST).contains(&room.capacity()) {
        return;
    }
    room.clear();
    SPARE.with_borrow_mut(|spare| {
        if spare.len() < MOST {
            spare.push(room);
        } else if let Some(least) = spare.iter_mut().min_by_key(|one| one.capacity())
            && least.capacity() < room.capacity()
        {
            *least = room;
        }
    });
}
