//! `consortia serve`: the graph over GraphQL, and a page to ask it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;

use super::{Ending, StoreArguments, address, limits, log, output};
use crate::api::{Api, MEASURE_BYTES, MEASURES};
use crate::knowledge::{KnowledgeGraph, curated};
use crate::server::{self, Config, Origins};

/// How to serve.
#[derive(Args)]
pub(super) struct Arguments {
    /// Where to listen; port 0 takes any free one
    #[arg(long, env = "CONSORTIA_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    #[command(flatten)]
    store: StoreArguments,
    #[command(flatten)]
    log: log::Arguments,
    /// Only pages of these sites may read answers in a browser, separated by commas; all sites when left out
    #[arg(long, env = "CONSORTIA_ORIGINS", value_delimiter = ',', value_name = "ORIGIN", value_parser = address::origin)]
    origins: Vec<String>,
    /// The largest body of a request in bytes
    #[arg(long, default_value_t = Config::default().body_bytes, value_name = "BYTES")]
    max_body_bytes: usize,
    /// Connections at the same time; more wait
    #[arg(long, default_value_t = Config::default().connections, value_name = "N")]
    max_connections: usize,
    /// Operations at the same time; more wait
    #[arg(long, default_value_t = Config::default().operations, value_name = "N")]
    max_operations: usize,
    /// What addresses in citations begin with, as clients reach this server; the address it listens on when left out
    #[arg(long, env = "CONSORTIA_PUBLIC_URL", value_name = "URL", value_parser = address::public_url)]
    public_url: Option<String>,
    /// Long questions at the same time, apart from the operations: measures of the whole graph, and what has visited
    /// some hundred thousand relationships; more wait
    #[arg(long, default_value_t = MEASURES, value_name = "N")]
    max_measures: usize,
    /// How much of what long measures found is kept, in bytes
    #[arg(long, default_value_t = MEASURE_BYTES, value_name = "BYTES")]
    measure_cache_bytes: u64,
    #[command(flatten)]
    limits: limits::Arguments,
}

impl Arguments {
    fn config(&self) -> Config {
        Config {
            listen: self.listen,
            public_url: self.public_url.clone(),
            origins: if self.origins.is_empty() { Origins::Any } else { Origins::Listed(self.origins.clone()) },
            body_bytes: self.max_body_bytes,
            connections: self.max_connections,
            operations: self.max_operations.max(1),
            operation_time: self.limits.time(),
            ..Config::default()
        }
    }
}

/// Opens the store, fills it when it is new, and serves until the process is told to stop.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    arguments.log.start()?;
    let knowledge = Arc::new(KnowledgeGraph::open(&arguments.store.data_dir, curated)?);
    knowledge.keep_searchable();
    let snapshot = knowledge.snapshot();
    tracing::info!(
        store = %arguments.store.data_dir.display(),
        revision = snapshot.state().revision(),
        entities = snapshot.state().entities.len(),
        relationships = snapshot.state().relationships.len(),
        "the graph is ready"
    );
    drop(snapshot);
    let api = Api::new(arguments.limits.limits(), Arc::clone(&knowledge) as _)
        .measuring(arguments.max_measures, arguments.measure_cache_bytes);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start threads")?;
    let api = Arc::new(api);
    if let Some(url) = &arguments.public_url {
        api.is_at(url);
    }
    let listening = Arc::clone(&api);
    let has_public_url = arguments.public_url.is_some();
    let announce = move |address: SocketAddr| {
        listening.is_at(&format!("http://{address}"));
        output::complain(&format!(
            "Consortia answers at http://{address}/graphql; ask it at http://{address}/graphiql"
        ));
        if address.ip().is_unspecified() && !has_public_url {
            output::complain("citations hold that address, which nobody can open; say the real one with --public-url");
        }
    };
    let config = arguments.config();
    runtime.block_on(server::serve(&config, api, Arc::new(|| true), announce, server::termination()))?;
    // A worker that outlived its deadline must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    drop(knowledge);
    Ok(Ending::Fine)
}
