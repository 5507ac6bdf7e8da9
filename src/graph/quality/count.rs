//! What the label of a figure counts: "Chinese universities attending in person" counts universities of one country.
//!
//! Only labels whose head is a plural of organizations are read so. "Rank among hospitals" and "start-ups of its
//! members" count something else.

use std::collections::BTreeSet;

use crate::graph::Graph;
use crate::graph::adjacency::Incidence;
use crate::model::country::CountryCode;
use crate::model::entity::{EntityKind, Family};
use crate::model::relationship::RelationshipKind;
use crate::model::text;

/// Which organizations a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// Of this kind; `None` means any.
    kind: Option<EntityKind>,
    /// In this country; `None` means any.
    country: Option<CountryCode>,
}

/// Words that end the head of a label.
const ENDS: [&str; 26] = [
    "active",
    "among",
    "as",
    "at",
    "attended",
    "attending",
    "by",
    "for",
    "founded",
    "from",
    "having",
    "in",
    "involved",
    "joining",
    "of",
    "on",
    "participating",
    "represented",
    "taking",
    "that",
    "to",
    "which",
    "who",
    "whose",
    "with",
    "within",
];

/// Plurals, each with the kind it means.
const PLURALS: [(&str, Option<EntityKind>); 15] = [
    ("universities", Some(EntityKind::University)),
    ("hospitals", Some(EntityKind::Hospital)),
    ("clinics", Some(EntityKind::Hospital)),
    ("faculties", Some(EntityKind::MedicalSchool)),
    ("schools", Some(EntityKind::MedicalSchool)),
    ("companies", Some(EntityKind::Company)),
    ("enterprises", Some(EntityKind::Company)),
    ("consortia", Some(EntityKind::Consortium)),
    ("foundations", Some(EntityKind::Foundation)),
    ("centers", Some(EntityKind::ResearchCenter)),
    ("institutes", Some(EntityKind::ResearchCenter)),
    ("institutions", None),
    ("organizations", None),
    ("members", None),
    ("partners", None),
];

const DEMONYMS: [(&str, &str); 20] = [
    ("american", "US"),
    ("australian", "AU"),
    ("brazilian", "BR"),
    ("british", "GB"),
    ("canadian", "CA"),
    ("chinese", "CN"),
    ("dutch", "NL"),
    ("french", "FR"),
    ("german", "DE"),
    ("indian", "IN"),
    ("irish", "IE"),
    ("italian", "IT"),
    ("japanese", "JP"),
    ("korean", "KR"),
    ("singaporean", "SG"),
    ("spanish", "ES"),
    ("swedish", "SE"),
    ("swiss", "CH"),
    ("uk", "GB"),
    ("us", "US"),
];

impl Counted {
    /// What a label counts; `None` where it counts no organizations.
    pub(super) fn of(label: &str) -> Option<Self> {
        let folded = text::folded(label);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let head: Vec<&str> = words.take_while(|word| !ENDS.contains(word)).collect();
        let last = head.last()?;
        let kind = PLURALS.iter().find(|(plural, _)| plural == last)?.1;
        let named = head.iter().find_map(|word| DEMONYMS.iter().find(|(demonym, _)| demonym == word));
        Some(Self { kind, country: named.and_then(|(_, code)| code.parse().ok()) })
    }

    /// How many such organizations are next to an entity, of the incidences that are given.
    pub(super) fn known<'g>(&self, graph: &Graph, incidences: impl Iterator<Item = &'g Incidence>) -> usize {
        let counts = |incidence: &&Incidence| {
            incidence.kind != RelationshipKind::Concerns
                && incidence.other_kind.family() == Family::Organization
                && self.kind.is_none_or(|kind| kind == incidence.other_kind)
                && self.country.is_none_or(|country| graph.facts(incidence.other).country == Some(country))
        };
        incidences.filter(counts).map(|incidence| incidence.other).collect::<BTreeSet<_>>().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_counts_organizations_where_its_head_is_their_plural() {
        let counted =
            |kind, country: Option<&str>| Some(Counted { kind, country: country.map(|code| code.parse().unwrap()) });
        for (label, expected) in [
            ("member universities attending", counted(Some(EntityKind::University), None)),
            ("Chinese universities attending in person", counted(Some(EntityKind::University), Some("CN"))),
            ("universities in China and the UK represented", counted(Some(EntityKind::University), None)),
            ("teaching hospitals", counted(Some(EntityKind::Hospital), None)),
            ("partners", counted(None, None)),
            ("UK members", counted(None, Some("GB"))),
            ("rank in the assessment of public hospitals", None),
            ("active start-ups founded by its members", None),
            ("standing among universities", None),
            ("years of relations", None),
            ("", None),
        ] {
            assert_eq!(Counted::of(label), expected, "{label}");
        }
    }
}
