//! Compiles the readable sources of the embedded data (gazetteer/*.csv, data/basemap/*) into the forms that load in
//! milliseconds. Each part has its own file in `build/`.

#[path = "build/basemap.rs"]
mod basemap;
#[path = "build/gazetteer.rs"]
mod gazetteer;

use std::env;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    gazetteer::compile();
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set")?;
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    basemap::compile(&Path::new(&root).join("data/basemap"), Path::new(&out))
}
