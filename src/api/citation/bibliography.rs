//! Who, what, when and where, as bibliographies have it: APA (7th edition), BibTeX, and CSL-JSON (schema 1.0.2).

use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::collector::Documents;
use crate::knowledge::Snapshot;
use crate::model::cited::CitedQuery;

const AUTHOR: &str = "Consortia";

/// How one answer and the documents behind it are cited.
#[derive(Clone, Debug)]
pub struct Bibliography {
    /// The query.
    pub query: CitedQuery,
    /// Where the answer is.
    pub url: String,
    /// When the revision was made, in UTC; `None` before the first.
    pub made: Option<Timestamp>,
    /// The documents, sorted by id.
    pub sources: Vec<Source>,
}

/// A document behind an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title as printed.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published, in EDTF.
    pub published: Option<String>,
}

/// Where an answer is; without an address of the server, its path.
pub(super) fn url(address: &str, token: &str) -> String {
    format!("{address}/cite/{token}")
}

impl Bibliography {
    pub(in crate::api) fn new(query: &CitedQuery, newest: &Snapshot, address: &str, documents: Documents) -> Self {
        let sources = documents.into_values().map(|document| Source {
            id: document.id.to_string(),
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            url: document.url.clone(),
            published: document.published.as_ref().map(|date| date.as_str().to_owned()),
        });
        Self {
            url: url(address, &query.token()),
            made: newest.state().commits.last().map(|commit| commit.time),
            sources: sources.collect(),
            query: query.clone(),
        }
    }

    /// What the answer is called.
    pub fn title(&self) -> String {
        let name = self.query.operation.as_ref().map_or(String::new(), |name| format!("{name}: "));
        format!("{name}Answer {} of the knowledge graph of medical education and research", self.query.token())
    }

    /// Where the answer is, if that is an address that somebody else can open.
    fn address(&self) -> Option<&str> {
        Some(self.url.as_str()).filter(|url| !url.starts_with('/'))
    }

    fn day(&self) -> Option<Date> {
        self.made.map(|made| made.to_zoned(TimeZone::UTC).date())
    }

    /// Lines as the American Psychological Association writes them: the answer, then each document.
    pub fn apa(&self) -> String {
        let date = self.day().map_or("n.d.".to_owned(), |day| day.strftime("%Y, %B %-d").to_string());
        let (title, version) = (self.title(), self.query.revision);
        let url = self.address().map_or(String::new(), |url| format!(" {url}"));
        let mut text = format!("{AUTHOR}. ({date}). {title} (Version {version}) [Data set].{url}\n");
        for source in &self.sources {
            let date = source.published.as_deref().map_or("n.d.".to_owned(), apa_date);
            let title = source.title.trim_end_matches('.');
            let head = match &source.publisher {
                Some(publisher) => format!("{}. ({date}). {title}.", publisher.trim_end_matches('.')),
                None => format!("{title}. ({date})."),
            };
            let url = source.url.as_deref().map_or(String::new(), |url| format!(" {url}"));
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{head}{url}");
        }
        text
    }

    /// An entry of BibTeX for the answer and one for each document.
    pub fn bibtex(&self) -> String {
        let mut fields = vec![("author", format!("{{{AUTHOR}}}")), ("title", format!("{{{}}}", tex(&self.title())))];
        if let Some(day) = self.day() {
            fields.push(("year", day.year().to_string()));
            fields.push(("month", day.month().to_string()));
        }
        fields.push(("version", self.query.revision.to_string()));
        fields.push(("howpublished", format!("Data set, revision {}", self.query.revision)));
        fields.extend(self.address().map(|url| ("url", tex_url(url))));
        let mut text = entry(&format!("consortia-{}", self.query.token()), &fields);
        for source in &self.sources {
            let mut fields = vec![("title", format!("{{{}}}", tex(&source.title)))];
            if let Some(publisher) = &source.publisher {
                fields.insert(0, ("author", format!("{{{}}}", tex(publisher))));
            }
            let parts = source.published.as_deref().map(date_parts).unwrap_or_default();
            let names = ["year", "month"];
            fields.extend(names.into_iter().zip(parts).map(|(name, part)| (name, part.to_string())));
            fields.extend(source.url.as_deref().map(|url| ("url", tex_url(url))));
            text.push_str(&entry(&source.id, &fields));
        }
        text
    }

    /// A list of items of CSL-JSON: the answer, then each document.
    pub fn csl_json(&self) -> String {
        let mut answer = json!({
            "id": format!("consortia-{}", self.query.token()),
            "type": "dataset",
            "author": [{ "literal": AUTHOR }],
            "title": self.title(),
            "version": self.query.revision.to_string(),
        });
        if let Some(url) = self.address() {
            answer["URL"] = json!(url);
        }
        if let Some(day) = self.day() {
            answer["issued"] = json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
        }
        let sources = self.sources.iter().map(|source| {
            let mut item = json!({ "id": source.id, "type": "webpage", "title": source.title });
            if let Some(publisher) = &source.publisher {
                item["author"] = json!([{ "literal": publisher }]);
            }
            if let Some(url) = &source.url {
                item["URL"] = json!(url);
            }
            if let Some(date) = &source.published {
                let parts = date_parts(date);
                item["issued"] =
                    if parts.is_empty() { json!({ "literal": date }) } else { json!({ "date-parts": [parts] }) };
            }
            item
        });
        let items: Vec<Value> = std::iter::once(answer).chain(sources).collect();
        serde_json::to_string_pretty(&items).expect("texts and numbers can be written as JSON") + "\n"
    }
}

