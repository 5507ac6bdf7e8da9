//! Organizations, and shorthands for what one relationship joins to them.

use async_graphql::Result;

use super::family::family;
use super::fields::Handle;
use super::hop::Hop;
use crate::graph::Direction;
use crate::model::relationship::RelationshipKind;

family! {
    /// A body of people: a university, hospital, consortium, company, office, …
    Organization, OrganizationFields;
    own {
        /// What it is a part of; null where that is nothing in the view. The first by name where there are several.
        async fn parent(&self) -> Result<Option<Organization>> {
            let hop = Hop { kinds: &[RelationshipKind::PartOf], direction: Direction::Out, ends: &[] };
            let parent = hop.ends_of(&self.0)?.first().map(|neighbor| neighbor.entity);
            Ok(parent.map(|index| Organization::new(Handle { scope: self.0.scope.clone(), index })))
        }
    }
    hops {
        /// What is a part of it: its schools, departments, offices.
        parts: In [PartOf] to [];
        /// The organizations and persons that are its members.
        members: In [MemberOf] to [];
        /// The organizations and persons that founded it.
        founders: In [Founded] to [];
        /// The hospitals that are affiliated with it, or it with them, or that are a part of it.
        hospitals: Both [AffiliatedWith, PartOf] to [Hospital];
        /// The organizations and persons affiliated with it, and those that it is affiliated with.
        affiliates: Both [AffiliatedWith] to [];
        /// The consortia that it founded or is a member of.
        consortia: Out [MemberOf, Founded] to [Consortium];
        /// The organizations and persons that it works together with.
        partners: Both [CollaboratesWith] to [];
        /// The persons who hold a post at it; the role of each relationship is the title.
        staff: In [HoldsPostAt] to [];
        /// The agreements that it is a party to.
        agreements: Out [PartyTo] to [];
        /// The events that it organized, hosted, founded, funded, witnessed or took part in, and those that were about it;
        /// the relationships of each say how.
        events: Both [Organized, Hosted, ParticipatedIn, Witnessed, Founded, Funded, Concerns] to [Event];
        /// The programs that it offers.
        programs: Out [Offers] to [];
        /// The fields that it works on.
        topics: Out [Concerns] to [Topic];
    }
}
