//! Whether two bear one name, letter by letter, and those that are one by name and place alone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use super::groups::Groups;
use super::{Certain, Findings, is_body, ror};
use crate::model::country::CountryCode;
use crate::model::entity::{Entity, EntityKind};
use crate::model::name::NameKind;
use crate::model::state::State;
use crate::model::text;

/// A shorter name, in letters, is as likely an acronym of two.
const TELLING: usize = 8;

/// Whether the name of one is a name of the other, but for case, diacritics, an article and its own acronym beside it.
pub(super) fn is_name_of(one: &Entity, other: &Entity) -> bool {
    let names: BTreeSet<String> = all(other).collect();
    preferred(one).iter().any(|name| names.contains(name))
}

/// Whether a word that the name of one says, and no name of the other, tells them apart.
pub(super) fn are_told_apart(one: &Entity, other: &Entity) -> bool {
    static TELLING: OnceLock<Vec<Vec<&str>>> = OnceLock::new();
    let telling = TELLING.get_or_init(|| {
        let lines = include_str!("telling.txt").lines().filter(|line| !line.starts_with('#'));
        lines.map(|line| line.split_whitespace().collect()).collect()
    });
    let words = text::folded_words(&one.name);
    let theirs: HashSet<String> = other.all_names().flat_map(text::folded_words).collect();
    telling.iter().any(|meaning| {
        meaning.iter().any(|word| words.iter().any(|other| other == word))
            && !meaning.iter().any(|word| theirs.contains(*word))
    })
}

/// Makes one of those of which the name of the one is a name of the other, and country and town or web page are the same:
/// with the only one of ROR that is so, and then with others of the very same name.
pub(super) fn join(state: &State, groups: &mut Groups<'_>, found: &mut Findings<'_>) {
    if found.certain == Certain::Asked {
        return;
    }
    let mut of_ror: HashMap<(CountryCode, String), Vec<usize>, RandomState> = HashMap::default();
    let mut others: BTreeMap<(CountryCode, String), Vec<usize>> = BTreeMap::new();
    let mut asked: Vec<(usize, CountryCode)> = Vec::new();
    for (position, entity) in state.entities.iter().enumerate() {
        let Some(country) = entity.country.filter(|_| is_body(entity)) else { continue };
        if ror(entity).is_some() {
            all(entity).for_each(|name| of_ror.entry((country, name)).or_default().push(position));
        } else {
            asked.push((position, country));
            let plain = preferred(entity).into_iter().next();
            plain.into_iter().for_each(|name| others.entry((country, name)).or_default().push(position));
        }
    }
    let mut link = |groups: &mut Groups<'_>, one: usize, other: usize, place: &str| {
        if groups.may_join(one, other) {
            let [first, second] = [one, other].map(|position| &state.entities[position].id);
            let reason = format!("\"{first}\" and \"{second}\" have one name and country, and {place}");
            let [stays, goes] = groups.join(one, other).map(|position| &state.entities[position].id);
            found.add([stays, goes], Some(stays), reason, None);
        }
    };
    let mut either: HashSet<usize> = HashSet::new();
    for (one, country) in asked {
        for name in preferred(&state.entities[one]) {
            let known = of_ror.get(&(country, name)).map_or(&[][..], Vec::as_slice);
            let mut near: Vec<(usize, String)> = places(state, one, known).collect();
            near.dedup_by_key(|(other, _)| groups.kept(*other));
            // A web page may be that of several in one country, a town more seldom.
            let is_one_of_several = near.len() > 1;
            if is_one_of_several {
                near.retain(|(other, _)| city(&state.entities[one]) == city(&state.entities[*other]));
            }
            match near.as_slice() {
                [(other, place)] => link(groups, one, *other, place),
                [] if !is_one_of_several => {
                    if let Some(other) = only_university(state, one, known) {
                        link(groups, one, other, "no other university there has it");
                    }
                }
                [] | [_, ..] => {
                    either.insert(one);
                }
            }
        }
    }
    for alike in others.values() {
        for (nth, &one) in alike.iter().enumerate() {
            for (other, place) in places(state, one, &alike[nth + 1..]) {
                if !either.contains(&one) && !either.contains(&other) {
                    link(groups, one, other, &place);
                }
            }
        }
    }
}

