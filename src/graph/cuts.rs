//! Who and what holds a view together: the entities and ties without which a part of it falls apart.

use std::cmp::Reverse;

use super::index::{EntityIndex, RelationshipIndex};
use super::ties::Ties;
use super::{Budget, Exhausted, Graph, Scope, View};

/// An entity without which its component falls apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutVertex {
    /// Who.
    pub entity: EntityIndex,
    /// How many entities each of the parts would have, the largest first; at least two parts.
    pub parts: Vec<u32>,
}

impl CutVertex {
    /// How many entities would lose the largest part.
    pub fn separated(&self) -> u32 {
        self.parts.iter().skip(1).sum()
    }
}

/// Two entities whose tie is the only way between two parts of their component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bridge {
    /// The end on the larger side; on equal sides the one with the lesser id.
    pub near: EntityIndex,
    /// The other end.
    pub far: EntityIndex,
    /// How many entities each side has, `near`'s first.
    pub sides: [u32; 2],
    /// The relationships of the view between the two, by id; at least one.
    pub relationships: Vec<RelationshipIndex>,
}

/// The entities without which a component of the view falls apart, by how many entities would be separated (most
/// first), then by folded name, then by id.
///
/// **Complexity.** *O(V + E)*, and *O(n log n)* for *n* found.
///
/// Source: J. Hopcroft, R. Tarjan, Efficient algorithms for graph manipulation, CACM 16 (1973) 372.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover that.
pub fn cut_vertices(graph: &Graph, view: &View, budget: &Budget) -> Result<Vec<CutVertex>, Exhausted> {
    cut_vertices_of(graph, &Ties::of(graph, view, budget)?, budget)
}

/// The entities without which a component of a network falls apart that is given by its ties, as [`cut_vertices`].
///
/// # Errors
/// [`Exhausted`] when the budget does not cover a pass.
pub fn cut_vertices_of(graph: &Graph, ties: &Ties, budget: &Budget) -> Result<Vec<CutVertex>, Exhausted> {
    let mut found: Vec<CutVertex> = cuts(ties, budget)?
        .vertices
        .into_iter()
        .map(|(node, parts)| CutVertex { entity: ties.members()[node], parts })
        .collect();
    found.sort_unstable_by_key(|cut| (Reverse(cut.separated()), graph.name_rank(cut.entity), cut.entity));
    Ok(found)
}

/// The ties that are the only way between two parts of a component of the view, by the size of the lesser side (most
/// first), then by folded name and id of the far end, then of the near one. Several relationships between the same two
/// are one tie.
///
/// **Complexity.** *O(V + E)*, and *O(n log n)* for *n* found.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover that.
pub fn bridges(graph: &Graph, view: &View, budget: &Budget) -> Result<Vec<Bridge>, Exhausted> {
    let ties = Ties::of(graph, view, budget)?;
    let mut found = Vec::new();
    for ([above, below], [rest, part]) in cuts(&ties, budget)?.bridges {
        let [above, below] = [above, below].map(|node| ties.members()[node]);
        let is_turned = (Reverse(part), below) < (Reverse(rest), above);
        let (near, far, sides) = if is_turned { (below, above, [part, rest]) } else { (above, below, [rest, part]) };
        found.push(Bridge { near, far, sides, relationships: Vec::new() });
    }
    found.sort_unstable_by_key(|bridge| {
        let name = |entity| (graph.name_rank(entity), entity);
        (Reverse(bridge.sides[1]), name(bridge.far), name(bridge.near))
    });
    for bridge in &mut found {
        bridge.relationships = Scope { graph, view, budget }.between(bridge.near, bridge.far)?;
    }
    Ok(found)
}

/// What a graph falls apart without, by nodes.
struct Cuts {
    /// With the sizes of the parts, the largest first.
    vertices: Vec<(usize, Vec<u32>)>,
    /// With the sizes of the sides.
    bridges: Vec<([usize; 2], [u32; 2])>,
}

const NONE: u32 = u32::MAX;

/// What a search in depth knows about each node.
struct Search {
    /// When it was entered, from 0.
    entered: Vec<u32>,
    /// The earliest entered that its subtree is tied to.
    lowest: Vec<u32>,
    /// How many its subtree has, itself included.
    sizes: Vec<u32>,
    parents: Vec<u32>,
    /// The next tie to follow.
    next: Vec<u32>,
    /// The sizes of subtrees that hang on nothing but a node above, by that node.
    hanging: Vec<(u32, u32)>,
    /// The nodes below a tie that nothing goes around.
    below_bridges: Vec<u32>,
    clock: u32,
}

fn cuts(ties: &Ties, budget: &Budget) -> Result<Cuts, Exhausted> {
    budget.sweep(3 * ties.pass())?;
    let count = ties.count();
    let mut search = Search {
        entered: vec![NONE; count],
        lowest: vec![NONE; count],
        sizes: vec![1; count],
        parents: vec![NONE; count],
        next: vec![0; count],
        hanging: Vec::new(),
        below_bridges: Vec::new(),
        clock: 0,
    };
    let mut found = Cuts { vertices: Vec::new(), bridges: Vec::new() };
    for root in 0..count {
        if search.entered[root] == NONE {
            search.walk(ties, root);
            search.conclude(root, &mut found);
        }
    }
    Ok(found)
}

impl Search {
    fn walk(&mut self, ties: &Ties, root: usize) {
        self.enter(root);
        let mut node = root;
        loop {
            let tie = self.next[node] as usize;
            if let Some(&other) = ties.others(node).get(tie) {
                self.next[node] += 1;
                let other = other as usize;
                if self.entered[other] == NONE {
                    self.parents[other] = node as u32;
                    self.enter(other);
                    node = other;
                } else if self.parents[node] != other as u32 {
                    self.lowest[node] = self.lowest[node].min(self.entered[other]);
                }
            } else if node == root {
                return;
            } else {
                let parent = self.parents[node] as usize;
                self.leave(node, parent);
                node = parent;
            }
        }
    }

    fn enter(&mut self, node: usize) {
        (self.entered[node], self.lowest[node]) = (self.clock, self.clock);
        self.clock += 1;
    }

    fn leave(&mut self, node: usize, parent: usize) {
        self.sizes[parent] += self.sizes[node];
        self.lowest[parent] = self.lowest[parent].min(self.lowest[node]);
        if self.lowest[node] >= self.entered[parent] {
            self.hanging.push((parent as u32, self.sizes[node]));
        }
        if self.lowest[node] > self.entered[parent] {
            self.below_bridges.push(node as u32);
        }
    }

    /// Reads off what was found in the component of a root.
    fn conclude(&mut self, root: usize, found: &mut Cuts) {
        let all = self.sizes[root];
        for node in self.below_bridges.drain(..) {
            let (node, part) = (node as usize, self.sizes[node as usize]);
            found.bridges.push(([self.parents[node] as usize, node], [all - part, part]));
        }
        self.hanging.sort_unstable();
        for parts in self.hanging.chunk_by(|one, next| one.0 == next.0) {
            let node = parts[0].0 as usize;
            let mut sizes: Vec<u32> = parts.iter().map(|&(_, size)| size).collect();
            let rest = all - 1 - sizes.iter().sum::<u32>();
            if rest > 0 {
                sizes.push(rest);
            }
            if sizes.len() > 1 {
                sizes.sort_unstable_by_key(|&size| Reverse(size));
                found.vertices.push((node, sizes));
            }
        }
        self.hanging.clear();
    }
}
