//! What speaks for and against an entity being meant, as numbers. What the numbers are worth is left to `weights`.

use std::borrow::Cow;

use super::index::{Asked, Index, IndexedName, WordId};
use super::place::country_named;
use super::reading::Reading;
use super::site::{Site, written_out};
use super::traits::{HOSPITAL, Kinds, UNIVERSITY};
use super::weights::{FEATURES, Feature, WEIGHTS};
use super::{Matcher, OTHER_NAMES_LIMIT, Question, place_words};
use crate::model::entity::{Entity, EntityKind};
use crate::model::name::NameKind;

/// The share of its weight that a word loses which the place or the parent of the other side explains.
const EXPLAINED: f32 = 0.8;
/// The same of a word that its own side explains.
const REPEATED: f32 = 0.5;
/// How alike two words have to be to count as one.
const ALIKE: f32 = 0.72;

/// What a name of a question is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Its name.
    Name,
    /// Its name without what registries of trials add.
    Stripped,
    /// One of several bodies that its name has.
    Part,
    /// Another name, or one in brackets.
    Other,
}

/// A question, its words looked up.
pub(super) struct Asking<'a> {
    pub(super) question: Cow<'a, Question>,
    /// The name, then the others.
    pub(super) names: Vec<(Role, Asked)>,
    pub(super) city: Box<[WordId]>,
    pub(super) city_words: Vec<String>,
    /// The words that the question's own place and parent explain.
    given: Vec<WordId>,
    pub(super) host: Option<String>,
    kinds: Kinds,
}

impl<'a> Asking<'a> {
    pub(super) fn new(matcher: &Matcher, question: &'a Question) -> Self {
        let index = &matcher.index;
        let site = Site::of(&question.name);
        let mut question = Cow::Borrowed(question);
        if question.country.is_none() {
            let bracketed = || Reading::of(&question.name).bracketed.iter().find_map(|inner| country_named(inner));
            if let Some(country) = site.country.as_deref().and_then(country_named).or_else(bracketed) {
                question.to_mut().country = Some(country);
            }
        }
        if question.city.is_none() && site.city.is_some() {
            question.to_mut().city = site.city;
        }
        let mut names: Vec<(Role, Asked)> = Vec::new();
        let mut add = |role, text: &str| {
            let asked = index.ask(text);
            let is_new = names.iter().all(|(_, known)| known.pressed != asked.pressed);
            if !asked.reading.words.is_empty() && is_new {
                names.push((role, asked));
            }
        };
        if !site.is_nameless {
            add(Role::Name, &question.name);
            // A line may break between two words and inside one.
            if question.name.contains(char::is_control) {
                add(Role::Name, &question.name.replace(char::is_control, ""));
            }
            if let Some(longer) = written_out(&question.name, question.country) {
                add(Role::Name, &longer);
            }
        }
        for (nth, text) in site.names.iter().enumerate() {
            let role = if nth == 0 { Role::Stripped } else { Role::Part };
            add(role, text);
            if let Some(longer) = written_out(text, question.country) {
                add(role, &longer);
            }
        }
        for text in question.other_names.iter().take(OTHER_NAMES_LIMIT) {
            add(Role::Other, text);
        }
        let bracketed = names.first().map(|(_, asked)| asked.reading.bracketed.clone()).unwrap_or_default();
        for inner in bracketed.iter().take(4) {
            if inner.trim().len() >= 3 && !super::index::is_country(inner) {
                let asked = index.ask(inner);
                if !asked.reading.words.is_empty() && names.iter().all(|(_, known)| known.pressed != asked.pressed) {
                    names.push((Role::Other, asked));
                }
            }
        }
        let is_own = |role: &Role| matches!(role, Role::Name | Role::Stripped | Role::Part);
        let own = names.iter().filter(|(role, _)| is_own(role));
        let mut kinds = own.fold(0, |bits, (_, asked)| bits | asked.traits.kinds);
        if kinds & *HOSPITAL != 0 {
            kinds &= !*UNIVERSITY;
        }
        if question.kinds == [EntityKind::Hospital] {
            kinds |= *HOSPITAL;
        }
        let city = place_words(index, question.city.as_deref());
        let mut given = city.to_vec();
        given.extend(place_words(index, question.parent.as_deref()));
        given.extend(question.country.and_then(|country| matcher.country_words.get(&country)).into_iter().flatten());
        Self {
            names,
            city,
            city_words: question.city.as_deref().map(|city| Reading::of(city).words).unwrap_or_default(),
            given,
            host: question.homepage.as_deref().and_then(host),
            kinds,
            question,
        }
    }

