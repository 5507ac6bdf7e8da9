//! The fields of entities, relationships and documents that a column can give.

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Entity,
    Relationship,
    Document,
}

macro_rules! fields {
    ($($field:ident $name:literal),* $(,)?) => {
        /// A field of an entity, a relationship or a document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Field {
            $($field),*
        }

        impl Field {
            /// Its name in data, and as a column.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Self::$field => $name),*
                }
            }
        }
    };
}

fields! {
    Id "id", Kind "kind", Name "name", Names "names", Acronyms "acronyms", Language "language", InText "in_text",
    Description "description", Homepage "homepage", Country "country", City "city", Latitude "latitude",
    Longitude "longitude", Identifiers "identifiers", Since "since", Until "until", Format "format", Term "term",
    Source "source", Target "target", Role "role", Key "key", OnBehalfOf "on_behalf_of", Locator "locator",
    Strength "strength", Note "note", Figures "figures", Citations "citations", MergedIds "merged_ids",
    Title "title", Publisher "publisher", Url "url", Published "published", AsOf "as_of", Accessed "accessed", X "x", Y "y",
}

use Field::{
    Accessed, Acronyms, AsOf, Citations, City, Country, Description, Figures, Format, Homepage, Id, Identifiers,
    InText, Key, Kind, Language, Latitude, Locator, Longitude, MergedIds, Name, Names, Note, OnBehalfOf, Published,
    Publisher, Role, Since, Source, Strength, Target, Term, Title, Until, Url, X, Y,
};

const OF_ENTITIES: &[Field] = &[
    Id,
    Kind,
    Name,
    Names,
    Acronyms,
    Language,
    InText,
    Description,
    Homepage,
    Country,
    City,
    Latitude,
    Longitude,
    Identifiers,
    Since,
    Until,
    Format,
    Term,
    Locator,
    Strength,
    Note,
];
const OF_RELATIONSHIPS: &[Field] =
    &[Source, Kind, Target, Role, Key, OnBehalfOf, Since, Until, Locator, Strength, Note];
const OF_DOCUMENTS: &[Field] = &[Id, Title, Publisher, Url, Published, AsOf, Accessed, Language, Note];

impl Sort {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Relationship => "relationship",
            Self::Document => "document",
        }
    }

    /// The fields that a mapping can give.
    pub(super) fn fields(self) -> impl Iterator<Item = Field> {
        let fields = match self {
            Self::Entity => OF_ENTITIES,
            Self::Relationship => OF_RELATIONSHIPS,
            Self::Document => OF_DOCUMENTS,
        };
        fields.iter().copied()
    }

    /// The columns of a table of ours: those of `data/` and those that only `export csv` writes.
    pub(super) fn columns(self) -> impl Iterator<Item = Field> {
        let exported: &[Field] = match self {
            Self::Entity => &[Figures, Citations, MergedIds, X, Y],
            Self::Relationship => &[Id, Citations],
            Self::Document => &[],
        };
        self.fields().chain(exported.iter().copied())
    }

    /// The fields that it cannot do without.
    pub(super) fn required(self) -> &'static [Field] {
        match self {
            Self::Entity => &[Id, Kind, Name],
            Self::Relationship => &[Source, Kind, Target],
            Self::Document => &[Id, Title],
        }
    }
}
