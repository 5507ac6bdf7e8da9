//! What becomes of an answer when one of its fields fails, or when nothing is asked of an object.
//!
//! The GraphQL specification (October 2021, 6.4.4) puts null in the place of a field that failed where its type allows
//! null, and otherwise lets the failure rise to the nearest place that does. async-graphql leaves the field out instead,
//! so a client finds neither a value nor null; this extension does what the specification says. It also gives a path to
//! those errors that the library leaves without one, of fields that are asked of an interface.
//!
//! Of an object from which a selection takes nothing, because no fragment in it is of its type or all its fields are
//! skipped, the library makes null, also in a list whose items may not be null. Such selections are given a
//! `__typename` under a name of our own, which is taken out of the answer again: what is left is `{}`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextPrepareRequest, NextResolve, ResolveInfo,
};
use async_graphql::parser::types::{DocumentOperations, Field, Selection, SelectionSet};
use async_graphql::{
    Name, PathSegment, Pos, Positioned, QueryPathNode, QueryPathSegment, Request, Response, ServerError, ServerResult,
    Value,
};

/// Under which name an object is asked for its type, so that it is not taken for nothing.
const THERE: &str = "__there";

/// Puts nulls where fields failed, and empty objects where nothing was asked.
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
    /// Whether some objects were asked for their type.
    asked: AtomicBool,
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
    async fn prepare_request(
        &self,
        context: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let mut request = next.run(context, request).await?;
        let document = request.parsed_query()?;
        let roots = || document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
        let fragments = || document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
        if roots().any(|set| may_be_empty(set) || holds_empty(set)) || fragments().any(holds_empty) {
            let mut document = document.clone();
            match &mut document.operations {
                DocumentOperations::Single(operation) => fill(&mut operation.node.selection_set.node, true),
                DocumentOperations::Multiple(operations) => {
                    operations.values_mut().for_each(|operation| fill(&mut operation.node.selection_set.node, true));
                }
            }
            for fragment in document.fragments.values_mut() {
                fill(&mut fragment.node.selection_set.node, false);
            }
            request.set_parsed_query(document);
            self.asked.store(true, Ordering::Relaxed);
        }
        Ok(request)
    }

    async fn execute(&self, context: &ExtensionContext<'_>, name: Option<&str>, next: NextExecute<'_>) -> Response {
        let mut response = next.run(context, name).await;
        if self.any.load(Ordering::Relaxed) {
            if self.holds_failure(&[], "Query!") {
                response.data = Value::Null;
            }
            response.errors.extend(self.with(|seen| std::mem::take(&mut seen.errors)));
        }
        if self.asked.load(Ordering::Relaxed) {
            take_out(&mut response.data);
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
        let mut error = match next.run(context, info).await {
            Ok(value) if !self.any.load(Ordering::Relaxed) || !self.holds_failure(&place(path_node), of_type) => {
                return Ok(value);
            }
            Ok(_) => None,
            Err(error) => Some(error),
        };
        if let Some(error) = error.as_mut().filter(|error| error.path.is_empty()) {
            error.path = place(path_node);
        }
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

/// Whether there may be an object of which this selects nothing.
fn may_be_empty(set: &SelectionSet) -> bool {
    let is_sure = |selection: &Positioned<Selection>| match &selection.node {
        Selection::Field(field) => field.node.directives.is_empty(),
        Selection::FragmentSpread(_) | Selection::InlineFragment(_) => false,
    };
    !set.items.is_empty() && !set.items.iter().any(is_sure)
}

/// Whether a field below may give an object of which nothing is selected. The part of an object that a fragment selects
/// is looked at with the rest of it, so not here.
fn holds_empty(set: &SelectionSet) -> bool {
    set.items.iter().any(|selection| match &selection.node {
        Selection::Field(field) => {
            let below = &field.node.selection_set.node;
            may_be_empty(below) || holds_empty(below)
        }
        Selection::InlineFragment(fragment) => holds_empty(&fragment.node.selection_set.node),
        Selection::FragmentSpread(_) => false,
    })
}

/// Asks objects of which nothing may be selected for their type.
fn fill(set: &mut SelectionSet, is_of_an_object: bool) {
    for selection in &mut set.items {
        match &mut selection.node {
            Selection::Field(field) => fill(&mut field.node.selection_set.node, true),
            Selection::InlineFragment(fragment) => fill(&mut fragment.node.selection_set.node, false),
            Selection::FragmentSpread(_) => {}
        }
    }
    if is_of_an_object && may_be_empty(set) {
        let here = |name: &str| Positioned::new(Name::new(name), Pos::default());
        let field = Field {
            alias: Some(here(THERE)),
            name: here("__typename"),
            arguments: Vec::new(),
            directives: Vec::new(),
            selection_set: Positioned::default(),
        };
        let field = Selection::Field(Positioned::new(field, Pos::default()));
        set.items.push(Positioned::new(field, Pos::default()));
    }
}

/// Removes from an answer what [`fill`] asked for.
fn take_out(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.shift_remove(THERE);
            fields.values_mut().for_each(take_out);
        }
        Value::List(items) => items.iter_mut().for_each(take_out),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => {}
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
    use async_graphql::{EmptyMutation, EmptySubscription, Interface, Object, Result, Schema};
    use serde_json::{Value, json};

    use super::NullPropagation;

    struct Query;
    struct Item(i32);
    struct Other;

    #[derive(Interface)]
    #[graphql(field(name = "must_not_fail", ty = "i32"))]
    enum Thing {
        Item(Item),
        Other(Other),
    }

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
        async fn things(&self) -> Vec<Thing> {
            vec![Thing::Item(Item(1)), Thing::Other(Other)]
        }
        async fn perhaps_many(&self) -> Vec<Option<Item>> {
            vec![Some(Item(0)), Some(Item(1)), None]
        }
    }

    #[Object]
    impl Other {
        async fn number(&self) -> i32 {
            7
        }
        async fn must_not_fail(&self) -> i32 {
            7
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
    async fn a_field_of_an_interface_fails_at_its_place() {
        let (data, errors) = ask("{ things { mustNotFail } }").await;
        assert_eq!((data, errors), (Value::Null, vec![r#"["things",0,"mustNotFail"]"#.to_owned()]));
    }

    #[tokio::test]
    async fn an_object_of_which_nothing_is_asked_is_empty_and_not_null() {
        for query in [
            "{ things { ... on Other { number } } }",
            "{ things { ...O } } fragment O on Other { number }",
            "{ ...Q } fragment Q on Query { things { ... on Other { number } } }",
            "query ($no: Boolean = false) { things { ... on Item { number @include(if: $no) } ... on Other { number } } }",
        ] {
            assert_eq!(ask(query).await, (json!({"things": [{}, {"number": 7}]}), Vec::new()), "{query}");
        }
        let (data, _) =
            ask("{ surely { number @skip(if: true) below { below { ... @skip(if: true) { number } } } } }").await;
        assert_eq!(data, json!({"surely": {"below": {"below": {}}}}));
        assert_eq!(ask("{ maybe @skip(if: true) { number } }").await.0, json!({}));
        assert_eq!(ask("{ perhapsMany { ... on Item { number } } }").await.0["perhapsMany"][2], Value::Null);
    }

    #[tokio::test]
    async fn what_does_not_fail_is_untouched() {
        let (data, errors) = ask("{ surely { number below { number } } }").await;
        assert_eq!(data, json!({"surely": {"number": 1, "below": {"number": 1}}}));
        assert!(errors.is_empty());
    }
}
