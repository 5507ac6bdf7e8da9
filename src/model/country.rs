//! Countries by their ISO 3166-1 code.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::violation::Violation;

/// A country by its ISO 3166-1 alpha-2 code, in capitals: `GB`. Also `XK`, which registries use for Kosovo.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a country code is two ASCII letters, as from_str checked")
    }

    /// The country's short English name, as ISO 3166 has it.
    pub fn name(&self) -> &'static str {
        rust_iso3166::from_alpha2(self.as_str()).map_or("Kosovo", |country| country.name)
    }
}

impl FromStr for CountryCode {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        let upper = text.trim().to_ascii_uppercase();
        if let &[first, second] = upper.as_bytes()
            && (upper == "XK" || rust_iso3166::from_alpha2(&upper).is_some())
        {
            return Ok(Self([first, second]));
        }
        let shown: String = text.chars().take(40).collect();
        let remedy = match upper.as_str() {
            "UK" => "use GB for the United Kingdom".to_owned(),
            "EL" => "use GR for Greece".to_owned(),
            _ => "use the two letters of ISO 3166-1: GB, CN, US".to_owned(),
        };
        Err(Violation::new(format!("\"{shown}\" is no country code"), remedy))
    }
}

impl TryFrom<String> for CountryCode {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        text.parse()
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}
