//! Gaps and conflicts in what is known.

use async_graphql::{Context, MergedObject, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection};
use super::document::Citation;
use super::entity::{Entity, Figure};
use super::relationship::{Relationship, told};
use super::scope::{Scope, int, page_limit};
use super::timeline::{cited, key};
use super::vocabulary::{QualityIssueKind, Severity};
use crate::graph::{self, Doubt, EntityIndex, Evidence, IssueKind, RelationshipIndex, Subject};
use crate::{model, wording};

/// An issue in the view that was asked.
#[derive(Clone)]
pub(crate) struct QualityIssue {
    scope: Scope,
    issue: graph::Issue,
}

impl QualityIssue {
    fn figures_shown(&self) -> Vec<&model::entity::Figure> {
        let Subject::Entity(entity) = self.issue.about else { return Vec::new() };
        let figures = &self.scope.graph().entity(entity).figures;
        match self.issue.evidence {
            Evidence::Figures(one, other) => vec![&figures[one], &figures[other]],
            Evidence::Count { figure, .. } => vec![&figures[figure]],
            Evidence::Itself
            | Evidence::Relationship(_)
            | Evidence::End(_)
            | Evidence::Members(_)
            | Evidence::Double(..) => Vec::new(),
        }
    }

    fn of_entity(&self, index: EntityIndex) -> String {
        let entity = self.scope.told_of(index);
        match (self.issue.kind, &self.issue.evidence) {
            (_, Evidence::Figures(one, other)) => {
                wording::figures_disagree(entity, &entity.figures[*one], &entity.figures[*other])
            }
            (_, Evidence::Count { figure, known }) => {
                wording::named_by_number(entity, &entity.figures[*figure], *known)
            }
            (_, Evidence::Double(other, doubt)) => {
                let other = self.scope.told_of(*other);
                match doubt {
                    Doubt::Asked => wording::asked_double(entity, other),
                    Doubt::Named => wording::named_double(entity, other),
                }
            }
            (_, Evidence::Members(members)) => wording::no_hospital(entity, *members),
            (IssueKind::NoMembers, _) => wording::no_members(entity),
            (IssueKind::NoCountry, _) => wording::no_country(entity),
            (IssueKind::Unrelated, _) => wording::unrelated(entity),
            (
                IssueKind::DatesDisagree
                | IssueKind::FiguresDisagree
                | IssueKind::OutsideLifetime
                | IssueKind::RolesDisagree
                | IssueKind::OnlyInferred
                | IssueKind::PossibleDouble
                | IssueKind::NamedByNumber
                | IssueKind::NoHospital
                | IssueKind::Undated,
                _,
            ) => wording::undated_entity(entity),
        }
    }

    fn of_relationship(&self, index: RelationshipIndex) -> String {
        let scope = &self.scope;
        match &self.issue.evidence {
            Evidence::Relationship(other) => told(scope, index, |one| {
                told(scope, *other, |other| match self.issue.kind {
                    IssueKind::RolesDisagree => wording::roles_disagree(one, other),
                    IssueKind::DatesDisagree
                    | IssueKind::FiguresDisagree
                    | IssueKind::OutsideLifetime
                    | IssueKind::OnlyInferred
                    | IssueKind::PossibleDouble
                    | IssueKind::NamedByNumber
                    | IssueKind::NoMembers
                    | IssueKind::NoHospital
                    | IssueKind::NoCountry
                    | IssueKind::Undated
                    | IssueKind::Unrelated => wording::dates_disagree(one, other),
                })
            }),
            Evidence::End(end) => {
                told(scope, index, |statement| wording::outside_lifetime(statement, scope.graph().entity(*end)))
            }
            Evidence::Itself
            | Evidence::Figures(..)
            | Evidence::Count { .. }
            | Evidence::Members(_)
            | Evidence::Double(..) => {
                let inferred = self.issue.kind == IssueKind::OnlyInferred;
                told(scope, index, if inferred { wording::only_inferred } else { wording::undated })
            }
        }
    }
}

/// One gap or conflict in what is known.
#[Object]
impl QualityIssue {
    /// Of what sort it is.
    async fn kind(&self) -> QualityIssueKind {
        self.issue.kind.into()
    }

    /// How grave it is; it follows from the kind.
    async fn severity(&self) -> Severity {
        self.issue.kind.severity().into()
    }

    /// The entity that it is about; null where it is about a relationship.
    async fn entity(&self) -> Option<Entity> {
        match self.issue.about {
            Subject::Entity(index) => Some(Entity::new(&self.scope, index)),
            Subject::Relationship(_) => None,
        }
    }

    /// The relationship that it is about; null where it is about an entity.
    async fn relationship(&self) -> Option<Relationship> {
        match self.issue.about {
            Subject::Entity(_) => None,
            Subject::Relationship(index) => Some(Relationship::new(&self.scope, index)),
        }
    }

