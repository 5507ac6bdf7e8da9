//! The order in which a pattern is matched: from its most selective element on, always along what grows least.
//!
//! Every element is tried as the start; from each the cheapest part that is joined to what is known comes next, and the
//! start whose rows add up to the least wins. *O(n^3)* for *n* parts, of which there are at most
//! [`REGISTER_LIMIT`](super::query::REGISTER_LIMIT).

mod compile;
mod describe;
mod estimate;
pub(super) mod program;

use std::sync::Arc;

use self::compile::{Along, Compiler};
use self::describe::Describer;
use self::estimate::Estimates;
use self::program::{Instruction, Program, Select, Source};
use super::query::{Query, Register, Registers, Segment};
use super::syntax::ast::{Mode, Selector};
use crate::graph::index::EntityIndex;
use crate::graph::{Graph, View};

/// One step of a plan, for people.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStep {
    /// What it does.
    pub action: String,
    /// How many rows it was expected to make.
    pub estimated: f64,
    /// How many it made.
    pub actual: u64,
}

/// A program, and what its steps are.
pub(super) struct Plan {
    pub(super) program: Program,
    pub(super) steps: Arc<[Planned]>,
}

/// One step of a plan; it is put into words only where somebody asks for them.
#[derive(Debug)]
pub(super) struct Planned {
    part: Part,
    /// How many entities a key or a name has found to start with.
    found: Option<usize>,
    /// What is known before.
    bound: Registers,
    estimated: f64,
}

impl Planned {
    /// In the words of the pattern that it is a step for, and how many rows it made.
    pub(super) fn described(&self, query: &Query, actual: u64) -> PlanStep {
        let describer = Describer::new(query);
        let action = match self.part {
            Part::Scan(register) => describer.scan(register, self.found),
            Part::Walk { chain, position, forward } => {
                describer.walk(&query.chains[chain].sequence, position, forward, self.bound)
            }
            Part::Select { chain, forward } => describer.select(chain, forward, self.bound),
        };
        PlanStep { action, estimated: self.estimated, actual }
    }
}

/// Something to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Scan(Register),
    /// A segment of a chain, walked along the pattern or against it.
    Walk {
        chain: usize,
        position: usize,
        forward: bool,
    },
    /// The selected paths of a chain.
    Select {
        chain: usize,
        forward: bool,
    },
}

/// What is done one after the other, and how many rows there are likely to be then.
type Order = Vec<(Part, f64)>;

/// Plans a query for one graph and view.
pub(super) fn plan(graph: &Graph, view: &View, query: &Query) -> Plan {
    let planner = Planner::new(graph, view, query);
    let parts = planner.best_order();
    planner.compile(view, &parts)
}

struct Planner<'a> {
    query: &'a Query,
    estimates: Estimates<'a>,
    /// The junctions outside repetitions, each once.
    junctions: Vec<Register>,
    /// For each chain and segment how many rows one row becomes, walked along the pattern and against it, where the
    /// other end is free.
    growths: Vec<Vec<[f64; 2]>>,
    /// For each register how many entities are read when it is filled first, how many of them are likely to pass, how
    /// many there are of its kinds, and which part of them is likely to pass.
    scans: Vec<Scan>,
}

/// What one row becomes by a part.
#[derive(Clone, Copy)]
struct Growth {
    /// How many entities or relationships are read.
    read: f64,
    /// How many rows come of it.
    rows: f64,
}

/// What it costs to read something, where making a row of it costs 1.
const READ: f64 = 0.2;

/// The most rows that are expected, so that an expectation is a number always.
const MOST_ROWS: f64 = 1e300;

#[derive(Clone, Default)]
struct Scan {
    /// What a key or a name finds.
    found: Option<Vec<EntityIndex>>,
    read: f64,
    passing: f64,
    population: f64,
    selectivity: f64,
}

/// What is known and done at some point of a plan.
#[derive(Clone)]
struct Progress {
    bound: Registers,
    /// For each chain the segments that are walked.
    walked: Vec<Vec<bool>>,
    rows: f64,
    cost: f64,
}

