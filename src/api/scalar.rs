//! The scalars of the API, each the text form of a value of the model.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

use crate::model;

/// A date of the model.
#[derive(Clone)]
pub(crate) struct EdtfDate(pub(super) model::edtf::EdtfDate);

/// A date as precise as its source, in ISO 8601-2 / EDTF, level 1: 2022-11-15 · 2024-03 · 2024 · 2024~ (approximately) ·
/// 2023? (uncertain) · 202X (some year of the decade) · 2021/2024 (from, to) · 2024/.. (open end).
#[Scalar(specified_by_url = "https://www.loc.gov/standards/datetime/")]
impl ScalarType for EdtfDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        parse_text(value, "a date is written as a string in EDTF").map(Self)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.as_str().to_owned())
    }
}

/// A country of the model.
#[derive(Clone, Copy)]
pub(crate) struct CountryCode(pub(super) model::country::CountryCode);

/// A country by its ISO 3166-1 alpha-2 code: GB, CN, US.
#[Scalar(specified_by_url = "https://www.iso.org/iso-3166-country-codes.html")]
impl ScalarType for CountryCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        parse_text(value, "a country is written as a string of two letters").map(Self)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.as_str().to_owned())
    }
}

/// A term of the model.
#[derive(Clone)]
pub(crate) struct Duration(pub(super) model::term::Term);

/// A length of time in ISO 8601: P3Y is three years, P18M eighteen months.
#[Scalar(specified_by_url = "https://www.iso.org/iso-8601-date-and-time-format.html")]
impl ScalarType for Duration {
    fn parse(value: Value) -> InputValueResult<Self> {
        parse_text(value, "a length of time is written as a string in ISO 8601").map(Self)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.as_str().to_owned())
    }
}

/// A number of the model.
#[derive(Clone)]
pub(crate) struct Decimal(pub(super) model::decimal::Decimal);

/// An exact decimal number as text, as it was written and never rounded: 352201.05 · 19.
#[Scalar]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        parse_text(value, "a decimal number is written as a string of digits").map(Self)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A moment.
#[derive(Clone, Copy)]
pub(crate) struct DateTime(pub(super) jiff::Timestamp);

/// A moment in UTC, in RFC 3339: 2026-11-23T02:44:00Z.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        parse_text(value, "a moment is written as a string in RFC 3339").map(Self)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Reads a scalar's text, and puts what the model says of a bad one into the error.
fn parse_text<T: std::str::FromStr<Err: std::fmt::Display>, S: async_graphql::InputType>(
    value: Value,
    expected: &str,
) -> Result<T, InputValueError<S>> {
    match value {
        Value::String(text) => text.parse().map_err(|violation| {
            InputValueError::custom(violation).with_extension("code", super::error::Code::InvalidInput.name())
        }),
        other => Err(InputValueError::custom(format!("{expected}, found {other}"))
            .with_extension("code", super::error::Code::InvalidInput.name())),
    }
}