/// Makes one of a university or hospital and the only one of ROR of its kind that is in its country and has its web page,
/// where no word of its name tells it apart: bodies of these kinds have a page of their own.
pub(super) fn join_by_page(state: &State, groups: &mut Groups<'_>, found: &mut Findings<'_>) {
    if found.certain == Certain::Asked {
        return;
    }
    let mut of_ror: HashMap<(EntityKind, CountryCode, String), Vec<usize>, RandomState> = HashMap::default();
    let mut others = Vec::new();
    for (position, entity) in state.entities.iter().enumerate() {
        let has_own_page = matches!(entity.kind, EntityKind::University | EntityKind::Hospital);
        let (Some(country), Some(host)) = (entity.country.filter(|_| has_own_page), host(entity)) else { continue };
        let key = (entity.kind, country, host);
        if ror(entity).is_some() {
            of_ror.entry(key).or_default().push(position);
        } else if is_body(entity) {
            others.push((position, key));
        }
    }
    for (one, key) in others {
        let Some(&[other]) = of_ror.get(&key).map(Vec::as_slice) else { continue };
        let [first, second] = [one, other].map(|position| &state.entities[position]);
        if groups.may_join(one, other) && !are_told_apart(first, second) {
            let (kind, _, host) = key;
            let reason = format!(
                "\"{}\" and \"{}\" are each {} {kind} of one country with the page {host}, and no other is",
                first.id,
                second.id,
                kind.article()
            );
            let [stays, goes] = groups.join(one, other).map(|position| &state.entities[position].id);
            found.add([stays, goes], Some(stays), reason, None);
        }
    }
}

/// The only organization of ROR with the name of a university in its country, where both are universities: towns are written
/// in too many ways to tell those apart.
fn only_university(state: &State, one: usize, known: &[usize]) -> Option<usize> {
    let is_university = |position: usize| state.entities[position].kind == EntityKind::University;
    match known {
        [other] if is_university(one) && is_university(*other) => Some(*other),
        _ => None,
    }
}

/// Those that are where one is, and where that is.
fn places<'a>(state: &'a State, one: usize, others: &'a [usize]) -> impl Iterator<Item = (usize, String)> + use<'a> {
    others.iter().filter_map(move |&other| Some((other, place(&state.entities[one], &state.entities[other])?)))
}

/// What two have in common besides the country, in words.
fn place(one: &Entity, other: &Entity) -> Option<String> {
    if city(one).is_some() && city(one) == city(other) {
        return Some(format!("are in {}", one.city.as_deref()?));
    }
    let host = host(one)?;
    (self::host(other)? == host).then(|| format!("have their page at {host}"))
}

fn city(entity: &Entity) -> Option<String> {
    entity.city.as_deref().map(text::folded)
}

fn host(entity: &Entity) -> Option<String> {
    let address = entity.homepage.as_deref()?;
    let host = address.split_once("://").map_or(address, |(_, rest)| rest).split('/').next()?;
    Some(host.trim_start_matches("www.").to_ascii_lowercase())
}

/// The preferred name in letters, also without its acronym before or behind it.
fn preferred(entity: &Entity) -> Vec<String> {
    let words = text::folded_words(&entity.name);
    let acronyms = entity.names.iter().filter(|name| name.kind == NameKind::Acronym);
    let acronyms: Vec<String> = acronyms.map(|name| text::folded(&name.text)).collect();
    let is_acronym = |word: Option<&String>| word.is_some_and(|word| acronyms.contains(word));
    let mut found = vec![letters(&words)];
    if is_acronym(words.last()) {
        found.push(letters(&words[..words.len() - 1]));
    }
    if is_acronym(words.first()) {
        found.push(letters(&words[1..]));
    }
    found.retain(|name| name.chars().count() >= TELLING);
    found
}

/// All names in letters but acronyms, former and misspelled ones; those that end in the town also without it.
fn all(entity: &Entity) -> impl Iterator<Item = String> {
    let town = entity.city.as_deref().map(text::folded_words).unwrap_or_default();
    let tells = |kind| !matches!(kind, NameKind::Acronym | NameKind::Former | NameKind::Misspelling);
    let others = entity.names.iter().filter(move |name| tells(name.kind)).map(|name| name.text.as_str());
    let names = std::iter::once(entity.name.as_str()).chain(others).flat_map(move |name| {
        let words = text::folded_words(name);
        let rest = words.strip_suffix(town.as_slice()).filter(|rest| !town.is_empty() && rest.len() > 1);
        [Some(letters(&words)), rest.map(letters)]
    });
    names.flatten().filter(|name| name.chars().count() >= TELLING)
}

/// Words without a space, without an article or what Dutch and Swedish law puts before a name, and with a vowel for each
/// of the ways to write an umlaut.
fn letters(words: &[String]) -> String {
    let is_article = |word: &String| matches!(word.as_str(), "the" | "stichting" | "stiftelsen");
    let words = if words.first().is_some_and(is_article) { &words[1..] } else { words };
    words.concat().replace("ae", "a").replace("oe", "o").replace("ue", "u")
}
