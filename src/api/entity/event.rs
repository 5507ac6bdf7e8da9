//! Events, and shorthands for what one relationship joins to them.

use super::family::family;
use crate::api::scalar::EdtfDate;
use crate::api::vocabulary::EventFormat;

family! {
    /// Something that happened at a time: a meeting, a forum, a visit, a ceremony.
    Event, EventFields;
    own {
        /// When it took place: a day, or an interval from its start to its end; null where no document says.
        async fn date(&self) -> Option<EdtfDate> {
            self.0.value().period().as_date().map(EdtfDate)
        }

        /// How people met; null where no document says.
        async fn format(&self) -> Option<EventFormat> {
            self.0.value().format.map(Into::into)
        }

        /// The city where it took place, in English; null where no document says.
        async fn place(&self) -> Option<String> {
            self.0.value().city.clone()
        }
    }
    hops {
        /// The organizations and persons that planned and ran it.
        organizers: In [Organized] to [];
        /// The organizations and persons that gave it its place or its roof.
        hosts: In [Hosted] to [];
        /// The organizations and persons that took part; the role of each relationship says as what.
        participants: In [ParticipatedIn] to [];
        /// The agreements and programs that it passed.
        adopted: Out [Adopted] to [];
        /// What it was about: consortia, agreements, programs, topics.
        concerns: Out [Concerns] to [];
    }
}
