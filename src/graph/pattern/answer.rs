//! What the variables of a row are bound to.

use std::sync::Arc;

use super::condition::NOTHING;
use super::plan::{PlanStep, Planned};
use super::query::{Bound, Held, Query};
use super::run::Rows;
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::{Graph, Path};

/// The answer to a pattern: its rows in their order, and how they were found.
#[derive(Debug)]
pub struct Matches {
    query: Arc<Query>,
    rows: Rows,
    plan: Arc<[Planned]>,
    /// How many rows each step of the plan made.
    counts: Vec<u64>,
}

/// One row of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The variables that are given back, in the order of their names in the pattern, or as `RETURN` has them.
    pub bindings: Vec<Binding>,
    /// The path of each pattern, in their order.
    pub paths: Vec<Path>,
}

/// A variable, and what it stands for in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub value: BoundValue,
}

/// What a variable stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoundValue {
    /// Nothing: the optional part that it is in was left out.
    Nothing,
    /// A node.
    Entity(EntityIndex),
    /// An edge.
    Relationship(RelationshipIndex),
    /// A node of a repeated part, once for each repetition.
    Entities(Vec<EntityIndex>),
    /// An edge of a repeated part, once for each repetition.
    Relationships(Vec<RelationshipIndex>),
    /// A whole path.
    Path(Path),
}

impl Matches {
    pub(super) fn new(query: Arc<Query>, mut rows: Rows, plan: Arc<[Planned]>, counts: Vec<u64>) -> Self {
        if let Some((positions, true)) = &query.returned {
            rows.keep_first_of(|row| {
                let read = Read::of(&query, row);
                positions.iter().flat_map(|&position| read.values(position)).collect()
            });
        }
        Self { query, rows, plan, counts }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }

    /// How they were found.
    pub fn plan(&self) -> Vec<PlanStep> {
        self.plan.iter().zip(&self.counts).map(|(step, &made)| step.described(&self.query, made)).collect()
    }

    /// The row at a position. *O(n)* for a row of *n* elements.
    ///
    /// # Panics
    /// Past the end.
    pub fn get(&self, graph: &Graph, position: usize) -> Match {
        let row = self.rows.get(position);
        let read = Read::of(&self.query, &row);
        let all = || (0..self.query.variables.len()).collect();
        let given = self.query.returned.as_ref().map_or_else(all, |(positions, _)| positions.clone());
        let bindings = given.into_iter().map(|variable| Binding {
            name: self.query.variables[variable].name.clone(),
            value: read.bound(graph, variable),
        });
        Match {
            bindings: bindings.collect(),
            paths: (0..self.query.chains.len()).map(|chain| read.path(graph, chain)).collect(),
        }
    }
}

/// A row, taken apart.
struct Read<'a> {
    query: &'a Query,
    /// Of each chain its entities and its relationships.
    paths: Vec<(&'a [u32], &'a [u32])>,
    /// Of each variable its elements; of a path none.
    elements: Vec<&'a [u32]>,
}

impl<'a> Read<'a> {
    fn of(query: &'a Query, row: &'a [u32]) -> Self {
        let mut rest = &row[1..];
        let mut take = |count: usize| {
            let (taken, left) = rest.split_at(count);
            rest = left;
            taken
        };
        let paths = query.chains.iter().map(|_| {
            let steps = take(1)[0] as usize;
            (take(steps + 1), take(steps))
        });
        let paths = paths.collect();
        let elements = query.variables.iter().map(|variable| match variable.what {
            Bound::One { .. } => take(1),
            Bound::Group { .. } => {
                let count = take(1)[0] as usize;
                take(count)
            }
            Bound::Path { .. } => &[],
        });
        Self { query, paths, elements: elements.collect() }
    }

    /// What tells this value of a variable from others.
    fn values(&self, variable: usize) -> Vec<u32> {
        match self.query.variables[variable].what {
            Bound::One { .. } | Bound::Group { .. } => {
                let elements = self.elements[variable];
                std::iter::once(elements.len() as u32).chain(elements.iter().copied()).collect()
            }
            Bound::Path { chain } => {
                let (nodes, edges) = self.paths[chain];
                std::iter::once(edges.len() as u32).chain(nodes.iter().chain(edges).copied()).collect()
            }
        }
    }

    fn bound(&self, graph: &Graph, variable: usize) -> BoundValue {
        let elements = self.elements[variable];
        match self.query.variables[variable].what {
            Bound::One { .. } if elements[0] == NOTHING => BoundValue::Nothing,
            Bound::One { register, .. } => match self.query.registers[register] {
                Held::Entity(_) => BoundValue::Entity(EntityIndex(elements[0])),
                Held::Relationship(_) => BoundValue::Relationship(RelationshipIndex(elements[0])),
            },
            Bound::Group { register } => match self.query.registers[register] {
                Held::Entity(_) => BoundValue::Entities(elements.iter().map(|&each| EntityIndex(each)).collect()),
                Held::Relationship(_) => {
                    BoundValue::Relationships(elements.iter().map(|&each| RelationshipIndex(each)).collect())
                }
            },
            Bound::Path { chain } => BoundValue::Path(self.path(graph, chain)),
        }
    }

    fn path(&self, graph: &Graph, chain: usize) -> Path {
        let (nodes, edges) = self.paths[chain];
        let nodes: Vec<EntityIndex> = nodes.iter().map(|&node| EntityIndex(node)).collect();
        let edges: Vec<RelationshipIndex> = edges.iter().map(|&edge| RelationshipIndex(edge)).collect();
        Path::new(graph, &nodes, &edges)
    }
}
