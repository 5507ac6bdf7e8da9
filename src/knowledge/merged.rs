//! The state that readers see: that of the store, with the entities that were decided to be the same made one.
//!
//! A merge is derived each time and never written. What is stored stays as its documents have it, so a decision that is
//! withdrawn leaves no trace, and an import of a newer release finds each record where it left it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::contribution::fill_from;
use super::groups::{Group, Groups};
use crate::model::change::{Revision, Versioned};
use crate::model::entity::{Entity, EntityRecord};
use crate::model::id::{EntityId, RelationshipId};
use crate::model::redirects::Redirects;
use crate::model::relationship::{Relationship, RelationshipRecord};
use crate::model::state::State;

/// A state in which what is the same is one, and which ids lead where in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// What readers see. Its decisions are those of the store.
    pub state: State,
    /// From the ids that went to those that answer for them.
    pub redirects: Redirects,
}

/// Makes one of all entities that were decided to be the same; `None` where there are none.
///
/// - The fields of the entity that stays win; what it lacks comes from the others in the order of their ids. Names,
///   identifiers, figures and citations are united.
/// - Relationships lead to the entity that stays. Those that fall together become one with the citations of all; the one
///   that needed no change wins, else the one with the smallest id. What would relate an entity to itself goes.
/// - The revision of what was merged is the newest of its parts and of the decisions about them.
///
/// Values that no decision touches are shared with the state.
///
/// **Complexity**: *O(V + E + m log m)* for *m* values that decisions touch.
///
/// # Panics
/// Where a decision names an entity that is not in the state.
pub fn merged(state: &State) -> Option<Merged> {
    let groups = Groups::of(&state.decisions);
    if groups.list.is_empty() {
        return None;
    }
    let entities = entities(state, &groups);
    let (relationships, renamed) = relationships(state, &groups);
    let gone = groups.list.iter().flat_map(|group| group.others.iter().map(|id| ((*id).clone(), group.kept.clone())));
    Some(Merged {
        redirects: Redirects::new(gone.collect(), renamed),
        state: State {
            documents: state.documents.clone(),
            entities,
            relationships,
            decisions: state.decisions.clone(),
            commits: state.commits.clone(),
        },
    })
}

fn entities(state: &State, groups: &Groups<'_>) -> Vec<Arc<Versioned<Entity>>> {
    let position = |id: &EntityId| {
        let found = state.entities.binary_search_by(|entity| entity.id.cmp(id));
        found.expect("validation has made sure that decisions name entities that exist")
    };
    let mut entities = state.entities.clone();
    let mut stays = vec![true; entities.len()];
    for group in &groups.list {
        let others: Vec<usize> = group.others.iter().map(|id| position(id)).collect();
        let kept = position(group.kept);
        entities[kept] = united(&state.entities[kept], others.iter().map(|&at| &state.entities[at]), group.revision);
        others.into_iter().for_each(|at| stays[at] = false);
    }
    let mut stays = stays.into_iter();
    entities.retain(|_| stays.next().unwrap_or(true));
    entities
}

fn united<'s>(
    kept: &Versioned<Entity>,
    others: impl Iterator<Item = &'s Arc<Versioned<Entity>>>,
    decided: Revision,
) -> Arc<Versioned<Entity>> {
    let mut record: EntityRecord = kept.value.clone().into();
    let mut revision = kept.revision.max(decided);
    for other in others {
        revision = revision.max(other.revision);
        let mut from: EntityRecord = other.value.clone().into();
        // Of a scheme that gives one key to each, both keys answer.
        record.identifiers.append(&mut from.identifiers);
        if from.kind != record.kind {
            (from.format, from.term) = (None, None);
        }
        fill_from(&mut record, from, true);
    }
    let value = Entity::new(record).expect("what two valid entities of one family say together is valid");
    Arc::new(Versioned { revision, value })
}

/// A relationship with an end in a group, as it stands between those that stay.
struct Moved<'s> {
    /// What it was.
    old: &'s Arc<Versioned<Relationship>>,
    /// What it is; `None` where nothing changed.
    new: Option<RelationshipRecord>,
    revision: Revision,
}

type Listed = (Vec<Arc<Versioned<Relationship>>>, Vec<(RelationshipId, RelationshipId)>);

