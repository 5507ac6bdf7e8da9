//! Which of several records of one body comes first: the curated one, then the one that ROR has, then the better tied.

use std::cmp::Reverse;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::entity::Entity;
use super::identifier::IdentifierScheme;
use super::state::State;

/// How an entity stands among others that nothing tells apart; the least comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    is_of_registry: bool,
    lacks_ror: bool,
    relationships: Reverse<u32>,
}

impl Standing {
    /// Whose record it is, without what it is tied to; the least comes first.
    pub fn origin(&self) -> impl Ord + use<> {
        (self.is_of_registry, self.lacks_ror)
    }

    fn of(entity: &Entity, relationships: u32) -> Self {
        let id = entity.id.as_str();
        // An id of an importer is a scheme and a key of it: `ror-052gg0110`.
        let is_key = |key: &str| {
            id.len() > key.len() && id.is_char_boundary(id.len() - key.len()) && {
                let (start, end) = id.split_at(id.len() - key.len());
                end.eq_ignore_ascii_case(key) && start.ends_with('-')
            }
        };
        Self {
            is_of_registry: entity.identifiers.iter().any(|identifier| is_key(identifier.value())),
            lacks_ror: !entity.identifiers.iter().any(|identifier| identifier.scheme() == IdentifierScheme::Ror),
            relationships: Reverse(relationships),
        }
    }
}

/// How each entity of a state stands, in their order.
///
/// **Complexity**: *O(entities + relationships)*.
pub fn standings(state: &State) -> Vec<Standing> {
    let positions: HashMap<&str, usize, RandomState> =
        state.entities.iter().enumerate().map(|(position, entity)| (entity.id.as_str(), position)).collect();
    let mut counts = vec![0_u32; state.entities.len()];
    for relationship in &state.relationships {
        for end in [&relationship.source, &relationship.target] {
            if let Some(position) = positions.get(end.as_str()) {
                counts[*position] += 1;
            }
        }
    }
    state.entities.iter().zip(counts).map(|(entity, count)| Standing::of(entity, count)).collect()
}
