//! Names of hospitals of ROR, written as registries of clinical trials write them: a model of their noise, seeded by
//! the ROR id, so that every run asks the same. How they are answered is measured in `main`.

use consortia::matching::Question;
use consortia::model::entity::Entity;

/// One sort of noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noise {
    /// As ROR has it, perhaps another of its names.
    Plain,
    /// In capital letters.
    Capitals,
    /// A site's number before or behind it.
    Number,
    /// A department before or behind it.
    Department,
    /// City, postal code and country behind it.
    Address,
    /// University and hospital shortened.
    Short,
    /// Its city behind it, without a comma.
    Town,
    /// A letter left out.
    Misspelled,
    /// A department, an address and a number.
    Everything,
}

impl Noise {
    /// All sorts.
    pub(crate) const ALL: [Self; 9] = [
        Self::Plain,
        Self::Capitals,
        Self::Number,
        Self::Department,
        Self::Address,
        Self::Short,
        Self::Town,
        Self::Misspelled,
        Self::Everything,
    ];
}

const BEFORE: [&str; 6] = [
    "Site {n} - ",
    "Investigational Site Number {n}, ",
    "{n} ",
    "Site {n}: ",
    "Research Site {n}, ",
    "Center No. {n} - ",
];
const BEHIND: [&str; 6] = [" /ID# {n}", " ( Site {n})", ", Site {n}", " - Site {n}", " #{n}", "; Site ID {n}"];
const DEPARTMENTS: [(&str, [&str; 4]); 5] = [
    ("DE AT CH", ["Klinik I für Innere Medizin", "Klinik für Kardiologie", "Abt. Onkologie", "Medizinische Klinik II"]),
    (
        "FR BE",
        [
            "Service de Pneumologie",
            "Service d'Oncologie Médicale",
            "Département de Neurologie",
            "Service d'Hématologie",
        ],
    ),
    (
        "ES MX AR CO CL",
        [
            "Servicio de Cardiología",
            "Servicio de Oncología Médica",
            "Unidad de Neurología",
            "Dept. de Medicina Interna",
        ],
    ),
    ("IT", ["U.O. Oncologia Medica", "Dipartimento di Ematologia", "Reparto di Neurologia", "S.C. Cardiologia"]),
    ("", ["Department of Cardiology", "Dept. of Medical Oncology", "Oncology Unit", "Division of Hematology"]),
];

/// In which countries what is shortened how; everywhere where none is named.
const SHORTENED: [(&str, &str, &str); 25] = [
    ("FR BE", "Centre Hospitalier Universitaire", "CHU"),
    ("FR BE", "Centre Hospitalier Régional", "CHR"),
    ("FR BE", "Centre Hospitalier", "CH"),
    ("FR BE", "Hôpital", "Hop."),
    ("IT", "Azienda Ospedaliera Universitaria", "A.O.U."),
    ("IT", "Azienda Ospedaliero-Universitaria", "AOU"),
    ("IT", "Azienda Ospedaliera", "A.O."),
    ("IT", "Ospedale", "Osp."),
    ("IT", "Presidio Ospedaliero", "P.O."),
    ("ES MX AR CL CO PE", "Hospital Clínico Universitario", "HCU"),
    ("ES MX AR CL CO PE", "Hospital Universitario", "H.U."),
    ("ES MX AR CL CO PE", "Hospital General", "H. Gral."),
    ("ES MX AR CL CO PE PT BR", "Hospital", "H."),
    ("PT BR", "Centro Hospitalar", "CH"),
    ("DE AT", "Universitätsklinikum", "Uniklinik"),
    ("DE AT", "Universitätsklinikum", "Univ.-Klinik"),
    ("DE AT", "Krankenhaus", "KH"),
    ("CN", "Affiliated Hospital", "Affil. Hosp."),
    ("", "University", "Univ."),
    ("", "Hospital", "Hosp."),
    ("", "Medical", "Med."),
    ("", "Center", "Ctr"),
    ("", "Universit", "Univ"),
    ("", "Saint ", "St. "),
    ("", "National", "Natl"),
];

/// A question about an entity with this noise in its name.
pub(crate) fn question(entity: &Entity, noise: Noise, random: u64) -> Question {
    let mut dice = random | 1;
    let mut throw = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    let names: Vec<&str> = entity.all_names().filter(|name| name.split_whitespace().count() > 1).collect();
    let name = if names.is_empty() || throw(2) == 0 { entity.name.as_str() } else { names[throw(names.len())] };
    written(name, entity, noise, &mut throw)
}

/// A question about an entity by one of its names, as a registry may have written it.
pub(crate) fn any(name: &str, entity: &Entity, random: u64) -> Question {
    let mut dice = random | 1;
    let mut throw = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    let noise = match throw(20) {
        0..=6 => Noise::Plain,
        7 => Noise::Capitals,
        8 => Noise::Number,
        9..=11 => Noise::Department,
        12..=13 => Noise::Address,
        14..=16 => Noise::Short,
        17 => Noise::Misspelled,
        18 => Noise::Town,
        _ => Noise::Everything,
    };
    written(name, entity, noise, &mut throw)
}

fn written(name: &str, entity: &Entity, noise: Noise, throw: &mut dyn FnMut(usize) -> usize) -> Question {
    let mut name = name.to_owned();
    let country = entity.country.as_ref().map_or("", |country| country.as_str());
    let number = format!("{:04}", throw(9_999));
    let numbered = |name: String, throw: &mut dyn FnMut(usize) -> usize| {
        if throw(2) == 0 {
            BEFORE[throw(6)].replace("{n}", &number) + &name
        } else {
            name + &BEHIND[throw(6)].replace("{n}", &number)
        }
    };
    let departed = |name: String, throw: &mut dyn FnMut(usize) -> usize| {
        let local = DEPARTMENTS.iter().find(|(countries, _)| countries.contains(country) || countries.is_empty());
        let list = if throw(3) == 0 { &DEPARTMENTS[4] } else { local.unwrap_or(&DEPARTMENTS[4]) };
        let department = list.1[throw(4)];
        match throw(3) {
            0 => format!("{department}, {name}"),
            1 => format!("{name} - {department}"),
            _ => format!("{name}, {department}"),
        }
    };
    let addressed = |name: String, throw: &mut dyn FnMut(usize) -> usize| {
        let city = entity.city.as_deref().unwrap_or("Elsewhere");
        let code = 10_000 + throw(89_999);
        match throw(3) {
            0 => format!("{name}, {city}"),
            1 => format!("{name}, {code} {city}"),
            _ => format!("{name}, {city}, {code}, {}", entity.country.as_ref().map_or("", |country| country.name())),
        }
    };
    name = match noise {
        Noise::Town => format!("{name} {}", entity.city.as_deref().unwrap_or_default()),
        Noise::Plain => name,
        Noise::Capitals => name.to_uppercase(),
        Noise::Number => numbered(name, throw),
        Noise::Department => departed(name, throw),
        Noise::Address => addressed(name, throw),
        Noise::Short => SHORTENED
            .iter()
            .filter(|(countries, ..)| countries.is_empty() || countries.contains(country))
            .fold(name, |name, (_, long, short)| name.replace(long, short)),
        Noise::Misspelled => {
            let letters: Vec<char> = name.chars().collect();
            let left_out = 1 + throw(letters.len().max(3) - 2);
            letters.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, letter)| letter).collect()
        }
        Noise::Everything => {
            let name = addressed(departed(name, throw), throw);
            numbered(name, throw)
        }
    };
    Question { name, country: entity.country, ..Question::default() }
}
