//! Keys of entities in outside registries, each checked by the rules of its scheme.

mod reading;
mod scheme;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use scheme::{IdentifierScheme, SchemeSpec};

use super::violation::Violation;

/// A key in an outside registry: `ROR:011ashp19`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identifier {
    scheme: IdentifierScheme,
    value: Box<str>,
}

impl Identifier {
    /// Takes a key that is written as its registry writes it.
    ///
    /// # Errors
    /// A violation when the key does not have the scheme's form, or its check digits are wrong.
    pub fn new(scheme: IdentifierScheme, value: &str) -> Result<Self, Violation> {
        if (scheme.spec().check)(value) {
            return Ok(Self { scheme, value: value.into() });
        }
        Err(reading::refused(scheme, value))
    }

    /// Reads a key where one of this scheme belongs, as people write it: in groups, in another case, with the name of
    /// the registry before it, or as the address of its page. A DOI of the Crossref Funder Registry is a key of that.
    ///
    /// # Errors
    /// As [`Identifier::new`], and where it is a key of another scheme.
    pub fn written(scheme: IdentifierScheme, text: &str) -> Result<Self, Violation> {
        reading::of(scheme, text)
    }

    /// All that somebody may mean who asks for a key: the one that the text tells, or else the bare key in each scheme
    /// in which it can be one.
    ///
    /// # Errors
    /// A violation when it can be none.
    pub fn readings(text: &str) -> Result<Vec<Self>, Violation> {
        text.parse().map(|one| vec![one]).or_else(|violation| {
            let found = reading::readings(text);
            if found.is_empty() { Err(violation) } else { Ok(found) }
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

    /// Reads a key in every form that tells its registry: `SCHEME:key`, the address of its page with or without `https://`
    /// and `www.`, and a bare key that can be of one registry only.
    fn from_str(text: &str) -> Result<Self, Violation> {
        // What data and stores hold is written as registries write it.
        if let Some((name, key)) = text.split_once(':')
            && let Some(scheme) = IdentifierScheme::ALL.into_iter().find(|scheme| scheme.spec().name == name)
            && (scheme.spec().check)(key)
            && (scheme != IdentifierScheme::Doi || !is_rewritten(key))
        {
            return Ok(Self { scheme, value: key.into() });
        }
        reading::told(text)
    }
}

/// Whether a DOI is kept in another form than this: DOIs know no case, and those of funders are keys of their registry.
fn is_rewritten(doi: &str) -> bool {
    doi.bytes().any(|byte| byte.is_ascii_uppercase()) || doi.starts_with(reading::FUNDERS)
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
        for (written, key) in [
            ("ROR:02bfwt286", "ROR:02bfwt286"),
            ("ror:02BFWT286", "ROR:02bfwt286"),
            ("ROR: https://ror.org/02bfwt286", "ROR:02bfwt286"),
            ("https://ror.org/02bfwt286", "ROR:02bfwt286"),
            ("HTTP://WWW.ROR.ORG/02BFWT286/", "ROR:02bfwt286"),
            ("ror.org/02bfwt286", "ROR:02bfwt286"),
            ("<https://ror.org/02bfwt286?lang=en#top>", "ROR:02bfwt286"),
            ("https://api.ror.org/v2/organizations/02bfwt286", "ROR:02bfwt286"),
            ("ROR ID 02bfwt286", "ROR:02bfwt286"),
            ("\u{feff}02bfwt286\u{a0}", "ROR:02bfwt286"),
            ("ISNI:0000 0001 2103 2683", "ISNI:0000000121032683"),
            ("ISNI 0000-0001-2103-2683", "ISNI:0000000121032683"),
            ("urn:isni:0000000121032683", "ISNI:0000000121032683"),
            ("isni.org/isni/0000000121032683", "ISNI:0000000121032683"),
            ("http://www.isni.org/0000%200001%202103%202683", "ISNI:0000000121032683"),
            ("http://www.wikidata.org/entity/Q598841", "WIKIDATA:Q598841"),
            ("WIKIDATA:https://www.wikidata.org/wiki/Q598841", "WIKIDATA:Q598841"),
            ("https://m.wikidata.org/wiki/q598841", "WIKIDATA:Q598841"),
            ("https://www.wikidata.org/wiki/Special:EntityData/Q598841.json", "WIKIDATA:Q598841"),
            ("wd:Q598841", "WIKIDATA:Q598841"),
            ("q598841", "WIKIDATA:Q598841"),
            ("DOI:https://doi.org/10.3030/101234567", "DOI:10.3030/101234567"),
            ("doi:10.1000/ABC", "DOI:10.1000/abc"),
            ("http://dx.doi.org/10.1000%2Fabc", "DOI:10.1000/abc"),
            ("info:doi/10.1000/abc", "DOI:10.1000/abc"),
            ("10.1000/abc", "DOI:10.1000/abc"),
            ("10.13039/501100001779", "CROSSREF_FUNDER:501100001779"),
            ("DOI:10.13039/501100001779", "CROSSREF_FUNDER:501100001779"),
            ("https://doi.org/10.13039/501100001779", "CROSSREF_FUNDER:501100001779"),
            ("CROSSREF_FUNDER:10.13039/501100001779", "CROSSREF_FUNDER:501100001779"),
            ("https://api.crossref.org/funders/501100001779", "CROSSREF_FUNDER:501100001779"),
            ("ORCID:https://orcid.org/0000-0002-1825-0097", "ORCID:0000-0002-1825-0097"),
            ("orcid: 0000000218250097", "ORCID:0000-0002-1825-0097"),
            ("ORCID iD 0000\u{2010}0002\u{2010}1825\u{2010}0097", "ORCID:0000-0002-1825-0097"),
            ("https://www.grid.ac/institutes/grid.13291.38", "GRID:grid.13291.38"),
            ("GRID.13291.38", "GRID:grid.13291.38"),
            ("pic: 999 984 059", "PIC:999984059"),
        ] {
            assert_eq!(written.parse::<Identifier>().map(|read| read.to_string()), Ok(key.to_owned()), "{written}");
        }
    }

    #[test]
    fn a_key_of_which_the_registry_is_known_needs_no_name() {
        for (scheme, written, key) in [
            (IdentifierScheme::Isni, "0000 0004 1936 8948", "ISNI:0000000419368948"),
            (IdentifierScheme::Ror, " 052GG0110", "ROR:052gg0110"),
            (IdentifierScheme::Pic, "999984059", "PIC:999984059"),
            (IdentifierScheme::Orcid, "0000000218250097", "ORCID:0000-0002-1825-0097"),
            (IdentifierScheme::Doi, "https://doi.org/10.13039/501100001779", "CROSSREF_FUNDER:501100001779"),
            (IdentifierScheme::CrossrefFunder, "10.13039/501100001779", "CROSSREF_FUNDER:501100001779"),
        ] {
            assert_eq!(Identifier::written(scheme, written).unwrap().to_string(), key);
        }
        let refused = Identifier::written(IdentifierScheme::Ror, "052 gg0111").unwrap_err();
        assert!(refused.problem.contains("\"052 gg0111\" is not a valid ROR identifier"), "{refused}");
        let other = Identifier::written(IdentifierScheme::Ror, "https://www.wikidata.org/wiki/Q1").unwrap_err();
        assert!(other.problem.contains("is a key of WIKIDATA, not of ROR"), "{other}");
    }

    #[test]
    fn what_can_be_a_key_of_two_registries_is_asked_for_and_looked_up_in_both() {
        let all = "ROR, WIKIDATA, GRID, ISNI, ORCID, CROSSREF_FUNDER, DOI, PIC, or the address of its page";
        for (text, remedy) in [
            ("999984059", "write CROSSREF_FUNDER:999984059 or PIC:999984059"),
            ("0000-0002-1825-0097", "write ISNI:0000000218250097 or ORCID:0000-0002-1825-0097"),
            ("501100001779", "write CROSSREF_FUNDER:501100001779"),
            ("RORR:02bfwt286", "did you mean ROR:02bfwt286?"),
            ("hello", &format!("write SCHEME:key with one of {all}")),
        ] {
            assert_eq!(text.parse::<Identifier>().unwrap_err().remedy, remedy, "{text}");
        }
        assert_eq!(Identifier::readings("0000-0002-1825-0097").unwrap().len(), 2);
        assert_eq!(Identifier::readings("02bfwt286").unwrap()[0].to_string(), "ROR:02bfwt286");
        for bad in ["", "ROR:02bfwt287", "https://example.org/02bfwt286", "02bfwt287", "https://ror.org/"] {
            assert!(Identifier::readings(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_column_may_be_named_after_its_registry() {
        for (name, scheme) in [
            ("ror", Some(IdentifierScheme::Ror)),
            ("ROR_ID", Some(IdentifierScheme::Ror)),
            ("Wikidata ID", Some(IdentifierScheme::Wikidata)),
            ("wikidata-url", Some(IdentifierScheme::Wikidata)),
            ("qid", Some(IdentifierScheme::Wikidata)),
            ("orcid_id", Some(IdentifierScheme::Orcid)),
            ("crossref_funder_id", Some(IdentifierScheme::CrossrefFunder)),
            ("funder", None),
            ("id", None),
            ("picture", None),
            ("", None),
        ] {
            assert_eq!(IdentifierScheme::called(name), scheme, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_read_reads_the_same_again(text in "\\PC{0,40}|[a-zA-Z:/.0-9 -]{0,40}") {
            if let Ok(read) = text.parse::<Identifier>() {
                proptest::prop_assert_eq!(read.to_string().parse::<Identifier>(), Ok(read));
            }
        }
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
