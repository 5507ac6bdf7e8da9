//! One wish to alter the graph, the set of them that lands at once or not at all, and its entry in the change log.

use std::fmt;
use std::io::{self, BufWriter, Write};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::citation::Document;
use super::decision::{Decision, DecisionId};
use super::entity::Entity;
use super::id::{DocumentId, EntityId, RelationshipId};
use super::relationship::Relationship;
use super::text;
use super::violation::{Origin, Violation};

/// The number of a state of the graph: 0 is empty, each entry of the change log makes the next.
pub type Revision = u64;

/// One wish to alter the graph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Adds a document or takes the place of the one with its id.
    UpsertDocument(Document),
    /// Adds an entity or takes the place of the one with its id.
    UpsertEntity(Entity),
    /// Adds a relationship or takes the place of the one with its id.
    UpsertRelationship(Relationship),
    /// Removes a document that nothing cites.
    DeleteDocument(DocumentId),
    /// Removes an entity that no relationship and no decision names.
    DeleteEntity(EntityId),
    /// Removes a relationship.
    DeleteRelationship(RelationshipId),
    /// Decides whether two entities are the same, in the place of what was decided about them before.
    Decide(Decision),
    /// Takes back what was decided about two entities.
    Withdraw(DecisionId),
}

impl Change {
    /// The id of what it alters.
    pub fn subject(&self) -> &str {
        match self {
            Self::UpsertDocument(document) => document.id.as_str(),
            Self::UpsertEntity(entity) => entity.id.as_str(),
            Self::UpsertRelationship(relationship) => relationship.id().as_str(),
            Self::DeleteDocument(id) => id.as_str(),
            Self::DeleteEntity(id) => id.as_str(),
            Self::DeleteRelationship(id) => id.as_str(),
            Self::Decide(decision) => decision.id().as_str(),
            Self::Withdraw(id) => id.as_str(),
        }
    }
}

/// A key that its maker gives a [`ChangeSet`], so that sending it twice changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OperationId(Box<str>);

impl OperationId {
    /// Checks and keeps a key.
    ///
    /// # Errors
    /// A violation when it is empty, longer than 100 characters, or holds anything but printable ASCII without spaces.
    pub fn new(text: &str) -> Result<Self, Violation> {
        if (1..=100).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) {
            Ok(Self(text.into()))
        } else {
            Err(Violation::new(
                "the operation id is not usable",
                "use 1 to 100 printable ASCII characters without spaces",
            ))
        }
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for OperationId {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        Self::new(&text)
    }
}

impl From<OperationId> for String {
    fn from(id: OperationId) -> Self {
        id.0.into()
    }
}

/// Changes that land at once or not at all. All ids and times are in it: applying it asks nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeSet {
    /// Its maker's key for it.
    pub operation: OperationId,
    /// Who made it.
    pub author: String,
    /// Why.
    pub message: String,
    /// When it was made.
    pub time: Timestamp,
    /// The changes, in the order in which they are applied.
    pub changes: Vec<Change>,
    /// For each change the place it came from; empty where it came from no file. Not stored.
    #[serde(skip)]
    pub origins: Vec<Option<Origin>>,
}

impl ChangeSet {
    /// The place that a change came from, if it came from a file.
    pub fn origin(&self, position: usize) -> Option<&Origin> {
        self.origins.get(position)?.as_ref()
    }

    /// Checks author and message.
    ///
    /// # Errors
    /// A violation when one is empty or too long.
    pub fn check(&self) -> Result<(), Violation> {
        text::line(&self.author).map_err(|violation| violation.of("author"))?;
        text::prose(&self.message).map_err(|violation| violation.of("message"))?;
        Ok(())
    }
}

/// A SHA-256 hash, written in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash([u8; 32]);

impl Hash {
    /// What the first entry has in the place of its predecessor's hash.
    pub const ZERO: Self = Self([0; 32]);
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        let mut bytes = [0; 32];
        let well_formed = text.len() == 64
            && text.is_ascii()
            && bytes.iter_mut().enumerate().all(|(position, byte)| {
                u8::from_str_radix(&text[2 * position..2 * position + 2], 16).map(|value| *byte = value).is_ok()
            });
        if well_formed {
            Ok(Self(bytes))
        } else {
            Err(Violation::new("this is no SHA-256 hash", "use 64 hexadecimal digits"))
        }
    }
}

/// An entry of the change log: a set that was applied, numbered and chained to the one before by its hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The state that it made.
    pub revision: Revision,
    /// The hash of the entry before; [`Hash::ZERO`] of the first.
    pub previous: Hash,
    /// What was applied.
    pub set: ChangeSet,
}

impl Entry {
    /// The SHA-256 of its stored form, which holds the hash of the entry before.
    pub fn hash(&self) -> Hash {
        let mut writer = BufWriter::with_capacity(64 << 10, Digesting(Sha256::new()));
        serde_json::to_writer(&mut writer, self).expect("an entry holds nothing that JSON cannot write");
        let Digesting(digest) = writer.into_inner().map_err(drop).expect("a digest takes all that is written to it");
        Hash(digest.finalize().into())
    }

    /// The entry without its changes.
    pub fn header(&self) -> Commit {
        Commit {
            revision: self.revision,
            hash: self.hash(),
            previous: self.previous,
            operation: self.set.operation.clone(),
            author: self.set.author.clone(),
            message: self.set.message.clone(),
            time: self.set.time,
            changes: self.set.changes.len(),
        }
    }
}

/// Digests what is written, so that the stored form of a large entry is never in memory as a whole.
struct Digesting(Sha256);

impl Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the change log says of an [`Entry`], without the changes themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commit {
    /// The state that it made.
    pub revision: Revision,
    /// Its own hash.
    pub hash: Hash,
    /// The hash of the entry before.
    pub previous: Hash,
    /// Its maker's key for it.
    pub operation: OperationId,
    /// Who made it.
    pub author: String,
    /// Why.
    pub message: String,
    /// When it was made.
    pub time: Timestamp,
    /// How many changes it made.
    pub changes: usize,
}

impl Commit {
    /// Whether a set has the operation id and the changes that it made; author, message and time may differ.
    ///
    /// The hash tells: the entry itself need not be read. *O(n)* for a set of *n* bytes.
    pub fn is_of(&self, set: ChangeSet) -> bool {
        let (author, message) = (self.author.clone(), self.message.clone());
        let set = ChangeSet { author, message, time: self.time, ..set };
        set.operation == self.operation
            && Entry { revision: self.revision, previous: self.previous, set }.hash() == self.hash
    }
}

/// A value and the revision that last changed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Versioned<T> {
    /// The revision that last changed it.
    pub revision: Revision,
    /// The value.
    pub value: T,
}

impl<T> std::ops::Deref for Versioned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
