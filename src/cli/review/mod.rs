//! `consortia review`: which entities are the same, decided by people. Lists the open questions, asks them one by one on
//! a terminal, and takes decisions as commands.

mod ask;
mod auto;

use std::cmp::Ordering;
use std::io::{self, IsTerminal};

use anyhow::anyhow;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::{Ending, StoreArguments, now, output, table};
use crate::knowledge::{ApplyError, KnowledgeGraph, Outcome, Snapshot, curated, set_now};
use crate::matching::Confidence;
use crate::model::change::Change;
use crate::model::decision::{Decision, DecisionId, DecisionRecord, Verdict};
use crate::model::entity::Entity;
use crate::model::id::EntityId;
use crate::model::state::State;
use crate::model::violation::Violations;

/// What to review.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// List the questions also on a terminal, where they are asked one by one otherwise
    #[arg(long)]
    list: bool,
    /// How the list is printed
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Who decides, when questions are asked
    #[arg(long, env = "USER", default_value = "consortia review", value_name = "NAME")]
    by: String,
    #[command(flatten)]
    store: StoreArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For programs: a list of objects
    Json,
}

#[derive(Subcommand)]
enum Action {
    /// Ask the matcher about all organizations of the store: what is certainly the same is made one, what is doubtful
    /// becomes an open question
    Auto(auto::Auto),
    /// Two entities are the same: one of the ids stays, the other leads to it
    Same {
        #[command(flatten)]
        pair: Pair,
        /// The id that stays; where left out, what other decisions about them keep, else the one that was written to the
        /// store earlier, else the smaller one
        #[arg(long, value_name = "ID")]
        keep: Option<String>,
    },
    /// Two entities are two
    Different(Pair),
    /// It is not known yet: an open question
    Unsure(Pair),
    /// Take back what was decided about two entities
    Withdraw {
        /// The id of one of them
        #[arg(value_name = "ONE")]
        one: String,
        /// The id of the other
        #[arg(value_name = "OTHER")]
        other: String,
        /// Who takes it back, for the change log
        #[arg(long, env = "USER", default_value = "consortia review", value_name = "NAME")]
        by: String,
        #[command(flatten)]
        store: StoreArguments,
    },
}

/// Two entities, and what a decision about them says.
#[derive(Args)]
struct Pair {
    /// The id of one of them
    #[arg(value_name = "ONE")]
    one: String,
    /// The id of the other
    #[arg(value_name = "OTHER")]
    other: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who decides
    #[arg(long, env = "USER", default_value = "consortia review", value_name = "NAME")]
    by: String,
    #[command(flatten)]
    store: StoreArguments,
}

/// Lists, asks or decides; a decision is written at once.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    match &arguments.action {
        None => review(arguments),
        Some(Action::Auto(arguments)) => auto::run(arguments),
        Some(Action::Same { pair, keep }) => decide(pair, Verdict::Same, keep.as_deref()),
        Some(Action::Different(pair)) => decide(pair, Verdict::Different, None),
        Some(Action::Unsure(pair)) => decide(pair, Verdict::Unsure, None),
        Some(Action::Withdraw { one, other, by, store }) => withdraw(one, other, by, store),
    }
}

fn review(arguments: &Arguments) -> anyhow::Result<Ending> {
    let is_asked =
        !arguments.list && arguments.format == Format::Table && io::stdin().is_terminal() && io::stdout().is_terminal();
    if is_asked && arguments.store.data_dir.exists() {
        let knowledge = KnowledgeGraph::open(&arguments.store.data_dir, curated)?;
        let mut decide = |decision| apply(&knowledge, Change::Decide(decision), &arguments.by);
        let snapshot = knowledge.snapshot();
        let questions = questions(&snapshot);
        ask::each(&questions, &snapshot, &arguments.by, &mut io::stdin().lock(), &mut io::stdout(), &mut decide)?;
        return Ok(Ending::Fine);
    }
    let snapshot = arguments.store.read()?.newest();
    let found = questions(&snapshot);
    let rows: Vec<Value> = found.iter().map(|decision| row(&snapshot, decision, arguments.format)).collect();
    match arguments.format {
        Format::Json => output::print(&serde_json::to_string_pretty(&rows)?)?,
        Format::Table if rows.is_empty() => output::print("no open questions")?,
        Format::Table => output::print(&table::render(&json!(rows)))?,
    }
    Ok(Ending::Fine)
}

fn questions(snapshot: &Snapshot) -> Vec<Decision> {
    let all = &snapshot.state().decisions;
    snapshot.questions().iter().map(|&position| all[position].value.clone()).collect()
}

fn row(snapshot: &Snapshot, decision: &Decision, format: Format) -> Value {
    let class = decision.score.map(|score| Confidence::of(score, true).name());
    let entity = |id: &EntityId| entity(snapshot, id);
    match format {
        Format::Table => json!({
            "one": described(entity(&decision.one)),
            "other": described(entity(&decision.other)),
            "score": decision.score,
            "class": class,
            "why": decision.reason,
            "by": decision.by,
        }),
        Format::Json => {
            let shown = |id: &EntityId| {
                let entity = entity(id);
                json!({ "id": id, "name": entity.name, "kind": entity.kind, "country": entity.country, "city": entity.city })
            };
            json!({
                "id": decision.id(),
                "one": shown(&decision.one),
                "other": shown(&decision.other),
                "score": decision.score,
                "confidence": class,
                "reason": decision.reason,
                "by": decision.by,
                "at": decision.at,
            })
        }
    }
}

