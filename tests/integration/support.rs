//! What several modules need: the API over the curated data, without a store and without a server.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use consortia::api::Api;
use consortia::api::executor::{Executor, Operation};
use consortia::api::limits::Limits;
use consortia::knowledge::{Snapshot, curated, snapshot_of};
use serde_json::Value;

/// The curated data as a snapshot.
pub(crate) fn curated_snapshot() -> Arc<Snapshot> {
    static SNAPSHOT: LazyLock<Arc<Snapshot>> = LazyLock::new(|| Arc::new(snapshot_of(curated().unwrap()).unwrap()));
    Arc::clone(&SNAPSHOT)
}

/// The response to a document over the curated data under the default limits, as a client reads it.
pub(crate) fn ask(document: &str, variables: Value) -> Value {
    let mut operation = Operation::new(document, Duration::from_secs(60));
    if let Value::Object(variables) = variables {
        operation.variables = variables;
    }
    let api = Api::new(Limits::default(), curated_snapshot);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    serde_json::to_value(runtime.block_on(api.run(operation))).unwrap()
}
