//! Lists, look-ups and counts over worlds small enough to answer by hand.
