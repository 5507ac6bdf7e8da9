//! `consortia query`: one GraphQL query, answered without a server.

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use super::{Ending, StoreArguments, address, limits, output, table};
use crate::api::Api;
use crate::api::executor::{Executor, Operation};

/// How the answer is printed.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The whole response, as a server would send it
    Json,
    /// Each list in the answer, a row an item
    Table,
}

/// What to ask.
#[derive(Args)]
pub(super) struct Arguments {
    /// The query; - reads it from standard input
    #[arg(value_name = "QUERY", required_unless_present = "file", conflicts_with = "file")]
    query: Option<String>,
    /// A file with the query; `-` reads it from standard input
    #[arg(long, short, value_name = "FILE")]
    file: Option<PathBuf>,
    /// The variables, as a JSON object
    #[arg(long, short, value_name = "JSON", default_value = "{}")]
    variables: String,
    /// Which operation to run, where the query has several
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// What addresses in citations begin with: where a server of the same store is reached; they hold none when left out
    #[arg(long, env = "CONSORTIA_PUBLIC_URL", value_name = "URL", value_parser = address::public_url)]
    public_url: Option<String>,
    #[command(flatten)]
    store: StoreArguments,
    #[command(flatten)]
    limits: limits::Arguments,
}

impl Arguments {
    fn document(&self) -> anyhow::Result<String> {
        let mut document = String::new();
        match (&self.file, self.query.as_deref()) {
            (Some(file), _) if file.as_os_str() != "-" => {
                document = std::fs::read_to_string(file)
                    .with_context(|| format!("cannot read the query in {}", file.display()))?;
            }
            (Some(_), _) | (None, Some("-") | None) => {
                std::io::stdin().read_to_string(&mut document).context("cannot read the query from standard input")?;
            }
            (None, Some(query)) => query.clone_into(&mut document),
        }
        Ok(document)
    }

    fn variables(&self) -> anyhow::Result<Map<String, Value>> {
        match serde_json::from_str(&self.variables).context("--variables is no JSON")? {
            Value::Object(variables) => Ok(variables),
            _ => bail!("--variables is no JSON object; write it as {{\"name\": value}}"),
        }
    }
}

/// Answers the query from the store or, where there is none yet, from the curated data without making one.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let mut operation = Operation::new(arguments.document()?, arguments.limits.time());
    operation.name.clone_from(&arguments.operation);
    operation.variables = arguments.variables()?;
    let api = Api::new(arguments.limits.limits(), arguments.store.read()?);
    if let Some(url) = &arguments.public_url {
        api.is_at(url);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().context("cannot start")?;
    let outcome = runtime.block_on(api.run(operation));
    let response = serde_json::to_value(&outcome).context("cannot write the answer as JSON")?;
    let has_errors = response.get("errors").is_some();
    match arguments.format {
        Format::Json => output::print(&serde_json::to_string_pretty(&response)?)?,
        Format::Table => {
            if let Some(data) = response.get("data").filter(|data| !data.is_null()) {
                output::print(&table::render(data))?;
            }
            for name in response["extensions"]["names"].as_array().into_iter().flatten() {
                output::complain(&format!("{} is taken for the entity with the id {}", name["given"], name["id"]));
            }
            for error in response.get("errors").and_then(Value::as_array).into_iter().flatten() {
                output::complain(&format!("error: {}", error["message"].as_str().unwrap_or("unknown")));
            }
        }
    }
    Ok(if has_errors { Ending::Findings } else { Ending::Fine })
}
