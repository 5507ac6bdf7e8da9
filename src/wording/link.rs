//! What links two sides, and what two entities share.

use super::listing::{closed, first_names, noun_going_on};
use super::noun::kind_nouns;
use super::sentence;
use crate::model::entity::Entity;

/// A link: "West China Hospital is linked to the University of Oxford through the China-UK University Consortium on Medicine
/// and Health, in 2 steps." Of many names three are told, and how many more there are. The distance is that of the
/// shortest way only, and is said to be so where there are several ways to tell of and another may be longer, up to the
/// longest that was asked for: "in 2 steps by the shortest way".
pub fn link(entity: &Entity, from: &[&Entity], through: &[&Entity], distance: usize, longest: usize) -> String {
    let (to, over) = (first_names(from), first_names(through));
    let steps = if distance == 1 { "step" } else { "steps" };
    let by = if (from.len() > 1 || through.len() > 1) && distance < longest { " by the shortest way" } else { "" };
    let to = from.last().map_or(to.clone(), |last| closed(to.clone(), last));
    let over = over.trim_end_matches(',');
    sentence(&format!("{} is linked to {to} through {over}, in {distance} {steps}{by}", noun_going_on(entity)))
}

/// What two entities share: "University of Oxford and Sichuan University share 2 events: the forum and the meeting." Of
/// many names three are told, and how many more there are.
pub fn shared(one: &Entity, other: &Entity, shared: &[&Entity]) -> String {
    let pair = format!("{} and {}", noun_going_on(one), noun_going_on(other));
    let Some(first) = shared.first() else { return sentence(&format!("{pair} share nothing")) };
    let of_one_kind = shared.iter().all(|entity| entity.kind == first.kind);
    let [singular, plural] = if of_one_kind { kind_nouns(first.kind) } else { ["entity", "entities"] };
    let names = first_names(shared);
    sentence(&match shared.len() {
        1 => format!("{pair} share one {singular}: {names}"),
        several => format!("{pair} share {several} {plural}: {names}"),
    })
}
