//! What a walk went over, in the order in which it did: from it follow the paths and the groups of a row.

use crate::graph::pattern::query::Register;

/// One entry of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) register: Register,
    pub(super) value: u32,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The entity where one time of a repetition starts.
    Start,
    /// A relationship.
    Edge,
    /// The entity that it leads to.
    Node,
    /// A relationship that had been met under the same name.
    EdgeAgain,
    /// An entity that had been met under the same name.
    NodeAgain,
}

impl Entry {
    pub(super) fn is_edge(&self) -> bool {
        matches!(self.what, What::Edge | What::EdgeAgain)
    }

    pub(super) fn is_node(&self) -> bool {
        matches!(self.what, What::Node | What::NodeAgain)
    }

    /// Whether it is bound to a name here, and not only met again.
    pub(super) fn binds(&self, register: Register) -> bool {
        self.register == register && matches!(self.what, What::Start | What::Edge | What::Node)
    }
}

/// The entities and the relationships of a path from left to right, without its first entity.
///
/// Walked from right to left, the log ends at the left; its last entity is where the path starts, and `right` is where
/// the walk began.
pub(super) fn append_path(log: &[Entry], forward: bool, right: u32, nodes: &mut Vec<u32>, edges: &mut Vec<u32>) {
    if forward {
        nodes.extend(log.iter().filter(|entry| entry.is_node()).map(|entry| entry.value));
        edges.extend(log.iter().filter(|entry| entry.is_edge()).map(|entry| entry.value));
    } else {
        nodes.extend(log.iter().rev().filter(|entry| entry.is_node()).map(|entry| entry.value).skip(1));
        edges.extend(log.iter().rev().filter(|entry| entry.is_edge()).map(|entry| entry.value));
        if log.iter().any(Entry::is_node) {
            nodes.push(right);
        }
    }
}

/// The elements of a group from left to right.
pub(super) fn append_group(log: &[Entry], forward: bool, register: Register, group: &mut Vec<u32>) {
    let bound = log.iter().filter(|entry| entry.binds(register)).map(|entry| entry.value);
    if forward {
        group.extend(bound);
    } else {
        group.extend(bound.rev());
    }
}
