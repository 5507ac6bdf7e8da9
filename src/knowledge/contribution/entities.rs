//! The entities of a contribution beside those that are there.

use std::collections::{BTreeMap, HashSet};

use super::identity::Identities;
use super::relationships::Kept;
use super::{Fate, Ours, Proposal, refuse};
use crate::import::Said;
use crate::model::change::Change;
use crate::model::entity::{Entity, EntityKind, EntityRecord};
use crate::model::id::{EntityId, RelationshipId};
use crate::model::identifier::IdentifierScheme;
use crate::model::name::{Name, NameKind};
use crate::model::state::State;
use crate::model::text;
use crate::model::violation::Violation;

/// The kinds of the entities that a contribution has, under the ids at which they stand.
pub(super) type Settled = BTreeMap<EntityId, EntityKind>;

/// Proposes what the contribution's entities change, and tells their kinds.
pub(super) fn propose(
    state: &State,
    ours: &Ours,
    said: Vec<Said<Entity>>,
    identities: &Identities,
    proposal: &mut Proposal,
) -> Settled {
    let mut list: Vec<(EntityId, Said<Entity>)> =
        said.into_iter().map(|said| (identities.id(&said.value.id).clone(), said)).collect();
    // A sort that keeps the order of equals: what stands in comes after what it stands for.
    list.sort_by(|(one, first), (other, second)| (one, first.stands_in).cmp(&(other, second.stands_in)));
    let mut settled = Settled::new();
    let mut list = list.into_iter().peekable();
    while let Some((id, first)) = list.next() {
        let mut same = vec![first];
        while let Some((_, next)) = list.next_if(|(next, _)| *next == id) {
            same.push(next);
        }
        if let Some(kind) = propose_one(state, ours, &id, same, proposal) {
            settled.insert(id, kind);
        }
    }
    settled
}

fn propose_one(
    state: &State,
    ours: &Ours,
    id: &EntityId,
    same: Vec<Said<Entity>>,
    proposal: &mut Proposal,
) -> Option<EntityKind> {
    let old = state.entity(id.as_str()).map(|old| &old.value);
    let mut all = Vec::with_capacity(same.len());
    for said in same {
        let twice = all.iter().find(|other: &&Said<Entity>| other.value.id == said.value.id && !said.stands_in);
        let violation = if let Some(first) = twice {
            let problem = format!("its id stands twice, first at {}", first.origin);
            Violation::new(problem, "remove one of them, or give it another id")
        } else if state.document(id.as_str()).is_some()
            || ours.0.iter().any(|document| document.as_str() == id.as_str())
        {
            Violation::new("a document has this id", "give the entity another id").of("id")
        } else if let Some(old) = old.filter(|old| old.kind.family() != said.value.kind.family()) {
            let problem = format!(
                "it is {} {} here, and {} {} in the store",
                said.value.kind.article(),
                said.value.kind,
                old.kind.article(),
                old.kind
            );
            Violation::new(problem, "give it another id").of("kind")
        } else {
            all.push(said);
            continue;
        };
        refuse(proposal, &said, violation, id.as_str());
    }
    let mut all = all.into_iter();
    let first = all.next()?;
    let (origin, own, stands_in) = (first.origin.clone(), first.value.id == *id, first.stands_in);
    let mut record: EntityRecord = first.value.into();
    for other in all {
        fill(&mut record, &other.value, !other.stands_in);
    }
    record.id = id.clone();
    if let Some(old) = old {
        let mut theirs: EntityRecord = old.clone().into();
        theirs.citations.retain(|citation| !ours.has(citation));
        theirs.figures.retain(|figure| !ours.has(&figure.citation));
        let shared = !theirs.citations.is_empty() || !theirs.figures.is_empty();
        // What is there under an id of others, as curated knowledge is, is never replaced.
        if !own || (shared && stands_in) {
            fill_from(&mut theirs, record, !stands_in);
            record = theirs;
        } else if shared {
            fill_from(&mut record, theirs, true);
        }
    }
    let kind = record.kind;
    match Entity::new(record) {
        Ok(new) => match old {
            Some(old) if *old == new => proposal.unchanged += 1,
            Some(_) => proposal.push(Change::UpsertEntity(new), Some(origin), Fate::Changed),
            None => proposal.push(Change::UpsertEntity(new), Some(origin), Fate::New),
        },
        Err(violations) => {
            proposal.refused.extend(violations.0.into_iter().map(|violation| violation.at(Some(&origin))));
            return old.map(|old| old.kind);
        }
    }
    Some(kind)
}

