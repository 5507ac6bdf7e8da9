//! Whether two entities are one and the same: what somebody decided, when and why. What follows from it for the graph is
//! left to `knowledge`, which derives it and never writes it.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::checked::checked;
use super::entity::EntityKind;
use super::id::{EntityId, as_text};
use super::text;
use super::violation::{Violation, Violations};

/// What was decided about two entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    /// They are the same: one of them answers for both.
    Same,
    /// They are two.
    Different,
    /// It is not known yet: an open question.
    Unsure,
}

impl Verdict {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 3] = [Self::Same, Self::Different, Self::Unsure];

    /// Its name in data and in the API: `SAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "SAME",
            Self::Different => "DIFFERENT",
            Self::Unsure => "UNSURE",
        }
    }
}

/// The key of a decision: the two ids, the smaller first, with a colon between them.
///
/// A relationship's id has more colons, the ids of entities and documents have none, and that of a commit,
/// `commit:7`, has its parts in no such order; so none of them is ever the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct DecisionId(Arc<str>);

as_text!(DecisionId);

impl DecisionId {
    /// The key of what is decided about two entities, given in any order.
    pub fn of(one: &EntityId, other: &EntityId) -> Self {
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        Self(format!("{one}:{other}").into())
    }
}

impl TryFrom<String> for DecisionId {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        let parts = text.split_once(':').map(|(one, other)| (EntityId::new(one), EntityId::new(other)));
        match parts {
            Some((Ok(one), Ok(other))) if one < other => Ok(Self::of(&one, &other)),
            _ => {
                let shown: String = text.chars().take(60).collect();
                Err(Violation::new(
                    format!("\"{shown}\" is no decision's id"),
                    "use the ids of two entities, the smaller first, with a colon between them",
                ))
            }
        }
    }
}

/// The fields of a [`Decision`], not yet checked; also its stored form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecord {
    /// One of the two; the one with the smaller id once it is checked.
    pub one: EntityId,
    /// The other.
    pub other: EntityId,
    /// What they are to each other.
    pub verdict: Verdict,
    /// Which of the two ids stays; only where they are the same. `None` leaves it to the other decisions about them, and
    /// where none says, to the order of the ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<EntityId>,
    /// Who decided it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// How likely the matcher found it that they are the same, 0 to 1; `None` where it was not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// What was decided about two entities. Its fields are those of [`DecisionRecord`], checked. A copy shares them.
///
/// That both exist, are of one family, and that decisions agree needs all of them and is checked there.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "DecisionRecord")]
pub struct Decision(Arc<Checked>);

#[derive(Clone, Debug, PartialEq)]
struct Checked {
    id: DecisionId,
    record: DecisionRecord,
}

impl Decision {
    /// Checks the fields and puts the two in order.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn new(mut record: DecisionRecord) -> Result<Self, Violations> {
        let mut violations = Violations::default();
        if record.other < record.one {
            std::mem::swap(&mut record.one, &mut record.other);
        }
        let id = DecisionId::of(&record.one, &record.other);
        if record.one == record.other {
            violations.push(Violation::new("it is about one entity", "name two different entities").of("other"));
        }
        violations.keep(text::settle_line(&mut record.by).map_err(|violation| violation.of("by")));
        violations.keep(text::settle_prose(&mut record.reason).map_err(|violation| violation.of("reason")));
        if let Some(keep) = &record.keep {
            if record.verdict != Verdict::Same {
                let problem = format!("it is {}, and says that \"{keep}\" stays", record.verdict.name());
                violations.push(Violation::new(problem, "leave keep out; only of what is SAME one goes").of("keep"));
            } else if ![&record.one, &record.other].contains(&keep) {
                let problem = format!("\"{keep}\" is none of the two");
                let remedy = format!("keep \"{}\" or \"{}\"", record.one, record.other);
                violations.push(Violation::new(problem, remedy).of("keep"));
            }
        }
        if record.score.is_some_and(|score| !(0.0..=1.0).contains(&score)) {
            violations.push(Violation::new("the score is out of range", "give a number from 0 to 1").of("score"));
        }
        if violations.is_empty() {
            Ok(Self(Arc::new(Checked { id, record })))
        } else {
            Err(Violations(violations.0.into_iter().map(|violation| violation.about(&id)).collect()))
        }
    }

    /// Checks that two entities may be decided about together: that they are of one family.
    ///
    /// # Errors
    /// A violation of the field `other`.
    pub fn check_kinds(one: (&EntityId, EntityKind), other: (&EntityId, EntityKind)) -> Result<(), Violation> {
        let ((one, first), (other, second)) = (one, other);
        if first.family() == second.family() {
            return Ok(());
        }
        let problem = format!("\"{one}\" is {} {first} and \"{other}\" {} {second}", first.article(), second.article());
        Err(Violation::new(problem, "decide only about two of one sort, or withdraw the decision").of("other"))
    }

    /// Its key, which follows from the two entities.
    pub fn id(&self) -> &DecisionId {
        &self.0.id
    }
}

checked!(Decision, DecisionRecord);

#[cfg(test)]
mod tests {
    use super::*;

    fn record(one: &str, other: &str, verdict: Verdict) -> DecisionRecord {
        DecisionRecord {
            one: EntityId::new(one).unwrap(),
            other: EntityId::new(other).unwrap(),
            verdict,
            keep: None,
            by: "a curator".into(),
            at: Timestamp::UNIX_EPOCH,
            reason: "one web page".into(),
            score: None,
        }
    }

    #[test]
    fn the_names_are_those_of_the_stored_form() {
        for (position, verdict) in Verdict::ALL.into_iter().enumerate() {
            assert_eq!(verdict as usize, position);
            assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.name());
        }
    }

    #[test]
    fn the_two_are_put_in_order_whichever_way_they_are_given() {
        let one = Decision::new(record("b-hospital", "a-hospital", Verdict::Same)).unwrap();
        let other = Decision::new(record("a-hospital", "b-hospital", Verdict::Same)).unwrap();
        assert_eq!(one, other);
        assert_eq!(one.id().as_str(), "a-hospital:b-hospital");
        assert_eq!(DecisionId::try_from("a-hospital:b-hospital".to_owned()).unwrap(), *one.id());
        for bad in ["b:a", "a:a", "a", "commit:7", "a:b:c", "A:b"] {
            assert!(DecisionId::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_stays_is_one_of_two_that_are_the_same() {
        let keep = |id: &str| Some(EntityId::new(id).unwrap());
        assert!(Decision::new(DecisionRecord { keep: keep("b"), ..record("a", "b", Verdict::Same) }).is_ok());
        for bad in [
            DecisionRecord { keep: keep("c"), ..record("a", "b", Verdict::Same) },
            DecisionRecord { keep: keep("a"), ..record("a", "b", Verdict::Different) },
            DecisionRecord { score: Some(1.5), ..record("a", "b", Verdict::Unsure) },
            DecisionRecord { score: Some(f64::NAN), ..record("a", "b", Verdict::Unsure) },
            DecisionRecord { reason: " ".into(), ..record("a", "b", Verdict::Unsure) },
            record("a", "a", Verdict::Same),
        ] {
            assert!(Decision::new(bad.clone()).is_err(), "{bad:?}");
        }
    }
}
