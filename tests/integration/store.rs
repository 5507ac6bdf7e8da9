//! The store on a real disk: torn, foreign, in use, killed.
