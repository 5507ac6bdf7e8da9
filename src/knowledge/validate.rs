//! The rules that need the whole graph: names lead to something, ends fit kinds, nothing that is named goes away, and
//! decisions agree.

use std::collections::BTreeSet;

use super::groups::Groups;
use crate::model::change::{Change, ChangeSet};
use crate::model::citation::Citation;
use crate::model::decision::Decision;
use crate::model::entity::Entity;
use crate::model::id::{DocumentId, EntityId};
use crate::model::nearest::nearest;
use crate::model::relationship::Relationship;
use crate::model::state::State;
use crate::model::violation::{Origin, Violation, Violations};

/// Notes each rule that `next`, the state that a set makes of `state`, breaks.
///
/// Only what the set touches is looked at: `state` is taken to be whole.
pub(super) fn set(state: &State, next: &State, set: &ChangeSet, violations: &mut Violations) {
    let mut check = Check { next, violations, comparisons: 3_000_000 };
    let mut unsettled: BTreeSet<&str> = BTreeSet::new();
    for (position, change) in set.changes.iter().enumerate() {
        let origin = set.origin(position);
        match change {
            Change::UpsertDocument(document) => check.shared_id(document.id.as_str(), origin),
            Change::UpsertEntity(entity) => {
                check.entity(entity, origin);
                let kind = state.entity(entity.id.as_str()).map(|old| old.kind);
                if kind.is_some_and(|kind| kind != entity.kind) {
                    unsettled.insert(entity.id.as_str());
                }
            }
            Change::UpsertRelationship(relationship) => check.relationship(relationship, origin),
            Change::DeleteDocument(id) => {
                unsettled.insert(id.as_str());
            }
            Change::DeleteEntity(id) => {
                unsettled.insert(id.as_str());
            }
            Change::DeleteRelationship(_) | Change::Withdraw(_) => {}
            Change::Decide(decision) => check.decision(decision, origin),
        }
    }
    check.untouched(set, &unsettled);
    // A decision that is withdrawn contradicts none, but it may have said which id stays where others disagree.
    if set.changes.iter().any(|change| matches!(change, Change::Decide(_) | Change::Withdraw(_))) {
        let contradictions = Groups::of(&next.decisions).contradictions(&next.decisions);
        contradictions.into_iter().for_each(|violation| check.violations.push(violation));
    }
}

struct Check<'a> {
    next: &'a State,
    violations: &'a mut Violations,
    /// How many more words may be compared for suggestions.
    comparisons: usize,
}

