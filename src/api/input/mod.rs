//! What clients send, turned into the terms of the graph, with every id and date checked on the way.

pub(crate) mod budget;
mod date_filter;
pub(crate) mod entity_filter;
pub(crate) mod order;
pub(crate) mod path_weights;
pub(crate) mod view;
