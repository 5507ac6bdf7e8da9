//! Persons, and shorthands for what one relationship joins to them.

use super::family::family;

family! {
    /// A human being, known here by posts held and acts done.
    Person, PersonFields;
    own {}
    hops {
        /// The organizations where the person holds a post; the role of each relationship is the title.
        posts: Out [HoldsPostAt] to [];
        /// The agreements that the person signed.
        signed: Out [Signed] to [];
        /// What the person witnessed without signing.
        witnessed: Out [Witnessed] to [];
        /// The events that the person took part in, organized or hosted; the role of each relationship says as what.
        events: Out [ParticipatedIn, Organized, Hosted] to [Event];
        /// The organizations that the person is affiliated with or a member of.
        affiliations: Out [AffiliatedWith, MemberOf] to [];
    }
}
