//! Topics, and who works on them.

use super::family::family;

family! {
    /// A field of work.
    Topic, TopicFields;
    own {}
    hops {
        /// The organizations, events, agreements and programs that work on it or are about it.
        concern_of: In [Concerns] to [];
    }
}
