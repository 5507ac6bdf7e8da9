//! The graph as maps, with every rule checked over everything after every set: slow, and plain to see.

use std::collections::{BTreeMap, BTreeSet};

use consortia::model::change::{Change, Revision, Versioned};
use consortia::model::citation::{Citation, Document, Strength};
use consortia::model::decision::{Decision, DecisionRecord, Verdict};
use consortia::model::entity::Entity;
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;

use super::Wish;

#[derive(Clone, Default)]
pub(super) struct Reference {
    pub(super) revision: Revision,
    documents: BTreeMap<String, (Revision, Document)>,
    entities: BTreeMap<String, (Revision, Entity)>,
    relationships: BTreeMap<String, (Revision, Relationship)>,
    decisions: BTreeMap<String, (Revision, Decision)>,
}

impl Reference {
    /// The change that a wish comes to; `None` where there is nothing to choose from.
    pub(super) fn granted(&self, wish: Wish) -> Option<Change> {
        let documents = self.documents.values().map(|(_, value)| Change::UpsertDocument(value.clone()));
        let entities = self.entities.values().map(|(_, value)| Change::UpsertEntity(value.clone()));
        let relationships = self.relationships.values().map(|(_, value)| Change::UpsertRelationship(value.clone()));
        let decisions = self.decisions.values().map(|(_, value)| Change::Decide(value.clone()));
        let all: Vec<Change> = documents.chain(entities).chain(relationships).chain(decisions).collect();
        match wish {
            Wish::Change(change) => Some(*change),
            Wish::Relate([source, target, kind, document]) => {
                let entities: Vec<&Entity> = self.entities.values().map(|(_, entity)| entity).collect();
                let documents: Vec<&Document> = self.documents.values().map(|(_, document)| document).collect();
                if entities.is_empty() || documents.is_empty() {
                    return None;
                }
                let (source, target) = (*source.get(&entities), *target.get(&entities));
                let fits = |kind: &RelationshipKind| {
                    kind.check_ends((&source.id, source.kind), (&target.id, target.kind)).is_ok()
                };
                let kinds: Vec<RelationshipKind> = RelationshipKind::ALL.into_iter().filter(fits).collect();
                let kind = *(!kinds.is_empty()).then(|| kind.get(&kinds))?;
                let mut record = RelationshipRecord::new(source.id.clone(), kind, target.id.clone());
                record.citations.push(Citation {
                    document: document.get(&documents).id.clone(),
                    locator: None,
                    strength: Strength::Stated,
                    note: None,
                });
                Relationship::new(record).ok().map(Change::UpsertRelationship)
            }
            Wish::Decide(ends, verdict, keep) => {
                let entities: Vec<&Entity> = self.entities.values().map(|(_, entity)| entity).collect();
                if entities.is_empty() {
                    return None;
                }
                let [one, other] = ends.map(|end| end.get(&entities).id.clone());
                let keep = keep.filter(|_| verdict == Verdict::Same);
                let keep = keep.map(|first| if first { one.clone() } else { other.clone() });
                let at = "2026-03-04T05:06:07Z".parse().unwrap();
                let (by, reason, score) = ("a curator".to_owned(), "because".to_owned(), None);
                Decision::new(DecisionRecord { one, other, verdict, keep, by, at, reason, score })
                    .ok()
                    .map(Change::Decide)
            }
            Wish::Same(which) => (!all.is_empty()).then(|| which.get(&all).clone()),
            Wish::DeleteOneOf(which) => (!all.is_empty()).then(|| match which.get(&all) {
                Change::UpsertDocument(document) => Change::DeleteDocument(document.id.clone()),
                Change::UpsertEntity(entity) => Change::DeleteEntity(entity.id.clone()),
                Change::UpsertRelationship(relationship) => Change::DeleteRelationship(relationship.id().clone()),
                Change::Decide(decision) => Change::Withdraw(decision.id().clone()),
                other => other.clone(),
            }),
        }
    }

    /// Whether the changes are allowed; only then they are made.
    pub(super) fn apply(&mut self, changes: &[Change]) -> bool {
        let mut next = self.clone();
        next.revision += 1;
        let mut altered = BTreeSet::new();
        let mut possible = true;
        for change in changes {
            let is_document = matches!(change, Change::UpsertDocument(_) | Change::DeleteDocument(_));
            possible &= altered.insert((is_document, change.subject().to_owned()));
            let id = change.subject();
            match change {
                Change::UpsertDocument(value) => put(&mut next.documents, id, value, next.revision),
                Change::UpsertEntity(value) => put(&mut next.entities, id, value, next.revision),
                Change::UpsertRelationship(value) => put(&mut next.relationships, id, value, next.revision),
                Change::Decide(value) => put(&mut next.decisions, id, value, next.revision),
                Change::Withdraw(_) => possible &= next.decisions.remove(id).is_some(),
                Change::DeleteDocument(_) => possible &= next.documents.remove(id).is_some(),
                Change::DeleteEntity(_) => possible &= next.entities.remove(id).is_some(),
                Change::DeleteRelationship(_) => possible &= next.relationships.remove(id).is_some(),
            }
        }
        let allowed = possible && next.is_whole();
        let changed = next.documents != self.documents
            || next.entities != self.entities
            || next.relationships != self.relationships
            || next.decisions != self.decisions;
        if allowed && changed {
            *self = next;
        }
        allowed
    }