impl<'a> Planner<'a> {
    fn new(graph: &'a Graph, view: &'a View, query: &'a Query) -> Self {
        let estimates = Estimates::new(graph, view, query);
        let growths = query.chains.iter().map(|chain| {
            let sequence = &chain.sequence;
            let growths = sequence.segments.iter().enumerate().map(|(position, segment)| {
                let (left, right) = (sequence.junctions[position], sequence.junctions[position + 1]);
                estimates.growths(segment, left, right)
            });
            growths.collect()
        });
        let scans = vec![Scan::default(); query.registers.len()];
        let mut planner = Self { query, junctions: junctions(query), growths: growths.collect(), estimates, scans };
        for &register in &planner.junctions {
            planner.scans[register] = planner.estimates.scan(register);
        }
        planner
    }

    /// The cheapest order, and of equally cheap ones that from the first junction. The most selective ones are tried
    /// first, so that an order from another one is given up as soon as it has cost more.
    fn best_order(&self) -> Order {
        let reading = |register: Register| self.scans[register].read * READ + self.scans[register].passing;
        let mut starts: Vec<(usize, Register)> = self.junctions.iter().copied().enumerate().collect();
        starts.sort_by(|(_, one), (_, other)| reading(*one).total_cmp(&reading(*other)));
        let mut best: Option<(f64, usize, Order)> = None;
        for (position, start) in starts {
            let most = best.as_ref().map_or(f64::INFINITY, |&(cost, ..)| cost);
            if let Some((cost, parts)) = self.order_from(start, most)
                && best.as_ref().is_none_or(|&(least, at, _)| cost.total_cmp(&least).then(position.cmp(&at)).is_lt())
            {
                best = Some((cost, position, parts));
            }
        }
        best.map(|(_, _, parts)| parts).unwrap_or_default()
    }

    /// The order from a start and its cost; `None` where it costs more than `most`.
    fn order_from(&self, start: Register, most: f64) -> Option<(f64, Order)> {
        let mut progress = Progress {
            bound: Registers::default(),
            walked: self.query.chains.iter().map(|chain| vec![false; chain.sequence.segments.len()]).collect(),
            rows: 1.0,
            cost: 0.0,
        };
        let mut parts = Vec::new();
        let mut next = Some(Part::Scan(start));
        while let Some(part) = next {
            self.advance(&mut progress, part);
            if progress.cost > most {
                return None;
            }
            parts.push((part, progress.rows));
            next = self.cheapest(&progress);
        }
        Some((progress.cost, parts))
    }

    /// What costs least of all that can be done; `None` when all is done.
    ///
    /// What is not joined to what is known comes last, unless a key or a name finds it.
    fn cheapest(&self, progress: &Progress) -> Option<Part> {
        let cost = |part: &Part| {
            let Growth { read, rows } = self.growth(*part, progress.bound);
            read * READ + rows
        };
        let by_cost = |one: &Part, other: &Part| cost(one).total_cmp(&cost(other));
        let scans = |among: fn(&Scan) -> bool| {
            let unbound = self.junctions.iter().copied().filter(|&register| !progress.bound.contains(register));
            unbound.filter(move |&register| among(&self.scans[register])).map(Part::Scan)
        };
        let walks = (0..self.query.chains.len()).flat_map(|chain| self.possible(chain, progress));
        let joined = walks.chain(scans(|scan| scan.found.is_some()));
        joined.min_by(by_cost).or_else(|| scans(|_| true).min_by(by_cost))
    }

