//! What speaks for and against an entity being meant, as numbers. What the numbers are worth is left to `weights`.

use std::borrow::Cow;

use super::index::{Asked, Index, IndexedName, WordId};
use super::place::country_named;
use super::reading::Reading;
use super::site::Site;
use super::weights::{FEATURES, Feature, WEIGHTS};
use super::{Matcher, OTHER_NAMES_LIMIT, Question, place_words};
use crate::model::entity::{Entity, EntityKind};
use crate::model::name::NameKind;

/// Words that say what sort of body a name means; where two names say different ones, they mean different bodies.
const KINDS: [&str; 22] = [
    "hospital",
    "university",
    "institute",
    "school",
    "college",
    "academy",
    "foundation",
    "ministry",
    "museum",
    "city",
    "library",
    "association",
    "society",
    "agency",
    "council",
    "faculty",
    "department",
    "region",
    "province",
    "chamber",
    "center",
    "federation",
];
const HOSPITAL: u32 = 1;
const UNIVERSITY: u32 = 2;
/// Words that tell numbered bodies apart.
const ORDINALS: [&str; 12] = ["first", "second", "third", "fourth", "fifth", "sixth", "1", "2", "3", "4", "5", "6"];
/// Words that are as often left out of a name as they stand in it.
const SOFT: [&str; 6] = ["foundation", "association", "society", "trust", "nhs", "azienda"];
/// The share that a word counts which the place or the parent explains.
const EXPLAINED: f32 = 0.8;
/// How alike two words have to be to count as one.
const ALIKE: f32 = 0.72;

/// A question, its words looked up.
pub(super) struct Asking<'a> {
    pub(super) question: Cow<'a, Question>,
    /// The name, then the others.
    pub(super) names: Vec<Asked>,
    pub(super) city: Box<[WordId]>,
    pub(super) city_words: Vec<String>,
    parent: Box<[WordId]>,
    pub(super) host: Option<String>,
    kinds: u32,
}

impl<'a> Asking<'a> {
    pub(super) fn new(index: &Index, question: &'a Question) -> Self {
        let site = Site::of(&question.name);
        let mut question = Cow::Borrowed(question);
        if let Some(country) = site.country.as_deref().and_then(country_named).filter(|_| question.country.is_none()) {
            question.to_mut().country = Some(country);
        }
        if question.city.is_none() && site.city.is_some() {
            question.to_mut().city = site.city;
        }
        let asked = index.ask(&question.name);
        let mut kinds = kinds_of(asked.reading.words.iter().map(String::as_str));
        let bracketed = asked.reading.bracketed.clone();
        let mut names = vec![asked];
        let mut add = |text: &str| {
            let asked = index.ask(text);
            if !asked.reading.words.is_empty() && names.iter().all(|known: &Asked| known.pressed != asked.pressed) {
                names.push(asked);
            }
        };
        for text in site.names.iter().chain(question.other_names.iter().take(OTHER_NAMES_LIMIT)) {
            add(text);
        }
        for inner in bracketed.iter().take(4) {
            if inner.trim().len() >= 3 && !super::index::is_country(inner) {
                add(inner);
            }
        }
        if question.kinds == [EntityKind::Hospital] {
            kinds |= HOSPITAL;
        }
        Self {
            names,
            city: place_words(index, question.city.as_deref()),
            city_words: question.city.as_deref().map(|city| Reading::of(city).words).unwrap_or_default(),
            parent: place_words(index, question.parent.as_deref()),
            host: question.homepage.as_deref().and_then(host),
            kinds,
            question,
        }
    }
}

/// What speaks for and against one entity.
#[derive(Debug)]
pub(super) struct Evidence {
    pub(super) features: [f64; FEATURES],
    /// What identifiers, asked kinds and parents add; they are rules, not fitted.
    pub(super) ruled: f64,
    /// The name that fits best.
    pub(super) name: u32,
}

struct Alignment {
    matched: f32,
    similar: f32,
    covers_asked: f32,
    covers_name: f32,
    lacks_asked: f32,
    lacks_name: f32,
}

