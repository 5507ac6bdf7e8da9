//! The statements about documents, entities and relationships, subject by subject.

use std::io;

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode, Term};

use super::vocabulary::{
    EDTF, OWL, PROV, Property, RDF, RDFS, SCHEMA, own_property, property, schema_class, second_class,
};
use super::{Base, Sink};
use crate::export::contents::{Contents, Link, Node};
use crate::export::fields::event_format;
use crate::model::citation::{Citation, Document, Strength};
use crate::model::edtf::EdtfDate;
use crate::model::entity::{EntityRecord, Figure};
use crate::model::name::{Language, NameKind};

/// Tells all statements to the sink.
pub(super) fn describe(contents: &dyn Contents, base: &Base, sink: Sink<'_>) -> io::Result<()> {
    contents.documents().try_for_each(|document| describe_document(base, document, sink))?;
    contents.nodes().try_for_each(|node| describe_entity(base, &node, sink))?;
    contents.links().try_for_each(|link| describe_relationship(base, &link, sink))
}

/// The statements about one subject.
struct Subject<'a, 'b> {
    base: &'a Base,
    name: NamedNode,
    sink: &'a mut (dyn FnMut(&NamedNode, &NamedNode, Term) -> io::Result<()> + 'b),
}

impl Subject<'_, '_> {
    fn say(&mut self, predicate: &NamedNode, object: impl Into<Term>) -> io::Result<()> {
        (self.sink)(&self.name, predicate, object.into())
    }

    fn class(&mut self, class: NamedNode) -> io::Result<()> {
        self.say(&word(RDF, "type"), class)
    }

    fn text(&mut self, predicate: &NamedNode, text: Option<&str>) -> io::Result<()> {
        text.map_or(Ok(()), |text| self.say(predicate, Literal::new_simple_literal(text)))
    }

    fn spoken(&mut self, predicate: &NamedNode, text: &str, language: Option<&Language>) -> io::Result<()> {
        let tagged = language.and_then(|tag| Literal::new_language_tagged_literal(text, tag.as_str()).ok());
        self.say(predicate, tagged.unwrap_or_else(|| Literal::new_simple_literal(text)))
    }

    /// A web page as a name where it can be one.
    fn page(&mut self, predicate: &NamedNode, address: Option<&str>) -> io::Result<()> {
        let Some(address) = address else { return Ok(()) };
        match NamedNode::new(address) {
            Ok(page) => self.say(predicate, page),
            Err(_) => self.text(predicate, Some(address)),
        }
    }

    fn date(&mut self, property: &str, date: Option<&EdtfDate>) -> io::Result<()> {
        let Some(date) = date else { return Ok(()) };
        let literal = Literal::new_typed_literal(date.as_str(), NamedNode::new_unchecked(EDTF));
        self.say(&self.base.term(property), literal)
    }

    fn derived_from(&mut self, citations: &[Citation]) -> io::Result<()> {
        for (position, citation) in citations.iter().enumerate() {
            let repeats = citations[..position].iter().any(|earlier| earlier.document == citation.document);
            if !repeats {
                self.say(&word(PROV, "wasDerivedFrom"), self.base.name("document", citation.document.as_str()))?;
            }
        }
        for position in 1..=citations.len() {
            self.say(&word(PROV, "qualifiedDerivation"), below(&self.name, "citation", position))?;
        }
        Ok(())
    }
}

fn word(vocabulary: &str, word: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{vocabulary}{word}"))
}

/// The name of the n-th thing that belongs to another; both kinds of base take it.
fn below(name: &NamedNode, sort: &str, number: usize) -> NamedNode {
    NamedNode::new_unchecked(format!("{}/{sort}/{number}", name.as_str()))
}

fn describe_document(base: &Base, document: &Document, sink: Sink<'_>) -> io::Result<()> {
    let mut subject = Subject { base, name: base.name("document", document.id.as_str()), sink };
    subject.class(word(SCHEMA, "CreativeWork"))?;
    subject.class(word(PROV, "Entity"))?;
    subject.text(&base.term("id"), Some(document.id.as_str()))?;
    subject.spoken(&word(SCHEMA, "name"), &document.title, document.language.as_ref())?;
    subject.text(&word(SCHEMA, "publisher"), document.publisher.as_deref())?;
    subject.page(&word(SCHEMA, "url"), document.url.as_deref())?;
    subject.date("published", document.published.as_ref())?;
    subject.date("asOf", document.as_of.as_ref())?;
    subject.date("accessed", document.accessed.as_ref())?;
    subject.text(&word(SCHEMA, "inLanguage"), document.language.as_ref().map(|language| language.as_str()))?;
    subject.text(&word(RDFS, "comment"), document.note.as_deref())
}

