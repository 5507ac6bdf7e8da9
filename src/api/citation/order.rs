//! The order of the fields in an answer that is cited.
//!
//! A citation waits until the fields beside it are answered, and the library puts a field where it is done. The GraphQL
//! specification (October 2021, 6.3.2) has the fields of an object in the order in which the selection names them first,
//! so those that a citation can have moved are put back: of the answer, of `graph` in it, and of `citation` in that.

use std::mem;
use std::sync::{Arc, OnceLock};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextPrepareRequest};
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Name, Request, Response, ServerResult, Value};

use crate::api::variables::chosen;

/// The fields that hold a citation, or are one.
const MOVED: [&str; 2] = ["graph", "citation"];

/// Puts the fields of cited answers in order.
pub(in crate::api) struct FieldOrder;

impl ExtensionFactory for FieldOrder {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Ordered::default())
    }
}

/// One operation, with its document where that asks for a citation.
#[derive(Default)]
struct Ordered {
    document: OnceLock<ExecutableDocument>,
}

#[async_trait]
impl Extension for Ordered {
    async fn prepare_request(
        &self,
        context: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let mut request = next.run(context, request).await?;
        if request.query.contains("citation") {
            let document = request.parsed_query()?.clone();
            self.document.get_or_init(|| document);
        }
        Ok(request)
    }

    async fn execute(&self, context: &ExtensionContext<'_>, name: Option<&str>, next: NextExecute<'_>) -> Response {
        let mut response = next.run(context, name).await;
        if let Some(document) = self.document.get()
            && let Some(operation) = chosen(document, name)
        {
            order(&mut response.data, &[&operation.node.selection_set.node], document);
        }
        response
    }
}

/// A field as selections name it: the key of its value, its own name, and all that is selected below it.
struct Named<'d> {
    key: &'d Name,
    name: &'d Name,
    below: Vec<&'d SelectionSet>,
}

/// Orders an object by what is selected of it, and the objects in it that a citation can have put in disorder.
fn order(value: &mut Value, selected: &[&SelectionSet], document: &ExecutableDocument) {
    let Value::Object(fields) = value else { return };
    let mut named = Vec::new();
    selected.iter().for_each(|set| collect(set, document, &mut named));
    let mut unordered = mem::take(fields);
    for field in named {
        if let Some(mut value) = unordered.shift_remove(field.key) {
            if MOVED.contains(&field.name.as_str()) {
                order(&mut value, &field.below, document);
            }
            fields.insert(field.key.clone(), value);
        }
    }
    fields.append(&mut unordered);
}

/// The fields of a selection, each once, fragments expanded: an object of which a citation is a part has one type, so
/// that all of them are of it.
fn collect<'d>(set: &'d SelectionSet, document: &'d ExecutableDocument, named: &mut Vec<Named<'d>>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let (key, below) = (&field.node.response_key().node, &field.node.selection_set.node);
                match named.iter_mut().find(|named| named.key == key) {
                    Some(known) => known.below.push(below),
                    None => named.push(Named { key, name: &field.node.name.node, below: vec![below] }),
                }
            }
            Selection::InlineFragment(fragment) => collect(&fragment.node.selection_set.node, document, named),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    collect(&fragment.node.selection_set.node, document, named);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::value;

    use super::*;

    #[test]
    fn fields_stand_as_the_selection_names_them_first() {
        let document = parse_query(
            "{ g: graph { ...Cited revision } documents { totalCount } graph { revision } }
             fragment Cited on Graph { citation { text token } ... on Graph { a: entity(id: 1) { id name } } citation { url } }",
        )
        .unwrap();
        let mut answer = value!({
            "documents": { "totalCount": 1 },
            "graph": { "revision": 1 },
            "g": {
                "a": { "name": "kept as it is", "id": "1" },
                "revision": 1,
                "citation": { "token": "t", "url": "u", "text": "x" },
            },
        });
        let operation = chosen(&document, None).unwrap();
        order(&mut answer, &[&operation.node.selection_set.node], &document);
        assert_eq!(
            serde_json::to_string(&answer).unwrap(),
            concat!(
                r#"{"g":{"citation":{"text":"x","token":"t","url":"u"},"#,
                r#""a":{"name":"kept as it is","id":"1"},"revision":1},"#,
                r#""documents":{"totalCount":1},"graph":{"revision":1}}"#
            )
        );
    }
}
