//! The links that would make something a part of itself.

use std::collections::{HashMap, HashSet};

use crate::model::id::RelationshipId;
use crate::model::relationship::Relationship;

/// The relationships among `new` that close a circle, taken in their order, with what is there.
///
/// **Complexity**: *O(n)* where there is no circle; each link of a circle costs a walk through the circles.
pub(super) fn closing<'a>(
    new: impl Iterator<Item = &'a Relationship>,
    there: impl Iterator<Item = &'a Relationship>,
) -> HashSet<RelationshipId> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut number = |id: &'a str| {
        let next = numbers.len();
        *numbers.entry(id).or_insert(next)
    };
    let mut edges: Vec<(usize, usize, Option<&Relationship>)> = Vec::new();
    for relationship in there {
        edges.push((number(relationship.source.as_str()), number(relationship.target.as_str()), None));
    }
    for relationship in new {
        edges.push((number(relationship.source.as_str()), number(relationship.target.as_str()), Some(relationship)));
    }
    let count = numbers.len();
    edges.retain({
        let in_circle = core(count, &edges);
        move |&(source, target, _)| in_circle[source] && in_circle[target]
    });
    let mut wholes: Vec<Vec<usize>> = vec![Vec::new(); if edges.is_empty() { 0 } else { count }];
    let mut closing = HashSet::new();
    for (source, target, relationship) in edges {
        match relationship {
            Some(relationship) if reaches(&wholes, target, source) => {
                closing.insert(relationship.id().clone());
            }
            Some(_) | None => wholes[source].push(target),
        }
    }
    closing
}

/// What is left when all that leads nowhere is taken away again and again: the circles and what leads into them.
fn core(count: usize, edges: &[(usize, usize, Option<&Relationship>)]) -> Vec<bool> {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut wholes = vec![0_usize; count];
    for &(source, target, _) in edges {
        parts[target].push(source);
        wholes[source] += 1;
    }
    let mut open: Vec<usize> = (0..count).filter(|&node| wholes[node] == 0).collect();
    let mut left = vec![true; count];
    while let Some(node) = open.pop() {
        left[node] = false;
        for &part in &parts[node] {
            wholes[part] -= 1;
            if wholes[part] == 0 {
                open.push(part);
            }
        }
    }
    left
}

fn reaches(wholes: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = HashSet::from([from]);
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        open.extend(wholes[node].iter().copied().filter(|&next| seen.insert(next)));
    }
    false
}
