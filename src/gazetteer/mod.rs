//! Names → places.