    fn is_whole(&self) -> bool {
        let documents_exist = |citations: &[Citation]| {
            citations.iter().all(|citation| self.documents.contains_key(citation.document.as_str()))
        };
        let entities = self.entities.iter().all(|(id, (_, entity))| {
            let figures: Vec<Citation> = entity.figures.iter().map(|figure| figure.citation.clone()).collect();
            !self.documents.contains_key(id) && documents_exist(&entity.citations) && documents_exist(&figures)
        });
        let relationships = self.relationships.values().all(|(_, relationship)| {
            let end = |id: &str| self.entities.get(id).map(|(_, entity)| entity.kind);
            let fit = match (end(relationship.source.as_str()), end(relationship.target.as_str())) {
                (Some(source), Some(target)) => {
                    relationship.kind.check_ends((&relationship.source, source), (&relationship.target, target)).is_ok()
                }
                _ => false,
            };
            let turned = relationship.kind.spec().symmetric
                && self.relationships.values().any(|(_, other)| {
                    let id = other.id().as_str();
                    let key =
                        relationship.id().as_str().splitn(4, ':').nth(3).map_or(String::new(), |k| format!(":{k}"));
                    id == format!("{}:collaborates-with:{}{key}", relationship.target, relationship.source)
                });
            let stands_for = relationship.on_behalf_of.as_ref().is_none_or(|id| end(id.as_str()).is_some());
            fit && !turned && stands_for && documents_exist(&relationship.citations)
        });
        entities && relationships && self.decisions_agree()
    }

    /// Walks from each entity to all that it is the same as, one decision after the other.
    fn decisions_agree(&self) -> bool {
        let family = |id: &str| self.entities.get(id).map(|(_, entity)| entity.kind.family());
        let all = || self.decisions.values().map(|(_, decision)| decision);
        let sound = all().all(|decision| {
            let family_of = family(decision.one.as_str());
            family_of.is_some() && family_of == family(decision.other.as_str())
        });
        let same = || all().filter(|decision| decision.verdict == Verdict::Same);
        sound
            && self.entities.keys().all(|start| {
                let mut reached = BTreeSet::from([start.as_str()]);
                for _ in 0..self.decisions.len() {
                    for decision in same() {
                        let ends = [decision.one.as_str(), decision.other.as_str()];
                        if ends.iter().any(|end| reached.contains(end)) {
                            reached.extend(ends);
                        }
                    }
                }
                let within = |decision: &&Decision| {
                    reached.contains(decision.one.as_str()) && reached.contains(decision.other.as_str())
                };
                let kept: BTreeSet<&str> = same()
                    .filter(within)
                    .filter_map(|decision| decision.keep.as_ref().map(|keep| keep.as_str()))
                    .collect();
                let stays = |id: &&&str| {
                    same().all(|decision| {
                        ![decision.one.as_str(), decision.other.as_str()].contains(*id)
                            || decision.keep.as_ref().is_none_or(|keep| keep.as_str() == **id)
                    })
                };
                let apart = all().filter(|decision| decision.verdict == Verdict::Different).any(|d| within(&d));
                !apart && (kept.is_empty() || kept.iter().filter(stays).count() == 1)
            })
    }

    pub(super) fn equals(&self, state: &State) -> bool {
        self.revision == state.revision()
            && same(&self.documents, &state.documents)
            && same(&self.entities, &state.entities)
            && same(&self.relationships, &state.relationships)
            && same(&self.decisions, &state.decisions)
    }
}

fn put<T: Clone + PartialEq>(map: &mut BTreeMap<String, (Revision, T)>, id: &str, value: &T, revision: Revision) {
    if map.get(id).is_none_or(|(_, known)| known != value) {
        map.insert(id.to_owned(), (revision, value.clone()));
    }
}

fn same<T: PartialEq>(map: &BTreeMap<String, (Revision, T)>, list: &[std::sync::Arc<Versioned<T>>]) -> bool {
    map.len() == list.len()
        && map.values().zip(list).all(|((revision, value), found)| *revision == found.revision && *value == found.value)
}
