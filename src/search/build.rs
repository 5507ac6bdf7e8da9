//! Reads all names of a state into the tables of an [`Index`].

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::dictionary::{Dictionary, Term};
use super::keys::{KeyKind, Keys};
use super::spelling::{Spelling, is_filler};
use super::{Form, Index, NameRef};
use crate::model::entity::Family;
use crate::model::name::NameKind;
use crate::model::standing::standings;
use crate::model::state::State;

/// Gives atoms numbers in the order in which they are first met.
#[derive(Default)]
struct Atoms {
    numbers: HashMap<String, Term, RandomState>,
}

impl Atoms {
    fn number(&mut self, atom: &str) -> Term {
        if let Some(number) = self.numbers.get(atom) {
            return *number;
        }
        let number = self.numbers.len() as Term;
        self.numbers.insert(atom.to_owned(), number);
        number
    }

    /// The sorted atoms, and for each number by first meeting the number by order.
    fn sorted(&self) -> (Vec<&str>, Vec<Term>) {
        let mut sorted: Vec<(&str, Term)> =
            self.numbers.iter().map(|(atom, number)| (atom.as_str(), *number)).collect();
        sorted.sort_unstable();
        let mut order = vec![0; sorted.len()];
        for (by_order, (_, by_meeting)) in sorted.iter().enumerate() {
            order[*by_meeting as usize] = by_order as Term;
        }
        (sorted.into_iter().map(|(atom, _)| atom).collect(), order)
    }
}

pub(super) fn build(state: &State) -> Index {
    let mut index = Index { entities: state.entities.clone(), standings: standings(state), ..Index::default() };
    let mut atoms = Atoms::default();
    for (position, entity) in state.entities.iter().enumerate() {
        index.first_forms.push(index.forms.len() as u32);
        let id = entity.id.as_str().replace('-', "");
        let mut id_is_name = false;
        for (nth, name) in entity.all_names().enumerate() {
            let kind = nth.checked_sub(1).map_or(NameKind::Preferred, |other| entity.names[other].kind);
            let initials = kind != NameKind::Acronym && entity.kind.family() != Family::Person;
            let spelling = Spelling::of(name);
            id_is_name |= spelling.pressed == id;
            add_name(&mut index, &mut atoms, (position, NameRef::Name(nth as u32)), name, &spelling, initials);
        }
        // An id mostly repeats the name; only one that does not is worth words of its own.
        if id_is_name {
            index.names.push((position as u32, NameRef::Id));
            let words = entity.id.as_str().replace('-', " ");
            index.keys.add(KeyKind::Whole, &words, index.names.len() as u32 - 1);
        } else {
            let spelling = Spelling::of(entity.id.as_str());
            add_name(&mut index, &mut atoms, (position, NameRef::Id), entity.id.as_str(), &spelling, false);
        }
        for (nth, identifier) in entity.identifiers.iter().enumerate() {
            index.names.push((position as u32, NameRef::Identifier(nth as u32)));
            index.keys.add(KeyKind::Identifier, &identifier.to_string(), index.names.len() as u32 - 1);
        }
    }
    index.first_forms.push(index.forms.len() as u32);
    index.keys.seal();
    let (sorted, order) = atoms.sorted();
    for atom in &mut index.atoms {
        *atom = order[*atom as usize];
    }
    index.dictionary = Dictionary::build(sorted.iter().copied());
    post(&mut index, &sorted);
    index
}

fn add_name(
    index: &mut Index,
    atoms: &mut Atoms,
    (position, name): (usize, NameRef),
    text: &str,
    spelling: &Spelling,
    initials: bool,
) {
    let number = index.names.len() as u32;
    index.names.push((position as u32, name));
    if spelling.roman.is_empty() {
        return;
    }
    index.keys.add(KeyKind::Whole, &super::whole(text, spelling), number);
    index.keys.add(KeyKind::Pressed, &spelling.pressed, number);
    if initials {
        for letters in spelling.initials() {
            index.keys.add(KeyKind::Initials, &letters, number);
        }
    }
    for form in std::iter::once(&spelling.roman).chain(&spelling.native) {
        index.atoms.extend(form.iter().map(|atom| atoms.number(atom)));
        index.forms.push(Form { name: number, end: index.atoms.len() as u32, weight: 0.0 });
    }
}

/// Fills the postings, and the weights that follow from them.
fn post(index: &mut Index, sorted: &[&str]) {
    let forms_of =
        |index: &Index, position: u32| index.first_forms[position as usize]..index.first_forms[position as usize + 1];
    let mut by_length: Vec<u32> = (0..index.entities.len() as u32).collect();
    by_length.sort_by_cached_key(|position| forms_of(index, *position).map(|form| index.atoms_of(form).len()).min());
    let mut latest = vec![u32::MAX; sorted.len()];
    let mut each_once = |see: &mut dyn FnMut(Term, u32)| {
        latest.fill(u32::MAX);
        for (rank, position) in (0..).zip(&by_length) {
            for form in forms_of(index, *position) {
                for term in index.atoms_of(form) {
                    if std::mem::replace(&mut latest[*term as usize], rank) != rank {
                        see(*term, rank);
                    }
                }
            }
        }
    };
    let mut firsts = vec![0_u32; sorted.len() + 1];
    each_once(&mut |term, _| firsts[term as usize + 1] += 1);
    for term in 0..sorted.len() {
        firsts[term + 1] += firsts[term];
    }
    let mut next = firsts.clone();
    let mut postings = vec![0; firsts[sorted.len()] as usize];
    each_once(&mut |term, rank| {
        postings[next[term as usize] as usize] = rank;
        next[term as usize] += 1;
    });
    index.by_length = by_length;
    index.first_postings = firsts;
    index.postings = postings;
    index.weights =
        (0..).zip(sorted).map(|(term, atom)| index.weight_of(index.frequency(term), is_filler(atom))).collect();
    for form in 0..index.forms.len() {
        let weight = index.atoms_of(form as u32).iter().map(|term| index.weights[*term as usize]).sum();
        index.forms[form].weight = weight;
    }
}

impl Default for Index {
    fn default() -> Self {
        Self {
            entities: Vec::<Arc<_>>::new(),
            names: Vec::new(),
            forms: Vec::new(),
            first_forms: Vec::new(),
            atoms: Vec::new(),
            dictionary: Dictionary::build(std::iter::empty()),
            by_length: Vec::new(),
            first_postings: Vec::new(),
            postings: Vec::new(),
            weights: Vec::new(),
            keys: Keys::default(),
            standings: Vec::new(),
        }
    }
}
