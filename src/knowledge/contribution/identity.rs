//! Which entities of a contribution are ones that are there, and which of them are the same.

use std::collections::{BTreeMap, HashMap};

use crate::model::entity::Entity;
use crate::model::id::EntityId;
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::state::State;

/// Registries give these to one organization or person each, strongest first.
const STRONG: [IdentifierScheme; 4] =
    [IdentifierScheme::Ror, IdentifierScheme::Pic, IdentifierScheme::Orcid, IdentifierScheme::Doi];
/// Registries share these between an organization and its parts now and then.
const WEAK: [IdentifierScheme; 4] =
    [IdentifierScheme::Grid, IdentifierScheme::Isni, IdentifierScheme::Wikidata, IdentifierScheme::CrossrefFunder];

/// From the ids of a contribution to those under which its entities stand.
#[derive(Default)]
pub(super) struct Identities {
    /// Only ids that differ.
    renamed: HashMap<EntityId, EntityId>,
}

impl Identities {
    /// *O((s + c) log s)* in the identifiers of the state and of the contribution.
    pub(super) fn new<'c>(
        state: &State,
        said: impl Iterator<Item = &'c Entity>,
        references: &BTreeMap<EntityId, Identifier>,
    ) -> Self {
        let known = Known::new(state);
        let mut renamed = HashMap::new();
        let mut given: HashMap<&Identifier, EntityId> = HashMap::new();
        let mut claimed: HashMap<EntityId, &Entity> = HashMap::new();
        for entity in said {
            let found = known
                .strong(entity)
                .or_else(|| state.entity(entity.id.as_str()).map(|old| old.id.clone()))
                .or_else(|| strong(entity).find_map(|identifier| given.get(identifier).cloned()))
                .or_else(|| known.weak(entity).filter(|id| !claimed.contains_key(id)));
            let id = found.unwrap_or_else(|| entity.id.clone());
            for identifier in strong(entity) {
                given.entry(identifier).or_insert_with(|| id.clone());
            }
            if id != entity.id {
                renamed.insert(entity.id.clone(), id.clone());
            }
            claimed.insert(id, entity);
        }
        for (id, identifier) in references {
            let there = || known.owners(identifier).next().map(|owner| owner.id.clone());
            if let Some(found) = given.get(identifier).cloned().or_else(there) {
                renamed.insert(id.clone(), found);
            }
        }
        Self { renamed }
    }

    /// The id under which an entity stands.
    pub(super) fn id<'i>(&'i self, id: &'i EntityId) -> &'i EntityId {
        self.renamed.get(id).unwrap_or(id)
    }
}

fn strong(entity: &Entity) -> impl Iterator<Item = &Identifier> {
    STRONG.into_iter().flat_map(|scheme| of_scheme(entity, scheme))
}

fn of_scheme(entity: &Entity, scheme: IdentifierScheme) -> impl Iterator<Item = &Identifier> {
    entity.identifiers.iter().filter(move |identifier| identifier.scheme() == scheme)
}

/// The identifiers of a state, sorted.
struct Known<'s>(Vec<(&'s Identifier, &'s Entity)>);

impl<'s> Known<'s> {
    fn new(state: &'s State) -> Self {
        let entities = state.entities.iter().map(|entity| &entity.value);
        let mut pairs: Vec<_> =
            entities.flat_map(|entity| entity.identifiers.iter().map(move |identifier| (identifier, entity))).collect();
        pairs.sort_by(|one, other| (one.0, &one.1.id).cmp(&(other.0, &other.1.id)));
        Self(pairs)
    }

    fn owners(&self, identifier: &Identifier) -> impl Iterator<Item = &'s Entity> {
        let start = self.0.partition_point(|(known, _)| *known < identifier);
        self.0[start..].iter().take_while(move |(known, _)| *known == identifier).map(|(_, entity)| *entity)
    }

    /// The entity that has the strongest identifier that anyone has; itself where it is among several.
    fn strong(&self, entity: &Entity) -> Option<EntityId> {
        strong(entity).find_map(|identifier| {
            let fits = |owner: &&Entity| owner.kind.family() == entity.kind.family();
            let mut owners = self.owners(identifier).filter(fits);
            let itself = self.owners(identifier).find(|owner| owner.id == entity.id);
            itself.or_else(|| owners.next()).map(|owner| owner.id.clone())
        })
    }

    /// The only entity that has a lesser identifier, where no stronger one contradicts it.
    fn weak(&self, entity: &Entity) -> Option<EntityId> {
        let lesser = WEAK.into_iter().flat_map(|scheme| of_scheme(entity, scheme));
        let mut found = lesser.filter_map(|identifier| {
            let mut owners = self.owners(identifier);
            let owner = owners.next()?;
            let contradicts = STRONG
                .into_iter()
                .any(|scheme| of_scheme(owner, scheme).next().is_some() && of_scheme(entity, scheme).next().is_some());
            let fits = owner.kind.family() == entity.kind.family() && !contradicts;
            (owners.next().is_none() && fits).then(|| owner.id.clone())
        });
        found.next()
    }
}
