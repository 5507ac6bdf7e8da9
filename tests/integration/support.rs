//! What several modules need: the API over the curated data, and the real program.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;
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
    let api = Api::new(Limits::default(), Arc::new(curated_snapshot()));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    serde_json::to_value(runtime.block_on(api.run(operation))).unwrap()
}

/// The real program, run in a folder, with nothing of this environment that could change what it does.
pub(crate) fn consortia(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_consortia"));
    command.current_dir(folder).stdin(Stdio::null());
    for variable in [
        "CONSORTIA_DATA_DIR",
        "CONSORTIA_LISTEN",
        "CONSORTIA_LOG",
        "CONSORTIA_LOG_FORMAT",
        "CONSORTIA_ORIGINS",
        "CONSORTIA_PUBLIC_URL",
    ] {
        command.env_remove(variable);
    }
    command
}

/// The real program as a server on a free port, with its store in a folder; ended when dropped. A test in which any
/// task of it panicked fails.
pub(crate) struct Server {
    process: Child,
    address: String,
    /// Reads its log to the end, so that it never waits for a reader, and keeps what panics wrote.
    panics: Option<JoinHandle<Vec<String>>>,
}

impl Server {
    /// Starts it and waits until it says where it answers.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// The same with these arguments.
    pub(crate) fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = consortia(folder);
        if !arguments.is_empty() {
            command.arg("serve").args(arguments);
        }
        command.env("CONSORTIA_LISTEN", "127.0.0.1:0").stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| Some(line.split("http://").nth(1)?.split('/').next()?.to_owned()))
            .expect("the server says where it answers");
        let panics =
            std::thread::spawn(move || lines.map_while(Result::ok).filter(|line| line.contains("panicked")).collect());
        Self { process, address, panics: Some(panics) }
    }

    /// The address of this path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What a GET of this path answers.
    pub(crate) fn get(&self, path: &str) -> String {
        ureq::get(self.url(path)).call().unwrap().body_mut().read_to_string().unwrap()
    }

    /// The status, the headers and the body that a GET of this path answers, whatever they are.
    pub(crate) fn fetch(&self, path: &str) -> (u16, ureq::http::HeaderMap, Vec<u8>) {
        self.fetch_accepting(path, "identity")
    }

    /// The same, where the client accepts an encoding.
    pub(crate) fn fetch_accepting(&self, path: &str, encoding: &str) -> (u16, ureq::http::HeaderMap, Vec<u8>) {
        let request = ureq::get(self.url(path)).header("accept-encoding", encoding);
        let request = request.config().http_status_as_error(false).build();
        let mut response = request.call().unwrap();
        let body = response.body_mut().with_config().limit(1 << 30).read_to_vec().unwrap();
        (response.status().as_u16(), response.headers().clone(), body)
    }

    /// What a POST of this JSON to this path answers.
    pub(crate) fn post(&self, path: &str, body: &str) -> String {
        let request = ureq::post(self.url(path)).header("content-type", "application/json");
        request.send(body).unwrap().body_mut().read_to_string().unwrap()
    }

    /// Ends it at once, as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing more to do then.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let panics = self.panics.take().map(|reader| reader.join().unwrap_or_default()).unwrap_or_default();
        assert!(panics.is_empty() || std::thread::panicking(), "a task of the server panicked: {panics:?}");
    }
}
