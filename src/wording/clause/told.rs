//! The words of a clause: its subject, its verb, its object, and what follows them.

use super::Clause;
use crate::model::entity::{Entity, Family};
use crate::model::relationship::RelationshipKind;
use crate::wording::article::{indefinite, with_indefinite_article};
use crate::wording::date::Time;
use crate::wording::lexicon::{ADVERBIALS, lists};
use crate::wording::listing::{closed, list_of};
use crate::wording::noun::{Noun, has_word, is_plural, noun};
use crate::wording::own;
use crate::wording::role::{Act, Phrase, Place, as_what, title_preposition};
use crate::wording::sense::Sense;
use crate::wording::tense::Tense;
use crate::wording::turn::{Turn, copula, turned};
use crate::wording::verb::{Number, Verb, VerbSort};
use crate::wording::visit::{Visit, is_visit};

impl<'a> Clause<'a> {
    /// Whether its last words are the name of its only target, so that "which" after it means the target.
    pub(in crate::wording) fn ends_in_target(&self) -> bool {
        let [target] = self.targets.as_slice() else { return false };
        self.on_behalf_of.is_none() && self.text().ends_with(&noun(target).to_string())
    }

    /// The same clause, told of one of its sources only.
    pub(in crate::wording) fn of_source(&self, source: &'a Entity) -> Self {
        Self { sources: vec![source], ..self.clone() }
    }

    /// The whole clause, with the names of its ends.
    pub(in crate::wording) fn text(&self) -> String {
        self.text_with(&self.subject(), self.object())
    }

    /// Its sources by name, without what the name of the target says.
    pub(in crate::wording) fn subject(&self) -> String {
        match (self.sources.as_slice(), self.targets.as_slice(), self.kind) {
            ([source], [target], RelationshipKind::PartOf | RelationshipKind::AffiliatedWith) => {
                own::without_other(source, target).unwrap_or_else(|| noun(source)).to_string()
            }
            ([source], [target], RelationshipKind::Concerns) if self.sense == Sense::For => {
                own::without_other(source, target).unwrap_or_else(|| noun(source)).to_string()
            }
            (sources, ..) => list_of(sources),
        }
    }

    /// Its targets by name, without what the name of the source or its own verb says.
    pub(in crate::wording) fn object(&self) -> Noun {
        let (source, target) = match (self.sources.as_slice(), self.targets.as_slice()) {
            ([source], [target]) => (source, target),
            (_, [target]) => return self.unplanned(noun(target)),
            (_, targets) => return Noun::from(list_of(targets).as_str()),
        };
        match Visit::of(source, target).filter(|_| self.tells_visit()) {
            Some(visit) => Noun { words: visit.place, ..noun(target) },
            None => self.unplanned(own::beside(source, target)),
        }
    }

    /// Whether it says where somebody went, and names no event.
    pub(in crate::wording) fn tells_visit(&self) -> bool {
        self.sense.is_visit() && !self.acts().any(|_| true)
    }

    /// What is planned to be done with something planned says so once.
    fn unplanned(&self, mut noun: Noun) -> Noun {
        if self.planned {
            let rest = noun.words.strip_prefix("the planned ");
            noun.words = rest.map_or_else(|| noun.words.clone(), |rest| format!("the {rest}"));
        }
        noun
    }

    /// Whether its last words are a role, so that "and" after it could go on with the role.
    pub(in crate::wording) fn ends_in_role(&self) -> bool {
        self.parts("", "".into()).1.last().is_some_and(|part| part.starts_with("as "))
    }

    /// The whole clause, with other words for its ends: "which", "it".
    pub(in crate::wording) fn text_with(&self, subject: &str, object: Noun) -> String {
        let (mut text, tail) = self.parts(subject, object);
        for part in tail {
            if !part.starts_with(',') {
                text.push(' ');
            }
            text.push_str(&part);
        }
        text
    }

    /// Who did what to whom; then, each apart, as what, on whose behalf, when, and that it is inferred.
    fn parts(&self, subject: &str, object: Noun) -> (String, Vec<String>) {
        let mut text = self.sources.last().map_or_else(String::new, |last| closed(subject.to_owned(), last));
        let titled = matches!(self.kind, RelationshipKind::Signed | RelationshipKind::Witnessed);
        let title = self.noun().filter(|_| titled);
        if let Some(title) = title {
            text.truncate(text.trim_end_matches(',').len());
            let title = self.each(&self.title(title));
            text.push_str(&format!(", {},", title.trim_start_matches(", ")));
        }
        text.push(' ');
        text.push_str(&self.told(&object.words));
        let mut tail = Vec::new();
        let when = self.when();
        tail.extend(object.date.filter(|_| when.is_none()));
        if title.is_none() {
            tail.extend(self.role_behind(&object.words));
        }
        // "spoke on behalf of Sichuan University" need not be said twice.
        let in_role = |name: &str| self.role.iter().any(|phrase| phrase.words().contains(name));
        let with_title = title.is_some() && self.kind == RelationshipKind::Witnessed;
        if let Some(principal) = self.on_behalf_of.filter(|principal| !in_role(&principal.name) && !with_title) {
            tail.push(format!("on behalf of {}", noun(principal)));
        }
        tail.extend(when);
        if self.inferred {
            tail.push("(inferred)".to_owned());
        }
        if let (Some(last), true) =
            (self.targets.last(), tail.first().is_some_and(|part| !part.starts_with(['(', ','])))
        {
            text = closed(text, last);
        }
        (text, tail)
    }

