//! `consortia review auto`: what the matcher finds about the organizations that are in the store.

use std::collections::BTreeMap;

use anyhow::anyhow;
use clap::Args;

use super::super::{Ending, StoreArguments, now, output};
use super::described;
use crate::knowledge::joining::{Certain, join};
use crate::knowledge::{ApplyError, KnowledgeGraph, Snapshot, curated, set_now};
use crate::model::change::Change;
use crate::model::decision::{Decision, Verdict};
use crate::model::text;

/// How many pairs are shown of each sort.
const EXAMPLES: usize = 20;

/// What the matcher finds by itself.
#[derive(Args)]
pub(super) struct Auto {
    /// Leave open also what is certain: all become questions
    #[arg(long)]
    ask: bool,
    /// Report what it would decide, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Who decides, for the change log
    #[arg(long, default_value = "consortia review", value_name = "NAME")]
    by: String,
    #[command(flatten)]
    store: StoreArguments,
}

/// Decides at once or not at all; asked again it finds nothing more.
pub(super) fn run(arguments: &Auto) -> anyhow::Result<Ending> {
    let by = text::line(&arguments.by).map_err(|violation| anyhow!("--by: {violation}"))?;
    let knowledge = KnowledgeGraph::open(&arguments.store.data_dir, curated)?;
    let snapshot = knowledge.snapshot();
    let certain = if arguments.ask { Certain::Asked } else { Certain::Merged };
    let decisions = join(&snapshot, certain, &by, now());
    output::tell(&summary(&snapshot, &decisions))?;
    if decisions.is_empty() || arguments.dry_run {
        output::print(if decisions.is_empty() {
            "nothing to decide"
        } else {
            "this was a dry run; nothing was decided"
        })?;
        return Ok(Ending::Fine);
    }
    drop(snapshot);
    let changes = decisions.into_iter().map(Change::Decide).collect();
    let set = set_now(changes, &by, "Decide which organizations are the same")
        .map_err(|violations| anyhow!("{violations}"))?;
    match knowledge.apply(set) {
        Ok(applied) => {
            output::print(&format!("decided; the store is at revision {}", applied.revision))?;
            Ok(Ending::Fine)
        }
        Err(ApplyError::Rejected { violations }) => {
            output::tell(&violations.to_string())?;
            output::complain("nothing was decided");
            Ok(Ending::Findings)
        }
        Err(error) => Err(error.into()),
    }
}

/// How many pairs there are of each verdict, and the first of each.
fn summary(snapshot: &Snapshot, decisions: &[Decision]) -> String {
    let mut sorts: BTreeMap<Verdict, Vec<&Decision>> =
        BTreeMap::from([(Verdict::Same, vec![]), (Verdict::Unsure, vec![])]);
    decisions.iter().for_each(|decision| sorts.entry(decision.verdict).or_default().push(decision));
    let mut lines =
        vec![format!("{} the same, {} to be reviewed", sorts[&Verdict::Same].len(), sorts[&Verdict::Unsure].len())];
    for (verdict, found) in sorts.iter().filter(|(_, found)| !found.is_empty()) {
        lines.push(format!("{}:", verdict.name()));
        let shown = found.iter().take(EXAMPLES);
        lines.extend(shown.map(|decision| {
            let [one, other] = [&decision.one, &decision.other].map(|id| described(super::entity(snapshot, id)));
            format!("  {one}\n    and {other}")
        }));
        if found.len() > EXAMPLES {
            lines.push(format!("  and {} more", found.len() - EXAMPLES));
        }
    }
    lines.join("\n")
}
