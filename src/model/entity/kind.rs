//! The kinds of entities, and the families they fall into.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::violation::Violation;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntityKind {
    /// A university, or a college of one.
    University,
    /// A medical school, or a faculty that teaches medicine.
    MedicalSchool,
    /// A hospital or another place of care.
    Hospital,
    /// A body whose members are organizations: an alliance, a network, a project consortium.
    Consortium,
    /// A body that does research: an institute, a center, a department, an academy.
    ResearchCenter,
    /// An administrative unit of another body.
    Office,
    /// A business.
    Company,
    /// A body that gives money.
    Foundation,
    /// A ministry, agency, consulate or bureau.
    Government,
    /// A body without profit that is none of the others.
    Nonprofit,
    /// A human being.
    Person,
    /// Something that parties agreed on in writing: an agreement, a declaration, an initiative.
    Agreement,
    /// Something that happened at a time: a meeting, a forum, a visit, a ceremony.
    Event,
    /// Something that is offered or run: a course, an exchange, a ranking, a strategy.
    Program,
    /// A field of work.
    Topic,
}

/// A group of kinds that share their fields and the relationships they may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Everything from a university to a nonprofit.
    Organization,
    /// Persons.
    Person,
    /// Agreements.
    Agreement,
    /// Events.
    Event,
    /// Programs.
    Program,
    /// Topics.
    Topic,
}

impl EntityKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 15] = [
        Self::University,
        Self::MedicalSchool,
        Self::Hospital,
        Self::Consortium,
        Self::ResearchCenter,
        Self::Office,
        Self::Company,
        Self::Foundation,
        Self::Government,
        Self::Nonprofit,
        Self::Person,
        Self::Agreement,
        Self::Event,
        Self::Program,
        Self::Topic,
    ];

    /// The family it falls into.
    pub fn family(self) -> Family {
        match self {
            Self::University
            | Self::MedicalSchool
            | Self::Hospital
            | Self::Consortium
            | Self::ResearchCenter
            | Self::Office
            | Self::Company
            | Self::Foundation
            | Self::Government
            | Self::Nonprofit => Family::Organization,
            Self::Person => Family::Person,
            Self::Agreement => Family::Agreement,
            Self::Event => Family::Event,
            Self::Program => Family::Program,
            Self::Topic => Family::Topic,
        }
    }

    /// The article before its name: "an" AGREEMENT, "a" UNIVERSITY.
    pub fn article(self) -> &'static str {
        match self {
            Self::Office | Self::Agreement | Self::Event => "an",
            Self::University
            | Self::MedicalSchool
            | Self::Hospital
            | Self::Consortium
            | Self::ResearchCenter
            | Self::Company
            | Self::Foundation
            | Self::Government
            | Self::Nonprofit
            | Self::Person
            | Self::Program
            | Self::Topic => "a",
        }
    }

    /// Its name in data and in the API: `MEDICAL_SCHOOL`.
    pub fn name(self) -> &'static str {
        match self {
            Self::University => "UNIVERSITY",
            Self::MedicalSchool => "MEDICAL_SCHOOL",
            Self::Hospital => "HOSPITAL",
            Self::Consortium => "CONSORTIUM",
            Self::ResearchCenter => "RESEARCH_CENTER",
            Self::Office => "OFFICE",
            Self::Company => "COMPANY",
            Self::Foundation => "FOUNDATION",
            Self::Government => "GOVERNMENT",
            Self::Nonprofit => "NONPROFIT",
            Self::Person => "PERSON",
            Self::Agreement => "AGREEMENT",
            Self::Event => "EVENT",
            Self::Program => "PROGRAM",
            Self::Topic => "TOPIC",
        }
    }
}

impl Family {
    /// Its name in a sentence, in the plural.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Organization => "organizations",
            Self::Person => "persons",
            Self::Agreement => "agreements",
            Self::Event => "events",
            Self::Program => "programs",
            Self::Topic => "topics",
        }
    }
}

impl FromStr for EntityKind {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            let names: Vec<&str> = Self::ALL.iter().map(|kind| kind.name()).collect();
            Violation::new(format!("\"{shown}\" is no kind of entity"), format!("use one of {}", names.join(", ")))
                .of("kind")
        })
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_stored_form() {
        for kind in EntityKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(kind.name().parse::<EntityKind>().unwrap(), kind);
        }
    }

    #[test]
    fn the_list_follows_the_declaration() {
        for (position, kind) in EntityKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, position);
        }
    }
}
