//! Tells where the built site is, so that it becomes part of the program; an empty folder where it is not built yet.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=demo");
    println!("cargo:rerun-if-env-changed=LECTERN_SITE");
    let site = env::var_os("LECTERN_SITE").map(PathBuf::from).unwrap_or_else(|| {
        let root = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default().join("..");
        root.join("target").join("site")
    });
    if fs::create_dir_all(&site).is_ok() {
        println!("cargo:rerun-if-changed={}", site.display());
    }
    println!("cargo:rustc-env=LECTERN_SITE={}", site.display());
}
