//! One table of a file: its fields by type, and what is wrong with each at its place.

use toml::de::{DeTable, DeValue};

use super::source::Source;
use crate::model::decimal::Decimal;
use crate::model::nearest::nearest;
use crate::model::text;
use crate::model::violation::{Origin, Violation, Violations};

/// A table that is being read. What is wrong with it gathers inside until it is [settled](Row::settle).
pub(super) struct Row<'s> {
    source: &'s Source<'s>,
    table: &'s DeTable<'s>,
    start: usize,
    /// Something in it is no TOML: what looks missing may only be unreadable.
    is_faulty: bool,
    subject: String,
    violations: Violations,
}

impl<'s> Row<'s> {
    /// The table between two bytes of a file.
    pub(super) fn new<'a: 's>(source: &'s Source<'a>, table: &'s DeTable<'a>, start: usize, end: usize) -> Self {
        let is_faulty = source.is_faulty(start, end);
        Self { source, table, start, is_faulty, subject: String::new(), violations: Violations::default() }
    }

    /// Names what it is about in all that is wrong with it.
    pub(super) fn about(&mut self, subject: &str) {
        subject.clone_into(&mut self.subject);
    }

    /// Hands over what is wrong with it.
    pub(super) fn settle(self, violations: &mut Violations) {
        let origin = self.origin();
        violations.0.extend(self.violations.0.into_iter().map(|violation| {
            let violation = violation.at(Some(&origin));
            if self.subject.is_empty() { violation } else { violation.about(&self.subject) }
        }));
    }

    /// Where it begins.
    pub(super) fn origin(&self) -> Origin {
        self.source.origin(self.start)
    }

    /// Where the value of a field stands; where the table begins if it has no such field.
    pub(super) fn place(&self, field: &str) -> Origin {
        self.source.origin(self.table.get(field).map_or(self.start, |value| value.span().start))
    }

    /// Notes something wrong, at the place of its field.
    pub(super) fn refuse(&mut self, violation: Violation) {
        let origin = self.place(violation.field);
        self.violations.push(violation.at(Some(&origin)));
    }

    /// Notes all that a constructor found wrong, each at the place of its field.
    pub(super) fn refuse_all(&mut self, violations: Violations) {
        violations.0.into_iter().for_each(|violation| self.refuse(violation));
    }

    /// Whether nothing is wrong so far.
    pub(super) fn is_sound(&self) -> bool {
        self.violations.is_empty() && !self.is_faulty
    }

    /// Notes all fields but these.
    pub(super) fn allow(&mut self, fields: &[&str]) {
        for name in self.table.keys() {
            if fields.contains(&name.get_ref().as_ref()) {
                continue;
            }
            let shown: String = name.get_ref().chars().take(40).collect();
            let remedy = match nearest(name.get_ref(), fields.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("use one of {}", fields.join(", ")),
            };
            let origin = self.source.origin(name.span().start);
            self.violations
                .push(Violation::new(format!("there is no field \"{shown}\" here"), remedy).at(Some(&origin)));
        }
    }

    /// A text as it stands, if it is one; nothing is noted.
    pub(super) fn peek(&self, field: &str) -> Option<&'s str> {
        match self.value(field)? {
            DeValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether a field is given.
    pub(super) fn has(&self, field: &str) -> bool {
        self.value(field).is_some()
    }

    fn value(&self, field: &str) -> Option<&'s DeValue<'s>> {
        self.table.get(field).map(|value| value.get_ref())
    }

    /// A text as it stands.
    pub(super) fn raw(&mut self, field: &'static str) -> Option<&'s str> {
        match self.value(field)? {
            DeValue::String(text) => Some(text),
            other => {
                self.refuse(wrong_type(other, "a text", "write it in quotes").of(field));
                None
            }
        }
    }

    /// A text that passes a check.
    pub(super) fn parsed<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        let text = self.raw(field)?;
        parse(text).map_err(|violation| self.refuse(violation.of(field))).ok()
    }

    /// A text that must be there and pass a check.
    pub(super) fn required<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if self.value(field).is_none() && !self.is_faulty {
            self.refuse(Violation::new("it is missing", format!("add a line {field} = \"…\"")).of(field));
        }
        self.parsed(field, parse)
    }

    /// One line of text.
    pub(super) fn line(&mut self, field: &'static str) -> Option<String> {
        self.parsed(field, text::line)
    }

