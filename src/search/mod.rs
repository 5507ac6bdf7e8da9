//! From a name, in any spelling or script, to the entity that bears it.
//!
//! An [`Index`] is built once per snapshot and never changes. What it forgives: case, diacritics, punctuation, word
//! order, missing and extra words, misspelling, words run together or torn apart, script (by romanization), and
//! acronyms that nobody listed. Filters are left to the caller, who says of each entity whether it is wanted.
//!
//! # How a hit is scored
//!
//! | what the query is | score |
//! |---|---|
//! | the preferred name, or another full name, but for case, diacritics and punctuation | 1 |
//! | an acronym, a former or a misspelled name | 0.99 |
//! | an id or an outside identifier | 0.98 |
//! | a name, but for spaces or script | 0.97 |
//! | the initials of a name | 0.75 |
//! | anything else | 0.96 · (0.7 · *query* + 0.3 · *name*) · *order* |
//!
//! An atom (a word, or a pair of Han characters) weighs ln(1 + entities / entities that have it in a name), a quarter of
//! that if it is a filler such as "of". *query* is the share of the query's weight that the names of the entity cover, each atom
//! discounted by its doubt (an edit, a prefix); *name* is the share of the best name's weight that the query covers;
//! *order* is 1, or 0.98 where the shared words come in another order. A hit covers at least 0.4 of the query and scores
//! at least [`LEAST_SCORE`]. Words that had to be split or joined cost another 0.02, Han that only sounds alike
//! 0.05, the words of an id a tenth.
//! The decision for an own index, and against a search engine, is docs/decisions/0001-name-search.md.

mod build;
mod dictionary;
mod keys;
mod query;
mod ranking;
mod spelling;

use std::sync::Arc;

use dictionary::{Dictionary, Term};
use keys::{KeyKind, Keys};
use spelling::Spelling;

use crate::model::change::Versioned;
use crate::model::entity::{Entity, Family};
use crate::model::id::EntityId;
use crate::model::name::NameKind;
use crate::model::standing::Standing;
use crate::model::state::State;
use crate::model::text;

/// The least score of a hit.
pub const LEAST_SCORE: f32 = 0.45;

/// An entity that a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Its position in [`State::entities`].
    pub position: usize,
    /// How well it fits, from [`LEAST_SCORE`] to 1.
    pub score: f32,
    /// The name that fits best, as written; or the id, or the outside identifier.
    pub matched: String,
}

/// A part of the ranked hits of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The hits asked for, best first.
    pub matches: Vec<Match>,
    /// How many hits there are in all.
    pub total: usize,
    /// Whether `total` is all; `false` where more entities share a word of the query than are looked at.
    pub complete: bool,
}

/// The names of all entities, ready to be searched.
#[derive(Debug)]
pub struct Index {
    entities: Vec<Arc<Versioned<Entity>>>,
    /// Whose name it is, and which.
    names: Vec<(u32, NameRef)>,
    /// The ways to read the names, grouped by entity.
    forms: Vec<Form>,
    /// The first form of each entity, and at the end the number of forms.
    first_forms: Vec<u32>,
    /// The atoms of all forms, one after the other.
    atoms: Vec<Term>,
    dictionary: Dictionary,
    /// The positions of the entities, those with the fewest atoms in a name first; a rank is a place in this list.
    by_length: Vec<u32>,
    /// The first posting of each term, and at the end the number of postings.
    first_postings: Vec<u32>,
    /// The ranks of the entities that have a term in a name, ascending.
    postings: Vec<u32>,
    /// What finding a term is worth.
    weights: Vec<f32>,
    keys: Keys,
    /// How each entity stands among others of one name.
    standings: Vec<Standing>,
}

/// One of the texts that an entity is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NameRef {
    /// The n-th of [`Entity::all_names`]; 0 is the preferred one.
    Name(u32),
    /// The id.
    Id,
    /// The n-th outside identifier.
    Identifier(u32),
}

/// A way to read a name: its atoms end at `end` and start where those of the form before end.
#[derive(Clone, Copy, Debug)]
struct Form {
    name: u32,
    end: u32,
    /// The weight of all its atoms.
    weight: f32,
}

impl Index {
    /// The index of all names in a state.
    ///
    /// **Complexity**: *O(n log n)* in the atoms of all names; about four seconds for a million names.
    pub fn build(state: &State) -> Self {
        build::build(state)
    }