    fn is_for_hospital(&self) -> bool {
        self.kinds & *HOSPITAL != 0
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

/// Which words need no counterpart in the other name, since something else says them.
struct Explained<'a> {
    /// Words as often left out as not.
    soft: &'a [WordId],
    /// Words as often added to a name as not.
    added: &'a [WordId],
    /// The question's place and parent.
    given: &'a [WordId],
    /// The entity's city.
    city: &'a [WordId],
    /// The entity's country.
    country: &'a [WordId],
    /// The names of the entity's parents.
    parents: Vec<WordId>,
}

impl Explained<'_> {
    fn is_of_place(&self, word: WordId) -> bool {
        self.city.contains(&word) || self.country.contains(&word)
    }

    /// The share of an asked word's weight that something else explains.
    fn of_asked(&self, word: Option<WordId>) -> f32 {
        let Some(word) = word else { return 0.0 };
        let is_light = self.soft.contains(&word) || self.added.contains(&word);
        if is_light || self.is_of_place(word) || self.parents.contains(&word) {
            EXPLAINED
        } else if self.city.is_empty() && self.given.contains(&word) {
            REPEATED
        } else {
            0.0
        }
    }

    /// The same of a word of the entity's name.
    fn of_name(&self, word: WordId) -> f32 {
        if self.soft.contains(&word) || self.given.contains(&word) {
            EXPLAINED
        } else if self.is_of_place(word) || self.parents.contains(&word) {
            REPEATED
        } else {
            0.0
        }
    }
}

#[derive(Default)]
struct Alignment {
    matched: f32,
    similar: f32,
    covers_asked: f32,
    covers_name: f32,
    lacks_asked: f32,
    lacks_name: f32,
    extra_asked: f32,
    extra_name: f32,
}

