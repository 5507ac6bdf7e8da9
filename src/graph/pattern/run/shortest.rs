//! The shortest walks of a chain from one entity on, by breadth.
//!
//! The search runs over *states*: an instruction to go on with, and the slots that still matter to what follows. Two
//! walks that come to one state can be continued in the same ways, so that of the walks to a state only those of the
//! first *k* lengths are needed where *k* walks, or the walks of *k* lengths, are asked for:
//!
//! > Let a wanted walk come to a state at a length before which *k* shorter ones have come to it. Put each of these in
//! > the place of its beginning: *k* walks between the same ends that match and are shorter. So it is not wanted. ∎
//!
//! States are kept with all their predecessors and walks are written out at the end; for the single shortest walk only
//! the best predecessor is kept.
//!
//! Source: D. Eppstein, Finding the k shortest paths, SIAM Journal on Computing 28 (1998) 652-673, for walks in a
//! product of graph and automaton as in N. Francis et al., GPC: A Pattern Calculus for Property Graphs, PODS 2023.

use std::collections::{BTreeMap, HashMap};

use fixedbitset::FixedBitSet;

use super::log::Entry;
use super::moves::{known_places, note, silently};
use super::select::{Selected, keep, names};
use crate::graph::index::EntityIndex;
use crate::graph::pattern::condition::{NOTHING, Row};
use crate::graph::pattern::plan::program::{Instruction, Program, Select, Slot, Step};
use crate::graph::pattern::query::{Query, Register};
use crate::graph::pattern::run::liveness::live_slots;
use crate::graph::pattern::syntax::QUANTIFIER_LIMIT;
use crate::graph::pattern::syntax::ast::Selector;
use crate::graph::{Exhausted, Scope};

/// Walks between two ends that match, as their selector keeps them.
///
/// **Complexity.** *O(s d)* for *s* states and lengths and *d* relationships at each, and what the walks that are
/// written out hold.
pub(super) fn search(
    scope: Scope<'_>,
    query: &Query,
    asked: &Select,
    slots: &[u32],
    scratch: &mut Option<Scratch>,
) -> Result<Vec<Selected>, Exhausted> {
    let selector = query.chains[asked.chain].selector;
    let lengths = match selector {
        Selector::All => usize::MAX,
        Selector::Shortest(count) | Selector::ShortestGroups(count) => count,
    };
    let mut memory = vec![NOTHING; asked.program.slots];
    memory[asked.from] = slots[asked.from];
    if asked.to_bound {
        memory[asked.to] = slots[asked.to];
    }
    scope.budget.spend(asked.program.instructions.len())?;
    let mut search = Search {
        scope,
        asked,
        selector,
        names: names(query, asked),
        start: slots[asked.from],
        program: &asked.program,
        scratch: scratch.get_or_insert_with(|| Scratch::of(asked)),
        known: HashMap::new(),
        key: Vec::new(),
        lengths,
        keeps_one: selector == Selector::Shortest(1),
        forward: asked.forward,
        states: Vec::new(),
        memories: Vec::new(),
        logs: Vec::new(),
        accepted: Vec::new(),
        written: 0,
        kept: BTreeMap::new(),
        memory,
        log: Vec::new(),
        open: Vec::new(),
        open_memories: Vec::new(),
        open_logs: Vec::new(),
    };
    search.settle(0, Arrival { before: None, length: 0, last: (NOTHING, NOTHING) })?;
    let mut level = 0..search.states.len();
    while !level.is_empty() {
        search.rank(level.clone());
        if asked.to_bound && search.is_answered()? {
            break;
        }
        let next = search.states.len();
        for state in level {
            search.expand(state)?;
        }
        level = next..search.states.len();
    }
    search.write_out()?;
    search.forget();
    Ok(search.kept.into_values().flatten().collect())
}

/// A state at one length.
struct State {
    pc: usize,
    /// How many steps lead to it.
    length: u32,
    /// How many shorter lengths lead to it too.
    shorter: usize,
    /// The states that lead here, each with its part of the log.
    before: Vec<(u32, std::ops::Range<usize>)>,
    /// The place of its best walk among those of its length: by entities, and by relationships.
    order: (u32, u32),
    /// By which entity and relationship its best walk came.
    last: (u32, u32),
}

