//! The `consortia` program.

fn main() {}
