//! The fields that every entity has, whatever its kind.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::api::connection::PageArguments;
use crate::api::decision::{Decision, about};
use crate::api::document::Citation;
use crate::api::entity::Entity;
use crate::api::input::entity_filter::{EntityFilter, RelationshipFilter};
use crate::api::neighbor::{NeighborConnection, neighbors};
use crate::api::relationship::{RelationshipConnection, relationships};
use crate::api::scalar::{CountryCode, Decimal, EdtfDate};
use crate::api::scope::{Scope, int, revision};
use crate::api::vocabulary::{EntityKind, IdentifierScheme, NameKind};
use crate::graph::{EntityIndex, RelationshipIndex, relationships_of};
use crate::model;
use crate::model::change::Versioned;
use crate::model::id::EntityId;

/// An entity in the view that was asked.
#[derive(Clone)]
pub(crate) struct Handle {
    pub(in crate::api) scope: Scope,
    pub(in crate::api) index: EntityIndex,
}

impl Handle {
    pub(in crate::api) fn value(&self) -> &Versioned<model::entity::Entity> {
        let entity = self.scope.graph().entity(self.index);
        self.scope.note(&entity.citations);
        entity
    }

    fn merged_ids(&self) -> impl Iterator<Item = &EntityId> {
        self.scope.graph().redirects().merged_into(self.value().id.as_str())
    }
}

/// One of the names of an entity.
#[derive(SimpleObject)]
pub(crate) struct Name {
    /// The name as written.
    text: String,
    /// What sort of name it is.
    kind: NameKind,
    /// The language it is in, as a BCP 47 tag such as `zh-Hant`; null where it belongs to none or is not known.
    language: Option<String>,
}

/// A key of an entity in an outside registry.
#[derive(SimpleObject)]
pub(crate) struct Identifier {
    /// The registry.
    scheme: IdentifierScheme,
    /// The key in the registry, without prefix.
    value: String,
    /// The page of the key; null where the registry has none.
    url: Option<String>,
}

/// A point on earth, in WGS 84.
#[derive(SimpleObject)]
pub(crate) struct Coordinates {
    /// Degrees north of the equator, -90 to 90.
    latitude: f64,
    /// Degrees east of Greenwich, -180 to 180.
    longitude: f64,
}

/// A number or a rank that a document gives about an entity: "member universities attending: nearly 20".
#[derive(SimpleObject)]
pub(crate) struct Figure {
    /// What is counted or ranked.
    label: String,
    /// The number or rank as the document words it.
    value: String,
    /// The least it can be; null where the wording gives no such bound.
    at_least: Option<Decimal>,
    /// The most it can be; null where the wording gives no such bound.
    at_most: Option<Decimal>,
    /// When it held; null where the document does not say.
    as_of: Option<EdtfDate>,
    /// Where it was read.
    citation: Citation,
}

impl Figure {
    /// A figure of an entity.
    pub(in crate::api) fn new(scope: &Scope, figure: &model::entity::Figure) -> Self {
        Self {
            label: figure.label.clone(),
            value: figure.value.clone(),
            at_least: figure.at_least.clone().map(Decimal),
            at_most: figure.at_most.clone().map(Decimal),
            as_of: figure.as_of.clone().map(EdtfDate),
            citation: Citation::new(scope, &figure.citation),
        }
    }
}

/// The fields of [`Handle`]'s entity that all kinds share.
#[derive(Clone)]
pub(crate) struct EntityFields(pub(in crate::api) Handle);

#[Object]
impl EntityFields {
    /// The stable, readable key: `west-china-hospital`. It can be given wherever an id is asked for.
    pub(in crate::api) async fn id(&self) -> ID {
        ID(self.0.value().id.to_string())
    }

    /// What it is.
    pub(in crate::api) async fn kind(&self) -> EntityKind {
        self.0.value().kind.into()
    }

    /// The preferred name, in English where there is one.
    pub(in crate::api) async fn name(&self) -> String {
        self.0.value().name.clone()
    }

    /// All names, the preferred one first: aliases, acronyms, translations, former names, and misspellings seen.
    pub(in crate::api) async fn names(&self) -> Vec<Name> {
        let entity = self.0.value();
        let preferred = Name {
            text: entity.name.clone(),
            kind: NameKind::Preferred,
            language: entity.language.as_ref().map(|language| language.as_str().to_owned()),
        };
        let others = entity.names.iter().map(|name| Name {
            text: name.text.clone(),
            kind: name.kind.into(),
            language: name.language.as_ref().map(|language| language.as_str().to_owned()),
        });
        std::iter::once(preferred).chain(others).collect()
    }

    /// What it is, in a few words; null where nobody has said.
    pub(in crate::api) async fn description(&self) -> Option<String> {
        self.0.value().description.clone()
    }

    /// Its own web page; null where none is known.
    pub(in crate::api) async fn homepage(&self) -> Option<String> {
        self.0.value().homepage.clone()
    }

    /// The country it is in; null where it is in none or it is not known.
    pub(in crate::api) async fn country(&self) -> Option<CountryCode> {
        self.0.value().country.map(CountryCode)
    }

    /// The city it is in, in English; null where it is not known.
    pub(in crate::api) async fn city(&self) -> Option<String> {
        self.0.value().city.clone()
    }

