//! The objects of a JSON array, or of JSON lines, one at a time, each with the line it begins on.
//!
//! Only where an object begins and ends is found here; a malformed one spoils itself and not the next. What is in it is
//! left to the importers.

use super::source::{Member, broken};
use crate::model::violation::{Origin, Violation};

/// What is done with each object and the place where it begins.
pub(super) type VisitObject<'v> = dyn FnMut(&[u8], Origin) -> Result<(), Violation> + 'v;

/// Gives each object that stands at the top of a member, or in the array at its top, to `visit`.
///
/// # Errors
/// The stream fails or breaks off, holds anything else than objects, or an object is larger than a record may be.
pub(super) fn each_object(member: Member<'_>, visit: &mut VisitObject<'_>) -> Result<(), Violation> {
    let Member { label, reader, record_limit } = member;
    let mut objects = Objects { state: State::Between, depth: 0, in_array: false, closed: false, record: Vec::new() };
    let (mut line, mut first_line) = (1, 1);
    let at = |line: u32| Origin { file: label.clone(), line, column: 1 };
    loop {
        let chunk = reader.fill_buf().map_err(|error| broken(&label, &error).at(Some(&at(line))))?;
        if chunk.is_empty() {
            break;
        }
        let length = chunk.len();
        let mut start = 0;
        for (position, &byte) in chunk.iter().enumerate() {
            line += u32::from(byte == b'\n');
            match objects.step(byte) {
                Step::On => {}
                Step::Begin => (start, first_line) = (position, line),
                Step::End => {
                    objects.record.extend_from_slice(&chunk[start..=position]);
                    visit(&objects.record, at(first_line))?;
                    objects.record.clear();
                }
                Step::Stray => {
                    let shown = char::from(byte).escape_default();
                    let problem = format!("\"{shown}\" stands where an object should begin");
                    return Err(Violation::new(problem, "give a JSON array of objects, or one object a line")
                        .at(Some(&at(line))));
                }
            }
        }
        if objects.depth > 0 {
            objects.record.extend_from_slice(&chunk[start..]);
        }
        if objects.record.len() > record_limit {
            let problem = format!("the record is larger than {record_limit} bytes");
            return Err(Violation::new(problem, "is a bracket or quote missing?").at(Some(&at(first_line))));
        }
        reader.consume(length);
    }
    if objects.depth > 0 || (objects.in_array && !objects.closed) {
        let line = if objects.depth > 0 { first_line } else { line };
        return Err(Violation::new("the file breaks off here", "fetch it again").at(Some(&at(line))));
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Between,
    Inside,
    Text,
    Escape,
}

enum Step {
    On,
    Begin,
    End,
    Stray,
}

struct Objects {
    state: State,
    depth: u32,
    in_array: bool,
    closed: bool,
    /// The part of the object that stood in earlier chunks.
    record: Vec<u8>,
}

impl Objects {
    fn step(&mut self, byte: u8) -> Step {
        match (self.state, byte) {
            (State::Text, b'"') => self.state = State::Inside,
            (State::Text, b'\\') => self.state = State::Escape,
            (State::Text, _) => {}
            (State::Escape, _) => self.state = State::Text,
            (State::Inside, b'"') => self.state = State::Text,
            (State::Inside, b'{' | b'[') => self.depth += 1,
            (State::Inside, b'}' | b']') => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.state = State::Between;
                    return Step::End;
                }
            }
            (State::Inside, _) => {}
            (State::Between, b'{') if !self.closed => {
                (self.state, self.depth) = (State::Inside, 1);
                return Step::Begin;
            }
            (State::Between, b'[') if !self.in_array => self.in_array = true,
            (State::Between, b']') if self.in_array && !self.closed => self.closed = true,
            (State::Between, b',' | b' ' | b'\t' | b'\r' | b'\n') => {}
            (State::Between, _) => return Step::Stray,
        }
        Step::On
    }
}
