//! Cities by any of their names: which entities are in the same one.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;

use super::Graph;
use super::index::EntityIndex;
use crate::model::change::Versioned;
use crate::model::country::CountryCode;
use crate::model::entity::Entity;
use crate::model::text::folded_words;

/// One city a line: its country, a tab, and its names between bars, folded. Lines that begin with `#` say where it is
/// from. Within a country no name stands twice, as `scripts/make-cities` sees to.
const GAZETTEER: &str = include_str!("cities.txt");

/// A city as a number: that of a line of the gazetteer or, above these, of a name that it does not know.
pub(super) type City = u32;

/// Where entities without a city are.
const NOWHERE: City = City::MAX;

/// Which entity is in which city.
pub(super) struct Cities {
    of: Vec<City>,
    populations: HashMap<City, usize, RandomState>,
    /// The cities that the gazetteer does not know, by their names.
    others: HashMap<String, Vec<City>, RandomState>,
}

impl Graph {
    /// The cities of this name in which entities are, in all countries, as numbers of this graph. *O(log g)* for *g* names
    /// in the gazetteer.
    pub fn cities_called(&self, name: &str) -> Vec<u32> {
        self.cities().called(name)
    }

    /// Which entity is in which city: worked out when it is first asked. *O(n log g)* then for *n* entities and *g* names
    /// in the gazetteer.
    pub(super) fn cities(&self) -> &Cities {
        self.cities.get_or_init(|| Cities::of_all(&self.entities))
    }
}

impl Cities {
    fn of_all(entities: &[Arc<Versioned<Entity>>]) -> Self {
        let gazetteer = Gazetteer::shared();
        let mut numbers: HashMap<(Option<CountryCode>, &str), City, RandomState> = HashMap::default();
        let mut cities = Self { of: Vec::new(), populations: HashMap::default(), others: HashMap::default() };
        let mut next = gazetteer.cities;
        for entity in entities {
            let number = entity.city.as_deref().map_or(NOWHERE, |city| match numbers.entry((entity.country, city)) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    let name = name_of(city);
                    *new.insert(cities.number(gazetteer, entity.country, name, &mut next))
                }
            });
            cities.of.push(number);
            if number != NOWHERE {
                *cities.populations.entry(number).or_default() += 1;
            }
        }
        cities
    }

    /// The number of a city by its name in a country.
    fn number(&mut self, gazetteer: &Gazetteer, country: Option<CountryCode>, name: String, next: &mut City) -> City {
        let known = country.and_then(|country| gazetteer.in_country(country, &name));
        known.unwrap_or_else(|| {
            *next += 1;
            self.others.entry(name).or_default().push(*next);
            *next
        })
    }

    /// Where an entity is.
    pub(super) fn of(&self, entity: EntityIndex) -> Option<City> {
        Some(self.of[entity.position()]).filter(|&city| city != NOWHERE)
    }

    /// How many entities are in a city.
    pub(super) fn population(&self, city: City) -> usize {
        self.populations.get(&city).copied().unwrap_or_default()
    }

    /// The cities of this name in which entities are, in all countries.
    pub(super) fn called(&self, text: &str) -> Vec<City> {
        let name = name_of(text);
        let known = Gazetteer::shared().called(&name).iter().map(|named| named.city);
        let others = self.others.get(&name).into_iter().flatten().copied();
        known.filter(|&city| self.population(city) > 0).chain(others).collect()
    }
}

/// The name of a city in what stands in an address, folded: without what a post office adds, such as CEDEX, a code or the
/// number of a district, and without a province in brackets, as in Milano (MI).
fn name_of(text: &str) -> String {
    let province = text.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let text = match province {
        Some((city, province)) if province.len() == 2 && province.bytes().all(|byte| byte.is_ascii_uppercase()) => city,
        Some(_) | None => text,
    };
    let all = folded_words(text);
    let has_digit = |word: &String| word.bytes().any(|byte| byte.is_ascii_digit());
    let mut words: &[String] = all.split(|word| word == "cedex").next().unwrap_or(&all);
    while let [rest @ .., last] = words
        && has_digit(last)
    {
        words = rest;
    }
    while let [first, rest @ ..] = words
        && has_digit(first)
    {
        words = rest;
    }
    if words.is_empty() { all.join(" ") } else { words.join(" ") }
}

/// A name in the gazetteer.
struct Named {
    name: &'static str,
    country: CountryCode,
    city: City,
}

struct Gazetteer {
    /// By name, then by country.
    names: Vec<Named>,
    cities: City,
}

