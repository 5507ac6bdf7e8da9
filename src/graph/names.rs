//! The names of all entities, folded, for the text filter and the order by name.

use std::sync::Arc;

use crate::model::change::Versioned;
use crate::model::entity::Entity;
use crate::model::text;

use super::index::EntityIndex;

/// Folded names in one text: each is its words with one space between them.
pub(super) struct Names {
    text: String,
    /// Where each name ends in the text; it starts where the one before ends.
    ends: Vec<u32>,
    /// For each entity the position of its first name, and the total.
    first: Vec<u32>,
    /// For each entity the rank of its preferred folded name; equal names have one rank.
    ranks: Vec<u32>,
    /// The entities in the order of their preferred folded names, equal names by id.
    order: Vec<EntityIndex>,
}

impl Names {
    /// *O(n + V log V)* for names of *n* bytes in all.
    pub(super) fn of(entities: &[Arc<Versioned<Entity>>]) -> Self {
        let mut names =
            Self { text: String::new(), ends: Vec::new(), first: vec![0], ranks: Vec::new(), order: Vec::new() };
        for entity in entities {
            for name in entity.all_names() {
                text::fold_onto(&mut names.text, name);
                names.ends.push(names.text.len() as u32);
            }
            names.first.push(names.ends.len() as u32);
        }
        (names.ranks, names.order) = names.ranked();
        names
    }

    /// The rank of each entity's preferred name, and the entities in the order of these names.
    fn ranked(&self) -> (Vec<u32>, Vec<EntityIndex>) {
        let preferred = |position: u32| self.name(self.first[position as usize] as usize);
        // The first bytes settle most comparisons without a look at the text.
        let start = |name: &str| {
            let mut bytes = [0; 16];
            let length = name.len().min(16);
            bytes[..length].copy_from_slice(&name.as_bytes()[..length]);
            u128::from_be_bytes(bytes)
        };
        let count = self.first.len() as u32 - 1;
        let mut order: Vec<(u128, u32)> = (0..count).map(|position| (start(preferred(position)), position)).collect();
        order.sort_unstable_by(|one, other| {
            let names = || preferred(one.1).cmp(preferred(other.1));
            one.0.cmp(&other.0).then_with(names).then(one.1.cmp(&other.1))
        });
        let mut ranks = vec![0; order.len()];
        let mut rank = 0;
        for pair in order.windows(2) {
            rank += u32::from(preferred(pair[0].1) != preferred(pair[1].1));
            ranks[pair[1].1 as usize] = rank;
        }
        let order = order.into_iter().map(|(_, position)| EntityIndex(position)).collect();
        (ranks, order)
    }

    /// The entities whose preferred name, case and diacritics set aside, is this one. *O(log V)*.
    pub(super) fn called(&self, name: &str) -> &[EntityIndex] {
        let wanted = text::folded(name);
        let preferred = |entity: &EntityIndex| self.name(self.first[entity.position()] as usize);
        let start = self.order.partition_point(|entity| preferred(entity) < wanted.as_str());
        let length = self.order[start..].partition_point(|entity| preferred(entity) == wanted.as_str());
        &self.order[start..start + length]
    }

    fn name(&self, position: usize) -> &str {
        let start = if position == 0 { 0 } else { self.ends[position - 1] as usize };
        &self.text[start..self.ends[position] as usize]
    }

    /// The folded names of an entity, the preferred one first.
    pub(super) fn of_entity(&self, entity: EntityIndex) -> impl Iterator<Item = &str> {
        let range = self.first[entity.position()] as usize..self.first[entity.position() + 1] as usize;
        range.map(|position| self.name(position))
    }

    pub(super) fn rank(&self, entity: EntityIndex) -> u32 {
        self.ranks[entity.position()]
    }
}
