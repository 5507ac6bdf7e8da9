//! Programs that only scan, step and test: as many loops within each other, which fill one row in place.
//!
//! Each loop is a call, at most one for each register. Rows are arrays of one length, written and sorted as they are;
//! for a pattern in the order of its plan they mostly come sorted.

use super::moves::known_places;
use super::rows::Rows;
use super::shape::Shape;
use crate::graph::adjacency::Incidence;
use crate::graph::index::EntityIndex;
use crate::graph::kinds::{EntityKinds, RelationshipKinds};
use crate::graph::pattern::condition::{Condition, NOTHING, Row};
use crate::graph::pattern::plan::program::{Instruction, Program, Source, Step};
use crate::graph::pattern::query::{Held, Query, Register};
use crate::graph::pattern::syntax::ast::Mode;
use crate::graph::{Direction, Exhausted, Scope};
use crate::model::relationship::RelationshipKind;

/// How many visits may be made before they are booked. A budget is shared by threads, so that booking each on its own
/// would keep the processor from reading ahead, which takes longer than the visits do.
const PORTION: usize = 1024;

/// One loop.
struct Level<'a> {
    over: Over<'a>,
    tests: Vec<&'a Condition>,
}

enum Over<'a> {
    Entities { to: usize, entities: &'a [EntityIndex], kinds: EntityKinds },
    Kinds { to: usize, kinds: EntityKinds },
    Relationships(Leg<'a>),
}

/// A step whose ends and relationship are places of a row.
struct Leg<'a> {
    from: usize,
    edge: usize,
    to: usize,
    taken: Taken,
    runs: &'a [(usize, usize)],
    /// The kinds in these runs.
    others: EntityKinds,
    edge_bound: bool,
    to_bound: bool,
}

/// Of which kinds and which way the relationships are that a step takes: a bit for each pair.
#[derive(Clone, Copy)]
struct Taken(u64);

impl Taken {
    fn of(kinds: RelationshipKinds, direction: Direction) -> Self {
        const { assert!(2 * RelationshipKind::ALL.len() <= u64::BITS as usize) };
        let bits = kinds.iter().flat_map(|kind| [false, true].map(|forward| (kind, forward)));
        let bits = bits.filter(|&(_, forward)| direction.admits(forward));
        Self(bits.fold(0, |bits, (kind, forward)| bits | Self::bit(kind, forward)))
    }

    fn bit(kind: RelationshipKind, forward: bool) -> u64 {
        1 << (2 * kind as u32 + u32::from(forward))
    }

    fn contains(self, incidence: &Incidence) -> bool {
        self.0 & Self::bit(incidence.kind, incidence.forward) != 0
    }
}

/// All rows of a program, and how many each of its steps made; `None` where it does more than scan, step and test, or
/// its rows are wider than 15 elements.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover them.
pub(super) fn run(scope: Scope<'_>, query: &Query, program: &Program) -> Result<Option<(Rows, Vec<u64>)>, Exhausted> {
    let Some(shape) = Shape::of(query) else { return Ok(None) };
    let Some(levels) = levels(scope, query, program, &shape) else { return Ok(None) };
    // A path has an odd number of elements; where several make an even one, a place stays empty.
    let (values, width, counts) = match shape.width() {
        0..=1 => Loops::<1>::run(scope, &shape, &levels),
        2..=3 => Loops::<3>::run(scope, &shape, &levels),
        4..=5 => Loops::<5>::run(scope, &shape, &levels),
        6..=7 => Loops::<7>::run(scope, &shape, &levels),
        8..=9 => Loops::<9>::run(scope, &shape, &levels),
        10..=11 => Loops::<11>::run(scope, &shape, &levels),
        12..=13 => Loops::<13>::run(scope, &shape, &levels),
        14..=15 => Loops::<15>::run(scope, &shape, &levels),
        _ => return Ok(None),
    }?;
    Ok(Some((Rows::of_shape(values, width, shape), counts)))
}

