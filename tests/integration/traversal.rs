//! Traversals against naive searches over random graphs.
