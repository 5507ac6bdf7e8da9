//! The floors of `src/lib.rs`: no module names one beside or above it, no engine leaves its module.
