//! The door between a transport and the schema: an operation goes in, an outcome comes out, and no type of
//! async-graphql is in between. What an operation may cost is [`limits`](crate::api::limits)' matter.

use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use async_graphql::{
    BatchResponse, Data, ErrorExtensionValues, Name, ObjectType, Pos, Request, Response, Schema, ServerError,
    SubscriptionType, Value, Variables,
};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::citation::Bibliography;
use super::export::Exports;
use crate::graph::Budget;
use crate::model::cited::CitedQuery;

/// One operation as a client sent it.
#[derive(Debug)]
pub struct Operation {
    /// The GraphQL document; may hold several operations.
    pub document: String,
    /// Which of its operations to run; needed when there are several.
    pub name: Option<String>,
    /// The values of its variables.
    pub variables: serde_json::Map<String, serde_json::Value>,
    /// Whether it may only read, as an HTTP GET may.
    pub only_reads: bool,
    /// When to give up; resolvers find it in their context.
    pub deadline: Deadline,
    /// Names the request in the log, and in the errors whose cause is only there.
    pub request_id: RequestId,
    /// Its turn among those that run at the same time.
    pub turn: Turn,
    /// The cited query that it asks again: it sees what that one saw.
    pub replays: Option<CitedQuery>,
}

impl Operation {
    /// A document without variables that has `time` to run.
    pub fn new(document: impl Into<String>, time: Duration) -> Self {
        Self {
            document: document.into(),
            name: None,
            variables: serde_json::Map::new(),
            only_reads: false,
            deadline: Deadline::new(time),
            request_id: RequestId::default(),
            turn: Turn::default(),
            replays: None,
        }
    }

    /// A query that was cited, asked again.
    pub fn again(query: CitedQuery, time: Duration) -> Self {
        Self {
            name: query.operation.clone(),
            variables: query.variables.clone(),
            only_reads: true,
            replays: Some(query.clone()),
            ..Self::new(query.document, time)
        }
    }
}

/// Something that is held while an operation runs, so that only so many do at a time, and that is given back at its end,
/// or as soon as it has to wait for something long. Clones share one turn; resolvers find it in their context.
#[derive(Clone, Default)]
pub struct Turn(Arc<Mutex<Option<Box<dyn Send>>>>);

impl Turn {
    /// A turn that is given back by dropping `held`.
    pub fn held(held: impl Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Some(Box::new(held)))))
    }

    /// Gives it back, if that was not done before.
    pub fn give_back(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl fmt::Debug for Turn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Turn")
    }
}

/// Names one request in logs and errors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// Takes the text as it is; the transport has checked it.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// When an operation has to end: at an instant, or as soon as nobody waits for it any more. Clones share one end.
#[derive(Clone, Debug)]
pub struct Deadline(Arc<Ending>);

#[derive(Debug)]
struct Ending {
    at: Instant,
    allowed: Duration,
    cancelled: Arc<AtomicBool>,
    refusal: OnceLock<ServerError>,
}

impl Deadline {
    /// Ends `time` from now.
    pub fn new(time: Duration) -> Self {
        let now = Instant::now();
        // An end too far away to be an instant is as good as one in a hundred years.
        let at = now.checked_add(time).unwrap_or(now + Duration::from_secs(3_155_760_000));
        Self(Arc::new(Ending { at, allowed: time, cancelled: Arc::default(), refusal: OnceLock::new() }))
    }

    /// Whether to stop now. Reads the clock: ask every thousand steps or so, not at each.
    pub fn is_over(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed) || Instant::now() >= self.0.at
    }

    /// Ends it at once: the client has gone.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// A budget of so many visits that ends with it.
    pub(super) fn budget(&self, visits: u64) -> Budget {
        Budget::of(visits).until(self.0.at).unless(Arc::clone(&self.0.cancelled))
    }

    /// How long it allowed at first.
    pub fn allowed(&self) -> Duration {
        self.0.allowed
    }

    /// Ends it at once for a reason that the client is told.
    pub(crate) fn refuse(&self, error: ServerError) {
        self.0.refusal.get_or_init(|| error);
    }

    fn refusal(&self) -> Option<&ServerError> {
        self.0.refusal.get()
    }
}

/// Why an operation was refused before it could answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The client has to ask differently.
    Request,
    /// It writes, and the transport only allows reading.
    OnlyReads,
    /// It took longer than it may.
    Time,
}

