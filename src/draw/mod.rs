//! How ink gets on paper: a scene, a plotters backend that fills it, and writers that read it.

pub mod scene;
