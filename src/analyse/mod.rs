//! Clusters, density and flows: pure functions of records and numbers.

pub mod cluster;
pub mod coverage;
pub mod density;
pub mod flow_layout;
pub mod grid;
pub mod isobands;
pub mod scale;
