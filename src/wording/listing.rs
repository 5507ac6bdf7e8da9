//! Several names in one sentence, and the commas that names bring along.

use super::noun::noun;
use crate::model::entity::{Entity, EntityKind};

/// "A", "A and B", "A, B and C"; with semicolons where a name holds a comma itself.
pub(super) fn list(nouns: &[String]) -> String {
    match nouns {
        [] => String::new(),
        [only] => only.clone(),
        [first, last] if first.contains(',') => format!("{}, and {last}", first.trim_end_matches(',')),
        [most @ .., _] if most.len() > 1 && nouns.iter().any(|noun| noun.trim_end_matches(',').contains(',')) => {
            let plain: Vec<&str> = nouns.iter().map(|noun| noun.trim_end_matches(',')).collect();
            let last = plain.len() - 1;
            format!("{}; and {}", plain[..last].join("; "), plain[last])
        }
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The names of several entities as they stand inside a sentence.
pub(super) fn list_of(entities: &[&Entity]) -> String {
    list(&entities.iter().map(|entity| noun(entity).to_string()).collect::<Vec<_>>())
}

/// The names of the first few of several entities, and how many more there are: "A, B, C and 2 more".
pub(super) fn first_names(entities: &[&Entity]) -> String {
    first_few(entities, |entity| noun(entity).to_string(), "more")
}

/// The first few of several things by name, and how many others there are. All are named where only one would be left.
pub(super) fn first_few<T>(things: &[T], name: impl Fn(&T) -> String, others: &str) -> String {
    const SHOWN: usize = 3;
    let shown = if things.len() == SHOWN + 1 { SHOWN + 1 } else { SHOWN };
    let mut names: Vec<String> = things.iter().take(shown).map(name).collect();
    if things.len() > shown {
        names.push(format!("{} {others}", things.len() - shown));
    }
    list(&names)
}

/// The name of an entity inside a sentence that goes on after it.
pub(super) fn noun_going_on(entity: &Entity) -> String {
    closed(noun(entity).to_string(), entity)
}

/// The same words, closed by a comma where they end in an entity whose name ends in what explains it: "the Ministry's
/// office, Beijing*,* is …".
pub(super) fn closed(words: String, last: &Entity) -> String {
    if ends_in_apposition(&words, last) { format!("{words},") } else { words }
}

/// Whether words end in the name of an entity, and the name in what explains it after a comma: "School of Medicine,
/// Zhejiang University". A list of what something is for, or a title, explains nothing.
pub(super) fn ends_in_apposition(words: &str, last: &Entity) -> bool {
    const FORMS: [&str; 9] = ["Inc", "LLC", "LLP", "Ltd", "PLC", "S.A", "GmbH", "Limited", "plc"];
    match last.kind {
        EntityKind::Company | EntityKind::Person | EntityKind::Topic => return false,
        EntityKind::University
        | EntityKind::MedicalSchool
        | EntityKind::Hospital
        | EntityKind::Consortium
        | EntityKind::ResearchCenter
        | EntityKind::Office
        | EntityKind::Foundation
        | EntityKind::Government
        | EntityKind::Nonprofit
        | EntityKind::Agreement
        | EntityKind::Event
        | EntityKind::Program => {}
    }
    let name = noun(last).to_string();
    name.rsplit_once(", ").is_some_and(|(_, explained)| {
        let listed =
            format!(" {explained}").to_lowercase().contains(" and ") || explained.contains('&') || name.contains(": ");
        words.ends_with(explained) && !listed && !FORMS.contains(&explained.trim_end_matches('.'))
    })
}

/// Whether an entity can stand in a list with others and stay one thing: "grants, philanthropy and fund raising" can't.
pub(super) fn can_be_listed(entity: &Entity) -> bool {
    let name = noun(entity).to_string();
    let is_several = entity.kind == EntityKind::Topic && name.contains(" and ");
    !is_several && !name.contains(',')
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn a_list_stays_clear_where_its_names_hold_commas() {
        for (names, expected) in [
            (&["A"][..], "A"),
            (&["A", "B"], "A and B"),
            (&["A", "B", "C"], "A, B and C"),
            (&["the visit, 2024", "B"], "the visit, 2024, and B"),
            (&["A", "the visit, 2024"], "A and the visit, 2024"),
            (&["A", "the visit, 2024", "C"], "A; the visit, 2024; and C"),
        ] {
            assert_eq!(list(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()), expected);
        }
    }
}
