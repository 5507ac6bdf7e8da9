//! The XML of one CORDIS project as plain fields; what they mean is left to the folder's `mod.rs`.
//!
//! No entity that a file declares is ever expanded: a document type declaration is refused.

use std::cell::Cell;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::model::text;
use crate::model::violation::{Origin, Violation};

/// A project as CORDIS writes it, texts trimmed; what is not there is empty.
#[derive(Default)]
pub(super) struct Project {
    pub(super) id: String,
    pub(super) acronym: String,
    pub(super) title: String,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) signed: String,
    pub(super) months: String,
    pub(super) total_cost: String,
    pub(super) max_contribution: String,
    pub(super) doi: String,
    /// The first framework programme: `HORIZON`.
    pub(super) programme: String,
    pub(super) participants: Vec<Participant>,
    /// The fields of science that it is filed under.
    pub(super) topics: Vec<Topic>,
}

/// A field of science of the European Science Vocabulary.
#[derive(Default)]
pub(super) struct Topic {
    /// The numbers of all fields that it is a part of, the widest first, and its own: `/23/53/373`.
    pub(super) code: String,
    /// Their names in the same order.
    pub(super) names: String,
}

/// One participation, with what the project's file says of the organization.
#[derive(Default)]
pub(super) struct Participant {
    /// The line at which it begins.
    pub(super) line: u32,
    pub(super) role: String,
    pub(super) terminated: bool,
    pub(super) contribution: String,
    pub(super) total_cost: String,
    pub(super) pic: String,
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) city: String,
    pub(super) country: String,
    pub(super) url: String,
    pub(super) point: String,
    /// `HES`, `REC`, `PRC`, `PUB`, `OTH`.
    pub(super) activity: String,
}

macro_rules! tags {
    ($($tag:ident = $name:literal,)+) => {
        #[derive(Clone, Copy, PartialEq, Eq)]
        enum Tag { $($tag,)+ }

        fn tag(name: &str) -> Option<Tag> {
            match name {
                $($name => Some(Tag::$tag),)+
                _ => None,
            }
        }
    };
}

tags! {
    Project = "project", Id = "id", Acronym = "acronym", Title = "title", Start = "startDate", End = "endDate",
    Signed = "ecSignatureDate", Months = "duration", TotalCost = "totalCost", MaxContribution = "ecMaxContribution",
    Identifiers = "identifiers", Doi = "grantDoi", Relations = "relations", Associations = "associations",
    Organization = "organization", Programme = "programme", Framework = "frameworkProgramme", Name = "legalName",
    ShortName = "shortName", Address = "address", City = "city", Country = "country", Url = "url",
    Point = "geolocation", Categories = "categories", Category = "category", Code = "code", DisplayCode = "displayCode",
}

