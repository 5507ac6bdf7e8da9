//! Each organization asked about by its names and place, among those that it may be.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::groups::Groups;
use super::{Certain, Findings, QUESTIONS, because, is_certain, names};
use crate::matching::{Candidate, MEDIUM, Matcher, Question};
use crate::model::entity::Entity;
use crate::model::identifier::IdentifierScheme;
use crate::model::relationship::RelationshipKind;
use crate::model::state::State;

/// How many are asked about by a thread before it looks for more.
const TURN: usize = 32;
/// How many candidates are looked at; those that are one count as one.
const CANDIDATES: usize = 5;

/// Those that an organization may be.
pub(super) struct Answers<'s> {
    state: &'s State,
    matcher: Matcher,
    /// For each of the matcher's positions that of the state.
    places: Vec<usize>,
}

impl<'s> Answers<'s> {
    /// Those of a state that `is_one` takes. A matcher of their own weighs words as they are used among them.
    pub(super) fn among(state: &'s State, is_one: impl Fn(&Entity) -> bool) -> Self {
        let places: Vec<usize> =
            (0..state.entities.len()).filter(|&position| is_one(&state.entities[position])).collect();
        let entities = places.iter().map(|&position| state.entities[position].clone()).collect();
        let ties = state.relationships.iter().filter(|relationship| {
            matches!(relationship.kind, RelationshipKind::PartOf | RelationshipKind::AffiliatedWith)
        });
        let part = State { entities, relationships: ties.cloned().collect(), ..State::default() };
        Self { state, matcher: Matcher::build(&part), places }
    }

    /// Joins what is certain about each of these, the surest first, and then asks about what is doubtful.
    pub(super) fn about(&self, asked: &[usize], certain: Certain, groups: &mut Groups<'s>, found: &mut Findings<'_>) {
        let mut answers: Vec<(usize, Vec<Candidate>)> =
            self.answers(asked).into_iter().filter(|(_, candidates)| !candidates.is_empty()).collect();
        // The sort keeps the order of the ids.
        answers.sort_by(|(_, one), (_, other)| other[0].score.total_cmp(&one[0].score));
        let id = |position: usize| &self.state.entities[position].id;
        let mut doubtful = Vec::new();
        for (position, candidates) in answers {
            let first = candidates[0].position;
            let is_same = |candidate: &&Candidate| groups.kept(candidate.position) == groups.kept(first);
            let score: f64 = candidates.iter().filter(is_same).map(|candidate| candidate.score).sum();
            let bears = |candidate: &&Candidate| {
                names::is_name_of(&self.state.entities[position], &self.state.entities[candidate.position])
            };
            let is_only = candidates.iter().filter(bears).all(|candidate| is_same(&candidate));
            let (asked, answer) = (&self.state.entities[position], &self.state.entities[first]);
            let is_joined = certain == Certain::Merged
                && is_certain(score, &candidates[0], asked, answer, is_only)
                && groups.may_join(position, first);
            if is_joined {
                let reason = because(&candidates[0], id(first));
                let [stays, goes] = groups.join(position, first);
                found.add([id(stays), id(goes)], Some(id(stays)), reason, Some(score.min(1.0)));
            } else {
                doubtful.push((position, candidates));
            }
        }
        for (position, candidates) in doubtful {
            for candidate in candidates.iter().filter(|candidate| candidate.score >= MEDIUM).take(QUESTIONS) {
                let other = candidate.position;
                if groups.may_join(position, other) && !groups.is_decided(position, other) {
                    groups.ask(position, other);
                    let reason = because(candidate, id(other));
                    found.add([id(position), id(other)], None, reason, Some(candidate.score));
                }
            }
        }
    }

    /// The candidates of each, their positions those of the state.
    fn answers(&self, asked: &[usize]) -> Vec<(usize, Vec<Candidate>)> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut answers = Vec::new();
            loop {
                let start = next.fetch_add(TURN, Ordering::Relaxed);
                let Some(turn) = asked.get(start..(start + TURN).min(asked.len())).filter(|turn| !turn.is_empty())
                else {
                    return answers;
                };
                answers.extend(turn.iter().map(|&position| (position, self.candidates(position))));
            }
        };
        let width = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let mut answers: Vec<(usize, Vec<Candidate>)> = thread::scope(|scope| {
            let running: Vec<_> = (0..width).map(|_| scope.spawn(work)).collect();
            let ended = running.into_iter().map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
            ended.flatten().collect()
        });
        answers.sort_unstable_by_key(|(position, _)| *position);
        answers
    }

    fn candidates(&self, position: usize) -> Vec<Candidate> {
        let mut question = Question::about(&self.state.entities[position]);
        // A body has as many participant codes as it registered with.
        question.identifiers.retain(|identifier| identifier.scheme() != IdentifierScheme::Pic);
        let mut accept = |place: usize| self.places[place] != position;
        let mut candidates = self.matcher.candidates(&question, CANDIDATES, &mut accept);
        for candidate in &mut candidates {
            candidate.position = self.places[candidate.position];
        }
        candidates
    }
}
