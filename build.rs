//! The build of the query page, and nothing else.

fn main() {
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("explorer");
    std::fs::create_dir_all(&out).unwrap();
    std::fs::write(out.join("index.html"), "x").unwrap();
    println!("cargo::rerun-if-changed=build.rs");
}
