//! A program run depth first: each instruction that has alternatives leaves a frame to come back to.

use std::rc::Rc;

use super::log::Entry;
use super::met::Met;
use super::moves::{known_places, note, silently};
use super::select::{Selected, select};
use super::shortest::Scratch;
use crate::graph::index::EntityIndex;
use crate::graph::pattern::condition::NOTHING;
use crate::graph::pattern::plan::program::{Instruction, Program, Select, Source, Step};
use crate::graph::pattern::query::{Held, Query, Register};
use crate::graph::{Exhausted, Scope};
use crate::model::entity::EntityKind;

pub(super) struct Walker<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) query: &'a Query,
    pub(super) program: &'a Program,
    pub(super) slots: Vec<u32>,
    pub(super) log: Vec<Entry>,
    met: Met,
    frames: Vec<Frame>,
    /// Slots as they were when a frame was left in which they change.
    kept: Vec<u32>,
    /// For each chain that is selected by its ends: which of its paths is being looked at.
    pub(super) selected: Vec<Option<(Rc<Vec<Selected>>, usize)>>,
    /// How many rows each step of the plan has made.
    pub(super) counts: Vec<u64>,
    /// The paths that were selected last, and for which ends.
    cached: Option<Cached>,
    /// For each chain what its searches share.
    scratches: Vec<Option<Scratch>>,
    /// How many steps lead here.
    steps: usize,
    /// How many may.
    pub(super) most_steps: usize,
    /// Whether there might have been more.
    pub(super) is_cut: bool,
    /// How many steps were taken, back and forth.
    pub(super) taken: u64,
}

struct Cached {
    chain: usize,
    ends: (u32, u32),
    paths: Rc<Vec<Selected>>,
}

struct Frame {
    pc: usize,
    met: usize,
    log: usize,
    steps: usize,
    /// Where its slots are kept.
    kept: Option<usize>,
    alternatives: Alternatives,
}

enum Alternatives {
    Scan {
        kind: usize,
        next: usize,
    },
    Step {
        run: usize,
        place: usize,
        past: usize,
    },
    /// To go on behind a repetition.
    Exit {
        taken: bool,
    },
    Select {
        paths: Rc<Vec<Selected>>,
        next: usize,
    },
}

impl<'a> Walker<'a> {
    pub(super) fn new(scope: Scope<'a>, query: &'a Query, program: &'a Program, steps: usize) -> Self {
        Self {
            scope,
            query,
            program,
            slots: vec![NOTHING; program.slots],
            log: Vec::new(),
            met: Met::new(scope.graph, query),
            frames: Vec::new(),
            kept: Vec::new(),
            selected: vec![None; query.chains.len()],
            counts: vec![0; steps],
            cached: None,
            scratches: query.chains.iter().map(|_| None).collect(),
            steps: 0,
            most_steps: usize::MAX,
            is_cut: false,
            taken: 0,
        }
    }

    pub(super) fn log(&self) -> &[Entry] {
        &self.log
    }

    /// Calls `accept` for every way to fill the slots.
    ///
    /// # Errors
    /// What `accept` fails with, and [`Exhausted`] when the budget does not cover the walk.
    pub(super) fn run(&mut self, accept: &mut dyn FnMut(&Self) -> Result<(), Exhausted>) -> Result<(), Exhausted> {
        let program = self.program;
        let mut pc = 0;
        loop {
            let next = match &program.instructions[pc] {
                Instruction::Scan { source, .. } => {
                    if let Source::Entities(entities) = source {
                        self.scope.budget.spend(entities.len())?;
                    }
                    self.leave_frame(pc, false, Alternatives::Scan { kind: 0, next: 0 });
                    None
                }
                Instruction::Step(_) if self.steps == self.most_steps => {
                    self.is_cut = true;
                    None
                }
                Instruction::Step(step) => {
                    let alternatives = self.alternatives(step)?;
                    self.leave_frame(pc, step.volatile, alternatives);
                    None
                }
                Instruction::Select(select) => {
                    let paths = self.selected_paths(select)?;
                    self.leave_frame(pc, false, Alternatives::Select { paths, next: 0 });
                    None
                }
                Instruction::Branch { slots, least, most, exit } => {
                    let count = self.slots[slots.count];
                    let may_repeat = most.is_none_or(|most| count < most);
                    if count < *least {
                        Some(pc + 1)
                    } else if may_repeat {
                        self.leave_frame(pc, true, Alternatives::Exit { taken: false });
                        Some(pc + 1)
                    } else {
                        Some(*exit)
                    }
                }
                Instruction::Accept => {
                    accept(self)?;
                    None
                }
                Instruction::Count(step) => {
                    self.counts[*step] += 1;
                    Some(pc + 1)
                }
                other => self.go_on(other, pc)?,
            };
            pc = match next {
                Some(next) => next,
                None => match self.next_alternative()? {
                    Some(next) => next,
                    None => return Ok(()),
                },
            };
        }
    }

