//! What was read, and which place of it supports a fact how firmly.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::edtf::EdtfDate;
use super::id::DocumentId;
use super::name::Language;
use super::text;
use super::violation::{Violation, Violations};

/// How firmly a fact stands in a document. Ordered: [`Strength::Inferred`] is the weaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Strength {
    /// The curator concluded it; the citation's note says why.
    Inferred,
    /// The document says so.
    #[default]
    Stated,
}

/// The place in a document that supports a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The document that was read.
    pub document: DocumentId,
    /// Where in it: "paragraph 3", a record's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// How firmly the fact stands there.
    #[serde(default)]
    pub strength: Strength,
    /// Why it was concluded, or what a reader should know; never missing where the strength is
    /// [`Strength::Inferred`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Citation {
    /// Checks its texts, and that a conclusion says why.
    pub(crate) fn check(&mut self, violations: &mut Violations) {
        check_text(&mut self.locator, "locator", text::settle_line, violations);
        check_text(&mut self.note, "note", text::settle_prose, violations);
        if self.strength == Strength::Inferred && self.note.is_none() {
            violations.push(
                Violation::new(
                    format!("what is INFERRED from {} has no note", self.document),
                    "say in the note why it was concluded, or make it STATED if the document says so",
                )
                .of("note"),
            );
        }
    }
}

pub(super) fn check_text(
    value: &mut Option<String>,
    field: &'static str,
    check: fn(&mut String) -> Result<(), Violation>,
    violations: &mut Violations,
) {
    if let Some(text) = value {
        violations.keep(check(text).map_err(|violation| violation.of(field)));
    }
}

pub(super) fn check_address(value: &mut Option<String>, field: &'static str, violations: &mut Violations) {
    check_text(value, field, text::settle_line, violations);
    if let Some(address) = value
        && !(address.starts_with("https://") || address.starts_with("http://"))
    {
        violations.push(
            Violation::new(format!("\"{address}\" is no web address"), "start it with https:// or http://").of(field),
        );
    }
}

/// Sorts citations and drops those given twice. A reader leaves room for more than there are, which adds up.
pub(super) fn settle(citations: &mut Vec<Citation>) {
    citations.sort();
    citations.dedup();
    citations.shrink_to_fit();
}

/// The fields of a [`Document`], not yet checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentRecord {
    /// Its key.
    pub id: DocumentId,
    /// The title as printed.
    pub title: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was published; `None` where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<EdtfDate>,
    /// The time that it tells of as the present, where that is another than when it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<EdtfDate>,
    /// When it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<EdtfDate>,
    /// The language it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What a reader of its citations should know about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A press release, page or registry that was read. Its fields are those of [`DocumentRecord`], checked. A copy shares
/// them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "DocumentRecord")]
pub struct Document(Arc<DocumentRecord>);

impl Document {
    /// Checks the fields.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn new(mut record: DocumentRecord) -> Result<Self, Violations> {
        let mut violations = Violations::default();
        violations.keep(text::settle_line(&mut record.title).map_err(|violation| violation.of("title")));
        check_text(&mut record.publisher, "publisher", text::settle_line, &mut violations);
        check_text(&mut record.note, "note", text::settle_prose, &mut violations);
        check_address(&mut record.url, "url", &mut violations);
        let violations = Violations(violations.0.into_iter().map(|violation| violation.about(&record.id)).collect());
        violations.into_result().map(|()| Self(Arc::new(record)))
    }
}

impl Document {
    /// The time that it tells of as the present, as far as that is known: what it says that somebody is, they were then.
    pub fn present(&self) -> Option<&EdtfDate> {
        self.0.as_of.as_ref().or(self.0.published.as_ref())
    }
}

impl std::ops::Deref for Document {
    type Target = DocumentRecord;
    fn deref(&self) -> &DocumentRecord {
        &self.0
    }
}

impl TryFrom<DocumentRecord> for Document {
    type Error = Violations;
    fn try_from(record: DocumentRecord) -> Result<Self, Violations> {
        Self::new(record)
    }
}

impl From<Document> for DocumentRecord {
    fn from(document: Document) -> Self {
        Arc::unwrap_or_clone(document.0)
    }
}
