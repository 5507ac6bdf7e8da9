//! Where in a list an entity stands: one array of the size of the graph, which the next question uses again.
//!
//! A new one would be zeroed, or its pages fetched from the system, for each question; that costs more than a question
//! whose answer is small.

use std::cell::RefCell;
use std::num::NonZeroU32;

use crate::graph::index::EntityIndex;

/// How many arrays a thread keeps for its next question: one uses as many.
const SPARE: usize = 2;

thread_local! {
    /// Arrays with nothing in them.
    static SPARES: RefCell<Vec<Vec<Option<NonZeroU32>>>> = const { RefCell::new(Vec::new()) };
}

/// The position of each entity that has one.
pub(super) struct Positions {
    /// Counted from 1.
    numbers: Vec<Option<NonZeroU32>>,
    /// Who has one.
    taken: Vec<EntityIndex>,
}

impl Positions {
    /// For so many entities, none of which has a position. *O(1)* where the thread has asked before.
    pub(super) fn new(entities: usize) -> Self {
        let mut numbers = SPARES.with_borrow_mut(Vec::pop).unwrap_or_default();
        numbers.resize(entities, None);
        Self { numbers, taken: Vec::new() }
    }

    pub(super) fn get(&self, entity: EntityIndex) -> Option<usize> {
        self.numbers[entity.position()].map(|number| number.get() as usize - 1)
    }

    /// Gives an entity without a position this one.
    pub(super) fn set(&mut self, entity: EntityIndex, position: usize) {
        self.numbers[entity.position()] = NonZeroU32::new(position as u32 + 1);
        self.taken.push(entity);
    }

    /// Takes all positions away. *O(n)* for the *n* that were given.
    pub(super) fn clear(&mut self) {
        for entity in self.taken.drain(..) {
            self.numbers[entity.position()] = None;
        }
    }
}

impl Drop for Positions {
    fn drop(&mut self) {
        self.clear();
        let numbers = std::mem::take(&mut self.numbers);
        // A thread that ends keeps nothing.
        let _ = SPARES.try_with(|spares| {
            let mut spares = spares.borrow_mut();
            if spares.len() < SPARE {
                spares.push(numbers);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_question_left_is_not_there_for_the_next() {
        let (first, last) = (EntityIndex(0), EntityIndex(9));
        let mut positions = Positions::new(10);
        positions.set(last, 0);
        positions.set(first, 7);
        assert_eq!([first, last].map(|entity| positions.get(entity)), [Some(7), Some(0)]);
        drop(positions);
        let mut smaller = Positions::new(4);
        assert_eq!(smaller.get(first), None);
        smaller.set(first, 3);
        smaller.clear();
        assert_eq!(smaller.get(first), None);
        drop(smaller);
        let larger = Positions::new(20);
        assert!((0..20).all(|entity| larger.get(EntityIndex(entity)).is_none()));
    }
}
