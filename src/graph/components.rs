//! The parts that a view falls into, and who holds them together.

use std::cmp::Reverse;

use super::index::EntityIndex;
use super::ties::Ties;
use super::{Budget, Exhausted, Graph, View};

/// A part of a view: whoever is in it reaches whoever else is in it, and nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// The entities in it, in the order of their ids.
    pub members: Vec<EntityIndex>,
    /// How many pairs of them are tied.
    pub ties: usize,
    /// How many relationships join them.
    pub relationships: u64,
}

/// The parts of a view, the largest first, equals by their first entity.
///
/// **Complexity.** *O(V + E)*.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover that.
pub fn components(graph: &Graph, view: &View, budget: &Budget) -> Result<Vec<Component>, Exhausted> {
    components_of(&Ties::of(graph, view, budget)?, budget)
}

/// The parts of a network that is given by its ties, as [`components`].
///
/// # Errors
/// [`Exhausted`] when the budget does not cover a pass.
pub fn components_of(ties: &Ties, budget: &Budget) -> Result<Vec<Component>, Exhausted> {
    let numbers = component_numbers(ties, budget)?;
    let count = numbers.iter().max().map_or(0, |&last| last as usize + 1);
    let mut found = vec![Component { members: Vec::new(), ties: 0, relationships: 0 }; count];
    for (node, &number) in numbers.iter().enumerate() {
        let component = &mut found[number as usize];
        component.members.push(ties.members()[node]);
        component.ties += ties.degree(node);
        component.relationships += ties.weighted_degree(node);
    }
    for component in &mut found {
        component.ties /= 2;
        component.relationships /= 2;
    }
    found.sort_by_key(|component| Reverse(component.members.len()));
    Ok(found)
}

/// The number of each node's component, in the order of their first nodes.
///
/// **Complexity.** *O(V + E)*.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover a pass.
pub fn component_numbers(ties: &Ties, budget: &Budget) -> Result<Vec<u32>, Exhausted> {
    budget.sweep(ties.pass())?;
    Ok(parts(ties, |_, _| true))
}

/// The number of each node's part, in the order of their first nodes, where only some ties hold parts together.
/// *O(V + E)*.
pub(super) fn parts(ties: &Ties, holds: impl Fn(usize, usize) -> bool) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut numbers = vec![NONE; ties.count()];
    let mut next = 0;
    let mut stack = Vec::new();
    for first in 0..ties.count() {
        if numbers[first] != NONE {
            continue;
        }
        numbers[first] = next;
        stack.push(first as u32);
        while let Some(node) = stack.pop() {
            for &other in ties.others(node as usize) {
                if numbers[other as usize] == NONE && holds(node as usize, other as usize) {
                    numbers[other as usize] = next;
                    stack.push(other);
                }
            }
        }
        next += 1;
    }
    numbers
}