fn describe_entity(base: &Base, node: &Node<'_>, sink: Sink<'_>) -> io::Result<()> {
    let entity = &*node.entity;
    let name = base.name("entity", entity.id.as_str());
    let mut subject = Subject { base, name: name.clone(), sink: &mut *sink };
    subject.class(word(SCHEMA, schema_class(entity.kind)))?;
    if let Some((vocabulary, class)) = second_class(entity.kind) {
        subject.class(word(vocabulary, class))?;
    }
    subject.text(&base.term("id"), Some(entity.id.as_str()))?;
    subject.text(&base.term("kind"), Some(entity.kind.name()))?;
    names(&mut subject, entity)?;
    subject.text(&word(SCHEMA, "description"), entity.description.as_deref())?;
    subject.page(&word(SCHEMA, "url"), entity.homepage.as_deref())?;
    subject.text(&base.term("country"), entity.country.as_ref().map(|country| country.as_str()))?;
    subject.text(&base.term("city"), entity.city.as_deref())?;
    if let Some(point) = entity.coordinates {
        subject.say(&word(SCHEMA, "latitude"), Literal::from(point.latitude()))?;
        subject.say(&word(SCHEMA, "longitude"), Literal::from(point.longitude()))?;
    }
    for identifier in &entity.identifiers {
        subject.text(&word(SCHEMA, "identifier"), Some(&identifier.to_string()))?;
        subject.page(&word(SCHEMA, "sameAs"), identifier.url().as_deref())?;
    }
    for merged in &node.merged {
        subject.say(&word(OWL, "sameAs"), base.name("entity", merged.as_str()))?;
    }
    subject.date("since", entity.since.as_ref())?;
    subject.date("until", entity.until.as_ref())?;
    subject.text(&base.term("format"), entity.format.map(event_format))?;
    subject.text(&base.term("term"), entity.term.as_ref().map(|term| term.as_str()))?;
    if let Some(place) = node.place {
        subject.say(&base.term("x"), Literal::from(place.x))?;
        subject.say(&base.term("y"), Literal::from(place.y))?;
    }
    subject.derived_from(&entity.citations)?;
    for position in 1..=entity.figures.len() {
        subject.say(&base.term("figure"), below(&name, "figure", position))?;
    }
    describe_citations(base, &name, &entity.citations, sink)?;
    for (position, figure) in (1..).zip(&entity.figures) {
        describe_figure(base, below(&name, "figure", position), figure, sink)?;
    }
    Ok(())
}

fn names(subject: &mut Subject<'_, '_>, entity: &EntityRecord) -> io::Result<()> {
    subject.spoken(&word(SCHEMA, "name"), &entity.name, entity.language.as_ref())?;
    for name in &entity.names {
        let property = match name.kind {
            NameKind::Preferred | NameKind::Alias => word(SCHEMA, "alternateName"),
            NameKind::Acronym => subject.base.term("acronym"),
            NameKind::Former => subject.base.term("formerName"),
            NameKind::Misspelling => subject.base.term("misspelling"),
        };
        subject.spoken(&property, &name.text, name.language.as_ref())?;
    }
    Ok(())
}

fn describe_figure(base: &Base, name: NamedNode, figure: &Figure, sink: Sink<'_>) -> io::Result<()> {
    let citations = std::slice::from_ref(&figure.citation);
    let mut subject = Subject { base, name: name.clone(), sink: &mut *sink };
    subject.class(word(SCHEMA, "PropertyValue"))?;
    subject.text(&word(SCHEMA, "name"), Some(&figure.label))?;
    subject.text(&word(SCHEMA, "value"), Some(&figure.value))?;
    for (property, bound) in [("minValue", &figure.at_least), ("maxValue", &figure.at_most)] {
        if let Some(bound) = bound {
            let kind = if bound.as_str().contains('.') { xsd::DECIMAL } else { xsd::INTEGER };
            let literal = Literal::new_typed_literal(bound.as_str(), kind);
            subject.say(&word(SCHEMA, property), literal)?;
        }
    }
    subject.date("asOf", figure.as_of.as_ref())?;
    subject.derived_from(citations)?;
    describe_citations(base, &name, citations, sink)
}

fn describe_relationship(base: &Base, link: &Link<'_>, sink: Sink<'_>) -> io::Result<()> {
    let relationship = &*link.relationship;
    let source = base.name("entity", relationship.source.as_str());
    let target = base.name("entity", relationship.target.as_str());
    let own = base.term(&own_property(relationship.kind));
    sink(&source, &own, target.clone().into())?;
    match property(relationship.kind, link.source, link.target) {
        Some(Property::Forward(vocabulary, name)) => sink(&source, &word(vocabulary, name), target.clone().into())?,
        Some(Property::Backward(vocabulary, name)) => sink(&target, &word(vocabulary, name), source.clone().into())?,
        None => {}
    }
    let name = base.name("relationship", relationship.id().as_str());
    let mut subject = Subject { base, name: name.clone(), sink: &mut *sink };
    subject.class(word(RDF, "Statement"))?;
    subject.text(&base.term("id"), Some(relationship.id().as_str()))?;
    subject.text(&base.term("kind"), Some(relationship.kind.name()))?;
    subject.say(&word(RDF, "subject"), source)?;
    subject.say(&word(RDF, "predicate"), own)?;
    subject.say(&word(RDF, "object"), target)?;
    subject.text(&base.term("role"), relationship.role.as_deref())?;
    if let Some(other) = &relationship.on_behalf_of {
        subject.say(&base.term("onBehalfOf"), base.name("entity", other.as_str()))?;
    }
    subject.date("since", relationship.since.as_ref())?;
    subject.date("until", relationship.until.as_ref())?;
    subject.derived_from(&relationship.citations)?;
    describe_citations(base, &name, &relationship.citations, sink)
}

/// A derivation of PROV for each citation: which document, how firmly, where in it, and why.
fn describe_citations(base: &Base, of: &NamedNode, citations: &[Citation], sink: Sink<'_>) -> io::Result<()> {
    for (position, citation) in (1..).zip(citations) {
        let mut subject = Subject { base, name: below(of, "citation", position), sink: &mut *sink };
        subject.class(word(PROV, "Derivation"))?;
        subject.say(&word(PROV, "entity"), base.name("document", citation.document.as_str()))?;
        let strength = match citation.strength {
            Strength::Inferred => "INFERRED",
            Strength::Stated => "STATED",
        };
        subject.text(&base.term("strength"), Some(strength))?;
        subject.text(&base.term("locator"), citation.locator.as_deref())?;
        subject.text(&word(RDFS, "comment"), citation.note.as_deref())?;
    }
    Ok(())
}
