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
mod traits;
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
use crate::model::entity::{Entity, EntityKind, Family};
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::relationship::RelationshipKind;
use crate::model::standing::{Standing, standings};
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
    country_words: HashMap<CountryCode, Box<[WordId]>>,
    parents: HashMap<u32, Vec<u32>>,
    identifiers: HashMap<Identifier, u32>,
    /// Words that are as often left out of a name as they stand in it.
    soft: Vec<WordId>,
    /// Words that are as often added to a name.
    added: Vec<WordId>,
    standings: Vec<Standing>,
}

/// How the DOIs of the grants of the European Commission begin.
const GRANTS: &str = "10.3030/";
/// By how much of a logit twins may differ.
const TWINS: f64 = 0.25;

impl Matcher {
    /// Reads all names of a state.
    ///
    /// **Complexity**: *O(n log n)* in the words of all names; docs/matching.md has figures.
    pub fn build(state: &State) -> Self {
        let index = Index::build(state);
        let places = state.entities.iter().map(|entity| place_words(&index, entity.city.as_deref())).collect();
        let countries: Vec<Option<CountryCode>> = state.entities.iter().map(|entity| country_of(entity)).collect();
        let mut country_words = HashMap::new();
        for country in countries.iter().flatten() {
            country_words.entry(*country).or_insert_with(|| place_words(&index, Some(country.name())));
        }
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
        let listed = |heading: &str| -> Vec<WordId> {
            traits::listed(heading).filter_map(|word| index.number_of(word)).collect()
        };
        let (soft, added) = (listed("soft"), listed("added"));
        let standings = standings(state);
        let entities = state.entities.clone();
        Self { entities, index, places, countries, country_words, parents, identifiers, soft, added, standings }
    }

    /// The entities that may be meant, the likeliest first, at most `limit`, among those that `accept` takes.
    ///
    /// Agreements, topics and projects are candidates only of a question that names their kind, and what only has a
    /// number for a name never is one. Twins, of one name and not told apart by their places, share one score; of them
    /// the one that [stands first](standings) comes first, else what follows by id. `accept` is asked about positions of
    /// [`State::entities`].
    ///
    /// **Complexity**: bounded: at most 24,000 postings are read and some hundred entities compared for each name.
    pub fn candidates(
        &self,
        question: &Question,
        limit: usize,
        accept: &mut dyn FnMut(usize) -> bool,
    ) -> Vec<Candidate> {
        let asking = Asking::new(self, question);
        let mut found: Vec<(f64, u32, Evidence)> = self
            .compared(&asking, accept)
            .into_iter()
            .map(|(position, evidence)| (evidence.logit(), position, evidence))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.settle_twins(&mut found);
        let logits: Vec<f64> = found.iter().map(|(logit, ..)| *logit).collect();
        let scores = weights::scores(&logits);
        let pairs = found.iter().zip(scores).take(limit);
        pairs
            .enumerate()
            .map(|(rank, ((_, position, evidence), score))| {
                let confidence = Confidence::of(score, rank == 0);
                let reasons = reason::reasons(self, &asking, *position, evidence);
                let matched = evidence.matched(&self.index, &self.entities[*position as usize]);
                Candidate { position: *position as usize, score, confidence, matched, reasons }
            })
            .collect()
    }

    /// Puts those of one name that the evidence hardly tells apart in the order in which they stand.
    fn settle_twins(&self, found: &mut [(f64, u32, Evidence)]) {
        let mut start = 0;
        while start < found.len() {
            let (logit, first, _) = &found[start];
            let is_twin = |(other, position, _): &(f64, u32, Evidence)| {
                logit - other < TWINS && self.are_twins(*first, *position)
            };
            let count = 1 + found[start + 1..].iter().take_while(|next| is_twin(next)).count();
            let twins = &mut found[start..start + count];
            let mean = twins.iter().map(|(logit, ..)| logit).sum::<f64>() / count as f64;
            twins.iter_mut().for_each(|twin| twin.0 = mean);
            twins.sort_by_key(|(_, position, _)| (self.standings[*position as usize], *position));
            start += count;
        }
    }

    fn are_twins(&self, one: u32, other: u32) -> bool {
        let is_apart =
            self.countries[one as usize].zip(self.countries[other as usize]).is_some_and(|(one, other)| one != other);
        let mut names = self.index.names_of(one).map(|name| self.index.names[name as usize].pressed);
        !is_apart && names.any(|pressed| self.index.has_name(other, pressed))
    }

    /// What each feature says about each candidate: what the weights were fitted to, by `examples/matching`.
    pub fn features(&self, question: &Question) -> Vec<(usize, [f64; FEATURES])> {
        let asking = Asking::new(self, question);
        let found = self.compared(&asking, &mut |_| true);
        found.iter().map(|(position, evidence)| (*position as usize, evidence.features)).collect()
    }

    fn compared(&self, asking: &Asking<'_>, accept: &mut dyn FnMut(usize) -> bool) -> Vec<(u32, Evidence)> {
        let country = asking.question.country;
        let is_in_city = |entity: u32| self.places[entity as usize].iter().any(|word| asking.city.contains(word));
        let fit = |entity: u32| match (country, self.countries[entity as usize]) {
            (Some(asked), Some(there)) if asked != there => 0.5,
            (Some(_), None) => 0.9,
            _ if !asking.city.is_empty() && is_in_city(entity) => 1.2,
            _ => 1.0,
        };
        let mut shortlist = Vec::new();
        for (_, asked) in &asking.names {
            shortlist.extend(self.index.shortlist(asked, &fit));
        }
        for identifier in &asking.question.identifiers {
            shortlist.extend(self.identifiers.get(identifier));
        }
        shortlist.sort_unstable();
        shortlist.dedup();
        let kinds = &asking.question.kinds;
        let is_wanted = |entity: &Entity| kinds.contains(&entity.kind) || is_body(entity);
        shortlist.retain(|position| is_wanted(&self.entities[*position as usize]) && accept(*position as usize));
        shortlist.into_iter().map(|position| (position, Evidence::of(self, asking, position))).collect()
    }
}

/// Whether an entity is a candidate of a question that names no kinds: an organization, an event, a program, and no
/// project that runs from one day to another.
fn is_body(entity: &Entity) -> bool {
    let is_project = || {
        let is_grant = |key: &Identifier| key.scheme() == IdentifierScheme::Doi && key.value().starts_with(GRANTS);
        entity.kind == EntityKind::Consortium
            && (entity.since.is_some() && entity.until.is_some() || entity.identifiers.iter().any(is_grant))
    };
    match entity.kind.family() {
        Family::Organization => !is_project(),
        Family::Event | Family::Program => true,
        Family::Person | Family::Agreement | Family::Topic => false,
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
