//! The entities of a contribution beside those that are there.

use std::collections::{BTreeMap, HashSet};

use super::identity::Identities;
use super::relationships::Kept;
use super::{Fate, Ours, Outcome, Proposal, refuse};
use crate::import::Said;
use crate::model::change::Change;
use crate::model::entity::{Entity, EntityKind, EntityRecord, Mention};
use crate::model::id::{EntityId, RelationshipId};
use crate::model::identifier::IdentifierScheme;
use crate::model::name::{Name, NameKind};
use crate::model::state::State;
use crate::model::text;
use crate::model::violation::{Origin, Violation};

/// The kinds of the entities that a contribution has, under the ids at which they stand.
pub(super) type Kinds = BTreeMap<EntityId, EntityKind>;

/// Proposes what the contribution's entities change, and tells their kinds.
pub(super) fn propose(
    state: &State,
    ours: &Ours,
    said: Vec<Said<Entity>>,
    mentions: Vec<Said<Mention>>,
    identities: &Identities,
    proposal: &mut Proposal,
) -> Kinds {
    let mut list: Vec<(EntityId, Said<Entity>)> =
        said.into_iter().map(|said| (identities.id(&said.value.id).clone(), said)).collect();
    // A sort that keeps the order of equals: what stands in comes after what it stands for.
    list.sort_by(|(one, first), (other, second)| (one, first.stands_in).cmp(&(other, second.stands_in)));
    let mut kinds = Kinds::new();
    let mut list = list.into_iter().peekable();
    while let Some((id, first)) = list.next() {
        let mut same = vec![first];
        while let Some((_, next)) = list.next_if(|(next, _)| *next == id) {
            same.push(next);
        }
        if let Some(kind) = propose_one(state, ours, &id, same, proposal) {
            kinds.insert(id, kind);
        }
    }
    for mention in mentions {
        if let Some(kind) = propose_mention(state, ours, mention, proposal) {
            kinds.insert(kind.0, kind.1);
        }
    }
    kinds
}

/// Renews what the documents say of an entity that others describe: their citations and figures, and nothing else.
fn propose_mention(
    state: &State,
    ours: &Ours,
    said: Said<Mention>,
    proposal: &mut Proposal,
) -> Option<(EntityId, EntityKind)> {
    let Some(old) = state.entity(said.value.entity.as_str()).map(|old| &old.value) else {
        let violation = Violation::new("no entity has this id", "add it to the files, or correct the id").of("entity");
        refuse(proposal, &said, violation, said.value.entity.as_str());
        return None;
    };
    let mut record: EntityRecord = old.clone().into();
    record.citations.retain(|citation| !ours.has(citation));
    record.figures.retain(|figure| !ours.has(&figure.citation));
    let Said { value: mention, origin, .. } = said;
    record.citations.extend(mention.citations);
    record.figures.extend(mention.figures);
    settle(Some(old), record, &[origin], proposal).map(|kind| (mention.entity, kind))
}

/// Proposes an entity where it differs from what is there; `None` where it is refused and was not there.
fn settle(
    old: Option<&Entity>,
    record: EntityRecord,
    origins: &[Origin],
    proposal: &mut Proposal,
) -> Option<EntityKind> {
    let kind = record.kind;
    let fate = match (Entity::new(record), old) {
        (Ok(new), Some(old)) if *old == new => {
            proposal.unchanged += 1;
            proposal.tell(origins, Outcome::Unchanged);
            return Some(kind);
        }
        (Ok(new), old) => (new, if old.is_some() { Fate::Changed } else { Fate::New }),
        (Err(violations), old) => {
            let violations = violations.0.into_iter().map(|violation| violation.at(origins.first()));
            proposal.refused.extend(violations);
            return old.map(|old| old.kind);
        }
    };
    proposal.tell(origins, Outcome::Taken);
    proposal.push(Change::UpsertEntity(fate.0), origins.first().cloned(), fate.1);
    Some(kind)
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
        } else if state.document(id.as_str()).is_some() || ours.documents.contains(id.as_str()) {
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
    let origins: Vec<Origin> = all.iter().map(|said| said.origin.clone()).collect();
    let mut all = all.into_iter();
    let first = all.next()?;
    let (own, stands_in) = (first.value.id == *id, first.stands_in);
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
    settle(old, record, &origins, proposal)
}

fn fill(base: &mut EntityRecord, from: &EntityRecord, with_names: bool) {
    fill_from(base, from.clone(), with_names);
}

/// Adds what a record lacks and another has. Fields that go together come together: begin and end, city and point.
pub(in crate::knowledge) fn fill_from(base: &mut EntityRecord, from: EntityRecord, with_names: bool) {
    let same_name = base.name == from.name;
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
    base.in_text = base.in_text.take().or(from.in_text.filter(|_| same_name));
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
    kinds: &Kinds,
    kept: &Kept,
    lost: &HashSet<&RelationshipId>,
    proposal: &mut Proposal,
) {
    let is_renewed = |entity: &Entity| {
        entity.citations.iter().any(|citation| !ours.leaves(citation))
            || entity.figures.iter().any(|figure| !ours.leaves(&figure.citation))
    };
    let left: Vec<&Entity> = state
        .entities
        .iter()
        .map(|entity| &entity.value)
        .filter(|entity| is_renewed(entity) && !kinds.contains_key(&entity.id))
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
        record.citations.retain(|citation| ours.leaves(citation));
        record.figures.retain(|figure| ours.leaves(&figure.citation));
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
