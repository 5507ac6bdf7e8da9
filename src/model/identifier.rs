//! Keys of entities in outside registries, each checked by the rules of its scheme.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::violation::Violation;

/// An outside registry that gives entities a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierScheme {
    /// Research Organization Registry.
    Ror,
    /// Wikidata.
    Wikidata,
    /// Global Research Identifier Database, closed in 2021.
    Grid,
    /// International Standard Name Identifier, ISO 27729.
    Isni,
    /// Open Researcher and Contributor ID, of persons.
    Orcid,
    /// Crossref Funder Registry.
    CrossrefFunder,
    /// Digital Object Identifier, ISO 26324.
    Doi,
    /// Participant Identification Code of the European Commission.
    Pic,
}

/// How a scheme writes, checks and links its keys.
pub struct SchemeSpec {
    /// The scheme's name in data and in the API.
    pub name: &'static str,
    /// A key of the scheme, for error messages.
    pub example: &'static str,
    /// The address of a key is this and the key; empty where the scheme has no pages.
    pub address: &'static str,
    check: fn(&str) -> bool,
}

impl IdentifierScheme {
    /// All schemes, in the order of their declaration.
    pub const ALL: [Self; 8] =
        [Self::Ror, Self::Wikidata, Self::Grid, Self::Isni, Self::Orcid, Self::CrossrefFunder, Self::Doi, Self::Pic];

    /// How the scheme writes, checks and links its keys.
    pub fn spec(self) -> &'static SchemeSpec {
        match self {
            Self::Ror => &SchemeSpec { name: "ROR", example: "011ashp19", address: "https://ror.org/", check: is_ror },
            Self::Wikidata => &SchemeSpec {
                name: "WIKIDATA",
                example: "Q34433",
                address: "https://www.wikidata.org/wiki/",
                check: |key| key.strip_prefix('Q').is_some_and(|n| digits(n, 1..=12) && !n.starts_with('0')),
            },
            Self::Grid => &SchemeSpec {
                name: "GRID",
                example: "grid.13291.38",
                address: "",
                check: |key| {
                    key.strip_prefix("grid.").and_then(|rest| rest.split_once('.')).is_some_and(|(number, check)| {
                        digits(number, 1..=8) && !check.is_empty() && check.bytes().all(|b| b.is_ascii_hexdigit())
                    })
                },
            },
            Self::Isni => &SchemeSpec {
                name: "ISNI",
                example: "0000000419368948",
                address: "https://isni.org/isni/",
                check: has_mod_11_2,
            },
            Self::Orcid => &SchemeSpec {
                name: "ORCID",
                example: "0000-0002-1825-0097",
                address: "https://orcid.org/",
                check: |key| {
                    key.len() == 19
                        && key.split('-').all(|group| group.len() == 4)
                        && has_mod_11_2(&key.replace('-', ""))
                },
            },
            Self::CrossrefFunder => &SchemeSpec {
                name: "CROSSREF_FUNDER",
                example: "501100004912",
                address: "https://doi.org/10.13039/",
                check: |key| digits(key, 9..=15),
            },
            Self::Doi => &SchemeSpec {
                name: "DOI",
                example: "10.3030/101057619",
                address: "https://doi.org/",
                check: |key| {
                    key.strip_prefix("10.").and_then(|rest| rest.split_once('/')).is_some_and(|(registrant, suffix)| {
                        digits(registrant.split('.').next().unwrap_or(""), 3..=9)
                            && !suffix.is_empty()
                            && key.len() <= 300
                            && !suffix.chars().any(|c| c.is_whitespace() || c.is_control())
                    })
                },
            },
            Self::Pic => {
                &SchemeSpec { name: "PIC", example: "999984059", address: "", check: |key| digits(key, 9..=9) }
            }
        }
    }
}

fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// `0`, six characters of Crockford's base 32 and two check digits by ISO/IEC 7064 MOD 97-10.
fn is_ror(key: &str) -> bool {
    const ALPHABET: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";
    if key.len() != 9 || !key.is_ascii() || !key.starts_with('0') {
        return false;
    }
    let number = key[1..7].bytes().try_fold(0_u64, |number, byte| {
        ALPHABET.iter().position(|&letter| letter == byte).map(|value| number * 32 + value as u64)
    });
    let check = 98 - (number.unwrap_or(0) * 100) % 97;
    number.is_some() && key[7..] == format!("{check:02}")
}

/// Sixteen digits of which the last is the check by ISO/IEC 7064 MOD 11-2 and may be X.
fn has_mod_11_2(key: &str) -> bool {
    if key.len() != 16 || !key.is_ascii() || !digits(&key[..15], 15..=15) {
        return false;
    }
    let total = key[..15].bytes().fold(0_u32, |total, byte| (total + u32::from(byte - b'0')) * 2);
    let check = match (12 - total % 11) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).expect("a remainder by 11 that is not 10 is a digit"),
    };
    key.ends_with(check)
}

