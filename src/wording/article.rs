//! Which phrases take an article, and which.

use crate::model::entity::EntityKind;

/// Nouns that take an article with what they are of or for: the University of Oxford, the Institute of Physics.
const HEADS: [&str; 32] = [
    "Academy",
    "Agency",
    "Association",
    "Board",
    "Bureau",
    "Center",
    "Centre",
    "College",
    "Commission",
    "Committee",
    "Confederation",
    "Council",
    "Department",
    "Division",
    "Faculty",
    "Federation",
    "Foundation",
    "Fund",
    "Hospital",
    "Institute",
    "Lab",
    "Laboratory",
    "Library",
    "Ministry",
    "Museum",
    "Office",
    "Organisation",
    "Organization",
    "School",
    "Society",
    "Union",
    "University",
];

/// Nouns that end a name with an article: the Gates Foundation, the Royal Society.
const ENDS: [&str; 26] = [
    "Agency",
    "Alliance",
    "Association",
    "Board",
    "Bureau",
    "Commission",
    "Committee",
    "Confederation",
    "Consortium",
    "Council",
    "Department",
    "Division",
    "Faculty",
    "Federation",
    "Foundation",
    "Fund",
    "League",
    "Ministry",
    "Network",
    "Office",
    "Organisation",
    "Organization",
    "Secretariat",
    "Society",
    "Trust",
    "Union",
];

/// Nouns that end the name of a body that is neither hospital nor university with an article: these take none.
const RESEARCH_ENDS: [&str; 3] = ["Center", "Centre", "Institute"];

/// Nouns that public bodies alone go by, and that take an article at the end of a name as with what they are of or for.
const PUBLIC: [&str; 32] = [
    "Administration",
    "Archives",
    "Army",
    "Assembly",
    "Authority",
    "Bank",
    "Cabinet",
    "Command",
    "Congress",
    "Corps",
    "Court",
    "Delegation",
    "Directorate",
    "Embassy",
    "Executive",
    "Force",
    "Forces",
    "Government",
    "Guard",
    "Inspectorate",
    "Institution",
    "Library",
    "Museum",
    "Navy",
    "Observatory",
    "Parliament",
    "Police",
    "Senate",
    "Service",
    "Services",
    "Survey",
    "Treasury",
];

/// Nouns that take an article only with what they are of or for: the City of Helsinki, but Urla Municipality.
const PLACES: [&str; 14] = [
    "Canton",
    "Centers",
    "Centres",
    "City",
    "County",
    "District",
    "Institutes",
    "Kingdom",
    "Municipality",
    "Province",
    "Region",
    "Republic",
    "State",
    "Town",
];

/// The same as common nouns: "the HKUST medical school (planned)".
const COMMON_ENDS: [&str; 14] = [
    "center",
    "centre",
    "committee",
    "department",
    "division",
    "faculty",
    "group",
    "hospital",
    "institute",
    "laboratory",
    "office",
    "school",
    "team",
    "unit",
];

/// Whether the name of an organization takes "the" inside a sentence. Those that bring an article, and foreign names, do
/// not; nor do companies: *the* University of Oxford, but Sichuan University and Tsinghua University School of Medicine.
pub(super) fn organization_takes_article(kind: EntityKind, name: &str) -> bool {
    if kind == EntityKind::Company || starts_with_article(name) {
        return false;
    }
    let words = words_of(name);
    let Some((last, before)) = words.split_last() else { return false };
    let of_something = words.iter().position(|word| is_one_of(&HEADS, word)).is_some_and(|head| {
        // Albert Einstein College of Medicine is named after somebody, the Royal College of Physicians is not.
        let is_of_name = is_word("College", words[head]) && head > 0 && !is_word("Royal", words[head - 1]);
        is_of_something(&words, head) && !is_of_name && !words[..head].iter().any(|word| is_possessive(word))
    });
    let is_school = match kind {
        EntityKind::University | EntityKind::MedicalSchool | EntityKind::Hospital => true,
        EntityKind::ResearchCenter
        | EntityKind::Nonprofit
        | EntityKind::Foundation
        | EntityKind::Consortium
        | EntityKind::Office
        | EntityKind::Company
        | EntityKind::Government
        | EntityKind::Agreement
        | EntityKind::Event
        | EntityKind::Program
        | EntityKind::Person
        | EntityKind::Topic => false,
    };
    let ends = is_one_of(&ENDS, last) || COMMON_ENDS.contains(last) || (!is_school && is_one_of(&RESEARCH_ENDS, last));
    let is_determined = bring_article(before) || before.iter().any(|word| is_possessive(word));
    of_something || (ends && !is_determined && !before.is_empty())
}

