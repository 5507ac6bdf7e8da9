//! Which organizations of a store, or of an import, are the same: decisions for what is certain, open questions for what
//! is doubtful. What follows from the decisions is left to `merged`.

mod added;
mod asking;
mod groups;
mod names;

use jiff::Timestamp;

pub use added::match_added;

use super::Snapshot;
use crate::matching::{Aspect, Candidate, HIGH, MEDIUM, Verdict as Leaning};
use crate::model::decision::{Decision, DecisionRecord, Verdict};
use crate::model::entity::{Entity, EntityKind, Family};
use crate::model::id::EntityId;
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::name::NameKind;
use asking::Answers;
use groups::Groups;

/// The least score of a pair that is made one without anybody looking. Above that of
/// [`HIGH`]: a wrong merge is worse than a wrong answer to one question.
pub const CERTAIN: f64 = 0.9;
/// The same of a pair that has one web page.
const ON_ONE_PAGE: f64 = 0.8;
/// How many candidates of one organization may become questions.
const QUESTIONS: usize = 3;

/// What becomes of a pair that is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certain {
    /// It is decided to be the same; the id that was there stays.
    Merged,
    /// It is asked about like any other.
    Asked,
}

/// What is found about all organizations of a snapshot that no decision joins to one of ROR: which of ROR, or of those
/// that no registry numbers, they are, and which of them are one body under two numbers. Sorted by the pair.
///
/// - Each is asked about by all its names and its place, as it is stored. What is certain is `SAME`; of two, the one that
///   is nobody's number stays, then the one of ROR, then the smaller id.
/// - Two with one name in one country and town, or with one web page, are the same without being asked about; so are two
///   universities or hospitals with a web page that no other has.
/// - Nothing is joined to two organizations of ROR, or against a decision that there is; what is decided about a pair
///   stays as it is. So the same again finds nothing.
///
/// **Complexity**: one question to the matcher for each of them, on all cores.
pub fn join(snapshot: &Snapshot, certain: Certain, by: &str, at: Timestamp) -> Vec<Decision> {
    let state = snapshot.stored();
    let mut groups = Groups::of(state);
    let mut found = Findings { certain, by, at, decisions: Vec::new() };
    let is_asked = |position: &usize| {
        let entity = &state.entities[*position];
        is_body(entity) && !groups.is_of_ror(*position)
    };
    let asked: Vec<usize> = (0..state.entities.len()).filter(is_asked).collect();
    let (numbered, own): (Vec<usize>, Vec<usize>) =
        asked.into_iter().partition(|&position| is_numbered(&state.entities[position]));
    let answers = Answers::among(state, |entity| is_body(entity) && (ror(entity).is_some() || !is_numbered(entity)));
    // What somebody named is settled first, so that a number that could mean it or its record in ROR finds them one.
    names::join(state, &mut groups, &mut found);
    names::join_by_page(state, &mut groups, &mut found);
    for mut asked in [own, numbered] {
        asked.retain(|&position| !groups.is_of_ror(position));
        answers.about(&asked, certain, &mut groups, &mut found);
    }
    let mut decisions = found.decisions;
    decisions.sort_by(|one, other| one.id().cmp(other.id()));
    decisions
}

/// The decisions that were found, and who makes them.
struct Findings<'a> {
    certain: Certain,
    by: &'a str,
    at: Timestamp,
    decisions: Vec<Decision>,
}

impl Findings<'_> {
    fn add(&mut self, pair: [&EntityId; 2], keep: Option<&EntityId>, reason: String, score: Option<f64>) {
        let record = DecisionRecord {
            one: pair[0].clone(),
            other: pair[1].clone(),
            verdict: if keep.is_some() { Verdict::Same } else { Verdict::Unsure },
            keep: keep.cloned(),
            by: self.by.to_owned(),
            at: self.at,
            reason,
            score: score.map(|score| (score * 1e4).round() / 1e4),
        };
        self.decisions.push(decision(record));
    }
}

fn decision(record: DecisionRecord) -> Decision {
    Decision::new(record).expect("two ids that differ, words of the matcher and a score from 0 to 1 are valid")
}

/// Whether nobody has to look: the country or an identifier agrees and neither differs, and the score is one of
/// [`CERTAIN`], or a little less and the web page is the same, or that of [`HIGH`] and the very name is; that of
/// [`MEDIUM`] where besides no other bears it and it is no hospital. What is not of the very name must be of no other
/// sort, not be told apart by a word, and not be found by an acronym alone.
///
/// `is_only` says that of the candidates no other has the very name: then a town or web page that differs weighs less.
fn is_certain(score: f64, candidate: &Candidate, asked: &Entity, found: &Entity, is_only: bool) -> bool {
    let says = |aspect: Aspect, leaning: Leaning| {
        candidate.reasons.iter().any(|reason| reason.aspect == aspect && reason.verdict == leaning)
    };
    let hard = |leaning| says(Aspect::Country, leaning) || says(Aspect::Identifier, leaning);
    if !hard(Leaning::Agrees) || hard(Leaning::Differs) {
        return false;
    }
    if names::is_name_of(asked, found) {
        return score >= if is_only && found.kind != EntityKind::Hospital { MEDIUM } else { HIGH };
    }
    let has_one_page = says(Aspect::Homepage, Leaning::Agrees);
    let is_acronym = found.names.iter().any(|name| name.kind == NameKind::Acronym && name.text == candidate.matched);
    !says(Aspect::Kind, Leaning::Differs)
        && !names::are_told_apart(asked, found)
        && (has_one_page || !is_acronym)
        && score >= if has_one_page { ON_ONE_PAGE } else { CERTAIN }
}

/// Why a candidate was found.
fn because(candidate: &Candidate, id: &EntityId) -> String {
    let reasons: Vec<&str> = candidate.reasons.iter().map(|reason| reason.text.as_str()).collect();
    format!("{} for \"{id}\": {}", candidate.confidence.name(), reasons.join("; "))
}

/// Whether it is an organization that has a name of its own and is no project.
fn is_body(entity: &Entity) -> bool {
    entity.kind.family() == Family::Organization && !entity.is_placeholder() && !entity.is_project()
}

/// Whether its id is a number that a registry gave it.
fn is_numbered(entity: &Entity) -> bool {
    entity.identifiers.iter().any(|key| entity.id.as_str().ends_with(key.value()))
}

fn ror(entity: &Entity) -> Option<&Identifier> {
    entity.identifiers.iter().find(|key| key.scheme() == IdentifierScheme::Ror)
}
