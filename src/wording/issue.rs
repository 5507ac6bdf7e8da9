//! What is missing, and what documents disagree on.

use super::date::Time;
use super::listing::noun_going_on;
use super::noun::{capitalized, noun};
use super::tense::Tense;
use super::{Statement, sentence};
use crate::model::entity::{Entity, Figure};

/// "No document states that the University of Glasgow is a member of …"
pub fn only_inferred(statement: &Statement<'_>) -> String {
    sentence(&format!("No document states that {}", statement.clause().unqualified().text()))
}

/// "No date is known: the University of Glasgow is a member of …"
pub fn undated(statement: &Statement<'_>) -> String {
    sentence(&format!("No date is known: {}", statement.clause().text()))
}

/// "No date of the HKUST-PUMCH Strategic Cooperation Agreement is known."
pub fn undated_entity(entity: &Entity) -> String {
    sentence(&format!("no date of {} is known", noun_going_on(entity)))
}

/// "Documents disagree on the dates: …; …"
pub fn dates_disagree(one: &Statement<'_>, other: &Statement<'_>) -> String {
    sentence(&format!("Documents disagree on the dates: {}; {}", one.clause().text(), other.clause().text()))
}

/// "Documents disagree on the role: …; …"
pub fn roles_disagree(one: &Statement<'_>, other: &Statement<'_>) -> String {
    sentence(&format!("Documents disagree on the role: {}; {}", one.clause().text(), other.clause().text()))
}

/// "The dates do not fit: the University of Oxford founded The Health Alliance in 2021, outside the time of The Health
/// Alliance (since 2022)."
pub fn outside_lifetime(statement: &Statement<'_>, end: &Entity) -> String {
    let tense = Tense::of(end.period(), statement.today);
    let lifetime = Time::of(end.period()).of_state(tense).unwrap_or_default();
    sentence(&format!(
        "The dates do not fit: {}, outside the time of {} ({lifetime})",
        statement.clause().text(),
        noun(end)
    ))
}

/// "Documents disagree on the 2023 Preparatory Meeting: \"universities\" is \"eight\", or \"nine\"."
pub fn figures_disagree(entity: &Entity, one: &Figure, other: &Figure) -> String {
    let (name, label) = (noun(entity), &one.label);
    sentence(&format!("Documents disagree on {name}: \"{label}\" is \"{}\", or \"{}\"", one.value, other.value))
}

/// "The 2022 Forum: \"member universities attending\" is given as \"nearly 20\"; 5 are known by name."
pub fn named_by_number(entity: &Entity, figure: &Figure, known: usize) -> String {
    let known = match known {
        0 => "none is".to_owned(),
        1 => "1 is".to_owned(),
        several => format!("{several} are"),
    };
    let (name, label) = (capitalized(&noun(entity).to_string()), &figure.label);
    sentence(&format!("{name}: \"{label}\" is given as \"{}\"; {known} known by name", figure.value))
}

/// "It is not decided whether Charité (charite) and Charité Berlin (pic-999992304) are the same."
pub fn asked_double(one: &Entity, other: &Entity) -> String {
    sentence(&format!("it is not decided whether {} and {} are the same", told_apart(one), told_apart(other)))
}

/// "Charité (charite) and Charité (pic-999992304) have a name and the country in common, and are probably the same."
pub fn named_double(one: &Entity, other: &Entity) -> String {
    let [one, other] = [one, other].map(told_apart);
    sentence(&format!("{one} and {other} have a name and the country in common, and are probably the same"))
}

/// A name with the id, where two may bear one name.
fn told_apart(entity: &Entity) -> String {
    format!("{} ({})", entity.name, entity.id)
}

/// "No member of The Health Alliance is known."
pub fn no_members(entity: &Entity) -> String {
    sentence(&format!("no member of {} is known", noun_going_on(entity)))
}

/// "None of the 10 known members of The Health Alliance is a hospital."
pub fn no_hospital(entity: &Entity, members: usize) -> String {
    sentence(&match members {
        1 => format!("the one known member of {} is not a hospital", noun_going_on(entity)),
        several => format!("none of the {several} known members of {} is a hospital", noun_going_on(entity)),
    })
}

/// "The country of Acme is not known."
pub fn no_country(entity: &Entity) -> String {
    sentence(&format!("the country of {} is not known", noun_going_on(entity)))
}

/// "No relationship of Acme is known."
pub fn unrelated(entity: &Entity) -> String {
    sentence(&format!("no relationship of {} is known", noun_going_on(entity)))
}
