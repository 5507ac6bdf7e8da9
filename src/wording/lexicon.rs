//! The word lists of this folder, one word a line, and the forms of verbs.

use super::verb::{Verb, VerbSort};

pub(super) const ADJECTIVES: &str = include_str!("words/adjectives.txt");
pub(super) const ADVERBIALS: &str = include_str!("words/adverbials.txt");
pub(super) const GIFTS: &str = include_str!("words/gifts.txt");
pub(super) const JOINT_WORK: &str = include_str!("words/joint-work.txt");
pub(super) const MANNERS: &str = include_str!("words/manners.txt");
pub(super) const PARTNERS: &str = include_str!("words/partners.txt");
pub(super) const PROGRAMS: &str = include_str!("words/programs.txt");
pub(super) const SESSIONS: &str = include_str!("words/sessions.txt");
pub(super) const SOLE: &str = include_str!("words/sole.txt");
pub(super) const TITLES_AT: &str = include_str!("words/titles-at.txt");
/// Of each verb its bare form; its past and its participle where they are irregular; and the preposition before what it
/// is done at, after a "+", where that is not the kind's.
const VERBS: &str = include_str!("words/verbs.txt");

/// Whether a list has a word.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.lines().any(|line| line.eq_ignore_ascii_case(word))
}

/// What a list says of a word.
pub(super) fn entry<'a>(list: &'a str, word: &str) -> Option<&'a str> {
    list.lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(key, _)| key.eq_ignore_ascii_case(word))
        .map(|(_, said)| said)
}

/// The form in which a verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Bare,
    Present,
    Past,
}

/// A word as the form of a verb: of a listed one, or by its ending the past of one whose bare form is not known.
pub(super) struct Found {
    /// The verb, with nothing after it. Its bare form is empty where it is not known.
    pub(super) verb: Verb,
    pub(super) form: Form,
    /// The preposition that it takes.
    pub(super) preposition: Option<&'static str>,
}

/// The verb that a word is a form of.
pub(super) fn find_verb(word: &str) -> Option<Found> {
    let be = |form| Some(Found { verb: Verb::being([""; 2]).of_sort(VerbSort::MomentaryAct), form, preposition: None });
    match word {
        "was" | "were" => return be(Form::Past),
        "is" | "are" => return be(Form::Present),
        _ if lists(ADJECTIVES, word) => return None,
        _ => {}
    }
    VERBS.lines().find_map(|line| {
        let mut words = line.split(' ');
        let bare = words.next()?;
        let preposition = line.split_once('+').map(|(_, preposition)| preposition);
        let mut irregular = words.filter(|word| !word.starts_with('+'));
        let past = irregular.next().map_or_else(|| past(bare), str::to_owned);
        let participle = irregular.next().map_or_else(|| past.clone(), str::to_owned);
        let form = match word {
            _ if word == past => Form::Past,
            _ if word == bare => Form::Bare,
            _ if word == present(bare) => Form::Present,
            _ => return None,
        };
        let verb = Verb::new(bare, past, participle, VerbSort::MomentaryAct);
        Some(Found { verb, form, preposition })
    })
}

/// A word that ends as the past of a verb does.
pub(super) fn past_by_ending(word: &str) -> Option<Found> {
    let is_past = word.ends_with("ed") && word.starts_with(char::is_lowercase) && !lists(ADJECTIVES, word);
    let verb = Verb::new("", word.to_owned(), word.to_owned(), VerbSort::MomentaryAct);
    is_past.then_some(Found { verb, form: Form::Past, preposition: None })
}

/// "gives", "teaches", "carries"
pub(super) fn present(bare: &str) -> String {
    match bare.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "ch", "sh", "o"].iter().any(|end| bare.ends_with(end)) => format!("{bare}es"),
        None => format!("{bare}s"),
    }
}

fn past(bare: &str) -> String {
    match bare.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ied"),
        None if bare.ends_with('e') => format!("{bare}d"),
        None => format!("{bare}ed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_is_found_by_each_of_its_forms() {
        for (word, form) in [
            ("give", Some(Form::Bare)),
            ("gives", Some(Form::Present)),
            ("gave", Some(Form::Past)),
            ("presided", Some(Form::Past)),
            ("teaches", Some(Form::Present)),
            ("applied", Some(Form::Past)),
            ("co-hosted", Some(Form::Past)),
            ("founding", None),
            ("invited", None),
            ("sales", None),
            ("physics", None),
        ] {
            assert_eq!(find_verb(word).map(|found| found.form), form, "{word}");
        }
        assert_eq!(past_by_ending("commemorated").map(|found| found.form), Some(Form::Past));
        assert!(past_by_ending("Limited").is_none());
    }

    #[test]
    fn the_lists_are_sorted_and_hold_each_word_once() {
        for list in [ADJECTIVES, ADVERBIALS, GIFTS, JOINT_WORK, MANNERS, PARTNERS, SESSIONS, SOLE, TITLES_AT, VERBS] {
            let words: Vec<&str> = list.lines().map(|line| line.split(' ').next().unwrap()).collect();
            assert!(list == MANNERS || words.is_sorted_by(|one, other| one < other), "{words:?}");
        }
    }
}