impl Evidence {
    pub(super) fn of(matcher: &Matcher, asking: &Asking<'_>, position: u32) -> Self {
        let index = &matcher.index;
        let entity = &matcher.entities[position as usize];
        let country = matcher.countries[position as usize].and_then(|country| matcher.country_words.get(&country));
        let parents = matcher.parents.get(&position).into_iter().flatten().take(4);
        let parents = parents.flat_map(|parent| index.names_of(*parent).take(4)).flat_map(|name| index.words_of(name));
        let explained = Explained {
            soft: &matcher.soft,
            added: &matcher.added,
            given: &asking.given,
            city: &matcher.places[position as usize],
            country: country.map_or(&[][..], |words| &words[..]),
            parents: parents.copied().collect(),
        };
        let mut best: Option<(f64, [f64; FEATURES], u32, usize)> = None;
        // What full names share, and whether both sides have one.
        let mut full: Option<f64> = None;
        for (nth, (role, asked)) in asking.names.iter().enumerate() {
            for name in index.names_of(position) {
                let indexed = &index.names[name as usize];
                let mut features = [0.0; FEATURES];
                compare(index, asked, (name, indexed), &explained, &mut features);
                // A question's name says more than what it is also called.
                let mut set = |feature: Feature, holds: bool| features[feature as usize] = f64::from(u8::from(holds));
                set(Feature::Stripped, *role == Role::Stripped);
                set(Feature::PartOfAsked, *role == Role::Part);
                set(Feature::OtherName, *role == Role::Other);
                set(Feature::ShortOther, *role == Role::Other && asked.reading.is_short);
                if !asked.reading.is_short && !indexed.is_short {
                    full = Some(full.unwrap_or(0.0).max(features[Feature::CoversBoth as usize]));
                }
                let sum = dot(&features);
                if best.as_ref().is_none_or(|(known, ..)| sum > *known) {
                    best = Some((sum, features, name, nth));
                }
            }
        }
        let (_, mut features, name, asked) = best.unwrap_or((0.0, [0.0; FEATURES], 0, 0));
        if features[Feature::Short as usize] > 0.0 || features[Feature::ShortOther as usize] > 0.0 {
            features[Feature::ShortAlone as usize] = full.map_or(0.0, |full| 1.0 - full);
        }
        if features[Feature::Bias as usize] > 0.0 {
            compare_rest(matcher, asking, (position, entity), (asked, name), &mut features);
        }
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
    explained: &Explained<'_>,
    features: &mut [f64; FEATURES],
) {
    let words = index.words_of(name);
    let same_letters = asked.pressed == indexed.pressed;
    let same_words = same_letters
        || words.len() == asked.ids.len() && asked.ids.iter().all(|id| id.is_some_and(|id| words.contains(&id)));
    let mut alignment = align(index, asked, words, indexed.weight, explained);
    if same_letters {
        alignment =
            Alignment { matched: alignment.matched, covers_asked: 1.0, covers_name: 1.0, ..Alignment::default() };
    }
    let mut set = |feature: Feature, value: f32| features[feature as usize] = f64::from(value);
    let flag = |holds: bool| f32::from(u8::from(holds));
    set(Feature::Bias, 1.0);
    set(Feature::CoversAsked, alignment.covers_asked);
    set(Feature::CoversName, alignment.covers_name);
    set(Feature::CoversBoth, alignment.covers_asked * alignment.covers_name);
    set(Feature::CoversLess, alignment.covers_asked.min(alignment.covers_name));
    set(Feature::SameWords, flag(same_words));
    set(Feature::SameLetters, flag(same_letters));
    set(Feature::Telling, (alignment.matched / 20.0).min(1.0));
    set(Feature::Similar, alignment.similar / alignment.matched.max(1.0));
    set(Feature::Short, flag(indexed.is_short));
    set(Feature::LacksAsked, (alignment.lacks_asked / 10.0).min(1.0));
    set(Feature::LacksName, (alignment.lacks_name / 10.0).min(1.0));
    set(Feature::Conflict, (alignment.lacks_asked.min(alignment.lacks_name) / 10.0).min(1.0));
    set(Feature::ExtraAsked, (alignment.extra_asked / 4.0).min(1.0));
    set(Feature::ExtraName, (alignment.extra_name / 4.0).min(1.0));
    set(Feature::Former, flag(matches!(indexed.kind, NameKind::Former | NameKind::Misspelling)));
    set(Feature::Preferred, flag(indexed.kind == NameKind::Preferred));
    let (one, other) = (asked.traits, indexed.traits);
    set(Feature::OrdinalsDiffer, flag(one.ordinals != other.ordinals));
    set(Feature::KindsShared, flag(one.kinds & other.kinds != 0));
    set(Feature::KindsDiffer, flag(one.kinds != 0 && other.kinds != 0 && one.kinds & other.kinds == 0));
    set(Feature::KindUnsaid, flag((one.kinds == 0) != (other.kinds == 0)));
}

fn align(index: &Index, asked: &Asked, words: &[WordId], weight: f32, explained: &Explained<'_>) -> Alignment {
    let mut taken = [false; 64];
    let mut alignment = Alignment::default();
    let (mut found_asked, mut found_name) = (0.0, 0.0);
    // What something else says is wanted of neither name.
    let (mut wanted_asked, mut wanted_name) = (asked.weight, weight);
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
            .map(|(place, other)| (likeness(word, index.word(*other), asked.ids[at].is_some()), place));
        let closest = alike.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness >= ALIKE);
        if let Some((likeness, place)) = closest {
            taken[place.min(63)] = true;
            let of_name = index.weight(Some(words[place]));
            let common = asked.weights[at].min(of_name) * likeness;
            alignment.matched += common;
            alignment.similar += common;
            found_asked += asked.weights[at] * likeness;
            found_name += of_name * likeness;
        } else {
            let share = explained.of_asked(asked.ids[at]);
            wanted_asked -= share * asked.weights[at];
            if share < EXPLAINED {
                alignment.lacks_asked += (1.0 - share) * asked.weights[at];
                alignment.extra_asked += 1.0 - share;
            }
        }
    }
    for (_, word) in words.iter().enumerate().filter(|(place, _)| !taken[(*place).min(63)]) {
        let of_name = index.weight(Some(*word));
        let share = explained.of_name(*word);
        wanted_name -= share * of_name;
        if share < EXPLAINED {
            alignment.lacks_name += (1.0 - share) * of_name;
            alignment.extra_name += 1.0 - share;
        }
    }
    alignment.covers_asked = (found_asked / wanted_asked.max(f32::EPSILON)).min(1.0);
    alignment.covers_name = (found_name / wanted_name.max(f32::EPSILON)).min(1.0);
    alignment
}