/// What the searches of one chain share, which start at one entity after the other.
pub(super) struct Scratch {
    /// For each instruction at which a state may stand, the slots that matter.
    live: Vec<Vec<Slot>>,
    /// For each instruction where the entity alone matters: the newest state at each entity, counted from 1; all 0
    /// between two searches.
    nodes: Vec<Option<Vec<u32>>>,
}

impl Scratch {
    fn of(asked: &Select) -> Self {
        let mut constant = FixedBitSet::with_capacity(asked.program.slots);
        constant.insert(asked.from);
        if asked.to_bound {
            constant.insert(asked.to);
        }
        let live = live_slots(&asked.program, asked.to, &constant);
        Self { live, nodes: vec![None; asked.program.instructions.len()] }
    }
}

/// So many slots of a state cost a visit, as they are copied, compared and kept.
const SLOTS: usize = 8;

struct Search<'a> {
    scope: Scope<'a>,
    asked: &'a Select,
    selector: Selector,
    /// The registers with a name.
    names: Vec<Register>,
    /// The entity where the walks begin.
    start: u32,
    program: &'a Program,
    scratch: &'a mut Scratch,
    /// The newest state by the instruction and everything that matters, elsewhere.
    known: HashMap<Vec<u32>, u32>,
    key: Vec<u32>,
    lengths: usize,
    keeps_one: bool,
    forward: bool,
    states: Vec<State>,
    /// The slots of each state, one state after the other.
    memories: Vec<u32>,
    logs: Vec<Entry>,
    /// The states at which a whole path ends, the shorter ones first.
    accepted: Vec<u32>,
    /// How many of them are written out.
    written: usize,
    /// Of what is written out, what the selector keeps, by the other end.
    kept: BTreeMap<u32, Vec<Selected>>,
    /// The slots of the walk that is being made longer, and what it has gone over since its last state.
    memory: Vec<u32>,
    log: Vec<Entry>,
    /// Branches that are still to be taken: where they go on, and how long their logs are; their slots and logs.
    open: Vec<(usize, usize)>,
    open_memories: Vec<u32>,
    open_logs: Vec<Entry>,
}

/// Slots that conditions can be asked of.
struct Memory<'s>(&'s [u32]);

impl Row for Memory<'_> {
    fn register(&self, register: Register) -> u32 {
        self.0[register]
    }

    fn group_size(&self, _: Register) -> usize {
        unreachable!("conditions within a selected path ask for no groups")
    }

    fn path_length(&self, _: usize) -> usize {
        unreachable!("conditions within a selected path ask for no paths")
    }
}

/// A state that leads on, as a walk comes from it.
#[derive(Clone, Copy)]
struct Arrival {
    before: Option<u32>,
    length: u32,
    last: (u32, u32),
}

