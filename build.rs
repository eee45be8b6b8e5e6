//! Compiles the readable sources of the embedded data (gazetteer/*.csv, data/basemap/*) into the forms that load in
//! milliseconds. Each part has its own file in `build/`.

#[path = "build/gazetteer.rs"]
mod gazetteer;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    gazetteer::compile();
}
