//! The axum server: GraphQL over HTTP, exports, the query page, health. It knows a schema only as an
//! [`Executor`], and leaves printing to the command line.

mod cite;
mod connections;
mod error;
mod explorer;
mod export;
mod graphql;
mod health;
mod html;
mod impatient;
mod media;
mod parameters;
mod reconcile;
mod tracking;
mod workers;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::from_fn;
use axum::routing::get;
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};
use tower_http::normalize_path::NormalizePath;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::api::executor::Executor;
use crate::server::workers::Workers;

pub use crate::server::connections::{serve, termination};
pub use crate::server::error::ServeError;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen; port 0 takes any free one. 127.0.0.1:8080.
    pub listen: SocketAddr,
    /// The address by which clients reach the server, where it is another than the one that they ask.
    pub public_url: Option<String>,
    /// Which other sites' pages may read the answers. Any.
    pub origins: Origins,
    /// The largest body of a request in bytes. 1 MiB.
    pub body_bytes: usize,
    /// How long an operation may run. 10 s.
    pub operation_time: Duration,
    /// How long an operation may wait for its turn. 5 s.
    pub waiting_time: Duration,
    /// How long an export may take to be written and taken by the client, once it is prepared. 300 s.
    pub export_time: Duration,
    /// How long a client may take over the head of a request, idle time between two requests included. 10 s.
    pub head_time: Duration,
    /// How long a client may take over the body of a request. 10 s.
    pub body_time: Duration,
    /// How long a client may not read anything of an answer that waits for it. 30 s.
    pub stall_time: Duration,
    /// How long a stopping server lets running requests finish. 10 s.
    pub stopping_time: Duration,
    /// Connections at the same time; more wait. 1,024.
    pub connections: usize,
    /// Operations at the same time; more wait. Twice the processors.
    pub operations: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_url: None,
            origins: Origins::Any,
            body_bytes: 1 << 20,
            operation_time: Duration::from_secs(10),
            waiting_time: Duration::from_secs(5),
            export_time: Duration::from_secs(300),
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(10),
            stall_time: Duration::from_secs(30),
            stopping_time: Duration::from_secs(10),
            connections: 1_024,
            operations: 2 * std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// Which other sites' pages may read the answers in a browser. No site ever gets to send credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// Every site.
    Any,
    /// Only these, each as a browser names it: `https://example.org`.
    Listed(Vec<String>),
}

/// Tells whether a snapshot is published and questions can be answered.
pub type Readiness = Arc<dyn Fn() -> bool + Send + Sync>;

/// What the handlers share.
struct Service {
    executor: Arc<dyn Executor>,
    ready: Readiness,
    workers: Workers,
    exports: Arc<Semaphore>,
    config: Config,
}

impl fmt::Debug for Service {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Service").field("config", &self.config).finish_non_exhaustive()
    }
}

/// Everything that is served, as a tower service without a socket. A path with a slash at its end is the same without.
fn router(executor: Arc<dyn Executor>, ready: Readiness, config: &Config) -> NormalizePath<Router> {
    let workers = Workers::new(config.operations, config.waiting_time);
    let exports = export::turns(config.operations);
    let service = Arc::new(Service { executor, ready, workers, exports, config: config.clone() });
    let router = Router::new()
        .route("/", get(explorer::to_page))
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/graphiql", get(explorer::page))
        .route("/graphiql/{*file}", get(explorer::file))
        .route("/export/{format}", get(export::get))
        .route("/cite/{token}", get(cite::get))
        .route("/reconcile", get(reconcile::service).post(reconcile::service))
        .route("/reconcile/suggest/entity", get(reconcile::suggest_entity))
        .route("/reconcile/suggest/type", get(reconcile::suggest_type))
        .route("/reconcile/suggest/property", get(reconcile::suggest_property))
        .route("/reconcile/properties", get(reconcile::propose_properties))
        .route("/reconcile/preview", get(reconcile::preview))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(error::no_such_page)
        .method_not_allowed_fallback(error::no_such_method)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn(tracking::track))
                .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
                .layer(fixed(header::REFERRER_POLICY, "no-referrer"))
                .layer(fixed(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
                .layer(cors(&config.origins))
                .layer(CompressionLayer::new()),
        )
        .with_state(service);
    NormalizePath::trim_trailing_slash(router)
}

/// A header that every response carries unless its handler knows better.
fn fixed(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

fn cors(origins: &Origins) -> CorsLayer {
    let origins = match origins {
        Origins::Any => AllowOrigin::any(),
        // An origin that is no header value is no browser's origin either.
        Origins::Listed(listed) => AllowOrigin::list(listed.iter().filter_map(|origin| origin.parse().ok())),
    };
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(Any)
        .expose_headers([tracking::REQUEST_ID, graphql::SERVER_TIMING, header::CONTENT_DISPOSITION])
        .max_age(Duration::from_secs(86_400))
}