    /// The relationship that says otherwise, of DATES_DISAGREE and ROLES_DISAGREE; null of other kinds.
    async fn against(&self) -> Option<Relationship> {
        match self.issue.evidence {
            Evidence::Relationship(index) => Some(Relationship::new(&self.scope, index)),
            Evidence::Itself
            | Evidence::End(_)
            | Evidence::Figures(..)
            | Evidence::Count { .. }
            | Evidence::Members(_)
            | Evidence::Double(..) => None,
        }
    }

    /// The entity that it is probably the same as, of POSSIBLE_DOUBLE; null of other kinds.
    async fn double(&self) -> Option<Entity> {
        match self.issue.evidence {
            Evidence::Double(other, _) => Some(Entity::new(&self.scope, other)),
            Evidence::Itself
            | Evidence::Relationship(_)
            | Evidence::End(_)
            | Evidence::Figures(..)
            | Evidence::Count { .. }
            | Evidence::Members(_) => None,
        }
    }

    /// The figures that disagree, or the one that counts more than are known; empty of other kinds.
    async fn figures(&self) -> Vec<Figure> {
        self.figures_shown().into_iter().map(|figure| Figure::new(&self.scope, figure)).collect()
    }

    /// How many are known by name of what is counted (NAMED_BY_NUMBER), or how many members are known (NO_HOSPITAL);
    /// null of other kinds.
    async fn known(&self) -> Option<i32> {
        match self.issue.evidence {
            Evidence::Count { known, .. } | Evidence::Members(known) => Some(int(known)),
            Evidence::Itself
            | Evidence::Relationship(_)
            | Evidence::End(_)
            | Evidence::Figures(..)
            | Evidence::Double(..) => None,
        }
    }

    /// It as a plain English sentence.
    async fn sentence(&self) -> String {
        match self.issue.about {
            Subject::Entity(index) => self.of_entity(index),
            Subject::Relationship(index) => self.of_relationship(index),
        }
    }

    /// Where it shows, as far as the view shows it: the citations of the figures, or of the relationships or the entity
    /// that it is about.
    async fn citations(&self) -> Vec<Citation> {
        let figures = self.figures_shown();
        if !figures.is_empty() {
            return figures.into_iter().map(|figure| Citation::new(&self.scope, &figure.citation)).collect();
        }
        let mut citations = cited(&self.scope, self.issue.about);
        if let Evidence::Relationship(other) = self.issue.evidence {
            citations.extend(cited(&self.scope, Subject::Relationship(other)));
        }
        citations
    }
}

/// An issue in a list.
#[derive(SimpleObject)]
pub(crate) struct QualityEdge {
    /// Points to this place in the list.
    cursor: String,
    /// The issue.
    node: QualityIssue,
}

/// How many issues there are of a kind.
#[derive(SimpleObject)]
pub(crate) struct QualityCount {
    /// The kind.
    kind: QualityIssueKind,
    /// How grave issues of it are.
    severity: Severity,
    /// How many there are.
    count: i32,
}

connection! {
    /// Gaps and conflicts, page by page.
    QualityPage, QualityEdge, QualityIssue
}

/// How many issues of each kind there are.
pub(crate) struct QualityFacts(Vec<(IssueKind, usize)>);

/// How many issues of each kind there are.
#[Object]
impl QualityFacts {
    /// How many issues of each kind the whole list has, the gravest kind first; kinds without any are left out.
    async fn counts(&self) -> Vec<QualityCount> {
        let counts = self.0.iter();
        counts
            .map(|&(kind, count)| QualityCount {
                kind: kind.into(),
                severity: kind.severity().into(),
                count: int(count),
            })
            .collect()
    }
}

/// Gaps and conflicts, page by page, and how many of each kind there are.
#[derive(MergedObject)]
pub(crate) struct QualityConnection(QualityPage, QualityFacts);

/// The issues of a view in pages.
pub(super) fn quality(
    ctx: &Context<'_>,
    scope: &Scope,
    question: &graph::QualityQuestion,
    arguments: &PageArguments,
) -> Result<QualityConnection> {
    let found = scope.ask(|graph, view, budget| graph::quality(graph, view, question, budget))?;
    let name = |at: usize| {
        let against = match &found[at].evidence {
            Evidence::Relationship(other) => key(scope, Subject::Relationship(*other)),
            Evidence::End(other) | Evidence::Double(other, _) => key(scope, Subject::Entity(*other)),
            Evidence::Figures(one, other) => format!("{one} {other}"),
            Evidence::Count { figure, .. } => figure.to_string(),
            Evidence::Itself | Evidence::Members(_) => String::new(),
        };
        format!("{:?} {} {against}", found[at].kind, key(scope, found[at].about))
    };
    let window = Window::cut(arguments, page_limit(ctx)?, found.len(), name)?;
    let counts = found.chunk_by(|one, next| one.kind == next.kind).map(|of_kind| (of_kind[0].kind, of_kind.len()));
    let page = window.into_page(|at, cursor| QualityEdge {
        cursor,
        node: QualityIssue { scope: scope.clone(), issue: found[at].clone() },
    });
    Ok(QualityConnection(QualityPage(page), QualityFacts(counts.collect())))
}
