//! The names of all entities by their words, and which of them share words with a question. How well they fit is left
//! to `evidence`.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use foldhash::quality::FixedState;

use super::concepts::{Meaning, meaning};
use super::reading::Reading;
use super::traits::Traits;
use crate::model::entity::{Entity, Family};
use crate::model::name::NameKind;
use crate::model::state::State;

/// A word's number in the order in which words were first met.
pub(super) type WordId = u32;

/// How many entities a registry has, for the weights of words in a graph that has fewer.
const USUAL_SIZE: usize = 100_000;
/// How many names a question may be compared with by its words.
const SHORTLIST: usize = 40;
/// The least share of the weight of two names that they have in common where they are compared.
const LEAST_SHARE: f32 = 0.1;
/// As how many names have it a word weighs that is in none.
const UNCOUNTED: u32 = 3;
/// How many postings are read for a name.
const POSTINGS_LIMIT: usize = 24_000;
/// How many entities that share initials are looked at.
const KEYED_LIMIT: usize = 24;

/// One name of an entity.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndexedName {
    /// The position of the entity.
    pub(super) entity: u32,
    /// Which of [`Entity::all_names`] it is, or stands in brackets in.
    pub(super) nth: u32,
    /// Where its words end; they start where those of the name before end.
    end: u32,
    /// The weight of all its words.
    pub(super) weight: f32,
    /// Its letters, hashed.
    pub(super) pressed: u64,
    /// What sort of name it is.
    pub(super) kind: NameKind,
    /// Whether it is one short word.
    pub(super) is_short: bool,
    /// What its words tell about the body.
    pub(super) traits: Traits,
}

/// The names of all entities.
#[derive(Debug, Default)]
pub(super) struct Index {
    numbers: HashMap<Box<str>, WordId, RandomState>,
    words: Vec<Box<str>>,
    frequencies: Vec<u32>,
    pub(super) names: Vec<IndexedName>,
    name_words: Vec<WordId>,
    /// The first name of each entity, and at the end the number of names.
    first_names: Vec<u32>,
    first_postings: Vec<u32>,
    postings: Vec<u32>,
    /// Words with one letter left out, hashed, to the words.
    near: Vec<(u32, WordId)>,
    /// Whole names, initials and acronyms, hashed, to the entities.
    keys: Vec<(u64, u32)>,
    entities: usize,
}

/// A name of a question, its words looked up.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) reading: Reading,
    /// The number of each word of the reading; `None` where no entity has it.
    pub(super) ids: Vec<Option<WordId>>,
    /// The weight of each word.
    pub(super) weights: Vec<f32>,
    pub(super) weight: f32,
    pub(super) pressed: u64,
    /// What its words tell about the body.
    pub(super) traits: Traits,
}

/// A hash that is the same in every process of one build.
pub(super) fn hash(kind: u8, text: &str) -> u64 {
    FixedState::default().hash_one((kind, text))
}

const PRESSED: u8 = 0;
const INITIALS: u8 = 1;
const ACRONYM: u8 = 2;

impl Index {
    /// The names of all organizations of a state. *O(n)* in the letters of all names.
    pub(super) fn build(state: &State) -> Self {
        let mut index = Self { entities: state.entities.len(), ..Self::default() };
        for (position, entity) in (0..).zip(&state.entities) {
            index.first_names.push(index.names.len() as u32);
            // A name that only says the entity's number again is none.
            if entity.kind.family() != Family::Person && !entity.is_placeholder() {
                index.add_entity(position, entity);
            }
        }
        index.first_names.push(index.names.len() as u32);
        index.keys.sort_unstable();
        index.keys.dedup();
        index.post();
        index.weigh();
        index.learn_spellings();
        index.know_towns(state);
        index
    }

    /// Numbers the words of towns that are in no name, so that towns can be compared. They weigh as what nobody counted.
    fn know_towns(&mut self, state: &State) {
        for city in state.entities.iter().filter_map(|entity| entity.city.as_deref()) {
            for word in &Reading::of(city).words {
                self.number(word);
            }
        }
        self.frequencies.resize(self.words.len(), UNCOUNTED);
        let end = self.postings.len() as u32;
        self.first_postings.resize(self.words.len() + 1, end);
    }

    fn add_entity(&mut self, position: u32, entity: &Entity) {
        for (nth, text) in (0..).zip(entity.all_names()) {
            let kind = (nth as usize).checked_sub(1).map_or(NameKind::Preferred, |other| entity.names[other].kind);
            let reading = Reading::of(text);
            let bracketed = reading.bracketed.clone();
            self.add_name(position, nth, kind, &reading);
            // "(United Kingdom)" tells branches apart and is no name; an acronym or another name is.
            for inner in bracketed {
                let inner_reading = Reading::of(&inner);
                if inner.trim().len() >= 3 && !is_country(inner.trim()) {
                    let kind = if inner_reading.is_short { NameKind::Acronym } else { NameKind::Alias };
                    self.add_name(position, nth, kind, &inner_reading);
                }
            }
        }
    }

