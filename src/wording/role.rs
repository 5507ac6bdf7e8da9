//! A role, as a document words it, made to fit into a sentence whatever its grammar.

use super::article::{indefinite, with_indefinite_article};
use super::lexicon::{
    ADJECTIVES, ADVERBIALS, Form, Found, GIFTS, JOINT_WORK, MANNERS, PARTNERS, SESSIONS, SOLE, TITLES_AT, find_verb,
    lists, past_by_ending,
};
use super::noun::has_word;
use super::verb::{Verb, VerbSort};
use crate::model::entity::{Entity, EntityKind};
use crate::model::relationship::{Plan, RelationshipKind};

/// What a role is in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// "keynote speaker", "President": follows "as".
    Noun(String),
    /// "MD education and research": what two work together on.
    Purpose(String),
    /// "online": stands by the verb.
    Manner(String),
    /// "in medical education", "with 12 subjects in the top 50": follows the target.
    Adverbial(String),
    /// "gave remarks": what somebody did.
    Act(Act),
}

/// A verb and its own object: "gave" and "remarks".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Act {
    pub(super) verb: Verb,
    /// Whether it is worded as what was done and not as what is done.
    pub(super) is_past: bool,
    pub(super) place: Place,
}

/// Where an act has its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Right behind the verb and its words: "presided over" the meeting, "launched the initiative to establish" it.
    Object,
    /// Behind a preposition of its own: "sent young doctors *to* the exchange".
    After(&'static str),
    /// Behind the preposition of the target.
    Beside,
    /// Behind "of", as it is done in a part of the target: "presided over the opening ceremony *of* the forum".
    Part,
}

impl Phrase {
    /// The words of the role, for what they may say already.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Noun(words) | Self::Purpose(words) | Self::Manner(words) | Self::Adverbial(words) => words,
            Self::Act(act) => act.verb.rest_of_one(),
        }
    }
}

/// What a role says beyond its kind and the name of the target: nothing where it only says that it is planned.
pub(super) fn phrases(
    kind: RelationshipKind,
    role: Option<&str>,
    plan: Option<Plan<'_>>,
    target: &Entity,
) -> Vec<Phrase> {
    let (role, is_act) = plan.map_or((role, false), |plan| (plan.role, plan.is_act));
    let Some(role) = role else { return Vec::new() };
    if kind == RelationshipKind::HoldsPostAt || kind == RelationshipKind::Designated {
        return vec![whole(kind, role, is_act)];
    }
    let parts = role.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts
        .filter(|part| !is_said(kind, part, target))
        .map(|part| whole(kind, manner_alone(kind, part), is_act))
        .collect()
}

fn whole(kind: RelationshipKind, role: &str, is_bare_act: bool) -> Phrase {
    let first = role.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    if lists(MANNERS, role) {
        Phrase::Manner(role.to_owned())
    } else if let Some(act) = act(role, first, is_bare_act).filter(|_| kind != RelationshipKind::Designated) {
        Phrase::Act(act)
    } else if first.starts_with(|c: char| c.is_ascii_digit()) && kind != RelationshipKind::HoldsPostAt {
        Phrase::Adverbial(format!("with {role}"))
    } else if lists(ADVERBIALS, first) || !role.starts_with(char::is_alphanumeric) {
        Phrase::Adverbial(role.to_owned())
    } else if kind == RelationshipKind::CollaboratesWith {
        partner(role)
    } else if is_participle(first, role) {
        Phrase::Adverbial(role.to_owned())
    } else if takes_part(kind) && ends_in(GIFTS, role) {
        Phrase::Act(Act::of("give", "gave", "given", indefinite(role), Place::Beside))
    } else if takes_part(kind) && ends_in(SESSIONS, role) {
        Phrase::Act(Act::of("take", "took", "taken", format!("part in the {role}"), Place::Part))
    } else {
        Phrase::Noun(role.to_owned())
    }
}

fn takes_part(kind: RelationshipKind) -> bool {
    kind == RelationshipKind::ParticipatedIn
}

/// "representing the UK members", "represented by its leaders", but not "visiting professor".
fn is_participle(first: &str, role: &str) -> bool {
    let is_adjective = lists(ADJECTIVES, first) || !first.starts_with(char::is_lowercase);
    let rest = role[first.len()..].trim_start();
    !is_adjective && ((first.ends_with("ing") && !rest.is_empty()) || rest.starts_with("by "))
}

impl Act {
    fn of(bare: &'static str, past: &'static str, participle: &'static str, rest: String, place: Place) -> Self {
        let verb = Verb::new(bare, past, participle, VerbSort::MomentaryAct).with(rest);
        Self { verb, is_past: true, place }
    }
}

