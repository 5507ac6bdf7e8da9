//! The domain as plain values: what exists, how it is related, where that was read and when it held.
//!
//! Nothing here reads a file, asks the clock or draws a random number. A value that exists is valid: every type is made
//! by a constructor that checks, and serde goes through the same constructor.

pub mod change;
mod checked;
pub mod citation;
pub mod cited;
pub mod country;
pub mod decimal;
pub mod decision;
pub mod edtf;
pub mod entity;
pub mod id;
pub mod identifier;
pub mod name;
pub mod nearest;
pub mod period;
pub mod place;
pub mod redirects;
pub mod relationship;
pub mod shared;
pub mod standing;
pub mod state;
pub mod term;
pub mod text;
pub mod violation;
