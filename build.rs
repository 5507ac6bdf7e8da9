//! The build of the query page, and nothing else.

fn main() {}