/// What somebody did, does, or is to do.
fn act(role: &str, first: &str, is_bare: bool) -> Option<Act> {
    let rest = role[first.len()..].trim_start();
    let Found { verb, form, preposition } =
        find_verb(first).or_else(|| past_by_ending(first).filter(|_| !rest.is_empty()))?;
    let fits = match form {
        Form::Bare => is_bare,
        // "leads" may be what somebody does, and several of what somebody is.
        Form::Present => true,
        Form::Past => first.starts_with(char::is_lowercase),
    };
    // What somebody was and did not do: "represented by its leaders".
    if form == Form::Past && rest.starts_with("by ") {
        return None;
    }
    let last = rest.rsplit(' ').next().unwrap_or("");
    let (rest, place) = if let Some(rest) = rest.strip_suffix("it").or_else(|| rest.strip_suffix("them"))
        && (rest.is_empty() || rest.ends_with(' '))
    {
        (rest.trim_end(), Place::Object)
    } else if ends_open(rest, last) && preposition.is_none() {
        (rest, Place::Object)
    } else if lists(SESSIONS, last) {
        (rest, Place::Part)
    } else {
        (rest, preposition.map_or(Place::Beside, Place::After))
    };
    fits.then(|| Act { verb: verb.with(rest.to_owned()), is_past: form == Form::Past, place })
}

/// Whether a verb with these words still lacks what it is done to: "co-hosted", "presided over", "aims to improve".
fn ends_open(rest: &str, last: &str) -> bool {
    const PARTICLES: [&str; 4] = ["about", "of", "out", "up"];
    let is_infinitive = rest.split(' ').rev().nth(1) == Some("to") && find_verb(last).is_some();
    rest.is_empty() || lists(ADVERBIALS, last) || PARTICLES.contains(&last) || is_infinitive
}

fn ends_in(list: &str, role: &str) -> bool {
    let head = role.split([',', '(']).next().unwrap_or(role).trim_end();
    lists(list, head.rsplit(' ').next().unwrap_or(head))
}

/// What one of two that work together is to the other, or what they work together on: "enterprise partner", "MD
/// education". "Enterprise collaboration" makes one an enterprise partner.
fn partner(role: &str) -> Phrase {
    let last = role.rsplit(' ').next().unwrap_or(role);
    match role.strip_suffix(last).map(str::trim_end) {
        Some("") if lists(JOINT_WORK, last) => Phrase::Noun("partner".to_owned()),
        Some(of_what) if lists(JOINT_WORK, last) => Phrase::Noun(format!("{of_what} partner")),
        _ if lists(PARTNERS, last) => Phrase::Noun(role.to_owned()),
        _ => Phrase::Purpose(role.to_owned()),
    }
}

/// A role after "as", with its article: "a keynote speaker", but "host", of whom there is one.
pub(super) fn as_what(role: &str) -> String {
    let words = role.split(' ').take_while(|word| !lists(ADVERBIALS, word) && *word != "of");
    let head = words.last().unwrap_or(role).trim_end_matches(',').rsplit('-').next().unwrap_or(role);
    let article = ["The ", "A ", "An "].iter().find(|article| role.starts_with(**article));
    match article {
        Some(article) => format!("{}{}", article.to_lowercase(), &role[article.len()..]),
        None if lists(SOLE, head) && head.starts_with(char::is_lowercase) => role.to_owned(),
        None => with_indefinite_article(role),
    }
}

/// The words that say no more than a kind itself: who hosted was host, and hosted.
fn own_words(kind: RelationshipKind) -> &'static [&'static str] {
    match kind {
        RelationshipKind::PartOf => &["part"],
        RelationshipKind::AffiliatedWith => &["affiliate", "affiliated", "related"],
        RelationshipKind::Founded => &["found", "founded", "founder"],
        RelationshipKind::CollaboratesWith => &["collaborate", "collaborated", "collaborator", "partner"],
        RelationshipKind::PartyTo => &["party"],
        RelationshipKind::Signed => &["sign", "signed", "signatory"],
        RelationshipKind::Witnessed => &["witness", "witnessed"],
        RelationshipKind::Organized => &["organize", "organized", "organizer", "organise", "organised", "organiser"],
        RelationshipKind::Hosted => &["host", "hosted"],
        RelationshipKind::ParticipatedIn => &[
            "attend",
            "attended",
            "attendee",
            "join",
            "joined",
            "participant",
            "participate",
            "participated",
            "take part",
            "took part",
        ],
        RelationshipKind::Offers => &["offer", "offered"],
        RelationshipKind::Funded => &["fund", "funded", "funder"],
        RelationshipKind::Succeeds => &["successor"],
        RelationshipKind::Adopted => &["adopt", "adopted"],
        RelationshipKind::MemberOf
        | RelationshipKind::HoldsPostAt
        | RelationshipKind::Concerns
        | RelationshipKind::Designated => &[],
    }
}

/// Whether the kind or the name of the target says all that a role does: a visit has a visitor.
fn is_said(kind: RelationshipKind, role: &str, target: &Entity) -> bool {
    let by_event = takes_part(kind) && target.kind == EntityKind::Event && is_said_by(&target.name, role);
    own_words(kind).contains(&role) || by_event
}