/// Year, month and day of a date in EDTF as far as they are certain; nothing of an interval, a season or `202X`.
fn date_parts(date: &str) -> Vec<i16> {
    let plain = date.trim_end_matches(['?', '~', '%']);
    let parts: Option<Vec<i16>> = plain.split('-').map(|part| part.parse().ok()).collect();
    parts.filter(|parts| parts.get(1).is_none_or(|month| (1..=12).contains(month))).unwrap_or_default()
}

/// A date in EDTF as APA writes it: 2022, November 15; what it has no words for stands as it is.
fn apa_date(date: &str) -> String {
    let approximately = if date.ends_with(['?', '~', '%']) { "ca. " } else { "" };
    match *date_parts(date) {
        [year] => format!("{approximately}{year}"),
        [year, month] => {
            let day = Date::new(year, month as i8, 1);
            day.map_or(date.to_owned(), |day| format!("{approximately}{}", day.strftime("%Y, %B")))
        }
        [year, month, day] => {
            let day = Date::new(year, month as i8, day as i8);
            day.map_or(date.to_owned(), |day| format!("{approximately}{}", day.strftime("%Y, %B %-d")))
        }
        _ => date.to_owned(),
    }
}

fn entry(key: &str, fields: &[(&str, String)]) -> String {
    let lines: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
    format!("@misc{{{key},\n{}\n}}\n", lines.join(",\n"))
}

/// A text without what TeX takes for a command.
fn tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', letter]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// An address, which BibTeX takes as it is but for braces and backslashes.
fn tex_url(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cited::API;

    fn bibliography() -> Bibliography {
        let document = "{ graph { revision } }".to_owned();
        let operation = Some("Who_hosts".to_owned());
        let query = CitedQuery { api: API, revision: 7, document, operation, variables: serde_json::Map::new() };
        let source = |id: &str, publisher: Option<&str>, published: Option<&str>| Source {
            id: id.to_owned(),
            title: "50 % of {all} & more".to_owned(),
            publisher: publisher.map(str::to_owned),
            url: Some("https://example.org/a_b?c=%20".to_owned()),
            published: published.map(str::to_owned),
        };
        Bibliography {
            url: format!("https://example.org/cite/{}", query.token()),
            query,
            made: Some("2024-02-03T23:59:59Z".parse().unwrap()),
            sources: vec![source("dated", Some("A Press."), Some("2022-11-15")), source("undated", None, None)],
        }
    }

    #[test]
    fn apa_says_who_when_what_and_where() {
        let token = bibliography().query.token();
        let expected = format!(
            "Consortia. (2024, February 3). Who_hosts: Answer {token} of the knowledge graph of medical education and \
             research (Version 7) [Data set]. https://example.org/cite/{token}\n\
             A Press. (2022, November 15). 50 % of {{all}} & more. https://example.org/a_b?c=%20\n\
             50 % of {{all}} & more. (n.d.). https://example.org/a_b?c=%20\n"
        );
        assert_eq!(bibliography().apa(), expected);
    }

    #[test]
    fn bibtex_escapes_what_tex_takes_for_commands() {
        let token = bibliography().query.token();
        let expected = format!(
            "@misc{{consortia-{token},\n  author = {{{{Consortia}}}},\n  title = {{{{Who\\_hosts: Answer {token} of the \
             knowledge graph of medical education and research}}}},\n  year = {{2024}},\n  month = {{2}},\n  version = \
             {{7}},\n  howpublished = {{Data set, revision 7}},\n  url = {{https://example.org/cite/{token}}}\n}}\n\
             @misc{{dated,\n  author = {{{{A Press.}}}},\n  title = {{{{50 \\% of \\{{all\\}} \\& more}}}},\n  year = \
             {{2022}},\n  month = {{11}},\n  url = {{https://example.org/a_b?c=%20}}\n}}\n\
             @misc{{undated,\n  title = {{{{50 \\% of \\{{all\\}} \\& more}}}},\n  url = \
             {{https://example.org/a_b?c=%20}}\n}}\n"
        );
        assert_eq!(bibliography().bibtex(), expected);
    }

    #[test]
    fn csl_json_has_an_item_for_the_answer_and_each_document() {
        let items: Value = serde_json::from_str(&bibliography().csl_json()).unwrap();
        assert_eq!(items.as_array().unwrap().len(), 3);
        assert_eq!(items[0]["issued"], json!({ "date-parts": [[2024, 2, 3]] }));
        assert_eq!((&items[0]["type"], &items[0]["version"]), (&json!("dataset"), &json!("7")));
        assert_eq!(items[1]["issued"], json!({ "date-parts": [[2022, 11, 15]] }));
        assert_eq!(items[2].get("issued"), None);
    }

    #[test]
    fn dates_are_as_precise_as_their_source() {
        for (date, expected) in [
            ("2022", "2022"),
            ("2022~", "ca. 2022"),
            ("2022-11", "2022, November"),
            ("2022-21", "2022-21"),
            ("202X", "202X"),
            ("2021/2024", "2021/2024"),
        ] {
            assert_eq!(apa_date(date), expected);
        }
    }
}
