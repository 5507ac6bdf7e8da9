//! What can be asked of an entity or a relationship by name.

use std::borrow::Cow;

use super::value::Value;
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::{Budget, Exhausted, Graph, View};
use crate::model::citation::Strength;
use crate::model::edtf::EdtfDate;
use crate::model::entity::EntityRecord;
use crate::model::identifier::IdentifierScheme;

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Null, or what may be anything.
    Any,
    Truth,
    Number,
    Text,
    Date,
    Entity,
    Relationship,
    Texts,
    List,
}

impl Type {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Truth => "a truth value",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Date => "a date",
            Self::Entity => "an entity",
            Self::Relationship => "a relationship",
            Self::Texts => "a list of texts",
            Self::List => "a list",
        }
    }
}

/// A property of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntityProperty {
    Id,
    Kind,
    Name,
    Names,
    Aliases,
    Description,
    Homepage,
    Country,
    City,
    Since,
    Until,
    Identifiers,
    Key(IdentifierScheme),
    Documents,
    Figures,
    Degree,
}

/// A property of a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RelationshipProperty {
    Id,
    Kind,
    Role,
    OnBehalfOf,
    Since,
    Until,
    Strength,
    Documents,
}

impl EntityProperty {
    /// All with their names; those of identifier schemes come from the schemes.
    const NAMED: [(&'static str, Self); 15] = [
        ("id", Self::Id),
        ("kind", Self::Kind),
        ("name", Self::Name),
        ("names", Self::Names),
        ("aliases", Self::Aliases),
        ("description", Self::Description),
        ("homepage", Self::Homepage),
        ("country", Self::Country),
        ("city", Self::City),
        ("since", Self::Since),
        ("until", Self::Until),
        ("identifiers", Self::Identifiers),
        ("documents", Self::Documents),
        ("figures", Self::Figures),
        ("degree", Self::Degree),
    ];

    /// All names.
    pub(super) fn names() -> Vec<String> {
        let named = Self::NAMED.iter().map(|(name, _)| (*name).to_owned());
        named.chain(IdentifierScheme::ALL.iter().map(|&scheme| scheme_name(scheme))).collect()
    }

    pub(super) fn find(name: &str) -> Option<Self> {
        let named = Self::NAMED.iter().find(|(known, _)| *known == name).map(|&(_, property)| property);
        let scheme = || IdentifierScheme::ALL.into_iter().find(|&scheme| scheme_name(scheme) == name);
        named.or_else(|| scheme().map(Self::Key))
    }

    pub(super) fn of_type(self) -> Type {
        match self {
            Self::Id
            | Self::Kind
            | Self::Name
            | Self::Description
            | Self::Homepage
            | Self::Country
            | Self::City
            | Self::Key(_) => Type::Text,
            Self::Names | Self::Aliases | Self::Identifiers | Self::Documents | Self::Figures => Type::Texts,
            Self::Since | Self::Until => Type::Date,
            Self::Degree => Type::Number,
        }
    }

    /// Whether it is a key, which is compared as it is, and not words of people.
    pub(super) fn is_key(self) -> bool {
        match self {
            Self::Id | Self::Kind | Self::Country | Self::Identifiers | Self::Key(_) | Self::Documents => true,
            Self::Name
            | Self::Names
            | Self::Aliases
            | Self::Description
            | Self::Homepage
            | Self::City
            | Self::Since
            | Self::Until
            | Self::Figures
            | Self::Degree => false,
        }
    }

    /// How many items of a record are read for the value; those of a text that has to be written count twice.
    pub(super) fn items(self, record: &EntityRecord) -> usize {
        match self {
            Self::Names | Self::Aliases => record.names.len(),
            Self::Identifiers => 2 * record.identifiers.len(),
            Self::Key(_) => record.identifiers.len() / 4,
            Self::Documents => record.citations.len(),
            Self::Figures => record.figures.len(),
            Self::Id
            | Self::Kind
            | Self::Name
            | Self::Description
            | Self::Homepage
            | Self::Country
            | Self::City
            | Self::Since
            | Self::Until
            | Self::Degree => 0,
        }
    }

    /// The value. *O(1)*, besides lists, which are made, and the degree, which visits relationships. It costs one visit,
    /// and one more for each item that is read.
    pub(super) fn of<'g>(
        self,
        graph: &'g Graph,
        view: &View,
        entity: EntityIndex,
        budget: &Budget,
    ) -> Result<Value<'g>, Exhausted> {
        let record = graph.entity(entity);
        budget.spend(1 + self.items(record))?;
        let others = || record.names.iter().map(|name| text(&name.text));
        Ok(match self {
            Self::Id => text(record.id.as_str()),
            Self::Kind => text(record.kind.name()),
            Self::Name => text(&record.name),
            Self::Names => Value::List(std::iter::once(text(&record.name)).chain(others()).collect()),
            Self::Aliases => Value::List(others().collect()),
            Self::Description => optional(record.description.as_deref()),
            Self::Homepage => optional(record.homepage.as_deref()),
            Self::Country => optional(record.country.as_ref().map(|country| country.as_str())),
            Self::City => optional(record.city.as_deref()),
            Self::Since => date(record.since.as_ref()),
            Self::Until => date(record.end(view.strength())),
            Self::Identifiers => {
                let written = |identifier: &crate::model::identifier::Identifier| identifier.to_string();
                Value::List(record.identifiers.iter().map(|each| Value::Text(Cow::Owned(written(each)))).collect())
            }
            Self::Key(scheme) => {
                let keys = record.identifiers.iter().filter(|identifier| identifier.scheme() == scheme);
                Value::Keys(keys.map(|identifier| identifier.value()).collect())
            }
            Self::Documents => {
                let shown = record.citations.iter().filter(|citation| view.shows(graph, citation));
                Value::List(shown.map(|citation| text(citation.document.as_str())).collect())
            }
            Self::Figures => {
                let shown = record.figures.iter().filter(|figure| view.shows(graph, &figure.citation));
                Value::List(shown.map(|figure| text(&figure.label)).collect())
            }
            Self::Degree => {
                let incidences = graph.incidences(entity);
                budget.spend(incidences.len())?;
                let seen = incidences.iter().filter(|incidence| view.admits_incidence(graph, entity, incidence));
                Value::Number(seen.count() as f64)
            }
        })
    }
}