impl Check<'_> {
    fn refuse(&mut self, violation: Violation, subject: &str, origin: Option<&Origin>) {
        self.violations.push(violation.about(subject).at(origin));
    }

    /// Entities and documents share one space of ids.
    fn shared_id(&mut self, id: &str, origin: Option<&Origin>) {
        if self.next.entity(id).is_some() && self.next.document(id).is_some() {
            let violation = Violation::new("an entity and a document have this id", "give one of them another id");
            self.refuse(violation.of("id"), id, origin);
        }
    }

    fn entity(&mut self, entity: &Entity, origin: Option<&Origin>) {
        let id = entity.id.as_str();
        // Where both are in the set, the document's change reports it too; once is enough.
        if self.next.document(id).is_some_and(|document| document.revision <= self.revision_before()) {
            self.shared_id(id, origin);
        }
        let citations = entity.citations.iter().chain(entity.figures.iter().map(|figure| &figure.citation));
        self.citations(citations, id, origin);
    }

    fn revision_before(&self) -> u64 {
        self.next.revision().saturating_sub(1)
    }

    fn relationship(&mut self, relationship: &Relationship, origin: Option<&Origin>) {
        let id = relationship.id().as_str();
        let ends = [("source", Some(&relationship.source)), ("target", Some(&relationship.target))];
        for (field, end) in ends.into_iter().chain([("on_behalf_of", relationship.on_behalf_of.as_ref())]) {
            if let Some(end) = end
                && self.next.entity(end.as_str()).is_none()
            {
                let violation = self.unknown_entity(end).of(field);
                self.refuse(violation, id, origin);
            }
        }
        if let Err(violation) = ends_fit(self.next, relationship) {
            self.refuse(violation, id, origin);
        }
        self.citations(relationship.citations.iter(), id, origin);
        self.other_way_round(relationship, origin);
    }

    fn decision(&mut self, decision: &Decision, origin: Option<&Origin>) {
        let id = decision.id().as_str();
        for (field, end) in [("one", &decision.one), ("other", &decision.other)] {
            if self.next.entity(end.as_str()).is_none() {
                let violation = self.unknown_entity(end).of(field);
                self.refuse(violation, id, origin);
            }
        }
        if let Err(violation) = of_one_family(self.next, decision) {
            self.refuse(violation, id, origin);
        }
    }

    /// What reads the same either way stands once.
    fn other_way_round(&mut self, relationship: &Relationship, origin: Option<&Origin>) {
        if !relationship.kind.spec().symmetric {
            return;
        }
        let mut reverse = (**relationship).clone();
        std::mem::swap(&mut reverse.source, &mut reverse.target);
        let reverse = reverse.id();
        if let Some(other) = self.next.relationship(reverse.as_str())
            && (other.revision <= self.revision_before() || relationship.source > relationship.target)
        {
            let violation = Violation::new(
                format!("the same stands the other way round as \"{reverse}\""),
                format!("{} is read either way; add the citation to the one that is there", relationship.kind),
            );
            self.refuse(violation, relationship.id().as_str(), origin);
        }
    }

    fn citations<'c>(&mut self, citations: impl Iterator<Item = &'c Citation>, subject: &str, origin: Option<&Origin>) {
        let unknown: BTreeSet<&DocumentId> = citations
            .map(|citation| &citation.document)
            .filter(|document| self.next.document(document.as_str()).is_none())
            .collect();
        for document in unknown {
            let known = self.next.documents.iter().map(|document| document.id.as_str());
            let remedy = match suggestion(&mut self.comparisons, document.as_str(), known) {
                Some(near) => format!("did you mean \"{near}\"? if not, add the document first"),
                None => "add the document in the same set, or correct the id".to_owned(),
            };
            let violation = Violation::new(format!("no document has the id \"{document}\""), remedy).of("citations");
            self.refuse(violation, subject, origin);
        }
    }

    fn unknown_entity(&mut self, id: &EntityId) -> Violation {
        let known = self.next.entities.iter().map(|entity| entity.id.as_str());
        let remedy = match suggestion(&mut self.comparisons, id.as_str(), known) {
            Some(near) => format!("did you mean \"{near}\"? if not, add the entity in the same set"),
            None => "add the entity in the same set, or correct the id".to_owned(),
        };
        Violation::new(format!("no entity has the id \"{id}\""), remedy)
    }

    /// What the set did not touch must still hold with what it removed or made another kind.
    fn untouched(&mut self, set: &ChangeSet, unsettled: &BTreeSet<&str>) {
        if unsettled.is_empty() {
            return;
        }
        let touched: BTreeSet<&str> = set.changes.iter().map(Change::subject).collect();
        let next = self.next;
        let mut lost = |subject: &str, field: &'static str, id: &str| {
            let violation = Violation::new(
                format!("\"{id}\" cannot be deleted, \"{subject}\" names it"),
                "delete or change that one in the same set",
            );
            self.violations.push(violation.of(field).about(id));
        };
        for entity in next.entities.iter().filter(|entity| !touched.contains(entity.id.as_str())) {
            let citations = entity.citations.iter().chain(entity.figures.iter().map(|figure| &figure.citation));
            for document in lost_documents(next, citations, unsettled) {
                lost(entity.id.as_str(), "citations", document);
            }
        }
        let relationships =
            next.relationships.iter().filter(|relationship| !touched.contains(relationship.id().as_str()));
        for relationship in relationships {
            let id = relationship.id().as_str();
            let ends = [("source", Some(&relationship.source)), ("target", Some(&relationship.target))];
            for (field, end) in ends.into_iter().chain([("on_behalf_of", relationship.on_behalf_of.as_ref())]) {
                if let Some(end) = end
                    && unsettled.contains(end.as_str())
                    && next.entity(end.as_str()).is_none()
                {
                    lost(id, field, end.as_str());
                }
            }
            for document in lost_documents(next, relationship.citations.iter(), unsettled) {
                lost(id, "citations", document);
            }
        }
        for decision in next.decisions.iter().filter(|decision| !touched.contains(decision.id().as_str())) {
            let id = decision.id().as_str();
            for (field, end) in [("one", &decision.one), ("other", &decision.other)] {
                if unsettled.contains(end.as_str()) && next.entity(end.as_str()).is_none() {
                    lost(id, field, end.as_str());
                }
            }
        }
        self.refitted(&touched, unsettled);
    }

    /// Relationships that the set did not touch, of entities whose kind it changed.
    fn refitted(&mut self, touched: &BTreeSet<&str>, unsettled: &BTreeSet<&str>) {
        for relationship in &self.next.relationships {
            let concerned =
                unsettled.contains(relationship.source.as_str()) || unsettled.contains(relationship.target.as_str());
            if concerned
                && !touched.contains(relationship.id().as_str())
                && let Err(violation) = ends_fit(self.next, relationship)
            {
                self.violations.push(violation.about(relationship.id()));
            }
        }
        for decision in &self.next.decisions {
            let concerned = unsettled.contains(decision.one.as_str()) || unsettled.contains(decision.other.as_str());
            if concerned
                && !touched.contains(decision.id().as_str())
                && let Err(violation) = of_one_family(self.next, decision)
            {
                self.violations.push(violation.about(decision.id()));
            }
        }
    }
}

/// Whether both are of one family; also `Ok` where one does not exist, which is told elsewhere.
fn of_one_family(state: &State, decision: &Decision) -> Result<(), Violation> {
    let kind = |id: &EntityId| state.entity(id.as_str()).map(|entity| entity.kind);
    match (kind(&decision.one), kind(&decision.other)) {
        (Some(one), Some(other)) => Decision::check_kinds((&decision.one, one), (&decision.other, other)),
        (None, _) | (_, None) => Ok(()),
    }
}

/// Whether both ends fit the kind; also `Ok` where one does not exist, which is told elsewhere.
fn ends_fit(state: &State, relationship: &Relationship) -> Result<(), Violation> {
    let end = |id: &EntityId| state.entity(id.as_str()).map(|entity| entity.kind);
    match (end(&relationship.source), end(&relationship.target)) {
        (Some(source), Some(target)) => {
            relationship.kind.check_ends((&relationship.source, source), (&relationship.target, target))
        }
        (None, _) | (_, None) => Ok(()),
    }
}

fn lost_documents<'a>(
    next: &State,
    citations: impl Iterator<Item = &'a Citation>,
    unsettled: &BTreeSet<&str>,
) -> BTreeSet<&'a str> {
    citations
        .map(|citation| citation.document.as_str())
        .filter(|document| unsettled.contains(document) && next.document(document).is_none())
        .collect()
}

fn suggestion<'a>(
    comparisons: &mut usize,
    wanted: &str,
    known: impl ExactSizeIterator<Item = &'a str>,
) -> Option<&'a str> {
    *comparisons = comparisons.checked_sub(known.len())?;
    nearest(wanted, known)
}
