//! The kinds of relationships, and the table of what each may join and how it is read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::entity::{EntityKind, Family};
use crate::model::id::EntityId;
use crate::model::violation::Violation;

/// How the source is related to the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RelationshipKind {
    /// It is a part of the target.
    PartOf,
    /// It is tied to the target without being a part of it.
    AffiliatedWith,
    /// It belongs to the target, a body of members.
    MemberOf,
    /// It brought the target into being.
    Founded,
    /// The two work together; either may be the source.
    CollaboratesWith,
    /// It is one of those that the agreement binds.
    PartyTo,
    /// It put its name under the agreement.
    Signed,
    /// It was there when the agreement was signed or the event took place, and did not sign.
    Witnessed,
    /// It planned and ran the event.
    Organized,
    /// It gave the event its place or its roof.
    Hosted,
    /// It took part in the event or program.
    ParticipatedIn,
    /// The person holds a post at the organization; the role is the title.
    HoldsPostAt,
    /// It offers the program.
    Offers,
    /// It gave money for the target.
    Funded,
    /// It came after the target, in its place or in its series.
    Succeeds,
    /// The meeting or body passed the agreement or program.
    Adopted,
    /// The target is what it is about or works on.
    Concerns,
    /// It named the target something; the role says what.
    Designated,
}

/// What a kind of relationship may join, and how it is read.
pub struct RelationshipSpec {
    /// Its name in data and in the API: `MEMBER_OF`.
    pub name: &'static str,
    /// The families its source may be of.
    pub sources: &'static [Family],
    /// The families its target may be of.
    pub targets: &'static [Family],
    /// Whether source and target must be of one family.
    pub same_family: bool,
    /// Whether it says the same read either way.
    pub symmetric: bool,
    /// How it is read from source to target: "is a member of".
    pub label: &'static str,
    /// How it is read from target to source: "has as a member".
    pub inverse_label: &'static str,
}

const ORGANIZATION: &[Family] = &[Family::Organization];
const ACTORS: &[Family] = &[Family::Organization, Family::Person];
const SERIES: &[Family] = &[Family::Organization, Family::Event, Family::Agreement, Family::Program];
const SUBJECTS: &[Family] = &[Family::Organization, Family::Person, Family::Agreement, Family::Event, Family::Program];
const MATTERS: &[Family] = &[Family::Organization, Family::Agreement, Family::Event, Family::Program, Family::Topic];

