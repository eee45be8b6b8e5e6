//! Clusters, density and flows: pure functions of records and numbers.

pub mod bandwidth;
pub mod classes;
pub mod cluster;
pub mod coverage;
pub mod density;
pub mod flow_layout;
pub mod grid;
pub mod hexagons;
pub mod isobands;
pub mod scale;