/// An entity that a decision names, as it is stored.
fn entity<'s>(snapshot: &'s Snapshot, id: &EntityId) -> &'s Entity {
    let found = snapshot.stored().entity(id.as_str());
    &found.expect("validation has made sure that decisions name entities that exist").value
}

/// An entity in one line: name, id, city and country.
fn described(entity: &Entity) -> String {
    let place: Vec<&str> =
        entity.city.as_deref().into_iter().chain(entity.country.map(|country| country.name())).collect();
    let place = if place.is_empty() { String::new() } else { format!(", {}", place.join(", ")) };
    format!("{} [{}]{place}", entity.name, entity.id)
}

fn id(text: &str) -> anyhow::Result<EntityId> {
    EntityId::new(text).map_err(|violation| anyhow!("{violation}"))
}

fn decide(pair: &Pair, verdict: Verdict, keep: Option<&str>) -> anyhow::Result<Ending> {
    let knowledge = KnowledgeGraph::open(&pair.store.data_dir, curated)?;
    let snapshot = knowledge.snapshot();
    let (one, other) = (id(&pair.one)?, id(&pair.other)?);
    for id in [&one, &other].map(EntityId::as_str) {
        if snapshot.stored().entity(id).is_none() {
            let near = snapshot.search().nearest(id, 1);
            let hint = near.first().map_or("check it".to_owned(), |near| format!("did you mean \"{near}\"?"));
            output::complain(&format!("no entity has the id \"{id}\"; {hint}"));
            return Ok(Ending::Findings);
        }
    }
    let keep = match keep {
        Some(keep) => Some(id(keep)?),
        None if verdict == Verdict::Same => earlier(snapshot.stored(), &one, &other),
        None => None,
    };
    let record = DecisionRecord {
        one,
        other,
        verdict,
        keep,
        by: pair.by.clone(),
        at: now(),
        reason: pair.reason.clone(),
        score: None,
    };
    match Decision::new(record) {
        Ok(decision) => told(apply(&knowledge, Change::Decide(decision), &pair.by)?),
        Err(violations) => told(Err(violations)),
    }
}

/// The one of two entities that was written to the store earlier, where no decision says which of them stays.
fn earlier(state: &State, one: &EntityId, other: &EntityId) -> Option<EntityId> {
    let is_about = |decision: &Decision| [&decision.one, &decision.other].iter().any(|id| [one, other].contains(id));
    if state.decisions.iter().any(|decision| decision.keep.is_some() && is_about(decision)) {
        return None;
    }
    let revision = |id: &EntityId| state.entity(id.as_str()).map(|entity| entity.revision);
    match revision(one).cmp(&revision(other)) {
        Ordering::Less => Some(one.clone()),
        Ordering::Greater => Some(other.clone()),
        Ordering::Equal => None,
    }
}

fn withdraw(one: &str, other: &str, by: &str, store: &StoreArguments) -> anyhow::Result<Ending> {
    let pair = DecisionId::of(&id(one)?, &id(other)?);
    let knowledge = KnowledgeGraph::open(&store.data_dir, curated)?;
    if knowledge.snapshot().stored().decision(pair.as_str()).is_none() {
        output::complain(&format!("nothing was decided about \"{one}\" and \"{other}\"; check the ids"));
        return Ok(Ending::Findings);
    }
    told(apply(&knowledge, Change::Withdraw(pair), by)?)
}

/// What became of a decision: what to say, or all that is wrong with it.
type Told = Result<String, Violations>;

fn apply(knowledge: &KnowledgeGraph, change: Change, by: &str) -> anyhow::Result<Told> {
    let same = if let Change::Decide(decision) = &change {
        (decision.verdict == Verdict::Same).then(|| decision.one.clone())
    } else {
        None
    };
    let message = match &change {
        Change::Decide(decision) => format!("Decide that {} is {}", decision.id(), decision.verdict.name()),
        other => format!("Withdraw what was decided about {}", other.subject()),
    };
    let set = match set_now(vec![change], by, &message) {
        Ok(set) => set,
        Err(violations) => return Ok(Err(violations)),
    };
    match knowledge.apply(set) {
        Ok(applied) if applied.outcome == Outcome::Unchanged => Ok(Ok("this was decided before".to_owned())),
        Ok(applied) => {
            let stays = same.map_or_else(String::new, |one| staying(&knowledge.snapshot(), &one));
            Ok(Ok(format!("{message}: done{stays}; the store is at revision {}", applied.revision)))
        }
        Err(ApplyError::Rejected { violations }) => Ok(Err(violations)),
        Err(error) => Err(error.into()),
    }
}

/// Which id stays of what an entity is the same as, as a part of a message.
fn staying(snapshot: &Snapshot, one: &EntityId) -> String {
    let graph = snapshot.graph();
    graph.find_entity(one.as_str()).map_or_else(String::new, |found| format!("; {} stays", graph.entity(found).id))
}

fn told(told: Told) -> anyhow::Result<Ending> {
    match told {
        Ok(text) => {
            output::tell(&text)?;
            Ok(Ending::Fine)
        }
        Err(violations) => {
            output::tell(&violations.to_string())?;
            output::complain("nothing was decided");
            Ok(Ending::Findings)
        }
    }
}
