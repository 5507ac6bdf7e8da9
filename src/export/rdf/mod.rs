//! RDF: Turtle, N-Quads and JSON-LD of the same statements.
//!
//! What things are is told in the words of schema.org and of the W3C's Organization ontology, where a fact was read in
//! those of PROV; dates are EDTF literals. Every relationship is a plain triple and, with its dates, role and citations,
//! a resource of its own.

mod base;
mod describe;
mod json_ld;
mod vocabulary;

use std::io::{self, Write};

use oxrdf::{NamedNode, Quad, Term};
use oxttl::{NQuadsSerializer, TurtleSerializer};

pub use base::Base;
pub(super) use json_ld::write_json_ld;

use self::describe::describe;
use self::vocabulary::PREFIXES;
use super::contents::Contents;

/// Takes one statement after the other: subject, predicate, object. All statements of a subject come together.
type Sink<'a> = &'a mut dyn FnMut(&NamedNode, &NamedNode, Term) -> io::Result<()>;

/// Writes the contents as Turtle.
pub(super) fn write_turtle(contents: &dyn Contents, base: &Base, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = TurtleSerializer::new();
    for (prefix, address) in prefixes(base) {
        serializer = serializer.with_prefix(prefix, address).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    describe(contents, base, &mut |subject, predicate, object| {
        writer.serialize_triple(&oxrdf::Triple::new(subject.clone(), predicate.clone(), object))
    })?;
    writer.finish().map(|_| ())
}

/// Writes the contents as N-Quads; the named graph of them all is that of their revision.
pub(super) fn write_n_quads(contents: &dyn Contents, base: &Base, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = NQuadsSerializer::new().for_writer(out);
    let graph = base.name("revision", &contents.revision().to_string());
    describe(contents, base, &mut |subject, predicate, object| {
        writer.serialize_quad(&Quad::new(subject.clone(), predicate.clone(), object, graph.clone()))
    })
}

/// The prefixes of all vocabularies, our own included.
fn prefixes(base: &Base) -> impl Iterator<Item = (&'static str, String)> {
    let own = [("c", base.term("").into_string())];
    PREFIXES.into_iter().map(|(prefix, address)| (prefix, address.to_owned())).chain(own)
}