    /// Runs an instruction without alternatives; `None` where it fails.
    fn go_on(&mut self, instruction: &Instruction, pc: usize) -> Result<Option<usize>, Exhausted> {
        let holds = match instruction {
            Instruction::Meet { chain, register } => {
                self.met.begin(*chain, self.slots[*register]);
                true
            }
            Instruction::Test(condition) => condition.holds(self.scope, &*self)?,
            instruction => return silently(instruction, pc, &mut self.slots, self.scope, &mut self.log),
        };
        Ok(holds.then_some(pc + 1))
    }

    fn leave_frame(&mut self, pc: usize, volatile: bool, alternatives: Alternatives) {
        let kept = volatile.then(|| {
            let start = self.kept.len();
            self.kept.extend_from_slice(&self.slots);
            start
        });
        let (met, log, steps) = (self.met.moment(), self.log.len(), self.steps);
        self.frames.push(Frame { pc, met, log, steps, kept, alternatives });
    }

    /// Takes the next alternative of the newest frame that has one, and says where to go on.
    fn next_alternative(&mut self) -> Result<Option<usize>, Exhausted> {
        let program = self.program;
        while let Some(top) = self.frames.len().checked_sub(1) {
            self.restore(top);
            let pc = self.frames[top].pc;
            let next = match (&self.frames[top].alternatives, &program.instructions[pc]) {
                (&Alternatives::Step { mut run, mut place, mut past }, Instruction::Step(step)) => {
                    let found = self.step(step, &mut run, &mut place, &mut past)?;
                    self.frames[top].alternatives = Alternatives::Step { run, place, past };
                    found.then_some(pc + 1)
                }
                (&Alternatives::Scan { mut kind, mut next }, Instruction::Scan { to, source }) => {
                    let found = self.scan(*to, source, &mut kind, &mut next)?;
                    self.frames[top].alternatives = Alternatives::Scan { kind, next };
                    found.then_some(pc + 1)
                }
                (Alternatives::Select { paths, next }, Instruction::Select(select)) => {
                    let (paths, next) = (Rc::clone(paths), *next);
                    if next < paths.len() {
                        self.take_selected(select, &paths, next);
                        self.frames[top].alternatives = Alternatives::Select { paths, next: next + 1 };
                        Some(pc + 1)
                    } else {
                        None
                    }
                }
                (Alternatives::Exit { taken }, Instruction::Branch { exit, .. }) => {
                    let next = (!taken).then_some(*exit);
                    self.frames[top].alternatives = Alternatives::Exit { taken: true };
                    next
                }
                _ => unreachable!("a frame is left by the instruction that it belongs to"),
            };
            if next.is_some() {
                return Ok(next);
            }
            if let Some(kept) = self.frames[top].kept {
                self.kept.truncate(kept);
            }
            self.frames.pop();
        }
        Ok(None)
    }

    /// Undoes all that was done since a frame was left.
    fn restore(&mut self, frame: usize) {
        let frame = &self.frames[frame];
        if let Some(kept) = frame.kept {
            let slots = self.slots.len();
            self.slots.copy_from_slice(&self.kept[kept..kept + slots]);
        }
        self.log.truncate(frame.log);
        self.steps = frame.steps;
        self.met.back_to(frame.met);
    }

