//! From a name, in any spelling or script, to the entity that bears it.
