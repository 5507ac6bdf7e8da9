//! One reading of a query against the names: which entities can fit, and how well each does.
//!
//! Each atom is looked up with all that it may stand for; the postings give each entity an upper bound of what it can
//! cover, and those that can reach the least share are scored name by name. Which readings there are, and what is made
//! of their hits, is `ranking.rs`.

use std::collections::HashMap;

use super::dictionary::{Expansion, Reading, Term};
use super::ranking::{Hit, Hits};
use super::spelling::{ATOM_LIMIT, is_filler};
use super::{Index, NameRef};

/// How many postings one reading of a query may visit.
const POSTING_BUDGET: usize = 100_000;
/// How many entities one reading of a query may score.
const ENTITY_BUDGET: usize = 2_000;
/// The least share of the query that a hit covers.
const LEAST_SHARE: f32 = 0.4;
/// The best that a hit can score that is not found by a key.
const INEXACT: f32 = 0.96;
/// How much the share of the query that is found counts; the rest is the share of the name.
const QUERY_SHARE: f32 = 0.7;
/// What the words of an id are worth, compared with those of a name.
const ID: f32 = 0.9;
/// What an atom is worth that another name of the same entity covers.
const OTHER_NAME: f32 = 0.9;

/// A reading of the query, looked up in the dictionary.
pub(super) struct Query {
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
    /// Looks words up; those in `known` were looked up for another reading, as the last word or another.
    pub(super) fn new(
        index: &Index,
        words: &[String],
        reading: Reading,
        known: &mut HashMap<(String, bool), Vec<Expansion>>,
    ) -> Self {
        let frequency = |term| index.frequency(term);
        let mut query = Self { weights: Vec::new(), weight: 0.0, expansions: Vec::new(), by_term: Vec::new() };
        for (atom, word) in words.iter().enumerate() {
            let last = atom + 1 == words.len();
            let reading = Reading { unfinished: reading.unfinished && last, ..reading };
            let expansions = known
                .entry((word.clone(), last))
                .or_insert_with(|| index.dictionary.expand(word, reading, frequency))
                .clone();
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
    pub(super) fn add_hits(&self, hits: &mut Hits<'_>, least: f32, discount: f32) -> bool {
        let index = hits.index;
        let share = if least > 0.0 { LEAST_SHARE } else { LEAST_SHARE / 2.0 };
        let (bounds, unread, mut complete) = self.bounds(index);
        let needed = (share * self.weight - unread).max(f32::MIN_POSITIVE);
        let ranked = index.by_length.iter().copied().zip(bounds);
        let mut candidates: Vec<(u32, f32)> = ranked.filter(|(_, bound)| *bound >= needed).collect();
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (mut left, mut pairs) = (ENTITY_BUDGET, Vec::new());
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
            let hit = self.score(index, position, &mut pairs).filter(|hit| hit.share >= share);
            if let Some(hit) = hit
                && hit.score * discount >= least
            {
                hits.add(Hit { position, score: hit.score * discount, name: hit.name });
            }
        }
        complete
    }

    /// For each entity, by rank, the most of the query's weight that it can cover by the atoms that were read. Then the
    /// weight of the atoms that were not, for lack of budget, and whether all that were read were read to the end.
    fn bounds(&self, index: &Index) -> (Vec<f32>, f32, bool) {
        let count = |all: &Vec<Expansion>| all.iter().map(|one| index.postings_of(one.term).len()).sum::<usize>();
        let mut order: Vec<(usize, usize)> = self.expansions.iter().map(count).zip(0..).collect();
        order.sort_unstable();
        let mut bounds = vec![0.0_f32; index.entities.len()];
        // The atom, counted from 1, that an entity met last.
        let mut latest = vec![0_u8; index.entities.len()];
        let (mut budget, mut unread, mut complete) = (POSTING_BUDGET, 0.0, true);
        for (count, atom) in order {
            if count > budget && budget < POSTING_BUDGET {
                unread += self.weights[atom];
                continue;
            }
            let mark = atom as u8 + 1;
            for expansion in &self.expansions[atom] {
                let postings = index.postings_of(expansion.term);
                complete &= postings.len() <= budget;
                let gain = self.weights[atom] * expansion.quality;
                for rank in &postings[..postings.len().min(budget)] {
                    // The expansions come best first, so the first that meets an entity is the most it can have.
                    if std::mem::replace(&mut latest[*rank as usize], mark) != mark {
                        bounds[*rank as usize] += gain;
                    }
                }
                budget -= postings.len().min(budget);
            }
        }
        (bounds, unread, complete)
    }

    /// How an entity fits by its best name, and by what its other names add to it.
    fn score(&self, index: &Index, position: usize, pairs: &mut Vec<Pair>) -> Option<EntityFit> {
        let mut covered = [0.0_f32; ATOM_LIMIT];
        let mut best: Option<(f32, u32, Fit)> = None;
        for form in index.first_forms[position]..index.first_forms[position + 1] {
            let Some(fit) = self.fit(index, form, pairs) else { continue };
            for (covered, quality) in covered.iter_mut().zip(fit.qualities) {
                *covered = covered.max(OTHER_NAME * quality);
            }
            let name = index.forms[form as usize].name;
            let mut score = self.weighed(self.share(&fit.qualities), &fit);
            if index.names[name as usize].1 == NameRef::Id {
                score *= ID;
            }
            if best.as_ref().is_none_or(|best| score > best.0) {
                best = Some((score, name, fit));
            }
        }
        let (score, name, fit) = best?;
        let share = self.share(&std::array::from_fn(|atom| covered[atom].max(fit.qualities[atom])));
        let gained = self.weighed(share, &fit) - self.weighed(self.share(&fit.qualities), &fit);
        Some(EntityFit { score: (score + gained.max(0.0)).min(INEXACT), share, name })
    }

    /// The score of a name where the names of its entity cover this share of the query.
    fn weighed(&self, share: f32, fit: &Fit) -> f32 {
        INEXACT * (QUERY_SHARE * share + (1.0 - QUERY_SHARE) * fit.share).min(1.0) * fit.order
    }

    /// The share of the query's weight that is covered.
    fn share(&self, qualities: &[f32; ATOM_LIMIT]) -> f32 {
        let covered: f32 = self.weights.iter().zip(qualities).map(|(weight, quality)| weight * quality).sum();
        covered / self.weight.max(f32::MIN_POSITIVE)
    }

    /// Pairs the atoms of the query with those of a name, each at most once, the surest pairs first.
    fn fit(&self, index: &Index, form: u32, pairs: &mut Vec<Pair>) -> Option<Fit> {
        pairs.clear();
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
        for &(quality, atom, place) in pairs.iter() {
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

/// A pairing of the query with a name: its quality, the atom of the query, the place in the name.
type Pair = (f32, usize, usize);

/// How a query fits an entity.
struct EntityFit {
    score: f32,
    /// The share of the query's weight that its names cover.
    share: f32,
    /// The name that fits best.
    name: u32,
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
