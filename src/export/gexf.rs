//! GEXF 1.3, <https://gexf.net>: nodes and edges with the days between which they may have held.

use std::io::{self, Write};

use jiff::civil::Date;

use super::contents::{Contents, Place};
use super::fields::{self, Field, Value};
use super::xml::Xml;
use crate::model::edtf::{Day, EdtfDate};

/// How many of its units a drawing reaches from its middle.
const REACH: f64 = 500.0;

/// Writes the contents. A period is a spell from the first day that its start may mean to the last day that its end may
/// mean; what has no dates has no spell, and is always there.
pub(super) fn write(contents: &dyn Contents, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::begin(out)?;
    xml.open(
        "gexf",
        &[("xmlns", "http://gexf.net/1.3"), ("xmlns:viz", "http://gexf.net/1.3/viz"), ("version", "1.3")],
    )?;
    xml.open("meta", &[])?;
    xml.text("creator", &[], "Consortia")?;
    xml.text("description", &[], &format!("Revision {}", contents.revision()))?;
    xml.close("meta")?;
    xml.open(
        "graph",
        &[
            ("mode", "dynamic"),
            ("defaultedgetype", "directed"),
            ("timeformat", "date"),
            ("timerepresentation", "interval"),
        ],
    )?;
    declare(&mut xml, "node", &fields::NODE)?;
    declare(&mut xml, "edge", &fields::LINK)?;
    xml.open("nodes", &[])?;
    for node in contents.nodes() {
        let entity = &node.entity;
        xml.open("node", &[("id", entity.id.as_str()), ("label", &entity.name)])?;
        values(&mut xml, &fields::of_node(&node))?;
        spell(&mut xml, entity.since.as_ref(), entity.until.as_ref())?;
        if let Some(Place { x, y }) = node.place {
            let (x, y) = ((x * REACH).to_string(), (y * REACH).to_string());
            xml.empty("viz:position", &[("x", &x), ("y", &y), ("z", "0")])?;
        }
        xml.close("node")?;
    }
    xml.close("nodes")?;
    xml.open("edges", &[])?;
    for link in contents.links() {
        let relationship = &link.relationship;
        let attributes = [
            ("id", relationship.id().as_str()),
            ("source", relationship.source.as_str()),
            ("target", relationship.target.as_str()),
            ("kind", relationship.kind.name()),
            ("label", relationship.kind.spec().label),
        ];
        xml.open("edge", &attributes)?;
        values(&mut xml, &fields::of_link(&link))?;
        spell(&mut xml, relationship.since.as_ref(), relationship.until.as_ref())?;
        xml.close("edge")?;
    }
    xml.close("edges")?;
    xml.close("graph")?;
    xml.close("gexf")?;
    xml.finish()
}

fn declare(xml: &mut Xml<'_>, class: &str, fields: &[Field]) -> io::Result<()> {
    xml.open("attributes", &[("class", class), ("mode", "static")])?;
    for (position, field) in fields.iter().enumerate() {
        let (id, sort) = (position.to_string(), field.sort.xml_name());
        xml.empty("attribute", &[("id", &id), ("title", field.name), ("type", sort)])?;
    }
    xml.close("attributes")
}

fn values(xml: &mut Xml<'_>, values: &[Value<'_>]) -> io::Result<()> {
    xml.open("attvalues", &[])?;
    for (position, value) in values.iter().enumerate() {
        if let Some(value) = value {
            xml.empty("attvalue", &[("for", &position.to_string()), ("value", value)])?;
        }
    }
    xml.close("attvalues")
}

fn spell(xml: &mut Xml<'_>, since: Option<&EdtfDate>, until: Option<&EdtfDate>) -> io::Result<()> {
    let start = since.and_then(|date| day(date.first_day()));
    let end = until.and_then(|date| day(date.last_day()));
    let bounds = [("start", &start), ("end", &end)];
    let bounds: Vec<_> = bounds.iter().filter_map(|(name, day)| Some((*name, day.as_deref()?))).collect();
    if bounds.is_empty() {
        return Ok(());
    }
    xml.open("spells", &[])?;
    xml.empty("spell", &bounds)?;
    xml.close("spells")
}

/// A day as an XML date; `None` where it is open, or outside the years 1 to 9999 that every reader takes.
fn day(day: Day) -> Option<String> {
    let date = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(i64::from(day)).ok()?).ok()?;
    (1..=9999).contains(&date.year()).then(|| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_an_xml_date_and_an_open_one_is_none() {
        assert_eq!(day(0).as_deref(), Some("1970-01-01"));
        assert_eq!(day(-719_162).as_deref(), Some("0001-01-01"));
        assert_eq!(day(-719_163), None);
        assert_eq!(day(Day::MIN), None);
        assert_eq!(day(Day::MAX), None);
    }
}
