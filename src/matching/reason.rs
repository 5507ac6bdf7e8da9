//! The evidence in words, each with what it was worth.

use std::fmt;

use super::Matcher;
use super::evidence::{Asking, Evidence};
use super::weights::{Feature, WEIGHTS};
use crate::model::entity::Entity;

/// What a reason is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The names.
    Name,
    /// An acronym, or another name beside the one that fits best.
    Acronym,
    /// A key in an outside registry.
    Identifier,
    /// The country.
    Country,
    /// The city.
    City,
    /// What sort of body it is.
    Kind,
    /// The web page.
    Homepage,
}

/// Whether a reason speaks for an entity or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It speaks for it.
    Agrees,
    /// It speaks against it.
    Differs,
}

/// One thing that speaks for an entity or against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What it is about.
    pub aspect: Aspect,
    /// For or against.
    pub verdict: Verdict,
    /// In words, without a final dot.
    pub text: String,
}

impl Aspect {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Acronym, Self::Identifier, Self::Country, Self::City, Self::Kind, Self::Homepage];

    /// Its name in tables: `COUNTRY`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "NAME",
            Self::Acronym => "ACRONYM",
            Self::Identifier => "IDENTIFIER",
            Self::Country => "COUNTRY",
            Self::City => "CITY",
            Self::Kind => "KIND",
            Self::Homepage => "HOMEPAGE",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What spoke for an entity and against it: names first, then as [`Aspect`] is declared.
pub(super) fn reasons(matcher: &Matcher, asking: &Asking<'_>, position: u32, evidence: &Evidence) -> Vec<Reason> {
    let entity = &matcher.entities[position as usize];
    let has = |feature: Feature| evidence.features[feature as usize] > 0.0;
    let mut reasons = Vec::new();
    let mut add = |aspect, verdict, text: String| reasons.push(Reason { aspect, verdict, text });
    of_names(matcher, entity, evidence, &mut add);
    if has(Feature::Acronym) {
        add(Aspect::Acronym, Verdict::Agrees, "its acronym or another of its names agrees too".to_owned());
    }
    for identifier in &asking.question.identifiers {
        if entity.identifiers.contains(identifier) {
            add(Aspect::Identifier, Verdict::Agrees, format!("it has the identifier {identifier}"));
        } else if let Some(other) = entity.identifiers.iter().find(|other| other.scheme() == identifier.scheme()) {
            add(Aspect::Identifier, Verdict::Differs, format!("it has the identifier {other}, not {identifier}"));
        }
    }
    if let (Some(asked), Some(there)) = (asking.question.country, matcher.countries[position as usize]) {
        if asked == there {
            add(Aspect::Country, Verdict::Agrees, format!("it is in {}", there.name()));
        } else {
            add(Aspect::Country, Verdict::Differs, format!("it is in {}, not in {}", there.name(), asked.name()));
        }
    }
    if let (Some(asked), Some(there)) = (&asking.question.city, &entity.city) {
        if has(Feature::CityAgrees) {
            add(Aspect::City, Verdict::Agrees, format!("it is in {there}"));
        } else if has(Feature::CityDiffers) {
            add(Aspect::City, Verdict::Differs, format!("it is in {there}, not in {asked}"));
        }
    }
    of_kinds(asking, entity, evidence, &mut add);
    if let Some(host) = &asking.host {
        if has(Feature::HomepageAgrees) {
            add(Aspect::Homepage, Verdict::Agrees, format!("its page is at {host}"));
        } else if has(Feature::HomepageDiffers) {
            add(Aspect::Homepage, Verdict::Differs, format!("its page is not at {host}"));
        }
    }
    reasons
}

type Add<'a> = &'a mut dyn FnMut(Aspect, Verdict, String);

fn of_names(matcher: &Matcher, entity: &Entity, evidence: &Evidence, add: Add<'_>) {
    let value = |feature: Feature| evidence.features[feature as usize];
    let matched = evidence.matched(&matcher.index, entity);
    let worth = [
        Feature::CoversAsked,
        Feature::CoversName,
        Feature::CoversBoth,
        Feature::CoversLess,
        Feature::SameWords,
        Feature::SameLetters,
        Feature::Telling,
        Feature::LacksAsked,
        Feature::LacksName,
        Feature::SameHere,
        Feature::Conflict,
        Feature::ExtraAsked,
        Feature::ExtraName,
        Feature::ShortAlone,
    ];
    let worth: f64 = worth.into_iter().map(|feature| value(feature) * WEIGHTS[feature as usize]).sum();
    let verdict = if worth >= -WEIGHTS[Feature::Bias as usize] / 2.0 { Verdict::Agrees } else { Verdict::Differs };
    let percent = |share: f64| (share * 100.0).round();
    let text = if value(Feature::SameLetters) > 0.0 {
        format!("its name \"{matched}\" is the same but for case, diacritics and legal form")
    } else if value(Feature::SameWords) > 0.0 {
        format!("its name \"{matched}\" has the same words, in another order, language or abbreviation")
    } else {
        format!(
            "its name \"{matched}\" has {} % of what the asked name says, which has {} % of what it says",
            percent(value(Feature::CoversAsked)),
            percent(value(Feature::CoversName))
        )
    };
    add(Aspect::Name, verdict, text);
    if value(Feature::OrdinalsDiffer) > 0.0 {
        add(Aspect::Name, Verdict::Differs, "the two names are numbered differently".to_owned());
    }
    if value(Feature::Former) > 0.0 {
        add(Aspect::Name, Verdict::Differs, format!("\"{matched}\" is a former or misspelled name"));
    }
}

fn of_kinds(asking: &Asking<'_>, entity: &Entity, evidence: &Evidence, add: Add<'_>) {
    let has = |feature: Feature| evidence.features[feature as usize] > 0.0;
    let kinds = &asking.question.kinds;
    if !kinds.is_empty() {
        let agrees = kinds.contains(&entity.kind);
        let verdict = if agrees { Verdict::Agrees } else { Verdict::Differs };
        let text = format!("it is {} {}", entity.kind.article(), entity.kind);
        add(Aspect::Kind, verdict, if agrees { text } else { format!("{text}, which was not asked for") });
    }
    if has(Feature::HospitalOnlyAsked) {
        add(Aspect::Kind, Verdict::Differs, "a hospital is asked for, and no name of it is that of one".to_owned());
    } else if has(Feature::HospitalOnlyThere) {
        add(Aspect::Kind, Verdict::Differs, "its name is that of a hospital, the asked one is not".to_owned());
    } else if has(Feature::KindsDiffer) {
        add(Aspect::Kind, Verdict::Differs, "the two names say different sorts of bodies".to_owned());
    }
    if kinds.is_empty() && has(Feature::KindsShared) {
        add(Aspect::Kind, Verdict::Agrees, "both names say the same sort of body".to_owned());
    }
}
