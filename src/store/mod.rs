//! The embedded sled store: everything on disk, read whole and written at once or not at all.