    fn add_name(&mut self, position: u32, nth: u32, kind: NameKind, reading: &Reading) {
        if reading.words.is_empty() {
            return;
        }
        for word in &reading.words {
            let id = self.number(word);
            self.name_words.push(id);
        }
        let pressed = hash(PRESSED, &reading.pressed);
        self.keys.push((pressed, position));
        if reading.is_short {
            self.keys.push((hash(ACRONYM, &reading.pressed), position));
        } else {
            for initials in &reading.initials {
                if (3..=10).contains(&initials.len()) {
                    self.keys.push((hash(INITIALS, initials), position));
                }
            }
        }
        self.names.push(IndexedName {
            entity: position,
            nth,
            end: self.name_words.len() as u32,
            weight: 0.0,
            pressed,
            kind,
            is_short: reading.is_short,
            traits: Traits::of(&reading.words),
        });
    }

    fn number(&mut self, word: &str) -> WordId {
        if let Some(id) = self.numbers.get(word) {
            return *id;
        }
        let id = self.words.len() as WordId;
        self.numbers.insert(word.into(), id);
        self.words.push(word.into());
        id
    }

    fn post(&mut self) {
        let mut counts = vec![0_u32; self.words.len() + 1];
        for word in &self.name_words {
            counts[*word as usize + 1] += 1;
        }
        for word in 0..self.words.len() {
            counts[word + 1] += counts[word];
        }
        let mut next = counts.clone();
        let mut latest = vec![u32::MAX; self.words.len()];
        let mut frequencies = vec![0_u32; self.words.len()];
        let mut postings = vec![0_u32; self.name_words.len()];
        for name in 0..self.names.len() {
            let entity = self.names[name].entity;
            for word in self.words_of(name as u32) {
                let word = *word as usize;
                postings[next[word] as usize] = name as u32;
                next[word] += 1;
                if std::mem::replace(&mut latest[word], entity) != entity {
                    frequencies[word] += 1;
                }
            }
        }
        // What is said of a small graph has to hold in a large one too: its words for sorts of bodies are as common
        // there as here, its names are not.
        let scale = (USUAL_SIZE / self.entities.max(1)).max(1) as u32;
        for (word, frequency) in self.words.iter().zip(&mut frequencies) {
            if meaning(word) != Meaning::Own {
                *frequency = frequency.saturating_mul(scale);
            }
        }
        self.first_postings = counts;
        self.postings = postings;
        self.frequencies = frequencies;
    }

    fn weigh(&mut self) {
        for name in 0..self.names.len() {
            let weight = self.words_of(name as u32).iter().map(|word| self.weight(Some(*word))).sum();
            self.names[name].weight = weight;
        }
    }

    fn learn_spellings(&mut self) {
        let mut near = Vec::new();
        for (id, word) in (0..).zip(&self.words) {
            for cut in cuts(word) {
                near.push((cut, id));
            }
        }
        near.sort_unstable();
        near.dedup();
        self.near = near;
    }

    /// The words of a name.
    pub(super) fn words_of(&self, name: u32) -> &[WordId] {
        let start = (name as usize).checked_sub(1).map_or(0, |before| self.names[before].end);
        &self.name_words[start as usize..self.names[name as usize].end as usize]
    }

    /// The names of an entity.
    pub(super) fn names_of(&self, entity: u32) -> std::ops::Range<u32> {
        self.first_names[entity as usize]..self.first_names[entity as usize + 1]
    }

    pub(super) fn word(&self, id: WordId) -> &str {
        &self.words[id as usize]
    }

    pub(super) fn number_of(&self, word: &str) -> Option<WordId> {
        self.numbers.get(word).copied()
    }

    /// What a word tells: the rarer, the more. A word that nobody has counts like one that three have.
    pub(super) fn weight(&self, word: Option<WordId>) -> f32 {
        let frequency = word.map_or(UNCOUNTED, |word| self.frequencies[word as usize].max(1));
        (1.0 + self.entities.max(USUAL_SIZE) as f32 / frequency as f32).ln()
    }

    /// Looks the words of a name up.
    pub(super) fn ask(&self, text: &str) -> Asked {
        let reading = Reading::of(text);
        let ids: Vec<Option<WordId>> = reading.words.iter().map(|word| self.number_of(word)).collect();
        let weights: Vec<f32> = ids.iter().map(|id| self.weight(*id)).collect();
        let pressed = hash(PRESSED, &reading.pressed);
        let traits = Traits::of(&reading.words);
        Asked { weight: weights.iter().sum(), traits, reading, ids, weights, pressed }
    }

    /// The entities that may be meant, each once, ascending. `fit` says how well an entity's place agrees: it scales
    /// what its names share with the question.
    pub(super) fn shortlist(&self, asked: &Asked, fit: &dyn Fn(u32) -> f32) -> Vec<u32> {
        let mut entities: Vec<u32> = Vec::new();
        let reading = &asked.reading;
        entities.extend(self.keyed(PRESSED, &reading.pressed, fit));
        if reading.is_short {
            entities.extend(self.keyed(INITIALS, &reading.pressed, fit));
        } else {
            for initials in reading.initials.iter().filter(|initials| (4..=10).contains(&initials.len())) {
                entities.extend(self.keyed(ACRONYM, initials, fit));
            }
        }
        entities.extend(self.sharing(asked, fit));
        entities.sort_unstable();
        entities.dedup();
        entities
    }

