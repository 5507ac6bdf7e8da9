//! The records of ROR's data dump, schema 1 and 2, as they are written; what they mean is left to the folder's `mod.rs`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

/// A record of either schema; what only one of them has is empty in the other.
#[derive(Deserialize)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) types: Vec<String>,
    #[serde(default)]
    pub(super) established: Option<i32>,
    #[serde(default)]
    pub(super) relationships: Vec<Relation>,
    #[serde(default)]
    pub(super) links: Vec<Link>,
    #[serde(default)]
    pub(super) external_ids: ExternalIds,
    /// Schema 2.
    #[serde(default)]
    pub(super) admin: Admin,
    /// Schema 2.
    #[serde(default)]
    pub(super) names: Option<Vec<NameOf2>>,
    /// Schema 2.
    #[serde(default)]
    pub(super) locations: Vec<Location>,
    /// Schema 1.
    #[serde(default)]
    pub(super) name: Option<String>,
    /// Schema 1.
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    /// Schema 1.
    #[serde(default)]
    pub(super) acronyms: Vec<String>,
    /// Schema 1.
    #[serde(default)]
    pub(super) labels: Vec<Label>,
    /// Schema 1.
    #[serde(default)]
    pub(super) addresses: Vec<Address>,
    /// Schema 1.
    #[serde(default)]
    pub(super) country: Option<Country>,
}

#[derive(Default, Deserialize)]
pub(super) struct Admin {
    #[serde(default)]
    pub(super) last_modified: Option<Moment>,
}

#[derive(Deserialize)]
pub(super) struct Moment {
    /// A day: `2025-09-22`.
    pub(super) date: String,
}

#[derive(Deserialize)]
pub(super) struct Relation {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) id: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Link {
    Plain(String),
    Typed {
        #[serde(rename = "type")]
        kind: String,
        value: String,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum ExternalIds {
    List(Vec<ExternalId>),
    Table(BTreeMap<String, Values>),
}

impl Default for ExternalIds {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

#[derive(Deserialize)]
pub(super) struct ExternalId {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) all: OneOrMore,
}

#[derive(Deserialize)]
pub(super) struct Values {
    pub(super) all: OneOrMore,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

#[derive(Deserialize)]
pub(super) struct NameOf2 {
    pub(super) value: String,
    #[serde(default)]
    pub(super) lang: Option<String>,
    pub(super) types: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Location {
    pub(super) geonames_details: Details,
}

#[derive(Deserialize)]
pub(super) struct Details {
    #[serde(default)]
    pub(super) lat: Option<f64>,
    #[serde(default)]
    pub(super) lng: Option<f64>,
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) country_code: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Label {
    pub(super) label: String,
    #[serde(default)]
    pub(super) iso639: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Address {
    #[serde(default)]
    pub(super) lat: Option<f64>,
    #[serde(default)]
    pub(super) lng: Option<f64>,
    #[serde(default)]
    pub(super) city: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Country {
    pub(super) country_code: String,
}

impl Record {
    /// City, country and point of the first place, whichever the schema.
    pub(super) fn place(&self) -> (Option<&str>, Option<&str>, Option<(f64, f64)>) {
        if let Some(Location { geonames_details: place }) = self.locations.first() {
            return (place.name.as_deref(), place.country_code.as_deref(), place.lat.zip(place.lng));
        }
        let address = self.addresses.first();
        (
            address.and_then(|address| address.city.as_deref()),
            self.country.as_ref().map(|country| country.country_code.as_str()),
            address.and_then(|address| address.lat.zip(address.lng)),
        )
    }

    /// When it was last changed; of schema 1, which does not say, the beginning of time.
    pub(super) fn changed(&self) -> Timestamp {
        let day = self.admin.last_modified.as_ref().map(|moment| format!("{}T00:00:00Z", moment.date));
        day.and_then(|day| day.parse().ok()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The scheme's name and the key of each outside identifier.
    pub(super) fn identifiers(&self) -> Vec<(&str, &str)> {
        fn keys<'r>(scheme: &'r str, all: &'r OneOrMore) -> Vec<(&'r str, &'r str)> {
            match all {
                OneOrMore::One(key) => vec![(scheme, key)],
                OneOrMore::More(keys) => keys.iter().map(|key| (scheme, key.as_str())).collect(),
            }
        }
        match &self.external_ids {
            ExternalIds::List(list) => list.iter().flat_map(|entry| keys(&entry.kind, &entry.all)).collect(),
            ExternalIds::Table(table) => table.iter().flat_map(|(kind, values)| keys(kind, &values.all)).collect(),
        }
    }

    /// The first web page of its own.
    pub(super) fn homepage(&self) -> Option<&str> {
        self.links.iter().find_map(|link| match link {
            Link::Plain(address) => Some(address.as_str()),
            Link::Typed { kind, value } => (kind == "website").then_some(value.as_str()),
        })
    }
}
