//! Names in every spelling find their entity.

use std::sync::Arc;

use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::name::{Name, NameKind};
use consortia::model::state::State;
use consortia::search::{Index, LEAST_SCORE};
use proptest::prelude::*;
