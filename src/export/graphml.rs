//! GraphML, <http://graphml.graphdrawing.org/specification.html>: nodes, edges, and a typed field for each thing known.

use std::io::{self, Write};

use super::contents::Contents;
use super::fields::{self, Field, Value};
use super::json;
use super::xml::Xml;

const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";
const SCHEMA: &str = "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd";

/// Writes the contents; each document is a JSON record in the graph's field `documents`.
pub(super) fn write(contents: &dyn Contents, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::begin(out)?;
    xml.open(
        "graphml",
        &[
            ("xmlns", NAMESPACE),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", SCHEMA),
        ],
    )?;
    key(&mut xml, "graph", "g_revision", "revision", "long")?;
    key(&mut xml, "graph", "g_documents", "documents", "string")?;
    keys(&mut xml, "node", &fields::NODE)?;
    let ties = contents.ties();
    keys(&mut xml, "edge", if ties.is_some() { &fields::TIE } else { &fields::LINK })?;
    let sort = if ties.is_some() { "undirected" } else { "directed" };
    xml.open("graph", &[("id", "consortia"), ("edgedefault", sort)])?;
    xml.text("data", &[("key", "g_revision")], &contents.revision().to_string())?;
    let documents: Vec<_> = contents.documents().map(|document| &**document).collect();
    xml.text("data", &[("key", "g_documents")], &json::text(&documents))?;
    for node in contents.nodes() {
        xml.open("node", &[("id", node.entity.id.as_str())])?;
        data(&mut xml, "node", &fields::NODE, &fields::of_node(&node))?;
        xml.close("node")?;
    }
    for link in contents.links() {
        let relationship = &link.relationship;
        let ends = [
            ("id", relationship.id().as_str()),
            ("source", relationship.source.as_str()),
            ("target", relationship.target.as_str()),
        ];
        xml.open("edge", &ends)?;
        data(&mut xml, "edge", &fields::LINK, &fields::of_link(&link))?;
        xml.close("edge")?;
    }
    for tie in ties.into_iter().flatten() {
        xml.open("edge", &[("source", tie.source.as_str()), ("target", tie.target.as_str())])?;
        data(&mut xml, "edge", &fields::TIE, &fields::of_tie(&tie))?;
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    xml.finish()
}

fn keys(xml: &mut Xml<'_>, of: &str, fields: &[Field]) -> io::Result<()> {
    fields.iter().try_for_each(|field| key(xml, of, &id(of, field.name), field.name, field.sort.xml_name()))
}

fn key(xml: &mut Xml<'_>, of: &str, id: &str, name: &str, sort: &str) -> io::Result<()> {
    xml.empty("key", &[("id", id), ("for", of), ("attr.name", name), ("attr.type", sort)])
}

fn data(xml: &mut Xml<'_>, of: &str, fields: &[Field], values: &[Value<'_>]) -> io::Result<()> {
    for (field, value) in fields.iter().zip(values) {
        if let Some(value) = value {
            xml.text("data", &[("key", &id(of, field.name))], value)?;
        }
    }
    Ok(())
}

fn id(of: &str, name: &str) -> String {
    format!("{}_{name}", &of[..1])
}
