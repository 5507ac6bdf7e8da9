//! The shape of rows that all have the same elements: where each stands, and how a row is written out.

use crate::graph::pattern::query::{Bound, Query, Register, Segment};

/// Rows in which each register has one place.
///
/// The places are in the order by which rows are sorted: chain after chain its entities, then its relationships, each
/// register where it stands first. What stands again decides nothing: where it is compared, it is equal.
#[derive(Debug)]
pub(super) struct Shape {
    places: Vec<usize>,
    /// How many steps each chain has.
    steps: Vec<usize>,
    /// What a row is when it is written out.
    cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug)]
enum Cell {
    /// The same in each row: a number of steps.
    Number(u32),
    /// The element at a place.
    Element(usize),
}

impl Shape {
    /// `None` where rows may differ in what they have: something is repeated, or paths are selected.
    pub(super) fn of(query: &Query) -> Option<Self> {
        let mut order: Vec<Register> = Vec::new();
        let mut paths = Vec::new();
        for chain in &query.chains {
            let edges = chain.sequence.segments.iter().map(|segment| match segment {
                Segment::Edge(edge, _) => Some(*edge),
                Segment::Repeat(_) => None,
            });
            let edges = edges.collect::<Option<Vec<Register>>>()?;
            let path: Vec<Register> = chain.sequence.junctions.iter().copied().chain(edges).collect();
            for &register in &path {
                if !order.contains(&register) {
                    order.push(register);
                }
            }
            paths.push(path);
        }
        let mut places = vec![usize::MAX; query.registers.len()];
        for (place, &register) in order.iter().enumerate() {
            places[register] = place;
        }
        let steps: Vec<usize> = query.chains.iter().map(|chain| chain.sequence.segments.len()).collect();
        let mut cells = vec![Cell::Number(steps.iter().sum::<usize>() as u32)];
        for (&steps, path) in steps.iter().zip(paths) {
            cells.push(Cell::Number(steps as u32));
            cells.extend(path.into_iter().map(|register| Cell::Element(places[register])));
        }
        cells.extend(query.variables.iter().filter_map(|variable| match variable.what {
            Bound::One { register, .. } => Some(Cell::Element(places[register])),
            Bound::Group { .. } | Bound::Path { .. } => None,
        }));
        (order.len() == places.len()).then_some(Self { places, steps, cells })
    }

    /// The place of a register.
    pub(super) fn place(&self, register: Register) -> usize {
        self.places[register]
    }

    /// How many steps a chain has.
    pub(super) fn steps(&self, chain: usize) -> usize {
        self.steps[chain]
    }

    /// How many places there are.
    pub(super) fn width(&self) -> usize {
        self.places.len()
    }

    /// How many numbers a row has that is written out.
    pub(super) fn length(&self) -> usize {
        self.cells.len()
    }

    /// A row as [`Rows`](super::Rows) gives it back.
    pub(super) fn written(&self, row: &[u32]) -> Vec<u32> {
        let numbers = self.cells.iter().map(|cell| match *cell {
            Cell::Number(number) => number,
            Cell::Element(place) => row[place],
        });
        numbers.collect()
    }
}