    fn keyed<'a>(&'a self, kind: u8, text: &str, fit: &'a dyn Fn(u32) -> f32) -> impl Iterator<Item = u32> + 'a {
        let key = hash(kind, text);
        let start = self.keys.partition_point(|entry| entry.0 < key);
        let same = self.keys[start..].iter().take_while(move |entry| entry.0 == key).map(|entry| entry.1);
        same.filter(|entity| fit(*entity) > 0.5).take(KEYED_LIMIT)
    }

    fn sharing(&self, asked: &Asked, fit: &dyn Fn(u32) -> f32) -> Vec<u32> {
        // Each known word, and for an unknown one those that look like it.
        let mut terms: Vec<(WordId, f32)> = Vec::new();
        for ((id, weight), word) in asked.ids.iter().zip(&asked.weights).zip(&asked.reading.words) {
            match id {
                Some(id) => terms.push((*id, *weight)),
                None => terms.extend(self.near(word).into_iter().map(|near| (near, weight * 0.8))),
            }
            if id.is_some_and(|id| self.frequencies[id as usize] <= 3) && word.len() >= 6 {
                terms.extend(self.near(word).into_iter().map(|near| (near, weight * 0.7)));
            }
        }
        terms.sort_by_key(|(id, _)| self.frequencies[*id as usize]);
        let mut shared = vec![0.0_f32; self.names.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut read = 0;
        for (position, (word, weight)) in terms.iter().enumerate() {
            let range = self.first_postings[*word as usize] as usize..self.first_postings[*word as usize + 1] as usize;
            let only_score = position > 0 && read + range.len() > POSTINGS_LIMIT;
            if only_score {
                break;
            }
            read += range.len();
            for name in &self.postings[range] {
                let sum = &mut shared[*name as usize];
                if *sum == 0.0 {
                    touched.push(*name);
                }
                *sum += weight;
            }
        }
        let mut ranked: Vec<(f32, u32)> = touched
            .iter()
            .filter_map(|name| {
                let indexed = &self.names[*name as usize];
                let sum = shared[*name as usize];
                let whole = 0.7 * asked.weight + 0.3 * indexed.weight;
                let share = sum / whole.max(sum);
                (share >= LEAST_SHARE).then(|| (share * fit(indexed.entity), indexed.entity))
            })
            .collect();
        if ranked.len() > SHORTLIST {
            ranked.select_nth_unstable_by(SHORTLIST, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            ranked.truncate(SHORTLIST);
        }
        ranked.into_iter().map(|(_, entity)| entity).collect()
    }

    /// Whether an entity has a name with these letters, hashed.
    pub(super) fn has_name(&self, entity: u32, pressed: u64) -> bool {
        self.keys.binary_search(&(pressed, entity)).is_ok()
    }

    /// Whether these are the initials of a name of an entity.
    pub(super) fn has_initials(&self, entity: u32, letters: &str) -> bool {
        self.keys.binary_search(&(hash(INITIALS, letters), entity)).is_ok()
    }

    /// Whether an entity has an acronym made of one of these initials.
    pub(super) fn has_acronym(&self, entity: u32, initials: &[String; 2]) -> bool {
        let known = |letters: &String| self.keys.binary_search(&(hash(ACRONYM, letters), entity)).is_ok();
        initials.iter().any(|letters| letters.len() >= 3 && known(letters))
    }

    /// Known words that differ from a word by a letter more, less or other, or by two that changed places; at most 6.
    fn near(&self, word: &str) -> Vec<WordId> {
        let mut found: Vec<WordId> = Vec::new();
        for cut in cuts(word) {
            let start = self.near.partition_point(|entry| entry.0 < cut);
            found.extend(self.near[start..].iter().take_while(|entry| entry.0 == cut).map(|entry| entry.1).take(32));
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|id| self.word(*id) != word && strsim::osa_distance(self.word(*id), word) == 1);
        found.truncate(6);
        found
    }
}

/// A word of five letters or more, and it with each letter left out, hashed.
fn cuts(word: &str) -> Vec<u32> {
    if !word.is_ascii() || !(5..=24).contains(&word.len()) {
        return Vec::new();
    }
    let bytes = word.as_bytes();
    let hash = |skipped: Option<usize>| {
        // FNV-1a.
        bytes
            .iter()
            .enumerate()
            .filter(|(at, _)| Some(*at) != skipped)
            .fold(0x811c_9dc5_u32, |hash, (_, byte)| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
    };
    std::iter::once(hash(None)).chain((0..bytes.len()).map(|at| hash(Some(at)))).collect()
}

/// Whether a text is the name of a country, as registries add it in brackets.
pub(super) fn is_country(text: &str) -> bool {
    super::place::country_named(text).is_some()
}
