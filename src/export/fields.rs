//! The fields of nodes and links for formats that know texts and numbers only: a list is JSON in one field.

use std::borrow::Cow;

use super::contents::{Link, Node, Tie};
use super::json;
use crate::model::edtf::EdtfDate;
use crate::model::entity::EventFormat;

/// What sort of value a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Text,
    Number,
}

impl Sort {
    /// Its name in GraphML and GEXF.
    pub(super) fn xml_name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Number => "double",
        }
    }
}

/// A field: its name, the same in every format and in `data/`, and what it holds.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) sort: Sort,
}

pub(super) const fn text(name: &'static str) -> Field {
    Field { name, sort: Sort::Text }
}

const fn number(name: &'static str) -> Field {
    Field { name, sort: Sort::Number }
}

/// The value of a field, where there is one.
pub(super) type Value<'a> = Option<Cow<'a, str>>;

/// The fields of a node besides its id.
pub(super) const NODE: [Field; 21] = [
    text("kind"),
    text("name"),
    text("names"),
    text("language"),
    text("in_text"),
    text("description"),
    text("homepage"),
    text("country"),
    text("city"),
    number("latitude"),
    number("longitude"),
    text("identifiers"),
    text("since"),
    text("until"),
    text("format"),
    text("term"),
    text("figures"),
    text("citations"),
    text("merged_ids"),
    number("x"),
    number("y"),
];

/// The values of a node, in the order of [`NODE`].
pub(super) fn of_node<'a>(node: &'a Node<'_>) -> [Value<'a>; NODE.len()] {
    let entity = &*node.entity;
    [
        Some(entity.kind.name().into()),
        Some(entity.name.as_str().into()),
        list(&entity.names),
        entity.language.as_ref().map(|language| language.as_str().into()),
        entity.in_text.as_deref().map(Cow::from),
        entity.description.as_deref().map(Cow::from),
        entity.homepage.as_deref().map(Cow::from),
        entity.country.as_ref().map(|country| country.as_str().into()),
        entity.city.as_deref().map(Cow::from),
        entity.coordinates.map(|point| point.latitude().to_string().into()),
        entity.coordinates.map(|point| point.longitude().to_string().into()),
        list(&entity.identifiers),
        date(entity.since.as_ref()),
        date(entity.until.as_ref()),
        entity.format.map(|format| event_format(format).into()),
        entity.term.as_ref().map(|term| term.as_str().into()),
        list(&entity.figures),
        list(&entity.citations),
        list(&node.merged),
        node.place.map(|place| place.x.to_string().into()),
        node.place.map(|place| place.y.to_string().into()),
    ]
}

/// The fields of a link besides its id and its ends.
pub(super) const LINK: [Field; 6] =
    [text("kind"), text("role"), text("on_behalf_of"), text("since"), text("until"), text("citations")];

/// The values of a link, in the order of [`LINK`].
pub(super) fn of_link<'a>(link: &'a Link<'_>) -> [Value<'a>; LINK.len()] {
    let relationship = &*link.relationship;
    [
        Some(relationship.kind.name().into()),
        relationship.role.as_deref().map(Cow::from),
        relationship.on_behalf_of.as_ref().map(|id| id.as_str().into()),
        date(relationship.since.as_ref()),
        date(relationship.until.as_ref()),
        list(&relationship.citations),
    ]
}

/// The fields of a tie of a projection besides its ends.
pub(super) const TIE: [Field; 5] =
    [number("weight"), number("significance"), text("through"), text("relationships"), text("citations")];

/// The values of a tie, in the order of [`TIE`].
pub(super) fn of_tie(tie: &Tie<'_>) -> [Value<'static>; TIE.len()] {
    [
        Some(tie.weight.to_string().into()),
        Some(tie.significance.to_string().into()),
        list(&tie.through),
        list(&tie.relationships),
        list(&tie.citations),
    ]
}

/// The name of a way to meet, as in the API.
pub(super) fn event_format(format: EventFormat) -> &'static str {
    match format {
        EventFormat::InPerson => "IN_PERSON",
        EventFormat::Online => "ONLINE",
        EventFormat::Hybrid => "HYBRID",
    }
}

fn date(date: Option<&EdtfDate>) -> Value<'_> {
    date.map(|date| date.as_str().into())
}

fn list<T: serde::Serialize>(items: &[T]) -> Value<'static> {
    (!items.is_empty()).then(|| json::text(items).into())
}
