//! Where the parts of a question stand in a row of a table.

use anyhow::bail;
use csv::StringRecord;

use super::Arguments;
use crate::matching::{Question, country_named};
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::nearest::nearest;
use crate::model::text;

/// Where the parts of a question stand in a row.
pub(super) struct Columns {
    name: usize,
    other_names: Vec<usize>,
    country: Option<usize>,
    city: Option<usize>,
    homepage: Option<usize>,
    /// With the registry that a column is named after.
    identifiers: Vec<(usize, Option<IdentifierScheme>)>,
}

impl Columns {
    pub(super) fn find(arguments: &Arguments, headers: &StringRecord) -> anyhow::Result<Self> {
        let names: Vec<&str> = headers.iter().collect();
        let find = |column: &String| match names.iter().position(|name| name == column) {
            Some(at) => Ok(at),
            None => {
                let near = nearest(column, names.iter().copied()).map(|near| format!("; did you mean \"{near}\"?"));
                bail!("there is no column \"{column}\"; there are {}{}", names.join(", "), near.unwrap_or_default())
            }
        };
        let identifier = |column: &String| Ok((find(column)?, IdentifierScheme::called(column)));
        Ok(Self {
            name: find(&arguments.name_column)?,
            other_names: arguments.other_name_column.iter().map(find).collect::<Result<_, _>>()?,
            country: arguments.country_column.as_ref().map(find).transpose()?,
            city: arguments.city_column.as_ref().map(find).transpose()?,
            homepage: arguments.homepage_column.as_ref().map(find).transpose()?,
            identifiers: arguments.identifier_column.iter().map(identifier).collect::<anyhow::Result<_>>()?,
        })
    }

    /// What a row asks, or what is wrong with it. One with fewer cells than the table has columns is wrong, and so is one
    /// with more, for nothing says which of its cells belongs to which column.
    pub(super) fn question(&self, row: &StringRecord, width: usize) -> Result<Question, String> {
        let cells = row.len()
            - row.iter().rev().take(row.len().saturating_sub(width)).take_while(|cell| cell.trim().is_empty()).count();
        if cells != width {
            return Err(format!("it has {cells} cells, the first line has {width}; is a quote or separator missing?"));
        }
        let cell = |at: usize| {
            let text = text::one_line(row.get(at).unwrap_or_default()).into_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        let optional = |at: Option<usize>| at.and_then(cell);
        let country = optional(self.country).map(|text| {
            let shown: String = text.chars().take(40).collect();
            country_named(&text).ok_or_else(|| format!("\"{shown}\" is not a country; use a code or an English name"))
        });
        let identifier = |(at, scheme): &(usize, Option<IdentifierScheme>)| {
            let read = cell(*at).map(|text| match scheme {
                Some(scheme) => Identifier::written(*scheme, &text),
                None => text.parse(),
            });
            read.map(|read| read.map_err(|violation| format!("{}; {}", violation.problem, violation.remedy)))
        };
        Ok(Question {
            name: cell(self.name).ok_or("it has no name; fill the cell, or leave the row out")?,
            other_names: self.other_names.iter().filter_map(|at| cell(*at)).collect(),
            country: country.transpose()?,
            city: optional(self.city),
            homepage: optional(self.homepage),
            identifiers: self.identifiers.iter().filter_map(identifier).collect::<Result<_, _>>()?,
            ..Question::default()
        })
    }
}
