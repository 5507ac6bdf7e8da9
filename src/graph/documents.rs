//! What a document mentions.

use super::index::{DocumentIndex, EntityIndex};
use super::{Budget, Exhausted, Graph, View};

/// The entities in the view that a citation of this document supports, strongly enough for the view; sorted by folded
/// name, then by id.
///
/// **Complexity.** *O(V)*, and *O(n log n)* for the *n* entities found.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover a visit for each entity.
pub fn entities_citing(
    graph: &Graph,
    view: &View,
    document: DocumentIndex,
    budget: &Budget,
) -> Result<Vec<EntityIndex>, Exhausted> {
    budget.spend(graph.entity_count())?;
    let mut found = Vec::new();
    for entity in graph.entities() {
        let citations = graph.entity_support.at(entity.position());
        let cited = citations.iter().any(|&citation| citation.0 == document && view.admits_citation(citation));
        if cited && view.admits_entity(graph, entity, budget)? {
            found.push(entity);
        }
    }
    found.sort_by_key(|&entity| (graph.name_rank(entity), entity));
    Ok(found)
}
