//! Which entities a query finds, and in which order.
//!
//! The atoms of the query are looked up with all that they may stand for; the postings give each entity an upper bound
//! of what it can score, and those that can reach the least score are scored, name by name.

use std::collections::HashMap;

use super::dictionary::{Expansion, Reading, Term};
use super::keys::{KeyKind, identifier_key};
use super::spelling::{ATOM_LIMIT, Spelling, TEXT_LIMIT, is_filler};
use super::{Index, NameRef};
use crate::model::name::NameKind;

/// How many postings one reading of a query may visit.
const POSTING_BUDGET: usize = 200_000;
/// How many entities one reading of a query may score.
const ENTITY_BUDGET: usize = 3_000;
/// How many names one key may lead to.
const KEY_BUDGET: usize = 1_000;
/// The best that a hit can score that is not found by a key.
const INEXACT: f32 = 0.96;
/// How much the share of the query that is found counts; the rest is the share of the name.
const QUERY_SHARE: f32 = 0.7;
/// What an atom is worth that another name of the same entity covers.
const OTHER_NAME: f32 = 0.9;

/// An entity found, and the name it was found by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) position: usize,
    pub(super) score: f32,
    pub(super) name: u32,
}

/// All hits of at least this score, best first, and whether nothing was left out.
pub(super) fn rank(index: &Index, text: &str, least: f32, accept: &mut dyn FnMut(usize) -> bool) -> (Vec<Hit>, bool) {
    let text: String = text.trim_start().chars().take(TEXT_LIMIT).collect();
    let spelling = Spelling::of(&text);
    if spelling.roman.is_empty() {
        return (Vec::new(), true);
    }
    let mut hits = Hits { index, verdicts: HashMap::new(), best: HashMap::new(), accept };
    hits.add_by_keys(&text, &spelling);
    let mut complete = true;
    let unfinished = text.chars().next_back().is_some_and(char::is_alphanumeric);
    for (words, discount) in readings(index, &spelling) {
        let query = Query::new(index, &words, Reading { unfinished, transliterated: spelling.transliterated });
        complete &= query.add_hits(&mut hits, least, discount);
    }
    let mut hits: Vec<Hit> = hits.best.into_values().collect();
    hits.sort_by(|a, b| {
        let entity = |hit: &Hit| &index.entities[hit.position];
        let preferred = |hit: &Hit| index.names[hit.name as usize].1 == NameRef::Name(0);
        b.score
            .total_cmp(&a.score)
            .then_with(|| preferred(b).cmp(&preferred(a)))
            .then_with(|| entity(a).name.cmp(&entity(b).name))
            .then(a.position.cmp(&b.position))
    });
    (hits, complete)
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
struct Hits<'a> {
    index: &'a Index,
    /// What was said about entities that were asked about; only looked up, never listed.
    verdicts: HashMap<usize, bool>,
    best: HashMap<usize, Hit>,
    accept: &'a mut dyn FnMut(usize) -> bool,
}