fn fill(base: &mut EntityRecord, from: &EntityRecord, with_names: bool) {
    fill_from(base, from.clone(), with_names);
}

/// Adds what a record lacks and another has. Fields that go together come together: begin and end, city and point.
pub(in crate::knowledge) fn fill_from(base: &mut EntityRecord, from: EntityRecord, with_names: bool) {
    if with_names {
        let mut known: HashSet<String> = base.names.iter().map(|name| text::folded(&name.text)).collect();
        known.insert(text::folded(&base.name));
        let preferred = Name { text: from.name, kind: NameKind::Alias, language: from.language };
        for name in std::iter::once(preferred).chain(from.names) {
            if known.insert(text::folded(&name.text)) {
                base.names.push(name);
            }
        }
    }
    for identifier in from.identifiers {
        let scheme = identifier.scheme();
        let is_single = matches!(scheme, IdentifierScheme::Ror | IdentifierScheme::Orcid);
        if !is_single || base.identifiers.iter().all(|known| known.scheme() != scheme) {
            base.identifiers.push(identifier);
        }
    }
    let same_city = match (&base.city, &from.city) {
        (None, _) => true,
        (Some(one), Some(other)) => text::folded(one) == text::folded(other),
        (Some(_), None) => false,
    };
    let same_country = base.country.is_none() || base.country == from.country;
    if same_city && same_country {
        base.coordinates = base.coordinates.or(from.coordinates);
        base.city = base.city.take().or(from.city);
    }
    base.country = base.country.or(from.country);
    if base.since.is_none() && base.until.is_none() {
        (base.since, base.until) = (from.since, from.until);
    }
    base.description = base.description.take().or(from.description);
    base.homepage = base.homepage.take().or(from.homepage);
    base.format = base.format.or(from.format);
    base.term = base.term.take().or(from.term);
    base.figures.extend(from.figures);
    base.citations.extend(from.citations);
}

/// Proposes what goes with the entities that the documents no longer have: the whole entity where nobody else cites or
/// names it, else their citations of it.
pub(super) fn withdraw(
    state: &State,
    ours: &Ours,
    settled: &Settled,
    kept: &Kept,
    lost: &HashSet<&RelationshipId>,
    proposal: &mut Proposal,
) {
    let cites = |entity: &Entity| {
        entity.citations.iter().any(|citation| ours.has(citation))
            || entity.figures.iter().any(|figure| ours.has(&figure.citation))
    };
    let left: Vec<&Entity> = state
        .entities
        .iter()
        .map(|entity| &entity.value)
        .filter(|entity| cites(entity) && !settled.contains_key(&entity.id))
        .collect();
    if left.is_empty() {
        return;
    }
    let mut named: HashSet<&EntityId> = kept.ends.iter().collect();
    for relationship in state.relationships.iter().filter(|relationship| !lost.contains(relationship.id())) {
        named.extend([&relationship.source, &relationship.target].into_iter().chain(&relationship.on_behalf_of));
    }
    for entity in left {
        let mut record: EntityRecord = entity.clone().into();
        record.citations.retain(|citation| !ours.has(citation));
        record.figures.retain(|figure| !ours.has(&figure.citation));
        match Entity::new(record) {
            Ok(rest) => proposal.push(Change::UpsertEntity(rest), None, Fate::Withdrawn),
            Err(_) if !named.contains(&entity.id) => {
                proposal.push(Change::DeleteEntity(entity.id.clone()), None, Fate::Withdrawn);
            }
            Err(_) => {
                let violation = Violation::new("it is no longer in the files, but other documents name it", "it stays");
                proposal.notes.push(violation.about(&entity.id));
            }
        }
    }
}
