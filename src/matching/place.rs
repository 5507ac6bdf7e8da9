//! Countries and cities as people write them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::concepts::lines;
use crate::model::country::CountryCode;

/// The country of this code or name, in English or in its own and the great languages; `UK` and `EL`, as the European
/// Union writes them, are known too.
pub fn country_named(text: &str) -> Option<CountryCode> {
    static NAMES: LazyLock<HashMap<String, CountryCode>> = LazyLock::new(|| {
        let mut names = HashMap::new();
        for first in 'A'..='Z' {
            for second in 'A'..='Z' {
                if let Ok(code) = format!("{first}{second}").parse::<CountryCode>() {
                    names.insert(code.name().to_lowercase(), code);
                    names.insert(code.as_str().to_lowercase(), code);
                }
            }
        }
        for (code, name, _) in lines(include_str!("concepts/countries.txt")) {
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
    NAMES.get(&text.to_lowercase()).copied()
}
