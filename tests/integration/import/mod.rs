//! What foreign files say, taken over: the formats, the differences that an import makes, and bad input.

mod apart;
mod bad;
mod cordis;
mod exported;
mod mapping;
mod program;
mod ror;
mod table;

use std::path::{Path, PathBuf};

use consortia::import::source::Limits;
use consortia::import::{self, Contribution, FORMATS, Options};
use consortia::knowledge::apply;
use consortia::knowledge::contribution::{Extent, Fate, Proposal, propose};
use consortia::model::change::{ChangeSet, Entry};
use consortia::model::entity::Entity;
use consortia::model::relationship::Relationship;
use consortia::model::state::State;
use consortia::model::violation::Violation;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/import").join(name)
}

fn read_with(format: &str, files: &[PathBuf], options: &Options, limits: &Limits) -> Result<Contribution, Violation> {
    let format = FORMATS.iter().find(|known| known.name == format).unwrap();
    import::read(format.importer.unwrap()(options)?, files, limits, &Default::default())
}

fn read(format: &str, files: &[PathBuf]) -> Result<Contribution, Violation> {
    read_with(format, files, &Options::default(), &Limits::default())
}

/// What is known, and what imports make of it.
#[derive(Default)]
struct World(State);

impl World {
    fn propose(&self, contribution: Contribution) -> Proposal {
        propose(&self.0, contribution, Extent::Whole)
    }

    /// Applies all that a contribution changes, and gives back what it proposed.
    fn land(&mut self, contribution: Contribution) -> Proposal {
        let proposal = self.propose(contribution);
        self.apply(&proposal);
        proposal
    }

    /// Applies all that was proposed.
    fn apply(&mut self, proposal: &Proposal) {
        if proposal.changes.is_empty() {
            return;
        }
        let set = ChangeSet {
            operation: proposal.operation(&self.0),
            author: "test".to_owned(),
            message: "test".to_owned(),
            time: jiff::Timestamp::UNIX_EPOCH,
            changes: proposal.changes.clone(),
            origins: proposal.origins.clone(),
        };
        let entry = Entry { revision: self.0.revision() + 1, previous: self.0.head(), set };
        self.0 = apply(&self.0, &entry).unwrap_or_else(|violations| panic!("{violations}")).0;
    }

    fn entity(&self, id: &str) -> &Entity {
        &self.0.entity(id).unwrap_or_else(|| panic!("there is no {id}")).value
    }

    fn relationship(&self, id: &str) -> &Relationship {
        &self.0.relationship(id).unwrap_or_else(|| panic!("there is no {id}, but {:?}", self.relationships())).value
    }

    fn relationships(&self) -> Vec<&str> {
        self.0.relationships.iter().map(|relationship| relationship.id().as_str()).collect()
    }
}

/// The counts of new, changed, unchanged, withdrawn and refused things.
fn counts(proposal: &Proposal) -> [usize; 5] {
    [
        proposal.count(Fate::New),
        proposal.count(Fate::Changed),
        proposal.unchanged,
        proposal.count(Fate::Withdrawn),
        proposal.refused.len(),
    ]
}