/// The name of a scheme as a property: `crossrefFunder`.
pub(super) fn scheme_name(scheme: IdentifierScheme) -> String {
    let mut words = scheme.spec().name.split('_').map(str::to_ascii_lowercase);
    let first = words.next().unwrap_or_default();
    words.fold(first, |name, word| name + &word[..1].to_ascii_uppercase() + &word[1..])
}

impl RelationshipProperty {
    /// All with their names.
    pub(super) const NAMED: [(&'static str, Self); 8] = [
        ("id", Self::Id),
        ("kind", Self::Kind),
        ("role", Self::Role),
        ("onBehalfOf", Self::OnBehalfOf),
        ("since", Self::Since),
        ("until", Self::Until),
        ("strength", Self::Strength),
        ("documents", Self::Documents),
    ];

    pub(super) fn find(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|&(_, property)| property)
    }

    pub(super) fn of_type(self) -> Type {
        match self {
            Self::Id | Self::Kind | Self::Role | Self::OnBehalfOf | Self::Strength => Type::Text,
            Self::Documents => Type::Texts,
            Self::Since | Self::Until => Type::Date,
        }
    }

    /// Whether it is a key, which is compared as it is, and not words of people.
    pub(super) fn is_key(self) -> bool {
        match self {
            Self::Id | Self::Kind | Self::OnBehalfOf | Self::Strength | Self::Documents => true,
            Self::Role | Self::Since | Self::Until => false,
        }
    }

    /// The value, as the view shows it. *O(1)*, or *O(c)* for *c* citations. It costs one visit, or one more for each
    /// citation.
    pub(super) fn of<'g>(
        self,
        graph: &'g Graph,
        view: &View,
        relationship: RelationshipIndex,
        budget: &Budget,
    ) -> Result<Value<'g>, Exhausted> {
        let record = graph.relationship(relationship);
        let items = match self {
            Self::Strength | Self::Documents => record.citations.len(),
            Self::Id | Self::Kind | Self::Role | Self::OnBehalfOf | Self::Since | Self::Until => 0,
        };
        budget.spend(1 + items)?;
        let shown = || record.citations.iter().filter(|citation| view.shows(graph, citation));
        Ok(match self {
            Self::Id => text(record.id().as_str()),
            Self::Kind => text(record.kind.name()),
            Self::Role => optional(record.role.as_deref()),
            Self::OnBehalfOf => {
                let id = record.on_behalf_of.as_ref().map(|id| id.as_str());
                match id.and_then(|id| graph.find_entity(id)) {
                    Some(principal) if view.admits_entity(graph, principal, budget)? => optional(id),
                    Some(_) | None => Value::Null,
                }
            }
            Self::Since => date(record.since.as_ref()),
            Self::Until => date(record.until.as_ref()),
            Self::Strength => shown()
                .map(|citation| citation.strength)
                .max()
                .map_or(Value::Null, |strength| text(strength_name(strength))),
            Self::Documents => Value::List(shown().map(|citation| text(citation.document.as_str())).collect()),
        })
    }
}

/// A strength as a text.
pub(super) fn strength_name(strength: Strength) -> &'static str {
    match strength {
        Strength::Inferred => "INFERRED",
        Strength::Stated => "STATED",
    }
}

fn text(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

fn optional(text: Option<&str>) -> Value<'_> {
    text.map_or(Value::Null, |text| Value::Text(Cow::Borrowed(text)))
}

fn date(date: Option<&EdtfDate>) -> Value<'static> {
    date.map_or(Value::Null, |date| Value::Date(date.first_day(), date.last_day()))
}
