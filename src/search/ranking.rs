//! Which entities a query finds, and in which order.
//!
//! Keys answer first; then the query is read in every way it may be meant, and each entity keeps its best hit. How one
//! reading is scored is `query.rs`.

use std::collections::HashMap;

use super::dictionary::Reading;
use super::keys::KeyKind;
use super::query::Query;
use super::spelling::{ATOM_LIMIT, Spelling, TEXT_LIMIT};
use super::{Index, NameRef};
use crate::model::identifier::Identifier;
use crate::model::name::NameKind;

/// An entity found, and the name it was found by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) position: usize,
    pub(super) score: f32,
    pub(super) name: u32,
}

/// All hits of at least this score, in no order yet, and whether nothing was left out.
pub(super) fn rank(index: &Index, text: &str, least: f32, accept: &mut dyn FnMut(usize) -> bool) -> (Vec<Hit>, bool) {
    let text: String = text.trim_start().chars().take(TEXT_LIMIT).collect();
    let spelling = Spelling::of(&text);
    if spelling.roman.is_empty() {
        return (Vec::new(), true);
    }
    let mut hits = Hits { index, verdicts: vec![None; index.entities.len()], best: HashMap::new(), accept };
    hits.add_by_keys(&text, &spelling);
    let mut complete = true;
    let unfinished = text.chars().next_back().is_some_and(char::is_alphanumeric);
    let mut known = HashMap::new();
    for (words, discount) in readings(index, &spelling) {
        let reading = Reading { unfinished, transliterated: spelling.transliterated };
        let query = Query::new(index, &words, reading, &mut known);
        complete &= query.add_hits(&mut hits, least, discount);
    }
    (hits.best.into_values().collect(), complete)
}

/// The best `count` of these hits, best first. Of equal scores come first what is curated, what ROR has, what has the
/// name as its preferred one, and what has more relationships. The order is total, so it does not matter in which they
/// come.
///
/// **Complexity**: *O(hits + count log count)*.
pub(super) fn best<'h>(index: &Index, hits: &'h mut [Hit], count: usize) -> &'h [Hit] {
    let order = |a: &Hit, b: &Hit| {
        let entity = |hit: &Hit| &index.entities[hit.position];
        let preferred = |hit: &Hit| index.names[hit.name as usize].1 == NameRef::Name(0);
        let standing = |hit: &Hit| index.standings[hit.position];
        b.score
            .total_cmp(&a.score)
            .then_with(|| standing(a).origin().cmp(&standing(b).origin()))
            .then_with(|| preferred(b).cmp(&preferred(a)))
            .then_with(|| standing(a).cmp(&standing(b)))
            .then_with(|| entity(a).name.cmp(&entity(b).name))
            .then(a.position.cmp(&b.position))
    };
    let count = count.min(hits.len());
    if count < hits.len() {
        hits.select_nth_unstable_by(count, order);
    }
    hits[..count].sort_unstable_by(order);
    &hits[..count]
}

/// The ways to read a query, each with what its hits are discounted by.
fn readings(index: &Index, spelling: &Spelling) -> Vec<(Vec<String>, f32)> {
    let frequency = |term| index.frequency(term);
    let mut readings = Vec::new();
    if let Some(native) = &spelling.native {
        readings.push((native.clone(), 1.0));
    }
    // Two Han names that sound alike are not the same.
    readings.push((spelling.roman.clone(), if spelling.native.is_some() { 0.95 } else { 1.0 }));
    let split: Vec<String> = spelling
        .roman
        .iter()
        .flat_map(|word| match index.dictionary.split(word, frequency) {
            Some((first, second)) => vec![first.to_owned(), second.to_owned()],
            None => vec![word.clone()],
        })
        .take(ATOM_LIMIT)
        .collect();
    let mut joined: Vec<String> = Vec::new();
    let mut words = spelling.roman.iter().peekable();
    while let Some(word) = words.next() {
        match words.next_if(|next| index.dictionary.term(&format!("{word}{next}")).is_some()) {
            Some(next) => joined.push(format!("{word}{next}")),
            None => joined.push(word.clone()),
        }
    }
    for other in [split, joined] {
        if other != spelling.roman {
            readings.push((other, 0.98));
        }
    }
    readings
}

/// The best hit of each entity so far.
pub(super) struct Hits<'a> {
    pub(super) index: &'a Index,
    /// What was said of the entities that were asked about.
    verdicts: Vec<Option<bool>>,
    /// By position, to be sorted before anybody sees it.
    best: HashMap<usize, Hit>,
    accept: &'a mut dyn FnMut(usize) -> bool,
}

impl Hits<'_> {
    pub(super) fn accepts(&mut self, position: usize) -> bool {
        *self.verdicts[position].get_or_insert_with(|| (self.accept)(position))
    }

    pub(super) fn add(&mut self, hit: Hit) {
        // Of equal scores the first name stays: the preferred name comes before all others.
        let best = self.best.entry(hit.position).or_insert(hit);
        if hit.score > best.score || (hit.score == best.score && hit.name < best.name) {
            *best = hit;
        }
    }

    fn add_by_keys(&mut self, text: &str, spelling: &Spelling) {
        let identifiers = Identifier::readings(text).unwrap_or_default();
        let identifiers = identifiers.iter().map(|identifier| (KeyKind::Identifier, identifier.to_string()));
        let lookups = [
            (KeyKind::Whole, super::whole(text, spelling)),
            (KeyKind::Pressed, spelling.pressed.clone()),
            (KeyKind::Initials, if spelling.roman.len() == 1 { spelling.pressed.clone() } else { String::new() }),
        ];
        for (kind, key) in lookups.into_iter().chain(identifiers) {
            for name in self.index.keys.names(kind, &key) {
                let (position, reference) = self.index.names[name as usize];
                let position = position as usize;
                let entity = &self.index.entities[position];
                let score = match (kind, reference) {
                    (KeyKind::Whole, NameRef::Name(nth)) => {
                        match (nth as usize)
                            .checked_sub(1)
                            .map_or(NameKind::Preferred, |other| entity.names[other].kind)
                        {
                            NameKind::Preferred | NameKind::Alias => 1.0,
                            NameKind::Acronym | NameKind::Former | NameKind::Misspelling => 0.99,
                        }
                    }
                    (KeyKind::Whole, _) => 0.98,
                    (KeyKind::Identifier, NameRef::Identifier(_)) => 0.98,
                    (KeyKind::Identifier, _) => continue,
                    (KeyKind::Pressed, _) => 0.97,
                    (KeyKind::Initials, _) => 0.75,
                };
                if self.accepts(position) {
                    self.add(Hit { position, score, name });
                }
            }
        }
    }
}
