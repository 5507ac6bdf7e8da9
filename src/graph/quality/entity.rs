//! What is missing from one entity, or contradicts itself in it.

use crate::graph::index::EntityIndex;
use crate::graph::kinds::IssueKinds;
use crate::graph::subject::Subject;
use crate::graph::{Double, Exhausted, Scope};
use crate::model::decimal::Decimal;
use crate::model::entity::{EntityKind, Family, Figure};
use crate::model::relationship::RelationshipKind;
use crate::model::text;

use super::count::Counted;
use super::{Evidence, Issue, IssueKind};

/// The issues of one entity of the view.
pub(super) fn check(
    scope: Scope<'_>,
    entity: EntityIndex,
    kinds: IssueKinds,
    found: &mut Vec<Issue>,
) -> Result<(), Exhausted> {
    let mut tell = |kind, evidence| {
        if kinds.contains(kind) {
            found.push(Issue { kind, about: Subject::Entity(entity), evidence });
        }
    };
    if kinds.contains(IssueKind::PossibleDouble) {
        // Of the two, the one whose id comes first is told about.
        for double in doubles(scope, entity)?.into_iter().filter(|double| entity < double.other) {
            tell(IssueKind::PossibleDouble, Evidence::Double(double.other, double.doubt));
        }
    }
    let record = scope.graph.entity(entity);
    let figures =
        || record.figures.iter().enumerate().filter(|(_, figure)| scope.view.shows(scope.graph, &figure.citation));
    for (place, figure) in figures() {
        for (other_place, _) in
            figures().skip_while(|&(other, _)| other <= place).filter(|&(_, other)| exclude(figure, other))
        {
            tell(IssueKind::FiguresDisagree, Evidence::Figures(place, other_place));
        }
    }
    if matches!(record.kind.family(), Family::Event | Family::Agreement) && record.period().is_undated() {
        tell(IssueKind::Undated, Evidence::Itself);
    }
    let asks_neighbors = [
        IssueKind::NamedByNumber,
        IssueKind::NoMembers,
        IssueKind::NoHospital,
        IssueKind::NoCountry,
        IssueKind::Unrelated,
    ];
    if !asks_neighbors.iter().any(|&kind| kinds.contains(kind)) {
        return Ok(());
    }
    let incidences = scope.graph.incidences(entity);
    scope.budget.spend(incidences.len())?;
    let seen = || incidences.iter().filter(|incidence| scope.view.admits_incidence(scope.graph, entity, incidence));
    if seen().next().is_none() {
        tell(IssueKind::Unrelated, Evidence::Itself);
    }
    for (place, figure) in figures() {
        let Some(counted) = Counted::of(&figure.label, record.kind.family()) else { continue };
        let known = counted.known(scope.graph, seen());
        if figure
            .at_least
            .as_ref()
            .or(figure.at_most.as_ref())
            .is_some_and(|expected| Decimal::from(known as u64) < *expected)
        {
            tell(IssueKind::NamedByNumber, Evidence::Count { figure: place, known });
        }
    }
    if record.kind == EntityKind::Consortium {
        let mut members: Vec<_> = seen()
            .filter(|step| !step.forward && step.kind == RelationshipKind::MemberOf)
            .map(|step| (step.other, step.other_kind))
            .collect();
        members.dedup();
        if members.is_empty() {
            tell(IssueKind::NoMembers, Evidence::Itself);
        } else if members.iter().all(|&(_, kind)| kind != EntityKind::Hospital) {
            tell(IssueKind::NoHospital, Evidence::Members(members.len()));
        }
    }
    let is_member = || seen().any(|step| step.forward && step.kind == RelationshipKind::MemberOf);
    if record.kind.family() == Family::Organization && record.country.is_none() && is_member() {
        tell(IssueKind::NoCountry, Evidence::Itself);
    }
    Ok(())
}

/// Those of the view that an entity of the view is probably the same as.
pub(super) fn doubles(scope: Scope<'_>, entity: EntityIndex) -> Result<Vec<Double>, Exhausted> {
    let mut found = Vec::new();
    for &double in scope.graph.doubles(entity) {
        if scope.view.admits_entity(scope.graph, double.other, scope.budget)? {
            found.push(double);
        }
    }
    Ok(found)
}

/// Whether two figures say different things of the same at the same time, in different documents.
fn exclude(one: &Figure, other: &Figure) -> bool {
    let above = |one: &Figure, other: &Figure| match (&one.at_least, &other.at_most) {
        (Some(least), Some(most)) => least > most,
        _ => false,
    };
    let same_time = match (&one.as_of, &other.as_of) {
        (Some(one), Some(other)) => one.first_day() <= other.last_day() && other.first_day() <= one.last_day(),
        _ => true,
    };
    one.citation.document != other.citation.document
        && text::folded(&one.label) == text::folded(&other.label)
        && same_time
        && (above(one, other) || above(other, one))
}