    /// Prose.
    pub(super) fn prose(&mut self, field: &'static str) -> Option<String> {
        self.parsed(field, text::prose)
    }

    /// A text that has the form of a type.
    pub(super) fn of_type<T: TryFrom<String, Error = Violation>>(&mut self, field: &'static str) -> Option<T> {
        self.parsed(field, |text| T::try_from(text.to_owned()))
    }

    /// A number as it is written, in quotes or not.
    pub(super) fn decimal(&mut self, field: &'static str) -> Option<Decimal> {
        let written = match self.value(field)? {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
            DeValue::Integer(number) => match u64::from_str_radix(number.as_str(), number.radix()) {
                Ok(whole) => whole.to_string(),
                Err(_) => number.as_str().to_owned(),
            },
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::String(text) => text.to_string(),
            other => {
                self.refuse(wrong_type(other, "a number", "write it without quotes").of(field));
                return None;
            }
        };
        let number = written.strip_prefix('+').unwrap_or(&written).replace('_', "").parse();
        number.map_err(|violation: Violation| self.refuse(violation.of(field))).ok()
    }

    /// A number.
    pub(super) fn number(&mut self, field: &'static str) -> Option<f64> {
        if self.value(field).is_none() && !self.is_faulty {
            self.refuse(Violation::new("it is missing", format!("add {field} = …")).of(field));
        }
        let number = match self.value(field)? {
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            other => {
                self.refuse(wrong_type(other, "a number", "write it without quotes").of(field));
                return None;
            }
        };
        if number.is_none() {
            self.refuse(Violation::new("this is no number", "write it in decimal").of(field));
        }
        number
    }

    /// The texts of a list, each passing a check.
    pub(super) fn texts<T>(&mut self, field: &'static str, parse: fn(&str) -> Result<T, Violation>) -> Vec<T> {
        let items = match self.value(field) {
            None => return Vec::new(),
            Some(DeValue::Array(items)) => items,
            Some(other) => {
                self.refuse(wrong_type(other, "a list", "write [\"…\", \"…\"]").of(field));
                return Vec::new();
            }
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            let parsed = match item.get_ref() {
                DeValue::String(text) => parse(text),
                other => Err(wrong_type(other, "a text", "write it in quotes")),
            };
            let origin = self.source.origin(item.span().start);
            texts.extend(self.violations.keep(parsed.map_err(|violation| violation.of(field).at(Some(&origin)))));
        }
        texts
    }

    /// A table inside this one, read with all that is wrong with it noted here.
    pub(super) fn inner<T>(&mut self, field: &'static str, read: impl FnOnce(&mut Row<'s>) -> Option<T>) -> Option<T> {
        let value = self.table.get(field)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.refuse(wrong_type(value.get_ref(), "a table", "write { … = … }").of(field));
            return None;
        };
        self.read_inner(table, value.span(), read)
    }

    /// The tables of a list inside this one, read with all that is wrong with them noted here.
    pub(super) fn inner_list<T>(&mut self, field: &'static str, read: impl Fn(&mut Row<'s>) -> Option<T>) -> Vec<T> {
        let items = match self.value(field) {
            None => return Vec::new(),
            Some(DeValue::Array(items)) => items,
            Some(other) => {
                self.refuse(wrong_type(other, "a list", "write [{ … = … }, { … = … }]").of(field));
                return Vec::new();
            }
        };
        let mut values = Vec::new();
        for item in items.iter() {
            if let DeValue::Table(table) = item.get_ref() {
                values.extend(self.read_inner(table, item.span(), &read));
            } else {
                let origin = self.source.origin(item.span().start);
                let violation = wrong_type(item.get_ref(), "a table", "write { text = \"…\" }");
                self.violations.push(violation.of(field).at(Some(&origin)));
            }
        }
        values
    }

    fn read_inner<T>(
        &mut self,
        table: &'s DeTable<'s>,
        span: std::ops::Range<usize>,
        read: impl FnOnce(&mut Row<'s>) -> Option<T>,
    ) -> Option<T> {
        let mut inner = Row::new(self.source, table, span.start, span.end);
        let value = read(&mut inner);
        inner.settle(&mut self.violations);
        value
    }
}

fn wrong_type(found: &DeValue<'_>, wanted: &str, remedy: &str) -> Violation {
    let found = match found {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number without quotes",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date without quotes",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    Violation::new(format!("it is {found} where {wanted} belongs"), remedy)
}
