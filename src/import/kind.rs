//! What a name says of the kind of an organization, where a registry knows fewer kinds than we do.

use crate::model::entity::EntityKind;
use crate::model::text;

/// Teaches medicine without being a whole university: a *medical university* is one and stays one.
const MEDICAL_SCHOOL: &[&str] = &[
    "medical school",
    "school of medicine",
    "school of medical",
    "medical college",
    "college of medicine",
    "college of medical",
    "faculty of medicine",
    "faculty of medical",
    "medical faculty",
    "medizinische fakultat",
    "faculte de medecine",
    "facultad de medicina",
    "faculdade de medicina",
    "facolta di medicina",
];
const HOSPITAL: &[&str] = &["hospital", "hopital", "ospedale", "krankenhaus", "klinikum", "clinic", "hospitalier"];
const FOUNDATION: &[&str] =
    &["foundation", "stiftung", "fondation", "fundacion", "fondazione", "fundacao", "stichting", "trust", "fund"];

fn says(name: &str, phrases: &[&str]) -> bool {
    let folded = format!(" {} ", text::folded(name));
    phrases.iter().any(|phrase| {
        folded
            .match_indices(phrase)
            .any(|(at, found)| folded[..at].ends_with(' ') && folded[at + found.len()..].starts_with(' '))
    })
}

/// A place of teaching: a medical school where the name says so, a university otherwise.
pub(super) fn of_education(name: &str) -> EntityKind {
    if says(name, MEDICAL_SCHOOL) { EntityKind::MedicalSchool } else { EntityKind::University }
}

/// A place of both teaching and care: a hospital where the name says so.
pub(super) fn of_education_and_care(name: &str) -> EntityKind {
    if says(name, HOSPITAL) { EntityKind::Hospital } else { of_education(name) }
}

/// A body without profit that gives money: a foundation where the name says so.
pub(super) fn of_giving_nonprofit(name: &str) -> EntityKind {
    if says(name, FOUNDATION) { EntityKind::Foundation } else { EntityKind::Nonprofit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_medical_university_is_a_university_and_its_school_a_medical_school() {
        assert_eq!(of_education("Medical University of Vienna"), EntityKind::University);
        assert_eq!(of_education("Faculté de Médecine de Tunis"), EntityKind::MedicalSchool);
        assert_eq!(of_education("Peking Union Medical College"), EntityKind::MedicalSchool);
        assert_eq!(of_education_and_care("West China Hospital"), EntityKind::Hospital);
        assert_eq!(of_giving_nonprofit("Trustworthy Systems"), EntityKind::Nonprofit);
    }
}
