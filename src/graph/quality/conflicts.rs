//! Relationships that different documents tell differently.

use crate::graph::adjacency::Incidence;
use crate::graph::index::{DocumentIndex, RelationshipIndex};
use crate::graph::kinds::IssueKinds;
use crate::graph::{Exhausted, Scope};
use crate::model::edtf::EdtfDate;
use crate::model::relationship::Relationship;
use crate::model::text;

use super::IssueKind;

/// Every relationship of the view that is in conflict with this one, whichever of the two is told about.
pub(super) fn each(
    scope: Scope<'_>,
    relationship: RelationshipIndex,
    kinds: IssueKinds,
    mut tell: impl FnMut(IssueKind, RelationshipIndex),
) -> Result<(), Exhausted> {
    if !kinds.contains(IssueKind::DatesDisagree) && !kinds.contains(IssueKind::RolesDisagree) {
        return Ok(());
    }
    let (source, target) = scope.graph.ends(relationship);
    let kind = scope.graph.relationship_facts(relationship).kind;
    let parallel = scope.graph.adjacency.joining(source, target, scope.graph.facts(target).kind);
    scope.budget.spend(parallel.len())?;
    let is_like = |other: &&Incidence| other.forward && other.kind == kind && other.relationship != relationship;
    for other in parallel.iter().filter(is_like) {
        if !scope.view.admits_relationship(scope.graph, other.relationship)
            || share_a_document(scope, relationship, other.relationship)
        {
            continue;
        }
        let records = [relationship, other.relationship].map(|index| &scope.graph.relationship(index).value);
        if let Some(issue) = disagree(records[0], records[1]).filter(|&issue| kinds.contains(issue)) {
            tell(issue, other.relationship);
        }
    }
    Ok(())
}

/// A document that says both has two facts to tell.
fn share_a_document(scope: Scope<'_>, one: RelationshipIndex, other: RelationshipIndex) -> bool {
    let documents = |relationship: RelationshipIndex| {
        let citations = scope.graph.relationship_support.at(relationship.position()).iter();
        citations.filter(|&&citation| scope.view.admits_citation(citation)).map(|citation| citation.0)
    };
    documents(one).any(|document: DocumentIndex| documents(other).any(|another| another == document))
}

fn disagree(one: &Relationship, other: &Relationship) -> Option<IssueKind> {
    let role = |record: &Relationship| record.role.as_deref().map(text::folded);
    let overlap = {
        let ((first, last), (begin, end)) = (one.period().days(), other.period().days());
        first <= end && begin <= last
    };
    match (role(one), role(other)) {
        // Two terms of one office, or two roles: not the same fact at another time.
        (Some(one), Some(other)) if one != other => overlap.then_some(IssueKind::RolesDisagree),
        _ => {
            let apart = |one: &Option<EdtfDate>, other: &Option<EdtfDate>| match (one, other) {
                (Some(one), Some(other)) => one.first_day() > other.last_day() || other.first_day() > one.last_day(),
                _ => false,
            };
            let dates_differ = apart(&one.since, &other.since) || apart(&one.until, &other.until);
            (dates_differ && (overlap || !one.kind.lasts())).then_some(IssueKind::DatesDisagree)
        }
    }
}
