//! The words of the API: enums that mirror those of the model, described for strangers.

use async_graphql::Enum;

use crate::{graph, model};

/// What an entity is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::entity::EntityKind")]
pub(crate) enum EntityKind {
    /// A university, or a college of one.
    University,
    /// A medical school, or a faculty that teaches medicine.
    MedicalSchool,
    /// A hospital or another place of care.
    Hospital,
    /// A body whose members are organizations: an alliance, a network, a project consortium.
    Consortium,
    /// A body that does research: an institute, a center, a department, an academy.
    ResearchCenter,
    /// An administrative unit of another body.
    Office,
    /// A business.
    Company,
    /// A body that gives money.
    Foundation,
    /// A ministry, agency, consulate or bureau.
    Government,
    /// A body without profit that is none of the others.
    Nonprofit,
    /// A human being.
    Person,
    /// Something that parties agreed on in writing: an agreement, a declaration, an initiative.
    Agreement,
    /// Something that happened at a time: a meeting, a forum, a visit, a ceremony.
    Event,
    /// Something that is offered or run: a course, an exchange, a ranking, a strategy.
    Program,
    /// A field of work.
    Topic,
}

/// How the source of a relationship is related to its target. Each is read from source to target.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::relationship::RelationshipKind")]
pub(crate) enum RelationshipKind {
    /// The source is a part of the target: a school of its university, a session of its conference.
    PartOf,
    /// The source, an organization or person, is tied to the target without being a part of it: a teaching hospital
    /// and its university.
    AffiliatedWith,
    /// The source belongs to the target, a body of members.
    MemberOf,
    /// The source brought the target into being.
    Founded,
    /// The two work together. It says the same read either way.
    CollaboratesWith,
    /// The source is one of those that the target, an agreement, binds.
    PartyTo,
    /// The source, most often a person on behalf of an organization, put its name under the target, an agreement.
    Signed,
    /// The source was present when the target was signed or took place, and did not sign.
    Witnessed,
    /// The source planned and ran the target, an event.
    Organized,
    /// The source gave the target, an event, its place or its roof.
    Hosted,
    /// The source took part in the target, an event or a program; the role says as what.
    ParticipatedIn,
    /// The source, a person, holds a post at the target; the role is the title.
    HoldsPostAt,
    /// The source offers the target, a program.
    Offers,
    /// The source gave money for the target.
    Funded,
    /// The source came after the target, in its place or in its series.
    Succeeds,
    /// The source, a meeting or a body, passed the target, an agreement or a program.
    Adopted,
    /// The target is what the source is about or works on.
    Concerns,
    /// The source named the target something; the role says what.
    Designated,
}

/// How sure it has to be that something held at a date.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::graph::Certainty")]
pub(crate) enum Certainty {
    /// Known to hold then: under every reading of its dates (what began in 2024 is not known to have held in March 2024).
    /// What has no date is known from the day of a document that says so.
    Known,
    /// Taken to hold then: under some reading of its dates. What has no date held as long as the event, agreement, program
    /// or consortium that it belongs to; a part or an affiliate as long as both ends were there; anything else from when a
    /// document says so. A consortium, an agreement or a program of no known start was there from its first trace.
    Assumed,
    /// Not known not to hold then: what has no date always may have, as long as its ends may have been there.
    Possible,
}

/// How firmly a fact stands in a document. STATED is the stronger.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::citation::Strength")]
pub(crate) enum Strength {
    /// The curator concluded it from the document; the citation's note says why.
    Inferred,
    /// The document says so.
    Stated,
}

/// What sort of name a name is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::name::NameKind")]
pub(crate) enum NameKind {
    /// The one shown first.
    Preferred,
    /// Another name in use, translations included.
    Alias,
    /// The first letters, or a short form made of them.
    Acronym,
    /// A name it had once.
    Former,
    /// A typing error seen in a document; search finds it.
    Misspelling,
}

/// How people met at an event.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::entity::EventFormat")]
pub(crate) enum EventFormat {
    /// All in one place.
    InPerson,
    /// All over a network.
    Online,
    /// Some in one place, some over a network.
    Hybrid,
}

/// An outside registry that gives entities a key.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::identifier::IdentifierScheme")]
pub(crate) enum IdentifierScheme {
    /// Research Organization Registry: 011ashp19.
    Ror,
    /// Wikidata: Q34433.
    Wikidata,
    /// Global Research Identifier Database, closed in 2021: grid.13291.38.
    Grid,
    /// International Standard Name Identifier, ISO 27729: 0000000419368948.
    Isni,
    /// Open Researcher and Contributor ID, of persons: 0000-0002-1825-0097.
    Orcid,
    /// Crossref Funder Registry: 501100004912.
    CrossrefFunder,
    /// Digital Object Identifier, ISO 26324: 10.3030/101057619.
    Doi,
    /// Participant Identification Code of the European Commission: 999984059.
    Pic,
}

/// Which end of a relationship an entity is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Direction")]
pub(crate) enum Direction {
    /// It is the source.
    Out,
    /// It is the target.
    In,
    /// It is either of the two.
    Both,
}

