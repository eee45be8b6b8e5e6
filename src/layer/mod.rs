//! Layers: features, their attributes and their style. The maps and the GeoJSON both read them.
