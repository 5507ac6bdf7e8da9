//! What is missing from one relationship, or in conflict with it.

use crate::graph::index::RelationshipIndex;
use crate::graph::kinds::IssueKinds;
use crate::graph::subject::Subject;
use crate::graph::{Exhausted, Scope};
use crate::model::citation::Strength;
use crate::model::relationship::RelationshipKind;

use super::{Evidence, Issue, IssueKind, conflicts};

/// The issues of one relationship of the view; of two in conflict, the one whose id comes first is told about.
pub(super) fn check(
    scope: Scope<'_>,
    relationship: RelationshipIndex,
    kinds: IssueKinds,
    found: &mut Vec<Issue>,
) -> Result<(), Exhausted> {
    by_itself(scope, relationship, kinds, found);
    let about = Subject::Relationship(relationship);
    conflicts::each(scope, relationship, kinds, |kind, other| {
        if relationship < other {
            found.push(Issue { kind, about, evidence: Evidence::Relationship(other) });
        }
    })
}

/// The issues of one relationship of the view that no other one has a part in.
pub(super) fn by_itself(scope: Scope<'_>, relationship: RelationshipIndex, kinds: IssueKinds, found: &mut Vec<Issue>) {
    let about = Subject::Relationship(relationship);
    let mut tell = |kind, evidence| {
        if kinds.contains(kind) {
            found.push(Issue { kind, about, evidence });
        }
    };
    if scope.view.strength_of(scope.graph, relationship) == Strength::Inferred {
        tell(IssueKind::OnlyInferred, Evidence::Itself);
    }
    let facts = scope.graph.relationship_facts(relationship);
    // What something is about needs no date.
    if !facts.is_dated() && facts.kind != RelationshipKind::Concerns {
        tell(IssueKind::Undated, Evidence::Itself);
    }
    let days = scope.graph.relationship(relationship).period().days();
    let (source, target) = scope.graph.ends(relationship);
    for end in [source, target] {
        let lifetime = scope.graph.entity(end).period().days();
        if days.0 > lifetime.1 || days.1 < lifetime.0 {
            tell(IssueKind::OutsideLifetime, Evidence::End(end));
        }
    }
}