impl RelationshipKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 18] = [
        Self::PartOf,
        Self::AffiliatedWith,
        Self::MemberOf,
        Self::Founded,
        Self::CollaboratesWith,
        Self::PartyTo,
        Self::Signed,
        Self::Witnessed,
        Self::Organized,
        Self::Hosted,
        Self::ParticipatedIn,
        Self::HoldsPostAt,
        Self::Offers,
        Self::Funded,
        Self::Succeeds,
        Self::Adopted,
        Self::Concerns,
        Self::Designated,
    ];

    /// What it may join, and how it is read.
    pub fn spec(self) -> &'static RelationshipSpec {
        macro_rules! spec {
            ($name:literal, $sources:expr => $targets:expr, $label:literal, $inverse:literal $(, $flag:ident)?) => {{
                const SPEC: RelationshipSpec = RelationshipSpec {
                    $($flag: true,)?
                    ..RelationshipSpec {
                        name: $name,
                        sources: $sources,
                        targets: $targets,
                        same_family: false,
                        symmetric: false,
                        label: $label,
                        inverse_label: $inverse,
                    }
                };
                &SPEC
            }};
        }
        match self {
            Self::PartOf => spec!(
                "PART_OF",
                &[Family::Organization, Family::Event, Family::Program, Family::Topic] =>
                    &[Family::Organization, Family::Event, Family::Program, Family::Topic],
                "is part of", "has as a part", same_family),
            Self::AffiliatedWith => {
                spec!("AFFILIATED_WITH", ACTORS => ORGANIZATION, "is affiliated with", "has as an affiliate")
            }
            Self::MemberOf => spec!("MEMBER_OF", ACTORS => ORGANIZATION, "is a member of", "has as a member"),
            Self::Founded => spec!(
                "FOUNDED", ACTORS => &[Family::Organization, Family::Program, Family::Event],
                "founded", "was founded by"),
            Self::CollaboratesWith => spec!(
                "COLLABORATES_WITH", ACTORS => ACTORS, "collaborates with", "collaborates with", symmetric),
            Self::PartyTo => spec!("PARTY_TO", ACTORS => &[Family::Agreement], "is a party to", "binds"),
            Self::Signed => spec!("SIGNED", ACTORS => &[Family::Agreement], "signed", "was signed by"),
            Self::Witnessed => {
                spec!("WITNESSED", ACTORS => &[Family::Agreement, Family::Event], "witnessed", "was witnessed by")
            }
            Self::Organized => spec!("ORGANIZED", ACTORS => &[Family::Event], "organized", "was organized by"),
            Self::Hosted => spec!("HOSTED", ACTORS => &[Family::Event], "hosted", "was hosted by"),
            Self::ParticipatedIn => spec!(
                "PARTICIPATED_IN", ACTORS => &[Family::Event, Family::Program], "took part in", "was attended by"),
            Self::HoldsPostAt => {
                spec!("HOLDS_POST_AT", &[Family::Person] => ORGANIZATION, "holds a post at", "has on a post")
            }
            Self::Offers => spec!("OFFERS", ORGANIZATION => &[Family::Program], "offers", "is offered by"),
            Self::Funded => spec!(
                "FUNDED", ACTORS => SUBJECTS, "funded", "was funded by"),
            Self::Succeeds => spec!("SUCCEEDS", SERIES => SERIES, "succeeds", "was succeeded by", same_family),
            Self::Adopted => spec!(
                "ADOPTED", &[Family::Event, Family::Organization] => &[Family::Agreement, Family::Program],
                "adopted", "was adopted by"),
            Self::Concerns => spec!("CONCERNS", SUBJECTS => MATTERS, "concerns", "is the concern of"),
            Self::Designated => spec!(
                "DESIGNATED", ORGANIZATION => &[Family::Organization, Family::Program],
                "designated", "was designated by"),
        }
    }

    /// Its name in data and in the API: `MEMBER_OF`.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// Whether it is a state, which lasts until it ends, and not an act, which happens: a membership lasts, a signature
    /// does not.
    pub fn lasts(self) -> bool {
        match self {
            Self::PartOf
            | Self::AffiliatedWith
            | Self::MemberOf
            | Self::CollaboratesWith
            | Self::PartyTo
            | Self::HoldsPostAt
            | Self::Offers
            | Self::Funded
            | Self::Concerns => true,
            Self::Founded
            | Self::Signed
            | Self::Witnessed
            | Self::Organized
            | Self::Hosted
            | Self::ParticipatedIn
            | Self::Succeeds
            | Self::Adopted
            | Self::Designated => false,
        }
    }

    /// Whether this kind may lead from one kind of entity to the other.
    ///
    /// # Errors
    /// A violation that names the end that does not fit and what would.
    pub fn check_ends(self, source: (&EntityId, EntityKind), target: (&EntityId, EntityKind)) -> Result<(), Violation> {
        let spec = self.spec();
        let list = |families: &[Family]| families.iter().map(|family| family.plural()).collect::<Vec<_>>().join(", ");
        let fits = |end: &'static str, (id, kind): (&EntityId, EntityKind), allowed: &[Family], verb: &str| {
            if allowed.contains(&kind.family()) {
                return Ok(());
            }
            Err(Violation::new(
                format!("{end} \"{id}\" is {} {kind}, {} {verb} {}", kind.article(), spec.name, list(allowed)),
                "name another end, or use another kind of relationship",
            )
            .of(end))
        };
        fits("source", source, spec.sources, "leads from")?;
        fits("target", target, spec.targets, "points to")?;
        if spec.same_family && source.1.family() != target.1.family() {
            return Err(Violation::new(
                format!(
                    "\"{}\" is {} {} and \"{}\" {} {}, {} joins two of the same sort",
                    source.0,
                    source.1.article(),
                    source.1,
                    target.0,
                    target.1.article(),
                    target.1,
                    spec.name
                ),
                "name another end, or use another kind of relationship",
            )
            .of("target"));
        }
        Ok(())
    }
}

impl FromStr for RelationshipKind {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            let names: Vec<&str> = Self::ALL.iter().map(|kind| kind.name()).collect();
            Violation::new(
                format!("\"{shown}\" is no kind of relationship"),
                format!("use one of {}", names.join(", ")),
            )
            .of("kind")
        })
    }
}

impl fmt::Display for RelationshipKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_and_the_names_follow_the_declaration() {
        for (position, kind) in RelationshipKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, position);
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn ends_that_do_not_fit_are_named() {
        let (hospital, person) = (EntityId::new("pumch").unwrap(), EntityId::new("nancy-ip").unwrap());
        let refused = RelationshipKind::Signed
            .check_ends((&person, EntityKind::Person), (&hospital, EntityKind::Hospital))
            .unwrap_err();
        assert_eq!(refused.field, "target");
        assert!(refused.problem.contains("\"pumch\" is a HOSPITAL, SIGNED points to agreements"), "{refused}");
        assert!(
            RelationshipKind::Succeeds
                .check_ends((&hospital, EntityKind::Event), (&person, EntityKind::Program))
                .is_err()
        );
    }
}