impl Search<'_> {
    /// Runs on from the slots that are at hand to where a state may stand, along all branches.
    fn settle(&mut self, mut pc: usize, arrival: Arrival) -> Result<(), Exhausted> {
        let program = self.program;
        loop {
            let next = match &program.instructions[pc] {
                Instruction::Step(_) | Instruction::Accept => {
                    self.arrive(pc, arrival)?;
                    None
                }
                Instruction::Branch { slots, least, most, exit } => {
                    let count = self.memory[slots.count];
                    if count < *least {
                        Some(pc + 1)
                    } else if most.is_none_or(|most| count < most) {
                        self.open.push((*exit, self.log.len()));
                        self.open_memories.extend_from_slice(&self.memory);
                        self.open_logs.extend_from_slice(&self.log);
                        Some(pc + 1)
                    } else {
                        Some(*exit)
                    }
                }
                Instruction::Test(condition) => condition.holds(self.scope, &Memory(&self.memory))?.then_some(pc + 1),
                other => silently(other, pc, &mut self.memory, self.scope, &mut self.log)?,
            };
            pc = match next {
                Some(next) => next,
                None => match self.open.pop() {
                    Some((next, logged)) => {
                        let kept = self.open_memories.len() - self.memory.len();
                        self.memory.copy_from_slice(&self.open_memories[kept..]);
                        self.open_memories.truncate(kept);
                        self.log.clear();
                        self.log.extend(self.open_logs.drain(self.open_logs.len() - logged..));
                        next
                    }
                    None => return Ok(()),
                },
            };
        }
    }

    /// Comes to a state by one more walk.
    fn arrive(&mut self, pc: usize, arrival: Arrival) -> Result<(), Exhausted> {
        let newest = self.newest(pc);
        let Arrival { before, length, last } = arrival;
        if let Some(newest) = newest {
            let state = &self.states[newest as usize];
            if state.length == length {
                return self.come_again(newest, arrival);
            }
            if state.shorter + 1 >= self.lengths {
                return Ok(());
            }
        }
        self.scope.budget.spend(1 + self.program.slots / SLOTS)?;
        let number = self.states.len() as u32;
        let shorter = newest.map_or(0, |newest| self.states[newest as usize].shorter + 1);
        // What leads to the very start has nothing before it.
        let before = (before.unwrap_or(NOTHING), self.keep_log());
        self.states.push(State { pc, length, shorter, before: vec![before], order: (0, 0), last });
        self.memories.extend_from_slice(&self.memory);
        self.remember(pc, number);
        if matches!(self.program.instructions[pc], Instruction::Accept) {
            self.accepted.push(number);
        }
        Ok(())
    }

    fn come_again(&mut self, number: u32, arrival: Arrival) -> Result<(), Exhausted> {
        let Some(before) = arrival.before else { return Ok(()) };
        let state = &self.states[number as usize];
        if self.keeps_one {
            let old = state.before[0].0;
            if old == NOTHING || self.rank_of(before, arrival.last.1) >= self.rank_of(old, state.last.1) {
                return Ok(());
            }
            let entries = self.keep_log();
            let state = &mut self.states[number as usize];
            state.before[0] = (before, entries);
            state.last = arrival.last;
        } else {
            self.scope.budget.spend(1)?;
            let entries = self.keep_log();
            self.states[number as usize].before.push((before, entries));
        }
        Ok(())
    }

    /// The place of a walk among those that come to one state at one length: by entities, then by relationships.
    fn rank_of(&self, before: u32, relationship: u32) -> (u32, u32, u32) {
        let (nodes, edges) = self.states[before as usize].order;
        if self.forward { (nodes, edges, relationship) } else { (nodes, relationship, edges) }
    }

    fn keep_log(&mut self) -> std::ops::Range<usize> {
        let start = self.logs.len();
        self.logs.extend_from_slice(&self.log);
        start..self.logs.len()
    }

    /// Orders the best walks to the states of one length.
    fn rank(&mut self, level: std::ops::Range<usize>) {
        if !self.keeps_one {
            return;
        }
        let before = |state: &State| match state.before[0].0 {
            NOTHING => (0, 0),
            before => self.states[before as usize].order,
        };
        let key = |position: usize| {
            let state = &self.states[position];
            let ((nodes, edges), (node, edge)) = (before(state), state.last);
            if self.forward { ((nodes, node), (edges, edge)) } else { ((node, nodes), (edge, edges)) }
        };
        let keys: Vec<_> = level.clone().map(key).collect();
        let dense = |mut each: Vec<(u32, u32)>| {
            each.sort_unstable();
            each.dedup();
            each
        };
        let nodes = dense(keys.iter().map(|key| key.0).collect());
        let edges = dense(keys.iter().map(|key| key.1).collect());
        for (position, key) in level.zip(keys) {
            let place = |all: &[(u32, u32)], key| all.partition_point(|other| *other < key) as u32;
            self.states[position].order = (place(&nodes, key.0), place(&edges, key.1));
        }
    }

    /// The newest state of an instruction and the slots at hand.
    fn newest(&mut self, pc: usize) -> Option<u32> {
        if let [slot] = *self.scratch.live[pc] {
            let nodes = self.scratch.nodes[pc].as_ref()?;
            return nodes[(self.memory[slot] as usize).min(nodes.len() - 1)].checked_sub(1);
        }
        self.key.clear();
        self.key.push(pc as u32);
        self.key.extend(self.scratch.live[pc].iter().map(|&slot| self.memory[slot]));
        self.known.get(self.key.as_slice()).copied()
    }

    /// Makes a state the newest, right after it was asked for.
    fn remember(&mut self, pc: usize, number: u32) {
        if let [slot] = *self.scratch.live[pc] {
            // One slot that matters holds an entity, a relationship, a count or nothing.
            let largest = self.scope.graph.entity_count().max(self.scope.graph.relationship_count());
            let nodes = self.scratch.nodes[pc].get_or_insert_with(|| vec![0; largest.max(QUANTIFIER_LIMIT) + 2]);
            let last = nodes.len() - 1;
            nodes[(self.memory[slot] as usize).min(last)] = number + 1;
        } else {
            self.known.insert(self.key.clone(), number);
        }
    }

    /// Empties what the next search needs empty; *O(s)* for *s* states.
    fn forget(&mut self) {
        let size = self.program.slots;
        for (number, state) in self.states.iter().enumerate() {
            if let ([slot], Some(nodes)) = (&*self.scratch.live[state.pc], &mut self.scratch.nodes[state.pc]) {
                let last = nodes.len() - 1;
                nodes[(self.memories[number * size + slot] as usize).min(last)] = 0;
            }
        }
    }

    fn expand(&mut self, number: usize) -> Result<(), Exhausted> {
        let program = self.program;
        let Instruction::Step(step) = &program.instructions[self.states[number].pc] else { return Ok(()) };
        let Scope { graph, budget, .. } = self.scope;
        let size = program.slots;
        self.memory.copy_from_slice(&self.memories[number * size..(number + 1) * size]);
        let from = EntityIndex(self.memory[step.from]);
        if step.to_bound {
            let places = known_places(graph, &step.runs, from, EntityIndex(self.memory[step.to]));
            budget.spend(places.len() + 1)?;
            return self.expand_over(number, step, places);
        }
        for &kinds in &step.runs {
            let places = graph.adjacency.places(from, kinds);
            budget.spend(places.len())?;
            self.expand_over(number, step, places)?;
        }
        Ok(())
    }

    fn expand_over(&mut self, number: usize, step: &Step, places: std::ops::Range<usize>) -> Result<(), Exhausted> {
        let Scope { graph, view, .. } = self.scope;
        let State { pc, length, .. } = self.states[number];
        let memory = number * self.program.slots..(number + 1) * self.program.slots;
        let from = EntityIndex(self.memories[memory.start + step.from]);
        for incidence in graph.adjacency.at(places) {
            if !step.kinds.contains(incidence.kind)
                || !step.direction.admits(incidence.forward)
                || !view.admits_incidence(graph, from, incidence)
                || step.edge_bound && self.memories[memory.start + step.edge] != incidence.relationship.0
            {
                continue;
            }
            self.memory.copy_from_slice(&self.memories[memory.clone()]);
            self.memory[step.edge] = incidence.relationship.0;
            self.memory[step.to] = incidence.other.0;
            self.log.clear();
            note(&mut self.log, step, incidence.relationship, incidence.other);
            let last = (incidence.other.0, incidence.relationship.0);
            self.settle(pc + 1, Arrival { before: Some(number as u32), length: length + 1, last })?;
        }
        Ok(())
    }

    /// Whether nothing more can be selected between two known ends.
    fn is_answered(&mut self) -> Result<bool, Exhausted> {
        if self.accepted.len() >= self.lengths {
            return Ok(true);
        }
        match self.selector {
            Selector::Shortest(count) => {
                self.write_out()?;
                Ok(self.kept.values().any(|paths| paths.len() >= count))
            }
            Selector::All | Selector::ShortestGroups(_) => Ok(false),
        }
    }

    /// Writes out the walks that have been found since the last time, and keeps what the selector keeps.
    fn write_out(&mut self) -> Result<(), Exhausted> {
        for position in self.written..self.accepted.len() {
            let state = self.accepted[position];
            let to = self.memories[state as usize * self.program.slots + self.asked.to];
            let mut paths = self.kept.remove(&to).unwrap_or_default();
            if !matches!(self.selector, Selector::Shortest(count) if paths.len() >= count) {
                self.write(state, to, &mut paths)?;
                paths = keep(self.selector, &self.names, self.start, paths);
            }
            self.kept.insert(to, paths);
        }
        self.written = self.accepted.len();
        Ok(())
    }

    /// Writes out all walks that lead to a state.
    fn write(&self, state: u32, to: u32, paths: &mut Vec<Selected>) -> Result<(), Exhausted> {
        // Each entry is a state, which of its predecessors comes next, and what is behind it.
        let mut stack = vec![(state, 0_usize)];
        while let Some((state, next)) = stack.pop() {
            let Some((before, _)) = self.states[state as usize].before.get(next) else { continue };
            stack.push((state, next + 1));
            if *before != NOTHING {
                stack.push((*before, 0));
                continue;
            }
            self.scope.budget.spend(stack.len())?;
            let mut log = Vec::new();
            for &(state, next) in stack.iter().rev() {
                let (_, entries) = &self.states[state as usize].before[next - 1];
                log.extend_from_slice(&self.logs[entries.clone()]);
            }
            paths.push(Selected { to, log, forward: self.forward });
        }
        Ok(())
    }
}
