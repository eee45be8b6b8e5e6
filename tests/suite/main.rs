//! What a user is promised, tried on the real binary and the public library. One program for all of
//! it: each test program links the whole library anew.

mod abroad;
mod batch;
mod captions;
mod check;
mod cluster_reference;
mod clusters;
mod common;
mod dates;
mod density;
mod density_reference;
mod displacement;
mod examples;
mod extract;
mod extract_score;
mod formats;
mod gallery;
mod gazetteer_import;
mod gazetteer_use;
mod geopackage;
mod golden;
mod interchange;
mod labels;
mod looks;
mod manifests;
mod maps;
mod merge;
mod qgis;
mod read_problems;
mod read_tables;
mod render;
mod resolve;
mod resolve_table;
mod safety;
mod spec;
mod vector;