    fn scan(&mut self, to: Register, source: &Source, kind: &mut usize, next: &mut usize) -> Result<bool, Exhausted> {
        let Scope { graph, view, budget } = self.scope;
        loop {
            let entity = match source {
                Source::Entities(entities) => match entities.get(*next) {
                    Some(&entity) => {
                        *next += 1;
                        if !self.is_of_kind(to, entity) {
                            continue;
                        }
                        entity
                    }
                    None => return Ok(false),
                },
                Source::Kinds(kinds) => {
                    let Some(&of_kind) = EntityKind::ALL.get(*kind) else { return Ok(false) };
                    let entities = if kinds.contains(of_kind) { graph.census.entities(of_kind) } else { &[] };
                    if *next == 0 {
                        budget.spend(entities.len())?;
                    }
                    match entities.get(*next) {
                        Some(&entity) => {
                            *next += 1;
                            entity
                        }
                        None => {
                            *kind += 1;
                            *next = 0;
                            continue;
                        }
                    }
                }
            };
            if view.admits_entity(graph, entity, budget)? {
                self.slots[to] = entity.0;
                return Ok(true);
            }
        }
    }

    fn is_of_kind(&self, register: Register, entity: EntityIndex) -> bool {
        match self.query.registers[register] {
            Held::Entity(kinds) => kinds.contains(self.scope.graph.facts(entity).kind),
            Held::Relationship(_) => false,
        }
    }

    /// Where the relationships that a step may take stand.
    fn alternatives(&self, step: &Step) -> Result<Alternatives, Exhausted> {
        if !step.to_bound {
            return Ok(Alternatives::Step { run: 0, place: 0, past: 0 });
        }
        let (from, to) = (EntityIndex(self.slots[step.from]), EntityIndex(self.slots[step.to]));
        let places = known_places(self.scope.graph, &step.runs, from, to);
        self.scope.budget.spend(places.len() + 1)?;
        Ok(Alternatives::Step { run: step.runs.len(), place: places.start, past: places.end })
    }

    /// Takes the next relationship that fits.
    fn step(&mut self, step: &Step, run: &mut usize, place: &mut usize, past: &mut usize) -> Result<bool, Exhausted> {
        let Scope { graph, view, budget } = self.scope;
        let from = EntityIndex(self.slots[step.from]);
        loop {
            let start = *place;
            for incidence in graph.adjacency.at(start..*past) {
                *place += 1;
                if !step.kinds.contains(incidence.kind)
                    || !step.direction.admits(incidence.forward)
                    || !view.admits_incidence(graph, from, incidence)
                    || step.edge_bound && self.slots[step.edge] != incidence.relationship.0
                    || !self.met.admits(step, incidence.other, incidence.relationship)
                {
                    continue;
                }
                self.slots[step.edge] = incidence.relationship.0;
                self.slots[step.to] = incidence.other.0;
                self.steps += 1;
                self.taken += 1;
                if step.logged {
                    note(&mut self.log, step, incidence.relationship, incidence.other);
                }
                return Ok(true);
            }
            let Some(&kinds) = step.runs.get(*run) else { return Ok(false) };
            *run += 1;
            let places = graph.adjacency.places(from, kinds);
            budget.spend(places.len())?;
            (*place, *past) = (places.start, places.end);
        }
    }

    fn selected_paths(&mut self, asked: &'a Select) -> Result<Rc<Vec<Selected>>, Exhausted> {
        let to = if asked.to_bound { self.slots[asked.to] } else { NOTHING };
        let ends = (self.slots[asked.from], to);
        if let Some(cached) = &self.cached
            && cached.chain == asked.chain
            && cached.ends == ends
        {
            return Ok(Rc::clone(&cached.paths));
        }
        let paths = Rc::new(select(self.scope, self.query, asked, &self.slots, &mut self.scratches[asked.chain])?);
        self.cached = Some(Cached { chain: asked.chain, ends, paths: Rc::clone(&paths) });
        Ok(paths)
    }

    fn take_selected(&mut self, select: &Select, paths: &Rc<Vec<Selected>>, position: usize) {
        let path = &paths[position];
        for register in self.query.chains[select.chain].sequence.all_registers().iter() {
            if register != select.from && register != select.to {
                self.slots[register] = NOTHING;
            }
        }
        for entry in &path.log {
            if entry.register != select.from && entry.register != select.to {
                self.slots[entry.register] = entry.value;
            }
        }
        self.slots[select.to] = path.to;
        self.selected[select.chain] = Some((Rc::clone(paths), position));
    }
}
