//! Everything that is known at one revision, as sorted lists: what the store gives back and the graph is built from.

use std::sync::Arc;

use jiff::Timestamp;

use super::change::{Commit, Hash, Revision, Versioned};
use super::citation::Document;
use super::decision::Decision;
use super::edtf::{Day, day_of};
use super::entity::Entity;
use super::relationship::Relationship;

/// One revision of everything. Values are shared, so that a copy costs a pointer each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The documents, sorted by id.
    pub documents: Vec<Arc<Versioned<Document>>>,
    /// The entities, sorted by id.
    pub entities: Vec<Arc<Versioned<Entity>>>,
    /// The relationships, sorted by id.
    pub relationships: Vec<Arc<Versioned<Relationship>>>,
    /// What was decided about pairs of entities, sorted by id.
    pub decisions: Vec<Arc<Versioned<Decision>>>,
    /// The entries of the change log without their changes, oldest first: the n-th has revision n.
    pub commits: Vec<Arc<Commit>>,
}

impl State {
    /// The revision: how many entries the change log has.
    pub fn revision(&self) -> Revision {
        self.commits.len() as Revision
    }

    /// The hash of the newest entry; [`Hash::ZERO`] before the first.
    pub fn head(&self) -> Hash {
        self.commits.last().map_or(Hash::ZERO, |commit| commit.hash)
    }

    /// The day, in UTC, of the newest entry: what "today" means where this revision is told, so that it is told alike
    /// whenever that is. [`Day::MAX`], after which nothing comes, before the first entry and where its time is the
    /// epoch, which stands for none.
    pub fn day(&self) -> Day {
        let newest = self.commits.last().filter(|commit| commit.time != Timestamp::UNIX_EPOCH);
        newest.map_or(Day::MAX, |commit| day_of(commit.time))
    }

    /// The document with this id. *O(log n)*.
    pub fn document(&self, id: &str) -> Option<&Arc<Versioned<Document>>> {
        let found = self.documents.binary_search_by(|document| document.id.as_str().cmp(id));
        found.ok().map(|position| &self.documents[position])
    }

    /// The entity with this id. *O(log n)*.
    pub fn entity(&self, id: &str) -> Option<&Arc<Versioned<Entity>>> {
        let found = self.entities.binary_search_by(|entity| entity.id.as_str().cmp(id));
        found.ok().map(|position| &self.entities[position])
    }

    /// The relationship with this id. *O(log n)*.
    pub fn relationship(&self, id: &str) -> Option<&Arc<Versioned<Relationship>>> {
        let found = self.relationships.binary_search_by(|relationship| relationship.id().as_str().cmp(id));
        found.ok().map(|position| &self.relationships[position])
    }

    /// The decision with this id. *O(log n)*.
    pub fn decision(&self, id: &str) -> Option<&Arc<Versioned<Decision>>> {
        let found = self.decisions.binary_search_by(|decision| decision.id().as_str().cmp(id));
        found.ok().map(|position| &self.decisions[position])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::change::OperationId;
    use crate::model::edtf::EdtfDate;

    fn made_at(time: &str) -> Arc<Commit> {
        Arc::new(Commit {
            revision: 1,
            hash: Hash::ZERO,
            previous: Hash::ZERO,
            operation: OperationId::new("a").unwrap(),
            author: "a".into(),
            message: "a".into(),
            time: time.parse().unwrap(),
            changes: 0,
        })
    }

    #[test]
    fn the_day_is_that_of_the_newest_entry() {
        let mut state = State::default();
        assert_eq!(state.day(), Day::MAX);
        state.commits.push(made_at("2026-11-30T23:59:59Z"));
        assert_eq!(EdtfDate::of_day(state.day()).unwrap().as_str(), "2026-11-30");
        state.commits.push(made_at("2026-12-01T00:30:00+01:00"));
        assert_eq!(EdtfDate::of_day(state.day()).unwrap().as_str(), "2026-11-30");
        state.commits.push(made_at("1970-01-01T00:00:00Z"));
        assert_eq!(state.day(), Day::MAX);
    }
}
