//! What an answer says of entities that are probably told as two: `extensions.possibleDoubles`, for each entity in the
//! answer the ids of those that it is probably the same as.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{Response, Value, value};

use super::scope::Scope;
use crate::graph::EntityIndex;

/// How many entities are told of.
const TOLD: usize = 100;

/// The entities of an answer that are probably told as two.
#[derive(Default)]
pub(super) struct Doubled(Mutex<BTreeMap<String, Vec<String>>>);

impl Doubled {
    /// Notes that an entity is in the answer.
    pub(super) fn note(&self, scope: &Scope, entity: EntityIndex) {
        let doubles = scope.graph().doubles(entity);
        if doubles.is_empty() {
            return;
        }
        let id = |entity: EntityIndex| scope.graph().entity(entity).id.to_string();
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.entry(id(entity)).or_insert_with(|| doubles.iter().map(|double| id(double.other)).collect());
    }

    fn extension(&self) -> Option<Value> {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |(id, others): (&String, &Vec<String>)| {
            let others = others.iter().map(|other| Value::from(other.as_str())).collect();
            value!({ "id": id.as_str(), "probablyAlso": Value::List(others) })
        };
        (!noted.is_empty()).then(|| Value::List(noted.iter().take(TOLD).map(of).collect()))
    }
}

/// Adds them to each answer that has some, sorted by id, a hundred at most.
pub(super) struct PossibleDoubles;

impl ExtensionFactory for PossibleDoubles {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for PossibleDoubles {
    async fn execute(&self, context: &ExtensionContext<'_>, name: Option<&str>, next: NextExecute<'_>) -> Response {
        let mut response = next.run(context, name).await;
        if let Some(doubles) = context.data_opt::<Arc<Doubled>>().and_then(|doubled| doubled.extension()) {
            response.extensions.insert("possibleDoubles".to_owned(), doubles);
        }
        response
    }
}
