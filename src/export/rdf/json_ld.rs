//! JSON-LD in expanded form, node by node as its statements come: the classes of a node stand under `@type`, where
//! frames and other tools look for them, and first, as Streaming JSON-LD asks.

use std::io::{self, Write};

use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, Term};
use serde_json::{Map, Value, json};

use super::describe::describe;
use super::{Base, prefixes};
use crate::export::contents::Contents;

/// Writes the contents as JSON-LD.
pub(in crate::export) fn write_json_ld(contents: &dyn Contents, base: &Base, out: &mut dyn Write) -> io::Result<()> {
    let mut context: Vec<_> = prefixes(base).collect();
    context.sort_unstable();
    let context: Map<String, Value> =
        context.into_iter().map(|(prefix, address)| (prefix.to_owned(), json!(address))).collect();
    write!(out, "{{\"@context\":{},\"@graph\":[", Value::Object(context))?;
    let mut nodes = Nodes { out, written: 0, node: None };
    describe(contents, base, &mut |subject, predicate, object| nodes.add(subject, predicate, object))?;
    nodes.end()?;
    nodes.out.write_all(b"]}\n")
}

/// Gathers the statements of one subject after the other, as long as they come together.
struct Nodes<'a> {
    out: &'a mut dyn Write,
    written: usize,
    node: Option<(NamedNode, Node)>,
}

#[derive(Default)]
struct Node {
    classes: Vec<Value>,
    properties: Map<String, Value>,
}

impl Nodes<'_> {
    fn add(&mut self, subject: &NamedNode, predicate: &NamedNode, object: Term) -> io::Result<()> {
        if self.node.as_ref().is_some_and(|(name, _)| name != subject) {
            self.end()?;
        }
        let (_, node) = self.node.get_or_insert_with(|| (subject.clone(), Node::default()));
        match object {
            Term::NamedNode(class) if *predicate == rdf::TYPE => node.classes.push(json!(class.as_str())),
            object => {
                let values = node.properties.entry(predicate.as_str()).or_insert_with(|| json!([]));
                values.as_array_mut().ok_or_else(|| io::Error::other("a property is no list"))?.push(value(&object)?);
            }
        }
        Ok(())
    }

    /// Writes the node that is gathered.
    fn end(&mut self) -> io::Result<()> {
        let Some((name, node)) = self.node.take() else { return Ok(()) };
        let mut whole = Map::from_iter([("@id".to_owned(), json!(name.as_str()))]);
        if !node.classes.is_empty() {
            whole.insert("@type".to_owned(), Value::Array(node.classes));
        }
        whole.extend(node.properties);
        if self.written > 0 {
            self.out.write_all(b",")?;
        }
        self.written += 1;
        serde_json::to_writer(&mut *self.out, &whole).map_err(io::Error::from)
    }
}

/// An object of a statement, as a value or a reference.
fn value(object: &Term) -> io::Result<Value> {
    match object {
        Term::NamedNode(name) => Ok(json!({ "@id": name.as_str() })),
        Term::Literal(literal) => Ok(match literal.language() {
            Some(language) => json!({ "@language": language, "@value": literal.value() }),
            None if literal.datatype() == oxrdf::vocab::xsd::STRING => json!({ "@value": literal.value() }),
            None => json!({ "@type": literal.datatype().as_str(), "@value": literal.value() }),
        }),
        // Nothing that we say is about a thing without a name.
        other => Err(io::Error::other(format!("{other} is neither a name nor a literal"))),
    }
}