/// What came of an operation. Its serde form is a GraphQL response.
#[derive(Debug)]
pub enum Outcome {
    /// It ran: there is a `data` entry, and perhaps errors of single fields.
    Answered(Answer),
    /// It did not run, or not to its end: there are only errors.
    Refused(Refusal),
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Answered(answer) => answer.response.serialize(serializer),
            Self::Refused(refusal) => refusal.serialize(serializer),
        }
    }
}

/// The answer to an operation that ran.
#[derive(Debug)]
pub struct Answer {
    response: Response,
    bibliography: Option<Box<Bibliography>>,
}

impl Answer {
    /// Whether no field failed.
    pub fn is_whole(&self) -> bool {
        self.response.is_ok()
    }

    /// How it is cited, where it is the answer to a cited query.
    pub fn take_bibliography(&mut self) -> Option<Bibliography> {
        self.bibliography.take().map(|bibliography| *bibliography)
    }
}

impl Outcome {
    /// The same, with how it is cited where it is an answer.
    pub(super) fn cited_as(mut self, bibliography: Bibliography) -> Self {
        if let Self::Answered(answer) = &mut self {
            answer.bibliography = Some(Box::new(bibliography));
        }
        self
    }
}

impl From<Answer> for BatchResponse {
    fn from(answer: Answer) -> Self {
        Self::Single(answer.response)
    }
}

/// Errors instead of an answer. Its serde form is `{"errors": [...]}`, with `extensions` where it is known what it cost.
#[derive(Debug)]
pub struct Refusal {
    reason: Reason,
    errors: Vec<ServerError>,
    cost: Option<Cost>,
}

impl Refusal {
    /// One error with a code.
    pub fn new(reason: Reason, code: &str, message: impl Into<String>) -> Self {
        Self { reason, errors: vec![coded(code, message, None)], cost: None }
    }

    /// One error of a resolver, with its code.
    pub(super) fn of(error: async_graphql::Error) -> Self {
        let mut coded = coded("INVALID_INPUT", error.message, None);
        if let Some(extensions) = error.extensions {
            coded.extensions = Some(extensions);
        }
        Self { reason: Reason::Request, errors: vec![coded], cost: None }
    }

    /// The code of its first error.
    pub fn code(&self) -> Option<String> {
        match self.errors.first()?.extensions.as_ref()?.get("code")? {
            Value::String(code) => Some(code.clone()),
            _ => None,
        }
    }

    /// What its errors say, one a line.
    pub fn message(&self) -> String {
        self.errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The same with an entry more in the extensions of its errors.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        for error in &mut self.errors {
            set(error, name, Value::String(value.clone()));
        }
        self
    }

    /// Why.
    pub fn reason(&self) -> Reason {
        self.reason
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Refusal", 1 + usize::from(self.cost.is_some()))?;
        object.serialize_field("errors", &self.errors)?;
        if let Some(cost) = &self.cost {
            object.serialize_field("extensions", &cost.extensions())?;
        }
        object.end()
    }
}

/// A future that may move between threads.
pub type Running<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// Runs operations. What a transport needs to know of a schema.
pub trait Executor: Send + Sync + 'static {
    /// Runs one operation. The work is synchronous and may take as long as the deadline allows: a transport gives it
    /// a thread of its own.
    fn run(&self, operation: Operation) -> Running<'_>;

    /// The query that was cited under a token; a schema alone keeps none.
    ///
    /// # Errors
    /// What a client is told where it cannot be read.
    fn recall(&self, _token: &str) -> Result<Option<CitedQuery>, Refusal> {
        Ok(None)
    }

    /// What prepares exports of the same graph; a schema alone has none.
    fn exports(self: Arc<Self>) -> Option<Arc<dyn Exports>> {
        None
    }
}

impl<Query, Mutation, Subscription> Executor for Schema<Query, Mutation, Subscription>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    fn run(&self, operation: Operation) -> Running<'_> {
        run_with(self, operation, None, |_| {})
    }
}

