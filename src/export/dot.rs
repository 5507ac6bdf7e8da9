//! DOT of Graphviz: `dot -Tsvg`, or `neato -n -Tsvg` where nodes have places.
//!
//! In every value a backslash is doubled, as in Graphviz' own labels; a reader halves them. The name of a node is its
//! label, where `&` is written `&amp;` as Graphviz wants it.

use std::io::{self, Write};

use super::contents::Contents;
use super::fields::{self, Field, Value};
use crate::model::entity::{EntityKind, Family};

/// How many points a drawing reaches from its middle.
const REACH: f64 = 500.0;

/// Writes the contents. `x` and `y` are the attribute `pos`, in points.
pub(super) fn write(contents: &dyn Contents, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"digraph consortia {\n  node [shape=box, style=rounded, fontname=\"sans-serif\"]\n")?;
    out.write_all(b"  edge [fontname=\"sans-serif\", fontsize=10]\n")?;
    writeln!(out, "  revision={}", contents.revision())?;
    for node in contents.nodes() {
        write!(out, "  {} [label={}", quoted(node.entity.id.as_str()), label(&node.entity.name))?;
        write!(out, ", shape={}", shape(node.entity.kind))?;
        // The two last fields are the place, which has an attribute of its own.
        attributes(out, &fields::NODE, &fields::of_node(&node)[..fields::NODE.len() - 2])?;
        if let Some(place) = node.place {
            write!(out, ", pos=\"{},{}\"", place.x * REACH, place.y * REACH)?;
        }
        out.write_all(b"]\n")?;
    }
    for link in contents.links() {
        let relationship = &link.relationship;
        let (source, target) = (quoted(relationship.source.as_str()), quoted(relationship.target.as_str()));
        write!(out, "  {source} -> {target} [id={}", quoted(relationship.id().as_str()))?;
        write!(out, ", label={}", label(relationship.role.as_deref().unwrap_or(relationship.kind.spec().label)))?;
        attributes(out, &fields::LINK, &fields::of_link(&link))?;
        out.write_all(b"]\n")?;
    }
    out.write_all(b"}\n")
}

fn attributes(out: &mut dyn Write, fields: &[Field], values: &[Value<'_>]) -> io::Result<()> {
    for (field, value) in fields.iter().zip(values) {
        // Graphviz' own JSON has the id as `name`.
        if let Some(value) = value.as_ref().filter(|_| field.name != "name") {
            write!(out, ", {}={}", field.name, quoted(value))?;
        }
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text as Graphviz draws it: line by line, and without the entities of HTML that it would take it for.
fn label(text: &str) -> String {
    quoted(&text.replace('&', "&amp;"))
}

fn shape(kind: EntityKind) -> &'static str {
    match kind.family() {
        Family::Organization => "box",
        Family::Person => "ellipse",
        Family::Agreement => "note",
        Family::Event => "octagon",
        Family::Program => "component",
        Family::Topic => "plaintext",
    }
}
