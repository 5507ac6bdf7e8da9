//! A cited, dated statement that two entities are related.

mod kind;
mod plan;
mod statement;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use kind::{RelationshipKind, RelationshipSpec};
pub use plan::Plan;

use super::checked::checked;
use super::citation::{self, Citation, Strength};
use super::edtf::EdtfDate;
use super::id::{EntityId, RelationshipId};
use super::period::Period;
use super::text;
use super::violation::{Violation, Violations};

/// The fields of a [`Relationship`], not yet checked; also its stored form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationshipRecord {
    /// Where it leads from.
    pub source: EntityId,
    /// How the two are related.
    pub kind: RelationshipKind,
    /// Where it leads to.
    pub target: EntityId,
    /// What the source is to the target, as the document words it: President, keynote speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// A slug that tells it apart from others with the same ends and kind; the role's slug where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whom the source stood for, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<EntityId>,
    /// From when it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<EdtfDate>,
    /// Until when it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<EdtfDate>,
    /// Where it was read, sorted; at least one.
    pub citations: Vec<Citation>,
}

impl RelationshipRecord {
    /// A record with nothing but its ends and kind, and no citation yet.
    pub fn new(source: EntityId, kind: RelationshipKind, target: EntityId) -> Self {
        Self {
            source,
            kind,
            target,
            role: None,
            key: None,
            on_behalf_of: None,
            since: None,
            until: None,
            citations: Vec::new(),
        }
    }

    /// The id that follows from ends, kind and key or role.
    pub fn id(&self) -> RelationshipId {
        RelationshipId::from_parts(&self.source, self.kind.name(), &self.target, self.last_part().as_deref())
    }
}

/// A cited statement that two entities are related. Its fields are those of [`RelationshipRecord`], checked. A copy
/// shares them.
///
/// That its ends exist and fit its kind needs the whole graph and is checked there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RelationshipRecord")]
pub struct Relationship(Arc<Checked>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Checked {
    id: RelationshipId,
    record: RelationshipRecord,
    period: Period,
}

impl Relationship {
    /// Checks the fields.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn new(mut record: RelationshipRecord) -> Result<Self, Violations> {
        let mut violations = Violations::default();
        citation::check_text(&mut record.role, "role", text::settle_line, &mut violations);
        if let Some(key) = &record.key {
            violations.keep(EntityId::new(key).map_err(|violation| violation.of("key")));
        }
        let id = record.id();
        if record.source == record.target {
            violations.push(Violation::new("it relates an entity to itself", "name two different ends").of("target"));
        }
        let period = violations.keep(Period::new(record.since.clone(), record.until.clone()));
        for citation in &mut record.citations {
            citation.check(&mut violations);
        }
        citation::settle(&mut record.citations);
        if record.citations.is_empty() {
            violations
                .push(Violation::new("it has no citation", "name the document where it was read").of("citations"));
        }
        match period {
            Some(period) if violations.is_empty() => Ok(Self(Arc::new(Checked { id, record, period }))),
            _ => Err(Violations(violations.0.into_iter().map(|violation| violation.about(&id)).collect())),
        }
    }

    /// Its key, which follows from its ends, kind and role.
    pub fn id(&self) -> &RelationshipId {
        &self.0.id
    }

    /// When it held.
    pub fn period(&self) -> &Period {
        &self.0.period
    }

    /// How firmly it stands in the document that supports it best.
    pub fn strength(&self) -> Strength {
        self.citations.iter().map(|citation| citation.strength).max().unwrap_or(Strength::Inferred)
    }
}

checked!(Relationship, RelationshipRecord);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::DocumentId;

    #[test]
    fn the_id_follows_from_ends_kind_and_role() {
        let mut record = RelationshipRecord::new(
            EntityId::new("nancy-ip").unwrap(),
            RelationshipKind::HoldsPostAt,
            EntityId::new("hkust").unwrap(),
        );
        assert_eq!(record.id().as_str(), "nancy-ip:holds-post-at:hkust");
        record.role = Some("President".into());
        assert_eq!(record.id().as_str(), "nancy-ip:holds-post-at:hkust:president");
        record.key = Some("second-term".into());
        assert_eq!(record.id().as_str(), "nancy-ip:holds-post-at:hkust:second-term");
        assert!(Relationship::new(record.clone()).unwrap_err().0[0].problem.contains("no citation"));
        record.citations.push(Citation {
            document: DocumentId::new("d").unwrap(),
            locator: None,
            strength: Strength::Inferred,
            note: None,
        });
        assert!(Relationship::new(record).unwrap_err().0[0].problem.contains("no note"));
    }
}