impl Evidence {
    pub(super) fn of(matcher: &Matcher, asking: &Asking<'_>, position: u32) -> Self {
        let index = &matcher.index;
        let entity = &matcher.entities[position as usize];
        let place = &matcher.places[position as usize];
        let mut explained: Vec<WordId> = place.iter().chain(&asking.city).chain(&asking.parent).copied().collect();
        if let Some(country) = matcher.countries[position as usize].or(asking.question.country) {
            explained.extend(place_words(index, Some(country.name())));
        }
        explained.extend(SOFT.iter().filter_map(|word| index.number_of(word)));
        for parent in matcher.parents.get(&position).into_iter().flatten().take(4) {
            explained.extend(index.names_of(*parent).take(4).flat_map(|name| index.words_of(name)).copied());
        }
        let mut best: Option<(f64, [f64; FEATURES], u32, usize)> = None;
        for (nth, asked) in asking.names.iter().enumerate() {
            for name in index.names_of(position) {
                let indexed = &index.names[name as usize];
                let mut features = [0.0; FEATURES];
                compare(index, asked, (name, indexed), &explained, &mut features);
                // A question's name says more than what it is also called.
                if nth > 0 {
                    features[Feature::OtherName as usize] = 1.0;
                    features[Feature::ShortOther as usize] = f64::from(u8::from(asked.reading.is_short));
                }
                let sum = dot(&features);
                if best.as_ref().is_none_or(|(known, ..)| sum > *known) {
                    best = Some((sum, features, name, nth));
                }
            }
        }
        let (_, mut features, name, asked) = best.unwrap_or((0.0, [0.0; FEATURES], 0, 0));
        compare_rest(matcher, asking, (position, entity), (asked, name), &mut features);
        Self { features, ruled: ruled(&asking.question, entity), name }
    }

    /// The logarithm of the odds that it is meant rather than nothing that is known.
    pub(super) fn logit(&self) -> f64 {
        dot(&self.features) + self.ruled
    }

    pub(super) fn matched(&self, index: &Index, entity: &Entity) -> String {
        let nth = index.names.get(self.name as usize).map_or(0, |name| name.nth as usize);
        entity.all_names().nth(nth).unwrap_or(&entity.name).to_owned()
    }
}

fn dot(features: &[f64; FEATURES]) -> f64 {
    features.iter().zip(WEIGHTS).map(|(feature, weight)| feature * weight).sum()
}

fn compare(
    index: &Index,
    asked: &Asked,
    (name, indexed): (u32, &IndexedName),
    explained: &[WordId],
    features: &mut [f64; FEATURES],
) {
    let alignment = align(index, asked, index.words_of(name), indexed.weight, explained);
    let mut set = |feature: Feature, value: f32| features[feature as usize] = f64::from(value);
    let same_letters = asked.pressed == indexed.pressed;
    let words = index.words_of(name);
    let same_words = same_letters
        || words.len() == asked.ids.len() && asked.ids.iter().all(|id| id.is_some_and(|id| words.contains(&id)));
    let flag = |holds: bool| f32::from(u8::from(holds));
    set(Feature::Bias, 1.0);
    set(Feature::CoversAsked, if same_letters { 1.0 } else { alignment.covers_asked });
    set(Feature::CoversName, if same_letters { 1.0 } else { alignment.covers_name });
    let both = alignment.covers_asked * alignment.covers_name;
    set(Feature::CoversBoth, if same_letters { 1.0 } else { both });
    set(Feature::SameWords, flag(same_words));
    set(Feature::SameLetters, flag(same_letters));
    set(Feature::Telling, (alignment.matched / 20.0).min(1.0));
    set(Feature::CoversLess, if same_letters { 1.0 } else { alignment.covers_asked.min(alignment.covers_name) });
    set(Feature::Similar, alignment.similar / alignment.matched.max(1.0));
    set(Feature::Short, flag(indexed.is_short));
    set(Feature::LacksAsked, if same_letters { 0.0 } else { (alignment.lacks_asked / 10.0).min(1.0) });
    set(Feature::LacksName, if same_letters { 0.0 } else { (alignment.lacks_name / 10.0).min(1.0) });
    set(Feature::Former, flag(matches!(indexed.kind, NameKind::Former | NameKind::Misspelling)));
    let ordinals = |has: &dyn Fn(&str) -> bool| {
        ORDINALS.iter().enumerate().filter(|(_, word)| has(word)).fold(0_u32, |bits, (at, _)| bits | 1 << (at % 6))
    };
    let of_asked = ordinals(&|word| asked.reading.words.iter().any(|known| known == word));
    let of_name = ordinals(&|word| words.iter().any(|id| index.word(*id) == word));
    set(Feature::OrdinalsDiffer, flag(of_asked != of_name));
    let kinds_of_name = kinds_of(words.iter().map(|id| index.word(*id)));
    let kinds_of_asked = kinds_of(asked.reading.words.iter().map(String::as_str));
    set(Feature::KindsShared, flag(kinds_of_asked & kinds_of_name != 0));
    set(Feature::KindsDiffer, flag(kinds_of_asked != 0 && kinds_of_name != 0 && kinds_of_asked & kinds_of_name == 0));
}

