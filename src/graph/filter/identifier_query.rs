//! A key of an outside registry as people write it.

use crate::model::entity::Entity;
use crate::model::identifier::Identifier;

/// `ROR:011ashp19`, the address of a key, or the bare key: `011ashp19`.
#[derive(Clone, Debug)]
pub struct IdentifierQuery(Form);

#[derive(Clone, Debug)]
enum Form {
    Exact(Identifier),
    Bare(String),
}

impl IdentifierQuery {
    /// Reads a key. What has neither a scheme nor a registry's address is taken for a bare key of any scheme.
    ///
    /// `http`, `www.` and a final `/` of an address, and spaces, hyphens and case of a bare key are set aside.
    pub fn new(text: &str) -> Self {
        let text = text.trim();
        let address = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")).map(|rest| {
            let path = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
            let host = if path.starts_with("wikidata.org/") { "www." } else { "" };
            format!("https://{host}{path}")
        });
        match address.as_deref().unwrap_or(text).parse() {
            Ok(identifier) => Self(Form::Exact(identifier)),
            Err(_) => Self(Form::Bare(bare(text))),
        }
    }

    /// Whether the entity bears it.
    pub(super) fn is_of(&self, entity: &Entity) -> bool {
        entity.identifiers.iter().any(|identifier| match &self.0 {
            Form::Exact(asked) => identifier == asked,
            Form::Bare(asked) => bare(identifier.value()) == *asked,
        })
    }

    /// The identifier, where scheme and key are known.
    pub(in crate::graph) fn exact(&self) -> Option<&Identifier> {
        match &self.0 {
            Form::Exact(identifier) => Some(identifier),
            Form::Bare(_) => None,
        }
    }
}

fn bare(key: &str) -> String {
    key.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_lowercase()).collect()
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
            assert!(IdentifierQuery::new(good).is_of(&entity), "{good}");
        }
        for bad in ["", "ROR:052gg0110", "ROR:nonsense", "GRID:011ashp19", "https://example.org/011ashp19", "Q3443"] {
            assert!(!IdentifierQuery::new(bad).is_of(&entity), "{bad}");
        }
    }
}
