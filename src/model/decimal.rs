//! An exact number as text: what a document counts or measures, never rounded.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::violation::Violation;

/// The longest number, in characters.
const LIMIT: usize = 100;

/// An exact decimal number as it was written: `352201.05`, `1.490`, `-3`.
///
/// Numbers are in the order of their values; of equal values the text decides. Its serde form is a number where it is a
/// whole one from 0 to 2⁶⁴ - 1, as it always was in stores, else a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is below zero, its whole digits, and those behind the point up to the last that is not zero.
    fn parts(&self) -> (bool, &str, &str) {
        let (is_negative, digits) = self.0.strip_prefix('-').map_or((false, &*self.0), |digits| (true, digits));
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let rest = rest.trim_end_matches('0');
        (is_negative && (whole, rest) != ("0", ""), whole, rest)
    }

    fn as_whole(&self) -> Option<u64> {
        self.0.parse().ok()
    }
}

impl FromStr for Decimal {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let has_form = are_digits(whole) && (whole == "0" || !whole.starts_with('0')) && rest.is_none_or(are_digits);
        if has_form && text.len() <= LIMIT {
            return Ok(Self(text.into()));
        }
        let shown: String = text.chars().take(40).collect();
        let remedy = format!("write digits with at most one point, 352201.05, in at most {LIMIT} characters");
        Err(Violation::new(format!("\"{shown}\" is not a valid decimal number"), remedy))
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self(number.to_string().into())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((is_below, whole, rest), (other_below, other_whole, other_rest)) = (self.parts(), other.parts());
        let by_size = (whole.len(), whole, rest).cmp(&(other_whole.len(), other_whole, other_rest));
        let by_value = match (is_below, other_below) {
            (false, false) => by_size,
            (true, true) => by_size.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        };
        by_value.then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_whole() {
            Some(whole) => serializer.serialize_u64(whole),
            None => serializer.serialize_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;

        impl Visitor<'_> for Number {
            type Value = Decimal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number from 0, or a decimal number as text")
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Decimal, E> {
                Ok(number.into())
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_any(Number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_stays_as_it_was_written() {
        for text in
            ["0", "19", "8000000000", "1.49", "1.490", "-0.1", "12345678901234567890.123", "18446744073709551616"]
        {
            assert_eq!(decimal(text).to_string(), text);
            let stored = serde_json::to_string(&decimal(text)).unwrap();
            assert_eq!(serde_json::from_str::<Decimal>(&stored).unwrap(), decimal(text), "{stored}");
        }
        assert_eq!(serde_json::to_string(&decimal("19")).unwrap(), "19", "as it always was in stores");
        assert_eq!(serde_json::to_string(&decimal("1.490")).unwrap(), "\"1.490\"");
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in
            ["", "-", ".5", "5.", "1,5", "1e3", "+1", "007", "--1", "1.2.3", "inf", "NaN", "１", &"9".repeat(101)]
        {
            let violation = text.parse::<Decimal>().unwrap_err();
            assert!(violation.problem.ends_with("is not a valid decimal number"), "{text}");
        }
        assert!(serde_json::from_str::<Decimal>("1.5").is_err(), "a float may be rounded already");
    }

    #[test]
    fn numbers_are_in_the_order_of_their_values() {
        let texts = [
            "-12.5",
            "-1",
            "-0.1",
            "0",
            "0.09",
            "0.1",
            "0.10",
            "1.49",
            "9",
            "10",
            "12345678901234567890.123",
            "12345678901234567890.124",
        ];
        for pair in texts.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
    }

    proptest! {
        #[test]
        fn thousandths_are_in_the_order_of_whole_numbers(one in -50_000_i64..50_000, other in -50_000_i64..50_000) {
            let text = |number: i64| {
                let sign = if number < 0 { "-" } else { "" };
                format!("{sign}{}.{:03}", number.abs() / 1000, number.abs() % 1000)
            };
            prop_assert_eq!(decimal(&text(one)).cmp(&decimal(&text(other))), one.cmp(&other));
        }
    }
}
