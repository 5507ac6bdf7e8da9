//! Agreements, and shorthands for what one relationship joins to them.

use super::family::family;
use crate::api::scalar::Duration;

family! {
    /// Something that parties agreed on in writing: an agreement, a declaration, an initiative.
    Agreement, AgreementFields;
    own {
        /// How long it runs, as the document words it: P3Y is three years. Null where it does not say. With `since`, it gives
        /// `until` where no document does.
        async fn term(&self) -> Option<Duration> {
            self.0.value().term.clone().map(Duration)
        }
    }
    hops {
        /// The organizations and persons that it binds.
        parties: In [PartyTo] to [];
        /// Those who signed it; each relationship says in which role and on behalf of whom.
        signatories: In [Signed] to [];
        /// Those who were present at the signing and did not sign.
        witnesses: In [Witnessed] to [];
        /// The meetings and bodies that passed it.
        adopted_by: In [Adopted] to [];
        /// The fields that it is about.
        topics: Out [Concerns] to [Topic];
    }
}
