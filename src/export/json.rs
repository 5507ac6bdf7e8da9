//! The JSON records that the formats share, and lists of them that are written one a line.

use std::io::{self, Write};

use serde::Serialize;

use super::contents::{Link, Node, Tie};
use crate::model::citation::Citation;
use crate::model::edtf::EdtfDate;
use crate::model::entity::EntityRecord;
use crate::model::id::{EntityId, RelationshipId};
use crate::model::relationship::RelationshipKind;

/// An entity: the fields of the model under the names of `data/`.
#[derive(Serialize)]
pub(super) struct NodeData<'a> {
    #[serde(flatten)]
    entity: &'a EntityRecord,
    #[serde(rename = "merged_ids", skip_serializing_if = "<[_]>::is_empty")]
    merged: &'a [&'a EntityId],
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<f64>,
}

impl<'a> NodeData<'a> {
    pub(super) fn new(node: &'a Node<'_>) -> Self {
        let (x, y) = (node.place.map(|place| place.x), node.place.map(|place| place.y));
        Self { x, y, ..Self::unplaced(node) }
    }

    /// Without its place, where the format has one of its own.
    pub(super) fn unplaced(node: &'a Node<'_>) -> Self {
        Self { entity: &node.entity, merged: &node.merged, x: None, y: None }
    }
}

/// A relationship: the fields of the model under the names of `data/`. Its id holds what the field `key` of `data/` tells
/// apart.
#[derive(Serialize)]
pub(super) struct LinkData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RelationshipId>,
    source: &'a EntityId,
    target: &'a EntityId,
    /// The name that networkx has for the id of one of several edges between two nodes.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a RelationshipId>,
    kind: RelationshipKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_behalf_of: Option<&'a EntityId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a EdtfDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<&'a EdtfDate>,
    citations: &'a [Citation],
}

impl<'a> LinkData<'a> {
    pub(super) fn with_id(link: &'a Link<'_>) -> Self {
        Self { id: Some(link.relationship.id()), key: None, ..Self::with_key(link) }
    }

    pub(super) fn with_key(link: &'a Link<'_>) -> Self {
        let relationship = &link.relationship;
        Self {
            id: None,
            source: &relationship.source,
            target: &relationship.target,
            key: Some(relationship.id()),
            kind: relationship.kind,
            role: relationship.role.as_deref(),
            on_behalf_of: relationship.on_behalf_of.as_ref(),
            since: relationship.since.as_ref(),
            until: relationship.until.as_ref(),
            citations: &relationship.citations,
        }
    }
}

/// A tie of a projection.
#[derive(Serialize)]
pub(super) struct TieData<'a> {
    source: &'a EntityId,
    target: &'a EntityId,
    weight: u32,
    significance: f64,
    through: &'a [&'a EntityId],
    relationships: &'a [&'a RelationshipId],
    citations: &'a [Citation],
}

impl<'a> TieData<'a> {
    pub(super) fn new(tie: &'a Tie<'_>) -> Self {
        Self {
            source: tie.source,
            target: tie.target,
            weight: tie.weight,
            significance: tie.significance,
            through: &tie.through,
            relationships: &tie.relationships,
            citations: &tie.citations,
        }
    }
}

/// Writes the items of a JSON list, each on a line of its own.
pub(super) fn items<T>(
    out: &mut dyn Write,
    list: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut dyn Write, T) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (position, item) in list.enumerate() {
        out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
        write(out, item)?;
    }
    out.write_all(b"\n]")
}

/// Writes a value as JSON.
pub(super) fn value(out: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}

/// A value as JSON in one line.
pub(super) fn text(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("the model holds nothing that JSON cannot write")
}