/// A key in an outside registry: `ROR:011ashp19`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identifier {
    scheme: IdentifierScheme,
    value: Box<str>,
}

impl Identifier {
    /// Checks a key by the rules of its scheme.
    ///
    /// # Errors
    /// A violation when the key does not have the scheme's form, or its check digits are wrong.
    pub fn new(scheme: IdentifierScheme, value: &str) -> Result<Self, Violation> {
        let spec = scheme.spec();
        if (spec.check)(value) {
            return Ok(Self { scheme, value: value.into() });
        }
        let shown: String = value.chars().take(60).collect();
        Err(Violation::new(
            format!("\"{shown}\" is no {} identifier, or its check digits are wrong", spec.name),
            format!("compare it with the registry; one looks like {}", spec.example),
        )
        .of("identifiers"))
    }

    /// Checks a key as people write it: with spaces, as ISNI is printed, or in another case.
    ///
    /// # Errors
    /// As [`Identifier::new`].
    pub fn written(scheme: IdentifierScheme, text: &str) -> Result<Self, Violation> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        Self::new(scheme, text.trim()).or_else(|refused| {
            let forms = [bare.to_lowercase(), bare.to_uppercase(), bare];
            forms.iter().find_map(|form| Self::new(scheme, form).ok()).ok_or(refused)
        })
    }

    /// The registry.
    pub fn scheme(&self) -> IdentifierScheme {
        self.scheme
    }

    /// The key in the registry, without prefix.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The page of the key; `None` where the registry has no pages.
    pub fn url(&self) -> Option<String> {
        let address = self.scheme.spec().address;
        (!address.is_empty()).then(|| format!("{address}{}", self.value))
    }
}

impl FromStr for Identifier {
    type Err = Violation;

    /// Reads `SCHEME:value` or the address of a key.
    fn from_str(text: &str) -> Result<Self, Violation> {
        let text = text.trim();
        for scheme in IdentifierScheme::ALL {
            let spec = scheme.spec();
            if !spec.address.is_empty()
                && let Some(value) = text.strip_prefix(spec.address)
                && !(scheme == IdentifierScheme::Doi && value.starts_with("10.13039/"))
            {
                return Self::new(scheme, value);
            }
            if let Some((name, value)) = text.split_once(':')
                && name.eq_ignore_ascii_case(spec.name)
            {
                return Self::new(scheme, value.trim());
            }
        }
        let shown: String = text.chars().take(60).collect();
        let names: Vec<&str> = IdentifierScheme::ALL.iter().map(|scheme| scheme.spec().name).collect();
        Err(Violation::new(
            format!("\"{shown}\" names no known identifier scheme"),
            format!("write SCHEME:value with one of {}", names.join(", ")),
        )
        .of("identifiers"))
    }
}

impl TryFrom<String> for Identifier {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        text.parse()
    }
}

impl From<Identifier> for String {
    fn from(identifier: Identifier) -> Self {
        identifier.to_string()
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.scheme.spec().name, self.value)
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_people_write_it() {
        for (scheme, written, key) in [
            (IdentifierScheme::Isni, "0000 0004 1936 8948", "0000000419368948"),
            (IdentifierScheme::Ror, " 052GG0110", "052gg0110"),
            (IdentifierScheme::Wikidata, "q34433", "Q34433"),
        ] {
            assert_eq!(Identifier::written(scheme, written).unwrap().value(), key);
        }
        let refused = Identifier::written(IdentifierScheme::Ror, "052 gg0111").unwrap_err();
        assert!(refused.problem.contains("\"052 gg0111\" is no ROR identifier"), "{refused}");
    }

    #[test]
    fn every_scheme_accepts_its_own_example_and_reads_it_back() {
        for scheme in IdentifierScheme::ALL {
            let spec = scheme.spec();
            let identifier = Identifier::new(scheme, spec.example).unwrap();
            assert_eq!(identifier.to_string().parse::<Identifier>().unwrap(), identifier);
            if let Some(url) = identifier.url() {
                assert_eq!(url.parse::<Identifier>().unwrap(), identifier);
            }
        }
    }

    #[test]
    fn a_wrong_check_digit_is_refused() {
        assert!("ROR:052gg0110".parse::<Identifier>().is_ok());
        assert!("ROR:052gg0111".parse::<Identifier>().is_err());
        assert!("ORCID:0000-0002-1825-0098".parse::<Identifier>().is_err());
        assert!("ISNI:0000000419368948".parse::<Identifier>().is_ok());
        assert!("ISNI:0000000419368949".parse::<Identifier>().is_err());
        assert!("ROR:".parse::<Identifier>().is_err());
        assert!("ISNI:00000000000000é".parse::<Identifier>().is_err());
        assert!("nonsense".parse::<Identifier>().is_err());
    }
}
