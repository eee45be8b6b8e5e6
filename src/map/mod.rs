//! What a map is: extent, projection, theme, page layout, labels, legends.
