//! How a family of entities is declared: the fields of its own, and its shorthands, a line each.

/// Declares the type of a family: the fields that all entities have, those in `own`, and a connection for each of the
/// `hops`, read as `name: Direction [kinds of relationship] to [kinds of entity, all where empty]`.
macro_rules! family {
    (
        $(#[$doc:meta])*
        $name:ident, $fields:ident;
        own { $($own:tt)* }
        hops {
            $(
                $(#[$hop_doc:meta])*
                $hop:ident: $direction:ident [$($kind:ident),+] to [$($end:ident),*];
            )*
        }
    ) => {
        $(#[$doc])*
        #[derive(async_graphql::MergedObject, Clone)]
        pub(crate) struct $name($crate::api::entity::fields::EntityFields, $fields);

        impl $name {
            pub(super) fn new(handle: $crate::api::entity::fields::Handle) -> Self {
                Self($crate::api::entity::fields::EntityFields(handle.clone()), $fields(handle))
            }
        }

        impl std::ops::Deref for $name {
            type Target = $crate::api::entity::fields::EntityFields;
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        /// The fields that only this family has.
        #[derive(Clone)]
        pub(crate) struct $fields($crate::api::entity::fields::Handle);

        #[async_graphql::Object]
        impl $fields {
            $($own)*

            $(
                $(#[$hop_doc])*
                async fn $hop(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")]
                    first: Option<i32>,
                    #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
                    #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
                    #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
                ) -> async_graphql::Result<$crate::api::neighbor::NeighborConnection> {
                    let hop = $crate::api::entity::hop::Hop {
                        kinds: &[$($crate::model::relationship::RelationshipKind::$kind),+],
                        direction: $crate::graph::Direction::$direction,
                        ends: &[$($crate::model::entity::EntityKind::$end),*],
                    };
                    let arguments = $crate::api::connection::PageArguments::either_way(first, after, last, before);
                    hop.follow(ctx, &self.0, arguments)
                }
            )*
        }
    };
}
pub(super) use family;
