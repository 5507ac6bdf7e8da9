//! Visits, as the names of events tell them: who came, and where to.

use super::noun::noun;
use super::own::names;
use crate::model::entity::{Entity, EntityKind};

/// A visit that is named for somebody: "the visit of Nancy Ip to the hospital", "the visit of an HKUST team to Oxford".
pub(super) struct Visit {
    /// What the named one sent, where it did not come itself: "a team".
    pub(super) sent: Option<String>,
    /// Where the visit led.
    pub(super) place: String,
}

impl Visit {
    /// The visit that an event is, where it is named for this guest.
    pub(super) fn of(guest: &Entity, event: &Entity) -> Option<Self> {
        if event.kind != EntityKind::Event {
            return None;
        }
        let event = noun(event);
        let (visitor, place) = visitor_and_place(&event.words)?;
        let place = place?.to_owned();
        let names = names(guest);
        if names.iter().any(|name| name == visitor) {
            return Some(Self { sent: None, place });
        }
        let sent = visitor.strip_prefix("a ").or_else(|| visitor.strip_prefix("an "))?;
        let group = names.iter().find_map(|name| sent.strip_prefix(name.as_str())?.strip_prefix(' '))?;
        Some(Self { sent: Some(super::article::indefinite(group)), place })
    }
}

/// Whether an event is a visit.
pub(super) fn is_visit(event: &str) -> bool {
    visitor_and_place(event).is_some()
}

fn visitor_and_place(event: &str) -> Option<(&str, Option<&str>)> {
    let (head, rest) = event.split_once(" of ")?;
    let is_visit = head.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("visit"));
    let (visitor, place) = rest.rsplit_once(" to ").map_or((rest, None), |(visitor, place)| (visitor, Some(place)));
    is_visit.then_some((visitor, place))
}
