//! Random documents, entities, relationships and worlds of them, with odd texts and every kind and field.

use consortia::model::change::Change;
use consortia::model::citation::{Citation, Document, DocumentRecord, Strength};
use consortia::model::decimal::Decimal;
use consortia::model::edtf::EdtfDate;
use consortia::model::entity::{Entity, EntityKind, EntityRecord, EventFormat, Figure};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::name::{Name, NameKind};
use consortia::model::place::Coordinates;
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::text;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One line of text that is hard to quote.
fn line() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{1,12}", "[\"'\\\\#=,\\[\\]{}a ]{1,8}", "[a-z]{3,9}( [A-Z][a-z]{2,6}){0,2}"]
        .prop_filter_map("empty", |text| text::line(&text).ok())
}

/// Prose that is hard to quote.
fn prose() -> impl Strategy<Value = String> {
    prop_oneof!["[\"'\\\\\n\ta\u{e9}\u{1f600}]{1,12}", "\\PC{1,40}", "[a-z]{1,20}"]
        .prop_filter_map("empty", |text| text::prose(&text).ok())
}

fn date() -> impl Strategy<Value = EdtfDate> {
    let texts = ["2022-11-15", "2024-03", "2019", "2024~", "2023?", "202X", "2021/2024", "2024/..", "../2020", "-0044"];
    select(texts.to_vec()).prop_map(|text| text.parse().unwrap())
}

pub(crate) fn document(id: DocumentId) -> impl Strategy<Value = Document> {
    let language = select(&["en", "zh-Hant", "fr"][..]).prop_map(|tag| tag.to_owned().try_into().unwrap());
    let address = "[a-z]{1,8}/[a-z\"?#]{0,5}x".prop_map(|rest| format!("https://{rest}"));
    let fields = (
        line(),
        option::of(line()),
        option::of(address),
        option::of(date()),
        option::of(date()),
        option::of(date()),
        option::of(language),
        option::of(prose()),
    );
    fields.prop_map(move |(title, publisher, url, published, as_of, accessed, language, note)| {
        let id = id.clone();
        Document::new(DocumentRecord { id, title, publisher, url, published, as_of, accessed, language, note }).unwrap()
    })
}

fn citation(documents: &[DocumentId]) -> impl Strategy<Value = Citation> + use<> {
    let strength = select(&[Strength::Stated, Strength::Inferred][..]);
    (select(documents.to_vec()), option::of(line()), strength, option::of(prose())).prop_map(
        |(document, locator, strength, note)| {
            let note = note.or_else(|| (strength == Strength::Inferred).then(|| "because".to_owned()));
            Citation { document, locator, strength, note }
        },
    )
}

fn citations(documents: &[DocumentId]) -> impl Strategy<Value = Vec<Citation>> + use<> {
    prop::collection::vec(citation(documents), 1..4)
}

fn figure(documents: &[DocumentId]) -> impl Strategy<Value = Figure> + use<> {
    let bound = || {
        let text = prop_oneof!["[0-9]|[1-9][0-9]{0,24}", "-?(0|[1-9][0-9]{0,12})\\.[0-9]{1,6}"];
        option::of(text.prop_map(|text| text.parse::<Decimal>().unwrap()))
    };
    (line(), line(), bound(), bound(), option::of(date()), citation(documents)).prop_map(
        |(label, value, one, other, as_of, citation)| {
            let (at_least, at_most) = if one <= other { (one, other) } else { (other, one) };
            Figure { label, value, at_least, at_most, as_of, citation }
        },
    )
}

fn name() -> impl Strategy<Value = Name> {
    let kinds = [NameKind::Alias, NameKind::Acronym, NameKind::Former, NameKind::Misspelling];
    let language = select(&["en", "zh", "de-CH"][..]).prop_map(|tag| tag.to_owned().try_into().unwrap());
    (line(), select(kinds.to_vec()), option::of(language)).prop_map(|(text, kind, language)| Name {
        text,
        kind,
        language,
    })
}