fn align(index: &Index, asked: &Asked, words: &[WordId], weight: f32, explained: &[WordId]) -> Alignment {
    let mut taken = [false; 64];
    let mut alignment = Alignment {
        matched: 0.0,
        similar: 0.0,
        covers_asked: 0.0,
        covers_name: 0.0,
        lacks_asked: 0.0,
        lacks_name: 0.0,
    };
    let (mut found_asked, mut found_name) = (0.0, 0.0);
    let mut open: Vec<usize> = Vec::new();
    for (at, id) in asked.ids.iter().enumerate() {
        match id.and_then(|id| words.iter().position(|word| *word == id)) {
            Some(place) => {
                taken[place.min(63)] = true;
                alignment.matched += asked.weights[at];
                found_asked += asked.weights[at];
                found_name += asked.weights[at];
            }
            None => open.push(at),
        }
    }
    for at in open {
        let word = &asked.reading.words[at];
        let alike = words
            .iter()
            .enumerate()
            .filter(|(place, _)| !taken[(*place).min(63)])
            .map(|(place, other)| (likeness(word, index.word(*other)), place));
        let closest = alike.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness >= ALIKE);
        if let Some((likeness, place)) = closest {
            taken[place.min(63)] = true;
            let of_name = index.weight(Some(words[place]));
            let common = asked.weights[at].min(of_name) * likeness;
            alignment.matched += common;
            alignment.similar += common;
            found_asked += asked.weights[at] * likeness;
            found_name += of_name * likeness;
        } else if asked.ids[at].is_some_and(|id| explained.contains(&id)) {
            found_asked += asked.weights[at] * EXPLAINED;
        } else {
            alignment.lacks_asked += asked.weights[at];
        }
    }
    for (place, word) in words.iter().enumerate() {
        if !taken[place.min(63)] {
            let of_name = index.weight(Some(*word));
            if explained.contains(word) {
                found_name += of_name * EXPLAINED;
            } else {
                alignment.lacks_name += of_name;
            }
        }
    }
    alignment.covers_asked = (found_asked / asked.weight.max(f32::EPSILON)).min(1.0);
    alignment.covers_name = (found_name / weight.max(f32::EPSILON)).min(1.0);
    alignment
}

/// How alike two different words look, 0 to 1: by edits, or by a common beginning, as words of one root have in two
/// languages.
fn likeness(a: &str, b: &str) -> f32 {
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    if short < 4 || !a.is_ascii() || !b.is_ascii() {
        return 0.0;
    }
    let start = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    if start == 0 && long > 6 {
        return 0.0;
    }
    let by_start = if start >= 5 { start as f32 / long as f32 } else { 0.0 };
    if long - short > 3 {
        return by_start;
    }
    let edits = strsim::osa_distance(a, b);
    by_start.max(1.0 - edits as f32 / long as f32 * if edits == 1 { 1.0 } else { 1.3 })
}

