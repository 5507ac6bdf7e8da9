//! Articles before what a role says, and where a phrase says of what.

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

/// A phrase with "a" or "an" before it, if it brings no article, starts with a small letter and is no plural; one that is
/// first or second of something is the one.
pub(super) fn with_indefinite_article(phrase: &str) -> String {
    const ORDINALS: [&str; 8] = ["first", "second", "third", "fourth", "fifth", "next", "last", "only"];
    let first = phrase.split(' ').next().unwrap_or(phrase);
    if ORDINALS.contains(&first) {
        format!("the {phrase}")
    } else if phrase.starts_with(char::is_lowercase) && !["one", "part", "some"].contains(&first) {
        indefinite(phrase)
    } else {
        phrase.to_owned()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(with_indefinite_article("second meeting"), "the second meeting");
    }
}