    fn noun(&self) -> Option<&str> {
        self.role.iter().find_map(|phrase| match phrase {
            Phrase::Noun(noun) => Some(noun.as_str()),
            Phrase::Purpose(_) | Phrase::Manner(_) | Phrase::Adverbial(_) | Phrase::Act(_) => None,
        })
    }

    fn acts(&self) -> impl Iterator<Item = &Act> {
        self.role.iter().filter_map(|phrase| match phrase {
            Phrase::Act(act) => Some(act),
            Phrase::Noun(_) | Phrase::Purpose(_) | Phrase::Manner(_) | Phrase::Adverbial(_) => None,
        })
    }

    /// As what somebody signed, and of a witness, of whom: "Vice President of the hospital".
    fn title(&self, title: &str) -> String {
        match self.on_behalf_of.filter(|_| self.kind == RelationshipKind::Witnessed) {
            Some(principal) if !title.contains(&principal.name) => {
                format!("{} {} {}", as_what(title), title_preposition(title), noun(principal))
            }
            _ => as_what(title),
        }
    }

    /// "as a speaker", or of several, ", each as a speaker".
    fn each(&self, what: &str) -> String {
        let several = self.sources.len() > 1 || self.targets.len() > 1;
        if several { format!(", each as {what}") } else { format!("as {what}") }
    }

    /// What the role says behind the targets.
    fn role_behind(&self, object: &str) -> Vec<String> {
        let tail = self.role.iter().filter_map(|phrase| match phrase {
            Phrase::Noun(_) if self.kind == RelationshipKind::HoldsPostAt => None,
            Phrase::Noun(noun) if self.kind == RelationshipKind::MemberOf && is_membership(noun) => None,
            Phrase::Noun(noun) if self.kind == RelationshipKind::Designated => {
                Some(self.each(&with_indefinite_article(noun)))
            }
            Phrase::Noun(noun) => Some(self.each(&as_what(noun))),
            Phrase::Purpose(what) => Some(format!("on {what}")),
            Phrase::Manner(_) if self.with_manner(object).is_some() => None,
            Phrase::Manner(how) => Some(how.clone()),
            Phrase::Adverbial(how) if how.starts_with(char::is_alphanumeric) => {
                let is_joined = lists(ADVERBIALS, how.split(' ').next().unwrap_or(how));
                Some(if is_joined { how.clone() } else { format!(", {how}") })
            }
            Phrase::Adverbial(what) => Some(format!("({what})")),
            Phrase::Act(_) => None,
        });
        tail.collect()
    }

    /// When it held.
    fn when(&self) -> Option<String> {
        match (self.turn, self.verb().sort) {
            (Some(Turn::Began | Turn::Ended), _) => self.time.of_momentary_act(),
            (Some(Turn::Remained), _) => self.time.of_end(),
            (None, _) if self.planned => self.time.of_lasting_act(),
            (None, VerbSort::MomentaryAct) => self.time.of_momentary_act(),
            (None, VerbSort::State) => self.time.of_state(self.tense),
            (None, VerbSort::LastingAct) => self.time.of_lasting_act(),
        }
    }

    /// What was done to the object, or what the source is of it: "is a founding member of the alliance".
    fn told(&self, object: &str) -> String {
        match (self.kind, self.noun()) {
            (RelationshipKind::MemberOf, Some(noun)) if is_membership(noun) => {
                format!("{} {} of {object}", self.copula(), self.each_source(&indefinite(noun)))
            }
            (RelationshipKind::HoldsPostAt, Some(title)) => {
                let is = format!("{} {}", self.copula(), self.each_source(&with_indefinite_article(title)));
                let is_named = self.targets.iter().any(|target| title.contains(target.name.as_str()));
                if is_named { is } else { format!("{is} {} {object}", title_preposition(title)) }
            }
            _ if self.is_told_by_role() => self.told_by_role(object),
            _ => {
                let mut told = self.with_manner(object).unwrap_or_else(|| format!("{} {object}", self.predicate()));
                if self.sense == Sense::Signing && object == "it" {
                    told = told.replace("the signing of it", "its signing");
                }
                for act in self.acts() {
                    told.push_str(&format!(" and {}", self.form(&act.verb)));
                }
                told
            }
        }
    }

    fn each_source(&self, what: &str) -> String {
        if self.sources.len() > 1 { format!("each {what}") } else { what.to_owned() }
    }

