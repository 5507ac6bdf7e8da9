//! What clients send, turned into the terms of the graph, with every id and date checked on the way.

pub mod entity_filter;
pub mod order;
pub mod view;
