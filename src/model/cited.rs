//! A query that somebody cites: all that is needed to have its answer again, and the short name that follows from it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::change::Revision;

/// The version of what queries mean. It is part of the token: a change that gives old queries other answers makes new
/// tokens.
pub const API: u32 = 1;

/// The most bytes that a query may have to be cited, its variables included.
pub const LONGEST: usize = 16 << 10;

/// How many letters and digits a token has, of five bits each.
pub const TOKEN_LENGTH: usize = 20;

/// Base 32 as RFC 4648 has it, in small letters.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A query and the revision that it was asked of. Two that mean the same, but for blanks and comments, are equal once
/// their texts are canonical.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitedQuery {
    /// The version of what queries mean.
    pub api: u32,
    /// The newest revision when it was asked.
    pub revision: Revision,
    /// The document, with one space between its tokens and without comments.
    pub document: String,
    /// The name of the operation that was run, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The values of its variables, their names sorted.
    pub variables: serde_json::Map<String, serde_json::Value>,
}

impl CitedQuery {
    /// Its token: the first 100 bits of the SHA-256 of its serde form, as 20 letters and digits.
    pub fn token(&self) -> String {
        let json = serde_json::to_vec(self).expect("a query holds nothing that JSON cannot write");
        let digest = Sha256::digest(&json);
        let bit = |position: usize| (digest[position / 8] >> (7 - position % 8)) & 1;
        let letter = |number: usize| (0..5).fold(0, |value, place| value << 1 | bit(5 * number + place));
        (0..TOKEN_LENGTH).map(|number| char::from(ALPHABET[usize::from(letter(number))])).collect()
    }

    /// How large its texts are, in bytes.
    pub fn size(&self) -> usize {
        let variables = serde_json::to_string(&self.variables).map_or(0, |text| text.len());
        self.document.len() + self.operation.as_ref().map_or(0, String::len) + variables
    }
}

/// Whether a text can be a token.
pub fn is_token(text: &str) -> bool {
    text.len() == TOKEN_LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query() -> CitedQuery {
        let document = "{ graph { revision } }".to_owned();
        CitedQuery { api: API, revision: 7, document, operation: None, variables: serde_json::Map::new() }
    }

    #[test]
    fn a_token_is_the_beginning_of_the_hash_in_base_32() {
        // printf '%s' '{"api":1,…}' | sha256sum | xxd -r -p | base32 | tr A-Z a-z | head -c 20
        assert_eq!(query().token(), "zee6qs5imurzsnvosj5l");
        assert!(is_token(&query().token()));
    }

    #[test]
    fn whatever_differs_makes_another_token() {
        let other = [
            CitedQuery { api: 2, ..query() },
            CitedQuery { revision: 8, ..query() },
            CitedQuery { document: "{ graph { revision } } ".to_owned(), ..query() },
            CitedQuery { operation: Some("Name".to_owned()), ..query() },
            CitedQuery { variables: [("a".to_owned(), 1.into())].into_iter().collect(), ..query() },
        ];
        let mut tokens: Vec<String> = other.iter().map(CitedQuery::token).chain([query().token()]).collect();
        tokens.sort();
        tokens.dedup();
        assert_eq!(tokens.len(), 6);
    }

    #[test]
    fn what_is_no_token_is_told_from_one() {
        for text in ["", "abcdefghijklmnopqrs", "abcdefghijklmnopqrs1", "ABCDEFGHIJKLMNOPQRST", "abcdefghijklmnopqrstu"]
        {
            assert!(!is_token(text), "{text}");
        }
    }
}