/// Reads the file of one project.
///
/// # Errors
/// It is no XML, is no project, breaks off, or declares a document type.
pub(super) fn parse(text: &str, origin: &Origin) -> Result<Project, Violation> {
    let mut reader = Reader::from_str(text);
    let mut walk = Walk {
        project: Project::default(),
        path: Vec::new(),
        text: String::new(),
        category: Category::Other,
        is_over: false,
    };
    // Positions only grow, so that each byte is looked at once for its line.
    let counted = Cell::new((0, 1));
    let at = |position: u64| {
        let (from, line) = counted.get();
        let to = (position as usize).clamp(from, text.len());
        let line = line + text.as_bytes()[from..to].iter().filter(|&&byte| byte == b'\n').count() as u32;
        counted.set((to, line));
        Origin { line, ..origin.clone() }
    };
    loop {
        let position = reader.buffer_position();
        let broken = |error: quick_xml::Error| {
            Violation::new(format!("it is no well-formed XML: {error}"), "fetch the file again").at(Some(&at(position)))
        };
        let event = reader.read_event().map_err(broken)?;
        match event {
            Event::Start(_) if walk.is_over => {
                let problem = "another element begins behind the end of the project";
                return Err(Violation::new(problem, "give each project a file of its own").at(Some(&at(position))));
            }
            Event::Start(start) => match tag(start.name().as_ref()) {
                Some(found) if walk.path.is_empty() == (found == Tag::Project) => {
                    walk.open(found, &start, || at(position).line);
                }
                _ if walk.path.is_empty() => {
                    let problem = "its first element is no <project>";
                    return Err(Violation::new(problem, "name project files of CORDIS").at(Some(&at(position))));
                }
                _ => {
                    let end = start.to_end().into_owned();
                    reader.read_to_end(end.name()).map_err(broken)?;
                }
            },
            Event::End(_) => walk.close(),
            Event::Text(piece) => walk.text.push_str(&piece),
            Event::CData(piece) => walk.text.push_str(&piece),
            Event::GeneralRef(reference) => {
                let Some(character) = character(&reference) else {
                    let shown: String = reference.chars().take(40).collect();
                    let problem = format!("the entity &{shown}; is not one of XML's own");
                    return Err(Violation::new(problem, "write the character itself").at(Some(&at(position))));
                };
                walk.text.push(character);
            }
            Event::DocType(_) => {
                let problem = "it declares a document type, which could expand without end";
                return Err(Violation::new(problem, "remove the <!DOCTYPE …>").at(Some(&at(position))));
            }
            Event::Eof => break,
            Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    if !walk.path.is_empty() {
        let end = at(text.len() as u64);
        return Err(Violation::new("the file breaks off here", "fetch it again").at(Some(&end)));
    }
    if walk.project.id.is_empty() {
        return Err(Violation::new("it holds no project with an id", "name project files of CORDIS").at(Some(origin)));
    }
    Ok(walk.project)
}

fn character(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

struct Walk {
    project: Project,
    path: Vec<Tag>,
    text: String,
    category: Category,
    /// Whether the project was closed.
    is_over: bool,
}

/// What the category that is open says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Category {
    /// What an organization does.
    Activity,
    /// What a project is about.
    Topic,
    /// What is not read.
    Other,
}

impl Walk {
    fn open(&mut self, tag: Tag, start: &BytesStart<'_>, line: impl Fn() -> u32) {
        self.path.push(tag);
        self.text.clear();
        let attribute = |name: &str| {
            let found = start.try_get_attribute(name).ok().flatten();
            found.map(|found| found.value.as_ref().to_owned()).unwrap_or_default()
        };
        match self.path[..] {
            [Tag::Project, Tag::Relations, Tag::Associations, Tag::Organization] => {
                self.project.participants.push(Participant {
                    line: line(),
                    role: attribute("type"),
                    terminated: attribute("terminated") == "true",
                    contribution: attribute("ecContribution"),
                    total_cost: attribute("totalCost"),
                    ..Participant::default()
                });
            }
            [.., Tag::Category] => {
                self.category = match (attribute("classification").as_str(), &self.path[..]) {
                    ("organizationActivityType", _) => Category::Activity,
                    ("euroSciVoc", [Tag::Project, Tag::Relations, Tag::Categories, _]) => Category::Topic,
                    _ => Category::Other,
                };
                if self.category == Category::Topic {
                    self.project.topics.push(Topic::default());
                }
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        if let Some(field) = field(&mut self.project, &self.path, self.category)
            && field.is_empty()
        {
            field.push_str(&text::one_line(&self.text));
        }
        self.text.clear();
        self.path.pop();
        self.is_over = self.path.is_empty();
    }
}

/// The field that an element gives.
fn field<'p>(project: &'p mut Project, path: &[Tag], category: Category) -> Option<&'p mut String> {
    use Tag::{Associations, Organization, Relations};
    let [Tag::Project, rest @ ..] = path else { return None };
    if let [Relations, Associations, Organization, rest @ ..] = rest {
        let participant = project.participants.last_mut()?;
        return match rest {
            [Tag::Id] => Some(&mut participant.pic),
            [Tag::Name] => Some(&mut participant.name),
            [Tag::ShortName] => Some(&mut participant.short_name),
            [Tag::Address, Tag::City] => Some(&mut participant.city),
            [Tag::Address, Tag::Country] => Some(&mut participant.country),
            [Tag::Address, Tag::Url] => Some(&mut participant.url),
            [Tag::Address, Tag::Point] => Some(&mut participant.point),
            [Relations, Tag::Categories, Tag::Category, Tag::Code] if category == Category::Activity => {
                Some(&mut participant.activity)
            }
            _ => None,
        };
    }
    match rest {
        [Relations, Tag::Categories, Tag::Category, tag] if category == Category::Topic => {
            let topic = project.topics.last_mut()?;
            match tag {
                Tag::Code => Some(&mut topic.code),
                Tag::DisplayCode => Some(&mut topic.names),
                _ => None,
            }
        }
        [Tag::Id] => Some(&mut project.id),
        [Tag::Acronym] => Some(&mut project.acronym),
        [Tag::Title] => Some(&mut project.title),
        [Tag::Start] => Some(&mut project.start),
        [Tag::End] => Some(&mut project.end),
        [Tag::Signed] => Some(&mut project.signed),
        [Tag::Months] => Some(&mut project.months),
        [Tag::TotalCost] => Some(&mut project.total_cost),
        [Tag::MaxContribution] => Some(&mut project.max_contribution),
        [Tag::Identifiers, Tag::Doi] => Some(&mut project.doi),
        [Relations, Associations, Tag::Programme, Tag::Framework] => Some(&mut project.programme),
        _ => None,
    }
}
