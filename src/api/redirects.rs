//! What an answer says of what was asked for and answers by another id: `extensions.redirects`, from an id that was merged
//! into another to that one; `extensions.names`, from a name that was given in the place of an id to the id that was meant.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{Response, Value, value};

/// The ids of a request that another answered for, and the names that were given for ids.
#[derive(Default)]
pub(super) struct Redirected {
    redirects: Mutex<BTreeMap<String, String>>,
    /// `None` where the answer has no place to say how a name was understood; there ids alone are taken.
    names: Option<Mutex<BTreeSet<(String, String)>>>,
}

impl Redirected {
    /// For an answer that says how names were understood.
    pub(super) fn with_names() -> Self {
        Self { names: Some(Mutex::default()), ..Self::default() }
    }

    /// Whether a name may stand for an id.
    pub(super) fn takes_names(&self) -> bool {
        self.names.is_some()
    }

    /// Notes a name and the id that was meant by it.
    pub(super) fn note_name(&self, given: &str, id: &str) {
        if let Some(names) = &self.names {
            let mut names = names.lock().unwrap_or_else(PoisonError::into_inner);
            names.insert((given.to_owned(), id.to_owned()));
        }
    }

    /// Notes an id, where it is not that of what was found.
    pub(super) fn note(&self, asked: &str, found: &str) {
        if asked != found {
            let mut noted = self.redirects.lock().unwrap_or_else(PoisonError::into_inner);
            noted.entry(asked.to_owned()).or_insert_with(|| found.to_owned());
        }
    }

    /// The extensions of the answer, by name; none that would be empty.
    fn extensions(&self) -> impl Iterator<Item = (&'static str, Vec<Value>)> {
        let redirects = self.redirects.lock().unwrap_or_else(PoisonError::into_inner);
        let redirects = redirects.iter().map(|(from, to)| value!({ "from": from.as_str(), "to": to.as_str() }));
        let names = self.names.as_ref().map(|names| names.lock().unwrap_or_else(PoisonError::into_inner));
        let names = names.iter().flat_map(|names| names.iter());
        let names = names.map(|(given, id)| value!({ "given": given.as_str(), "id": id.as_str() }));
        let found = [("redirects", redirects.collect::<Vec<_>>()), ("names", names.collect())];
        found.into_iter().filter(|(_, list)| !list.is_empty())
    }
}

/// Adds the redirects and the names to each answer that has some, sorted by what was asked for.
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
        if let Some(redirected) = context.data_opt::<Arc<Redirected>>() {
            let found = redirected.extensions().map(|(name, list)| (name.to_owned(), Value::List(list)));
            response.extensions.extend(found);
        }
        response
    }
}
