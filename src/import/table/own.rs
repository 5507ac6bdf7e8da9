//! Tables whose columns have the names of fields: which sort of table it is, and where each field stands.

use std::collections::BTreeMap;

use super::field::{Field, Sort};
use super::mapping::Rule;
use super::template::Template;
use crate::model::identifier::IdentifierScheme;
use crate::model::nearest::nearest;
use crate::model::text;
use crate::model::violation::Violation;

/// How a table with these columns is read.
pub(super) struct Own {
    pub(super) columns: Vec<String>,
    pub(super) sort: Sort,
    pub(super) rule: Rule,
    /// Whether `export csv` wrote it: only that has columns of citations, and tables of documents.
    pub(super) is_exported: bool,
    /// The columns that are no fields.
    pub(super) unknown: Vec<String>,
}

impl Own {
    /// Finds the fields among the columns; `On behalf of` is `on_behalf_of`.
    ///
    /// # Errors
    /// The columns are those of none of the sorts, or two of them are one field.
    pub(super) fn of(columns: &[&str]) -> Result<Self, Violation> {
        let folded: Vec<String> = columns.iter().map(|column| folded(column)).collect();
        let has = |name: &str| folded.iter().any(|column| column == name);
        let sort = if has("source") && has("target") {
            Sort::Relationship
        } else if has("id") && has("title") && !has("kind") && !has("name") {
            Sort::Document
        } else if has("id") {
            Sort::Entity
        } else {
            let problem = "the table has neither a column id nor the columns source, kind and target";
            return Err(Violation::new(problem, "name the columns so, or give a mapping with --map"));
        };
        let mut fields: BTreeMap<Field, Vec<Template>> = BTreeMap::new();
        let mut given: BTreeMap<Field, &str> = BTreeMap::new();
        let (mut of_registries, mut unknown) = (Vec::new(), Vec::new());
        for (column, folded) in columns.iter().zip(&folded) {
            if let Some(field) = sort.columns().find(|field| field.name() == folded) {
                if let Some(other) = given.insert(field, column) {
                    let problem = format!("the columns \"{other}\" and \"{column}\" are one field, {}", field.name());
                    return Err(Violation::new(problem, "rename or remove one of them"));
                }
                fields.insert(field, vec![Template::column(column)]);
            } else if sort == Sort::Entity && IdentifierScheme::called(column).is_some() {
                of_registries.push(Template::column(column));
            } else if !folded.is_empty() {
                unknown.push((*column).to_owned());
            }
        }
        if !of_registries.is_empty() {
            fields.entry(Field::Identifiers).or_default().extend(of_registries);
        }
        let is_exported = sort == Sort::Document || fields.contains_key(&Field::Citations);
        // Where a node stands in a drawing is no fact; in a table of others the columns are something else.
        for field in [Field::X, Field::Y] {
            if fields.remove(&field).is_some() && !is_exported {
                unknown.extend(given.get(&field).map(|column| (*column).to_owned()));
            }
        }
        Ok(Self {
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            sort,
            is_exported,
            rule: Rule::of(fields),
            unknown,
        })
    }
}

/// A column as the field that it names is written: small letters, `_` between words.
fn folded(column: &str) -> String {
    text::one_line(column).to_lowercase().replace([' ', '-'], "_")
}

/// That a column is not taken over.
pub(super) fn unknown(column: &str) -> Violation {
    let fields = [Sort::Entity, Sort::Relationship, Sort::Document].into_iter().flat_map(Sort::fields).map(Field::name);
    let remedy = match nearest(&folded(column), fields) {
        Some(near) => format!("it is left out; did you mean {near}?"),
        None => "it is left out; name it as a field of data/README.md, or give a mapping with --map".to_owned(),
    };
    Violation::new(format!("the column \"{column}\" is not a field"), remedy)
}
