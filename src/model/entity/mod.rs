//! A thing that can be related to others: its names, place, outside identifiers and the citations that it exists.
//!
//! One record serves all kinds; the few fields that only some kinds have are checked against the kind.

mod figure;
mod kind;
mod mention;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use figure::Figure;
pub use kind::{EntityKind, Family};
pub use mention::Mention;

use super::checked::checked;
use super::citation::{self, Citation, Strength};
use super::country::CountryCode;
use super::edtf::{Day, EdtfDate};
use super::id::EntityId;
use super::identifier::{Identifier, IdentifierScheme};
use super::name::{Language, Name};
use super::period::Period;
use super::place::Coordinates;
use super::term::Term;
use super::text;
use super::violation::{Violation, Violations};

/// How people met at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EventFormat {
    /// All in one place.
    InPerson,
    /// All over a network.
    Online,
    /// Some in one place, some over a network.
    Hybrid,
}

/// The fields of an [`Entity`], not yet checked; also its stored form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityRecord {
    /// Its key.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// The preferred name, in English where there is one.
    pub name: String,
    /// All other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Name>,
    /// The language of the preferred name; `None` means English or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The name as it stands inside a sentence, "the University of Oxford"; `None` means as it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_text: Option<Box<str>>,
    /// What it is, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its own web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
    /// The country it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// The city it is in, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Coordinates>,
    /// Its keys in outside registries, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// When it began to exist; of an event, when it took place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<EdtfDate>,
    /// When it ceased to exist; of an event, when it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<EdtfDate>,
    /// How people met; events only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<EventFormat>,
    /// How long it runs; agreements only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// Numbers and ranks that documents give about it, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// Where it was read of, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
}

impl EntityRecord {
    /// A record with nothing but what every entity has.
    pub fn new(id: EntityId, kind: EntityKind, name: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            name: name.into(),
            names: Vec::new(),
            language: None,
            in_text: None,
            description: None,
            homepage: None,
            country: None,
            city: None,
            coordinates: None,
            identifiers: Vec::new(),
            since: None,
            until: None,
            format: None,
            term: None,
            figures: Vec::new(),
            citations: Vec::new(),
        }
    }
}

/// A thing that can be related to others. Its fields are those of [`EntityRecord`], checked. A copy shares them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "EntityRecord")]
pub struct Entity(Arc<Checked>);

#[derive(Clone, Debug, PartialEq)]
struct Checked {
    record: EntityRecord,
    period: Period,
}

impl Entity {
    /// Checks the fields.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn new(mut record: EntityRecord) -> Result<Self, Violations> {
        let mut violations = Violations::default();
        violations.keep(text::settle_line(&mut record.name).map_err(|violation| violation.of("name")));
        for name in &mut record.names {
            violations.keep(name.check());
        }
        if let Some(text) = record.in_text.take() {
            let mut text = String::from(text);
            violations.keep(text::settle_line(&mut text).map_err(|violation| violation.of("in_text")));
            record.in_text = Some(text.into());
        }
        citation::check_text(&mut record.description, "description", text::settle_prose, &mut violations);
        citation::check_text(&mut record.city, "city", text::settle_line, &mut violations);
        citation::check_address(&mut record.homepage, "homepage", &mut violations);
        record.identifiers.sort();
        record.identifiers.dedup();
        record.identifiers.shrink_to_fit();
        record.names.shrink_to_fit();
        let end = record.until.clone().or_else(|| record.term.as_ref()?.end_from(record.since.as_ref()?));
        let period = violations.keep(Period::new(record.since.clone(), end));
        if record.format.is_some() && record.kind != EntityKind::Event {
            violations.push(misplaced("format", record.kind, "an EVENT"));
        }
        if record.term.is_some() && record.kind != EntityKind::Agreement {
            violations.push(misplaced("term", record.kind, "an AGREEMENT"));
        }
        for figure in &mut record.figures {
            figure.check(&mut violations);
        }
        record.figures.sort();
        record.figures.dedup();
        for citation in &mut record.citations {
            citation.check(&mut violations);
        }
        citation::settle(&mut record.citations);
        if record.citations.is_empty() {
            violations.push(
                Violation::new(
                    "no document mentions it",
                    "add a [[mention]] of it to the document where you read of it",
                )
                .of("citations"),
            );
        }
        match period {
            Some(period) if violations.is_empty() => Ok(Self(Arc::new(Checked { record, period }))),
            _ => Err(Violations(violations.0.into_iter().map(|violation| violation.about(&record.id)).collect())),
        }
    }

    /// When it existed or took place. An agreement whose end is not given ends with its term.
    pub fn period(&self) -> &Period {
        &self.0.period
    }

    /// Whether its name is no name but says a key of it again, as "CORDIS participant 999984350" does: what only has a
    /// number is told apart by it, and by nothing else.
    pub fn is_placeholder(&self) -> bool {
        let (_, last) = self.name.rsplit_once(' ').unwrap_or(("", &self.name));
        let is_number = last.len() >= 4 && last.bytes().all(|byte| byte.is_ascii_digit());
        is_number
            && (self.identifiers.iter().any(|key| key.value() == last)
                || self.id.as_str().strip_suffix(last).is_some_and(|before| before.ends_with('-')))
    }

    /// When it ended, as far as that stands so firmly: that an agreement ends with its term is inferred.
    pub fn end(&self, least: Strength) -> Option<&EdtfDate> {
        match least {
            Strength::Inferred => self.period().until.as_ref(),
            Strength::Stated => self.until.as_ref(),
        }
    }

    /// The first and the last day on which it may have existed or taken place. An event of which only the start is known
    /// is over with it; else a missing start or end is open.
    pub fn days(&self) -> (Day, Day) {
        let days = self.period().days();
        match &self.since {
            Some(since) if self.kind == EntityKind::Event && self.until.is_none() => (days.0, since.last_day()),
            _ => days,
        }
    }

    /// Whether it is a project: a consortium that is known by the DOI of its grant, which is nobody that registries of
    /// organizations have.
    pub fn is_project(&self) -> bool {
        self.kind == EntityKind::Consortium && self.identifiers.iter().any(|key| key.scheme() == IdentifierScheme::Doi)
    }

    /// The preferred name and then all others, misspellings included.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.names.iter().map(|name| name.text.as_str()))
    }
}

fn misplaced(field: &'static str, kind: EntityKind, right: &str) -> Violation {
    Violation::new(format!("{} {kind} has no {field}", kind.article()), format!("remove it; only {right} has one"))
        .of(field)
}

checked!(Entity, EntityRecord);