pub(crate) fn entity(
    id: EntityId,
    kind: EntityKind,
    documents: &[DocumentId],
) -> impl Strategy<Value = Entity> + use<> {
    let formats = [EventFormat::InPerson, EventFormat::Online, EventFormat::Hybrid];
    let identifiers = ["ROR:011ashp19", "WIKIDATA:Q34433", "DOI:10.1000/a\"b'c\\d", "ISNI:0000000419368948"];
    let point = (-90.0..=90.0, -180.0..=180.0).prop_map(|(north, east)| Coordinates::new(north, east).unwrap());
    let texts = (line(), prop::collection::vec(name(), 0..4), option::of(prose()), option::of(line()));
    let place = (option::of(select(&["GB", "CN", "XK"][..])), option::of(point));
    let keys = prop::collection::vec(select(identifiers.to_vec()), 0..3);
    let own =
        (option::of(date()), option::of(select(formats.to_vec())), option::of(select(&["P3Y", "P18M", "P1Y6M"][..])));
    let cited = (citations(documents), prop::collection::vec(figure(documents), 0..3));
    (texts, place, keys, own, cited).prop_map(move |(texts, place, keys, own, cited)| {
        let mut record = EntityRecord::new(id.clone(), kind, texts.0);
        record.names = texts.1;
        record.description = texts.2;
        record.city = texts.3;
        record.homepage = record.city.is_some().then(|| "http://example.org/\"'".to_owned());
        record.in_text = record.homepage.as_ref().map(|_| format!("the {}", record.name).into());
        record.language = (record.names.len() == 2).then(|| "zh".to_owned().try_into().unwrap());
        record.country = place.0.map(|code| code.parse().unwrap());
        record.coordinates = place.1;
        record.identifiers = keys.into_iter().map(|key| key.parse().unwrap()).collect();
        record.since = own.0.clone();
        record.until = own.0.filter(|_| place.0.is_some());
        record.format = own.1.filter(|_| kind == EntityKind::Event);
        record.term = own.2.filter(|_| kind == EntityKind::Agreement).map(|term| term.parse().unwrap());
        (record.citations, record.figures) = cited;
        Entity::new(record).unwrap()
    })
}

/// A relationship of a kind between two entities, whether or not they fit.
pub(crate) fn relationship(
    source: EntityId,
    kind: RelationshipKind,
    target: EntityId,
    on_behalf_of: Option<EntityId>,
    documents: &[DocumentId],
) -> impl Strategy<Value = Relationship> + use<> {
    let role = option::of(prop_oneof![line(), select(&["President", "keynote speaker"][..]).prop_map(str::to_owned)]);
    let key = option::weighted(0.2, "[a-z]{1,3}(-[0-9]{1,2})?");
    (role, key, option::of(date()), option::of(date()), citations(documents)).prop_filter_map(
        "its ends meet",
        move |(role, key, since, until, citations)| {
            let on_behalf_of = on_behalf_of.clone();
            let record = RelationshipRecord {
                role,
                key,
                on_behalf_of,
                since,
                until,
                citations,
                ..RelationshipRecord::new(source.clone(), kind, target.clone())
            };
            Relationship::new(record.clone())
                .or_else(|_| Relationship::new(RelationshipRecord { until: None, ..record }))
                .ok()
        },
    )
}

/// The changes that make a whole world: documents, entities, and relationships that fit, each in the order of ids.
pub(crate) fn world() -> impl Strategy<Value = Vec<Change>> {
    let kinds = prop::collection::vec(select(&EntityKind::ALL[..]), 2..9);
    let wishes = prop::collection::vec((any::<Index>(), any::<Index>(), any::<Index>(), any::<Option<Index>>()), 0..14);
    (1..4_usize, kinds, wishes).prop_flat_map(|(documents, kinds, wishes)| {
        let documents: Vec<DocumentId> =
            (0..documents).map(|number| DocumentId::new(&format!("document-{number}")).unwrap()).collect();
        let entities: Vec<(EntityId, EntityKind)> = kinds
            .into_iter()
            .enumerate()
            .map(|(number, kind)| (EntityId::new(&format!("entity-{number}")).unwrap(), kind))
            .collect();
        let fitting = |source: &(EntityId, EntityKind), target: &(EntityId, EntityKind)| -> Vec<RelationshipKind> {
            let fits = |kind: &RelationshipKind| kind.check_ends((&source.0, source.1), (&target.0, target.1)).is_ok();
            RelationshipKind::ALL.into_iter().filter(fits).collect()
        };
        let relationships: Vec<_> = wishes
            .into_iter()
            .filter_map(|(source, target, kind, third)| {
                let (source, target) = (source.get(&entities), target.get(&entities));
                let kinds = fitting(source, target);
                // What reads the same either way is written one way.
                let turned = !kinds.is_empty() && kind.get(&kinds).spec().symmetric && source.0 > target.0;
                let apart = source.0 != target.0;
                let on_behalf_of = third.map(|third| third.get(&entities).0.clone());
                (apart && !kinds.is_empty() && !turned).then(|| {
                    relationship(source.0.clone(), *kind.get(&kinds), target.0.clone(), on_behalf_of, &documents)
                })
            })
            .collect();
        let entities: Vec<_> = entities.into_iter().map(|(id, kind)| entity(id, kind, &documents)).collect();
        let documents: Vec<_> = documents.into_iter().map(document).collect();
        (documents, entities, relationships).prop_map(|(documents, entities, mut relationships)| {
            relationships.sort_by(|one, other| one.id().cmp(other.id()));
            relationships.dedup_by(|one, other| one.id() == other.id());
            let documents = documents.into_iter().map(Change::UpsertDocument);
            let entities = entities.into_iter().map(Change::UpsertEntity);
            let relationships = relationships.into_iter().map(Change::UpsertRelationship);
            documents.chain(entities).chain(relationships).collect()
        })
    })
}
