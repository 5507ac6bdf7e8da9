//! The state that readers see: that of the store, with the entities that were decided to be the same made one.
//!
//! A merge is derived each time and never written. What is stored stays as its documents have it, so a decision that is
//! withdrawn leaves no trace, and an import of a newer release finds each record where it left it.

use std::collections::{BTreeMap, BTreeSet};
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
/// - Relationships lead to the entity that stays. Those that then state the same become one with the citations of all; the
///   one that needed no change wins, else the one with the smallest id. Those that state other dates, or that the source
///   stood for another, stay apart: the one that needed no change keeps its id, the others have keys that follow from what
///   they state. What would relate an entity to itself goes.
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
    // Those that would have one id, whichever way round.
    let mut together: BTreeMap<RelationshipId, Vec<Moved<'_>>> = BTreeMap::new();
    for relationship in &state.relationships {
        let ends = [Some(&relationship.source), Some(&relationship.target), relationship.on_behalf_of.as_ref()];
        let found = ends.map(|end| end.and_then(|end| groups.find(end)));
        if found.iter().all(Option::is_none) {
            untouched.push(Arc::clone(relationship));
            continue;
        }
        let moved = moved(relationship, found);
        if moved.record().source != moved.record().target {
            together.entry(family(moved.record())).or_default().push(moved);
        }
    }
    let mut renamed = Vec::new();
    let mut merged: Vec<Arc<Versioned<Relationship>>> = Vec::with_capacity(together.len());
    for same in together.into_values() {
        for (one, old) in told_apart(same) {
            let old = old.into_iter().filter(|old| *old != one.id());
            renamed.extend(old.map(|old| (old.clone(), one.id().clone())));
            merged.push(one);
        }
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
    // A key that followed from whom the source stood for follows from it again.
    if old.key.is_some() && old.base() != old.last_part() {
        record.key = None;
    }
    Moved { old, new: Some(record), revision: old.revision.max(decided) }
}

impl Moved<'_> {
    fn record(&self) -> &RelationshipRecord {
        self.new.as_ref().unwrap_or(&self.old.value)
    }
}

/// The id that a relationship has where nothing states otherwise of the same ends; that of one which reads the same
/// either way, read from the smaller end.
fn family(record: &RelationshipRecord) -> RelationshipId {
    let (source, target) = (record.source.clone(), record.target.clone());
    let mut plain = RelationshipRecord { key: record.base(), ..RelationshipRecord::new(source, record.kind, target) };
    if record.kind.spec().symmetric && record.target < record.source {
        std::mem::swap(&mut plain.source, &mut plain.target);
    }
    plain.id()
}

type Told<'s> = (Arc<Versioned<Relationship>>, Vec<&'s RelationshipId>);

/// Those of one family, each statement once, with the ids of all that it was made of.
fn told_apart(mut same: Vec<Moved<'_>>) -> Vec<Told<'_>> {
    // The order of the state is that of the ids, and the sort keeps it.
    same.sort_by_key(|moved| moved.new.is_some());
    let mut statements: Vec<Vec<Moved<'_>>> = Vec::with_capacity(1);
    let source = same.first().map(|first| first.record().source.clone());
    for mut moved in same {
        // What reads the same either way stands the same way round.
        if let Some(record) = moved.new.as_mut().filter(|record| Some(&record.source) != source.as_ref()) {
            std::mem::swap(&mut record.source, &mut record.target);
        }
        match statements.iter_mut().find(|known| known[0].record().agrees_with(moved.record())) {
            Some(known) => known.push(moved),
            None => statements.push(vec![moved]),
        }
    }
    let mut taken: BTreeSet<RelationshipId> = BTreeSet::new();
    let mut told = Vec::with_capacity(statements.len());
    let is_one = statements.len() == 1;
    for statement in statements {
        let revision = statement.iter().map(|moved| moved.revision).max().unwrap_or(0);
        let ids: Vec<&RelationshipId> = statement.iter().map(|moved| moved.old.id()).collect();
        let first = &statement[0];
        if statement.len() == 1 && first.new.is_none() {
            taken.insert(first.old.id().clone());
            told.push((Arc::clone(first.old), ids));
            continue;
        }
        let mut record = first.record().clone();
        record.citations = statement.iter().flat_map(|moved| moved.record().citations.iter().cloned()).collect();
        // Whoever is first of those that moved would have the shorter id by chance.
        if first.new.is_some() && !is_one && (!record.is_bare() || taken.contains(&record.id())) {
            record.key = Some(record.apart_key(record.base().as_deref()));
        }
        let value = Relationship::new(record).expect("valid relationships that state the same are valid as one");
        taken.insert(value.id().clone());
        told.push((Arc::new(Versioned { revision, value }), ids));
    }
    told
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
