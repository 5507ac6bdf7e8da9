//! Who shares what, as flat arrays.

use crate::graph::grouped::Grouped;
use crate::graph::index::{EntityIndex, RelationshipIndex};

use super::{ProjectionEdge, Witness};

/// One step from a member to what it shares: by the member, then by what is shared, then by relationship.
type Step = (EntityIndex, EntityIndex, RelationshipIndex);

/// The steps of each member.
#[derive(Clone, Debug)]
pub(super) struct Memberships {
    /// The members, in the order of their ids.
    members: Vec<EntityIndex>,
    /// Where the steps of each member start, and the total.
    starts: Vec<u32>,
    steps: Vec<Step>,
}

impl Memberships {
    /// How much memory they take.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.members) + size_of_val(&*self.starts) + size_of_val(&*self.steps)
    }

    /// *O(n log n)* for *n* steps.
    pub(super) fn new(mut steps: Vec<Step>) -> Self {
        steps.sort_unstable();
        let (mut members, mut starts) = (Vec::new(), Vec::new());
        for (position, &(member, ..)) in steps.iter().enumerate() {
            if members.last() != Some(&member) {
                members.push(member);
                starts.push(position as u32);
            }
        }
        starts.push(steps.len() as u32);
        Self { members, starts, steps }
    }

    /// Who shares each of so many entities, as places of members, ascending. *O(V + n)* for *n* steps.
    pub(super) fn sharing(&self, entities: usize) -> Grouped<u32> {
        let shared = |place| self.shared_by(place).map(move |shared| (shared.position(), place));
        Grouped::of(entities, (0..self.count() as u32).flat_map(shared))
    }

    /// The members, in the order of their ids.
    pub(super) fn members(&self) -> &[EntityIndex] {
        &self.members
    }

    /// How many members there are.
    pub(super) fn count(&self) -> usize {
        self.members.len()
    }

    fn steps_of(&self, member: u32) -> &[Step] {
        &self.steps[self.starts[member as usize] as usize..self.starts[member as usize + 1] as usize]
    }

    /// What a member shares, each once, ascending.
    pub(super) fn shared_by(&self, member: u32) -> impl Iterator<Item = EntityIndex> + Clone + '_ {
        self.steps_of(member).chunk_by(|one, next| one.1 == next.1).map(|parallel| parallel[0].1)
    }

    /// Those of the members that the edges name; the ends of the edges become places among these.
    pub(super) fn kept(self, edges: &mut [ProjectionEdge]) -> Self {
        const ABSENT: u32 = u32::MAX;
        let mut places = vec![ABSENT; self.count()];
        for edge in edges.iter() {
            places[edge.one as usize] = 0;
            places[edge.other as usize] = 0;
        }
        let mut steps = Vec::new();
        let kept = (0..).zip(&mut places).filter(|(_, place)| **place != ABSENT);
        for (next, (member, place)) in (0..).zip(kept) {
            *place = next;
            steps.extend_from_slice(self.steps_of(member));
        }
        for edge in edges {
            edge.one = places[edge.one as usize];
            edge.other = places[edge.other as usize];
        }
        Self::new(steps)
    }

    /// What two members share.
    pub(super) fn witnesses(&self, one: u32, other: u32) -> Vec<Witness> {
        let runs = |member| self.steps_of(member).chunk_by(|one, next| one.1 == next.1);
        let relationships = |parallel: &[Step]| parallel.iter().map(|step| step.2).collect();
        let mut found = Vec::new();
        let mut theirs = runs(other).peekable();
        for ours in runs(one) {
            while theirs.peek().is_some_and(|theirs| theirs[0].1 < ours[0].1) {
                theirs.next();
            }
            if let Some(theirs) = theirs.peek().filter(|theirs| theirs[0].1 == ours[0].1) {
                found.push(Witness { through: ours[0].1, one: relationships(ours), other: relationships(theirs) });
            }
        }
        found
    }
}