impl Gazetteer {
    fn shared() -> &'static Self {
        static SHARED: OnceLock<Gazetteer> = OnceLock::new();
        SHARED.get_or_init(|| Self::read(GAZETTEER))
    }

    fn read(text: &'static str) -> Self {
        let mut read = Self { names: Vec::new(), cities: 0 };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((country, names)) = line.split_once('\t') else { continue };
            let Ok(country) = country.parse() else { continue };
            read.names.extend(names.split('|').map(|name| Named { name, country, city: read.cities }));
            read.cities += 1;
        }
        read.names.sort_unstable_by_key(|named| (named.name, named.country));
        read
    }

    /// All cities of a name, or of what is before a province or a postal district, as in Milano MI and Aarhus C. *O(log g)*.
    fn called(&self, name: &str) -> &[Named] {
        let found = self.of_name(name);
        match name.rsplit_once(' ') {
            Some((city, rest)) if found.is_empty() && rest.chars().count() <= 2 => self.of_name(city),
            Some(_) | None => found,
        }
    }

    fn of_name(&self, name: &str) -> &[Named] {
        let start = self.names.partition_point(|named| named.name < name);
        let length = self.names[start..].partition_point(|named| named.name == name);
        &self.names[start..start + length]
    }

    fn in_country(&self, country: CountryCode, name: &str) -> Option<City> {
        self.called(name).iter().find(|named| named.country == country).map(|named| named.city)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::folded;

    #[test]
    fn each_line_of_the_gazetteer_is_read_and_no_name_stands_twice_in_a_country() {
        let gazetteer = Gazetteer::read(GAZETTEER);
        let lines = GAZETTEER.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(gazetteer.cities as usize, lines);
        for named in &gazetteer.names {
            assert_eq!(folded(named.name), named.name);
        }
        let mut twice = gazetteer
            .names
            .windows(2)
            .filter(|pair| (pair[0].name, pair[0].country) == (pair[1].name, pair[1].country));
        assert!(twice.next().is_none_or(|pair| panic!("{} {}", pair[0].country, pair[0].name)));
    }

    #[test]
    fn a_city_has_many_names_and_a_name_may_have_many_cities() {
        let gazetteer = Gazetteer::shared();
        let city = |country: &str, name: &str| gazetteer.in_country(country.parse().unwrap(), &name_of(name));
        for (country, names) in [
            ("IT", ["Milan", "MILANO", "Mailand", "MILANO MI", "Milano (MI)"]),
            ("DE", ["Cologne", "Köln", "KOELN", "Colonia", "Köln 1"]),
            ("DE", ["Munich", "München", "MUENCHEN", "Monaco di Baviera", "80336 München"]),
            ("AT", ["Vienna", "Wien", "Vienne", "Viena", "1090 Wien"]),
            ("CZ", ["Prague", "Praha", "Prag", "PRAHA 2", "Praga"]),
            ("PT", ["Lisbon", "Lisboa", "LISBOA", "Lissabon", "Lisbonne"]),
            ("BE", ["Leuven", "Louvain", "Löwen", "LEUVEN", "3000 Leuven"]),
            ("NL", ["The Hague", "Den Haag", "'s-Gravenhage", "La Haye", "DEN HAAG"]),
            ("CN", ["Beijing", "Peking", "北京", "Pékin", "北京市"]),
            ("RU", ["Moscow", "Moskva", "Москва", "МОСКВА", "Moskau"]),
            ("GR", ["Athens", "Athína", "Αθήνα", "ΑΘΗΝΑ", "Athen"]),
            ("FR", ["Paris", "PARIS CEDEX 05", "Paris 13", "75013 Paris", "París"]),
            ("CH", ["Geneva", "Genève", "Genf", "Ginevra", "GENEVE"]),
            ("PL", ["Kraków", "Cracow", "Krakau", "KRAKOW", "Cracovie"]),
            ("DK", ["Copenhagen", "København", "Kobenhavn", "Kopenhagen", "KØBENHAVN"]),
        ] {
            let found = names.map(|name| city(country, name));
            assert!(found[0].is_some() && found.iter().all(|&each| each == found[0]), "{names:?} {found:?}");
        }
        assert_ne!(city("DE", "Frankfurt"), city("DE", "Frankfurt (Oder)"));
        assert_eq!(city("US", "Milano"), None);
        assert!(gazetteer.called("san jose").len() > 1);
        assert_eq!((name_of("Zone 5"), name_of("12"), name_of("Cedex")), ("zone".into(), "12".into(), "cedex".into()));
    }
}
