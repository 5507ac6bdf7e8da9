//! Topics, and who works on them.

use super::family::family;

family! {
    /// A field of work.
    Topic, TopicFields;
    own {}
    hops {
        /// The organizations, events, agreements and programs that work on it or are about it.
        concern_of: In [Concerns] to [];
        /// The wider fields that it is a part of.
        broader: Out [PartOf] to [Topic];
        /// The narrower fields that are a part of it.
        narrower: In [PartOf] to [Topic];
    }
}