    /// Whether the verbs of its role stand for that of its kind: where they say how somebody took part, and where one of
    /// them takes the object, "co-hosted". Who signed and spoke did both.
    fn is_told_by_role(&self) -> bool {
        let instead = self.kind == RelationshipKind::ParticipatedIn;
        self.acts().any(|act| instead || act.place == Place::Object)
    }

    /// "welcomed the guests and gave remarks at the meeting"
    fn told_by_role(&self, object: &str) -> String {
        let acts: Vec<&Act> = self.acts().collect();
        let holder = acts.iter().position(|act| act.place == Place::Object).unwrap_or(acts.len() - 1);
        let told = acts.iter().enumerate().map(|(at, act)| {
            let form = if at > 0 && self.planned { act.verb.infinitive(self.number()) } else { self.form(&act.verb) };
            if at != holder {
                return form;
            }
            let beside = || own::without_people(object, act.verb.rest_of_one(), self.sources[0]);
            let object = if act.place == Place::Object { object.to_owned() } else { beside() };
            match self.preposition(act) {
                "" => format!("{form} {object}"),
                preposition => format!("{form} {preposition} {object}"),
            }
        });
        told.collect::<Vec<_>>().join(" and ")
    }

    fn preposition(&self, act: &Act) -> &'static str {
        let family = self.targets[0].kind.family();
        match act.place {
            Place::Object => "",
            Place::Part => "of",
            Place::After(preposition) => preposition,
            Place::Beside if is_visit(&noun(self.targets[0]).words) => "during",
            Place::Beside if family == Family::Program => "in",
            Place::Beside => "at",
        }
    }

    /// "took part online in the meeting": how, between a verb and its preposition, before a name that may be long.
    fn with_manner(&self, object: &str) -> Option<String> {
        let manner = self.role.iter().find_map(|phrase| match phrase {
            Phrase::Manner(how) => Some(how),
            Phrase::Noun(_) | Phrase::Purpose(_) | Phrase::Adverbial(_) | Phrase::Act(_) => None,
        })?;
        let predicate = self.predicate();
        let is_long = !["it", "them"].contains(&object);
        let (verb, preposition) =
            predicate.rsplit_once(' ').filter(|(_, last)| ["in", "with"].contains(last) && is_long)?;
        Some(format!("{verb} {manner} {preposition} {object}"))
    }

    /// The verb that is told first.
    fn verb(&self) -> Verb {
        let own = self.own_verb();
        let Some(act) = self.acts().next().filter(|_| self.is_told_by_role()) else { return own };
        match self.turn {
            None if act.is_past => act.verb.clone(),
            None => act.verb.clone().of_sort(own.sort),
            Some(turn) => turn.of(act.verb.infinitive(self.number())),
        }
    }

    /// "is a member of", "is to host"
    fn predicate(&self) -> String {
        self.conjugated(&self.own_verb())
    }

    /// The verb of its kind; with whom it sent, where a delegation made a visit.
    fn own_verb(&self) -> Verb {
        let verb = turned(self.turn, self.kind, self.sense);
        let visit = Visit::of(self.sources[0], self.targets[0]).filter(|_| self.sense == Sense::Sent);
        match visit.and_then(|visit| visit.sent) {
            Some(group) => verb.with(format!("{group} to")),
            None => verb,
        }
    }

    /// A verb of the role, in the form of the clause.
    fn form(&self, act: &Verb) -> String {
        let first = self.verb();
        let is_first = self.is_told_by_role() && self.acts().next().is_some_and(|one| one.verb == *act);
        self.conjugated(if is_first { &first } else { act })
    }

    /// "is", "has been", "became": what comes before what the source is.
    fn copula(&self) -> String {
        self.conjugated(&copula(self.turn))
    }

    fn number(&self) -> Number {
        let several = self.sources.len() > 1 || is_plural(self.sources[0]);
        if several { Number::Several } else { Number::One }
    }

    fn conjugated(&self, verb: &Verb) -> String {
        let number = self.number();
        let told = match (self.turn, self.tense, &self.time, verb.sort) {
            _ if self.planned => verb.planned(self.tense, number),
            (None, Tense::Past, Time::Unknown, VerbSort::State) if self.as_of.is_none() => {
                verb.told(Tense::Present, number)
            }
            (None, Tense::Past, Time::Since(_), VerbSort::State) => verb.perfect(number),
            _ if self.kind == RelationshipKind::Succeeds
                && self.sense == Sense::Plain
                && self.time == Time::Unknown =>
            {
                verb.told(Tense::Present, number)
            }
            _ => verb.told(self.tense, number),
        };
        match self.as_of.as_ref().filter(|_| self.turn.is_none()) {
            Some(date) => {
                let (was, rest) = told.split_once(' ').unwrap_or((&told, ""));
                let date = if self.planned { date.replacen("in ", "as of ", 1) } else { date.clone() };
                format!("{was}, {date}, {rest}").trim_end().to_owned()
            }
            None => told,
        }
    }
}

/// "founding member", "Fellow": what one is of a body, instead of a member of it as something.
fn is_membership(role: &str) -> bool {
    ["member", "fellow", "academician"].iter().any(|word| has_word(role, word))
}
