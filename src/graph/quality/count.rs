//! What the label of a figure counts: "Chinese universities attending in person" counts universities of one country.
//!
//! Only labels whose head is a plural of organizations are read so, and whose other words say no more than where these are
//! and that they take part. "Rank among hospitals" counts something else; "universities at the second meeting" and
//! "universities that responded" count some of which the relationships of the entity do not tell.

use std::collections::BTreeSet;

use crate::graph::Graph;
use crate::graph::adjacency::Incidence;
use crate::model::country::CountryCode;
use crate::model::entity::{EntityKind, Family};
use crate::model::relationship::RelationshipKind;
use crate::model::text;

/// Which organizations a figure counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// Of this kind; `None` means any.
    kind: Option<EntityKind>,
    /// In one of these countries; none means any.
    countries: BTreeSet<CountryCode>,
    /// There in one of these ways, by the words of their role; none means any way.
    ways: BTreeSet<Way>,
}

/// A way to be at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    InPerson,
    Online,
}

/// Words after the head that say of organizations, which take part in something, that they do, and how.
const TAKING_PART: [&[&str]; 13] = [
    &["attending"],
    &["involved"],
    &["joining"],
    &["participating"],
    &["present"],
    &["represented"],
    &["taking", "part"],
    &["in", "person"],
    &["on", "site"],
    &["online"],
    &["offline"],
    &["remotely"],
    &["virtually"],
];

/// Words that say in which way somebody is there.
const WAYS: [(&str, Way); 6] = [
    ("person", Way::InPerson),
    ("site", Way::InPerson),
    ("offline", Way::InPerson),
    ("online", Way::Online),
    ("remotely", Way::Online),
    ("virtually", Way::Online),
];

/// Words before the plural with which it is not what is counted: "rank among hospitals".
const PREPOSITIONS: [&str; 12] = ["among", "as", "at", "by", "for", "from", "in", "of", "on", "to", "with", "within"];

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

/// Of a country, and the country itself.
const COUNTRIES: [(&[&str], &str); 20] = [
    (&["american", "us", "usa"], "US"),
    (&["australian", "australia"], "AU"),
    (&["brazilian", "brazil"], "BR"),
    (&["british", "uk", "britain"], "GB"),
    (&["canadian", "canada"], "CA"),
    (&["chinese", "china"], "CN"),
    (&["dutch", "netherlands"], "NL"),
    (&["finnish", "finland"], "FI"),
    (&["french", "france"], "FR"),
    (&["german", "germany"], "DE"),
    (&["indian", "india"], "IN"),
    (&["irish", "ireland"], "IE"),
    (&["italian", "italy"], "IT"),
    (&["japanese", "japan"], "JP"),
    (&["korean", "korea"], "KR"),
    (&["norwegian", "norway"], "NO"),
    (&["singaporean", "singapore"], "SG"),
    (&["spanish", "spain"], "ES"),
    (&["swedish", "sweden"], "SE"),
    (&["swiss", "switzerland"], "CH"),
];

impl Counted {
    /// What a label of a figure of such an entity counts; `None` where it counts no organizations, or only some that are
    /// no neighbors of the entity for being counted.
    pub(super) fn of(label: &str, family: Family) -> Option<Self> {
        let folded = text::folded(label);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let (head, kind) = words.iter().enumerate().find_map(|(at, word)| {
            let (_, kind) = PLURALS.iter().find(|(plural, _)| plural == word)?;
            Some((at, *kind))
        })?;
        let before = &words[..head];
        if before.iter().any(|word| PREPOSITIONS.contains(word)) {
            return None;
        }
        let mut countries: BTreeSet<CountryCode> = before.iter().filter_map(|word| country(word)).collect();
        countries.extend(countries_in_rest(&words[head + 1..], family)?);
        Some(Self { kind, countries, ways: ways(&words[head + 1..]) })
    }

    /// How many such organizations are next to an entity, of the incidences that are given.
    pub(super) fn known<'g>(&self, graph: &Graph, incidences: impl Iterator<Item = &'g Incidence>) -> usize {
        let is_there = |country: Option<CountryCode>| country.is_some_and(|country| self.countries.contains(&country));
        let counts = |incidence: &&Incidence| {
            incidence.kind != RelationshipKind::Concerns
                && incidence.other_kind.family() == Family::Organization
                && self.kind.is_none_or(|kind| kind == incidence.other_kind)
                && (self.countries.is_empty() || is_there(graph.facts(incidence.other).country))
                && (self.ways.is_empty() || self.is_there_so(graph, incidence))
        };
        incidences.filter(counts).map(|incidence| incidence.other).collect::<BTreeSet<_>>().len()
    }

    /// Whether the role says that it is there in a way that is counted.
    fn is_there_so(&self, graph: &Graph, incidence: &Incidence) -> bool {
        let role = graph.relationship(incidence.relationship).value.role.as_deref().map(text::folded_words);
        let said = role.unwrap_or_default();
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        !ways(&said).is_disjoint(&self.ways)
    }
}

