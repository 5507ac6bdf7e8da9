//! Who is linked to given entities through something they share: hospitals to universities through a consortium.

mod found;
mod halves;
mod positions;
mod rules;
mod walks;

use crate::graph::index::EntityIndex;
use crate::graph::{Budget, EntityFilter, Graph, RelationshipFilter, Scope, TraversalError, View};

use self::found::{First, FoundLinks};
use self::halves::{Ends, Halver};
use self::rules::Rules;

pub use self::walks::link_paths;

/// The most steps that each half of a link may have.
pub const REACH_LIMIT: usize = 4;

/// From whom, through what, to what.
#[derive(Clone, Debug)]
pub struct LinkQuestion {
    /// Where walks start.
    pub from: Vec<EntityIndex>,
    /// What they must come to half-way.
    pub through: EntityFilter,
    /// Where they end.
    pub to: EntityFilter,
    /// What each step must be; direction and other end are seen from the entity that the step leaves.
    pub via: RelationshipFilter,
    /// How many steps each half may have, 1 to [`REACH_LIMIT`].
    pub reach: usize,
}

/// An entity that is linked, and what bears witness to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Who is linked.
    pub entity: EntityIndex,
    /// To which of the `from` entities, in the order of their ids.
    pub from: Vec<EntityIndex>,
    /// Through which `through` entities, in the order of their ids.
    pub through: Vec<EntityIndex>,
    /// How many steps the shortest walk has, 2 or more.
    pub distance: usize,
}

/// The entities that are linked in the view to the `from` entities through a `through` entity.
///
/// A link is a walk from a `from` entity in 1 to `reach` steps to a `through` entity, and on in 1 to `reach` steps to a
/// `to` entity, along or against the arrows, with no entity twice in all of it. Another `from` entity may stand
/// anywhere on it.
///
/// Steps run over organizations, events, agreements and programs. They never run onto a topic. Onto a person they run
///
/// - anywhere, where `via` asks for persons: its `kinds` name a kind that always has a person at one end
///   (`HOLDS_POST_AT`), or `SIGNED` or `WITNESSED`; or the `kinds` of its `other` name `PERSON`;
/// - half-way or at the end, where the `kinds` of `through` or `to` name `PERSON`, or their `ids` a person.
///
/// `kinds` count wherever they stand outside `not`. A `from` entity may be a person or a topic.
///
/// Links are sorted by distance, nearest first; how many `from` entities they reach, most first; how many `through`
/// entities, most first; folded name; id.
///
/// # How it stays small
///
/// Walks are not enumerated. For each pair of a start and an end of a half it is kept whether there is a direct step,
/// and *which entities stand between* them. The two halves of a link are joined where some entry of one has nothing in
/// common with some entry of the other, nor with its end. Of the halves of two steps only `reach + 1` different
/// entities between are kept, which loses no link and no distance:
///
/// > Take halves *a* (from *f* to *t*) and *b* (from *t* to *o*) that fit. What *a* must keep clear of is *o* and the
/// > at most `reach - 1` entities within *b*: `reach` at most. If the single entity between in *a* was not kept,
/// > `reach + 1` others were, of which one at least is clear; put that half in the place of *a*: it has as many steps.
/// > The same holds for *b*, which must keep clear of *f* and of what is within *a*. ∎
///
/// So for `reach` 2 at most three alternatives are kept per pair.
///
/// **Complexity.** For `reach` 1 and 2 *O(w + p)*, where *w* is how many relationships there are within `reach` steps
/// of the `from` entities and, once for each `through` entity found, within `reach` steps of it; *p* how many triples
/// of `from`, `through` and `to` are joined. Relationships that lead to kinds that cannot be meant are not read. For
/// `reach` 3 and 4 all halves are kept, as many as the walks of `reach` steps, and a triple costs up to the product of
/// its halves.
///
/// # Errors
/// [`TraversalError::OutOfRange`] for a reach of 0 or above the limit; [`TraversalError::Exhausted`] when the budget
/// covers less than the whole answer.
pub fn links(
    graph: &Graph,
    view: &View,
    question: &LinkQuestion,
    budget: &Budget,
) -> Result<Vec<Link>, TraversalError> {
    TraversalError::check("reach", question.reach, 1..=REACH_LIMIT)?;
    let scope = Scope { graph, view, budget };
    let mut rules = Rules::new(scope, question);
    let mut halver = Halver::new(scope, question.reach);
    let mut ends = Ends::new(graph.entity_count());

    let mut sources = question.from.clone();
    sources.sort_unstable();
    sources.dedup();
    let mut firsts = Vec::new();
    for (number, &from) in sources.iter().enumerate() {
        halver.collect(from, &mut rules.via, &mut rules.through, &mut ends)?;
        ends.drain(|through, halves| firsts.push(First { through, from, number, halves }));
    }
    firsts.sort_by_cached_key(|first| (first.through, first.number as u32));

    let mut found = FoundLinks::new(question.reach, &sources, graph.entity_count());
    for group in firsts.chunk_by(|one, next| one.through == next.through) {
        halver.collect(group[0].through, &mut rules.via, &mut rules.to, &mut ends)?;
        budget.spend(ends.count() * group.len())?;
        let mut joined = Ok(());
        ends.drain(|to, seconds| {
            if joined.is_ok() {
                joined = found.join(group, to, &seconds, budget);
            }
        });
        joined?;
    }
    Ok(found.sorted(graph))
}