fn levels<'a>(scope: Scope<'_>, query: &Query, program: &'a Program, shape: &Shape) -> Option<Vec<Level<'a>>> {
    let view = scope.view;
    let mut levels: Vec<Level<'a>> = Vec::new();
    for instruction in &program.instructions {
        match instruction {
            Instruction::Scan { to, source } => {
                let Held::Entity(kinds) = query.registers[*to] else { return None };
                let (to, kinds) = (shape.place(*to), kinds.and(view.entity_kinds()));
                let over = match source {
                    Source::Entities(entities) => Over::Entities { to, entities, kinds },
                    Source::Kinds(kinds) => Over::Kinds { to, kinds: *kinds },
                };
                levels.push(Level { over, tests: Vec::new() });
            }
            Instruction::Step(step) if step.mode == Mode::Walk && !step.logged => {
                let over = Over::Relationships(Leg::of(step, shape, view.relationship_kinds()));
                levels.push(Level { over, tests: Vec::new() });
            }
            Instruction::Test(condition) => levels.last_mut()?.tests.push(condition),
            Instruction::Count(_) | Instruction::Accept => {}
            Instruction::Step(_)
            | Instruction::Meet { .. }
            | Instruction::IsOf(..)
            | Instruction::Enter { .. }
            | Instruction::Branch { .. }
            | Instruction::Begin { .. }
            | Instruction::End { .. }
            | Instruction::Leave { .. }
            | Instruction::Select(_) => return None,
        }
    }
    Some(levels)
}

impl<'a> Leg<'a> {
    fn of(step: &'a Step, shape: &Shape, kinds: RelationshipKinds) -> Self {
        Self {
            from: shape.place(step.from),
            edge: shape.place(step.edge),
            to: shape.place(step.to),
            taken: Taken::of(step.kinds.and(kinds), step.direction),
            runs: &step.runs,
            others: EntityKinds::of_runs(&step.runs),
            edge_bound: step.edge_bound,
            to_bound: step.to_bound,
        }
    }
}

struct Loops<'a, const WIDTH: usize> {
    scope: Scope<'a>,
    shape: &'a Shape,
    levels: &'a [Level<'a>],
    /// Whether the view asks for more than kinds, which the loops ask for themselves.
    is_narrowed: bool,
    row: [u32; WIDTH],
    rows: Vec<[u32; WIDTH]>,
    counts: Vec<u64>,
    /// Visits that are not booked yet.
    due: usize,
}

/// A row that is being filled, for conditions.
struct Filled<'r> {
    row: &'r [u32],
    shape: &'r Shape,
}

impl Row for Filled<'_> {
    fn register(&self, register: Register) -> u32 {
        self.row[self.shape.place(register)]
    }

    fn group_size(&self, _: Register) -> usize {
        unreachable!("there is a group only where something is repeated")
    }

    fn path_length(&self, chain: usize) -> usize {
        self.shape.steps(chain)
    }
}

