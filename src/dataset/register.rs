//! Which ids a dataset declares, and where: what every other row is looked up in.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::row::Row;
use super::source::{Matter, Source};
use crate::model::entity::EntityKind;
use crate::model::id::EntityId;
use crate::model::nearest::nearest;
use crate::model::violation::{Origin, Violation, Violations};

/// The kind of an entity that rows may name though they do not describe it.
pub type Known<'k> = dyn Fn(&EntityId) -> Option<EntityKind> + 'k;

/// What an id stands for.
enum Declared {
    Entity(EntityKind),
    Document,
    /// It stands in a place that could not be read.
    Unreadable,
}

/// All declared ids, and those that stand without them.
pub(super) struct Register<'k> {
    /// The kinds of entities that are there already.
    there: &'k Known<'k>,
    things: BTreeMap<String, (Declared, Option<Origin>)>,
    /// The entities that rows may name which could not be read.
    unreadable_mentions: BTreeSet<String>,
    /// How many more words may be compared for suggestions, so that a broken dataset of any size is told about soon.
    comparisons: Cell<usize>,
}

impl<'k> Register<'k> {
    /// Gathers the ids of all rows and notes those declared twice.
    pub(super) fn new(
        sources: &[Source<'_>],
        rows: &mut [Vec<(Matter, Row<'_>)>],
        there: &'k Known<'k>,
        violations: &mut Violations,
    ) -> Self {
        let mut things: BTreeMap<String, (Declared, Option<Origin>)> = BTreeMap::new();
        for (matter, row) in rows.iter_mut().flatten() {
            let declared = match matter {
                Matter::Entity(kind) => Declared::Entity(*kind),
                Matter::Document => Declared::Document,
                Matter::Mention | Matter::Relationship | Matter::Figure | Matter::Decision => continue,
            };
            let Some(id) = row.peek("id") else { continue };
            let origin = row.place("id");
            match things.get(id) {
                None => {
                    things.insert(id.to_owned(), (declared, Some(origin)));
                }
                Some((_, first)) => violations.push(declared_twice(id, first.as_ref()).at(Some(&origin))),
            }
        }
        for id in sources.iter().flat_map(|source| source.faulty_mentions("id")) {
            things.entry(id.to_owned()).or_insert((Declared::Unreadable, None));
        }
        let unreadable_mentions =
            sources.iter().flat_map(|source| source.faulty_mentions("entity")).map(str::to_owned).collect();
        Self { there, things, unreadable_mentions, comparisons: Cell::new(3_000_000) }
    }

    /// The kind of an entity; `None` where it stands in a place that could not be read.
    ///
    /// # Errors
    /// A violation when nothing or something else has this id.
    pub(super) fn kind(&self, id: &EntityId) -> Result<Option<EntityKind>, Violation> {
        match self.things.get(id.as_str()) {
            Some((Declared::Entity(kind), _)) => Ok(Some(*kind)),
            Some((Declared::Unreadable, _)) => Ok(None),
            Some((Declared::Document, origin)) => Err(Violation::new(
                format!("\"{id}\" is a document{}", place(origin.as_ref())),
                "name an entity of authority/",
            )),
            None => (self.there)(id).map(Some).ok_or_else(|| self.unknown(id)),
        }
    }

    /// Whether a row that could not be read may mention an entity.
    pub(super) fn may_be_mentioned(&self, id: &EntityId) -> bool {
        self.unreadable_mentions.contains(id.as_str())
    }

    fn unknown(&self, id: &EntityId) -> Violation {
        let entities = self.things.iter().filter_map(|(known, (declared, _))| match declared {
            Declared::Entity(_) => Some(known.as_str()),
            Declared::Document | Declared::Unreadable => None,
        });
        let left = self.comparisons.get().checked_sub(self.things.len());
        self.comparisons.set(left.unwrap_or(0));
        let remedy = match left.and_then(|_| nearest(id.as_str(), entities)) {
            Some(near) => format!("did you mean \"{near}\"? if not, add it to authority/"),
            None => "add it to authority/, or correct the id".to_owned(),
        };
        Violation::new(format!("no entity has the id \"{id}\""), remedy)
    }
}

fn declared_twice(id: &str, first: Option<&Origin>) -> Violation {
    Violation::new(
        format!("the id \"{id}\" is already taken{}", place(first)),
        "give one of the two another id, or make one of them",
    )
    .of("id")
    .about(id)
}

fn place(origin: Option<&Origin>) -> String {
    origin.map_or_else(String::new, |origin| format!(" at {origin}"))
}
