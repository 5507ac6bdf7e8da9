//! The links found so far, in tables that a join touches in few places; written out at the end.

use std::cmp::Reverse;

use crate::graph::index::EntityIndex;
use crate::graph::{Budget, Exhausted, Graph};

use super::Link;
use super::halves::Halves;
use super::positions::Positions;

/// The first halves from one `from` entity to one `through` entity.
pub(super) struct First {
    pub(super) through: EntityIndex,
    pub(super) from: EntityIndex,
    /// The position of `from` among all.
    pub(super) number: usize,
    pub(super) halves: Halves,
}

pub(super) struct FoundLinks<'a> {
    reach: usize,
    sources: &'a [EntityIndex],
    /// The position of each entity's link.
    positions: Positions,
    links: Vec<Joined>,
    /// For each link a bit per `from` entity, in as many words as they need.
    reached: Vec<u64>,
    /// Which link has which `through` entity, in the order of the latter.
    witnesses: Vec<(u32, EntityIndex)>,
}

struct Joined {
    entity: EntityIndex,
    distance: usize,
    last_through: Option<EntityIndex>,
}

impl<'a> FoundLinks<'a> {
    pub(super) fn new(reach: usize, sources: &'a [EntityIndex], entities: usize) -> Self {
        let positions = Positions::new(entities);
        Self { reach, sources, positions, links: Vec::new(), reached: Vec::new(), witnesses: Vec::new() }
    }

    /// Joins the first halves that end at one `through` entity with the second halves from there to one `to` entity.
    /// `through` entities come in the order of their ids.
    pub(super) fn join(
        &mut self,
        firsts: &[First],
        to: EntityIndex,
        seconds: &Halves,
        budget: &Budget,
    ) -> Result<(), Exhausted> {
        for first in firsts.iter().filter(|first| first.from != to) {
            let (word, bit) = (first.number / 64, 1_u64 << (first.number % 64));
            let known = self.positions.get(to);
            let says_nothing_new = known.is_some_and(|position| {
                let link = &self.links[position];
                link.last_through == Some(first.through)
                    && link.distance <= first.halves.fewest_steps() + seconds.fewest_steps()
                    && self.reached[position * self.words() + word] & bit != 0
            });
            if says_nothing_new {
                continue;
            }
            let length = first.halves.shortest_walk(first.from, seconds, to, self.reach, budget)?;
            let Some(distance) = length else { continue };
            let position = known.unwrap_or_else(|| self.add(to, distance));
            let words = self.words();
            self.reached[position * words + word] |= bit;
            let link = &mut self.links[position];
            link.distance = link.distance.min(distance);
            if link.last_through != Some(first.through) {
                link.last_through = Some(first.through);
                self.witnesses.push((position as u32, first.through));
            }
        }
        Ok(())
    }

    fn words(&self) -> usize {
        self.sources.len().div_ceil(64)
    }

    fn add(&mut self, entity: EntityIndex, distance: usize) -> usize {
        self.links.push(Joined { entity, distance, last_through: None });
        self.reached.resize(self.links.len() * self.words(), 0);
        self.positions.set(entity, self.links.len() - 1);
        self.links.len() - 1
    }

    /// The links, each with its sets, in the order of [`links`](super::links).
    pub(super) fn sorted(self, graph: &Graph) -> Vec<Link> {
        let mut through: Vec<Vec<EntityIndex>> = self.links.iter().map(|_| Vec::new()).collect();
        for &(position, witness) in &self.witnesses {
            through[position as usize].push(witness);
        }
        let words = self.words();
        let link = |(position, (joined, through)): (usize, (&Joined, Vec<EntityIndex>))| {
            let bits = &self.reached[position * words..(position + 1) * words];
            let is_reached = |number: usize| bits[number / 64] & (1 << (number % 64)) != 0;
            let from = (0..self.sources.len()).filter(|&number| is_reached(number));
            let from = from.map(|number| self.sources[number]).collect();
            Link { entity: joined.entity, from, through, distance: joined.distance }
        };
        let mut links: Vec<Link> = self.links.iter().zip(through).enumerate().map(link).collect();
        links.sort_unstable_by_key(|link| {
            let name = graph.name_rank(link.entity);
            (link.distance, Reverse(link.from.len()), Reverse(link.through.len()), name, link.entity)
        });
        links
    }
}
