//! Clusters, density and flows: pure functions of records and numbers.

pub mod cluster;
pub mod scale;