    /// Where it is; null where it is not known.
    pub(in crate::api) async fn coordinates(&self) -> Option<Coordinates> {
        let point = self.0.value().coordinates?;
        Some(Coordinates { latitude: point.latitude(), longitude: point.longitude() })
    }

    /// Its keys in outside registries, sorted by registry: ROR, Wikidata, GRID, ISNI, ORCID, …
    pub(in crate::api) async fn identifiers(&self) -> Vec<Identifier> {
        let identifiers = self.0.value().identifiers.iter();
        identifiers
            .map(|identifier| Identifier {
                scheme: identifier.scheme().into(),
                value: identifier.value().to_owned(),
                url: identifier.url(),
            })
            .collect()
    }

    /// When it began; of an event, when it took place. Null where no document says.
    pub(in crate::api) async fn since(&self) -> Option<EdtfDate> {
        self.0.value().since.clone().map(EdtfDate)
    }

    /// When it ended or ends; null where no document says. An agreement of which documents give start and term alone ends
    /// with its term, which is inferred: null under `strength: STATED`.
    pub(in crate::api) async fn until(&self) -> Option<EdtfDate> {
        self.0.value().end(self.0.scope.view.strength()).cloned().map(EdtfDate)
    }

    /// Where it was read of, as far as the view shows it, sorted by document. At least one where no view narrows the
    /// documents or their strength.
    pub(in crate::api) async fn citations(&self) -> Vec<Citation> {
        let Scope { snapshot, view, .. } = &self.0.scope;
        let shown = self.0.value().citations.iter().filter(|citation| view.shows(snapshot.graph(), citation));
        shown.map(|citation| Citation::new(&self.0.scope, citation)).collect()
    }

    /// Numbers, ranks and standings that documents of the view give about it.
    pub(in crate::api) async fn figures(&self) -> Vec<Figure> {
        let Scope { snapshot, view, .. } = &self.0.scope;
        let figures = self.0.value().figures.iter().filter(|figure| view.shows(snapshot.graph(), &figure.citation));
        figures.map(|figure| Figure::new(&self.0.scope, figure)).collect()
    }

    /// How many relationships of the view name it as source or target. `entities(orderBy: { by: DEGREE, filter: … })` sorts
    /// by the same number.
    pub(in crate::api) async fn degree(
        &self,
        #[graphql(desc = "Count only relationships like this one.")] filter: Option<RelationshipFilter>,
    ) -> Result<i32> {
        let found = incident(&self.0, filter)?;
        Ok(int(found.len()))
    }

    /// The relationships of the view that name it as source or target, sorted by kind, then by id.
    pub(in crate::api) async fn relationships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only relationships like this one.")] filter: Option<RelationshipFilter>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<RelationshipConnection> {
        let found = incident(&self.0, filter)?;
        relationships(ctx, &self.0.scope, &found, &PageArguments::either_way(first, after, last, before))
    }

    /// The entities that a relationship of the view joins to it, each once, sorted by name.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    pub(in crate::api) async fn neighbors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only neighbors like this.")] filter: Option<EntityFilter>,
        #[graphql(desc = "Only over relationships like this one.")] via: Option<RelationshipFilter>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let scope = &self.0.scope;
        let filter = filter.map(|filter| filter.resolve(scope, "filter")).transpose()?;
        let via = via.map(|via| via.resolve(scope, "via")).transpose()?;
        neighbors(
            ctx,
            &self.0,
            &filter.unwrap_or_default(),
            &via.unwrap_or_default(),
            &PageArguments::either_way(first, after, last, before),
        )
    }

    /// The ids of the entities that were merged into it, sorted; each of them answers with it. Empty where none was.
    pub(in crate::api) async fn merged_ids(&self) -> Vec<ID> {
        self.0.merged_ids().map(|id| ID(id.to_string())).collect()
    }

    /// What was decided about it, or about those that were merged into it: whether it is the same as another; sorted by
    /// the ids of the two.
    pub(in crate::api) async fn decisions(&self) -> Vec<Decision> {
        about(&self.0.scope, std::iter::once(&self.0.value().id).chain(self.0.merged_ids()))
    }

    /// Entities of the view that are probably the same as it, sorted by id: whether they are was asked and not decided, or
    /// they have a name and the country in common. What is known of it may stand on them too. Empty where none is.
    pub(in crate::api) async fn possible_doubles(&self) -> Result<Vec<Entity>> {
        let scope = &self.0.scope;
        let mut found = Vec::new();
        for double in scope.graph().doubles(self.0.index) {
            if scope.ask(|graph, view, budget| view.admits_entity(graph, double.other, budget))? {
                found.push(Entity::new(scope, double.other));
            }
        }
        Ok(found)
    }

    /// The revision of the graph that last changed it.
    pub(in crate::api) async fn revision(&self) -> i32 {
        revision(self.0.value().revision)
    }
}

fn incident(handle: &Handle, filter: Option<RelationshipFilter>) -> Result<Vec<RelationshipIndex>> {
    let scope = &handle.scope;
    let filter = filter.map(|filter| filter.resolve(scope, "filter")).transpose()?.unwrap_or_default();
    scope.ask(|graph, view, budget| relationships_of(graph, view, handle.index, &filter, budget))
}