/// How alike two different words look, 0 to 1: by edits, or by a common beginning, as words of one root have in two
/// languages. Two short words that both are known differ by what looks like a misspelling: Plata and Plaza.
fn likeness(a: &str, b: &str, are_known: bool) -> f32 {
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
    let cost = match edits {
        1 if are_known && long < 8 && start < short => 1.7,
        1 => 1.0,
        _ => 1.3,
    };
    by_start.max(1.0 - edits as f32 / long as f32 * cost)
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
    let alone = features[Feature::ShortAlone as usize] > 0.5;
    let mut set = |feature: Feature, holds: bool| features[feature as usize] = f64::from(u8::from(holds));
    let supports = |(nth, (_, other)): (usize, &(Role, Asked))| {
        (nth != asked
            && (index.has_name(position, other.pressed)
                || other.reading.is_short && index.has_initials(position, &other.reading.pressed)))
            || index.has_acronym(position, &other.reading.initials)
    };
    // An acronym that alone carries the match does not support itself.
    set(Feature::Acronym, !alone && asking.names.iter().enumerate().any(supports));
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
        set(Feature::HospitalHere, agrees && asking.is_for_hospital());
        set(Feature::HospitalElsewhere, !agrees && asking.is_for_hospital());
    }
    let of_entity = index.names_of(position).fold(0, |bits, name| bits | index.names[name as usize].traits.kinds)
        | if entity.kind == EntityKind::Hospital { *HOSPITAL } else { 0 };
    let of_name = index.names[name as usize].traits.kinds;
    let is_for_hospital = asking.is_for_hospital();
    set(Feature::HospitalOnlyAsked, is_for_hospital && of_entity & *HOSPITAL == 0);
    set(Feature::UniversityOnlyThere, asking.kinds & *UNIVERSITY == 0 && of_name & *UNIVERSITY != 0);
    set(Feature::HospitalOnlyThere, !is_for_hospital && of_name & *HOSPITAL != 0);
    if let (Some(asked), Some(there)) = (&asking.host, entity.homepage.as_deref().and_then(host)) {
        let agrees = *asked == there;
        set(Feature::HomepageAgrees, agrees);
        set(Feature::HomepageDiffers, !agrees);
    }
}

fn city_agrees(index: &Index, asking: &Asking<'_>, place: &[WordId]) -> bool {
    asking.city_words.iter().any(|asked| {
        place.iter().map(|word| index.word(*word)).any(|word| word == asked || likeness(word, asked, false) >= 0.8)
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