    /// The best hits of a text, at most `limit`, among the entities that `accept` takes.
    ///
    /// Best first; of equal scores what is curated comes first, then what has a ROR id, then preferred names, then what has
    /// more relationships, then by name, then by id. `accept` is asked about the
    /// positions of [`State::entities`], at most once about each. At most 500 characters and 32 words of the text are
    /// read. A text without letters and digits finds nothing.
    ///
    /// **Complexity**: a text is read in at most four ways (as written, romanized, words split, words joined), and of each
    /// at most 100,000 postings are read and 2,000 entities scored; besides that, one pass over a number per entity and
    /// the walk through the dictionary.
    pub fn search(&self, text: &str, limit: usize, accept: &mut dyn FnMut(usize) -> bool) -> Vec<Match> {
        self.page(text, 0, limit, accept).matches
    }

    /// As [`Index::search`], but leaves out the first `offset` hits and counts all.
    ///
    /// **Complexity**: as [`Index::search`]; the hits before `offset` are ranked, not copied.
    pub fn page(&self, text: &str, offset: usize, limit: usize, accept: &mut dyn FnMut(usize) -> bool) -> Page {
        let (mut hits, complete) = ranking::rank(self, text, LEAST_SCORE, accept);
        let matches = ranking::best(self, &mut hits, offset.saturating_add(limit))
            .iter()
            .skip(offset)
            .map(|hit| Match { position: hit.position, score: hit.score, matched: self.written(hit.name) })
            .collect();
        Page { matches, total: hits.len(), complete }
    }

    /// The positions of the entities that bear this very name, letter case, diacritics and punctuation aside, ascending: a
    /// preferred name, an alias, an acronym or a former name, in any language; never a misspelling, nor the number of an
    /// organization that has no name. *O(log n)*.
    pub fn bearers(&self, name: &str) -> Vec<usize> {
        let folded = text::folded(name);
        let key = whole(name, &Spelling::of(name));
        let borne = self.keys.names(KeyKind::Whole, &key).filter(|&number| {
            let (position, which) = self.names[number as usize];
            let entity = &self.entities[position as usize];
            let NameRef::Name(nth) = which else { return false };
            let kind = (nth as usize).checked_sub(1).map(|other| entity.names[other].kind);
            // An event is called by its year; an organization that is called by a number has no name.
            let is_name = kind.is_some() || !entity.is_placeholder() || entity.kind.family() != Family::Organization;
            is_name && kind != Some(NameKind::Misspelling) && text::folded(&self.written(number)) == folded
        });
        let mut positions: Vec<usize> = borne.map(|number| self.names[number as usize].0 as usize).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// The `n` entities whose id or name comes nearest to a text, for "did you mean"; more lenient than a search.
    pub fn nearest(&self, text: &str, n: usize) -> Vec<EntityId> {
        let (mut hits, _) = ranking::rank(self, text, 0.0, &mut |_| true);
        ranking::best(self, &mut hits, n).iter().map(|hit| self.entities[hit.position].id.clone()).collect()
    }

    /// The text of a name, as written.
    fn written(&self, name: u32) -> String {
        let (position, name) = self.names[name as usize];
        let entity = &self.entities[position as usize];
        match name {
            NameRef::Name(nth) => entity.all_names().nth(nth as usize).unwrap_or(&entity.name).to_owned(),
            NameRef::Id => entity.id.as_str().to_owned(),
            NameRef::Identifier(nth) => entity.identifiers[nth as usize].to_string(),
        }
    }

    fn atoms_of(&self, form: u32) -> &[Term] {
        let start = (form as usize).checked_sub(1).map_or(0, |before| self.forms[before].end);
        &self.atoms[start as usize..self.forms[form as usize].end as usize]
    }

    fn postings_of(&self, term: Term) -> &[u32] {
        &self.postings[self.first_postings[term as usize] as usize..self.first_postings[term as usize + 1] as usize]
    }

    fn frequency(&self, term: Term) -> u32 {
        self.first_postings[term as usize + 1] - self.first_postings[term as usize]
    }

    fn weight_of(&self, frequency: u32, filler: bool) -> f32 {
        let weight = (1.0 + self.entities.len() as f32 / frequency.max(1) as f32).ln();
        if filler { weight / 4.0 } else { weight }
    }
}

/// A text as the key of the whole name: folded, one space between words.
fn whole(text: &str, spelling: &Spelling) -> String {
    if text.is_ascii() { spelling.roman.join(" ") } else { text::folded(text) }
}