/// Whether the name of a public body or an office takes "the" inside a sentence: where it is English by what it says it
/// is. *The* Ministry of Health and *the* Scottish Government, but Statistics Norway, Birmingham City Council and Urla
/// Belediyesi.
pub(super) fn public_body_takes_article(name: &str) -> bool {
    let words = words_of(name);
    let heads = [&HEADS[..], &ENDS, &PUBLIC, &PLACES];
    let is_head = |word: &&str| heads.iter().any(|heads| is_one_of(heads, word));
    let Some((last, before)) = words.split_last() else { return false };
    let of_something = (0..words.len()).any(|at| is_head(&words[at]) && is_of_something(&words, at));
    let of_town = is_word("Council", last)
        && before.last().is_some_and(|word| ["Borough", "City", "County", "District", "Town"].contains(word));
    let ends =
        [&ENDS[..], &PUBLIC, &RESEARCH_ENDS].iter().any(|heads| is_one_of(heads, last)) || COMMON_ENDS.contains(last);
    !starts_with_article(name) && (of_something || (ends && !of_town && !bring_article(before) && !before.is_empty()))
}

/// The words of a name without what it adds in brackets or after a comma: "…, Zhejiang University" says where, and is no
/// part of what it is.
fn words_of(name: &str) -> Vec<&str> {
    let bare = name.split(" (").next().unwrap_or(name);
    bare.split(',').next().unwrap_or(bare).split_whitespace().collect()
}

/// Whether the noun at a place of a name is of, for or on something, and the words before it bring no article.
fn is_of_something(words: &[&str], head: usize) -> bool {
    let next = words.get(head + 1).copied().unwrap_or("");
    ["of", "for", "on"].iter().any(|word| next.eq_ignore_ascii_case(word)) && !bring_article(&words[..head])
}

/// Whether words in the middle of a name bring an article: "UiT The Arctic University of Norway".
fn bring_article(words: &[&str]) -> bool {
    words.iter().any(|word| is_word("The", word))
}

/// Whether a word is one of these nouns, as a name spells it, in capitals too: "Ministry", "MINISTRY".
fn is_one_of(nouns: &[&str], word: &str) -> bool {
    nouns.iter().any(|noun| is_word(noun, word))
}

fn is_word(noun: &str, word: &str) -> bool {
    noun == word || (noun.len() == word.len() && noun.to_ascii_uppercase() == word)
}

/// The name of a consortium or an agreement with "the", unless it is a title, a number, a single word, or brings an article
/// further on: "FAIR: Data for all", "Grant agreement 101040197", "UiT The Arctic Alliance".
pub(super) fn with_article_of_body(name: &str) -> String {
    let bare = name.split(" (").next().unwrap_or(name);
    let last = bare.rsplit(' ').next().unwrap_or(bare);
    let is_number = last.len() > 4 && last.chars().all(|c| c.is_ascii_digit());
    let brings_article = bring_article(&words_of(head_of(bare)));
    if name.contains(": ") || is_number || !bare.contains(' ') || brings_article {
        name.to_owned()
    } else {
        with_definite_article(name)
    }
}

fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’")
}

/// A phrase with "the" before it, if it brings no article.
pub(super) fn with_definite_article(name: &str) -> String {
    if starts_with_article(name) { name.to_owned() } else { format!("the {name}") }
}

/// What a phrase is before it says of what, for what or where: "Training" of "Training of medical professionals".
pub(super) fn head_of(phrase: &str) -> &str {
    const ENDS: [&str; 10] = [" of ", " for ", " in ", " at ", " on ", " to ", " by ", " with ", " between ", ","];
    &phrase[..ENDS.iter().filter_map(|end| phrase.find(end)).min().unwrap_or(phrase.len())]
}

/// Whether a phrase brings its own article.
pub(super) fn starts_with_article(phrase: &str) -> bool {
    let first = phrase.split_whitespace().next().unwrap_or("");
    ["the", "a", "an"].iter().any(|article| first.eq_ignore_ascii_case(article)) && first.len() < phrase.len()
}

/// A phrase with "a" or "an" before it, if it brings no article, starts with a small letter and is no plural.
pub(super) fn with_indefinite_article(phrase: &str) -> String {
    if phrase.starts_with(char::is_lowercase) { indefinite(phrase) } else { phrase.to_owned() }
}

/// A phrase with "a" or "an" before it, if it brings no article and is no plural, whatever its case: "a Fellow".
pub(super) fn indefinite(phrase: &str) -> String {
    let head = head_of(phrase);
    let singular = !head.ends_with('s') || head.ends_with("ss");
    if starts_with_article(phrase) || !singular || !phrase.starts_with(char::is_alphabetic) {
        return phrase.to_owned();
    }
    format!("{} {phrase}", if sounds_like_a_vowel(phrase) { "an" } else { "a" })
}

