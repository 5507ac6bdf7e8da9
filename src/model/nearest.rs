//! Which of the known words somebody may have meant, for error messages.

/// The word among `known` that is closest to `wanted`: a few letters apart or, failing that, the shortest that begins
/// with it or holds it between hyphens; `None` where nothing is close. Of equally close ones the first in the alphabet.
///
/// Letters are compared without their case, and two that changed places count as one. *O(n)* comparisons.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.trim().to_lowercase();
    let length = wanted.chars().count();
    if length == 0 || length > 200 {
        return None;
    }
    let limit = (length / 3).clamp(1, 6);
    let between_hyphens = format!("-{wanted}-");
    known
        .into_iter()
        .filter_map(|word| {
            let bytes_apart = word.len().abs_diff(wanted.len());
            let letters_apart =
                if bytes_apart > 4 * limit { usize::MAX } else { strsim::osa_distance(&wanted, &word.to_lowercase()) };
            if letters_apart <= limit {
                Some((letters_apart, 0, word))
            } else if length >= 3 && (word.starts_with(&wanted) || format!("-{word}-").contains(&between_hyphens)) {
                Some((usize::MAX, word.len(), word))
            } else {
                None
            }
        })
        .min()
        .map(|(_, _, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_word_finds_the_closest() {
        let known = ["sichuan-university", "sichuan-cuisine", "university-of-oxford", "oxford-university-hospitals"];
        assert_eq!(nearest("sichuang-university", known), Some("sichuan-university"));
        assert_eq!(nearest("Sichuan-Univeristy", known), Some("sichuan-university"));
        assert_eq!(nearest("oxford", known), Some("university-of-oxford"));
        assert_eq!(nearest("sichuan", known), Some("sichuan-cuisine"));
        assert_eq!(nearest("zzz", known), None);
        assert_eq!(nearest("", known), None);
    }
}