impl Hits<'_> {
    fn accepts(&mut self, position: usize) -> bool {
        *self.verdicts.entry(position).or_insert_with(|| (self.accept)(position))
    }

    fn add(&mut self, hit: Hit) {
        // Of equal scores the first name stays: the preferred name comes before all others.
        let best = self.best.entry(hit.position).or_insert(hit);
        if hit.score > best.score || (hit.score == best.score && hit.name < best.name) {
            *best = hit;
        }
    }

    fn add_by_keys(&mut self, text: &str, spelling: &Spelling) {
        let (scheme, identifier) = identifier_key(text);
        let lookups = [
            (KeyKind::Whole, super::whole(text, spelling)),
            (KeyKind::Identifier, identifier),
            (KeyKind::Pressed, spelling.pressed.clone()),
            (KeyKind::Initials, if spelling.roman.len() == 1 { spelling.pressed.clone() } else { String::new() }),
        ];
        for (kind, key) in lookups {
            for name in self.index.keys.names(kind, &key).take(KEY_BUDGET) {
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
                    (KeyKind::Identifier, NameRef::Identifier(nth)) => {
                        if scheme.is_some_and(|scheme| entity.identifiers[nth as usize].scheme() != scheme) {
                            continue;
                        }
                        0.98
                    }
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

/// A reading of the query, looked up in the dictionary.
struct Query {
    /// The weight of each atom.
    weights: Vec<f32>,
    /// The weight of all atoms.
    weight: f32,
    /// What each atom may stand for.
    expansions: Vec<Vec<Expansion>>,
    /// The same sorted by term: term, atom, quality.
    by_term: Vec<(Term, usize, f32)>,
}

impl Query {
    fn new(index: &Index, words: &[String], reading: Reading) -> Self {
        let frequency = |term| index.frequency(term);
        let mut query = Self { weights: Vec::new(), weight: 0.0, expansions: Vec::new(), by_term: Vec::new() };
        for (atom, word) in words.iter().enumerate() {
            let last = atom + 1 == words.len();
            let reading = Reading { unfinished: reading.unfinished && last, ..reading };
            let expansions = index.dictionary.expand(word, reading, frequency);
            let total = expansions.iter().map(|expansion| frequency(expansion.term)).sum();
            query.weights.push(index.weight_of(total, is_filler(word)));
            query.by_term.extend(expansions.iter().map(|expansion| (expansion.term, atom, expansion.quality)));
            query.expansions.push(expansions);
        }
        query.weight = query.weights.iter().sum();
        query.by_term.sort_by_key(|entry| (entry.0, entry.1));
        query
    }

    /// Adds the hits of this reading; `false` when a budget left some out.
    fn add_hits(&self, hits: &mut Hits<'_>, least: f32, discount: f32) -> bool {
        let index = hits.index;
        // A hit covers at least this share of the query, even if it covers all of a name.
        let share = ((least / INEXACT - (1.0 - QUERY_SHARE)) / QUERY_SHARE).max(0.05);
        let (bounds, unread, mut complete) = self.bounds(index);
        let needed = share * self.weight - unread;
        let mut candidates: Vec<(u32, f32)> = bounds.into_iter().filter(|(_, bound)| *bound >= needed).collect();
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut left = ENTITY_BUDGET;
        for (position, _) in candidates {
            let position = position as usize;
            if !hits.accepts(position) {
                continue;
            }
            if left == 0 {
                complete = false;
                break;
            }
            left -= 1;
            if let Some((score, name)) = self.score(index, position)
                && score * discount >= least
            {
                hits.add(Hit { position, score: score * discount, name });
            }
        }
        complete
    }

    /// For each entity that shares an atom, in the order of the postings: the most of the query's weight that it can
    /// cover by the atoms that were read. Then the weight of the atoms that were not, for lack of budget, and whether
    /// all were.
    fn bounds(&self, index: &Index) -> (Vec<(u32, f32)>, f32, bool) {
        let mut order: Vec<(usize, usize)> = self
            .expansions
            .iter()
            .enumerate()
            .map(|(atom, all)| (all.iter().map(|expansion| index.postings_of(expansion.term).len()).sum(), atom))
            .collect();
        order.sort_unstable();
        let mut slots = vec![0_u32; index.entities.len()];
        let mut bounds: Vec<(u32, f32)> = Vec::new();
        let mut latest: Vec<usize> = Vec::new();
        let (mut budget, mut unread, mut complete) = (POSTING_BUDGET, 0.0, true);
        for (count, atom) in order {
            if count > budget && !bounds.is_empty() {
                unread += self.weights[atom];
                continue;
            }
            for expansion in &self.expansions[atom] {
                let postings = index.postings_of(expansion.term);
                complete &= postings.len() <= budget;
                for form in &postings[..postings.len().min(budget)] {
                    let position = index.names[index.forms[*form as usize].name as usize].0;
                    let slot = &mut slots[position as usize];
                    if *slot == 0 {
                        bounds.push((position, 0.0));
                        latest.push(usize::MAX);
                        *slot = bounds.len() as u32;
                    }
                    // The expansions come best first, so the first that meets an entity is the most it can have.
                    let slot = *slot as usize - 1;
                    if std::mem::replace(&mut latest[slot], atom) != atom {
                        bounds[slot].1 += self.weights[atom] * expansion.quality;
                    }
                }
                budget -= postings.len().min(budget);
            }
        }
        (bounds, unread, complete)
    }

    /// The score of an entity and the name that fits best.
    fn score(&self, index: &Index, position: usize) -> Option<(f32, u32)> {
        let mut covered = [0.0_f32; ATOM_LIMIT];
        let mut best: Option<(f32, f32, u32, [f32; ATOM_LIMIT])> = None;
        for form in index.first_forms[position]..index.first_forms[position + 1] {
            let Some(fit) = self.fit(index, form) else { continue };
            let query = self.share(&fit.qualities);
            let score = (QUERY_SHARE * query + (1.0 - QUERY_SHARE) * fit.share) * fit.order;
            if best.as_ref().is_none_or(|best| score > best.0) {
                best = Some((score, fit.share, index.forms[form as usize].name, fit.qualities));
            }
            for (covered, quality) in covered.iter_mut().zip(fit.qualities) {
                *covered = covered.max(quality);
            }
        }
        let (score, _, name, qualities) = best?;
        let with_others: f32 = self.share(&std::array::from_fn(|atom| qualities[atom].max(OTHER_NAME * covered[atom])));
        let gained = QUERY_SHARE * (with_others - self.share(&qualities)).max(0.0);
        Some((INEXACT * (score + gained).min(1.0), name))
    }

    /// The share of the query's weight that is covered.
    fn share(&self, qualities: &[f32; ATOM_LIMIT]) -> f32 {
        let covered: f32 = self.weights.iter().zip(qualities).map(|(weight, quality)| weight * quality).sum();
        covered / self.weight.max(f32::MIN_POSITIVE)
    }

    /// Pairs the atoms of the query with those of a name, each at most once, the surest pairs first.
    fn fit(&self, index: &Index, form: u32) -> Option<Fit> {
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        let atoms = index.atoms_of(form);
        for (place, term) in atoms.iter().enumerate() {
            let start = self.by_term.partition_point(|entry| entry.0 < *term);
            let same = self.by_term[start..].iter().take_while(|entry| entry.0 == *term);
            pairs.extend(same.map(|(_, atom, quality)| (*quality, *atom, place)));
        }
        if pairs.is_empty() {
            return None;
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut fit = Fit { qualities: [0.0; ATOM_LIMIT], share: 0.0, order: 1.0 };
        let mut places = [usize::MAX; ATOM_LIMIT];
        let (mut taken, mut weight) = (0_u64, 0.0);
        for (quality, atom, place) in pairs {
            if places[atom] == usize::MAX && taken & (1 << place) == 0 {
                places[atom] = place;
                taken |= 1 << place;
                fit.qualities[atom] = quality;
                weight += index.weights[atoms[place] as usize];
            }
        }
        fit.share = (weight / index.forms[form as usize].weight.max(f32::MIN_POSITIVE)).min(1.0);
        if !places.iter().filter(|place| **place != usize::MAX).is_sorted() {
            fit.order = 0.98;
        }
        Some(fit)
    }
}

/// How a query fits one form of a name.
struct Fit {
    /// How surely each atom of the query is found; 0 where it is not.
    qualities: [f32; ATOM_LIMIT],
    /// The share of the name's weight that is found.
    share: f32,
    /// The discount for another order of words.
    order: f32,
}
