//! What the name of one end repeats of the other, and need not say beside it.

use super::noun::{Noun, has_word, noun};
use crate::model::entity::{Entity, Family};
use crate::model::name::NameKind;

/// The names by which an entity may be meant inside another's name, longest first.
pub(super) fn names(entity: &Entity) -> Vec<String> {
    let others = entity.names.iter().filter(|name| name.kind != NameKind::Misspelling).map(|name| name.text.clone());
    let mut names: Vec<String> = [noun(entity).words, entity.name.clone()].into_iter().chain(others).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// The target without the source: the "MBBS program of Zhejiang University" is *its* MBBS program, and it hosts the visit
/// of the deans that led *to Zhejiang University*.
pub(super) fn beside(source: &Entity, target: &Entity) -> Noun {
    let noun = noun(target);
    if let Some(words) = without_start(&noun.words, source).filter(|_| target.kind.family() != Family::Organization) {
        return Noun { words: format!("its {words}"), ..noun };
    }
    let Some((head, joint)) = without_end(&noun.words, source) else { return noun };
    let owned = [" of ", ", "].contains(&joint);
    let words = match (owned, source.kind.family()) {
        (true, Family::Person) => return noun,
        (true, _) => possessive(head),
        (false, _) => head.to_owned(),
    };
    Noun { words, ..noun }
}

/// The source without the target that it is named for: "The Oncology Department is part of the University of Oxford"; or
/// without what the names of both end in.
pub(super) fn without_other(source: &Entity, target: &Entity) -> Option<Noun> {
    let source_noun = noun(source);
    let head = without_end(&source_noun.words, target).map(|(head, _)| head).or_else(|| {
        let of_both = source_noun.words.find(", ").or_else(|| source_noun.words.find(" of the "))?;
        let (head, end) = source_noun.words.split_at(of_both);
        let ends_alike = noun(target).words.strip_suffix(end).is_some_and(|head| head.contains(' '));
        (ends_alike && source.kind.family() == Family::Organization).then_some(head)
    })?;
    let words = head.trim_start_matches("the ").contains(' ').then(|| head.to_owned())?;
    Some(Noun { words, ..source_noun })
}

/// What comes after another's name at the start of a text: "Young University Rankings" of "the Times Higher Education
/// Young University Rankings".
fn without_start<'a>(text: &'a str, other: &Entity) -> Option<&'a str> {
    let text = text.strip_prefix("the ").filter(|_| other.kind.family() == Family::Organization)?;
    let after = |name: &String| text.strip_prefix(name.as_str())?.strip_prefix(' ');
    names(other).iter().find_map(after).filter(|rest| rest.contains(' '))
}

/// What comes before another's name at the end of a text, and what joins the two.
fn without_end<'a>(text: &'a str, other: &Entity) -> Option<(&'a str, &'static str)> {
    const JOINTS: [&str; 7] = [" of ", ", ", " to ", " at ", " in ", " for ", " by "];
    names(other).iter().find_map(|name| {
        let before = text.strip_suffix(name.as_str())?;
        let before = before.strip_suffix("the ").unwrap_or(before);
        JOINTS.iter().find_map(|joint| Some((before.strip_suffix(joint)?, *joint)))
    })
}

/// "its MBBS program", "the task force on its curriculum"
fn possessive(head: &str) -> String {
    match head.rsplit_once(" the ") {
        Some((before, owned)) => format!("{before} its {owned}"),
        None => format!("its {}", head.strip_prefix("the ").unwrap_or(head)),
    }
}

/// An occasion without the people whom the words before it name: who met Nancy Ip met her during the visit to the hospital,
/// and not during the visit of Nancy Ip to the hospital.
pub(super) fn without_people(object: &str, said: &str, source: &Entity) -> String {
    let Some((head, rest)) = object.split_once(" of ") else { return object.to_owned() };
    let end = [" to ", " at ", " in ", " on "].iter().filter_map(|joint| rest.find(joint)).min().unwrap_or(rest.len());
    let (people, rest) = rest.split_at(end);
    let last = people.rsplit(' ').next().unwrap_or(people);
    if has_word(said, last) || names(source).iter().any(|name| name == people) {
        format!("{head}{rest}")
    } else {
        object.to_owned()
    }
}
