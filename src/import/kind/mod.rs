//! What a name says of the kind of an organization, where a registry knows fewer kinds than we do. The words are lists of
//! text beside this file.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::model::entity::EntityKind;
use crate::model::text;

/// Words and phrases that say one thing in a name.
#[derive(Default)]
struct Words {
    words: HashSet<&'static str>,
    /// Several words, with a space before and behind.
    phrases: Vec<String>,
    /// Those that count only where a name begins, with a space behind.
    starts: Vec<String>,
    /// Those that a word may end in.
    ends: Vec<&'static str>,
}

impl Words {
    fn read(list: &'static str) -> Self {
        let mut words = Self::default();
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        for entry in lines.filter_map(|line| line.split('\t').next()).filter(|entry| !entry.is_empty()) {
            if let Some(end) = entry.strip_prefix('*') {
                words.ends.push(end);
            } else if let Some(start) = entry.strip_prefix('^') {
                words.starts.push(format!("{start} "));
            } else if entry.contains(' ') {
                words.phrases.push(format!(" {entry} "));
            } else {
                words.words.insert(entry);
            }
        }
        words
    }

    /// Whether a name, folded and with a space at both ends, says it.
    fn are_in(&self, name: &str) -> bool {
        let says = |word: &str| self.words.contains(word) || self.ends.iter().any(|end| word.ends_with(end));
        name.split_whitespace().any(says)
            || self.phrases.iter().any(|phrase| name.contains(phrase.as_str()))
            || self.starts.iter().any(|start| name[1..].starts_with(start.as_str()))
    }
}

struct Lists {
    medical_school: Words,
    hospital: Words,
    of_hospitals: Words,
    foundation: Words,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| Lists {
        medical_school: Words::read(include_str!("medical-school.txt")),
        hospital: Words::read(include_str!("hospital.txt")),
        of_hospitals: Words::read(include_str!("of-hospitals.txt")),
        foundation: Words::read(include_str!("foundation.txt")),
    })
}

fn spaced(name: &str) -> String {
    format!(" {} ", text::folded(name))
}

/// A hospital or a medical school where the name says so, whatever else is known of it.
pub(super) fn of_name(name: &str) -> Option<EntityKind> {
    let (name, lists) = (spaced(name), lists());
    if lists.hospital.are_in(&name) && !lists.of_hospitals.are_in(&name) {
        return Some(EntityKind::Hospital);
    }
    lists.medical_school.are_in(&name).then_some(EntityKind::MedicalSchool)
}

/// A place of teaching: a medical school where the name says so, a university otherwise.
pub(super) fn of_education(name: &str) -> EntityKind {
    let is_school = lists().medical_school.are_in(&spaced(name));
    if is_school { EntityKind::MedicalSchool } else { EntityKind::University }
}

/// A place of both teaching and care: a hospital where the name says so.
pub(super) fn of_education_and_care(name: &str) -> EntityKind {
    of_name(name).unwrap_or(EntityKind::University)
}

/// A body without profit that gives money: a foundation where the name says so.
pub(super) fn of_giving_nonprofit(name: &str) -> EntityKind {
    if lists().foundation.are_in(&spaced(name)) { EntityKind::Foundation } else { EntityKind::Nonprofit }
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

    #[test]
    fn a_name_that_says_hospital_is_a_hospitals_in_any_language() {
        for name in [
            "UNIVERSITATSKLINIKUM BONN",
            "Klinikum der Universität zu Köln",
            "KLINIKUM DER LUDWIG-MAXIMILIANS-UNIVERSITAT MUNCHEN",
            "Charité - Universitätsmedizin Berlin",
            "ACADEMISCH ZIEKENHUIS GRONINGEN",
            "UNIVERSITAIR MEDISCH CENTRUM UTRECHT",
            "OSLO UNIVERSITETSSYKEHUS HF",
            "SODERSJUKHUSET AB",
            "REGION HOVEDSTADEN RIGSHOSPITALET",
            "Fundació Hospital Universitari de l'Hospital del Mar",
            "AZIENDA OSPEDALIERO-UNIVERSITARIA DI BOLOGNA",
            "Fondazione Policlinico Universitario Agostino Gemelli IRCCS",
            "CENTRE HOSPITALIER ANNECY GENEVOIS",
            "ASSOCIATION HOPITAL FOCH",
            "Clinica Universidad de Navarra",
            "LIVERPOOL HEART AND CHEST HOSPITAL NHS FOUNDATION TRUST",
            "St. Jude Children's Research Hospital",
            "SIHTASUTUS TALLINNA LASTEHAIGLA",
            "Semmelweis Kórház",
            "Γενικό Νοσοκομείο Αθηνών",
            "四川大学华西医院",
        ] {
            assert_eq!(of_name(name), Some(EntityKind::Hospital), "{name}");
        }
    }

    #[test]
    fn a_body_for_a_hospital_or_of_several_is_none() {
        for name in [
            "FUNDACION PARA LA INVESTIGACION BIOMEDICA DEL HOSPITAL UNIVERSITARIO LA PAZ",
            "Fundació Hospital Universitari Vall d'Hebron - Institut de Recerca",
            "Ottawa Hospital Research Institute",
            "European University Hospital Alliance",
            "Centro di Psicologia Clinica SRL",
            "Institut de Recherche Clinique du Bénin",
            "Hospitality Partners Ltd",
            "Clinical Trials Unit",
            "Deutscher Krankenhausverband",
        ] {
            assert_eq!(of_name(name), None, "{name}");
        }
        assert_eq!(of_name("St George's Hospital Medical School"), Some(EntityKind::MedicalSchool));
    }
}
