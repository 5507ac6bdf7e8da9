//! From a state to files that a person can edit: one table for each thing, one line for each field.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::Value;

use super::source::Matter;
use super::word::Word;
use crate::model::citation::{Citation, Document, Strength};
use crate::model::decimal::Decimal;
use crate::model::decision::Decision;
use crate::model::entity::{Entity, Figure};
use crate::model::name::{Name, NameKind};
use crate::model::relationship::Relationship;
use crate::model::state::State;

/// The files of a state, sorted by path: `authority/KIND.toml` for each kind there is, `decisions.toml` where there are
/// decisions, `documents/ID.toml` for each document. Tables are sorted by id, so that equal states give equal bytes.
pub fn write(state: &State) -> Vec<(String, String)> {
    let mut authority: BTreeMap<String, String> = BTreeMap::new();
    let mut documents: BTreeMap<&str, String> = BTreeMap::new();
    for document in &state.documents {
        documents.insert(document.id.as_str(), document_table(document));
    }
    let mut of_document = |id: &str, table: String| {
        let text = documents.get_mut(id).expect("a state holds every document that is cited in it");
        text.push('\n');
        text.push_str(&table);
    };
    for entity in &state.entities {
        let name = Matter::Entity(entity.kind).table();
        let text = authority.entry(format!("authority/{name}.toml")).or_default();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&entity_table(entity, &name));
        for citation in &entity.citations {
            of_document(citation.document.as_str(), mention_table(entity, citation));
        }
    }
    for relationship in &state.relationships {
        for citation in &relationship.citations {
            of_document(citation.document.as_str(), relationship_table(relationship, citation));
        }
    }
    for entity in &state.entities {
        for figure in &entity.figures {
            of_document(figure.citation.document.as_str(), figure_table(entity, figure));
        }
    }
    let documents = documents.into_iter().map(|(id, text)| (format!("documents/{id}.toml"), text));
    let decisions: Vec<String> = state.decisions.iter().map(|decision| decision_table(decision)).collect();
    let decisions = (!decisions.is_empty()).then(|| ("decisions.toml".to_owned(), decisions.join("\n")));
    authority.into_iter().chain(decisions).chain(documents).collect()
}

/// A table that is being written.
struct Table(String);

impl Table {
    fn new(header: &str) -> Self {
        Self(format!("{header}\n"))
    }

    fn field(&mut self, name: &str, value: impl std::fmt::Display) {
        writeln!(self.0, "{name} = {value}").expect("a String takes all that is written to it");
    }

    fn text(&mut self, name: &str, text: &str) {
        self.field(name, quoted(text));
    }

    fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// In quotes where other programs would round it.
    fn number(&mut self, name: &str, number: Option<&Decimal>) {
        const EXACT: usize = 15;
        match number.map(Decimal::as_str) {
            Some(text) if text.len() > EXACT => self.text(name, text),
            Some(text) => self.field(name, text),
            None => {}
        }
    }

    fn citation(&mut self, citation: &Citation) {
        if citation.strength != Strength::default() {
            self.text("strength", citation.strength.word());
        }
        self.optional("locator", citation.locator.as_deref());
        self.optional("note", citation.note.as_deref());
    }
}

fn quoted(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn document_table(document: &Document) -> String {
    let mut table = Table::new("[document]");
    table.text("id", document.id.as_str());
    table.text("title", &document.title);
    table.optional("publisher", document.publisher.as_deref());
    table.optional("url", document.url.as_deref());
    table.optional("published", document.published.as_ref().map(|date| date.as_str()));
    table.optional("as_of", document.as_of.as_ref().map(|date| date.as_str()));
    table.optional("accessed", document.accessed.as_ref().map(|date| date.as_str()));
    table.optional("language", document.language.as_ref().map(|language| language.as_str()));
    table.optional("note", document.note.as_deref());
    table.0
}

fn entity_table(entity: &Entity, name: &str) -> String {
    let mut table = Table::new(&format!("[[{name}]]"));
    table.text("id", entity.id.as_str());
    table.text("name", &entity.name);
    table.optional("language", entity.language.as_ref().map(|language| language.as_str()));
    table.optional("in_text", entity.in_text.as_deref());
    if !entity.names.is_empty() {
        let lines: String = entity.names.iter().map(|name| format!("  {},\n", inline_name(name))).collect();
        table.field("names", format!("[\n{lines}]"));
    }
    table.optional("description", entity.description.as_deref());
    table.optional("homepage", entity.homepage.as_deref());
    table.optional("country", entity.country.as_ref().map(|country| country.as_str()));
    table.optional("city", entity.city.as_deref());
    if let Some(point) = &entity.coordinates {
        let (latitude, longitude) = (Value::Float(point.latitude()), Value::Float(point.longitude()));
        table.field("coordinates", format!("{{ latitude = {latitude}, longitude = {longitude} }}"));
    }
    if !entity.identifiers.is_empty() {
        let identifiers = entity.identifiers.iter().map(|identifier| quoted(&identifier.to_string()).to_string());
        table.field("identifiers", format!("[{}]", identifiers.collect::<Vec<_>>().join(", ")));
    }
    table.optional("since", entity.since.as_ref().map(|date| date.as_str()));
    table.optional("until", entity.until.as_ref().map(|date| date.as_str()));
    table.optional("format", entity.format.map(Word::word));
    table.optional("term", entity.term.as_ref().map(|term| term.as_str()));
    table.0
}

fn inline_name(name: &Name) -> String {
    let mut parts = vec![format!("text = {}", quoted(&name.text))];
    if name.kind != NameKind::default() {
        parts.push(format!("kind = {}", quoted(name.kind.word())));
    }
    if let Some(language) = &name.language {
        parts.push(format!("language = {}", quoted(language.as_str())));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn mention_table(entity: &Entity, citation: &Citation) -> String {
    let mut table = Table::new("[[mention]]");
    table.text("entity", entity.id.as_str());
    table.citation(citation);
    table.0
}

fn relationship_table(relationship: &Relationship, citation: &Citation) -> String {
    let mut table = Table::new("[[relationship]]");
    table.text("source", relationship.source.as_str());
    table.text("kind", relationship.kind.name());
    table.text("target", relationship.target.as_str());
    table.optional("role", relationship.role.as_deref());
    table.optional("key", relationship.key.as_deref());
    table.optional("on_behalf_of", relationship.on_behalf_of.as_ref().map(|id| id.as_str()));
    table.optional("since", relationship.since.as_ref().map(|date| date.as_str()));
    table.optional("until", relationship.until.as_ref().map(|date| date.as_str()));
    table.citation(citation);
    table.0
}

fn decision_table(decision: &Decision) -> String {
    let mut table = Table::new("[[decision]]");
    table.text("one", decision.one.as_str());
    table.text("other", decision.other.as_str());
    table.text("verdict", decision.verdict.word());
    table.optional("keep", decision.keep.as_ref().map(|id| id.as_str()));
    table.text("by", &decision.by);
    table.text("at", &decision.at.to_string());
    table.text("reason", &decision.reason);
    if let Some(score) = decision.score {
        table.field("score", Value::Float(score));
    }
    table.0
}

fn figure_table(entity: &Entity, figure: &Figure) -> String {
    let mut table = Table::new("[[figure]]");
    table.text("entity", entity.id.as_str());
    table.text("label", &figure.label);
    table.text("value", &figure.value);
    table.number("at_least", figure.at_least.as_ref());
    table.number("at_most", figure.at_most.as_ref());
    table.optional("as_of", figure.as_of.as_ref().map(|date| date.as_str()));
    table.citation(&figure.citation);
    table.0
}