/// "honorary", "expert", "undergraduate", but not "university", "European", "one-year".
fn sounds_like_a_vowel(phrase: &str) -> bool {
    const SILENT: [&str; 4] = ["heir", "honest", "honor", "hour"];
    const CONSONANT: [&str; 8] = ["eu", "one-", "ubiq", "uni", "use", "usu", "uti", "once"];
    const VOWEL: [&str; 3] = ["unid", "unim", "unin"];
    let lower = phrase.to_lowercase();
    let starts = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
    starts(&SILENT) || starts(&VOWEL) || (lower.starts_with(['a', 'e', 'i', 'o', 'u']) && !starts(&CONSONANT))
}

/// A title with the articles that a list of names may leave out: "Head of Division of Design" is Head of *the* Division
/// of Design, "Head of Oncology Department" Head of *the* Oncology Department.
pub(super) fn with_inner_articles(title: &str) -> String {
    const UNITS: [&str; 5] = ["Committee", "Department", "Division", "Faculty", "Office"];
    let words: Vec<&str> = title.split(' ').collect();
    let mut told: Vec<&str> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 && ["of", "at", "for"].contains(&words[at - 1]) {
            let name = &words[at..];
            let of_something = name.len() > 1 && HEADS.contains(word) && ["of", "for"].contains(&name[1]);
            let length = name.iter().take_while(|word| word.starts_with(char::is_uppercase)).count();
            let unit = name[..length.min(4)].iter().position(|word| UNITS.contains(&word.trim_end_matches([',', ';'])));
            let ends = unit.is_some_and(|at| {
                name[at].ends_with([',', ';']) || name.get(at + 1).is_none_or(|next| ["of", "for", "at"].contains(next))
            });
            if of_something || ends {
                told.push("the");
            }
        }
        told.push(word);
    }
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organizations_take_an_article_with_what_they_are_of_or_for() {
        for (kind, name, takes) in [
            (EntityKind::University, "University of Oxford", true),
            (EntityKind::University, "Massachusetts Institute of Technology", true),
            (EntityKind::University, "Sichuan University", false),
            (EntityKind::University, "The Hong Kong University of Science and Technology", false),
            (EntityKind::University, "University of California, Berkeley", true),
            (EntityKind::University, "King's College of Ontario", false),
            (EntityKind::MedicalSchool, "Albert Einstein College of Medicine", false),
            (EntityKind::Nonprofit, "Royal College of Physicians", true),
            (EntityKind::ResearchCenter, "Louisiana Cancer Research Center", true),
            (EntityKind::Hospital, "MD Anderson Cancer Center", false),
            (EntityKind::Nonprofit, "World Wide Fund for Nature", true),
            (EntityKind::University, "Université de Montréal", false),
            (EntityKind::MedicalSchool, "Tsinghua University School of Medicine", false),
            (EntityKind::MedicalSchool, "University of Pittsburgh School of Medicine", true),
            (EntityKind::MedicalSchool, "International School of Medicine, Zhejiang University", true),
            (EntityKind::MedicalSchool, "HKUST medical school (planned)", true),
            (EntityKind::Hospital, "West China Hospital", false),
            (EntityKind::ResearchCenter, "McGovern Institute for Brain Research", true),
            (EntityKind::ResearchCenter, "Oncology Department of the University of Oxford", true),
            (EntityKind::Foundation, "Gates Foundation", true),
            (EntityKind::Foundation, "Wellcome Trust", true),
            (EntityKind::Foundation, "Children's Foundation", false),
            (EntityKind::Company, "Institute of Finance", false),
            (EntityKind::Company, "FEI Company", false),
        ] {
            assert_eq!(organization_takes_article(kind, name), takes, "{name}");
        }
    }

    #[test]
    fn names_of_organizations_stand_as_people_write_them() {
        for (kind, name, takes) in [
            (EntityKind::University, "UiT The Arctic University of Norway", false),
            (EntityKind::University, "UNIVERSITY OF OXFORD", true),
            (EntityKind::University, "Technical University of Munich", true),
            (EntityKind::University, "Chinese University of Hong Kong", true),
            (EntityKind::University, "Imperial College London", false),
            (EntityKind::University, "Karolinska Institutet", false),
            (EntityKind::University, "ETH Zurich", false),
            (EntityKind::University, "Universidad Nacional Autónoma de México", false),
            (EntityKind::University, "London School of Hygiene & Tropical Medicine", true),
            (EntityKind::Hospital, "Massachusetts General Hospital", false),
            (EntityKind::Hospital, "Hospital for Sick Children", true),
            (EntityKind::Hospital, "Hospital Clínic de Barcelona", false),
            (EntityKind::Hospital, "The Christie Hospital", false),
            (EntityKind::Hospital, "Charité - Universitätsmedizin Berlin", false),
            (EntityKind::ResearchCenter, "Max Planck Institute for Informatics", true),
            (EntityKind::ResearchCenter, "Francis Crick Institute", true),
            (EntityKind::ResearchCenter, "Institut Pasteur", false),
            (EntityKind::ResearchCenter, "European Organization for Nuclear Research", true),
            (EntityKind::Nonprofit, "World Health Organization", true),
            (EntityKind::Nonprofit, "Alan Turing Institute", true),
            (EntityKind::Nonprofit, "Cancer Research UK", false),
            (EntityKind::Nonprofit, "Médecins Sans Frontières", false),
            (EntityKind::Nonprofit, "International Astronomical Union", true),
            (EntityKind::Foundation, "Fondation Leducq", false),
            (EntityKind::Foundation, "Novo Nordisk Foundation", true),
            (EntityKind::Company, "Boston Consulting Group", false),
        ] {
            assert_eq!(organization_takes_article(kind, name), takes, "{name}");
        }
    }

    #[test]
    fn public_bodies_take_an_article_where_they_are_english_by_what_they_are() {
        for (name, takes) in [
            ("UK Research and Innovation", false),
            ("Research Councils UK", false),
            ("Urla Belediyesi", false),
            ("DIGITALISERINGS- OG FORENKLINGSMINISTERIET", false),
            ("Bundesministerium für Bildung und Forschung", false),
            ("Ministère de la Santé", false),
            ("Statistics Norway", false),
            ("Health Canada", false),
            ("NHS England", false),
            ("Birmingham City Council", false),
            ("Urla Municipality", false),
            ("The National Archives", false),
            ("Ofsted", false),
            ("Ministry of Education of the People's Republic of China", true),
            ("MINISTRY OF HEALTH", true),
            ("Department of International Cooperation and Exchanges, Ministry of Education", true),
            ("Office of European Affairs, Ministry of Education", true),
            ("UMass Chan China Program Office", true),
            ("National Health Commission", true),
            ("Swedish Research Council", true),
            ("UK Space Agency", true),
            ("European Union", true),
            ("Scottish Government", true),
            ("People's Government of Sichuan Province", true),
            ("City of Helsinki", true),
            ("Food and Drug Administration", true),
            ("National Institutes of Health", true),
            ("Centers for Disease Control and Prevention", true),
            ("National Cancer Institute", true),
            ("British Library", true),
            ("World Bank", true),
            ("Canadian Coast Guard", true),
        ] {
            assert_eq!(public_body_takes_article(name), takes, "{name}");
        }
    }

    #[test]
    fn titles_numbers_and_single_words_are_names_without_an_article() {
        for (name, expected) in [
            ("FAIR: Data for all", "FAIR: Data for all"),
            ("Grant agreement 101040197 (QED-Spin)", "Grant agreement 101040197 (QED-Spin)"),
            ("CORDIS project 206772", "CORDIS project 206772"),
            ("Eurodoc", "Eurodoc"),
            ("FORWIT (Austrian Council)", "FORWIT (Austrian Council)"),
            ("UArctic The Northern Alliance", "UArctic The Northern Alliance"),
            ("China-UK University Consortium on Medicine", "the China-UK University Consortium on Medicine"),
            ("Global Pact 2024", "the Global Pact 2024"),
            ("The Health Alliance", "The Health Alliance"),
        ] {
            assert_eq!(with_article_of_body(name), expected);
        }
    }

    #[test]
    fn the_indefinite_article_follows_the_sound() {
        for (phrase, expected) in [
            ("honorary president", "an honorary president"),
            ("hospital", "a hospital"),
            ("European partner", "a European partner"),
            ("one-year fellow", "a one-year fellow"),
            ("university", "a university"),
            ("undergraduate", "an undergraduate"),
            ("umbrella body", "an umbrella body"),
            ("Fellow", "a Fellow"),
            ("partners", "partners"),
            ("the host", "the host"),
            ("3rd speaker", "3rd speaker"),
        ] {
            assert_eq!(indefinite(phrase), expected);
        }
        assert_eq!(with_indefinite_article("President"), "President");
    }

    #[test]
    fn titles_get_back_the_articles_that_lists_leave_out() {
        for (title, expected) in [
            ("Acting Head of Division of Design", "Acting Head of the Division of Design"),
            ("Head of Oncology Department", "Head of the Oncology Department"),
            (
                "Dean of Faculty of Medicine, Zhejiang University",
                "Dean of the Faculty of Medicine, Zhejiang University",
            ),
            ("Head of the Oncology Department", "Head of the Oncology Department"),
            ("Director of International Office, Europe", "Director of the International Office, Europe"),
            ("Professor of Office Design", "Professor of Office Design"),
            ("President of Sichuan University", "President of Sichuan University"),
            ("Professor of Medicine", "Professor of Medicine"),
            ("Secretary of the Party Committee", "Secretary of the Party Committee"),
        ] {
            assert_eq!(with_inner_articles(title), expected);
        }
    }
}