/// Whether a name says all that a role does: a visit has a visitor, and that of a team a visiting team.
fn is_said_by(name: &str, role: &str) -> bool {
    let is_said = |word: &str| {
        let stem = word.strip_suffix("or").or_else(|| word.strip_suffix("ing"));
        has_word(name, word) || stem.is_some_and(|stem| has_word(name, stem))
    };
    role.split_whitespace().all(is_said)
}

/// How it was done, where the role says no more than the kind, and how: "attended in person" is "in person".
fn manner_alone(kind: RelationshipKind, role: &str) -> &str {
    let manner = own_words(kind).iter().find_map(|verb| role.strip_prefix(verb)?.strip_prefix(' '));
    let is_manner =
        |manner: &&str| lists(MANNERS, manner) || lists(ADVERBIALS, manner.split(' ').next().unwrap_or(manner));
    manner.filter(is_manner).unwrap_or(role)
}

/// The word between a title and the body where it is held: President *of* a university, Professor of Oncology *at* one.
pub(super) fn title_preposition(title: &str) -> &'static str {
    let lower = title.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let is_at = words.any(|word| ["of", "at", "for", "in"].contains(&word) || lists(TITLES_AT, word));
    if is_at { "at" } else { "of" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_tells_the_phrase() {
        let sort = |role: &str| match whole(RelationshipKind::ParticipatedIn, role, false) {
            Phrase::Noun(_) => "noun",
            Phrase::Purpose(_) => "purpose",
            Phrase::Manner(_) => "manner",
            Phrase::Adverbial(_) => "adverbial",
            Phrase::Act(_) => "act",
        };
        for (role, phrase) in [
            ("keynote speaker", "noun"),
            ("President", "noun"),
            ("founding member", "noun"),
            ("Acting Head of Division", "noun"),
            ("invited speaker", "noun"),
            ("operations director", "noun"),
            ("host", "noun"),
            ("presided over the opening ceremony", "act"),
            ("gave a keynote speech", "act"),
            ("commemorated the founders", "act"),
            ("sends young doctors and scholars", "act"),
            ("round-table discussion", "act"),
            ("keynote speech", "act"),
            ("representing the UK members", "adverbial"),
            ("represented by its leaders", "adverbial"),
            ("12 subjects ranked in the top 50", "adverbial"),
            ("…", "adverbial"),
            ("in medical education", "adverbial"),
            ("as host", "adverbial"),
            ("online", "manner"),
            ("in person", "manner"),
        ] {
            assert_eq!(sort(role), phrase, "{role}");
        }
    }

    #[test]
    fn a_role_is_one_of_many_or_the_only_one() {
        for (role, expected) in [
            ("keynote speaker", "a keynote speaker"),
            ("The keynote speaker", "the keynote speaker"),
            ("organizer in Chengdu", "organizer in Chengdu"),
            ("host", "host"),
            ("co-host", "co-host"),
            ("host of the online session", "host of the online session"),
            ("head of delegation", "head of delegation"),
            ("President", "President"),
            ("representatives of the members", "representatives of the members"),
        ] {
            assert_eq!(as_what(role), expected);
        }
    }

    #[test]
    fn taking_part_is_not_said_twice() {
        for (role, manner) in [
            ("attended in person", "in person"),
            ("joined online", "online"),
            ("attend online", "online"),
            ("took part as a judge", "as a judge"),
            ("attended the opening", "attended the opening"),
            ("spoke online", "spoke online"),
        ] {
            assert_eq!(manner_alone(RelationshipKind::ParticipatedIn, role), manner, "{role}");
        }
    }

    #[test]
    fn a_role_that_the_event_is_named_for_is_not_said_twice() {
        for (name, role, said) in [
            ("Visit of Nancy Ip to PUMCH, March 2024", "visitor", true),
            ("Planned visit of a Sichuan University team to Oxford", "visiting team", true),
            ("Visit of a PUMCH delegation to HKUST", "delegation", true),
            ("Visit of a PUMCH delegation to HKUST", "head of delegation", false),
            ("Visit of a PUMCH delegation to HKUST", "host", false),
            ("Signing ceremony", "witness", false),
            ("Visit of the deans", "in person", false),
        ] {
            assert_eq!(is_said_by(name, role), said, "{role}");
        }
    }

    #[test]
    fn a_title_is_of_a_body_or_at_it() {
        for (title, preposition) in [
            ("Vice President", "of"),
            ("Associate Provost (Mainland Affairs)", "of"),
            ("Secretary of the Party Committee", "at"),
            ("Professor", "at"),
            ("Consul General", "at"),
            ("Head of the Oncology Department", "at"),
        ] {
            assert_eq!(title_preposition(title), preposition, "{title}");
        }
    }
}
