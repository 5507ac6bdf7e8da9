//! What was read, and where in it a fact stands.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::connection::{Page, PageArguments, Window, connection};
use super::entity::{EntityConnection, entities};
use super::relationship::{RelationshipConnection, relationships};
use super::scalar::EdtfDate;
use super::scope::{Scope, page_limit, revision};
use super::vocabulary::Strength;
use crate::graph::{self, DocumentIndex, RelationshipFilter};
use crate::model;
use crate::model::change::Versioned;

/// A document of the snapshot, with the view under which its relationships are given.
#[derive(Clone)]
pub(crate) struct Document {
    scope: Scope,
    position: usize,
}

impl Document {
    /// The document with this id.
    pub(super) fn find(scope: &Scope, id: &str) -> Option<Self> {
        let documents = &scope.snapshot.state().documents;
        let position = documents.binary_search_by(|document| document.id.as_str().cmp(id)).ok()?;
        Some(Self { scope: scope.clone(), position })
    }

    fn index(&self) -> DocumentIndex {
        let found = self.scope.graph().find_document(self.value().id.as_str());
        found.expect("the graph of a snapshot is built from its documents")
    }

    fn value(&self) -> &Versioned<model::citation::Document> {
        &self.scope.snapshot.state().documents[self.position]
    }
}

/// Something that was read: a press release, a page, a registry.
#[Object]
impl Document {
    /// The stable, readable key: `hkust-pumch-agreement`.
    pub(super) async fn id(&self) -> ID {
        ID(self.value().id.to_string())
    }

    /// The title as printed.
    async fn title(&self) -> String {
        self.value().title.clone()
    }

    /// Who published it; null where it is not known.
    async fn publisher(&self) -> Option<String> {
        self.value().publisher.clone()
    }

    /// Where it can be read; null where no address is known.
    async fn url(&self) -> Option<String> {
        self.value().url.clone()
    }

    /// When it was published; null where it does not say.
    async fn published(&self) -> Option<EdtfDate> {
        self.value().published.clone().map(EdtfDate)
    }

    /// The time that it tells of as the present, where that is another than when it was published: what it says that
    /// somebody is, they were then. Null where it is not known to be another.
    async fn as_of(&self) -> Option<EdtfDate> {
        self.value().as_of.clone().map(EdtfDate)
    }

    /// When it was read; null where that was not noted.
    async fn accessed(&self) -> Option<EdtfDate> {
        self.value().accessed.clone().map(EdtfDate)
    }

    /// The language it is in, as a BCP 47 tag; null where it is not known.
    async fn language(&self) -> Option<String> {
        self.value().language.as_ref().map(|language| language.as_str().to_owned())
    }

    /// What a reader of its citations should know about it; null where there is nothing to say.
    async fn note(&self) -> Option<String> {
        self.value().note.clone()
    }

    /// The entities of the view that it mentions, sorted by name.
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<EntityConnection> {
        let scope = &self.scope;
        let mentioned = scope.ask(|graph, view, budget| graph::entities_citing(graph, view, self.index(), budget))?;
        entities(ctx, scope, &mentioned, &PageArguments::either_way(first, after, last, before))
    }

    /// The relationships of the view that it supports, sorted by kind, then by id.
    async fn relationships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<RelationshipConnection> {
        let scope = &self.scope;
        let filter = RelationshipFilter { documents: Some([self.index()].into()), ..Default::default() };
        let supported = scope.ask(|graph, view, budget| graph::relationships(graph, view, &filter, budget))?;
        relationships(ctx, scope, &supported, &PageArguments::either_way(first, after, last, before))
    }

    /// The revision of the graph that last changed its record.
    async fn revision(&self) -> i32 {
        revision(self.value().revision)
    }
}

/// Where a fact was read, and how firmly it stands there.
#[derive(SimpleObject)]
pub(crate) struct Citation {
    /// The document that was read.
    document: Document,
    /// How firmly the fact stands there.
    strength: Strength,
    /// The place in the document: "paragraph 3", the id of a record. Null where it is the whole.
    locator: Option<String>,
    /// Why it was concluded, or what a reader should know. Never null where the strength is INFERRED.
    note: Option<String>,
}

impl Citation {
    pub(super) fn new(scope: &Scope, citation: &model::citation::Citation) -> Self {
        let document = Document::find(scope, citation.document.as_str())
            .expect("the documents that are cited exist: a change set that breaks this is refused");
        Self {
            document,
            strength: citation.strength.into(),
            locator: citation.locator.clone(),
            note: citation.note.clone(),
        }
    }
}

/// A document in a list.
#[derive(SimpleObject)]
pub(crate) struct DocumentEdge {
    /// Points to this place in the list.
    pub(super) cursor: String,
    /// The document.
    pub(super) node: Document,
}

connection! {
    /// Documents, page by page.
    DocumentConnection, DocumentEdge, Document
}

/// All documents of the snapshot, sorted by id, in pages.
pub(super) fn documents(ctx: &Context<'_>, scope: &Scope, arguments: &PageArguments) -> Result<DocumentConnection> {
    let documents = &scope.snapshot.state().documents;
    let window = Window::cut(arguments, page_limit(ctx)?, documents.len(), |at| documents[at].id.to_string())?;
    let page: Page<DocumentEdge> =
        window.into_page(|position, cursor| DocumentEdge { cursor, node: Document { scope: scope.clone(), position } });
    Ok(DocumentConnection(page))
}
