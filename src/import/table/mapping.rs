//! How the columns of a table become fields.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::citation::DocumentRecord;
use crate::model::violation::Violation;

/// How the columns of a table become entities and relationships, one of each rule a row.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The document that the table is.
    #[serde(default)]
    pub document: Option<DocumentRecord>,
    /// For a column what its values stand for: `values.country.UK = "GB"`; other values stay.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// The entities of a row.
    #[serde(default)]
    pub(super) entity: Vec<Rule>,
    /// The relationships of a row.
    #[serde(default)]
    pub(super) relationship: Vec<Rule>,
}

/// The template of each field.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Rule {
    /// Whether the entity only stands for one that other documents know better.
    #[serde(default)]
    pub(super) stands_in: bool,
    #[serde(flatten)]
    pub(super) fields: BTreeMap<Field, Template>,
}

/// Text in which `{column}` stands for what is in the column.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Template {
    One(String),
    More(Vec<String>),
}

impl Template {
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}

/// A field of an entity or a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Field {
    Id,
    Kind,
    Name,
    Names,
    Acronyms,
    Language,
    Description,
    Homepage,
    Country,
    City,
    Latitude,
    Longitude,
    Identifiers,
    Since,
    Until,
    Format,
    Term,
    Source,
    Target,
    Role,
    Key,
    OnBehalfOf,
    Locator,
    Strength,
    Note,
}

impl Field {
    pub(super) const OF_ENTITIES: [(Self, &'static str); 20] = [
        (Self::Id, "id"),
        (Self::Kind, "kind"),
        (Self::Name, "name"),
        (Self::Names, "names"),
        (Self::Acronyms, "acronyms"),
        (Self::Language, "language"),
        (Self::Description, "description"),
        (Self::Homepage, "homepage"),
        (Self::Country, "country"),
        (Self::City, "city"),
        (Self::Latitude, "latitude"),
        (Self::Longitude, "longitude"),
        (Self::Identifiers, "identifiers"),
        (Self::Since, "since"),
        (Self::Until, "until"),
        (Self::Format, "format"),
        (Self::Term, "term"),
        (Self::Locator, "locator"),
        (Self::Strength, "strength"),
        (Self::Note, "note"),
    ];
    pub(super) const OF_RELATIONSHIPS: [(Self, &'static str); 11] = [
        (Self::Source, "source"),
        (Self::Kind, "kind"),
        (Self::Target, "target"),
        (Self::Role, "role"),
        (Self::Key, "key"),
        (Self::OnBehalfOf, "on_behalf_of"),
        (Self::Since, "since"),
        (Self::Until, "until"),
        (Self::Locator, "locator"),
        (Self::Strength, "strength"),
        (Self::Note, "note"),
    ];
}

impl Rule {
    /// Each field from the column of its name.
    pub(super) fn by_name(fields: &[(Field, &str)]) -> Self {
        let fields = fields.iter().map(|(field, name)| (*field, Template::One(format!("{{{name}}}")))).collect();
        Self { stands_in: false, fields }
    }
}

impl Mapping {
    /// Checks that each rule has only fields of its sort, and those that it cannot do without.
    pub(super) fn check(&self) -> Result<(), Violation> {
        let sorts = [
            (&self.entity, "entity", &Field::OF_ENTITIES[..], &Field::OF_ENTITIES[..3]),
            (&self.relationship, "relationship", &Field::OF_RELATIONSHIPS[..], &Field::OF_RELATIONSHIPS[..3]),
        ];
        if self.entity.is_empty() && self.relationship.is_empty() {
            return Err(
                Violation::new("the mapping makes nothing", "add an [[entity]] or a [[relationship]]").about("mapping")
            );
        }
        for (rules, sort, allowed, required) in sorts {
            for rule in rules {
                if let Some((_, name)) = required.iter().find(|(field, _)| !rule.fields.contains_key(field)) {
                    let problem = format!("a rule of the sort {sort} has no {name}");
                    return Err(Violation::new(problem, "add it").about("mapping"));
                }
                if let Some(field) = rule.fields.keys().find(|field| allowed.iter().all(|(known, _)| known != *field)) {
                    let names: Vec<&str> = allowed.iter().map(|(_, name)| *name).collect();
                    let problem = format!("a rule of the sort {sort} has no use for {field:?}");
                    return Err(Violation::new(problem, format!("use only {}", names.join(", "))).about("mapping"));
                }
                let is_open = |text: &&String| text.rsplit_once('{').is_some_and(|(_, after)| !after.contains('}'));
                if let Some(text) = rule.fields.values().flat_map(Template::all).find(is_open) {
                    let problem = format!("the template \"{text}\" has a {{ that is not closed");
                    return Err(Violation::new(problem, "write {column}").about("mapping"));
                }
            }
        }
        Ok(())
    }
}
