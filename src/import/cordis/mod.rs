//! Projects of the EU's framework programmes in the XML of CORDIS.
//!
//! A project is a consortium (`cordis-ID`) and its grant agreement (`cordis-ID-grant`); an organization is `pic-PIC`.
//! Coordinators and participants are parties to the grant; associated partners and third parties are members of the
//! consortium only. The fields of science that a project is filed under are topics, each part of a wider one. Money stands in the notes of the memberships and in figures of the grant; VAT numbers are not kept.

mod organization;
mod topics;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;

use organization::Organizations;
use topics::Topics;
use xml::{Participant, Project};

use super::source::{Member, broken};
use super::{Contribution, Importer, Options, Said};
use crate::model::citation::{Citation, Document, DocumentRecord, Strength};
use crate::model::decimal::Decimal;
use crate::model::edtf::EdtfDate;
use crate::model::entity::{Entity, EntityKind, EntityRecord, Figure};
use crate::model::id::{DocumentId, EntityId};
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::name::{Name, NameKind};
use crate::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use crate::model::text;
use crate::model::violation::{Origin, Violation, Violations};

/// A reader of project files.
pub(super) fn importer(options: &Options) -> Result<Box<dyn Importer>, Violation> {
    let given = options.document.clone().map(Document::new).transpose();
    let given = given.map_err(|mut violations| violations.0.remove(0))?;
    Ok(Box::new(Cordis {
        given,
        documents: BTreeMap::new(),
        projects: BTreeSet::new(),
        organizations: Organizations::default(),
        topics: Topics::default(),
        contribution: Contribution::default(),
        bytes: Vec::new(),
    }))
}

struct Cordis {
    given: Option<Document>,
    documents: BTreeMap<DocumentId, Document>,
    projects: BTreeSet<EntityId>,
    organizations: Organizations,
    topics: Topics,
    contribution: Contribution,
    bytes: Vec<u8>,
}

