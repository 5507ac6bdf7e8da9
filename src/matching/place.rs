//! Countries and cities as people write them.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::country::CountryCode;

/// Codes and names of countries that ISO 3166 does not have, or words otherwise.
const OTHER_NAMES: [(&str, &str); 24] = [
    ("uk", "GB"),
    ("el", "GR"),
    ("usa", "US"),
    ("united kingdom", "GB"),
    ("england", "GB"),
    ("scotland", "GB"),
    ("wales", "GB"),
    ("united states", "US"),
    ("united states of america", "US"),
    ("south korea", "KR"),
    ("korea", "KR"),
    ("russia", "RU"),
    ("taiwan", "TW"),
    ("turkey", "TR"),
    ("türkiye", "TR"),
    ("iran", "IR"),
    ("vietnam", "VN"),
    ("netherlands", "NL"),
    ("the netherlands", "NL"),
    ("czech republic", "CZ"),
    ("republic of korea", "KR"),
    ("kosovo", "XK"),
    ("hong kong", "HK"),
    ("ireland", "IE"),
];

/// The country of this code or English name; `UK` and `EL`, as the European Union writes them, are known too.
pub fn country_named(text: &str) -> Option<CountryCode> {
    static NAMES: OnceLock<HashMap<String, CountryCode>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut names = HashMap::new();
        for first in 'A'..='Z' {
            for second in 'A'..='Z' {
                if let Ok(code) = format!("{first}{second}").parse::<CountryCode>() {
                    names.insert(code.name().to_lowercase(), code);
                    names.insert(code.as_str().to_lowercase(), code);
                }
            }
        }
        for (name, code) in OTHER_NAMES {
            if let Ok(code) = code.parse() {
                names.insert(name.to_owned(), code);
            }
        }
        names
    });
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    names.get(&text.to_lowercase()).copied()
}
