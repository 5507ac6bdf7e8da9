//! Questions of analysts over worlds small enough to answer by hand.
