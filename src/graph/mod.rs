//! The petgraph graph and everything that walks it.
