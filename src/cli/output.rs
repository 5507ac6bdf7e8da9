//! Writing to the terminal or a pipe, without a panic when the reader has gone.

use std::io::{self, Write};

/// Writes a text and a line break to standard output.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// Writes a message to standard output. What a file could make a terminal do by it is written out instead.
pub(super) fn tell(text: &str) -> anyhow::Result<()> {
    print(&harmless(text))
}

/// Writes a line to standard error; when that is closed there is nobody left to tell. What a file or a reader of it could
/// make a terminal do is written out instead.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", harmless(text));
}

/// A text in which control characters other than line breaks and tabs are written out: `\u{1b}`.
fn harmless(text: &str) -> String {
    let is_harmful = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
    let mut harmless = String::with_capacity(text.len());
    for character in text.chars() {
        if is_harmful(character) {
            harmless.extend(character.escape_unicode());
        } else {
            harmless.push(character);
        }
    }
    harmless
}

/// Whether a command failed because the reader of its output has gone, as `| head` does.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = match error.downcast_ref::<csv::Error>().map(csv::Error::kind) {
        Some(csv::ErrorKind::Io(error)) => Some(error),
        Some(_) | None => error.downcast_ref::<io::Error>(),
    };
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_message_moves_no_cursor_and_sets_no_title() {
        assert_eq!(harmless("no \u{1b}[31m\u{7} here\n\tthere"), "no \\u{1b}[31m\\u{7} here\n\tthere");
    }
}
