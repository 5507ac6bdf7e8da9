//! Which words of schema.org, ORG, SKOS and PROV our kinds are told in. What they have no word for is told in ours alone.

use crate::model::entity::{EntityKind, Family};
use crate::model::relationship::RelationshipKind;

/// The vocabularies that are used, with their usual prefixes.
pub(super) const PREFIXES: [(&str, &str); 8] = [
    ("edtf", "http://id.loc.gov/datatypes/edtf/"),
    ("org", ORG),
    ("prov", PROV),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("schema", SCHEMA),
    ("skos", SKOS),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

pub(super) const EDTF: &str = "http://id.loc.gov/datatypes/edtf/EDTF";
pub(super) const OWL: &str = "http://www.w3.org/2002/07/owl#";
pub(super) const ORG: &str = "http://www.w3.org/ns/org#";
pub(super) const PROV: &str = "http://www.w3.org/ns/prov#";
pub(super) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub(super) const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
pub(super) const SCHEMA: &str = "https://schema.org/";
pub(super) const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// The class of schema.org that a kind is of.
pub(super) fn schema_class(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::University => "CollegeOrUniversity",
        EntityKind::MedicalSchool => "EducationalOrganization",
        EntityKind::Hospital => "Hospital",
        EntityKind::Consortium => "Consortium",
        EntityKind::ResearchCenter => "ResearchOrganization",
        EntityKind::Office => "Organization",
        EntityKind::Company => "Corporation",
        EntityKind::Foundation => "FundingAgency",
        EntityKind::Government => "GovernmentOrganization",
        EntityKind::Nonprofit => "NGO",
        EntityKind::Person => "Person",
        EntityKind::Agreement => "DigitalDocument",
        EntityKind::Event => "Event",
        EntityKind::Program => "Service",
        EntityKind::Topic => "DefinedTerm",
    }
}

/// The class of ORG or SKOS that a kind is of, where there is one.
pub(super) fn second_class(kind: EntityKind) -> Option<(&'static str, &'static str)> {
    match kind {
        EntityKind::Consortium => Some((ORG, "OrganizationalCollaboration")),
        EntityKind::Office => Some((ORG, "OrganizationalUnit")),
        EntityKind::University
        | EntityKind::MedicalSchool
        | EntityKind::Hospital
        | EntityKind::ResearchCenter
        | EntityKind::Company
        | EntityKind::Foundation
        | EntityKind::Government
        | EntityKind::Nonprofit => Some((ORG, "Organization")),
        EntityKind::Topic => Some((SKOS, "Concept")),
        EntityKind::Person | EntityKind::Agreement | EntityKind::Event | EntityKind::Program => None,
    }
}

/// A property that says what a kind of relationship says, from source to target or the other way round.
pub(super) enum Property {
    Forward(&'static str, &'static str),
    Backward(&'static str, &'static str),
}

/// The property of schema.org, ORG or SKOS for a kind of relationship between such ends, where there is one.
pub(super) fn property(kind: RelationshipKind, source: EntityKind, target: EntityKind) -> Option<Property> {
    use Property::{Backward, Forward};
    let (source, target) = (source.family(), target.family());
    let are_organizations = source == Family::Organization && target == Family::Organization;
    match kind {
        RelationshipKind::PartOf => match source {
            Family::Organization => Some(Forward(ORG, "subOrganizationOf")),
            Family::Event => Some(Forward(SCHEMA, "superEvent")),
            Family::Topic => Some(Forward(SKOS, "broader")),
            Family::Person | Family::Agreement | Family::Program => None,
        },
        RelationshipKind::AffiliatedWith if are_organizations => Some(Forward(ORG, "linkedTo")),
        RelationshipKind::AffiliatedWith => Some(Forward(SCHEMA, "affiliation")),
        RelationshipKind::MemberOf => Some(Forward(ORG, "memberOf")),
        RelationshipKind::Founded if target == Family::Organization => Some(Backward(SCHEMA, "founder")),
        RelationshipKind::CollaboratesWith if are_organizations => Some(Forward(ORG, "linkedTo")),
        RelationshipKind::Organized => Some(Backward(SCHEMA, "organizer")),
        RelationshipKind::ParticipatedIn if target == Family::Event => Some(Backward(SCHEMA, "attendee")),
        RelationshipKind::HoldsPostAt => Some(Forward(SCHEMA, "worksFor")),
        RelationshipKind::Offers => Some(Backward(SCHEMA, "provider")),
        RelationshipKind::Funded => Some(Backward(SCHEMA, "funder")),
        RelationshipKind::Concerns => match source {
            Family::Event | Family::Agreement => Some(Forward(SCHEMA, "about")),
            Family::Organization | Family::Person => Some(Forward(SCHEMA, "knowsAbout")),
            Family::Program | Family::Topic => None,
        },
        RelationshipKind::Founded
        | RelationshipKind::CollaboratesWith
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::PartyTo
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Hosted
        | RelationshipKind::Succeeds
        | RelationshipKind::Adopted
        | RelationshipKind::Designated => None,
    }
}

/// The property of our own for a kind of relationship: `memberOf`.
pub(super) fn own_property(kind: RelationshipKind) -> String {
    let mut word = String::new();
    for (position, part) in kind.name().split('_').enumerate() {
        let lower = part.to_ascii_lowercase();
        match lower.split_at_checked(1) {
            Some((first, rest)) if position > 0 => word.extend([&first.to_ascii_uppercase(), rest]),
            Some(_) | None => word.push_str(&lower),
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_is_the_kind_in_camel_case() {
        assert_eq!(own_property(RelationshipKind::HoldsPostAt), "holdsPostAt");
        assert_eq!(own_property(RelationshipKind::Signed), "signed");
    }
}
