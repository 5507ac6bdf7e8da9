//! One relationship as a clause: who, what, to whom; as what, on whose behalf and when.

use std::borrow::Cow;

use super::date::Time;
use super::noun::{has_word, is_plural, list, noun, with_indefinite_article};
use super::role::{RolePhrase, title_preposition};
use super::turn::{self, Turn};
use crate::model::citation::Strength;
use crate::model::entity::{Entity, Family};
use crate::model::relationship::{Relationship, RelationshipKind};

/// A relationship, or several that say the same of different sources or of different targets.
#[derive(Clone)]
pub(super) struct Clause<'a> {
    pub(super) kind: RelationshipKind,
    pub(super) sources: Vec<&'a Entity>,
    pub(super) targets: Vec<&'a Entity>,
    pub(super) on_behalf_of: Option<&'a Entity>,
    role: Option<Cow<'a, str>>,
    time: Time,
    inferred: bool,
    /// Of a state, whether its start or its end is told and not the state itself.
    turn: Option<Turn>,
}

/// The verb of a clause in the forms that a clause needs.
struct Verb {
    /// "is a member of"
    present: [&'static str; 2],
    /// "has been a member of"
    perfect: [&'static str; 2],
    /// "was a member of"
    past: [&'static str; 2],
    sort: VerbSort,
}

enum VerbSort {
    State,
    LastingAct,
    MomentaryAct,
}

impl<'a> Clause<'a> {
    pub(super) fn new(
        relationship: &'a Relationship,
        source: &'a Entity,
        target: &'a Entity,
        on_behalf_of: Option<&'a Entity>,
    ) -> Self {
        let mut clause = Self {
            kind: relationship.kind,
            sources: vec![source],
            targets: vec![target],
            on_behalf_of,
            role: relationship.role.as_deref().map(Cow::Borrowed),
            time: Time::of(relationship.period()),
            inferred: relationship.strength() == Strength::Inferred,
            turn: None,
        };
        if clause.planned().is_some() {
            clause.role = clause.role.and_then(turn::without_plan);
            clause.turn = Some(Turn::Planned);
        }
        clause
    }

    /// Tells, of a state, that it began or ended on a date, instead of the state.
    pub(super) fn turning(mut self, turn: Turn, time: Time) -> Self {
        if self.kind.lasts() && self.turn.is_none() {
            self.turn = Some(turn);
            self.time = time;
        }
        self
    }

    /// The same without a word on how firmly it stands.
    pub(super) fn unqualified(mut self) -> Self {
        self.inferred = false;
        self
    }

    /// Takes in a clause that says the same of another source, or of another target; gives it back otherwise.
    pub(super) fn absorb(&mut self, other: Self) -> Option<Self> {
        let alike = self.kind == other.kind
            && self.time == other.time
            && self.inferred == other.inferred
            && self.turn == other.turn
            && self.role == other.role
            && self.role.as_deref().is_none_or(|role| RolePhrase::of(role) == RolePhrase::Other)
            && (self.on_behalf_of.is_none() && other.on_behalf_of.is_none());
        let same = |a: &[&Entity], b: &[&Entity]| a.iter().map(|e| &e.id).eq(b.iter().map(|e| &e.id));
        let mixed = |a: &[&Entity], b: &[&Entity]| a.iter().chain(b).any(|e| e.kind.family() != a[0].kind.family());
        if !alike || mixed(&self.sources, &other.sources) || mixed(&self.targets, &other.targets) {
            return Some(other);
        }
        // Two bodies that work on the same do not work on it together.
        if same(&self.targets, &other.targets) && !same(&self.sources, &other.sources) && !self.works_on() {
            self.sources.extend(other.sources);
            return None;
        }
        if same(&self.sources, &other.sources) && !same(&self.targets, &other.targets) {
            self.targets.extend(other.targets);
            return None;
        }
        Some(other)
    }

    /// Whether its last words are the name of its only target, so that "which" after it means the target.
    pub(super) fn ends_in_target(&self) -> bool {
        self.on_behalf_of.is_none()
            && matches!(self.targets.as_slice(), [target] if self.text().ends_with(&noun(target)))
    }

    /// The same clause, told of one of its sources only.
    pub(super) fn of_source(&self, source: &'a Entity) -> Self {
        Self { sources: vec![source], ..self.clone() }
    }

    /// The whole clause, with the names of its ends.
    pub(super) fn text(&self) -> String {
        self.text_with(&list_of(&self.sources), &list_of(&self.targets))
    }

    /// The whole clause, with other words for its ends: "which", "it".
    pub(super) fn text_with(&self, subject: &str, object: &str) -> String {
        let mut text = subject.to_owned();
        let mut tail = Vec::new();
        if self.kind == RelationshipKind::HoldsPostAt {
            text.push_str(&self.post(object));
        } else {
            let predicate = self.predicate();
            match self.role.as_deref() {
                Some(role) => self.add_with_role(&mut text, predicate, object, role, &mut tail),
                None => text.push_str(&format!(" {predicate} {object}")),
            }
        }
        // "spoke on behalf of Sichuan University" need not be said twice.
        let in_role = |name: &str| self.role.as_deref().is_some_and(|role| role.contains(name));
        if let Some(principal) = self.on_behalf_of.filter(|principal| !in_role(&principal.name)) {
            tail.push(format!("on behalf of {}", noun(principal)));
        }
        tail.extend(self.when());
        if self.inferred {
            tail.push("(inferred)".to_owned());
        }
        for part in tail {
            text.push(' ');
            text.push_str(&part);
        }
        text
    }

    /// When it held, unless the name of the target says so already: "Visit of a delegation, April 2024".
    fn when(&self) -> Option<String> {
        if let (Time::At(date), [target]) = (&self.time, self.targets.as_slice())
            && date.is_said_in(&target.name)
        {
            return None;
        }
        match self.verb().sort {
            _ if matches!(self.turn, Some(Turn::Began | Turn::Ended)) => self.time.of_momentary_act(),
            VerbSort::State => self.time.of_state(),
            VerbSort::LastingAct => self.time.of_lasting_act(),
            VerbSort::MomentaryAct => self.time.of_momentary_act(),
        }
    }

    fn add_with_role(&self, text: &mut String, predicate: &str, object: &str, role: &str, tail: &mut Vec<String>) {
        let phrase = match self.kind {
            RelationshipKind::CollaboratesWith
            | RelationshipKind::Offers
            | RelationshipKind::Succeeds
            | RelationshipKind::Adopted
            | RelationshipKind::Concerns
                if RolePhrase::of(role) == RolePhrase::Noun =>
            {
                RolePhrase::Other
            }
            _ if self.kind == RelationshipKind::Designated && RolePhrase::of(role) == RolePhrase::Other => {
                RolePhrase::Noun
            }
            _ => RolePhrase::of(role),
        };
        match (phrase, self.kind) {
            (RolePhrase::Noun, RelationshipKind::MemberOf) if has_word(role, "member") => {
                let copula = predicate.strip_suffix(" a member of").unwrap_or(predicate);
                text.push_str(&format!(" {copula} {} of {object}", with_indefinite_article(role)));
            }
            (RolePhrase::Noun, RelationshipKind::Signed | RelationshipKind::Witnessed) => {
                text.push_str(&format!(", as {role}, {predicate} {object}"));
            }
            (RolePhrase::Noun, kind) => {
                text.push_str(&format!(" {predicate} {object}"));
                let state = matches!(self.verb().sort, VerbSort::State) || kind == RelationshipKind::Designated;
                tail.push(format!("as {}", if state { with_indefinite_article(role) } else { role.to_owned() }));
            }
            (RolePhrase::Adverbial, _) => {
                text.push_str(&format!(" {predicate} {object}"));
                tail.push(role.to_owned());
            }
            (RolePhrase::Other, _) => {
                text.push_str(&format!(" {predicate} {object}"));
                tail.push(format!("({role})"));
            }
        }
    }

    /// " is Vice President of X", " has held a post at X".
    fn post(&self, object: &str) -> String {
        let form = |present, perfect, past| match self.time {
            _ if self.turn == Some(Turn::Began) => "became",
            _ if self.turn == Some(Turn::Ended) => "ceased to be",
            Time::Unknown => present,
            Time::Since(_) => perfect,
            Time::At(_) | Time::Until(_) | Time::Between(..) => past,
        };
        let holds = || turn::of_post(self.turn).unwrap_or_else(|| form("holds", "has held", "held"));
        match self.role.as_deref() {
            None => format!(" {} a post at {object}", holds()),
            Some(title) => {
                let copula = form("is", "has been", "was");
                let names_body = self.targets.iter().any(|target| title.contains(target.name.as_str()));
                let body = if names_body { String::new() } else { format!(" {} {object}", title_preposition(title)) };
                match RolePhrase::of(title) {
                    RolePhrase::Noun => format!(" {copula} {}{body}", with_indefinite_article(title)),
                    RolePhrase::Adverbial | RolePhrase::Other => {
                        format!(" {} a post at {object} ({title})", holds())
                    }
                }
            }
        }
    }

    fn predicate(&self) -> &'static str {
        let number = usize::from(self.sources.len() > 1 || is_plural(self.sources[0]));
        match self.turn {
            Some(Turn::Planned) => return turn::planned(self.kind).map_or("", |planned| planned[number]),
            Some(Turn::Began) => return turn::began(self.kind, self.works_on()),
            Some(Turn::Ended) => return turn::ended(self.kind, self.works_on()),
            None => {}
        }
        let verb = self.verb();
        match (&verb.sort, &self.time) {
            (VerbSort::State, Time::Unknown) => verb.present[number],
            (VerbSort::State, Time::Since(_)) => verb.perfect[number],
            _ if self.kind == RelationshipKind::Succeeds && self.time == Time::Unknown => verb.present[number],
            _ => verb.past[number],
        }
    }

    /// The verb for what the role says is only planned or expected.
    fn planned(&self) -> Option<[&'static str; 2]> {
        let says = |role: &str| has_word(role, "planned") || has_word(role, "expected");
        turn::planned(self.kind).filter(|_| self.role.as_deref().is_some_and(says))
    }

    fn verb(&self) -> Verb {
        let state = |present, perfect, past| Verb { present, perfect, past, sort: VerbSort::State };
        let lasting = |past: &'static str| Verb {
            present: [past; 2],
            perfect: [past; 2],
            past: [past; 2],
            sort: VerbSort::LastingAct,
        };
        let momentary = |past: &'static str| Verb { sort: VerbSort::MomentaryAct, ..lasting(past) };
        match self.kind {
            RelationshipKind::PartOf => state(
                ["is part of", "are parts of"],
                ["has been part of", "have been parts of"],
                ["was part of", "were parts of"],
            ),
            RelationshipKind::AffiliatedWith => state(
                ["is affiliated with", "are affiliated with"],
                ["has been affiliated with", "have been affiliated with"],
                ["was affiliated with", "were affiliated with"],
            ),
            RelationshipKind::MemberOf => state(
                ["is a member of", "are members of"],
                ["has been a member of", "have been members of"],
                ["was a member of", "were members of"],
            ),
            RelationshipKind::CollaboratesWith => state(
                ["collaborates with", "collaborate with"],
                ["has collaborated with", "have collaborated with"],
                ["collaborated with"; 2],
            ),
            RelationshipKind::PartyTo => state(
                ["is a party to", "are parties to"],
                ["has been a party to", "have been parties to"],
                ["was a party to", "were parties to"],
            ),
            RelationshipKind::HoldsPostAt => state(
                ["holds a post at", "hold posts at"],
                ["has held a post at", "have held posts at"],
                ["held a post at", "held posts at"],
            ),
            RelationshipKind::Offers => {
                state(["offers", "offer"], ["has offered", "have offered"], ["offered", "offered"])
            }
            RelationshipKind::Concerns if self.works_on() => {
                state(["works on", "work on"], ["has worked on", "have worked on"], ["worked on", "worked on"])
            }
            RelationshipKind::Concerns => {
                state(["concerns", "concern"], ["has concerned", "have concerned"], ["concerned", "concerned"])
            }
            RelationshipKind::Founded => momentary("founded"),
            RelationshipKind::Signed => momentary("signed"),
            RelationshipKind::Witnessed => momentary("witnessed"),
            RelationshipKind::Adopted => momentary("adopted"),
            RelationshipKind::Designated => momentary("designated"),
            RelationshipKind::Succeeds => Verb { present: ["succeeds", "succeed"], ..momentary("succeeded") },
            RelationshipKind::Organized => lasting("organized"),
            RelationshipKind::Hosted => lasting("hosted"),
            RelationshipKind::ParticipatedIn => lasting("took part in"),
            RelationshipKind::Funded => lasting("funded"),
        }
    }

    /// Organizations and persons work on what an event or an agreement merely concerns.
    pub(super) fn works_on(&self) -> bool {
        if self.kind != RelationshipKind::Concerns {
            return false;
        }
        match self.sources[0].kind.family() {
            Family::Organization | Family::Person => true,
            Family::Agreement | Family::Event | Family::Program | Family::Topic => false,
        }
    }
}

/// The names of several entities as they stand inside a sentence.
pub(super) fn list_of(entities: &[&Entity]) -> String {
    list(&entities.iter().map(|entity| noun(entity)).collect::<Vec<_>>())
}