/// Which of the paths between two entities are given.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::PathSelection")]
pub(crate) enum PathSelection {
    /// One shortest path of each pair, always the same one.
    AnyShortest,
    /// All shortest paths of each pair.
    AllShortest,
    /// All paths of each pair that meet no entity twice, up to the greatest length.
    AllSimple,
    /// The `k` shortest paths of each pair that meet no entity twice; of equally long ones those whose ids come first.
    ShortestK,
    /// The `k` strongest paths of each pair, by `weights`: cited firmly, recent, short. The strongest come first.
    Strongest,
}

/// How the entities of a network are placed.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Layout")]
pub(crate) enum Layout {
    /// Related entities lie close, others apart: a simulation of springs and charges that ends the same way each time.
    Force,
    /// On a circle, in the order of the nodes.
    Circular,
}

/// What a list of entities is sorted by. Equal ones follow each other by id.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::OrderBy")]
pub(crate) enum EntityOrderField {
    /// The preferred name, without regard to case and diacritics.
    Name,
    /// The stable key.
    Id,
    /// The kind, in the order of EntityKind.
    Kind,
    /// How many relationships in the view name it; of these alone that pass, where the order has a `filter`.
    Degree,
    /// The first day of `since`; entities without one come last either way.
    Since,
}

/// Which way a list runs.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SortDirection {
    /// From small to large, from A to Z.
    Asc,
    /// From large to small, from Z to A.
    Desc,
}

/// What a date in a timeline means for what it belongs to.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Happening")]
pub(crate) enum TimelineEvent {
    /// From then on it was, or held.
    Began,
    /// It took place, all of it.
    Happened,
    /// Until then it was, or held.
    Ended,
    /// It was or is to take place, or to begin or end. So is what is certain to come after the day of the revision
    /// shown, that of its newest commit in UTC. So are also, whatever their date, as that they took place is not
    /// documented: relationships whose role says planned or expected, and events and agreements all of whose acts in the
    /// view are planned or to come.
    Planned,
}

/// What the entries of a timeline are counted by.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::TimelineUnit")]
pub(crate) enum TimelineUnit {
    /// Calendar months. What may lie in several months of one year is counted by the year.
    Month,
    /// Calendar years.
    Year,
}

/// How something differs between two views.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Difference")]
pub(crate) enum DifferenceKind {
    /// Only the second view shows it.
    Gained,
    /// Only the first view shows it.
    Lost,
    /// Both show it, and not alike.
    Changed,
}

/// A part of an entity or a relationship that may differ between two views.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Field")]
pub(crate) enum ComparedField {
    /// What an entity is.
    Kind,
    /// The preferred name.
    Name,
    /// All other names.
    Names,
    /// The language of the preferred name.
    Language,
    /// What it is, in a few words.
    Description,
    /// Its own web page.
    Homepage,
    /// The country it is in.
    Country,
    /// The city it is in.
    City,
    /// Where on earth it is.
    Coordinates,
    /// Its keys in outside registries.
    Identifiers,
    /// What the source of a relationship is to its target.
    Role,
    /// Whom the source of a relationship stood for.
    OnBehalfOf,
    /// From when it was or held.
    Since,
    /// Until when it was or held.
    Until,
    /// How people met at an event.
    Format,
    /// How long an agreement runs.
    Term,
    /// Numbers and ranks that documents give.
    Figures,
    /// Where it was read, as far as the views show it.
    Citations,
}

/// A sort of gap or conflict in what is known, the gravest first.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::IssueKind")]
pub(crate) enum QualityIssueKind {
    /// Two relationships of the same kind, ends and role from different documents cannot have the dates of both. HIGH.
    DatesDisagree,
    /// Two figures of one label and time from different documents exclude each other. HIGH.
    FiguresDisagree,
    /// A relationship whose dates lie before one of its ends began, or after it ended. HIGH.
    OutsideLifetime,
    /// Two relationships of the same kind and ends from different documents have different roles at the same time.
    /// MEDIUM.
    RolesDisagree,
    /// A relationship that no document in view states. MEDIUM.
    OnlyInferred,
    /// Two organizations that are probably one, which splits what is known of it: whether they are the same was asked and
    /// not decided, or they have a name (no acronym or former name) and the country in common and are not both in ROR.
    /// MEDIUM.
    PossibleDouble,
    /// A document counts more organizations ("nearly 20 member universities") than the view knows by name. Only labels are
    /// read that say no more of them than their kind, their country and, of an event, an agreement or a program, that
    /// they take part. MEDIUM.
    NamedByNumber,
    /// A consortium of which no member is known. MEDIUM.
    NoMembers,
    /// A consortium of whose known members none is a hospital. LOW.
    NoHospital,
    /// A member of a consortium whose country is not known. LOW.
    NoCountry,
    /// An event, an agreement or a relationship without any date; CONCERNS needs none. LOW.
    Undated,
    /// An entity without any relationship. LOW.
    Unrelated,
}

/// How grave an issue is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Severity")]
pub(crate) enum Severity {
    /// One of two facts is wrong.
    High,
    /// A fact stands on little, or a part of it is missing.
    Medium,
    /// Something would be good to know.
    Low,
}