    /// The parts of a chain that start at what is known.
    fn possible(&self, number: usize, progress: &Progress) -> Vec<Part> {
        let chain = &self.query.chains[number];
        let sequence = &chain.sequence;
        let walked = &progress.walked[number];
        if chain.selector != Selector::All {
            if walked.iter().all(|&walked| walked) {
                return Vec::new();
            }
            let ends = [(sequence.first(), true), (sequence.last(), false)];
            let known = ends.into_iter().filter(|&(end, _)| progress.bound.contains(end));
            return known.map(|(_, forward)| Part::Select { chain: number, forward }).collect();
        }
        let mut parts = Vec::new();
        let begun = walked.iter().any(|&walked| walked);
        for (position, segment) in sequence.segments.iter().enumerate() {
            if walked[position] {
                continue;
            }
            if let Segment::Repeat(repeat) = segment
                && !repeat.needs.is_within(progress.bound)
            {
                continue;
            }
            for forward in [true, false] {
                let from = sequence.junctions[if forward { position } else { position + 1 }];
                let behind = if forward { position.checked_sub(1) } else { Some(position + 1) };
                let goes_on = behind.and_then(|behind| walked.get(behind)).is_some_and(|&walked| walked);
                let at_end = position == if forward { 0 } else { walked.len() - 1 };
                // A path that meets no entity twice grows at its ends only, so that it always knows whom it has met;
                // one that may end where it starts grows from there.
                let in_order = match chain.mode {
                    Mode::Walk | Mode::Trail => true,
                    Mode::Acyclic => !begun || goes_on,
                    Mode::Simple => {
                        if begun {
                            goes_on
                        } else {
                            at_end
                        }
                    }
                };
                if in_order && progress.bound.contains(from) {
                    parts.push(Part::Walk { chain: number, position, forward });
                }
            }
        }
        parts
    }

    fn growth(&self, part: Part, bound: Registers) -> Growth {
        let (to, read, reached) = match part {
            Part::Scan(register) => {
                let scan = &self.scans[register];
                return Growth { read: scan.read, rows: scan.passing };
            }
            Part::Walk { chain, position, forward } => {
                let sequence = &self.query.chains[chain].sequence;
                let to = sequence.junctions[if forward { position + 1 } else { position }];
                let reached = self.growths[chain][position][usize::from(!forward)];
                let is_looked_up = bound.contains(to) && matches!(sequence.segments[position], Segment::Edge(..));
                (to, if is_looked_up { 1.0 } else { reached }, reached)
            }
            Part::Select { chain, forward } => {
                let sequence = &self.query.chains[chain].sequence;
                let to = if forward { sequence.last() } else { sequence.first() };
                let reached: f64 = self.growths[chain].iter().map(|growths| growths[usize::from(!forward)]).product();
                (to, reached, reached.min(self.scans[to].population))
            }
        };
        let scan = &self.scans[to];
        let rows = if bound.contains(to) { reached / scan.population.max(1.0) } else { reached * scan.selectivity };
        Growth { read, rows }
    }

    fn advance(&self, progress: &mut Progress, part: Part) {
        let growth = self.growth(part, progress.bound);
        match part {
            Part::Scan(register) => progress.bound.insert(register),
            Part::Walk { chain, position, .. } => {
                progress.walked[chain][position] = true;
                let sequence = &self.query.chains[chain].sequence;
                progress.bound.insert(sequence.junctions[position]);
                progress.bound.insert(sequence.junctions[position + 1]);
                if let Segment::Edge(edge, _) = &sequence.segments[position] {
                    progress.bound.insert(*edge);
                }
            }
            Part::Select { chain, .. } => {
                progress.walked[chain].fill(true);
                let sequence = &self.query.chains[chain].sequence;
                progress.bound = progress.bound.or(outer_registers(sequence));
            }
        }
        progress.cost += progress.rows * growth.read * READ;
        progress.rows = (progress.rows * growth.rows).min(MOST_ROWS);
        progress.cost += progress.rows;
    }

