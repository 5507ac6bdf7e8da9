//! The best paths of one pair, one after the other, by cost, then length, then the ids along the way.
//!
//! Each further path leaves one that was found before at some entity; the best that does is searched for each entity
//! of the path found last. Source: J. Y. Yen, Finding the K Shortest Loopless Paths in a Network, Management Science 17
//! (1971), 712-716, with the partition of E. L. Lawler, Management Science 18 (1972), 401-405, which finds no path
//! twice.

use std::collections::BTreeSet;

use crate::graph::TraversalError;
use crate::graph::index::{EntityIndex, RelationshipIndex};

use super::Found;
use super::search::Walker;
use super::spur::{Measure, Spur, SpurSearch};
use super::weights::StepCosts;

/// A path, in the order in which paths are given; `leaves` is where it leaves the path that it was made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    measure: Measure,
    entities: Vec<EntityIndex>,
    relationships: Vec<RelationshipIndex>,
    leaves: usize,
}

/// The `k` best paths to the end of the search; fewer where there are not so many.
pub(super) fn best(
    walker: &mut Walker<'_>,
    search: &mut SpurSearch,
    costs: Option<&StepCosts<'_>>,
    from: EntityIndex,
    k: usize,
    found: &mut Found<'_>,
) -> Result<(), TraversalError> {
    if !search.prepare(walker, costs, from)? {
        return Ok(());
    }
    let mut accepted: Vec<Candidate> = Vec::new();
    let mut candidates = BTreeSet::new();
    let whole = Spur { root: &[from], measure: Measure::default(), forbidden: &[] };
    if let Some((measure, entities, relationships)) = search.run(walker, costs, &whole)? {
        candidates.insert(Candidate { measure, entities, relationships, leaves: 0 });
    }
    while let Some(path) = candidates.pop_first() {
        found.keep_at(path.measure.cost, &path.entities, &path.relationships)?;
        accepted.push(path.clone());
        if accepted.len() == k {
            break;
        }
        let mut measure = Measure::default();
        for (at, &relationship) in path.relationships.iter().enumerate() {
            if at >= path.leaves {
                let (root, walked) = (&path.entities[..=at], &path.relationships[..at]);
                let forbidden: Vec<_> = accepted
                    .iter()
                    .filter(|other| other.entities.starts_with(root) && other.relationships.starts_with(walked))
                    .filter_map(|other| other.relationships.get(at).copied())
                    .collect();
                let spur = Spur { root, measure, forbidden: &forbidden };
                if let Some((measure, entities, relationships)) = search.run(walker, costs, &spur)? {
                    let entities = root.iter().copied().chain(entities.into_iter().skip(1)).collect();
                    let relationships = walked.iter().copied().chain(relationships).collect();
                    candidates.insert(Candidate { measure, entities, relationships, leaves: at });
                }
            }
            measure = measure.and(costs, relationship);
        }
    }
    Ok(())
}
