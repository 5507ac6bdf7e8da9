//! What a contribution and those who stand without it state of the same ends, kind and role, and the ids that tell it apart.

use super::Proposal;
use super::relationships::{Context, Kept, Settled};
use crate::import::Said;
use crate::model::citation::Citation;
use crate::model::id::RelationshipId;
use crate::model::relationship::{Relationship, RelationshipRecord};
use crate::model::violation::{Origin, Violation};

/// What is said of the same ends, kind and role: by the contribution, and by what stands without it.
pub(super) struct Family<'a> {
    context: &'a Context<'a>,
    /// The id that one of them has alone.
    plain: RelationshipId,
    base: Option<String>,
    /// What the contribution states, each once, with all its citations.
    stated: Vec<Statement>,
    /// All that the state has of the same ends and kind.
    there: Vec<&'a Relationship>,
    /// Whether somebody chose the key.
    is_keyed: bool,
}

struct Statement {
    record: RelationshipRecord,
    origins: Vec<Origin>,
}

impl<'a> Family<'a> {
    pub(super) fn of(context: &'a Context<'a>, said: &[Said<Relationship>]) -> Self {
        let first = &said[0].value;
        let mut stated: Vec<Statement> = Vec::with_capacity(1);
        for one in said {
            match stated.iter_mut().find(|known| known.record.agrees_with(&one.value)) {
                Some(known) => {
                    known.record.citations.extend(one.value.citations.iter().cloned());
                    known.origins.push(one.origin.clone());
                }
                None => stated.push(Statement { record: one.value.clone().into(), origins: vec![one.origin.clone()] }),
            }
        }
        Self {
            context,
            plain: first.id().clone(),
            base: first.last_part(),
            stated,
            there: context.between(&first.source, first.kind, &first.target).collect(),
            is_keyed: first.key.is_some(),
        }
    }

    /// Whether a relationship of the state has this family's id, or one that was made of it to tell it apart.
    fn holds(&self, relationship: &Relationship) -> bool {
        *relationship.id() == self.plain
            || relationship.key.as_ref().is_some_and(|key| *key == relationship.apart_key(self.base.as_deref()))
    }

    /// The relationship of the state that states the same: one of the family, or the only one whose key somebody chose.
    fn there_already(&self, record: &RelationshipRecord) -> Option<&'a Relationship> {
        let agrees = |relationship: &&&Relationship| relationship.agrees_with(record);
        let own = self.there.iter().filter(agrees).find(|relationship| self.holds(relationship));
        own.copied().or_else(|| {
            let is_free = |there: &&&Relationship| !self.is_keyed && !self.context.chosen.contains(there.id());
            let mut others = self.there.iter().filter(agrees).filter(is_free);
            others.next().copied().filter(|_| others.next().is_none())
        })
    }

    /// Gives each statement an id: the plain one where nothing else is stated of the same, else one with a key that
    /// follows from what it states, whoever came first. What is without dates keeps the plain one, and a key stays.
    pub(super) fn settle(self, settled: &mut Vec<Settled>, kept: &mut Kept, proposal: &mut Proposal) {
        let ours = self.context.ours;
        let found: Vec<Option<&Relationship>> =
            self.stated.iter().map(|statement| self.there_already(&statement.record)).collect();
        let is_found = |there: &Relationship| found.iter().flatten().any(|found| found.id() == there.id());
        // What others state, and the contribution does not.
        let others: Vec<&Relationship> = self
            .there
            .iter()
            .copied()
            .filter(|there| self.holds(there) && !is_found(there))
            .filter(|there| there.citations.iter().any(|citation| ours.leaves(citation)))
            .collect();
        let is_alone = self.stated.len() + others.len() == 1;
        let bare = self.stated.iter().filter(|statement| statement.record.is_bare()).count()
            + others.iter().filter(|other| other.is_bare()).count();
        let key = |record: &RelationshipRecord| {
            let is_plain = is_alone || (record.is_bare() && bare == 1);
            if is_plain { record.key.clone() } else { Some(record.apart_key(self.base.as_deref())) }
        };
        let mut new: Vec<(RelationshipRecord, &[Origin], Option<&RelationshipId>)> =
            Vec::with_capacity(self.stated.len());
        for (statement, found) in self.stated.iter().zip(&found) {
            let mut record = statement.record.clone();
            if let Some(found) = found {
                let theirs = found.citations.iter().filter(|citation| !ours.has(citation)).cloned();
                let theirs: Vec<Citation> = theirs.collect();
                record.key = if *found.id() == self.plain { key(found) } else { found.key.clone() };
                if !theirs.is_empty() {
                    record.role.clone_from(&found.role);
                }
                record.citations.extend(theirs);
            } else {
                record.key = key(&record);
                if !is_alone {
                    self.note(statement, &others, proposal);
                }
            }
            new.push((record, statement.origins.as_slice(), found.map(Relationship::id)));
        }
        for other in others.iter().filter(|other| *other.id() == self.plain) {
            let mut record: RelationshipRecord = (***other).clone();
            record.key = key(other);
            if record.key != other.key {
                record.citations.retain(|citation| ours.leaves(citation));
                new.push((record, <&[Origin]>::default(), Some(other.id())));
            }
        }
        let left: Vec<&RelationshipId> = new.iter().filter_map(|(_, _, old)| *old).collect();
        for (record, origins, old) in new {
            match Relationship::new(record) {
                Ok(value) if self.is_taken(&value, &left) || !kept.ids.insert(value.id().clone()) => {
                    let problem = "another relationship has this id, and states something else";
                    let violation = Violation::new(problem, "give one of the two a key to tell them apart");
                    proposal.refused.push(violation.of("key").about(value.id()).at(origins.first()));
                }
                Ok(value) => {
                    kept.gone.extend(old.filter(|old| *old != value.id()).cloned());
                    settled.push(Settled { value, origins: origins.to_vec() });
                }
                Err(violations) => {
                    let violations = violations.0.into_iter().map(|violation| violation.at(origins.first()));
                    proposal.refused.extend(violations);
                }
            }
        }
    }

    /// Whether something else that stays has the id of a value.
    fn is_taken(&self, value: &Relationship, left: &[&RelationshipId]) -> bool {
        let there = self.there.iter().find(|there| there.id() == value.id());
        there.is_some_and(|there| {
            !left.contains(&there.id())
                && !there.agrees_with(value)
                && there.citations.iter().any(|citation| self.context.ours.leaves(citation))
        })
    }

    fn note(&self, statement: &Statement, others: &[&Relationship], proposal: &mut Proposal) {
        let among_ours = self.stated.iter().filter(|other| !std::ptr::eq(*other, statement)).map(|other| {
            let place = other.origins.first().map_or_else(String::new, |origin| format!(" at {origin}"));
            format!("{}{place}", other.record.circumstances())
        });
        let among_others =
            others.iter().map(|other| format!("{} by \"{}\"", other.circumstances(), other.citations[0].document));
        let Some(other) = among_ours.chain(among_others).next() else { return };
        let problem = format!("it is {} here, and {other}", statement.record.circumstances());
        let note = Violation::new(problem, "both stand, each with a key of its own");
        proposal.notes.push(note.about(&self.plain).at(statement.origins.first()));
    }
}
