//! What is asked about who shares what.

use async_graphql::{Object, Result};

use crate::api::input::entity_filter::{EntityFilter, RelationshipFilter};
use crate::api::projection::{Projection, question};
use crate::api::scope::Scope;
use crate::graph;

/// The fields that ask who shares what.
pub(crate) struct Projections(pub(super) Scope);

/// The fields that ask who shares what.
#[Object]
impl Projections {
    /// Who shares what with whom: the network of the entities `of`, joined where they are one step from the same entity
    /// `through`. "Universities that share a consortium". What is only planned is shared as what happened is: two
    /// who were to take part in a visit share it.
    async fn projection(
        &self,
        #[graphql(desc = "The entities that are joined.")] of: EntityFilter,
        #[graphql(desc = "What two of them share.")] through: EntityFilter,
        #[graphql(desc = "Only steps over relationships like this one, seen from the entities that are joined: \
                    { kinds: [MEMBER_OF], direction: OUT }.")]
        via: Option<RelationshipFilter>,
        #[graphql(desc = "How many two of them must share, 1 or more.", default_with = "Some(1)")] min_weight: Option<
            i32,
        >,
        #[graphql(
            desc = "Keep the backbone alone: the ties whose `significance` is below this, above 0 to 1. All when left out."
        )]
        backbone: Option<f64>,
    ) -> Result<Option<Projection>> {
        let scope = &self.0.of_field();
        let question = question(scope, of, through, via, min_weight, backbone)?;
        let find = |graph: &_, view: &_, budget: &_| graph::projection(graph, view, &question, budget);
        let question = format!("projection {question:?}");
        let projection = scope.measured(question.clone(), find, graph::Projection::bytes)?;
        Ok(Some(Projection { scope: scope.clone(), projection, question }))
    }
}
