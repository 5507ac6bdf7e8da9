//! The objects of a JSON array, or of JSON lines, one at a time, each with the line it begins on.
//!
//! Only where an object begins and ends is found here; a malformed one spoils itself and not the next. What is in it is
//! left to the importers.

use std::io::{self, BufRead};

use super::source::{Member, broken};
use crate::model::violation::{Origin, Violation};

/// What is done with each object and the place where it begins.
pub(super) type VisitObject<'v> = dyn FnMut(&[u8], Origin) -> Result<(), Violation> + 'v;

/// Gives each object that stands at the top of a member, or in the array at its top, to `visit`; where a path is given,
/// such as `results.bindings`, those in the array at that place of the object at its top. What follows that array is
/// passed over.
///
/// # Errors
/// The stream fails or breaks off, holds anything else than objects, has no such array, or an object is larger than a
/// record may be.
pub(super) fn each_object(
    member: Member<'_>,
    path: Option<&str>,
    visit: &mut VisitObject<'_>,
) -> Result<(), Violation> {
    let Member { label, reader, record_limit } = member;
    let mut objects = Objects { state: State::Between, depth: 0, in_array: false, closed: false, record: Vec::new() };
    let (mut line, mut column, mut first) = (1, 0, (1, 1));
    let at = |line: u32| Origin { file: label.clone(), line, column: 1 };
    if let Some(path) = path {
        line = find_array(reader, path).map_err(|error| broken(&label, &error))?.ok_or_else(|| {
            let problem = format!("there is no list at {path}");
            Violation::new(problem, "correct rows in the mapping, or leave it out").about(&label)
        })?;
        objects.in_array = true;
    }
    'reading: loop {
        let chunk = reader.fill_buf().map_err(|error| broken(&label, &error).at(Some(&at(line))))?;
        if chunk.is_empty() {
            break;
        }
        let length = chunk.len();
        let mut start = 0;
        for (position, &byte) in chunk.iter().enumerate() {
            if objects.closed && path.is_some() {
                break 'reading;
            }
            // A byte within a character begins no column.
            column = if byte == b'\n' { 0 } else { column + u32::from(byte & 0xC0 != 0x80) };
            line += u32::from(byte == b'\n');
            match objects.step(byte) {
                Step::On => {}
                Step::Begin => (start, first) = (position, (line, column)),
                Step::End => {
                    objects.record.extend_from_slice(&chunk[start..=position]);
                    visit(&objects.record, Origin { file: label.clone(), line: first.0, column: first.1 })?;
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
            return Err(Violation::new(problem, "is a bracket or quote missing?").at(Some(&at(first.0))));
        }
        reader.consume(length);
    }
    if objects.depth > 0 || (objects.in_array && !objects.closed) {
        let line = if objects.depth > 0 { first.0 } else { line };
        return Err(Violation::new("the file breaks off here", "fetch it again").at(Some(&at(line))));
    }
    Ok(())
}

/// Reads on to behind the `[` of the array at a path in the object at the top; gives the line it stands on.
fn find_array(reader: &mut dyn BufRead, path: &str) -> io::Result<Option<u32>> {
    let fields: Vec<&[u8]> = path.split('.').map(str::as_bytes).collect();
    // `found` fields of the path are open; `text` is the text that ended last, and `is_next` says that the value behind
    // it is that of the next field.
    let (mut line, mut depth, mut found, mut is_next) = (1, 0_usize, 0, false);
    let (mut text, mut is_text, mut is_escaped) = (Vec::new(), false, false);
    loop {
        let chunk = reader.fill_buf()?;
        let length = chunk.len();
        if length == 0 {
            return Ok(None);
        }
        for (position, &byte) in chunk.iter().enumerate() {
            line += u32::from(byte == b'\n');
            if is_text {
                is_text = byte != b'"' || is_escaped;
                is_escaped = byte == b'\\' && !is_escaped;
                // A longer one is no field of the path.
                if is_text && text.len() <= path.len() {
                    text.push(byte);
                }
                continue;
            }
            match byte {
                b'"' => (is_text, is_escaped) = (true, false),
                b':' => is_next = depth == found + 1 && fields.get(found) == Some(&text.as_slice()),
                b'{' | b'[' => {
                    found += usize::from(is_next);
                    if is_next && found == fields.len() && byte == b'[' {
                        reader.consume(position + 1);
                        return Ok(Some(line));
                    }
                    (depth, is_next) = (depth + 1, false);
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    found = found.min(depth.saturating_sub(1));
                }
                _ => {}
            }
            if byte == b'"' {
                text.clear();
            }
        }
        reader.consume(length);
    }
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
