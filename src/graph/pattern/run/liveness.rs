//! Which slots still matter at an instruction: those that something behind it reads before it is filled anew.
//!
//! Source: A. Aho, M. Lam, R. Sethi, J. Ullman, Compilers: Principles, Techniques, and Tools, 2nd ed. 2006, 9.2.5.

use fixedbitset::FixedBitSet;

use crate::graph::pattern::plan::program::{Instruction, Program, Slot};
use crate::graph::pattern::query::Register;

/// For each instruction the slots that matter before it, without those that never change. *O(n^2)* for *n*
/// instructions.
pub(super) fn live_slots(program: &Program, to: Register, constant: &FixedBitSet) -> Vec<Vec<Slot>> {
    let count = program.instructions.len();
    let mut live = vec![FixedBitSet::with_capacity(program.slots); count + 1];
    loop {
        let mut changed = false;
        for pc in (0..count).rev() {
            let before = before(program, pc, &live, to);
            if before != live[pc] {
                live[pc] = before;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    live.truncate(count);
    live.iter().map(|slots| slots.difference(constant).collect()).collect()
}

fn before(program: &Program, pc: usize, live: &[FixedBitSet], to: Register) -> FixedBitSet {
    let mut slots = live[pc + 1].clone();
    match &program.instructions[pc] {
        Instruction::Step(step) => {
            if !step.edge_bound {
                slots.remove(step.edge);
            }
            if !step.to_bound {
                slots.remove(step.to);
            }
            slots.insert(step.from);
            if step.edge_bound {
                slots.insert(step.edge);
            }
            if step.to_bound {
                slots.insert(step.to);
            }
        }
        Instruction::Test(condition) => condition.registers().iter().for_each(|register| slots.insert(register)),
        Instruction::IsOf(register, _) | Instruction::Meet { register, .. } => slots.insert(*register),
        Instruction::Enter { slots: own, at, clear } => {
            slots.remove(own.count);
            slots.remove(own.at);
            clear.iter().for_each(|&register| slots.remove(register));
            slots.insert(*at);
        }
        Instruction::Branch { slots: own, least, most, exit } => {
            slots.union_with(&live[*exit]);
            if *least > 0 || most.is_some() {
                slots.insert(own.count);
            }
        }
        Instruction::Begin { slots: own, to } => {
            slots.remove(*to);
            slots.insert(own.at);
        }
        // Counting reads the count, but that matters only where somebody asks for it.
        Instruction::End { slots: own, from, branch, .. } => {
            slots = live[*branch].clone();
            slots.remove(own.at);
            slots.insert(*from);
        }
        Instruction::Leave { slots: own, to, bound } => {
            if *bound {
                slots.insert(*to);
            } else {
                slots.remove(*to);
            }
            slots.insert(own.at);
        }
        Instruction::Accept => slots.insert(to),
        Instruction::Scan { to, .. } => slots.remove(*to),
        Instruction::Select(select) => slots.insert(select.from),
        Instruction::Count(_) => {}
    }
    slots
}