impl<'a, const WIDTH: usize> Loops<'a, WIDTH> {
    /// The rows, sorted and each once, one after the other; how wide they are; how many each level made.
    fn run(
        scope: Scope<'a>,
        shape: &'a Shape,
        levels: &'a [Level<'a>],
    ) -> Result<(Vec<u32>, usize, Vec<u64>), Exhausted> {
        let is_narrowed = scope.view.reads_more_than_kinds();
        let (row, counts) = ([NOTHING; WIDTH], vec![0; levels.len()]);
        let mut loops = Self { scope, shape, levels, is_narrowed, row, rows: Vec::new(), counts, due: 0 };
        loops.descend(0)?;
        loops.settle()?;
        let Self { mut rows, counts, .. } = loops;
        if !rows.is_sorted_by(|one, next| one < next) {
            rows.sort_unstable();
            rows.dedup();
        }
        Ok((rows.into_flattened(), WIDTH, counts))
    }

    /// Books visits, not each time at once.
    #[inline]
    fn spend(&mut self, visits: usize) -> Result<(), Exhausted> {
        self.due += visits;
        if self.due < PORTION { Ok(()) } else { self.settle() }
    }

    fn settle(&mut self) -> Result<(), Exhausted> {
        self.scope.budget.charge(std::mem::take(&mut self.due))
    }

    fn descend(&mut self, number: usize) -> Result<(), Exhausted> {
        let graph = self.scope.graph;
        match &self.levels[number].over {
            Over::Entities { to, entities, kinds } => {
                self.spend(entities.len())?;
                let of_kinds = entities.iter().filter(|&&entity| kinds.contains(graph.facts(entity).kind));
                of_kinds.copied().try_for_each(|entity| self.start(number, *to, entity))
            }
            Over::Kinds { to, kinds } => kinds.iter().try_for_each(|kind| {
                let entities = graph.census.entities(kind);
                self.spend(entities.len())?;
                entities.iter().try_for_each(|&entity| self.start(number, *to, entity))
            }),
            Over::Relationships(leg) => self.step(number, leg),
        }
    }

    fn start(&mut self, number: usize, to: usize, entity: EntityIndex) -> Result<(), Exhausted> {
        let Scope { graph, view, budget } = self.scope;
        if self.is_narrowed && !view.admits_entity(graph, entity, budget)? {
            return Ok(());
        }
        self.row[to] = entity.0;
        self.go_on(number)
    }

    fn step(&mut self, number: usize, leg: &Leg<'_>) -> Result<(), Exhausted> {
        let graph = self.scope.graph;
        let from = EntityIndex(self.row[leg.from]);
        if leg.to_bound {
            let to = EntityIndex(self.row[leg.to]);
            let places = known_places(graph, leg.runs, from, to);
            self.spend(places.len() + 1)?;
            return self.over(number, leg, graph.adjacency.at(places));
        }
        leg.runs.iter().try_for_each(|&kinds| {
            let places = graph.adjacency.places(from, kinds);
            self.spend(places.len())?;
            self.over(number, leg, graph.adjacency.at(places))
        })
    }

    /// Whether a loop has anything to go over, as far as that is seen at once.
    fn leads_on(&self, next: &Over<'_>) -> bool {
        match next {
            Over::Relationships(leg) => {
                self.scope.graph.adjacency.leads_to(EntityIndex(self.row[leg.from]), leg.others)
            }
            Over::Entities { .. } | Over::Kinds { .. } => true,
        }
    }

    fn over(&mut self, number: usize, leg: &Leg<'_>, incidences: &[Incidence]) -> Result<(), Exhausted> {
        let levels = self.levels;
        if !levels[number].tests.is_empty() {
            return self.branch(number, leg, incidences);
        }
        match levels.get(number + 1) {
            None => self.collect(number, leg, incidences),
            Some(Level { over: Over::Relationships(next), .. }) if next.from == leg.to => {
                self.pass_on(number, leg, incidences, next)
            }
            Some(_) => self.branch(number, leg, incidences),
        }
    }

    /// Takes the next step from each relationship that fits, where it leads on at all.
    fn pass_on(
        &mut self,
        number: usize,
        leg: &Leg<'_>,
        incidences: &[Incidence],
        next: &Leg<'_>,
    ) -> Result<(), Exhausted> {
        let adjacency = &self.scope.graph.adjacency;
        for incidence in incidences {
            if self.fits(leg, incidence) {
                self.counts[number] += 1;
                if adjacency.leads_to(incidence.other, next.others) {
                    self.row[leg.edge] = incidence.relationship.0;
                    self.row[leg.to] = incidence.other.0;
                    self.step(number + 1, next)?;
                }
            }
        }
        Ok(())
    }

    /// Goes on from each relationship that fits.
    fn branch(&mut self, number: usize, leg: &Leg<'_>, incidences: &[Incidence]) -> Result<(), Exhausted> {
        for incidence in incidences {
            if self.fits(leg, incidence) {
                self.row[leg.edge] = incidence.relationship.0;
                self.row[leg.to] = incidence.other.0;
                self.go_on(number)?;
            }
        }
        Ok(())
    }

    /// Makes a row of each relationship that fits.
    fn collect(&mut self, number: usize, leg: &Leg<'_>, incidences: &[Incidence]) -> Result<(), Exhausted> {
        for portion in incidences.chunks(PORTION) {
            let before = self.rows.len();
            let mut row = self.row;
            for incidence in portion {
                if self.fits(leg, incidence) {
                    row[leg.edge] = incidence.relationship.0;
                    row[leg.to] = incidence.other.0;
                    self.rows.push(row);
                }
            }
            let made = self.rows.len() - before;
            self.counts[number] += made as u64;
            self.spend(made * self.shape.length())?;
        }
        Ok(())
    }

    #[inline]
    fn fits(&self, leg: &Leg<'_>, incidence: &Incidence) -> bool {
        let Scope { graph, view, .. } = self.scope;
        leg.taken.contains(incidence)
            && (!leg.edge_bound || self.row[leg.edge] == incidence.relationship.0)
            && (!self.is_narrowed || view.admits_incidence(graph, EntityIndex(self.row[leg.from]), incidence))
    }

    /// Takes what a level has filled to the next one, where its tests hold.
    #[inline]
    fn go_on(&mut self, number: usize) -> Result<(), Exhausted> {
        for test in &self.levels[number].tests {
            if !test.holds(self.scope, &Filled { row: &self.row, shape: self.shape })? {
                return Ok(());
            }
        }
        self.counts[number] += 1;
        if let Some(next) = self.levels.get(number + 1) {
            return if self.leads_on(&next.over) { self.descend(number + 1) } else { Ok(()) };
        }
        self.rows.push(self.row);
        self.spend(self.shape.length())
    }
}
