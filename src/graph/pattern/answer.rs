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
    steps: Vec<Steps>,
}

/// The steps of one plan.
#[derive(Debug)]
pub(super) struct Steps {
    pub(super) query: Arc<Query>,
    /// The optional blocks that it asks for besides what has to be there.
    pub(super) taken: Vec<usize>,
    pub(super) planned: Arc<[Planned]>,
    /// How many rows each step made.
    pub(super) counts: Vec<u64>,
}

/// One row of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The variables that are given back, in the order of their names in the pattern, or as `RETURN` has them.
    pub bindings: Vec<Binding>,
    /// The path of each pattern, in their order; of what is optional and not there, none.
    pub paths: Vec<Option<Path>>,
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
    pub(super) fn new(query: Arc<Query>, mut rows: Rows, steps: Vec<Steps>) -> Self {
        if let Some((positions, true)) = &query.returned {
            rows.keep_first_of(|row| {
                let read = Read::of(&query, row);
                positions.iter().flat_map(|&position| read.values(position)).collect()
            });
        }
        Self { query, rows, steps }
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
        let described = self.steps.iter().flat_map(|Steps { query, taken, planned, counts }| {
            let with: Vec<String> = taken.iter().map(|number| (number + 1).to_string()).collect();
            let with =
                if with.is_empty() { String::new() } else { format!("with OPTIONAL MATCH {}: ", with.join(" and ")) };
            planned.iter().zip(counts).map(move |(step, &made)| {
                let step = step.described(query, made);
                PlanStep { action: format!("{with}{}", step.action), ..step }
            })
        });
        described.collect()
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
            paths: (0..self.query.chains.len()).map(|chain| read.whole_path(graph, chain)).collect(),
        }
    }
}

/// A row, taken apart.
struct Read<'a> {
    query: &'a Query,
    /// Of each chain its entities and its relationships.
    paths: Vec<(&'a [u32], &'a [u32])>,
    /// Of each variable its elements, of a path none; `None` of a group that is not there.
    elements: Vec<Option<&'a [u32]>>,
}

impl<'a> Read<'a> {
    fn of(query: &'a Query, row: &'a [u32]) -> Self {
        let mut rest = &row[1..];
        let mut take = |count: usize| {
            let (taken, left) = rest.split_at(count);
            rest = left;
            taken
        };
        let paths = query.chains.iter().map(|_| match take(1)[0] {
            NOTHING => (take(0), take(0)),
            steps => (take(steps as usize + 1), take(steps as usize)),
        });
        let paths = paths.collect();
        let elements = query.variables.iter().map(|variable| match variable.what {
            Bound::One { .. } => Some(take(1)),
            Bound::Group { .. } => match take(1)[0] {
                NOTHING => None,
                count => Some(take(count as usize)),
            },
            Bound::Path { .. } => Some(take(0)),
        });
        Self { query, paths, elements: elements.collect() }
    }

    /// What tells this value of a variable from others.
    fn values(&self, variable: usize) -> Vec<u32> {
        match self.query.variables[variable].what {
            Bound::One { .. } | Bound::Group { .. } => {
                let elements = self.elements[variable];
                let count = elements.map_or(NOTHING, |elements| elements.len() as u32);
                std::iter::once(count).chain(elements.into_iter().flatten().copied()).collect()
            }
            Bound::Path { chain } => {
                let (nodes, edges) = self.paths[chain];
                std::iter::once(edges.len() as u32).chain(nodes.iter().chain(edges).copied()).collect()
            }
        }
    }

    fn bound(&self, graph: &Graph, variable: usize) -> BoundValue {
        let Some(elements) = self.elements[variable] else { return BoundValue::Nothing };
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
            Bound::Path { chain } => self.whole_path(graph, chain).map_or(BoundValue::Nothing, BoundValue::Path),
        }
    }

    /// The path of a chain; `None` where it is not there.
    fn whole_path(&self, graph: &Graph, chain: usize) -> Option<Path> {
        let (nodes, edges) = self.paths[chain];
        if nodes.is_empty() {
            return None;
        }
        let nodes: Vec<EntityIndex> = nodes.iter().map(|&node| EntityIndex(node)).collect();
        let edges: Vec<RelationshipIndex> = edges.iter().map(|&edge| RelationshipIndex(edge)).collect();
        Some(Path::new(graph, &nodes, &edges))
    }
}