impl Importer for Cordis {
    fn member(&mut self, member: Member<'_>) -> Result<(), Violation> {
        self.bytes.clear();
        let limit = member.record_limit as u64;
        let read = member.reader.take(limit + 1).read_to_end(&mut self.bytes);
        read.map_err(|error| broken(&member.label, &error))?;
        let origin = Origin { file: Arc::clone(&member.label), line: 1, column: 1 };
        self.contribution.records.push(origin.clone());
        if self.bytes.len() as u64 > limit {
            let violation = Violation::new(format!("it is larger than {limit} bytes"), "name project files of CORDIS");
            self.contribution.refused.push(violation.at(Some(&origin)));
            return Ok(());
        }
        let is_xml = self.bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        if !is_xml && !member.label.ends_with(".xml") {
            let note = Violation::new("it is no XML", "it is passed over");
            self.contribution.notes.push(note.at(Some(&origin)));
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.bytes);
        let project = match std::str::from_utf8(&bytes) {
            Ok(text) => xml::parse(text, &origin),
            Err(error) => {
                let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
                let origin = Origin { line: line as u32, ..origin.clone() };
                Err(Violation::new("here the file is not UTF-8", "save it in the encoding UTF-8").at(Some(&origin)))
            }
        };
        self.bytes = bytes;
        match project {
            Ok(project) => {
                if let Err(violations) = self.project(&project, &origin) {
                    let subject = format!("project {}", project.id.chars().take(60).collect::<String>());
                    let violations = violations.0.into_iter();
                    self.contribution
                        .refused
                        .extend(violations.map(|violation| violation.about(&subject).at(Some(&origin))));
                }
            }
            Err(violation) => self.contribution.refused.push(violation),
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Contribution {
        self.contribution.documents = self.documents.into_values().collect();
        self.organizations.finish(&mut self.contribution);
        self.topics.finish(&mut self.contribution);
        self.contribution
    }
}

impl Cordis {
    fn project(&mut self, project: &Project, origin: &Origin) -> Result<(), Violations> {
        let slug = text::slug(&project.id, 60);
        let id = EntityId::new(&format!("cordis-{slug}")).map_err(|violation| violation.of("id"))?;
        let grant = EntityId::new(&format!("cordis-{slug}-grant")).map_err(|violation| violation.of("id"))?;
        if self.projects.contains(&id) {
            let problem = format!("the project {} stands in two files", project.id);
            return Err(Violation::new(problem, "remove one of them").of("id").into());
        }
        let citation = Citation {
            document: self.document(&project.programme)?,
            locator: Some(format!("https://cordis.europa.eu/project/id/{}", project.id)),
            strength: Strength::Stated,
            note: None,
        };
        let mut violations = Violations::default();
        let mut date = |text: &str, field: &'static str| -> Option<EdtfDate> {
            let date = (!text.is_empty()).then(|| text.parse::<EdtfDate>());
            date.and_then(|date| violations.keep(date.map_err(|violation| violation.of(field))))
        };
        let dates = Dates {
            start: date(&project.start, "startDate"),
            end: date(&project.end, "endDate"),
            signed: date(&project.signed, "ecSignatureDate"),
        };
        violations.into_result()?;
        let said = |value| Said { value, origin: origin.clone(), stands_in: false };
        let entities = [consortium(project, &id, &dates, &citation)?, agreement(project, &grant, &dates, &citation)?];
        let mut concerns = RelationshipRecord::new(grant.clone(), RelationshipKind::Concerns, id.clone());
        concerns.citations.push(citation.clone());
        let concerns = Relationship::new(concerns)?;
        self.contribution.entities.extend(entities.map(said));
        self.contribution.relationships.push(Said { value: concerns, origin: origin.clone(), stands_in: false });
        self.projects.insert(id.clone());
        self.concerns(project, &id, &citation, origin);
        self.contribution.addresses.extend(citation.locator.clone());
        let mut parties: BTreeMap<EntityId, Origin> = BTreeMap::new();
        for participant in &project.participants {
            let origin = Origin { line: participant.line, ..origin.clone() };
            match self.organizations.add(participant, &project.id, &citation, &origin, &mut self.contribution.notes) {
                Ok(organization) => {
                    let mut record = membership(organization.clone(), &id, participant, &dates);
                    record.citations.push(Citation { note: money(participant), ..citation.clone() });
                    self.relationship(record, &origin);
                    if matches!(participant.role.as_str(), "coordinator" | "participant") {
                        parties.entry(organization).or_insert(origin);
                    }
                }
                Err(violation) => {
                    let subject = format!("project {}, participant {}", project.id, participant.pic);
                    self.contribution.refused.push(violation.about(subject).at(Some(&origin)));
                }
            }
        }
        for (organization, origin) in parties {
            let mut party = RelationshipRecord::new(organization, RelationshipKind::PartyTo, grant.clone());
            party.since.clone_from(&dates.signed);
            party.citations.push(citation.clone());
            self.relationship(party, &origin);
        }
        Ok(())
    }

    /// What a project is about; what cannot be read of it is noted.
    fn concerns(&mut self, project: &Project, id: &EntityId, citation: &Citation, origin: &Origin) {
        let mut topics = BTreeSet::new();
        for topic in &project.topics {
            match self.topics.add(topic, citation, origin) {
                Ok(topic) => topics.extend([topic]),
                Err(violation) => {
                    let subject = format!("project {}", project.id);
                    self.contribution.notes.push(violation.about(subject).at(Some(origin)));
                }
            }
        }
        for topic in topics {
            let mut record = RelationshipRecord::new(id.clone(), RelationshipKind::Concerns, topic);
            record.citations.push(citation.clone());
            let value = Relationship::new(record).expect("two ids that differ and a citation that is there are valid");
            self.contribution.relationships.push(Said::new(value, origin.clone()));
        }
    }

    fn relationship(&mut self, record: RelationshipRecord, origin: &Origin) {
        match Relationship::new(record) {
            Ok(value) => self.contribution.relationships.push(Said::new(value, origin.clone())),
            // The project itself is taken over already.
            Err(violations) => {
                let violations = violations.0.into_iter();
                self.contribution.refused.extend(violations.map(|violation| violation.at(Some(origin))));
            }
        }
    }

    /// The document that a framework programme's projects are: the given one, or one of the programme's own.
    fn document(&mut self, programme: &str) -> Result<DocumentId, Violations> {
        let id = match &self.given {
            Some(given) => given.id.clone(),
            None => {
                let slug = text::slug(programme, 40);
                DocumentId::new(&if slug.is_empty() { "cordis".to_owned() } else { format!("cordis-{slug}") })?
            }
        };
        if !self.documents.contains_key(&id) {
            let document = match &self.given {
                Some(given) => given.clone(),
                None => Document::new(DocumentRecord {
                    id: id.clone(),
                    title: format!("CORDIS: projects of the EU's framework programme {programme}").trim_end().to_owned(),
                    publisher: Some("Publications Office of the European Union".to_owned()),
                    url: Some("https://cordis.europa.eu".to_owned()),
                    published: None,
                    as_of: None,
                    accessed: None,
                    language: "en".to_owned().try_into().ok(),
                    note: Some("Reuse is authorised with attribution (Commission Decision 2011/833/EU). A locator is the address of the project.".to_owned()),
                })?,
            };
            self.documents.insert(id.clone(), document);
        }
        Ok(id)
    }
}

struct Dates {
    start: Option<EdtfDate>,
    end: Option<EdtfDate>,
    signed: Option<EdtfDate>,
}

fn consortium(project: &Project, id: &EntityId, dates: &Dates, citation: &Citation) -> Result<Entity, Violations> {
    let name = match (project.acronym.as_str(), project.title.as_str()) {
        ("", title) => title.to_owned(),
        (acronym, title) if title.is_empty() || acronym == title => acronym.to_owned(),
        (acronym, title) => format!("{acronym}: {title}"),
    };
    let mut record = EntityRecord::new(id.clone(), EntityKind::Consortium, name);
    if !project.acronym.is_empty() && project.acronym != record.name {
        record.names.push(Name { text: project.acronym.clone(), kind: NameKind::Acronym, language: None });
    }
    let default = format!("10.3030/{}", project.id);
    let doi = if project.doi.is_empty() { &default } else { &project.doi };
    record.identifiers.extend(Identifier::new(IdentifierScheme::Doi, doi).ok());
    record.homepage = Some(format!("https://cordis.europa.eu/project/id/{}", project.id));
    (record.since, record.until) = (dates.start.clone(), dates.end.clone());
    record.citations.push(citation.clone());
    Entity::new(record)
}

fn agreement(project: &Project, id: &EntityId, dates: &Dates, citation: &Citation) -> Result<Entity, Violations> {
    let of = if project.acronym.is_empty() { String::new() } else { format!(" ({})", project.acronym) };
    let mut record =
        EntityRecord::new(id.clone(), EntityKind::Agreement, format!("Grant agreement {}{of}", project.id));
    record.since.clone_from(&dates.signed);
    let months = project.months.parse::<u32>().ok().filter(|months| *months > 0);
    record.term = months.and_then(|months| format!("P{months}M").parse().ok());
    for (label, amount) in
        [("EU contribution, at most", &project.max_contribution), ("total cost", &project.total_cost)]
    {
        if let Some(value) = euros(amount) {
            let citation = citation.clone();
            record.figures.push(Figure {
                label: label.to_owned(),
                value,
                at_least: None,
                at_most: None,
                as_of: None,
                citation,
            });
        }
    }
    record.citations.push(citation.clone());
    Entity::new(record)
}

fn membership(organization: EntityId, id: &EntityId, participant: &Participant, dates: &Dates) -> RelationshipRecord {
    let mut record = RelationshipRecord::new(organization, RelationshipKind::MemberOf, id.clone());
    record.role = (!participant.role.is_empty()).then(|| spaced(&participant.role));
    (record.since, record.until) = (dates.start.clone(), dates.end.clone());
    if participant.terminated {
        record.until = some_time_between(dates);
    }
    record
}

/// When a participation ended of which CORDIS says only that it did not last to the project's end.
fn some_time_between(dates: &Dates) -> Option<EdtfDate> {
    let (start, end) = (dates.start.as_ref()?, dates.end.as_ref()?);
    format!("{start}/{end}").parse().ok()
}

/// `associatedPartner` as people read it.
fn spaced(role: &str) -> String {
    let mut text = String::with_capacity(role.len() + 2);
    for character in role.chars() {
        if character.is_ascii_uppercase() {
            text.push(' ');
        }
        text.push(character.to_ascii_lowercase());
    }
    text
}

/// What a participation costs and gets, and whether it ended early; the day is not in the files.
fn money(participant: &Participant) -> Option<String> {
    let contribution = euros(&participant.contribution).map(|amount| format!("EU contribution {amount}"));
    let cost = euros(&participant.total_cost).map(|amount| format!("total cost {amount}"));
    let ended = participant.terminated.then(|| "ended before the project's end, CORDIS does not say when".to_owned());
    let parts: Vec<String> = [contribution, cost, ended].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// `417062.5` as `417 062.50 EUR`; every digit stays, and text that is no number stands as it is.
fn euros(amount: &str) -> Option<String> {
    if amount.is_empty() {
        return None;
    }
    let Ok(number) = amount.parse::<Decimal>() else { return Some(amount.to_owned()) };
    let (whole, cents) = number.as_str().split_once('.').unwrap_or((number.as_str(), ""));
    let digits = whole.trim_start_matches('-');
    let mut grouped = String::with_capacity(amount.len() + 12);
    grouped.push_str(&whole[..whole.len() - digits.len()]);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position) % 3 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    Some(format!("{grouped}.{cents:0<2} EUR"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_and_keeps_its_cents() {
        assert_eq!(euros("417062.5").unwrap(), "417 062.50 EUR");
        assert_eq!(euros("0").unwrap(), "0.00 EUR");
        assert_eq!(euros("-1234567.891").unwrap(), "-1 234 567.891 EUR");
        assert_eq!(euros("12345678901234567890.125").unwrap(), "12 345 678 901 234 567 890.125 EUR");
        assert_eq!(euros("some").unwrap(), "some");
        assert_eq!(euros(""), None);
        assert_eq!(spaced("associatedPartner"), "associated partner");
    }
}
