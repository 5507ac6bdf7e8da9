//! A key of an outside registry as people write it.

use crate::model::entity::Entity;
use crate::model::identifier::Identifier;
use crate::model::violation::Violation;

/// `ROR:011ashp19`, the address of a key, or the bare key: `011ashp19`.
#[derive(Clone, Debug)]
pub struct IdentifierQuery(Vec<Identifier>);

impl IdentifierQuery {
    /// Reads a key in every form that people write; a bare one is looked for in each registry that has such keys.
    ///
    /// # Errors
    /// A violation when it can be a key of none.
    pub fn new(text: &str) -> Result<Self, Violation> {
        Identifier::readings(text).map(Self)
    }

    /// Whether the entity bears it.
    pub(super) fn is_of(&self, entity: &Entity) -> bool {
        entity.identifiers.iter().any(|identifier| self.0.contains(identifier))
    }

    /// What it may be.
    pub(in crate::graph) fn readings(&self) -> &[Identifier] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::citation::{Citation, Strength};
    use crate::model::entity::{EntityKind, EntityRecord};
    use crate::model::id::{DocumentId, EntityId};

    #[test]
    fn a_key_is_found_in_every_form_that_people_write() {
        let mut record = EntityRecord::new(EntityId::new("scu").unwrap(), EntityKind::University, "Sichuan University");
        record.identifiers =
            ["ROR:011ashp19", "WIKIDATA:Q34433", "ISNI:0000000419368948"].map(|key| key.parse().unwrap()).into();
        let document = DocumentId::new("d").unwrap();
        record.citations = vec![Citation { document, locator: None, strength: Strength::Stated, note: None }];
        let entity = Entity::new(record).unwrap();
        for good in [
            "ROR:011ashp19",
            "ror:011ashp19",
            "https://ror.org/011ashp19",
            "http://ror.org/011ashp19/",
            "https://wikidata.org/wiki/Q34433",
            "http://www.wikidata.org/wiki/Q34433",
            "q34433",
            " 011ashp19 ",
            "0000 0004 1936 8948",
            "0000-0004-1936-8948",
        ] {
            assert!(IdentifierQuery::new(good).unwrap().is_of(&entity), "{good}");
        }
        for other in ["ROR:052gg0110", "Q3443", "GRID:grid.1.1", "0000-0002-1825-0097"] {
            assert!(!IdentifierQuery::new(other).unwrap().is_of(&entity), "{other}");
        }
        for bad in ["", "ROR:nonsense", "GRID:011ashp19", "https://example.org/011ashp19"] {
            assert!(IdentifierQuery::new(bad).is_err(), "{bad}");
        }
    }
}
