//! Dates that hardly go together.

use super::Doubts;
use crate::model::edtf::{Day, EdtfDate};
use crate::model::entity::Family;
use crate::model::relationship::Relationship;
use crate::model::violation::{Origin, Violation};

pub(super) fn tell(doubts: &mut Doubts<'_, '_>, today: Day) {
    let said = doubts.said;
    for &(document, origin) in &said.documents {
        let id = document.id.as_str();
        for (field, date) in [("published", &document.published), ("accessed", &document.accessed)] {
            if let Some(date) = date.as_ref().filter(|date| date.is_after(today)) {
                let violation = Violation::new(format!("{date} has not come yet"), "correct the date");
                doubts.push(violation.of(field), id, origin);
            }
        }
        doubts.language(document.language.as_ref(), id, origin);
    }
    for &(entity, origin) in &said.entities {
        if entity.kind.family() == Family::Event && entity.since.is_some() != entity.until.is_some() {
            let violation = Violation::new("an event has one of since and until", "give its date in both");
            doubts.push(violation.of("until"), entity.id.as_str(), origin);
        }
    }
    for &(relationship, origin) in &said.relationships {
        doubts.short_state(relationship, origin);
        doubts.act_after_document(relationship, origin);
        doubts.far_from_event(relationship, origin);
    }
}

impl Doubts<'_, '_> {
    /// A state that ends on the day on which it begins: a membership of one day.
    fn short_state(&mut self, relationship: &Relationship, origin: Option<&Origin>) {
        let one_day = |date: &EdtfDate| date.first_day() == date.last_day();
        if let (Some(since), Some(until)) = (&relationship.since, &relationship.until)
            && relationship.kind.lasts()
            && since == until
            && one_day(since)
        {
            let problem = format!("{} lasts, and this one ends on the day it begins", relationship.kind);
            let remedy = "leave out what the document does not give: it dates the moment, not start or end";
            self.push(Violation::new(problem, remedy).of("until"), relationship.id().as_str(), origin);
        }
    }

    /// What has happened by the word of a document that was published before.
    fn act_after_document(&mut self, relationship: &Relationship, origin: Option<&Origin>) {
        let Some(since) = relationship.since.as_ref().filter(|_| !relationship.is_planned()) else { return };
        let published = relationship.citations.iter().filter_map(|citation| self.said.document(citation));
        let earlier = published.filter(|document| {
            document.published.as_ref().is_some_and(|published| since.is_after(published.last_day()))
        });
        for document in earlier.collect::<Vec<_>>() {
            let published = document.published.as_ref().map_or_else(String::new, ToString::to_string);
            let problem = format!("it begins {since}, after \"{}\" was published ({published})", document.id);
            let remedy = "correct one of the two dates, or say in the role that it is planned";
            self.push(Violation::new(problem, remedy).of("since"), relationship.id().as_str(), origin);
        }
    }

    /// What was done at an event on days when it was not held.
    fn far_from_event(&mut self, relationship: &Relationship, origin: Option<&Origin>) {
        for end in [&relationship.source, &relationship.target] {
            let Some(event) = self.said.entity(end).filter(|end| end.kind.family() == Family::Event) else { continue };
            if relationship.kind.lasts() || relationship.period().is_undated() || event.period().is_undated() {
                continue;
            }
            let ((first, last), (opened, closed)) = (relationship.period().days(), event.period().days());
            if last < opened || closed < first {
                let held = event.period().as_date().map_or_else(String::new, |date| format!(" ({date})"));
                let problem = format!("its dates are not those of \"{}\"{held}", event.id);
                self.push(
                    Violation::new(problem, "correct one of the two").of("since"),
                    relationship.id().as_str(),
                    origin,
                );
            }
        }
    }
}
