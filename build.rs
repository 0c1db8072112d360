//! Builds the program again when the page or the default edition inside it changed.

fn main() {
    println!("cargo:rerun-if-changed=web/dist");
    println!("cargo:rerun-if-changed=data/dataset");
}
