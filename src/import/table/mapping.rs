//! How the columns of a table become fields: the form of a mapping, and the rules that are read from it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::cells::Cells;
use super::field::{Field, Sort};
use super::template::Template;
use crate::model::citation::DocumentRecord;
use crate::model::nearest::nearest;
use crate::model::violation::Violation;

/// How the columns of a table become entities and relationships, one of each rule a row.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The document that the table is.
    #[serde(default)]
    pub document: Option<DocumentRecord>,
    /// Where the list of rows stands in a JSON document that is one object: `results.bindings`.
    #[serde(default)]
    pub rows: Option<String>,
    /// For a column what its values stand for: `values.country.UK = "GB"`; other values stay.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// The entities of a row.
    #[serde(default)]
    entity: Vec<Form>,
    /// The relationships of a row.
    #[serde(default)]
    relationship: Vec<Form>,
}

/// A rule as it is written.
#[derive(Clone, Debug, Deserialize)]
struct Form {
    #[serde(default)]
    stands_in: bool,
    #[serde(default)]
    each: Option<String>,
    #[serde(default)]
    only: BTreeMap<String, Texts>,
    #[serde(default)]
    except: BTreeMap<String, Texts>,
    #[serde(flatten)]
    fields: BTreeMap<String, Texts>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    More(Vec<String>),
    Other(IgnoredAny),
}

impl Texts {
    fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
            Self::Other(_) => &[],
        }
    }

    /// The texts under a name.
    ///
    /// # Errors
    /// It is neither a text nor a list of texts.
    fn of(&self, name: &str) -> Result<&[String], Violation> {
        match self {
            Self::One(_) | Self::More(_) => Ok(self.all()),
            Self::Other(_) => {
                let problem = format!("{name} is neither a text nor a list of texts");
                Err(Violation::new(problem, "write it in quotation marks"))
            }
        }
    }
}

/// A rule: which rows it is for, and the templates of each field.
#[derive(Clone, Debug, Default)]
pub(super) struct Rule {
    /// Whether the entity only stands for one that other documents know better.
    pub(super) stands_in: bool,
    /// The list of objects in a row of which each is taken for itself.
    pub(super) each: Option<String>,
    /// For a column the texts of which it has to hold one; "" is an empty cell.
    only: BTreeMap<String, Vec<String>>,
    /// For a column the texts of which it must hold none.
    except: BTreeMap<String, Vec<String>>,
    pub(super) fields: BTreeMap<Field, Vec<Template>>,
}

/// The rules of a mapping.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    pub(super) entities: Vec<Rule>,
    pub(super) relationships: Vec<Rule>,
}

impl Rule {
    /// A rule for every row.
    pub(super) fn of(fields: BTreeMap<Field, Vec<Template>>) -> Self {
        Self { fields, ..Self::default() }
    }

    /// Whether it is for a row.
    pub(super) fn is_for(&self, cells: &Cells<'_>) -> bool {
        let holds = |column: &String, texts: &Vec<String>| {
            let found = cells.values(column).texts;
            let is_one = |text: &String| match text.trim() {
                "" => found.is_empty(),
                text => found.iter().any(|value| value.trim() == text),
            };
            texts.iter().any(is_one)
        };
        self.only.iter().all(|(column, texts)| holds(column, texts))
            && !self.except.iter().any(|(column, texts)| holds(column, texts))
    }

    /// The columns that say whether it is for a row.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &str> {
        self.only.keys().chain(self.except.keys()).map(String::as_str)
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        self.fields.values().flatten().flat_map(Template::columns).chain(self.conditions()).chain(self.each.as_deref())
    }
}

impl Mapping {
    /// Reads its rules.
    ///
    /// # Errors
    /// A rule has a field that its sort has not, lacks one that it cannot do without, or has a template that cannot be
    /// read.
    pub(super) fn rules(&self) -> Result<Rules, Violation> {
        if self.entity.is_empty() && self.relationship.is_empty() {
            let problem = "the mapping makes nothing";
            return Err(Violation::new(problem, "add an [[entity]] or a [[relationship]]").about("mapping"));
        }
        let read = |forms: &[Form], sort: Sort| -> Result<Vec<Rule>, Violation> {
            let numbered = forms.iter().enumerate();
            numbered.map(|(nth, form)| form.rule(sort).map_err(|violation| violation.about(place(sort, nth)))).collect()
        };
        Ok(Rules {
            entities: read(&self.entity, Sort::Entity)?,
            relationships: read(&self.relationship, Sort::Relationship)?,
        })
    }
}

fn place(sort: Sort, nth: usize) -> String {
    format!("mapping, [[{}]] number {}", sort.name(), nth + 1)
}

impl Form {
    fn rule(&self, sort: Sort) -> Result<Rule, Violation> {
        let mut fields = BTreeMap::new();
        for (name, texts) in &self.fields {
            let Some(field) = sort.fields().find(|field| field.name() == name) else {
                let known: Vec<&str> =
                    sort.fields().map(Field::name).chain(["stands_in", "each", "only", "except"]).collect();
                let remedy = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("use only {}", known.join(", ")),
                };
                return Err(Violation::new(format!("there is no field {name}"), remedy));
            };
            let templates: Result<Vec<Template>, Violation> =
                texts.of(name)?.iter().map(|text| Template::parse(text)).collect();
            fields.insert(field, templates?);
        }
        if let Some(missing) = sort.required().iter().find(|field| !fields.contains_key(*field)) {
            return Err(Violation::new(format!("it has no {}", missing.name()), "add it"));
        }
        let conditions = |all: &BTreeMap<String, Texts>| -> Result<BTreeMap<String, Vec<String>>, Violation> {
            all.iter().map(|(column, texts)| Ok((column.clone(), texts.of(column)?.to_vec()))).collect()
        };
        Ok(Rule {
            stands_in: self.stands_in,
            each: self.each.clone(),
            only: conditions(&self.only)?,
            except: conditions(&self.except)?,
            fields,
        })
    }
}

impl Rules {
    pub(super) fn all(&self) -> impl Iterator<Item = &Rule> {
        self.entities.iter().chain(&self.relationships)
    }

    /// The columns that a mapping names, in the order of the alphabet.
    pub(super) fn columns<'r>(&'r self, mapping: &'r Mapping) -> BTreeSet<&'r str> {
        self.all().flat_map(Rule::columns).chain(mapping.values.keys().map(String::as_str)).collect()
    }
}

/// That a mapping names a column that is not there.
pub(super) fn lacking(column: &str, there: &[&str], what: &str) -> Violation {
    let remedy = match nearest(column, there.iter().copied()) {
        Some(near) => format!("did you mean {{{near}}}?"),
        None if there.len() > 12 => "name one that is there".to_owned(),
        None => format!("name one of {}", there.join(", ")),
    };
    Violation::new(format!("the mapping names {{{column}}}, and {what}"), remedy).about("mapping")
}
