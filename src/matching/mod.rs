//! From a name as somebody else wrote it to the entity that is meant, with a probability and the reasons for it.
//!
//! A [`Matcher`] is built once per snapshot and never changes. It differs from `search` in what it is asked: not "what
//! may this person be looking for" but "is this the same organization", with the place and the identifiers that stand
//! beside the name, and "none" as an answer. How good it is, and how the weights were found, is in docs/matching.md.

mod concepts;
mod evidence;
mod index;
mod place;
mod reading;
mod reason;
mod site;
mod weights;

use std::collections::HashMap;
use std::sync::Arc;

use evidence::{Asking, Evidence};
use index::{Index, WordId};
pub use place::country_named;
use reading::Reading;
pub use reason::{Aspect, Reason, Verdict};
pub use weights::{Confidence, FEATURES, HIGH, LOW, MEDIUM};

use crate::model::change::Versioned;
use crate::model::country::CountryCode;
use crate::model::entity::{Entity, EntityKind};
use crate::model::identifier::Identifier;
use crate::model::relationship::RelationshipKind;
use crate::model::state::State;

/// The most other names that a question may bring; more are not read.
pub const OTHER_NAMES_LIMIT: usize = 8;

/// What is known of an organization that is to be found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Its name, in any language or script.
    pub name: String,
    /// Other names of it: a short name, a translation.
    pub other_names: Vec<String>,
    /// The country it is in.
    pub country: Option<CountryCode>,
    /// The city it is in.
    pub city: Option<String>,
    /// Its web page or the name of its host.
    pub homepage: Option<String>,
    /// Its keys in outside registries.
    pub identifiers: Vec<Identifier>,
    /// What it is, where that is known.
    pub kinds: Vec<EntityKind>,
    /// The name of the body that it is a part of.
    pub parent: Option<String>,
}

impl Question {
    /// What is known of an entity, as a question which entity is the same.
    pub fn about(entity: &Entity) -> Self {
        Self {
            name: entity.name.clone(),
            other_names: entity.names.iter().take(OTHER_NAMES_LIMIT).map(|name| name.text.clone()).collect(),
            country: entity.country,
            city: entity.city.clone(),
            homepage: entity.homepage.clone(),
            identifiers: entity.identifiers.clone(),
            kinds: Vec::new(),
            parent: None,
        }
    }
}

/// An entity that may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its position in [`State::entities`].
    pub position: usize,
    /// How likely it is that it is meant, 0 to 1. All candidates of a question and "none of them" add up to 1.
    pub score: f64,
    /// What the score is worth.
    pub confidence: Confidence,
    /// The name that fits best, as written.
    pub matched: String,
    /// What spoke for it and against it: names first, then as [`Aspect`] is declared.
    pub reasons: Vec<Reason>,
}

/// The names, places and identifiers of all entities but persons, ready to be compared.
#[derive(Debug)]
pub struct Matcher {
    entities: Vec<Arc<Versioned<Entity>>>,
    index: Index,
    places: Vec<Box<[WordId]>>,
    countries: Vec<Option<CountryCode>>,
    parents: HashMap<u32, Vec<u32>>,
    identifiers: HashMap<Identifier, u32>,
}

impl Matcher {
    /// Reads all names of a state.
    ///
    /// **Complexity**: *O(n log n)* in the words of all names; docs/matching.md has figures.
    pub fn build(state: &State) -> Self {
        let index = Index::build(state);
        let places = state.entities.iter().map(|entity| place_words(&index, entity.city.as_deref())).collect();
        let countries = state.entities.iter().map(|entity| country_of(entity)).collect();
        let mut identifiers = HashMap::new();
        for (position, entity) in (0..).zip(&state.entities) {
            for identifier in &entity.identifiers {
                identifiers.entry(identifier.clone()).or_insert(position);
            }
        }
        let position = |id: &str| state.entities.binary_search_by(|entity| entity.id.as_str().cmp(id)).ok();
        let mut parents: HashMap<u32, Vec<u32>> = HashMap::new();
        for relationship in &state.relationships {
            if matches!(relationship.kind, RelationshipKind::PartOf | RelationshipKind::AffiliatedWith)
                && let (Some(child), Some(parent)) =
                    (position(relationship.source.as_str()), position(relationship.target.as_str()))
            {
                parents.entry(child as u32).or_default().push(parent as u32);
            }
        }
        Self { entities: state.entities.clone(), index, places, countries, parents, identifiers }
    }

    /// The entities that may be meant, the likeliest first, at most `limit`, among those that `accept` takes.
    ///
    /// Entities of equal score follow each other by id. `accept` is asked about positions of [`State::entities`].
    ///
    /// **Complexity**: bounded: at most 24,000 postings are read and some hundred entities compared for each name.
    pub fn candidates(
        &self,
        question: &Question,
        limit: usize,
        accept: &mut dyn FnMut(usize) -> bool,
    ) -> Vec<Candidate> {
        let asking = Asking::new(&self.index, question);
        let mut found = self.compared(&asking, accept);
        found.sort_by(|a, b| b.1.logit().total_cmp(&a.1.logit()).then(a.0.cmp(&b.0)));
        let logits: Vec<f64> = found.iter().map(|(_, evidence)| evidence.logit()).collect();
        let scores = weights::scores(&logits);
        let pairs = found.iter().zip(scores).take(limit);
        pairs
            .enumerate()
            .map(|(rank, ((position, evidence), score))| {
                let confidence = Confidence::of(score, rank == 0);
                let reasons = reason::reasons(self, &asking, *position, evidence);
                let matched = evidence.matched(&self.index, &self.entities[*position as usize]);
                Candidate { position: *position as usize, score, confidence, matched, reasons }
            })
            .collect()
    }

    /// What each feature says about each candidate: what the weights were fitted to, by `examples/matching`.
    pub fn features(&self, question: &Question) -> Vec<(usize, [f64; FEATURES])> {
        let asking = Asking::new(&self.index, question);
        let found = self.compared(&asking, &mut |_| true);
        found.iter().map(|(position, evidence)| (*position as usize, evidence.features)).collect()
    }

    fn compared(&self, asking: &Asking<'_>, accept: &mut dyn FnMut(usize) -> bool) -> Vec<(u32, Evidence)> {
        let country = asking.question.country;
        let fit = |entity: u32| match (country, self.countries[entity as usize]) {
            (Some(asked), Some(there)) if asked != there => 0.5,
            (Some(_), None) => 0.9,
            _ => 1.0,
        };
        let mut shortlist = Vec::new();
        for asked in &asking.names {
            shortlist.extend(self.index.shortlist(asked, &fit));
        }
        for identifier in &asking.question.identifiers {
            shortlist.extend(self.identifiers.get(identifier));
        }
        shortlist.sort_unstable();
        shortlist.dedup();
        shortlist.retain(|position| accept(*position as usize));
        shortlist.into_iter().map(|position| (position, Evidence::of(self, asking, position))).collect()
    }
}

/// The country of an entity; where nobody noted it, the one that its name has in brackets, as registries tell the
/// branches of a company apart.
fn country_of(entity: &Entity) -> Option<CountryCode> {
    entity.country.or_else(|| {
        let (_, inner) = entity.name.strip_suffix(')')?.rsplit_once('(')?;
        country_named(inner).filter(|_| inner.len() > 3)
    })
}

fn place_words(index: &Index, city: Option<&str>) -> Box<[WordId]> {
    let words = city.map(|city| Reading::of(city).words).unwrap_or_default();
    words.iter().filter_map(|word| index.number_of(word)).collect()
}
