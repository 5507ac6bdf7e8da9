//! Programs, and shorthands for what one relationship joins to them.

use super::family::family;

family! {
    /// Something that is offered or run: a course, an exchange, a ranking, a strategy.
    Program, ProgramFields;
    own {}
    hops {
        /// The organizations that offer it.
        offered_by: In [Offers] to [];
        /// The organizations and persons that take part; the role of each relationship says as what.
        participants: In [ParticipatedIn] to [];
        /// The fields that it is about.
        topics: Out [Concerns] to [Topic];
    }
}
