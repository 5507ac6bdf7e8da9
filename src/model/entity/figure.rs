//! A number or a rank that a document gives about an entity, where no relationship can hold it.

use serde::{Deserialize, Serialize};

use crate::model::citation::Citation;
use crate::model::decimal::Decimal;
use crate::model::edtf::EdtfDate;
use crate::model::text;
use crate::model::violation::{Violation, Violations};

/// What a document counts or ranks: "member universities attending: nearly 20".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What is counted or ranked.
    pub label: String,
    /// The number or rank as the document words it.
    pub value: String,
    /// The least it can be, where the wording gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Decimal>,
    /// The most it can be, where the wording gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Decimal>,
    /// When it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<EdtfDate>,
    /// Where it was read.
    pub citation: Citation,
}

impl Figure {
    pub(crate) fn check(&mut self, violations: &mut Violations) {
        for (text, field) in [(&mut self.label, "label"), (&mut self.value, "value")] {
            match text::line(text) {
                Ok(clean) => *text = clean,
                Err(violation) => violations.push(violation.of(field)),
            }
        }
        self.citation.check(violations);
        if let (Some(least), Some(most)) = (&self.at_least, &self.at_most)
            && least > most
        {
            violations.push(
                Violation::new(format!("it is at least {least} and at most {most}"), "swap the two bounds")
                    .of("at_least"),
            );
        }
    }
}

impl Ord for Figure {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |figure: &Self| (figure.citation.clone(), figure.label.clone(), figure.value.clone());
        key(self)
            .cmp(&key(other))
            .then_with(|| (&self.at_least, &self.at_most).cmp(&(&other.at_least, &other.at_most)))
            .then_with(|| {
                let day = |figure: &Self| figure.as_of.as_ref().map(|date| date.as_str().to_owned());
                day(self).cmp(&day(other))
            })
    }
}

impl PartialOrd for Figure {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
