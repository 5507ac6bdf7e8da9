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
const ENDS: [&str; 21] = [
    "Agency",
    "Alliance",
    "Association",
    "Board",
    "Bureau",
    "Commission",
    "Committee",
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
    "Secretariat",
    "Society",
    "Trust",
];

/// Nouns that end the name of a research center with an article; hospitals and universities so called take none.
const RESEARCH_ENDS: [&str; 3] = ["Center", "Centre", "Institute"];

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
    let bare = name.split(" (").next().unwrap_or(name);
    // "…, Zhejiang University" says where, and is no part of what it is.
    let words: Vec<&str> = bare.split(',').next().unwrap_or(bare).split_whitespace().collect();
    let Some((last, before)) = words.split_last() else { return false };
    let head = words.iter().position(|word| HEADS.contains(word));
    let of_something = head.is_some_and(|at| {
        let next = words.get(at + 1).copied().unwrap_or("");
        // Albert Einstein College of Medicine is named after somebody, the Royal College of Physicians is not.
        let is_of_name = words[at] == "College" && at > 0 && words[at - 1] != "Royal";
        ["of", "for", "on"].contains(&next) && !is_of_name && !words[..at].iter().any(|word| is_possessive(word))
    });
    let ends = ENDS.contains(last)
        || COMMON_ENDS.contains(last)
        || (kind == EntityKind::ResearchCenter && RESEARCH_ENDS.contains(last));
    of_something || (ends && !before.is_empty() && !before.iter().any(|word| is_possessive(word)))
}

/// The name of a consortium, an agreement or a public body with "the", unless it is a title, a number or a single word:
/// "FAIR: Data for all", "Grant agreement 101040197", "Ofsted".
pub(super) fn with_article_of_body(name: &str) -> String {
    let bare = name.split(" (").next().unwrap_or(name);
    let last = bare.rsplit(' ').next().unwrap_or(bare);
    let is_number = last.len() > 4 && last.chars().all(|c| c.is_ascii_digit());
    if name.contains(": ") || is_number || !bare.contains(' ') { name.to_owned() } else { with_definite_article(name) }
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
    fn titles_numbers_and_single_words_are_names_without_an_article() {
        for (name, expected) in [
            ("FAIR: Data for all", "FAIR: Data for all"),
            ("Grant agreement 101040197 (QED-Spin)", "Grant agreement 101040197 (QED-Spin)"),
            ("CORDIS project 206772", "CORDIS project 206772"),
            ("Ofsted", "Ofsted"),
            ("FORWIT (Austrian Council)", "FORWIT (Austrian Council)"),
            ("Ministry of Health", "the Ministry of Health"),
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
