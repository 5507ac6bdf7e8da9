//! Text in which `{column}` stands for what is in a column, `{column|id}` for an id made of it.

use super::cells::Cells;
use super::made::{Made, slug_of};
use super::mapping::Mapping;
use crate::model::edtf::EdtfDate;
use crate::model::violation::{Origin, Violation};

/// How many texts one template may give, where a column holds a list.
pub(super) const TEXTS: usize = 1_000;

/// A template, read.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Column(String, Option<Function>),
}

/// What is made of a column's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    /// An id: small letters, digits and hyphens; of an address its last part.
    Id,
    /// The year of a date.
    Year,
}

/// What a template gives for a row.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    pub(super) texts: Vec<String>,
    /// Whether the texts are the items of a list, not a cell in which semicolons may stand between several.
    pub(super) is_list: bool,
    /// The columns that come from a list of objects, each with the place of the list.
    pub(super) through: Vec<(String, String)>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// A brace is not closed, or there is no such function.
    pub(super) fn parse(text: &str) -> Result<Self, Violation> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((column, after)) = after.split_once('}') else {
                let problem = format!("the template \"{text}\" has a {{ that is not closed");
                return Err(Violation::new(problem, "write {column}"));
            };
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            let (column, function) = match column.rsplit_once('|') {
                None => (column, None),
                Some((column, "id")) => (column, Some(Function::Id)),
                Some((column, "year")) => (column, Some(Function::Year)),
                Some((_, other)) => {
                    let problem = format!("the template \"{text}\" asks for \"{other}\" of a column");
                    return Err(Violation::new(problem, "write {column|id} or {column|year}"));
                }
            };
            pieces.push(Piece::Column(column.trim().to_owned(), function));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// The template of a column as it stands.
    pub(super) fn column(name: &str) -> Self {
        Self(vec![Piece::Column(name.to_owned(), None)])
    }

    /// The columns in it.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Column(name, _) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The column that it is and nothing else.
    pub(super) fn only_column(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Piece::Column(name, None)] => Some(name),
            _ => None,
        }
    }

    /// What it gives for a row: nothing where a column in it is empty, several where one holds a list.
    ///
    /// # Errors
    /// Two columns in it hold lists, or no id can be made of a text.
    pub(super) fn render(
        &self,
        mapping: Option<&Mapping>,
        cells: &Cells<'_>,
        made: &mut Made,
        origin: &Origin,
    ) -> Result<Rendered, Violation> {
        let mut rendered = Rendered { texts: vec![String::new()], ..Rendered::default() };
        for piece in &self.0 {
            let (name, function) = match piece {
                Piece::Text(text) => {
                    rendered.texts.iter_mut().for_each(|one| one.push_str(text));
                    continue;
                }
                Piece::Column(name, function) => (name, function),
            };
            let found = cells.values(name);
            rendered.through.extend(found.through.map(|list| (list, name.clone())));
            let stand_for = mapping.and_then(|mapping| mapping.values.get(name));
            let mut values: Vec<String> = Vec::with_capacity(found.texts.len());
            for text in &found.texts {
                let text = text.trim();
                let text = stand_for.and_then(|values| values.get(text)).map_or(text, String::as_str);
                if text.trim().is_empty() {
                    continue;
                }
                values.push(match function {
                    None => text.to_owned(),
                    Some(Function::Id) => {
                        let slug = slug_of(text)?;
                        made.note(&slug, text, origin)?;
                        slug
                    }
                    Some(Function::Year) => year(text)?,
                });
            }
            if rendered.is_list && found.is_list && values.len() > 1 && rendered.texts.len() > 1 {
                let problem = format!("{{{name}}} stands beside another column that holds a list, too");
                return Err(Violation::new(problem, "use one column with a list in a template"));
            }
            rendered.is_list |= found.is_list;
            if values.len() > TEXTS {
                let problem = format!("{{{name}}} holds {} values", values.len());
                return Err(Violation::new(problem, format!("give at most {TEXTS}")));
            }
            let before = std::mem::take(&mut rendered.texts);
            for value in &values {
                rendered.texts.extend(before.iter().map(|start| format!("{start}{value}")));
            }
        }
        rendered.texts.retain(|text| !text.trim().is_empty());
        Ok(rendered)
    }
}

/// The year of a date of which one is certain.
fn year(text: &str) -> Result<String, Violation> {
    let date: EdtfDate = text.parse()?;
    match date.years() {
        (Some(first), Some(last)) if first == last && first >= 0 => Ok(format!("{first:04}")),
        _ => Err(Violation::new(format!("\"{date}\" is not of one year"), "leave |year out, or correct the date")),
    }
}
