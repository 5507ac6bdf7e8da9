//! From ids that do not stand for themselves to those that answer for them.

use super::id::{EntityId, RelationshipId};

/// The entities that were merged into others, and the relationships that go by other ids since. Empty where nothing is
/// merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redirects {
    /// Sorted by the id that was asked for.
    entities: Vec<(EntityId, EntityId)>,
    /// The same pairs turned, sorted: by the id that answers, then by the other.
    merged: Vec<(EntityId, EntityId)>,
    relationships: Vec<(RelationshipId, RelationshipId)>,
}

impl Redirects {
    /// Pairs of an id and the one that answers for it, in any order; no id twice among the first of the pairs.
    pub fn new(
        mut entities: Vec<(EntityId, EntityId)>,
        mut relationships: Vec<(RelationshipId, RelationshipId)>,
    ) -> Self {
        entities.sort_unstable();
        relationships.sort_unstable();
        let mut merged: Vec<_> = entities.iter().map(|(from, to)| (to.clone(), from.clone())).collect();
        merged.sort_unstable();
        Self { entities, merged, relationships }
    }

    /// The entity that answers for one that was merged into it. *O(log n)*.
    pub fn entity(&self, id: &str) -> Option<&EntityId> {
        let found = self.entities.binary_search_by(|(from, _)| from.as_str().cmp(id));
        found.ok().map(|position| &self.entities[position].1)
    }

    /// The relationship that answers for one whose ends were merged. *O(log n)*.
    pub fn relationship(&self, id: &str) -> Option<&RelationshipId> {
        let found = self.relationships.binary_search_by(|(from, _)| from.as_str().cmp(id));
        found.ok().map(|position| &self.relationships[position].1)
    }

    /// The ids that were merged into an entity, sorted. *O(log n)*.
    pub fn merged_into(&self, id: &str) -> impl Iterator<Item = &EntityId> {
        let start = self.merged.partition_point(|(to, _)| to.as_str() < id);
        self.merged[start..].iter().take_while(move |(to, _)| to.as_str() == id).map(|(_, from)| from)
    }

    /// How many entities were merged into others.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether nothing is merged.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_to_the_one_that_answers_and_back() {
        let id = |text: &str| EntityId::new(text).unwrap();
        let relationship = |text: &str| RelationshipId::try_from(text.to_owned()).unwrap();
        let redirects = Redirects::new(
            vec![(id("c"), id("a")), (id("b"), id("a")), (id("y"), id("x"))],
            vec![(relationship("c:founded:z"), relationship("a:founded:z"))],
        );
        assert_eq!(redirects.entity("c"), Some(&id("a")));
        assert_eq!(redirects.entity("a"), None);
        assert_eq!(redirects.relationship("c:founded:z"), Some(&relationship("a:founded:z")));
        assert_eq!(redirects.merged_into("a").map(EntityId::as_str).collect::<Vec<_>>(), ["b", "c"]);
        assert_eq!(redirects.merged_into("b").count(), 0);
        assert_eq!(redirects.len(), 3);
    }
}
