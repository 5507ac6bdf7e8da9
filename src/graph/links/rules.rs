//! What the steps of links may run onto: the same rules for finding links and for walking them.

use crate::graph::filter::{EntityMatcher, RelationshipMatcher};
use crate::graph::index::EntityIndex;
use crate::graph::kinds::EntityKinds;
use crate::graph::{EntityFilter, Exhausted, RelationshipFilter, Scope};
use crate::model::entity::{EntityKind, Family};
use crate::model::relationship::RelationshipKind;

use super::LinkQuestion;

/// The steps and positions of one question.
pub(super) struct Rules<'a> {
    pub(super) via: Via<'a>,
    pub(super) through: Position<'a>,
    pub(super) to: Position<'a>,
}

/// What every step must be.
pub(super) struct Via<'a> {
    pub(super) matcher: RelationshipMatcher<'a>,
    /// What may stand between the ends of a half.
    pub(super) kinds: EntityKinds,
}

/// What may stand half-way, or at the end.
pub(super) struct Position<'a> {
    matcher: EntityMatcher<'a>,
    pub(super) kinds: EntityKinds,
    /// Of which kinds one of its neighbors has to be, for a walk to go on from there.
    pub(super) onwards: EntityKinds,
}

impl<'a> Rules<'a> {
    pub(super) fn new(scope: Scope<'a>, question: &'a LinkQuestion) -> Self {
        let matcher = RelationshipMatcher::new(scope, &question.via);
        let walkable = matcher.other_kinds().without(EntityKind::Topic);
        let kinds = if asks_for_persons(&question.via) { walkable } else { walkable.without(EntityKind::Person) };
        let position = |filter: &'a EntityFilter| {
            let allowed = if asks_for_person(scope, filter) { walkable } else { kinds };
            let kinds = filter.possible_kinds().and(allowed);
            Position { matcher: EntityMatcher::new(scope, filter), kinds, onwards: EntityKinds::ALL }
        };
        let to = position(&question.to);
        let between = if question.reach > 1 { kinds } else { EntityKinds::NONE };
        let through = Position { onwards: between.or(to.kinds), ..position(&question.through) };
        Self { through, to, via: Via { matcher, kinds } }
    }
}

impl Position<'_> {
    /// Whether an entity of one of the position's kinds may stand there.
    pub(super) fn admits(&mut self, entity: EntityIndex) -> Result<bool, Exhausted> {
        self.matcher.matches_of_kind(entity)
    }
}

/// Whether a filter of a place means persons: by their kind, or one of them by its id.
fn asks_for_person(scope: Scope<'_>, filter: &EntityFilter) -> bool {
    filter.names_kind(EntityKind::Person)
        || filter.names_id(&|entity| scope.graph.facts(entity).kind == EntityKind::Person)
}

/// Whether a filter of steps means persons.
fn asks_for_persons(via: &RelationshipFilter) -> bool {
    via.kinds.is_some_and(|kinds| kinds.iter().any(is_of_persons))
        || via.other.as_ref().is_some_and(|other| other.names_kind(EntityKind::Person))
}

/// Whether a kind has a person at one end, always or as a rule.
fn is_of_persons(kind: RelationshipKind) -> bool {
    let spec = kind.spec();
    spec.sources == [Family::Person]
        || spec.targets == [Family::Person]
        || kind == RelationshipKind::Signed
        || kind == RelationshipKind::Witnessed
}
