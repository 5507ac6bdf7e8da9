//! The outside registries: what their keys look like, and where their pages are.

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
    /// What else it is called in columns and before keys: small letters, nothing between the words.
    pub(super) called: &'static [&'static str],
    /// The hosts of its pages, without `www.`; with the part that stands somewhere before the key, where the host has
    /// other pages too.
    pub(super) hosts: &'static [(&'static str, &'static str)],
    /// Whether its keys can be told from all others without its name: by check digits or letters.
    pub(super) is_evident: bool,
    pub(super) check: fn(&str) -> bool,
}

impl IdentifierScheme {
    /// All schemes, in the order of their declaration.
    pub const ALL: [Self; 8] =
        [Self::Ror, Self::Wikidata, Self::Grid, Self::Isni, Self::Orcid, Self::CrossrefFunder, Self::Doi, Self::Pic];

    /// How the scheme writes, checks and links its keys.
    pub fn spec(self) -> &'static SchemeSpec {
        match self {
            Self::Ror => &SchemeSpec {
                name: "ROR",
                example: "011ashp19",
                address: "https://ror.org/",
                called: &["ror", "rorid"],
                hosts: &[("ror.org", ""), ("api.ror.org", "")],
                is_evident: true,
                check: is_ror,
            },
            Self::Wikidata => &SchemeSpec {
                name: "WIKIDATA",
                example: "Q34433",
                address: "https://www.wikidata.org/wiki/",
                called: &["wikidata", "wikidataid", "qid"],
                hosts: &[("wikidata.org", ""), ("m.wikidata.org", "")],
                is_evident: true,
                check: |key| key.strip_prefix('Q').is_some_and(|n| digits(n, 1..=12) && !n.starts_with('0')),
            },
            Self::Grid => &SchemeSpec {
                name: "GRID",
                example: "grid.13291.38",
                address: "",
                called: &["grid", "gridid"],
                hosts: &[("grid.ac", "")],
                is_evident: true,
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
                called: &["isni"],
                hosts: &[("isni.org", ""), ("isni-url.oclc.nl", "")],
                is_evident: true,
                check: has_mod_11_2,
            },
            Self::Orcid => &SchemeSpec {
                name: "ORCID",
                example: "0000-0002-1825-0097",
                address: "https://orcid.org/",
                called: &["orcid"],
                hosts: &[("orcid.org", "")],
                is_evident: true,
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
                called: &["crossreffunder", "fundref", "funderid", "funderdoi"],
                hosts: &[("api.crossref.org", "funders/"), ("data.crossref.org", "funder/")],
                is_evident: false,
                check: |key| digits(key, 9..=15),
            },
            Self::Doi => &SchemeSpec {
                name: "DOI",
                example: "10.3030/101057619",
                address: "https://doi.org/",
                called: &["doi"],
                hosts: &[("doi.org", ""), ("dx.doi.org", "")],
                is_evident: true,
                check: |key| {
                    key.strip_prefix("10.").and_then(|rest| rest.split_once('/')).is_some_and(|(registrant, suffix)| {
                        digits(registrant.split('.').next().unwrap_or(""), 3..=9)
                            && !suffix.is_empty()
                            && key.len() <= 300
                            && !suffix.chars().any(|c| c.is_whitespace() || c.is_control())
                    })
                },
            },
            Self::Pic => &SchemeSpec {
                name: "PIC",
                example: "999984059",
                address: "",
                called: &["pic", "piccode", "participantidentificationcode"],
                hosts: &[("ec.europa.eu", "org-details/")],
                is_evident: false,
                check: |key| digits(key, 9..=9),
            },
        }
    }

    /// The registry that a column or a prefix is named after: `ror_id`, `Wikidata ID`, `ISNI`.
    pub fn called(name: &str) -> Option<Self> {
        const BESIDE: [&str; 10] =
            ["id", "ids", "identifier", "identifiers", "url", "uri", "link", "code", "key", "number"];
        if name.len() > 60 {
            return None;
        }
        let words: Vec<String> = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        let named = |words: &[String]| {
            let joined = words.concat();
            Self::ALL.into_iter().find(|scheme| scheme.spec().called.contains(&joined.as_str()))
        };
        let beside = words.iter().rev().take_while(|word| BESIDE.contains(&word.as_str())).count();
        named(&words).or_else(|| named(&words[..words.len() - beside]))
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
