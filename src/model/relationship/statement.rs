//! What a relationship states beyond its ends, kind and role, and the key that tells apart two that state different things.

use sha2::{Digest, Sha256};

use super::RelationshipRecord;
use crate::model::edtf::EdtfDate;
use crate::model::id::SLUG_LIMIT;
use crate::model::text;

impl RelationshipRecord {
    /// Whether two of the same ends and kind state the same: the same role but for its spelling, the same dates, and that
    /// the source stood for the same other. What has no date does not state what has one.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let folded = |role: &Option<String>| role.as_deref().map(text::folded);
        (&self.since, &self.until, &self.on_behalf_of) == (&other.since, &other.until, &other.on_behalf_of)
            && (self.role == other.role || folded(&self.role) == folded(&other.role))
    }

    /// Whether it says neither when it held nor whom the source stood for.
    pub fn is_bare(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.on_behalf_of.is_none()
    }

    /// The last part of its id: its key, or its role as a slug; `None` where it has neither.
    pub fn last_part(&self) -> Option<String> {
        self.key.clone().or_else(|| self.role_part())
    }

    fn role_part(&self) -> Option<String> {
        self.role.as_deref().map(|role| text::slug(role, SLUG_LIMIT)).filter(|slug| !slug.is_empty())
    }

    /// The last part that its id has where nothing states otherwise of the same ends: its last part without what
    /// [`apart_key`](Self::apart_key) adds to its role.
    pub fn base(&self) -> Option<String> {
        let role = self.role_part();
        let is_apart = self.key.as_ref().is_some_and(|key| *key == self.apart_key(role.as_deref()));
        if is_apart { role } else { self.last_part() }
    }

    /// The key that tells it apart from others with the same ends, kind and base that state other things. It follows from
    /// what is stated alone: `president-since-2001-until-2005`. What a slug cannot hold is in a hash at its end.
    pub fn apart_key(&self, base: Option<&str>) -> String {
        let date = |word: &str, date: &EdtfDate| format!("{word}-{}", text::slug(date.as_str(), SLUG_LIMIT));
        let mut parts: Vec<String> = Vec::with_capacity(4);
        parts.extend(base.map(str::to_owned));
        parts.extend(self.since.as_ref().map(|since| date("since", since)));
        parts.extend(self.until.as_ref().map(|until| date("until", until)));
        parts.extend(self.on_behalf_of.as_ref().map(|other| format!("for-{other}")));
        if self.is_bare() {
            parts.push("undated".to_owned());
        }
        let whole = parts.join("-");
        let is_plain = |date: &EdtfDate| {
            date.as_str().split('-').all(|part| part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty())
        };
        let role = self.role.as_deref().map(text::folded).unwrap_or_default();
        let says_all =
            self.since.iter().chain(&self.until).all(is_plain) && role.is_ascii() && role.len() <= SLUG_LIMIT;
        if says_all && whole.len() <= SLUG_LIMIT {
            return whole;
        }
        let stated = serde_json::json!([role, self.since, self.until, self.on_behalf_of]).to_string();
        let hash: String = Sha256::digest(stated).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{hash}", text::slug(&whole, SLUG_LIMIT - hash.len() - 1)).trim_start_matches('-').to_owned()
    }

    /// When it held and for whom, in words: "since 2001, until 2005"; "undated".
    pub fn circumstances(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.since.as_ref().map(|since| format!("since {since}")));
        parts.extend(self.until.as_ref().map(|until| format!("until {until}")));
        if parts.is_empty() {
            parts.push("undated".to_owned());
        }
        parts.extend(self.on_behalf_of.as_ref().map(|other| format!("for \"{other}\"")));
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{EntityId, RelationshipId};
    use crate::model::relationship::RelationshipKind;

    fn post(role: &str, since: Option<&str>, until: Option<&str>, behalf: Option<&str>) -> RelationshipRecord {
        let id = |text: &str| EntityId::new(text).unwrap();
        let mut record = RelationshipRecord::new(id("ada"), RelationshipKind::HoldsPostAt, id("alpha"));
        record.role = Some(role.to_owned());
        let date = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        (record.since, record.until, record.on_behalf_of) = (date(since), date(until), behalf.map(id));
        record
    }

    #[test]
    fn a_key_says_what_is_stated_and_leads_back_to_its_base() {
        for (record, key) in [
            (post("President", Some("2001"), Some("2005-02"), None), "president-since-2001-until-2005-02"),
            (post("President", None, Some("2005"), Some("beta")), "president-until-2005-for-beta"),
            (post("President", None, None, None), "president-undated"),
        ] {
            let base = record.base();
            assert_eq!(record.apart_key(base.as_deref()), key);
            let keyed = RelationshipRecord { key: Some(key.to_owned()), ..record };
            assert_eq!(keyed.base().as_deref(), Some("president"));
            assert!(RelationshipId::has_form(keyed.id().as_str()));
        }
        let own = RelationshipRecord { key: Some("second-term".into()), ..post("President", Some("2001"), None, None) };
        assert_eq!(own.base().as_deref(), Some("second-term"), "a key that somebody chose is its own base");
    }

    #[test]
    fn what_a_slug_cannot_hold_still_tells_apart() {
        let keys: Vec<String> = [
            post("President", Some("2001"), None, None),
            post("President", Some("2001?"), None, None),
            post("President", Some("2001~"), None, None),
            post("President", Some("2001/2003"), None, None),
            post("校长", Some("2001"), None, None),
            post("xiao zhang", Some("2001"), None, None),
            post(&"very ".repeat(40), Some("2001"), None, None),
            post(&format!("{}long", "very ".repeat(40)), Some("2001"), None, None),
        ]
        .iter()
        .map(|record| record.apart_key(record.base().as_deref()))
        .collect();
        let mut apart = keys.clone();
        apart.sort();
        apart.dedup();
        assert_eq!(apart.len(), keys.len(), "{keys:?}");
        assert!(keys.iter().all(|key| EntityId::new(key).is_ok()), "{keys:?}");
    }

    #[test]
    fn a_role_may_be_spelt_otherwise_and_a_date_may_not_be_missing() {
        let one = post("Vice-President", Some("2001"), None, None);
        assert!(one.agrees_with(&post("vice president", Some("2001"), None, None)));
        for other in [
            post("Vice-President", None, None, None),
            post("Vice-President", Some("2001"), Some("2005"), None),
            post("Vice-President", Some("2001"), None, Some("beta")),
            post("President", Some("2001"), None, None),
        ] {
            assert!(!one.agrees_with(&other), "{other:?}");
        }
    }
}
