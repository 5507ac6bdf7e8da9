//! Labels: kinds and groups of kinds by their names.

use super::{Checker, meant};
use crate::graph::kinds::{EntityKinds, RelationshipKinds};
use crate::graph::pattern::syntax::PatternError;
use crate::graph::pattern::syntax::ast::{Label, Name};
use crate::model::entity::{EntityKind, Family};
use crate::model::relationship::RelationshipKind;

/// The groups of kinds of entities.
const GROUPS: [&str; 2] = ["Organization", "Entity"];

/// `MEDICAL_SCHOOL` as a label of a node: `MedicalSchool`.
pub(in crate::graph::pattern) fn pascal(name: &str) -> String {
    in_pascal(name).collect()
}

/// Whether a name such as `MEDICAL_SCHOOL` is written so, or as `MedicalSchool`.
pub(super) fn means(label: &str, kind: &str) -> bool {
    // Both ways of writing it begin alike.
    label.as_bytes().first() == kind.as_bytes().first() && (label == kind || label.chars().eq(in_pascal(kind)))
}

fn in_pascal(name: &str) -> impl Iterator<Item = char> {
    let begins = name.chars().scan('_', |before, letter| Some(std::mem::replace(before, letter) == '_'));
    let letters = name.chars().zip(begins).filter(|&(letter, _)| letter != '_');
    letters.map(|(letter, begins)| if begins { letter } else { letter.to_ascii_lowercase() })
}

fn entity_kinds_named(label: &str) -> Option<EntityKinds> {
    if label == "Entity" || label == "ENTITY" {
        return Some(EntityKinds::ALL);
    }
    if label == "Organization" || label == "ORGANIZATION" {
        return Some(EntityKind::ALL.into_iter().filter(|kind| kind.family() == Family::Organization).collect());
    }
    let kind = EntityKind::ALL.into_iter().find(|kind| means(label, kind.name()));
    kind.map(|kind| EntityKinds::NONE.with(kind))
}

fn relationship_kinds_named(label: &str) -> Option<RelationshipKinds> {
    let kind = RelationshipKind::ALL.into_iter().find(|kind| means(label, kind.name()));
    kind.map(|kind| RelationshipKinds::NONE.with(kind))
}

impl Checker<'_> {
    pub(super) fn entity_kinds(&self, label: &Label) -> Result<EntityKinds, PatternError> {
        Ok(match label {
            Label::Name(name) => entity_kinds_named(&name.text).map_or_else(|| self.no_node_label(name), Ok)?,
            Label::Any => EntityKinds::ALL,
            Label::Not(inner) => {
                let inner = self.entity_kinds(inner)?;
                EntityKind::ALL.into_iter().filter(|&kind| !inner.contains(kind)).collect()
            }
            Label::All(inner) => {
                inner.iter().try_fold(EntityKinds::ALL, |all, label| Ok(all.and(self.entity_kinds(label)?)))?
            }
            Label::OneOf(inner) => {
                inner.iter().try_fold(EntityKinds::NONE, |any, label| Ok(any.or(self.entity_kinds(label)?)))?
            }
        })
    }

    pub(super) fn relationship_kinds(&self, label: &Label) -> Result<RelationshipKinds, PatternError> {
        Ok(match label {
            Label::Name(name) => relationship_kinds_named(&name.text).map_or_else(|| self.no_edge_label(name), Ok)?,
            Label::Any => RelationshipKinds::ALL,
            Label::Not(inner) => {
                let inner = self.relationship_kinds(inner)?;
                RelationshipKind::ALL.into_iter().filter(|&kind| !inner.contains(kind)).collect()
            }
            Label::All(inner) => inner
                .iter()
                .try_fold(RelationshipKinds::ALL, |all, label| Ok(all.and(self.relationship_kinds(label)?)))?,
            Label::OneOf(inner) => inner
                .iter()
                .try_fold(RelationshipKinds::NONE, |any, label| Ok(any.or(self.relationship_kinds(label)?)))?,
        })
    }

    fn no_node_label<T>(&self, name: &Name) -> Result<T, PatternError> {
        if relationship_kinds_named(&name.text).is_some() {
            let message = format!("{0} is a label of edges; write -[:{0}]-", name.text);
            return self.error(name.span, message);
        }
        let kinds = EntityKind::ALL.map(|kind| pascal(kind.name()));
        self.unknown(name, &kinds.iter().map(String::as_str).chain(GROUPS).collect::<Vec<_>>())
    }

    fn no_edge_label<T>(&self, name: &Name) -> Result<T, PatternError> {
        if entity_kinds_named(&name.text).is_some() {
            return self.error(name.span, format!("{0} is a label of nodes; write (:{0})", name.text));
        }
        self.unknown(name, &RelationshipKind::ALL.map(|kind| kind.name()))
    }

    fn unknown<T>(&self, name: &Name, known: &[&str]) -> Result<T, PatternError> {
        self.error(name.span, format!("there is no label {}; {}", name.text, meant(&name.text, known)))
    }
}
