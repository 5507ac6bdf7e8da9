//! What becomes of an answer when one of its fields fails.
//!
//! The GraphQL specification (October 2021, 6.4.4) puts null in the place of a field that failed where its type allows
//! null, and otherwise lets the failure rise to the nearest place that does. async-graphql leaves the field out instead,
//! so a client finds neither a value nor null; this extension does what the specification says.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, ResolveInfo};
use async_graphql::{PathSegment, QueryPathNode, QueryPathSegment, Response, ServerError, ServerResult, Value};

/// Puts nulls where fields failed.
pub(super) struct NullPropagation;

impl ExtensionFactory for NullPropagation {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Failures::default())
    }
}

/// What failed in one operation.
#[derive(Default)]
struct Failures {
    any: AtomicBool,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    errors: Vec<ServerError>,
    /// The places that failed and may not be null: the places that hold them have to fail too.
    rising: Vec<Vec<PathSegment>>,
}

impl Failures {
    fn with<T>(&self, act: impl FnOnce(&mut Seen) -> T) -> T {
        // A panic elsewhere leaves two lists that are still right.
        act(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether something directly in this place, which is of this type, failed and may not be null.
    ///
    /// Whether an item of a list may be null is told from the type of the list: of an item itself the library always
    /// says that it may not.
    fn holds_failure(&self, place: &[PathSegment], of_type: &str) -> bool {
        let items_may_be_null = of_type.trim_end_matches('!').ends_with(']') && !of_type.contains("!]");
        let rises = |failed: &PathSegment| matches!(failed, PathSegment::Field(_)) || !items_may_be_null;
        let is_held = |failed: &Vec<PathSegment>| {
            failed.split_last().is_some_and(|(failed, holder)| holder == place && rises(failed))
        };
        self.with(|seen| seen.rising.iter().any(is_held))
    }
}

#[async_trait]
impl Extension for Failures {
    async fn execute(&self, context: &ExtensionContext<'_>, name: Option<&str>, next: NextExecute<'_>) -> Response {
        let mut response = next.run(context, name).await;
        if self.any.load(Ordering::Relaxed) {
            if self.holds_failure(&[], "Query!") {
                response.data = Value::Null;
            }
            response.errors.extend(self.with(|seen| std::mem::take(&mut seen.errors)));
        }
        response
    }

    async fn resolve(
        &self,
        context: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let (path_node, of_type) = (info.path_node, info.return_type);
        let error = match next.run(context, info).await {
            Ok(value) if !self.any.load(Ordering::Relaxed) || !self.holds_failure(&place(path_node), of_type) => {
                return Ok(value);
            }
            Ok(_) => None,
            Err(error) => Some(error),
        };
        self.any.store(true, Ordering::Relaxed);
        self.with(|seen| {
            seen.errors.extend(error);
            if of_type.ends_with('!') {
                seen.rising.push(place(path_node));
            }
        });
        Ok(Some(Value::Null))
    }
}

fn place(node: &QueryPathNode<'_>) -> Vec<PathSegment> {
    let mut place: Vec<PathSegment> = std::iter::successors(Some(node), |node| node.parent)
        .map(|node| match node.segment {
            QueryPathSegment::Index(index) => PathSegment::Index(index),
            QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
        })
        .collect();
    place.reverse();
    place
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Result, Schema};
    use serde_json::{Value, json};

    use super::NullPropagation;

    struct Query;
    struct Item(i32);

    #[Object]
    impl Query {
        async fn maybe(&self) -> Option<Item> {
            Some(Item(1))
        }
        async fn surely(&self) -> Item {
            Item(1)
        }
        async fn surely_many(&self) -> Vec<Item> {
            vec![Item(0), Item(1)]
        }
        async fn perhaps_many(&self) -> Vec<Option<Item>> {
            vec![Some(Item(0)), Some(Item(1)), None]
        }
    }

    #[Object]
    impl Item {
        async fn number(&self) -> i32 {
            self.0
        }
        async fn may_fail(&self) -> Result<Option<i32>> {
            if self.0 == 0 { Ok(Some(0)) } else { Err("failed".into()) }
        }
        async fn must_not_fail(&self) -> Result<i32> {
            if self.0 == 0 { Ok(0) } else { Err("failed".into()) }
        }
        async fn below(&self) -> Option<Item> {
            Some(Item(self.0))
        }
    }

    async fn ask(query: &str) -> (Value, Vec<String>) {
        let schema = Schema::build(Query, EmptyMutation, EmptySubscription).extension(NullPropagation).finish();
        let response = schema.execute(query).await;
        let paths = response.errors.iter().map(|error| serde_json::to_string(&error.path).unwrap()).collect();
        (response.data.into_json().unwrap(), paths)
    }

    #[tokio::test]
    async fn a_field_that_may_be_null_is_null_when_it_fails() {
        let (data, errors) = ask("{ surely { number mayFail } }").await;
        assert_eq!(data, json!({"surely": {"number": 1, "mayFail": null}}));
        assert_eq!(errors, [r#"["surely","mayFail"]"#]);
    }

    #[tokio::test]
    async fn a_failure_rises_to_the_nearest_place_that_may_be_null() {
        let (data, errors) = ask("{ maybe { number mustNotFail } surely { below { below { mustNotFail } } } }").await;
        assert_eq!(data, json!({"maybe": null, "surely": {"below": {"below": null}}}));
        assert_eq!(errors.len(), 2);
    }

    #[tokio::test]
    async fn a_failure_that_nothing_stops_leaves_no_data() {
        assert_eq!(ask("{ surely { mustNotFail } maybe { number } }").await.0, Value::Null);
        assert_eq!(ask("{ surelyMany { mustNotFail } }").await.0, Value::Null);
    }

    #[tokio::test]
    async fn an_item_of_a_list_that_may_be_null_is_null_alone() {
        let (data, errors) = ask("{ perhapsMany { mustNotFail } }").await;
        assert_eq!(data, json!({"perhapsMany": [{"mustNotFail": 0}, null, null]}));
        assert_eq!(errors, [r#"["perhapsMany",1,"mustNotFail"]"#]);
    }

    #[tokio::test]
    async fn what_does_not_fail_is_untouched() {
        let (data, errors) = ask("{ surely { number below { number } } }").await;
        assert_eq!(data, json!({"surely": {"number": 1, "below": {"number": 1}}}));
        assert!(errors.is_empty());
    }
}
