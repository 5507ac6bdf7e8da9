//! XML, element by element, with text that no XML file may hold replaced.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Writes one document.
pub(super) struct Xml<'a>(Writer<&'a mut dyn Write>);

/// The attributes of an element, in order.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl<'a> Xml<'a> {
    /// A document with its declaration.
    pub(super) fn begin(out: &'a mut dyn Write) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self(writer))
    }

    /// The start of an element.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    /// The end of an element.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with text in it.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.0.write_event(Event::Text(BytesText::from_escaped(escaped(text))))?;
        self.close(name)
    }

    /// The end of the document.
    pub(super) fn finish(self) -> io::Result<()> {
        self.0.into_inner().write_all(b"\n")
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((name.as_bytes(), escaped(value).as_bytes()));
    }
    start
}

/// Escapes what means something in XML, and the white space that a reader would change; what no XML document may hold
/// becomes U+FFFD.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_forbidden =
        |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    let mut escaped = escape(text);
    if escaped.contains(is_forbidden) {
        escaped = Cow::Owned(escaped.replace(is_forbidden, "\u{fffd}"));
    }
    if escaped.contains(['\n', '\t', '\r']) {
        escaped = Cow::Owned(escaped.replace('\n', "&#10;").replace('\t', "&#9;").replace('\r', "&#13;"));
    }
    escaped
}
