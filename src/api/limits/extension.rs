//! The limits as an extension of the schema, so that they hold on every way in.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextPrepareRequest, NextRequest, NextResolve, ResolveInfo,
};
use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request, Response, ServerError, ServerResult, Value};

use crate::api::executor::{Deadline, OnlyReads, Reason, coded};
use crate::api::limits::errors::{syntax, trim};
use crate::api::limits::escapes::parse;
use crate::api::limits::{Limit, Limits};
use crate::api::variables::{check_name, check_required, check_root, chosen, settle_whole_numbers};

/// Fields between two looks at the clock.
const FIELDS_PER_LOOK: usize = 64;

/// Guards each operation of a schema.
#[derive(Debug)]
pub struct Guard {
    limits: Limits,
}

impl Guard {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits }
    }
}

impl ExtensionFactory for Guard {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Guarded { limits: self.limits, fields: AtomicUsize::new(0) })
    }
}

/// One operation under guard.
struct Guarded {
    limits: Limits,
    fields: AtomicUsize,
}

#[async_trait]
impl Extension for Guarded {
    async fn request(&self, context: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let mut response = next.run(context).await;
        trim(&mut response.errors, self.limits.errors, self.limits.error_characters);
        response
    }

    /// Parses and measures the document before the library does: its own checks walk fragments again and again, and a
    /// document of a kilobyte keeps them busy for ever. The parsed document is handed on, it is not parsed twice.
    async fn prepare_request(
        &self,
        context: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        self.limits.check_text(&request.query)?;
        let document = parse(&request.query).map_err(|error| syntax(&error))?;
        self.limits.check_document(&document)?;
        if request.data.contains_key(&std::any::TypeId::of::<OnlyReads>()) {
            check_only_reads(&document, request.operation_name.as_deref())?;
        }
        let name = request.operation_name.as_deref();
        check_name(&document, name)?;
        check_root(&context.schema_env.registry, &document, name)?;
        check_required(&document, name, &request.variables)?;
        settle_whole_numbers(&context.schema_env.registry, &document, name, &mut request.variables);
        request.set_parsed_query(document);
        next.run(context, request).await
    }

    async fn resolve(
        &self,
        context: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let fields = self.fields.fetch_add(1, Ordering::Relaxed) + 1;
        if fields > self.limits.answer_fields {
            let error = Limit::AnswerFields.exceeded(fields, self.limits.answer_fields, None);
            return stop(context, error).await;
        }
        if fields % FIELDS_PER_LOOK == 1
            && let Some(deadline) = context.data_opt::<Deadline>()
            && deadline.is_over()
        {
            return stop(context, late(deadline)).await;
        }
        next.run(context, info).await
    }
}

/// Ends the whole operation with one error. Where nobody could drop it, only this field fails.
async fn stop(context: &ExtensionContext<'_>, error: ServerError) -> ServerResult<Option<Value>> {
    let Some(deadline) = context.data_opt::<Deadline>() else { return Err(error) };
    deadline.refuse(error);
    pending().await
}

fn late(deadline: &Deadline) -> ServerError {
    let message = format!(
        "time limit: the operation took longer than {:?}; ask for less at once, or start the server with a higher \
         --max-seconds",
        deadline.allowed()
    );
    let mut error = coded("LIMIT_EXCEEDED", message, None);
    error.source = Some(Arc::new(Reason::Time));
    error
}

fn check_only_reads(document: &ExecutableDocument, name: Option<&str>) -> Result<(), ServerError> {
    match chosen(document, name) {
        Some(operation) if operation.node.ty != OperationType::Query => {
            let message = format!("a GET request may only read, and this is a {}; send it as POST", operation.node.ty);
            let mut error = coded("INVALID_INPUT", message, Some(operation.pos));
            error.source = Some(Arc::new(Reason::OnlyReads));
            Err(error)
        }
        Some(_) | None => Ok(()),
    }
}