fn ways(words: &[&str]) -> BTreeSet<Way> {
    words.iter().filter_map(|word| WAYS.iter().find(|(way, _)| way == word).map(|(_, way)| *way)).collect()
}

/// The countries that the words after the head name; `None` where they say anything else of what is counted than its
/// country and, of what somebody takes part in, that it does.
fn countries_in_rest(mut rest: &[&str], family: Family) -> Option<Vec<CountryCode>> {
    let may_take_part = match family {
        Family::Event | Family::Program | Family::Agreement => true,
        Family::Organization | Family::Person | Family::Topic => false,
    };
    let mut countries = Vec::new();
    while let [word, more @ ..] = rest {
        let part = TAKING_PART.iter().find(|part| may_take_part && rest.starts_with(part));
        let place = more.iter().position(|word| *word != "the").map(|at| &more[at..]);
        rest = match (part, *word, place) {
            (Some(part), ..) => &rest[part.len()..],
            (None, "in" | "from" | "of", Some([name, further @ ..])) => {
                countries.push(country(name)?);
                further
            }
            (None, "and" | "or", Some([name, further @ ..])) if !countries.is_empty() && country(name).is_some() => {
                countries.extend(country(name));
                further
            }
            (None, "and" | "or", _) => more,
            _ => return None,
        };
    }
    Some(countries)
}

fn country(word: &str) -> Option<CountryCode> {
    COUNTRIES.iter().find(|(words, _)| words.contains(&word)).and_then(|(_, code)| code.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_counts_organizations_where_its_head_is_their_plural() {
        let counted = |kind, countries: &[&str]| {
            let countries = countries.iter().map(|code| code.parse().unwrap()).collect();
            Some(Counted { kind, countries, ways: BTreeSet::new() })
        };
        let there = |counted: Option<Counted>, ways: &[Way]| {
            counted.map(|counted| Counted { ways: ways.iter().copied().collect(), ..counted })
        };
        let universities = Some(EntityKind::University);
        for (family, label, expected) in [
            (Family::Event, "member universities attending", counted(universities, &[])),
            (
                Family::Event,
                "Chinese universities attending in person",
                there(counted(universities, &["CN"]), &[Way::InPerson]),
            ),
            (Family::Event, "Chinese universities taking part", counted(universities, &["CN"])),
            (Family::Event, "universities in China and the UK represented", counted(universities, &["CN", "GB"])),
            (
                Family::Event,
                "universities present, online or on site",
                there(counted(universities, &[]), &[Way::InPerson, Way::Online]),
            ),
            (Family::Program, "hospitals involved", counted(Some(EntityKind::Hospital), &[])),
            (Family::Organization, "nearly 20 member universities", counted(universities, &[])),
            (Family::Organization, "teaching hospitals", counted(Some(EntityKind::Hospital), &[])),
            (Family::Organization, "universities from the Netherlands", counted(universities, &["NL"])),
            (Family::Organization, "partners", counted(None, &[])),
            (Family::Organization, "UK members", counted(None, &["GB"])),
            (Family::Organization, "member universities attending", None),
            (
                Family::Organization,
                "Chinese universities at the second preparatory meeting of the founding members",
                None,
            ),
            (Family::Organization, "universities that responded well to the initiative to establish it", None),
            (Family::Event, "universities who sent their deans", None),
            (Family::Event, "hospitals which were visited", None),
            (Family::Organization, "members from industry", None),
            (Family::Organization, "universities in the top 50", None),
            (Family::Organization, "partners with a medical school", None),
            (Family::Organization, "companies founded by its members", None),
            (Family::Organization, "rank in the assessment of public hospitals", None),
            (Family::Organization, "active start-ups founded by its members", None),
            (Family::Organization, "standing among universities", None),
            (Family::Organization, "members' start-ups", None),
            (Family::Event, "universities and hospitals represented", None),
            (Family::Agreement, "years of relations", None),
            (Family::Event, "", None),
        ] {
            assert_eq!(Counted::of(label, family), expected, "{label}");
        }
    }
}
