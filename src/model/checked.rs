//! What a value is whose fields are those of a record, checked once and shared by its copies.

/// For a type `Name(Arc<Checked>)` with a `new` that checks, and a `Checked` that holds the `record`: it is read, and
/// written, as the record.
macro_rules! checked {
    ($name:ident, $record:ident) => {
        impl std::ops::Deref for $name {
            type Target = $record;
            fn deref(&self) -> &$record {
                &self.0.record
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.0.record, serializer)
            }
        }

        impl TryFrom<$record> for $name {
            type Error = Violations;
            fn try_from(record: $record) -> Result<Self, Violations> {
                Self::new(record)
            }
        }

        impl From<$name> for $record {
            fn from(value: $name) -> Self {
                std::sync::Arc::unwrap_or_clone(value.0).record
            }
        }
    };
}
pub(super) use checked;