fn relationships(state: &State, groups: &Groups<'_>) -> Listed {
    let mut untouched = Vec::with_capacity(state.relationships.len());
    // Those that fall together, whichever way round.
    let mut together: BTreeMap<RelationshipId, Vec<Moved<'_>>> = BTreeMap::new();
    for relationship in &state.relationships {
        let ends = [Some(&relationship.source), Some(&relationship.target), relationship.on_behalf_of.as_ref()];
        let found = ends.map(|end| end.and_then(|end| groups.find(end)));
        if found.iter().all(Option::is_none) {
            untouched.push(Arc::clone(relationship));
            continue;
        }
        let moved = moved(relationship, found);
        let record: &RelationshipRecord = moved.new.as_ref().unwrap_or(relationship);
        if record.source != record.target {
            together.entry(either_way(record)).or_default().push(moved);
        }
    }
    let mut renamed = Vec::new();
    let mut merged: Vec<Arc<Versioned<Relationship>>> = Vec::with_capacity(together.len());
    for mut same in together.into_values() {
        // The order of the state is that of the ids, and the sort keeps it.
        same.sort_by_key(|moved| moved.new.is_some());
        let one = one_of(&same);
        let old = same.iter().map(|moved| moved.old.id()).filter(|old| *old != one.id());
        renamed.extend(old.map(|old| (old.clone(), one.id().clone())));
        merged.push(one);
    }
    merged.sort_by(|one, other| one.id().cmp(other.id()));
    (in_order(untouched, merged), renamed)
}

fn moved<'s>(old: &'s Arc<Versioned<Relationship>>, found: [Option<&Group<'_>>; 3]) -> Moved<'s> {
    let [source, target, behalf] = found;
    let kept = |id: &EntityId, group: Option<&Group<'_>>| group.map_or_else(|| id.clone(), |group| group.kept.clone());
    let source_id = kept(&old.source, source);
    let target_id = kept(&old.target, target);
    let behalf_id = old.on_behalf_of.as_ref().map(|id| kept(id, behalf));
    if (&source_id, &target_id, &behalf_id) == (&old.source, &old.target, &old.on_behalf_of) {
        return Moved { old, new: None, revision: old.revision };
    }
    let decided = found.iter().flatten().map(|group| group.revision).max().unwrap_or(0);
    let mut record: RelationshipRecord = old.value.clone().into();
    (record.source, record.target, record.on_behalf_of) = (source_id, target_id, behalf_id);
    Moved { old, new: Some(record), revision: old.revision.max(decided) }
}

/// The id of a relationship; that of one which reads the same either way, read from the smaller end.
fn either_way(record: &RelationshipRecord) -> RelationshipId {
    if !record.kind.spec().symmetric || record.source < record.target {
        return record.id();
    }
    let mut turned = record.clone();
    std::mem::swap(&mut turned.source, &mut turned.target);
    turned.id()
}

/// The one that several become: the first, with what it lacks from the others.
fn one_of(same: &[Moved<'_>]) -> Arc<Versioned<Relationship>> {
    let (first, rest) = same.split_first().expect("what falls together is at least one");
    if rest.is_empty() && first.new.is_none() {
        return Arc::clone(first.old);
    }
    let mut record = first.new.clone().unwrap_or_else(|| first.old.value.clone().into());
    for other in rest {
        let from: &RelationshipRecord = other.new.as_ref().unwrap_or(&other.old.value);
        record.citations.extend(from.citations.iter().cloned());
        record.role = record.role.or_else(|| from.role.clone());
        record.on_behalf_of = record.on_behalf_of.or_else(|| from.on_behalf_of.clone());
        if record.since.is_none() && record.until.is_none() {
            (record.since, record.until) = (from.since.clone(), from.until.clone());
        }
    }
    let revision = same.iter().map(|moved| moved.revision).max().unwrap_or(0);
    let value = Relationship::new(record).expect("two valid relationships with one id are valid as one");
    Arc::new(Versioned { revision, value })
}

/// Two sorted lists without a common id as one.
fn in_order(
    untouched: Vec<Arc<Versioned<Relationship>>>,
    merged: Vec<Arc<Versioned<Relationship>>>,
) -> Vec<Arc<Versioned<Relationship>>> {
    let mut all = Vec::with_capacity(untouched.len() + merged.len());
    let mut untouched = untouched.into_iter().peekable();
    for one in merged {
        while let Some(before) = untouched.next_if(|other| other.id() < one.id()) {
            all.push(before);
        }
        all.push(one);
    }
    all.extend(untouched);
    all
}