    fn compile(mut self, view: &View, parts: &[(Part, f64)]) -> Plan {
        let query = self.query;
        let of_chains = query.chains.iter().filter(|chain| chain.selector == Selector::All);
        let pending = of_chains.flat_map(|chain| &chain.sequence.conditions).chain(&query.conditions).collect();
        let mut compiler = Compiler::new(query, view, pending, false);
        let mut steps = Vec::with_capacity(parts.len());
        let mut begun = vec![false; query.chains.len()];
        for (number, &(part, estimated)) in parts.iter().enumerate() {
            let (bound, mut found) = (compiler.bound, None);
            match part {
                Part::Scan(register) => {
                    let source = self.scans[register].found.take().map_or_else(
                        || Source::Kinds(self.estimates.kinds(register)),
                        |entities| {
                            found = Some(entities.len());
                            Source::Entities(entities)
                        },
                    );
                    self.scan(&mut compiler, register, source);
                }
                Part::Walk { chain, position, forward } => {
                    let sequence = &query.chains[chain].sequence;
                    let from = sequence.junctions[if forward { position } else { position + 1 }];
                    if !std::mem::replace(&mut begun[chain], true) {
                        compiler.meet(chain, from);
                    }
                    compiler.walk(sequence, position, Along { chain, forward, within: false });
                }
                Part::Select { chain, forward } => {
                    let select = self.select(view, chain, forward, compiler.bound);
                    compiler.instructions.push(Instruction::Select(Box::new(select)));
                    for register in outer_registers(&query.chains[chain].sequence).iter() {
                        compiler.bound.insert(register);
                    }
                    compiler.ask();
                }
            }
            if number + 1 == parts.len() {
                compiler.ask_late();
            }
            compiler.instructions.push(Instruction::Count(number));
            steps.push(Planned { part, found, bound, estimated });
        }
        Plan { program: compiler.finish(), steps: steps.into() }
    }

    /// Fills a register from what is found or read, and asks what is asked of it alone.
    fn scan(&self, compiler: &mut Compiler<'a>, register: Register, source: Source) {
        compiler.instructions.push(Instruction::Scan { to: register, source });
        for needed in self.estimates.conditions_of(register) {
            let is_own = self.query.chains.iter().any(|chain| {
                chain.selector != Selector::All && chain.sequence.conditions.iter().any(|own| std::ptr::eq(own, needed))
            });
            if is_own {
                compiler.test(&needed.condition);
            }
        }
        compiler.bind(register);
    }

    /// How the paths of a chain are walked that are selected by their ends.
    fn select(&self, view: &View, chain: usize, forward: bool, bound: Registers) -> Select {
        let query = self.query;
        let sequence = &query.chains[chain].sequence;
        let (from, to) =
            if forward { (sequence.first(), sequence.last()) } else { (sequence.last(), sequence.first()) };
        let to_bound = bound.contains(to);
        let mut compiler = Compiler::new(query, view, sequence.conditions.iter().collect(), true);
        compiler.bound.insert(from);
        if to_bound {
            compiler.bound.insert(to);
        }
        compiler.ask();
        compiler.meet(chain, from);
        let count = sequence.segments.len();
        for step in 0..count {
            let position = if forward { step } else { count - 1 - step };
            compiler.walk(sequence, position, Along { chain, forward, within: false });
        }
        Select { chain, from, to, forward, to_bound, program: compiler.finish() }
    }
}

/// The junctions outside repetitions, each once; of a path that is selected by its ends these alone.
fn junctions(query: &Query) -> Vec<Register> {
    let mut found = Vec::new();
    for chain in &query.chains {
        let sequence = &chain.sequence;
        let ends = [sequence.first(), sequence.last()];
        let outer = match chain.selector {
            Selector::All => sequence.junctions.as_slice(),
            Selector::Shortest(_) | Selector::ShortestGroups(_) => &ends,
        };
        for &register in outer {
            if !found.contains(&register) {
                found.push(register);
            }
        }
    }
    found
}

/// The junctions and edges of a sequence outside its repetitions.
fn outer_registers(sequence: &super::query::Sequence) -> Registers {
    let junctions = sequence.junctions.iter().fold(Registers::default(), |all, &each| all.or(Registers::of(each)));
    sequence.segments.iter().fold(junctions, |all, segment| match segment {
        Segment::Edge(edge, _) => all.or(Registers::of(*edge)),
        Segment::Repeat(_) => all,
    })
}
