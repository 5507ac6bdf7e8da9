//! What an answer says of ids that were merged into others: `extensions.redirects`, from the id that was asked for to the
//! one that answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{Response, Value, value};

/// The ids of a request that another answered for.
#[derive(Default)]
pub(super) struct Redirected(Mutex<BTreeMap<String, String>>);

impl Redirected {
    /// Notes an id, where it is not that of what was found.
    pub(super) fn note(&self, asked: &str, found: &str) {
        if asked != found {
            let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            noted.entry(asked.to_owned()).or_insert_with(|| found.to_owned());
        }
    }

    fn extension(&self) -> Option<Value> {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs = noted.iter().map(|(from, to)| value!({ "from": from.as_str(), "to": to.as_str() }));
        (!noted.is_empty()).then(|| Value::List(pairs.collect()))
    }
}

/// Adds the redirects to each answer that has some, sorted by the id that was asked for.
pub(super) struct Redirects;

impl ExtensionFactory for Redirects {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for Redirects {
    async fn execute(&self, context: &ExtensionContext<'_>, name: Option<&str>, next: NextExecute<'_>) -> Response {
        let mut response = next.run(context, name).await;
        if let Some(pairs) = context.data_opt::<Arc<Redirected>>().and_then(|redirected| redirected.extension()) {
            response.extensions.insert("redirects".to_owned(), pairs);
        }
        response
    }
}
