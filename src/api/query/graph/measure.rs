//! What is counted and measured.

use async_graphql::{Object, Result};

use crate::api::scope::Scope;
use crate::api::statistics::Statistics;

/// The fields that count and measure.
pub(crate) struct Measures(pub(super) Scope);

/// The fields that count and measure.
#[Object]
impl Measures {
    /// How much there is of what in the view.
    async fn statistics(&self) -> Result<Statistics> {
        Statistics::count(&self.0)
    }
}
