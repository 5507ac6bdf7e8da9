//! The server over a real socket, as GraphQL-over-HTTP says. The schema is a small one of these tests: what is tested
//! here is not what a field answers.

mod abuse;
mod lifecycle;
mod pages;
mod protocol;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use async_graphql::{Context, EmptySubscription, Error, ErrorExtensions, Object, Schema};
use consortia::api::executor::{Deadline, Turn};
use consortia::api::limits::Limits;
use consortia::server::{Config, ServeError, serve};
use serde_json::Value;
use tokio::sync::oneshot;

/// The longest that a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the one resolver says that is to panic.
const EXPECTED_PANIC: &str = "a secret of the program";

pub(crate) struct Query;

#[Object]
impl Query {
    async fn echo(&self, text: String) -> String {
        text
    }

    async fn long(&self, bytes: usize) -> String {
        "x".repeat(bytes)
    }

    /// Waits until it is released, its deadline is over or its client has gone.
    async fn hold(&self, context: &Context<'_>) -> bool {
        let held = context.data_unchecked::<Arc<Held>>();
        let deadline = context.data_unchecked::<Deadline>();
        held.tell("begun");
        while !held.released.load(Ordering::Relaxed) && !deadline.is_over() {
            std::thread::yield_now();
        }
        held.tell(if deadline.is_over() { "stopped" } else { "released" });
        true
    }

    /// Gives back its turn before it waits until it is released.
    async fn step_aside(&self, context: &Context<'_>) -> bool {
        let held = context.data_unchecked::<Arc<Held>>();
        context.data_unchecked::<Turn>().give_back();
        held.tell("begun");
        while !held.released.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        true
    }

    async fn numbers(&self, first: usize) -> Vec<Number> {
        (0..first).map(Number).collect()
    }

    async fn secret(&self) -> Result<bool, Error> {
        Err(Error::new("an invariant broke").extend_with(|_, extensions| extensions.set("code", "INTERNAL")))
    }

    async fn broken(&self) -> bool {
        std::hint::black_box(None).expect(EXPECTED_PANIC)
    }
}

pub(crate) struct Number(usize);

#[Object]
impl Number {
    async fn value(&self) -> usize {
        self.0
    }

    async fn is_even(&self) -> bool {
        self.0.is_multiple_of(2)
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn touch(&self, context: &Context<'_>) -> usize {
        context.data_unchecked::<Arc<Held>>().touched.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// What the tests and the resolvers share.
struct Held {
    events: Mutex<mpsc::Sender<&'static str>>,
    released: AtomicBool,
    touched: AtomicUsize,
}

impl Held {
    fn tell(&self, event: &'static str) {
        // Nobody listens any more when a test has ended.
        let _ = self.events.lock().unwrap().send(event);
    }
}

/// What panicked in tasks of the servers of this process, but for what a test has panic.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Keeps what panics in the threads of a server.
fn watch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let thread = std::thread::current();
            let is_of_a_server = thread.name().is_some_and(|name| name.starts_with("tokio"));
            if is_of_a_server && !panic.to_string().contains(EXPECTED_PANIC) {
                PANICS.lock().unwrap_or_else(PoisonError::into_inner).push(panic.to_string());
            }
            print(panic);
        }));
    });
}

/// A server on a free port, stopped at the end of the test.
struct Server {
    address: SocketAddr,
    events: mpsc::Receiver<&'static str>,
    held: Arc<Held>,
    ready: Arc<AtomicBool>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Server {
    fn start() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config { listen: (Ipv4Addr::LOCALHOST, 0).into(), ..Config::default() };
        change(&mut config);
        watch_panics();
        let (sender, events) = mpsc::channel();
        let held = Arc::new(Held {
            events: Mutex::new(sender),
            released: AtomicBool::new(false),
            touched: AtomicUsize::new(0),
        });
        let schema =
            Limits::default().guard(Schema::build(Query, Mutation, EmptySubscription).data(Arc::clone(&held))).finish();
        let ready = Arc::new(AtomicBool::new(true));
        let readiness = Arc::clone(&ready);
        let (bound, address) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(serve(
                &config,
                Arc::new(schema),
                Arc::new(move || readiness.load(Ordering::Relaxed)),
                |address| bound.send(address).unwrap(),
                async {
                    stopped.await.ok();
                },
            ))
        });
        let address = address.recv_timeout(PATIENCE).unwrap();
        Self { address, events, held, ready, stop: Some(stop), thread: Some(thread) }
    }

    fn event(&self) -> &'static str {
        self.events.recv_timeout(PATIENCE).unwrap()
    }

    fn release(&self) {
        self.held.released.store(true, Ordering::Relaxed);
    }

    fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    /// A connection on which bytes are sent that no client library would send.
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends these bytes and reads until the server closes the connection.
    fn raw(&self, bytes: impl AsRef<[u8]>) -> Answer {
        let mut stream = self.connect();
        // A server may answer and close before it has read all.
        let _ = stream.write_all(bytes.as_ref());
        Answer::read(stream)
    }

    /// Sends a request with a head of these lines.
    fn request(&self, head: &str, body: impl AsRef<[u8]>) -> Answer {
        let body = body.as_ref();
        let length = body.len();
        let mut bytes = head.replace('\n', "\r\n").into_bytes();
        bytes.extend(format!("\r\nHost: test\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n").bytes());
        bytes.extend(body);
        self.raw(bytes)
    }

    fn get(&self, path: &str) -> Answer {
        self.request(&format!("GET {path} HTTP/1.1"), "")
    }

    /// Sends a document as a client of today does.
    fn post(&self, document: &str) -> Answer {
        self.post_accepting("application/graphql-response+json", document)
    }

    fn post_accepting(&self, accept: &str, document: &str) -> Answer {
        let head = format!("POST /graphql HTTP/1.1\nContent-Type: application/json\nAccept: {accept}");
        self.request(&head, serde_json::json!({ "query": document }).to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.release();
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take()
            && !std::thread::panicking()
        {
            thread.join().unwrap().unwrap();
            let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
            assert!(panics.is_empty(), "a task of a server panicked: {panics:?}");
        }
    }
}

/// What a server answered.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    /// Reads until the server closes the connection.
    fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        // A connection that is reset after the answer has said all that it had to say.
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let body = bytes.get(end + 4..).unwrap_or_default().to_vec();
        Self { status, head, body }
    }

    fn header(&self, name: &str) -> &str {
        let named = |line: &'_ &str| line.split_once(':').is_some_and(|(key, _)| key == name);
        self.head.lines().find(named).and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code and the message of its first error; an answer with errors has no data.
    fn error(&self) -> (String, String) {
        let json = self.json();
        assert!(json.get("data").is_none(), "{json}");
        let error = &json["errors"][0];
        let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{json}")).to_owned();
        (text(&error["extensions"]["code"]), text(&error["message"]))
    }
}