/// Runs one operation on a budget, where it has one; `add` puts what the resolvers need into its context.
pub(super) fn run_with<Query, Mutation, Subscription>(
    schema: &Schema<Query, Mutation, Subscription>,
    operation: Operation,
    budget: Option<Arc<Budget>>,
    add: impl FnOnce(&mut Data),
) -> Running<'_>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    let deadline = operation.deadline.clone();
    let request_id = operation.request_id.clone();
    let mut request = request(operation);
    add(&mut request.data);
    Box::pin(async move {
        let mut running = pin!(Schema::execute(schema, request));
        // Whoever ends an operation early leaves its future pending for ever; it is dropped here.
        let response = poll_fn(|context| match running.as_mut().poll(context) {
            Poll::Ready(response) => Poll::Ready(Some(response)),
            Poll::Pending if deadline.refusal().is_some() => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
        .await;
        let cost = |errors: &[ServerError]| budget.as_ref().map(|budget| Cost::of(budget, errors));
        match response {
            Some(response) => {
                let cost = cost(&response.errors);
                outcome(response, &request_id, cost)
            }
            None => {
                let errors: Vec<_> = deadline.refusal().into_iter().cloned().collect();
                let cost = cost(&errors);
                refused(errors, cost)
            }
        }
    })
}

/// What an operation cost, and whether something is missing in its answer: the `extensions` of every response.
///
/// The same operation on the same revision costs the same, whatever is kept from an earlier one; how long it took is not
/// in here, so that an answer can be had again byte by byte.
#[derive(Clone, Copy, Debug)]
struct Cost {
    visits: u64,
    truncated: bool,
}

impl Cost {
    fn of(budget: &Budget, errors: &[ServerError]) -> Self {
        Self { visits: budget.spent(), truncated: budget.is_cut() || errors.iter().any(is_of_a_limit) }
    }

    fn extensions(&self) -> BTreeMap<String, Value> {
        let visits = Value::Object([(Name::new("visits"), Value::from(self.visits))].into_iter().collect());
        [("cost".to_owned(), visits), ("truncated".to_owned(), Value::from(self.truncated))].into()
    }
}

/// Whether an error says that a limit left out what was asked for.
pub(super) fn is_of_a_limit(error: &ServerError) -> bool {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    code.is_some_and(|code| *code == Value::from("LIMIT_EXCEEDED"))
}

/// Marks a request whose document may only read.
pub(crate) struct OnlyReads;

fn request(operation: Operation) -> Request {
    let mut data = Data::default();
    data.insert(operation.deadline);
    data.insert(operation.request_id);
    data.insert(operation.turn);
    if operation.only_reads {
        data.insert(OnlyReads);
    }
    let mut request = Request::new(operation.document)
        .variables(Variables::from_json(serde_json::Value::Object(operation.variables)));
    request.operation_name = operation.name;
    request.data = data;
    request
}

/// Tells a response that has run from one that was refused: the library gives both a `data` of null, but an error of a
/// field that ran has a path.
fn outcome(mut response: Response, request_id: &RequestId, cost: Option<Cost>) -> Outcome {
    for error in &mut response.errors {
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        match code {
            Some(code) if *code == Value::from("INTERNAL") => {
                set(error, "requestId", Value::from(request_id.as_str()));
            }
            Some(_) => {}
            // Our resolvers code their errors; the library's own are of arguments that do not fit their types.
            None => set(error, "code", Value::from("INVALID_INPUT")),
        }
    }
    let ran = response.errors.is_empty()
        || response.data != Value::Null
        || response.errors.iter().any(|error| !error.path.is_empty());
    if !ran {
        return refused(response.errors, cost);
    }
    response.extensions.extend(cost.iter().flat_map(Cost::extensions));
    Outcome::Answered(Answer { response, bibliography: None })
}

fn refused(mut errors: Vec<ServerError>, cost: Option<Cost>) -> Outcome {
    let reason = errors.iter().find_map(|error| error.source::<Reason>().copied()).unwrap_or(Reason::Request);
    for error in &mut errors {
        if error.extensions.as_ref().is_none_or(|extensions| extensions.get("code").is_none()) {
            set(error, "code", Value::from("INVALID_INPUT"));
        }
    }
    Outcome::Refused(Refusal { reason, errors, cost })
}

/// An error with a code, at a place in the document if it has one.
pub(crate) fn coded(code: &str, message: impl Into<String>, place: Option<Pos>) -> ServerError {
    let mut error = ServerError::new(message, place);
    set(&mut error, "code", Value::from(code));
    error
}

/// Sets an entry of the extensions of an error.
pub(crate) fn set(error: &mut ServerError, name: &str, value: Value) {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set(name, value);
}