fn kinds_of<'a>(words: impl Iterator<Item = &'a str>) -> u32 {
    words.filter_map(|word| KINDS.iter().position(|kind| *kind == word)).fold(0, |bits, at| bits | 1 << at)
}

fn compare_rest(
    matcher: &Matcher,
    asking: &Asking<'_>,
    (position, entity): (u32, &Entity),
    (asked, name): (usize, u32),
    features: &mut [f64; FEATURES],
) {
    let index = &matcher.index;
    let question = &asking.question;
    let same = features[Feature::SameWords as usize] > 0.0;
    let near = features[Feature::CoversLess as usize] >= 0.85;
    let short = features[Feature::Short as usize] > 0.0;
    let mut set = |feature: Feature, holds: bool| features[feature as usize] = f64::from(u8::from(holds));
    let supports = |(nth, other): (usize, &Asked)| {
        (nth != asked
            && (index.has_name(position, other.pressed)
                || other.reading.is_short && index.has_initials(position, &other.reading.pressed)))
            || index.has_acronym(position, &other.reading.initials)
    };
    set(Feature::Acronym, asking.names.iter().enumerate().any(supports));
    if let (Some(asked), Some(there)) = (question.country, matcher.countries[position as usize]) {
        set(Feature::SameHere, same && asked == there);
        set(Feature::ShortHere, same && short && asked == there);
        set(Feature::CountryAgrees, asked == there);
        set(Feature::CountryDiffers, asked != there);
    }
    let place = &matcher.places[position as usize];
    if !asking.city_words.is_empty() && !place.is_empty() {
        let agrees = city_agrees(index, asking, place);
        set(Feature::CityAgrees, agrees);
        set(Feature::NearHere, agrees && near);
        set(Feature::CityDiffers, !agrees);
    }
    let of_entity = index
        .names_of(position)
        .map(|name| kinds_of(index.words_of(name).iter().map(|id| index.word(*id))))
        .fold(0, |a, b| a | b)
        | if entity.kind == EntityKind::Hospital { HOSPITAL } else { 0 };
    let of_name = kinds_of(index.words_of(name).iter().map(|id| index.word(*id)));
    set(Feature::HospitalOnlyAsked, asking.kinds & HOSPITAL != 0 && of_entity & HOSPITAL == 0);
    set(Feature::UniversityOnlyThere, asking.kinds & UNIVERSITY == 0 && of_name & UNIVERSITY != 0);
    set(Feature::HospitalOnlyThere, asking.kinds & HOSPITAL == 0 && of_name & HOSPITAL != 0);
    if let (Some(asked), Some(there)) = (&asking.host, entity.homepage.as_deref().and_then(host)) {
        let agrees = *asked == there;
        set(Feature::HomepageAgrees, agrees);
        set(Feature::HomepageDiffers, !agrees);
    }
}

fn city_agrees(index: &Index, asking: &Asking<'_>, place: &[WordId]) -> bool {
    asking.city_words.iter().any(|asked| {
        place.iter().map(|word| index.word(*word)).any(|word| word == asked || likeness(word, asked) >= 0.8)
    })
}

fn ruled(question: &Question, entity: &Entity) -> f64 {
    let mut sum = 0.0;
    for identifier in &question.identifiers {
        if entity.identifiers.contains(identifier) {
            sum += super::weights::IDENTIFIER_AGREES;
        } else if entity.identifiers.iter().any(|other| other.scheme() == identifier.scheme()) {
            sum += super::weights::IDENTIFIER_DIFFERS;
        }
    }
    if !question.kinds.is_empty() {
        sum += if question.kinds.contains(&entity.kind) {
            super::weights::KIND_AGREES
        } else {
            super::weights::KIND_DIFFERS
        };
    }
    sum
}

/// The host that an address names, without `www.`.
fn host(address: &str) -> Option<String> {
    let rest = address.trim().split_once("://").map_or(address.trim(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}
